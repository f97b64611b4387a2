//! How wide a text is, without a font: wide enough for the widest of the usual ones.

/// A text over as many lines as it needs in `room` pixels, at a size in pixels; a word wider than a line is cut.
pub(super) fn wrap(text: &str, size: u32, room: u32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let words = text.split_whitespace();
    for word in words.flat_map(|word| cut(word, size, room)) {
        let Some(line) = lines.last_mut() else { break };
        let longer = format!("{line} {word}");
        if line.is_empty() {
            *line = word;
        } else if width(&longer, size) <= room {
            *line = longer;
        } else {
            lines.push(word);
        }
    }
    lines
}

/// A text on one line, cut short where it does not fit.
pub(super) fn fit(text: &str, size: u32, room: u32) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&line, size) <= room {
        return line;
    }
    let mut kept = cut(&line, size, room.saturating_sub(width("…", size)));
    kept.truncate(1);
    kept.concat() + "…"
}

fn cut(word: &str, size: u32, room: u32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let Some(piece) = pieces.last_mut() else {
            break;
        };
        let longer = format!("{piece}{c}");
        let is_full = !piece.is_empty() && width(&longer, size) > room;
        if is_full {
            pieces.push(c.to_string());
        } else {
            *piece = longer;
        }
    }
    pieces
}

/// In pixels.
pub(super) fn width(text: &str, size: u32) -> u32 {
    text.chars().map(thousandths).sum::<u32>() * size / 1000
}

/// Of the size of the letters.
const fn thousandths(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '|' | '\'' | '.' | ',' | ':' | ';' | '!' => 320,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | ' ' => 400,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 950,
        'A'..='Z' => 710,
        '0'..='9' => 640,
        ' '..='~' => 610,
        '\u{a0}'..='\u{2fff}' => 800,
        _ => 1050,
    }
}
