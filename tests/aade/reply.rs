//! What answers mean. Whatever bytes come: never a crash, and never "done" unless it says so.

use proptest::prelude::*;
use tameio::aade::codes;
use tameio::aade::message::Operation;
use tameio::aade::reply::{Answer, NO_CODE};
use tameio::aade::simulator::rules;
use tameio::aade::transport::{HttpReply, REPLY_BYTES_MAX};
use tameio::aade::xml::{self, XmlError};
use tameio::domain::text::Language;

fn read(operation: Operation, status: u16, body: impl AsRef<[u8]>) -> Answer {
    Answer::read(operation, &HttpReply { status, body: body.as_ref().to_vec() })
}

fn response(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><ResponseDoc><response>{inside}</response></ResponseDoc>"#
    )
}

fn success(element: &str) -> String {
    response(&format!(
        "<index>1</index><{element}>100000000415877</{element}><statusCode>Success</statusCode>"
    ))
}

const DONE: Answer = Answer::Accepted { id: 100_000_000_415_877 };

fn is_unknown(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown { .. })
}

#[test]
fn each_operation_has_its_own_id() {
    for (operation, element) in [
        (Operation::Send, "newClientDclID"),
        (Operation::Update, "updatedClientDclID"),
        (Operation::Cancel, "cancellationID"),
        (Operation::Correlate, "correlateId"),
        (Operation::Correlate, "clientCorrelationID"),
    ] {
        assert_eq!(read(operation, 200, success(element)), DONE, "{element}");
        let other = if operation == Operation::Send { Operation::Update } else { Operation::Send };
        assert!(is_unknown(&read(other, 200, success(element))), "{element} is no answer to {other:?}");
    }
}

