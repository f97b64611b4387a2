//! Filing: everything that arrives is registered; standing and lateness are decided by people, with reasons.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::{
    Draft, appointment,
    authority::Relation,
    confirmation::{self, with_confirmation},
    context::Context,
};
use crate::{
    actor::{Actor, By, Role},
    blank::is_blank,
    calendar::Derivation,
    complaint::{Address, Complainant, Complaint, Event, Filed, LetterKind, Recorded, Respondent},
    confidential::Confidential,
    facts::Facts,
    ids::{ComplaintId, PolicyId},
    policy::{AppointmentBy, Channel, CourseRule, IntakeField, Policy, WindowStart},
    refusal::{Reason, Refusal},
};

/// Nobody complains of what lies further back.
const LIFETIME_MONTHS: u32 = 100 * 12;

/// A complaint as it comes in.
#[derive(Clone, PartialEq, Debug)]
pub struct Filing {
    /// Its new id.
    pub id: ComplaintId,
    /// The policy version in force when it arrived.
    pub policy: PolicyId,
    /// How it came.
    pub channel: Channel,
    /// The date on the form.
    pub filed_on: Option<NaiveDate>,
    /// When it happened.
    pub incident_on: Option<NaiveDate>,
    /// Who complains.
    pub complainant: Complainant,
    /// Whom the complainant names.
    pub respondents: Vec<Respondent>,
    /// What happened.
    pub description: Confidential<String>,
}

