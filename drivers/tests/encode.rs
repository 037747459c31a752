//! Commands, exact to the byte.

use proptest::prelude::*;
use tameio_drivers::printer::encode::drawer_pulse;
use tameio_drivers::printer::profile::Cutter;
use tameio_drivers::printer::sheet::CodeError;
use tameio_drivers::printer::{
    Align, Bitmap, Code128Text, EncodeError, Gs1Text, Item, PaperReader, Sheet, Style, encode,
};

use crate::{code128, profile, qr, receipt};

fn body(name: &str, item: Item) -> Vec<u8> {
    encode(&Sheet { items: vec![item] }, &profile(name)).unwrap().body
}

#[test]
fn the_set_up_is_said_in_its_order() {
    let setup = |name| encode(&Sheet::new(), &profile(name)).unwrap().setup;
    assert_eq!(setup("epson-80"), [0x1B, 0x40, 0x1B, 0x52, 0, 0x1B, 0x33, 30, 0x1B, 0x74, 47]);
    let xprinter = [0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x52, 0, 0x1B, 0x33, 30, 0x1B, 0x74, 7];
    assert_eq!(setup("xprinter-80"), xprinter, "leave Chinese mode first");
    assert!(!setup("generic-80").contains(&0x74), "no page is guessed");
}

#[test]
fn cuts_feed_to_the_knife() {
    assert_eq!(body("epson-80", Item::Cut), [0x1D, 0x56, 0x42, 0]);
    assert_eq!(body("xprinter-58", Item::Cut), [0x1B, 0x64, 4], "no knife: feed to tear off");
    let mut full = profile("epson-80");
    full.cutter = Cutter::Full;
    let sheet = Sheet { items: vec![Item::Cut] };
    assert_eq!(encode(&sheet, &full).unwrap().body, [0x1D, 0x56, 0x41, 0]);
}

#[test]
fn the_drawer_gets_a_whole_pulse() {
    assert_eq!(drawer_pulse(&profile("epson-80")), [0x1B, 0x70, 0, 0x19, 0xFA]);
    let mut pin5 = profile("epson-80");
    pin5.drawer.pin = 1;
    assert_eq!(drawer_pulse(&pin5), [0x1B, 0x70, 1, 0x19, 0xFA]);
}

#[test]
fn styles_change_only_what_differs() {
    let mut sheet = Sheet::new();
    let wide = Style { bold: true, double_width: true, double_height: true, ..Style::default() };
    sheet.styled("A", wide).styled("B", wide).line("C");
    let expected =
        [&[0x1B, 0x45, 1, 0x1D, 0x21, 0x11][..], b"A\nB\n", &[0x1B, 0x45, 0, 0x1D, 0x21, 0x00], b"C\n"];
    assert_eq!(encode(&sheet, &profile("epson-80")).unwrap().body, expected.concat());
}

#[test]
fn alignment_is_a_command_and_ends_at_the_left() {
    let mut sheet = Sheet::new();
    sheet.styled("A", Style { align: Align::Centre, ..Style::default() });
    sheet.styled("B", Style { align: Align::Right, ..Style::default() });
    let expected = [&[0x1B, 0x61, 1][..], b"A\n", &[0x1B, 0x61, 2], b"B\n", &[0x1B, 0x61, 0]].concat();
    assert_eq!(encode(&sheet, &profile("epson-80")).unwrap().body, expected);
}

#[test]
fn a_qr_code_is_model_2_level_m_with_white_around_it() {
    let bytes = body("epson-80", Item::Qr { data: qr("ABC"), module_dots: 6 });
    let expected = [
        &[0x1B, 0x61, 1, 0x1B, 0x64, 1][..],
        &[0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0],
        &[0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, 6],
        &[0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 0x31],
        &[0x1D, 0x28, 0x6B, 6, 0, 0x31, 0x50, 0x30, b'A', b'B', b'C'],
        &[0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30],
        &[0x1B, 0x64, 1, 0x1B, 0x61, 0],
    ];
    assert_eq!(bytes, expected.concat());
}

