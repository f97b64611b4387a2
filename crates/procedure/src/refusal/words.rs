//! The words of each refusal.

use super::{Reason, day};
use crate::{
    complaint::Party,
    locale::Locale::{self, En, Nl},
    policy::IntakeField,
};

impl Reason {
    pub(super) fn in_dutch(&self) -> String {
        let text = match self {
            Self::NotHeard(parties) => {
                return format!(
                    "Nog niet gehoord: {}. Hoor hen, of leg vast dat zij afzien of onbereikbaar zijn.",
                    list(parties, Nl)
                );
            }
            Self::SolutionChanged(version) => {
                return format!("De tekst is gewijzigd; lees en teken versie {version}.");
            }
            Self::NotLater(on) => {
                return format!("De nieuwe datum moet na {} liggen.", day(*on, Nl));
            }
            Self::TooLong(on) => {
                return format!(
                    "De termijn kan tot uiterlijk {} worden verlengd.",
                    day(*on, Nl)
                );
            }
            Self::AboveCompensationCap(cap) => {
                return format!("Er kan hoogstens € {cap} worden toegekend.");
            }
            Self::RetentionRuns(on) => {
                return format!("De bewaartermijn loopt tot en met {}.", day(*on, Nl));
            }
            Self::FieldRequired(field) => {
                return format!("Vul dit in: {}.", field_in_words(*field, Nl));
            }
            Self::ImpossibleDate(field) => {
                return format!(
                    "Deze datum kan niet: {}. Kies een dag die al geweest is, en niet langer geleden dan een mensenleven.",
                    field_in_words(*field, Nl)
                );
            }
            Self::NotFound => "Deze klacht bestaat niet, of u kunt haar niet zien.",
            Self::NotAllowed => "U kunt dit bij deze klacht niet doen.",
            Self::WrongState => "Dit kan niet in de stand waarin de klacht nu is.",
            Self::AlreadyClosed => "De klacht is gesloten.",
            Self::NotInThisProcedure => "De regeling kent deze stap hier niet.",
            Self::ConflictOfInterest => {
                "Deze persoon is bij de klacht betrokken en mag haar niet behandelen."
            }
            Self::NotEligible => "Deze persoon heeft niet de rol die hier beslist, of is er niet.",
            Self::AlreadyAssigned => "Deze persoon behandelt de klacht al.",
            Self::HandlerAvailable => {
                "Er is nog een gewone behandelaar beschikbaar; wijs die eerst aan."
            }
            Self::ReasonRequired => "Geef een reden.",
            Self::TooFewAttempts => {
                "Leg eerst elke poging vast om deze partij te bereiken, ten minste twee. Een uitnodiging telt mee zodra het uur ervan voorbij is."
            }
            Self::NobodyAssigned => "Er is nog niemand aangewezen die de klacht behandelt.",
            Self::AdmissionUndecided => "Beslis eerst of de te late klacht wordt behandeld.",
            Self::LatenessSettled => {
                "De klacht kwam op tijd of is al toegelaten; te laat zijn is geen grond meer."
            }
            Self::NoResponse => "Er is geen reactie op de klacht om op te antwoorden.",
            Self::NoReaction => "Er is geen vraag of opmerking van de klager om te beantwoorden.",
            Self::NoSolution => "Er ligt geen oplossing ter ondertekening.",
            Self::AlreadySigned => "U heeft deze tekst al ondertekend.",
            Self::NoWayOpen => "De weg naar de volgende instantie staat nu niet open.",
            Self::MustBeWritten => "Dit moet schriftelijk: per brief, e-mail of formulier.",
            Self::LateAppealPending => "Er ligt al een te laat beroep waarover nog beslist wordt.",
            Self::NoLateAppeal => "Er is geen te laat beroep om over te beslissen.",
            Self::NoExtensionRequested => "Er is niet om verlenging gevraagd.",
            Self::TermHasLapsed => "De termijn is al verstreken.",
            Self::UnknownCause => "Deze oorzaak staat niet op de lijst van de regeling.",
            Self::CauseRequired => "Geef eerst aan wat de oorzaak van de klacht was.",
            Self::UnknownMember => "Deze persoon is hier niet bekend.",
            Self::UnknownParty => "Deze partij is er bij deze klacht niet.",
            Self::UnknownLetter => "Deze brief hoort niet bij deze klacht.",
            Self::NotSent => "Deze brief is niet verstuurd, en kan dus niet terugkomen.",
            Self::UnknownMeasure => "Deze maatregel hoort niet bij deze klacht.",
            Self::AlreadyDone => "Dit is al gedaan.",
            Self::UnderLegalHold => {
                "Het dossier mag nu niet worden vernietigd: er geldt een bewaarplicht."
            }
            Self::NoLegalHold => "Er geldt geen bewaarplicht om op te heffen.",
            Self::Destroyed => "De inhoud van dit dossier is vernietigd.",
            Self::CourseRequired => "Geef aan over welke cursus de klacht gaat.",
            Self::ChannelNotOpen => "Op deze manier kan hier geen klacht worden ingediend.",
            Self::ScoreOutOfRange => "Geef een cijfer van 1 tot en met 5.",
            Self::ImpossibleTime => {
                "Dit moment kan niet in de toekomst liggen, of vóór dat waar het over gaat."
            }
            Self::InThePast => "Kies een moment dat nog moet komen.",
            Self::NoRegulationThen => {
                "Toen gold hier nog geen klachtenregeling. Kies een later moment van ontvangst."
            }
            Self::AddressRequired => "Geef een adres waarop de persoon bereikbaar is.",
            Self::EmptyText => "Vul een tekst in.",
            Self::NotAPartyAct => {
                "Alleen een handeling van een partij kan voor hen worden vastgelegd."
            }
        };
        text.to_owned()
    }

