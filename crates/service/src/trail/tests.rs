use chrono::DateTime;
use wederhoor_procedure::{ComplaintId, MemberId, TenantId, command::CommandKind};
use wederhoor_store::{AccessRecord, Accessor};

use super::*;

#[test]
fn every_word_is_read_as_it_was_written() {
    let commands = CommandKind::ALL.iter().map(|kind| Doing::Acted(*kind));
    let others = [
        Doing::SawDossier,
        Doing::SawLetter,
        Doing::SawMeasure,
        Doing::Filed,
    ];
    for doing in commands.chain(others) {
        assert_eq!(Doing::of(doing.word().unwrap()).unwrap(), doing);
    }
    assert!(Doing::of("something else".to_owned()).is_err());
}

fn record(number: u128) -> AccessRecord {
    AccessRecord {
        id: Uuid::from_u128(number),
        complaint_id: ComplaintId(Uuid::from_u128(1)),
        at: DateTime::UNIX_EPOCH,
        who: Accessor::Member(MemberId(Uuid::from_u128(2))),
        what: "saw_dossier".to_owned(),
        session_id: None,
        sign_in_id: None,
    }
}

#[test]
fn what_waits_to_be_written_is_bounded_and_what_is_too_much_is_told() {
    let (reads, tenant) = (Reads::default(), TenantId(Uuid::from_u128(1)));
    for number in 0..20_010 {
        reads.note(tenant, 1, record(number));
        reads.note(tenant, 1, record(number));
    }
    let (waiting, missed) = reads.seen.take();
    assert_eq!((waiting[&tenant].len(), missed), (20_000, 20));
    reads.seen.finished(20_000);
    reads.note(tenant, 1, record(0));
    assert!(reads.seen.take().0.is_empty(), "it is known in this hour");
    reads.note(tenant, 2, record(0));
    assert_eq!(
        reads.seen.take().0[&tenant].len(),
        1,
        "another hour begins anew"
    );
}

#[test]
fn what_could_not_be_written_waits_within_the_same_bound() {
    let (reads, tenant) = (Reads::default(), TenantId(Uuid::from_u128(1)));
    for number in 0..20_000 {
        reads.note(tenant, 1, record(number));
    }
    for round in 1..=2 {
        let (mut all, missed) = reads.seen.take();
        assert_eq!(missed, round - 1);
        let number = 20_000 + u128::try_from(round).unwrap();
        reads.note(tenant, 1, record(number));
        reads.seen.give_back(tenant, all.remove(&tenant).unwrap());
    }
    let (all, missed) = reads.seen.take();
    assert_eq!((all[&tenant].len(), missed), (20_000, 1));
    reads.seen.finished(20_000);
    reads.note(tenant, 1, record(30_000));
    let (all, missed) = reads.seen.take();
    assert_eq!(
        (all[&tenant].len(), missed),
        (1, 0),
        "what is written leaves room"
    );
}

#[test]
fn what_was_seen_is_written_in_the_same_order_by_every_process() {
    let (reads, tenant) = (Reads::default(), TenantId(Uuid::from_u128(1)));
    for number in [2, 3, 1] {
        reads.note(tenant, 1, record(number));
    }
    assert_eq!(reads.seen.take().0[&tenant], [1, 2, 3].map(record));
}
