//! What each way through the day costs: taps beyond the characters that are typed, on the ordinary day and on the bad one.

use crate::stage::{Stage, shop, wash};
use slint::ComponentHandle;
use tameio::app::input::{Input, PaperInput};
use tameio::domain::paper::{PrintOutcome, PrinterTrouble};
use tameio::domain::settings::{Settings, Trade};
use tameio::view::generated::{Page, Shell};

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

/// Forgets the taps so far.
fn from_here(stage: &Stage) {
    stage.taps();
}

/// An unknown car, from its typed plate to its receipt: open, what, pay, exact.
fn wash_for_cash(stage: &Stage, plate: &str) -> u32 {
    stage.tap("rail-lane");
    stage.type_plate(plate);
    from_here(stage);
    stage.tap_all(&["open-visit", "service-FULL", "pay", "pay-exact"]);
    assert_eq!(page(stage), Page::Done);
    stage.taps()
}

#[test]
fn an_unknown_car_is_washed_and_paid_with_four_taps() {
    assert_eq!(wash_for_cash(&Stage::new(), "XAN8080"), 4);
}

#[test]
fn a_parked_car_whose_ticket_is_scanned_pays_with_one_tap() {
    for means in ["pay-exact", "pay-card"] {
        let stage = Stage::of(shop(Trade::Parking), (1024, 768));
        stage.type_plate("YZB3307");
        stage.tap("open-visit");
        stage.pass(4_600);
        let code = stage.ticket();
        // Wherever the cashier was.
        stage.tap("rail-exceptions");
        from_here(&stage);
        stage.burst(&format!("{code}\n"));
        assert_eq!(page(&stage), Page::Pay);
        stage.tap(means);
        assert_eq!((stage.taps(), page(&stage)), (1, Page::Done), "with {means}");
    }
}

#[test]
fn a_plate_is_corrected_with_two_taps_and_two_more_of_whoever_allows_it() {
    let stage = Stage::new();
    stage.type_plate("IHZ4812");
    stage.tap("open-visit");
    stage.pass(120);
    from_here(&stage);
    stage.tap("correct-plate");
    assert_eq!(stage.taps(), 1);
    "IHZ4821".chars().for_each(|key| stage.tap(&format!("correct-{key}")));
    from_here(&stage);
    stage.tap("correct-now");
    stage.tap_all(&["approve-chief", "approve"]);
    assert_eq!(stage.taps(), 3);
}

#[test]
fn a_shift_is_opened_and_counted_with_three_taps_each_beside_the_money() {
    let stage = Stage::new();
    from_here(&stage);
    stage.tap_all(&["rail-shift", "person-A"]);
    let before = stage.taps();
    stage.tap_all(&["shift-1", "shift-0", "shift-00"]);
    from_here(&stage);
    stage.tap("open-shift");
    assert_eq!(before + stage.taps(), 3);
    wash_for_cash(&stage, "XAN8080");
    from_here(&stage);
    stage.tap_all(&["rail-shift", "count-shift"]);
    let before = stage.taps();
    // One piece a touch: ten and thirteen euros.
    stage.tap_all(&["piece-2000", "piece-200", "piece-100"]);
    from_here(&stage);
    stage.tap("close-shift");
    assert_eq!(before + stage.taps(), 3);
    stage.state(|state| assert!(state.shift.is_none(), "it is closed"));
}

#[test]
fn the_printer_runs_out_of_paper_and_nothing_waits_for_it() {
    let stage = Stage::new();
    stage.type_plate("XAN8080");
    stage.tap_all(&["open-visit", "print-ticket"]);
    let job = stage.state(|state| state.papers.keys().next().copied()).expect("a paper at the printer");
    let outcome = PrintOutcome::Interrupted { trouble: PrinterTrouble::PaperOut, line: None };
    stage.happen(Input::Paper(PaperInput::Reported { job, outcome }));
    assert!(stage.element("notice-continue").is_some(), "it is said");
    assert_eq!(wash_for_cash(&stage, "YZB3307"), 4, "the next car costs not one tap more");
    from_here(&stage);
    stage.tap("notice-continue");
    assert_eq!(stage.taps(), 1, "and with new paper one tap prints on, from any page");
}

#[test]
fn hours_without_the_internet_cost_no_tap_and_lose_nothing() {
    let stage = Stage::new();
    stage.site.borrow().set_network(false);
    let plates = ["XAN8080", "YZB3307", "NKO9154", "IHZ4821", "ZMY2211", "KBP5060"];
    for plate in plates {
        assert_eq!(wash_for_cash(&stage, plate), 4);
        stage.tap("done-leave");
        stage.pass(3_600);
    }
    assert!(stage.entries().is_empty(), "nothing went out");
    assert!(stage.state(|state| state.outbox.queued) > 0, "all of it is written down");
    stage.site.borrow().set_network(true);
    stage.pass(4 * 3_600);
    assert_eq!(stage.entries().len(), plates.len(), "each of them once");
    stage.state(|state| assert_eq!((state.outbox.rejected, state.outbox.queued), (0, 0)));
}

#[test]
fn practice_is_the_same_and_always_marked() {
    let stage = Stage::of(Settings { practice: true, ..wash() }, (1024, 768));
    assert_eq!(wash_for_cash(&stage, "XAN8080"), 4);
    for way in ["rail-lane", "rail-find", "rail-exceptions", "rail-documents", "rail-shift", "rail-devices"] {
        stage.tap(way);
        assert!(stage.app().global::<Shell>().get_practice(), "at {way}");
    }
}

#[test]
fn the_first_sale_after_the_first_start_needs_no_preparation() {
    // Nobody has opened a shift, chosen a person or attached a device.
    let stage = Stage::with(Settings { practice: true, ..wash() }, (1024, 768), &[]);
    assert_eq!(page(&stage), Page::Lane);
    assert_eq!(wash_for_cash(&stage, "XAN8080"), 4);
}

#[test]
fn a_window_that_is_turned_keeps_what_was_typed() {
    let stage = Stage::new();
    stage.type_plate("XAN8080");
    stage.tap_all(&["open-visit", "visit-size-suv", "service-PREM", "discount", "discount-2", "discount-0"]);
    let typed = stage.text("discount-typed");
    stage.resize((800, 1280));
    assert_eq!(stage.text("discount-typed"), typed, "a question over the page");
    stage.tap_all(&["sheet-discount-close", "pay", "document-invoice", "afm-9", "afm-9"]);
    stage.resize((1366, 768));
    assert_eq!(stage.text("afm"), "99", "a number");
    stage.tap_all(&["document-receipt", "amount-5", "amount-00"]);
    let typed = stage.text("pay-typed");
    stage.resize((800, 1280));
    stage.window.choose_text(150);
    stage.settle();
    assert_eq!(stage.text("pay-typed"), typed, "an amount");
    stage.resize((1024, 768));
    stage.tap("rail-lane");
    stage.type_plate("YZB33");
    stage.resize((800, 1280));
    stage.type_plate("07");
    stage.tap("open-visit");
    stage.state(|state| assert!(state.visits.values().any(|visit| visit.plate.display() == "ΥΖΒ-3307")));
}
