//! What can be due, and for whom.

use async_graphql::Enum;
use wederhoor_procedure::deadline;

/// What is due (*soort termijn*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DeadlineKind {
    /// Receipt is confirmed, and who handles it where the regulation asks that (*ontvangstbevestiging*).
    Acknowledgement,
    /// A decider is appointed (*aanwijzing*).
    Appointment,
    /// The decider speaks with the complainant in person (*persoonlijk contact*).
    Contact,
    /// A late complaint is admitted or declared inadmissible; silence admits it (*te late klacht*).
    LateComplaint,
    /// The outcome of an instance (*afhandeling*).
    Resolution,
    /// The complainant reacts to the response (*reactie van de klager*).
    Silence,
    /// The organisation says what silence will mean, where its response did not; until then silence does nothing
    /// (*aankondiging*).
    Announcement,
    /// The handler answers a reaction that is neither yes nor no (*antwoord op een reactie*).
    Reaction,
    /// The complainant goes to the next instance (*beroepstermijn*).
    Appeal,
    /// A late appeal is admitted or refused; silence admits it (*te laat beroep*).
    LateAppeal,
    /// A letter on which a term depends goes out by post (*verzending*).
    Posting,
    /// The question about measures is answered (*maatregelen*).
    Measures,
    /// The dossier is destroyed (*bewaartermijn*).
    Retention,
}

impl From<deadline::DeadlineKind> for DeadlineKind {
    fn from(kind: deadline::DeadlineKind) -> Self {
        use deadline::DeadlineKind as K;
        match kind {
            K::Acknowledgement => Self::Acknowledgement,
            K::Appointment(_) => Self::Appointment,
            K::Contact(_) => Self::Contact,
            K::LateComplaint => Self::LateComplaint,
            K::Resolution(_) => Self::Resolution,
            K::Silence(_) => Self::Silence,
            K::Announcement(_) => Self::Announcement,
            K::Reaction(_) => Self::Reaction,
            K::Way(_) => Self::Appeal,
            K::LateAppeal(_) => Self::LateAppeal,
            K::Posting => Self::Posting,
            K::Measures => Self::Measures,
            K::Retention => Self::Retention,
        }
    }
}

/// The instance a deadline belongs to, counted from 1; `None` for those of the whole complaint.
pub(crate) fn instance_of(kind: deadline::DeadlineKind) -> Option<u32> {
    use deadline::DeadlineKind as K;
    match kind {
        K::Appointment(index)
        | K::Contact(index)
        | K::Resolution(index)
        | K::Silence(index)
        | K::Announcement(index)
        | K::Reaction(index)
        | K::Way(index)
        | K::LateAppeal(index) => Some(u32::from(index) + 1),
        K::Acknowledgement | K::LateComplaint | K::Posting | K::Measures | K::Retention => None,
    }
}

/// Whose term it is (*wiens termijn*). Doubt is read in the complainant's favour.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "deadline::Owner")]
pub(crate) enum DeadlineOwner {
    /// The organisation must act (*organisatie*).
    Organisation,
    /// The complainant may act (*klager*).
    Complainant,
}
