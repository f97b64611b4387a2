//! One command on many complaints, done to all of them or to none.

use std::collections::BTreeSet;

use serde_json::json;
use wederhoor_procedure::{
    ComplaintId,
    command::Command,
    refusal::{Reason, Refusal},
};

use crate::{
    ActOptions, InputCode, InputFault, Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::load,
    facts::load_people,
};

impl Request {
    /// A command on each of these complaints, as the caller, in one transaction; `None` stands for what is the id of none.
    ///
    /// # Errors
    /// `Invalid` for none at all, and for one that is named twice; `RefusedAt` with every refusal and the place of its
    /// complaint. Nothing has changed then.
    pub async fn act_on_all(
        &self,
        ids: &[Option<ComplaintId>],
        command: &Command,
    ) -> Result<Vec<ComplaintId>, ServiceError> {
        self.tenant_id()?;
        ServiceError::unless_faultless(&faults_of(ids), &[])?;
        until_first(|| self.act_on_all_once(ids, command)).await
    }

    async fn act_on_all_once(
        &self,
        ids: &[Option<ComplaintId>],
        command: &Command,
    ) -> Result<Vec<ComplaintId>, Attempt> {
        let (tx, inside) = self.acting().await?;
        let known: BTreeSet<ComplaintId> = ids.iter().copied().flatten().collect();
        // In the same order for everybody, so that two who do this never wait for each other.
        for id in &known {
            tx.lock_complaint(*id).await?;
        }
        let done: Vec<ComplaintId> = ids.iter().copied().flatten().collect();
        let what = format!("{ids:?}{:?}", command.kind());
        let content = crate::act::fingerprint(command);
        if self.repeated(&tx, &what, &content).await?.is_some() {
            return Ok(done);
        }
        let tenant = inside.tenant().await?;
        let people = load_people(&tx, &tenant, inside.now()).await?;
        let mut refusals: Vec<(usize, Refusal)> = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            let loaded = match id {
                Some(id) => load(&inside, &tx, &people, *id).await?,
                None => None,
            };
            let Some(loaded) = loaded else {
                refusals.push((place, Reason::NotFound.bare()));
                continue;
            };
            let actor = self.caller().actor_in(loaded.complaint.id);
            let options = ActOptions::default();
            match inside.act_in(&tx, loaded, &actor, command, options).await {
                Err(Attempt::Failed(ServiceError::Refused(refusal))) => {
                    refusals.push((place, refusal));
                }
                Err(Attempt::Failed(ServiceError::NotFound)) => {
                    refusals.push((place, Reason::NotFound.bare()));
                }
                done => done?,
            }
        }
        if !refusals.is_empty() {
            return Err(ServiceError::RefusedAt(refusals).into());
        }
        self.remember(&tx, &json!({ "complaints": done })).await?;
        commit(tx).await?;
        Ok(done)
    }
}

fn faults_of(ids: &[Option<ComplaintId>]) -> Vec<InputFault> {
    let mut faults = Vec::new();
    if ids.is_empty() {
        let (nl, en) = ("Noem minstens een klacht.", "Name at least one complaint.");
        faults.push(InputFault::at(InputCode::Required, "complaintIds", nl, en));
    }
    let mut seen = BTreeSet::new();
    for (place, id) in ids.iter().enumerate() {
        if id.is_some_and(|id| !seen.insert(id)) {
            let path = format!("complaintIds.{place}");
            let (nl, en) = (
                "Deze klacht staat er twee keer.",
                "This complaint is there twice.",
            );
            faults.push(InputFault::at(InputCode::Contradictory, &path, nl, en));
        }
    }
    faults
}
