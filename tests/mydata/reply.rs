//! What answers mean: only what is provably accepted or provably refused is either.

use super::reference;
use tameio::aade::transport::HttpReply;
use tameio::domain::issuing::Objection;
use tameio::domain::text::Language;
use tameio::mydata::codes::{EXPLANATIONS, explain, told};
use tameio::mydata::reply::{Accepted, Answer, NO_CODE, TECHNICAL_BYTES_MAX};
use tameio::mydata::request::Operation;

fn of(status: u16, body: &str) -> HttpReply {
    HttpReply { status, body: body.as_bytes().to_vec() }
}

fn response(content: &str, status: &str) -> String {
    format!("<response>{content}<statusCode>{status}</statusCode></response>")
}

fn document(responses: &[String]) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><ResponseDoc>{}</ResponseDoc>", responses.concat())
}

fn read(content: &str, status: &str) -> Answer {
    Answer::read(Operation::Send, &of(200, &document(&[response(content, status)])))
}

const MARK: &str = "<invoiceMark>400001951234567</invoiceMark>";
const ERRORS: &str = "<errors><error><message>όχι</message><code>203</code></error></errors>";

fn is_unknown(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown { why, .. } if !why.is_empty())
}

#[test]
fn the_examples_are_understood() {
    let Some(folder) = reference("examples/mydata") else { return };
    let read = |operation, file: &str| {
        Answer::read(operation, &HttpReply { status: 200, body: std::fs::read(folder.join(file)).unwrap() })
    };
    let Answer::Accepted(Accepted { mark, uid, qr, authentication }) =
        read(Operation::Send, "response-success-erp.xml")
    else {
        panic!()
    };
    assert_eq!(mark, 400_001_951_234_567);
    assert_eq!(uid.unwrap().as_str(), "E2824FD44D7731A43197EB725F0A68CA175FE0B0");
    assert_eq!(qr.unwrap(), "https://mydataapidev.aade.gr/TimologioQR/QRInfo?q=OPAQUE-TOKEN");
    assert_eq!(authentication, None);
    let provider = read(Operation::Send, "response-success-provider.xml");
    assert!(matches!(provider, Answer::Accepted(Accepted { authentication: Some(_), .. })));
    let cancelled = read(Operation::Cancel, "response-cancel.xml");
    assert!(matches!(cancelled, Answer::Accepted(Accepted { mark: 400_001_951_239_999, .. })));
    let Answer::Refused { errors } = read(Operation::Send, "response-validation-error.xml") else { panic!() };
    assert_eq!(errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>(), ["203", "208"]);
    // The same yes to another question is none.
    assert!(is_unknown(&read(Operation::Pay, "response-success-erp.xml")));
    assert!(is_unknown(&read(Operation::Transmitted, "response-success-erp.xml")));
}

#[test]
fn a_yes_that_is_not_whole_is_unknown() {
    for content in [
        String::new(),
        "<invoiceMark/>".to_owned(),
        "<invoiceMark>0</invoiceMark>".to_owned(),
        "<invoiceMark>-4</invoiceMark>".to_owned(),
        "<invoiceMark>4x</invoiceMark>".to_owned(),
        "<invoiceMark>99999999999999999999</invoiceMark>".to_owned(),
        "<invoiceMark>4<b/></invoiceMark>".to_owned(),
        "<cancellationMark>4</cancellationMark>".to_owned(),
        format!("{MARK}{MARK}"),
        format!("{MARK}{ERRORS}"),
        format!("{MARK}<errors/>"),
        format!("<index>2</index>{MARK}"),
        format!("<index>x</index>{MARK}"),
    ] {
        assert!(is_unknown(&read(&content, "Success")), "{content}");
    }
    assert!(is_unknown(&read(MARK, "TechnicalError")));
    assert!(is_unknown(&read(MARK, "success")));
    assert!(is_unknown(&read(MARK, "")));
    assert!(is_unknown(&read(&format!("{MARK}<statusCode>ValidationError</statusCode>"), "Success")));
    let twice = document(&[response(MARK, "Success"), response(MARK, "Success")]);
    assert!(is_unknown(&Answer::read(Operation::Send, &of(200, &twice))));
    assert!(is_unknown(&Answer::read(Operation::Send, &of(200, &document(&[])))));
}

