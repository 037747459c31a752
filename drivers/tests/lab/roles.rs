//! What this program does as a second process, of another user or to be killed: one line for each thing it sees.

use std::io::Write;
use std::time::Duration;

use tameio_drivers::offer::offers;
use tameio_drivers::printer::{self, Printer, Sheet, encode};
use tameio_drivers::supervisor::{Notice, Places};

use super::watched;

/// One line, at once: the other process waits for it, and this one may be killed.
fn say(line: &str) {
    println!("{line}");
    let _ = std::io::stdout().flush();
}

/// Looks after scanners until it is killed, or nobody reads what it says any more.
pub(crate) fn watch(addresses: &[String]) {
    let mut watched = Vec::new();
    for address in addresses {
        match watched::scanner("second", address) {
            Ok(scanner) => watched.push((address, scanner)),
            Err(error) => say(&format!("{address}\t{error}")),
        }
    }
    loop {
        for (address, scanner) in &watched {
            if let Some(told) = scanner.next(Duration::from_millis(10)) {
                say(&match told.what {
                    Notice::Changed { state, advice } => format!("{address}\t{state:?}\t{advice:?}"),
                    Notice::Heard(scan) => format!("{address}\tscan\t{}", scan.text),
                });
            }
        }
    }
}

/// Prints a paper longer than any buffer of the cable.
pub(crate) fn print(addresses: &[String]) {
    let Some(address) = addresses.first() else { return };
    let outcome = (|| -> Result<_, Box<dyn std::error::Error>> {
        let mut printer = printer::open("second", &address.parse()?)?;
        let mut profile = printer.profile().clone();
        profile.pages.clear();
        let mut sheet = Sheet::new();
        for _ in 0..200 {
            sheet.line("Εξωτερικό πλύσιμο");
        }
        say("printing");
        Ok(printer.print(&encode(&sheet, &profile)?))
    })();
    say(&format!("{outcome:?}"));
}

/// Says what is plugged in.
pub(crate) fn offers_of_this_user() {
    for offer in offers(&Places::default()) {
        say(&format!("{}\t{:?}", offer.address, offer.missing_permission));
    }
}
