//! What a name, a title and any text that people write must be, the same wherever one comes in.

use wederhoor_procedure::{Text, is_blank, is_hidden};

use crate::{InputCode, InputFault};

/// The most characters of a name, a title or another line.
const LINE: usize = 200;

/// What is wrong with a single line that must be there, if anything is.
pub fn fault_of_line(line: &str) -> Option<(InputCode, Text)> {
    fault_of_text(line, LINE).or_else(|| {
        let words = Text {
            nl: "Hier staan tekens die u niet ziet. Wis de tekst en typ hem opnieuw.".to_owned(),
            en: "There are characters here that you do not see. Clear the text and type it again."
                .to_owned(),
        };
        has_unseen(line).then_some((InputCode::Malformed, words))
    })
}

/// What is wrong with the length of a text that must be there, if anything is.
pub fn fault_of_text(given: &str, most: usize) -> Option<(InputCode, Text)> {
    if is_blank(given) {
        let (nl, en) = ("Vul dit in.".to_owned(), "Fill this in.".to_owned());
        return Some((InputCode::Required, Text { nl, en }));
    }
    let words = Text {
        nl: format!("Gebruik hoogstens {most} tekens."),
        en: format!("Use at most {most} characters."),
    };
    (given.chars().count() > most).then_some((InputCode::TooLong, words))
}

/// A name, without what stands around it; what is wrong with it is noted.
pub(crate) fn name<'a>(name: &'a str, path: &str, faults: &mut Vec<InputFault>) -> &'a str {
    let name = name.trim();
    let fault = fault_of_line(name);
    faults.extend(fault.map(|(code, text)| InputFault::at(code, path, &text.nl, &text.en)));
    name
}

/// Whether one line holds what no name or title of ours may: a break, a control character, or what nobody sees and can
/// make one name read as another.
fn has_unseen(line: &str) -> bool {
    let is_break = |c| matches!(c, '\u{2028}' | '\u{2029}');
    line.chars()
        .any(|c| c.is_control() || is_break(c) || is_hidden(c))
}

#[cfg(test)]
mod tests;
