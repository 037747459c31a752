//! The checker tells what is wrong with a tariff, where, and with a stay that shows it.

use super::{after, at, folder, tariff, tariff_text};
use tameio::domain::money::Cents;
use tameio::domain::tariff::check::{Finding, What};
use tameio::domain::tariff::{Tariff, VehicleClass};
use tameio::domain::text::Language;

const STEP: &str = "step = { each = \"1 h\", price = \"2.00\" }";

fn findings(rules: &str) -> Vec<Finding> {
    checked(&tariff(rules))
}

/// What is found. The example of each is a stay that can be tried: it has the price that is told.
fn checked(tariff: &Tariff) -> Vec<Finding> {
    let findings = tariff.check();
    for finding in &findings {
        let left = after(finding.example.arrived, finding.example.minutes.into());
        let price = tariff.price(finding.class, finding.example.arrived, left);
        assert_eq!(price.ok().map(|price| price.total), finding.example.price, "{finding:?}");
        assert_eq!(finding.what == What::Gap, finding.example.price.is_none(), "{finding:?}");
        for language in [Language::El, Language::En] {
            assert!(finding.sentence(language).contains(&finding.part), "{finding:?}");
        }
    }
    findings
}

/// The one finding, on the line that holds `piece`.
fn one(rules: &str, part: &str, piece: &str) -> Finding {
    let mut findings = findings(rules);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = findings.remove(0);
    let text = tariff_text(rules);
    let line = text.lines().position(|line| line.contains(piece)).expect(piece) + 1;
    assert_eq!((finding.part.as_str(), finding.line), (part, line), "{finding:?}");
    finding
}

#[test]
fn what_ships_is_right() {
    let files = std::fs::read_dir(folder()).expect("the folder ships");
    let files: Vec<_> = files.map(|file| file.expect("an entry").path()).collect();
    assert!(files.len() >= 7, "{files:?}");
    for file in files {
        let tariff = Tariff::load(&file).expect("it is right");
        assert_eq!(checked(&tariff), [], "{}", file.display());
    }
}

#[test]
fn a_gap_after_the_last_band() {
    let found = one("bands = [{ up_to = \"2 h\", price = \"4.00\" }]", "bands[1]", "bands");
    assert_eq!((found.what, found.example.minutes), (What::Gap, 121));
}

