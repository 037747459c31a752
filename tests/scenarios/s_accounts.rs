//! Customers on account at the end of a month: what is proposed, what is odd, one customer after another, and the power that goes
//! between.

use crate::world::{World, arrival, on, person};
use tameio::app::input::{DocumentInput, Input, OpenVisit, TypedName};
use tameio::config::Config;
use tameio::domain::account::{AccountCustomer, AccountRules, Oddity, Proposal};
use tameio::domain::catalogue::Size;
use tameio::domain::counterparty::Particulars;
use tameio::domain::customer::TaxNumber;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::terms::ServiceTerms;
use tameio::domain::text::Text;
use tameio::store::accounts;

const FLEET: &str = "999999981";
const OTHER: &str = "999999970";

fn number(afm: &str) -> TaxNumber {
    TaxNumber::parse("GR", afm).expect("a good number")
}

fn shop() -> Settings {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let vehicle = Plate::parse(&PlateEntry::Greek, "ΤΑΒ-1000").expect("a plate");
    let customer =
        AccountCustomer {
            name: Text::new("Ταχυμεταφορές"), number: number(FLEET), vehicles: vec![vehicle]
        };
    Settings { accounts: AccountRules { customers: vec![customer], last_day: 15 }, ..settings }
}

/// A visit that was washed, goes on account and has left.
fn washed(world: &mut World, plate: &str, customer: &str, service: Option<&str>) -> VisitId {
    let terms = ServiceTerms::Recurring { customer: number(customer) };
    let visit = world.opens(OpenVisit { terms, ..arrival(plate, Size::Small) });
    if let Some(service) = service {
        world.takes(visit, service);
    }
    world.act(Input::SettleByContract { visit, invoice_to: None, operator: person("A") });
    world.leaves(visit);
    world.pass(60);
    visit
}

fn proposals(world: &mut World, until: &str) -> Vec<Proposal> {
    let site = world.site();
    let (today, rules) = (site.now().date(), site.terminal().settings().accounts.clone());
    let conn = site.terminal().store().connection();
    accounts::proposals(conn, &rules, until.parse().expect("a day"), today).expect("the archive can be read")
}

fn correlate(world: &mut World, last: u32, proposal: &Proposal) {
    let name = TypedName::Mark { mark: format!("4000019600{last:05}") };
    let visits = proposal.taken().map(|visit| visit.visit).collect();
    assert_eq!(world.act(Input::Document(DocumentInput::Correlate { name, visits })), []);
}

#[test]
fn a_month_is_proposed_per_customer_and_survives_the_power() {
    let mut world = World::since(on("2026-03-10T08:00"), shop());
    world.act(Input::Counterparty(tameio::app::input::CounterpartyInput::Write {
        country: "GR".to_owned(),
        number: FLEET.to_owned(),
        particulars: Particulars {
            name: Text::new("ΤΑΧΥΜΕΤΑΦΟΡΕΣ ΑΕ"), ..Particulars::default()
        },
        operator: person("A"),
    }));
    let first = washed(&mut world, "ΤΑΒ-1000", FLEET, Some("FULL"));
    washed(&mut world, "ΤΑΒ-1010", FLEET, Some("FULL"));
    washed(&mut world, "ΙΗΖ-4821", OTHER, Some("EXT"));
    washed(&mut world, "ΙΗΖ-4822", OTHER, None);
    let price = world.visit(first).sale.totals().gross;
    world.drain();
    // The month is not over: until its end nothing is proposed, unless it is asked for.
    assert_eq!(proposals(&mut world, "2026-02-28"), []);
    assert_eq!(proposals(&mut world, "2026-03-31").len(), 2);
    world.until("2026-04-02T09:00");
    let april = washed(&mut world, "ΤΑΒ-1000", FLEET, Some("FULL"));
    world.drain();
    let both = proposals(&mut world, "2026-03-31");
    let of = |all: &[Proposal], afm: &str| all.iter().find(|one| one.customer.number == afm).cloned();
    let fleet = of(&both, FLEET).expect("proposed");
    assert!(fleet.visits.iter().all(|visit| visit.visit != april), "April waits for April");
    assert_eq!((fleet.name.as_str(), fleet.taken().count()), ("Ταχυμεταφορές", 2));
    assert_eq!((fleet.gross(), fleet.net() + fleet.vat[0].vat), (price + price, price + price));
    assert!(fleet.oddities().is_empty(), "{:?}", fleet.oddities());
    assert_eq!(fleet.by.to_string(), "2026-04-15");
    let other = of(&both, OTHER).expect("proposed");
    let odd: Vec<Oddity> = other.oddities().into_iter().collect();
    assert_eq!(odd, [Oddity::NoPrice, Oddity::NotChecked]);
    // One customer, and the power goes before the registry has heard of it.
    world.network(false);
    correlate(&mut world, 1, &fleet);
    world.crash();
    let left = proposals(&mut world, "2026-03-31");
    assert_eq!(left.len(), 1, "what is written down is proposed no more");
    assert_eq!(left[0].customer.number, OTHER, "whoever was left alone stays proposed");
    world.crash();
    assert_eq!(proposals(&mut world, "2026-03-31"), left, "and the same again after a restart");
    world.network(true);
    world.until("2026-04-16T09:00");
    let late = proposals(&mut world, "2026-03-31");
    assert!(late[0].oddities().contains(&Oddity::TooLate), "the fifteenth is over");
    correlate(&mut world, 2, &late[0]);
    world.drain();
    assert_eq!(proposals(&mut world, "2026-03-31"), []);
    assert_eq!(proposals(&mut world, "2026-04-30").len(), 1, "April is its own");
    assert_eq!(world.entry_of(first).correlations.len(), 1, "once, whatever happened between");
    world.check();
}

#[test]
fn what_the_registry_does_not_have_yet_is_kept_back() {
    let mut world = World::since(on("2026-03-10T08:00"), shop());
    washed(&mut world, "ΤΑΒ-1000", FLEET, Some("FULL"));
    world.drain();
    world.network(false);
    washed(&mut world, "ΤΑΒ-1010", FLEET, Some("FULL"));
    let [fleet] = proposals(&mut world, "2026-03-31").try_into().expect("one customer");
    assert_eq!((fleet.visits.len(), fleet.taken().count()), (2, 1));
    assert!(fleet.oddities().contains(&Oddity::NotRegistered));
    let whole: Cents = fleet.visits.iter().map(|visit| visit.gross).sum();
    assert_eq!(fleet.gross() + fleet.gross(), whole, "what is kept back is in no sum");
    world.network(true);
    world.drain();
    let [fleet] = proposals(&mut world, "2026-03-31").try_into().expect("one customer");
    assert_eq!(fleet.taken().count(), 2);
    world.check();
}

#[test]
fn a_vehicle_is_known_by_its_customer_and_a_short_month_has_its_last_day() {
    let rules = AccountRules { last_day: 31, ..shop().accounts };
    let plate = |text: &str| Plate::parse(&PlateEntry::Greek, text).expect("a plate");
    assert_eq!(rules.of(&plate("TAB 1000")).map(|one| one.number.number.as_str()), Some(FLEET));
    assert_eq!(rules.of(&plate("ΤΑΒ-1001")), None);
    let by = |day: &str| rules.invoiced_by(day.parse().expect("a day")).to_string();
    assert_eq!((by("2026-01-30"), by("2026-12-01")), ("2026-02-28".to_owned(), "2027-01-31".to_owned()));
}
