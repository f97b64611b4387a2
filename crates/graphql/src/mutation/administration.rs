//! What the administration does in a complaint: appoint and name.

use wederhoor_procedure::command::Command;

use super::act::acts;

acts! {
    /// What the administration does in a complaint.
    AdministrationMutations;

    /// Someone is appointed to decide (*aanwijzen*), at whatever instance the complaint is at.
    assign_decider(AssignDeciderInput -> AssignDeciderPayload {
        /// Who.
        member_id: async_graphql::ID,
        /// Why it must be an external handler; at most 20,000 characters.
        reason: Option<String>,
    }) |check, input| Command::AssignDecider {
        member: check.id("memberId", &input.member_id),
        reason: check.optional_words("reason", input.reason),
    };

    /// Someone speaks for the organisation, where no person is complained about (*vertegenwoordiger aanwijzen*).
    name_representative(NameRepresentativeInput -> NameRepresentativePayload {
        /// Who.
        member_id: async_graphql::ID,
    }) |check, input| Command::NameRepresentative { member: check.id("memberId", &input.member_id) };
}
