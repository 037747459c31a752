//! A rental desk's fleet, and what is agreed with everybody.

use super::reader::Section;
use super::{optional_choice, price, sizes};
use crate::domain::catalogue::Size;
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::rental::{FleetVehicle, LateFrom, RentalRules, RentalTerms};
use crate::domain::text::Text;

const LATE_FROM: [(&str, LateFrom); 2] = [("grace", LateFrom::Grace), ("due", LateFrom::Due)];

pub(super) fn read(root: &Section<'_, '_>) -> RentalRules {
    let fleet: Vec<FleetVehicle> = root.sections("fleet").iter().filter_map(vehicle).collect();
    let mut keys: Vec<String> = fleet.iter().map(|vehicle| vehicle.plate.key()).collect();
    keys.sort();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        root.note("fleet", "has a plate twice");
    }
    let lease = super::lease::read(&root.section("lease"));
    RentalRules { fleet, terms: terms(&root.section("rental")), lease }
}

fn vehicle(section: &Section<'_, '_>) -> Option<FleetVehicle> {
    let typed = section.text("plate");
    let plate = match Plate::parse(&PlateEntry::Greek, &typed) {
        Ok(plate) => Some(plate),
        Err(_) if typed.is_empty() => None,
        Err(bad) => {
            section.note("plate", format!(": {bad}"));
            None
        }
    };
    let size = section
        .parsed("size", |code| Size::from_code(code).ok_or_else(|| format!("must be a size ({})", sizes())));
    Some(FleetVehicle {
        name: Text::new(&section.text("name")),
        size: size.unwrap_or(Size::Small),
        fuel_eighth: section.parsed("fuel_eighth", price),
        plate: plate?,
    })
}

fn terms(section: &Section<'_, '_>) -> RentalTerms {
    let default = RentalTerms::default();
    let grace = section.number("late_grace_min", 0..=1_439, default.grace_minutes.into());
    let parts = section.number("late_hours_a_day", 1..=24, default.late_hours_a_day.into());
    let km = section.number("km_per_day", 0..=10_000, 0);
    RentalTerms {
        grace_minutes: u16::try_from(grace).unwrap_or(default.grace_minutes),
        late_hours_a_day: u8::try_from(parts).unwrap_or(default.late_hours_a_day),
        late_from: optional_choice(section, "late_from", &LATE_FROM).unwrap_or_default(),
        km_per_day: u32::try_from(km).ok().filter(|km| *km > 0),
        km_price: section.parsed("km_price", price).unwrap_or(default.km_price),
        fuel_eighth: section.parsed("fuel_eighth", price).unwrap_or(default.fuel_eighth),
    }
}
