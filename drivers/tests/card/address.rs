//! Addresses of card terminals.

use std::time::{Duration, Instant};

use tameio_drivers::card::ecr::Form;
use tameio_drivers::card::{Address, Cancel, CardTerminal, Kind, Language, Outcome, Place, Why, open};
use tameio_drivers::wire::Fault;

use super::{committed, intent};

fn address(text: &str) -> Address {
    text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn a_terminal_has_the_port_and_the_codes_of_its_protocol_unless_told_otherwise() {
    let ecr = address("tcp://192.168.1.70?protocol=ecr&approved=yes&tid=12345678");
    assert!(matches!(&ecr.place, Place::Tcp { host, port: 4000 } if host == "192.168.1.70"));
    assert_eq!(
        (ecr.approved, ecr.terminal_id.as_deref(), ecr.wait),
        (true, Some("12345678"), Duration::from_secs(180))
    );
    let Language::Ecr(settings) = ecr.language else { panic!("it speaks ecr") };
    // Nothing that is not known of every terminal is taken for granted.
    assert_eq!(
        (settings.form, settings.query, settings.void, settings.abort),
        (Form::A1098, true, false, None)
    );
    assert!(settings.codes.missing.is_empty() && settings.codes.refused.is_empty());

    let pipe = address(
        "tcp://pos.local:9000?protocol=pipe&wait=300&ready=first&session=counted&codes_cancelled=UC,TO",
    );
    assert!(matches!(pipe.place, Place::Tcp { port: 9000, .. }));
    assert_eq!(pipe.wait, Duration::from_secs(300));
    let Language::Pipe(settings) = pipe.language else { panic!("it speaks pipe") };
    assert!(settings.ready_first && !settings.session_echoed && settings.receipt_id.is_none());
    assert_eq!(settings.codes.cancelled, ["UC", "TO"]);

    let old = address("tcp://h:4000?protocol=ecr&form=mellon&till=8&operator=121&void=receipt&abort=ABORT:1");
    let Language::Ecr(settings) = old.language else { panic!("it speaks ecr") };
    assert_eq!((settings.form, settings.query, settings.void), (Form::Mellon, false, true));
    assert_eq!((settings.till.as_str(), settings.operator.as_str()), ("8", "121"));
    assert_eq!(settings.abort.as_deref(), Some("ABORT:1"));
}

#[test]
fn without_an_agreement_nothing_is_opened_but_what_needs_none() {
    for text in ["tcp://127.0.0.1:1?protocol=ecr", "tcp://127.0.0.1:1?protocol=pipe&approved=no"] {
        let Err(Fault::Unsupported(why)) = open(&address(text)).map(|_| ()) else {
            panic!("{text} is opened")
        };
        assert!(
            why.contains("acquirer") && why.contains("A.1054/2024") && why.contains("approved=yes"),
            "{why}"
        );
    }
    let mut nobody = open(&address("tcp://127.0.0.1:1?protocol=ecr&approved=yes")).unwrap();
    let fault = nobody.echo().unwrap_err().to_string();
    assert!(fault.contains("nobody listens at 127.0.0.1:1"), "{fault}");
    open(&address("manual:")).unwrap().echo().unwrap();
    open(&address("sim:?protocol=pipe")).unwrap().echo().unwrap();
}

#[test]
fn the_right_terminal_is_known_by_its_number() {
    open(&address("sim:?tid=16038894")).unwrap().echo().unwrap();
    let fault = open(&address("sim:?tid=11111111")).unwrap().echo().unwrap_err().to_string();
    assert!(fault.contains("16038894") && fault.contains("11111111"), "{fault}");
}

#[test]
fn a_result_is_waited_for_as_long_as_the_address_says() {
    let mut short = address("sim:?wait=150");
    assert_eq!(short.wait, Duration::from_secs(150));
    short.wait = Duration::from_millis(100);
    let Place::Sim(sim) = &short.place else { panic!("{short:?}") };
    sim.change(|control| control.delay = Duration::from_secs(60));
    let sale = committed(&intent(1, Kind::Sale, 1400));
    let begun = Instant::now();
    let outcome = open(&short).unwrap().start(sale, &Cancel::default(), &mut |_| {});
    assert_eq!(outcome, Ok(Outcome::Unknown(Why::NoAnswer)));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn a_simulated_terminal_speaks_as_its_address_says() {
    let sim = address("sim:?form=mellon");
    let Place::Sim(terminal) = &sim.place else { panic!("{sim:?}") };
    assert_eq!(terminal.language(), sim.language);
    let mut terminal: Box<dyn CardTerminal> =
        open(&address("sim:?protocol=pipe&ready=first&session=counted")).unwrap();
    terminal.echo().unwrap();
}

#[test]
fn a_wrong_address_says_what_is_wrong() {
    for (text, says) in [
        ("terminal", "it begins with"),
        ("serial:/dev/ttyUSB0?protocol=ecr", "it begins with"),
        ("tcp://192.168.1.70", "protocol=ecr or protocol=pipe"),
        ("tcp://:4000?protocol=ecr", "tcp://host:port"),
        ("tcp://h:70000?protocol=ecr", "tcp://host:port"),
        ("tcp://h?protocol=zvt", "ecr or pipe"),
        ("tcp://h?protocol=ecr&form=new", "a1098 or mellon"),
        ("tcp://h?protocol=ecr&approved=perhaps", "yes or no"),
        ("tcp://h?protocol=ecr&wait=149", "from 150 to 900"),
        ("tcp://h?protocol=ecr&ready=first", "known are protocol"),
        ("tcp://h?protocol=ecr&till=1/2", "letters and digits"),
        ("tcp://h?protocol=ecr&abort=/S000001", "such as ABORT:1"),
        ("tcp://h?protocol=pipe&till=8", "known are protocol"),
        ("tcp://h?protocol=pipe&receipt_id=2", "from 4 to 63"),
        ("tcp://h?protocol=pipe&abort=100", "such as 100/00"),
        ("tcp://h?protocol=pipe&session=none", "echoed or counted"),
        ("manual:?tid=1", "known are none"),
        ("manual:?protocol=ecr", "known are none"),
        ("sim:?protocol=zvt", "ecr or pipe"),
    ] {
        let fault = text.parse::<Address>().unwrap_err().to_string();
        assert!(fault.contains(says), "{text}: {fault}");
    }
}
