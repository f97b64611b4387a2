//! The words of each refusal, Dutch and English side by side, so that neither is forgotten.

use super::{Reason, day};
use crate::{
    complaint::Party,
    locale::Locale::{self, En, Nl},
    policy::IntakeField,
};

macro_rules! words {
    ($($name:ident => $nl:literal, $en:literal;)*) => {
        /// The words of a reason that says the same whatever it is about; `None` for the others.
        pub(super) const fn fixed(reason: &Reason, locale: Locale) -> Option<&'static str> {
            let (nl, en) = match reason {
                $(Reason::$name => ($nl, $en),)*
                Reason::NotHeard(_)
                | Reason::SolutionChanged(_)
                | Reason::NotLater(_)
                | Reason::TooLong(_)
                | Reason::AboveCompensationCap(_)
                | Reason::RetentionRuns(_)
                | Reason::TooFewAttempts(_)
                | Reason::TooFarAhead(_)
                | Reason::FieldRequired(_)
                | Reason::ImpossibleDate(_) => return None,
            };
            Some(match locale {
                Nl => nl,
                En => en,
            })
        }
    };
}

words! {
    NotFound =>
        "Deze klacht bestaat niet, of u kunt haar niet zien.",
        "This complaint does not exist, or you cannot see it.";
    NotAllowed =>
        "U kunt dit bij deze klacht niet doen.",
        "You cannot do this to this complaint.";
    WrongState =>
        "Dit kan niet in de stand waarin de klacht nu is.",
        "Not in the state that the complaint is in now.";
    AlreadyClosed =>
        "De klacht is gesloten.",
        "The complaint is closed.";
    NotInThisProcedure =>
        "De regeling kent deze stap hier niet.",
        "The regulation has no such step here.";
    ConflictOfInterest =>
        "Deze persoon is bij de klacht betrokken en mag haar niet behandelen.",
        "This person is involved in the complaint and may not handle it.";
    NotEligible =>
        "Deze persoon heeft niet de rol die hiervoor nodig is, of is er niet.",
        "This person does not hold the role that this needs, or is away.";
    AlreadyAssigned =>
        "Deze persoon behandelt de klacht al.",
        "This person handles the complaint already.";
    HandlerAvailable =>
        "Er is nog een gewone behandelaar beschikbaar; wijs die eerst aan.",
        "A regular handler is still available; assign that one first.";
    ReasonRequired =>
        "Geef een reden.",
        "Give a reason.";
    NobodyAssigned =>
        "Er is nog niemand aangewezen die de klacht behandelt.",
        "Nobody has been appointed to handle the complaint yet.";
    AdmissionUndecided =>
        "Beslis eerst of de te late klacht wordt behandeld.",
        "Decide first whether the late complaint is treated.";
    NotDeclaredInadmissible =>
        "De vorige instantie heeft de klacht niet niet-ontvankelijk verklaard; er is dus niets om in stand te laten. Laat dit weg.",
        "The instance before did not declare the complaint inadmissible, so there is nothing to uphold. Leave this out.";
    LatenessSettled =>
        "De klacht kwam op tijd of is al toegelaten; te laat zijn is geen grond meer.",
        "The complaint came in time or was admitted already; being late is no ground any more.";
    NoResponse =>
        "Er is geen reactie op de klacht om op te antwoorden.",
        "There is no response to the complaint to answer.";
    NoReaction =>
        "Er is geen vraag of opmerking van de klager om te beantwoorden.",
        "There is no question or remark of the complainant to answer.";
    NoSolution =>
        "Er ligt geen oplossing ter ondertekening.",
        "There is no solution to sign.";
    AlreadySigned =>
        "U heeft deze tekst al ondertekend.",
        "You have signed this text already.";
    NoWayOpen =>
        "De weg naar de volgende instantie staat nu niet open.",
        "The way to the next instance is not open now.";
    MustBeWritten =>
        "Dit moet schriftelijk: per brief, e-mail of formulier.",
        "This must be in writing: by letter, e-mail or form.";
    LateAppealPending =>
        "Er ligt al een te laat beroep waarover nog beslist wordt.",
        "A late appeal is already waiting to be decided on.";
    NoLateAppeal =>
        "Er is geen te laat beroep om over te beslissen.",
        "There is no late appeal to decide on.";
    NoExtensionRequested =>
        "Er is niet om verlenging gevraagd.",
        "No extension was asked for.";
    TermHasLapsed =>
        "De termijn is al verstreken.",
        "The term has lapsed already.";
    UnknownCause =>
        "Deze oorzaak staat niet op de lijst van de regeling.",
        "This cause is not on the regulation's list.";
    CauseRequired =>
        "Geef eerst aan wat de oorzaak van de klacht was.",
        "Say first what caused the complaint.";
    UnknownMember =>
        "Deze persoon is hier niet bekend.",
        "This person is not known here.";
    UnknownParty =>
        "Deze partij is er bij deze klacht niet.",
        "This complaint has no such party.";
    NotNotified =>
        "Deze partij weet nog niet van de klacht. Deel haar eerst mee dat de klacht over haar gaat.",
        "This party does not know of the complaint yet. Tell them first that it is about them.";
    Contradictory =>
        "Dit spreekt iets anders tegen dat u hier invult. Laat een van beide weg.",
        "This contradicts something else that you fill in here. Leave one of them out.";
    UnknownLetter =>
        "Deze brief hoort niet bij deze klacht.",
        "This letter does not belong to this complaint.";
    NotSent =>
        "Deze brief is niet verstuurd, en kan dus niet terugkomen.",
        "This letter has not gone out, so it cannot have come back.";
    NotReturned =>
        "Er is hier geen brief teruggekomen die nog opnieuw op weg kan.",
        "No letter has come back here that can still go out again.";
    UnknownMeasure =>
        "Deze maatregel hoort niet bij deze klacht.",
        "This measure does not belong to this complaint.";
    NothingToChange =>
        "Er staat niets in dat verandert. Vul in wat anders wordt.",
        "Nothing in it changes anything. Fill in what is to be different.";
    AlreadyDone =>
        "Dit is al gedaan.",
        "This has been done already.";
    UnderLegalHold =>
        "Het dossier mag nu niet worden vernietigd: er geldt een bewaarplicht.",
        "The dossier may not be destroyed now: it is under a legal hold.";
    NoLegalHold =>
        "Er geldt geen bewaarplicht om op te heffen.",
        "There is no legal hold to lift.";
    Destroyed =>
        "De inhoud van dit dossier is vernietigd.",
        "The content of this dossier has been destroyed.";
    CourseRequired =>
        "Geef aan over welke cursus de klacht gaat.",
        "Say which course the complaint is about.";
    ChannelNotOpen =>
        "Op deze manier kan hier geen klacht worden ingediend.",
        "A complaint cannot be filed in this way here.";
    ScoreOutOfRange =>
        "Geef een cijfer van 1 tot en met 5.",
        "Give a score from 1 to 5.";
    ImpossibleTime =>
        "Dit moment kan niet in de toekomst liggen, of vóór dat waar het over gaat.",
        "This time cannot lie in the future, or before what it is about.";
    InThePast =>
        "Kies een moment dat nog moet komen.",
        "Choose a time that is still to come.";
    TooLongAgo =>
        "Dit is langer geleden dan een dossier hier wordt bewaard. Leg het niet meer vast.",
        "This is longer ago than a dossier is kept here. Do not record it any more.";
    NoRegulationThen =>
        "Toen gold hier nog geen klachtenregeling. Kies een later moment van ontvangst.",
        "No complaints regulation was in force here then. Choose a later time of arrival.";
    AddressRequired =>
        "Geef een adres waarop de persoon bereikbaar is.",
        "Give an address where the person can be reached.";
    EmptyText =>
        "Vul een tekst in.",
        "Fill in a text.";
    NotAPartyAct =>
        "Alleen een handeling van een partij kan voor hen worden vastgelegd.",
        "Only an act of a party can be recorded for them.";
    InvitationRequired =>
        "Nodig wie nog ontevreden is uit om de klacht op te schrijven, en leg dat dan vast.",
        "Invite who is still dissatisfied to put the complaint in writing, and record that then.";
}

