//! The sums of figures are what the rows beside complaints add up to.

use std::collections::BTreeSet;

use chrono::Days;
use wederhoor_procedure::complaint::Outcome;
use wederhoor_procedure::figures::{CellKey, ComplaintFigures, Milestone, Reached, Table};
use wederhoor_procedure::policy::Channel;

use super::*;

/// Numbers that look random, the same in every run.
fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    }
}

/// One of many things that a complaint can contribute.
fn some_figures(draw: &mut impl FnMut(u64) -> u64) -> ComplaintFigures {
    let filed_on = day() - Days::new(draw(90));
    let days = u32::try_from(draw(40)).unwrap();
    let on = filed_on + Days::new(days.into());
    let reached = Reached {
        on,
        days,
        working_days: days / 2,
    };
    let channels = [Channel::WebForm, Channel::Post, Channel::Telephone];
    let outcomes = [None, Some(Outcome::Agreed), Some(Outcome::Withdrawn)];
    ComplaintFigures {
        channel: channels[usize::try_from(draw(3)).unwrap()],
        outcome: outcomes[usize::try_from(draw(3)).unwrap()],
        cause: (draw(2) == 0).then(|| "noise".to_owned()),
        satisfaction: (draw(3) == 0).then_some(4),
        milestones: (draw(2) == 0)
            .then_some((Milestone::Closed, reached))
            .into_iter()
            .collect(),
        filed_on,
        ..contribution()
    }
}

/// What is counted, by looking at the contributions one by one.
async fn recounted(tx: &ReadTx) -> Cells {
    let mut cells = Cells::new();
    let mut count = |fact: &ComplaintFigures, table, value: &str, days| {
        let month = fact
            .filed_on
            .format("%Y-%m-01")
            .to_string()
            .parse()
            .unwrap();
        let key = CellKey {
            month,
            table,
            value: value.to_owned(),
            days,
        };
        *cells.entry(key).or_insert(0) += 1;
    };
    for fact in tx.facts(None, 1_000).await.unwrap() {
        let fact = &fact.figures;
        count(fact, Table::Filed, "", 0);
        let outcome = match fact.outcome {
            None => "open",
            Some(Outcome::Agreed) => "agreed",
            _ => "withdrawn",
        };
        count(fact, Table::Outcome, outcome, 0);
        if let Some(reached) = fact.milestones.get(&Milestone::Closed) {
            count(fact, Table::Days, "closed", reached.days);
            count(fact, Table::WorkingDays, "closed", reached.working_days);
        }
    }
    cells
}

const RECOUNTED: [Table; 4] = [
    Table::Filed,
    Table::Outcome,
    Table::Days,
    Table::WorkingDays,
];

both! {
    async fn sums_are_what_rows_add_up_to_whatever_happens(fx) {
        let (tenant, mut draw) = (fx.store.tenant(fx.a), numbers(7));
        let mut versions = [0; 12];
        for _ in 0..60 {
            let tx = tenant.write().await.unwrap();
            let mut changed = BTreeSet::new();
            for _ in 0..=draw(3) {
                let number = usize::try_from(draw(12)).unwrap();
                changed.insert(number);
                let expected_version = versions[number];
                let figures = some_figures(&mut draw);
                let write = ComplaintWrite { expected_version, figures, ..filing(number as u128 + 1) };
                versions[number] = tx.commit_complaint(write, &mut salts()).await.unwrap();
            }
            if draw(5) == 0 {
                // What is not committed counts for nothing.
                drop(tx);
                let read = tenant.read().await.unwrap();
                for number in changed {
                    let complaint = ComplaintId(id(number as u128 + 1));
                    let row = read.complaint(complaint).await.unwrap();
                    versions[number] = row.map_or(0, |row| row.version);
                }
                continue;
            }
            tx.commit().await.unwrap();
        }
        let tx = tenant.write().await.unwrap();
        let ever = ("1900-01-01".parse().unwrap(), "2199-12-31".parse().unwrap());
        let kept = tx.cells(&RECOUNTED, ever).await.unwrap();
        assert_eq!(kept, recounted(&tx).await);
        assert!(kept.len() > 12, "{kept:?}");
        assert!(tx.differing_cells().await.unwrap().is_empty());
        let (march, april) = ("2026-03-01".parse().unwrap(), "2026-04-01".parse().unwrap());
        let some = tx.cells(&[Table::Filed], (march, april)).await.unwrap();
        let months: Vec<_> = some.keys().map(|key| key.month).collect();
        assert_eq!(months, [march, april]);
        let first = kept.keys().map(|key| key.month).min();
        assert_eq!(tx.first_counted_month().await.unwrap(), first);
        let theirs = fx.store.tenant(fx.b).read().await.unwrap();
        assert_eq!(theirs.first_counted_month().await.unwrap(), None);
    }
}

