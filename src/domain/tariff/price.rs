//! A price and the steps that made it, the second payment of who stayed on, and why a stay has no price.

use super::engine::{self, Charge, Gap, Ledger, Rule};
use super::rules::{Rules, Tariff, VehicleClass, Version};
use super::timetable::{Calendar, instant_of, minute_of};
use crate::domain::money::{Cents, Quantity, Rate};
use crate::domain::sale::Line;
use crate::domain::time::Stamp;
use jiff::Timestamp;

/// The longest stay that is priced, in days: ten years. Beyond it a date is wrong.
pub const STAY_DAYS_MAX: i64 = 3_660;

/// Why a stay has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPrice {
    /// The departure is before the arrival.
    #[error("the vehicle left at {left}, before it came at {arrived}: correct the time of arrival")]
    LeftBeforeArrival {
        /// When it came.
        arrived: Stamp,
        /// When it left.
        left: Stamp,
    },
    /// Now is before the last payment.
    #[error("it is {now}, but the stay was paid at {paid}: the clock was set back, set it right")]
    ClockSetBack {
        /// When it was paid.
        paid: Stamp,
        /// What the clock says.
        now: Stamp,
    },
    /// Longer than [`STAY_DAYS_MAX`].
    #[error("the stay since {arrived} is longer than ten years: correct the time of arrival")]
    TooLong {
        /// When it came.
        arrived: Stamp,
    },
    /// The arrival is before the first version of the tariff.
    #[error(
        "the tariff holds from {from}, and the vehicle came at {arrived}: add the version that held then"
    )]
    NoVersion {
        /// When it came.
        arrived: Stamp,
        /// When the first version begins.
        from: Stamp,
    },
    /// The tariff says nothing about some of it; the checker finds such a gap beforehand.
    #[error("the tariff has no price for what begins at {at}: check it with `tameio tariff check`")]
    Gap {
        /// Where the gap was met.
        at: Stamp,
    },
}

/// One step of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The rule it came from.
    pub rule: Rule,
    /// Minutes since the arrival, where it begins.
    pub from: u32,
    /// … and where what it pays for ends; the last one may end after the stay.
    pub to: u32,
    /// How many units, nights or days; minutes where units are charged by the minute.
    pub count: u32,
    /// What one of them costs. By the minute: what a whole unit costs.
    pub unit: Cents,
    /// What the step comes to. All amounts together are the price.
    pub amount: Cents,
}

/// What a stay costs, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price<'t> {
    /// The tariff.
    pub tariff: &'t Tariff,
    /// The version that held at the arrival.
    pub version: &'t Version,
    /// The rules for the vehicle's class.
    pub rules: &'t Rules,
    /// The minute the stay began.
    pub arrived: Timestamp,
    /// How long it was, in real minutes.
    pub minutes: u32,
    /// The price.
    pub total: Cents,
    /// How it was made, in the order of time.
    pub steps: Vec<Step>,
}

/// What was paid for a stay so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// All of it.
    pub amount: Cents,
    /// When, at last.
    pub at: Timestamp,
}

/// What a vehicle owes that wants to leave after it was paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TopUp<'t> {
    /// Nothing: it leaves within the grace.
    InGrace,
    /// The price until now, less what was paid; never below nothing.
    Due {
        /// What is owed.
        due: Cents,
        /// The price of the whole stay.
        price: Price<'t>,
    },
}

impl TopUp<'_> {
    /// The line of the second document; none when nothing is due.
    pub fn line(&self, vat: Rate) -> Option<Line> {
        match self {
            Self::Due { due, price } if *due > Cents::ZERO => {
                Some(Line::new(&price.tariff.code, price.top_up_name(), Quantity::ONE, *due, vat))
            }
            Self::Due { .. } | Self::InGrace => None,
        }
    }
}

impl Tariff {
    /// The version that holds at an instant.
    ///
    /// # Errors
    /// When that is before the first one.
    pub fn version_at(&self, instant: Timestamp) -> Result<&Version, NoPrice> {
        let found = self.versions.iter().rev().find(|version| version.from <= instant);
        found.ok_or_else(|| {
            let from = self.versions.first().map_or(Timestamp::MAX, |version| version.from);
            NoPrice::NoVersion { arrived: Stamp::new(instant), from: Stamp::new(from) }
        })
    }

