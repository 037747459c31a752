//! The parts, the fields and the shipped text of each kind of paper.

use super::field::Field;
use super::press::Part;
use crate::domain::template::TemplateKind;
use crate::paper::layout::Words;
use crate::paper::{deposit, intake, receipt, rental, slip, ticket, work};

/// The part that stands on every kind.
pub(super) const LOGO: &str = "logo";

/// A part of a kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartName {
    /// Its name in brackets.
    pub name: &'static str,
    /// The law asks for it: it stands exactly once, in this order among the others of its kind.
    pub lawful: bool,
}

/// The parts of a kind, in the order the lawful ones must have; the logo comes first and is never lawful.
#[must_use]
pub fn parts(kind: TemplateKind) -> Vec<PartName> {
    let own = match kind {
        TemplateKind::Receipt | TemplateKind::Invoice => names(&receipt::parts()),
        TemplateKind::Slip => names(&slip::parts()),
        TemplateKind::Ticket => names(&ticket::parts()),
        TemplateKind::Intake => names(&intake::parts()),
        TemplateKind::WorkOrder => names(&work::order_parts()),
        TemplateKind::Estimate => names(&work::estimate_parts()),
        TemplateKind::HandOver => names(&rental::hand_over_parts()),
        TemplateKind::VehicleReturn => names(&rental::return_parts()),
        TemplateKind::Deposit => names(&deposit::parts()),
    };
    std::iter::once(PartName { name: LOGO, lawful: false }).chain(own).collect()
}

fn names<F>(parts: &[Part<F>]) -> Vec<PartName> {
    parts.iter().map(|part| PartName { name: part.name, lawful: part.lawful }).collect()
}

/// What may stand in braces on a kind.
#[must_use]
pub fn fields(kind: TemplateKind) -> Vec<Field> {
    let has = |field: &Field| match field {
        Field::Customer => {
            matches!(kind, TemplateKind::Intake | TemplateKind::HandOver | TemplateKind::VehicleReturn)
        }
        Field::Plate => kind != TemplateKind::Intake,
        Field::Total => kind != TemplateKind::Ticket,
        Field::Business
        | Field::Activity
        | Field::Address
        | Field::Phone
        | Field::Hours
        | Field::Terminal
        | Field::Number
        | Field::Date
        | Field::Time
        | Field::Cashier => true,
    };
    Field::ALL.into_iter().filter(has).collect()
}

/// The template that is built in: the paper as it is when nobody changed it.
#[must_use]
pub const fn shipped(kind: TemplateKind) -> &'static str {
    match kind {
        TemplateKind::Receipt => include_str!("shipped/receipt.txt"),
        TemplateKind::Invoice => include_str!("shipped/invoice.txt"),
        TemplateKind::Slip => include_str!("shipped/slip.txt"),
        TemplateKind::Ticket => include_str!("shipped/ticket.txt"),
        TemplateKind::Intake => include_str!("shipped/intake.txt"),
        TemplateKind::WorkOrder => include_str!("shipped/work-order.txt"),
        TemplateKind::Estimate => include_str!("shipped/estimate.txt"),
        TemplateKind::HandOver => include_str!("shipped/hand-over.txt"),
        TemplateKind::VehicleReturn => include_str!("shipped/vehicle-return.txt"),
        TemplateKind::Deposit => include_str!("shipped/deposit.txt"),
    }
}

/// What people call a kind.
#[must_use]
pub const fn words(kind: TemplateKind) -> Words {
    match kind {
        TemplateKind::Receipt => Words("Απόδειξη", "Receipt"),
        TemplateKind::Invoice => Words("Τιμολόγιο", "Invoice"),
        TemplateKind::Slip => Words("Σημείωμα πληρωμής", "Payment note"),
        TemplateKind::Ticket => Words("Δελτίο εισόδου", "Entry ticket"),
        TemplateKind::Intake => Words("Δελτίο παραλαβής", "Intake slip"),
        TemplateKind::WorkOrder => Words("Εντολή εργασίας", "Work order"),
        TemplateKind::Estimate => Words("Προσφορά", "Estimate"),
        TemplateKind::HandOver => Words("Παράδοση οχήματος", "Hand-over"),
        TemplateKind::VehicleReturn => Words("Επιστροφή οχήματος", "Vehicle return"),
        TemplateKind::Deposit => Words("Σημείωμα προκαταβολής", "Deposit note"),
    }
}
