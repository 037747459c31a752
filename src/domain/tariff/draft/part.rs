//! The parts of a version that a person can change, each with its values and its ways.

use crate::domain::money::Cents;
use crate::domain::tariff::rules::{
    AfterCap, CapDay, DayCap, Flat, FlatEnd, Outside, Rules, UnitPrice, UnitRule, Version, Window,
};
use crate::domain::tariff::timetable::{Days, Hours};

/// A part; of several of one kind by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// So short a stay is free.
    Turnaround,
    /// Minutes forgiven at each edge.
    Tolerance,
    /// Up to so long, so much.
    Band(usize),
    /// Each unit after the last band.
    Step,
    /// Hours with a price of their own.
    Window(usize),
    /// A unit that an edge of a window falls into.
    Edges,
    /// Hours in no window, where there is no step.
    Outside,
    /// Units by the minute.
    ProRata,
    /// The most a day costs.
    DayCap,
    /// One price for who arrives in certain hours.
    Flat(usize),
    /// Minutes to leave after paying.
    ExitGrace,
    /// Asked without ticket and visit.
    LostTicket,
}

/// A value of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// How long.
    Length,
    /// How much.
    Price,
    /// The first minute of the hours.
    From,
    /// The minute they end before.
    To,
    /// The days they begin on.
    Days,
    /// The most one night of them costs.
    Cap,
    /// How long a flat price covers.
    Covers,
    /// The time of day it covers until.
    Until,
}

impl Field {
    /// Whether it is a duration.
    pub const fn is_length(self) -> bool {
        matches!(self, Self::Length | Self::Covers)
    }

    /// Whether it is a time of day.
    pub const fn is_clock(self) -> bool {
        matches!(self, Self::From | Self::To | Self::Until)
    }

    /// Whether it is money.
    pub const fn is_price(self) -> bool {
        matches!(self, Self::Price | Self::Cap)
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A duration.
    Minutes(u32),
    /// Money.
    Price(Cents),
    /// A minute of the day.
    Clock(u16),
    /// Days of the week, and holidays.
    Days(Days),
}

impl Value {
    /// The duration it is.
    pub const fn minutes(self) -> Option<u32> {
        if let Self::Minutes(minutes) = self { Some(minutes) } else { None }
    }

    /// The money it is.
    pub const fn price(self) -> Option<Cents> {
        if let Self::Price(price) = self { Some(price) } else { None }
    }
}

/// One of several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What becomes of a unit at an edge.
    Edges(UnitRule),
    /// Hours in no window.
    Outside(Outside),
    /// By the minute, or by the unit that begins.
    ByTheMinute(bool),
    /// Which day a cap is for.
    CapDay(CapDay),
    /// What happens after it.
    After(AfterCap),
    /// A flat price covers the whole stay.
    WholeStay,
}

impl Part {
    /// The values it has.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Turnaround | Self::Tolerance | Self::ExitGrace => &[Field::Length],
            Self::Band(_) | Self::Step => &[Field::Price, Field::Length],
            Self::Window(_) => {
                &[Field::Price, Field::Length, Field::From, Field::To, Field::Cap, Field::Days]
            }
            Self::Flat(_) => {
                &[Field::Price, Field::Days, Field::From, Field::To, Field::Until, Field::Covers]
            }
            Self::DayCap | Self::LostTicket => &[Field::Price],
            Self::Edges | Self::Outside | Self::ProRata => &[],
        }
    }
}

/// Every part of rules; what only the whole version has, too.
pub(super) fn parts(rules: &Rules, with_whole: bool) -> Vec<Part> {
    let mut parts = vec![Part::Turnaround, Part::Tolerance];
    parts.extend((0..rules.flats.len()).map(Part::Flat));
    parts.extend((0..rules.bands.len()).map(Part::Band));
    parts.push(Part::Step);
    parts.extend((0..rules.windows.len()).map(Part::Window));
    if !rules.windows.is_empty() {
        parts.push(Part::Edges);
    }
    if rules.step.is_none() {
        parts.push(Part::Outside);
    }
    parts.extend([Part::ProRata, Part::DayCap]);
    if with_whole {
        parts.extend([Part::ExitGrace, Part::LostTicket]);
    }
    parts
}

