//! Parts that come, go and change places.

use super::TariffDraft;
use super::part::{Choice, Part};
use crate::domain::money::Cents;
use crate::domain::tariff::rules::{
    BANDS_MAX, Band, Flat, FlatEnd, LIST_MAX, RULE_MINUTES_MAX, Rules, UnitPrice, WINDOWS_MAX, Window,
};
use crate::domain::tariff::timetable::{Days, Hours};
use crate::domain::text::Name;

/// A kind of part of which there may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// Bands.
    Bands,
    /// Hours with a price of their own.
    Windows,
    /// Flat prices.
    Flats,
}

/// A night, which is what hours of their own are for as a rule.
const NIGHT: Hours = Hours { days: Days::ALL, from: 22 * 60, to: 6 * 60 };
/// An evening, and the morning its flat price ends at.
const EVENING: Hours = Hours { days: Days::ALL, from: 19 * 60, to: 24 * 60 };
const MORNING: u16 = 6 * 60;

impl TariffDraft {
    /// Whether one more may come.
    pub fn may_add(&self, several: Several) -> bool {
        let rules = self.rules();
        let room = match several {
            Several::Bands => rules.bands.len() < BANDS_MAX,
            Several::Windows => rules.windows.len() < WINDOWS_MAX,
            Several::Flats => rules.flats.len() < LIST_MAX,
        };
        room && self.may_change()
    }

    /// One more comes, behind the chosen one of its kind or as the last, and is chosen.
    pub fn add(&mut self, several: Several) {
        if !self.may_add(several) {
            return;
        }
        self.step(None);
        let chosen = self.chosen;
        let rules = self.rules_mut();
        let part = match several {
            Several::Bands => {
                let place = if let Part::Band(place) = chosen { place + 1 } else { rules.bands.len() };
                let band = band_at(rules, place);
                rules.bands.insert(place.min(rules.bands.len()), band);
                Part::Band(place)
            }
            Several::Windows => {
                let price = rules.step.map_or(Cents::ZERO, |step| step.price);
                let unit = UnitPrice { each: 60, price, line: 0 };
                let place = if let Part::Window(place) = chosen { place + 1 } else { rules.windows.len() };
                let window = Window { name: Name::default(), hours: NIGHT, unit, cap: None };
                rules.windows.insert(place.min(rules.windows.len()), window);
                Part::Window(place)
            }
            Several::Flats => {
                let (name, ends) = (Name::default(), FlatEnd::At(MORNING));
                let flat = Flat { name, hours: EVENING, price: Cents::ZERO, ends, line: 0 };
                rules.flats.push(flat);
                Part::Flat(rules.flats.len() - 1)
            }
        };
        self.lay_out();
        self.choose(part);
    }

    /// Whether the chosen part can be taken out.
    pub fn may_remove(&self) -> bool {
        let there = match self.chosen {
            Part::Band(_) | Part::Window(_) | Part::Flat(_) => true,
            Part::Step => self.rules().step.is_some(),
            Part::DayCap => self.rules().day_cap.is_some(),
            Part::LostTicket => self.version.lost_ticket.is_some(),
            _ => false,
        };
        there && self.may_change()
    }

    /// Takes the chosen part out.
    pub fn remove(&mut self) {
        if !self.may_remove() {
            return;
        }
        self.step(None);
        let chosen = self.chosen;
        let rules = self.rules_mut();
        match chosen {
            Part::Band(place) => _ = rules.bands.remove(place),
            Part::Window(place) => _ = rules.windows.remove(place),
            Part::Flat(place) => _ = rules.flats.remove(place),
            Part::Step => rules.step = None,
            Part::DayCap => rules.day_cap = None,
            Part::LostTicket => self.version.lost_ticket = None,
            _ => {}
        }
        self.lay_out();
        let next = [chosen, before(chosen)].into_iter().find(|part| self.parts().contains(part));
        self.choose(next.unwrap_or(Part::Turnaround));
    }

    /// Whether the chosen part can change places with a neighbour of its kind.
    pub fn may_shift(&self, later: bool) -> bool {
        self.neighbour(later).is_some() && self.may_change()
    }

    /// The chosen part changes places with a neighbour. Hours and flat prices hold in their order, the first that fits.
    /// Bands stand in the order of their length whatever one does, so what changes places is their price.
    pub fn shift(&mut self, later: bool) {
        let Some(other) = self.neighbour(later).filter(|_| self.may_change()) else { return };
        self.step(None);
        let chosen = self.chosen;
        let rules = self.rules_mut();
        match (chosen, other) {
            (Part::Band(one), Part::Band(two)) => exchange_prices(rules, one, two),
            (Part::Window(one), Part::Window(two)) => rules.windows.swap(one, two),
            (Part::Flat(one), Part::Flat(two)) => rules.flats.swap(one, two),
            _ => {}
        }
        self.lay_out();
        self.choose(other);
    }

    fn neighbour(&self, later: bool) -> Option<Part> {
        let rules = self.rules();
        let beside = |place: usize, length: usize| {
            let other = if later { place.checked_add(1) } else { place.checked_sub(1) };
            other.filter(|other| *other < length)
        };
        match self.chosen {
            Part::Band(place) => beside(place, rules.bands.len()).map(Part::Band),
            Part::Window(place) => beside(place, rules.windows.len()).map(Part::Window),
            Part::Flat(place) => beside(place, rules.flats.len()).map(Part::Flat),
            _ => None,
        }
    }

    /// Whether a way can be chosen here.
    pub fn offers(&self, choice: Choice) -> bool {
        self.may_change() && self.choices().iter().any(|(way, _)| *way == choice)
    }
}

/// A band for a place: an hour longer than the last one, or half the way to the next.
fn band_at(rules: &Rules, place: usize) -> Band {
    let before = place.checked_sub(1).and_then(|place| rules.bands.get(place));
    let from = before.map_or(0, |band| band.up_to);
    let up_to = match rules.bands.get(place) {
        Some(next) => from + next.up_to.saturating_sub(from) / 2,
        None => (from + 60).min(RULE_MINUTES_MAX),
    };
    Band { up_to, price: before.map_or(Cents::ZERO, |band| band.price), line: 0 }
}

fn exchange_prices(rules: &mut Rules, one: usize, two: usize) {
    let (Some(first), Some(second)) = (rules.bands.get(one), rules.bands.get(two)) else { return };
    let (first, second) = (first.price, second.price);
    if let Some(band) = rules.bands.get_mut(one) {
        band.price = second;
    }
    if let Some(band) = rules.bands.get_mut(two) {
        band.price = first;
    }
}

const fn before(part: Part) -> Part {
    match part {
        Part::Band(place) => Part::Band(place.saturating_sub(1)),
        Part::Window(place) => Part::Window(place.saturating_sub(1)),
        Part::Flat(place) => Part::Flat(place.saturating_sub(1)),
        other => other,
    }
}
