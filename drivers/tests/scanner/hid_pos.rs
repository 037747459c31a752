//! Reports of scanners.

use tameio_drivers::scanner::hid_pos::{CONTINUES_MS, HidPos};
use tameio_drivers::scanner::sim::hid_reports;
use tameio_drivers::scanner::{Scan, Symbology};

fn heard(reports: &[[u8; 64]]) -> Vec<Scan> {
    let mut pos = HidPos::default();
    reports.iter().filter_map(|report| pos.hear(report, 5)).collect()
}

fn report(bytes: &[u8]) -> [u8; 64] {
    let mut report = [0; 64];
    report[..bytes.len()].copy_from_slice(bytes);
    report
}

#[test]
fn a_short_code_is_one_report() {
    let scans = heard(&hid_reports("]E0", b"4006381333931"));
    assert_eq!((scans[0].text.as_str(), scans[0].symbology), ("4006381333931", Some(Symbology::Ean13)));
}

#[test]
fn a_long_code_goes_on_in_the_next_report() {
    let long: String = (0..200).map(|at| char::from(b'A' + at % 26)).collect();
    let reports = hid_reports("]Q1", long.as_bytes());
    assert_eq!(reports.len(), 4);
    assert_eq!(heard(&reports)[0].text, long);
    // Without the identifier in those that go on.
    let mut bare = reports;
    bare[1..].iter_mut().for_each(|report| report[2..5].fill(0));
    assert_eq!(heard(&bare)[0].text, long);
}

#[test]
fn half_a_code_is_none() {
    let reports = hid_reports("]Q1", &[b'x'; 80]);
    let mut pos = HidPos::default();
    assert_eq!(pos.hear(&reports[0], 0), None);
    assert!(pos.is_waiting());
    let next = hid_reports("]E0", b"12345670");
    let scan = pos.hear(&next[0], CONTINUES_MS + 1).unwrap();
    assert_eq!(scan.text, "12345670");
}

#[test]
fn the_layouts_of_other_makes() {
    // A byte between length and identifier.
    assert_eq!(heard(&[report(b"\x02\x03\x00]C0ABC")])[0].text, "ABC");
    // No identifier: data right behind the length.
    let scan = &heard(&[report(b"\x02\x03ABC")])[0];
    assert_eq!((scan.text.as_str(), scan.symbology), ("ABC", None));
    // Number 1: sixty-two bytes of data.
    assert_eq!(heard(&[report(b"\x01\x04ABCD")])[0].text, "ABCD");
    // The end mark of the scanner's own.
    assert_eq!(heard(&[report(b"\x02\x04]C0ABC\r")])[0].text, "ABC");
}

#[test]
fn what_is_no_code_is_nothing() {
    for bytes in [&b"\x02\x00]C0"[..], b"\x05\x03ABC", b"\x02"] {
        assert_eq!(heard(&[report(bytes)]), []);
    }
    assert_eq!(HidPos::default().hear(&[2, 200, b']'], 0), None);
    assert_eq!(HidPos::default().hear(&[], 0), None);
}
