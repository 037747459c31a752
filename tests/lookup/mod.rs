//! Who a tax number belongs to: what is asked, what is understood, and that both simulated services are strict.

use crate::aade::clock_at;
use jiff::Timestamp;
use std::net::SocketAddr;
use std::sync::Arc;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::aade::simulator::{Delivery, Fault, Kind};
use tameio::aade::transport::{HttpReply, HttpRequest, HttpTransport, Method};
use tameio::domain::counterparty::{Answer, Counterparty, Finding, Hitch, Looked, Register};
use tameio::domain::customer::TaxNumber;
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::lookup::codes::EXPLANATIONS;
use tameio::lookup::registry::{self, RegistryAnswer, RegistryQuestion};
use tameio::lookup::services::Services;
use tameio::lookup::simulator::{Call, FaultRule, FaultScript, Options, Simulator};
use tameio::lookup::vies::{self, ViesAnswer, to_http};
use tameio::lookup::worker::{ask_registry, ask_vies};
use tokio::io::AsyncReadExt;

fn now() -> Timestamp {
    "2026-10-05T15:42:00Z".parse().unwrap()
}

fn reply(simulator: &mut Simulator, request: &HttpRequest) -> HttpReply {
    match simulator.handle(now(), request) {
        Delivery::Reply { status, body, .. } => HttpReply { status, body },
        other => panic!("no reply but {other:?}"),
    }
}

fn ask(simulator: &mut Simulator, question: &RegistryQuestion, credentials: &Credentials) -> RegistryAnswer {
    RegistryAnswer::read(question, &reply(simulator, &question.to_http(credentials)))
}

fn asked(afm: &str) -> RegistryAnswer {
    ask(&mut Simulator::default(), &RegistryQuestion::new(afm), &Credentials::demo())
}

fn code(answer: &RegistryAnswer) -> &str {
    match answer {
        RegistryAnswer::Refused { code, .. } => code,
        other => panic!("not refused but {other:?}"),
    }
}

#[test]
fn the_envelope_byte_for_byte() {
    let question = RegistryQuestion {
        asked_for: Some("999999993".to_owned()),
        as_on: Some("2026-10-05".parse().unwrap()),
        ..RegistryQuestion::new("094014201")
    };
    let request = question.to_http(&Credentials::new("u<ser", "p&ss"));
    assert_eq!(
        (request.method, request.path_and_query.as_str()),
        (Method::Post, "/wsaade/RgWsPublic2/RgWsPublic2")
    );
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <env:Envelope xmlns:env=\"http://www.w3.org/2003/05/soap-envelope\" \
         xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\" \
         xmlns:s=\"http://rgwspublic2/RgWsPublic2Service\" xmlns:r=\"http://rgwspublic2/RgWsPublic2\">\
         <env:Header><w:Security><w:UsernameToken><w:Username>u&lt;ser</w:Username>\
         <w:Password>p&amp;ss</w:Password></w:UsernameToken></w:Security></env:Header>\
         <env:Body><s:rgWsPublic2AfmMethod><s:INPUT_REC><r:afm_called_by>999999993</r:afm_called_by>\
         <r:afm_called_for>094014201</r:afm_called_for><r:as_on_date>2026-10-05</r:as_on_date>\
         </s:INPUT_REC></s:rgWsPublic2AfmMethod></env:Body></env:Envelope>"
    );
}

#[test]
fn a_business_is_found_with_its_spaces_trimmed() {
    let RegistryAnswer::Found(business) = asked("999999993") else { panic!() };
    assert_eq!(business.name.as_str(), "ΠΛΥΝΤΗΡΙΟ ΠΑΡΑΔΕΙΓΜΑ Μ. ΙΚΕ");
    assert_eq!(business.tax_office.as_str(), "Α΄ ΑΘΗΝΩΝ");
    assert_eq!((business.street.as_str(), business.street_number.as_str()), ("ΠΑΡΑΔΕΙΓΜΑΤΟΣ", "10"));
    assert!(business.legal_form.is_empty(), "what is nil is empty");
    assert_eq!((business.active, business.normal_vat, business.ended), (true, Some(true), None));
    assert_eq!(business.began, Some("1999-01-15".parse().unwrap()));
    let codes: Vec<_> = business.activities.iter().map(|activity| activity.code.as_str()).collect();
    assert_eq!(codes, ["45201100", "52211000"], "the main activity first");
    let RegistryAnswer::Found(closed) = asked("123456783") else { panic!() };
    assert_eq!((closed.active, closed.ended), (false, Some("2020-12-31".parse().unwrap())));
}

