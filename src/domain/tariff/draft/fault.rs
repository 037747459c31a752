//! What cannot stand in a tariff's file: the same that reading the file refuses, found while it is typed.

use super::part::Part;
use crate::domain::tariff::rules::{FlatEnd, Rules, VehicleClass, Version};
use crate::domain::tariff::timetable::Days;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A unit, a band or what a flat price covers lasts no time.
    NoLength,
    /// A band is not longer than the one before.
    NotLonger,
    /// Hours on no day.
    NoDays,
    /// By the minute there is no edge to forgive.
    ToleranceByTheMinute,
    /// By the minute a unit must divide a day.
    UnitByTheMinute,
}

/// A fault, and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultAt {
    /// The class whose rules they are; nothing: those for all.
    pub class: Option<VehicleClass>,
    /// The part.
    pub part: Part,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Version {
    /// Everything that cannot stand in a file. What has none is read again as it is, and can be priced.
    pub fn faults(&self) -> Vec<FaultAt> {
        let apart = self.classes.iter().map(|(class, rules)| (Some(*class), rules));
        let all = std::iter::once((None, &self.rules)).chain(apart);
        all.flat_map(|(class, rules)| {
            faults(rules).into_iter().map(move |(part, fault)| FaultAt { class, part, fault })
        })
        .collect()
    }
}

fn faults(rules: &Rules) -> Vec<(Part, Fault)> {
    let mut found = Vec::new();
    let mut longest = 0;
    for (place, band) in rules.bands.iter().enumerate() {
        let part = Part::Band(place);
        if band.up_to == 0 {
            found.push((part, Fault::NoLength));
        } else if band.up_to <= longest {
            found.push((part, Fault::NotLonger));
        }
        longest = longest.max(band.up_to);
    }
    let step = rules.step.iter().map(|unit| (Part::Step, unit.each));
    let windows = rules.windows.iter().enumerate().map(|(at, window)| (Part::Window(at), window.unit.each));
    for (part, each) in step.chain(windows) {
        match each {
            0 => found.push((part, Fault::NoLength)),
            each if rules.pro_rata && 1440 % each != 0 => found.push((part, Fault::UnitByTheMinute)),
            _ => {}
        }
    }
    if rules.pro_rata && rules.tolerance > 0 {
        found.push((Part::Tolerance, Fault::ToleranceByTheMinute));
    }
    let windows = rules.windows.iter().enumerate().map(|(at, window)| (Part::Window(at), window.hours.days));
    let flats = rules.flats.iter().enumerate().map(|(at, flat)| (Part::Flat(at), flat.hours.days));
    found.extend(
        windows.chain(flats).filter(|(_, days)| *days == Days::NONE).map(|(part, _)| (part, Fault::NoDays)),
    );
    let covers = rules.flats.iter().enumerate().filter(|(_, flat)| flat.ends == FlatEnd::After(0));
    found.extend(covers.map(|(at, _)| (Part::Flat(at), Fault::NoLength)));
    found
}
