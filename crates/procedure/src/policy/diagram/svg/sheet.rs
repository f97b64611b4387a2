//! Where everything stands: a card for each state, one under the other, and in it a row for each way on.
//!
//! Rows with the same end share one arrow. Right of the cards each state that an arrow leads to has a lane of its own, in
//! which those arrows run up or down to it, so that no two arrows can be mistaken and no text lies under one.

use std::collections::BTreeMap;

use super::{measure::wrap, words};
use crate::{
    complaint::State,
    locale::Locale,
    policy::{
        Policy,
        diagram::{
            chart::{Arrow, Chart, Place},
            label::{Caption, Said},
        },
    },
};

/// The left edge of the cards.
pub(super) const LEFT: u32 = 40;
/// The right edge of the cards, where arrows leave and arrive.
pub(super) const RIGHT: u32 = 830;
/// Of the head of a card.
pub(super) const HEAD: u32 = 34;
/// From one line of text to the next.
pub(super) const LINE: u32 = 17;
/// The size of ordinary letters.
pub(super) const SIZE: u32 = 13;
/// As wide as this size are strong letters of the ordinary one.
const STRONG: u32 = SIZE + 1;
/// The columns of a card: what happens, within which term, by which article, and where it leads; each with its width.
pub(super) const COLUMNS: [(u32, u32); 4] = [(72, 304), (390, 118), (522, 156), (692, 128)];

const GAP: u32 = 18;
const BAND_HEAD: u32 = 34;
const PADDING: u32 = 7;

/// Everything in its place.
pub(super) struct Sheet {
    pub(super) title: Vec<String>,
    pub(super) note: Vec<String>,
    pub(super) bands: Vec<Band>,
    pub(super) cards: Vec<Card>,
    /// Below the last card.
    pub(super) bottom: u32,
}

/// What belongs to one instance.
pub(super) struct Band {
    pub(super) name: String,
    pub(super) top: u32,
    pub(super) bottom: u32,
}

/// A state.
pub(super) struct Card {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) top: u32,
    pub(super) bottom: u32,
    pub(super) blocks: Vec<Block>,
}

/// The ways from one state to one other, or to itself.
pub(super) struct Block {
    pub(super) to: Place,
    pub(super) to_name: Vec<String>,
    pub(super) top: u32,
    pub(super) bottom: u32,
    pub(super) rows: Vec<Row>,
}

/// One way on.
pub(super) struct Row {
    /// The first three columns.
    pub(super) cells: [Vec<String>; 3],
    pub(super) is_time: bool,
    pub(super) top: u32,
}

impl Block {
    /// Where its arrow leaves the card.
    pub(super) const fn middle(&self) -> u32 {
        u32::midpoint(self.top, self.bottom)
    }
}

impl Sheet {
    pub(super) fn of(chart: &Chart, policy: &Policy, locale: Locale) -> Self {
        let title = wrap(policy.name.in_locale(locale), 20, RIGHT - LEFT);
        let note = wrap(&words::note(locale), SIZE, RIGHT - LEFT);
        let mut sheet = Self {
            bottom: 30 + lines(&title, 26) + lines(&note, LINE) + 28,
            title,
            note,
            bands: Vec::new(),
            cards: Vec::new(),
        };
        let places = in_order(chart);
        let mut last = None;
        for place in &places {
            if last != Some(place.instance) {
                sheet.begin_band(*place, policy, locale);
                last = Some(place.instance);
            }
            sheet.add_card(chart, *place, &places, policy, locale);
        }
        sheet
    }

    /// The height of the middle of a card's head, where arrows arrive.
    pub(super) fn head_of(&self, place: Place) -> Option<u32> {
        let card = self.cards.iter().find(|card| card.place == place)?;
        Some(card.top + HEAD / 2)
    }

    fn begin_band(&mut self, place: Place, policy: &Policy, locale: Locale) {
        if let Some(instance) = policy.instance(place.instance) {
            let number = u16::from(place.instance) + 1;
            let name = format!("{number}. {}", instance.name.in_locale(locale));
            self.bands.push(Band {
                name: super::measure::fit(&name, SIZE, RIGHT - LEFT),
                top: self.bottom,
                bottom: self.bottom,
            });
            self.bottom += BAND_HEAD;
        } else {
            self.bottom += GAP;
        }
    }

