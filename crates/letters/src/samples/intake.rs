//! Receipt, treatment, and the other side.

use wederhoor_procedure::{complaint::InadmissibleGround, deadline::DeadlineKind, letter::Content};

use super::{
    ANNA, BRAM, COMPLAINANT, DECIDER, Fill, REPRESENTATIVE, RESPONDENT, Sample, both, day, one,
};

pub(super) fn samples(fill: &Fill) -> Vec<Sample> {
    let mut all = receipt(fill);
    all.extend(treatment(fill));
    all.push((vec![COMPLAINANT, RESPONDENT], Content::AddressRecorded));
    all
}

fn receipt(fill: &Fill) -> Vec<Sample> {
    let terms = fill.first_terms();
    vec![
        (
            one(COMPLAINANT),
            Content::Confirmation {
                handlers: Vec::new(),
                terms: terms.to_vec(),
                is_late: true,
            },
        ),
        (
            both(),
            Content::HandlerNamed {
                stage: fill.handler(),
                members: vec![ANNA],
                confirms_receipt: true,
                is_change: false,
                is_late_appeal: false,
                terms: terms[3..].to_vec(),
            },
        ),
        (
            one(COMPLAINANT),
            Content::HandlerNamed {
                stage: fill.manager(),
                members: vec![ANNA, BRAM],
                confirms_receipt: false,
                is_change: true,
                is_late_appeal: false,
                terms: vec![fill.due(DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
    ]
}

fn treatment(fill: &Fill) -> Vec<Sample> {
    let terms = fill.first_terms();
    vec![
        (
            vec![RESPONDENT, REPRESENTATIVE],
            Content::RespondentNotice {
                description: fill.words(),
                handlers: vec![ANNA],
                until: Some(fill.due(DeadlineKind::Resolution(0), day(4, 6))),
            },
        ),
        (
            both(),
            Content::HearingInvitation {
                on: day(3, 25).and_hms_opt(14, 5, 0).unwrap_or_default(),
                place: fill.words(),
                handlers: vec![ANNA, BRAM],
            },
        ),
        (
            both(),
            Content::Inadmissible {
                ground: Some((InadmissibleGround::Standing, fill.article())),
                reasons: fill.words(),
                next: Some(fill.to_manager()),
            },
        ),
        (
            vec![COMPLAINANT, DECIDER],
            Content::LateComplaintAdmitted {
                reasons: None,
                terms: terms[3..].to_vec(),
            },
        ),
        (
            one(COMPLAINANT),
            Content::LateComplaintAdmitted {
                reasons: Some(fill.words()),
                terms: terms[3..].to_vec(),
            },
        ),
    ]
}
