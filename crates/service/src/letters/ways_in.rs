//! The way in that a letter carries for its reader alone: it is in clear text in the outbox for as long as the letter has
//! still to go out, and no longer.

use wederhoor_store::{OutboxLetter, WriteTx};

use crate::{Request, attempt::Attempt, identity::PAGES};

/// The text with each secret after `#` of a link left out.
pub fn without_ways_in(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = next_secret(rest) {
        let (before, after) = rest.split_at(place);
        shown.push_str(before);
        // A secret may have a full stop in it, and not at its end.
        let ends = after.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
        let secret = after[..ends.unwrap_or(after.len())].trim_end_matches('.');
        if !secret.is_empty() {
            shown.push('…');
        }
        rest = &after[secret.len()..];
    }
    shown.push_str(rest);
    shown
}

/// Whether a letter carries a way in, or carried one that was left out since.
pub(super) fn carries_way_in(text: &str) -> bool {
    next_secret(text).is_some()
}

fn next_secret(text: &str) -> Option<usize> {
    let ends = |page: &&str| Some(text.find(page)? + page.len());
    PAGES.iter().filter_map(ends).min()
}

impl Request {
    /// A letter has gone out, or never will: who reads the database later finds no way in by it.
    pub(crate) async fn forget_ways_in(
        &self,
        tx: &WriteTx,
        letter: &OutboxLetter,
    ) -> Result<(), Attempt> {
        if self.service().keeps_ways_in() {
            return Ok(());
        }
        let draft = &letter.draft;
        let (text, html) = (without_ways_in(&draft.text), without_ways_in(&draft.html));
        if text != draft.text || html != draft.html {
            tx.reword_letter(draft.id, &text, &html).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
