//! The configuration: what ships is right, and every fault of a file is named with its line, not only the first.

use std::fmt::Write;
use std::path::Path;
use tameio::config::lookup::LookUpAt;
use tameio::config::wall::WallShows;
use tameio::config::{Config, ConfigError, Look, RegistryAt, practice_text};
use tameio::domain::measure::Unit;
use tameio::domain::money::{Cents, Rate};
use tameio::domain::settings::Trade;
use tameio::domain::text::Language;

const TRADES: [Trade; 4] = [Trade::Wash, Trade::Parking, Trade::Garage, Trade::Rental];

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let files =
        std::fs::read_dir(folder).expect("the folder ships").map(|entry| entry.expect("a file").path());
    let configs = files.filter(|path| path.extension().is_some_and(|kind| kind == "toml"));
    configs
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("it is readable")))
        .collect()
}

/// The shipped file of a wash with one piece replaced.
fn with(piece: &str, other: &str) -> String {
    let text = practice_text(Trade::Wash);
    assert!(text.contains(piece), "the shipped file has {piece:?}");
    text.replacen(piece, other, 1)
}

fn faults(text: &str) -> Vec<(usize, String)> {
    let faults = Config::parse(text).expect_err("it has faults");
    faults.into_iter().map(|fault| (fault.line, fault.what)).collect()
}

fn line_of(text: &str, piece: &str) -> usize {
    text.lines().position(|line| line.contains(piece)).expect(piece) + 1
}

/// One fault, on the line of the piece put in, whose sentence holds the words.
fn check(piece: &str, other: &str, words: &[&str]) {
    let text = with(piece, other);
    let found = faults(&text);
    assert_eq!(found.len(), 1, "{other:?}: {found:?}");
    let (line, what) = &found[0];
    assert_eq!(*line, line_of(&text, other.lines().last().unwrap_or(other)), "{what}");
    assert!(words.iter().all(|word| what.contains(word)), "{what}");
}

#[test]
fn every_file_that_ships_is_right() {
    let files = shipped();
    assert!(files.len() >= 5, "{files:?}");
    for (path, text) in files {
        let config = Config::parse(&text).unwrap_or_else(|faults| panic!("{path}: {faults:?}"));
        assert!(config.settings.practice, "{path}: what ships never speaks to AADE");
        assert_eq!(config.registry, RegistryAt::Simulated, "{path}");
    }
}

/// Whom an invoice is for is looked up only where the owner says so; practice asks a simulator, and nobody real.
#[test]
fn looking_up_is_simulated_in_practice_and_off_at_work() {
    let look_up = |text: &str| Config::parse(text).expect("it is right");
    let practice = look_up(practice_text(Trade::Wash));
    assert_eq!((practice.look_up.clone(), practice.settings.look_up.on), (LookUpAt::Simulated, true));
    let section = |more: &str| with("[registry]", &format!("[lookup]\n{more}\n[registry]"));
    let elsewhere =
        look_up(&section("endpoint = \"http://127.0.0.1:8082\"\ncredentials = \"codes\"\ndays = 30"));
    let at = Some("http://127.0.0.1:8082".to_owned());
    assert_eq!(elsewhere.look_up, LookUpAt::Service { at, credentials: Some("codes".into()) });
    assert_eq!(elsewhere.settings.look_up.fresh_days, 30);
    let off = look_up(&section("endpoint = \"off\""));
    assert_eq!((off.look_up, off.settings.look_up.on), (LookUpAt::Off, false));
    for (more, words) in [
        ("endpoint = \"production\"", "lookup.endpoint cannot be production in practice"),
        ("endpoint = \"aade\"", "lookup.endpoint must be simulated"),
        ("days = 0", "lookup.days must be between"),
        ("key = \"x\"", "lookup.key is not a setting"),
    ] {
        let found = faults(&section(more));
        assert!(found.len() == 1 && found[0].1.contains(words), "{more}: {found:?}");
    }
}

