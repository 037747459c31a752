//! The configuration: one TOML file, checked as a whole before anything starts. What is decided is
//! [`crate::domain::settings`]; here are the words of the file, and the addresses of devices and services.
//!
//! | file | what it holds |
//! |---|---|
//! | `devices` | the addresses of devices |
//! | [`tariff`] | the tariff's file of a car park |
//! | `parking` | how a car park works |
//! | `issuing` | what documents say that are told over the network |
//! | `mydata` | issuing documents through myDATA |
//! | [`lookup`] | looking up whom an invoice is for |
//! | [`provider`] | … through a certified provider |
//! | `items` | what is sold without a vehicle |
//! | `packs` | packs of washes and memberships |
//! | [`wall`] | the board on the wall |
//! | [`reader`] | reading a file so that every fault is named with its line |
//! | `../../config/` | the files that ship: every setting explained, and one per trade |

mod accounts;
mod devices;
mod issuing;
mod items;
mod lease;
pub mod lookup;
mod mydata;
mod packs;
mod parking;
pub mod provider;
pub mod reader;
mod rental;
pub mod tariff;
pub mod wall;

use crate::aade::transport::Endpoint;
use crate::device::Configured;
use crate::domain::catalogue::{Catalogue, Extra, Package, Size};
use crate::domain::customer::TaxNumber;
use crate::domain::ids::TerminalId;
use crate::domain::money::{Cents, Rate};
use crate::domain::operator::{Operator, OperatorId, Role};
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::reminder::ReminderRules;
use crate::domain::sale::PriceBasis;
use crate::domain::settings::{
    Business, Establishment, GarageRules, IssuerKind, LongStay, PlateAlphabet, PlateRules, RegistryRules,
    Settings, Trade,
};
use crate::domain::text::{Language, Name, Text};
use crate::domain::work::PartsOfBoth;
use lookup::LookUpAt;
use parking::Tariffs;
use provider::ProviderSite;
use reader::{Fault, Listed, Section};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wall::Wall;

/// The words on every paper that is not a tax document, unless the file says others.
const NOTICE: &str = "ΠΛΗΡΟΦΟΡΙΑΚΟ ΕΝΤΥΠΟ · ΔΕΝ ΑΠΟΤΕΛΕΙ ΝΟΜΙΜΗ ΦΟΡΟΛΟΓΙΚΗ ΑΠΟΔΕΙΞΗ Ή ΤΙΜΟΛΟΓΙΟ — INFORMATION ONLY, NOT A LEGAL RECEIPT";

/// A count may differ by so much, unless the file says another sum.
const VARIANCE_MAX: Cents = Cents(200);

/// Where the registry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistryAt {
    /// A simulator in this process, on loopback; practice.
    Simulated,
    /// A real service, or a simulator elsewhere.
    Service(Endpoint),
}

/// Everything the file decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// What the loop may know.
    pub settings: Settings,
    /// Where the database is; without it, the user's data folder.
    pub data: Option<PathBuf>,
    /// Where the registry is.
    pub registry: RegistryAt,
    /// Where myDATA is: with the registry, unless the file says otherwise.
    pub mydata: RegistryAt,
    /// Where tax numbers are looked up.
    pub look_up: LookUpAt,
    /// The file with AADE's user and key.
    pub credentials: Option<PathBuf>,
    /// Where the certified provider is, where one is named.
    pub provider: Option<ProviderSite>,
    /// The devices, each with its address.
    pub devices: Configured,
    /// Days the recorded inputs are kept; 0 records nothing.
    pub record_days: u16,
    /// How the screen looks at start.
    pub look: Look,
    /// Where the window that faces the customer goes, where there is one: `window`, or the name of a display.
    pub customer_window: Option<String>,
    /// Seconds after which what a sale leaves there is gone.
    pub customer_clear_s: u32,
    /// The board on the wall.
    pub wall: Wall,
    /// How large its text is at start, in percent: 100 to 150.
    pub text_percent: u16,
}

