//! The verbs of a script: from words to a command.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    cast::{self, contact, day, local, member, names, text},
    world::World,
};
use crate::{
    command::Command,
    complaint::{
        Address, ContactMeans, Event, Finding, Hearing, InadmissibleGround, LetterKey, LetterKind,
        MeasureUpdate, Party, ProposedMeasure, Recipient, Recurrence,
    },
    ids::{ComplaintId, MeasureId},
    policy::Channel,
};

/// The only measure there is.
const MEASURE: MeasureId = MeasureId(Uuid::from_u128(600));

/// The words of one line after who does it, with what stands apart taken out.
pub(super) struct Words<'a> {
    rest: Vec<&'a str>,
    pub at: Option<DateTime<Utc>>,
    pub channel: Option<Channel>,
}

impl<'a> Words<'a> {
    pub(super) fn read(line: &'a str) -> Self {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let at = cut(&mut words, "arrived", 2).map(|when| local(when[0], when[1]));
        let channel = cut(&mut words, "by", 1).map(|by| channel(by[0]));
        Self {
            rest: words,
            at,
            channel,
        }
    }

    pub(super) fn take(&mut self, marker: &str) -> Option<&'a str> {
        cut(&mut self.rest, marker, 1).map(|found| found[0])
    }

    pub(super) fn has(&mut self, marker: &str) -> bool {
        cut(&mut self.rest, marker, 0).is_some()
    }

    fn next(&mut self) -> &'a str {
        assert!(!self.rest.is_empty(), "a word is missing");
        self.rest.remove(0)
    }

    fn maybe(&mut self) -> Option<&'a str> {
        (!self.rest.is_empty()).then(|| self.rest.remove(0))
    }

    pub(super) fn done(&self) {
        assert!(self.rest.is_empty(), "too many words: {:?}", self.rest);
    }

    /// The command that the words say.
    pub(super) fn command(&mut self, world: &World) -> Command {
        let verb = self.next();
        let command = self
            .of_party(verb, world)
            .or_else(|| self.of_handler(verb))
            .or_else(|| self.of_decider(verb))
            .or_else(|| self.of_office(verb, world));
        command.unwrap_or_else(|| panic!("no such verb: {verb}"))
    }

    fn of_party(&mut self, verb: &str, world: &World) -> Option<Command> {
        let version = world
            .complaint
            .solution
            .as_ref()
            .map_or(1, |one| one.version);
        Some(match verb {
            "states" => Command::AddStatement {
                text: text("Zo is het gegaan."),
            },
            "waives" => Command::WaiveHearing,
            "signs" => Command::SignOffSolution {
                version: self.maybe().map_or(version, number),
            },
            "rejects" => Command::RejectSolution { reasons: None },
            "accepts" => Command::AcceptResponse,
            "objects" => Command::ObjectToResponse { reasons: None },
            "asks" => Command::ReactToResponse {
                text: text("Geldt dat ook voor mij?"),
            },
            "consents" => Command::ConsentToExtension,
            "refuses" => Command::RefuseExtension,
            "disagrees" => Command::DeclareNoAgreement { reasons: None },
            "appeals" => Command::Appeal {
                grounds: text("Ik ben het er niet mee eens."),
            },
            "withdraws" => Command::WithdrawComplaint { reasons: None },
            "rates" => Command::RateHandling {
                score: number(self.next()),
                text: None,
            },
            _ => return None,
        })
    }

    fn of_handler(&mut self, verb: &str) -> Option<Command> {
        Some(match verb {
            "takes" => Command::TakeComplaint,
            "telephones" => {
                let reached = !self.has("vain");
                self.contact_by(ContactMeans::Telephone, reached)
            }
            "mails" => self.contact_by(ContactMeans::Email, true),
            "notifies" => self.notify(),
            "hears" => Command::RecordHearing {
                party: party(self.next()),
                hearing: Hearing::Heard,
                record: None,
            },
            "misses" => Command::RecordHearing {
                party: party(self.next()),
                hearing: Hearing::Unreachable(self.maybe().map_or(2, number)),
                record: None,
            },
            "proposes" => Command::ProposeSolution {
                text: text(self.maybe().unwrap_or("U krijgt een nieuwe les.")),
            },
            "responds" => Command::IssueResponse {
                finding: finding(self.next()),
                announces_silence: !self.has("unannounced"),
                text: text("Dit vinden wij ervan."),
            },
            "answers" => Command::AnswerReaction {
                text: text("Dat geldt ook voor u."),
            },
            "opens" => Command::OpenAppeal,
            "admits" => Command::AdmitLateComplaint {
                reasons: text("Karin was ziek."),
            },
            "dismisses" => Command::DeclareInadmissible {
                ground: match self.maybe() {
                    Some("late") => InadmissibleGround::Late,
                    Some("standing") => InadmissibleGround::Standing,
                    _ => InadmissibleGround::Subject,
                },
                reasons: text("Dit ging niet over een training."),
            },
            "classifies" => Command::ClassifyComplaint {
                cause: self.next().to_owned(),
            },
            "measures" => self.measures(),
            "recuses" => Command::Recuse {
                reason: text("Ik ken de klager."),
            },
            _ => return None,
        })
    }

    fn of_decider(&mut self, verb: &str) -> Option<Command> {
        let reasons = text("Hierom.");
        Some(match verb {
            "adjourns" => Command::AnnounceExtension {
                until: day(self.next()),
                reasons,
            },
            "requests" => Command::RequestExtension {
                until: day(self.next()),
                reasons,
            },
            "decides" => Command::IssueDecision {
                finding: finding(self.next()),
                upholds_inadmissibility: self.has("inadmissible"),
                compensation: self.take("awarding").map(|euros| euros.parse().unwrap()),
                text: text("Dit is de beslissing."),
            },
            "admits-late-appeal" => Command::AdmitLateAppeal { reasons },
            "refuses-late-appeal" => Command::RefuseLateAppeal { reasons },
            _ => return None,
        })
    }

    fn of_office(&mut self, verb: &str, world: &World) -> Option<Command> {
        let reason = text("Hierom.");
        Some(match verb {
            "registers" => {
                let (party, act) = (party(self.next()), self.command(world));
                Command::RecordPartyAct {
                    party,
                    act: Box::new(act),
                    channel: self.channel.unwrap_or(Channel::Post),
                    proof: None,
                }
            }
            "assigns" => Command::AssignDecider {
                member: member(self.next()),
                reason: self.has("with-reason").then_some(reason),
            },
            "represents" => Command::NameRepresentative {
                member: member(self.next()),
            },
            "moves" => Command::RecordAddress {
                party: party(self.next()),
                address: address(self.next()),
            },
            "posts" => Command::RecordPosted {
                letter: letter(world, self.next()),
            },
            "returns" => Command::ReportUndelivered {
                letter: letter(world, self.next()),
                from: None,
            },
            "resends" => Command::ResendLetter {
                letter: letter(world, self.next()),
            },
            "hands-over" => Command::LetterHandedOver {
                letter: letter(world, self.next()),
            },
            "follows-up" => {
                let (on, judges) = (day(self.next()), !self.has("unjudged"));
                Command::UpdateMeasure {
                    update: MeasureUpdate {
                        done_on: Some(on),
                        is_effective: judges.then_some(true),
                        ..Self::update()
                    },
                }
            }
            "judges" => Command::UpdateMeasure {
                update: MeasureUpdate {
                    is_effective: Some(true),
                    ..Self::update()
                },
            },
            "postpones" => Command::UpdateMeasure {
                update: MeasureUpdate {
                    due_on: Some(day(self.next())),
                    ..Self::update()
                },
            },
            "hands-on" => Command::UpdateMeasure {
                update: MeasureUpdate {
                    owner: Some(member(self.next())),
                    ..Self::update()
                },
            },
            "holds" => Command::PlaceLegalHold { reason },
            "lifts" => Command::LiftLegalHold { reason },
            "destroys" => Command::ConfirmDestruction,
            "passes" => Command::LetTimePass,
            "link-used" => Command::VerifyAddress,
            "reviews" => Command::ReviewConflicts,
            "links" => Command::LinkRecurrence {
                recurrence: self.recurrence(),
                months: number(self.next()),
            },
            _ => return None,
        })
    }

    fn contact_by(&mut self, how: ContactMeans, reached: bool) -> Command {
        Command::RecordContact {
            party: self.maybe().map_or(Party::Complainant, party),
            how,
            reached,
            note: None,
        }
    }

    fn notify(&mut self) -> Command {
        let who = self.next();
        if let Ok(no) = who.parse() {
            return Command::NameRespondent {
                no: Some(no),
                member: None,
                contact: None,
            };
        }
        let is_member = names().any(|name| name == who);
        let address = if is_member {
            Address::Unknown
        } else {
            Address::Email(text("robin@beklaagde.example"))
        };
        Command::NameRespondent {
            no: None,
            member: is_member.then(|| member(who)),
            contact: Some(contact(who, address)),
        }
    }

    /// `DAY TIME [kept-from X]`: another complaint, about the same course with the same cause.
    fn recurrence(&mut self) -> Recurrence {
        let kept_from = self.take("kept-from").map(member);
        let (on, time) = (self.next(), self.next());
        Recurrence {
            complaint: ComplaintId(Uuid::from_u128(700)),
            received_at: local(on, time),
            kept_from: kept_from.into_iter().collect(),
        }
    }

    /// That says nothing yet.
    const fn update() -> MeasureUpdate {
        MeasureUpdate {
            id: MEASURE,
            owner: None,
            due_on: None,
            done_on: None,
            is_effective: None,
        }
    }

    /// `[owned-by X] [due DAY] [none]`.
    fn measures(&mut self) -> Command {
        let due_on = self.take("due").map(day);
        let owner = self.take("owned-by").map(member);
        let measure = ProposedMeasure {
            id: MEASURE,
            text: text("Bel deelnemers als een les uitvalt."),
            owner,
            due_on: due_on.or(NaiveDate::from_ymd_opt(2026, 12, 1)),
        };
        let none = self.has("none");
        Command::AnswerMeasures {
            measures: if none { Vec::new() } else { vec![measure] },
            reason_for_none: none.then(|| text("Dit was eenmalig.")),
        }
    }
}