    /// What a stay costs. Both times are cut to the minute, as they are printed; between them real minutes count.
    ///
    /// # Errors
    /// When there is no such stay, or no price for it.
    pub fn price(
        &self,
        class: VehicleClass,
        arrived: Timestamp,
        left: Timestamp,
    ) -> Result<Price<'_>, NoPrice> {
        let version = self.version_at(arrived)?;
        let (from, to) = stay(arrived, left)?;
        let rules = version.rules(class);
        let mut steps = Steps::new(rules, from);
        let parts = engine::price(rules, Calendar::new(&version.holidays), (from, to), &mut steps)
            .map_err(|Gap { at }| NoPrice::Gap { at: Stamp::new(instant_of(at)) })?;
        Ok(Price {
            tariff: self,
            version,
            rules,
            arrived: instant_of(from),
            minutes: narrow(to - from),
            total: steps.cents(parts),
            steps: steps.finish(),
        })
    }

    /// What a vehicle owes at the exit that was paid for already. The same version prices all of one stay.
    ///
    /// # Errors
    /// When the clock is before the payment, or the stay has no price.
    pub fn top_up(
        &self,
        class: VehicleClass,
        arrived: Timestamp,
        paid: Paid,
        now: Timestamp,
    ) -> Result<TopUp<'_>, NoPrice> {
        if now < paid.at {
            return Err(NoPrice::ClockSetBack { paid: Stamp::new(paid.at), now: Stamp::new(now) });
        }
        let grace = self.version_at(arrived)?.exit_grace;
        if minute_of(now) - minute_of(paid.at) <= i64::from(grace) {
            return Ok(TopUp::InGrace);
        }
        let price = self.price(class, arrived, now)?;
        Ok(TopUp::Due { due: (price.total - paid.amount).max(Cents::ZERO), price })
    }

    /// What is asked from a vehicle that has neither ticket nor visit; nothing where the tariff names no fee.
    ///
    /// # Errors
    /// When no version holds yet.
    pub fn lost_ticket(&self, now: Timestamp) -> Result<Option<Cents>, NoPrice> {
        Ok(self.version_at(now)?.lost_ticket)
    }
}

/// The minutes of a stay, since 1970.
fn stay(arrived: Timestamp, left: Timestamp) -> Result<(i64, i64), NoPrice> {
    if left < arrived {
        return Err(NoPrice::LeftBeforeArrival { arrived: Stamp::new(arrived), left: Stamp::new(left) });
    }
    let (from, to) = (minute_of(arrived), minute_of(left));
    if to - from > STAY_DAYS_MAX * 1440 {
        return Err(NoPrice::TooLong { arrived: Stamp::new(arrived) });
    }
    Ok((from, to))
}

impl Price<'_> {
    /// What the sale of a visit holds of this price: one line a rule, and none for what is free. The lines come to the
    /// price exactly.
    pub fn lines(&self, vat: Rate) -> Vec<Line> {
        let charged = self.grouped().into_iter().filter(|step| step.amount != Cents::ZERO);
        charged
            .map(|step| {
                let alike = Cents(step.unit.0 * i64::from(step.count)) == step.amount;
                let (quantity, unit_price) = if alike {
                    (Quantity(i64::from(step.count) * Quantity::ONE.0), step.unit)
                } else {
                    (Quantity::ONE, step.amount)
                };
                Line::new(&self.tariff.code, self.name(&step), quantity, unit_price, vat)
            })
            .collect()
    }

    /// Which price list the lines are from, for [`crate::domain::sale::Sale::catalogue`].
    pub fn catalogue(&self) -> String {
        format!("{} {}", self.tariff.code, self.version.id)
    }

    /// The steps with those of one rule and unit price together, in the order of their first; what a paper has room for.
    pub fn grouped(&self) -> Vec<Step> {
        let mut groups: Vec<Step> = Vec::new();
        for step in &self.steps {
            let same = |group: &&mut Step| group.rule == step.rule && group.unit == step.unit;
            match groups.iter_mut().find(same) {
                Some(group) => {
                    group.to = step.to;
                    group.count += step.count;
                    group.amount += step.amount;
                }
                None => groups.push(*step),
            }
        }
        groups
    }
}