#[test]
fn issuing_through_mydata_is_off_until_the_owner_says_so() {
    let issuer = "issuer = \"simulated\"";
    check(issuer, "issuer = \"mydata\"", &["mydata.exemption_confirmed", "fiscal machine"]);
    let confirmed = |more: &str| {
        let section = format!("[mydata]\nexemption_confirmed = true\n{more}\n[registry]");
        with(issuer, "issuer = \"mydata\"").replacen("[registry]", &section, 1)
    };
    let config = Config::parse(&confirmed("invoices_until = \"2026-09-30\"")).expect("it is right");
    assert_eq!(config.settings.issuing.invoices_until, Some("2026-09-30".parse().expect("a day")));
    assert_eq!(config.mydata, RegistryAt::Simulated, "with the registry");
    for (more, words) in [
        ("invoices_until = \"soon\"", "mydata.invoices_until must be a day"),
        ("wait_s = 61", "mydata.wait_s must be between"),
        ("voucher_as = 9", "mydata.voucher_as must be between"),
        ("vat_exemption = 0", "mydata.vat_exemption must be between"),
        ("classifications = { FULL = \"goods\" }", "mydata.classifications.FULL must be a category"),
        ("classifications = { FULL = \"category1_9 E3_1\" }", "myDATA has no classification"),
        ("endpoint = \"production\"", "terminal.practice cannot be true"),
    ] {
        let found = faults(&confirmed(more));
        assert!(found.iter().any(|(_, what)| what.contains(words)), "{more}: {found:?}");
    }
}

#[test]
fn what_is_sold_without_a_vehicle_is_read_and_its_faults_are_named() {
    let config = Config::practice(Trade::Wash).expect("practice is good");
    let carpet = config.settings.catalogue.item("CARPET").expect("it is sold");
    assert_eq!((carpet.unit, carpet.price, carpet.minimum), (Unit::SquareMetre, Cents(690), Cents(1_500)));
    assert_eq!((carpet.days, carpet.goods), (7, false));
    assert!(config.settings.catalogue.item("FRESH").expect("it is sold").goods);
    check("unit = \"m2\"", "unit = \"yard\"", &["unit", "piece, m2, kg, hour"]);
    check("minimum = \"15.00\"", "minimum = \"-1\"", &["minimum"]);
    let twice = faults(&with("code = \"FRESH\"", "code = \"DUVET\""));
    assert!(twice.len() == 1 && twice[0].1.contains("items has a code twice"), "{twice:?}");
    let rule = with("[[items]]", "[orders]\nstorage_per_day = \"0.50\"\nstorage_free_days = 10\n\n[[items]]");
    let storage = Config::parse(&rule).expect("it is good").settings.storage;
    assert_eq!((storage.per_day, storage.free_days), (Cents(50), 10));
}

#[test]
fn the_text_and_the_customers_window_are_the_owners_choice() {
    let plain = Config::practice(Trade::Wash).expect("practice is good");
    assert_eq!((plain.text_percent, plain.customer_window.as_deref()), (100, None));
    let language = "language = \"el\"";
    let said = |line: &str| with(language, &format!("{language}\n{line}"));
    assert_eq!(Config::parse(&said("text_percent = 150")).expect("it is good").text_percent, 150);
    check(language, &format!("{language}\ntext_percent = 300"), &["terminal.text_percent"]);
    let customer = Config::parse(&said("customer_window = \"HDMI-1\"\ncustomer_clear_s = 30"));
    let customer = customer.expect("it is good");
    assert_eq!((customer.customer_window.as_deref(), customer.customer_clear_s), (Some("HDMI-1"), 30));
}