#[test]
fn a_no_is_one_only_without_a_number() {
    for status in ["ValidationError", "XMLSyntaxError"] {
        assert!(matches!(read(ERRORS, status), Answer::Refused { errors } if errors[0].code == "203"));
        let Answer::Refused { errors } = read("", status) else { panic!() };
        assert_eq!((errors[0].code.as_str(), errors[0].message.as_str()), (NO_CODE, status));
        assert!(is_unknown(&read(&format!("{MARK}{ERRORS}"), status)));
        for number in [
            "<cancellationMark>4</cancellationMark>",
            "<invoiceMark>4x</invoiceMark>",
            "<invoiceMark><b/></invoiceMark>",
        ] {
            assert!(is_unknown(&read(&format!("{number}{ERRORS}"), status)), "{number}");
        }
        let nought = format!("<invoiceMark>0</invoiceMark><invoiceMark/>{ERRORS}");
        assert!(matches!(read(&nought, status), Answer::Refused { .. }), "a nought is a number left empty");
    }
    assert!(is_unknown(&read(ERRORS, "TechnicalError")));
    for technical in ["206", "330"] {
        assert!(is_unknown(&read(&ERRORS.replace("203", technical), "ValidationError")), "{technical}");
    }
}

#[test]
fn each_document_of_a_message_has_its_own_answer() {
    let index = |n: usize, rest: &str| format!("<index>{n}</index>{rest}");
    let each = |responses: &[String], count| {
        Answer::read_each(Operation::Send, &of(200, &document(responses)), count)
    };
    let yes = |n| response(&index(n, MARK), "Success");
    let no = |n| response(&index(n, ERRORS), "ValidationError");
    let answers = each(&[no(2), yes(1), yes(3)], 3);
    assert!(matches!(answers.as_slice(), [Answer::Accepted(_), Answer::Refused { .. }, Answer::Accepted(_)]));
    let answers = each(&[yes(1), yes(1), no(2)], 3);
    assert!(
        is_unknown(&answers[0]) && matches!(answers[1], Answer::Refused { .. }) && is_unknown(&answers[2])
    );
    for strange in [vec![yes(1), yes(4), no(2)], vec![yes(0), no(1)], vec![response(MARK, "Success"), no(1)]]
    {
        assert!(each(&strange, 3).iter().all(is_unknown), "{strange:?}");
    }
    let whole = each(&[response(ERRORS, "XMLSyntaxError")], 3);
    assert!(whole.iter().all(|answer| matches!(answer, Answer::Refused { .. })) && whole.len() == 3);
    assert!(each(&[response(MARK, "Success")], 3).iter().all(is_unknown));
}

#[test]
fn what_is_not_mydatas_own_keeps_its_beginning() {
    let long = format!("<html>{}", "ώ".repeat(5_000));
    for status in [200, 204, 302, 403, 404, 500, 502, 503] {
        let Answer::Unknown { technical: Some(technical), .. } =
            Answer::read(Operation::Send, &of(status, &long))
        else {
            panic!("{status}")
        };
        assert_eq!(technical.status, status);
        assert!(
            technical.text.starts_with("<html>ώώ") && technical.text.chars().count() <= TECHNICAL_BYTES_MAX
        );
    }
    let plain = Answer::read(Operation::Cancel, &of(400, "mark is missing"));
    assert!(matches!(plain, Answer::BadRequest(technical) if technical.text == "mark is missing"));
    assert_eq!(Answer::read(Operation::Send, &of(401, "x")), Answer::Unauthorized);
    assert_eq!(Answer::read(Operation::Send, &of(429, "x")), Answer::Throttled);
}

#[test]
fn only_an_address_becomes_a_qr() {
    let qr = |text: &str| match read(&format!("{MARK}<qrUrl>{text}</qrUrl>"), "Success") {
        Answer::Accepted(accepted) => accepted.qr,
        other => panic!("{other:?}"),
    };
    assert_eq!(qr("https://x/?a=1&amp;b=2").as_deref(), Some("https://x/?a=1&b=2"));
    for none in ["", "javascript:x", "https://x y", "https://ώ", &format!("https://{}", "x".repeat(3_000))] {
        assert_eq!(qr(none), None, "{none}");
    }
}

#[test]
fn codes_are_told_in_words() {
    for pair in EXPLANATIONS.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} before {}", pair[0].code, pair[1].code);
    }
    for explanation in EXPLANATIONS {
        assert!(explanation.el.ends_with('.') && explanation.en.ends_with('.'), "{}", explanation.code);
    }
    let error = Objection { code: "319".to_owned(), message: "Υπέρβαση".to_owned().into() };
    assert_eq!(
        told(&error, Language::En),
        "The credit is over more than what is left of the document. (319: Υπέρβαση)"
    );
    assert_eq!(explain("999").code, "");
}