pub(super) fn value(version: &Version, rules: &Rules, part: Part, field: Field) -> Option<Value> {
    let of_unit = |unit: &UnitPrice| match field {
        Field::Length => Some(Value::Minutes(unit.each)),
        Field::Price => Some(Value::Price(unit.price)),
        _ => None,
    };
    match part {
        Part::Turnaround => Some(Value::Minutes(rules.turnaround)),
        Part::Tolerance => Some(Value::Minutes(rules.tolerance)),
        Part::ExitGrace => Some(Value::Minutes(version.exit_grace)),
        Part::LostTicket => version.lost_ticket.map(Value::Price),
        Part::Band(place) => rules.bands.get(place).map(|band| match field {
            Field::Length => Value::Minutes(band.up_to),
            _ => Value::Price(band.price),
        }),
        Part::Step => rules.step.as_ref().and_then(of_unit),
        Part::Window(place) => {
            let window = rules.windows.get(place)?;
            of_hours(&window.hours, field).or_else(|| of_unit(&window.unit)).or_else(|| match field {
                Field::Cap => window.cap.map(Value::Price),
                _ => None,
            })
        }
        Part::Flat(place) => {
            let flat = rules.flats.get(place)?;
            of_hours(&flat.hours, field).or(match (field, flat.ends) {
                (Field::Price, _) => Some(Value::Price(flat.price)),
                (Field::Covers, FlatEnd::After(minutes)) => Some(Value::Minutes(minutes)),
                (Field::Until, FlatEnd::At(minute)) => Some(Value::Clock(minute)),
                _ => None,
            })
        }
        Part::DayCap => rules.day_cap.map(|cap| Value::Price(cap.price)),
        Part::Edges | Part::Outside | Part::ProRata => None,
    }
}

const fn of_hours(hours: &Hours, field: Field) -> Option<Value> {
    match field {
        Field::From => Some(Value::Clock(hours.from)),
        Field::To => Some(Value::Clock(hours.to)),
        Field::Days => Some(Value::Days(hours.days)),
        _ => None,
    }
}

/// Writes a value; nothing takes it away where it may be absent, and makes it 0 where it may not.
pub(super) fn write(rules: &mut Rules, part: Part, field: Field, value: Option<Value>) {
    let minutes = value.and_then(Value::minutes).unwrap_or(0);
    let price = value.and_then(Value::price).unwrap_or_default();
    match part {
        Part::Turnaround => rules.turnaround = minutes,
        Part::Tolerance => rules.tolerance = minutes,
        Part::Band(place) => {
            let Some(band) = rules.bands.get_mut(place) else { return };
            if field == Field::Length { band.up_to = minutes } else { band.price = price }
        }
        // The first thing that is typed of it makes it.
        Part::Step => {
            unit(rules.step.get_or_insert(UnitPrice { each: 60, price, line: 0 }), field, minutes, price)
        }
        Part::Window(place) => {
            let Some(window) = rules.windows.get_mut(place) else { return };
            write_window(window, field, value);
        }
        Part::Flat(place) => {
            let Some(flat) = rules.flats.get_mut(place) else { return };
            write_flat(flat, field, value);
        }
        Part::DayCap => {
            let (day, after) = (CapDay::FromArrival, AfterCap::Continue);
            rules.day_cap.get_or_insert(DayCap { price, day, after, line: 0 }).price = price;
        }
        Part::Edges | Part::Outside | Part::ProRata | Part::ExitGrace | Part::LostTicket => {}
    }
}

const fn unit(unit: &mut UnitPrice, field: Field, minutes: u32, price: Cents) {
    match field {
        Field::Length => unit.each = minutes,
        Field::Price => unit.price = price,
        _ => {}
    }
}