/// Takes a marker and the words after it out of a line.
fn cut<'a>(words: &mut Vec<&'a str>, marker: &str, after: usize) -> Option<Vec<&'a str>> {
    let place = words.iter().position(|word| *word == marker)?;
    let found = words.drain(place..=place + after).skip(1).collect();
    Some(found)
}

fn number<N: std::str::FromStr>(word: &str) -> N {
    word.parse()
        .unwrap_or_else(|_| panic!("{word} is no number"))
}

/// `complainant`, `respondent-1`, `representative`.
pub(super) fn party(word: &str) -> Party {
    Party::from_code(word).unwrap_or_else(|| panic!("no such party: {word}"))
}

/// Another address than the first: `email`, `post`, or `both`; `other-post` beside the first mailbox, or `only-post`, the
/// first without the mailbox.
fn address(word: &str) -> Address {
    let email = || text("elders@klager.example");
    let postal = || text("Elders 2");
    match word {
        "email" => Address::Email(email()),
        "post" => Address::Postal(postal()),
        "both" => Address::of(Some(email()), Some(postal())),
        "other-post" => Address::of(cast::both_addresses().email().cloned(), Some(postal())),
        "only-post" => Address::of(None, cast::both_addresses().postal().cloned()),
        other => panic!("no such address: {other}"),
    }
}

