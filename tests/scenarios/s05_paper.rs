//! Paper ends in the middle of a receipt; the cable is pulled; there is no printer at all. The sale stays paid, and no
//! second original ever comes out by itself.

use crate::world::{World, cash, person};
use tameio::app::engine;
use tameio::app::input::{Input, PaperInput};
use tameio::domain::catalogue::Size;
use tameio::domain::document::Document;
use tameio::domain::event::Event;
use tameio::domain::ids::{JobId, VisitId};
use tameio::domain::paper::{JobState, Paper, PaperJob, PrintOutcome, PrinterTrouble};
use tameio::paper::picture::picture;
use tameio_drivers::printer::{Control, PaperLevel, Profile};

const COPY: &str = "ΑΝΤΙΓΡΑΦΟ";

/// The second car of the Saturday, about to pay.
fn about_to_pay(world: &mut World) -> VisitId {
    let visit = world.comes("ΥΖΒ-3307", Size::Suv);
    world.takes(visit, "FULL+WAX");
    visit
}

/// Pays, while somebody does this to the printer.
fn paid_while(world: &mut World, change: impl FnOnce(&mut Control)) -> VisitId {
    let visit = about_to_pay(world);
    world.site().printer().change(change);
    world.pays(visit, &[cash("21.00")]);
    world.pass(5);
    visit
}

fn only_job(world: &mut World) -> PaperJob {
    let jobs: Vec<PaperJob> = world.site().state().papers.values().cloned().collect();
    let [job] = jobs.as_slice() else { panic!("one paper waits: {jobs:?}") };
    job.clone()
}

fn only_document(world: &World) -> Document {
    let documents = world.documents();
    let [document] = documents.as_slice() else { panic!("one document: {documents:?}") };
    document.clone()
}

/// How each try of a paper ended.
fn outcomes(world: &World, wanted: JobId) -> Vec<PrintOutcome> {
    let of = |event| match event {
        Event::PaperReported { job, outcome } if job == wanted => Some(outcome),
        _ => None,
    };
    world.events().into_iter().filter_map(of).collect()
}

/// The papers that carry the document whole, from its business to its QR.
fn whole_receipts(world: &World, document: &Document) -> Vec<String> {
    let qr = format!("[QR {}", document.qr.as_deref().expect("it has one"));
    let whole = |paper: &String| paper.contains("ΔΕΙΓΜΑ") && paper.contains(&qr);
    world.papers().into_iter().filter(whole).collect()
}

