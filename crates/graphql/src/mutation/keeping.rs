//! Keeping and destroying dossiers.

use wederhoor_procedure::command::Command;

use super::act::acts;

acts! {
    /// Keeping and destroying dossiers.
    KeepingMutations;

    /// The dossier may not be destroyed (*bewaarplicht opleggen*).
    place_legal_hold(PlaceLegalHoldInput -> PlaceLegalHoldPayload {
        /// Why; at most 20,000 characters.
        reason: String,
    }) |check, input| Command::PlaceLegalHold { reason: check.words("reason", input.reason) };

    /// The dossier may be destroyed again when its term is over (*bewaarplicht opheffen*).
    lift_legal_hold(LiftLegalHoldInput -> LiftLegalHoldPayload {
        /// Why; at most 20,000 characters.
        reason: String,
    }) |check, input| Command::LiftLegalHold { reason: check.words("reason", input.reason) };

    /// The dossier is destroyed, its retention being over (*vernietigen*). Content, persons and letters go for good.
    confirm_destruction(ConfirmDestructionInput -> ConfirmDestructionPayload {})
        |_check, _input| Command::ConfirmDestruction;
}
