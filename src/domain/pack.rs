//! A pack of washes, or a membership for a period: a right that is bought, paid and documented before it is used.
//!
//! ```text
//!          sell (an order is paid)        use (a visit takes a wash)        used up, its period over, or its money back
//!   (none) ───────────────────────▶ OPEN ───────────────────────────▶ OPEN ─────────────────────────────────────────────▶ ENDED
//!                                    ▲ ╲______ give back (the visit did not happen) ______╱
//! ```
//! The registry knows one entry for each vehicle of a pack, from its first wash to the end of the right
//! (aade-digital-clientele §6.6, W5 and P1): the visit of that first wash carries it ([`Carrier`]), it is correlated with the
//! document the pack was sold with, and it is completed when the pack ends. Every later wash of that vehicle is under it and
//! tells the registry nothing; what is paid on top is one more document of the same entry.

use super::catalogue::Size;
use super::customer::TaxNumber;
use super::document::{DocumentKind, DocumentName};
use super::event::Event;
use super::ids::{DocumentId, OrderId, PackId, Reference, VisitId};
use super::money::Cents;
use super::operator::OperatorId;
use super::plate::Plate;
use super::terms::Period;
use super::text::{Name, Text};
use super::time::Stamp;
use super::visit::Part;
use jiff::{Span, civil};
use serde::{Deserialize, Serialize};

/// Days before its end, and washes before the last, from which on a pack is said to end soon.
pub const ENDS_SOON_DAYS: i32 = 5;

/// How long a pack lasts from the day it is sold, that day included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lasts", content = "n", rename_all = "snake_case")]
pub enum Lasts {
    /// So many days.
    Days(u16),
    /// So many months: to the day before the same day of the month.
    Months(u16),
}

impl Lasts {
    /// The period that begins on a day; nothing beyond the calendar.
    pub fn from(self, first: civil::Date) -> Option<Period> {
        let span = match self {
            Self::Days(days) => Span::new().days(i64::from(days)),
            Self::Months(months) => Span::new().months(i64::from(months)),
        };
        let to = first.checked_add(span).ok()?.yesterday().ok()?;
        (to >= first).then_some(Period { from: first, to })
    }
}

/// A pack as the price list offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackOffer {
    /// Short code, unique in the list: `FULL10`.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// The package it is good for.
    pub package: String,
    /// The size class it is good for.
    pub size: Size,
    /// How many washes; nothing for as many as are wanted in its period.
    pub washes: Option<u32>,
    /// How many of them one vehicle may have on one day; nothing for no limit.
    pub per_day: Option<u32>,
    /// How long it lasts.
    pub lasts: Lasts,
    /// How many vehicles may use it.
    pub vehicles: u8,
    /// What it costs, VAT included.
    pub price: Cents,
}

/// What happens where another package is chosen than the pack is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherPackage {
    /// What it costs more is paid, with a document of its own; what it costs less is not given back.
    #[default]
    Difference,
    /// The pack does not cover it.
    Refuse,
}

/// How much of its price is given back for what was not used of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundRule {
    /// The share that was not used: of its washes, or without a number of washes of its days after today.
    #[default]
    Share,
    /// What is left once each wash is paid as without the pack.
    ListPrice,
}

/// What the owner decided about packs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PackRules {
    /// What is offered, in the order of the screen.
    pub offers: Vec<PackOffer>,
    /// Where another package is chosen.
    pub other_package: OtherPackage,
    /// Where the unused part is given back.
    pub refund: RefundRule,
}

impl PackRules {
    /// The offer behind a code.
    pub fn offer(&self, code: &str) -> Option<&PackOffer> {
        self.offers.iter().find(|offer| offer.code == code)
    }
}

/// What an order line sells where it sells a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackWanted {
    /// The offer.
    pub offer: PackOffer,
    /// What one wash of it costs without a pack, when it is sold.
    pub worth: Cents,
    /// The vehicles named so far; more may be added up to the offer's number.
    pub plates: Vec<Plate>,
    /// Whose it is: a name or a telephone, as far as it was said.
    pub holder: Text,
}

/// The visit whose entry at the registry is that of a vehicle's right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    /// The visit and its chain of messages.
    #[serde(flatten)]
    pub part: Part,
    /// Its reference, whose mark is at the head of what the registry is told.
    pub reference: Reference,
}