    pub(super) fn in_english(&self) -> String {
        let text = match self {
            Self::NotHeard(parties) => {
                return format!(
                    "Not heard yet: {}. Hear them, or record that they waive it or cannot be reached.",
                    list(parties, En)
                );
            }
            Self::SolutionChanged(version) => {
                return format!("The text has changed; read and sign version {version}.");
            }
            Self::NotLater(on) => return format!("The new date must be after {}.", day(*on, En)),
            Self::TooLong(on) => {
                return format!(
                    "The term can be extended to {} at the latest.",
                    day(*on, En)
                );
            }
            Self::AboveCompensationCap(cap) => return format!("At most € {cap} can be awarded."),
            Self::RetentionRuns(on) => {
                return format!("The dossier must be kept until {}.", day(*on, En));
            }
            Self::FieldRequired(field) => {
                return format!("Fill in: {}.", field_in_words(*field, En));
            }
            Self::ImpossibleDate(field) => {
                return format!(
                    "This date cannot be: {}. Choose a day that has been, and not longer ago than a lifetime.",
                    field_in_words(*field, En)
                );
            }
            Self::NotFound => "This complaint does not exist, or you cannot see it.",
            Self::NotAllowed => "You cannot do this to this complaint.",
            Self::WrongState => "Not in the state that the complaint is in now.",
            Self::AlreadyClosed => "The complaint is closed.",
            Self::NotInThisProcedure => "The regulation has no such step here.",
            Self::ConflictOfInterest => {
                "This person is involved in the complaint and may not handle it."
            }
            Self::NotEligible => {
                "This person does not hold the role that decides here, or is away."
            }
            Self::AlreadyAssigned => "This person handles the complaint already.",
            Self::HandlerAvailable => {
                "A regular handler is still available; assign that one first."
            }
            Self::ReasonRequired => "Give a reason.",
            Self::TooFewAttempts => {
                "First record each attempt to reach this party, at least two. An invitation counts once its hour has passed."
            }
            Self::NobodyAssigned => "Nobody has been appointed to handle the complaint yet.",
            Self::AdmissionUndecided => "Decide first whether the late complaint is treated.",
            Self::LatenessSettled => {
                "The complaint came in time or was admitted already; being late is no ground any more."
            }
            Self::NoResponse => "There is no response to the complaint to answer.",
            Self::NoReaction => "There is no question or remark of the complainant to answer.",
            Self::NoSolution => "There is no solution to sign.",
            Self::AlreadySigned => "You have signed this text already.",
            Self::NoWayOpen => "The way to the next instance is not open now.",
            Self::MustBeWritten => "This must be in writing: by letter, e-mail or form.",
            Self::LateAppealPending => "A late appeal is already waiting to be decided on.",
            Self::NoLateAppeal => "There is no late appeal to decide on.",
            Self::NoExtensionRequested => "No extension was asked for.",
            Self::TermHasLapsed => "The term has lapsed already.",
            Self::UnknownCause => "This cause is not on the regulation's list.",
            Self::CauseRequired => "Say first what caused the complaint.",
            Self::UnknownMember => "This person is not known here.",
            Self::UnknownParty => "This complaint has no such party.",
            Self::UnknownLetter => "This letter does not belong to this complaint.",
            Self::NotSent => "This letter has not gone out, so it cannot have come back.",
            Self::UnknownMeasure => "This measure does not belong to this complaint.",
            Self::AlreadyDone => "This has been done already.",
            Self::UnderLegalHold => {
                "The dossier may not be destroyed now: it is under a legal hold."
            }
            Self::NoLegalHold => "There is no legal hold to lift.",
            Self::Destroyed => "The content of this dossier has been destroyed.",
            Self::CourseRequired => "Say which course the complaint is about.",
            Self::ChannelNotOpen => "A complaint cannot be filed in this way here.",
            Self::ScoreOutOfRange => "Give a score from 1 to 5.",
            Self::ImpossibleTime => {
                "This time cannot lie in the future, or before what it is about."
            }
            Self::InThePast => "Choose a time that is still to come.",
            Self::NoRegulationThen => {
                "No complaints regulation was in force here then. Choose a later time of arrival."
            }
            Self::AddressRequired => "Give an address where the person can be reached.",
            Self::EmptyText => "Fill in a text.",
            Self::NotAPartyAct => "Only an act of a party can be recorded for them.",
        };
        text.to_owned()
    }
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
