//! What handlers do, and deciders of later instances with the same right.

use wederhoor_procedure::{command::Command, complaint::Party};
use wederhoor_service::InputCode;

use super::act::{Asked, acts};
use crate::{
    enums::{ContactMeans, Finding, HearingOutcome, InadmissibilityGround},
    error::text,
    input::{PartyInput, PersonContactInput},
    scalar::{GivenDate, GivenInstant},
};

acts! {
    /// What handlers do.
    HandlerMutations;

    /// A member of the pool takes an unassigned complaint (*oppakken*).
    take_complaint(TakeComplaintInput -> TakeComplaintPayload {}) |_check, _input| Command::TakeComplaint;

    /// Contact with a party, or an attempt (*contact vastleggen*). Only a conversation with the complainant is personal
    /// contact; attempts in vain are what `recordHearing` may call unreachable.
    record_contact(RecordContactInput -> RecordContactPayload {
        /// With whom; the complainant when left out.
        party: Option<PartyInput>,
        /// How contact was sought.
        means: ContactMeans,
        /// Whether they were reached.
        is_reached: bool,
        /// What was said, for officials; at most 20,000 characters.
        note: Option<String>,
        /// When it was, if not now.
        contacted_at: Option<GivenInstant>,
    }) |check, input| Asked {
        command: Command::RecordContact {
            party: input.party.map_or(Party::Complainant, |party| check.within("party", |check| party.checked(check))),
            how: input.means.into(),
            reached: input.is_reached,
            note: check.optional_words("note", input.note),
        },
        at: input.contacted_at.map(GivenInstant::of_any_year),
    };

    /// A respondent is named, or one the complainant named is told (*beklaagde inlichten*): they see the complaint from
    /// then on.
    name_respondent(NameRespondentInput -> NameRespondentPayload {
        /// The number of a respondent the complainant named; left out for a new one.
        number: Option<i32>,
        /// Who, when they are a member of the organisation. Letters go to the member's own address, so that
        /// nobody else reads them by a slip of the pen: leave out `contact`.
        member_id: Option<async_graphql::ID>,
        /// How they can be reached, when they are no member; left out to keep what is known.
        contact: Option<PersonContactInput>,
    }) |check, input| {
        if input.member_id.is_some() && input.contact.is_some() {
            let words = text(
                "Laat dit weg: wie lid is, krijgt brieven op het eigen adres.",
                "Leave this out: who is a member gets letters at their own address.",
            );
            check.fault(InputCode::Contradictory, "contact", words);
        }
        Command::NameRespondent {
            no: input.number.map(|number| check.number("number", number)),
            member: check.optional_id("memberId", input.member_id.as_ref()),
            contact: input.contact.map(|contact| check.within("contact", |check| contact.checked(check))),
        }
    };

    /// A party is invited to be heard (*uitnodigen voor het horen*).
    invite_to_hearing(InviteToHearingInput -> InviteToHearingPayload {
        /// Who.
        party: PartyInput,
        /// When; it has yet to come.
        hearing_at: GivenInstant,
        /// Where, or how; at most 200 characters.
        place: String,
    }) |check, input| Command::InviteToHearing {
        party: check.within("party", |check| input.party.checked(check)),
        on: check.instant("hearingAt", input.hearing_at),
        place: check.line("place", &input.place).into(),
    };

    /// How the hearing of a side ended (*horen vastleggen*).
    record_hearing(RecordHearingInput -> RecordHearingPayload {
        /// Who.
        party: PartyInput,
        /// How it ended.
        outcome: HearingOutcome,
        /// How many attempts there were, where someone could not be reached: at least 2, each recorded by `recordContact`,
        /// or an invitation whose hour has passed.
        attempts: Option<i32>,
        /// The record, for officials; at most 20,000 characters.
        record: Option<String>,
    }) |check, input| Command::RecordHearing {
        party: check.within("party", |check| input.party.checked(check)),
        hearing: input.outcome.with_attempts(check.number("attempts", input.attempts.unwrap_or_default())),
        record: check.optional_words("record", input.record),
    };

    /// A solution is put before both sides to sign (*oplossing voorleggen*); it voids sign-offs of an earlier text.
    propose_solution(ProposeSolutionInput -> ProposeSolutionPayload {
        /// The one text that both sign; at most 20,000 characters.
        text: String,
    }) |check, input| Command::ProposeSolution { text: check.words("text", input.text) };

    /// A written response to the complaint (*reactie op de klacht*).
    issue_response(IssueResponseInput -> IssueResponsePayload {
        /// What it finds.
        finding: Finding,
        /// Its text; at most 20,000 characters.
        text: String,
        /// Whether it announces what silence will mean, and by when. Without it, silence means nothing.
        #[graphql(default = true)]
        is_silence_announced: bool,
    }) |check, input| Command::IssueResponse {
        finding: input.finding.into(),
        text: check.words("text", input.text),
        announces_silence: input.is_silence_announced,
    };

    /// A reaction that was neither yes nor no is answered (*reactie beantwoorden*); the way to the next instance opens.
    answer_reaction(AnswerReactionInput -> AnswerReactionPayload {
        /// The answer; at most 20,000 characters.
        text: String,
    }) |check, input| Command::AnswerReaction { text: check.words("text", input.text) };

    /// Before a reaction is answered, notice is given that an appeal is open (*beroep openstellen*); the answer stays owed.
    open_appeal(OpenAppealInput -> OpenAppealPayload {}) |_check, _input| Command::OpenAppeal;

    /// A late complaint is treated all the same (*te late klacht toelaten*).
    admit_late_complaint(AdmitLateComplaintInput -> AdmitLateComplaintPayload {
        /// Why; at most 20,000 characters.
        reasons: String,
    }) |check, input| Command::AdmitLateComplaint { reasons: check.words("reasons", input.reasons) };

    /// The complaint will not be treated on its merits (*niet-ontvankelijk verklaren*).
    declare_inadmissible(DeclareInadmissibleInput -> DeclareInadmissiblePayload {
        /// On which ground; that it came late only while nobody has admitted it, which silence does too.
        ground: InadmissibilityGround,
        /// Why; at most 20,000 characters.
        reasons: String,
    }) |check, input| Command::DeclareInadmissible {
        ground: input.ground.into(),
        reasons: check.words("reasons", input.reasons),
    };

    /// More time is taken by notice (*verdagen*), where the regulation allows it.
    announce_extension(AnnounceExtensionInput -> AnnounceExtensionPayload {
        /// The new last day.
        until: GivenDate,
        /// Why; at most 20,000 characters.
        reasons: String,
    }) |check, input| Command::AnnounceExtension {
        until: check.day("until", input.until),
        reasons: check.words("reasons", input.reasons),
    };

    /// The complainant is asked to consent to more time (*uitstel vragen*).
    request_extension(RequestExtensionInput -> RequestExtensionPayload {
        /// The new last day.
        until: GivenDate,
        /// Why; at most 20,000 characters.
        reasons: String,
    }) |check, input| Command::RequestExtension {
        until: check.day("until", input.until),
        reasons: check.words("reasons", input.reasons),
    };

    /// A decider steps back (*zich verschonen*), and does not come back.
    recuse(RecuseInput -> RecusePayload {
        /// Why; at most 20,000 characters.
        reason: String,
    }) |check, input| Command::Recuse { reason: check.words("reason", input.reason) };
}