fn write_window(window: &mut Window, field: Field, value: Option<Value>) {
    let price = value.and_then(Value::price);
    match field {
        Field::Cap => window.cap = price,
        Field::Length | Field::Price => {
            let minutes = value.and_then(Value::minutes).unwrap_or(0);
            unit(&mut window.unit, field, minutes, price.unwrap_or_default());
        }
        _ => write_hours(&mut window.hours, field, value),
    }
}

fn write_flat(flat: &mut Flat, field: Field, value: Option<Value>) {
    match (field, value) {
        (Field::Price, value) => flat.price = value.and_then(Value::price).unwrap_or_default(),
        (Field::Covers, Some(Value::Minutes(minutes))) => flat.ends = FlatEnd::After(minutes),
        (Field::Until, Some(Value::Clock(minute))) => flat.ends = FlatEnd::At(minute.min(1439)),
        (Field::Covers | Field::Until, _) => flat.ends = FlatEnd::Never,
        (field, value) => write_hours(&mut flat.hours, field, value),
    }
}

const fn write_hours(hours: &mut Hours, field: Field, value: Option<Value>) {
    match (field, value) {
        // A day begins at 0:00 and has no 24:00 to begin at.
        (Field::From, Some(Value::Clock(minute))) => hours.from = if minute > 1439 { 0 } else { minute },
        (Field::To, Some(Value::Clock(minute))) => hours.to = minute,
        (Field::From, _) => hours.from = 0,
        (Field::To, _) => hours.to = 0,
        (Field::Days, Some(Value::Days(days))) => hours.days = days,
        _ => {}
    }
}

/// The ways of a part, with whether each is the one.
pub fn choices(rules: &Rules, part: Part) -> Vec<(Choice, bool)> {
    let ways: Vec<Choice> = match part {
        Part::Edges => vec![Choice::Edges(UnitRule::Start), Choice::Edges(UnitRule::Cut)],
        Part::Outside => vec![Choice::Outside(Outside::Unpriced), Choice::Outside(Outside::Free)],
        Part::ProRata => vec![Choice::ByTheMinute(false), Choice::ByTheMinute(true)],
        Part::DayCap if rules.day_cap.is_some() => vec![
            Choice::CapDay(CapDay::FromArrival),
            Choice::CapDay(CapDay::Calendar),
            Choice::After(AfterCap::Continue),
            Choice::After(AfterCap::Restart),
        ],
        Part::Flat(_) => vec![Choice::WholeStay],
        _ => Vec::new(),
    };
    ways.into_iter().map(|way| (way, is_chosen(rules, part, way))).collect()
}

fn is_chosen(rules: &Rules, part: Part, way: Choice) -> bool {
    match (way, part) {
        (Choice::Edges(rule), _) => rules.unit_rule == rule,
        (Choice::Outside(outside), _) => rules.outside == outside,
        (Choice::ByTheMinute(on), _) => rules.pro_rata == on,
        (Choice::CapDay(day), _) => rules.day_cap.is_some_and(|cap| cap.day == day),
        (Choice::After(after), _) => rules.day_cap.is_some_and(|cap| cap.after == after),
        (Choice::WholeStay, Part::Flat(place)) => {
            rules.flats.get(place).is_some_and(|flat| flat.ends == FlatEnd::Never)
        }
        (Choice::WholeStay, _) => false,
    }
}

pub(super) fn decide(rules: &mut Rules, part: Part, way: Choice) {
    match (way, part) {
        (Choice::Edges(rule), _) => rules.unit_rule = rule,
        (Choice::Outside(outside), _) => rules.outside = outside,
        (Choice::ByTheMinute(on), _) => rules.pro_rata = on,
        (Choice::CapDay(day), _) => _ = rules.day_cap.as_mut().map(|cap| cap.day = day),
        (Choice::After(after), _) => _ = rules.day_cap.as_mut().map(|cap| cap.after = after),
        (Choice::WholeStay, Part::Flat(place)) => {
            _ = rules.flats.get_mut(place).map(|flat| flat.ends = FlatEnd::Never);
        }
        (Choice::WholeStay, _) => {}
    }
}