#[test]
fn the_board_on_the_wall_is_off_shortens_plates_and_names_its_faults() {
    let plain = Config::practice(Trade::Wash).expect("practice is good").wall;
    assert_eq!((plain.window.as_deref(), plain.plate_chars, plain.turn_s), (None, 4, 10));
    assert_eq!(plain.languages, [Language::El]);
    assert_eq!(plain.shows, [WallShows::Wash, WallShows::Orders]);
    let said = |lines: &str| with("[devices]", &format!("[wall]\n{lines}\n\n[devices]"));
    let wall = |lines: &str| Config::parse(&said(lines)).expect("it is good").wall;
    let both = wall("window = \"HDMI-1\"\nplate_chars = 0\nlanguage = \"both\"\nshows = [\"orders\"]");
    assert_eq!((both.window.as_deref(), both.plate_chars), (Some("HDMI-1"), 0));
    assert_eq!(both.languages, [Language::El, Language::En]);
    assert_eq!(both.shows, [WallShows::Orders]);
    assert_eq!(wall("turn_s = 0").shows, [WallShows::Wash], "the others would never be seen");
    for (lines, words) in [
        ("language = \"fr\"", "wall.language must be one of"),
        ("language = \"both\"\nturn_s = 0", "wall.language cannot be both"),
        ("turn_s = 1", "wall.turn_s must be 0 or at least 3"),
        ("plate_chars = 40", "wall.plate_chars"),
        ("shows = [\"parking\"]", "none of wash, garage, orders"),
        ("shows = [\"garage\"]", "there is no garage here"),
        ("shows = [\"wash\", \"orders\"]\nturn_s = 0", "wall.shows must be one of them"),
    ] {
        let found = faults(&said(lines));
        assert!(found.iter().any(|(_, what)| what.contains(words)), "{lines}: {found:?}");
    }
    let bare = with("bays = 3", "bays = 0").replace("[devices]", "[wall]\nshows = [\"wash\"]\n\n[devices]");
    assert!(faults(&bare).iter().any(|(_, what)| what.contains("a wash needs bays")));
}

#[test]
fn how_the_screen_looks_is_the_owners_choice() {
    assert_eq!(Config::practice(Trade::Wash).expect("practice is good").look, Look::Day);
    let language = "language = \"el\"";
    let look = |word: &str| with(language, &format!("{language}\nlook = \"{word}\""));
    assert_eq!(Config::parse(&look("high-contrast")).expect("it is good").look, Look::HighContrast);
    check(language, &format!("{language}\nlook = \"dusk\""), &["terminal.look", "day, night, high-contrast"]);
}

#[test]
fn practice_knows_every_trade() {
    for trade in TRADES {
        let settings = Config::practice(trade).expect("the shipped file").settings;
        assert_eq!(settings.trade, trade);
        assert!(!settings.operators.is_empty() && settings.practice);
    }
}

#[test]
fn the_price_list_is_read_to_the_cent() {
    let list = Config::practice(Trade::Wash).expect("the shipped file").settings.catalogue;
    assert_eq!(list.vat, Rate(2_400));
    let prices: Vec<Vec<i64>> = list
        .packages
        .iter()
        .map(|package| package.prices.values().map(|Cents(price)| *price).collect())
        .collect();
    assert_eq!(
        prices,
        [
            vec![600, 800, 1_000, 1_200],
            vec![1_300, 1_600, 2_000],
            vec![2_200, 2_600, 3_000],
            vec![7_000, 8_500, 10_000],
        ]
    );
    let extras: Vec<i64> = list.extras.iter().map(|extra| extra.price.0).collect();
    assert_eq!(extras, [500, 200, 1_200, 600, 150]);
}

