//! What the states that were found say of the policy.

use super::{
    finding::{FindingCode as Code, Findings, Step},
    journey::has_ended,
    search::{Graph, Label, Node, Silence},
};
use crate::{
    complaint::Response,
    locale::{Locale, Text},
    policy::{
        Policy,
        play::{Act, Reach, Setting, event_in_words},
    },
};

pub(super) fn check(policy: &Policy, graph: &Graph, findings: &mut Findings) {
    if graph.is_capped {
        findings.add(
            Code::SearchCapped,
            "",
            "Er zijn meer paden dan er zijn doorzocht.",
            "There are more paths than were searched.",
        );
    }
    if graph.nodes.is_empty() {
        return;
    }
    let by_people = can_end(graph, false);
    let somehow = can_end(graph, true);
    for index in 0..policy.instances.len() {
        let at = |number: &usize| instance_of(&graph.nodes[*number]) == index;
        let here: Vec<usize> = (0..graph.nodes.len()).filter(at).collect();
        let instance = Instance::of(policy, index);
        if here.is_empty() {
            unreached(&instance, findings);
        }
        let vacant = |number: &&usize| is_vacant_for_ever(&graph.nodes[**number]);
        if let Some(number) = here.iter().find(vacant) {
            nobody_decides(&instance, path(graph, *number), findings);
        }
        if let Some(number) = stranded(&here, &by_people, &somehow) {
            strands(&instance, path(graph, number), findings);
        }
        let is_silent = |number: &&usize| {
            let node = &graph.nodes[**number];
            node.silence == Silence::Nothing && somehow[**number] && !stays_open_for_ever(node)
        };
        if let Some(number) = here.iter().find(is_silent) {
            lies_silent(&instance, path(graph, *number), findings);
        }
    }
}

/// The instance whose turn it is.
fn instance_of(node: &Node) -> usize {
    usize::from(node.complaint.turn().0)
}

/// Whether nobody decides here, and nobody may be appointed to.
fn is_vacant_for_ever(node: &Node) -> bool {
    let (_, bench) = node.complaint.turn();
    let can_be_filled = node
        .edges
        .iter()
        .any(|edge| matches!(edge.label, Label::Act(Act::Assigned)));
    bench.is_vacant() && !has_ended(&node.complaint) && !can_be_filled
}

/// Whether the way stands open without end and the organisation has given what it owed, however late, to which the
/// complainant said no or nothing more: only the complainant can act then, and may take all the time in the world.
pub(super) fn stays_open_for_ever(node: &Node) -> bool {
    let round = node.complaint.round();
    let is_endless = round
        .way
        .as_ref()
        .is_some_and(|way| way.announced.is_none());
    // A reaction is owed an answer; and a response that announced nothing, one that says what silence means.
    let is_whole = |response: &Response| {
        let has_spoken = response.objected_at.is_some() || response.answered_at.is_some();
        has_spoken || (response.is_unanswered() && response.announced.is_some())
    };
    let is_given = round.no_agreement_at.is_some()
        || round.inadmissible_at.is_some()
        || round.decided.is_some()
        || round.response.as_ref().is_some_and(is_whole);
    node.complaint.is_open() && is_endless && is_given
}

fn unreached(instance: &Instance, findings: &mut Findings) {
    let Instance { place, nl, en } = instance;
    findings.add(
        Code::InstanceUnreached,
        place,
        &format!("Geen pad leidt naar {nl}: laat de vorige instantie de weg erheen openen (`way.opens_on`)."),
        &format!("No path leads to {en}: let the instance before it open the way there (`way.opens_on`)."),
    );
}

fn nobody_decides(instance: &Instance, path: Vec<Step>, findings: &mut Findings) {
    let Instance { place, nl, en } = instance;
    findings.show(
        Code::NobodyDecides,
        format!("{place}.decider"),
        &format!("Met één persoon per rol blijft niemand over die bij {nl} mag beslissen: wie eerder besliste, doet het niet nog eens. Laat hier anderen beslissen."),
        &format!("With one person for each role nobody is left who may decide at {en}: whoever decided earlier does not do so again. Let others decide here."),
        path,
    );
}

fn strands(instance: &Instance, path: Vec<Step>, findings: &mut Findings) {
    let Instance { place, nl, en } = instance;
    findings.show(
        Code::Stranded,
        place,
        &format!("Bij {nl} kan een klacht vastlopen: niets wat iemand mag doen brengt haar tot een einde. Open hier een weg naar de volgende instantie (`way.opens_on`)."),
        &format!("At {en} a complaint can strand: nothing that anybody may do brings it to an end. Open a way to the next instance here (`way.opens_on`)."),
        path,
    );
}

