//! Last days in words.

use wederhoor_procedure::{
    Locale::{self, En, Nl},
    deadline::DeadlineKind,
    letter::{DueDay, NextStage},
};

use super::{
    say,
    writer::{Reader, Writer},
};

impl Writer<'_> {
    /// What a party can count on, a line for each.
    pub(super) fn promises(&self, terms: &[DueDay]) -> Vec<String> {
        let has = |kind| terms.iter().any(|term| term.kind == kind);
        let named_anyway = has(DeadlineKind::Acknowledgement);
        by_date(terms)
            .into_iter()
            .filter(|term| !(named_anyway && term.kind == DeadlineKind::Appointment(0)))
            .filter_map(|term| self.promise(term))
            .collect()
    }

    fn promise(&self, term: &DueDay) -> Option<String> {
        let (on, cite) = (self.date(term.on), self.cite(&term.basis));
        let (complaint, appeal) = (self.the_complaint(), self.the_appeal());
        let is_own = self.reader == Reader::Complainant;
        Some(match term.kind {
            DeadlineKind::Acknowledgement | DeadlineKind::Appointment(0) if is_own => say!(
                self,
                "Uiterlijk {on} hoort u wie {complaint} behandelt {cite}.",
                "By {on} you will hear who handles {complaint} {cite}."
            ),
            DeadlineKind::Appointment(_) => say!(
                self,
                "Uiterlijk {on} is bekend wie over {appeal} beslist {cite}.",
                "By {on} it will be known who decides on {appeal} {cite}."
            ),
            DeadlineKind::LateComplaint if is_own => say!(
                self,
                "Uiterlijk {on} hoort u of wij uw klacht nog behandelen. Is er dan niet beslist, dan behandelen wij de klacht {cite}.",
                "By {on} you will hear whether we still treat your complaint. If nothing is decided by then, we do {cite}."
            ),
            DeadlineKind::Contact(_) if is_own => say!(
                self,
                "Uiterlijk {on} spreekt de behandelaar u persoonlijk {cite}.",
                "By {on} the handler will speak with you in person {cite}."
            ),
            DeadlineKind::Resolution(0) => say!(
                self,
                "Uiterlijk {on} is er een uitkomst {cite}.",
                "By {on} there will be an outcome {cite}."
            ),
            DeadlineKind::Resolution(_) => say!(
                self,
                "Uiterlijk {on} is er beslist over {appeal} {cite}.",
                "By {on} {appeal} will be decided {cite}."
            ),
            DeadlineKind::Reaction(_) if is_own => say!(
                self,
                "Uiterlijk {on} krijgt u antwoord op uw vraag of opmerking {cite}.",
                "By {on} your question or remark will be answered {cite}."
            ),
            DeadlineKind::LateAppeal(_) => say!(
                self,
                "Uiterlijk {on} is beslist of {appeal} wordt behandeld. Is er dan niet beslist, dan wordt het behandeld {cite}.",
                "By {on} it will be decided whether {appeal} is heard. If nothing is decided by then, it is {cite}."
            ),
            _ => return None,
        })
    }

    /// What staff owe, a line for each; what has passed already says so.
    pub(super) fn duties(&self, terms: &[DueDay]) -> Vec<String> {
        by_date(terms)
            .into_iter()
            .map(|term| self.duty(term))
            .collect()
    }

    fn duty(&self, term: &DueDay) -> String {
        let (on, cite) = (self.date(term.on), self.cite(&term.basis));
        let what = owed(term.kind, self.locale);
        if term.on < self.letter.written_on {
            say!(
                self,
                "{what}: dit had uiterlijk {on} gemoeten {cite}",
                "{what}: this was due by {on} {cite}"
            )
        } else {
            say!(
                self,
                "{what}: uiterlijk {on} {cite}",
                "{what}: by {on} {cite}"
            )
        }
    }

    /// What a term was for that ran out, after the word for it: `de termijn om in beroep te gaan`.
    pub(super) fn run_out(&self, kind: DeadlineKind) -> &'static str {
        match (kind, self.locale) {
            (DeadlineKind::Silence(_), Nl) => "om op de reactie te antwoorden",
            (DeadlineKind::Silence(_), En) => "to answer the response",
            (DeadlineKind::Way(_), Nl) => "om in beroep te gaan",
            (DeadlineKind::Way(_), En) => "to appeal",
            (DeadlineKind::Reaction(_), Nl) => "om een vraag of opmerking te beantwoorden",
            (DeadlineKind::Reaction(_), En) => "to answer a question or remark",
            (DeadlineKind::Resolution(0), Nl) => "voor een uitkomst",
            (DeadlineKind::Resolution(0), En) => "for an outcome",
            (_, Nl) => "om over het beroep te beslissen",
            (_, En) => "to decide the appeal",
        }
    }

    /// A last day that holds now, as a line.
    pub(super) fn holds(&self, term: &DueDay) -> String {
        let (on, cite) = (self.date(term.on), self.cite(&term.basis));
        let is_own = self.reader == Reader::Complainant;
        let what = match (term.kind, self.locale) {
            (DeadlineKind::Silence(_), Nl) if is_own => "Uw antwoord op de reactie",
            (DeadlineKind::Silence(_), En) if is_own => "Your answer to the response",
            (DeadlineKind::Reaction(_), Nl) if is_own => "Antwoord op uw vraag of opmerking",
            (DeadlineKind::Reaction(_), En) if is_own => "Answer to your question or remark",
            (DeadlineKind::Way(_), Nl) if is_own => "Uw beroep",
            (DeadlineKind::Way(_), En) if is_own => "Your appeal",
            (kind, _) => owed(kind, self.locale),
        };
        format!("{what}: {on} {cite}")
    }

    /// Where the complainant can go, as a sentence that begins with `lead`: `Bent u het niet eens? Dan`.
    pub(super) fn goes_on(&self, lead: &str, next: &NextStage) -> String {
        let (to, cite) = (self.stage(&next.stage), self.cite(&next.basis));
        say!(
            self,
            "{lead} kunt u in beroep bij {to} {cite}.",
            "{lead} you may appeal to {to} {cite}."
        )
    }

    /// How an appeal can be made.
    pub(super) fn how_to_appeal(&self, next: &NextStage) -> String {
        match (next.is_written, self.link.is_some()) {
            (true, true) => say!(
                self,
                "Doe dat schriftelijk: via de link hieronder, per e-mail of per brief.",
                "Do so in writing: through the link below, by e-mail or by letter."
            ),
            (true, false) => say!(
                self,
                "Doe dat schriftelijk: per e-mail of per brief.",
                "Do so in writing: by e-mail or by letter."
            ),
            (false, true) => say!(
                self,
                "Dat kan via de link hieronder, per e-mail, per brief of per telefoon.",
                "You can do so through the link below, by e-mail, by letter or by telephone."
            ),
            (false, false) => say!(
                self,
                "Dat kan per e-mail, per brief of per telefoon.",
                "You can do so by e-mail, by letter or by telephone."
            ),
        }
    }

    /// The later of the announced and the derived last day holds.
    pub(super) fn later_holds(&self) -> String {
        say!(
            self,
            "Kwam dit bericht later bij u aan dan wij het verstuurden? Dan heeft u langer de tijd.",
            "Did this message reach you later than we sent it? Then you have longer."
        )
    }
}

