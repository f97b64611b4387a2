//! An act that arrived before the present text was there is about an earlier one: rule of reading 4.

use super::{HEARD, RESPONDED, tell};
use crate::{
    complaint::{Event, Outcome, State},
    tests::script::play,
};

/// A second response on 25 March, after a question about the first of 16 March.
const TWO_RESPONSES: &str = "
    2026-03-20 09:00 Karin asks
    2026-03-25 09:00 Anna responds upheld
";

/// A second request on 18 March, after the first of 12 March was refused.
const TWO_REQUESTS: &str = "
    2026-03-12 09:00 Anna requests 2026-04-06
    2026-03-16 09:00 Karin refuses
    2026-03-18 09:00 Anna requests 2026-04-20
";

/// LIVP: a second text on 18 March, after the first of 11 March.
const TWO_TEXTS: &str = "
    2026-03-18 09:00 Anna proposes Anders.
";

#[derive(Clone, Copy, PartialEq, Debug)]
enum Counts {
    /// For the present text.
    Now,
    /// For one before it: recorded, told to all, and nothing changes.
    Before,
    /// Refused: there was nothing to answer yet, or the text signed is another.
    Never,
}

/// What is registered on 27 March, by when it arrived.
const TABLE: &[(&str, &str, &str, Counts)] = &[
    ("response", "objects", "2026-03-26 09:00", Counts::Now),
    ("response", "objects", "2026-03-24 09:00", Counts::Before),
    ("response", "objects", "2026-03-15 09:00", Counts::Never),
    ("response", "accepts", "2026-03-25 09:00", Counts::Now),
    ("response", "accepts", "2026-03-25 08:59", Counts::Before),
    ("response", "accepts", "2026-03-16 11:59", Counts::Never),
    ("response", "asks", "2026-03-26 09:00", Counts::Now),
    ("response", "asks", "2026-03-16 12:00", Counts::Before),
    ("response", "asks", "2026-03-15 09:00", Counts::Never),
    ("request", "consents", "2026-03-18 09:00", Counts::Now),
    ("request", "consents", "2026-03-18 08:59", Counts::Before),
    ("request", "consents", "2026-03-13 09:00", Counts::Before),
    ("request", "consents", "2026-03-11 09:00", Counts::Never),
    ("request", "refuses", "2026-03-19 09:00", Counts::Now),
    ("request", "refuses", "2026-03-15 09:00", Counts::Before),
    ("request", "refuses", "2026-03-11 09:00", Counts::Never),
    ("text", "signs 2", "2026-03-18 09:00", Counts::Now),
    ("text", "signs 1", "2026-03-18 08:59", Counts::Before),
    ("text", "signs 1", "2026-03-11 08:59", Counts::Never),
    ("text", "signs 1", "2026-03-19 09:00", Counts::Never),
    ("text", "signs 2", "2026-03-17 09:00", Counts::Never),
    ("text", "rejects", "2026-03-19 09:00", Counts::Now),
    ("text", "rejects", "2026-03-17 09:00", Counts::Before),
    ("text", "rejects", "2026-03-11 08:59", Counts::Never),
];

#[test]
fn an_act_counts_for_the_text_that_was_there_when_it_arrived() {
    for (about, act, arrived, counts) in TABLE {
        let (policy, before) = match *about {
            "response" => ("blijf", [HEARD, RESPONDED, TWO_RESPONSES].concat()),
            "request" => ("blijf", [HEARD, TWO_REQUESTS].concat()),
            _ => ("livp", [super::PROPOSED, TWO_TEXTS].concat()),
        };
        let line =
            format!("2026-03-27 09:00 Ada registers complainant {act} by post arrived {arrived}");
        let (without, with) = (play(policy, &before), play(policy, &(before + &line)));
        let new = &with.world.dossier[without.world.dossier.len()..];
        let is_without_effect = |event: &Event| matches!(event, Event::ActWithoutEffect { .. });
        let found = if new.iter().any(|one| is_without_effect(&one.event)) {
            Counts::Before
        } else if with.told.contains("REFUSED") {
            Counts::Never
        } else {
            Counts::Now
        };
        assert_eq!(found, *counts, "{act}, arrived {arrived}\n{}", with.told);
    }
}

#[test]
fn an_objection_to_the_first_response_does_not_undo_the_tacit_acceptance_of_the_second() {
    let script = "
        2026-05-04 09:00 Ada registers complainant objects by post arrived 2026-03-24 12:00";
    let parts = [HEARD, RESPONDED, TWO_RESPONSES, script];
    let played = tell("crossing_objection_after_closing", "blijf", &parts);
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn an_answer_that_came_before_one_that_was_given_since_is_recorded() {
    let script = "
        2026-03-12 09:00 Anna requests 2026-04-06
        2026-03-16 09:00 Karin refuses
        2026-03-17 09:00 Ada registers complainant consents by post arrived 2026-03-13 12:00";
    let played = tell("crossing_answer_after_answer", "blijf", &[HEARD, script]);
    assert_eq!(played.world.complaint.round().extended.until(), None);
}

#[test]
fn an_appeal_that_arrived_before_the_second_response_goes_on() {
    let script = "
        2026-03-27 09:00 Ada registers complainant appeals by post arrived 2026-03-24 12:00";
    let parts = [HEARD, RESPONDED, TWO_RESPONSES, script];
    let played = tell("crossing_appeal", "blijf", &parts);
    assert_eq!(played.state(), State::OnAppeal);
}
