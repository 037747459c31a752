//! The customer's display shows what is due and the change, and the same again after its cable was pulled.

use super::{BACK, Desk, GONE, configured, only};
use crate::folder::Folder;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tameio::app::clock::{self, Stopwatch};
use tameio::app::input::{ChooseService, Input, OpenVisit};
use tameio::domain::catalogue::Size;
use tameio::domain::device::{Condition, DeviceKind};
use tameio_drivers::display::Settings;
use tameio_drivers::display::sim::DisplayReader;
use tameio_drivers::scale::sim::pty::{Plugged, line};

// As a display without a Greek page shows them: capitals that Latin has too are Latin ones, and the euro is an E.
const WAX: &str = "KEPI";
const TOTAL: &str = "ΣYNOΛO       13,00 E";
const CHANGE: &str = "PEΣTA         7,00 E";

/// A display on a pseudo terminal, and what stands on it.
fn plug(link: &Path) -> (Arc<Mutex<DisplayReader>>, Plugged) {
    let (mut wire, plugged) = line(link).expect("a pseudo terminal");
    let reader = Arc::new(Mutex::new(DisplayReader::new(Settings::default())));
    let shown = Arc::clone(&reader);
    std::thread::spawn(move || {
        let mut bytes = [0; 256];
        loop {
            match wire.read(&mut bytes) {
                Ok(0) => return,
                Ok(count) => shown.lock().expect("nobody died").feed(&bytes[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    clock::wait(Duration::from_millis(2));
                }
                Err(_) => return,
            }
        }
    });
    (reader, plugged)
}

fn shows(reader: &Mutex<DisplayReader>, wanted: [&str; 2], within: Duration) {
    let begun = Stopwatch::start();
    loop {
        let lines = reader.lock().expect("nobody died").lines();
        if lines.iter().zip(wanted).all(|(line, wanted)| line.trim() == wanted) {
            return;
        }
        assert!(begun.elapsed() < within, "shown is {lines:?}, not {wanted:?}");
        clock::wait(Duration::from_millis(10));
    }
}

#[test]
fn the_customer_sees_the_price_and_the_change_even_after_the_cable_was_pulled() {
    let folder = Folder::new();
    let link = folder.path().join("ttyUSB2");
    let display = only(DeviceKind::Display);
    let (reader, plugged) = plug(&link);
    let desk = Desk::open(folder.path(), configured(&[("display", &format!("serial:{}", link.display()))]));
    desk.until_is(BACK, &display, &Condition::Ready);
    desk.send(Input::OpenVisit(OpenVisit::new("ΙΗΖ-4821", Size::Small, crate::world::person("A"))));
    desk.until(BACK, "the vehicle is inside", |state| state.visits.len() == 1);
    let visit = *desk.snapshot().expect("shown").state.visits.keys().next().expect("it is inside");
    let choice =
        ChooseService { visit, size: Size::Small, package: "EXT".to_owned(), extras: vec!["WAX".to_owned()] };
    desk.send(Input::ChooseService(choice));
    shows(&reader, [WAX, TOTAL], GONE);
    drop(plugged);
    desk.until_is(GONE, &display, &Condition::Absent);
    let (reader, _plugged) = plug(&link);
    desk.until_is(BACK, &display, &Condition::Ready);
    shows(&reader, [WAX, TOTAL], GONE);
    desk.send(Input::Pay {
        visit,
        tenders: vec![crate::world::cash("20.00")],
        invoice_to: None,
        operator: crate::world::person("A"),
    });
    shows(&reader, [TOTAL, CHANGE], GONE);
    desk.close();
}
