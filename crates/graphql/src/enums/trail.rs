//! What is noted of who saw and did what.

use async_graphql::Enum;
use wederhoor_procedure::command::CommandKind;
use wederhoor_service::{AccountEvent, Doing, Happening};

/// What somebody saw or did in a complaint (*inzage of handeling*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccessKind {
    /// They saw the dossier, as far as it is theirs to see (*dossier ingezien*).
    SawDossier,
    /// They saw a letter that is to be printed (*brief ingezien*).
    SawLetter,
    /// They saw a measure that they see to, and nothing else of the complaint by it (*maatregel ingezien*).
    SawMeasure,
    /// They filed the complaint, or registered it (*ingediend*).
    Filed,
    /// They did something: `action` (*gehandeld*).
    Acted,
}

/// What happened with an account, or was done by its owner (*activiteit*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ViewerActivityKind {
    /// Somebody signed in (*aangemeld*).
    SignedIn,
    /// The viewer showed once more who they are (*identiteit bevestigd*).
    ConfirmedIdentity,
    /// The viewer went on in another organisation (*van organisatie gewisseld*).
    SwitchedTenant,
    /// One sign-in was ended (*afgemeld*).
    SignedOut,
    /// All sign-ins but this one were ended (*elders afgemeld*).
    SignedOutElsewhere,
    /// All sign-ins were ended (*overal afgemeld*).
    SignedOutEverywhere,
    /// A token came that had been used before, perhaps stolen: its sign-in was ended (*token hergebruikt*).
    TokenReused,
    /// A forgotten password was replaced, and all sign-ins were ended (*wachtwoord vervangen*).
    PasswordReset,
    /// A second factor was set up, and all sign-ins but this one were ended (*tweestapsverificatie ingesteld*).
    SecondFactorAdded,
    /// The second factor was taken away (*tweestapsverificatie verwijderd*).
    SecondFactorRemoved,
    /// The viewer made a calendar feed: `makeCalendarFeed` (*agendalink gemaakt*).
    MadeCalendarFeed,
    /// The viewer took it back: `revokeCalendarFeed` (*agendalink ingetrokken*).
    RevokedCalendarFeed,
    /// The viewer made the bounce key of the organisation: `makeBounceKey` (*sleutel voor onbestelbare e-mail gemaakt*).
    MadeBounceKey,
    /// The viewer took it back: `revokeBounceKey` (*sleutel voor onbestelbare e-mail ingetrokken*).
    RevokedBounceKey,
    /// The viewer made an API key of the organisation: `makeApiKey` (*API-sleutel gemaakt*).
    MadeApiKey,
    /// The viewer gave one another secret: `rotateApiKey` (*geheim van een API-sleutel vervangen*).
    RotatedApiKey,
    /// The viewer took one back: `revokeApiKey` (*API-sleutel ingetrokken*).
    RevokedApiKey,
    /// The viewer added a course: `addCourse` (*cursus toegevoegd*).
    AddedCourse,
    /// The viewer changed a course: `changeCourse` (*cursus gewijzigd*).
    ChangedCourse,
    /// The viewer added a day on which the organisation is closed: `addClosingDay` (*sluitingsdag toegevoegd*).
    AddedClosingDay,
    /// The viewer removed one: `removeClosingDay` (*sluitingsdag verwijderd*).
    RemovedClosingDay,
    /// The viewer entered days that a decree equates with a holiday: `decreeEquatedDays` (*gelijkgestelde dagen ingevoerd*).
    DecreedEquatedDays,
    /// The viewer recorded an informal contact: `recordInformalContact` (*informeel contact vastgelegd*).
    RecordedInformalContact,
    /// The viewer invited a member: `inviteMember` (*medewerker uitgenodigd*).
    InvitedMember,
    /// The viewer changed a member, or their roles: `changeMember` (*medewerker gewijzigd*).
    ChangedMember,
    /// The viewer recorded that somebody is away: `recordAbsence` (*afwezigheid vastgelegd*).
    RecordedAbsence,
    /// The viewer cancelled that: `cancelAbsence` (*afwezigheid vervallen*).
    CancelledAbsence,
    /// The viewer named a stand-in, or said that there is none: `nameStandIn` (*vervanger aangewezen*).
    NamedStandIn,
    /// The viewer published a regulation: `publishPolicy` (*reglement gepubliceerd*).
    PublishedPolicy,
    /// The viewer said whether everybody with a role needs a second factor: `setSecondFactorRequired` (*tweestapsverificatie voorgeschreven*).
    SetSecondFactorRequired,
    /// The viewer said whose pages may read what concerns the organisation: `allowOrigins` (*websites toegelaten*).
    AllowedOrigins,
    /// The viewer said how the organisation is reached: `setContactDetails` (*contactgegevens gewijzigd*).
    SetContactDetails,
    /// The viewer said who letters of the organisation are from: `setMailSender` (*afzender gewijzigd*).
    SetMailSender,
    /// The viewer, an operator, said who letters of an organisation may be from: `allowSenders` (*afzenders toegestaan*).
    AllowedSenders,
    /// The viewer put a letter in the organisation's own words: `setLetterWording` (*brieftekst gewijzigd*).
    SetLetterWording,
    /// The viewer took those words away: `resetLetterWording` (*brieftekst hersteld*).
    ResetLetterWording,
    /// The viewer chose at which hour the organisation is reminded: `setReminderHour` (*uur van herinneringen gekozen*).
    SetReminderHour,
    /// The viewer chose for how long after a measure another complaint is a recurrence: `setRecurrenceWindow` (*termijn voor herhaling
    /// gekozen*).
    SetRecurrenceWindow,
    /// The viewer chose the smallest number that figures tell: `setSuppressionThreshold` (*kleinste getal gekozen*).
    SetSuppressionThreshold,
    /// The viewer saw a dossier (*dossier ingezien*).
    SawDossier,
    /// The viewer saw a letter that is to be printed (*brief ingezien*).
    SawLetter,
    /// The viewer saw a measure that they see to (*maatregel ingezien*).
    SawMeasure,
    /// The viewer filed a complaint, or registered it (*ingediend*).
    Filed,
    /// The viewer did something in a complaint: `action` (*gehandeld*).
    Acted,
}