fn finding(word: &str) -> Finding {
    match word {
        "upheld" => Finding::Upheld,
        "partly" => Finding::PartlyUpheld,
        "not-upheld" => Finding::NotUpheld,
        _ => Finding::NoJudgement,
    }
}

fn channel(word: &str) -> Channel {
    match word {
        "post" => Channel::Post,
        "email" => Channel::Email,
        "telephone" => Channel::Telephone,
        "hand" => Channel::InPerson,
        "form" => Channel::WebForm,
        other => panic!("no such channel: {other}"),
    }
}

/// The latest letter of a kind, in its last copy: `confirmation` (of receipt), `response`, `solution` (the text
/// to sign), `answer`, `notice` (or the one before), `decision`.
fn letter(world: &World, name: &str) -> LetterKey {
    let confirmation = world.complaint.confirmations.last();
    // The copy that went out first, where another has followed it.
    let (is_first, name) = match name.strip_prefix("first-") {
        Some(name) => (true, name),
        None => (false, name),
    };
    let kind = match name {
        "confirmation" => {
            let first = confirmation.expect("one is written").letter;
            return world.complaint.last_copy(first);
        }
        "assignment" => return assignment(world),
        "response" => LetterKind::Response,
        "answer" => LetterKind::ReactionAnswer,
        "notice" | "notice-before" => LetterKind::WayNotice,
        "solution" => LetterKind::SolutionForSignOff,
        _ => LetterKind::Decision,
    };
    let letters = world.complaint.deliveries.keys().rev();
    let mut letters = letters.filter(|letter| letter.kind == kind);
    let found = letters.nth(usize::from(name == "notice-before"));
    let first = *found.unwrap_or_else(|| panic!("no {name} was written"));
    if is_first {
        first
    } else {
        world.complaint.last_copy(first)
    }
}

/// What told whoever was appointed last.
fn assignment(world: &World) -> LetterKey {
    let mut events = world.dossier.iter().enumerate().rev();
    let last = events.find_map(|(event, one)| match one.event {
        Event::Assigned { member, .. } => Some((event, member)),
        _ => None,
    });
    let (event, member) = last.expect("somebody was appointed");
    LetterKey {
        event: u32::try_from(event).unwrap(),
        kind: LetterKind::Assignment,
        to: Recipient::Member(member),
    }
}
