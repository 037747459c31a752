//! The parts of a draft in the words of the page.

use crate::domain::tariff::VehicleClass;
use crate::domain::tariff::draft::part::{Choice, Field, Part};
use crate::domain::tariff::rules::{AfterCap, CapDay, Outside, UnitRule};
use crate::view::generated::{TariffFieldKind, TariffPad, TariffPartKind, TariffWay, TariffWhose};

/// Of several parts of one kind, which; else 0.
pub(super) fn number(part: Part) -> i32 {
    match part {
        Part::Band(place) | Part::Window(place) | Part::Flat(place) => {
            i32::try_from(place + 1).unwrap_or(i32::MAX)
        }
        _ => 0,
    }
}

pub(super) fn pad(field: Option<Field>) -> TariffPad {
    match field {
        Some(field) if field.is_price() => TariffPad::Price,
        Some(field) if field.is_length() => TariffPad::Length,
        Some(field) if field.is_clock() => TariffPad::Clock,
        Some(_) => TariffPad::Days,
        None => TariffPad::Nothing,
    }
}

pub(super) const fn shown_part(part: Part) -> TariffPartKind {
    match part {
        Part::Turnaround => TariffPartKind::Turnaround,
        Part::Tolerance => TariffPartKind::Tolerance,
        Part::Band(_) => TariffPartKind::Band,
        Part::Step => TariffPartKind::Step,
        Part::Window(_) => TariffPartKind::Window,
        Part::Edges => TariffPartKind::Edges,
        Part::Outside => TariffPartKind::Outside,
        Part::ProRata => TariffPartKind::ProRata,
        Part::DayCap => TariffPartKind::DayCap,
        Part::Flat(_) => TariffPartKind::Flat,
        Part::ExitGrace => TariffPartKind::ExitGrace,
        Part::LostTicket => TariffPartKind::LostTicket,
    }
}

pub(super) const fn shown_field(field: Field) -> TariffFieldKind {
    match field {
        Field::Length => TariffFieldKind::Length,
        Field::Price => TariffFieldKind::Price,
        Field::From => TariffFieldKind::From,
        Field::To => TariffFieldKind::To,
        Field::Days => TariffFieldKind::Days,
        Field::Cap => TariffFieldKind::Cap,
        Field::Covers => TariffFieldKind::Covers,
        Field::Until => TariffFieldKind::Until,
    }
}

pub(super) const fn shown_way(way: Choice) -> TariffWay {
    match way {
        Choice::Edges(UnitRule::Start) => TariffWay::Whole,
        Choice::Edges(UnitRule::Cut) => TariffWay::Cut,
        Choice::Outside(Outside::Unpriced) => TariffWay::Unpriced,
        Choice::Outside(Outside::Free) => TariffWay::Free,
        Choice::ByTheMinute(false) => TariffWay::ByUnit,
        Choice::ByTheMinute(true) => TariffWay::ByMinute,
        Choice::CapDay(CapDay::FromArrival) => TariffWay::FromArrival,
        Choice::CapDay(CapDay::Calendar) => TariffWay::Calendar,
        Choice::After(AfterCap::Continue) => TariffWay::Continue,
        Choice::After(AfterCap::Restart) => TariffWay::Restart,
        Choice::WholeStay => TariffWay::WholeStay,
    }
}

pub(super) const fn shown_class(class: Option<VehicleClass>) -> TariffWhose {
    match class {
        None => TariffWhose::All,
        Some(VehicleClass::Motorcycle) => TariffWhose::Motorcycle,
        Some(VehicleClass::Car) => TariffWhose::Car,
        Some(VehicleClass::Van) => TariffWhose::Van,
        Some(VehicleClass::Lorry) => TariffWhose::Lorry,
    }
}
