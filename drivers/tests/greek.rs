//! Greek letters as bytes, exact.

use tameio_drivers::printer::greek::CodePage;
use tameio_drivers::printer::profile::PageSlot;
use tameio_drivers::printer::{PaperReader, Sheet, encode};

use crate::{PANGRAM, profile};

/// The bytes a line has on a printer that knows one page only.
fn check(page: CodePage, text: &str, expected: &[u8]) {
    let slot = PageSlot { page, n: 9 };
    let mut profile = profile("epson-80").with_page(slot);
    profile.stray_page = None;
    let mut sheet = Sheet::new();
    sheet.line(text);
    let job = encode(&sheet, &profile).unwrap();
    assert!(job.setup.ends_with(&[0x1B, 0x74, 9]), "the page is selected once, at the end of the set-up");
    assert_eq!(job.body, [expected, b"\n"].concat(), "{text} in {}", page.name());
}

#[test]
fn words_have_the_bytes_of_each_page() {
    check(CodePage::Cp737, "Αθήνα", &[0x80, 0x9F, 0xE3, 0xA4, 0x98]);
    check(CodePage::Cp869, "Αθήνα", &[0xA4, 0xE2, 0x9E, 0xE7, 0xD6]);
    check(CodePage::Iso8859_7, "Αθήνα", &[0xC1, 0xE8, 0xDE, 0xED, 0xE1]);
    check(CodePage::Windows1253, "Αθήνα", &[0xC1, 0xE8, 0xDE, 0xED, 0xE1]);
    check(CodePage::Cp737, "Πλυντήριο", &[0x8F, 0xA2, 0xAC, 0xA4, 0xAB, 0xE3, 0xA8, 0xA0, 0xA6]);
    check(CodePage::Cp869, "Πλυντήριο", &[0xC6, 0xE5, 0xF2, 0xE7, 0xEE, 0x9E, 0xEB, 0xE3, 0xE9]);
    check(CodePage::Iso8859_7, "Πλυντήριο", &[0xD0, 0xEB, 0xF5, 0xED, 0xF4, 0xDE, 0xF1, 0xE9, 0xEF]);
    check(CodePage::Windows1253, "Πλυντήριο", &[0xD0, 0xEB, 0xF5, 0xED, 0xF4, 0xDE, 0xF1, 0xE9, 0xEF]);
}

#[test]
fn capital_alpha_with_tonos_tells_the_two_web_pages_apart() {
    check(CodePage::Cp737, "Ά", &[0xEA]);
    check(CodePage::Cp869, "Ά", &[0x86]);
    check(CodePage::Iso8859_7, "Ά", &[0xB6]);
    check(CodePage::Windows1253, "Ά", &[0xA2]);
}

#[test]
fn euro_has_its_place_where_there_is_one() {
    check(CodePage::Windows1253, "12,50 €", b"12,50 \x80");
    check(CodePage::Iso8859_7, "12,50 €", b"12,50 \xA4");
    assert_eq!(CodePage::Cp858.encode('€'), Some(0xD5));
    assert_eq!(CodePage::Cp737.encode('€'), None);
    assert_eq!(CodePage::Cp869.encode('€'), None);
}

#[test]
fn what_each_page_lacks_is_known() {
    let letters = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰ";
    let missing = |page: CodePage| letters.chars().filter(|c| page.encode(*c).is_none()).collect::<String>();
    assert_eq!(missing(CodePage::Cp737), "ΐΰ");
    assert_eq!(missing(CodePage::Cp869), "");
    assert_eq!(missing(CodePage::Iso8859_7), "");
    assert_eq!(missing(CodePage::Windows1253), "");
}

#[test]
fn every_byte_of_every_page_reads_back_as_itself() {
    for page in [
        CodePage::Cp737,
        CodePage::Cp869,
        CodePage::Iso8859_7,
        CodePage::Windows1253,
        CodePage::Cp858,
        CodePage::Cp928,
    ] {
        assert_eq!(CodePage::named(page.name()), Some(page));
        let known = (0..=255u8).filter_map(|byte| Some((byte, page.decode(byte)?)));
        for (byte, c) in known {
            assert!(!c.is_control(), "{byte:#x} of {} is a control character", page.name());
            assert_eq!(page.encode(c), Some(byte), "{c} of {}", page.name());
        }
    }
}

#[test]
fn hyphen_and_full_stop_stay_ascii_on_every_page() {
    for page in [CodePage::Cp737, CodePage::Cp869, CodePage::Iso8859_7, CodePage::Windows1253] {
        check(page, "ΙΚΥ-1234.", &[&page_bytes(page, "ΙΚΥ"), b"-1234.".as_slice()].concat());
    }
}

fn page_bytes(page: CodePage, text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| page.encode(c)).collect()
}

#[test]
fn look_alikes_and_loose_accents_are_the_same_letters() {
    // Alpha with a combining tonos, omicron with oxia, the ohm and micro signs, the Greek question mark.
    check(CodePage::Windows1253, "α\u{301}\u{1F79}\u{2126}µ\u{37E}", &[0xDC, 0xFC, 0xD9, 0xEC, b';']);
    check(CodePage::Cp737, "‘α’ – …\u{A0}“β”", b"'\x98' - ... \"\x99\"");
}

