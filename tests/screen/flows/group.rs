//! One document for many visits.

use super::{FLEET, Slow, page};
use crate::stage::{Stage, shop, wash};
use tameio::aade::simulator::state::What;
use tameio::app::input::{ChooseService, Input, OpenVisit};
use tameio::domain::catalogue::Size;
use tameio::domain::customer::TaxNumber;
use tameio::domain::operator::OperatorId;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::terms::ServiceTerms;
use tameio::view::generated::Page;

pub(crate) const OTHER: &str = "999999970";

fn operator() -> OperatorId {
    OperatorId("A".to_owned())
}

/// Visits of a fleet that have left and wait for their invoice. The finger's way there is in `visit`.
pub(crate) fn fleet(stage: &Stage, customer: &str, first: u32, count: u32) {
    for bus in 0..count {
        let customer = TaxNumber::parse("GR", customer).expect("a good number");
        let terms = ServiceTerms::Recurring { customer };
        let plate = format!("ΤΑΒ-{}", first + bus);
        stage
            .happen(Input::OpenVisit(OpenVisit { terms, ..OpenVisit::new(&plate, Size::Small, operator()) }));
        let visit = crate::pages::newest(stage);
        let (package, extras) = ("FULL".to_owned(), Vec::new());
        stage.happen(Input::ChooseService(ChooseService { visit, size: Size::Small, package, extras }));
        stage.happen(Input::SettleByContract { visit, invoice_to: None, operator: operator() });
        stage.happen(Input::Depart { visit, operator: operator(), returned_at: None });
        stage.pass(2);
    }
    stage.pass(30);
}

pub(crate) fn mark(stage: &Stage) {
    "400001960000001".chars().for_each(|key| stage.tap(&format!("naming-{key}")));
}

/// How many entries each correlation named.
fn correlated(stage: &Stage) -> Vec<usize> {
    stage.site.borrow().registry().with(|registry| {
        let correlated = registry.records().filter_map(|record| match &record.what {
            What::Correlated(fields) => Some(fields.all("correlatedDCLids").count()),
            _ => None,
        });
        let mut groups: Vec<usize> = correlated.collect();
        groups.sort_unstable();
        groups
    })
}

#[test]
fn sixty_visits_are_linked_with_one_mark_in_two_messages() {
    let stage = Stage::new();
    fleet(&stage, FLEET, 1_000, 60);
    stage.tap_all(&["rail-documents", "group-open"]);
    assert_eq!(page(&stage), Page::Group);
    assert!(!stage.is_enabled("group-link"));
    stage.tap("group-all");
    assert!(stage.text("group-parts").contains("50 + 10"), "{}", stage.text("group-parts"));
    mark(&stage);
    stage.tap("group-link");
    stage.pass(10);
    assert_eq!(stage.text("group-result-0"), "50 επισκέψεις, Με απόδειξη");
    assert_eq!(stage.text("group-result-1"), "10 επισκέψεις, Με απόδειξη");
    assert_eq!(correlated(&stage), [10, 50]);
    stage.tap("group-again");
    assert!(!stage.is_enabled("group-all"), "nothing waits any more");
}

#[test]
fn the_visits_of_one_customer_and_one_by_one() {
    let stage = Stage::new();
    fleet(&stage, FLEET, 1_000, 3);
    fleet(&stage, OTHER, 2_000, 2);
    stage.tap_all(&["rail-documents", "group-open", "group-ΤΑΒ-1000"]);
    stage.tap_all(&["group-customer", &format!("group-customer-{OTHER}")]);
    assert!(stage.element("group-ΤΑΒ-1000").is_none());
    mark(&stage);
    assert!(!stage.is_enabled("group-link"), "what is not seen is not chosen");
    stage.tap_all(&["group-ΤΑΒ-2000", "group-ΤΑΒ-2001", "group-ΤΑΒ-2001"]);
    stage.tap("group-link");
    stage.pass(10);
    assert_eq!(correlated(&stage), [1]);
    stage.tap_all(&["group-again", "group-filter-last-month"]);
    assert!(!stage.is_enabled("group-all"), "they came today");
    stage.tap("group-filter-today");
    assert!(stage.element("group-ΤΑΒ-2001").is_some() && stage.element("group-ΤΑΒ-2000").is_none());
}

/// Without the internet a visit has no entry a document could be linked to; it is seen and cannot be chosen.
#[test]
fn what_is_not_registered_yet_is_not_chosen() {
    let stage = Stage::new();
    fleet(&stage, FLEET, 1_000, 2);
    stage.site.borrow().set_network(false);
    fleet(&stage, FLEET, 1_010, 1);
    stage.tap_all(&["rail-documents", "group-open"]);
    assert!(!stage.is_enabled("group-ΤΑΒ-1010"));
    stage.tap("group-all");
    mark(&stage);
    stage.tap("group-link");
    assert_eq!(stage.text("group-result-0"), "2 επισκέψεις, Σε αναμονή", "it goes by itself later");
    stage.site.borrow().set_network(true);
    stage.pass(900);
    assert_eq!(correlated(&stage), [2]);
    assert_eq!(stage.text("group-result-0"), "2 επισκέψεις, Με απόδειξη");
}

#[test]
fn a_right_paid_beforehand_is_linked_while_the_vehicle_is_here() {
    let stage = Stage::of(shop(Trade::Parking), (1024, 768));
    stage.type_plate("XAN8080");
    stage.tap_all(&["ask-arrival", "offer-terms-continuous", "ask-send"]);
    stage.pass(10);
    stage.tap_all(&["rail-documents", "group-open", "group-ΧΑΝ-8080"]);
    mark(&stage);
    stage.tap("group-link");
    stage.pass(10);
    assert_eq!(correlated(&stage), [1]);
}

#[test]
fn a_scanned_receipt_stands_in_the_form_and_waits_for_the_person() {
    let stage = Stage::of(Settings { issuer: IssuerKind::TypedFim, ..wash() }, (1024, 768));
    fleet(&stage, FLEET, 1_000, 1);
    stage.tap_all(&["rail-documents", "group-open", "group-ΤΑΒ-1000"]);
    let signature = "A1B2C3D4E5".repeat(4);
    stage.burst(&format!("https://www1.aade.gr/tameiakes/?SIG=ABC2100456700000038{signature}13.00\n"));
    assert_eq!(page(&stage), Page::Group);
    assert!(correlated(&stage).is_empty(), "a scan alone links nothing");
    stage.tap("group-link");
    stage.pass(10);
    assert_eq!(correlated(&stage), [1]);
}

#[test]
fn a_second_press_and_a_way_back() {
    let stage = Stage::new();
    fleet(&stage, FLEET, 1_000, 1);
    stage.tap_all(&["rail-documents", "group-open", "group-all"]);
    mark(&stage);
    let slow = Slow::on(&stage);
    stage.tap("group-link");
    assert!(stage.element("group-link").is_none(), "it is on its way");
    assert_eq!(slow.heard(), 1);
    stage.tap("group-back");
    assert_eq!(page(&stage), Page::Documents);
    stage.tap_all(&["group-open", "group-again"]);
    assert!(stage.element("group-link").is_some(), "nobody is held here");
}
