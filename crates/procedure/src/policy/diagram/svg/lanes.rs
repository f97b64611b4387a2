//! The arrows, right of the cards.

use std::fmt::Write as _;

use super::sheet::{Block, RIGHT, Sheet};
use crate::policy::diagram::chart::Place;

const FIRST: u32 = RIGHT + 30;
const APART: u32 = 15;
const BEND: u32 = 8;
/// How many colours there are.
const COLOURS: usize = 7;

/// Every state that arrows lead to from another, those that reach least far first: their lanes lie nearest to the cards.
pub(super) fn lanes(sheet: &Sheet) -> Vec<Place> {
    let mut lanes: Vec<(u32, Place)> = Vec::new();
    for card in &sheet.cards {
        let head = sheet.head_of(card.place).unwrap_or_default();
        let reach = leading_to(sheet, card.place).map(|block| block.middle().abs_diff(head));
        lanes.extend(reach.max().map(|reach| (reach, card.place)));
    }
    lanes.sort_by_key(|(reach, _)| *reach);
    lanes.into_iter().map(|(_, place)| place).collect()
}

/// How wide the picture is with so many lanes.
pub(super) fn right_edge(lanes: &[Place]) -> u32 {
    FIRST + APART * u32::try_from(lanes.len()).unwrap_or_default() + 14
}

/// The class of what leads to a state: its colour, as far as there are enough of them.
pub(super) fn class(lanes: &[Place], place: Place) -> String {
    let lane = lanes.iter().position(|lane| *lane == place);
    lane.map_or_else(|| "here".to_owned(), |lane| format!("c{}", lane % COLOURS))
}

/// All arrows; where one crosses the lane of another, the other is broken.
pub(super) fn draw(sheet: &Sheet, lanes: &[Place], text: &mut String) {
    for (x, place) in (FIRST..).step_by(APART as usize).zip(lanes) {
        let Some(head) = sheet.head_of(*place) else {
            continue;
        };
        let paths = |begin: u32| {
            leading_to(sheet, *place)
                .map(|block| path(begin, block.middle(), x, head))
                .collect::<String>()
        };
        let _ = writeln!(
            text,
            "<path class=\"halo\" d=\"{}\"/><g class=\"{}\"><path class=\"arrow\" d=\"{}\"/>{}</g>",
            paths(FIRST - BEND),
            class(lanes, *place),
            paths(RIGHT),
            point(head),
        );
    }
    for card in &sheet.cards {
        let here = |block: &&Block| block.to == card.place;
        for block in card.blocks.iter().filter(here) {
            let y = block.middle();
            let _ = writeln!(
                text,
                "<g class=\"here\"><path class=\"arrow\" d=\"M{RIGHT} {}c22 -6 22 20 9 18\"/>{}</g>",
                y - 8,
                point(y + 8),
            );
        }
    }
}

fn leading_to(sheet: &Sheet, place: Place) -> impl Iterator<Item = &Block> {
    let others = sheet.cards.iter().filter(move |card| card.place != place);
    let blocks = others.flat_map(|card| &card.blocks);
    blocks.filter(move |block| block.to == place)
}

/// Out of a card, along the lane, and into the head of another card; `begin` is where it leaves the card, or further.
fn path(begin: u32, from: u32, lane: u32, to: u32) -> String {
    let bend = BEND.min(from.abs_diff(to) / 2);
    let (first, last) = if to > from {
        (from + bend, to - bend)
    } else {
        (from - bend, to + bend)
    };
    format!(
        "M{begin} {from}H{}Q{lane} {from} {lane} {first}V{last}Q{lane} {to} {} {to}H{}",
        lane - bend,
        lane - bend,
        begin + 8,
    )
}

/// The point of an arrow that arrives at the right edge of a card.
fn point(y: u32) -> String {
    format!("<path class=\"point\" d=\"M{RIGHT} {y}l10 -5v10z\"/>")
}