/// How the screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// For a lit shop.
    #[default]
    Day,
    /// For a booth at night.
    Night,
    /// For the sun on the panel, or weak eyes.
    HighContrast,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration {0} cannot be read: check the path and its permissions")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// It has faults.
    #[error("{}", Listed("configuration", .0, .1))]
    Faults(PathBuf, Vec<Fault>),
}

/// The configuration practice starts with, for a trade.
pub const fn practice_text(trade: Trade) -> &'static str {
    match trade {
        Trade::Wash => include_str!("../../config/wash.toml"),
        Trade::Parking => include_str!("../../config/parking.toml"),
        Trade::Garage => include_str!("../../config/garage.toml"),
        Trade::Rental => include_str!("../../config/rental.toml"),
    }
}

impl Config {
    /// Practice: simulated devices and a simulated registry.
    ///
    /// # Errors
    /// When the shipped file has a fault, which a test rules out.
    pub fn practice(trade: Trade) -> Result<Self, ConfigError> {
        Self::shipped(practice_text(trade))
    }

    /// Practice at a site of every trade: wash and car park, a garage and a rental desk at one terminal.
    ///
    /// # Errors
    /// When the shipped file has a fault, which a test rules out.
    pub fn practice_of_every_trade() -> Result<Self, ConfigError> {
        Self::shipped(include_str!("../../config/mixed.toml"))
    }

    fn shipped(text: &str) -> Result<Self, ConfigError> {
        Self::parse(text).map_err(|faults| ConfigError::Faults(PathBuf::from("(practice)"), faults))
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable(path.to_owned(), e))?;
        let beside = Tariffs::beside(path);
        Self::parse_with(&text, &beside).map_err(|faults| ConfigError::Faults(path.to_owned(), faults))
    }

    /// Checks the text of a file that names no other file but those that ship.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        Self::parse_with(text, &Tariffs::Shipped)
    }

    fn parse_with(text: &str, tariffs: &Tariffs) -> Result<Self, Vec<Fault>> {
        let (config, found) = reader::read(text, |root| read(root, tariffs));
        config.filter(|_| found.is_empty()).ok_or(found)
    }
}

