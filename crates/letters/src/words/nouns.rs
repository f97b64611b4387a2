//! What things are called: people, instances, outcomes, acts.

use wederhoor_procedure::{
    Locale::{self, En, Nl},
    command::CommandKind,
    complaint::{Finding, LetterKind, Outcome, Party, Recipient},
    letter::Stage,
    policy::{DeciderKind, DecisionEffect},
};

use super::{
    say,
    writer::{Reader, Writer},
};
use crate::clean;

impl Writer<'_> {
    /// Who decides at an instance, with its own name where that says more: `de behandelaar
    /// (Trainingsadviseur)`.
    pub(super) fn stage(&self, stage: &Stage) -> String {
        let role = self.role(stage);
        say!(self, "de {role}", "the {role}")
    }

    /// The same without an article: `behandelaar (Trainingsadviseur)`.
    pub(super) fn role(&self, stage: &Stage) -> String {
        let role = match (stage.decider, self.locale) {
            (DeciderKind::Handler, Nl) => "behandelaar",
            (DeciderKind::Handler, En) => "handler",
            (DeciderKind::Manager, Nl) => "leidinggevende",
            (DeciderKind::Manager, En) => "manager",
            (DeciderKind::Committee, Nl) => "klachtencommissie",
            (DeciderKind::Committee, En) => "complaints committee",
            (DeciderKind::Arbiter, Nl) => "onafhankelijke derde",
            (DeciderKind::Arbiter, En) => "independent third party",
        };
        let name = clean::line(stage.name.in_locale(self.locale));
        if name.is_empty() || name.to_lowercase() == role {
            role.to_owned()
        } else {
            format!("{role} ({name})")
        }
    }

    /// What the decision does.
    pub(super) fn effect(&self, effect: DecisionEffect) -> String {
        match effect {
            DecisionEffect::Final => say!(
                self,
                "De uitspraak is bindend binnen de organisatie. Naar de rechter gaan blijft mogelijk.",
                "The ruling is binding inside the organisation. Going to court stays possible."
            ),
            DecisionEffect::BindingAdvice => say!(
                self,
                "Dit is een bindend advies: beide kanten moeten zich eraan houden. Naar de rechter gaan blijft mogelijk.",
                "This is binding advice: both sides must keep to it. Going to court stays possible."
            ),
            DecisionEffect::Finding => say!(
                self,
                "Het oordeel is niet bindend. Naar de rechter gaan blijft mogelijk.",
                "The finding is not binding. Going to court stays possible."
            ),
        }
    }

    /// What a decision will do, for who may still ask for it.
    pub(super) fn effect_there(&self, effect: DecisionEffect) -> String {
        match effect {
            DecisionEffect::Final => say!(
                self,
                "De uitspraak daar is bindend binnen de organisatie. Naar de rechter gaan blijft mogelijk.",
                "The ruling there is binding inside the organisation. Going to court stays possible."
            ),
            DecisionEffect::BindingAdvice => say!(
                self,
                "U krijgt daar een bindend advies: beide kanten moeten zich eraan houden. Naar de rechter gaan blijft mogelijk.",
                "You will get binding advice there: both sides must keep to it. Going to court stays possible."
            ),
            DecisionEffect::Finding => say!(
                self,
                "Het oordeel daar is niet bindend. Naar de rechter gaan blijft mogelijk.",
                "The finding there is not binding. Going to court stays possible."
            ),
        }
    }

    /// A party, in the middle of a sentence; `u` where the reader is meant.
    pub(super) fn party(&self, party: Party) -> String {
        let is_reader = self.letter.key.to == Recipient::Party(party);
        match (party, self.locale) {
            _ if is_reader => say!(self, "u", "you"),
            (Party::Complainant, Nl) => "de klager".to_owned(),
            (Party::Complainant, En) => "the complainant".to_owned(),
            (Party::Respondent(_), Nl) => "de persoon over wie is geklaagd".to_owned(),
            (Party::Respondent(_), En) => "the person complained about".to_owned(),
            (Party::Representative, Nl) => "de vertegenwoordiger van de organisatie".to_owned(),
            (Party::Representative, En) => "the representative of the organisation".to_owned(),
        }
    }

    /// The complaint as its reader calls it.
    pub(super) fn the_complaint(&self) -> &'static str {
        match (self.reader, self.locale) {
            (Reader::Complainant, Nl) => "uw klacht",
            (Reader::Complainant, En) => "your complaint",
            (_, Nl) => "de klacht",
            (_, En) => "the complaint",
        }
    }

    /// The appeal as its reader calls it.
    pub(super) fn the_appeal(&self) -> &'static str {
        match (self.reader, self.locale) {
            (Reader::Complainant, Nl) => "uw beroep",
            (Reader::Complainant, En) => "your appeal",
            (_, Nl) => "het beroep",
            (_, En) => "the appeal",
        }
    }
}

