//! Who saw and did what, in a complaint and with an account.

use async_graphql::{ID, SimpleObject};
use wederhoor_service::{Access, Activity, Happening};

use crate::{
    connection::connection,
    enums::{AccessKind, ActionKind, PartyKind, ViewerActivityKind},
    id::{Kind, Opaque, encode},
    object::people::NamedMember,
    scalar::Instant,
};

/// That somebody saw a complaint, or did something in it (*regel van het logboek*); never what stood there.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct AccessLogEntry {
    /// When, by the real clock; of what was seen, the first time in an hour.
    noted_at: Instant,
    /// What.
    kind: AccessKind,
    /// What they did; `null` for what was seen or filed.
    action: Option<ActionKind>,
    /// Who, if they signed in.
    member: Option<NamedMember>,
    /// The side they are on, if they came by an access link.
    party_kind: Option<PartyKind>,
    /// From which session, by which two of one person are told apart; `null` for an access link.
    session_id: Option<ID>,
}

impl From<Access> for AccessLogEntry {
    fn from(access: Access) -> Self {
        let (kind, command) = AccessKind::of(access.doing);
        Self {
            noted_at: Instant(access.at),
            kind,
            action: command.and_then(ActionKind::of),
            member: access.member.map(NamedMember::from),
            party_kind: access.party.map(PartyKind::from),
            session_id: access.session.map(|id| encode(Kind::Session, id)),
        }
    }
}

connection!(
    /// Who saw a complaint and who did something in it.
    AccessLogConnection,
    /// One row of who saw a complaint and who did something in it.
    AccessLogEdge,
    AccessLogEntry
);

/// What happened with the viewer's account, or was done by them (*activiteit*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ViewerActivity {
    /// When, by the real clock; of what was seen, the first time in an hour.
    noted_at: Instant,
    /// What.
    kind: ViewerActivityKind,
    /// What they did in a complaint; `null` for anything else.
    action: Option<ActionKind>,
    /// In which complaint; `null` for what happened with the account.
    complaint_id: Option<ID>,
    /// The name of the organisation that was signed in to, gone on in or administered, or that a token which was used again
    /// was for; `null` for anything else, and for an operator, who signs in to none.
    organisation_name: Option<String>,
    /// By which sign-in, or to which, as `signIns` names it while it lasts; `null` where it was by none.
    sign_in_id: Option<ID>,
}

impl From<Activity> for ViewerActivity {
    fn from(activity: Activity) -> Self {
        let kind = ViewerActivityKind::from(&activity.what);
        let (complaint, command, organisation_name) = match activity.what {
            Happening::Account(_, organisation) => (None, None, organisation),
            Happening::Complaint(complaint, doing) => {
                (Some(complaint), AccessKind::of(doing).1, None)
            }
        };
        Self {
            noted_at: Instant(activity.at),
            kind,
            action: command.and_then(ActionKind::of),
            complaint_id: complaint.map(Opaque::opaque),
            organisation_name,
            sign_in_id: activity.sign_in.map(|id| encode(Kind::SignIn, id)),
        }
    }
}

connection!(
    /// What happened with the viewer's account, and what they did.
    ViewerActivityConnection,
    /// One row of what happened with the viewer's account, and what they did.
    ViewerActivityEdge,
    ViewerActivity
);
