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

/// The names of ids with the operation each belongs to.
const IDS: [(Operation, &str); 5] = [
    (Operation::Send, "newClientDclID"),
    (Operation::Update, "updatedClientDclID"),
    (Operation::Cancel, "cancellationID"),
    (Operation::Correlate, "correlateId"),
    (Operation::Correlate, "clientCorrelationID"),
];

/// A body is no answer to any operation, whichever operation's good answer it was made of.
fn check_unknown(what: &str, made: impl Fn(&str) -> Vec<u8>) {
    for (_, element) in IDS {
        let body = made(&success(element));
        for operation in Operation::ALL {
            let answer = read(operation, 200, &body);
            assert!(is_unknown(&answer), "{what}, of {element}, to {operation:?}: {answer:?}");
        }
    }
}

/// As [`check_unknown`], for what is made of text.
fn check_unknown_text(what: &str, made: impl Fn(&str) -> String) {
    check_unknown(what, |good| made(good).into_bytes());
}

#[test]
fn each_operation_has_its_own_id() {
    for (operation, element) in IDS {
        for asked in Operation::ALL {
            let answer = read(asked, 200, success(element));
            if asked == operation {
                assert_eq!(answer, DONE, "{element}");
            } else {
                assert!(is_unknown(&answer), "{element} is no answer to {asked:?}");
            }
        }
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
fn xml_is_bounded() {
    assert_eq!(xml::read(&vec![b' '; xml::BYTES_MAX + 1]), Err(XmlError::TooLong));
    assert_eq!(xml::read(&b"<a>".repeat(xml::DEPTH_MAX + 1)), Err(XmlError::TooDeep));
    assert_eq!(xml::read(b"<!DOCTYPE a><a/>"), Err(XmlError::DocType));
    assert_eq!(xml::read(b"<a>\xFF</a>"), Err(XmlError::NotText));
    assert_eq!(xml::read(b"<a>"), Err(XmlError::NotWhole));
    let nested = format!("{}{}", "<a>".repeat(xml::DEPTH_MAX), "</a>".repeat(xml::DEPTH_MAX));
    assert!(xml::read(nested.as_bytes()).is_ok());
    check_unknown_text("a deep answer", |good| {
        good.replace("<index>", &format!("{}{}<index>", "<a>".repeat(31), "</a>".repeat(31)))
    });
}

#[test]
fn what_stands_around_other_elements_is_no_value() {
    let root = xml::read("<r><a> x </a><a>y<b/>z</a><a/><a><![CDATA[w]]></a></r>".as_bytes()).unwrap();
    assert_eq!(root.values("a").collect::<Vec<_>>(), ["x", "w"]);
    assert_eq!((root.value("a"), root.value("b"), root.own_text()), (Some("x"), None, None));
}

/// Every prefix of a good answer and of a refusal: cut anywhere, it is neither.
#[test]
fn half_an_answer_is_never_believed() {
    let refusal =
        response("<errors><error><code>203</code></error></errors><statusCode>ValidationError</statusCode>");
    let good = IDS.map(|(_, element)| success(element));
    for whole in good.iter().chain([&refusal]) {
        for end in 0..whole.len() {
            for operation in Operation::ALL {
                assert!(is_unknown(&read(operation, 200, &whole.as_bytes()[..end])), "{}", &whole[..end]);
            }
        }
    }
}

#[test]
fn an_oversized_answer_is_unknown() {
    let fill = "x".repeat(REPLY_BYTES_MAX);
    check_unknown_text("a long text", |good| good.replace("<index>", &format!("<a>{fill}</a><index>")));
    check_unknown_text("a long comment", |good| format!("{good}<!--{fill}-->"));
    check_unknown_text("much white space", |good| format!("{good}{}", " ".repeat(REPLY_BYTES_MAX)));
    check_unknown_text("a long number", |good| {
        good.replace(">100000000415877", &format!(">{}100000000415877", "0".repeat(REPLY_BYTES_MAX)))
    });
    check_unknown_text("many elements", |good| {
        good.replace("<index>", &format!("{}<index>", "<a/>".repeat(REPLY_BYTES_MAX / 4)))
    });
    check_unknown("nothing but noughts", |_| vec![0; REPLY_BYTES_MAX + 1]);
    let exactly = |good: &str| format!("{good}{}", " ".repeat(REPLY_BYTES_MAX - good.len()));
    assert_eq!(
        read(Operation::Send, 200, exactly(&success("newClientDclID"))),
        DONE,
        "the longest that is read"
    );
}

#[test]
fn what_is_not_xml_is_unknown() {
    check_unknown_text("nothing at all", |_| String::new());
    check_unknown_text("white space", |_| " \r\n\t".to_owned());
    check_unknown_text("words", |_| "Success 100000000415877".to_owned());
    check_unknown_text("JSON of the gateway", |_| {
        r#"{ "statusCode": 200, "message": "Success" }"#.to_owned()
    });
    check_unknown("UTF-16", |good| good.encode_utf16().flat_map(u16::to_le_bytes).collect());
    check_unknown("Greek of Windows", |good| [good.as_bytes(), b"<!--\xC5\xF0\xE9-->"].concat());
    check_unknown_text("two documents", |good| format!("{good}{good}"));
    check_unknown_text("words after it", |good| format!("{good}tail"));
}

#[test]
fn a_document_type_is_unknown() {
    let bare = |good: &str| good.split_once("?>").unwrap().1.to_owned();
    check_unknown_text("a document type", |good| format!("<!DOCTYPE ResponseDoc>{}", bare(good)));
    check_unknown_text("an entity", |good| {
        format!("<!DOCTYPE r [<!ENTITY y \"Success\">]>{}", bare(good).replace("Success", "&y;"))
    });
    check_unknown_text("a file", |good| format!("<!DOCTYPE r SYSTEM \"file:///etc/passwd\">{}", bare(good)));
    let laughs = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)));
    let laughs: String = std::iter::once("<!ENTITY l0 \"lol\">".to_owned()).chain(laughs).collect();
    check_unknown_text("a billion laughs", |good| {
        format!("<!DOCTYPE r [{laughs}]>{}", bare(good).replace("Success", "&l9;"))
    });
    check_unknown_text("an entity nobody declared", |good| good.replace("Success", "&y;"));
}