/// A vehicle that may use a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackVehicle {
    /// Its plate.
    pub plate: Plate,
    /// The visit that carries its entry; nothing before its first wash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Carrier>,
}

/// A wash that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackUse {
    /// The visit.
    pub visit: VisitId,
    /// Its reference, for the paper.
    pub reference: Reference,
    /// The vehicle.
    pub plate: Plate,
    /// When.
    pub at: Stamp,
    /// Who wrote it down.
    pub operator: OperatorId,
    /// What was to be paid on top, for a package that costs more.
    #[serde(default, skip_serializing_if = "Cents::is_zero")]
    pub difference: Cents,
}

/// How a pack ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum PackEnd {
    /// Its last wash was taken.
    UsedUp,
    /// Its period is over.
    Expired,
    /// The money of what was not used went back.
    Refunded {
        /// By this credit.
        credit: DocumentId,
    },
}

/// A pack that was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its name.
    pub id: PackId,
    /// Its number at this terminal, from 1 without gaps.
    pub number: u64,
    /// The order it was sold by.
    pub order: OrderId,
    /// The document it was paid with.
    pub document: DocumentId,
    /// The kind of that document.
    pub kind: DocumentKind,
    /// How the authority knows that document, once it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<DocumentName>,
    /// What was offered.
    pub offer: PackOffer,
    /// What one wash of it cost without a pack, when it was sold.
    pub worth: Cents,
    /// What was paid for it, discounts taken off.
    pub paid: Cents,
    /// When it may be used.
    pub period: Period,
    /// The vehicles that may use it.
    pub vehicles: Vec<PackVehicle>,
    /// Whose it is.
    pub holder: Text,
    /// When it was sold.
    pub sold: Stamp,
    /// Who sold it.
    pub operator: OperatorId,
    /// The washes that were taken, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<PackUse>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<PackEnd>,
    /// The authority's name of the document that gave money back is known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credit_named: bool,
}

/// Why a pack covers nothing of a vehicle today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCovered {
    /// It has ended, or its money went back.
    #[error("the pack has ended")]
    Ended,
    /// Its period has not begun, or is over.
    #[error("the pack is not good today")]
    OtherDay,
    /// The vehicle is none of its.
    #[error("this vehicle is not on the pack")]
    OtherVehicle,
    /// No wash is left.
    #[error("no wash is left on the pack")]
    UsedUp,
    /// The vehicle had as many today as it may have on a day.
    #[error("this vehicle had its wash of the day")]
    EnoughToday,
}

impl Pack {
    /// Whether it may still be used, or its entries have still to be ended.
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// The document that gave the money of its unused part back.
    pub const fn credit(&self) -> Option<DocumentId> {
        match self.ended {
            Some(PackEnd::Refunded { credit }) => Some(credit),
            Some(PackEnd::UsedUp | PackEnd::Expired) | None => None,
        }
    }

    /// Something may still happen to it: it is open, or a document of it has still to be told for its entries.
    pub fn is_at_hand(&self) -> bool {
        let carried = self.vehicles.iter().any(|vehicle| vehicle.carrier.is_some());
        let untold = self.name.is_none() || (self.credit().is_some() && !self.credit_named);
        self.is_open() || (carried && untold)
    }

    /// Washes left; nothing where they are not counted.
    pub fn left(&self) -> Option<u32> {
        let used = u32::try_from(self.uses.len()).unwrap_or(u32::MAX);
        self.offer.washes.map(|washes| washes.saturating_sub(used))
    }

    /// The vehicle with a plate.
    pub fn vehicle(&self, plate: &Plate) -> Option<&PackVehicle> {
        let key = plate.key();
        self.vehicles.iter().find(|vehicle| vehicle.plate.key() == key)
    }

    /// Whether one more vehicle may be added.
    pub fn has_room(&self) -> bool {
        self.is_open() && self.vehicles.len() < usize::from(self.offer.vehicles)
    }

