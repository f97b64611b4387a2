//! The picture as SVG.

mod lanes;
mod measure;
mod sheet;
#[cfg(test)]
mod tests;
mod words;

use std::fmt::Write as _;

use super::chart::{Chart, Place};
use crate::{complaint::State, locale::Locale, policy::Policy};
use sheet::{Band, Block, COLUMNS, Card, HEAD, LEFT, LINE, RIGHT, Row, Sheet, baseline};

/// Colours that can be read on both grounds, and told apart without their hue: every arrow is also named.
const STYLE: &str = include_str!("style.css");

pub(super) fn draw(chart: &Chart, policy: &Policy, locale: Locale) -> String {
    let sheet = Sheet::of(chart, policy, locale);
    let lanes = lanes::lanes(&sheet);
    let (width, height) = (lanes::right_edge(&lanes), sheet.bottom + 34);
    let language = match locale {
        Locale::Nl => "nl",
        Locale::En => "en",
    };
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         lang=\"{language}\" role=\"img\" aria-labelledby=\"title desc\">\n"
    );
    let _ = writeln!(
        text,
        "<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n<style>\n{STYLE}</style>\n\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\" rx=\"12\"/>",
        escaped(policy.name.in_locale(locale)),
        escaped(&words::told(chart, policy, locale)),
    );
    lines(&mut text, "title", (LEFT, 44), 26, &sheet.title);
    let below = 44 + 26 * u32::try_from(sheet.title.len()).unwrap_or_default();
    lines(&mut text, "soft", (LEFT, below - 2), LINE, &sheet.note);
    for one in &sheet.bands {
        band(&mut text, one);
    }
    lanes::draw(&sheet, &lanes, &mut text);
    for one in &sheet.cards {
        card(&mut text, one, &lanes, locale);
    }
    ends(&mut text, chart, &sheet);
    text.push_str("</svg>\n");
    text
}

fn band(text: &mut String, band: &Band) {
    let (top, height) = (band.top, band.bottom - band.top);
    let (left, width) = (LEFT - 18, RIGHT - LEFT + 26);
    let _ = writeln!(
        text,
        "<rect class=\"band\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>"
    );
    let name = std::slice::from_ref(&band.name);
    lines(text, "soft strong", (LEFT, top + 22), LINE, name);
}

fn card(text: &mut String, card: &Card, lanes: &[Place], locale: Locale) {
    let (top, width, height) = (card.top, RIGHT - LEFT, card.bottom - card.top);
    let class = lanes::class(lanes, card.place);
    let _ = writeln!(
        text,
        "<g><rect class=\"card\" x=\"{LEFT}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"7\"/>\
         <rect class=\"{class} mark\" x=\"{LEFT}\" y=\"{}\" width=\"5\" height=\"{}\"/>",
        top + 7,
        HEAD - 14,
    );
    let line = top + 22;
    let name = std::slice::from_ref(&card.name);
    lines(text, "name", (LEFT + 14, line), LINE, name);
    for ((x, _), column) in COLUMNS.into_iter().zip(words::columns(locale)) {
        if !card.blocks.is_empty() && !column.is_empty() {
            lines(text, "small", (x, line), LINE, &[column.to_owned()]);
        }
    }
    for one in &card.blocks {
        let class = lanes::class(lanes, one.to) + " to strong";
        let is_here = one.to == card.place;
        block(text, one, if is_here { "soft" } else { &class });
    }
    text.push_str("</g>\n");
}

fn block(text: &mut String, block: &Block, class: &str) {
    let top = block.top;
    let _ = writeln!(text, "<path class=\"rule\" d=\"M{LEFT} {top}H{RIGHT}\"/>");
    for (number, one) in block.rows.iter().enumerate() {
        if number > 0 {
            let (begin, end) = (COLUMNS[0].0, COLUMNS[3].0 - 16);
            let _ = writeln!(
                text,
                "<path class=\"line\" d=\"M{begin} {}H{end}\"/>",
                one.top
            );
        }
        row(text, one);
    }
    let count = u32::try_from(block.to_name.len()).unwrap_or(1);
    let first = block.middle() + 5 - LINE * (count - 1) / 2;
    lines(text, class, (COLUMNS[3].0, first), LINE, &block.to_name);
}

fn row(text: &mut String, row: &Row) {
    let first = baseline(row.top);
    if row.is_time {
        let (x, y) = (LEFT + 18, first - 4);
        let _ = writeln!(
            text,
            "<path class=\"clock\" d=\"M{} {y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M{x} {}v4h3\"/>",
            x - 6,
            y - 4,
        );
    }
    for (class, (cell, (x, _))) in ["", "strong", "soft"]
        .into_iter()
        .zip(row.cells.iter().zip(COLUMNS))
    {
        lines(text, class, (x, first), LINE, cell);
    }
}

/// Where complaints begin, and where they end.
fn ends(text: &mut String, chart: &Chart, sheet: &Sheet) {
    let x = LEFT + 30;
    for card in &sheet.cards {
        if chart.starts.contains(&card.place) {
            let y = card.top;
            let _ = writeln!(
                text,
                "<g class=\"ends\"><circle cx=\"{}\" cy=\"{}\" r=\"6\"/><path class=\"arrow\" d=\"M{} {}H{}\"/><path d=\"M{LEFT} {}l-9 -5v10z\"/></g>",
                LEFT - 26,
                y + HEAD / 2,
                LEFT - 26,
                y + HEAD / 2,
                LEFT - 8,
                y + HEAD / 2,
            );
        }
        if card.place.state == State::Closed && !card.place.late_appeal {
            let y = card.bottom;
            let _ = writeln!(
                text,
                "<g class=\"ends\"><path class=\"arrow\" d=\"M{x} {y}v10\"/><path d=\"M{x} {}l-5 -9h10z\"/><circle class=\"ring\" cx=\"{x}\" cy=\"{}\" r=\"8\"/><circle cx=\"{x}\" cy=\"{}\" r=\"4\"/></g>",
                y + 17,
                y + 26,
                y + 26,
            );
        }
    }
}

/// Lines of text, one under the other, from the baseline of the first.
fn lines(text: &mut String, class: &str, at: (u32, u32), apart: u32, lines: &[String]) {
    let (x, first) = at;
    for (y, line) in (first..).step_by(apart as usize).zip(lines) {
        if !line.is_empty() {
            let line = escaped(line);
            let _ = writeln!(
                text,
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{line}</text>"
            );
        }
    }
}

/// As text of XML; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\n' | '\t' => safe.push(c),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}
