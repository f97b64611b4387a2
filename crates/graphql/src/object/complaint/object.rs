//! The fields of a complaint.

use async_graphql::{Context, ID, Object};
use wederhoor_procedure::{audience::Level, complaint::Party};

use super::{
    Complaint,
    action::AvailableAction,
    entry::DossierEntry,
    is_official,
    measure::{Cause, Measure},
    parties::{Complainant, Respondent},
    round::{LateAppeal, Round},
    solution::Solution,
};
use crate::{
    enums::{AdmissionStatus, ComplaintOutcome, ComplaintState, IntakeChannel, ViewerLevel},
    error::locale,
    id::Opaque,
    object::{
        course::ComplaintCourse,
        deadline::Deadline,
        letter::Letter,
        people::{NamedMember, PartyRef},
        regulation::Regulation,
    },
    scalar::{Date, Instant},
};

type Result<T> = async_graphql::Result<T>;

/// A complaint (*klacht*) with its dossier, as far as the viewer may see it.
#[Object]
impl Complaint {
    /// Its id.
    pub(crate) async fn id(&self) -> ID {
        self.key().opaque()
    }

    /// What people quote (*kenmerk*), such as `ABC-2026-0042`.
    async fn reference(&self, ctx: &Context<'_>) -> Result<String> {
        match self.summary() {
            Some(listed) => Ok(listed.reference.clone()),
            None => Ok(self.dossier(ctx).await?.reference.clone()),
        }
    }

    /// How many entries its dossier has; what an input may name as `expectedVersion`.
    async fn version(&self, ctx: &Context<'_>) -> Result<u32> {
        Ok(self.dossier(ctx).await?.version)
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> Result<ComplaintState> {
        match self.summary() {
            Some(listed) => Ok(listed.state.into()),
            None => Ok(self.dossier(ctx).await?.complaint.state().into()),
        }
    }

    /// How it ended; `null` while it is open.
    async fn outcome(&self, ctx: &Context<'_>) -> Result<Option<ComplaintOutcome>> {
        let outcome = match self.summary() {
            Some(listed) => listed.outcome,
            None => self
                .dossier(ctx)
                .await?
                .complaint
                .closure
                .map(|closure| closure.outcome),
        };
        Ok(outcome.map(Into::into))
    }

    /// How it came in.
    async fn channel(&self, ctx: &Context<'_>) -> Result<IntakeChannel> {
        match self.summary() {
            Some(listed) => Ok(listed.channel.into()),
            None => Ok(self.dossier(ctx).await?.complaint.channel.into()),
        }
    }

    /// When it arrived (*datum van ontvangst*): terms from receipt start here.
    async fn received_at(&self, ctx: &Context<'_>) -> Result<Instant> {
        match self.summary() {
            Some(listed) => Ok(Instant(listed.received_at)),
            None => Ok(Instant(self.dossier(ctx).await?.complaint.received_at)),
        }
    }

    /// When it was registered.
    async fn registered_at(&self, ctx: &Context<'_>) -> Result<Instant> {
        match self.summary() {
            Some(listed) => Ok(Instant(listed.registered_at)),
            None => Ok(Instant(self.dossier(ctx).await?.complaint.registered_at)),
        }
    }

    /// When it was closed, with effect from; `null` while it is open.
    async fn closed_at(&self, ctx: &Context<'_>) -> Result<Option<Instant>> {
        match self.summary() {
            Some(listed) => Ok(listed.closed_at.map(Instant)),
            None => Ok(self
                .dossier(ctx)
                .await?
                .complaint
                .closure
                .map(|closure| Instant(closure.at))),
        }
    }

    /// The instance it is at (*instantie*), from 1.
    async fn instance(&self, ctx: &Context<'_>) -> Result<u32> {
        match self.summary() {
            Some(listed) => Ok(listed.instance + 1),
            None => Ok(u32::from(self.dossier(ctx).await?.complaint.round().instance) + 1),
        }
    }

    /// Who handles or decides it now (*behandelaar*); `null` while nobody does. `rounds` names all of a committee.
    async fn handler(&self, ctx: &Context<'_>) -> Result<Option<NamedMember>> {
        if let Some(listed) = self.summary() {
            return Ok(listed
                .handler
                .as_ref()
                .map(|(id, name)| NamedMember::known(*id, name)));
        }
        let deciders = &self.dossier(ctx).await?.complaint.round().bench.deciders;
        Ok(deciders.first().map(|id| NamedMember::from(*id)))
    }

    /// The course it is about; `null` for none.
    async fn course(&self, ctx: &Context<'_>) -> Result<Option<ComplaintCourse>> {
        if let Some(listed) = self.summary() {
            let course = listed.course.clone();
            return Ok(course.map(|(id, title)| ComplaintCourse::of(id, Some(title))));
        }
        let dossier = self.dossier(ctx).await?;
        let course = dossier.complaint.course;
        Ok(course.map(|id| ComplaintCourse::of(id, dossier.course_title.clone())))
    }

    /// The next deadline that still counts; `null` when nothing is due.
    async fn next_deadline(&self, ctx: &Context<'_>) -> Result<Option<Deadline>> {
        if let Some(listed) = self.summary()
            && !listed.is_next_hidden
        {
            let next = listed.next_deadline;
            return Ok(next.map(|next| Deadline::listed(self.clone(), next)));
        }
        let next = self.dossier(ctx).await?.next_deadline();
        Ok(next.map(Deadline::whole))
    }

    /// Every deadline, in the order of the procedure; then those that do not run, because the letter from whose delivery they would
    /// came back.
    async fn deadlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that still count.", default = false)] only_open: bool,
    ) -> Result<Vec<Deadline>> {
        let dossier = self.dossier(ctx).await?;
        let all = dossier.deadlines().into_iter();
        let all = all.filter(|one| one.is_open || !only_open);
        let still = dossier.standstills().into_iter();
        let still = still.filter(|_| !only_open).map(Deadline::standing_still);
        Ok(all.map(Deadline::whole).chain(still).collect())
    }

