//! What answers mean: yes, no, not there, later, not let in, and everything else is unknown.

use super::{FAMILIES, ours, rules, wash};
use tameio::aade::transport::HttpReply;
use tameio::domain::entry::Hindrance;
use tameio::domain::issuing::{Found, News};
use tameio::domain::provider::{Family, Heard};
use tameio::provider::reply::Answer;

fn reply(status: u16, body: &str) -> HttpReply {
    HttpReply { status, body: body.as_bytes().to_vec() }
}

fn xml(content: &str) -> String {
    format!("<ResponseDoc><response>{content}</response></ResponseDoc>")
}

/// One word for an answer to a document handed over.
fn word(family: Family, status: u16, body: &str) -> &'static str {
    match Answer::to_send(&rules(family), &reply(status, body)) {
        Answer::Accepted(_) => "accepted",
        Answer::Refused { .. } => "refused",
        Answer::Objected { .. } => "objected",
        Answer::Absent => "absent",
        Answer::Throttled => "throttled",
        Answer::Unauthorized => "unauthorized",
        Answer::Pending => "pending",
        Answer::Unknown { .. } => "unknown",
    }
}

#[test]
fn json_is_read_strictly() {
    let json = Family::Json;
    let cases = [
        (200, r#"{"status":"issued","my_data_mark":"400001900000001"}"#, "accepted"),
        (201, r#"{"status":"issued","my_data_mark":400001900000001}"#, "accepted"),
        (200, r#"{"my_data_mark":400001900000001}"#, "accepted"),
        (200, r#"{"status":"issued"}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":null}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":"x"}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":-4}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":{"a":1}}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":1,"my_data_mark":2}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":1,"my_data_mark":null}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":null,"my_data_mark":1}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":[1,2]}"#, "unknown"),
        (200, r#"{"status":"issued","status":"rejected","my_data_mark":1}"#, "unknown"),
        (200, r#"{"status":"issued","my_data_mark":1,"errors":[{"code":"203"}]}"#, "unknown"),
        (200, r#"{"status":"rejected","errors":[{"code":"203","message":"no"}]}"#, "refused"),
        (200, r#"{"errors":[{"message":"no"}]}"#, "refused"),
        (200, r#"{"status":"rejected"}"#, "refused"),
        (200, r#"{"status":"rejected","my_data_mark":1}"#, "unknown"),
        (200, r#"{"status":"rejected","errors":[{"code":"206"}]}"#, "unknown"),
        (202, r#"{"status":"pending","my_data_mark":null}"#, "pending"),
        (200, r#"{"status":"dreaming"}"#, "unknown"),
        (200, r#"{}"#, "unknown"),
        (200, "[]", "unknown"),
        (200, "", "unknown"),
        (200, "<html></html>", "unknown"),
        (422, r#"{"errors":[{"code":"TAKEN","message":"taken"}]}"#, "refused"),
        (422, "", "objected"),
        (409, r#"{"my_data_mark":7,"errors":[{"code":"TAKEN"}]}"#, "unknown"),
        (400, r#"{"errors":[{"code":"X"}]}"#, "objected"),
        (400, "bad", "objected"),
        (401, "", "unauthorized"),
        (403, "", "unauthorized"),
        (429, "", "throttled"),
        (404, r#"{"error":"no"}"#, "unknown"),
        (500, r#"{"status":"issued","my_data_mark":1}"#, "unknown"),
        (302, "", "unknown"),
    ];
    for (status, body, expected) in cases {
        assert_eq!(word(json, status, body), expected, "{status} {body}");
    }
}

#[test]
fn xml_is_read_strictly() {
    let yes = "<statusCode>Success</statusCode><invoiceMark>7</invoiceMark>";
    let cases = [
        (xml(yes), "accepted"),
        (xml("<statusCode>Success</statusCode>"), "unknown"),
        (xml("<statusCode>Suc<b/>cess</statusCode><invoiceMark>7</invoiceMark>"), "unknown"),
        (xml("<statusCode>Success</statusCode><invoiceMark>7<b/></invoiceMark>"), "unknown"),
        (xml(&format!("{yes}{yes}")), "unknown"),
        (
            format!("<ResponseDoc><response>{yes}</response><response>{yes}</response></ResponseDoc>"),
            "unknown",
        ),
        (
            xml("<statusCode>ValidationError</statusCode><errors><error><code>203</code></error></errors>"),
            "refused",
        ),
        (xml("<statusCode>ValidationError</statusCode><invoiceMark>7</invoiceMark>"), "unknown"),
        (xml("<statusCode>ValidationError</statusCode><invoiceMark>0</invoiceMark>"), "refused"),
        (xml("<statusCode>TechnicalError</statusCode>"), "unknown"),
        (xml(&format!("{yes}<errors><error><code>1</code></error></errors>")), "unknown"),
        ("<html/>".to_owned(), "unknown"),
        (r#"{"status":"issued","my_data_mark":1}"#.to_owned(), "unknown"),
    ];
    for (body, expected) in cases {
        assert_eq!(word(Family::Xml, 200, &body), expected, "{body}");
    }
    assert_eq!(word(Family::Xml, 422, &xml("<errors><error><code>1</code></error></errors>")), "unknown");
}

#[test]
fn a_look_up_finds_ours_or_nothing_or_does_not_know() {
    let ours = ours(&wash(7));
    let found = |family, status, body: &str| {
        Found::from(Answer::to_look_up(&rules(family), &reply(status, body), &ours))
    };
    let absent =
        xml("<statusCode>ValidationError</statusCode><errors><error><code>104</code></error></errors>");
    assert_eq!(found(Family::Xml, 200, &absent), Found::Absent);
    assert_eq!(found(Family::Json, 404, r#"{"error":"none"}"#), Found::Absent);
    assert_eq!(found(Family::Json, 404, ""), Found::Absent);
    let there = r#"{"status":"issued","my_data_mark":9,"num":7,"total_amount":"12.00"}"#;
    assert!(matches!(found(Family::Json, 200, there), Found::There { mark: 9, .. }));
    let hindered = |found| match found {
        Found::Incomplete { hindrance, .. } => hindrance,
        other => panic!("{other:?}"),
    };
    let cases = [
        // A gateway's page proves nothing.
        (404, "<!DOCTYPE html><p>no</p>", Hindrance::Link),
        (500, "", Hindrance::Link),
        (200, "", Hindrance::Link),
        // Somebody else's document under our key.
        (200, r#"{"status":"issued","my_data_mark":9,"num":8,"total_amount":12}"#, Hindrance::Link),
        (200, r#"{"status":"issued","my_data_mark":9,"num":7,"total_amount":12.01}"#, Hindrance::Link),
        (200, r#"{"status":"pending"}"#, Hindrance::Throttled),
        (200, r#"{"status":"rejected","errors":[{"code":"7"}]}"#, Hindrance::Refused),
        (401, "", Hindrance::Credentials),
        (429, "", Hindrance::Throttled),
    ];
    for (status, body, expected) in cases {
        assert_eq!(hindered(found(Family::Json, status, body)), expected, "{status} {body}");
    }
    let both = xml("<invoiceMark>7</invoiceMark><errors><error><code>104</code></error></errors>");
    assert_eq!(hindered(found(Family::Xml, 200, &both)), Hindrance::Link);
}

#[test]
fn what_came_is_kept_as_it_was() {
    let body = r#"{"status":"issued","my_data_mark":9,"my_data_uid":"e2824fd44d7731a43197eb725f0a68ca175fe0b0","authentication_code":"AB12","qr_url":"https://p.example/x?y=1"}"#;
    let News::Accepted { mark, uid, qr, authentication } =
        Answer::to_send(&rules(Family::Json), &reply(200, body)).into()
    else {
        panic!("accepted")
    };
    assert_eq!((mark, uid.as_deref()), (9, Some("E2824FD44D7731A43197EB725F0A68CA175FE0B0")));
    assert_eq!(qr.as_deref(), Some("https://p.example/x?y=1"));
    assert_eq!(authentication.map(|code| code.to_string()).as_deref(), Some("AB12"));
    // Another provider's names.
    let mut other = rules(Family::Json);
    other.heard.insert(Heard::Mark, "invoice.mydata.mark".to_owned());
    other.heard.remove(&Heard::Status);
    let body = r#"{"status":7,"invoice":[{"mydata":{"mark":12}}]}"#;
    assert!(matches!(Answer::to_send(&other, &reply(200, body)), Answer::Accepted(yes) if yes.mark == 12));
    for family in FAMILIES {
        assert!(!rules(family).meanings.yes.is_empty());
    }
}
