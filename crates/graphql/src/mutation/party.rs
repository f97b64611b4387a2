//! What the parties of a complaint do.

use wederhoor_procedure::command::Command;

use super::act::acts;

acts! {
    /// What the parties of a complaint do.
    PartyMutations;

    /// A party adds to the dossier (*verklaring toevoegen*); what the complainant says while a response is out is a
    /// reaction to it.
    add_statement(AddStatementInput -> AddStatementPayload {
        /// What they say; at most 20,000 characters.
        text: String,
    }) |check, input| Command::AddStatement { text: check.words("text", input.text) };

    /// A party gives up being heard at this instance (*afzien van horen*).
    waive_hearing(WaiveHearingInput -> WaiveHearingPayload {}) |_check, _input| Command::WaiveHearing;

    /// A party signs the solution as it stands (*fiatteren*).
    sign_off_solution(SignOffSolutionInput -> SignOffSolutionPayload {
        /// The version of the text that they read; another one now is a refusal.
        version: i32,
    }) |check, input| Command::SignOffSolution { version: check.number("version", input.version) };

    /// A party will not sign the solution (*niet fiatteren*).
    reject_solution(RejectSolutionInput -> RejectSolutionPayload {
        /// Why; at most 20,000 characters.
        reasons: Option<String>,
    }) |check, input| Command::RejectSolution { reasons: check.optional_words("reasons", input.reasons) };

    /// The complainant agrees with the response (*akkoord*): the complaint is settled.
    accept_response(AcceptResponseInput -> AcceptResponsePayload {}) |_check, _input| Command::AcceptResponse;

    /// The complainant does not agree with the response (*niet akkoord*).
    object_to_response(ObjectToResponseInput -> ObjectToResponsePayload {
        /// Why; at most 20,000 characters.
        reasons: Option<String>,
    }) |check, input| Command::ObjectToResponse { reasons: check.optional_words("reasons", input.reasons) };

    /// The complainant says something to the response that is neither yes nor no (*reageren*).
    react_to_response(ReactToResponseInput -> ReactToResponsePayload {
        /// What they say or ask; at most 20,000 characters.
        text: String,
    }) |check, input| Command::ReactToResponse { text: check.words("text", input.text) };

    /// The complainant consents to more time (*instemmen met uitstel*).
    consent_to_extension(ConsentToExtensionInput -> ConsentToExtensionPayload {})
        |_check, _input| Command::ConsentToExtension;

    /// The complainant refuses more time (*uitstel weigeren*).
    refuse_extension(RefuseExtensionInput -> RefuseExtensionPayload {}) |_check, _input| Command::RefuseExtension;

    /// A party or the handler establishes that there is no agreement (*geen overeenstemming*).
    declare_no_agreement(DeclareNoAgreementInput -> DeclareNoAgreementPayload {
        /// Why; at most 20,000 characters.
        reasons: Option<String>,
    }) |check, input| Command::DeclareNoAgreement { reasons: check.optional_words("reasons", input.reasons) };

    /// The complainant goes to the next instance (*in beroep*), in time or late.
    appeal(AppealInput -> AppealPayload {
        /// On what grounds; at most 20,000 characters.
        grounds: String,
    }) |check, input| Command::Appeal { grounds: check.words("grounds", input.grounds) };

    /// The complainant withdraws the complaint (*intrekken*), or the late appeal that waits: it then stays closed as it was.
    withdraw_complaint(WithdrawComplaintInput -> WithdrawComplaintPayload {
        /// Why; at most 20,000 characters.
        reasons: Option<String>,
    }) |check, input| Command::WithdrawComplaint { reasons: check.optional_words("reasons", input.reasons) };

    /// The complainant says, once, how the handling was (*tevredenheid*).
    rate_handling(RateHandlingInput -> RateHandlingPayload {
        /// From 1 (poor) to 5 (good).
        score: i32,
        /// In their words; at most 20,000 characters.
        text: Option<String>,
    }) |check, input| Command::RateHandling {
        score: check.number("score", input.score),
        text: check.optional_words("text", input.text),
    };
}
