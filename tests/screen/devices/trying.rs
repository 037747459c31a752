//! Each device is tried from its page, and a second press does no harm.

use super::{full, id, is};
use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::app::input::{DeviceInput, Input, PaperInput};
use tameio::domain::device::{Condition, ScaleReading};
use tameio::domain::paper::{Paper, PrintOutcome, PrinterTrouble};
use tameio::view::generated::{Devices, Page, Shell};
use tameio_drivers::camera::{Captured, Format, Frame, SimCamera, Size};

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

#[test]
fn a_test_paper_is_followed_to_its_end_and_printed_once() {
    let stage = Stage::new();
    stage.tap("strip-printer");
    assert_eq!(stage.text("device-test-outcome"), "");
    stage.tap("device-print-test");
    assert_eq!(stage.text("device-test-outcome"), "Τυπώνεται …");
    stage.tap("device-print-test");
    let tests = |stage: &Stage| {
        stage.state(|state| {
            state.papers.values().filter(|job| matches!(job.paper, Paper::Test { .. })).count()
        })
    };
    assert_eq!(tests(&stage), 1, "the second press is the same wish");
    stage.pass(5);
    assert_eq!(tests(&stage), 0);
    assert!(stage.text("device-test-outcome").starts_with("Τυπώθηκε"));
}

#[test]
fn a_test_paper_that_stops_says_so_where_it_was_asked_for() {
    let stage = Stage::new();
    stage.tap_all(&["strip-printer", "device-print-test"]);
    let job = stage.state(|state| state.papers.keys().next().copied()).expect("a paper");
    let outcome = PrintOutcome::Interrupted { trouble: PrinterTrouble::PaperOut, line: None };
    stage.happen(Input::Paper(PaperInput::Reported { job, outcome }));
    assert!(stage.text("device-test-outcome").starts_with("Περιμένει"));
    stage.tap("notice-drop");
    assert_eq!(stage.text("device-test-outcome"), "Ακυρώθηκε");
    stage.tap("device-print-test");
    let job = stage.state(|state| state.papers.keys().next().copied()).expect("another paper");
    stage.happen(Input::Paper(PaperInput::Reported { job, outcome: PrintOutcome::Unknown }));
    assert!(stage.text("device-test-outcome").starts_with("Βγήκε ολόκληρο;"));
    stage.tap("notice-yes");
    assert!(stage.text("device-test-outcome").starts_with("Τυπώθηκε"));
}

#[test]
fn a_code_is_shown_with_its_scanner_and_not_acted_upon_while_the_page_is_up() {
    let stage = full();
    stage.type_plate("YZB3307");
    stage.tap("open-visit");
    let code = stage.ticket();
    stage.tap_all(&["rail-devices", "device-scanner.exit"]);
    assert_eq!(stage.text("device-heard"), "–");
    stage.happen(Input::Device(DeviceInput::Scanned { device: id("scanner.entry"), code: code.clone() }));
    assert_eq!((page(&stage), stage.text("device-heard")), (Page::Device, code.clone()));
    assert_eq!(stage.text("device-heard-from"), "από: Σαρωτής · Είσοδος", "it was not the one of this page");
    stage.burst(&format!("{code}\n"));
    assert_eq!(page(&stage), Page::Device);
    assert_eq!(stage.text("device-heard-from"), "από σαρωτή που γράφει σαν πληκτρολόγιο");
    // Anywhere else it does what it says.
    stage.tap("device-back");
    stage.happen(Input::Device(DeviceInput::Scanned { device: id("scanner.entry"), code }));
    assert_eq!(page(&stage), Page::Visit);
}

fn weighings(stage: &Stage) -> Vec<bool> {
    let of = |input: Input| match input {
        Input::Device(DeviceInput::Weigh { on }) => Some(on),
        _ => None,
    };
    stage.sent().into_iter().filter_map(of).collect()
}

/// A way to leave a page.
type Way<'a> = &'a dyn Fn(&Stage);

