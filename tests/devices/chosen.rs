//! What can be chosen at the screen, and what cannot.

use super::{Desk, configured, only};
use crate::folder::Folder;
use std::time::Duration;
use tameio::app::effect::Notice;
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::device::DeviceKind;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::text::Language;

const SOON: Duration = Duration::from_secs(5);

fn refused(desk: &Desk) -> Refusal {
    match desk.said.recv_timeout(SOON).expect("something is said") {
        Notice::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_address_that_cannot_be_read_changes_nothing_and_says_why() {
    let folder = Folder::new();
    let desk = Desk::open(folder.path(), configured(&[("printer", "sim:")]));
    let printer = only(DeviceKind::Printer);
    desk.until(SOON, "the printer is there", |state| state.live.devices.contains_key(&printer));
    desk.assign(&printer, Some("lpt1"), Some("sim:"));
    let refusal = refused(&desk);
    assert!(refusal.sentence(Language::En).contains("tcp://"), "{}", refusal.sentence(Language::En));
    assert!(refusal.sentence(Language::El).starts_with("Η διεύθυνση"), "{}", refusal.sentence(Language::El));
    let state = desk.snapshot().expect("shown").state.clone();
    assert!(state.assigned.is_empty());
    assert_eq!(state.live.devices[&printer].address.as_str(), "sim:");
    desk.close();
}

#[test]
fn a_simulated_device_is_for_practice_only() {
    let folder = Folder::new();
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let desk = Desk::with(folder.path(), configured(&[]), Settings { practice: false, ..settings });
    desk.assign(&only(DeviceKind::Printer), Some("sim:"), None);
    assert_eq!(refused(&desk), Refusal::SimulatedDevice);
    desk.close();
}

#[test]
fn what_nobody_configured_can_be_added_and_taken_away_again() {
    let folder = Folder::new();
    let desk = Desk::open(folder.path(), configured(&[]));
    let scale = only(DeviceKind::Scale);
    desk.assign(&scale, Some("sim:?protocol=nci"), None);
    desk.until(SOON, "it is there", |state| state.live.devices.contains_key(&scale));
    desk.assign(&scale, None, None);
    desk.until(SOON, "it is gone", |state| !state.live.devices.contains_key(&scale));
    desk.close();
}
