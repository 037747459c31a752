//! What is said of a device is how it is.

use super::{faulted, full, id, is};
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::app::input::{DeviceInput, Input, PaperInput};
use tameio::domain::device::{BarrierOpening, Condition, DeviceTrouble};
use tameio::domain::paper::PrinterTrouble;
use tameio::domain::text::Text;
use tameio::view::generated::{DeviceState, Devices};

/// How a device of the list is.
fn state(stage: &Stage, device: &str) -> Option<DeviceState> {
    stage.tap("rail-devices");
    let rows = stage.app().global::<Devices>().get_rows();
    rows.iter().find(|row| row.id == device).map(|row| row.state)
}

fn in_strip(stage: &Stage) -> Vec<(String, DeviceState)> {
    let strip = stage.app().global::<Devices>().get_strip();
    strip.iter().map(|row| (row.id.to_string(), row.state)).collect()
}

#[test]
fn every_condition_has_its_own_word() {
    let stage = full();
    let text = |text: &str| Text::new(text);
    for (trouble, wanted) in [
        (DeviceTrouble::Busy, DeviceState::Taken),
        (DeviceTrouble::NotPermitted { udev: None }, DeviceState::NotPermitted),
        (DeviceTrouble::Silent, DeviceState::Silent),
        (DeviceTrouble::SpeaksSomethingElse { expected: text("8217") }, DeviceState::SpeaksElse),
        (DeviceTrouble::Ambiguous, DeviceState::SeveralFit),
        (DeviceTrouble::Other { text: text("I/O error") }, DeviceState::Fault),
    ] {
        faulted(&stage, "scale", trouble);
        assert_eq!(state(&stage, "scale"), Some(wanted));
    }
    for (condition, wanted) in [
        (Condition::Absent, DeviceState::Absent),
        (Condition::Opening, DeviceState::Opening),
        (Condition::Ready, DeviceState::Ready),
    ] {
        is(&stage, "scale", condition);
        assert_eq!(state(&stage, "scale"), Some(wanted));
    }
}

#[test]
fn a_printer_that_is_there_still_says_what_it_lacks() {
    let stage = full();
    for (trouble, wanted) in [
        (PrinterTrouble::PaperOut, DeviceState::PaperEnd),
        (PrinterTrouble::CoverOpen, DeviceState::CoverOpen),
        (PrinterTrouble::Cutter, DeviceState::Cutter),
        (PrinterTrouble::Other { text: Text::new("too hot") }, DeviceState::Fault),
    ] {
        stage.happen(Input::Paper(PaperInput::PrinterSeen { trouble: Some(trouble), near_end: false }));
        assert_eq!(state(&stage, "printer"), Some(wanted));
    }
    stage.happen(Input::Paper(PaperInput::PrinterSeen { trouble: None, near_end: true }));
    assert_eq!(state(&stage, "printer"), Some(DeviceState::PaperLow));
    // What is not there has no paper either; that it is not there is what counts.
    is(&stage, "printer", Condition::Absent);
    assert_eq!(state(&stage, "printer"), Some(DeviceState::Absent));
    assert_eq!(state(&stage, "drawer"), Some(DeviceState::NoPrinter), "it opens through the printer");
}

#[test]
fn a_drawer_and_a_barrier_say_how_they_stand() {
    let stage = full();
    assert_eq!(state(&stage, "drawer"), Some(DeviceState::Ready));
    stage.happen(Input::Device(DeviceInput::DrawerSeen { open: true }));
    assert_eq!(state(&stage, "drawer"), Some(DeviceState::Open));
    stage.happen(Input::Device(DeviceInput::DrawerSeen { open: false }));
    assert_eq!(state(&stage, "drawer"), Some(DeviceState::Ready));
    stage.happen(Input::Device(DeviceInput::BarrierSeen { device: id("barrier.exit"), up: true }));
    assert_eq!(state(&stage, "barrier.exit"), Some(DeviceState::Up));
}

#[test]
fn the_strip_shows_the_scanner_that_is_missing_and_what_else_is_in_trouble() {
    let stage = full();
    let ready = |id: &str| (id.to_owned(), DeviceState::Ready);
    assert_eq!(in_strip(&stage), [ready("printer"), ready("drawer"), ready("scanner.entry")]);
    is(&stage, "scanner.exit", Condition::Absent);
    assert_eq!(in_strip(&stage)[2], ("scanner.exit".to_owned(), DeviceState::Absent));
    faulted(&stage, "barrier.exit", DeviceTrouble::Silent);
    assert_eq!(in_strip(&stage)[3], ("barrier.exit".to_owned(), DeviceState::Silent));
    stage.tap("strip-scanner");
    assert!(stage.element("device-heard").is_some(), "its page is one touch away");
    assert_eq!(stage.text("device-state"), "Λείπει");
    let none = Stage::with(wash(), super::SIZE, &[]);
    assert!(in_strip(&none).is_empty(), "what nobody has is not shown");
}

#[test]
fn what_is_not_permitted_shows_the_line_to_install_and_what_is_missing_does_not() {
    let stage = full();
    let line = r#"SUBSYSTEM=="tty", KERNEL=="ttyUSB1", GROUP="pos", MODE="0660""#;
    faulted(&stage, "scale", DeviceTrouble::NotPermitted { udev: Some(Text::new(line)) });
    stage.tap_all(&["rail-devices", "device-scale"]);
    assert_eq!(stage.text("device-udev"), line);
    assert_eq!(stage.text("device-state"), "Χωρίς άδεια");
    stage.tap_all(&["device-copy-udev", "device-copy-udev"]);
    is(&stage, "scale", Condition::Absent);
    assert!(stage.element("device-udev").is_none());
    assert_eq!(stage.text("device-state"), "Λείπει");
}

#[test]
fn a_barrier_that_is_unsure_and_a_drawer_that_opened_are_said_in_the_language_of_the_moment() {
    let stage = full();
    let device = id("barrier.exit");
    let opening = BarrierOpening::NotOpened { text: Text::new("no such relay") };
    stage.happen(Input::Device(DeviceInput::BarrierReported { device: device.clone(), opening }));
    assert_eq!(stage.text("notice-said-0"), "Η μπάρα δεν άνοιξε: no such relay");
    stage.tap("language-en");
    assert_eq!(stage.text("notice-said-0"), "The barrier did not open: no such relay");
    stage.tap("notice-dismiss");
    stage.happen(Input::Device(DeviceInput::BarrierReported {
        device: device.clone(),
        opening: BarrierOpening::Unknown,
    }));
    assert!(stage.text("notice-said-0").starts_with("Nobody knows"));
    stage.tap("notice-dismiss");
    stage.happen(Input::Device(DeviceInput::BarrierSeen { device: device.clone(), up: false }));
    stage.happen(Input::Device(DeviceInput::BarrierSeen { device, up: true }));
    assert_eq!(stage.text("notice-said-0"), "The barrier opened and nobody had asked for it");
    stage.tap("notice-dismiss");
    stage.happen(Input::Device(DeviceInput::DrawerSeen { open: false }));
    stage.happen(Input::Device(DeviceInput::DrawerSeen { open: true }));
    assert_eq!(stage.text("notice-said-0"), "The drawer opened and nobody had asked for it");
}
