//! Every part of a tariff alone, on figures that can be checked with a pencil.

use super::{after, at, cents, priced, shipped, tariff, tariff_text};
use tameio::domain::catalogue::Size;
use tameio::domain::money::{Cents, Rate};
use tameio::domain::sale::Sale;
use tameio::domain::tariff::engine::Rule;
use tameio::domain::tariff::price::STAY_DAYS_MAX;
use tameio::domain::tariff::{NoPrice, Paid, Tariff, TopUp, VehicleClass};
use tameio::domain::text::Language;

const HOURLY: &str = "step = { each = \"1 h\", price = \"2.00\" }";

/// The price after so many minutes from a Monday's noon.
fn check(rules: &str, expected: &[(i64, i64)]) {
    let tariff = tariff(rules);
    let noon = at("2026-03-09 12:00");
    for (minutes, cents) in expected {
        let price = priced(&tariff, VehicleClass::Car, noon, after(noon, *minutes));
        assert_eq!(price, *cents, "{minutes} minutes of {rules}");
    }
}

fn check_times(rules: &str, expected: &[(&str, &str, i64)]) {
    let tariff = tariff(rules);
    for (from, to, price) in expected {
        assert_eq!(cents(&tariff, from, to), *price, "{from} to {to} of {rules}");
    }
}

#[test]
fn nothing_lasts_no_time_and_costs_nothing() {
    check(HOURLY, &[(0, 0), (1, 200), (60, 200), (61, 400)]);
}

#[test]
fn seconds_do_not_count() {
    check_times(
        HOURLY,
        &[
            ("2026-03-14 09:00:59", "2026-03-14 10:00:00", 200),
            ("2026-03-14 09:00:00", "2026-03-14 10:00:59", 200),
            ("2026-03-14 09:00:59", "2026-03-14 10:01:00", 400),
            ("2026-03-14 09:00:01", "2026-03-14 09:00:59", 0),
        ],
    );
}

#[test]
fn the_turnaround_is_for_the_whole_stay() {
    check(&format!("turnaround = \"10 min\"\n{HOURLY}"), &[(10, 0), (11, 200), (60, 200), (70, 400)]);
}

#[test]
fn the_tolerance_is_for_edges_and_makes_nothing_free() {
    let rules =
        format!("tolerance = \"5 min\"\nbands = [{{ up_to = \"30 min\", price = \"1.00\" }}]\n{HOURLY}");
    check(&rules, &[(1, 100), (5, 100), (35, 100), (36, 300), (95, 300), (96, 500)]);
    check(&format!("{rules}\nturnaround = \"3 min\""), &[(3, 0), (4, 100)]);
}

