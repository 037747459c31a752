//! The frames of the makers' papers and of traces of real terminals, byte by byte.

use tameio_drivers::card::ecr::{self, Ecr, Form};
use tameio_drivers::card::pipe::{self, Pipe};
use tameio_drivers::card::protocol::{Message, Protocol, Wrong};
use tameio_drivers::card::{Answer, Intent, Kind, LocalTime, Named, Outcome, SessionNumber, UniqueId, Why};

use super::{intent, session};

fn heard(protocol: &mut dyn Protocol, bytes: &[u8]) -> Vec<Result<Message, Wrong>> {
    bytes.iter().filter_map(|byte| protocol.hear(*byte)).collect()
}

fn ecr(form: Form, bytes: &[u8]) -> Message {
    let mut all = heard(&mut Ecr::new(ecr::Settings::new(form)), bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}

fn pipe(text: &str) -> Message {
    let mut all = heard(&mut Pipe::new(pipe::Settings::default()), text.as_bytes());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}

fn result(message: Message) -> Answer {
    match message {
        Message::Result(answer) => answer,
        other => panic!("{other:?} is no result"),
    }
}

/// A trace of 22 November 2021: asked, taken, declined.
#[test]
fn the_older_form_is_spoken_as_a_terminal_heard_it() {
    let settings = ecr::Settings {
        till: "8".to_owned(),
        operator: "121".to_owned(),
        ..ecr::Settings::new(Form::Mellon)
    };
    let sale = Intent { at: LocalTime::new("20211122123652").unwrap(), ..intent(677, Kind::Sale, 2500) };
    let sent = Ecr::new(settings).operation(&sale).unwrap();
    let traced = b"ECR0101A/S000677/F2500:978:2/D20211122123652/R8/H121/T000677/G:0:0:0:0/M";
    assert_eq!(&sent[2..], [&traced[..], sale.id.as_str().as_bytes()].concat());
    // With the nine digits of the trace behind the M it has the trace's 81 bytes.
    assert_eq!((traced.len() + 9, usize::from(sent[0]) << 8 | usize::from(sent[1])), (81, traced.len() + 32));

    let taken = ecr(Form::Mellon, b"\x00\x16MEL0101A/S000677/F2500");
    assert_eq!(taken, Message::Taken { session: SessionNumber::new(677) });
    let declined = result(ecr(Form::Mellon, b"\x00\x14MEL0101R/S000677/C33"));
    assert_eq!((declined.session, declined.code.as_str()), (SessionNumber::new(677), "33"));
    assert_eq!((declined.approval, declined.names), (None, Named::Nobody));
}

#[test]
fn the_form_of_the_law_is_spoken_as_its_examples_are_written() {
    let settings = ecr::Settings {
        till: "ABC00111222".to_owned(),
        operator: "121".to_owned(),
        ..ecr::Settings::new(Form::A1098)
    };
    let protocol = Ecr::new(settings);
    let sale = Intent { at: LocalTime::new("20220524102517").unwrap(), ..intent(1008, Kind::Sale, 2500) };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes[2..].to_vec()).unwrap();
    let id = sale.id.as_str();
    assert_eq!(
        text(protocol.operation(&sale).unwrap()),
        format!("ECR0210A/S001008/F2500:978:2/D20220524102517/RABC00111222/H121/T001008/M{id}")
    );
    assert_eq!(text(protocol.query(&sale).unwrap()), "ECR0110O/S001008/F2500:978:2/RABC00111222/T001008");
    assert_eq!(text(protocol.acknowledge(&sale).unwrap()), "ECR0110R/S001008/RABC00111222/F2500/T001008");
    assert_eq!(text(protocol.echo().unwrap()), "ECR0110X/ABC00111222");
    let refund = Intent { kind: Kind::Refund, ..sale };
    assert!(text(protocol.operation(&refund).unwrap()).starts_with("ECR0210Z/S001008/"));
}