#[test]
fn a_fault_is_named_with_its_line() {
    check("name = \"7K3Q\"", "name = \"7k3q\"", &["terminal.name", "7K3Q"]);
    check("trade = \"wash\"", "trade = \"bakery\"", &["terminal.trade", "wash, parking, garage, rental"]);
    check("afm = \"999999993\"", "afm = \"999999990\"", &["business.afm", "check digit"]);
    check("afm = \"999999993\"", "afm = 999999993", &["business.afm", "text in quotes"]);
    check("issuer = \"simulated\"", "issuer = \"fim\"", &["documents.issuer", "typed-fim"]);
    check("series = \"A\"", "series = \"α\"", &["documents.series", "Latin capitals"]);
    check("series = \"A\"", "series = \"\"", &["documents.series", "empty"]);
    check("mixed = true", "mixed = \"yes\"", &["registry.mixed", "true or false"]);
    check("branch = 0", "branch = -1", &["terminal.branch", "between 0 and 9999"]);
    check("branch = 0", "branch = 99999999999999999999", &["terminal.branch"]);
    check("vat = \"24\"", "vat = \"240\"", &["prices.vat", "0 to 100"]);
    check("small = \"8.00\"", "small = \"8.000\"", &["packages.small", "euro and cents"]);
    check("small = \"8.00\"", "small = \"-8.00\"", &["packages.small", "below zero"]);
    check("price = \"5.00\"", "price = 5.00", &["extras.price", "text in quotes"]);
    check("own_vehicles = [\"ΖΜΥ-2210\"]", "own_vehicles = [\"-\"]", &["own_vehicles", "letters or digits"]);
    check("printer = \"sim:\"", "printer = \"lpt1\"", &["devices.printer"]);
    check("scanner = \"wedge:\"", "scanner = \"sim\"", &["devices.scanner", "serial:"]);
    check("scanner = \"wedge:\"", "scanner = { exit = \"com1\" }", &["devices.scanner.exit", "serial:"]);
    check(
        "printer = \"sim:\"",
        "barrier = { \"no word\" = \"sim:\" }",
        &["devices.barrier.no word", "a word"],
    );
    check("printer = \"sim:\"", "scale = { a = \"sim:\" }", &["devices.scale.a", "only one of this kind"]);
    check(
        "printer = \"sim:\"",
        "scales = \"sim:\"",
        &["devices.scales is not a setting", "did you mean scale?"],
    );
    check("role = \"chief\"", "role = \"boss\"", &["operators.role", "cashier, chief, manager, owner"]);
    check("taxi = \"10\"", "taxi = \"ten\"", &["prices.size_discounts.taxi", "per cent"]);
}

#[test]
fn an_unknown_key_is_answered_with_the_nearest_known_one() {
    check("branch = 0", "brnach = 0", &["terminal.brnach is not a setting", "did you mean branch?"]);
    check("mixed = true", "mixd = true", &["registry.mixd is not a setting", "did you mean mixed?"]);
    check("phone = \"210 0000000\"", "phon = \"210\"", &["business.phon", "did you mean phone?"]);
    check("branch = 0", "branch = 0\nxyzzy = 1", &["terminal.xyzzy is not a setting"]);
    let (_, what) = &faults(&with("branch = 0", "branch = 0\nxyzzy = 1"))[0];
    assert!(!what.contains("did you mean"), "nothing is near: {what}");
}

#[test]
fn all_faults_are_found_at_once_in_the_order_of_the_file() {
    let text = with("name = \"7K3Q\"", "name = \"7\"")
        .replacen("afm = \"999999993\"", "afm = \"1\"", 1)
        .replacen("vat = \"24\"", "vta = \"24\"", 1)
        .replacen("minutes = 10", "minutes = \"ten\"", 1);
    let found = faults(&text);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert!(lines.is_sorted(), "{found:?}");
    for piece in ["name = \"7\"", "afm = \"1\"", "vta = \"24\"", "minutes = \"ten\""] {
        assert!(lines.contains(&line_of(&text, piece)), "{piece}: {found:?}");
    }
    assert!(found.iter().any(|(_, what)| what == "prices.vat is missing"), "{found:?}");
}

#[test]
fn a_missing_section_is_named() {
    let found = faults("");
    for what in
        ["terminal.name", "business.afm", "documents.series", "registry.endpoint", "operators", "prices.vat"]
    {
        assert!(found.iter().any(|(_, fault)| *fault == format!("{what} is missing")), "{what}: {found:?}");
    }
}

#[test]
fn two_people_cannot_share_an_id() {
    let found = faults(&with("id = \"B\"", "id = \"A\""));
    assert!(found.iter().any(|(_, what)| what.contains("operators has an id twice")), "{found:?}");
}

