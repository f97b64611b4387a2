//! Measures for those who see to them, without the complaints they came from.

use wederhoor_procedure::{
    ComplaintId, MeasureId, audience::owners, command::Command, complaint::Measure,
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
    /// The measure.
    pub measure: Measure,
}

impl Request {
    /// A command of which what is new has an id of its own: a measure that comes without one (nil) is given it once it is
    /// known that the command is no repetition.
    pub(crate) fn with_new_ids(&self, mut command: Command) -> Command {
        if let Command::AnswerMeasures { measures, .. } = &mut command {
            for measure in measures.iter_mut().filter(|measure| measure.id.0.is_nil()) {
                measure.id = MeasureId(self.service().new_id());
            }
        }
        command
    }

    /// The measures that the caller sees to: what is still to be done first, then by the day it is due.
    ///
    /// # Errors
    /// `Unauthenticated` for anyone who did not sign in.
    pub async fn own_measures(&self) -> Result<Vec<OwnMeasure>, ServiceError> {
        let member = self.person()?.member;
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
            let measures = complaint.measures.into_iter();
            let mine = measures.filter(|(_, measure)| measure.owner == Some(member));
            self.note_seen(complaint.id, Doing::SawMeasure);
            own.extend(mine.map(|(id, measure)| OwnMeasure {
                complaint: complaint.id,
                id,
                measure,
            }));
        }
        own.sort_by_key(|OwnMeasure { id, measure, .. }| {
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