pub(super) const fn finding(finding: Finding, locale: Locale) -> &'static str {
    match (finding, locale) {
        (Finding::Upheld, Nl) => "gegrond",
        (Finding::Upheld, En) => "upheld",
        (Finding::PartlyUpheld, Nl) => "deels gegrond",
        (Finding::PartlyUpheld, En) => "partly upheld",
        (Finding::NotUpheld, Nl) => "ongegrond",
        (Finding::NotUpheld, En) => "not upheld",
        (Finding::NoJudgement, Nl) => "geen oordeel",
        (Finding::NoJudgement, En) => "no judgement",
    }
}

/// How it ended, as a sentence to the complainant or about them.
pub(super) const fn outcome(outcome: Outcome, reader: Reader, locale: Locale) -> &'static str {
    let is_own = matches!(reader, Reader::Complainant);
    match (outcome, locale) {
        (Outcome::Accepted, Nl) if is_own => "U bent het eens met de reactie.",
        (Outcome::Accepted, En) if is_own => "You agreed with the response.",
        (Outcome::Accepted, Nl) => "De klager is het eens met de reactie.",
        (Outcome::Accepted, En) => "The complainant agreed with the response.",
        (Outcome::TacitlyAccepted, Nl) if is_own => {
            "U heeft niet op tijd gereageerd. Daarom geldt de klacht als afgehandeld."
        }
        (Outcome::TacitlyAccepted, En) if is_own => {
            "You did not react in time. That is why the complaint counts as settled."
        }
        (Outcome::TacitlyAccepted, Nl) => {
            "De klager heeft niet op tijd gereageerd. Daarom geldt de klacht als afgehandeld."
        }
        (Outcome::TacitlyAccepted, En) => {
            "The complainant did not react in time. That is why the complaint counts as settled."
        }
        (Outcome::Agreed, Nl) => "Beide kanten hebben de oplossing ondertekend.",
        (Outcome::Agreed, En) => "Both sides have signed the solution.",
        (Outcome::Decided, Nl) => "Er is beslist. Daarmee is de procedure bij ons klaar.",
        (Outcome::Decided, En) => "There is a decision. With that, our procedure has ended.",
        (Outcome::NotPursued, Nl) => "Er is geen beroep ingesteld binnen de termijn.",
        (Outcome::NotPursued, En) => "No appeal came within its term.",
        (Outcome::Withdrawn, Nl) if is_own => "U heeft de klacht ingetrokken.",
        (Outcome::Withdrawn, En) if is_own => "You withdrew the complaint.",
        (Outcome::Withdrawn, Nl) => "De klager heeft de klacht ingetrokken.",
        (Outcome::Withdrawn, En) => "The complainant withdrew the complaint.",
        (Outcome::Inadmissible, Nl) => "De klacht wordt niet inhoudelijk behandeld.",
        (Outcome::Inadmissible, En) => "The complaint is not treated on its merits.",
    }
}

/// A party's act as a thing: `een bezwaar tegen de reactie`.
pub(super) const fn act(act: CommandKind, locale: Locale) -> &'static str {
    use CommandKind as C;
    match (act, locale) {
        (C::AddStatement, Nl) => "een aanvulling op het dossier",
        (C::AddStatement, En) => "an addition to the dossier",
        (C::WaiveHearing, Nl) => "het bericht dat een gesprek niet nodig is",
        (C::WaiveHearing, En) => "the message that no hearing is needed",
        (C::SignOffSolution, Nl) => "een handtekening onder de oplossing",
        (C::SignOffSolution, En) => "a signature under the solution",
        (C::RejectSolution, Nl) => "het bericht dat de oplossing niet wordt ondertekend",
        (C::RejectSolution, En) => "the message that the solution will not be signed",
        (C::AcceptResponse, Nl) => "een akkoord op de reactie",
        (C::AcceptResponse, En) => "an agreement with the response",
        (C::ObjectToResponse, Nl) => "een bezwaar tegen de reactie",
        (C::ObjectToResponse, En) => "an objection to the response",
        (C::ReactToResponse, Nl) => "een vraag of opmerking over de reactie",
        (C::ReactToResponse, En) => "a question or remark about the response",
        (C::ConsentToExtension, Nl) => "toestemming voor meer tijd",
        (C::ConsentToExtension, En) => "consent to more time",
        (C::RefuseExtension, Nl) => "een weigering van meer tijd",
        (C::RefuseExtension, En) => "a refusal of more time",
        (C::DeclareNoAgreement, Nl) => "het bericht dat er geen overeenstemming is",
        (C::DeclareNoAgreement, En) => "the message that there is no agreement",
        (C::Appeal, Nl) => "een beroep",
        (C::Appeal, En) => "an appeal",
        (C::WithdrawComplaint, Nl) => "het bericht dat de klacht wordt ingetrokken",
        (C::WithdrawComplaint, En) => "the message that the complaint is withdrawn",
        (C::RateHandling, Nl) => "een oordeel over de behandeling",
        (C::RateHandling, En) => "an opinion on the handling",
        (_, Nl) => "een bericht",
        (_, En) => "a message",
    }
}