#[test]
fn a_unit_belongs_to_the_window_it_starts_in_or_is_cut_there() {
    let windows = "windows = [
        { from = \"08:00\", to = \"20:00\", each = \"1 h\", price = \"3.00\" },
        { from = \"20:00\", to = \"08:00\", each = \"1 h\", price = \"1.00\" },
    ]";
    check_times(
        windows,
        &[
            ("2026-03-09 19:30", "2026-03-09 20:30", 300),
            ("2026-03-09 19:30", "2026-03-09 20:31", 400),
            ("2026-03-10 07:30", "2026-03-10 08:30", 100),
        ],
    );
    check_times(
        &format!("{windows}\nunits_at_edges = \"cut\""),
        &[
            ("2026-03-09 19:30", "2026-03-09 20:00", 300),
            ("2026-03-09 19:30", "2026-03-09 20:01", 400),
            ("2026-03-09 19:30", "2026-03-09 21:00", 400),
            ("2026-03-09 19:30", "2026-03-09 21:01", 500),
            ("2026-03-10 07:30", "2026-03-10 08:30", 400),
        ],
    );
}

#[test]
fn windows_know_weekdays_holidays_and_the_day_they_began_on() {
    let rules = "holidays = [\"easter+1\", \"03-25\"]
        step = { each = \"1 h\", price = \"1.00\" }
        windows = [
            { days = [\"holiday\"], from = \"00:00\", to = \"24:00\", each = \"1 h\", price = \"5.00\" },
            { days = [\"fri\", \"sat\"], from = \"22:00\", to = \"02:00\", each = \"1 h\", price = \"3.00\" },
        ]";
    check_times(
        rules,
        &[
            // Easter Monday of 2026 is the 13th of April, and the 14th a Tuesday.
            ("2026-04-13 12:00", "2026-04-13 13:00", 500),
            ("2026-04-13 23:00", "2026-04-14 01:00", 600),
            ("2026-03-25 12:00", "2026-03-25 13:00", 500),
            // The night of Saturday ends on Sunday; that of Sunday is none.
            ("2026-03-14 23:00", "2026-03-15 03:00", 1000),
            ("2026-03-15 23:00", "2026-03-16 01:00", 200),
            ("2026-03-13 01:00", "2026-03-13 02:00", 100),
        ],
    );
}

#[test]
fn easter_is_on_its_sunday() {
    let rules = "holidays = [\"easter\"]\nstep = { each = \"24 h\", price = \"1.00\" }
        windows = [{ days = [\"holiday\"], from = \"00:00\", to = \"24:00\", each = \"24 h\", price = \"9.00\" }]";
    for easter in ["2020-04-19", "2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02", "2099-04-12"] {
        check_times(rules, &[(&format!("{easter} 00:00"), &format!("{easter} 23:00"), 900)]);
    }
}

#[test]
fn the_first_of_two_windows_holds() {
    let rules = "windows = [
        { days = [\"sun\"], from = \"00:00\", to = \"24:00\", each = \"1 h\", price = \"1.00\" },
        { from = \"00:00\", to = \"24:00\", each = \"1 h\", price = \"2.00\" },
    ]";
    check_times(
        rules,
        &[("2026-03-15 12:00", "2026-03-15 13:00", 100), ("2026-03-16 12:00", "2026-03-16 13:00", 200)],
    );
}

#[test]
fn a_night_has_its_cap_and_the_next_night_another() {
    let rules = "step = { each = \"1 h\", price = \"1.00\" }
        windows = [{ from = \"22:00\", to = \"06:00\", each = \"1 h\", price = \"2.00\", cap = \"5.00\" }]";
    check_times(
        rules,
        &[
            ("2026-03-09 22:00", "2026-03-10 00:00", 400),
            ("2026-03-09 22:00", "2026-03-10 01:00", 500),
            ("2026-03-09 22:00", "2026-03-10 06:00", 500),
            ("2026-03-09 22:00", "2026-03-11 06:00", 2600),
        ],
    );
}

#[test]
fn bands_come_before_windows() {
    let rules = "bands = [{ up_to = \"90 min\", price = \"5.00\" }]
        windows = [{ from = \"00:00\", to = \"24:00\", each = \"30 min\", price = \"1.00\" }]";
    check(rules, &[(90, 500), (91, 600), (120, 600), (121, 700)]);
}

#[test]
fn a_day_ends_after_24_hours_or_at_midnight() {
    let cap = |day, after| {
        format!("{HOURLY}\nday_cap = {{ price = \"10.00\", day = \"{day}\", after = \"{after}\" }}")
    };
    check(&cap("from-arrival", "continue"), &[(300, 1000), (1440, 1000), (1441, 1200), (2880, 2000)]);
    check(&cap("calendar", "continue"), &[(720, 1000), (721, 1200), (2160, 2000), (2161, 2200)]);
    check_times(
        &cap("calendar", "continue"),
        &[
            // The hour that runs over midnight belongs to the day it started in.
            ("2026-03-09 22:30", "2026-03-10 00:15", 400),
            ("2026-03-09 23:30", "2026-03-10 23:59", 1200),
        ],
    );
    // Begun again, it is cut at midnight.
    check_times(&cap("calendar", "restart"), &[("2026-03-09 22:30", "2026-03-10 00:15", 600)]);
}

#[test]
fn calendar_days_of_23_and_25_hours_cost_a_day() {
    let rules = "step = { each = \"1 h\", price = \"1.00\" }
        day_cap = { price = \"24.00\", day = \"calendar\", after = \"continue\" }";
    check_times(
        rules,
        &[
            ("2026-03-29 00:00", "2026-03-30 00:00", 2300),
            ("2026-10-25 00:00", "2026-10-26 00:00", 2400),
            ("2026-10-26 00:00", "2026-10-27 00:00", 2400),
            ("2026-10-25 00:00", "2026-10-26 00:01", 2500),
        ],
    );
    // 24 real hours from the arrival are another matter.
    let rolling = rules.replace("calendar", "from-arrival");
    check_times(
        &rolling,
        &[("2026-03-28 12:00", "2026-03-29 12:00", 2300), ("2026-10-24 12:00", "2026-10-25 12:00", 2500)],
    );
}

#[test]
fn both_hours_of_the_night_that_has_one_twice_count() {
    let rules = "step = { each = \"1 h\", price = \"1.00\" }
        windows = [{ from = \"03:00\", to = \"04:00\", each = \"10 min\", price = \"1.00\", cap = \"7.00\" }]";
    check_times(
        rules,
        &[
            ("2026-10-25T03:00+03:00", "2026-10-25T03:00+02:00", 600),
            ("2026-10-25T03:00+02:00", "2026-10-25T04:00+02:00", 600),
            // One night, one cap.
            ("2026-10-25T03:00+03:00", "2026-10-25T04:00+02:00", 700),
            // The window that the spring night steps over.
            ("2026-03-29 02:00", "2026-03-29 05:00", 200),
        ],
    );
}

/// The hour that comes twice goes back over the edge between two nights, and neither begins again.
#[test]
fn a_night_that_comes_back_keeps_its_cap() {
    let rules = "windows = [{ from = \"03:30\", to = \"03:30\", each = \"10 min\", price = \"1.00\", cap = \"3.00\" }]";
    check_times(
        rules,
        &[
            ("2026-10-25T03:00+03:00", "2026-10-25T04:00+03:00", 600),
            ("2026-10-25T03:00+03:00", "2026-10-25T04:00+02:00", 600),
        ],
    );
}

#[test]
fn a_flat_price_is_for_who_arrives_in_its_hours() {
    let flat = |ends: &str| {
        format!(
            "turnaround = \"10 min\"\n{HOURLY}
            flats = [{{ from = \"18:00\", to = \"01:00\", price = \"5.00\"{ends} }}]"
        )
    };
    check_times(
        &flat(", until = \"06:00\""),
        &[
            ("2026-03-09 17:59", "2026-03-09 23:59", 1200),
            ("2026-03-09 18:00", "2026-03-09 18:10", 0),
            ("2026-03-09 18:00", "2026-03-09 18:11", 500),
            ("2026-03-09 18:00", "2026-03-10 06:00", 500),
            ("2026-03-09 18:00", "2026-03-10 06:01", 700),
            ("2026-03-10 00:30", "2026-03-10 06:00", 500),
            // No second evening without another arrival.
            ("2026-03-09 18:00", "2026-03-11 06:00", 5300),
        ],
    );
    check_times(
        &flat(", covers = \"2 h\""),
        &[("2026-03-09 18:00", "2026-03-09 20:00", 500), ("2026-03-09 18:00", "2026-03-09 20:01", 700)],
    );
    check_times(&flat(""), &[("2026-03-09 18:00", "2026-03-19 18:00", 500)]);
}

#[test]
fn classes_differ_in_what_they_name() {
    let tariff = shipped("every-part");
    let noon = at("2026-03-10 12:00");
    let price = |class, minutes| priced(&tariff, class, noon, after(noon, minutes));
    for (minutes, expected) in [(10, [0, 0, 0, 0]), (60, [200, 400, 400, 800]), (181, [250, 750, 750, 2400])]
    {
        let prices = VehicleClass::ALL.map(|class| price(class, minutes));
        assert_eq!(prices, expected, "{minutes} minutes");
    }
    let sizes = [Size::Moto, Size::Small, Size::Suv, Size::Van, Size::Taxi].map(VehicleClass::from);
    let (moto, car) = (VehicleClass::Motorcycle, VehicleClass::Car);
    assert_eq!(sizes, [moto, car, car, VehicleClass::Van, car]);
}

#[test]
fn by_the_minute_only_the_sum_is_rounded() {
    check(
        "pro_rata = true\nstep = { each = \"1 h\", price = \"1.00\" }",
        &[(1, 2), (3, 5), (29, 48), (30, 50), (60, 100)],
    );
}

/// Two versions: 2.00 an hour in 2025, 3.00 from 2026 on.
fn two_versions() -> Tariff {
    let text = format!(
        "{}\nlost_ticket = \"20.00\"\nexit_grace = \"10 min\"\n[[versions]]\nversion = \"2026\"\nfrom = \"2026-01-01\"\nstep = {{ each = \"1 h\", price = \"3.00\" }}\nlost_ticket = \"25.00\"",
        tariff_text(HOURLY).replace("2020-01-01", "2025-01-01").replace("\"1\"", "\"2025\"")
    );
    Tariff::parse(&text).expect("a tariff")
}

#[test]
fn a_stay_keeps_the_version_it_began_with() {
    let tariff = two_versions();
    for (from, to, version, price) in [
        ("2025-12-31 23:59:59", "2026-01-01 01:59", "2025", 400),
        ("2026-01-01 00:00", "2026-01-01 02:00", "2026", 600),
        ("2025-12-31 22:00", "2026-01-03 22:00", "2025", 14_400),
    ] {
        let found = tariff.price(VehicleClass::Car, at(from), at(to)).expect("a price");
        assert_eq!((found.version.id.as_str(), found.total.0), (version, price), "{from}");
        assert_eq!(found.catalogue(), format!("T {version}"));
    }
    let paid = Paid { amount: Cents(400), at: at("2026-01-01 00:30") };
    let top_up = tariff.top_up(VehicleClass::Car, at("2025-12-31 22:30"), paid, at("2026-01-01 00:41"));
    assert!(matches!(top_up, Ok(TopUp::Due { due: Cents(200), .. })), "{top_up:?}");
    assert_eq!(tariff.lost_ticket(at("2025-06-01 12:00")), Ok(Some(Cents(2000))));
    assert_eq!(tariff.lost_ticket(at("2026-06-01 12:00")), Ok(Some(Cents(2500))));
}

#[test]
fn the_grace_ends_with_its_last_minute_and_gives_no_money_back() {
    let tariff = tariff(&format!("exit_grace = \"15 min\"\n{HOURLY}"));
    let top_up = |amount, now| {
        let paid = Paid { amount: Cents(amount), at: at("2026-03-09 12:00:30") };
        tariff.top_up(VehicleClass::Car, at("2026-03-09 10:00"), paid, at(now)).expect("an answer")
    };
    let due = |amount, now| match top_up(amount, now) {
        TopUp::Due { due, .. } => Some(due.0),
        TopUp::InGrace => None,
    };
    assert_eq!(due(400, "2026-03-09 12:15:59"), None);
    assert_eq!(due(400, "2026-03-09 12:16:00"), Some(200));
    assert_eq!(due(700, "2026-03-09 12:16:00"), Some(0));
}

#[test]
fn a_stay_without_a_price_says_why() {
    let tariff = two_versions();
    let refused = |from, to| {
        let why = tariff.price(VehicleClass::Car, at(from), at(to)).expect_err("there is none");
        for language in [Language::El, Language::En] {
            assert!(why.sentence(language).ends_with('.'), "{why:?}");
        }
        why
    };
    let backwards = refused("2026-03-09 12:00:10", "2026-03-09 12:00:09");
    assert!(matches!(backwards, NoPrice::LeftBeforeArrival { .. }), "{backwards}");
    let early = refused("2024-12-31 23:59", "2025-01-01 10:00");
    assert!(matches!(early, NoPrice::NoVersion { .. }), "{early}");
    let long = refused("2025-06-01 12:00", "2036-06-01 12:00");
    assert!(matches!(long, NoPrice::TooLong { .. }), "{long}");
    let paid = Paid { amount: Cents(400), at: at("2026-03-09 12:00") };
    let set_back = tariff.top_up(VehicleClass::Car, at("2026-03-09 10:00"), paid, at("2026-03-09 11:50"));
    assert!(matches!(set_back, Err(NoPrice::ClockSetBack { .. })), "{set_back:?}");
}

#[test]
fn a_gap_is_an_error_and_never_a_free_hour() {
    let rules = "windows = [{ from = \"08:00\", to = \"20:00\", each = \"1 h\", price = \"1.00\" }]";
    let open = tariff(rules);
    assert_eq!(cents(&open, "2026-03-09 18:00", "2026-03-09 20:00"), 200);
    let why = open.price(VehicleClass::Car, at("2026-03-09 18:00"), at("2026-03-09 20:01"));
    let Err(NoPrice::Gap { at: gap }) = why else { panic!("{why:?}") };
    assert_eq!(gap.printed(), "09/03/2026 20:00");
    check_times(
        &format!("{rules}\noutside_windows = \"free\""),
        &[
            ("2026-03-09 18:00", "2026-03-10 08:00", 200),
            ("2026-03-09 18:00", "2026-03-10 08:01", 300),
            // In free hours no unit begins: the first one does at eight.
            ("2026-03-10 07:30", "2026-03-10 09:00", 100),
        ],
    );
}

#[test]
fn ten_years_have_a_price_and_no_panic() {
    let rules = "turnaround = \"10 min\"\nwindows = [
        { from = \"00:00\", to = \"24:00\", each = \"1 min\", price = \"1000000.00\" },
    ]";
    let tariff = tariff(rules);
    let from = at("2026-01-01 00:00");
    let minutes = STAY_DAYS_MAX * 1440;
    assert_eq!(priced(&tariff, VehicleClass::Car, from, after(from, minutes)), minutes * 100_000_000);
    let far = tariff.price(VehicleClass::Car, jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    assert!(matches!(far, Err(NoPrice::NoVersion { .. })), "{far:?}");
    let far = tariff.price(VehicleClass::Car, from, jiff::Timestamp::MAX);
    assert!(matches!(far, Err(NoPrice::TooLong { .. })), "{far:?}");
    let last = tariff.price(VehicleClass::Car, jiff::Timestamp::MAX, jiff::Timestamp::MAX).expect("a price");
    assert_eq!(last.total, Cents::ZERO);
}

#[test]
fn the_steps_are_told_in_the_order_of_time() {
    let tariff = shipped("t2");
    let price =
        tariff.price(VehicleClass::Car, at("2026-03-13 20:00"), at("2026-03-14 08:30")).expect("a price");
    let steps: Vec<_> = price.steps.iter().map(|s| (s.rule, s.from, s.to, s.count, s.amount.0)).collect();
    assert_eq!(
        steps,
        [
            (Rule::Window(0), 0, 120, 2, 600),
            (Rule::WindowCap(1), 120, 600, 1, 500),
            (Rule::Window(0), 600, 780, 3, 900),
        ]
    );
    assert_eq!(
        price.sentences(Language::El),
        [
            "Ημέρα, ανά ώρα: 5 × 3,00 = 15,00",
            "Νύχτα, ανώτατη χρέωση: 5,00",
            "Διάρκεια 12 ώρες 30 λεπτά: 20,00",
        ]
    );
    assert_eq!(
        price.sentences(Language::En),
        ["Day, per hour: 5 × 3,00 = 15,00", "Night, maximum: 5,00", "Stay of 12 hours 30 minutes: 20,00",]
    );
}

#[test]
fn every_rule_has_its_words() {
    let words = |name: &str, from, to| {
        let tariff = shipped(name);
        let price = tariff.price(VehicleClass::Car, at(from), at(to)).expect("a price");
        price.sentences(Language::El)
    };
    assert_eq!(
        words("t1-continue", "2026-03-14 09:03:40", "2026-03-14 11:20:10"),
        ["Έως 2 ώρες: 6,00", "Ανά ώρα: 1,50", "Διάρκεια 2 ώρες 17 λεπτά: 7,50",]
    );
    assert_eq!(
        words("t1-restart", "2026-03-14 09:00", "2026-03-16 09:01"),
        ["Ανώτατη χρέωση 24 ωρών: 2 × 14,00 = 28,00", "Έως 1 ώρα: 4,00", "Διάρκεια 2 ημέρες 1 λεπτό: 32,00",]
    );
    assert_eq!(
        words("t1-continue", "2026-03-14 09:00", "2026-03-14 09:10"),
        ["Έως 10 λεπτά: δωρεάν", "Διάρκεια 10 λεπτά: 0,00",]
    );
    assert_eq!(
        words("t5", "2017-09-07 16:50", "2017-09-09 19:15"),
        [
            "Εργάσιμες ώρες, ανά ώρα 1,10, 670 λεπτά: 12,28",
            "Ώρες χωρίς χρέωση",
            "Διάρκεια 2 ημέρες 2 ώρες 25 λεπτά: 12,28",
        ]
    );
    assert_eq!(
        words("every-part", "2026-03-14 20:00", "2026-03-15 06:30"),
        ["Βραδινό, ενιαία τιμή: 7,00", "Έως 1 ώρα: 4,00", "Διάρκεια 10 ώρες 30 λεπτά: 11,00",]
    );
}

#[test]
fn the_lines_are_a_sale() {
    let tariff = shipped("t1-continue");
    let sale_of = |to| {
        let price = tariff.price(VehicleClass::Car, at("2026-03-14 09:03"), at(to)).expect("a price");
        Sale { lines: price.lines(Rate(2400)), discounts: Vec::new(), catalogue: price.catalogue() }
    };
    let sale = sale_of("2026-03-14 13:20");
    let lines: Vec<_> =
        sale.lines.iter().map(|l| (l.name.en.as_str(), l.quantity.0, l.unit_price.0, l.gross().0)).collect();
    assert_eq!(lines, [("Up to 2 hours", 1000, 600, 600), ("Per hour", 3000, 150, 450)]);
    assert_eq!(sale.lines[0].code, "T1");
    assert_eq!((sale.totals().gross, sale.totals().vat_amount()), (Cents(1050), Cents(203)));
    assert_eq!(sale.catalogue, "T1 2020-01");
    assert_eq!(sale_of("2026-03-14 09:13").lines, []);
}
