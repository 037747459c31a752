//! Every page of every kind of device, to be looked at.

use super::{ALL, faulted, found, is, practice};
use crate::pages::{check, check_at};
use crate::stage::{Stage, wash};
use tameio::app::input::{DeviceInput, Input, PaperInput};
use tameio::domain::device::{Condition, DeviceKind, DeviceTrouble, ScaleReading};
use tameio::domain::paper::PrinterTrouble;
use tameio::domain::text::Text;

const UDEV: &str = r#"SUBSYSTEM=="tty", ATTRS{idVendor}=="0922", ATTRS{idProduct}=="8003", ATTRS{serial}=="A10234", GROUP="pos", MODE="0660""#;

fn shop(size: (u32, u32)) -> Stage {
    Stage::with(wash(), size, &ALL)
}

/// Every state there is, as far as one list has room.
fn troubled(stage: &Stage) {
    stage.happen(Input::Paper(PaperInput::PrinterSeen {
        trouble: Some(PrinterTrouble::PaperOut),
        near_end: false,
    }));
    is(stage, "scanner.entry", Condition::Absent);
    faulted(stage, "scanner.exit", DeviceTrouble::Ambiguous);
    faulted(stage, "scale", DeviceTrouble::NotPermitted { udev: Some(Text::new(UDEV)) });
    faulted(stage, "display", DeviceTrouble::Busy);
    faulted(stage, "barrier.exit", DeviceTrouble::Silent);
}

#[test]
fn the_list() {
    let none = |size| Stage::with(wash(), size, &[]);
    check_at("devices-none", none, |stage| stage.tap("rail-devices"), &["add-printer", "add-barrier"]);
    check(
        "devices",
        &wash(),
        |stage| stage.tap("rail-devices"),
        &["device-printer", "device-drawer", "add-scale", "add-scanner", "strip-printer"],
    );
    let all = |stage: &Stage| stage.tap("rail-devices");
    check_at("devices-all", shop, all, &["device-printer", "device-scale", "add-barrier", "strip-scanner"]);
    let bad = |stage: &Stage| {
        troubled(stage);
        stage.tap("rail-devices");
    };
    check_at(
        "devices-troubled",
        shop,
        bad,
        &["device-printer", "strip-scanner", "strip-scale", "strip-printer"],
    );
}

#[test]
fn a_printers_page() {
    let page = |stage: &Stage| stage.tap("strip-printer");
    check(
        "device-printer",
        &wash(),
        page,
        &["device-back", "device-print-test", "device-change", "device-find-greek"],
    );
    let gone = |stage: &Stage| {
        is(stage, "printer", Condition::Absent);
        page(stage);
    };
    check("device-printer-gone", &wash(), gone, &["device-change"]);
    let printed = |stage: &Stage| {
        page(stage);
        stage.tap("device-print-test");
        stage.pass(5);
    };
    check("device-printer-tested", &wash(), printed, &["device-test-outcome", "device-print-test"]);
    let greek = |stage: &Stage| {
        page(stage);
        stage.tap("device-find-greek");
    };
    check("device-printer-greek", &wash(), greek, &["line-1", "line-0", "greek-print"]);
    let chosen = |stage: &Stage| {
        page(stage);
        stage.tap_all(&["device-find-greek", "line-2"]);
        stage.pass(5);
    };
    check("device-printer-chosen", &wash(), chosen, &["device-back-to-configuration", "device-print-test"]);
}

