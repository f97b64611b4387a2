//! An organisation's own wording of a letter: the subject, and a text around what the program says. What the regulation wants
//! said, its last days, ways and articles, stands in one piece at `{content}`, which no wording can leave out.

mod fault;
mod kind;
mod nearest;
mod parse;
mod value;

use std::fmt;

use wederhoor_procedure::Locale;

use crate::{
    block::{Block, Page},
    clean,
};
pub use fault::{WordingFault, WordingFaultCode, WordingPart};
pub use kind::WordedKind;
pub(crate) use value::Values;
pub use value::{Value, content_meaning};

/// The placeholder of what the program says.
pub const CONTENT: &str = "content";

/// A wording without a fault: it cannot be made otherwise than by reading one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    subject: Option<Line>,
    body: Option<Body>,
}

/// The text around what the program says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Body {
    opening: Vec<Paragraph>,
    closing: Vec<Paragraph>,
}

type Paragraph = Vec<Line>;

/// A line: words, and values put between them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Line(Vec<Segment>);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Segment {
    Words(String),
    Value(Value),
}

/// A letter that has yet to be put in somebody's words.
pub(crate) struct Draft {
    /// The program's own subject, one line.
    pub subject: String,
    /// The organisation and the date, one line.
    pub head: String,
    /// What the program says, with the way in.
    pub content: Vec<Block>,
    /// Small print, a line each.
    pub foot: Vec<String>,
    /// What stands for the placeholders.
    pub values: Values,
}

impl Draft {
    /// The letter in the organisation's words, and where it has none in the program's own.
    pub(crate) fn worded(self, wording: Option<&Wording>, locale: Locale) -> Page {
        let (values, own) = (&self.values, Body::own(locale));
        let body = wording.and_then(|one| one.body.as_ref()).unwrap_or(&own);
        let subject = wording.and_then(|one| one.subject.as_ref());
        let subject = subject.map(|line| line.filled(values));
        let mut blocks = filled(&body.opening, values);
        blocks.extend(self.content);
        blocks.extend(filled(&body.closing, values));
        Page {
            subject: subject.unwrap_or(self.subject),
            head: self.head,
            blocks,
            foot: self.foot,
        }
    }
}

/// The paragraphs with what stands for their placeholders; one that is empty then is left out.
fn filled(paragraphs: &[Paragraph], values: &Values) -> Vec<Block> {
    let lines = |paragraph: &Paragraph| {
        let lines = paragraph.iter().map(|line| line.filled(values));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    };
    let texts = paragraphs.iter().map(lines);
    let texts = texts.filter(|text| !text.is_empty());
    texts.map(Block::Paragraph).collect()
}

impl Line {
    /// One clean line. What is put in is not looked at for placeholders again.
    fn filled(&self, values: &Values) -> String {
        let parts = self.0.iter().map(|segment| match segment {
            Segment::Words(words) => words.as_str(),
            Segment::Value(value) => values.of(*value),
        });
        clean::line(&parts.collect::<String>())
    }
}

impl Body {
    /// The program's own.
    fn own(locale: Locale) -> Self {
        let close = match locale {
            Locale::Nl => "Met vriendelijke groet,",
            Locale::En => "Kind regards,",
        };
        let value = |value| Line(vec![Segment::Value(value)]);
        let close = Line(vec![Segment::Words(close.to_owned())]);
        Self {
            opening: vec![vec![value(Value::Greeting)]],
            closing: vec![vec![close, value(Value::Organisation)]],
        }
    }
}

/// The program's own text of a body, as an organisation can begin with it.
pub(crate) fn own_body(locale: Locale) -> String {
    Body::own(locale).to_string()
}

/// As it is written: what is read from this is the same again.
impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paragraph = |one: &Paragraph| {
            let lines: Vec<String> = one.iter().map(Line::to_string).collect();
            lines.join("\n")
        };
        let mut parts: Vec<String> = self.opening.iter().map(paragraph).collect();
        parts.push(format!("{{{CONTENT}}}"));
        parts.extend(self.closing.iter().map(paragraph));
        f.write_str(&parts.join("\n\n"))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.0 {
            match segment {
                Segment::Words(words) => f.write_str(&escaped(words))?,
                Segment::Value(value) => write!(f, "{{{}}}", value.name())?,
            }
        }
        Ok(())
    }
}

/// Words in which braces are no placeholders.
fn escaped(words: &str) -> String {
    words.replace('{', "{{").replace('}', "}}")
}