#[test]
fn practice_never_speaks_to_the_authority_and_work_never_invents() {
    let production = "endpoint = \"production\"\ncredentials = \"/etc/tameio/aade\"";
    let simulated = "endpoint = \"simulated\"";
    for (text, words) in [
        (with(simulated, production), "cannot be true with registry.endpoint"),
        (with("practice = true", "practice = false"), "it invents document numbers"),
        (with("practice = true", "practice = false"), "nothing reaches AADE"),
        (with(simulated, "endpoint = \"test\""), "registry.credentials is missing"),
        (with(simulated, "endpoint = \"ftp://x\""), "must be simulated, test, production"),
    ] {
        let found = faults(&text);
        assert!(found.iter().any(|(_, what)| what.contains(words)), "{words}: {found:?}");
    }
    let printer = "printer = \"sim:\"";
    let unprinted = with("practice = true", "practice = false");
    assert!(faults(&unprinted).iter().any(|(_, what)| what.contains("devices.printer: a simulated device")));
    let cameras = unprinted.lines().filter(|line| !line.starts_with("camera = \"sim:"));
    let work = cameras
        .collect::<Vec<_>>()
        .join("\n")
        .replacen(printer, "printer = \"tcp://192.168.1.50\"", 1)
        .replacen("display = \"sim:\"\n", "", 1)
        .replacen("issuer = \"simulated\"", "issuer = \"typed-fim\"", 1)
        .replacen(simulated, production, 1);
    assert!(!Config::parse(&work).expect("a shop at work").settings.practice);
}

#[test]
fn text_that_is_no_toml_is_named_with_its_line() {
    let found = faults(&with("branch = 0", "branch = = 0"));
    assert!(found.iter().any(|(line, _)| *line == 8), "{found:?}");
    for text in ["[", "\u{0}", "[[[", "a = \"\n", "= 1", "\u{FEFF}\u{FEFF}", "[terminal]\nname = '''"] {
        assert!(!faults(text).is_empty(), "{text:?}");
    }
}

#[test]
fn a_section_of_the_wrong_kind_is_a_fault() {
    for (text, words) in [
        ("terminal = 3", "terminal must be a section"),
        ("operators = \"A\"", "operators must be a list of sections"),
        ("operators = [1]", "operators must be a section"),
        ("[terminal]\nown_vehicles = \"x\"", "must be a list of texts"),
    ] {
        let found = faults(text);
        assert!(found.iter().any(|(_, what)| what.contains(words)), "{text:?}: {found:?}");
    }
}

#[test]
fn an_error_lists_every_fault_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.toml");
    std::fs::write(&path, with("name = \"7K3Q\"", "name = \"7\"").replacen("vat = \"24\"", "vat = \"x\"", 1))
        .expect("it is written");
    let ConfigError::Faults(_, faults) = Config::load(&path).expect_err("it has faults") else {
        panic!("not read")
    };
    let mut expected = format!("the configuration {} has {} faults to mend:", path.display(), faults.len());
    for fault in &faults {
        write!(expected, "\n  line {}: {}", fault.line, fault.what).expect("it is text");
    }
    assert_eq!(Config::load(&path).expect_err("it has faults").to_string(), expected);
    let missing = Config::load(&folder.path().join("none.toml")).expect_err("there is none").to_string();
    assert!(missing.contains("none.toml cannot be read"), "{missing}");
}

proptest::proptest! {
    /// Files are written by people: any one piece of a good file replaced by anything is a fault or a configuration.
    #[test]
    fn no_file_makes_it_panic(from in 0usize..2_000, length in 0usize..60, other in "\\PC{0,20}|[\\[\\]=\"'{}.,\n#]{0,10}") {
        let text: Vec<char> = practice_text(Trade::Wash).chars().collect();
        let (from, to) = (from.min(text.len()), (from + length).min(text.len()));
        let broken: String = text[..from].iter().copied().chain(other.chars()).chain(text[to..].iter().copied()).collect();
        if let Err(faults) = Config::parse(&broken) {
            proptest::prop_assert!(!faults.is_empty());
            proptest::prop_assert!(faults.iter().all(|fault| fault.line <= broken.lines().count() + 1));
        }
    }
}