#[test]
fn lenient_where_it_does_no_harm() {
    let plain = success("newClientDclID");
    let pretty = plain.replace("><", ">\r\n  <");
    let default =
        plain.replace("<ResponseDoc>", r#"<ResponseDoc xmlns="http://www.aade.gr/x" xmlns:xsi="y">"#);
    let prefixed = r#"<r:ResponseDoc xmlns:r="u"><r:response><r:newClientDclID> 100000000415877 </r:newClientDclID><r:new/><r:statusCode><![CDATA[Success]]></r:statusCode></r:response></r:ResponseDoc>"#;
    let wide = plain.replace("utf-8", "utf-16");
    for body in
        [format!("\u{FEFF}{plain}"), format!("\n{plain}\n"), pretty, default, prefixed.to_owned(), wide]
    {
        assert_eq!(read(Operation::Send, 200, &body), DONE, "{body}");
    }
}

#[test]
fn refusals_carry_their_errors() {
    let body = response(
        "<index>1</index><errors><error><message>customerCountry is mandatory &amp; more\u{202E}</message>\
         <code>203</code></error><error><message/><code>-</code></error></errors>\
         <statusCode>ValidationError</statusCode>",
    );
    let Answer::Refused { errors } = read(Operation::Send, 200, body) else { panic!("not refused") };
    assert_eq!(errors[0].code, "203");
    assert_eq!(errors[0].message.as_str(), "customerCountry is mandatory & more");
    assert_eq!((errors[1].code.as_str(), errors[1].message.is_empty()), (NO_CODE, true));
    assert!(errors[0].told(Language::El).starts_with("Λείπει υποχρεωτικό στοιχείο"));
    assert!(errors[0].told(Language::En).ends_with("(203: customerCountry is mandatory & more)"));
    let bare = response("<statusCode>XMLSyntaxError</statusCode>");
    assert!(matches!(read(Operation::Send, 200, bare), Answer::Refused { errors } if errors.len() == 1));
}

#[test]
fn statuses_before_anything_is_read() {
    for operation in Operation::ALL {
        assert_eq!(read(operation, 401, "Aade-user-id header is missing"), Answer::Unauthorized);
        assert_eq!(read(operation, 429, ""), Answer::Throttled);
        let bad = read(operation, 400, "General Exception Error\u{7}");
        assert!(
            matches!(&bad, Answer::BadRequest { text } if text.as_str() == "General Exception Error"),
            "{bad:?}"
        );
        for status in [0, 201, 202, 204, 301, 302, 403, 404, 405, 408, 411, 500, 502, 503, 504, 999] {
            // Even a whole answer is not believed under a status that AADE does not use for answers.
            assert!(is_unknown(&read(operation, status, success("newClientDclID"))), "{status}");
        }
    }
}

#[test]
fn whatever_is_not_an_answer_is_unknown() {
    let good = success("newClientDclID");
    let deep = format!("{}{}", "<a>".repeat(33), "</a>".repeat(33));
    let doctype = format!("<!DOCTYPE r [<!ENTITY a \"b\">]>{}", good.split_once("?>").unwrap().1);
    let two = good.replace("</response>", "</response><response><statusCode>Success</statusCode></response>");
    let contradiction = good.replace("<statusCode>", "<errors><error/></errors><statusCode>");
    let long = good.replace("<index>", &format!("<a>{}</a><index>", "x".repeat(REPLY_BYTES_MAX)));
    let cases = [
        String::new(),
        " ".to_owned(),
        "<html><body>Bad gateway</body></html>".to_owned(),
        r#"{"statusCode":200,"message":"Success"}"#.to_owned(),
        response("<statusCode>TechnicalError</statusCode>"),
        response("<statusCode>Succes</statusCode>"),
        response("<newClientDclID>100000000415877</newClientDclID>"),
        response("<statusCode>Success</statusCode>"),
        response("<newClientDclID>-5</newClientDclID><statusCode>Success</statusCode>"),
        response("<newClientDclID>0</newClientDclID><statusCode>Success</statusCode>"),
        response("<newClientDclID>99999999999999999999</newClientDclID><statusCode>Success</statusCode>"),
        response("<newClientDclID>1e14</newClientDclID><statusCode>Success</statusCode>"),
        "<ResponseDoc/>".to_owned(),
        good.replace("ResponseDoc", "RequestedDoc"),
        good.replace("Success", "&undefined;"),
        format!("{good}{good}"),
        format!("{good}tail"),
        deep,
        doctype,
        two,
        contradiction,
        long,
    ];
    for body in cases {
        let answer = read(Operation::Send, 200, &body);
        assert!(is_unknown(&answer), "{answer:?} from {}", body.chars().take(200).collect::<String>());
    }
    assert!(is_unknown(&read(Operation::List, 200, good)));
    let utf_16: Vec<u8> = success("newClientDclID").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(is_unknown(&read(Operation::Send, 200, utf_16)));
}

#[test]
fn xml_is_bounded() {
    assert_eq!(xml::read(&vec![b' '; xml::BYTES_MAX + 1]), Err(XmlError::TooLong));
    assert_eq!(xml::read(&b"<a>".repeat(xml::DEPTH_MAX + 1)), Err(XmlError::TooDeep));
    assert_eq!(xml::read(b"<!DOCTYPE a><a/>"), Err(XmlError::DocType));
    assert_eq!(xml::read(b"<a>\xFF</a>"), Err(XmlError::NotText));
    assert_eq!(xml::read(b"<a>"), Err(XmlError::NotWhole));
    let nested = format!("{}{}", "<a>".repeat(xml::DEPTH_MAX), "</a>".repeat(xml::DEPTH_MAX));
    assert!(xml::read(nested.as_bytes()).is_ok());
}

/// Every prefix of a good answer: cut anywhere, it is not believed.
#[test]
fn half_an_answer_is_never_believed() {
    let good = success("newClientDclID");
    for end in 0..good.len() {
        assert!(is_unknown(&read(Operation::Send, 200, &good.as_bytes()[..end])), "{}", &good[..end]);
    }
}

/// Every byte of a good answer, changed to each of a handful of spiteful ones: never a crash, and accepted only under
/// an id that can still be read there.
#[test]
fn damaged_answers_do_no_harm() {
    let good = success("newClientDclID").into_bytes();
    for at in 0..good.len() {
        for byte in [0, b'<', b'>', b'&', b'"', b'0', b'9', 0x80, 0xFF] {
            let mut damaged = good.clone();
            damaged[at] = byte;
            if let Answer::Accepted { id } = read(Operation::Send, 200, &damaged) {
                let text = String::from_utf8(damaged).unwrap();
                assert!(text.contains(&id.to_string()) && text.contains("Success"), "{text}");
            }
        }
    }
}

/// Every code the simulator gives, and every other published one, has a sentence of its own in both languages.
#[test]
fn every_code_is_a_sentence() {
    let tables: [&[rules::Rule]; 5] =
        [&rules::SEND, &rules::UPDATE, &rules::CORRELATE, &rules::CANCEL, &rules::LIST];
    let given = tables.into_iter().flatten().map(|rule| rule.code);
    let published = (101..=105).chain(201..=222);
    for code in published.chain(given) {
        let explanation = codes::explain(&code.to_string());
        assert_eq!(explanation.code, code.to_string());
    }
    assert_eq!(codes::explain("-").code, "-");
    assert_eq!(codes::explain("777").code, "", "an unknown code has the general sentence");
    for explanation in &codes::EXPLANATIONS {
        assert!(explanation.el.ends_with('.') && explanation.en.ends_with('.'), "{explanation:?}");
        assert!(explanation.el.chars().any(|c| ('Α'..='ω').contains(&c)) && explanation.en.is_ascii());
        assert_eq!(explanation.get(Language::El), explanation.el);
    }
}

proptest! {
    #[test]
    fn any_bytes_have_a_meaning(bytes in proptest::collection::vec(any::<u8>(), 0..400), status in any::<u16>()) {
        for operation in Operation::ALL {
            let accepted = matches!(read(operation, status, &bytes), Answer::Accepted { .. });
            prop_assert!(!accepted);
        }
    }

    #[test]
    fn any_pieces_of_xml_have_a_meaning(
        pieces in proptest::collection::vec(
            prop::sample::select(vec![
                "<ResponseDoc>", "</ResponseDoc>", "<response>", "</response>", "<statusCode>", "</statusCode>",
                "Success", "ValidationError", "<newClientDclID>", "</newClientDclID>", "7", "<errors>", "</errors>",
                "<error>", "</error>", "<code>", "</code>", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#x7;",
                "&#1114112;", "<a ", "b='c'", "/>", ">", "<", "\u{FEFF}", "<?xml?>", " ",
            ]),
            0..40,
        )
    ) {
        let body = pieces.concat();
        if let Answer::Accepted { id } = read(Operation::Send, 200, &body) {
            prop_assert!(body.contains("Success") && body.contains("newClientDclID") && id > 0, "{body}");
        }
    }
}
