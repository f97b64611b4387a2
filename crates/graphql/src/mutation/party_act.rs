//! Acts of parties that came on another channel, recorded by a decider or the administration.

use async_graphql::{Enum, InputObject, OneofObject};
use wederhoor_procedure::command::Command;

use super::act::{Asked, acts};
use crate::{
    enums::IntakeChannel,
    input::{Check, PartyInput},
    scalar::GivenInstant,
};

acts! {
    /// Acts of parties that came on another channel.
    PartyActMutations;

    /// An act of a party that came by post, e-mail, telephone or in person (*handeling vastleggen*). It counts from its
    /// arrival, also when it is recorded later, and even after a lapse that it would have prevented.
    record_party_act(RecordPartyActInput -> RecordPartyActPayload {
        /// Whose act.
        party: PartyInput,
        /// What they did.
        act: PartyActInput,
        /// On which channel it came.
        channel: IntakeChannel,
        /// When it arrived.
        arrived_at: GivenInstant,
        /// Where the proof is, for officials; at most 20,000 characters.
        proof: Option<String>,
    }) |check, input| Asked {
        command: Command::RecordPartyAct {
            party: check.within("party", |check| input.party.checked(check)),
            act: Box::new(check.within("act", |check| input.act.checked(check))),
            channel: input.channel.into(),
            proof: check.optional_words("proof", input.proof),
        },
        at: Some(input.arrived_at.of_any_year()),
    };
}

/// What a party did: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum PartyActInput {
    /// They added to the dossier (*verklaring*).
    AddStatement(ActText),
    /// They gave up being heard (*afgezien van horen*).
    WaiveHearing(Done),
    /// They signed the solution (*gefiatteerd*).
    SignOffSolution(ActSignOff),
    /// They will not sign the solution (*niet gefiatteerd*).
    RejectSolution(ActReasons),
    /// They agreed with the response (*akkoord*).
    AcceptResponse(Done),
    /// They did not agree with the response (*niet akkoord*).
    ObjectToResponse(ActReasons),
    /// They said something to the response that is neither yes nor no (*gereageerd*).
    ReactToResponse(ActText),
    /// They consented to more time (*ingestemd met uitstel*).
    ConsentToExtension(Done),
    /// They refused more time (*uitstel geweigerd*).
    RefuseExtension(Done),
    /// They established that there is no agreement (*geen overeenstemming*).
    DeclareNoAgreement(ActReasons),
    /// They went to the next instance (*in beroep*).
    Appeal(ActText),
    /// They withdrew the complaint (*ingetrokken*).
    WithdrawComplaint(ActReasons),
    /// They said how the handling was (*beoordeeld*).
    RateHandling(ActRating),
}

/// An act that needs no further words.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Done {
    /// They did it (*gedaan*).
    Done,
}

/// An act in words.
#[derive(InputObject)]
#[graphql(name = "PartyActTextInput")]
pub(crate) struct ActText {
    /// What they said or wrote; at most 20,000 characters.
    text: String,
}

/// An act with or without reasons.
#[derive(InputObject)]
#[graphql(name = "PartyActReasonsInput")]
pub(crate) struct ActReasons {
    /// Why, if they said so; at most 20,000 characters.
    reasons: Option<String>,
}

/// A signature.
#[derive(InputObject)]
#[graphql(name = "PartyActSignOffInput")]
pub(crate) struct ActSignOff {
    /// The version of the text that they signed.
    version: i32,
}

/// A rating.
#[derive(InputObject)]
#[graphql(name = "PartyActRatingInput")]
pub(crate) struct ActRating {
    /// From 1 (poor) to 5 (good).
    score: i32,
    /// In their words; at most 20,000 characters.
    text: Option<String>,
}

impl PartyActInput {
    fn checked(self, check: &mut Check) -> Command {
        match self {
            Self::AddStatement(act) => {
                check.within("addStatement", |check| Command::AddStatement {
                    text: act.checked(check),
                })
            }
            Self::ReactToResponse(act) => {
                check.within("reactToResponse", |check| Command::ReactToResponse {
                    text: act.checked(check),
                })
            }
            Self::Appeal(act) => check.within("appeal", |check| Command::Appeal {
                grounds: act.checked(check),
            }),
            Self::WaiveHearing(Done::Done) => Command::WaiveHearing,
            Self::AcceptResponse(Done::Done) => Command::AcceptResponse,
            Self::ConsentToExtension(Done::Done) => Command::ConsentToExtension,
            Self::RefuseExtension(Done::Done) => Command::RefuseExtension,
            Self::SignOffSolution(act) => {
                check.within("signOffSolution", |check| Command::SignOffSolution {
                    version: check.number("version", act.version),
                })
            }
            Self::RateHandling(act) => {
                check.within("rateHandling", |check| Command::RateHandling {
                    score: check.number("score", act.score),
                    text: check.optional_words("text", act.text),
                })
            }
            Self::RejectSolution(act) => Command::RejectSolution {
                reasons: act.checked("rejectSolution", check),
            },
            Self::ObjectToResponse(act) => Command::ObjectToResponse {
                reasons: act.checked("objectToResponse", check),
            },
            Self::DeclareNoAgreement(act) => Command::DeclareNoAgreement {
                reasons: act.checked("declareNoAgreement", check),
            },
            Self::WithdrawComplaint(act) => Command::WithdrawComplaint {
                reasons: act.checked("withdrawComplaint", check),
            },
        }
    }
}

impl ActText {
    fn checked(self, check: &mut Check) -> wederhoor_procedure::Confidential<String> {
        check.words("text", self.text)
    }
}

impl ActReasons {
    fn checked(
        self,
        field: &str,
        check: &mut Check,
    ) -> Option<wederhoor_procedure::Confidential<String>> {
        check.within(field, |check| check.optional_words("reasons", self.reasons))
    }
}