#[test]
fn a_qr_code_shrinks_to_the_paper_or_is_refused() {
    let long = Item::Qr { data: qr(&"x".repeat(300)), module_dots: 16 };
    let bytes = body("epson-58", long);
    let at = bytes.windows(2).position(|pair| pair == [0x31, 0x43]).unwrap();
    assert_eq!(bytes[at + 2], 4, "69 modules and 8 of white on 384 dots");
    let huge = body("epson-58", Item::Qr { data: qr(&"x".repeat(2331)), module_dots: 6 });
    assert!(huge.windows(3).any(|bytes| bytes == [0x31, 0x43, 2]), "185 modules fit at two dots");
    let mut narrow = profile("epson-58");
    narrow.dots = 160;
    let sheet = Sheet { items: vec![Item::Qr { data: qr(&"x".repeat(2331)), module_dots: 6 }] };
    assert_eq!(encode(&sheet, &narrow), Err(EncodeError::QrTooWide { bytes: 2331, dots: 160 }));
}

#[test]
fn code_128_packs_digits_in_pairs() {
    let bytes = body("epson-80", Item::Barcode128 { data: code128("123456789012") });
    let command = [0x1D, 0x6B, 0x49, 0x08, 0x7B, 0x43, 0x0C, 0x22, 0x38, 0x4E, 0x5A, 0x0C];
    assert!(bytes.windows(command.len()).any(|window| window == command));
    let bytes = body("epson-80", Item::Barcode128 { data: code128("T-{42") });
    let command = [&[0x1D, 0x6B, 0x49, 8][..], b"{BT-{{42"].concat();
    assert!(bytes.windows(command.len()).any(|window| window == command), "a brace is doubled and counted");
}

#[test]
fn code_128_changes_its_set_where_that_is_shorter() {
    let data = |text: &str| {
        let bytes = body("epson-80", Item::Barcode128 { data: code128(text) });
        let at = bytes.windows(3).position(|window| window == [0x1D, 0x6B, 73]).unwrap();
        bytes[at + 4..at + 4 + usize::from(bytes[at + 3])].to_vec()
    };
    assert_eq!(data("T-123456"), [b"{BT-{C".as_slice(), &[12, 34, 56]].concat());
    assert_eq!(data("12345T"), [b"{C".as_slice(), &[12, 34], b"{B5T"].concat());
    assert_eq!(data("A1234B"), b"{BA1234B", "four digits in the middle do not pay");
    assert_eq!(data("99{99"), b"{B99{{99");
}

/// `(01)05201234567894(21)A7`: FNC1 first, none after the item's fixed length, none at the end.
#[test]
fn gs1_128_has_its_symbols_and_its_elements_below() {
    let text = Gs1Text::new(&[("01", "05201234567894"), ("21", "A7"), ("10", "B")]).unwrap();
    assert_eq!(text.human(), "(01)05201234567894(21)A7(10)B");
    let bytes = body("epson-80", Item::Gs1Barcode { data: text.clone() });
    let data = [b"{C{1".as_slice(), &[1, 5, 20, 12, 34, 56, 78, 94, 21], b"{BA7{110B"].concat();
    let command = [&[0x1D, 0x6B, 73, u8::try_from(data.len()).unwrap()][..], &data].concat();
    assert!(bytes.windows(command.len()).any(|window| window == command), "{bytes:02x?}");
    assert!(bytes.windows(3).any(|window| window == [0x1D, 0x48, 0]), "its text is ours, in brackets");
    for name in ["epson-80", "raster-80", "star-80"] {
        let sheet = Sheet { items: vec![Item::Gs1Barcode { data: text.clone() }] };
        let papers = PaperReader::read(&profile(name), &encode(&sheet, &profile(name)).unwrap().bytes());
        assert!(papers[0].text().contains("(01)05201234567894(21)A7(10)B"), "{name}: {}", papers[0].text());
        assert!(!papers[0].text().contains('\u{1D}'), "{name}");
    }
}

