//! One program for every promise of the drivers; a module for each.

// A test says what went wrong by panicking; clippy allows it only inside the test functions themselves.
#![allow(clippy::unwrap_used, clippy::panic)]

mod address;
#[cfg(unix)]
mod bench;
mod cable;
#[cfg(unix)]
mod camera;
mod card;
#[cfg(unix)]
mod contract;
#[cfg(unix)]
mod devices;
mod display;
mod drawer;
mod encode;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod fifo;
mod greek;
mod jobs;
#[cfg(unix)]
mod lessons;
mod page_finder;
mod papers;
#[cfg(feature = "plates")]
mod plate_reader;
mod profiles;
#[cfg(unix)]
mod receiptio;
mod relay;
mod replies;
#[cfg(unix)]
mod scale;
#[cfg(unix)]
mod scanner;
#[cfg(unix)]
mod serial_port;
mod sheet;
mod speed;
mod spool;
mod star;
#[cfg(unix)]
mod supervisor;
#[cfg(unix)]
mod terminal;

use tameio_drivers::printer::page_finder::PANGRAM;
use tameio_drivers::printer::{Align, Code128Text, Item, Profile, QrText, Sheet, Style};

fn profile(name: &str) -> Profile {
    Profile::named(name).unwrap_or_else(|| panic!("there is no profile {name}"))
}

/// A receipt of forty lines with a QR code, as a till prints it.
fn receipt(profile: &Profile) -> Sheet {
    let row = |left: &str, right: &str| {
        let room = profile.columns.saturating_sub(left.chars().count() + right.chars().count());
        format!("{left}{}{right}", " ".repeat(room))
    };
    let centre = Style { align: Align::Centre, ..Style::default() };
    let bold = Style { bold: true, ..Style::default() };
    let mut sheet = Sheet::new();
    sheet.styled("Πλυντήριο ΑΚΜΗ", Style { bold: true, double_width: true, ..centre });
    sheet.styled("Λεωφόρος Κηφισού 12, Αθήνα", centre).rule();
    for line in 0..34 {
        sheet.line(&row(&format!("{line:02} Εξωτερικό πλύσιμο"), "14,00"));
    }
    sheet.rule().styled(&row("ΣΥΝΟΛΟ", "476,00"), bold).line(&row("Μετρητά", "500,00"));
    sheet.push(Item::Qr { data: qr("https://example.org/r/400001234567890"), module_dots: 6 });
    sheet.cut();
    sheet
}

fn qr(text: &str) -> QrText {
    QrText::new(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn code128(text: &str) -> Code128Text {
    Code128Text::new(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}
