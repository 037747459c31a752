//! Customers on account by touch alone: whose vehicle comes is said, and at the end of the month one touch begins the invoice of
//! each.

use crate::flows::group;
use crate::pages::check;
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::domain::account::{AccountCustomer, AccountRules};
use tameio::domain::customer::TaxNumber;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::settings::Settings;
use tameio::domain::text::Text;
use tameio::view::generated::{Accounts, HintKind, Lane, Page, Shell};

const SIZE: (u32, u32) = (1024, 768);
const FLEET: &str = "999999981";

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn shop() -> Settings {
    let number = TaxNumber::parse("GR", FLEET).expect("a good number");
    let plate = Plate::parse(&PlateEntry::Greek, "ΤΑΒ-1000").expect("a plate");
    let customer =
        AccountCustomer { name: Text::new("Ταχυμεταφορές ΑΕ"), number, vehicles: vec![plate] };
    Settings { accounts: AccountRules { customers: vec![customer], last_day: 15 }, ..wash() }
}

fn hinted(stage: &Stage) -> bool {
    stage.app().global::<Lane>().get_hints().iter().any(|hint| hint.kind == HintKind::Account)
}

#[test]
fn a_known_vehicle_goes_on_its_account_and_another_does_not() {
    let stage = Stage::of(shop(), SIZE);
    stage.type_plate("TAB1000");
    assert!(hinted(&stage), "whose it is stands beside the plate");
    stage.tap("open-visit");
    let customer = |stage: &Stage| {
        stage.state(|state| {
            let newest = state.visits.values().max_by_key(|visit| visit.reference.number).cloned();
            newest.and_then(|visit| visit.terms.customer().map(|customer| customer.number.clone()))
        })
    };
    assert_eq!(customer(&stage).as_deref(), Some(FLEET));
    stage.tap("rail-lane");
    stage.type_plate("NKO9154");
    assert!(!hinted(&stage));
    stage.tap("open-visit");
    assert_eq!(customer(&stage), None);
}

#[test]
fn somebody_may_say_that_it_pays_after_all() {
    let stage = Stage::of(shop(), SIZE);
    stage.type_plate("TAB1000");
    stage.tap_all(&["ask-arrival", "ask-terms", "offer-terms-once", "ask-send"]);
    assert_eq!(page(&stage), Page::Visit);
    stage.state(|state| assert!(state.visits.values().all(|visit| visit.terms.is_one_off())));
}

#[test]
fn one_touch_begins_a_customers_invoice_and_the_other_stays() {
    let stage = Stage::of(shop(), SIZE);
    group::fleet(&stage, FLEET, 1_000, 3);
    group::fleet(&stage, group::OTHER, 2_000, 1);
    stage.tap_all(&["rail-documents", "accounts-open"]);
    let rows = || stage.app().global::<Accounts>().get_rows();
    assert_eq!(rows().row_count(), 0, "the month is not over");
    stage.tap("accounts-today");
    assert_eq!(rows().row_count(), 2);
    let row = rows().iter().find(|row| row.id == FLEET).expect("it");
    assert_eq!((row.visits, row.name.as_str(), row.not_checked), (3, "Ταχυμεταφορές ΑΕ", true));
    stage.tap(&format!("account-{FLEET}"));
    assert_eq!(page(&stage), Page::Group);
    assert!(stage.text("group-chosen").contains('3'), "{}", stage.text("group-chosen"));
    group::mark(&stage);
    stage.tap("group-link");
    stage.pass(30);
    stage.tap("group-again");
    assert_eq!(page(&stage), Page::Accounts, "the next customer");
    assert_eq!(rows().iter().map(|row| row.id.to_string()).collect::<Vec<_>>(), [group::OTHER]);
    // Left alone, it stays.
    stage.tap_all(&["accounts-back", "accounts-open", "accounts-today"]);
    assert_eq!(rows().row_count(), 1);
}

#[test]
fn what_it_looks_like() {
    let proposed = |stage: &Stage| {
        group::fleet(stage, FLEET, 1_000, 3);
        group::fleet(stage, group::OTHER, 2_000, 2);
        stage.tap_all(&["rail-documents", "accounts-open", "accounts-today"]);
    };
    check("accounts", &shop(), proposed, &["accounts-back", "accounts-today", "account-999999981"]);
    let known = |stage: &Stage| stage.type_plate("TAB1000");
    check("accounts-lane", &shop(), known, &["open-visit"]);
    let none = |stage: &Stage| stage.tap_all(&["rail-documents", "accounts-open"]);
    check("accounts-none", &shop(), none, &["accounts-back"]);
}