#[test]
fn a_stray_sign_switches_the_page_for_itself_only() {
    let profile = profile("xprinter-80").with_page(PageSlot { page: CodePage::Cp737, n: 24 });
    let mut sheet = Sheet::new();
    sheet.line("Ω 5 € Ω");
    let body = encode(&sheet, &profile).unwrap().body;
    let expected =
        [&[0x97][..], b" 5 ", &[0x1B, 0x74, 19, 0xD5], b" ", &[0x1B, 0x74, 24, 0x97], b"\n"].concat();
    assert_eq!(body, expected);
}

#[test]
fn letters_of_another_page_of_the_same_printer_are_found() {
    let profile = profile("pos5890-58"); // 1253, 869, 737: box drawing is in 737 only
    let mut sheet = Sheet::new();
    sheet.line("Ω≥Ω");
    let body = encode(&sheet, &profile).unwrap().body;
    assert_eq!(body, [0xD9, 0x1B, 0x74, 64, 0xF2, 0x97, b'\n'], "737 has both, and is left only when needed");
}

#[test]
fn a_line_no_page_holds_is_drawn_and_never_sent_as_utf8() {
    let mut profile = profile("epson-80").with_page(PageSlot { page: CodePage::Cp737, n: 14 });
    profile.stray_page = None;
    for text in ["λάμψη «ΑΚΜΗ»", "ΐΰ", "漢字", "Żółć"] {
        let mut sheet = Sheet::new();
        sheet.line(text);
        let body = encode(&sheet, &profile).unwrap().body;
        assert_eq!(body[..4], [0x1D, 0x76, 0x30, 0], "{text} is a picture");
    }
}

#[test]
fn the_pangram_is_one_run_on_the_best_page() {
    let mut sheet = Sheet::new();
    sheet.line(PANGRAM.get(..PANGRAM.find('.').unwrap()).unwrap());
    let body = encode(&sheet, &profile("epson-80")).unwrap().body;
    assert!(!body.contains(&0x1B), "no page is switched");
}

/// Every character of the sentence that a page has comes back from that page, on paper.
#[test]
fn the_pangram_goes_through_every_page_and_back() {
    let pages = [
        (CodePage::Windows1253, ""),
        (CodePage::Iso8859_7, ""),
        (CodePage::Cp869, "€"),
        (CodePage::Cp928, "€"),
        (CodePage::Cp737, "ΐΰ€"),
    ];
    for (page, lacks) in pages {
        let missing: String = PANGRAM.chars().filter(|c| page.encode(*c).is_none()).collect();
        assert_eq!(missing, lacks, "{}", page.name());
        for c in PANGRAM.chars().filter(|c| !lacks.contains(*c)) {
            let byte = page.encode(c).unwrap();
            assert_eq!(page.decode(byte), Some(c), "{c} in {}", page.name());
        }
        // Whole, as a line: on the page alone, and drawn where it lacks a letter. It reads the same.
        let mut profile = profile("epson-80").with_page(PageSlot { page, n: 9 });
        profile.stray_page = None;
        profile.columns = 64;
        profile.dots = 768;
        let mut sheet = Sheet::new();
        sheet.line(PANGRAM);
        let papers = PaperReader::read(&profile, &encode(&sheet, &profile).unwrap().bytes());
        assert_eq!(papers[0].lines(), [PANGRAM], "{}", page.name());
    }
}

/// The whole sentence in the bytes of the best page, and of the most common one.
#[test]
fn the_pangram_has_these_bytes() {
    let body = |page| -> Vec<u8> { PANGRAM.chars().map(|c| page_byte(page, c)).collect() };
    let windows = b"\xCE\xE5\xF3\xEA\xE5\xF0\xDC\xE6\xF9 \xF4\xE7\xED \xF8\xF5\xF7\xEF\xF6\xE8\xFC\xF1\xE1 \
        \xE2\xE4\xE5\xEB\xF5\xE3\xEC\xDF\xE1. \xA2\xB8\xB9\xBA\xBC\xBE\xBF \xDA\xDB \xFA\xFB \xC0\xE0 12,50 \x80";
    assert_eq!(body(CodePage::Windows1253), windows);
    let dos = b"\x8D\x9C\xA9\xA1\x9C\xA7\xE1\x9D\xE0 \xAB\x9E\xA4 \xAF\xAC\xAE\xA6\xAD\x9F\xE6\xA8\x98 \
        \x99\x9B\x9C\xA2\xAC\x9A\xA3\xE5\x98. \xEA\xEB\xEC\xED\xEE\xEF\xF0 \xF4\xF5 \xE4\xE8 ?? 12,50 ?";
    assert_eq!(body(CodePage::Cp737), dos);
}

fn page_byte(page: CodePage, c: char) -> u8 {
    page.encode(c).unwrap_or(b'?')
}