#[test]
fn what_is_not_found_is_said_in_words() {
    assert_eq!(asked("094014201"), RegistryAnswer::Nobody);
    assert_eq!(asked("094259216"), RegistryAnswer::NoBusiness);
    assert_eq!(code(&asked("123456789")), "WRONG_AFM");
    assert_eq!(code(&asked("")), "NO_INPUT_PARAMETERS");
    let wrong = Credentials::new("demo", "wrong");
    let question = RegistryQuestion::new("999999993");
    let refused = ask(&mut Simulator::default(), &question, &wrong);
    assert_eq!(code(&refused), "TOKEN_USERNAME_NOT_AUTHENTICATED");
    let Answer::Hitch(hitch) = Answer::from(refused) else { panic!("it was refused") };
    assert!(hitch.holds_for_all(), "another number would be refused, too");
    let other = RegistryQuestion { asked_for: Some("888888880".to_owned()), ..question.clone() };
    assert_eq!(
        code(&ask(&mut Simulator::default(), &other, &Credentials::demo())),
        "AFM_CALLED_BY_NOT_FOUND"
    );
    let mut simulator = Simulator::new(Options { daily_max: 1, ..Options::default() });
    assert!(matches!(ask(&mut simulator, &question, &Credentials::demo()), RegistryAnswer::Found(_)));
    assert_eq!(
        code(&ask(&mut simulator, &question, &Credentials::demo())),
        "MAX_DAILY_USERNAME_CALLS_EXCEEDED"
    );
    assert!(EXPLANATIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
}

/// The envelope is read to the letter: every step of it in its own namespace.
#[test]
fn a_spoilt_envelope_is_a_fault() {
    let question = RegistryQuestion::new("999999993");
    let good = String::from_utf8(question.to_http(&Credentials::demo()).body).unwrap();
    for (from, to) in [
        ("2003/05/soap-envelope", "2001/12/soap-envelope"),
        ("wssecurity-secext-1.0", "wssecurity-secext-1.1"),
        ("rgwspublic2/RgWsPublic2Service", "rgwspublic/RgWsPublicService"),
        ("xmlns:r=\"http://rgwspublic2/RgWsPublic2\"", "xmlns:r=\"http://rgwspublic2/\""),
        ("<r:afm_called_by></r:afm_called_by>", ""),
        ("rgWsPublic2AfmMethod", "rgWsPublicAfmMethod"),
        ("</env:Envelope>", ""),
    ] {
        assert!(good.contains(from), "{from}: {good}");
        let body = good.replace(from, to).into_bytes();
        let request = HttpRequest { body, ..question.to_http(&Credentials::demo()) };
        let reply = reply(&mut Simulator::default(), &request);
        assert_eq!(reply.status, 500, "{from} → {to}");
        let answer = RegistryAnswer::read(&question, &reply);
        assert!(matches!(answer, RegistryAnswer::Unknown { .. }), "{answer:?}");
    }
}

#[test]
fn an_answer_about_another_is_no_answer() {
    let question = RegistryQuestion::new("888888880");
    let other = RegistryQuestion::new("999999993").to_http(&Credentials::demo());
    let reply = reply(&mut Simulator::default(), &other);
    let answer = RegistryAnswer::read(&question, &reply);
    assert!(matches!(answer, RegistryAnswer::Unknown { .. }), "{answer:?}");
    let under = HttpReply { status: 500, ..reply.clone() };
    let own = RegistryQuestion::new("999999993");
    assert!(matches!(RegistryAnswer::read(&own, &under), RegistryAnswer::Unknown { .. }));
    for cut in 0..reply.body.len() {
        let half = HttpReply { status: 200, body: reply.body[..cut].to_vec() };
        assert!(matches!(RegistryAnswer::read(&own, &half), RegistryAnswer::Unknown { .. }), "{cut}");
    }
}

fn number(country: &str, number: &str) -> TaxNumber {
    TaxNumber::parse(country, number).unwrap()
}

fn vies(simulator: &mut Simulator, number: &TaxNumber) -> ViesAnswer {
    ViesAnswer::read(number, &reply(simulator, &to_http(number)))
}

#[test]
fn vies_says_yes_no_or_nothing() {
    let mut simulator = Simulator::default();
    let greek = number("GR", "888888880");
    assert_eq!(to_http(&greek).path_and_query, "/taxation_customs/vies/rest-api/ms/EL/vat/888888880");
    let ViesAnswer::Valid { name: Some(name), .. } = vies(&mut simulator, &greek) else { panic!() };
    assert_eq!(name.as_str(), "ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ");
    assert_eq!(vies(&mut simulator, &number("GR", "123456783")), ViesAnswer::Invalid);
    assert_eq!(vies(&mut simulator, &number("DE", "1")), ViesAnswer::NoNumber);
    for away in ["MS_UNAVAILABLE", "MS_MAX_CONCURRENT_REQ", "TIMEOUT", "SERVICE_UNAVAILABLE"] {
        simulator.set_faults(FaultScript { vies_says: Some(away.to_owned()), ..FaultScript::default() });
        let ViesAnswer::Unknown { why } = vies(&mut simulator, &greek) else { panic!("{away}") };
        assert_eq!(why.as_str(), format!("VIES says {away}"));
    }
}

#[test]
fn vies_is_believed_only_when_it_is_plain() {
    let greek = number("GR", "888888880");
    let read =
        |status, body: &str| ViesAnswer::read(&greek, &HttpReply { status, body: body.as_bytes().to_vec() });
    let withheld =
        r#"{"isValid":true,"userError":"VALID","name":"---","address":"---","vatNumber":"EL888888880"}"#;
    assert_eq!(read(200, withheld), ViesAnswer::Valid { name: None, address: None });
    let posted = read(200, r#"{"valid":true,"name":"Α"}"#);
    assert_eq!(posted, ViesAnswer::Valid { name: Some(Text::new("Α")), address: None });
    for unclear in [
        "",
        "[]",
        "null",
        "{}",
        "<html/>",
        r#"{"isValid":"true"}"#,
        r#"{"isValid":true,"userError":"TIMEOUT"}"#,
        r#"{"isValid":true,"userError":"INVALID"}"#,
        r#"{"isValid":false,"userError":"VALID"}"#,
        r#"{"isValid":true,"userError":"VALID","vatNumber":"999999993"}"#,
    ] {
        assert!(matches!(read(200, unclear), ViesAnswer::Unknown { .. }), "{unclear}");
    }
    assert!(matches!(read(500, withheld), ViesAnswer::Unknown { .. }));
}

#[tokio::test]
async fn both_are_asked_over_the_wire() {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(listen, Shared::new(Simulator::default()), clock_at(now)).await.unwrap();
    let transport = HttpTransport::without_credentials(&server.base(), registry::MEDIA).unwrap();
    let question = RegistryQuestion::new("999999993");
    let found = ask_registry(&transport, &Credentials::demo(), &question).await;
    assert!(matches!(found, RegistryAnswer::Found(_)), "{found:?}");
    let transport = HttpTransport::without_credentials(&server.base(), vies::MEDIA).unwrap();
    let valid = ask_vies(&transport, &number("GR", "888888880")).await;
    assert!(matches!(valid, ViesAnswer::Valid { .. }), "{valid:?}");
    let state = server.simulator().with(|simulator| tameio::aade::simulator::Service::state(simulator));
    assert!(!state["seen"].to_string().contains("Password"), "the codes are shown to nobody");
    for kind in
        [Kind::Lose, Kind::Garbage, Kind::Html, Kind::Json, Kind::Empty, Kind::Technical, Kind::Throttle]
    {
        let rules = vec![FaultRule { call: Some(Call::Vies), ..FaultRule::always(Fault::new(kind, true)) }];
        server.simulator().with(|s| s.set_faults(FaultScript { rules, ..FaultScript::default() }));
        let answer = ask_vies(&transport, &number("GR", "888888880")).await;
        assert!(matches!(answer, ViesAnswer::Unknown { .. }), "{kind:?}: {answer:?}");
    }
}

/// VIES is nobody's business at AADE: what it is sent holds no user and no key.
#[tokio::test]
async fn vies_is_never_shown_our_credentials() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let heard = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        String::from_utf8(head).unwrap().to_lowercase()
    };
    let transport = HttpTransport::without_credentials(&base, vies::MEDIA).unwrap();
    let greek = number("GR", "888888880");
    let (head, answer) = tokio::join!(heard, ask_vies(&transport, &greek));
    assert!(
        head.starts_with("get /taxation_customs/vies/rest-api/ms/el/vat/888888880 http/1.1\r\n"),
        "{head}"
    );
    assert!(head.contains("accept: application/json"), "{head}");
    assert!(!head.contains("aade-user-id") && !head.contains("subscription-key"), "{head}");
    assert!(matches!(answer, ViesAnswer::Unknown { .. }), "nobody answered: {answer:?}");
}

