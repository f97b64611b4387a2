//! Filing and registering complaints.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use wederhoor_procedure::{is_blank, policy::Channel};
use wederhoor_service::{
    FileInput, Filed, InputCode, InputFault, NamedPerson, PersonInput, Proof, ServiceError,
};

use super::payload::{Answer, answer, answer_acting, keyed};
use crate::{
    enums::IntakeChannel,
    error::user_errors,
    input::Check,
    object::{complaint::Complaint, proof::ProofInput},
    request::{dossier, request},
    scalar::{EmailAddress, GivenDate, GivenInstant, Instant, Language, PhoneNumber},
    user_error::UserError,
};

/// How many respondents one complaint may name.
const MOST_RESPONDENTS: usize = 20;

/// Who complains, and where they can be reached: by e-mail, else by post.
#[derive(InputObject)]
pub(crate) struct ComplainantInput {
    /// Their name (*naam*).
    name: Option<String>,
    /// E-mail address, where letters go.
    email: Option<EmailAddress>,
    /// Postal address, several lines: where letters go on paper without `email`, and what comes back by e-mail with it.
    postal_address: Option<String>,
    /// Telephone number.
    telephone: Option<PhoneNumber>,
    /// The language they are written in; the organisation's when it is left out.
    locale: Option<Language>,
}

/// Someone a complaint names.
#[derive(InputObject)]
pub(crate) struct NamedPersonInput {
    /// Their name.
    name: String,
    /// E-mail address, where it is known.
    email: Option<EmailAddress>,
}

/// Someone a complaint names, as who registers it knows them.
#[derive(InputObject)]
pub(crate) struct RegisteredPersonInput {
    /// Their name.
    name: String,
    /// Who, when they are a member of the organisation.
    member_id: Option<ID>,
    /// E-mail address, where it is known.
    email: Option<EmailAddress>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct FileComplaintInput {
    /// The organisation's name in addresses, such as `abc`.
    organisation: String,
    /// Who complains.
    complainant: ComplainantInput,
    /// The course it is about.
    course_id: Option<ID>,
    /// Whom it names.
    #[graphql(default)]
    respondents: Vec<NamedPersonInput>,
    /// The date on the form (*datum klacht*).
    filed_on: Option<GivenDate>,
    /// When it happened.
    incident_on: Option<GivenDate>,
    /// What happened (*omschrijving*); at most 20,000 characters.
    description: Option<String>,
    /// The answer to `organisation.intakeChallenge`, from who is not signed in, where it asks for one. It is used up by a
    /// complaint that is filed.
    proof: Option<ProofInput>,
    /// The same key with the same input gets the first answer again, and nothing is filed twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RegisterComplaintInput {
    /// How it came.
    channel: IntakeChannel,
    /// When it arrived (*datum van ontvangst*): terms from receipt start there.
    arrived_at: GivenInstant,
    /// Who complains, as far as it is known. Letters to who gave no address wait to be printed, and are handed over.
    complainant: ComplainantInput,
    /// The course it is about.
    course_id: Option<ID>,
    /// Whom it names.
    #[graphql(default)]
    respondents: Vec<RegisteredPersonInput>,
    /// The date on the form or letter (*datum klacht*).
    filed_on: Option<GivenDate>,
    /// When it happened.
    incident_on: Option<GivenDate>,
    /// What happened (*omschrijving*); at most 20,000 characters.
    description: Option<String>,
    /// The same key with the same input gets the first answer again, and nothing is registered twice.
    idempotency_key: Option<String>,
}

/// What proves that a complaint came in (*ontvangstbewijs*).
#[derive(SimpleObject, Clone)]
pub(crate) struct FilingReceipt {
    /// What people quote (*kenmerk*).
    reference: String,
    /// When it counts as received.
    received_at: Instant,
}

/// What the mutation of the same name did.
#[derive(SimpleObject, Default)]
pub(crate) struct FileComplaintPayload {
    /// What proves that it came in; `null` when nothing was filed.
    receipt: Option<FilingReceipt>,
    /// The complaint, where the viewer may see it.
    complaint: Option<Complaint>,
    /// Why nothing was filed; empty when it was.
    user_errors: Vec<UserError>,
}

/// What the mutation of the same name did.
#[derive(SimpleObject, Default)]
pub(crate) struct RegisterComplaintPayload {
    /// What proves that it came in; `null` when nothing was registered.
    receipt: Option<FilingReceipt>,
    /// The complaint, where the viewer may see it.
    complaint: Option<Complaint>,
    /// Why nothing was registered; empty when it was.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub(crate) struct FilingMutations;

#[Object]
impl FilingMutations {
    /// Files a complaint by the form of an organisation (*klacht indienen*); anyone may.
    async fn file_complaint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The form.")] input: FileComplaintInput,
    ) -> Answer<FileComplaintPayload> {
        answer(async {
            let (slug, key) = (input.organisation.clone(), input.idempotency_key.clone());
            let (input, proof) = input.checked();
            let filed = file(ctx, Some(slug), key, input, proof).await?;
            let Filing {
                receipt,
                complaint,
                user_errors,
            } = filed;
            Ok(FileComplaintPayload {
                receipt,
                complaint,
                user_errors,
            })
        })
        .await
    }