#[test]
fn the_scale_is_asked_while_its_page_is_up_however_it_is_left() {
    let stage = full();
    let ways: [(&str, Way<'_>); 7] = [
        ("back", &|stage| stage.tap("device-back")),
        ("the rail", &|stage| stage.tap("rail-lane")),
        ("the strip", &|stage| stage.tap("strip-printer")),
        ("another step", &|stage| stage.tap("device-change")),
        ("a scanned plate", &|stage| {
            stage.happen(Input::Device(DeviceInput::Scanned {
                device: id("scanner.entry"),
                code: "ΙΗΖ4821".to_owned(),
            }));
        }),
        ("a keyboard's scan", &|stage| stage.burst("ΙΗΖ4821\n")),
        ("Escape", &|stage| stage.burst("\u{1b}")),
    ];
    for (way, leave) in ways {
        stage.tap_all(&["rail-devices", "device-scale"]);
        assert_eq!(weighings(&stage), [true], "before {way}");
        stage.happen(Input::Device(DeviceInput::Weighed { reading: ScaleReading::Zero }));
        assert!(weighings(&stage).is_empty(), "once, before {way}");
        leave(&stage);
        assert_eq!(weighings(&stage), [false], "after {way}");
    }
}

#[test]
fn only_a_weight_at_rest_is_a_number_and_it_grows_stale() {
    let stage = full();
    stage.tap_all(&["rail-devices", "device-scale"]);
    assert_eq!(stage.text("device-weight"), "–");
    let weighs = |reading| {
        stage.happen(Input::Device(DeviceInput::Weighed { reading }));
        stage.text("device-weight")
    };
    assert_eq!(weighs(ScaleReading::Moving), "–");
    assert_eq!(weighs(ScaleReading::Stable { grams: 4_250 }), "4,250 kg");
    stage.tap("language-en");
    assert_eq!(stage.text("device-weight"), "4.250 kg");
    for reading in
        [ScaleReading::Negative, ScaleReading::Overload, ScaleReading::Defect, ScaleReading::NoAnswer]
    {
        assert_eq!(weighs(reading), "–", "{reading:?}");
    }
    assert_eq!(weighs(ScaleReading::Zero), "0.000 kg");
    assert_eq!(weighs(ScaleReading::Stable { grams: 70 }), "0.070 kg");
    stage.pass(3);
    assert_eq!(stage.text("device-weight"), "–", "three seconds old");
    weighs(ScaleReading::Stable { grams: 70 });
    is(&stage, "scale", Condition::Absent);
    assert_eq!(stage.text("device-weight"), "–", "no weight of a scale that is gone");
}

#[test]
fn the_display_shows_a_test_as_often_as_it_is_pressed() {
    let stage = full();
    stage.tap_all(&["rail-devices", "device-display", "device-test-display", "device-test-display"]);
    let shown = stage.site.borrow().customer().map(|(_, lower)| lower.to_owned());
    assert!(shown.expect("two lines").ends_with("12,50 €"));
}

fn openings(stage: &Stage) -> Vec<String> {
    let of = |input: Input| match input {
        Input::Device(DeviceInput::OpenBarrier { device, reason, visit: None, .. }) => {
            Some(format!("{device}: {reason}"))
        }
        _ => None,
    };
    stage.sent().into_iter().filter_map(of).collect()
}

#[test]
fn a_barrier_opens_with_a_reason_once_for_two_presses() {
    let stage = full();
    stage.tap_all(&["rail-devices", "device-barrier.exit"]);
    assert!(!stage.is_enabled("barrier-open-typed"), "nothing is typed");
    stage.tap_all(&["barrier-reason-0", "barrier-reason-0"]);
    assert_eq!(openings(&stage), ["barrier.exit: Δοκιμή"]);
    assert!(stage.text("device-asked-at").contains("10:02"));
    stage.pass(5);
    stage.tap_all(&["reason-Ε", "reason-Κ", "reason-Α", "reason-Β", "reason-erase", "barrier-open-typed"]);
    assert_eq!(openings(&stage), ["barrier.exit: ΕΚΑ"]);
    assert!(!stage.is_enabled("barrier-open-typed"), "it was for that once");
}

#[test]
fn the_drawer_opens_with_the_right_person_and_is_counted() {
    let stage = Stage::new();
    stage.tap_all(&["strip-drawer", "open-drawer"]);
    if stage.element("approve-chief").is_some() {
        stage.tap_all(&["approve-chief", "approve"]);
    }
    stage.state(|state| assert!(state.drawer.is_some(), "it is asked for"));
    stage.pass(2);
    stage.state(|state| assert!(state.drawer.is_none(), "it opened"));
}

#[test]
fn trouble_where_it_was_asked_for() {
    let stage = Stage::with(wash(), super::SIZE, &[("barrier", "tcp://192.168.1.61?board=modbus")]);
    stage.tap_all(&["rail-devices", "device-barrier"]);
    stage.happen(Input::Device(DeviceInput::Detached { device: id("barrier") }));
    stage.tap("barrier-reason-1");
    assert!(stage.text("device-fault").starts_with("Δεν υπάρχει τέτοια συσκευή"));
}

/// What the camera sees stands on its page while it is fresh, and no old picture looks live.
#[test]
fn a_cameras_picture_is_shown_while_it_is_fresh() {
    let camera = ("camera", "http://192.168.1.64/stream.mjpg");
    let stage = Stage::with(wash(), super::SIZE, &[camera]);
    let frame = |sequence| {
        let picture = SimCamera::default().picture(Size::new(640, 360));
        Frame::prove(Captured::now(picture, Format::Jpeg, Size::new(640, 360)), sequence)
            .expect("a whole one")
    };
    *stage.sees.borrow_mut() = Some(frame(1));
    stage.tap_all(&["rail-devices", "device-camera"]);
    let page = stage.app().global::<Devices>();
    page.invoke_watch();
    assert!(page.get_sees());
    let size = page.get_picture().size();
    assert_eq!((size.width, size.height), (320, 180), "small enough to be drawn many times a second");
    crate::pages::save(&stage.picture(), "device-camera-sees-el-1024");
    *stage.sees.borrow_mut() = None;
    page.invoke_watch();
    assert!(!page.get_sees(), "an old picture is none");
    *stage.sees.borrow_mut() = Some(frame(1));
    page.invoke_watch();
    assert!(page.get_sees(), "after a replug the numbers begin anew");
}

/// A scan that comes by itself, whatever is on the screen: it never lands in a field, and a ticket's visit comes up. With the
/// scanner taken for this program alone no key of it reaches the page at all.
#[test]
fn a_scan_is_heard_under_every_sheet_and_page_and_types_nothing() {
    let stage = full();
    stage.type_plate("YZB3307");
    stage.tap("open-visit");
    let code = stage.ticket();
    let scan = |stage: &Stage, code: &str| {
        stage.happen(Input::Device(DeviceInput::Scanned {
            device: id("scanner.entry"),
            code: code.to_owned(),
        }));
    };
    for way in [
        vec!["rail-lane"],
        vec!["rail-find"],
        vec!["rail-exceptions"],
        vec!["rail-documents"],
        vec!["rail-shift"],
        vec!["service-EXT", "pay"],
        vec!["discount"],
        vec!["correct-plate"],
        vec!["rail-devices", "device-barrier.exit"],
    ] {
        if way.iter().all(|id| stage.element(id).is_some()) || way[0].starts_with("rail") {
            stage.tap_all(&way);
        }
        let typed = |stage: &Stage| stage.element("pay-typed").map(|_| stage.text("pay-typed"));
        let before = typed(&stage);
        scan(&stage, "T7K3Q-999999");
        assert_eq!(typed(&stage), before, "after {way:?}: digits of a code are not money");
        scan(&stage, &code);
        assert_eq!(page(&stage), Page::Visit, "from {way:?}");
    }
}
