//! That nothing lies over anything else.

use std::collections::BTreeSet;

use super::{
    lanes::lanes,
    measure::{fit, width, wrap},
    sheet::{COLUMNS, RIGHT, SIZE, Sheet},
};
use crate::{
    locale::Locale,
    policy::{diagram::chart::Chart, parse_toml},
};

fn sheets() -> Vec<Sheet> {
    let texts = [
        include_str!("../../../../../../policies/blijf-groep.toml"),
        include_str!("../../../../../../policies/livp.toml"),
        include_str!("../../../../../../policies/awb.toml"),
        include_str!("../../check/tests/other.toml"),
    ];
    let sheet = |text| {
        let policy = parse_toml(text).unwrap();
        Sheet::of(&Chart::of(&policy, Locale::Nl), &policy, Locale::Nl)
    };
    texts.map(sheet).into()
}

#[test]
fn every_text_fits_its_column_and_every_row_its_text() {
    for sheet in sheets() {
        for block in sheet.cards.iter().flat_map(|card| &card.blocks) {
            let bottoms = block.rows.iter().skip(1).map(|row| row.top);
            let bottoms = bottoms.chain([block.bottom]);
            for (row, bottom) in block.rows.iter().zip(bottoms) {
                for (cell, (_, room)) in row.cells.iter().zip(COLUMNS) {
                    assert!(
                        cell.iter().all(|line| width(line, SIZE) <= room),
                        "{cell:?}"
                    );
                    assert!(
                        row.top + 17 * u32::try_from(cell.len()).unwrap() < bottom,
                        "{cell:?}"
                    );
                }
            }
            assert!(
                block
                    .to_name
                    .iter()
                    .all(|line| width(line, SIZE) <= COLUMNS[3].1)
            );
        }
    }
    let columns = COLUMNS
        .windows(2)
        .all(|pair| pair[0].0 + pair[0].1 < pair[1].0);
    assert!(columns && COLUMNS[3].0 + COLUMNS[3].1 < RIGHT);
}

#[test]
fn no_two_arrows_leave_or_arrive_at_one_height_and_each_end_has_its_lane() {
    for sheet in sheets() {
        let mut heights = BTreeSet::new();
        let lanes = lanes(&sheet);
        for card in &sheet.cards {
            assert!(heights.insert(sheet.head_of(card.place).unwrap()));
            for block in &card.blocks {
                assert!(heights.insert(block.middle()), "{}", card.name);
                assert!(block.to == card.place || lanes.contains(&block.to));
            }
        }
        let cards = sheet.cards.windows(2);
        assert!(cards.into_iter().all(|pair| pair[0].bottom < pair[1].top));
    }
}

#[test]
fn text_is_broken_between_words_and_a_long_word_is_cut() {
    assert_eq!(wrap("de klager tekent", 10, 60), ["de klager", "tekent"]);
    assert_eq!(wrap("", 10, 60), [""]);
    assert!(
        wrap(&"a".repeat(50), 10, 60)
            .iter()
            .all(|line| width(line, 10) <= 60)
    );
    assert_eq!(fit("kort", 10, 60), "kort");
    let cut = fit("een veel te lange naam", 10, 60);
    assert!(cut.ends_with('…') && width(&cut, 10) <= 60, "{cut}");
}
