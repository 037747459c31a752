//! What a rental desk asks when a vehicle goes with its driver and when it comes back. The registry has no field for any of
//! it: it is what the driver signs.

use super::{Answers, AskForm, Asked, Editor, Key, Offer, Purpose, Subject, offers};
use crate::aade::rules::Field;
use crate::app::input::{WantedHandOver, WantedReturn};
use crate::domain::dashboard::{Dashboard, Eighths};
use crate::domain::rental::{HandOver, Rental};
use crate::domain::terms::MovementPurpose;
use crate::domain::visit::Visit;

/// The most characters of a name, of a licence's number, and of a remark.
const NAME_MAX: usize = 60;
const LICENCE_MAX: usize = 24;
const REMARK_MAX: usize = 120;
/// The most digits of days and of kilometres.
const DAYS_DIGITS: usize = 3;
const KM_DIGITS: usize = 7;
/// A day is typed as `14032026`.
const DAY_DIGITS: usize = 8;
/// Lengths of a rental that are offered.
const DAYS: [u16; 6] = [1, 2, 3, 4, 5, 7];

/// One question of a rental desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::view) enum RentalField {
    /// Who drives.
    Driver,
    /// The number of the licence.
    Licence,
    /// The last day it holds.
    LicenceUntil,
    /// For how many days.
    Days,
    /// What the dashboard says.
    Km,
    /// Fuel, in eighths.
    Fuel,
    /// What goes with it.
    Accessories,
    /// What is broken.
    Damage,
}

impl RentalField {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Driver => "driver",
            Self::Licence => "licence",
            Self::LicenceUntil => "licence-until",
            Self::Days => "days",
            Self::Km => "km",
            Self::Fuel => "fuel",
            Self::Accessories => "accessories",
            Self::Damage => "damage",
        }
    }

    const fn asked(self, must: bool) -> Asked {
        let (editor, max) = match self {
            Self::Driver => (Editor::Words, NAME_MAX),
            Self::Licence => (Editor::Words, LICENCE_MAX),
            Self::LicenceUntil => (Editor::Day, DAY_DIGITS),
            Self::Days => (Editor::Digits, DAYS_DIGITS),
            Self::Km => (Editor::Digits, KM_DIGITS),
            Self::Fuel => (Editor::Choices, 3),
            Self::Accessories | Self::Damage => (Editor::Words, REMARK_MAX),
        };
        Asked::new(Key::Rental(self), must, editor, max)
    }
}

/// The questions of a form, before those of the registry.
pub(super) fn asked(subject: &Subject<'_>, purpose: Purpose) -> Vec<Asked> {
    use RentalField as R;
    let own = subject.visit.is_some_and(is_own_use);
    let leased = subject.visit.is_some_and(|visit| visit.lease.is_some());
    match purpose {
        Purpose::HandOver => {
            // A contract says itself how long it lasts.
            let days = (!leased).then(|| R::Days.asked(true));
            [R::Driver.asked(true), R::Licence.asked(!own), R::LicenceUntil.asked(!own)]
                .into_iter()
                .chain(days)
                .chain([R::Km.asked(true), R::Fuel.asked(true)])
                .chain([R::Accessories.asked(false), R::Damage.asked(false)])
                .collect()
        }
        Purpose::TakeBack => vec![R::Km.asked(true), R::Fuel.asked(true), R::Damage.asked(false)],
        _ => Vec::new(),
    }
}

fn is_own_use(visit: &Visit) -> bool {
    visit.trip.as_ref().is_some_and(|trip| trip.purpose == MovementPurpose::OwnUse)
}

