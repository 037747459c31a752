//! The entry ticket: what the driver holds while the vehicle is inside, and beside it a stub for the valet.
//!
//! Its code is the visit's reference and a check only this site can make: whoever finds the ticket learns no name and no
//! plate from the code, and nobody makes a ticket of another number. Where the tariff prices the stay, its main prices stand
//! on the ticket: they are the ones that hold for it.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use super::template::field::Known;
use super::template::press::{Part, Press, Wanted};
use crate::domain::ids::Reference;
use crate::domain::settings::{Settings, Trade};
use crate::domain::template::TemplateKind;
use crate::domain::ticket::PREFIX;
use crate::domain::visit::Visit;
use tameio_drivers::printer::{Code128Text, Item, Sheet};
use tameio_drivers::scanner::TicketCodes;

/// The longest code that a Code 128 holds on 58 mm paper.
const BARCODE_CHARS_MAX: usize = 14;

/// The ticket of a visit. The valet's stub below it is the same at every site, and in no template.
#[must_use]
pub fn ticket(press: Press<'_>, visit: &Visit, columns: usize) -> Sheet {
    let operator = Some(visit.operator.clone());
    let known = Known { operator, ..Known::new(visit.arrived, &visit.reference).of(Some(&visit.plate)) };
    let wanted = Wanted { press, kind: TemplateKind::Ticket, columns, known };
    let mut paper = wanted.lay_out(&parts(), visit);
    let settings = press.settings;
    if settings.parking.valet_stub && visit.stay.is_some() {
        stub(&mut paper, settings, visit);
    }
    paper.finish()
}

/// The parts of a ticket.
pub(super) fn parts() -> [Part<Visit>; 10] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, _, visit| {
            paper.centre(paper.say(Words("ΔΕΛΤΙΟ ΕΙΣΟΔΟΥ", "ENTRY TICKET")));
            paper.large(&visit.plate.display());
        }),
        Part::lawful("particulars", |paper, _, visit| particulars(paper, visit)),
        Part::lawful("prices", prices),
        Part::free("promised", |paper, _, visit| {
            if let Some(promised) = visit.board.promised {
                paper.row(paper.say(Words("Έτοιμο στις", "Ready at")), &promised.clock());
            }
        }),
        Part::free("services", |paper, _, visit| services(paper, visit)),
        Part::lawful("code", |paper, settings, visit| code(paper, settings, &visit.reference)),
        Part::free("hours", |paper, settings, _| {
            if !settings.parking.hours.is_empty() {
                paper.centre(settings.parking.hours.as_str());
            }
        }),
        Part::free("terms", terms),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

fn particulars(paper: &mut Layout, visit: &Visit) {
    paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    paper.row(paper.say(Words("Είσοδος", "Arrival")), &visit.arrived.printed_exactly());
    if let Some(lane) = visit.lane {
        paper.row(paper.say(Words("Θέση", "Bay")), &lane.to_string());
    }
}

/// What the valet keeps with the key.
fn stub(paper: &mut Layout, settings: &Settings, visit: &Visit) {
    paper.push(Item::Cut);
    paper.centre_bold(paper.say(Words("ΣΤΕΛΕΧΟΣ ΠΑΡΚΑΔΟΡΟΥ", "VALET'S STUB")));
    paper.large(&visit.plate.display());
    paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    paper.row(paper.say(Words("Είσοδος", "Arrival")), &visit.arrived.printed_exactly());
    let bay = visit.lane.map_or_else(|| "________".to_owned(), |lane| lane.to_string());
    paper.row(paper.say(Words("Θέση", "Bay")), &bay);
    paper.row(paper.say(Words("Καρτελάκι κλειδιού", "Key tag")), "________");
    code(paper, settings, &visit.reference);
}

/// The sign in short, in the version that holds for this stay.
fn prices(paper: &mut Layout, settings: &Settings, visit: &Visit) {
    let Some(tariff) = settings.tariff_of(visit) else { return };
    let Ok(version) = tariff.version_at(visit.arrived.utc) else { return };
    paper.rule();
    let name = tariff.name.get(paper.language()).as_str().to_owned();
    paper.row(&name, &format!("{} {}", tariff.code, version.id));
    for (name, price) in version.sign(visit.size.into()) {
        let name = name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &price.map_or_else(String::new, |price| price.with_comma()));
    }
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

/// What a scanner reads: `T7K3Q-000123.0G4T1M2P`; without the site's key, as before tickets had one, the reference alone.
#[must_use]
pub fn code_of(settings: &Settings, reference: &Reference) -> String {
    let number = reference.to_string();
    let codes = settings.ticket_key.as_ref().and_then(|key| TicketCodes::new(PREFIX, key.bytes()).ok());
    codes.and_then(|codes| codes.code(&number).ok()).unwrap_or_else(|| format!("{PREFIX}{number}"))
}

/// The code of a visit or an order; a scanner reads it whatever the paper's width.
pub(super) fn code(paper: &mut Layout, settings: &Settings, reference: &Reference) {
    let code = code_of(settings, reference);
    paper.push(Item::Feed(1));
    match Code128Text::new(&code) {
        Ok(data) if code.len() <= BARCODE_CHARS_MAX => paper.push(Item::Barcode128 { data }),
        _ => paper.qr(&code),
    }
}

/// The owner's own words, or what the trade needs.
fn terms(paper: &mut Layout, settings: &Settings, visit: &Visit) {
    if visit.stay.is_some() && !settings.parking.ticket_terms.is_empty() {
        return paper.centre(settings.parking.ticket_terms.as_str());
    }
    paper.centre(paper.say(match settings.trade {
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
    }));
}
