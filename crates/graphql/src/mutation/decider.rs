//! What managers, committees and arbiters do.

use wederhoor_procedure::command::Command;

use super::act::acts;
use crate::{enums::Finding, input::Check};

acts! {
    /// What managers, committees and arbiters do.
    DeciderMutations;

    /// The decision of an instance (*beslissing*).
    issue_decision(IssueDecisionInput -> IssueDecisionPayload {
        /// What it finds.
        finding: Finding,
        /// Its text; at most 20,000 characters.
        text: String,
        /// What is awarded, in whole euros.
        compensation: Option<i32>,
        /// Whether it upholds that the complaint is inadmissible.
        #[graphql(default)]
        is_inadmissibility_upheld: bool,
    }) |check, input| decision(check, input.finding, input.text, input.compensation, input.is_inadmissibility_upheld);

    /// The binding advice of an arbiter (*bindend advies*).
    log_binding_advice(LogBindingAdviceInput -> LogBindingAdvicePayload {
        /// What it finds.
        finding: Finding,
        /// Its text; at most 20,000 characters.
        text: String,
        /// What is awarded, in whole euros.
        compensation: Option<i32>,
        /// Whether it upholds that the complaint is inadmissible.
        #[graphql(default)]
        is_inadmissibility_upheld: bool,
    }) |check, input| decision(check, input.finding, input.text, input.compensation, input.is_inadmissibility_upheld);

    /// A late appeal is heard all the same (*te laat beroep toelaten*).
    admit_late_appeal(AdmitLateAppealInput -> AdmitLateAppealPayload {
        /// Why; at most 20,000 characters.
        reasons: String,
    }) |check, input| Command::AdmitLateAppeal { reasons: check.words("reasons", input.reasons) };

    /// A late appeal is not heard (*te laat beroep weigeren*).
    refuse_late_appeal(RefuseLateAppealInput -> RefuseLateAppealPayload {
        /// Why; at most 20,000 characters.
        reasons: String,
    }) |check, input| Command::RefuseLateAppeal { reasons: check.words("reasons", input.reasons) };
}

/// Binding advice is a decision by another name.
fn decision(
    check: &mut Check,
    finding: Finding,
    text: String,
    compensation: Option<i32>,
    upholds_inadmissibility: bool,
) -> Command {
    Command::IssueDecision {
        finding: finding.into(),
        text: check.words("text", text),
        compensation: compensation.map(|euros| check.number("compensation", euros)),
        upholds_inadmissibility,
    }
}
