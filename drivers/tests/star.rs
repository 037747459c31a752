//! Star Line Mode and StarPRNT: the bytes, the status block, the end of a job.

use std::time::Duration;

use proptest::prelude::*;
use tameio_drivers::printer::encode::drawer_pulse;
use tameio_drivers::printer::sim::CutterState;
use tameio_drivers::printer::status::{Decoder, DrawerState, Reply, Status};
use tameio_drivers::printer::{
    Align, Bitmap, Control, EscPosPrinter, Fault, Item, JobOutcome, Language, PaperLevel, PaperReader,
    Patience, Printer, Sheet, SimPrinter, Style, encode,
};

use crate::{PANGRAM, code128, profile, qr, receipt};

fn body(name: &str, item: Item) -> Vec<u8> {
    encode(&Sheet { items: vec![item] }, &profile(name)).unwrap().body
}

#[test]
fn the_set_up_and_the_styles_are_stars() {
    let centre = Style { align: Align::Centre, bold: true, double_width: true, ..Style::default() };
    let mut sheet = Sheet::new();
    sheet.styled("Αθήνα", centre).styled("b", Style { small: true, ..Style::default() });
    let job = encode(&sheet, &profile("star-80")).unwrap();
    assert_eq!(job.setup, [0x1B, 0x40, 0x1B, 0x7A, 1, 0x1B, 0x1D, 0x74, 18]);
    let expected = [
        &[0x1B, 0x1D, 0x61, 1, 0x1B, 0x45, 0x1B, 0x69, 0, 1][..],
        &[0xC1, 0xE8, 0xDE, 0xED, 0xE1, b'\n'],
        &[0x1B, 0x1E, 0x46, 1, 0x1B, 0x1D, 0x61, 0, 0x1B, 0x46, 0x1B, 0x69, 0, 0, b'b', b'\n'],
        &[0x1B, 0x1E, 0x46, 0],
    ];
    assert_eq!(job.body, expected.concat());
}

#[test]
fn a_stray_euro_is_on_page_four() {
    let mut sheet = Sheet::new();
    sheet.line("Ω 5 €");
    let body = encode(&sheet, &profile("star-80")).unwrap().body;
    assert_eq!(body, [&[0xD9][..], b" 5 ", &[0x1B, 0x1D, 0x74, 4, 0xD5, b'\n']].concat());
}

#[test]
fn cuts_feeds_and_pulses() {
    assert_eq!(body("star-80", Item::Cut), [0x1B, 0x64, 3]);
    assert_eq!(body("star-80", Item::Feed(3)), [0x1B, 0x61, 3]);
    assert_eq!(drawer_pulse(&profile("star-80")), [0x1B, 0x07, 5, 50, 0x07]);
    let mut second = profile("star-80");
    second.drawer.pin = 1;
    assert_eq!(drawer_pulse(&second), [0x1A]);
}

#[test]
fn a_qr_code_has_its_five_steps() {
    let expected = [
        &[0x1B, 0x1D, 0x61, 1, 0x1B, 0x61, 1][..],
        &[0x1B, 0x1D, 0x79, 0x53, 0x30, 2],
        &[0x1B, 0x1D, 0x79, 0x53, 0x31, 1],
        &[0x1B, 0x1D, 0x79, 0x53, 0x32, 8],
        &[0x1B, 0x1D, 0x79, 0x44, 0x31, 0, 3, 0, b'A', b'B', b'C'],
        &[0x1B, 0x1D, 0x79, 0x50, 0x1B, 0x61, 1, 0x1B, 0x1D, 0x61, 0],
    ];
    let sixteen = Item::Qr { data: qr("ABC"), module_dots: 16 };
    assert_eq!(body("star-80", sixteen), expected.concat(), "eight dots is the most there is");
}

#[test]
fn pictures_go_by_row_or_by_column() {
    let mut dot = Bitmap::white(576, 2);
    dot.set(0, 0, true);
    let rows = [
        &[0x1B, 0x2A, 0x72, 0x41, 0x1B, 0x2A, 0x72, 0x50, 0x30, 0][..],
        &[0x62, 1, 0, 0x80, 0x62, 1, 0, 0],
        &[0x1B, 0x2A, 0x72, 0x42],
    ];
    assert_eq!(body("star-80", Item::Picture(dot.clone())), rows.concat());
    let columns = [&[0x1B, 0x58, 8, 0, 0x80, 0, 0][..], &[0; 21], b"\n\r"];
    assert_eq!(body("starprnt-80", Item::Picture(dot)), columns.concat());
}