/// What the registers say comes to one thing for the loop, and nothing of it is lost on the way.
#[tokio::test]
async fn both_stand_behind_one_door() {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(listen, Shared::new(Simulator::default()), clock_at(now)).await.unwrap();
    let to = |media| Arc::new(HttpTransport::without_credentials(&server.base(), media).unwrap());
    let whole = Services::default()
        .with_registry(to(registry::MEDIA), Credentials::demo())
        .with_vies(to(vies::MEDIA));
    let said = whole.ask(Register::Aade, &number("GR", "999999993")).await;
    let Answer::Said(Finding::Business { particulars, ended: false, ended_on: None }) = said else {
        panic!("{said:?}")
    };
    assert_eq!(particulars.name.as_str(), "ΠΛΥΝΤΗΡΙΟ ΠΑΡΑΔΕΙΓΜΑ Μ. ΙΚΕ");
    assert_eq!(particulars.address.as_str(), "ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10, 11111 ΑΘΗΝΑ");
    assert_eq!(particulars.activity.as_str(), "ΥΠΗΡΕΣΙΕΣ ΠΛΥΣΙΜΑΤΟΣ ΑΥΤΟΚΙΝΗΤΩΝ", "the main one");
    assert_eq!(particulars.tax_office.as_str(), "Α΄ ΑΘΗΝΩΝ");
    let ended = whole.ask(Register::Aade, &number("GR", "123456783")).await;
    assert!(
        matches!(ended, Answer::Said(Finding::Business { ended: true, ended_on: Some(_), .. })),
        "{ended:?}"
    );
    let nobody = whole.ask(Register::Aade, &number("GR", "094014201")).await;
    assert_eq!(nobody, Answer::Said(Finding::Nobody));
    let private = whole.ask(Register::Aade, &number("GR", "094259216")).await;
    assert_eq!(private, Answer::Said(Finding::NoBusiness));
    let german = whole.ask(Register::Vies, &number("DE", "123456789")).await;
    assert_eq!(german, Answer::Said(Finding::Unlisted));
    let greek = whole.ask(Register::Vies, &number("GR", "888888880")).await;
    let Answer::Said(Finding::Business { particulars, .. }) = greek else { panic!("{greek:?}") };
    assert_eq!(
        particulars.address.as_str(),
        "ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10, 11111 - ΑΘΗΝΑ",
        "an envelope's lines are one"
    );
    let none = Services::default();
    assert_eq!(
        none.ask(Register::Aade, &number("GR", "999999993")).await,
        Answer::Hitch(Hitch::NoCredentials)
    );
    assert_eq!(none.ask(Register::Vies, &number("DE", "1")).await, Answer::Hitch(Hitch::NotAsked));
}

