//! What a policy says, held against itself.

use super::{
    finding::{FindingCode as Code, Findings},
    lists,
};
use crate::blank::is_blank;
use crate::policy::{DeciderKind, ExitGround, Instance, Policy, Resolution, SilenceMeans};

/// More instances than this no complaint should need.
pub const MOST_INSTANCES: u8 = 4;

pub(super) fn check(policy: &Policy, findings: &mut Findings) {
    whole(policy, findings);
    intake(policy, findings);
    lists::check(policy, findings);
    texts(policy, findings);
    for (index, instance) in policy.instances.iter().enumerate() {
        let is_last = index + 1 == policy.instances.len();
        way(index, instance, is_last, findings);
        lapse(index, instance, findings);
        deciders(policy, index, instance, findings);
    }
}

fn whole(policy: &Policy, findings: &mut Findings) {
    if policy.instances.is_empty() {
        findings.add(
            Code::NoInstance,
            "instances",
            "Niemand beslist: schrijf ten minste één [[instances]].",
            "Nobody decides: write at least one [[instances]].",
        );
    }
    if policy.instances.len() > usize::from(MOST_INSTANCES) {
        findings.add(
            Code::TooManyInstances,
            "instances",
            "Er zijn meer dan vier instanties: laat er hoogstens vier staan.",
            "There are more than four instances: keep four at most.",
        );
    }
    if policy.retention.is_none() {
        findings.add(
            Code::NoRetention,
            "retention",
            "Hoe lang blijft het dossier bewaard? Schrijf [retention] met `term` en `rule`.",
            "How long is the dossier kept? Write [retention] with `term` and `rule`.",
        );
    }
    if policy.conflicts.is_empty() {
        findings.add(
            Code::NoConflict,
            "conflicts",
            "Ook wie beklaagd is, kan de klacht behandelen: schrijf wie dat niet mag. Of bedoelt u dat?",
            "Even who is complained about can handle the complaint: write who may not. Or is that meant?",
        );
    }
    if policy.causes.is_empty() {
        findings.add(
            Code::NoCause,
            "causes",
            "Elke klacht krijgt een oorzaak: schrijf ten minste één [[causes]].",
            "Every complaint gets a cause: write at least one [[causes]].",
        );
    }
}

fn intake(policy: &Policy, findings: &mut Findings) {
    let intake = &policy.intake;
    if intake.channels.is_empty() {
        findings.add(
            Code::NoChannel,
            "intake.channels",
            "Een klacht kan nergens binnenkomen: noem een kanaal, bijvoorbeeld \"email\".",
            "A complaint cannot come in anywhere: name a channel, for example \"email\".",
        );
    }
    let spoken = intake.channels.iter().any(|channel| !channel.is_written());
    if intake.written.is_some() && spoken {
        findings.add(
            Code::ChannelNeverAccepts,
            "intake.channels",
            "Een klacht moet schriftelijk zijn, maar komt ook per telefoon binnen: laat \"telephone\" weg, of [intake.written].",
            "A complaint must be in writing, yet comes in by telephone too: leave out \"telephone\", or [intake.written].",
        );
    }
}

fn texts(policy: &Policy, findings: &mut Findings) {
    let value = serde_json::to_value(policy).unwrap_or_default();
    empty_texts(&value, "", findings);
}

fn empty_texts(value: &serde_json::Value, place: &str, findings: &mut Findings) {
    let inside = |name: &str| {
        if place.is_empty() {
            name.to_owned()
        } else {
            format!("{place}.{name}")
        }
    };
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                let is_empty = field.as_str().is_some_and(is_blank);
                if is_empty && ["nl", "en"].contains(&name.as_str()) {
                    findings.add(
                        Code::EmptyText,
                        inside(name),
                        "Hier staat geen tekst: schrijf wat mensen lezen.",
                        "There is no text here: write what people read.",
                    );
                }
                empty_texts(field, &inside(name), findings);
            }
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                empty_texts(item, &format!("{place}[{index}]"), findings);
            }
        }
        _ => {}
    }
}

fn way(index: usize, instance: &Instance, is_last: bool, findings: &mut Findings) {
    let Some(way) = &instance.way else {
        return;
    };
    let place = format!("instances[{index}].way");
    if is_last {
        findings.add(
            Code::WayOnLastInstance,
            place,
            "Na de laatste instantie is er geen volgende: laat `way` weg, of voeg een instantie toe.",
            "After the last instance there is no next: leave out `way`, or add an instance.",
        );
        return;
    }
    for ground in way.opens_on.iter().chain(&way.endless) {
        if !can_occur(*ground, &instance.resolution) {
            let name = lists::word(ground);
            findings.add(
                Code::GroundNeverOccurs,
                place.clone(),
                &format!("\"{name}\" komt bij deze instantie niet voor: laat het weg."),
                &format!("\"{name}\" does not occur at this instance: leave it out."),
            );
        }
    }
    if index == 0 && !way.opens_on.contains(&ExitGround::Inadmissible) {
        findings.add(
            Code::InadmissibleWithoutAppeal,
            format!("{place}.opens_on"),
            "Tegen niet-ontvankelijkheid staat geen beroep open; bedoelt u dat? Voeg anders \"inadmissible\" toe.",
            "There is no appeal against inadmissibility; is that meant? Otherwise add \"inadmissible\".",
        );
    }
}