#[test]
fn a_native_bar_code_ends_in_a_record_separator() {
    let mut native = profile("star-80");
    native.native_code128 = true;
    let sheet = Sheet { items: vec![Item::Barcode128 { data: code128("T-42") }] };
    let job = encode(&sheet, &native).unwrap();
    let command = [&[0x1B, 0x62, 6, 2, 2, 80][..], b"T-42", &[0x1E]].concat();
    assert!(job.body.windows(command.len()).any(|window| window == command), "{:02x?}", job.body);
    let papers = PaperReader::read(&native, &job.bytes());
    assert_eq!(papers[0].codes(), ["T-42"]);
}

#[test]
fn everything_on_a_receipt_is_read_back() {
    for name in ["star-80", "star-58", "starprnt-80"] {
        let profile = profile(name);
        let mut sheet = receipt(&profile);
        sheet.line(PANGRAM).cut();
        let papers = PaperReader::read(&profile, &encode(&sheet, &profile).unwrap().bytes());
        assert_eq!(papers.len(), 2, "{name}");
        let lines = papers[0].lines();
        assert!(lines[0].contains("Πλυντήριο ΑΚΜΗ"), "{name}: {lines:?}");
        assert_eq!(papers[0].codes(), ["https://example.org/r/400001234567890"], "{name}");
        let text = papers[1].lines().join(" ");
        assert!(text.contains("βδελυγμία. ΆΈΉΊΌΎΏ ΪΫ ϊϋ ΐΰ 12,50 €"), "{name}: {text}");
    }
}

#[test]
fn a_line_without_a_page_is_drawn_in_either_way() {
    for name in ["star-80", "starprnt-80"] {
        let mut none = profile(name);
        none.pages.clear();
        let big = Style { double_height: true, ..Style::default() };
        let mut sheet = Sheet::new();
        sheet.line("one").line("Ξεσκεπάζω").styled("βδελυγμία", big).line("two");
        let job = encode(&sheet, &none).unwrap();
        assert!(
            job.body.windows(3).any(|bytes| matches!(bytes, [0x1B, 0x2A, 0x72] | [0x1B, 0x58, _])),
            "{name}"
        );
        let papers = PaperReader::read(&none, &job.bytes());
        assert_eq!(papers[0].lines(), ["one", "Ξεσκεπάζω", "βδελυγμία", "two"], "{name}");
    }
}

fn block(bytes: &[u8]) -> Option<(Status, Option<u8>)> {
    let mut decoder = Decoder::new(Language::Star);
    let replies = decoder.push(bytes);
    let [Reply::Star(block)] = replies.as_slice() else { return None };
    let mut status = Status::default();
    status.learn_star(block);
    Some((status, block.marks()))
}

#[test]
fn the_status_block_is_read_bit_by_bit() {
    let fault = |at: usize, byte: u8| {
        let mut bytes = [0x23, 0x86, 0, 0, 0, 0, 0, 0, 0];
        bytes[at] = byte;
        block(&bytes).unwrap().0.fault()
    };
    assert_eq!(fault(2, 0x04), None, "the drawer is no fault");
    assert_eq!(fault(2, 0x28), Some(Fault::CoverOpen));
    assert_eq!(fault(3, 0x08), Some(Fault::CutterJam));
    assert_eq!(fault(3, 0x20), Some(Fault::Printer));
    assert_eq!(fault(4, 0x02), Some(Fault::Printer));
    assert_eq!(fault(5, 0x08), Some(Fault::PaperOut));
    let (status, _) = block(&[0x23, 0x86, 0x04, 0, 0, 0x04, 0, 0, 0]).unwrap();
    assert_eq!((status.paper, status.drawer_pin_high), (Some(PaperLevel::Low), Some(true)));
    assert_eq!((status.online, status.cover_open), (Some(true), Some(false)));
}

#[test]
fn the_count_of_marks_stands_in_five_scattered_bits() {
    let marks = |byte| block(&[0x23, 0x86, 0, 0, 0, 0, 0, byte, 0]).unwrap().1;
    assert_eq!(marks(0x00), Some(0));
    assert_eq!(marks(0x02), Some(1));
    assert_eq!(marks(0x0E), Some(7));
    assert_eq!(marks(0x20), Some(8));
    assert_eq!(marks(0x6E), Some(31));
    assert_eq!(block(&[0x0F, 0x86, 0, 0, 0, 0, 0]).unwrap().1, None, "a short block does not count");
}