fn read(root: &Section<'_, '_>, tariffs: &Tariffs) -> Option<Config> {
    let terminal = root.section("terminal");
    let documents = root.section("documents");
    let registry = root.section("registry");
    let business = business(&root.section("business"));
    let catalogue = catalogue(root);
    let operators = operators(root);
    let name = terminal_name(&terminal);
    let also = root.sections("also").iter().filter_map(establishment).collect();
    let trade = choice(&terminal, "trade", &TRADES);
    let practice = terminal.flag("practice", false);
    let issuer = choice(&documents, "issuer", &ISSUERS);
    let at = registry_at(&registry);
    let mydata = root.section("mydata");
    let (told_by_us, mydata_at) = mydata::read(&mydata, &documents, issuer, at.as_ref());
    let provider = root.section("provider");
    let handed = provider::read(&provider, &documents, issuer, practice);
    if let (Some(at), Some(mydata_at), Some(issuer)) = (&at, &mydata_at, issuer) {
        check_practice(practice, [at, mydata_at], issuer, &terminal);
    }
    // Everything is asked for before anything missing ends the reading: a key nobody asked for counts as unknown.
    let data = terminal.optional_text("data").map(PathBuf::from);
    let variance_max = terminal.parsed("count_may_differ", price).unwrap_or(VARIANCE_MAX);
    let look = optional_choice(&terminal, "look", &LOOKS).unwrap_or_default();
    let text_percent = u16::try_from(terminal.number("text_percent", 100..=150, 100)).unwrap_or(100);
    let customer_window = terminal.optional_text("customer_window").filter(|place| !place.is_empty());
    let customer_clear_s = u32::try_from(terminal.number("customer_clear_s", 5..=600, 20)).unwrap_or(20);
    let record_days = u16::try_from(terminal.number("record_inputs_days", 0..=365, 7)).unwrap_or(7);
    let credentials = registry.optional_text("credentials").map(PathBuf::from);
    let wash = root.section("wash");
    let bays = u8::try_from(wash.number("bays", 0..=40, 0)).unwrap_or_default();
    let wall = root.section("wall");
    let said_of_wall = wall::read(&wall);
    let redo_within_h = u16::try_from(wash.number("redo_within_h", 0..=8_760, 48)).unwrap_or(48);
    let (look_up, look_up_at) = lookup::read(&root.section("lookup"), practice);
    let packs = packs::read(root, &wash, &catalogue);
    let storage = items::storage(&root.section("orders"));
    let devices = devices::read(&root.section("devices"), practice);
    let series = series(&documents);
    let settings = Settings {
        practice,
        business,
        branch: u32::try_from(terminal.number("branch", 0..=9_999, 0)).unwrap_or_default(),
        language: optional_choice(&terminal, "language", &LANGUAGES).unwrap_or_default(),
        own_vehicles: own_vehicles(&terminal),
        catalogue,
        operators,
        credit_series: credit_series(&documents, &series),
        series,
        look_up,
        notice: Text::new(&documents.optional_text("notice").unwrap_or_else(|| NOTICE.to_owned())),
        registry: rules(&registry),
        garage: garage(&root.section("garage")),
        rental: rental::read(root),
        accounts: accounts::read(root),
        ticket_at_arrival: documents.flag("ticket_at_arrival", false),
        deposits: documents.flag("deposits", true),
        disk_free_min_bytes: u64::try_from(terminal.number("disk_free_min_mib", 0..=1_000_000, 200))
            .unwrap_or(200)
            * 1024
            * 1024,
        variance_max,
        ticket_key: None,
        parking: parking::read(&root.section("parking"), &root.sections("plans"), tariffs, &devices),
        plates: plate_rules(&root.section("plates")),
        storage,
        packs,
        bays,
        redo_within_h,
        pins: terminal.flag("pins", !practice),
        lock_after_s: u32::try_from(terminal.number("lock_after_s", 0..=86_400, 0)).unwrap_or_default(),
        terminal: name?,
        trade: trade?,
        also,
        issuer: issuer?,
        issuing: if issuer == Some(IssuerKind::Provider) { handed.issuing } else { told_by_us },
        provider: handed.rules,
    };
    mydata::check(&mydata, &settings);
    provider::check(&provider, &settings);
    let wall = said_of_wall.with(&settings, &wall);
    Some(Config {
        settings,
        data,
        registry: at?,
        mydata: mydata_at?,
        look_up: look_up_at,
        credentials,
        provider: handed.site,
        devices,
        record_days,
        look,
        text_percent,
        customer_window,
        customer_clear_s,
        wall,
    })
}

fn terminal_name(section: &Section<'_, '_>) -> Option<TerminalId> {
    let typed = section.text("name");
    if typed.is_empty() {
        return None;
    }
    TerminalId::try_from(typed).map_err(|bad| section.note("name", format!(": {bad}"))).ok()
}

fn establishment(section: &Section<'_, '_>) -> Option<Establishment> {
    let trade = choice(section, "trade", &TRADES);
    let branch = u32::try_from(section.number("branch", 0..=9_999, 0)).unwrap_or_default();
    Some(Establishment { trade: trade?, branch })
}

const TRADES: [(&str, Trade); 4] = [
    ("wash", Trade::Wash),
    ("parking", Trade::Parking),
    ("garage", Trade::Garage),
    ("rental", Trade::Rental),
];
const LOOKS: [(&str, Look); 3] =
    [("day", Look::Day), ("night", Look::Night), ("high-contrast", Look::HighContrast)];
