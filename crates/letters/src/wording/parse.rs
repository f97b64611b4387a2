//! From the text of a wording to a template, or to all that is wrong with it.

use wederhoor_procedure::{is_blank, is_hidden};

use super::{
    Body, CONTENT, Line, Paragraph, Segment, Value, WordedKind, Wording, WordingFault,
    WordingFaultCode as Code, WordingPart as Part,
    fault::{LONGEST_BODY, LONGEST_SUBJECT, MOST_LINES, MOST_VALUES, misplaced, unknown},
    nearest::nearest,
};

/// As many faults are told at once.
const MOST_FAULTS: usize = 20;

impl Wording {
    /// Reads a wording of a kind of letter; a part that is left out stays the program's own.
    ///
    /// # Errors
    /// Everything that is wrong with it, the first 20.
    pub fn parse(
        kind: WordedKind,
        subject: Option<&str>,
        body: Option<&str>,
    ) -> Result<Self, Vec<WordingFault>> {
        let mut reader = Reader {
            kind,
            part: Part::Subject,
            faults: Vec::new(),
        };
        let subject = subject.map(|text| reader.subject(text));
        reader.part = Part::Body;
        let body = body.map(|text| reader.body(text));
        reader.faults.truncate(MOST_FAULTS);
        if reader.faults.is_empty() {
            Ok(Self { subject, body })
        } else {
            Err(reader.faults)
        }
    }
}

/// A part of a line.
enum Token {
    Segment(Segment),
    /// `{content}`, at this column.
    Content(u32),
}

struct Reader {
    kind: WordedKind,
    part: Part,
    faults: Vec<WordingFault>,
}

impl Reader {
    fn fault(&mut self, code: Code, line: u32, column: u32) {
        let advice = code.advice(self.part);
        self.faults.push(WordingFault {
            part: self.part,
            line,
            column,
            code,
            advice,
        });
    }

    /// Whether a part is worth reading: it has something in it, and is not too long.
    fn is_readable(&mut self, text: &str, most: usize) -> bool {
        if is_blank(text) {
            self.fault(Code::Empty, 1, 1);
        } else if text.chars().count() > most {
            self.fault(Code::TooLong, 1, 1);
        } else {
            return true;
        }
        false
    }

    fn subject(&mut self, text: &str) -> Line {
        if !self.is_readable(text, LONGEST_SUBJECT) {
            return Line::default();
        }
        // A line break is a control character here.
        let segments: Vec<Segment> = self
            .line(1, text)
            .into_iter()
            .filter_map(|token| match token {
                Token::Segment(segment) => Some(segment),
                Token::Content(_) => None,
            })
            .collect();
        let says_it = segments.contains(&Segment::Value(Value::Reference));
        if self.kind.has_reference() && !says_it {
            self.fault(Code::MissingReference, 1, 1);
        }
        Line(segments)
    }

    fn body(&mut self, text: &str) -> Body {
        let mut halves: [Vec<Paragraph>; 2] = Default::default();
        let mut contents = 0;
        if !self.is_readable(text, LONGEST_BODY) {
            let [opening, closing] = halves;
            return Body { opening, closing };
        }
        let (mut paragraph, mut values) = (Paragraph::new(), 0);
        for (no, line) in (1..).zip(text.lines()) {
            let tokens = self.line(no, line);
            let (mut segments, mut content) = (Vec::new(), None);
            for token in tokens {
                match token {
                    Token::Segment(segment) => segments.push(segment),
                    Token::Content(column) => {
                        contents += 1;
                        content = Some(column);
                        if contents > 1 {
                            self.fault(Code::DoubledContent, no, column);
                        }
                    }
                }
            }
            let is_empty = segments.iter().all(Segment::is_blank);
            values += segments.iter().filter(|one| one.is_value()).count();
            let half = usize::from(contents > 0);
            match content {
                Some(column) if !is_empty => self.fault(Code::ContentNotAlone, no, column),
                // What comes before it is of the first half.
                Some(_) => end(&mut paragraph, &mut halves[0]),
                None if is_empty => end(&mut paragraph, &mut halves[half]),
                None => paragraph.push(Line(segments)),
            }
        }
        end(&mut paragraph, &mut halves[usize::from(contents > 0)]);
        self.whole(text, contents, values);
        let [opening, closing] = halves;
        Body { opening, closing }
    }

    /// What is wrong with a body as a whole.
    fn whole(&mut self, text: &str, contents: u32, values: usize) {
        let lines = text.lines().count();
        let last = u32::try_from(lines).unwrap_or(u32::MAX);
        if contents == 0 {
            self.fault(Code::MissingContent, last, 1);
        }
        if lines > MOST_LINES || values > MOST_VALUES {
            self.fault(Code::TooLong, last, 1);
        }
    }

    fn line(&mut self, no: u32, text: &str) -> Vec<Token> {
        let (mut tokens, mut words) = (Vec::new(), String::new());
        let mut chars = (1u32..).zip(text.chars()).peekable();
        while let Some((column, c)) = chars.next() {
            match c {
                '{' | '}' if chars.next_if(|(_, next)| *next == c).is_some() => words.push(c),
                '{' => {
                    let mut name = String::new();
                    while let Some((_, c)) = chars.next_if(|(_, c)| !matches!(c, '{' | '}')) {
                        name.push(c);
                    }
                    if chars.next_if(|(_, c)| *c == '}').is_none() {
                        self.fault(Code::UnclosedBrace, no, column);
                        continue;
                    }
                    if let Some(token) = self.placeholder(&name, no, column) {
                        if !words.is_empty() {
                            let words = std::mem::take(&mut words);
                            tokens.push(Token::Segment(Segment::Words(words)));
                        }
                        tokens.push(token);
                    }
                }
                '}' => self.fault(Code::UnopenedBrace, no, column),
                c if c.is_control() => self.fault(Code::ControlCharacter, no, column),
                c if is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}') => {
                    self.fault(Code::HiddenCharacter, no, column);
                }
                c => words.push(c),
            }
        }
        if !words.is_empty() {
            tokens.push(Token::Segment(Segment::Words(words)));
        }
        tokens
    }

    fn placeholder(&mut self, name: &str, no: u32, column: u32) -> Option<Token> {
        let has_content = self.part == Part::Body;
        let allowed: Vec<Value> = match self.part {
            Part::Subject => self.kind.subject_values().collect(),
            Part::Body => self.kind.values().to_vec(),
        };
        if name == CONTENT && has_content {
            return Some(Token::Content(column));
        }
        if let Some(value) = allowed.iter().find(|value| value.name() == name) {
            return Some(Token::Segment(Segment::Value(*value)));
        }
        let is_elsewhere = name == CONTENT || Value::named(name).is_some();
        let (code, advice) = if is_elsewhere {
            let advice = misplaced(name, &allowed, has_content);
            (Code::MisplacedPlaceholder, advice)
        } else {
            let advice = unknown(name, nearest(name, &allowed, has_content));
            (Code::UnknownPlaceholder, advice)
        };
        self.faults.push(WordingFault {
            part: self.part,
            line: no,
            column,
            code,
            advice,
        });
        None
    }
}

impl Segment {
    fn is_blank(&self) -> bool {
        matches!(self, Self::Words(words) if is_blank(words))
    }

    const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

/// Ends a paragraph, if there is one.
fn end(paragraph: &mut Paragraph, all: &mut Vec<Paragraph>) {
    if !paragraph.is_empty() {
        all.push(std::mem::take(paragraph));
    }
}
