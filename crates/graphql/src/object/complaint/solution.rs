//! A text for both sides to sign.

use async_graphql::SimpleObject;
use wederhoor_procedure::complaint;

use crate::{object::people::PartyRef, scalar::Instant};

/// A text for both sides to sign (*oplossing ter fiattering*). Any change makes a new version, and voids sign-offs.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Solution {
    /// Its version, from 1; what `signOffSolution` names.
    version: u16,
    /// What both sign; `null` once the dossier is destroyed.
    text: Option<String>,
    /// SHA-256 of the text, in hexadecimal.
    digest: String,
    /// When it was put before both sides.
    proposed_at: Instant,
    /// The instance at which it was proposed, from 1; it may still be signed at a later one.
    instance: u32,
    /// Who signed this version, and has not said no since.
    signed_by: Vec<PartyRef>,
    /// Who will not sign this version.
    rejected_by: Vec<PartyRef>,
    /// Whose signature is still needed.
    awaited_from: Vec<PartyRef>,
}

impl Solution {
    pub(super) fn of(solution: &complaint::Solution, complaint: &complaint::Complaint) -> Self {
        let named = |party| PartyRef::of(party, complaint);
        let awaited = complaint
            .sides()
            .into_iter()
            .filter(|side| !solution.signed.contains(side));
        Self {
            version: solution.version,
            text: solution.text.reveal().cloned(),
            digest: solution.digest.clone(),
            proposed_at: Instant(solution.proposed_at),
            instance: u32::from(solution.instance) + 1,
            signed_by: solution.signed.iter().copied().map(named).collect(),
            rejected_by: solution.rejected.iter().copied().map(named).collect(),
            awaited_from: awaited.map(named).collect(),
        }
    }
}