const LANGUAGES: [(&str, Language); 2] = [("el", Language::El), ("en", Language::En)];
const ISSUERS: [(&str, IssuerKind); 5] = [
    ("provider", IssuerKind::Provider),
    ("mydata", IssuerKind::MyData),
    ("typed-fim", IssuerKind::TypedFim),
    ("typed-mark", IssuerKind::TypedMark),
    ("simulated", IssuerKind::Simulated),
];
const PARTS_OF_BOTH: [(&str, PartsOfBoth); 2] =
    [("with-parts", PartsOfBoth::WithParts), ("in-words", PartsOfBoth::InWords)];
const ALPHABETS: [(&str, PlateAlphabet); 2] =
    [("greek", PlateAlphabet::Greek), ("latin", PlateAlphabet::Latin)];
const ROLES: [(&str, Role); 4] =
    [("cashier", Role::Cashier), ("chief", Role::Chief), ("manager", Role::Manager), ("owner", Role::Owner)];

fn choice<T: Copy>(section: &Section<'_, '_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
    if !section.has(key) {
        // Asked all the same, so that it counts as a known key.
        section.text(key);
        return None;
    }
    optional_choice(section, key, choices)
}

fn optional_choice<T: Copy>(section: &Section<'_, '_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
    section.parsed(key, |text| {
        choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            format!("must be one of {}", words.join(", "))
        })
    })
}

fn business(section: &Section<'_, '_>) -> Business {
    let optional = |key| Text::new(&section.optional_text(key).unwrap_or_default());
    Business {
        name: Text::new(&section.text("name")),
        afm: afm(section),
        activity: optional("activity"),
        address: Text::new(&section.text("address")),
        doy: optional("doy"),
        gemi: optional("gemi"),
        phone: optional("phone"),
    }
}

/// An absent one has its fault already.
fn afm(section: &Section<'_, '_>) -> String {
    let typed = section.text("afm");
    match TaxNumber::parse("GR", &typed) {
        Ok(number) => return number.number,
        Err(bad) if !typed.is_empty() => section.note("afm", format!(": {bad}")),
        Err(_) => {}
    }
    typed
}

fn operators(root: &Section<'_, '_>) -> Vec<Operator> {
    let operators: Vec<Operator> = root
        .sections("operators")
        .iter()
        .filter_map(|section| {
            let role = choice(section, "role", &ROLES);
            let (id, name) = (OperatorId(section.text("id")), Text::new(&section.text("name")));
            Some(Operator { id, name, role: role? })
        })
        .collect();
    if operators.is_empty() {
        root.missing("operators");
    }
    let mut ids: Vec<&OperatorId> = operators.iter().map(|operator| &operator.id).collect();
    ids.sort();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        root.note("operators", "has an id twice");
    }
    operators
}

fn catalogue(root: &Section<'_, '_>) -> Catalogue {
    let prices = root.section("prices");
    let discounts = prices.section("size_discounts");
    let discount = |(size, rate): (String, String)| match (Size::from_code(&size), percent(&rate)) {
        (Some(size), Ok(rate)) => Some((size, rate)),
        _ => {
            discounts.note(&size, format!("must be a size ({}) with per cent like \"10\"", sizes()));
            None
        }
    };
    Catalogue {
        version: prices.text("version"),
        vat: if prices.has("vat") {
            prices.parsed("vat", percent).unwrap_or(Rate(0))
        } else {
            prices.missing("vat");
            Rate(0)
        },
        packages: root.sections("packages").iter().map(package).collect(),
        extras: root.sections("extras").iter().map(extra).collect(),
        items: items::read(root),
        size_discounts: discounts.entries().into_iter().filter_map(discount).collect(),
    }
}

fn package(section: &Section<'_, '_>) -> Package {
    let mut prices = BTreeMap::new();
    for size in Size::ALL {
        if let Some(price) = section.parsed(size.code(), price) {
            prices.insert(size, price);
        }
    }
    if prices.is_empty() {
        section.missing("a price");
    }
    Package {
        code: section.text("code"),
        name: name(section),
        minutes: u16::try_from(section.number("minutes", 0..=10_000, 0)).unwrap_or_default(),
        prices,
        trade: optional_choice(section, "trade", &TRADES),
        parts: section.flag("parts", false),
    }
}