#[test]
fn a_result_is_read_to_the_last_field() {
    let id = UniqueId::from_u128(7);
    let body = format!(
        "POS0110R/S001008/RABC00111222/T1020/M{}/C00/DVISA:01:535178xxxxxx6172:2500:2700:200:0:0:GR01:16038894:000041\
         :132630115039:000271:A12345:2022-05-24 10:25:40:00/PVISA/S999999/C99",
        id.as_str()
    );
    let length = u16::try_from(body.len()).unwrap().to_be_bytes();
    let answer = result(ecr(Form::A1098, &[&length[..], body.as_bytes()].concat()));
    assert_eq!((answer.session, answer.code.as_str()), (SessionNumber::new(1008), "00"));
    assert_eq!(answer.names, Named::Intent(id));
    let approval = answer.approval.unwrap();
    assert_eq!((approval.amount_cents, approval.tip_cents), (2500, 200));
    assert_eq!(approval.pan.unwrap().as_str(), "535178******6172");
    let said = [approval.rrn, approval.stan, approval.auth_code, approval.batch, approval.bank, approval.at];
    let said: Vec<String> = said.into_iter().map(|word| word.unwrap().to_string()).collect();
    assert_eq!(said, ["132630115039", "000271", "A12345", "000041", "GR01", "2022-05-24 10:25:40"]);
}

/// Approved, but nobody can say how much: not a payment, and not a "no".
#[test]
fn an_approval_without_a_readable_amount_is_unknown() {
    let codes = ecr::Settings::new(Form::A1098).codes;
    let sale = intent(1, Kind::Sale, 1400);
    for data in [
        "",
        "/D",
        "/DVISA:01:411111******1111::::",
        "/DVISA:01:411111******1111:4111111111111111:0:0:0:0:0:0:0:0:0:0:0:0",
    ] {
        let Message::Result(answer) = ecr::parse(&format!("R/S000001/C00{data}")) else { panic!("{data}") };
        assert_eq!(codes.outcome(&answer, &sale), Outcome::Unknown(Why::Garbled), "{data}");
    }
    let Message::Result(answer) = ecr::parse("R/S000001/C00/DVISA:01:411111******1111:1400") else {
        panic!("no result")
    };
    assert!(matches!(codes.outcome(&answer, &sale), Outcome::Approved(_)));
}

#[test]
fn an_error_and_an_echo_are_what_they_are() {
    assert!(matches!(ecr(Form::A1098, b"\x00\x0cPOS0110E/101"), Message::Error { code } if &code == "101"));
    let echo = ecr(Form::A1098, b"\x00\x1dPOS0110X/HELLO/T12345678:4.13");
    let Message::Echo { terminal_id, version } = echo else { panic!("{echo:?}") };
    assert_eq!((terminal_id.unwrap().as_str(), version.unwrap().as_str()), ("12345678", "4.13"));
}

#[test]
fn pipes_are_spoken_as_the_makers_paper_has_them() {
    let protocol = Pipe::new(pipe::Settings::default());
    let sale = intent(2690, Kind::Sale, 12_400);
    let id = sale.id.as_str();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    // The paper's example is 63 long, with 32 characters of id.
    assert_eq!(text(protocol.operation(&sale).unwrap()), format!("0063|002690|200|00|{id}|124.00|0000||||"));
    let refund = Intent { kind: Kind::Refund, amount_cents: 5, ..sale.clone() };
    assert_eq!(text(protocol.operation(&refund).unwrap()), format!("0061|002690|200|20|{id}|0.05|0000||||"));
    assert_eq!(text(protocol.query(&sale).unwrap()), "0014|002690|700|00");
    assert_eq!(text(protocol.close_batch(session(2690)).unwrap()), "0014|002690|500|20");
    let reprint = pipe::reprint(session(2690), "1062160242000098").unwrap();
    assert_eq!(text(reprint), "0028|002690|900|1062160242000098");
    assert_eq!(pipe::reprint(session(2690), "106216024200009"), None);
}

