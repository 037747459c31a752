//! What the screen knows by itself of the sale without a vehicle whose page is up: what is typed and chosen, and what that comes
//! to before it is added.

use super::generated::{OrderField, OrderStep};
use super::words;
use crate::app::input::HowMuch;
use crate::domain::ids::OrderId;
use crate::domain::measure::{Measure, Unit};
use crate::domain::order::{Fetched, Order};
use std::collections::BTreeMap;

/// A side of up to 100 m is typed in centimetres.
const SIDE_DIGITS_MAX: usize = 5;
/// A weight of up to 1 t is typed in grams.
const WEIGHT_DIGITS_MAX: usize = 7;
const MINUTES_DIGITS_MAX: usize = 4;
/// The most characters of a name and of a telephone number.
const OWNER_MAX: usize = 40;
const PHONE_MAX: usize = 20;
/// More pieces than this are typed as another line.
const PIECES_MAX: u32 = 99;
/// A day further away is no promise.
const DAYS_MAX: u32 = 60;

/// What is wrong with a thing, as the keys have it. Words beside the id come from the screen, because they go on the slip.
pub(super) const DEFECTS: [&str; 5] = ["stain", "tear", "faded", "worn", "smell"];

/// Everything that is typed, chosen or up on the page of an order.
#[derive(Debug)]
pub(super) struct OrderForm {
    /// Nothing before anything is on it.
    pub(super) id: Option<OrderId>,
    /// The order, when it is over.
    pub(super) archived: Option<Order>,
    /// The order as it was last seen.
    pub(super) seen: Option<Order>,
    pub(super) step: OrderStep,
    pub(super) adding: Adding,
    pub(super) field: OrderField,
    pub(super) owner: String,
    pub(super) phone: String,
    /// In how many days it is promised; nothing leaves it to the price list.
    pub(super) days: Option<u32>,
    /// How many of each line are about to be handed over.
    pub(super) fetching: BTreeMap<usize, u32>,
    /// What is typed was sent: it is typed anew as soon as it is on the order, though somebody else had to allow it first.
    pub(super) added: bool,
    /// Something was sent and nothing has come of it yet: pressing again changes nothing.
    pub(super) busy: bool,
}

impl Default for OrderForm {
    fn default() -> Self {
        Self {
            id: None,
            archived: None,
            seen: None,
            step: OrderStep::Add,
            adding: Adding::default(),
            field: OrderField::None,
            owner: String::new(),
            phone: String::new(),
            days: None,
            fetching: BTreeMap::new(),
            added: false,
            busy: false,
        }
    }
}

/// What is about to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Adding {
    /// Its code in the price list.
    pub(super) item: Option<String>,
    /// Centimetres.
    pub(super) length: String,
    /// Centimetres.
    pub(super) width: String,
    pub(super) minutes: String,
    /// Grams, when no scale says so.
    pub(super) weight: String,
    /// Grams.
    pub(super) tare: String,
    pub(super) by_hand: bool,
    pub(super) pieces: u32,
    /// Each with how it reads.
    pub(super) defects: BTreeMap<String, String>,
}

impl Default for Adding {
    fn default() -> Self {
        Self {
            item: None,
            length: String::new(),
            width: String::new(),
            minutes: String::new(),
            weight: String::new(),
            tare: String::new(),
            by_hand: false,
            pieces: 1,
            defects: BTreeMap::new(),
        }
    }
}

impl Adding {
    /// The same basket stands on the scale for the next thing.
    pub(super) fn next(&self) -> Self {
        Self { tare: self.tare.clone(), ..Self::default() }
    }

    pub(super) fn tare_g(&self) -> u64 {
        self.tare.parse().unwrap_or_default()
    }

    /// How much of it, as far as the keys say; nothing while something is missing.
    pub(super) fn how_much(&self, unit: Unit) -> Option<HowMuch> {
        let tare_g = self.tare_g();
        Some(match unit {
            Unit::Piece => HowMuch::Pieces,
            Unit::Hour => HowMuch::Minutes { minutes: self.minutes.parse().ok()? },
            Unit::SquareMetre => {
                HowMuch::Size { length_cm: self.length.parse().ok()?, width_cm: self.width.parse().ok()? }
            }
            Unit::Kilogram if self.by_hand => HowMuch::ByHand { gross_g: self.weight.parse().ok()?, tare_g },
            Unit::Kilogram => HowMuch::OnScale { tare_g },
        })
    }