fn lies_silent(instance: &Instance, path: Vec<Step>, findings: &mut Findings) {
    let Instance { place, nl, en } = instance;
    findings.show(
        Code::SilentForEver,
        place,
        &format!("Bij {nl} kan een klacht blijven liggen: als niemand iets doet gebeurt er nooit iets, en niemand krijgt een alarm."),
        &format!("At {en} a complaint can be left lying: while nobody acts nothing ever happens, and nobody is alerted."),
        path,
    );
}

/// How a message names an instance.
struct Instance {
    place: String,
    nl: String,
    en: String,
}

impl Instance {
    fn of(policy: &Policy, index: usize) -> Self {
        let name = &policy.instances[index].name;
        let count = index + 1;
        Self {
            place: format!("instances[{index}]"),
            nl: format!("instantie {count} ({})", name.in_locale(Locale::Nl)),
            en: format!("instance {count} ({})", name.in_locale(Locale::En)),
        }
    }
}

/// Where not even time brings an end, first; else where people cannot.
fn stranded(here: &[usize], by_people: &[bool], somehow: &[bool]) -> Option<usize> {
    let not_in = |reached: &[bool]| here.iter().copied().find(|number| !reached[*number]);
    not_in(somehow).or_else(|| not_in(by_people))
}

/// From which states some path leads to the end of the procedure, with or without the help of time. That nobody
/// is left to decide is a fault of its own, and does not count here.
fn can_end(graph: &Graph, with_time: bool) -> Vec<bool> {
    let mut before = vec![Vec::new(); graph.nodes.len()];
    for (number, node) in graph.nodes.iter().enumerate() {
        for edge in &node.edges {
            let counts = with_time || !matches!(edge.label, Label::Time(_));
            if edge.is_steadfast && counts {
                before[edge.to].push(number);
            }
        }
    }
    let mut reached: Vec<bool> = graph
        .nodes
        .iter()
        .map(|node| has_ended(&node.complaint) || is_vacant_for_ever(node))
        .collect();
    let mut waiting: Vec<usize> = (0..reached.len())
        .filter(|number| reached[*number])
        .collect();
    while let Some(number) = waiting.pop() {
        for from in &before[number] {
            if !reached[*from] {
                reached[*from] = true;
                waiting.push(*from);
            }
        }
    }
    reached
}

/// The shortest path to a state.
fn path(graph: &Graph, number: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = Some(number);
    while let Some(number) = at {
        let node = &graph.nodes[number];
        steps.push(Step {
            what: in_words(&node.label),
            state: node.complaint.state(),
        });
        at = node.from;
    }
    steps.reverse();
    steps
}

fn in_words(label: &Label) -> Text {
    match label {
        Label::Filed(setting) => filed_in_words(*setting),
        Label::Act(act) => Text {
            nl: act.in_words(Locale::Nl).to_owned(),
            en: act.in_words(Locale::En).to_owned(),
        },
        Label::Time(events) => {
            let words: Vec<Text> = events.iter().map(event_in_words).collect();
            let join = |locale| {
                let each: Vec<&str> = words.iter().map(|text| text.in_locale(locale)).collect();
                each.join("; ")
            };
            Text {
                nl: format!("tijd verstrijkt: {}", join(Locale::Nl)),
                en: format!("time passes: {}", join(Locale::En)),
            }
        }
    }
}

fn filed_in_words(setting: Setting) -> Text {
    let mut text = match setting.reach {
        Reach::Proved => Text {
            nl: "er komt een klacht binnen".to_owned(),
            en: "a complaint comes in".to_owned(),
        },
        Reach::Unproved => Text {
            nl: "er komt een klacht binnen, met een e-mailadres dat niemand bevestigde".to_owned(),
            en: "a complaint comes in, with an e-mail address that nobody confirmed".to_owned(),
        },
        Reach::Postal => Text {
            nl: "er komt een klacht binnen van iemand zonder e-mail".to_owned(),
            en: "a complaint comes in from someone without e-mail".to_owned(),
        },
    };
    if setting.is_late {
        text.nl.push_str(", te laat");
        text.en.push_str(", late");
    }
    if !setting.names_respondent {
        text.nl.push_str(", over niemand persoonlijk");
        text.en.push_str(", about no person");
    }
    text
}
