//! Measures for those who see to them, without the complaints they came from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;
use wederhoor_letters::DigestMeasure;
use wederhoor_procedure::{
    ComplaintId, MeasureId, MemberId,
    audience::owners,
    command::Command,
    decide::responsible,
    view::{self, SeenMeasure},
};
use wederhoor_store::{ComplaintFilter, ComplaintOrder, ReadTx, Viewer};

use crate::{
    Doing, Request, ServiceError, Tenant,
    dossier::{Loaded, load_all},
    facts::load_people,
    projection::owner_key,
};

/// From how many complaints, the newest, an owner's measures are shown; and how many are read at once.
const MOST: u64 = 100;

/// A measure that the caller sees to.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMeasure {
    /// The complaint it came from: to report on it, not to see it.
    pub complaint: ComplaintId,
    /// Which.
    pub id: MeasureId,
    /// The measure, as the caller sees it.
    pub seen: SeenMeasure,
}

/// Some of the measures that the caller sees to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnMeasures {
    /// Those that are shown, and one more, which is not shown, where more follow.
    pub page: Vec<OwnMeasure>,
    /// How many there are in all.
    pub total: usize,
}

/// A measure that is still to be done, as an overview names it.
pub(crate) struct DueMeasure {
    reference: String,
    due_on: NaiveDate,
}

impl DueMeasure {
    pub(crate) fn named(&self) -> DigestMeasure<'_> {
        DigestMeasure {
            reference: &self.reference,
            due_on: self.due_on,
        }
    }
}

impl Request {
    /// The measures that are to be done by a day, or should have been, by who sees to them; what is due first comes first.
    pub(crate) async fn measures_due(
        &self,
        tx: &ReadTx,
        tenant: &Tenant,
        by: NaiveDate,
    ) -> Result<BTreeMap<MemberId, Vec<DueMeasure>>, ServiceError> {
        let filter = ComplaintFilter {
            has_measures: true,
            ..ComplaintFilter::default()
        };
        let people = load_people(tx, tenant, self.now()).await?;
        let mut due: BTreeMap<MemberId, Vec<DueMeasure>> = BTreeMap::new();
        let (order, mut after) = (ComplaintOrder::ReceivedAsc, None);
        loop {
            let rows = tx.complaints(&filter, order, after, MOST).await?;
            let Some(last) = rows.last() else { break };
            after = Some(order.cursor(last));
            let (read, _) = self.readable(tx, &people, &rows).await;
            for one in read {
                for (member, due_on) in self.due_of(&one, by) {
                    let reference = one.reference.clone();
                    due.entry(member)
                        .or_default()
                        .push(DueMeasure { reference, due_on });
                }
            }
        }
        for theirs in due.values_mut() {
            theirs.sort_by_key(|one| one.due_on);
        }
        Ok(due)
    }

    fn due_of(&self, loaded: &Loaded, by: NaiveDate) -> Vec<(MemberId, NaiveDate)> {
        let (policy, facts, now) = (&loaded.policy, &loaded.facts, self.now());
        let (complaint, today) = (loaded.settled(now), facts.calendar.local_date(now));
        let is_kept = complaint.destroyed_at.is_none();
        let open = complaint.measures.values().filter(|_| is_kept);
        let due = open.filter_map(|one| Some((one, one.day_to_do_it().filter(|on| *on <= by)?)));
        due.flat_map(|(measure, on)| {
            let theirs = responsible(policy, facts, &complaint, measure, today, |_| true);
            theirs.into_iter().map(move |member| (member, on))
        })
        .collect()
    }

    /// Gives new measures (their id is nil) an id, only once it is known that the command is no repetition.
    pub(crate) fn with_new_ids(&self, mut command: Command) -> Command {
        if let Command::AnswerMeasures { measures, .. } = &mut command {
            for measure in measures.iter_mut().filter(|measure| measure.id.0.is_nil()) {
                measure.id = MeasureId(self.service().new_id());
            }
        }
        command
    }

    /// The measures that the caller sees to: what is still to be done first, then by the day it is due; at most `shown`,
    /// after this one.
    ///
    /// # Errors
    /// `Unauthenticated` for anyone who did not sign in.
    pub async fn own_measures(
        &self,
        after: Option<Uuid>,
        shown: usize,
    ) -> Result<OwnMeasures, ServiceError> {
        let own = self.measures_of(self.person()?.member).await?;
        let total = own.len();
        let begin = after.map_or(0, |after| {
            let last = own.iter().position(|one| one.id.0 == after);
            last.map_or(total, |last| last + 1)
        });
        let page: Vec<OwnMeasure> = own.into_iter().skip(begin).take(shown + 1).collect();
        for one in page.iter().take(shown) {
            self.note_seen(one.complaint, Doing::SawMeasure);
        }
        Ok(OwnMeasures { page, total })
    }

    async fn measures_of(&self, member: MemberId) -> Result<Vec<OwnMeasure>, ServiceError> {
        let reading = self.reading().await?;
        let filter = ComplaintFilter {
            viewer: Some(Viewer {
                keys: vec![owner_key(member)],
                own_key: None,
                only_as_party: false,
            }),
            ..ComplaintFilter::default()
        };
        let order = ComplaintOrder::ReceivedDesc;
        let rows = reading.tx.complaints(&filter, order, None, MOST).await?;
        let people = self.people(&reading).await?;
        let mut own = Vec::new();
        for loaded in load_all(self, &reading.tx, &people, &rows).await? {
            let complaint = loaded.settled(self.now());
            if !owners(&loaded.policy, &loaded.facts, &complaint, self.now()).contains(&member) {
                continue;
            }
            let measures = complaint.measures.iter();
            let mine = measures.filter(|(_, measure)| measure.owner == Some(member));
            own.extend(mine.map(|(id, measure)| OwnMeasure {
                complaint: complaint.id,
                id: *id,
                seen: view::measure(&loaded.facts.repeats, &complaint, measure, Some(member)),
            }));
        }
        own.sort_by_key(|OwnMeasure { id, seen, .. }| {
            let measure = &seen.measure;
            (
                measure.done_on,
                measure.due_on.is_none(),
                measure.due_on,
                *id,
            )
        });
        Ok(own)
    }
}
