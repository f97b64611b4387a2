//! What a story of the demo consists of.

use chrono::{NaiveDate, NaiveDateTime};
use wederhoor_procedure::{
    complaint::{ContactMeans, Finding, InadmissibleGround},
    policy::Channel,
};

/// Everything that is told of one organisation.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Courses that are over, besides those of the demo's present.
    pub(super) courses: Vec<PastCourse>,
    /// The complaints, in the order in which they came in.
    pub(super) stories: Vec<Story>,
}

/// A course that is over.
#[derive(Debug)]
pub(super) struct PastCourse {
    /// What the stories call it.
    pub(super) key: String,
    pub(super) title: String,
    pub(super) sessions: Vec<NaiveDate>,
    /// Keys of members.
    pub(super) trainers: Vec<String>,
    /// The key of a member.
    pub(super) organiser: Option<String>,
}

/// One complaint, from its filing on.
#[derive(Debug)]
pub(super) struct Story {
    /// Where it stands in its file.
    pub(super) line: usize,
    /// The key of a member with a login, or any name.
    pub(super) who: String,
    /// In local time.
    pub(super) on: NaiveDateTime,
    pub(super) channel: Channel,
    /// The key of a course.
    pub(super) course: Option<String>,
    /// Keys of members, or any names.
    pub(super) against: Vec<String>,
    /// Whether the complainant ever opens the link in the confirmation, which proves the address theirs.
    pub(super) comes_in: bool,
    /// Whether letters to the complainant come back from now on.
    pub(super) bounces: bool,
    pub(super) says: String,
    pub(super) turns: Vec<Turn>,
}

/// What somebody does, so many days after the filing.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) line: usize,
    pub(super) day: u16,
    pub(super) by: By,
    pub(super) does: Act,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum By {
    /// A member, by key.
    Member(String),
    /// A party, by themselves.
    Party(Side),
    /// A party by another channel than the service; the administration registers it, so many days after it came.
    Via(Side, Channel, u16),
}

/// A side of a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Complainant,
    /// By number, from 1.
    Respondent(u8),
    Representative,
}

/// What somebody does.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Take,
    /// The key of a member, and why.
    Assign(String, String),
    Contact(ContactMeans, String),
    /// Contact was sought in vain.
    Missed(ContactMeans),
    /// Tells everybody who is named, and hears every side that was not heard.
    HearBoth,
    Hear(Side),
    Unreachable(Side),
    Waive,
    /// Names another respondent: the key of a member.
    Name(String),
    /// Tells the respondents that they are named.
    Tell,
    /// Who speaks for the organisation: the key of a member.
    Represent(String),
    Respond(Finding, String),
    Accept,
    Object(String),
    React(String),
    Answer(String),
    Appeal(String),
    Withdraw(String),
    State(String),
    Propose(String),
    Sign,
    Reject(String),
    NoAgreement(String),
    /// Asks for more time, until so many days after the filing.
    AskTime(u16, String),
    Consent,
    RefuseTime,
    Admit(String),
    Inadmissible(InadmissibleGround, String),
    AdmitAppeal(String),
    RefuseAppeal(String),
    Decide(Finding, Option<u32>, String),
    /// Upholds that the complaint is inadmissible.
    Uphold(String),
    Recuse(String),
    Cause(String),
    /// A measure, and its owner.
    Measure(String, String),
    /// The first measure is done; whether it helped.
    Done(bool),
    NoMeasure(String),
    Rate(u8, String),
    Hold(String),
}
