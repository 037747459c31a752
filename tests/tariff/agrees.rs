//! On tariffs and stays nobody thought of: the price is that of the slow model, and has the properties a price must have.
//!
//! `PROOF_RUNS` says how many tariffs are tried, each with [`STAYS`] stays: 2000 make the 100,000 of a long run.

use super::model::{Cap, Clock, Ends, Flat, Hours, Model};
use super::{after, at, tariff};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::tariff::{NoPrice, Price, Tariff, VehicleClass};

/// Tariffs of an ordinary run.
const TARIFFS: u32 = 60;
/// Stays with each.
const STAYS: usize = 50;

/// Tries a property on so many tariffs.
pub(super) fn on_any<S: Strategy>(of: &S, share: u32, property: impl Fn(S::Value)) {
    let runs = std::env::var("PROOF_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(TARIFFS);
    let mut runner = TestRunner::new(Config { cases: (runs / share).max(1), ..Config::default() });
    let tried = runner.run(of, |value| {
        property(value);
        Ok(())
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}

/// Any hours; now and then with an edge in the hour that comes twice or not at all.
fn clock() -> impl Strategy<Value = Clock> {
    let of_day = |last: u16| prop_oneof![4 => (0..=last / 15).prop_map(|quarter| quarter * 15), 4 => 0..=last, 1 => 180_u16..=240];
    let days = prop_oneof![Just((0..8).collect()), subsequence((0..8).collect::<Vec<usize>>(), 1..8)];
    (days, of_day(1439), of_day(1440)).prop_map(|(days, from, to)| Clock { days, from, to })
}

/// Units that divide a day, as prices by the minute need, and others.
fn each(pro_rata: bool) -> BoxedStrategy<u32> {
    let divide = select(vec![10, 15, 20, 30, 60, 60, 60, 90, 120, 480, 720, 1440]);
    if pro_rata { divide.boxed() } else { prop_oneof![divide, 1_u32..400, 1_u32..4000].boxed() }
}

fn hours(pro_rata: bool) -> impl Strategy<Value = Hours> {
    let cap = prop::option::of(0_i64..900);
    (clock(), each(pro_rata), 0_i64..400, cap).prop_map(|(clock, each, price, cap)| Hours {
        clock,
        each,
        price,
        cap,
    })
}

fn flat() -> impl Strategy<Value = Flat> {
    let ends = prop_oneof![
        Just(Ends::Never),
        (1_u32..3000).prop_map(Ends::Covers),
        (0_u16..1440).prop_map(Ends::Until),
        // The hours that come twice and not at all.
        (180_u16..240).prop_map(Ends::Until),
    ];
    (clock(), 0_i64..2000, ends).prop_map(|(clock, price, ends)| Flat { clock, price, ends })
}

/// Bands whose prices may fall.
fn bands() -> impl Strategy<Value = Vec<(u32, i64)>> {
    let lengths = prop_oneof![(1_u32..=8).prop_map(|quarters| quarters * 30), 1_u32..2000];
    prop::collection::vec((lengths, 0_i64..3000), 0..5).prop_map(|bands| {
        let mut up_to = 0;
        let mut longer = |length: u32| {
            up_to += length;
            up_to
        };
        bands.into_iter().map(|(length, price)| (longer(length), price)).collect()
    })
}

fn cap() -> impl Strategy<Value = Cap> {
    (0_i64..4000, any::<bool>(), any::<bool>()).prop_map(|(price, calendar, restart)| Cap {
        price,
        calendar,
        restart,
    })
}

prop_compose! {
    pub(super) fn models()(pro_rata in prop::bool::weighted(0.25))(
        turnaround in prop_oneof![Just(0_u32), 0_u32..40],
        tolerance in if pro_rata { Just(0_u32).boxed() } else { prop_oneof![Just(0_u32), 0_u32..20].boxed() },
        bands in bands(),
        step in prop::option::weighted(0.7, (each(pro_rata), 0_i64..500)),
        windows in prop::collection::vec(hours(pro_rata), 0..4),
        free_outside in any::<bool>(),
        cut in any::<bool>(),
        pro_rata in Just(pro_rata),
        cap in prop::option::of(cap()),
        flats in prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(flat(), 1..3)],
        holidays in prop::collection::vec((2020_i16..2031, 1_i8..=12, 1_i8..=28), 0..4),
    ) -> Model {
        let holidays = holidays.into_iter().map(|(y, m, d)| Date::constant(y, m, d));
        // The nights that are tried most, too.
        let holidays = holidays.chain([Date::constant(2026, 10, 25)]).collect();
        Model { turnaround, tolerance, bands, step, windows, free_outside, cut, pro_rata, cap, flats, holidays }
    }
}

/// Arrival in seconds, and a length in seconds: around both changes of the clocks, around midnights, and anywhere.
pub(super) fn stays() -> impl Strategy<Value = (i64, i64)> {
    let second = |text: &str| at(text).as_second();
    let changes: Vec<i64> =
        (2020..2031).flat_map(|year| changes_of(year).map(|change| change.as_second())).collect();
    let arrival = prop_oneof![
        2 => (select(changes), -3 * 86_400_i64..7200).prop_map(|(change, by)| change + by),
        1 => second("2026-10-24T21:00Z")..second("2026-10-25T04:00Z"),
        1 => second("2026-03-28T21:00Z")..second("2026-03-29T04:00Z"),
        2 => second("2020-01-05T00:00Z")..second("2030-12-01T00:00Z"),
    ];
    let length = prop_oneof![
        3 => 0_i64..3 * 3600,
        3 => 0_i64..86_400,
        2 => 0_i64..3 * 86_400,
        1 => 0_i64..12 * 86_400,
    ];
    (arrival, length)
}

/// The instants at which Athens' clocks change in a year.
fn changes_of(year: i16) -> [Timestamp; 2] {
    let last_sunday = |month: i8| {
        let last = Date::constant(year, month, 1).last_of_month();
        let back = last.weekday().since(jiff::civil::Weekday::Sunday);
        last.day() - back
    };
    [3, 10].map(|month| at(&format!("{year}-{month:02}-{:02}T01:00Z", last_sunday(month))))
}

fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("an instant")
}

/// The price, or nothing at a gap; no other reason may keep these stays from having one.
fn price(tariff: &Tariff, from: Timestamp, to: Timestamp) -> Option<Price<'_>> {
    match tariff.price(VehicleClass::Car, from, to) {
        Ok(price) => Some(price),
        Err(NoPrice::Gap { .. }) => None,
        Err(other) => panic!("{other}"),
    }
}

