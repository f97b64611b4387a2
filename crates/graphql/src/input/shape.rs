//! The shapes of numbers and texts.

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
pub(super) fn has_control(text: &str, is_one_line: bool) -> bool {
    text.chars()
        .any(|c| c.is_control() && (is_one_line || !matches!(c, '\n' | '\r' | '\t')))
}

#[cfg(test)]
mod tests;
