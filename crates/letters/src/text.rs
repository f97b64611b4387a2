//! A letter as plain text.

use crate::block::{Block, Page};

pub(crate) fn write(page: &Page) -> String {
    let mut parts = vec![page.head.clone()];
    parts.extend(page.blocks.iter().map(block));
    if !page.foot.is_empty() {
        parts.push(format!("-- \n{}", page.foot.join("\n")));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// A quote is marked on every line, so that it never passes for the letter's own words.
fn block(block: &Block) -> String {
    let marked = |mark: &str, line: &str| format!("{mark}{line}").trim_end().to_owned();
    match block {
        Block::Paragraph(text) => text.clone(),
        Block::List(items) => {
            let lines: Vec<_> = items.iter().map(|item| marked("- ", item)).collect();
            lines.join("\n")
        }
        Block::Quote(text) => {
            let lines: Vec<_> = text.split('\n').map(|line| marked("> ", line)).collect();
            lines.join("\n")
        }
        Block::Button { label, url } => format!("{label}:\n{url}"),
    }
}