/// A letter as a thing: `de bevestiging van ontvangst`.
pub(super) const fn letter(kind: LetterKind, locale: Locale) -> &'static str {
    use LetterKind as K;
    match (kind, locale) {
        (K::Confirmation, Nl) => "de bevestiging van ontvangst",
        (K::Confirmation, En) => "the confirmation of receipt",
        (K::HandlerNamed, Nl) => "het bericht wie de klacht behandelt",
        (K::HandlerNamed, En) => "the letter that says who handles the complaint",
        (K::Assignment, Nl) => "het bericht dat de klacht aan hen is toegewezen",
        (K::Assignment, En) => "the letter that the complaint was assigned to them",
        (K::Unassigned, Nl) => "het bericht dat de klacht op een behandelaar wacht",
        (K::Unassigned, En) => "the letter that the complaint waits for a handler",
        (K::RespondentNotice, Nl) => "het bericht dat er een klacht is",
        (K::RespondentNotice, En) => "the letter that there is a complaint",
        (K::HearingInvitation, Nl) => "de uitnodiging om gehoord te worden",
        (K::HearingInvitation, En) => "the invitation to be heard",
        (K::SolutionForSignOff, Nl) => "de oplossing om te ondertekenen",
        (K::SolutionForSignOff, En) => "the solution to sign",
        (K::Response, Nl) => "de reactie",
        (K::Response, En) => "the response",
        (K::ReactionAnswer, Nl) => "het antwoord op een reactie",
        (K::ReactionAnswer, En) => "the answer to a reaction",
        (K::Extension, Nl) => "het bericht over meer tijd",
        (K::Extension, En) => "the letter about more time",
        (K::WayNotice, Nl) => "het bericht over beroep",
        (K::WayNotice, En) => "the notice of the appeal",
        (K::Inadmissible, Nl) => "het bericht dat de klacht niet wordt behandeld",
        (K::Inadmissible, En) => "the letter that the complaint will not be treated",
        (K::Reminder, Nl) => "de herinnering aan een termijn",
        (K::Reminder, En) => "the reminder of a term",
        (K::AppealReceived, Nl) => "het bericht dat er beroep is ingesteld",
        (K::AppealReceived, En) => "the letter that an appeal came in",
        (K::LateAppeal, Nl) => "het bericht over een te laat beroep",
        (K::LateAppeal, En) => "the letter about a late appeal",
        (K::LateAppealOutcome, Nl) => "het bericht of het late beroep wordt behandeld",
        (K::LateAppealOutcome, En) => "the letter whether the late appeal is heard",
        (K::Decision, Nl) => "de beslissing",
        (K::Decision, En) => "the decision",
        (K::Closing, Nl) => "het bericht dat de klacht is gesloten",
        (K::Closing, En) => "the letter that the complaint is closed",
        (K::LapseNotice, Nl) => "het bericht dat een termijn verstreken is",
        (K::LapseNotice, En) => "the letter that a term has lapsed",
        (K::OverdueAlert, Nl) => "de waarschuwing dat een termijn verstreken is",
        (K::OverdueAlert, En) => "the alert that a term has lapsed",
        (K::Reversal, Nl) => "het bericht dat iets is teruggedraaid",
        (K::Reversal, En) => "the letter that something was undone",
        (K::ActWithoutEffect, Nl) => "het bericht over iets dat te laat binnenkwam",
        (K::ActWithoutEffect, En) => "the letter about something that came in too late",
        (K::Undelivered, Nl) => "het bericht dat een brief terugkwam",
        (K::Undelivered, En) => "the letter that a letter came back",
        (K::PartyActed, Nl) => "het bericht dat er iets is binnengekomen",
        (K::PartyActed, En) => "the letter that something came in",
        (K::MeasuresAsked, Nl) => "de vraag naar maatregelen",
        (K::MeasuresAsked, En) => "the question about measures",
        (K::LateComplaintAdmitted, Nl) => "het bericht dat de late klacht wordt behandeld",
        (K::LateComplaintAdmitted, En) => "the letter that the late complaint is treated",
        (K::Released, Nl) => "het bericht dat de zaak niet meer van hen is",
        (K::Released, En) => "the letter that the case is theirs no more",
        (K::AddressRecorded, Nl) => "het bericht over een ander adres",
        (K::AddressRecorded, En) => "the letter about another address",
        (K::MeasureAssigned, Nl) => "het bericht over een maatregel",
        (K::MeasureAssigned, En) => "the letter about a measure",
        (K::Recurrence, Nl) => "het bericht dat er na een maatregel weer een klacht kwam",
        (K::Recurrence, En) => "the letter that a complaint came after a measure",
        (K::MeasureDue, Nl) => "het bericht over de datum van een maatregel",
        (K::MeasureDue, En) => "the letter about the date of a measure",
        (K::MeasureEffect, Nl) => "de vraag of een maatregel heeft geholpen",
        (K::MeasureEffect, En) => "the question whether a measure worked",
    }
}
