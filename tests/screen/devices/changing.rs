//! Found, typed, named, given its make, and taken back.

use super::{assigned, found, full, practice};
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::app::input::{DeviceInput, Input};
use tameio::domain::device::DeviceKind;
use tameio::domain::text::Text;
use tameio::view::generated::{Devices, Page, Shell};

const PRINTER: &str = "file:/dev/usb/lp0?profile=epson-80";

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn of(
    device: &str,
    address: Option<&str>,
    configured: Option<&str>,
) -> (String, Option<String>, Option<String>) {
    (device.to_owned(), address.map(str::to_owned), configured.map(str::to_owned))
}

#[test]
fn a_found_printer_takes_the_place_with_its_make_and_goes_back_to_the_configuration() {
    let stage = Stage::new();
    stage.taps();
    stage.tap_all(&["strip-printer", "device-change"]);
    assert!(stage.sent().contains(&Input::Device(DeviceInput::Find)));
    found(
        &stage,
        &[
            (DeviceKind::Scanner, true, "Honeywell", "usb:0c2e:0b61"),
            (DeviceKind::Printer, true, "EPSON TM-T20II", "file:/dev/usb/lp1"),
        ],
    );
    assert!(stage.element("offer-usb:0c2e:0b61").is_none(), "a scanner is no printer");
    stage.tap("offer-file:/dev/usb/lp1");
    let models = stage.app().global::<Devices>().get_models();
    let first = models.row_data(0).expect("a make");
    assert_eq!((first.id.as_str(), first.suggested), ("TM-T20II", true), "it said its name");
    stage.tap("model-TM-T20II");
    let address = "file:/dev/usb/lp1?profile=TM-T20II";
    assert_eq!(assigned(&stage), [of("printer", Some(address), Some(PRINTER))]);
    stage.pass(1);
    assert_eq!(stage.text("device-address"), address);
    assert_eq!(stage.text("device-configured"), PRINTER);
    stage.tap("device-print-test");
    assert_eq!(stage.taps(), 5, "strip, change, which one, which make, test");
    stage.pass(5);
    assert!(stage.text("device-test-outcome").starts_with("Τυπώθηκε"));
    stage.sent();
    stage.tap("device-back-to-configuration");
    assert_eq!(assigned(&stage), [of("printer", None, Some(PRINTER))]);
    assert!(stage.element("device-back-to-configuration").is_none());
    assert_eq!(page(&stage), Page::Device);
}

#[test]
fn an_address_is_typed_refused_with_its_reason_and_mended() {
    let stage = Stage::new();
    stage.tap_all(&["strip-printer", "device-change", "device-type"]);
    assert!(!stage.is_enabled("device-use-typed"));
    for key in "lpt1".chars() {
        stage.tap(&format!("address-{key}"));
    }
    stage.tap("device-use-typed");
    assert!(stage.text("device-fault").contains("tcp://"), "{}", stage.text("device-fault"));
    assert_eq!(stage.text("device-typed"), "lpt1", "what was typed can be mended");
    stage.tap_all(&["address-clear", "piece-1"]);
    assert_eq!(stage.text("device-fault"), "");
    for key in "1.50".chars() {
        stage.tap(&format!("address-{key}"));
    }
    stage.sent();
    stage.tap_all(&["device-use-typed", "model-xprinter-80"]);
    let address = "tcp://192.168.1.50?profile=xprinter-80";
    assert_eq!(assigned(&stage), [of("printer", Some(address), Some(PRINTER))]);
    stage.pass(1);
    assert_eq!(stage.text("device-address"), address);
}

#[test]
fn a_simulated_printer_at_work_is_refused() {
    let stage = Stage::new();
    stage.tap_all(&["strip-printer", "device-change", "device-type"]);
    stage.tap_all(&[
        "address-s",
        "address-i",
        "address-m",
        "address-:",
        "device-use-typed",
        "model-epson-80",
    ]);
    assert!(stage.text("device-fault").starts_with("Εικονικές συσκευές"));
    stage.state(|state| assert!(state.assigned.is_empty()));
}

#[test]
fn a_scale_is_added_after_a_word_about_the_law_and_taken_away_again() {
    let stage = Stage::new();
    stage.tap_all(&["rail-devices", "add-scale"]);
    stage.state(|state| assert!(state.live.offers.is_none(), "nothing is looked for before it was read"));
    stage.tap("scale-note-understood");
    found(&stage, &[(DeviceKind::Scale, false, "USB Serial CH340", "usb:1a86:7523")]);
    stage.sent();
    stage.tap("offer-usb:1a86:7523");
    assert_eq!(assigned(&stage), [of("scale", Some("usb:1a86:7523"), None)]);
    stage.pass(1);
    assert!(stage.element("device-weight").is_some(), "its page is up, weighing");
    stage.tap("device-back-to-configuration");
    assert_eq!(page(&stage), Page::Devices, "it is gone, and so is its page");
    stage.pass(1);
    assert!(stage.element("device-scale").is_none());
    assert!(stage.element("add-scale").is_some());
}

#[test]
fn one_of_several_gets_a_name_of_its_own() {
    let stage = full();
    stage.tap_all(&["rail-devices", "add-scanner"]);
    let names = stage.app().global::<Devices>().get_names();
    let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
    assert_eq!(names, ["desk", "bay"], "the others have theirs");
    assert!(!stage.is_enabled("name-take"));
    stage.tap_all(&["name-b", "name-2", "name-take"]);
    found(&stage, &[(DeviceKind::Scanner, true, "Zebra DS2208", "usb:05e0:1701")]);
    stage.sent();
    stage.tap("offer-usb:05e0:1701");
    assert_eq!(assigned(&stage), [of("scanner.b2", Some("usb:05e0:1701"), None)]);
    stage.pass(1);
    stage.tap("rail-devices");
    assert!(stage.element("device-scanner.b2").is_some());
}

