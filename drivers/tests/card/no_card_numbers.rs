//! No card number, ever: not in a value, not shown, not in a log.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use tameio_drivers::card::ecr::{self, Ecr, Form};
use tameio_drivers::card::pipe::{self, Pipe};
use tameio_drivers::card::protocol::Protocol;
use tameio_drivers::card::{CardTerminal, Kind, MaskedPan, Mishap, Word};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{ALL, Bench, Line};

/// The number of a card for tests, and the ways it is written.
const NUMBER: &str = "4111111111111111";
const WRITTEN: [&str; 5] =
    [NUMBER, "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111", "94111111111111111119"];

/// Whether the middle of the number can be read, however it is grouped.
fn leaks(text: &str) -> bool {
    let digits: String = text.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.')).collect();
    digits.contains("41111111111") || digits.contains("11111111111")
}

#[test]
fn a_number_is_masked_whatever_it_comes_as() {
    for (sent, kept) in [
        (NUMBER, "411111******1111"),
        ("4111 1111 1111 1111", "411111******1111"),
        ("535178xxxxxx6172", "535178******6172"),
        ("451545******0080", "451545******0080"),
        ("45154512**340080", "451545******0080"),
        ("************0080", "************0080"),
        ("****************", "****************"),
        ("411111111111", "********1111"),
        ("41111111111111111111111", "*******************"),
        ("1234567", "*******"),
        ("4111111111111", "411111***1111"),
    ] {
        let pan = MaskedPan::new(sent).unwrap();
        assert_eq!(
            (pan.as_str(), pan.to_string(), format!("{pan:?}")),
            (kept, kept.to_owned(), format!("MaskedPan({kept:?})"))
        );
        assert_eq!(MaskedPan::new(pan.as_str()), Some(pan), "masked again it is the same");
    }
    assert_eq!((MaskedPan::new(""), MaskedPan::new("  ")), (None, None));
}

#[test]
fn a_number_in_a_text_is_masked_and_a_reference_is_not() {
    for sent in WRITTEN {
        let word = Word::new(&format!("VISA {sent} declined"));
        assert!(!leaks(word.as_str()) && word.as_str().starts_with("VISA "), "{word}");
        assert!(!leaks(&format!("{word:?}")) && word.as_str().ends_with(" declined"), "{word:?}");
    }
    for kept in ["108813789134", "20211122123", "Cancelled by User", "12 November 2026"] {
        assert_eq!(Word::new(kept).as_str(), kept);
    }
    assert_eq!(Word::new("a\u{7}b\nc").as_str(), "abc");
    assert_eq!(Word::new(&"x".repeat(500)).as_str().len(), 80);
}

/// Every field of every frame filled with the number: whatever is made of it can be shown.
#[test]
fn a_frame_full_of_numbers_shows_none() {
    for number in WRITTEN {
        let full =
            |letters: &str| letters.split('|').map(|letter| format!("/{letter}{number}")).collect::<String>();
        let data = vec![number; 16].join(":");
        let bodies = [
            format!("R{}/C00/D{data}", full("S|R|T|M")),
            format!("R/S000001/M{number}/C{number}/D{data}"),
            format!("R/S000001/C00/DVISA:01:{number}:1400:1400:0:0:0:{data}"),
            format!("E/{number}"),
            format!("X/{number}/T{number}:{number}"),
            format!("A{}", full("S|F|R|T")),
            format!("Q/{number}"),
        ];
        for body in bodies {
            let mut protocol = Ecr::new(ecr::Settings::new(Form::A1098));
            shows_none(&mut protocol, &ecr::frame("POS", "0110", &body));
        }
        for kind in ["210", "710", "510", "900", "810", number] {
            for code in ["00", number] {
                let fields = ["000001", kind, code, code, number, number, number, number, number, number];
                let more = ["1.00", number, number, number, number, number, number, number, number, number];
                let mut protocol =
                    Pipe::new(pipe::Settings { receipt_id: Some(17), ..pipe::Settings::default() });
                shows_none(&mut protocol, &pipe::frame(&[&fields[..], &more[..]].concat()));
            }
        }
    }
}

fn shows_none(protocol: &mut dyn Protocol, bytes: &[u8]) {
    let said: Vec<_> = bytes.iter().filter_map(|byte| protocol.hear(*byte)).collect();
    assert_eq!(said.len(), 1, "{}", bytes.escape_ascii());
    let shown = format!("{said:?}");
    assert!(!leaks(&shown), "{shown}");
}

/// Writes down everything that is logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0.lock().unwrap(), "{field}={value:?} ");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A careless terminal in every mishap: what is told, what is returned and what is logged.
#[test]
fn a_careless_terminal_leaves_no_number_anywhere() {
    for speaks in ALL {
        let log = Log::default();
        let mut shown = String::new();
        tracing::subscriber::with_default(log.clone(), || {
            let mut bench = Bench::new(speaks, Line::Here);
            bench.sim.change(|control| control.unmasked = true);
            for mishap in std::iter::once(None).chain(Mishap::ALL.map(Some)) {
                bench.sim.change(|control| control.mishap = mishap);
                let (sale, outcome, events) = bench.run(Kind::Sale, 1400);
                let found = bench.query(&sale);
                let _ = write!(shown, "{outcome:?} {events:?} {found:?} {sale:?} {:?}", bench.sim);
                bench.terminal.set_aside(sale.session);
            }
        });
        let logged = log.0.lock().unwrap().clone();
        assert!(logged.contains("session 000001") && logged.contains("is not known"), "{logged}");
        assert!(shown.contains("411111******1111"), "{shown}");
        assert!(!leaks(&logged), "{logged}");
        assert!(!leaks(&shown), "{shown}");
    }
}