impl AccessKind {
    /// The kind of it, and the command that it was.
    pub(crate) const fn of(doing: Doing) -> (Self, Option<CommandKind>) {
        match doing {
            Doing::SawDossier => (Self::SawDossier, None),
            Doing::SawLetter => (Self::SawLetter, None),
            Doing::SawMeasure => (Self::SawMeasure, None),
            Doing::Filed => (Self::Filed, None),
            Doing::Acted(command) => (Self::Acted, Some(command)),
        }
    }
}

impl From<&Happening> for ViewerActivityKind {
    fn from(happening: &Happening) -> Self {
        match happening {
            Happening::Account(event, _) => match event {
                AccountEvent::SignedIn => Self::SignedIn,
                AccountEvent::IdentityConfirmed => Self::ConfirmedIdentity,
                AccountEvent::Switched => Self::SwitchedTenant,
                AccountEvent::SignedOut => Self::SignedOut,
                AccountEvent::SignedOutElsewhere => Self::SignedOutElsewhere,
                AccountEvent::SignedOutEverywhere => Self::SignedOutEverywhere,
                AccountEvent::TokenReused => Self::TokenReused,
                AccountEvent::PasswordReset => Self::PasswordReset,
                AccountEvent::FactorAdded => Self::SecondFactorAdded,
                AccountEvent::FactorRemoved => Self::SecondFactorRemoved,
                AccountEvent::CalendarFeedMade => Self::MadeCalendarFeed,
                AccountEvent::CalendarFeedRevoked => Self::RevokedCalendarFeed,
                AccountEvent::BounceKeyMade => Self::MadeBounceKey,
                AccountEvent::BounceKeyRevoked => Self::RevokedBounceKey,
                AccountEvent::ApiKeyMade => Self::MadeApiKey,
                AccountEvent::ApiKeyRotated => Self::RotatedApiKey,
                AccountEvent::ApiKeyRevoked => Self::RevokedApiKey,
                AccountEvent::CourseAdded => Self::AddedCourse,
                AccountEvent::CourseChanged => Self::ChangedCourse,
                AccountEvent::ClosingDayAdded => Self::AddedClosingDay,
                AccountEvent::ClosingDayRemoved => Self::RemovedClosingDay,
                AccountEvent::EquatedDaysDecreed => Self::DecreedEquatedDays,
                AccountEvent::InformalContactRecorded => Self::RecordedInformalContact,
                AccountEvent::MemberInvited => Self::InvitedMember,
                AccountEvent::MemberChanged => Self::ChangedMember,
                AccountEvent::AbsenceRecorded => Self::RecordedAbsence,
                AccountEvent::AbsenceCancelled => Self::CancelledAbsence,
                AccountEvent::StandInNamed => Self::NamedStandIn,
                AccountEvent::PolicyPublished => Self::PublishedPolicy,
                AccountEvent::FactorRequirementSet => Self::SetSecondFactorRequired,
                AccountEvent::OriginsAllowed => Self::AllowedOrigins,
                AccountEvent::ContactDetailsSet => Self::SetContactDetails,
                AccountEvent::MailSenderSet => Self::SetMailSender,
                AccountEvent::SendersAllowed => Self::AllowedSenders,
                AccountEvent::LetterWordingSet => Self::SetLetterWording,
                AccountEvent::LetterWordingReset => Self::ResetLetterWording,
                AccountEvent::ReminderHourSet => Self::SetReminderHour,
                AccountEvent::RecurrenceWindowSet => Self::SetRecurrenceWindow,
                AccountEvent::SuppressionThresholdSet => Self::SetSuppressionThreshold,
            },
            Happening::Complaint(_, doing) => match doing {
                Doing::SawDossier => Self::SawDossier,
                Doing::SawLetter => Self::SawLetter,
                Doing::SawMeasure => Self::SawMeasure,
                Doing::Filed => Self::Filed,
                Doing::Acted(_) => Self::Acted,
            },
        }
    }
}