fn by_date(terms: &[DueDay]) -> Vec<&DueDay> {
    let mut terms: Vec<_> = terms.iter().collect();
    terms.sort_by_key(|term| term.on);
    terms
}

/// What is to be done by a deadline, as a thing at the start of a line: it names no person and nothing that was said.
pub const fn owed(kind: DeadlineKind, locale: Locale) -> &'static str {
    match (kind, locale) {
        (DeadlineKind::Acknowledgement, Nl) => "Bevestiging van ontvangst",
        (DeadlineKind::Acknowledgement, En) => "Confirmation of receipt",
        (DeadlineKind::Appointment(_), Nl) => "Aanwijzen wie behandelt of beslist",
        (DeadlineKind::Appointment(_), En) => "Appointing who handles or decides",
        (DeadlineKind::Contact(_), Nl) => "Persoonlijk contact met de klager",
        (DeadlineKind::Contact(_), En) => "Personal contact with the complainant",
        (DeadlineKind::LateComplaint, Nl) => "Beslissen of de te late klacht wordt behandeld",
        (DeadlineKind::LateComplaint, En) => "Deciding whether the late complaint is treated",
        (DeadlineKind::Resolution(0), Nl) => "Uitkomst van de behandeling",
        (DeadlineKind::Resolution(0), En) => "Outcome of the handling",
        (DeadlineKind::Resolution(_), Nl) => "Beslissing op het beroep",
        (DeadlineKind::Resolution(_), En) => "Decision on the appeal",
        (DeadlineKind::Silence(_), Nl) => "Antwoord van de klager op de reactie",
        (DeadlineKind::Silence(_), En) => "Answer of the complainant to the response",
        (DeadlineKind::Announcement(_), Nl) => "Een reactie die aankondigt wat zwijgen betekent",
        (DeadlineKind::Announcement(_), En) => "A response that announces what silence means",
        (DeadlineKind::Reaction(_), Nl) => "Antwoord op de vraag of opmerking van de klager",
        (DeadlineKind::Reaction(_), En) => "Answer to the question or remark of the complainant",
        (DeadlineKind::Way(_), Nl) => "Beroep van de klager",
        (DeadlineKind::Way(_), En) => "Appeal of the complainant",
        (DeadlineKind::LateAppeal(_), Nl) => "Beslissen of het te late beroep wordt behandeld",
        (DeadlineKind::LateAppeal(_), En) => "Deciding whether the late appeal is heard",
        (DeadlineKind::Posting, Nl) => "Verzenden van een brief",
        (DeadlineKind::Posting, En) => "Sending a letter",
        (DeadlineKind::Measures, Nl) => "Antwoord op de vraag naar maatregelen",
        (DeadlineKind::Measures, En) => "Answer to the question about measures",
        (DeadlineKind::Retention, Nl) => "Vernietigen van het dossier",
        (DeadlineKind::Retention, En) => "Destruction of the dossier",
    }
}