/// Greek numbers are AADE's, those of other members VIES's, and nobody is asked about the rest.
#[test]
fn every_number_has_one_who_knows_it() {
    assert_eq!(Register::of(&number("GR", "999999993")), Some(Register::Aade));
    for country in ["DE", "CY", "BG", "XI"] {
        assert_eq!(Register::of(&number(country, "123456789")), Some(Register::Vies), "{country}");
    }
    for country in ["GB", "US", "AL", "EL"]
        .map(|country| TaxNumber { country: country.to_owned(), number: "1".to_owned() })
    {
        assert_eq!(Register::of(&country), None, "{country}");
    }
}

#[test]
fn a_kept_answer_grows_old() {
    let asked = Stamp::new(now());
    let mut kept = Counterparty::new(number("GR", "999999993"));
    assert!(!kept.is_fresh(asked, 30), "nothing was answered");
    kept.looked = Some(Looked { finding: Finding::Nobody, register: Register::Aade, at: asked });
    let later = |seconds| asked.moved(seconds);
    assert!(kept.is_fresh(later(0), 30) && kept.is_fresh(later(30 * 86_400 - 1), 30));
    assert!(!kept.is_fresh(later(30 * 86_400), 30));
    assert!(!kept.is_fresh(later(-1), 30), "the clock was set back");
}
