//! The section `[parking]`: how a car park works here.

use super::reader::Section;
use crate::device::Configured;
use crate::domain::device::{DeviceId, DeviceKind};
use crate::domain::parking::ParkingRules;
use crate::domain::sale::PriceBasis;
use crate::domain::subscription::{BeyondPlaces, Plan, SubscriptionRules};
use crate::domain::tariff::Tariff;
use crate::domain::tariff::check::What;
use crate::domain::text::{Language, Text};
use crate::domain::validation::{FreeMinutes, ValidationRules};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where tariffs named in a configuration are read from.
#[derive(Debug, Clone)]
pub(super) enum Tariffs {
    /// Those that ship, compiled in; practice needs no file.
    Shipped,
    /// Files, named from the configuration's own folder.
    Beside(PathBuf),
}

/// The tariffs that ship, by the names a configuration in `config/` has for them.
const SHIPPED: [(&str, &str); 7] = [
    ("tariffs/every-part.toml", include_str!("../../config/tariffs/every-part.toml")),
    ("tariffs/t1-continue.toml", include_str!("../../config/tariffs/t1-continue.toml")),
    ("tariffs/t1-restart.toml", include_str!("../../config/tariffs/t1-restart.toml")),
    ("tariffs/t2.toml", include_str!("../../config/tariffs/t2.toml")),
    ("tariffs/t3.toml", include_str!("../../config/tariffs/t3.toml")),
    ("tariffs/t4.toml", include_str!("../../config/tariffs/t4.toml")),
    ("tariffs/t5.toml", include_str!("../../config/tariffs/t5.toml")),
];

impl Tariffs {
    /// For a configuration file.
    pub(super) fn beside(config: &Path) -> Self {
        Self::Beside(config.parent().unwrap_or(Path::new(".")).to_owned())
    }

    /// A tariff that can price every stay, or why it cannot be used.
    fn read(&self, name: &str) -> Result<Tariff, String> {
        let tariff = match self {
            Self::Shipped => {
                let text = SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text);
                let text = text.ok_or_else(|| format!("{name:?}: there is no such tariff here"))?;
                Tariff::parse(text).map_err(|faults| format!("{name:?} has {} faults", faults.len()))?
            }
            Self::Beside(folder) => Tariff::load(&folder.join(name)).map_err(|why| format!(": {why}"))?,
        };
        match tariff.check().into_iter().find(|finding| finding.what == What::Gap) {
            Some(gap) => Err(format!(": {}", gap.sentence(Language::En))),
            None => Ok(tariff),
        }
    }
}

/// One of the terminal's barriers, by its name; the only one is called `barrier`.
fn barrier(name: &str, devices: &Configured) -> Result<DeviceId, String> {
    let id = match name {
        "barrier" => Some(DeviceId::only(DeviceKind::Barrier)),
        name => DeviceId::named(DeviceKind::Barrier, name),
    };
    id.filter(|id| devices.contains_key(id)).ok_or_else(|| {
        format!(
            "{name:?} is none of [devices]: write barrier = {{ {name} = \"…\" }} there, or another name here"
        )
    })
}

/// How monthly parking works, and what is sold of it: each of `[[plans]]`.
fn subscriptions(section: &Section<'_, '_>, plans: &[Section<'_, '_>]) -> SubscriptionRules {
    let default = SubscriptionRules::default();
    let days = |key: &str, most, default: u16| {
        u16::try_from(section.number(key, 0..=most, i64::from(default))).unwrap_or(default)
    };
    let words = [("charge", BeyondPlaces::Charge), ("refuse", BeyondPlaces::Refuse)];
    let plans: Vec<Plan> = plans.iter().map(plan).collect();
    for (at, one) in plans.iter().enumerate() {
        if plans.iter().take(at).any(|other| other.code == one.code) {
            section.note("subscription_warn_days", format!(": two of [[plans]] are called {:?}", one.code));
        }
    }
    SubscriptionRules {
        plans,
        warn_days: days("subscription_warn_days", 60, default.warn_days),
        grace_days: days("subscription_grace_days", 31, default.grace_days),
        beyond_places: super::optional_choice(section, "beyond_places", &words).unwrap_or_default(),
    }
}

/// What shops give their customers: what no rule settles.
fn validations(section: &Section<'_, '_>) -> ValidationRules {
    let minutes = [("off_the_price", FreeMinutes::OffThePrice), ("later_arrival", FreeMinutes::LaterArrival)];
    let basis = [("with_vat", PriceBasis::WithVat), ("without_vat", PriceBasis::WithoutVat)];
    let default = ValidationRules::default();
    ValidationRules {
        free_minutes: super::optional_choice(section, "free_minutes", &minutes).unwrap_or_default(),
        zero_receipt: section.flag("zero_receipt", default.zero_receipt),
        owed_basis: super::optional_choice(section, "merchants_owe", &basis).unwrap_or_default(),
    }
}

fn plan(section: &Section<'_, '_>) -> Plan {
    let price = section.parsed("price", super::price);
    if !section.has("price") {
        section.missing("price");
    }
    let length = |key: &str, most| u16::try_from(section.number(key, 0..=most, 0)).unwrap_or_default();
    let (months, days) = (length("months", 24), length("days_long", 366));
    if months == 0 && days == 0 {
        section.missing("months");
    }
    let timed = ["days", "from", "to"].iter().any(|key| section.has(key));
    Plan {
        code: section.text("code"),
        name: super::name(section),
        price: price.unwrap_or_default(),
        months: u8::try_from(months).unwrap_or_default(),
        days,
        hours: if timed { vec![super::tariff::hours(section)] } else { Vec::new() },
    }
}

pub(super) fn read(
    section: &Section<'_, '_>,
    plans: &[Section<'_, '_>],
    tariffs: &Tariffs,
    devices: &Configured,
) -> ParkingRules {
    let default = ParkingRules::default();
    ParkingRules {
        tariff: section.parsed("tariff", |name| tariffs.read(name)).map(Arc::new),
        price_holds_s: section.number("price_holds_s", 0..=3_600, default.price_holds_s),
        leaves_when_paid: section.flag("leaves_when_paid", default.leaves_when_paid),
        entry_barrier: section.parsed("entry_barrier", |name| barrier(name, devices)),
        exit_barrier: section.parsed("exit_barrier", |name| barrier(name, devices)),
        entry_waits_for_ticket: section.flag("entry_waits_for_ticket", default.entry_waits_for_ticket),
        leaves_by_plate: section.flag("leaves_by_plate", default.leaves_by_plate),
        subscriptions: subscriptions(section, plans),
        validations: validations(section),
        places: u32::try_from(section.number("places", 0..=100_000, 0)).unwrap_or_default(),
        hours: Text::new(&section.optional_text("hours").unwrap_or_default()),
        ticket_terms: Text::new(&section.optional_text("ticket_terms").unwrap_or_default()),
        valet_stub: section.flag("valet_stub", default.valet_stub),
    }
}
