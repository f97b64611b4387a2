//! What the administration does in a complaint: appoint, name, and say where parties are reached.

use wederhoor_procedure::{command::Command, complaint::Party};

use super::act::acts;
use crate::input::{AddressInput, PartyInput};

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

    /// Where a party can be reached, as it is known from now on (*adres vastleggen*), in place of what was known. Letters go
    /// there, first of all one that says so; what waits, or had come back without counting as delivered, goes there at once,
    /// as if it had never gone elsewhere. Where an address is left, links and sessions by link from before open nothing more.
    record_address(RecordAddressInput -> RecordAddressPayload {
        /// Who; the complainant when left out. Whoever speaks for the organisation is reached by their account.
        party: Option<PartyInput>,
        /// Where.
        address: AddressInput,
    }) |check, input| Command::RecordAddress {
        party: input.party.map_or(Party::Complainant, |party| check.within("party", |check| party.checked(check))),
        address: check.within("address", |check| input.address.checked(check)),
    };
}
