//! Codes on a serial line.

use tameio_drivers::scanner::frames::Frames;
use tameio_drivers::scanner::{Scan, Symbology};

fn heard(bytes: &[u8]) -> (Vec<Scan>, Option<Scan>) {
    let mut frames = Frames::default();
    let scans = bytes.iter().filter_map(|byte| frames.hear(*byte, 5)).collect();
    (scans, frames.flush(9))
}

#[test]
fn any_end_ends_a_code_and_so_does_silence() {
    for end in ["\r", "\n", "\r\n", "\n\r"] {
        let (scans, rest) = heard(format!("]Q1one{end}two{end}three").as_bytes());
        let texts: Vec<&str> = scans.iter().map(|scan| scan.text.as_str()).collect();
        assert_eq!(texts, ["one", "two"], "{end:?}");
        assert_eq!(scans[0].symbology, Some(Symbology::Qr));
        assert_eq!(rest.map(|scan| (scan.text, scan.at_ms)), Some(("three".to_owned(), 9)));
    }
}

#[test]
fn greek_comes_in_utf_8_or_in_the_page_of_windows() {
    assert_eq!(heard("Πλύσιμο\r".as_bytes()).0[0].text, "Πλύσιμο");
    assert_eq!(heard(b"\xd0\xeb\xfd\xf3\xe9\xec\xef\r").0[0].text, "Πλύσιμο");
}

#[test]
fn what_is_too_long_is_thrown_away_to_its_end() {
    let long = [vec![b'x'; 5000], b"\rshort\r".to_vec()].concat();
    let (scans, rest) = heard(&long);
    assert_eq!(scans.iter().map(|scan| scan.text.as_str()).collect::<Vec<_>>(), ["short"]);
    assert_eq!(rest, None);
}

#[test]
fn nothing_between_two_ends_is_no_code() {
    assert_eq!(heard(b"\r\n\r\n\0\0\r"), (vec![], None));
    assert_eq!(heard(b"a\0b\r").0[0].text, "ab");
    assert_eq!(heard(b"10A\x1d21B\r").0[0].data, "10A\u{1d}21B");
}