    /// Registers a complaint that came by post, e-mail, telephone or in person (*klacht registreren*), on behalf of who
    /// complains; for the administration, and for handlers where the regulation has a pool.
    async fn register_complaint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What came in, how and when.")] input: RegisterComplaintInput,
    ) -> Answer<RegisterComplaintPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let filed = file(ctx, None, key, input.checked(), None).await?;
            let Filing {
                receipt,
                complaint,
                user_errors,
            } = filed;
            Ok(RegisterComplaintPayload {
                receipt,
                complaint,
                user_errors,
            })
        })
        .await
    }
}

struct Filing {
    receipt: Option<FilingReceipt>,
    complaint: Option<Complaint>,
    user_errors: Vec<UserError>,
}

async fn file(
    ctx: &Context<'_>,
    slug: Option<String>,
    key: Option<String>,
    input: FileInput,
    proof: Option<Proof>,
) -> async_graphql::Result<Filing> {
    let faults = input.faults.clone();
    let filed = keyed(ctx, key)?;
    let filed = Box::pin(filed.file(slug.as_deref(), input, proof.as_ref())).await;
    match filed.map_err(|error| unknown_organisation(error, faults)) {
        Ok(filed) => told(ctx, filed).await,
        Err(error) => Ok(Filing {
            receipt: None,
            complaint: None,
            user_errors: user_errors(ctx, error)?,
        }),
    }
}

/// The one thing that filing looks up by what the input says without knowing the caller.
fn unknown_organisation(error: ServiceError, faults: Vec<InputFault>) -> ServiceError {
    let (nl, en) = (
        "Deze organisatie is hier niet bekend.",
        "This organisation is not known here.",
    );
    match error {
        ServiceError::NotFound => {
            ServiceError::invalid(InputCode::Unknown, "organisation", nl, en).beside(faults)
        }
        other => other,
    }
}

async fn told(ctx: &Context<'_>, filed: Filed) -> async_graphql::Result<Filing> {
    // Who asks for no more than the receipt sees no dossier, and is noted as having filed only.
    let asks_for_it = ctx.look_ahead().field("complaint").exists();
    let seen = match request(ctx)?.caller().tenant() {
        Some(_) if asks_for_it => dossier(ctx, filed.id).await?,
        _ => None,
    };
    let receipt = FilingReceipt {
        reference: filed.reference,
        received_at: Instant(filed.received_at),
    };
    Ok(Filing {
        receipt: Some(receipt),
        complaint: seen.map(Complaint::from),
        user_errors: Vec::new(),
    })
}

impl FileComplaintInput {
    fn checked(self) -> (FileInput, Option<Proof>) {
        let mut check = Check::default();
        let respondents = respondents(&mut check, self.respondents);
        let proof = self.proof.map(Proof::from);
        let input = FileInput {
            channel: Channel::WebForm,
            arrived_at: None,
            filed_on: self.filed_on.map(GivenDate::of_any_year),
            incident_on: self.incident_on.map(GivenDate::of_any_year),
            course: check.optional_id("courseId", self.course_id.as_ref()),
            complainant: check.within("complainant", |check| self.complainant.checked(check)),
            respondents,
            description: description(&mut check, self.description),
            faults: check.into_faults(),
        };
        (input, proof)
    }
}

impl RegisterComplaintInput {
    fn checked(self) -> FileInput {
        let mut check = Check::default();
        let respondents = respondents(&mut check, self.respondents);
        FileInput {
            channel: self.channel.into(),
            arrived_at: Some(self.arrived_at.of_any_year()),
            filed_on: self.filed_on.map(GivenDate::of_any_year),
            incident_on: self.incident_on.map(GivenDate::of_any_year),
            course: check.optional_id("courseId", self.course_id.as_ref()),
            complainant: check.within("complainant", |check| self.complainant.checked(check)),
            respondents,
            description: description(&mut check, self.description),
            faults: check.into_faults(),
        }
    }
}

/// Whether a description is required is the regulation's to say.
fn description(check: &mut Check, text: Option<String>) -> String {
    let text = text.filter(|text| !is_blank(text));
    text.map(|text| check.long_text("description", text))
        .unwrap_or_default()
}

fn respondents(
    check: &mut Check,
    named: Vec<impl Into<RegisteredPersonInput>>,
) -> Vec<NamedPerson> {
    check.at_most("respondents", named.len(), MOST_RESPONDENTS);
    check.within("respondents", |check| {
        let named = named.into_iter().take(MOST_RESPONDENTS).enumerate();
        named
            .map(|(place, one)| check.within(&place.to_string(), |check| one.into().checked(check)))
            .collect()
    })
}

impl From<NamedPersonInput> for RegisteredPersonInput {
    fn from(named: NamedPersonInput) -> Self {
        Self {
            name: named.name,
            member_id: None,
            email: named.email,
        }
    }
}

impl RegisteredPersonInput {
    fn checked(self, check: &mut Check) -> NamedPerson {
        NamedPerson {
            name: check.line("name", &self.name),
            member: check.optional_id("memberId", self.member_id.as_ref()),
            email: check.optional_email("email", self.email.as_ref()),
        }
    }
}

impl ComplainantInput {
    fn checked(self, check: &mut Check) -> PersonInput {
        let email = check.optional_email("email", self.email.as_ref());
        let postal = check.optional_long_text("postalAddress", self.postal_address);
        PersonInput {
            name: check.free_line("name", self.name.as_deref()),
            email,
            postal,
            telephone: check.optional_phone("telephone", self.telephone.as_ref()),
            locale: self.locale.map(|language| language.0),
        }
    }
}
