//! Keys are positions; a code is given once and whole, or not at all.

use tameio_drivers::scanner::Scan;
use tameio_drivers::scanner::keys::{F8, KeyEvent, KeySettings, Keys, events};
use tameio_drivers::scanner::sim::key_events;

const SHIFT: u16 = 42;
const CONTROL: u16 = 29;
const ALT: u16 = 56;
const CAPS: u16 = 58;
const A: u16 = 30;
const BRACKET: u16 = 27;
const ENTER: u16 = 28;

fn key(code: u16, value: i32) -> KeyEvent {
    KeyEvent { kind: 1, code, value, at_ms: 7 }
}

/// A key down and up.
fn tap(code: u16) -> [KeyEvent; 2] {
    [key(code, 1), key(code, 0)]
}

fn with(holding: u16, codes: &[u16]) -> Vec<KeyEvent> {
    let taps = codes.iter().flat_map(|code| tap(*code));
    [key(holding, 1)].into_iter().chain(taps).chain([key(holding, 0)]).collect()
}

fn heard(settings: KeySettings, events: impl IntoIterator<Item = KeyEvent>) -> Vec<Scan> {
    let mut keys = Keys::new(settings);
    events.into_iter().filter_map(|event| keys.hear(event)).collect()
}

fn typed(code: &str) -> Vec<KeyEvent> {
    key_events(code, 1000, 5)
        .concat()
        .chunks(24)
        .flat_map(|record| events(record).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_character_of_the_keyboard_comes_through() {
    let all: String = (' '..='~').collect();
    let scans = heard(KeySettings::default(), typed(&all));
    assert_eq!(scans.len(), 1);
    assert_eq!(scans[0].text, all);
    assert_eq!(scans[0].at_ms, 1000 + 95 * 5, "the time of its last key");
}

#[test]
fn two_codes_are_two_and_the_identifier_is_taken_off() {
    let scans = heard(KeySettings::default(), [typed("]E04006381333931"), typed("T7K3Q-000123")].concat());
    let texts: Vec<&str> = scans.iter().map(|scan| scan.text.as_str()).collect();
    assert_eq!(texts, ["4006381333931", "T7K3Q-000123"]);
    assert_eq!(scans[0].symbology, Some(tameio_drivers::scanner::Symbology::Ean13));
}

#[test]
fn caps_lock_turns_letters_and_nothing_else() {
    let events =
        [tap(CAPS).to_vec(), tap(A).to_vec(), with(SHIFT, &[A, 2]), tap(2).to_vec(), tap(ENTER).to_vec()];
    assert_eq!(heard(KeySettings::default(), events.concat())[0].text, "Aa!1");
}

#[test]
fn the_separator_comes_by_control_by_a_key_or_by_a_character() {
    let mut events = tap(A).to_vec();
    events.extend(with(CONTROL, &[BRACKET]));
    events.extend([tap(A), tap(ENTER)].concat());
    let scan = &heard(KeySettings::default(), events)[0];
    assert_eq!((scan.data.as_str(), scan.text.as_str()), ("a\u{1d}a", "aa"));
    let settings = KeySettings { separator_key: Some(F8), ..KeySettings::default() };
    let scan = &heard(settings, [tap(A), tap(F8), tap(A), tap(ENTER)].concat())[0];
    assert_eq!(scan.data, "a\u{1d}a");
    let settings = KeySettings { separator_char: Some('~'), ..KeySettings::default() };
    assert_eq!(heard(settings, typed("a~a"))[0].data, "a\u{1d}a");
}

#[test]
fn characters_typed_by_their_number_come_through() {
    // 065 and 0x3b1 (alpha) on the keypad, with Alt held.
    let (seven, eight, nine, four, five, six) = (71, 72, 73, 75, 76, 77);
    let _ = (seven, eight);
    let zero = 82;
    let events = [with(ALT, &[zero, six, five]), with(ALT, &[nine, four, five]), tap(ENTER).to_vec()];
    assert_eq!(heard(KeySettings::default(), events.concat())[0].text, "Aα");
}

#[test]
fn a_held_key_is_typed_once() {
    let events = [key(A, 1), key(A, 2), key(A, 2), key(A, 0), key(ENTER, 1), key(ENTER, 2)];
    assert_eq!(heard(KeySettings::default(), events)[0].text, "a");
}

#[test]
fn half_a_code_is_none() {
    let dropped = KeyEvent { kind: 0, code: 3, value: 0, at_ms: 0 };
    let mark = KeyEvent { kind: 0, code: 0, value: 0, at_ms: 0 };
    let events = [
        vec![key(SHIFT, 1)],
        tap(A).to_vec(),
        vec![dropped],
        tap(A).to_vec(),
        vec![mark],
        // The kernel's list begins anew here, in the middle of the code.
        tap(31).to_vec(),
        tap(ENTER).to_vec(),
        // Nothing of it is left, not even that Shift was held.
        tap(32).to_vec(),
        tap(ENTER).to_vec(),
    ];
    let scans = heard(KeySettings::default(), events.concat());
    assert_eq!(scans.iter().map(|scan| scan.text.as_str()).collect::<Vec<_>>(), ["d"]);
}

#[test]
fn half_a_code_without_a_suffix_ends_with_the_silence() {
    let mut keys = Keys::new(KeySettings::default());
    keys.hear(KeyEvent { kind: 0, code: 3, value: 0, at_ms: 0 });
    keys.hear(KeyEvent { kind: 0, code: 0, value: 0, at_ms: 0 });
    tap(A).into_iter().for_each(|event| assert_eq!(keys.hear(event), None));
    assert!(keys.is_waiting());
    assert_eq!(keys.flush(), None);
    assert!(!keys.is_waiting());
    tap(A).into_iter().for_each(|event| assert_eq!(keys.hear(event), None));
    assert_eq!(keys.flush().map(|scan| scan.text).as_deref(), Some("a"));
}

#[test]
fn a_stuck_key_is_no_code() {
    let events = (0..10_000).flat_map(|_| tap(A)).chain(tap(ENTER));
    let scans = heard(KeySettings::default(), events);
    assert!(scans.iter().all(|scan| scan.text.len() <= 4096));
}

#[test]
fn enter_alone_is_nothing() {
    assert_eq!(heard(KeySettings::default(), [tap(ENTER), tap(ENTER)].concat()), []);
}
