//! The intake slip: what was left here, in what state, and when it can be fetched. Whoever brings it gets the things, so it
//! carries a code, and the state they came in is on it before anybody can argue.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use super::template::field::Known;
use super::template::press::{Part, Press, Wanted};
use super::ticket;
use crate::domain::order::{Order, OrderLine};
use crate::domain::settings::Settings;
use crate::domain::template::TemplateKind;
use jiff::civil;
use tameio_drivers::printer::Sheet;

/// The intake slip of an order, as the order stands.
#[must_use]
pub fn intake(press: Press<'_>, order: &Order, columns: usize) -> Sheet {
    let known = Known {
        customer: order.owner.name.to_string(),
        total: Some(order.unpaid().totals().gross),
        operator: Some(order.operator.clone()),
        ..Known::new(order.opened, &order.reference)
    };
    Wanted { press, kind: TemplateKind::Intake, columns, known }.sheet(&parts(), order)
}

/// The parts of an intake slip.
pub(super) fn parts() -> [Part<Order>; 9] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, _, order| {
            paper.centre(paper.say(Words("ΔΕΛΤΙΟ ΠΑΡΑΛΑΒΗΣ", "INTAKE SLIP")));
            paper.large(&order.reference.to_string());
        }),
        Part::lawful("particulars", |paper, _, order| particulars(paper, order)),
        Part::lawful("things", |paper, _, order| {
            for line in &order.lines {
                left_here(paper, line);
            }
        }),
        Part::lawful("total", |paper, _, order| money(paper, order)),
        Part::lawful("code", |paper, settings, order| ticket::code(paper, settings, &order.reference)),
        Part::free("thanks", |paper, _, _| {
            paper.centre(paper.say(Words(
                "Δείξτε το δελτίο για να παραλάβετε τα πράγματά σας.",
                "Show this slip to collect your things.",
            )));
        }),
        Part::lawful("storage", |paper, settings, _| storage(paper, settings)),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

fn particulars(paper: &mut Layout, order: &Order) {
    paper.row(paper.say(Words("Παραλαβή", "Taken in")), &order.opened.printed());
    if let Some(promised) = order.promised {
        paper.row(paper.say(Words("Έτοιμα στις", "Ready on")), &day(promised));
    }
    if !order.owner.name.is_empty() {
        paper.row(paper.say(Words("Πελάτης", "Customer")), order.owner.name.as_str());
    }
    if !order.owner.phone.is_empty() {
        paper.row(paper.say(Words("Τηλέφωνο", "Telephone")), order.owner.phone.as_str());
    }
    paper.row(paper.say(Words("Τεμάχια", "Pieces")), &order.pieces().to_string());
}

/// What it is, how much of it, in what state it came, and what of it was fetched already.
fn left_here(paper: &mut Layout, line: &OrderLine) {
    let name = line.line.name.get(paper.language()).as_str().to_owned();
    paper.row(&name, &line.line.gross().with_comma());
    paper.quantity(&line.line);
    if line.pieces > 1 {
        paper.line(&format!("  {} {}", paper.say(Words("τεμάχια", "pieces")), line.pieces));
    }
    if !line.defects.is_empty() {
        paper.line(&format!("  {}: {}", paper.say(Words("Παρατηρήσεις", "Noted")), line.defects));
    }
    if line.fetched > 0 {
        let words = paper.say(Words("παραδόθηκαν", "handed over"));
        paper.line(&format!("  {words} {}/{}", line.fetched, line.pieces));
    }
}

fn money(paper: &mut Layout, order: &Order) {
    let unpaid = order.unpaid();
    paper.discounts(&unpaid);
    let due = unpaid.totals().gross;
    if unpaid.lines.is_empty() {
        paper.bold(paper.say(Words("ΠΛΗΡΩΜΕΝΟ", "PAID")));
    } else {
        paper.total(paper.say(Words("ΟΦΕΙΛΕΤΑΙ", "TO BE PAID")), &format!("{} €", due.with_comma()));
    }
}

/// What things that are not fetched cost, where the shop charges for that.
fn storage(paper: &mut Layout, settings: &Settings) {
    let rule = settings.storage;
    if rule.is_on() {
        let (days, per_day) = (rule.free_days, rule.per_day.with_comma());
        let words = Words("Φύλαξη μετά από", "Storage after");
        let unit = Words("ημέρες: την ημέρα", "days: each day");
        paper.centre(&format!("{} {days} {} {per_day} €", paper.say(words), paper.say(unit)));
    }
}

fn day(date: civil::Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}