    /// The same as a measure, with what lies on the scale at rest.
    pub(super) fn measure(&self, unit: Unit, on_scale: Option<u64>) -> Option<Measure> {
        Some(match self.how_much(unit)? {
            HowMuch::Pieces => Measure::Count,
            HowMuch::Minutes { minutes } => Measure::Time { minutes },
            HowMuch::Size { length_cm, width_cm } => {
                Measure::Area { length_cm, width_cm, pieces: self.pieces }
            }
            HowMuch::OnScale { tare_g } => Measure::Weight { gross_g: on_scale?, tare_g, by_hand: false },
            HowMuch::ByHand { gross_g, tare_g } => Measure::Weight { gross_g, tare_g, by_hand: true },
        })
    }

    pub(super) fn more_pieces(&mut self, by: i32) {
        self.pieces = self.pieces.saturating_add_signed(by).clamp(1, PIECES_MAX);
    }
}

impl OrderForm {
    pub(super) fn of(id: Option<OrderId>) -> Self {
        Self { id, ..Self::default() }
    }

    /// What the keys type into, with how many of them it takes; words take letters too.
    fn active(&mut self) -> Option<(&mut String, usize, bool)> {
        let adding = &mut self.adding;
        Some(match self.field {
            OrderField::None => return None,
            OrderField::Length => (&mut adding.length, SIDE_DIGITS_MAX, false),
            OrderField::Width => (&mut adding.width, SIDE_DIGITS_MAX, false),
            OrderField::Weight => (&mut adding.weight, WEIGHT_DIGITS_MAX, false),
            OrderField::Tare => (&mut adding.tare, WEIGHT_DIGITS_MAX, false),
            OrderField::Minutes => (&mut adding.minutes, MINUTES_DIGITS_MAX, false),
            OrderField::Owner => (&mut self.owner, OWNER_MAX, true),
            OrderField::Phone => (&mut self.phone, PHONE_MAX, true),
        })
    }

    pub(super) fn key(&mut self, key: &str) {
        match self.active() {
            Some((text, max, true)) if text.chars().count() + key.chars().count() <= max => {
                text.push_str(key);
            }
            Some((digits, max, false)) => words::add_digits(digits, key, max),
            _ => {}
        }
    }

    pub(super) fn erase(&mut self) {
        if let Some((text, ..)) = self.active() {
            text.pop();
        }
    }

    pub(super) fn clear(&mut self) {
        if let Some((text, ..)) = self.active() {
            text.clear();
        }
    }

    /// Another day: from none to today and on, and back.
    pub(super) fn more_days(&mut self, by: i32) {
        self.days = match (self.days, by) {
            (None, by) if by > 0 => Some(0),
            (None | Some(0), _) if by < 0 => None,
            (days, by) => days.map(|days| days.saturating_add_signed(by).min(DAYS_MAX)),
        };
    }

    /// What is about to be handed over.
    pub(super) fn fetched(&self) -> Vec<Fetched> {
        let some = self.fetching.iter().filter(|(_, pieces)| **pieces > 0);
        some.map(|(line, pieces)| Fetched { line: *line, pieces: *pieces }).collect()
    }

    /// The order is another than it was when it was last seen: what was typed for it has come to something.
    pub(super) fn follow(&mut self, order: Option<&Order>) {
        if self.seen.as_ref() == order {
            return;
        }
        let lines = |order: Option<&Order>| order.map_or(0, |order| order.lines.len());
        if lines(order) > lines(self.seen.as_ref()) && std::mem::take(&mut self.added) {
            self.adding = self.adding.next();
            self.field = OrderField::None;
        }
        let stands = |order: Option<&Order>| order.map(|order| (order.state.clone(), order.here()));
        if stands(self.seen.as_ref()) != stands(order) {
            self.step = OrderStep::Add;
            self.field = OrderField::None;
            self.fetching.clear();
        }
        self.busy = false;
        self.seen = order.cloned();
    }
}