fn total(tariff: &Tariff, from: Timestamp, to: Timestamp) -> Option<i64> {
    price(tariff, from, to).map(|price| price.total.0)
}

#[test]
fn it_is_the_price_of_the_slow_model() {
    on_any(&(models(), prop::collection::vec(stays(), STAYS)), 1, |(model, stays)| {
        let tariff = tariff(&model.text());
        for (arrived, length) in stays {
            let (from, to) = (instant(arrived), instant(arrived + length));
            assert_eq!(total(&tariff, from, to), model.price(from, to), "{from} to {to}\n{}", model.text());
        }
    });
}

#[test]
fn the_steps_and_the_lines_come_to_the_price() {
    on_any(&(models(), prop::collection::vec(stays(), STAYS)), 1, |(model, stays)| {
        let tariff = tariff(&model.text());
        for (arrived, length) in stays {
            let Some(price) = price(&tariff, instant(arrived), instant(arrived + length)) else { continue };
            let steps: Cents = price.steps.iter().map(|step| step.amount).sum();
            let lines: Cents = price.lines(Rate(2400)).iter().map(|line| line.gross()).sum();
            assert_eq!((steps, lines), (price.total, price.total), "{price:?}");
            assert!(price.steps.iter().all(|step| !price.name(step).en.is_empty()), "{price:?}");
        }
    });
}

fn rising(mut model: Model) -> Model {
    let mut highest = 0;
    for (_, price) in &mut model.bands {
        highest = highest.max(*price);
        *price = highest;
    }
    model
}

#[test]
fn a_longer_stay_never_costs_less_unless_bands_fall() {
    let stays = prop::collection::vec((stays(), 0_i64..200_000), STAYS);
    on_any(&(models().prop_map(rising), stays), 1, |(model, stays)| {
        let tariff = tariff(&model.text());
        for ((arrived, length), more) in stays {
            let (from, to, later) =
                (instant(arrived), instant(arrived + length), instant(arrived + length + more));
            if let (Some(sooner), Some(later)) = (total(&tariff, from, to), total(&tariff, from, later)) {
                assert!(sooner <= later, "{from}: {sooner} then {later}\n{}", model.text());
            }
        }
    });
}