#[test]
fn gs1_refuses_what_is_no_element() {
    let fault = |identifier, value| Gs1Text::new(&[(identifier, value)]).unwrap_err();
    assert!(matches!(fault("01", "05201234567892"), CodeError::Element { .. }), "the check digit is 4");
    assert!(matches!(fault("01", "0520123456789"), CodeError::Element { .. }), "an item has 14 digits");
    assert!(matches!(fault("1", "A"), CodeError::Element { .. }));
    assert!(matches!(fault("2X", "A"), CodeError::Element { .. }));
    assert!(matches!(fault("21", ""), CodeError::Element { .. }));
    assert_eq!(fault("21", "A B"), CodeError::Character(' '));
    assert_eq!(fault("21", "Ω"), CodeError::Character('Ω'));
    assert_eq!(Gs1Text::new(&[]), Err(CodeError::Empty));
    let long = "1".repeat(47);
    assert_eq!(fault("21", &long), CodeError::TooLong { given: 49, max: 48 });
}

#[test]
fn a_bar_code_too_wide_for_a_scanner_is_refused_in_a_sentence() {
    let sheet = Sheet { items: vec![Item::Barcode128 { data: code128(&"A1".repeat(20)) }] };
    let fault = encode(&sheet, &profile("epson-58")).unwrap_err();
    assert_eq!(fault, EncodeError::BarcodeTooWide { characters: 40, dots: 384 });
    assert_eq!(fault.to_string(), "the bar code of 40 characters does not fit on paper 384 dots wide");
}

#[test]
fn pictures_go_in_strips_the_printer_can_hold() {
    let mut logo = Bitmap::white(64, 100);
    (0..100).for_each(|y| logo.set(y % 64, y, true));
    let bytes = body("xprinter-58", Item::Picture(logo));
    let strips = bytes.windows(4).filter(|window| *window == [0x1D, 0x76, 0x30, 0]).count();
    assert_eq!(strips, 5, "100 rows in strips of 24");
}

#[test]
fn no_picture_holds_a_real_time_command() {
    let mut dangerous = Bitmap::white(32, 1);
    // 0x10 0x14 0x01: the drawer's pulse, which a printer obeys in the middle of a picture.
    [3, 11, 13, 23].iter().for_each(|x| dangerous.set(*x, 0, true));
    let bytes = body("epson-80", Item::Picture(dangerous));
    assert!(bytes.windows(2).all(|pair| pair != [0x10, 0x14]), "{bytes:02x?}");
    assert!(bytes.windows(2).any(|pair| pair == [0x18, 0x14]), "one more dot");
}

#[test]
fn a_job_knows_where_its_lines_end() {
    let job = encode(&receipt(&profile("epson-80")), &profile("epson-80")).unwrap();
    assert_eq!(job.lines_in(0), 0);
    assert_eq!(job.lines_in(job.body.len()), job.line_ends.len());
    assert!(job.line_ends.is_sorted());
    let third = job.line_ends[2];
    assert_eq!((job.lines_in(third - 1), job.lines_in(third)), (2, 3));
}

proptest! {
    /// Whatever sets it goes through, a code says what it was given.
    #[test]
    fn any_code_128_comes_back(text in "[ -~]{1,14}") {
        let sheet = Sheet { items: vec![Item::Barcode128 { data: Code128Text::new(&text).unwrap() }] };
        let papers = PaperReader::read(&profile("epson-80"), &encode(&sheet, &profile("epson-80")).unwrap().bytes());
        prop_assert_eq!(papers[0].codes(), [text.as_str()]);
    }

    #[test]
    fn any_picture_fits_the_paper(width in 0usize..1000, height in 0usize..70, seed in any::<u64>()) {
        let mut bitmap = Bitmap::white(width, height);
        (0..200u64).for_each(|n| {
            let at = seed.rotate_left(u32::try_from(n % 64).unwrap()).wrapping_mul(n | 1);
            bitmap.set(usize::try_from(at % 1000).unwrap(), usize::try_from(at / 1000 % 70).unwrap(), true);
        });
        let bytes = body("epson-58", Item::Picture(bitmap));
        let wide = bytes.windows(6).filter(|window| window.starts_with(&[0x1D, 0x76, 0x30, 0]));
        prop_assert!(wide.into_iter().all(|window| window[4] <= 48 && window[5] == 0));
    }
}
