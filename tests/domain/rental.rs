//! Being late, driving far and bringing less fuel: what it costs, to the cent.

use jiff::civil;
use proptest::prelude::*;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::rental::{Driver, HandOver, LateFrom, Lateness, RentalTerms, days_later};
use tameio::domain::text::{Language, Text};
use tameio::domain::time::Stamp;

fn at(instant: &str) -> Stamp {
    Stamp::new(instant.parse().expect("an instant"))
}

const DUE: &str = "2026-03-17T10:00:00+02:00";

fn terms() -> RentalTerms {
    RentalTerms {
        km_per_day: Some(200),
        km_price: Cents(20),
        fuel_eighth: Cents(900),
        ..RentalTerms::default()
    }
}

fn agreed(terms: RentalTerms) -> HandOver {
    HandOver {
        at: at("2026-03-14T10:00:00+02:00"),
        operator: OperatorId("A".to_owned()),
        driver: Driver { name: Text::new("A. Smith"), ..Driver::default() },
        days: 3,
        due_back: at(DUE),
        dashboard: Dashboard { km: Some(10_000), fuel: Eighths::new(8) },
        accessories: Text::default(),
        damage: Text::default(),
        terms,
    }
}

fn late(terms: RentalTerms, minutes: i64) -> Lateness {
    terms.lateness(at(DUE), at(DUE).moved(minutes * 60))
}

/// What a return so late comes to, where a day costs 35.00.
fn cost(terms: RentalTerms, minutes: i64) -> i64 {
    let charges =
        agreed(terms).charges(late(terms, minutes), Dashboard::default(), Cents(3_500), Rate(2_400));
    charges.iter().map(|line| line.gross().0).sum()
}

#[test]
fn an_hour_is_free_then_a_third_of_a_day_for_each_that_starts_up_to_a_day() {
    let of_grace = [
        (-600, 0),
        (0, 0),
        (59, 0),
        (60, 1_167),
        (80, 1_167),
        (119, 1_167),
        (120, 2_333),
        (179, 2_333),
        (180, 3_500),
        (24 * 60 - 1, 3_500),
        (24 * 60, 3_500),
        (25 * 60, 3_500 + 1_167),
        (48 * 60 + 59, 7_000),
    ];
    for (minutes, cents) in of_grace {
        assert_eq!(cost(terms(), minutes), cents, "{minutes} minutes late");
    }
    let from_due = RentalTerms { late_from: LateFrom::Due, ..terms() };
    for (minutes, cents) in [(59, 0), (60, 1_167), (61, 2_333), (80, 2_333), (121, 3_500)] {
        assert_eq!(cost(from_due, minutes), cents, "{minutes} minutes late, from the agreed instant");
    }
    let none = RentalTerms { grace_minutes: 0, late_hours_a_day: 24, ..terms() };
    assert_eq!((cost(none, 0), cost(none, 1), cost(none, 24 * 60)), (0, 146, 3_500));
}

#[test]
fn the_printed_times_are_what_counts() {
    let (due, back) = (at("2026-03-17T10:00:59+02:00"), at("2026-03-17T10:59:59+02:00"));
    assert!(terms().lateness(due, back).is_free(), "59 minutes by the printed times");
    assert!(!terms().lateness(due, at("2026-03-17T11:00:00+02:00")).is_free());
}

#[test]
fn kilometres_and_fuel_are_compared_where_both_ends_were_read() {
    let charged = |back: Dashboard| -> Vec<(String, i64)> {
        let lines = agreed(terms()).charges(Lateness::default(), back, Cents(3_500), Rate(2_400));
        lines.into_iter().map(|line| (line.code.clone(), line.gross().0)).collect()
    };
    let back = |km, eighths| Dashboard { km, fuel: Eighths::new(eighths) };
    assert_eq!(charged(back(Some(10_600), 8)), []);
    assert_eq!(charged(back(Some(10_601), 6)), [("km".to_owned(), 20), ("fuel".to_owned(), 1_800)]);
    assert_eq!(charged(back(None, 9)), [], "what nobody read is not charged");
    assert_eq!(charged(Dashboard::default()), []);
    let free = RentalTerms { km_per_day: None, fuel_eighth: Cents::ZERO, ..terms() };
    let lines = agreed(free).charges(Lateness::default(), back(Some(99_999), 0), Cents(3_500), Rate(2_400));
    assert_eq!(lines, [], "what costs nothing is no line");
}

#[test]
fn days_end_at_the_same_time_of_the_clock_also_when_the_clocks_change() {
    let summer = days_later(at("2026-03-28T10:30:00+02:00"), 1);
    assert_eq!(summer, at("2026-03-29T10:30:00+03:00"), "23 hours");
    let winter = days_later(at("2026-10-24T10:30:00+03:00"), 2);
    assert_eq!(winter, at("2026-10-26T10:30:00+02:00"));
    // An hour that does not exist that night is the one after it.
    assert_eq!(days_later(at("2026-03-28T03:30:00+02:00"), 1).local().hour(), 4);
    assert_eq!(summer.date(), civil::date(2026, 3, 29));
}

#[test]
fn what_is_charged_has_a_name_in_both_languages() {
    let back = Dashboard { km: Some(10_700), fuel: Eighths::new(6) };
    let lines = agreed(terms()).charges(late(terms(), 80), back, Cents(3_500), Rate(2_400));
    let names: Vec<[String; 2]> = lines
        .iter()
        .map(|line| [Language::El, Language::En].map(|one| line.name.get(one).to_string()))
        .collect();
    assert_eq!(names[0], ["Καθυστέρηση 1:20: 1/3 ημέρας", "Late 1:20: 1/3 of a day"]);
    assert_eq!(names[1], ["Επιπλέον χιλιόμετρα", "Extra kilometres"]);
    assert_eq!(names[2], ["Καύσιμο που λείπει 2/8", "Missing fuel 2/8"]);
    assert_eq!(lines[0].amount(), Cents(1_167));
}

proptest! {
    /// A minute more never costs less, and never more than a day above.
    #[test]
    fn later_is_never_cheaper(
        minutes in 0..20_000i64,
        grace in 0..600u16,
        parts in 1..=24u8,
        due in any::<bool>(),
    ) {
        let late_from = if due { LateFrom::Due } else { LateFrom::Grace };
        let terms = RentalTerms { grace_minutes: grace, late_hours_a_day: parts, late_from, ..terms() };
        let (now, then) = (cost(terms, minutes), cost(terms, minutes + 1));
        prop_assert!(now <= then, "{minutes}: {now} > {then}");
        let days = minutes / (24 * 60) + 1;
        prop_assert!(now <= days * 3_500);
    }
}
