//! A letter as HTML: complete, nothing to load, readable without its colours, and where mail programs know little of styles.

use wederhoor_procedure::{Locale, letter::Via};

use crate::{
    block::{Block, Page},
    colour::Colour,
};

const BODY: &str = "margin:0;padding:0;background:#ffffff";
const PAPER: &str = "max-width:38em;margin:0 auto;padding:16px;color:#1a1a1a;\
    font:16px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:break-word;word-break:break-word";
const TITLE: &str = "margin:8px 0 24px;font-size:20px;line-height:1.3;font-weight:bold";
const TEXT: &str = "margin:0 0 16px";
const LIST: &str = "margin:0 0 16px;padding:0 0 0 24px";
const ITEM: &str = "margin:0 0 8px";
const QUOTE: &str =
    "margin:0 0 16px;padding:8px 16px;border-left:4px solid #767676;background:#f5f5f5";
const SMALL: &str = "color:#595959;font-size:14px";

/// How it lies on sheets of paper, which say of how many they are.
pub(crate) const SHEETS: &str = "<style>\n\
    @page{size:A4;margin:25mm 20mm 25mm 25mm;@bottom-right{content:counter(page) \" / \" counter(pages);\
    font:10pt Arial,Helvetica,sans-serif;color:#595959}}\n\
    @media print{div[role=article]{max-width:none!important;padding:8px 0 0!important}h1{break-after:avoid}\
    li,table{break-inside:avoid}p{orphans:3;widows:3}}\n</style>\n";

pub(crate) fn write(page: &Page, locale: Locale, colour: &str, via: Via) -> String {
    let lang = match locale {
        Locale::Nl => "nl",
        Locale::En => "en",
    };
    let colour = Colour::read(colour);
    let (title, ink) = (escape(&page.subject), colour.on_white());
    let blocks: String = page.blocks.iter().map(|one| block(one, colour)).collect();
    let foot = match lines(&page.foot.join("\n")) {
        lines if lines.is_empty() => lines,
        lines => {
            let style = "margin:24px 0 0;padding:16px 0 0;border-top:1px solid #d9d9d9";
            format!("<p style=\"{style};{SMALL}\">{lines}</p>\n")
        }
    };
    // Programs that show mail leave out `html` and `body`: the language is said again on what they keep.
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light\">\n<title>{title}</title>\n{sheets}</head>\n\
         <body style=\"{BODY}\">\n\
         <div role=\"article\" lang=\"{lang}\" style=\"{PAPER};border-top:6px solid {colour}\">\n\
         <p style=\"margin:0;{SMALL}\">{head}</p>\n\
         <h1 style=\"{TITLE};color:{ink}\">{title}</h1>\n{blocks}{foot}</div>\n</body>\n</html>\n",
        head = escape(&page.head),
        sheets = if via == Via::Print { SHEETS } else { "" },
    )
}

fn block(block: &Block, colour: Colour) -> String {
    match block {
        Block::Paragraph(text) => format!("<p style=\"{TEXT}\">{}</p>\n", lines(text)),
        Block::List(items) => {
            let item = |item: &String| format!("<li style=\"{ITEM}\">{}</li>\n", escape(item));
            let items: String = items.iter().map(item).collect();
            format!("<ul style=\"{LIST}\">\n{items}</ul>\n")
        }
        Block::Quote(text) => {
            let lines = lines(text);
            format!("<blockquote style=\"{QUOTE}\">{lines}</blockquote>\n")
        }
        Block::Button { label, url } => button(&escape(label), &escape(url), colour),
    }
}

/// In a cell, where even programs that give links no size of their own colour the whole of it.
fn button(label: &str, url: &str, colour: Colour) -> String {
    let (ink, edge) = (colour.ink(), colour.on_white());
    let cell = format!("background:{colour};border:1px solid {edge}");
    let style = format!(
        "display:inline-block;padding:12px 20px;color:{ink};font:bold 16px/1.25 Arial,Helvetica,sans-serif"
    );
    format!(
        "<table role=\"presentation\" style=\"margin:24px 0 8px;border-collapse:collapse\"><tr>\
         <td style=\"{cell}\"><a href=\"{url}\" style=\"{style}\">{label}</a></td></tr></table>\n\
         <p style=\"margin:0 0 24px;{SMALL};overflow-wrap:anywhere\">{url}</p>\n"
    )
}

/// Lines that stay lines.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(escape).collect();
    lines.join("<br>\n")
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
