//! A sample for whoever connects a printer: every Greek letter, the width of the paper, the euro, a bar code and a QR code,
//! the knife. What is wrong on it is wrong with the printer's settings.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use tameio_drivers::printer::Sheet;
use tameio_drivers::printer::page_finder::PANGRAM;

/// The sample.
#[must_use]
pub fn test(settings: &Settings, at: Stamp, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    paper.centre_bold(paper.say(Words("ΔΟΚΙΜΗ ΕΚΤΥΠΩΤΗ", "PRINTER TEST")));
    paper.row(paper.say(Words("Ώρα", "Time")), &at.printed());
    paper.row(paper.say(Words("Χαρακτήρες ανά γραμμή", "Characters in a line")), &columns.to_string());
    paper.rule();
    paper.line(PANGRAM);
    // As wide as the paper: it must fill one line and no more.
    paper.line(&"1234567890".chars().cycle().take(columns).collect::<String>());
    paper.rule();
    paper.qr(&format!("TAMEIO TEST {}", settings.terminal));
    not_a_receipt(&mut paper);
    paper.finish()
}
