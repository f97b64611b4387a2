use wederhoor_procedure::Locale;

use super::*;

/// The id, the recipient and the reason of a bounce.
type Plain = (String, Option<String>, Option<String>);

fn read(body: &Value) -> Result<Vec<Plain>, String> {
    let all = bounces(body.clone());
    let plain = |one: Bounce| (one.message_id, one.recipient, one.reason);
    all.map(|all| all.into_iter().map(plain).collect())
        .map_err(|refused| {
            assert_eq!(refused.status, Some(StatusCode::BAD_REQUEST));
            refused.into_error(Locale::En).message
        })
}

#[test]
fn one_and_many_are_read() {
    let one = json!({ "messageId": "<1@klachten.example>" });
    let known = ("<1@klachten.example>".to_owned(), None, None);
    assert_eq!(read(&one), Ok(vec![known.clone()]));
    let other = json!({ "messageId": "2", "recipient": "noor@personen.example", "reason": "550", });
    let told = (
        "2".to_owned(),
        Some("noor@personen.example".to_owned()),
        Some("550".to_owned()),
    );
    assert_eq!(read(&json!([one, other])), Ok(vec![known, told]));
    let nothing = json!({ "messageId": "2", "recipient": null, "reason": null });
    assert_eq!(read(&nothing), Ok(vec![("2".to_owned(), None, None)]));
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_without_what_was_sent() {
    let id = json!({ "messageId": "1" });
    for (body, message) in [
        (json!([]), "Send 1 to 50 bounces at a time."),
        (
            json!(vec![id.clone(); 51]),
            "Send 1 to 50 bounces at a time.",
        ),
        (json!("noor"), "The body must be a JSON object."),
        (json!([id, 3]), "[1] must be a JSON object."),
        (json!({}), "messageId is missing."),
        (json!([id, {}]), "[1].messageId is missing."),
        (
            json!({ "messageId": "" }),
            "messageId must be a text of 1 to 998 characters.",
        ),
        (
            json!([{ "messageId": 7 }]),
            "[0].messageId must be a text of 1 to 998 characters.",
        ),
        (
            json!({ "messageId": "1", "recipient": ["noor"] }),
            "recipient must be a text of 1 to 320 characters.",
        ),
        (
            json!({ "messageId": "1", "reason": "x".repeat(4_001) }),
            "reason must be a text of 1 to 4000 characters.",
        ),
        (
            json!([{ "messageId": "1", "noor@personen.example": "x" }]),
            "[0].*: send only messageId, recipient and reason.",
        ),
    ] {
        assert_eq!(read(&body), Err(message.to_owned()), "{body}");
    }
}

/// A report on a letter to Noor, with what became of it.
fn report(status: &str, letter: &str) -> String {
    let report = format!(
        "From: MAILER-DAEMON@mail.example
To: klachten@organisatie.example
Subject: Undelivered Mail
Message-ID: <report@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_b\"

--=_b
Content-Type: text/plain; charset=us-ascii

It did not arrive.
--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon, 2 Mar 2026 09:00:00 +0100

{status}
--=_b
{letter}
--=_b--
"
    );
    report.replace('\n', "\r\n")
}

const FAILED: &str = "Final-Recipient: rfc822; noor@personen.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 nobody
    of that name";
const WHOLE: &str = "Content-Type: message/rfc822

From: klachten@organisatie.example
Message-ID: <0199@organisatie.example>
Subject: Nieuws

Er is nieuws.";
const HEADERS: &str = "Content-Type: text/rfc822-headers

From: klachten@organisatie.example
Message-ID: <0199@organisatie.example>";

fn reported(report: &str) -> Result<Vec<Plain>, Option<StatusCode>> {
    let all = super::report::bounces(report.as_bytes());
    let plain = |one: Bounce| (one.message_id, one.recipient, one.reason);
    all.map(|all| all.into_iter().map(plain).collect())
        .map_err(|refused| refused.status)
}

#[test]
fn a_report_tells_whom_a_letter_will_never_reach() {
    let noor = (
        "0199@organisatie.example".to_owned(),
        Some("noor@personen.example".to_owned()),
        Some("550 5.1.1 nobody of that name".to_owned()),
    );
    assert_eq!(reported(&report(FAILED, WHOLE)), Ok(vec![noor.clone()]));
    assert_eq!(reported(&report(FAILED, HEADERS)), Ok(vec![noor.clone()]));
    let later = FAILED.replace("failed", "delayed");
    assert_eq!(reported(&report(&later, WHOLE)), Ok(Vec::new()));
    let both = format!("{later}\n\n{FAILED}");
    assert_eq!(reported(&report(&both, WHOLE)), Ok(vec![noor]));
}

#[test]
fn what_is_no_report_is_refused() {
    let whole = report(FAILED, WHOLE);
    let bad = Err(Some(StatusCode::BAD_REQUEST));
    for other in [
        String::new(),
        "\u{0}\u{1}".to_owned(),
        whole.replace("multipart/report", "multipart/mixed"),
        whole.replace("message/delivery-status", "text/plain"),
        whole.replace("Message-ID: <0199", "X-Id: <0199"),
        "Subject: hallo\r\n\r\nIk ben er niet.".to_owned(),
    ] {
        assert_eq!(reported(&other), bad, "{other}");
    }
}
