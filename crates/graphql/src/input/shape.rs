//! The shapes of numbers and texts.

use wederhoor_procedure::turns;

/// A telephone number in E.164, without what people write between its digits; `None` for what is none.
pub(super) fn e164(text: &str) -> Option<String> {
    let bare: String = text
        .chars()
        .filter(|c| !" -().\u{a0}".contains(*c))
        .collect();
    let digits = bare.strip_prefix('+')?;
    let is_number = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    is_number.then_some(bare)
}

/// Whether a text holds what no text of ours may: control characters other than line breaks and tabs.
pub(super) fn has_control(text: &str) -> bool {
    let may_stand = |c| matches!(c, '\n' | '\r' | '\t');
    text.chars().any(|c| c.is_control() && !may_stand(c))
}

/// A text without the characters that turn its reading direction. Word processors put them where nobody sees them, so that
/// nobody is refused for them; letters that join, and marks of a single letter, stay.
pub(super) fn straight(text: String) -> String {
    if text.contains(turns) {
        text.replace(turns, "")
    } else {
        text
    }
}

#[cfg(test)]
mod tests;