/// The words of a reason that names what it is about.
pub(super) fn particular(reason: &Reason, locale: Locale) -> String {
    match (reason, locale) {
        (Reason::NotHeard(parties), Nl) => format!(
            "Nog niet gehoord: {}. Hoor hen, of leg vast dat zij afzien of onbereikbaar zijn.",
            list(parties, Nl)
        ),
        (Reason::NotHeard(parties), En) => format!(
            "Not heard yet: {}. Hear them, or record that they waive it or cannot be reached.",
            list(parties, En)
        ),
        (Reason::TooFewAttempts(known), locale) => attempts(*known, locale),
        (Reason::SolutionChanged(version), Nl) => {
            format!("De tekst is gewijzigd; lees en teken versie {version}.")
        }
        (Reason::SolutionChanged(version), En) => {
            format!("The text has changed; read and sign version {version}.")
        }
        (Reason::AboveCompensationCap(cap), Nl) => {
            format!("Er kan hoogstens € {cap} worden toegekend.")
        }
        (Reason::AboveCompensationCap(cap), En) => format!("At most € {cap} can be awarded."),
        _ => dated(reason, locale),
    }
}

/// The words of a reason that is about a day or a field of the form.
fn dated(reason: &Reason, locale: Locale) -> String {
    match reason {
        Reason::NotLater(on) => match (day(*on, locale), locale) {
            (on, Nl) => format!("De nieuwe datum moet na {on} liggen."),
            (on, En) => format!("The new date must be after {on}."),
        },
        Reason::TooLong(on) => match (day(*on, locale), locale) {
            (on, Nl) => format!("De termijn kan tot uiterlijk {on} worden verlengd."),
            (on, En) => format!("The term can be extended to {on} at the latest."),
        },
        Reason::TooFarAhead(on) => match (day(*on, locale), locale) {
            (on, Nl) => format!("Kies een moment uiterlijk op {on}."),
            (on, En) => format!("Choose a time on {on} at the latest."),
        },
        Reason::RetentionRuns(on) => match (day(*on, locale), locale) {
            (on, Nl) => format!("De bewaartermijn loopt tot en met {on}."),
            (on, En) => format!("The dossier must be kept until {on}."),
        },
        Reason::FieldRequired(field) => match (field_in_words(*field, locale), locale) {
            (field, Nl) => format!("Vul dit in: {field}."),
            (field, En) => format!("Fill in: {field}."),
        },
        Reason::ImpossibleDate(IntakeField::IncidentDate) => match locale {
            Nl => "Deze datum kan niet: wanneer het gebeurde. Kies een dag die al geweest is, niet na de datum van de klacht, en niet langer geleden dan een mensenleven.".to_owned(),
            En => "This date cannot be: when it happened. Choose a day that has been, not after the date of the complaint, and not longer ago than a lifetime.".to_owned(),
        },
        Reason::ImpossibleDate(field) => match (field_in_words(*field, locale), locale) {
            (field, Nl) => format!(
                "Deze datum kan niet: {field}. Kies een dag die al geweest is, en niet langer geleden dan een mensenleven."
            ),
            (field, En) => format!(
                "This date cannot be: {field}. Choose a day that has been, and not longer ago than a lifetime."
            ),
        },
        other => fixed(other, locale).unwrap_or_default().to_owned(),
    }
}

