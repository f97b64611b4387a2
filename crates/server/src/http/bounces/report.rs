//! A delivery status notification (RFC 3464), as mail servers send it.

use axum::http::{HeaderMap, header::CONTENT_TYPE};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use wederhoor_service::Bounce;

use super::{LONGEST, MOST, Refused};

/// Whether the body is a letter as it stands.
pub(super) fn is_sent(headers: &HeaderMap) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|one| one.to_str().ok());
    let media = media.and_then(|media| media.split(';').next());
    media.is_some_and(|media| media.trim().eq_ignore_ascii_case("message/rfc822"))
}

/// Whom it says that a letter did not reach, nor ever will. Nobody, where it only took longer.
pub(super) fn bounces(bytes: &[u8]) -> Result<Vec<Bounce>, Refused> {
    let message = MessageParser::default().parse(bytes);
    let message = message.ok_or_else(no_report)?;
    let is_report = is_of(&message.parts[0], "multipart", "report");
    let status = message.parts.iter();
    let status = status.filter(|part| is_of(part, "message", "delivery-status"));
    let status = status
        .filter(|_| is_report)
        .find_map(MessagePart::text_contents);
    let status = status.ok_or_else(no_report)?.replace("\r\n", "\n");
    let failed: Vec<(Option<String>, Option<String>)> =
        status.split("\n\n").filter_map(of_recipient).collect();
    if failed.is_empty() {
        return Ok(Vec::new());
    }
    let message_id = message.parts.iter().find_map(id_of).ok_or_else(no_report)?;
    let one = |(recipient, reason)| Bounce {
        message_id: message_id.clone(),
        recipient,
        reason,
    };
    Ok(failed.into_iter().take(MOST).map(one).collect())
}

/// For whom delivery failed for good, and why; `None` of a group of fields that says something else.
fn of_recipient(group: &str) -> Option<(Option<String>, Option<String>)> {
    let group = format!("{}\n\n", group.trim_matches('\n'));
    let fields = MessageParser::new().parse_headers(&group)?;
    let [_, recipient, reason] = LONGEST.map(|(_, longest)| longest);
    let action = field(&fields, "Action")?;
    if !action.eq_ignore_ascii_case("failed") {
        return None;
    }
    let told = |name: &str, longest: usize| {
        let value = field(&fields, name)?;
        // `rfc822; noor@…`, `smtp; 550 …`
        let value = value.split_once(';').map_or(&*value, |(_, value)| value);
        let value: String = value.trim().chars().take(longest).collect();
        Some(value).filter(|value| !value.is_empty())
    };
    let recipient =
        told("Original-Recipient", recipient).or_else(|| told("Final-Recipient", recipient));
    let reason = told("Diagnostic-Code", reason).or_else(|| told("Status", reason));
    Some((recipient, reason))
}

fn field(fields: &Message<'_>, name: &str) -> Option<String> {
    let value = fields.header_raw(name)?;
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The id of the letter that is reported on, which stands in the report whole or by its headers.
fn id_of(part: &MessagePart<'_>) -> Option<String> {
    let [(_, longest), ..] = LONGEST;
    let id = match &part.body {
        PartType::Message(letter) => letter.message_id().map(str::to_owned),
        _ if is_of(part, "text", "rfc822-headers") => {
            let headers = format!("{}\n\n", part.text_contents()?.trim_matches(['\r', '\n']));
            let headers = MessageParser::default().parse_headers(&headers)?;
            headers.message_id().map(str::to_owned)
        }
        _ => None,
    };
    id.filter(|id| id.chars().count() <= longest)
}

fn is_of(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|media| {
        media.ctype().eq_ignore_ascii_case(kind)
            && media
                .subtype()
                .is_some_and(|one| one.eq_ignore_ascii_case(subtype))
    })
}

fn no_report() -> Refused {
    Refused::malformed([
        "Dit is geen bericht over bezorging (multipart/report met message/delivery-status, RFC 3464) met de brief of zijn koppen erbij.",
        "This is no delivery report (multipart/report with message/delivery-status, RFC 3464) with the letter or its headers.",
    ])
}
