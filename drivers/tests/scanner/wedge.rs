//! A scanner that types, and a person who does.

use proptest::prelude::*;
use tameio_drivers::scanner::wedge::{Heard, Wedge, WedgeSettings, unfold};
use tameio_drivers::scanner::{Scan, Symbology};

/// Everything heard from keys with the same time between them, flushed at the end.
fn hear(text: &str, gap_ms: u64, settings: WedgeSettings) -> Vec<Heard> {
    let mut wedge = Wedge::new(settings);
    let mut heard = Vec::new();
    let mut now = 1000;
    for c in text.chars() {
        heard.push(wedge.flush(now));
        heard.push(wedge.key(&c.to_string(), now));
        now += gap_ms;
    }
    heard.push(wedge.flush(now + 1000));
    heard.retain(|heard| *heard != Heard::Pending);
    heard
}

fn scans(heard: &[Heard]) -> Vec<&str> {
    heard
        .iter()
        .filter_map(|heard| if let Heard::Scanned(scan) = heard { Some(scan.text.as_str()) } else { None })
        .collect()
}

fn typed(heard: &[Heard]) -> String {
    heard
        .iter()
        .filter_map(|heard| if let Heard::Typed(text) = heard { Some(text.as_str()) } else { None })
        .collect()
}

#[test]
fn a_fast_burst_with_enter_is_a_scan_and_types_nothing() {
    for gap in [1, 5, 20, 30] {
        let heard = hear("TAMEIO-42\n", gap, WedgeSettings::default());
        assert_eq!(scans(&heard), ["TAMEIO-42"], "{gap} ms");
        assert_eq!(typed(&heard), "", "{gap} ms");
    }
}

#[test]
fn a_person_types_and_gets_every_key() {
    for gap in [60, 120, 300] {
        let heard = hear("ΙΚΥ1234\n", gap, WedgeSettings::default());
        assert_eq!(scans(&heard), [""; 0], "{gap} ms");
        assert_eq!(typed(&heard), "ΙΚΥ1234\n", "{gap} ms");
    }
}

#[test]
fn a_slow_scanner_is_a_setting() {
    let slow =
        WedgeSettings { mean_gap_max_ms: 120, gap_max_ms: 150, silence_ms: 300, ..WedgeSettings::default() };
    for gap in [5, 20, 60, 120] {
        assert_eq!(scans(&hear("5201234567894\r", gap, slow.clone())), ["5201234567894"], "{gap} ms");
    }
}

#[test]
fn a_scan_without_a_suffix_ends_in_silence() {
    let mut wedge = Wedge::default();
    for (at, c) in (0..).step_by(10).zip("12345".chars()) {
        assert_eq!(wedge.key(&c.to_string(), at), Heard::Pending);
    }
    assert_eq!(wedge.due_ms(), Some(141));
    assert_eq!(wedge.flush(140), Heard::Pending);
    let scan = Scan::of("12345", 40);
    assert_eq!(wedge.flush(141), Heard::Scanned(scan));
    assert_eq!((wedge.due_ms(), wedge.flush(9999)), (None, Heard::Pending));
}

#[test]
fn two_fast_keys_are_not_a_scan() {
    assert_eq!(typed(&hear("ab\n", 5, WedgeSettings::default())), "ab\n");
    assert_eq!(typed(&hear("\n", 5, WedgeSettings::default())), "\n");
}

#[test]
fn a_scan_in_the_middle_of_typing_is_lifted_out() {
    let mut wedge = Wedge::default();
    assert_eq!(wedge.key("α", 0), Heard::Pending);
    assert_eq!(wedge.key("β", 200), Heard::Typed("α".to_owned()));
    assert_eq!(wedge.key("T", 400), Heard::Typed("β".to_owned()));
    for (at, c) in [(410, "-"), (420, "4"), (430, "2")] {
        assert_eq!(wedge.key(c, at), Heard::Pending);
    }
    let Heard::Scanned(scan) = wedge.key("\n", 440) else { panic!("a scan") };
    assert_eq!((scan.text.as_str(), scan.at_ms), ("T-42", 430));
}

#[test]
fn an_enter_long_after_a_burst_is_the_persons() {
    let mut wedge = Wedge::default();
    for (at, c) in (0..).step_by(10).zip("12345".chars()) {
        wedge.key(&c.to_string(), at);
    }
    assert!(matches!(wedge.key("\n", 1000), Heard::Scanned(_)));
    assert_eq!(wedge.flush(2000), Heard::Typed("\n".to_owned()));
}

#[test]
fn a_greek_layout_is_read_by_its_keys() {
    assert_eq!(unfold("τ-42"), "t-42");
    assert_eq!(unfold("ΤΑΜΕΙΟ-42"), "TAMEIO-42");
    assert_eq!(unfold(";ςερτυθιοπασδφγηξκλζχψωβνμ"), "qwertyuiopasdfghjklzxcvbnm");
    assert_eq!(unfold("Θ:"), "UQ");
    assert_eq!(unfold("όϊ"), ";o:i");
    assert_eq!(unfold("http://x;y"), "http://x;y", "no Greek letter, no Greek layout");
    assert_eq!(scans(&hear("ΤΑΜ-42\n", 10, WedgeSettings::default())), ["TAM-42"]);
}

#[test]
fn the_identifier_names_the_code_and_control_characters_go() {
    let heard = hear("]Q1TAM\u{1D}42\n", 5, WedgeSettings::default());
    let Some(Heard::Scanned(scan)) = heard.first() else { panic!("a scan") };
    assert_eq!((scan.text.as_str(), scan.symbology), ("TAM42", Some(Symbology::Qr)));
    assert_eq!(Symbology::split("]E05201234567894"), (Some(Symbology::Ean13), "5201234567894"));
    assert_eq!(Symbology::split("]C1010"), (Some(Symbology::Gs1_128), "010"));
    assert_eq!(Symbology::split("]?0x"), (None, "]?0x"));
    assert_eq!(Symbology::split("]"), (None, "]"));
}

proptest! {
    /// Whatever the keys and their times: nothing is lost, nothing is doubled, nothing is out of order.
    #[test]
    fn every_key_is_typed_or_scanned_once(keys in prop::collection::vec(("[a-z0-9]", 0u64..200), 0..60)) {
        let mut wedge = Wedge::default();
        let (mut out, mut expected, mut now) = (String::new(), String::new(), 0);
        let mut take = |heard: Heard| match heard {
            Heard::Pending => {}
            Heard::Typed(text) => out.push_str(&text),
            Heard::Scanned(scan) => out.push_str(&scan.text),
        };
        for (key, gap) in &keys {
            now += gap;
            expected.push_str(key);
            take(wedge.flush(now));
            take(wedge.key(key, now));
        }
        take(wedge.flush(now + 10_000));
        prop_assert_eq!(out, expected);
    }

    #[test]
    fn any_text_at_any_time_is_taken(keys in prop::collection::vec((any::<String>(), any::<u64>()), 0..20)) {
        let mut wedge = Wedge::default();
        for (key, at) in &keys {
            wedge.key(key, *at);
            wedge.flush(*at);
        }
    }
}
