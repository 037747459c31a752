//! Every page draws, in both languages, at the sizes in use. The pictures are kept in `target/screens` to be looked at:
//! what a test can see is only that something was drawn and that nothing necessary is missing.

use crate::fit::{self, View};
use crate::golden;
use crate::stage::{Stage, wash};
use slint::{Rgba8Pixel, SharedPixelBuffer};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tameio::app::input::{ChooseService, DeviceInput, Input, OpenVisit, PaperInput, RegistryInput};
use tameio::app::state::State;
use tameio::config::Look;
use tameio::domain::catalogue::Size;
use tameio::domain::difference::{Comparison, Listed, ListedPage, ListedVehicle};
use tameio::domain::entry::{ClientType, Heard, Moment};
use tameio::domain::ids::VisitId;
use tameio::domain::operator::OperatorId;
use tameio::domain::paper::{PrintOutcome, PrinterTrouble};
use tameio::domain::settings::{IssuerKind, Settings};
use tameio::domain::text::Text;

/// Where the pictures are kept.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screens");
    std::fs::create_dir_all(&folder).expect("a folder for the pictures");
    folder
}

pub(crate) fn save(picture: &SharedPixelBuffer<Rgba8Pixel>, name: &str) {
    let file = std::fs::File::create(folder().join(format!("{name}.png"))).expect("a picture's file");
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a picture's head");
    writer.write_image_data(picture.as_bytes()).expect("a picture's rows");
}

/// A page with nothing on it has a handful of colours; text and frames make many.
fn is_drawn(picture: &SharedPixelBuffer<Rgba8Pixel>) -> bool {
    let colours: BTreeSet<(u8, u8, u8)> = picture.as_slice().iter().map(|p| (p.r, p.g, p.b)).collect();
    colours.len() > 40
}

/// One scene, at every size and in both languages: what is done to come there, and what must then be on the screen.
pub(crate) fn check(name: &str, settings: &Settings, play: impl Fn(&Stage), must_show: &[&str]) {
    check_at(name, |size| Stage::of(settings.clone(), size), play, must_show);
}

