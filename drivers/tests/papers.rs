//! Bytes read back into papers, and papers into pictures.

use proptest::prelude::*;
use tameio_drivers::printer::{
    Align, Bitmap, Item, PROFILE_NAMES, Paper, PaperReader, Profile, Sheet, Style, encode,
};

use crate::{PANGRAM, code128, profile, qr, receipt};

fn print(sheet: &Sheet, profile: &Profile) -> Paper {
    let mut papers = PaperReader::read(profile, &encode(sheet, profile).unwrap().bytes());
    assert_eq!(papers.len(), 1);
    papers.remove(0)
}

/// What an independent reader sees in a picture's QR codes.
fn scan(bitmap: &Bitmap) -> Vec<String> {
    let grey = |x: usize, y: usize| if bitmap.black(x, y) { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(bitmap.width(), bitmap.height(), grey);
    picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

#[test]
fn the_same_sheet_reads_the_same_on_every_printer() {
    for name in PROFILE_NAMES {
        let profile = profile(name);
        let mut sheet = Sheet::new();
        sheet.line(PANGRAM).styled("Στη μέση", Style { align: Align::Centre, ..Style::default() });
        sheet.styled("ΣΥΝΟΛΟ 5,00 €", Style { bold: true, double_height: true, ..Style::default() }).cut();
        let lines = print(&sheet, &profile).lines();
        let lines: Vec<_> = lines.iter().filter(|line| !line.is_empty()).collect();
        let centred = format!("{}Στη μέση", " ".repeat((profile.columns - 8) / 2));
        assert_eq!(lines[lines.len() - 2], &centred, "{name}");
        assert_eq!(lines[lines.len() - 1], "ΣΥΝΟΛΟ 5,00 €", "{name}");
        let pangram = lines[..lines.len() - 2].iter().map(|line| line.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(pangram, PANGRAM, "{name}");
    }
}

#[test]
fn columns_stay_where_they_are() {
    let profile = profile("epson-80");
    let paper = print(&receipt(&profile), &profile);
    let lines = paper.lines();
    let rows = lines.iter().filter(|line| line.ends_with("14,00"));
    assert_eq!(rows.clone().count(), 34);
    assert!(rows.into_iter().all(|line| line.chars().count() == 48));
    assert!(paper.cut);
}

#[test]
fn a_printed_qr_code_says_what_it_should() {
    let text = "https://mydata.example/ΦΗΜ?mark=400001234567890";
    for (name, dots) in [("epson-80", 6), ("epson-58", 4), ("raster-58", 4), ("raster-80", 8)] {
        let mut sheet = Sheet::new();
        sheet.line("Απόδειξη").push(Item::Qr { data: qr(text), module_dots: dots }).line("Τέλος");
        let paper = print(&sheet, &profile(name));
        assert_eq!(scan(&paper.bitmap()), [text], "{name}");
    }
}

#[test]
fn codes_are_named_in_the_text() {
    let mut sheet = Sheet::new();
    sheet.push(Item::Qr { data: qr("https://example.org"), module_dots: 6 });
    sheet
        .push(Item::Barcode128 { data: code128("T-{42}") })
        .push(Item::Barcode128 { data: code128("123456") });
    let paper = print(&sheet, &profile("epson-80"));
    assert_eq!(paper.codes(), ["https://example.org", "T-{42}", "123456"]);
    assert!(paper.text().contains("[QR https://example.org]"), "{}", paper.text());
}

#[test]
fn drawn_bars_are_code_128() {
    // ISO/IEC 15417: start B, "A" = 33, check (104 + 33) mod 103 = 34, stop.
    let mut sheet = Sheet::new();
    sheet.push(Item::Barcode128 { data: code128("A") });
    let bitmap = print(&sheet, &profile("raster-80")).bitmap();
    let row: Vec<bool> = (0..bitmap.width()).map(|x| bitmap.black(x, 30)).collect();
    let mut runs =
        row.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() / 3)).skip_while(|(black, _)| !black);
    let widths: String = runs.by_ref().take(25).map(|(_, modules)| modules.to_string()).collect();
    assert_eq!(widths, ["211214", "111323", "131123", "2331112"].concat());
}

#[test]
fn a_picture_is_a_png_of_the_papers_width() {
    let profile = profile("epson-58");
    let paper = print(&receipt(&profile), &profile);
    let mut decoder = png::Decoder::new(std::io::Cursor::new(paper.png()));
    let info = decoder.read_header_info().unwrap();
    assert_eq!(info.width, 384 + 48);
    assert_eq!(usize::try_from(info.height).unwrap(), paper.bitmap().height());
}

#[test]
fn a_printer_left_in_chinese_mode_prints_chinese() {
    let xprinter = profile("xprinter-80");
    let bytes = [&[0x1B, 0x40, 0x1B, 0x74, 7][..], &[0xC1, 0xE8, 0xDE, 0xED], b"\n"].concat();
    assert_eq!(PaperReader::read(&xprinter, &bytes)[0].lines(), ["〓〓"]);
    let mut sheet = Sheet::new();
    sheet.line("Αθήνα");
    assert_eq!(print(&sheet, &xprinter).lines(), ["Αθήνα"], "the encoder leaves it");
}

#[test]
fn a_page_number_of_another_make_is_unreadable() {
    let bytes = [&[0x1B, 0x74, 14][..], &[0x80, 0x9F], b"\n"].concat();
    assert_eq!(PaperReader::read(&profile("epson-80"), &bytes)[0].lines(), ["Αθ"]);
    assert_eq!(PaperReader::read(&profile("bixolon-80"), &bytes)[0].lines(), ["\u{FFFD}\u{FFFD}"]);
}

#[test]
fn a_line_that_is_too_long_breaks_where_the_paper_ends() {
    let papers = PaperReader::read(&profile("epson-58"), &[[b'x'; 40].as_slice(), b"\n"].concat());
    assert_eq!(papers[0].lines(), ["x".repeat(32), "x".repeat(8)]);
}

#[test]
fn a_dithered_logo_keeps_its_half_tones() {
    let half = Bitmap::dithered(64, 64, &[128; 64 * 64]);
    let black = (0..64 * 64).filter(|at| half.black(at % 64, at / 64)).count();
    assert!((1900..2200).contains(&black), "{black} of 4096 dots");
    assert!((0..64).all(|x| (0..64).any(|y| half.black(x, y))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_some_papers(bytes in prop::collection::vec(any::<u8>(), 0..600), name in prop::sample::select(PROFILE_NAMES)) {
        for paper in PaperReader::read(&profile(name), &bytes) {
            prop_assert!(!paper.is_blank());
            prop_assert!(!paper.text().contains('\u{1B}'), "a command reached the text");
            prop_assert!(paper.png().len() > 8);
        }
    }

    /// Bytes that are nearly commands find the corners that pure noise does not.
    #[test]
    fn any_pieces_of_commands_give_the_same_papers(pieces in prop::collection::vec(piece(), 0..40), cut in any::<usize>()) {
        let bytes = pieces.concat();
        let mut reader = PaperReader::new(profile("epson-80"));
        let cut = cut % (bytes.len() + 1);
        reader.feed(&bytes[..cut]);
        reader.feed(&bytes[cut..]);
        reader.tear_off();
        prop_assert_eq!(reader.take_papers(), PaperReader::read(&profile("epson-80"), &bytes));
    }
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let starts = vec![
        vec![0x1B, 0x40],
        vec![0x1B, 0x74, 47],
        vec![0x1D, 0x76, 0x30, 0, 2, 0, 2, 0],
        vec![0x1D, 0x28, 0x6B, 3, 0],
        vec![0x1D, 0x28, 0x6B, 5, 0, 0x31, 0x50, 0x30],
        vec![0x1D, 0x6B, 73, 4],
        vec![0x1D, 0x56, 0x42],
        vec![0x10, 4],
        vec![0x10, 0x14, 1],
        vec![0x1D, 0x21],
        vec![b'\n'],
        vec![0x1D, 0x6B, 2],
    ];
    (prop::sample::select(starts), prop::collection::vec(any::<u8>(), 0..6))
        .prop_map(|(start, rest)| [start, rest].concat())
}