#[test]
fn pipes_are_read_as_terminals_send_them() {
    assert_eq!(pipe("0014|810|00|000032"), Message::Ready);
    let approved = result(pipe(
        "0135|000065|210|00|00|Contactless/None~RRN:108813789134|VISA|406001******4011|789134|181644|000001|0.05|1010|00|00\
         |00|00|00|00|    16038894",
    ));
    assert_eq!((approved.session, approved.code.as_str()), (SessionNumber::new(65), "00"));
    let approval = approved.approval.unwrap();
    assert_eq!((approval.amount_cents, approval.pan.unwrap().as_str()), (5, "406001******4011"));
    let said = [approval.rrn, approval.stan, approval.auth_code, approval.batch, approval.terminal_id];
    let said: Vec<String> = said.into_iter().map(|word| word.unwrap().to_string()).collect();
    assert_eq!(said, ["108813789134", "789134", "181644", "000001", "16038894"]);

    let cancelled = result(pipe(
        "0119|000066|210|00|UC|Cancelled by User|MASTERCARD|535142******7137|000000||000001|0.05|1010|00|00|00|00|00|00|    16038894",
    ));
    assert_eq!((cancelled.code.as_str(), cancelled.words.as_str()), ("UC", "Cancelled by User"));

    let last = pipe(
        "0306|000014|710|00|1.23|0.0|134811422007|451545******0080|2021-12-14T13:59:57.673428+02:00|A0000000031010|EL096019265\
         |kifisias 10, 12342 Athens|AGROTIKOS SYNETAIRISMOS MESOLOGGIOU NAUPAKTIAS I ENOSI|true|null|null|null|null|null|null|null\
         |0000|false|false|1490355478|EUR|No text|v3.11.0(2451)|null|null|07|true",
    );
    let Message::Last(last) = last else { panic!("{last:?}") };
    let approval = last.approval.unwrap();
    assert_eq!((approval.amount_cents, approval.rrn.unwrap().as_str()), (123, "134811422007"));
    assert_eq!((last.names, approval.pan.unwrap().last_four()), (Named::Nobody, Some("0080")));
}

/// Ready and result come glued together from a quick terminal.
#[test]
fn glued_frames_come_apart() {
    let bytes = "0014|810|00|000032\r\n0014|810|00|000033".as_bytes();
    assert_eq!(
        heard(&mut Pipe::new(pipe::Settings::default()), bytes),
        [Ok(Message::Ready), Ok(Message::Ready)]
    );
    let bytes = [&b"\x00\x14MEL0101R/S000677/C33"[..], b"\x00\x14MEL0101R/S000678/C00"].concat();
    assert_eq!(heard(&mut Ecr::new(ecr::Settings::new(Form::Mellon)), &bytes).len(), 2);
}

#[test]
fn another_language_is_known_at_its_first_bytes_and_stays_one() {
    for bytes in
        [&b"HTTP/1.1 400 Bad Request\r\n"[..], b"\x1b@\x00\x00", b"0014|810|00|000032", b"\x00\x14ECR0101R/"]
    {
        let said = heard(&mut Ecr::new(ecr::Settings::new(Form::A1098)), bytes);
        assert!(said.len() > 1 && said.iter().all(|said| *said == Err(Wrong)), "{bytes:?}: {said:?}");
    }
    for bytes in [&b"HTTP/1.1"[..], b"\x00\x14MEL", b"0001|", b"0014x10|00|000032", b"00a4|"] {
        let said = heard(&mut Pipe::new(pipe::Settings::default()), bytes);
        assert!(!said.is_empty() && said.iter().all(|said| *said == Err(Wrong)), "{bytes:?}: {said:?}");
    }
}

#[test]
fn a_session_has_six_digits_and_comes_round() {
    assert_eq!(session(42).to_string(), "000042");
    assert_eq!(session(999_999).next(), session(0));
    assert_eq!(SessionNumber::new(1_000_000), None);
    for text in ["", "1234567", "-12345", "+12345", "12 345", "ABCDEF"] {
        assert_eq!(SessionNumber::read(text), None, "{text}");
    }
}

#[test]
fn an_id_never_looks_like_a_card_number() {
    let id = UniqueId::from_u128(u128::MAX);
    assert_eq!(UniqueId::new(id.as_str()), Some(id));
    assert_ne!(UniqueId::from_u128(1), UniqueId::from_u128(2));
    assert_eq!(UniqueId::new("12345678901234567890123456789012"), None);
    assert_eq!(UniqueId::new("4111111111111111ABCDEFGHIJKLMNOP"), None);
    assert!(UniqueId::new("411111111111A1111ABCDEFGHIJKLMNO").is_some());
    assert_eq!(UniqueId::new("short"), None);
    assert_eq!(UniqueId::new("/S000001/C00AAAAAAAAAAAAAAAAAAAA"), None);
}
