//! The file: every fault is named with its line, and only what is wrong.

use super::{shipped, tariff, tariff_text};
use tameio::domain::money::Cents;
use tameio::domain::tariff::Tariff;
use tameio::domain::tariff::rules::{BANDS_MAX, WINDOWS_MAX};

fn faults(text: &str) -> Vec<(usize, String)> {
    let faults = Tariff::parse(text).expect_err(text);
    faults.into_iter().map(|fault| (fault.line, fault.what)).collect()
}

/// One fault, on the last line of the rules, whose sentence holds the words.
fn check(rules: &str, words: &[&str]) {
    let text = tariff_text(rules);
    let found = faults(&text);
    assert_eq!(found.len(), 1, "{rules}: {found:?}");
    let (line, what) = &found[0];
    assert_eq!(*line, text.trim_end().lines().count(), "{what}");
    assert!(words.iter().all(|word| what.contains(word)), "{what}");
}

const GOOD: &str = "step = { each = \"1 h\", price = \"2.00\" }";

#[test]
fn durations_are_said_in_words() {
    for (said, minutes) in [
        ("10 min", 10),
        ("1 h 30 min", 90),
        ("2 hours", 120),
        ("7 days", 10_080),
        ("1h30m", 90),
        ("1 week", 10_080),
    ] {
        assert_eq!(tariff(&format!("turnaround = \"{said}\"\n{GOOD}")).versions[0].rules.turnaround, minutes);
    }
    for said in [
        "",
        "10",
        "90 s",
        "1 month",
        "-5 min",
        "1 h 30 s",
        "367 days",
        "1.5 fortnights",
        "9223372036854775807 h",
    ] {
        check(&format!("{GOOD}\nturnaround = \"{said}\""), &["versions.turnaround", "must"]);
    }
    check(&format!("{GOOD}\nturnaround = 10"), &["versions.turnaround must be a text in quotes"]);
    check("step = { each = \"0 min\", price = \"2.00\" }", &["step.each must not be 0"]);
}

#[test]
fn what_is_missing_is_said() {
    check("step = { price = \"2.00\" }", &["versions.step.each is missing"]);
    check("step = { each = \"1 h\" }", &["versions.step.price is missing"]);
    check(&format!("{GOOD}\nbands = [{{ up_to = \"1 h\" }}]"), &["bands.price is missing"]);
    check(
        &format!("{GOOD}\nbands = [{{ price = \"1.00\" }}, {{ up_to = \"1 h\", price = \"1.00\" }}]"),
        &["up_to is missing"],
    );
    check(
        &format!("{GOOD}\nday_cap = {{ price = \"1.00\", day = \"calendar\" }}"),
        &["day_cap.after is missing"],
    );
    check("windows = [{ from = \"06:00\", each = \"1 h\", price = \"1.00\" }]", &["windows.to is missing"]);
    check(&format!("{GOOD}\nflats = [{{ from = \"06:00\", to = \"07:00\" }}]"), &["flats.price is missing"]);
    check(
        "windows = [{ el = \"Νύχτα\", from = \"06:00\", to = \"07:00\", each = \"1 h\", price = \"1.00\" }]",
        &["windows.en is missing"],
    );
    let found = faults("");
    let words: Vec<&str> = found.iter().map(|(_, what)| what.as_str()).collect();
    assert_eq!(words, ["code is missing", "el is missing", "en is missing", "versions is missing"]);
}

#[test]
fn unknown_words_have_a_nearest_known_one() {
    check(&format!("{GOOD}\nturnarond = \"10 min\""), &["turnarond is not a setting", "turnaround"]);
    check("step = { each = \"1 h\", price = \"2.00\", upto = \"1 h\" }", &["step.upto is not a setting"]);
    check(&format!("{GOOD}\nclasses.lory.turnaround = \"1 h\""), &["classes.lory is not a setting", "lorry"]);
    check(&format!("{GOOD}\nunits_at_edges = \"cutted\""), &["must be whole or cut"]);
    check(&format!("{GOOD}\noutside_windows = \"1.00\""), &["must be free"]);
    check(
        &format!("{GOOD}\nday_cap = {{ price = \"1.00\", day = \"day\", after = \"restart\" }}"),
        &["from-arrival or calendar"],
    );
}

#[test]
fn prices_times_days_and_dates_are_checked() {
    check("step = { each = \"1 h\", price = \"2.005\" }", &["is not an amount"]);
    check("step = { each = \"1 h\", price = \"-2.00\" }", &["must not be below zero"]);
    check(&format!("{GOOD}\nlost_ticket = \"20 euro\""), &["is not an amount"]);
    let window = |rest: &str| format!("windows = [{{ {rest}, each = \"1 h\", price = \"1.00\" }}]");
    for time in ["24:00", "6:00", "06:60", "0600", "-1:00", "06:00:00", "+6:00"] {
        check(&window(&format!("from = \"{time}\", to = \"07:00\"")), &["windows.from must be a time"]);
    }
    check(&window("from = \"06:00\", to = \"24:01\""), &["windows.to must be a time"]);
    for day in ["monday", "fri-mon", "mon-", "δευ", "mon-fri-sat"] {
        check(
            &window(&format!("days = [\"{day}\"], from = \"06:00\", to = \"07:00\"")),
            &["days", "mon-fri"],
        );
    }
    check(&window("days = [], from = \"06:00\", to = \"07:00\""), &["must name a day"]);
    for holiday in ["13-01", "02-30", "1-1", "easter1", "easter+71", "easter+", "2026-02-29", "", "christmas"]
    {
        check(&format!("{GOOD}\nholidays = [\"{holiday}\"]"), &["holidays", "easter+1"]);
    }
    let text = tariff_text(GOOD).replace("2020-01-01", "2020-13-01");
    assert!(faults(&text)[0].1.contains("must be a date"), "{text}");
}

