//! A procedure in plain words.

use async_graphql::SimpleObject;
use wederhoor_procedure::{
    Locale::{self, En, Nl},
    calendar::Term,
    policy::{Basis, Instance, Policy, Resolution, SilenceMeans, TermRule, WindowStart},
};

use crate::user_error::Article;

/// A step of a procedure, in plain words (*stap in de procedure*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ProcedureStep {
    /// What happens, and within which term, in the language of the request.
    text: String,
    /// The instance it belongs to, from 1; `null` for what concerns the whole.
    instance: Option<usize>,
    /// Where it is written.
    article: Article,
}

/// A procedure in plain words, first things first: each step with what its article is cited as. For pages that speak of
/// a regulation without asking the endpoint.
pub fn procedure_in_words(policy: &Policy, locale: Locale) -> Vec<(String, String)> {
    let told = steps(policy, locale).into_iter();
    told.map(|step| (step.text, step.article.citation))
        .collect()
}

/// A procedure in plain words, first things first.
pub(crate) fn steps(policy: &Policy, locale: Locale) -> Vec<ProcedureStep> {
    let mut told = Told {
        locale,
        instance: None,
        steps: Vec::new(),
    };
    if let Some(window) = &policy.intake.filing_window {
        let (nl, en) = match window.since {
            WindowStart::CourseEnd => (
                "U kunt een klacht indienen tot {} na de laatste bijeenkomst.",
                "You can file a complaint until {} after the last session.",
            ),
            WindowStart::Incident => (
                "U kunt een klacht indienen tot {} nadat het gebeurde.",
                "You can file a complaint until {} after it happened.",
            ),
        };
        told.term(&window.window, nl, en);
    }
    if let Some(rule) = &policy.acknowledgement {
        let (nl, en) = if rule.term.term == Term::AT_ONCE {
            ("U krijgt {} een bevestiging.", "You get a confirmation {}.")
        } else {
            (
                "U krijgt binnen {} een bevestiging.",
                "You get a confirmation within {}.",
            )
        };
        told.term(&rule.term, nl, en);
    }
    for (index, instance) in policy.instances.iter().enumerate() {
        told.instance = Some(index + 1);
        told.instance(instance);
    }
    told.instance = None;
    if let Some(retention) = &policy.retention {
        let term = retention.term.in_words(locale);
        let text = match locale {
            Nl => format!("Na afsluiting wordt het dossier {term} bewaard."),
            En => format!("After closing, the dossier is kept for {term}."),
        };
        told.step(text, &retention.rule);
    }
    told.steps
}

struct Told {
    locale: Locale,
    instance: Option<usize>,
    steps: Vec<ProcedureStep>,
}

impl Told {
    fn instance(&mut self, instance: &Instance) {
        if let Some(rule) = &instance.contact {
            self.term(
                rule,
                "Binnen {} neemt de behandelaar persoonlijk contact met u op.",
                "Within {} the handler contacts you in person.",
            );
        }
        if let Some(hearing) = &instance.hearing {
            self.words(
                "Beide kanten worden gehoord.",
                "Both sides are heard.",
                &hearing.rule,
            );
        }
        self.outcome(&instance.resolution);
        if let Some(way) = &instance.way {
            self.term(
                &way.window,
                "Bent u het niet eens met de afhandeling? Dan kunt u binnen {} verder naar de volgende instantie.",
                "Do you not agree with the outcome? Then you can go on to the next instance within {}.",
            );
        }
    }

    fn outcome(&mut self, resolution: &Resolution) {
        let term = resolution.term();
        match resolution {
            Resolution::Response { silence, .. } => {
                self.term(
                    term,
                    "Binnen {} krijgt u een schriftelijke reactie.",
                    "Within {} you get a written response.",
                );
                let (nl, en) = match silence.means {
                    SilenceMeans::Acceptance => (
                        "Reageert u niet binnen {} op de reactie, dan geldt de klacht als afgehandeld.",
                        "If you do not react to the response within {}, the complaint counts as settled.",
                    ),
                    SilenceMeans::NoAgreement => (
                        "Reageert u niet binnen {} op de reactie, dan is er geen overeenstemming.",
                        "If you do not react to the response within {}, there is no agreement.",
                    ),
                };
                self.term(&silence.window, nl, en);
            }
            Resolution::Agreement { sign_off, .. } => {
                self.term(
                    term,
                    "Binnen {} wordt samen een oplossing gezocht.",
                    "Within {} a solution is sought together.",
                );
                self.words(
                    "Beide kanten tekenen dezelfde tekst.",
                    "Both sides sign the same text.",
                    sign_off,
                );
            }
            Resolution::Decision { .. } => {
                self.term(
                    term,
                    "Binnen {} volgt een beslissing.",
                    "Within {} a decision follows.",
                );
            }
        }
    }

    fn term(&mut self, rule: &TermRule, nl: &str, en: &str) {
        let words = if self.locale == Nl { nl } else { en };
        self.step(
            words.replace("{}", &rule.term.in_words(self.locale)),
            &rule.rule,
        );
    }

    fn words(&mut self, nl: &str, en: &str, basis: &Basis) {
        self.step(if self.locale == Nl { nl } else { en }.to_owned(), basis);
    }

    fn step(&mut self, text: String, basis: &Basis) {
        let article = Article::of(basis, self.locale);
        self.steps.push(ProcedureStep {
            text,
            instance: self.instance,
            article,
        });
    }
}

#[cfg(test)]
mod tests;