fn extra(section: &Section<'_, '_>) -> Extra {
    let amount = section.parsed("price", price);
    if !section.has("price") {
        section.missing("price");
    }
    Extra {
        code: section.text("code"),
        name: name(section),
        price: amount.unwrap_or_default(),
        trade: optional_choice(section, "trade", &TRADES),
        parts: section.flag("parts", false),
    }
}

fn name(section: &Section<'_, '_>) -> Name {
    Name::new(&section.text("el"), &section.text("en"))
}

fn garage(section: &Section<'_, '_>) -> GarageRules {
    let default = GarageRules::default();
    let with_vat = section.flag("prices_with_vat", default.basis.has_vat());
    GarageRules {
        hour: section.parsed("hour", price).unwrap_or(default.hour),
        basis: if with_vat { PriceBasis::WithVat } else { PriceBasis::WithoutVat },
        may_exceed: section.parsed("agreed_may_exceed", percent).unwrap_or(default.may_exceed),
        parts_of_both: optional_choice(section, "parts_of_both", &PARTS_OF_BOTH).unwrap_or_default(),
        reminders: reminders(section),
    }
}

fn reminders(section: &Section<'_, '_>) -> ReminderRules {
    let default = ReminderRules::default();
    let days = section.number("remind_days_before", 0..=365, default.days_before.into());
    let km = section.number("remind_km_before", 0..=50_000, default.km_before.into());
    let a_year = section.number("km_a_year", 0..=500_000, 0);
    ReminderRules {
        days_before: u16::try_from(days).unwrap_or(default.days_before),
        km_before: u32::try_from(km).unwrap_or(default.km_before),
        km_a_year: u32::try_from(a_year).ok().filter(|km| *km > 0),
    }
}

fn price(text: &str) -> Result<Cents, String> {
    let amount: Cents = text.parse().map_err(|bad| format!(": {bad}"))?;
    if amount < Cents::ZERO { Err("must not be below zero".to_owned()) } else { Ok(amount) }
}

/// A rate like `24` or `6.5`.
fn percent(text: &str) -> Result<Rate, String> {
    let hundredths: Cents = text.parse().map_err(|_| "must be per cent like \"24\" or \"6.5\"".to_owned())?;
    u32::try_from(hundredths.0)
        .ok()
        .filter(|rate| *rate <= 10_000)
        .map(Rate)
        .ok_or("must be 0 to 100 per cent".to_owned())
}

fn sizes() -> String {
    Size::ALL.map(Size::code).join(", ")
}

/// Longest series.
const SERIES_MAX: usize = 10;

fn series(section: &Section<'_, '_>) -> String {
    let series = section.text("series");
    check_series(section, "series", &series);
    series
}

/// Its own numbers, so that neither series has gaps; without a word of its own the other's with a C.
fn credit_series(section: &Section<'_, '_>, other: &str) -> String {
    let Some(series) = section.optional_text("credit_series") else {
        return format!("{}C", other.chars().take(SERIES_MAX - 1).collect::<String>());
    };
    check_series(section, "credit_series", &series);
    if series == other {
        section.note("credit_series", "must be another than series");
    }
    series
}

fn check_series(section: &Section<'_, '_>, key: &str, series: &str) {
    let good =
        series.len() <= SERIES_MAX && series.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !good {
        section.note(key, "must be up to ten Latin capitals and digits");
    }
}

fn own_vehicles(section: &Section<'_, '_>) -> Vec<Plate> {
    let plate = |text: &String| match Plate::parse(&PlateEntry::Greek, text) {
        Ok(plate) => Some(plate),
        Err(bad) => {
            section.note("own_vehicles", format!("{text:?}: {bad}"));
            None
        }
    };
    section.texts("own_vehicles").iter().filter_map(plate).collect()
}