/// Leaves, everything is told, everything holds.
fn finish(world: &mut World, visit: VisitId) {
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn paper_that_ends_after_line_eleven_is_printed_again_from_the_top() {
    let mut world = World::wash();
    let visit = paid_while(&mut world, |printer| printer.paper_out_after_lines = Some(11));
    let job = only_job(&mut world);
    assert_eq!(job.state, JobState::Waiting { trouble: PrinterTrouble::PaperOut });
    let broken = PrintOutcome::Interrupted { trouble: PrinterTrouble::PaperOut, line: Some(11) };
    assert_eq!(outcomes(&world, job.id), std::slice::from_ref(&broken));
    assert_eq!(world.site().printer().pulses(), 1, "the drawer had opened");
    let document = only_document(&world);
    assert_eq!(world.visit(visit).due().0, 0, "the sale stays paid");

    let other = world.comes("ΟΤΜ-776", Size::Moto);
    world.takes(other, "EXT");
    assert_eq!(world.site().state().visits.len(), 2, "other lanes go on");

    world.site().printer().change(|printer| {
        printer.paper = PaperLevel::Enough;
        printer.paper_out_after_lines = None;
    });
    world.act(Input::Paper(PaperInput::Continue { job: job.id }));
    world.pass(5);
    assert_eq!(outcomes(&world, job.id), [broken, PrintOutcome::Confirmed]);
    assert!(world.site().state().papers.is_empty());
    let receipts = whole_receipts(&world, &document);
    assert_eq!(receipts.len(), 1, "one whole paper");
    assert!(!receipts[0].contains(COPY), "no whole original existed");
    assert_eq!(only_document(&world), document, "the same number");
    finish(&mut world, visit);
}

#[test]
fn pressing_print_again_gives_numbered_copies() {
    let mut world = World::wash();
    let visit = paid_while(&mut world, |_| {});
    let document = only_document(&world);
    for copy in 1..=2 {
        world.act(Input::Paper(PaperInput::Print {
            paper: Paper::Receipt { document: document.id, copy: 0 },
        }));
        world.pass(5);
        let receipts = whole_receipts(&world, &document);
        assert_eq!(receipts.len(), copy + 1);
        assert!(receipts[copy].contains(&format!("{COPY} {copy}")), "{}", receipts[copy]);
    }
    assert!(!whole_receipts(&world, &document)[0].contains(COPY));
    finish(&mut world, visit);
}

/// While the original waits for a new roll, pressing print means Continue: no copy before there is an original.
#[test]
fn pressing_print_while_it_waits_is_continue() {
    let mut world = World::wash();
    let visit = paid_while(&mut world, |printer| printer.paper = PaperLevel::Out);
    let (document, job) = (only_document(&world), only_job(&mut world));
    world.site().printer().change(|printer| printer.paper = PaperLevel::Enough);
    world.act(Input::Paper(PaperInput::Print { paper: Paper::Receipt { document: document.id, copy: 0 } }));
    world.pass(5);
    let receipts = whole_receipts(&world, &document);
    assert_eq!((receipts.len(), outcomes(&world, job.id).len()), (1, 2));
    assert!(!receipts[0].contains(COPY));
    finish(&mut world, visit);
}

/// How many bytes the receipt of this sale is.
fn receipt_bytes() -> usize {
    let mut world = World::wash();
    let visit = about_to_pay(&mut world);
    world.pays(visit, &[cash("21.00")]);
    let before = world.site().printer().received();
    world.pass(1);
    world.site().printer().received() - before
}

/// The cable is pulled between the last line and the cut: only a person can see whether the paper is whole.
#[test]
fn a_cable_pulled_before_the_cut_is_asked_about() {
    for complete in [true, false] {
        let mut world = World::wash();
        let bytes = receipt_bytes();
        let visit = about_to_pay(&mut world);
        world.pays(visit, &[cash("21.00")]);
        world.site().printer().change(|printer| printer.drop_after_bytes = Some(bytes - 2));
        world.pass(5);
        let job = only_job(&mut world);
        assert_eq!(job.state, JobState::Asking, "is the slip complete?");
        world.site().printer().change(|printer| {
            printer.drop_after_bytes = None;
            printer.gone = false;
        });
        world.act(Input::Paper(PaperInput::Judge { job: job.id, complete, operator: person("A") }));
        if !complete {
            assert!(matches!(only_job(&mut world).state, JobState::Waiting { .. }));
            world.act(Input::Paper(PaperInput::Continue { job: job.id }));
            world.pass(5);
        }
        assert!(world.site().state().papers.is_empty());
        let judged =
            world.events().into_iter().filter(|event| matches!(event, Event::PaperJudged { .. })).count();
        assert_eq!(judged, usize::from(complete), "the answer is in the journal");
        assert_eq!(outcomes(&world, job.id).len(), if complete { 1 } else { 3 });
        finish(&mut world, visit);
    }
}

#[test]
fn without_a_printer_the_sale_is_made_and_the_paper_is_a_picture() {
    let mut world = World::wash();
    let visit = paid_while(&mut world, |printer| printer.gone = true);
    let (document, job) = (only_document(&world), only_job(&mut world));
    assert_eq!(job.state, JobState::Waiting { trouble: PrinterTrouble::Gone });
    let profile = Profile::named("epson-80").expect("a known printer");
    let terminal = world.site().terminal();
    let paper = Paper::Receipt { document: document.id, copy: 0 };
    let sheet = engine::compose(terminal.store().connection(), terminal.settings(), &paper, profile.columns)
        .expect("it can be read")
        .expect("the facts are there");
    let shown = picture(&sheet, &profile).expect("it can be drawn");
    assert!(shown.text.contains("21,00") && shown.grey.contains(&0), "text and ink");
    world.site().printer().change(|printer| printer.gone = false);
    world.act(Input::Paper(PaperInput::Continue { job: job.id }));
    world.pass(5);
    assert_eq!(whole_receipts(&world, &document).len(), 1, "it had waited");
    finish(&mut world, visit);
}

/// What the printer's own reader makes of the bytes is what is stored: total, VAT, number and QR.
#[test]
fn the_printed_bytes_say_what_is_stored() {
    let mut world = World::wash();
    let visit = paid_while(&mut world, |_| {});
    let document = only_document(&world);
    let receipts = whole_receipts(&world, &document);
    let [receipt] = receipts.as_slice() else { panic!("one receipt") };
    assert_eq!(
        [document.totals.gross.0, document.totals.net().0, document.totals.vat_amount().0],
        [2_100, 1_694, 406]
    );
    for wanted in ["21,00", "16,94", "4,06", "24%", "ΥΖΒ-3307"] {
        assert!(receipt.contains(wanted), "{wanted} in\n{receipt}");
    }
    assert!(
        receipt.contains(&format!("{} {}", document.series, document.number))
            || receipt.contains(&format!("{}-{}", document.series, document.number)),
        "{receipt}"
    );
    let papers = world.site().printer().papers();
    let codes: Vec<&str> = papers.iter().flat_map(tameio_drivers::printer::Paper::codes).collect();
    assert_eq!(codes, [document.qr.as_deref().expect("it has one")]);
    finish(&mut world, visit);
}