#[test]
fn a_gap_between_windows() {
    let rules = "tolerance = \"3 min\"
bands = [{ up_to = \"30 min\", price = \"1.00\" }]
windows = [
  { from = \"06:00\", to = \"21:50\", each = \"1 h\", price = \"1.00\" },
  { from = \"22:00\", to = \"06:00\", each = \"1 h\", price = \"1.00\" },
]";
    let found = one(rules, "windows", "21:50");
    assert_eq!(found.what, What::Gap);
    // After the band a unit would begin at ten to ten.
    assert_eq!(found.example.minutes, 30 + 1 + 3);
    let clock = tameio::domain::time::Stamp::new(found.example.arrived).clock();
    assert_eq!(clock, "21:20");
}

#[test]
fn gaps_of_a_night_are_told_once_and_those_of_two_hours_apart() {
    let window = |from: &str, to: &str| {
        format!("{{ from = \"{from}\", to = \"{to}\", each = \"1 h\", price = \"1.00\" }}")
    };
    let night = findings(&format!("windows = [{}]", window("08:00", "20:00")));
    assert_eq!(night.len(), 1, "{night:?}");
    let two = findings(&format!("windows = [{}, {}]", window("08:00", "12:00"), window("14:00", "20:00")));
    assert_eq!(two.len(), 2, "{two:?}");
}

#[test]
fn no_price_at_all() {
    let found = one("", "versions", "[[versions]]");
    assert_eq!((found.what, found.example.minutes), (What::Gap, 1));
}

#[test]
fn bands_that_fall() {
    let rules = format!(
        "tolerance = \"2 min\"\nbands = [\n{{ up_to = \"1 h\", price = \"4.00\" }},\n{{ up_to = \"2 h\", price = \"3.50\" }},\n]\n{STEP}"
    );
    let found = one(&rules, "bands[2]", "3.50");
    assert_eq!(found.what, What::Falls { shorter: 62, was: Cents(400) });
    assert_eq!((found.example.minutes, found.example.price), (63, Some(Cents(350))));
    // Where the day's cap hides the fall, no stay shows it.
    let hidden =
        format!("{rules}\nday_cap = {{ price = \"3.00\", day = \"calendar\", after = \"continue\" }}");
    assert_eq!(findings(&hidden), []);
}

#[test]
fn a_band_within_the_turnaround() {
    let bands =
        "bands = [\n{ up_to = \"10 min\", price = \"1.00\" },\n{ up_to = \"2 h\", price = \"3.00\" },\n]";
    let found = one(&format!("turnaround = \"15 min\"\n{bands}\n{STEP}"), "bands[1]", "1.00");
    assert_eq!((found.what, found.example.price), (What::UnderTurnaround, Some(Cents::ZERO)));
}

#[test]
fn bands_that_a_day_never_gets_to() {
    let rules =
        "bands = [\n{ up_to = \"24 h\", price = \"4.00\" },\n{ up_to = \"48 h\", price = \"6.00\" },\n]
step = { each = \"1 h\", price = \"1.00\" }
day_cap = { price = \"3.00\", day = \"from-arrival\", after = \"restart\" }";
    let found: Vec<_> = findings(rules).into_iter().map(|f| (f.part, f.what)).collect();
    let never = |part: &str| (part.to_owned(), What::NeverBegins);
    assert_eq!(found, [never("bands[2]"), never("step")]);
}

#[test]
fn a_window_that_others_leave_nothing() {
    let window = |days: &str, from: &str, to: &str, price: &str| {
        format!("{{ {days} from = \"{from}\", to = \"{to}\", each = \"1 h\", price = \"{price}\" }}")
    };
    let rules = format!(
        "windows = [\n{},\n{},\n{},\n]",
        window("", "08:00", "16:00", "1.00"),
        window("", "16:00", "08:00", "2.00"),
        window("", "09:00", "17:00", "3.00"),
    );
    assert_eq!(one(&rules, "windows[3]", "3.00").what, What::NeverBegins);
    let rules =
        format!("windows = [\n{}\n]\n{STEP}", window("days = [\"holiday\"],", "08:00", "16:00", "1.00"));
    assert_eq!(one(&rules, "windows[1]", "1.00").what, What::NeverBegins);
    assert_eq!(findings(&format!("holidays = [\"2031-05-05\"]\n{rules}")), []);
}

#[test]
fn a_step_where_windows_are_always() {
    let rules = format!(
        "windows = [{{ from = \"08:00\", to = \"08:00\", each = \"1 h\", price = \"1.00\" }}]\n{STEP}"
    );
    assert_eq!(one(&rules, "step", "2.00").what, What::NeverBegins);
}

#[test]
fn a_flat_price_behind_another() {
    let rules = format!(
        "{STEP}\nflats = [\n{{ from = \"18:00\", to = \"24:00\", price = \"5.00\" }},\n{{ days = [\"fri\"], from = \"19:00\", to = \"23:00\", price = \"6.00\" }},\n]"
    );
    assert_eq!(one(&rules, "flats[2]", "6.00").what, What::NeverBegins);
}

#[test]
fn caps_that_nothing_reaches() {
    let cap = |price: &str| {
        format!("{STEP}\nday_cap = {{ price = \"{price}\", day = \"from-arrival\", after = \"continue\" }}")
    };
    let found = one(&cap("48.00"), "day_cap", "day_cap");
    assert_eq!(found.what, What::NeverReached { dearest: Cents(4800) });
    assert_eq!(findings(&cap("47.99")), []);
    let night = |cap: &str| {
        format!(
            "{STEP}\nwindows = [{{ from = \"22:00\", to = \"06:00\", each = \"50 min\", price = \"1.00\", cap = \"{cap}\" }}]"
        )
    };
    // Ten units begin in eight hours, whenever the first does.
    let found = one(&night("10.00"), "windows[1].cap", "windows");
    assert_eq!(found.what, What::NeverReached { dearest: Cents(1000) });
    assert_eq!(findings(&night("9.99")), []);
}

/// The dearest day begins at no edge: two units begin in the twenty minutes only for who came six minutes after midnight,
/// or another seven.
#[test]
fn a_cap_that_only_odd_minutes_reach() {
    let rules = |cap: &str| {
        format!(
            "step = {{ each = \"7 min\", price = \"0.10\" }}
windows = [{{ from = \"12:00\", to = \"12:20\", each = \"19 min\", price = \"1.00\" }}]
day_cap = {{ price = \"{cap}\", day = \"calendar\", after = \"restart\" }}"
        )
    };
    assert_eq!(findings(&rules("21.99")), []);
    let found = one(&rules("22.00"), "day_cap", "day_cap");
    assert_eq!(found.what, What::NeverReached { dearest: Cents(2200) });
}

#[test]
fn what_classes_share_is_told_once_and_what_acts_for_one_acts() {
    let shared = format!(
        "bands = [{{ up_to = \"1 h\", price = \"4.00\" }}, {{ up_to = \"2 h\", price = \"3.00\" }}]\n{STEP}"
    );
    let apart = "[versions.classes.lorry]\nstep = { each = \"1 h\", price = \"9.00\" }";
    assert_eq!(findings(&format!("{shared}\n{apart}")).len(), 1);
    // The step is for lorries alone.
    let windows = "windows = [{ from = \"00:00\", to = \"24:00\", each = \"1 h\", price = \"1.00\" }]";
    assert_eq!(findings(&format!("{windows}\n{STEP}\n[versions.classes.lorry]\nwindows = []")), []);
    // A gap of one class alone says for which.
    let gap = findings(&format!("{windows}\n[versions.classes.van]\nwindows = []"));
    assert_eq!(gap.len(), 1, "{gap:?}");
    assert_eq!((gap[0].class, gap[0].what), (VehicleClass::Van, What::Gap));
}

#[test]
fn rules_for_all_that_are_for_nobody() {
    let own = VehicleClass::ALL.map(|class| {
        format!("[versions.classes.{}]\nstep = {{ each = \"1 h\", price = \"9.00\" }}\n", class.code())
    });
    let found = one(&format!("{STEP}\n{}", own.concat()), "step", "2.00");
    assert_eq!(found.what, What::NeverBegins);
}

#[test]
fn each_version_is_checked_while_it_holds() {
    let text = tariff_text("bands = [{ up_to = \"1 h\", price = \"4.00\" }]");
    let text = format!("{text}\n[[versions]]\nversion = \"2\"\nfrom = \"2020-01-02\"\n{STEP}");
    let tariff = Tariff::parse(&text).expect("a tariff");
    let found = checked(&tariff);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].version, "1");
    assert!(found[0].example.arrived < at("2020-01-02 00:00"));
}
