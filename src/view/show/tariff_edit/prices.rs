//! What stays cost today and would cost by the draft: a table and two curves.

use crate::domain::money::Cents;
use crate::domain::tariff::VehicleClass;
use crate::domain::tariff::concern::STAYS;
use crate::domain::tariff::draft::TariffDraft;
use crate::domain::tariff::rules::Tariff;
use crate::domain::tariff::sentence::duration;
use crate::domain::time::{ATHENS, Stamp};
use crate::view::controller::Controller;
use crate::view::generated::{CurveStep, TariffArrival, TariffEdit, TariffStay};
use crate::view::show::sync;
use crate::view::words;
use jiff::{SignedDuration, Timestamp};

/// How far the curves go, and how many points they have: one every two hours.
const CURVE_MINUTES: u32 = 7 * 1440;
const CURVE_POINTS: u32 = 84;

pub(super) fn show_stays(
    controller: &Controller,
    draft: &TariffDraft,
    (holds, now): (&Tariff, Stamp),
    page: &TariffEdit<'_>,
) {
    let (form, language, lists) =
        (&controller.form.tariff_edit, controller.form.language, &controller.lists.tariff_edit);
    page.set_arrival(form.arrival);
    let class = draft.class().unwrap_or(VehicleClass::Car);
    let arrived = arrival(form.arrival, now);
    let today = holds.version_at(now.utc).ok().map(|version| holds.of_one(version));
    // What has a fault cannot be priced.
    let then = draft.version().faults().is_empty().then(|| draft.tariff());
    let before = |minutes| price(today.as_ref(), class, arrived, minutes);
    let after = |minutes| price(then.as_ref(), class, arrived, minutes);
    let said =
        |price: Option<Cents>| price.map_or_else(|| "–".to_owned(), |price| words::money(price, language));
    let rows = STAYS.into_iter().map(|minutes| {
        let (before, after) = (before(minutes), after(minutes));
        let change = before.zip(after).map_or(0, |(before, after)| after.cmp(&before) as i32);
        TariffStay {
            stay: duration(minutes, language).into(),
            before: said(before).into(),
            after: said(after).into(),
            change,
        }
    });
    sync(&lists.stays, rows.collect());
    let points = || (1..=CURVE_POINTS).map(|point| point * CURVE_MINUTES / CURVE_POINTS);
    let (old, new): (Vec<_>, Vec<_>) = (points().map(before).collect(), points().map(after).collect());
    let dearest = old.iter().chain(&new).copied().flatten().max().unwrap_or_default();
    sync(&lists.before, curve(&old, dearest));
    sync(&lists.after, curve(&new, dearest));
    page.set_dearest(words::money(dearest, language).into());
    page.set_half(duration(CURVE_MINUTES / 2, language).into());
    page.set_whole(duration(CURVE_MINUTES, language).into());
}

fn price(tariff: Option<&Tariff>, class: VehicleClass, arrived: Timestamp, minutes: u32) -> Option<Cents> {
    let left = arrived.checked_add(SignedDuration::from_mins(i64::from(minutes))).ok()?;
    tariff?.price(class, arrived, left).ok().map(|price| price.total)
}

/// When the stays of the table begin: now, or at a time of today's clock.
fn arrival(arrival: TariffArrival, now: Stamp) -> Timestamp {
    let hour = match arrival {
        TariffArrival::Now => return now.utc,
        TariffArrival::Morning => 9,
        TariffArrival::Evening => 20,
    };
    ATHENS.to_timestamp(now.date().at(hour, 0, 0, 0)).unwrap_or(now.utc)
}

/// Points as steps; where one has no price there is none.
fn curve(points: &[Option<Cents>], dearest: Cents) -> Vec<CurveStep> {
    let part = |of: f64, whole: f64| (of / whole.max(1.0)) as f32;
    let whole = points.len() as f64;
    let step = |(at, price): (usize, &Option<Cents>)| {
        price.map(|price| CurveStep {
            from: part(at as f64, whole),
            to: part(at as f64 + 1.0, whole),
            price: part(price.0 as f64, dearest.0 as f64),
        })
    };
    points.iter().enumerate().filter_map(step).collect()
}
