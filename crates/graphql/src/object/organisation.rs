//! What anyone may know of an organisation.

use async_graphql::{Context, ID, Object, SimpleObject};
use wederhoor_procedure::policy::{CourseRule, IntakeField as Field};
use wederhoor_service::{ContactDetails as KnownContact, OpenCourse, Organisation as Known};

use crate::{
    enums::{IntakeChannel, IntakeField},
    error::locale,
    id::Opaque,
    object::{
        deadline::Derivation,
        proof::ProofChallenge,
        regulation::Regulation,
        summary::{ProcedureStep, steps},
        term::TermRule,
    },
    scalar::{Date, EmailAddress, PhoneNumber},
    user_error::Article,
};

/// An organisation, as its public form needs it.
#[derive(Clone, Debug)]
pub(crate) struct Organisation(pub(crate) Known);

/// How an organisation is reached by who has a complaint (*contactgegevens*); `null` where it is not reached so.
#[derive(SimpleObject)]
pub(crate) struct OrganisationContact {
    /// By post, several lines.
    postal_address: Option<String>,
    /// By telephone.
    telephone: Option<PhoneNumber>,
    /// By e-mail.
    email: Option<EmailAddress>,
}

impl From<KnownContact> for OrganisationContact {
    fn from(known: KnownContact) -> Self {
        Self {
            postal_address: known.postal_address,
            telephone: known.telephone.map(PhoneNumber),
            email: known.email.map(EmailAddress),
        }
    }
}

/// An organisation that runs its own complaints regulation (*klachtenregeling*), as anyone may see it.
#[Object]
impl Organisation {
    /// Its name in addresses.
    async fn slug(&self) -> &str {
        &self.0.tenant.slug
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.tenant.name
    }

    /// The time zone in which its days begin, such as `Europe/Amsterdam`.
    async fn time_zone(&self) -> &'static str {
        self.0.tenant.settings.time_zone.name()
    }

    /// How it is reached by who has a complaint (*contactgegevens*), as its letters say.
    async fn contact(&self) -> OrganisationContact {
        self.0.tenant.settings.contact.clone().into()
    }

    /// What the complaint form asks; `null` while no regulation was published.
    async fn intake_form(&self) -> Option<IntakeForm> {
        self.0.policy.as_ref().map(|_| IntakeForm(self.0.clone()))
    }

    /// What a computer works out before nobody in particular files a complaint here, for `proof` in the input of
    /// `fileComplaint`; another one each time. `null` where it is not asked. Whoever has no computer for it writes or mails.
    async fn intake_challenge(&self) -> Option<ProofChallenge> {
        self.0.challenge.clone().map(ProofChallenge::from)
    }

    /// The procedure in plain words, with its terms, first things first.
    async fn procedure(&self, ctx: &Context<'_>) -> Vec<ProcedureStep> {
        let policy = self.0.policy.as_deref();
        policy
            .map(|policy| steps(policy, locale(ctx)))
            .unwrap_or_default()
    }

    /// The regulation in force now; `null` while none was published.
    async fn regulation(&self) -> Option<Regulation> {
        self.0.policy.clone().map(Regulation)
    }
}

/// A complaint form.
#[derive(Clone, Debug)]
pub(crate) struct IntakeForm(Known);

impl IntakeForm {
    fn intake(&self) -> Option<&wederhoor_procedure::policy::Intake> {
        self.0.policy.as_ref().map(|policy| &policy.intake)
    }
}

/// What the complaint form of an organisation asks (*klachtenformulier*). One address where the complainant can be
/// reached is always asked.
#[Object]
impl IntakeForm {
    /// Its fields, and which of them are required.
    async fn fields(&self) -> Vec<IntakeFormField> {
        let Some(intake) = self.intake() else {
            return Vec::new();
        };
        let all = [
            Field::Name,
            Field::Telephone,
            Field::Description,
            Field::FormDate,
            Field::IncidentDate,
        ];
        let field = |field: Field| IntakeFormField {
            field: field.into(),
            is_required: intake.required.contains(&field),
        };
        all.into_iter().map(field).collect()
    }

    /// The channels on which a complaint may come in.
    async fn channels(&self) -> Vec<IntakeChannel> {
        let channels = self
            .intake()
            .map(|intake| intake.channels.as_slice())
            .unwrap_or_default();
        channels.iter().map(|channel| (*channel).into()).collect()
    }

    /// Whether a complaint must be about a course.
    async fn is_course_required(&self) -> bool {
        self.intake()
            .is_some_and(|intake| intake.course == CourseRule::Required)
    }

    /// Courses to choose from, newest first.
    async fn courses(&self, ctx: &Context<'_>) -> Vec<FormCourse> {
        let locale = locale(ctx);
        self.0
            .courses
            .iter()
            .map(|course| FormCourse::of(course, locale))
            .collect()
    }

    /// How long after the end of the course a complaint may be filed; `null`: always.
    async fn filing_window(&self) -> Option<TermRule> {
        let window = self.intake()?.filing_window.as_ref()?;
        Some(TermRule(window.window.clone()))
    }

    /// Who may complain.
    async fn standing(&self, ctx: &Context<'_>) -> Option<Article> {
        self.intake()
            .map(|intake| Article::of(&intake.standing, locale(ctx)))
    }

    /// Where the way of filing is written.
    async fn article(&self, ctx: &Context<'_>) -> Option<Article> {
        self.intake()
            .map(|intake| Article::of(&intake.rule, locale(ctx)))
    }
}

/// A field of a complaint form (*veld van het klachtenformulier*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct IntakeFormField {
    /// Which.
    field: IntakeField,
    /// Whether it must be filled in.
    is_required: bool,
}

/// A course to choose in a complaint form (*cursus*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct FormCourse {
    /// Its id.
    id: ID,
    /// What it is called.
    title: String,
    /// The day of its last session, as organised.
    ended_on: Option<Date>,
    /// Until when a complaint about it may be filed; `null`: always. A later one is flagged, never refused by the form.
    filing_window: Option<Derivation>,
}

impl FormCourse {
    fn of(course: &OpenCourse, locale: wederhoor_procedure::Locale) -> Self {
        Self {
            id: course.id.opaque(),
            title: course.title.clone(),
            ended_on: course.ends_on.map(Date),
            filing_window: course
                .filing_window
                .as_ref()
                .map(|window| Derivation::of(window, locale)),
        }
    }
}
