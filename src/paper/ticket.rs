//! The entry ticket: what the driver holds while the vehicle is inside.
//!
//! Its code is the visit's reference and nothing else: whoever finds the ticket learns no name and no plate from it.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use crate::domain::ids::Reference;
use crate::domain::settings::{Settings, Trade};
use crate::domain::visit::Visit;
use tameio_drivers::printer::{Code128Text, Item, Sheet};

/// The longest code that a Code 128 holds on 58 mm paper.
const BARCODE_CHARS_MAX: usize = 14;

/// The ticket of a visit.
#[must_use]
pub fn ticket(settings: &Settings, visit: &Visit, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    paper.centre(paper.say(Words("ΔΕΛΤΙΟ ΕΙΣΟΔΟΥ", "ENTRY TICKET")));
    paper.large(&visit.plate.display());
    paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    paper.row(paper.say(Words("Είσοδος", "Arrival")), &visit.arrived.printed());
    if let Some(lane) = visit.lane {
        paper.row(paper.say(Words("Θέση", "Bay")), &lane.to_string());
    }
    services(&mut paper, visit);
    code(&mut paper, &visit.reference);
    paper.rule();
    paper.centre(paper.say(terms(settings.trade)));
    not_a_receipt(&mut paper);
    paper.finish()
}

/// What is ordered so far, with its price list.
fn services(paper: &mut Layout, visit: &Visit) {
    if visit.sale.lines.is_empty() {
        return;
    }
    paper.rule();
    for (line, gross) in visit.sale.lines.iter().zip(visit.sale.grosses()) {
        let name = line.name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &gross.with_comma());
        paper.quantity(line);
    }
    paper.discounts(&visit.sale);
    if !visit.sale.catalogue.is_empty() {
        paper.row(paper.say(Words("Τιμοκατάλογος", "Price list")), &visit.sale.catalogue);
    }
}

/// What a scanner reads: `T7K3Q-000123`.
#[must_use]
pub fn code_of(reference: &Reference) -> String {
    format!("T{reference}")
}

/// The code of a visit or an order; a scanner reads it whatever the paper's width.
pub(super) fn code(paper: &mut Layout, reference: &Reference) {
    let code = code_of(reference);
    paper.push(Item::Feed(1));
    match Code128Text::new(&code) {
        Ok(data) if code.len() <= BARCODE_CHARS_MAX => paper.push(Item::Barcode128 { data }),
        _ => paper.qr(&code),
    }
}

const fn terms(trade: Trade) -> Words {
    match trade {
        Trade::Wash | Trade::Garage => {
            Words("Δείξτε το δελτίο για να παραλάβετε το όχημα.", "Show this ticket to collect your vehicle.")
        }
        Trade::Parking => Words(
            "Κρατήστε το δελτίο μαζί σας. Χωρίς δελτίο ζητείται έλεγχος στοιχείων.",
            "Keep this ticket with you. Without it your papers will be checked.",
        ),
        Trade::Rental => Words(
            "Κρατήστε το δελτίο μέχρι την επιστροφή.",
            "Keep this ticket until the vehicle is returned.",
        ),
    }
}