/// Everything that stands against a filing, so that who fills in a form learns it all at once; to who has no right to
/// file in this way, that alone.
pub fn all_against(
    policy: &Policy,
    facts: &Facts,
    actor: &Actor,
    filing: &Filing,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Refusal> {
    if let Err(refusal) = require_right(policy, actor, filing.channel) {
        return vec![refusal];
    }
    let mut against = Vec::new();
    if at > now || (matches!(actor, Actor::Anyone) && at != now) {
        against.push(Reason::ImpossibleTime.bare());
    }
    against.extend(against_intake(policy, facts, filing));
    against.extend(missing(policy, filing));
    against.extend(impossible_dates(facts, filing, at, now));
    against
}

/// Files a complaint that arrived `at` and is registered `now`. The course is that of the facts.
///
/// # Errors
/// The refusal, with its rule: a required field, the channel, or who may register.
pub fn file(
    policy: &Policy,
    facts: &Facts,
    actor: &Actor,
    filing: Filing,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Recorded>, Refusal> {
    let against = all_against(policy, facts, actor, &filing, at, now);
    if let Some(first) = against.into_iter().next() {
        return Err(first);
    }
    let filed = Recorded {
        at,
        registered_at: now,
        by: actor.by(),
        event: filed(policy, facts, filing, at),
    };
    let Some(complaint) = Complaint::open(&filed) else {
        return Err(Reason::WrongState.bare());
    };
    let mut draft = Draft {
        complaint,
        events: vec![filed],
    };
    if !confirmation::names_handler(policy) {
        for event in confirmation::written(&draft.complaint, LetterKind::Confirmation) {
            draft.push(Recorded {
                at: now,
                registered_at: now,
                by: By::System,
                event,
            });
        }
    }
    for event in office_holders(policy, facts, &draft.complaint, now) {
        draft.push(Recorded {
            at: now,
            registered_at: now,
            by: By::System,
            event,
        });
    }
    Ok(draft.settle(policy, facts, now, now).events)
}

/// Whoever holds the office, where the first instance needs no appointment.
fn office_holders(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> Vec<Event> {
    let context = Context {
        policy,
        facts,
        complaint,
        actor: &Actor::System,
        relation: &Relation::default(),
        at: now,
        now,
    };
    let appointed = appointment::of_office(&context, 0);
    with_confirmation(&context, LetterKind::Confirmation, appointed)
}

/// Anyone may use the form; what came on another channel is registered by the administration or the pool.
fn require_right(policy: &Policy, actor: &Actor, channel: Channel) -> Result<(), Refusal> {
    let pooled = policy
        .instances
        .first()
        .is_some_and(|first| first.appointment.by == AppointmentBy::Pool);
    let registers = actor.has(Role::Administrator) || (pooled && actor.has(Role::Handler));
    let is_form =
        channel == Channel::WebForm && matches!(actor, Actor::Anyone | Actor::Member { .. });
    if registers || is_form {
        Ok(())
    } else {
        Err(Reason::NotAllowed.bare())
    }
}

/// What the regulation has against a complaint as a whole: how it came, and what it is about.
fn against_intake(policy: &Policy, facts: &Facts, filing: &Filing) -> Vec<Refusal> {
    let (intake, mut against) = (&policy.intake, Vec::new());
    let mut named = filing.respondents.iter().filter_map(|one| one.member);
    if named.any(|member| !facts.members.contains_key(&member)) {
        against.push(Reason::UnknownMember.bare());
    }
    let own = &filing.complainant.contact.address;
    let mut named = filing.respondents.iter();
    if named.any(|one| one.contact.address.is_mailbox_of(own)) {
        against.push(Reason::ConflictOfInterest.bare());
    }
    match &intake.written {
        Some(rule) if !filing.channel.is_written() => {
            against.push(Reason::MustBeWritten.by(rule));
        }
        _ if !intake.channels.contains(&filing.channel) => {
            against.push(Reason::ChannelNotOpen.by(&intake.rule));
        }
        _ => {}
    }
    if intake.course == CourseRule::Required && facts.course.is_none() {
        against.push(Reason::CourseRequired.by(&intake.standing));
    }
    against
}

/// What the form asks for and does not hold. What arrives otherwise than by the form is registered with what it has, be
/// it without an address, as a right to complain by letter asks; without words it is no complaint.
fn missing(policy: &Policy, filing: &Filing) -> Vec<Refusal> {
    let intake = &policy.intake;
    let form = intake.form.as_ref().unwrap_or(&intake.rule);
    let is_form = filing.channel == Channel::WebForm;
    let contact = &filing.complainant.contact;
    let has = |text: &Confidential<String>| text.reveal().is_some_and(|text| !is_blank(text));
    let is_given = |field: &IntakeField| match field {
        IntakeField::Name => has(&contact.name),
        IntakeField::Telephone => contact.telephone.as_ref().is_some_and(has),
        IntakeField::Description => has(&filing.description),
        IntakeField::FormDate => filing.filed_on.is_some(),
        IntakeField::IncidentDate => filing.incident_on.is_some(),
    };
    let is_asked = |field: &IntakeField| is_form || *field == IntakeField::Description;
    let has_no_address = is_form && contact.address == Address::Unknown;
    let unreachable = has_no_address.then(|| Reason::AddressRequired.by(form));
    let fields = intake.required.iter();
    let fields = fields.filter(|field| is_asked(field) && !is_given(field));
    let unfilled = fields.map(|field| Reason::FieldRequired(*field).by(form));
    unreachable.into_iter().chain(unfilled).collect()
}

/// Dates that must be mistakes: still to come, longer ago than anybody lives, or an incident later than the complaint about
/// it was written or came in.
fn impossible_dates(
    facts: &Facts,
    filing: &Filing,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Refusal> {
    let (arrived_on, today) = (
        facts.calendar.local_date(at),
        facts.calendar.local_date(now),
    );
    let earliest = arrived_on - Months::new(LIFETIME_MONTHS);
    // What came on paper is registered as it was written, slips included.
    let is_form = filing.channel == Channel::WebForm;
    let written_on = filing.filed_on.filter(|_| is_form).unwrap_or(arrived_on);
    let dates = [
        (IntakeField::FormDate, filing.filed_on, today),
        (
            IntakeField::IncidentDate,
            filing.incident_on,
            arrived_on.min(written_on),
        ),
    ];
    let is_impossible = |(_, on, latest): &(IntakeField, Option<NaiveDate>, NaiveDate)| {
        on.is_some_and(|on| on < earliest || on > *latest)
    };
    let impossible = dates.into_iter().filter(is_impossible);
    let refused = impossible.map(|(field, ..)| Reason::ImpossibleDate(field).bare());
    refused.collect()
}

fn filed(policy: &Policy, facts: &Facts, filing: Filing, at: DateTime<Utc>) -> Event {
    let course = facts.course.as_ref();
    let window = filing_window(policy, facts, filing.incident_on);
    let mut complainant = filing.complainant;
    complainant.is_verified |=
        filing.channel == Channel::Email && complainant.contact.address.email().is_some();
    Event::Filed(Box::new(Filed {
        id: filing.id,
        policy: filing.policy,
        channel: filing.channel,
        filed_on: filing.filed_on,
        incident_on: filing.incident_on,
        course: course.map(|course| course.id),
        course_ends_on: course.and_then(|course| course.ends_on),
        trainers: course.map_or_else(Default::default, |course| course.trainers.clone()),
        organiser: course.and_then(|course| course.organiser),
        complainant,
        respondents: filing
            .respondents
            .into_iter()
            .map(|one| Respondent {
                is_notified: false,
                ..one
            })
            .collect(),
        description: filing.description,
        is_late: window.is_some_and(|window| window.ends <= at),
    }))
}

/// Until when a complaint about the course of the facts, or about what happened on a day, may be filed; `None`: always.
pub fn filing_window(
    policy: &Policy,
    facts: &Facts,
    incident_on: Option<NaiveDate>,
) -> Option<Derivation> {
    let rule = policy.intake.filing_window.as_ref()?;
    let start = match rule.since {
        WindowStart::CourseEnd => facts.course.as_ref()?.ends_on,
        WindowStart::Incident => incident_on,
    };
    let window = &rule.window;
    Some(facts.calendar.derive(window.term, start?, window.rolls))
}