#[test]
fn a_name_that_is_taken_or_no_name_is_not_taken() {
    let stage = full();
    stage.tap_all(&["rail-devices", "add-barrier"]);
    for key in "exit".chars() {
        stage.tap(&format!("name-{key}"));
    }
    assert!(!stage.is_enabled("name-take"), "it is the other one's");
    stage.tap("name-.");
    assert!(!stage.is_enabled("name-take"), "no word");
}

#[test]
fn what_nobody_finds_is_typed_from_its_pieces() {
    let stage = full();
    stage.tap_all(&["rail-devices", "add-barrier", "name-entry"]);
    stage.tap_all(&["piece-0", "address-7", "address-.", "address-6", "address-2", "piece-2", "piece-5"]);
    assert_eq!(stage.text("device-typed"), "tcp://192.168.7.62?board=modbus&relay=1");
    stage.sent();
    stage.tap("device-use-typed");
    let address = "tcp://192.168.7.62?board=modbus&relay=1";
    assert_eq!(assigned(&stage), [of("barrier.entry", Some(address), None)]);
}

#[test]
fn every_device_can_be_tried_in_practice() {
    let stage = Stage::with(practice(), super::SIZE, &[]);
    for (add, between, shows) in [
        ("add-printer", &["offer-simulated", "model-epson-80"][..], "device-print-test"),
        ("add-scanner", &["name-only", "offer-simulated"], "device-heard"),
        ("add-scale", &["scale-note-understood", "offer-simulated"], "device-weight"),
        ("add-card", &["offer-simulated"], "device-address"),
        ("add-camera", &["name-only", "offer-simulated"], "device-address"),
        ("add-display", &["offer-simulated"], "device-test-display"),
        ("add-barrier", &["name-exit", "offer-simulated"], "barrier-reason-0"),
    ] {
        stage.tap_all(&["rail-devices", add]);
        stage.tap_all(between);
        stage.pass(1);
        assert!(stage.element(shows).is_some(), "after {add}");
        assert_eq!(stage.text("device-state"), "Έτοιμο");
    }
}

#[test]
fn the_line_that_reads_right_is_taken_with_one_touch_and_a_test_is_offered() {
    let stage = Stage::new();
    stage.tap_all(&["strip-printer", "device-find-greek"]);
    let pages = |stage: &Stage| {
        stage.state(|state| {
            let wanted = |paper: &_| matches!(paper, tameio::domain::paper::Paper::GreekPages { .. });
            state.papers.values().filter(|job| wanted(&job.paper)).count()
        })
    };
    assert_eq!(pages(&stage), 1);
    stage.tap("greek-print");
    assert_eq!(pages(&stage), 1, "the second press is the same wish");
    let address: tameio_drivers::printer::Address = PRINTER.parse().expect("an address");
    let finder = tameio_drivers::printer::PageFinder::new(&address.profile);
    let keys = stage.app().global::<Devices>().get_pages();
    assert_eq!(keys.row_count(), finder.candidates().len() + 1, "a key for every line, and none");
    for (at, slot) in finder.candidates().iter().enumerate() {
        let key = keys.row_data(at).expect("a key");
        assert_eq!(key.page.as_str(), format!("{}:{}", slot.page.name(), slot.n));
        assert_eq!(key.line as usize, at + 1);
    }
    stage.pass(5);
    stage.sent();
    stage.taps();
    stage.tap("line-3");
    let setting = finder.setting(3).expect("a third line");
    let address = format!("{PRINTER}&{setting}");
    assert_eq!(assigned(&stage), [of("printer", Some(&address), Some(PRINTER))]);
    assert!(stage.is_enabled("device-print-test"));
    assert_eq!(stage.taps(), 1);
    stage.pass(1);
    stage.tap_all(&["device-find-greek", "line-0"]);
    stage.pass(1);
    assert_eq!(stage.text("device-address"), format!("{PRINTER}&greek=none"));
}

#[test]
fn back_goes_one_step_and_a_page_left_is_not_half_done() {
    let stage = Stage::new();
    stage.tap_all(&[
        "strip-printer",
        "device-change",
        "device-type",
        "piece-2",
        "address-l",
        "device-use-typed",
    ]);
    for shows in ["device-use-typed", "device-type", "device-print-test"] {
        stage.tap("device-back");
        assert!(stage.element(shows).is_some(), "{shows}");
    }
    stage.tap("device-back");
    assert_eq!(page(&stage), Page::Devices);
    stage.state(|state| assert!(state.assigned.is_empty()));
    stage.tap_all(&["add-scale", "device-back"]);
    assert_eq!(page(&stage), Page::Devices);
}

/// Two fingers on two makes: the first counts.
#[test]
fn a_device_is_assigned_once() {
    let stage = Stage::with(wash(), super::SIZE, &[]);
    stage.tap_all(&["rail-devices", "add-display", "piece-0", "device-use-typed"]);
    assert_eq!(assigned(&stage).len(), 1);
    stage.happen(Input::Device(DeviceInput::Attached {
        device: super::id("display"),
        address: Text::new("serial:/dev/ttyUSB0"),
    }));
    assert!(stage.element("device-test-display").is_some());
}