/// How many attempts there are, and what makes a party unreachable.
fn attempts(known: u8, locale: Locale) -> String {
    let counted = match (known, locale) {
        (0, Nl) => "In het dossier staat nog geen poging om deze partij te bereiken.".to_owned(),
        (0, En) => "The dossier knows of no attempt to reach this party yet.".to_owned(),
        (1, Nl) => "In het dossier staat 1 poging om deze partij te bereiken.".to_owned(),
        (1, En) => "The dossier knows of 1 attempt to reach this party.".to_owned(),
        (_, Nl) => format!("In het dossier staan {known} pogingen om deze partij te bereiken."),
        (_, En) => format!("The dossier knows of {known} attempts to reach this party."),
    };
    let needed = match locale {
        Nl => {
            "Onbereikbaar is wie ten minste 2 keer tevergeefs is geprobeerd. Leg eerst elke poging vast als contact waarbij niemand werd bereikt, en noem er niet meer dan er staan. Een uitnodiging telt mee zodra het uur ervan voorbij is."
        }
        En => {
            "Who was tried in vain at least 2 times is unreachable. First record each attempt as contact that reached nobody, and name no more than there are. An invitation counts once its hour has passed."
        }
    };
    format!("{counted} {needed}")
}

fn list(parties: &[Party], locale: Locale) -> String {
    parties
        .iter()
        .map(|party| party_in_words(*party, locale))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A party, as people say it.
fn party_in_words(party: Party, locale: Locale) -> String {
    match (party, locale) {
        (Party::Complainant, Nl) => "de klager".to_owned(),
        (Party::Complainant, En) => "the complainant".to_owned(),
        (Party::Respondent(no), Nl) => format!("beklaagde {no}"),
        (Party::Respondent(no), En) => format!("respondent {no}"),
        (Party::Representative, Nl) => "de vertegenwoordiger van de organisatie".to_owned(),
        (Party::Representative, En) => "the representative of the organisation".to_owned(),
    }
}

fn field_in_words(field: IntakeField, locale: Locale) -> &'static str {
    match (field, locale) {
        (IntakeField::Name, Nl) => "uw naam",
        (IntakeField::Name, En) => "your name",
        (IntakeField::Telephone, Nl) => "uw telefoonnummer",
        (IntakeField::Telephone, En) => "your telephone number",
        (IntakeField::Description, Nl) => "een korte omschrijving",
        (IntakeField::Description, En) => "a short description",
        (IntakeField::FormDate, Nl) => "de datum van de klacht",
        (IntakeField::FormDate, En) => "the date of the complaint",
        (IntakeField::IncidentDate, Nl) => "wanneer het gebeurde",
        (IntakeField::IncidentDate, En) => "when it happened",
    }
}