fn narrow(minutes: i64) -> u32 {
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

/// Writes down steps while a stay is walked through.
struct Steps {
    arrived: i64,
    scale: i64,
    /// Amounts in parts of a cent until the end.
    steps: Vec<Step>,
    /// Where the day began.
    day: usize,
    /// The night of the last charge.
    occurrence: i64,
}

/// Whether a charge goes into the step before it, being of the same night.
fn joins(step: &Step, charge: &Charge) -> bool {
    match (step.rule, charge.rule) {
        (Rule::Band(_), Rule::Band(_)) => true,
        (Rule::Window(before) | Rule::WindowCap(before), Rule::WindowCap(now)) => before == now,
        (before, now) => before == now && step.unit == charge.unit,
    }
}

impl Steps {
    fn new(rules: &Rules, arrived: i64) -> Self {
        Self { arrived, scale: engine::parts_of_a_cent(rules), steps: Vec::new(), day: 0, occurrence: 0 }
    }

    /// Half a cent is rounded up.
    fn cents(&self, parts: i64) -> Cents {
        if self.scale == 1 { Cents(parts) } else { Cents((parts + self.scale / 2).div_euclid(self.scale)) }
    }

    /// Each step gets what it adds to the rounded sum, so that together they come to the price.
    fn finish(mut self) -> Vec<Step> {
        let mut steps = std::mem::take(&mut self.steps);
        if self.scale != 1 {
            let mut parts = 0;
            for step in &mut steps {
                let before = self.cents(parts);
                parts += step.amount.0;
                step.amount = self.cents(parts) - before;
            }
        }
        steps
    }

    /// The step before, if it may take more in.
    fn last(&mut self) -> Option<&mut Step> {
        self.steps.get_mut(self.day..)?.last_mut()
    }
}

impl Ledger for Steps {
    fn charge(&mut self, charge: Charge) {
        let capped = matches!(charge.rule, Rule::WindowCap(_));
        let count = if capped { 1 } else { narrow(charge.count) };
        let to = narrow(charge.to - self.arrived);
        let scale = self.scale;
        let same_night = std::mem::replace(&mut self.occurrence, charge.occurrence) == charge.occurrence;
        let last = self.last().filter(|last| same_night && joins(last, &charge));
        let Some(last) = last else {
            // Up to a cap that was reached before: nothing was charged.
            if charge.parts == 0 && capped {
                return;
            }
            let from = narrow(charge.from - self.arrived);
            let Charge { rule, unit, parts, .. } = charge;
            self.steps.push(Step { rule, from, to, count, unit, amount: Cents(parts) });
            return;
        };
        last.to = to;
        last.amount += Cents(charge.parts);
        match charge.rule {
            Rule::Band(_) => (last.rule, last.unit) = (charge.rule, charge.unit),
            Rule::WindowCap(_) => {
                (last.rule, last.unit, last.count) = (charge.rule, Cents(last.amount.0 / scale), 1);
            }
            Rule::Outside => {}
            _ => last.count += count,
        }
    }

    fn day_ends(&mut self, parts: i64, over: Option<(Cents, i64)>) {
        if parts < 0 {
            // Only bands that fall get here, and a day gives nothing back.
            self.steps.truncate(self.day);
        }
        if let Some((unit, parts)) = over {
            let to = self.steps.last().map_or(0, |step| step.to);
            let from = self.steps.get(self.day).map_or(to, |step| step.from);
            self.steps.truncate(self.day);
            match self.steps.last_mut() {
                Some(last) if last.rule == Rule::DayCap => {
                    last.count += 1;
                    last.to = to;
                    last.amount += Cents(parts);
                }
                _ => {
                    let amount = Cents(parts);
                    self.steps.push(Step { rule: Rule::DayCap, from, to, count: 1, unit, amount });
                }
            }
        }
        self.day = self.steps.len();
    }
}