#[test]
fn what_cannot_stand_together_is_said() {
    check(
        &format!(
            "{GOOD}\nbands = [{{ up_to = \"2 h\", price = \"1.00\" }}, {{ up_to = \"2 h\", price = \"2.00\" }}]"
        ),
        &["up_to must be longer than in the band before"],
    );
    check(
        &format!(
            "{GOOD}\nflats = [{{ from = \"06:00\", to = \"07:00\", price = \"1.00\", until = \"08:00\", covers = \"1 h\" }}]"
        ),
        &["covers cannot stand with until"],
    );
    check(&format!("{GOOD}\ntolerance = \"1 min\"\npro_rata = true"), &["cannot stand with tolerance"]);
    check(
        "step = { each = \"7 min\", price = \"1.00\" }\npro_rata = true",
        &["units that divide a day", "line 7 has 7 min"],
    );
    let again = format!("[[versions]]\nversion = \"2\"\nfrom = \"2020-01-01\"\n{GOOD}");
    let found = faults(&tariff_text(&format!("{GOOD}\n{again}")));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("begin on one day"), "{found:?}");
}

#[test]
fn every_fault_is_named_not_only_the_first() {
    let text = tariff_text("turnaround = \"x\"\ntolerance = \"y\"\nstep = { each = \"z\", price = \"w\" }");
    let lines: Vec<usize> = faults(&text).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [7, 8, 9, 9]);
}

#[test]
fn lists_end_somewhere() {
    let many = |count: usize, item: &str| vec![item; count].join(", ");
    let window = "{ from = \"06:00\", to = \"07:00\", each = \"1 h\", price = \"1.00\" }";
    check(&format!("{GOOD}\nwindows = [{}]", many(WINDOWS_MAX + 1, window)), &["has 17; at most 16"]);
    assert_eq!(
        tariff(&format!("{GOOD}\nwindows = [{}]", many(WINDOWS_MAX, window))).versions[0].rules.windows.len(),
        16
    );
    let bands: Vec<String> =
        (1..=BANDS_MAX + 1).map(|hour| format!("{{ up_to = \"{hour} h\", price = \"1.00\" }}")).collect();
    check(&format!("{GOOD}\nbands = [{}]", bands.join(", ")), &["has 61; at most 60"]);
}

#[test]
fn a_class_is_as_the_others_but_for_what_it_names() {
    let tariff = shipped("every-part");
    let version = &tariff.versions[0];
    let lorry = &version.classes[&tameio::domain::tariff::VehicleClass::Lorry];
    assert_eq!(lorry.windows, version.rules.windows);
    assert_eq!(lorry.turnaround, 10);
    assert_eq!(lorry.bands, []);
    assert_eq!(lorry.day_cap.expect("a cap").price, Cents(6000));
}

#[test]
fn a_class_may_be_without_what_holds_for_all() {
    let rules = format!("{GOOD}\nday_cap = {{ price = \"9.00\", day = \"calendar\", after = \"continue\" }}");
    let van = |rest: &str| format!("{rules}\n[versions.classes.van]\n{rest}");
    let without = "bands = [{ up_to = \"1 h\", price = \"1.00\" }]\nwithout = [\"step\", \"day_cap\"]";
    let tariff = tariff(&van(without));
    let own = &tariff.versions[0].classes[&tameio::domain::tariff::VehicleClass::Van];
    assert_eq!((own.step, own.day_cap), (None, None));
    check(&van("without = [\"bands\"]"), &["without", "must be step or day_cap"]);
    check(&van("step = { each = \"1 h\", price = \"1.00\" }\nwithout = [\"step\"]"), &["say one of them"]);
    check(&format!("{GOOD}\nwithout = [\"step\"]"), &["without is not a setting"]);
}

#[test]
fn a_version_begins_with_a_day_or_a_minute() {
    let from = |from: &str| tariff_text(GOOD).replace("2020-01-01", from);
    for good in ["2020-01-01", "2020-01-01T14:05", "2026-10-25T03:30+02:00"] {
        assert!(Tariff::parse(&from(good)).is_ok(), "{good}");
    }
    for (bad, word) in [
        ("2020-13-01", "must be a date"),
        ("", "must be a date"),
        ("2020-01-01T14:05:30", "a whole minute"),
        ("2026-10-25T03:30", "twice"),
        ("2026-03-29T03:30", "forward"),
    ] {
        assert!(faults(&from(bad))[0].1.contains(word), "{bad}: {:?}", faults(&from(bad)));
    }
}