both! {
    async fn a_row_keeps_its_key_and_its_place_whatever_becomes_of_the_complaint(fx) {
        let (tenant, mut draw) = (fx.store.tenant(fx.a), numbers(11));
        for number in 1..=5 {
            let figures = some_figures(&mut draw);
            commit(&tenant, ComplaintWrite { figures, ..filing(number) }).await.unwrap();
        }
        let tx = tenant.write().await.unwrap();
        let before = tx.facts(None, 10).await.unwrap();
        let places: Vec<_> = before.iter().map(FactRecord::place).collect();
        assert!(places.is_sorted_by_key(|place| (place.filed_on, place.row_key)));
        assert_eq!(tx.facts(Some(places[2]), 1).await.unwrap(), before[3..4]);
        let (first, figures) = (&before[0], some_figures(&mut draw));
        assert!(tx.write_figures(first.complaint, &figures, &mut salts()).await.unwrap());
        assert!(!tx.write_figures(first.complaint, &figures, &mut salts()).await.unwrap());
        let after = tx.facts_of(&[first.complaint]).await.unwrap();
        assert_eq!(after, [FactRecord { figures, ..first.clone() }]);
        tx.commit().await.unwrap();
    }
}

both! {
    async fn sums_that_are_wrong_are_found_and_mended(fx) {
        let tenant = fx.store.tenant(fx.a);
        for number in 1..=3 {
            commit(&tenant, filing(number)).await.unwrap();
        }
        commit(&fx.store.tenant(fx.b), filing(1)).await.unwrap();
        fx.tamper("UPDATE figure_cell SET complaints = complaints + 2 WHERE figure = 'filed'").await;
        fx.tamper("DELETE FROM figure_cell WHERE figure = 'channel'").await;
        for is_mended in [false, true] {
            let tx = tenant.write().await.unwrap();
            let differing = tx.differing_cells().await.unwrap();
            let found = differing.iter().map(|(key, count)| (key.table, *count));
            let wrong = [(Table::Filed, -2), (Table::Channel, 3)];
            assert_eq!(found.collect::<Vec<_>>(), if is_mended { vec![] } else { wrong.to_vec() });
            tx.mend_cells(&differing);
            tx.commit().await.unwrap();
        }
        let theirs = fx.store.tenant(fx.b).write().await.unwrap();
        assert_eq!(theirs.differing_cells().await.unwrap().len(), 2, "nobody mended theirs");
    }
}

both! {
    async fn whoever_files_at_once_waits_for_nobody_in_a_circle(fx) {
        let mut filings = Vec::new();
        for number in 0..24_u128 {
            let tenant = fx.store.tenant(fx.a);
            filings.push(tokio::spawn(async move {
                let mut draw = numbers(u64::try_from(number).unwrap());
                let tx = tenant.write().await?;
                for nth in 1..=4 {
                    let figures = some_figures(&mut draw);
                    let write = ComplaintWrite { figures, ..filing(number * 4 + nth) };
                    tx.commit_complaint(write, &mut salts()).await?;
                }
                tx.commit().await
            }));
        }
        for filed in filings {
            filed.await.unwrap().unwrap();
        }
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        assert_eq!(tx.facts(None, 1_000).await.unwrap().len(), 96);
        assert!(tx.differing_cells().await.unwrap().is_empty());
    }
}