fn registry_at(section: &Section<'_, '_>) -> Option<RegistryAt> {
    let at = service_at(section)?;
    let wants_credentials = at != RegistryAt::Simulated;
    if wants_credentials && !section.has("credentials") {
        section.missing("credentials");
    }
    Some(at)
}

/// Where one of AADE's services is.
fn service_at(section: &Section<'_, '_>) -> Option<RegistryAt> {
    let endpoint = section.text("endpoint");
    match endpoint.as_str() {
        "simulated" => Some(RegistryAt::Simulated),
        "test" => Some(RegistryAt::Service(Endpoint::Test)),
        "production" => Some(RegistryAt::Service(Endpoint::Production)),
        url if url.starts_with("http://") || url.starts_with("https://") => {
            Some(RegistryAt::Service(Endpoint::At(url.to_owned())))
        }
        _ => {
            section
                .note("endpoint", "must be simulated, test, production, or an address that starts with http");
            None
        }
    }
}

fn rules(section: &Section<'_, '_>) -> RegistryRules {
    let default = RegistryRules::default();
    RegistryRules {
        parallel_max: u8::try_from(section.number("parallel_max", 1..=4, default.parallel_max.into()))
            .unwrap_or(1),
        late_after_s: section.number("late_after_s", 10..=3_600, default.late_after_s),
        lookup_gap_s: section.number("lookup_gap_s", 60..=3_600, default.lookup_gap_s),
        comment_after_s: section.number("comment_after_s", 60..=3_600, default.comment_after_s),
        alphabet: optional_choice(section, "plates", &ALPHABETS).unwrap_or_default(),
        mixed: section.flag("mixed", false),
        keep_requests_days: u16::try_from(section.number(
            "keep_requests_days",
            1..=3_650,
            default.keep_requests_days.into(),
        ))
        .unwrap_or(default.keep_requests_days),
        compare_every_h: u16::try_from(section.number(
            "compare_every_h",
            0..=168,
            default.compare_every_h.into(),
        ))
        .unwrap_or(default.compare_every_h),
        long_stay_h: long_stay(section),
        ..default
    }
}

fn plate_rules(section: &Section<'_, '_>) -> PlateRules {
    let default = PlateRules::default();
    let days = section.number("keep_photos_days", 1..=365, default.keep_photos_days.into());
    let condition =
        section.number("keep_condition_photos_days", 1..=3_650, default.keep_condition_photos_days.into());
    PlateRules {
        accept_at: u8::try_from(section.number("accept_at", 0..=100, 0)).ok().filter(|percent| *percent > 0),
        keep_photos_days: u16::try_from(days).unwrap_or(default.keep_photos_days),
        keep_condition_photos_days: u16::try_from(condition).unwrap_or(default.keep_condition_photos_days),
    }
}

fn long_stay(section: &Section<'_, '_>) -> LongStay {
    let default = LongStay::default();
    let hours = |name, default: u16| {
        u16::try_from(section.number(name, 1..=9_999, i64::from(default))).unwrap_or(default)
    };
    LongStay {
        wash: hours("long_stay_wash_h", default.wash),
        parking: hours("long_stay_parking_h", default.parking),
        garage: hours("long_stay_garage_h", default.garage),
        rental: hours("long_stay_rental_h", default.rental),
    }
}

/// Practice never speaks to a real authority, and work never invents documents.
fn check_practice(practice: bool, at: [&RegistryAt; 2], issuer: IssuerKind, terminal: &Section<'_, '_>) {
    if practice && at.contains(&&RegistryAt::Service(Endpoint::Production)) {
        terminal.note("practice", "cannot be true with registry.endpoint = \"production\"");
    }
    if !practice && issuer == IssuerKind::Simulated {
        terminal.note(
            "practice",
            "must be true with documents.issuer = \"simulated\": it invents document numbers",
        );
    }
    if !practice && at.contains(&&RegistryAt::Simulated) {
        terminal
            .note("practice", "must be true with registry.endpoint = \"simulated\": nothing reaches AADE");
    }
}