    fn add_card(
        &mut self,
        chart: &Chart,
        place: Place,
        places: &[Place],
        policy: &Policy,
        locale: Locale,
    ) {
        let mut ends: BTreeMap<usize, Vec<&Caption>> = BTreeMap::new();
        let here = |arrow: &&Arrow| arrow.from == place;
        for arrow in chart.arrows.iter().filter(here) {
            // What stays in the state comes first, then what leads on, in the order of the cards.
            let end = places.iter().position(|other| *other == arrow.to);
            let rank = end.filter(|_| arrow.to != place).map_or(0, |end| end + 1);
            ends.entry(rank).or_default().push(&arrow.caption);
        }
        let top = self.bottom;
        let mut y = top + HEAD;
        let mut blocks = Vec::new();
        for (rank, captions) in ends {
            let to = rank.checked_sub(1).map_or(place, |end| places[end]);
            let block = block(to, to == place, &captions, y, policy, locale);
            y = block.bottom;
            blocks.push(block);
        }
        self.cards.push(Card {
            place,
            name: words::capital(place.name(locale)),
            top,
            bottom: y,
            blocks,
        });
        self.bottom = y + GAP;
        if let Some(band) = self.bands.last_mut().filter(|_| place.instance != u8::MAX) {
            band.bottom = self.bottom;
            let mut others = places
                .iter()
                .rev()
                .filter(|one| one.instance == place.instance);
            let is_last = others.next() == Some(&place);
            self.bottom += if is_last { GAP } else { 0 };
        }
    }
}

/// Instance by instance, each from its beginning; what has no instance last, and closed after all.
fn in_order(chart: &Chart) -> Vec<Place> {
    let mut places = chart.places.clone();
    let rank = |state| match state {
        State::Received => 0,
        State::InTreatment | State::OnAppeal => 1,
        State::AwaitingComplainant => 2,
        State::AwaitingSignOff => 3,
        State::AppealOpen => 4,
        State::Closed => 5,
    };
    places.sort_by_key(|place| (place.instance, !place.late_appeal, rank(place.state)));
    places
}

fn block(
    to: Place,
    is_here: bool,
    captions: &[&Caption],
    top: u32,
    policy: &Policy,
    locale: Locale,
) -> Block {
    let mut y = top;
    let mut rows = Vec::new();
    for caption in captions {
        for (number, said) in in_rows(caption).into_iter().enumerate() {
            let cells = cells(&said, number == 0);
            let height = cells.iter().map(|cell| lines(cell, LINE)).max();
            rows.push(Row {
                cells,
                is_time: caption.is_time && number == 0,
                top: y,
            });
            y += height.unwrap_or(LINE) + 2 * PADDING;
        }
    }
    let name = if is_here {
        words::stays(locale).to_owned()
    } else {
        words::end(to, policy, locale)
    };
    let to_name = wrap(&name, STRONG, COLUMNS[3].1);
    Block {
        to,
        bottom: y.max(top + lines(&to_name, LINE) + 2 * PADDING),
        to_name,
        top,
        rows,
    }
}

/// A row for each rule: what rests on none joins what went before it.
fn in_rows(caption: &Caption) -> Vec<Said> {
    let mut rows: Vec<Said> = Vec::new();
    let outcome = caption.outcome.iter().map(|said| (" → ", said));
    for (joint, said) in caption.said.iter().map(|said| (", ", said)).chain(outcome) {
        match rows.last_mut() {
            Some(last) if last.rule.is_none() || said.rule.is_none() => {
                last.text = format!("{}{joint}{}", last.text, said.text);
                last.rule = last.rule.take().or_else(|| said.rule.clone());
            }
            _ => rows.push(said.clone()),
        }
    }
    rows
}

fn cells(said: &Said, is_first: bool) -> [Vec<String>; 3] {
    let text = if is_first {
        words::capital(&said.text)
    } else {
        said.text.clone()
    };
    let (term, article) = said.rule.clone().unwrap_or_default();
    [
        wrap(&text, SIZE, COLUMNS[0].1),
        wrap(&term.unwrap_or_default(), STRONG, COLUMNS[1].1),
        wrap(&article, SIZE, COLUMNS[2].1),
    ]
}

fn lines(text: &[String], each: u32) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX / 1000) * each
}

/// Where the first line of a row's text stands.
pub(super) const fn baseline(top: u32) -> u32 {
    top + PADDING + 12
}