#[test]
fn another_root_is_unknown() {
    for root in ["ResponsesDoc", "responsedoc", "RequestedDoc", "response", "html", "error"] {
        check_unknown_text(root, |good| good.replace("ResponseDoc", root));
    }
    check_unknown_text("an envelope", |good| {
        format!("<Envelope><Body>{}</Body></Envelope>", good.split_once("?>").unwrap().1)
    });
}

#[test]
fn another_status_word_is_unknown() {
    for word in
        ["TechnicalError", "success", "SUCCESS", "Succes", "Successful", "Pending", "200", "true", "Επιτυχία"]
    {
        check_unknown_text(word, |good| good.replace("Success", word));
    }
    check_unknown_text("no status", |good| good.replace("<statusCode>Success</statusCode>", ""));
    check_unknown_text("an empty status", |good| good.replace("Success", ""));
    check_unknown_text("a status further in", |good| {
        good.replace("<statusCode>Success</statusCode>", "<inner><statusCode>Success</statusCode></inner>")
    });
    check_unknown_text("a status with something in it", |good| good.replace("Success", "Suc<b/>cess"));
    let no = "<statusCode>ValidationError</statusCode>";
    check_unknown_text("yes, then no", |good| good.replace("</response>", &format!("{no}</response>")));
    check_unknown_text("no, then yes", |good| good.replace("<index>", &format!("{no}<index>")));
}

#[test]
fn a_proxys_page_is_unknown_and_a_gateways_refusal_is_what_its_status_says() {
    let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><br></body></html>";
    let plain = "<html><body>Success</body></html>";
    let json = r#"{ "statusCode": 401, "message": "Access denied due to invalid subscription key." }"#;
    for operation in Operation::ALL {
        for status in [200, 302, 502, 503] {
            assert!(is_unknown(&read(operation, status, page)), "{operation:?} {status}");
            assert!(is_unknown(&read(operation, status, plain)), "{operation:?} {status}");
        }
        assert_eq!(read(operation, 401, json), Answer::Unauthorized, "{operation:?}");
        assert_eq!(read(operation, 429, json), Answer::Throttled, "{operation:?}");
        assert!(is_unknown(&read(operation, 500, json)), "{operation:?}");
    }
}

#[test]
fn a_success_that_names_no_single_number_is_unknown() {
    const ID: &str = "100000000415877";
    for number in
        ["", " ", "0", "-5", "1e14", "0x10", "100000000415877.0", "9223372036854775808", "1<b/>5", "ένα"]
    {
        check_unknown_text(number, |good| good.replace(ID, number));
    }
    check_unknown_text("no number", |good| {
        IDS.iter()
            .fold(good.to_owned(), |body, (_, name)| body.replace(&format!("<{name}>{ID}</{name}>"), ""))
    });
    check_unknown_text("two numbers", |good| {
        IDS.iter().fold(good.to_owned(), |body, (_, name)| {
            body.replace(&format!("<{name}>"), &format!("<{name}>7</{name}><{name}>"))
        })
    });
    check_unknown_text("errors beside it", |good| good.replace("<statusCode>", "<errors/><statusCode>"));
    let both = |seen: &str| {
        response(&format!(
            "<correlateId>5</correlateId><clientCorrelationID>{seen}</clientCorrelationID><statusCode>Success</statusCode>"
        ))
    };
    assert_eq!(read(Operation::Correlate, 200, both("5")), Answer::Accepted { id: 5 });
    assert!(is_unknown(&read(Operation::Correlate, 200, both("6"))));
}

/// A refusal may stand beside empty numbers, as a writer that knows no absence leaves them; with a number it may have
/// done something, and is asked about.
#[test]
fn a_refusal_with_a_number_is_unknown() {
    for word in ["ValidationError", "XMLSyntaxError"] {
        check_unknown_text(word, |good| good.replace("Success", word));
        for (_, name) in IDS {
            for number in ["", "0"] {
                let body = success(name).replace("100000000415877", number).replace("Success", word);
                for operation in Operation::ALL {
                    let answer = read(operation, 200, &body);
                    assert!(matches!(answer, Answer::Refused { .. }), "{operation:?}: {answer:?}");
                }
            }
        }
    }
}

#[test]
fn anything_but_one_response_is_unknown() {
    let second = |inside: &str| format!("</response><response>{inside}</response>");
    for inside in ["", "<statusCode>Success</statusCode>", "<statusCode>ValidationError</statusCode>"] {
        check_unknown_text("two responses", |good| good.replace("</response>", &second(inside)));
    }
    check_unknown_text("the same twice", |good| {
        let one =
            good.split_once("<ResponseDoc>").unwrap().1.split_once("</ResponseDoc>").unwrap().0.to_owned();
        good.replace("</ResponseDoc>", &format!("{one}</ResponseDoc>"))
    });
    check_unknown_text("none", |_| "<ResponseDoc/>".to_owned());
    check_unknown_text("one further in", |good| {
        good.replace("<response>", "<responses><response>").replace("</response>", "</response></responses>")
    });
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
