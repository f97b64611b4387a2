//! A letter as HTML: complete, nothing to load, readable without its colours.

use wederhoor_procedure::Locale;

use crate::block::{Block, Page};

const GREY: &str = "#444444";
const BODY: &str =
    "margin:0;padding:16px;background:#ffffff;color:#1a1a1a;font:16px/1.5 sans-serif";
const PAPER: &str = "max-width:38em;margin:0 auto;padding-top:16px";
const QUOTE: &str =
    "margin:16px 0;padding:8px 16px;border-left:4px solid #767676;background:#f5f5f5";
const SMALL: &str = "color:#595959;font-size:14px";

pub(crate) fn write(page: &Page, locale: Locale, colour: &str) -> String {
    let lang = match locale {
        Locale::Nl => "nl",
        Locale::En => "en",
    };
    let colour = hex(colour).unwrap_or(GREY);
    let title = escape(&page.subject);
    let blocks: String = page.blocks.iter().map(|one| block(one, colour)).collect();
    let foot: Vec<_> = page.foot.iter().map(|line| escape(line)).collect();
    let foot = match foot.join("<br>\n") {
        lines if lines.is_empty() => lines,
        lines => format!("<p style=\"{SMALL}\">{lines}</p>\n"),
    };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n</head>\n\
         <body style=\"{BODY}\">\n<div style=\"{PAPER};border-top:6px solid {colour}\">\n\
         <p style=\"{SMALL}\">{head}</p>\n<p>{greeting}</p>\n{blocks}\
         <p>{close}<br>\n{signature}</p>\n{foot}</div>\n</body>\n</html>\n",
        head = escape(&page.head),
        greeting = escape(&page.greeting),
        close = escape(&page.close),
        signature = escape(&page.signature),
    )
}

fn block(block: &Block, colour: &str) -> String {
    match block {
        Block::Paragraph(text) => format!("<p>{}</p>\n", escape(text)),
        Block::List(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| format!("<li>{}</li>\n", escape(item)))
                .collect();
            let items = items.concat();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Quote(text) => {
            let lines: Vec<_> = text.split('\n').map(escape).collect();
            let lines = lines.join("<br>\n");
            format!("<blockquote style=\"{QUOTE}\">{lines}</blockquote>\n")
        }
        Block::Button { label, url } => {
            let (label, url, ink) = (escape(label), escape(url), ink_on(colour));
            let style =
                format!("display:inline-block;padding:10px 16px;background:{colour};color:{ink}");
            format!(
                "<p><a href=\"{url}\" style=\"{style}\">{label}</a></p>\n\
                 <p style=\"{SMALL};overflow-wrap:anywhere\">{url}</p>\n"
            )
        }
    }
}

/// For text and for attributes between double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A colour that is nothing but a colour.
fn hex(colour: &str) -> Option<&str> {
    let digits = colour.strip_prefix('#')?;
    let is_colour =
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_colour.then_some(colour)
}

/// White or black, whichever is read better on the colour.
fn ink_on(colour: &str) -> &'static str {
    let digits: Vec<u32> = colour.chars().filter_map(|c| c.to_digit(16)).collect();
    let (red, green, blue) = match digits[..] {
        [r, g, b] => (r * 17, g * 17, b * 17),
        [r1, r2, g1, g2, b1, b2] => (r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2),
        _ => (0, 0, 0),
    };
    let brightness = (red * 299 + green * 587 + blue * 114) / 1000;
    if brightness > 140 {
        "#000000"
    } else {
        "#ffffff"
    }
}