/// The same at a shop that is made otherwise.
pub(crate) fn check_at(
    name: &str,
    shop: impl Fn((u32, u32)) -> Stage,
    play: impl Fn(&Stage),
    must_show: &[&str],
) {
    let stage = shop((1024, 768));
    play(&stage);
    let mut faults = Vec::new();
    for view in fit::VIEWS {
        // A window that is turned, or whose text grows, is still the same page with the same things typed.
        stage.resize(view.size);
        stage.window.choose_text(view.text_percent);
        stage.settle();
        for language in ["el", "en"] {
            speak(&stage, language);
            if view.must_fit_whole() {
                inside_the_window(&stage, must_show, view.size, name);
                large_enough(&stage, name);
            }
            let here = fit::faults(&stage, view, must_show);
            faults.extend(here.into_iter().map(|fault| format!("{name} at {view:?} in {language}: {fault}")));
            if is_kept(view, language) {
                let picture = stage.picture();
                save(&picture, &format!("{name}-{language}-{}", view.name()));
                assert!(is_drawn(&picture), "{name} at {view:?} in {language} is empty");
                if view == fit::VIEWS[0] && golden::is_wanted() {
                    faults.extend(golden::difference(&format!("{name}-{language}"), &picture));
                }
            }
        }
    }
    if golden::is_wanted() {
        faults.extend(other_looks(&stage, name));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Where the page at night, or in high contrast, does not look as it was kept.
fn other_looks(stage: &Stage, name: &str) -> Vec<String> {
    stage.resize(fit::VIEWS[0].size);
    stage.window.choose_text(100);
    speak(stage, "el");
    let looks = [(Look::Night, "night"), (Look::HighContrast, "contrast")].into_iter();
    looks
        .filter_map(|(look, word)| {
            stage.window.choose_look(look);
            stage.settle();
            let (picture, name) = (stage.picture(), format!("{name}-{word}"));
            save(&picture, &name);
            golden::difference(&name, &picture)
        })
        .collect()
}

/// Pictures that are worth a look; drawing all would take long.
fn is_kept(view: View, language: &str) -> bool {
    let greek = language == "el";
    match view {
        View { size: (1024, 768), text_percent: 100 } => true,
        View { size: (1024, 768), text_percent: 150 }
        | View { size: (800, 1280) | (1280, 800), text_percent: 100 } => greek,
        _ => false,
    }
}

/// The language through its own callback: its keys may lie under a sheet.
fn speak(stage: &Stage, language: &str) {
    use slint::ComponentHandle;
    use tameio::view::generated::{Language, Shell};
    let language = if language == "el" { Language::Greek } else { Language::English };
    stage.app().global::<Shell>().invoke_choose_language(language);
}

/// What must be on the screen is wholly on it, and at least 9 mm of the design grid high.
fn inside_the_window(stage: &Stage, ids: &[&str], (width, height): (u32, u32), name: &str) {
    for element in ids.iter().filter_map(|id| stage.element(id)) {
        let (at, size) = (element.absolute_position(), element.size());
        let id = element.accessible_id().unwrap_or_default();
        let fits = at.x >= 0.0
            && at.y >= 0.0
            && at.x + size.width <= width as f32
            && at.y + size.height <= height as f32;
        assert!(fits, "{name}: {id} is cut off at {at:?}, {size:?}");
        assert!(
            size.height >= 30.0 && size.width >= 30.0,
            "{name}: {id} is too small for a finger: {size:?}"
        );
    }
}

/// Whatever can be touched is at least 9 mm of the design grid on both sides, and says what it does.
fn large_enough(stage: &Stage, name: &str) {
    for element in stage.touchable() {
        let (id, size) = (element.accessible_id().unwrap_or_default(), element.size());
        assert!(
            size.width >= 30.0 && size.height >= 30.0,
            "{name}: {id} is too small for a finger: {size:?}"
        );
        let label = element.accessible_label().unwrap_or_default();
        assert!(!label.trim().is_empty(), "{name}: {id} does not say what it does");
    }
}

/// A morning: six vehicles inside, in different states. The finger's way there is `journeys`; here it only takes time.
fn morning(stage: &Stage) {
    for (plate, size, package) in [
        ("ΙΗΖ-4821", Size::Small, "FULL"),
        ("ΥΖΒ-3307", Size::Suv, "FULL"),
        ("ΝΚΟ-9154", Size::Small, "PREM"),
        ("ΟΤΜ-776", Size::Moto, "EXT"),
        ("ΤΑΒ-1234", Size::Taxi, "FULL"),
        ("ΖΜΥ-2211", Size::Van, "EXT"),
    ] {
        come(stage, plate, size);
        let visit = newest(stage);
        let (package, extras) = (package.to_owned(), Vec::new());
        stage.happen(Input::ChooseService(ChooseService { visit, size, package, extras }));
        stage.pass(400);
    }
    stage.tap("rail-lane");
    stage.tap("visit-ΝΚΟ-9154");
    stage.tap_all(&["pay", "pay-card", "rail-lane"]);
    stage.pass(5);
}

pub(crate) fn come(stage: &Stage, plate: &str, size: Size) {
    stage.happen(Input::OpenVisit(OpenVisit::new(plate, size, OperatorId("A".to_owned()))));
}

pub(crate) fn newest(stage: &Stage) -> VisitId {
    stage
        .state(|state| state.visits.values().max_by_key(|visit| visit.reference.number).map(|visit| visit.id))
        .expect("a visit")
}

/// The answer to the message in the air.
fn registry_says(stage: &Stage, heard: Heard) {
    let message =
        stage.state(|state| state.live.in_air.keys().next().copied()).expect("a message in the air");
    stage.happen(Input::Registry(RegistryInput::Exchanged { message, n: 1, heard }));
}

fn shift(stage: &Stage) {
    stage.tap_all(&[
        "rail-shift",
        "person-A",
        "shift-1",
        "shift-5",
        "shift-00",
        "shift-0",
        "open-shift",
        "rail-lane",
    ]);
}

fn visit(stage: &Stage) {
    shift(stage);
    morning(stage);
    stage.tap("visit-ΥΖΒ-3307");
}

#[test]
fn lane() {
    check(
        "lane-first",
        &wash(),
        |_| (),
        &["key-A", "key-0", "size-taxi", "mode-foreign", "mode-chassis", "strip-aade"],
    );
    let typed = |stage: &Stage| {
        shift(stage);
        morning(stage);
        stage.type_plate("IHZ4822");
    };
    check(
        "lane",
        &wash(),
        typed,
        &["open-visit", "key-X", "key-erase", "size-small", "strip-shift", "strip-printer"],
    );
    let practice = Settings { practice: true, ..wash() };
    check("lane-practice", &practice, typed, &["open-visit"]);
}

#[test]
fn lane_at_night() {
    let dark = |stage: &Stage| {
        morning(stage);
        stage.window.choose_look(Look::Night);
        stage.type_plate("IHZ4822");
    };
    check("lane-night", &wash(), dark, &["open-visit"]);
}

#[test]
fn lane_in_high_contrast() {
    let look = |stage: &Stage| {
        morning(stage);
        stage.type_plate("IHZ4822");
        stage.tap_all(&["look", "look"]);
    };
    check("lane-contrast", &wash(), look, &["open-visit", "look"]);
}

#[test]
fn lane_foreign() {
    let foreign = |stage: &Stage| {
        stage.tap("mode-foreign");
        stage.type_plate("MAB1234");
    };
    check(
        "lane-foreign",
        &wash(),
        foreign,
        &["choose-country", "choose-category", "key-Q", "key-erase", "open-visit"],
    );
    let country = |stage: &Stage| stage.tap_all(&["mode-foreign", "choose-country"]);
    check("lane-country", &wash(), country, &["country-DE", "country-MD", "sheet-country-close"]);
    let category = |stage: &Stage| stage.tap_all(&["mode-chassis", "choose-category"]);
    check("lane-category", &wash(), category, &["category-0", "category-6"]);
}

#[test]
fn visit_page() {
    check(
        "visit",
        &wash(),
        visit,
        &["service-EXT", "extra-AROMA", "pay", "leave", "cancel-visit", "print-ticket"],
    );
    let fresh = |stage: &Stage| {
        stage.type_plate("XAN8080");
        stage.tap("open-visit");
    };
    check("visit-new", &wash(), fresh, &["service-FULL", "correct-plate"]);
}

#[test]
fn visit_sheets() {
    for (name, tap, shows) in [
        ("visit-discount", "discount", ["discount-now", "discount-reason-3"]),
        ("visit-no-document", "no-document", ["reason-free", "sheet-no-document-close"]),
        ("visit-correct", "correct-plate", ["correct-now", "correct-erase"]),
        ("visit-cancel", "cancel-visit", ["cancel-customer-left", "cancel-other"]),
    ] {
        let open = |stage: &Stage| {
            visit(stage);
            stage.tap(tap);
        };
        check(name, &wash(), open, &shows);
    }
    let asked = |stage: &Stage| {
        visit(stage);
        stage.tap_all(&["cancel-visit", "cancel-customer-left", "approve-chief"]);
    };
    check("step-up", &wash(), asked, &["approve-chief", "approve-owner", "approve"]);
}

#[test]
fn pay_in_high_contrast() {
    let paying = |stage: &Stage| {
        visit(stage);
        stage.tap_all(&["pay", "look", "look"]);
    };
    check("pay-contrast", &wash(), paying, &["pay-exact"]);
}

#[test]
fn pay() {
    let paying = |stage: &Stage| {
        visit(stage);
        stage.tap("pay");
    };
    check(
        "pay",
        &wash(),
        paying,
        &["pay-exact", "pay-card", "note-5", "note-50", "amount-9", "document-invoice"],
    );
    let split = |stage: &Stage| {
        paying(stage);
        stage.tap_all(&[
            "amount-5",
            "amount-00",
            "pay-cash",
            "amount-2",
            "amount-00",
            "pay-tip",
            "amount-1",
            "amount-5",
            "amount-00",
        ]);
    };
    check("pay-split", &wash(), split, &["remove-tender-cash", "remove-tender-tip", "pay-cash", "pay-tip"]);
    let invoice = |stage: &Stage| {
        paying(stage);
        stage.tap("document-invoice");
        stage.tap_all(&["afm-9"; 9]);
    };
    check("pay-invoice", &wash(), invoice, &["afm-0", "afm-erase"]);
}

#[test]
fn done() {
    let cash = |stage: &Stage| {
        visit(stage);
        stage.tap_all(&["pay", "note-50"]);
        stage.pass(5);
    };
    check("done", &wash(), cash, &["done-next", "print-again", "done-leave", "done-paper"]);
    let waiting = Settings { issuer: IssuerKind::TypedFim, ..wash() };
    check("done-waiting", &waiting, cash, &["name-document"]);
}

#[test]
fn find() {
    let found = |stage: &Stage| {
        morning(stage);
        stage.tap_all(&["rail-find", "find-3"]);
    };
    check("find", &wash(), found, &["filter-all", "filter-today", "find-erase", "visit-ΥΖΒ-3307"]);
    let nothing = |stage: &Stage| stage.tap_all(&["rail-find", "find-9", "find-9"]);
    check("find-nothing", &wash(), nothing, &["find-9"]);
}

#[test]
fn trouble() {
    let out_of_paper = |stage: &Stage| {
        shift(stage);
        morning(stage);
        stage.site.borrow().set_network(false);
        stage.tap("visit-ΙΗΖ-4821");
        stage.tap("print-ticket");
        let job = stage.state(|state| state.papers.keys().next().copied());
        if let Some(job) = job {
            let outcome = PrintOutcome::Interrupted { trouble: PrinterTrouble::PaperOut, line: None };
            stage.happen(Input::Paper(PaperInput::Reported { job, outcome }));
        }
        stage.happen(Input::Paper(PaperInput::PrinterSeen {
            trouble: Some(PrinterTrouble::PaperOut),
            near_end: false,
        }));
        stage.tap("rail-lane");
        stage.type_plate("XAN8080");
        stage.tap("open-visit");
        stage.pass(240);
        stage.tap("rail-lane");
        stage.type_plate("BEK1011");
    };
    check("trouble", &wash(), out_of_paper, &["notice-continue", "open-visit", "strip-printer"]);
    let disk =
        |stage: &Stage| stage.happen(Input::Device(DeviceInput::DiskSeen { free_bytes: 0, writable: true }));
    check("disk-full", &wash(), disk, &["notice-disk"]);
    let clock = |stage: &Stage| stage.happen(Input::ClockStepped { by_s: -600 });
    check("clock-stepped", &wash(), clock, &["notice-clock"]);
}

#[test]
fn exceptions() {
    check("exceptions-none", &wash(), |stage| stage.tap("rail-exceptions"), &["rail-exceptions"]);
    let two = |stage: &Stage| {
        come(stage, "ΟΤΜ-776", Size::Moto);
        registry_says(
            stage,
            Heard::Refused { code: "203".to_owned(), why: Text::new("vehicleFactory missing") },
        );
        come(stage, "ΤΑΒ-1234", Size::Taxi);
        registry_says(stage, Heard::Lost { why: Text::new("connection closed") });
        stage.tap("rail-exceptions");
    };
    check("exceptions", &wash(), two, &[]);
    let stage = Stage::new();
    two(&stage);
    let message =
        |state: &State, id: VisitId| state.visits.get(&id).and_then(|visit| visit.entry.create.clone());
    let ids: Vec<VisitId> = stage.state(|state| state.visits.keys().copied().collect());
    let (refused, lost) = (stage.state(|s| message(s, ids[0])), stage.state(|s| message(s, ids[1])));
    let button = |action: &str, moment: Option<Moment>| {
        format!("exception-{action}-{}", moment.expect("a create").message)
    };
    assert!(
        stage.element(&button("look-up", lost)).is_some(),
        "what is unknown is looked up, never sent again by hand"
    );
    stage.tap(&button("resend", refused));
    stage.pass(5);
    stage.state(|state| assert_eq!(state.outbox.rejected, 0, "told again, and taken"));
}

#[test]
fn documents() {
    let waiting = Settings { issuer: IssuerKind::TypedFim, ..wash() };
    let paid = |stage: &Stage| {
        morning(stage);
        for plate in ["visit-ΙΗΖ-4821", "visit-ΥΖΒ-3307"] {
            stage.tap_all(&[plate, "pay", "pay-exact", "done-next"]);
        }
        stage.tap("rail-documents");
    };
    check("documents", &waiting, paid, &["document-A-1", "document-A-3"]);
    let typing = |stage: &Stage| {
        paid(stage);
        stage.tap_all(&["document-A-2", "naming-A", "naming-B", "naming-C", "naming-2"]);
    };
    check("documents-machine", &waiting, typing, &["field-machine", "field-time", "naming-save", "naming-Q"]);
    let mark = |stage: &Stage| {
        paid(stage);
        stage.tap_all(&["document-A-2", "naming-mark", "naming-4", "naming-0"]);
    };
    check("documents-mark", &waiting, mark, &["field-mark", "naming-9", "naming-save"]);
}

#[test]
fn shift_page() {
    check(
        "shift-closed",
        &wash(),
        |stage| stage.tap_all(&["rail-shift", "person-A", "shift-1"]),
        &["open-shift"],
    );
    let open = |stage: &Stage| {
        shift(stage);
        morning(stage);
        stage.tap("rail-shift");
    };
    check("shift-open", &wash(), open, &["open-movement", "seal-shift", "count-shift", "open-day"]);
}

/// What the registry lists beside what is told from here.
fn registry_lists(stage: &Stage, listed: Vec<Listed>) {
    stage.happen(Input::Registry(RegistryInput::CompareNow));
    let wanted = stage.state(|state| state.live.comparison.as_ref().map(Comparison::wanted));
    let wanted = wanted.expect("a comparison is under way");
    stage.happen(Input::Registry(RegistryInput::Listed { wanted, page: ListedPage { listed, next: None } }));
}

fn entry(number: i64, plate: &str, comments: &str) -> Listed {
    Listed::Entry(ListedVehicle {
        entry: 100_000_000_010_000 + number,
        client_type: Some(ClientType::ParkingWash),
        branch: Some(0),
        plate: Text::new(plate),
        is_foreign: false,
        created: None,
        comments: Text::new(comments),
        completed: false,
    })
}

fn differences(stage: &Stage) {
    come(stage, "ΙΗΖ-4821", Size::Small);
    come(stage, "ΥΖΑ-7319", Size::Suv);
    stage.pass(30);
    let (mark, ids) = stage.state(|state| {
        let mut visits: Vec<_> = state.visits.values().collect();
        visits.sort_by_key(|visit| visit.reference.number);
        let ids: Vec<i64> = visits.iter().filter_map(|visit| visit.entry.id).collect();
        (visits[0].reference.mark(), ids)
    });
    let cancellation = Listed::Cancellation { id: 100_000_000_010_009, entry: ids[1] };
    let ours = ids.iter().map(|id| Listed::Other { id: *id });
    let others = [
        entry(1, "ΧΑΝ8080", ""),
        entry(2, "ΙΗΖ4821", &mark),
        entry(3, "ΒΕΚ1011", "#7K3Q-000777"),
        cancellation,
    ];
    registry_lists(stage, ours.chain(others).collect());
    stage.tap("rail-exceptions");
}

#[test]
fn what_differs_from_the_registry() {
    check("differences", &wash(), differences, &["compare-now", "inside-now", "rail-exceptions"]);
    let stage = Stage::new();
    differences(&stage);
    let foreign = "foreign-100000000010001";
    stage.tap(&format!("difference-adopt-{foreign}"));
    // A cashier may not: the chief steps in on the same screen.
    stage.tap_all(&["approve-chief", "approve"]);
    let adopted =
        |state: &State| state.visits.values().any(|visit| visit.entry.id == Some(100_000_000_010_001));
    assert!(stage.state(adopted), "the vehicle is inside, with the entry somebody typed");
    stage.tap("rail-exceptions");
    assert!(stage.element(&format!("difference-adopt-{foreign}")).is_none(), "it is settled");
    assert!(stage.element("difference-cancel-doubled-100000000010002").is_some());
}

#[test]
fn what_is_inside_is_two_taps_away_and_printed_with_a_third() {
    check(
        "inside-none",
        &wash(),
        |stage| stage.tap_all(&["rail-exceptions", "inside-now"]),
        &["inside-print", "inside-back"],
    );
    let three = |stage: &Stage| {
        come(stage, "ΙΗΖ-4821", Size::Small);
        come(stage, "ΥΖΑ-7319", Size::Suv);
        stage.pass(30);
        come(stage, "ΚΒΕ-5555", Size::Small);
        stage.taps();
        stage.tap_all(&["rail-exceptions", "inside-now"]);
    };
    check("inside", &wash(), three, &["inside-print", "inside-back"]);
    let stage = Stage::new();
    three(&stage);
    assert_eq!(stage.taps(), 2);
    stage.tap("inside-print");
    let asked = stage.state(|state| {
        state.papers.values().any(|job| matches!(job.paper, tameio::domain::paper::Paper::Inside { .. }))
    });
    assert!(asked, "it is at the printer");
    stage.tap("inside-back");
    assert!(stage.element("compare-now").is_some());
}