/// What is offered; kilometres that were read when the vehicle went stand for those that nobody can read now.
pub(super) fn offered(subject: &Subject<'_>, form: &AskForm, field: RentalField) -> Vec<Offer> {
    match field {
        RentalField::Days => DAYS.map(|days| Offer::text(&days.to_string())).into(),
        RentalField::Fuel => {
            let eighths = (0..=Eighths::FULL.count()).rev().filter_map(Eighths::new);
            let offer = |fuel: Eighths| Offer {
                id: format!("fuel-{}", fuel.count()),
                ..Offer::text(&fuel.to_string())
            };
            eighths.map(offer).collect()
        }
        RentalField::Km if form.purpose == Purpose::TakeBack => {
            let went = subject.visit.and_then(|visit| visit.rental.as_ref()?.hand_over.dashboard.km);
            went.map(|km| Offer::text(&km.to_string())).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What is known already: what was agreed, to be put right; at the return, that it is at the desk.
pub(in crate::view) fn suggest(form: &mut AskForm, visit: &Visit) {
    let rental = visit.rental.as_deref();
    match form.purpose {
        Purpose::HandOver => rental.into_iter().for_each(|rental| agreed(form, &rental.hand_over)),
        Purpose::TakeBack => {
            let returned = rental.and_then(|rental| rental.returned.as_ref());
            let place = returned.and_then(|returned| returned.place.as_ref());
            let end = if place.is_some() { offers::ELSEWHERE } else { offers::AT_DESK };
            form.answers.set(Key::Of(Field::ReturnedElsewhere), end);
            if let Some(place) = place {
                form.answers.set(Key::Of(Field::ReturnedAt), place.as_str());
            }
            if let Some(returned) = returned {
                dashboard(form, returned.dashboard);
                set(form, RentalField::Damage, returned.damage.as_str());
            }
        }
        _ => {}
    }
}

fn agreed(form: &mut AskForm, hand_over: &HandOver) {
    let HandOver { driver, days, accessories, damage, .. } = hand_over;
    set(form, RentalField::Driver, driver.name.as_str());
    set(form, RentalField::Licence, driver.licence.as_str());
    if let Some(until) = driver.licence_until {
        set(form, RentalField::LicenceUntil, &offers::typed_day(until));
    }
    set(form, RentalField::Days, &days.to_string());
    dashboard(form, hand_over.dashboard);
    set(form, RentalField::Accessories, accessories.as_str());
    set(form, RentalField::Damage, damage.as_str());
}

fn dashboard(form: &mut AskForm, read: Dashboard) {
    if let Some(km) = read.km {
        set(form, RentalField::Km, &km.to_string());
    }
    if let Some(fuel) = read.fuel {
        set(form, RentalField::Fuel, &fuel.to_string());
    }
}

fn set(form: &mut AskForm, field: RentalField, text: &str) {
    form.answers.set(Key::Rental(field), text);
}

impl Answers {
    fn of(&self, field: RentalField) -> &str {
        self.get(Key::Rental(field))
    }

    fn dashboard(&self) -> Dashboard {
        let eighths = self.of(RentalField::Fuel).split_once('/').and_then(|(count, _)| count.parse().ok());
        Dashboard { km: self.of(RentalField::Km).parse().ok(), fuel: eighths.and_then(Eighths::new) }
    }

    /// What is agreed when a vehicle is handed over.
    pub(in crate::view) fn hand_over(&self) -> WantedHandOver {
        WantedHandOver {
            driver: self.of(RentalField::Driver).to_owned(),
            licence: self.of(RentalField::Licence).to_owned(),
            licence_until: self.day(Key::Rental(RentalField::LicenceUntil)),
            days: self.of(RentalField::Days).parse().unwrap_or_default(),
            dashboard: self.dashboard(),
            accessories: self.of(RentalField::Accessories).to_owned(),
            damage: self.of(RentalField::Damage).to_owned(),
        }
    }

    /// How a vehicle came back.
    pub(in crate::view) fn vehicle_return(&self) -> WantedReturn {
        WantedReturn {
            dashboard: self.dashboard(),
            damage: self.of(RentalField::Damage).to_owned(),
            place: self.returned_at(),
        }
    }

    /// What was sent has become what is agreed, or how it came back.
    pub(in crate::view) fn is_in(&self, rental: Option<&Rental>, purpose: Purpose, leased: bool) -> bool {
        let Some(rental) = rental else { return false };
        let agreed = &rental.hand_over;
        match purpose {
            Purpose::HandOver => {
                let wanted = self.hand_over();
                (agreed.days == wanted.days || leased)
                    && agreed.dashboard == wanted.dashboard
                    && agreed.driver.name == wanted.driver.as_str().into()
                    && agreed.driver.licence == wanted.licence.as_str().into()
                    && agreed.driver.licence_until == wanted.licence_until
                    && agreed.accessories == wanted.accessories.as_str().into()
                    && agreed.damage == wanted.damage.as_str().into()
            }
            _ => rental.returned.as_ref().is_some_and(|returned| {
                let wanted = self.vehicle_return();
                returned.dashboard == wanted.dashboard
                    && returned.damage == wanted.damage.as_str().into()
                    && returned.place == wanted.place.as_deref().map(Into::into)
            }),
        }
    }
}
