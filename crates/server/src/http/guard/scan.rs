//! One pass over the bytes of a document, without recursion, before any parser sees it.

use async_graphql::Pos;

use crate::http::{limits::Limits, refused::Refused};

/// Refuses a document that is too long, has too many tokens or too long ones, nests too deep or carries NUL. Text that is
/// never closed is refused here as well, so that no parser can disagree about what is text and what is a bracket. Answers
/// with the tokens.
pub(super) fn scan(document: &str, limits: &Limits) -> Result<usize, Refused> {
    if document.len() > limits.document_bytes {
        return Err(Refused::too_complex(
            "DOCUMENT_BYTES",
            limits.document_bytes,
        ));
    }
    let mut scanner = Scanner {
        bytes: document.as_bytes(),
        at: 0,
    };
    let (mut tokens, mut open) = (0, 0_usize);
    while let Some(token) = scanner.next_token()? {
        tokens += 1;
        match token {
            Token::Open => open += 1,
            Token::Close => open = open.saturating_sub(1),
            Token::Word(length) if length > limits.name_bytes => {
                return Err(Refused::too_complex("NAME_BYTES", limits.name_bytes));
            }
            Token::Word(_) | Token::Other => {}
        }
        if tokens > limits.tokens {
            return Err(Refused::too_complex("TOKENS", limits.tokens));
        }
        if open > limits.nesting {
            return Err(Refused::too_complex("NESTING", limits.nesting));
        }
    }
    Ok(tokens)
}

enum Token {
    Open,
    Close,
    /// A name or a number, of so many bytes.
    Word(usize),
    Other,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn next_token(&mut self) -> Result<Option<Token>, Refused> {
        self.skip_ignored();
        let Some(&byte) = self.bytes.get(self.at) else {
            return Ok(None);
        };
        let start = self.at;
        match byte {
            0 => {
                return Err(self.fault([
                    "Het document bevat U+0000.",
                    "The document contains U+0000.",
                ]));
            }
            b'"' if self.bytes[self.at..].starts_with(b"\"\"\"") => self.block_text()?,
            b'"' => self.text()?,
            b'.' => self.skip_while(|byte| byte == b'.'),
            byte if is_word(byte) => self.skip_while(is_word),
            _ => self.at += 1,
        }
        Ok(Some(match byte {
            b'(' | b'[' | b'{' => Token::Open,
            b')' | b']' | b'}' => Token::Close,
            byte if is_word(byte) => Token::Word(self.at - start),
            _ => Token::Other,
        }))
    }

    fn skip_ignored(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b',' | b'\r' | b'\n' => self.at += 1,
                b'#' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                0xef if self.bytes[self.at..].starts_with("\u{feff}".as_bytes()) => self.at += 3,
                _ => return,
            }
        }
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|&byte| belongs(byte)) {
            self.at += 1;
        }
    }

    fn text(&mut self) -> Result<(), Refused> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') if self.bytes[self.at..].starts_with(b"\\u0000") => {
                    return Err(self.fault([
                        "Een tekst mag geen U+0000 bevatten.",
                        "Text may not contain U+0000.",
                    ]));
                }
                Some(b'\\') => self.at += 2,
                None | Some(0 | b'\n' | b'\r') => {
                    self.at = start;
                    return Err(self.fault([
                        "Een stuk tekst is niet afgesloten.",
                        "A piece of text is not closed.",
                    ]));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn block_text(&mut self) -> Result<(), Refused> {
        let start = self.at;
        self.at += 3;
        loop {
            let rest = &self.bytes[self.at..];
            if rest.starts_with(b"\"\"\"") {
                self.at += 3;
                return Ok(());
            }
            match rest.first() {
                Some(b'\\') if rest.starts_with(b"\\\"\"\"") => self.at += 4,
                None | Some(0) => {
                    self.at = start;
                    return Err(self.fault([
                        "Een stuk tekst is niet afgesloten.",
                        "A piece of text is not closed.",
                    ]));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn fault(&self, message: [&str; 2]) -> Refused {
        let before = &self.bytes[..self.at.min(self.bytes.len())];
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let line = before[..line_start].split(|&byte| byte == b'\n').count();
        let column = before.len() - line_start + 1;
        Refused::document(message, vec![Pos { line, column }])
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