    /// Whether a vehicle may take a wash on a day.
    ///
    /// # Errors
    /// Why it may not.
    pub fn covers(&self, plate: &Plate, today: civil::Date) -> Result<(), NotCovered> {
        self.vehicle(plate).ok_or(NotCovered::OtherVehicle)?;
        if !self.is_open() {
            return Err(NotCovered::Ended);
        }
        if self.left() == Some(0) {
            return Err(NotCovered::UsedUp);
        }
        if today < self.period.from || today > self.period.to {
            return Err(NotCovered::OtherDay);
        }
        let key = plate.key();
        let that_day = |one: &&PackUse| one.plate.key() == key && one.at.date() == today;
        let taken = u32::try_from(self.uses.iter().filter(that_day).count()).unwrap_or(u32::MAX);
        if self.offer.per_day.is_some_and(|most| taken >= most) {
            return Err(NotCovered::EnoughToday);
        }
        Ok(())
    }

    /// It has nothing more to give: used up, or its period is over.
    pub fn is_over(&self, today: civil::Date) -> Option<PackEnd> {
        if self.left() == Some(0) {
            Some(PackEnd::UsedUp)
        } else {
            (today > self.period.to).then_some(PackEnd::Expired)
        }
    }

    /// Days to its last day, where they are few; none is the last day itself.
    pub fn ends_soon(&self, today: civil::Date) -> Option<i32> {
        let days = (self.period.to - today).get_days();
        (0..=ENDS_SOON_DAYS).contains(&days).then_some(days)
    }

    /// The business it was invoiced to; nothing where a receipt was issued.
    pub const fn invoiced_to(&self) -> Option<&TaxNumber> {
        match &self.kind {
            DocumentKind::Invoice { customer } => Some(customer),
            DocumentKind::Retail => None,
        }
    }

    /// What goes back for what was not used of it; rounded in favour of the customer, and never more than was paid.
    pub fn unused(&self, rule: RefundRule, today: civil::Date) -> Cents {
        let used = i64::try_from(self.uses.len()).unwrap_or(i64::MAX);
        let whole = match (rule, self.offer.washes) {
            (RefundRule::ListPrice, _) => self.paid - Cents(self.worth.0.saturating_mul(used)),
            (RefundRule::Share, Some(washes)) => {
                share(self.paid, i64::from(washes).saturating_sub(used), i64::from(washes))
            }
            (RefundRule::Share, None) => {
                let days = i64::from((self.period.to - self.period.from).get_days()) + 1;
                let after = i64::from((self.period.to - today).get_days());
                share(self.paid, after.clamp(0, days), days)
            }
        };
        whole.clamp(Cents::ZERO, self.paid)
    }

    /// Applies an event that names this pack.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::PackVehicleAdded { plate, .. } => {
                self.vehicles.push(PackVehicle { plate: plate.clone(), carrier: None });
            }
            Event::VisitOpened { visit } if visit.is_carrier() => {
                let key = visit.plate.key();
                let vehicle = self.vehicles.iter_mut().find(|vehicle| vehicle.plate.key() == key);
                if let Some(vehicle) = vehicle {
                    let part = Part { visit: visit.id, chain: visit.chain };
                    vehicle.carrier = Some(Carrier { part, reference: visit.reference.clone() });
                }
            }
            Event::PackUsed { used, .. } => self.uses.push((**used).clone()),
            Event::PackGivenBack { visit, gone, .. } => {
                self.uses.retain(|one| one.visit != *visit);
                let carried = self.vehicles.iter_mut().filter(|vehicle| {
                    *gone && vehicle.carrier.as_ref().is_some_and(|carrier| carrier.part.visit == *visit)
                });
                carried.for_each(|vehicle| vehicle.carrier = None);
            }
            Event::DocumentNamed { document, name, .. } if *document == self.document => {
                self.name = Some(name.clone());
            }
            Event::DocumentNamed { document, .. } if self.credit() == Some(*document) => {
                self.credit_named = true;
            }
            Event::PackEnded { how, .. } => self.ended = Some(*how),
            _ => {}
        }
    }
}

/// A share of an amount, rounded up.
fn share(of: Cents, part: i64, whole: i64) -> Cents {
    if whole <= 0 {
        return Cents::ZERO;
    }
    let exact = i128::from(of.0) * i128::from(part);
    let whole = i128::from(whole);
    Cents(i64::try_from((exact + whole - 1).div_euclid(whole)).unwrap_or(i64::MAX))
}

/// The right a visit is served by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByRight {
    /// The pack.
    pub pack: PackId,
    /// The visit whose entry it is under; nothing where its own is that entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Part>,
}