#[test]
fn another_printer() {
    let offered = |stage: &Stage| {
        stage.tap_all(&["strip-printer", "device-change"]);
        found(
            stage,
            &[
                (DeviceKind::Printer, true, "EPSON TM-T20II", "file:/dev/usb/lp1"),
                (DeviceKind::Printer, true, "XP-58 POS Printer", "file:/dev/usb/lp0"),
            ],
        );
    };
    check("device-find", &wash(), offered, &["offer-file:/dev/usb/lp1", "device-type"]);
    let nothing = |stage: &Stage| {
        stage.tap_all(&["strip-printer", "device-change"]);
        found(stage, &[]);
    };
    check("device-find-nothing", &wash(), nothing, &["device-type"]);
    let make = |stage: &Stage| {
        offered(stage);
        stage.tap("offer-file:/dev/usb/lp1");
    };
    check("device-make", &wash(), make, &["model-TM-T20II", "model-generic-80", "models-epson"]);
    let epson = |stage: &Stage| {
        make(stage);
        stage.tap("models-epson");
    };
    check("device-make-epson", &wash(), epson, &["model-TM-T88V"]);
    let others = |stage: &Stage| {
        make(stage);
        stage.tap("models-others");
    };
    check("device-make-others", &wash(), others, &["model-CT-S651"]);
    let typed = |stage: &Stage| {
        stage.tap_all(&[
            "strip-printer",
            "device-change",
            "device-type",
            "piece-1",
            "address-1",
            "address-.",
        ]);
    };
    check(
        "device-type",
        &wash(),
        typed,
        &["piece-0", "address-q", "address-:", "address-clear", "device-use-typed"],
    );
    let refused = |stage: &Stage| {
        stage.tap_all(&[
            "strip-printer",
            "device-change",
            "device-type",
            "address-l",
            "address-p",
            "address-t",
        ]);
        stage.tap("device-use-typed");
    };
    check("device-type-refused", &wash(), refused, &["device-use-typed"]);
}

#[test]
fn a_scanners_page() {
    let waits = |stage: &Stage| stage.tap_all(&["rail-devices", "device-scanner.exit"]);
    check_at("device-scanner", shop, waits, &["device-change"]);
    let heard = |stage: &Stage| {
        waits(stage);
        stage.happen(Input::Device(DeviceInput::Scanned {
            device: super::id("scanner.entry"),
            code: "(01)05201234567894\u{1d}21ABC".to_owned(),
        }));
    };
    check_at("device-scanner-heard", shop, heard, &["device-change"]);
}

#[test]
fn a_scales_page() {
    let note = |stage: &Stage| stage.tap_all(&["rail-devices", "add-scale"]);
    check("device-scale-note", &wash(), note, &["scale-note-understood", "device-back"]);
    let weighs = |stage: &Stage, reading| {
        stage.tap_all(&["rail-devices", "device-scale"]);
        stage.happen(Input::Device(DeviceInput::Weighed { reading }));
    };
    let at_rest = |stage: &Stage| weighs(stage, ScaleReading::Stable { grams: 4_250 });
    check_at("device-scale", shop, at_rest, &["device-weight"]);
    let moving = |stage: &Stage| weighs(stage, ScaleReading::Moving);
    check_at("device-scale-moving", shop, moving, &["device-weight"]);
    let locked = |stage: &Stage| {
        troubled(stage);
        stage.tap("strip-scale");
    };
    check_at("device-scale-locked", shop, locked, &["device-udev", "device-copy-udev", "device-change"]);
}

#[test]
fn a_displays_and_a_barriers_page() {
    let display = |stage: &Stage| stage.tap_all(&["rail-devices", "device-display"]);
    check_at("device-display", shop, display, &["device-test-display", "device-change"]);
    let barrier = |stage: &Stage| {
        stage.tap_all(&["rail-devices", "device-barrier.exit", "barrier-reason-0"]);
        stage.pass(1);
        stage.tap_all(&["reason-Β", "reason-Λ"]);
    };
    check_at("device-barrier", shop, barrier, &["barrier-reason-2", "reason-Ω", "barrier-open-typed"]);
    let name = |stage: &Stage| stage.tap_all(&["rail-devices", "add-barrier"]);
    check_at("device-name", shop, name, &["name-entry", "name-q", "name-take"]);
    let board = |stage: &Stage| stage.tap_all(&["rail-devices", "add-barrier", "name-entry", "piece-0"]);
    check_at("device-barrier-type", shop, board, &["piece-7", "address-_"]);
    let drawer = |stage: &Stage| stage.tap("strip-drawer");
    check_at("device-drawer", shop, drawer, &["open-drawer"]);
    let simulated = |size| Stage::with(practice(), size, &[]);
    let offered = |stage: &Stage| stage.tap_all(&["rail-devices", "add-display"]);
    check_at("device-simulated", simulated, offered, &["offer-simulated"]);
}
