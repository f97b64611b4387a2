//! Measures for those who see to them, without the complaints they came from.

use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, MeasureId, MemberId,
    audience::owners,
    command::Command,
    view::{self, SeenMeasure},
};
use wederhoor_store::{ComplaintFilter, ComplaintOrder, Viewer};

use crate::{Doing, Request, ServiceError, dossier::load_all, projection::owner_key};

/// From how many complaints, the newest, an owner's measures are shown.
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

impl Request {
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