fn can_occur(ground: ExitGround, resolution: &Resolution) -> bool {
    match (ground, resolution) {
        (ExitGround::Objection | ExitGround::Notice, other) => {
            matches!(other, Resolution::Response { .. })
        }
        (ExitGround::Lapse, other) => other.lapse().is_some(),
        (ExitGround::Inadmissible, _) | (ExitGround::NoAgreement, Resolution::Agreement { .. }) => {
            true
        }
        (ExitGround::NoAgreement, Resolution::Response { silence, .. }) => {
            silence.means == SilenceMeans::NoAgreement
        }
        (ExitGround::NoAgreement, Resolution::Decision { .. }) => false,
        (ExitGround::Decision, other) => matches!(other, Resolution::Decision { .. }),
    }
}

fn lapse(index: usize, instance: &Instance, findings: &mut Findings) {
    let Some(lapse) = instance.resolution.lapse() else {
        return;
    };
    let place = format!("instances[{index}].resolution.lapse");
    let listed = instance
        .way
        .as_ref()
        .map(|way| way.opens_on.contains(&ExitGround::Lapse));
    let way = instance.way.as_ref();
    let is_endless = way.is_some_and(|way| way.is_endless_on(ExitGround::Lapse));
    match (lapse.opens_way, listed) {
        (true, None) => findings.add(
            Code::LapseOpensNoWay,
            place,
            "Het verstrijken van de termijn opent een weg die er niet is: schrijf `way`, of `opens_way = false`.",
            "The lapse of the term opens a way that is not there: write `way`, or `opens_way = false`.",
        ),
        (true, Some(false)) => findings.add(
            Code::LapseContradicted,
            place,
            "`opens_way = true`, maar `way.opens_on` noemt \"lapse\" niet: voeg het toe, of schrijf `opens_way = false`.",
            "`opens_way = true`, yet `way.opens_on` does not list \"lapse\": add it, or write `opens_way = false`.",
        ),
        (false, Some(true)) => findings.add(
            Code::LapseContradicted,
            place,
            "`opens_way = false`, maar `way.opens_on` noemt \"lapse\": laat het daar weg, of schrijf `opens_way = true`.",
            "`opens_way = false`, yet `way.opens_on` lists \"lapse\": leave it out there, or write `opens_way = true`.",
        ),
        (false, _) => findings.add(
            Code::LapseWithoutRemedy,
            place,
            "Laat de organisatie de termijn verstrijken, dan kan de klager niets; er komen alleen alarmen. Bedoelt u dat?",
            "If the organisation lets the term lapse, the complainant can do nothing; only alerts come. Is that meant?",
        ),
        (true, Some(true)) if !is_endless => findings.add(
            Code::LapseCloses,
            place,
            "Laat de organisatie de termijn verstrijken, dan sluit de klacht vanzelf als de klager niets doet: zet \"lapse\" ook in `way.endless`. Of bedoelt u dat?",
            "If the organisation lets the term lapse, the complaint closes by itself when the complainant does nothing: list \"lapse\" in `way.endless` too. Or is that meant?",
        ),
        (true, Some(true)) => {}
    }
}

fn deciders(policy: &Policy, index: usize, instance: &Instance, findings: &mut Findings) {
    let before = policy.instances.iter().take(index);
    if before
        .into_iter()
        .any(|earlier| earlier.decider == instance.decider)
    {
        let (nl, en) = decider_in_words(instance.decider);
        findings.add(
            Code::SameDeciderTwice,
            format!("instances[{index}].decider"),
            &format!("Ook eerder beslist {nl}: wie dat deed, doet het hier niet nog eens. Zorg dat er genoeg mensen zijn."),
            &format!("Earlier too {en} decides: whoever did does not do so again here. See that there are enough people."),
        );
    }
    if matches!(instance.resolution, Resolution::Agreement { .. }) {
        findings.add(
            Code::RepresentativeNeeded,
            format!("instances[{index}].resolution"),
            "Waar over niemand persoonlijk wordt geklaagd, tekent een vertegenwoordiger van de organisatie: zorg dat er een is.",
            "Where no person is complained about, a representative of the organisation signs: see that there is one.",
        );
    }
}

const fn decider_in_words(decider: DeciderKind) -> (&'static str, &'static str) {
    match decider {
        DeciderKind::Handler => ("een behandelaar", "a handler"),
        DeciderKind::Manager => ("een leidinggevende", "a manager"),
        DeciderKind::Committee => ("een commissie", "a committee"),
        DeciderKind::Arbiter => ("een onafhankelijke derde", "an arbiter"),
    }
}