    /// What the viewer has a right to do, and why not now, if not.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<AvailableAction>> {
        let actions = self.dossier(ctx).await?.actions();
        let locale = locale(ctx);
        Ok(actions
            .into_iter()
            .filter_map(|action| AvailableAction::of(action, locale))
            .collect())
    }

    /// The date on the complaint form (*datum klacht*).
    async fn filed_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.dossier(ctx).await?.complaint.filed_on.map(Date))
    }

    /// The date of what happened (*datum voorval*).
    async fn incident_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.dossier(ctx).await?.complaint.incident_on.map(Date))
    }

    /// The last session of the course, as organised at receipt.
    async fn course_ended_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.dossier(ctx).await?.complaint.course_ends_on.map(Date))
    }

    /// What happened, in the complainant's words (*omschrijving*); `null` once the dossier is destroyed.
    async fn description(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self
            .dossier(ctx)
            .await?
            .complaint
            .description
            .reveal()
            .cloned())
    }

    /// Who complains (*klager*).
    async fn complainant(&self, ctx: &Context<'_>) -> Result<Complainant> {
        let dossier = self.dossier(ctx).await?;
        let sees_contact = dossier.level >= Level::Complainant;
        Ok(Complainant::of(
            &dossier.complaint.complainant,
            sees_contact,
        ))
    }

    /// Who is complained about (*beklaagden*), by number.
    async fn respondents(&self, ctx: &Context<'_>) -> Result<Vec<Respondent>> {
        let dossier = self.dossier(ctx).await?;
        let one = |(no, respondent)| Respondent::of(no, respondent, is_official(dossier));
        Ok(dossier
            .complaint
            .respondents
            .iter()
            .map(|(no, respondent)| one((*no, respondent)))
            .collect())
    }

    /// Who speaks for the organisation, where no person is complained about (*vertegenwoordiger*).
    async fn representative(&self, ctx: &Context<'_>) -> Result<Option<NamedMember>> {
        Ok(self
            .dossier(ctx)
            .await?
            .complaint
            .representative
            .map(NamedMember::from))
    }

    /// When receipt was confirmed as the regulation asks.
    async fn acknowledged_at(&self, ctx: &Context<'_>) -> Result<Option<Instant>> {
        Ok(self
            .dossier(ctx)
            .await?
            .complaint
            .acknowledged_at
            .map(Instant))
    }

    /// Whether it came in time, and if not, whether it is treated all the same.
    async fn admission(&self, ctx: &Context<'_>) -> Result<AdmissionStatus> {
        Ok(self.dossier(ctx).await?.complaint.admission.into())
    }

    /// What happened at each instance, first first.
    async fn rounds(&self, ctx: &Context<'_>) -> Result<Vec<Round>> {
        let dossier = self.dossier(ctx).await?;
        let count = dossier.complaint.rounds.len();
        Ok((0..count)
            .map(|index| Round {
                dossier: dossier.clone(),
                index,
            })
            .collect())
    }

    /// The latest text for both sides to sign (*oplossing*).
    async fn solution(&self, ctx: &Context<'_>) -> Result<Option<Solution>> {
        let dossier = self.dossier(ctx).await?;
        let solution = dossier.complaint.solution.as_ref();
        Ok(solution.map(|solution| Solution::of(solution, &dossier.complaint)))
    }

    /// A late appeal that nobody has admitted or refused yet (*te laat beroep*).
    async fn late_appeal(&self, ctx: &Context<'_>) -> Result<Option<LateAppeal>> {
        Ok(self
            .dossier(ctx)
            .await?
            .complaint
            .late_appeal
            .as_ref()
            .map(LateAppeal::of))
    }

    /// Its cause (*oorzaak*), once classified; for officials.
    async fn cause(&self, ctx: &Context<'_>) -> Result<Option<Cause>> {
        let Some(dossier) = self.official(ctx).await? else {
            return Ok(None);
        };
        let code = dossier.complaint.cause.as_deref();
        Ok(code.and_then(|code| Cause::find(&dossier.policy, code, locale(ctx))))
    }

    /// Measures to prevent a repeat (*maatregelen*); for officials, `null` for others.
    async fn measures(&self, ctx: &Context<'_>) -> Result<Option<Vec<Measure>>> {
        let Some(dossier) = self.official(ctx).await? else {
            return Ok(None);
        };
        let repeats = self.inner.siblings.repeats(ctx).await?;
        Ok(Some(
            dossier
                .measures(repeats)
                .map(|(id, measure)| Measure::of(id, &measure))
                .collect(),
        ))
    }

    /// When the question about measures was answered; for officials.
    async fn measures_answered_at(&self, ctx: &Context<'_>) -> Result<Option<Instant>> {
        let dossier = self.official(ctx).await?;
        Ok(dossier
            .and_then(|dossier| dossier.complaint.measures_answered_at)
            .map(Instant))
    }

    /// How the complainant rated the handling, from 1 (poor) to 5 (good); not for respondents.
    async fn rating(&self, ctx: &Context<'_>) -> Result<Option<u8>> {
        let dossier = self.dossier(ctx).await?;
        Ok(dossier
            .complaint
            .rating
            .filter(|_| dossier.level >= Level::Complainant))
    }

    /// Whether the dossier may not be destroyed (*bewaarplicht*); for officials, `null` for others.
    async fn is_under_legal_hold(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        Ok(self
            .official(ctx)
            .await?
            .map(|dossier| dossier.complaint.is_held))
    }

    /// When its content was destroyed (*vernietigd*).
    async fn destroyed_at(&self, ctx: &Context<'_>) -> Result<Option<Instant>> {
        Ok(self.dossier(ctx).await?.complaint.destroyed_at.map(Instant))
    }

    /// The dossier (*klachtdossier*): what happened, in order; parties see no internal notes.
    async fn entries(&self, ctx: &Context<'_>) -> Result<Vec<DossierEntry>> {
        let dossier = self.dossier(ctx).await?;
        let repeats = self.inner.siblings.repeats(ctx).await?;
        Ok(dossier
            .visible_entries(repeats)
            .map(|(number, recorded)| DossierEntry::of(number, recorded, dossier))
            .collect())
    }

    /// The letters about it, in the order in which they were written; for officials, `null` for others.
    #[graphql(complexity = "400 + 20 * child_complexity")]
    async fn letters(&self, ctx: &Context<'_>) -> Result<Option<Vec<Letter>>> {
        if self.official(ctx).await?.is_none() {
            return Ok(None);
        }
        let all = self.inner.siblings.letters(ctx).await?;
        let letters = all.get(&self.key()).cloned().unwrap_or_default();
        let about = |letter| Letter::kept(letter, self.clone());
        Ok(Some(letters.into_iter().map(about).collect()))
    }

    /// Whether the chain of its entries is whole: nothing was changed, left out or cut off; for officials.
    #[graphql(complexity = 400)]
    async fn is_chain_intact(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        if self.official(ctx).await?.is_none() {
            return Ok(None);
        }
        let all = self.inner.siblings.chains(ctx).await?;
        Ok(all.get(&self.key()).copied())
    }

    /// The regulation that governs it: the version in force at receipt, to the end.
    async fn regulation(&self, ctx: &Context<'_>) -> Result<Regulation> {
        Ok(Regulation(self.dossier(ctx).await?.policy.clone()))
    }

    /// How much of it the viewer sees.
    async fn viewer_level(&self, ctx: &Context<'_>) -> Result<Option<ViewerLevel>> {
        Ok(ViewerLevel::of(self.dossier(ctx).await?.level))
    }

    /// The side the viewer is on; `null` for officials.
    async fn viewer_party(&self, ctx: &Context<'_>) -> Result<Option<PartyRef>> {
        let dossier = self.dossier(ctx).await?;
        Ok(dossier
            .party
            .map(|party: Party| PartyRef::of(party, &dossier.complaint)))
    }
}