#[test]
fn a_block_among_noise_is_found() {
    assert!(block(&[0x10, 0x12, 0xFF, 0x23, 0x86, 0, 0, 0, 0, 0, 0, 0]).is_some());
    assert!(block(&[0x23, 0x86, 0, 0, 0]).is_none(), "the rest is waited for");
    assert!(
        block(&[0x23, 0x86, 0, 0x23, 0x86, 0, 0, 0, 0, 0, 0, 0]).is_some(),
        "a block cut short costs itself"
    );
}

fn patience() -> Patience {
    Patience {
        answer: Duration::from_millis(150),
        block: Duration::from_millis(300),
        stall: Duration::from_millis(300),
        pause: Duration::from_millis(80),
        line: Duration::from_millis(3),
    }
}

fn counter(change: impl FnOnce(&mut Control)) -> (SimPrinter, EscPosPrinter) {
    let sim = SimPrinter::new(profile("star-80"));
    sim.change(change);
    let printer = EscPosPrinter::new("star", profile("star-80"), Box::new(sim.clone()));
    (sim, printer.with_patience(patience()))
}

fn print(printer: &mut EscPosPrinter) -> JobOutcome {
    let profile = printer.profile().clone();
    printer.print(&encode(&receipt(&profile), &profile).unwrap())
}

#[test]
fn the_counted_mark_confirms_job_after_job_and_round_the_count() {
    let (sim, mut printer) = counter(|_| ());
    for job in 1..=35 {
        let mut sheet = Sheet::new();
        sheet.line(&format!("απόδειξη {job}")).cut();
        let job = encode(&sheet, printer.profile()).unwrap();
        assert_eq!(printer.print(&job), JobOutcome::Confirmed);
    }
    assert_eq!(sim.papers().len(), 35);
}

#[test]
fn faults_before_in_and_after_a_star_job_have_their_names() {
    let (_, mut printer) = counter(|sim| sim.cover_open = true);
    assert_eq!(print(&mut printer), JobOutcome::NotStarted { cause: Fault::CoverOpen });
    let (sim, mut printer) = counter(|sim| sim.paper_out_after_lines = Some(9));
    let outcome = print(&mut printer);
    assert!(matches!(outcome, JobOutcome::Interrupted { cause: Fault::PaperOut, .. }), "{outcome:?}");
    sim.change(|sim| sim.paper = PaperLevel::Enough);
    let printed =
        |sim: &SimPrinter| sim.papers().iter().filter(|paper| paper.text().contains("ΣΥΝΟΛΟ")).count();
    assert_eq!(printed(&sim), 1, "the printer finishes it once");
    let (sim, mut printer) = counter(|sim| sim.cutter = CutterState::JamsAtCut);
    let outcome = print(&mut printer);
    assert!(matches!(outcome, JobOutcome::Interrupted { cause: Fault::CutterJam, .. }), "{outcome:?}");
    printer.discard().unwrap();
    assert_eq!(print(&mut printer), JobOutcome::Confirmed);
    assert_eq!(sim.papers().len(), 2);
    let (sim, mut printer) = counter(|sim| sim.silent = true);
    assert_eq!(print(&mut printer), JobOutcome::Unknown);
    assert_eq!(printed(&sim), 1);
}

#[test]
fn the_drawer_of_a_star_printer_opens_and_is_seen() {
    let (sim, mut printer) = counter(|_| ());
    assert_eq!(printer.open_drawer(), JobOutcome::Confirmed);
    assert_eq!(sim.pulses(), 1);
    let status = printer.status().unwrap();
    assert_eq!(status.drawer(printer.profile()), Some(DrawerState::Open));
    sim.change(|sim| sim.paper = PaperLevel::Out);
    assert_eq!(printer.open_drawer(), JobOutcome::NotStarted { cause: Fault::PaperOut });
    assert_eq!(sim.pulses(), 1, "it cannot be opened without paper, and that is said");
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_give_the_same_blocks(bytes in any::<Vec<u8>>(), cut in any::<usize>()) {
        let mut pieces = Decoder::new(Language::Star);
        let cut = cut % (bytes.len() + 1);
        let mut replies = pieces.push(&bytes[..cut]);
        replies.extend(pieces.push(&bytes[cut..]));
        prop_assert_eq!(replies, Decoder::new(Language::Star).push(&bytes));
    }
}