/// Only windows, without what looks back at the whole stay.
fn only_windows(model: Model) -> Model {
    let windows = model.windows.into_iter().map(|window| Hours { cap: None, ..window }).collect();
    Model { turnaround: 0, tolerance: 0, bands: Vec::new(), cap: None, flats: Vec::new(), windows, ..model }
}

#[test]
fn cut_stays_add_up_at_the_edges_of_windows() {
    let models = models().prop_map(|model| Model { cut: true, pro_rata: false, ..only_windows(model) });
    on_any(&(models, prop::collection::vec(stays(), STAYS)), 1, |(model, stays)| {
        let tariff = tariff(&model.text());
        for (arrived, length) in stays {
            let (from, to) = (instant(arrived), instant(arrived + length));
            let Some(whole) = total(&tariff, from, to) else { continue };
            for cut in model.edges(from, to) {
                let parts = total(&tariff, from, cut).zip(total(&tariff, cut, to));
                let (first, second) = parts.expect("the parts of what has a price have one");
                assert_eq!(whole, first + second, "{from}, {cut}, {to}\n{}", model.text());
            }
        }
    });
}

#[test]
fn stays_by_the_minute_add_up_anywhere_to_the_cent() {
    let models = models().prop_map(|model| {
        let windows = model.windows.into_iter().map(|window| Hours { each: 60, ..window }).collect();
        only_windows(Model {
            pro_rata: true,
            step: model.step.map(|(_, price)| (60, price)),
            windows,
            ..model
        })
    });
    on_any(&(models, prop::collection::vec((stays(), 0_i64..86_400), STAYS)), 1, |(model, stays)| {
        let tariff = tariff(&model.text());
        for ((arrived, length), cut) in stays {
            let (from, cut) = (instant(arrived), instant(arrived + cut));
            let to = instant(cut.as_second() + length);
            if let Some(whole) = total(&tariff, from, to) {
                let parts = total(&tariff, from, cut).zip(total(&tariff, cut, to));
                let (first, second) = parts.expect("the parts of what has a price have one");
                assert!((whole - first - second).abs() <= 1, "{from}, {cut}, {to}\n{}", model.text());
            }
        }
    });
}

#[test]
fn stays_that_begin_again_add_up_at_their_days() {
    let models = (models(), cap()).prop_map(|(model, cap)| {
        let windows = model.windows.iter().map(|window| Hours { cap: None, ..window.clone() }).collect();
        let cap = Some(Cap { calendar: false, restart: true, ..cap });
        Model { turnaround: 0, tolerance: 0, flats: Vec::new(), pro_rata: false, windows, cap, ..model }
    });
    on_any(&(models, prop::collection::vec((stays(), 1_i64..4), STAYS)), 1, |(model, stays)| {
        let tariff = tariff(&model.text());
        for ((arrived, length), days) in stays {
            let from = instant(arrived);
            let cut = after(from, days * 1440);
            let to = instant(cut.as_second() + length);
            if let Some(whole) = total(&tariff, from, to) {
                let parts = total(&tariff, from, cut).zip(total(&tariff, cut, to));
                let (first, second) = parts.expect("the parts of what has a price have one");
                assert_eq!(whole, first + second, "{from}, {cut}, {to}\n{}", model.text());
            }
        }
    });
}

#[test]
fn the_table_says_the_price_of_every_duration() {
    const LONGEST: u32 = 4000;
    on_any(&(models(), stays()), 3, |(model, (arrived, _))| {
        let tariff = tariff(&model.text());
        let from = instant(arrived);
        let Ok(rows) = tariff.table(VehicleClass::Car, from, LONGEST) else {
            let longest = total(&tariff, from, after(from, i64::from(LONGEST)));
            return assert_eq!(longest, None, "{from}\n{}", model.text());
        };
        let mut minutes = 0;
        for row in &rows {
            assert_eq!(row.from, minutes + 1, "{rows:?}");
            for duration in row.from..=row.to {
                let price =
                    total(&tariff, instant(arrived - arrived.rem_euclid(60)), after(from, duration.into()));
                assert_eq!(price, Some(row.price.0), "{duration} minutes from {from}\n{}", model.text());
            }
            minutes = row.to;
        }
        assert!(rows.windows(2).all(|pair| pair[0].price != pair[1].price), "{rows:?}");
        assert_eq!(minutes, LONGEST);
    });
}
