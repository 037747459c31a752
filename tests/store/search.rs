//! A vehicle is found by any piece of its plate, in Greek or Latin letters, newest first.

use super::{Till, by_chief, open, tries};
use tameio::app::input::{DocumentInput, Input, OpenVisit, TypedName};
use tameio::domain::customer::TaxNumber;
use tameio::domain::entry::Heard;
use tameio::domain::ids::VisitId;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::terms::ServiceTerms;
use tameio::domain::text::Text;
use tameio::domain::visit::VehicleFacts;
use tameio::store::query::{self, LIST_ROWS_MAX};

fn found(till: &Till, fragment: &str) -> Vec<String> {
    let visits = query::search(till.sql(), fragment).expect("it can be searched");
    visits.into_iter().map(|visit| visit.plate.display()).collect()
}

fn lane() -> Till {
    let mut till = Till::new();
    for plate in ["ΙΗΖ-4821", "ΟΤΜ-776", "ΙΗΖ-4822", "ΔΟΚ-1776"] {
        till.open(plate);
        till.pass(60);
    }
    till
}

/// What was not indexed yet is found like what was: nobody can tell when the loop was last idle.
#[test]
fn any_piece_finds_it_newest_first() {
    let mut till = lane();
    finds_any_piece(&till);
    till.tidy();
    finds_any_piece(&till);
    till.open("ΧΑΝ-8080");
    assert_eq!(found(&till, "80"), ["ΧΑΝ-8080"], "the index is behind by one");
    assert_eq!(found(&till, "1").len(), 2);
}

#[test]
fn a_corrected_plate_is_found_and_a_country_is_no_part_of_one() {
    let mut till = Till::new();
    let offline = |till: &mut Till| {
        let (visit, effects) = till.open("ΙΗΖ-4812");
        let never_left = Heard::NeverLeft { why: Text::new("χωρίς δίκτυο") };
        tries(&effects).into_iter().for_each(|one| drop(till.hear(one, never_left.clone())));
        visit
    };
    let visit = offline(&mut till);
    till.tidy();
    till.act(Input::CorrectPlate {
        visit,
        plate: "ΙΗΖ-4821".to_owned(),
        entry: PlateEntry::Greek,
        vehicle: VehicleFacts::default(),
        by: by_chief(),
    });
    till.act(Input::OpenVisit(OpenVisit {
        plate: "M-AB 1234".to_owned(),
        entry: PlateEntry::Foreign { country: "DE".to_owned() },
        vehicle: VehicleFacts { category: Some("Αυτοκίνητο".into()), maker: None },
        ..open("ΙΗΖ-1000")
    }));
    for _ in 0..2 {
        assert_eq!(found(&till, "4821"), ["ΙΗΖ-4821"]);
        assert_eq!(found(&till, "AB12"), ["DE MAB1234"]);
        assert_eq!(found(&till, "DE"), [""; 0], "a country is no piece of a plate");
        till.tidy();
    }
    till.check();
    // Whether the wrong plate is in the index depends on when the loop was idle: neither is damage.
    let verified = till.terminal.store().verify(true).expect("it can be read");
    assert!(verified.is_whole(), "{verified:?}");
}

fn finds_any_piece(till: &Till) {
    for (fragment, plates) in [
        ("4821", &["ΙΗΖ-4821"][..]),
        ("482", &["ΙΗΖ-4822", "ΙΗΖ-4821"]),
        ("ηζ", &["ΙΗΖ-4822", "ΙΗΖ-4821"]),
        ("HZ 48", &["ΙΗΖ-4822", "ΙΗΖ-4821"]),
        ("ihz-4821", &["ΙΗΖ-4821"]),
        ("Z4821", &["ΙΗΖ-4821"]),
        ("776", &["ΔΟΚ-1776", "ΟΤΜ-776"]),
        ("δ", &["ΔΟΚ-1776"]),
        ("6", &["ΔΟΚ-1776", "ΟΤΜ-776"]),
        ("", &["ΔΟΚ-1776", "ΙΗΖ-4822", "ΟΤΜ-776", "ΙΗΖ-4821"]),
    ] {
        assert_eq!(found(till, fragment), plates, "{fragment:?}");
    }
}

#[test]
fn what_is_no_piece_finds_nothing() {
    let till = lane();
    for fragment in ["9", "48210", "ΙΖ", "4 8 2 3", "x' OR 1=1 --", "日本", &"4".repeat(10_000)] {
        assert_eq!(found(&till, fragment), [""; 0], "{fragment:?}");
    }
    assert_eq!(found(&till, "%").len(), 4, "a sign is no letter of a plate: as if nothing was typed");
}

#[test]
fn every_visit_of_a_vehicle_is_found_and_the_vehicle_remembered() {
    let mut till = Till::new();
    for _ in 0..3 {
        till.whole_visit("ΙΗΖ-4821");
        till.pass(3_600);
    }
    assert_eq!(found(&till, "4821").len(), 3);
    let plate = Plate::parse(&PlateEntry::Greek, "ihz4821").expect("a plate");
    let known = query::vehicle(till.sql(), &plate).expect("it can be read").expect("it is known");
    assert_eq!((known.size.as_str(), known.package.as_deref(), known.visits), ("small", Some("EXT"), 3));
    let stranger = Plate::parse(&PlateEntry::Greek, "ΧΑΝ-8080").expect("a plate");
    assert_eq!(query::vehicle(till.sql(), &stranger).expect("it can be read"), None);
}

#[test]
fn a_list_is_never_longer_than_its_bound() {
    let mut till = Till::new();
    for number in 1_000..1_000 + LIST_ROWS_MAX + 5 {
        till.open(&format!("ΙΗΖ-{number}"));
        till.pass(1);
    }
    for fragment in ["", "ΙΗΖ", "1"] {
        assert_eq!(i64::try_from(found(&till, fragment).len()), Ok(LIST_ROWS_MAX), "{fragment:?}");
    }
}

/// Every table is entered by a key: a search that read all visits took a third of a second among a million.
#[test]
fn a_search_reads_no_table_from_end_to_end() {
    let till = lane();
    let mut statement = till.sql().prepare(&format!("EXPLAIN QUERY PLAN {}", query::SEARCH)).expect("a plan");
    let steps = statement.query_map(["1", "2", "3", "4"], |row| row.get::<_, String>(3)).expect("its steps");
    let steps: Vec<String> = steps.map(|step| step.expect("a step")).collect();
    let whole = |step: &&String| step.contains("SCAN visits") || step.contains("SCAN plate_tails");
    assert_eq!(steps.iter().find(whole), None, "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("SEARCH visits USING COVERING INDEX")), "{steps:#?}");
}

/// What waits for a document is few among many: it is found by its own index, and leaves it when the document is known.
#[test]
fn what_waits_for_a_document_is_found_by_index_and_no_longer_when_it_is_linked() {
    let mut till = Till::new();
    let customer = TaxNumber::parse("GR", "999999981").expect("a good number");
    let terms = ServiceTerms::Recurring { customer };
    let fleet = |till: &mut Till, plate: &str| {
        let opened = till.act(Input::OpenVisit(OpenVisit { terms: terms.clone(), ..open(plate) }));
        tries(&opened).into_iter().for_each(|one| drop(till.hear(one, Heard::Accepted { id: 7 })));
        let visit = query::latest_of(till.sql(), &Plate::parse(&PlateEntry::Greek, plate).expect("a plate"));
        visit.expect("it can be read").expect("a visit").id
    };
    let (first, second) = (fleet(&mut till, "ΤΑΒ-1010"), fleet(&mut till, "ΤΑΒ-1020"));
    let waiting = |till: &Till| -> Vec<VisitId> {
        query::awaiting_document(till.sql()).expect("it can be read").iter().map(|visit| visit.id).collect()
    };
    assert!(waiting(&till).is_empty(), "nothing is settled yet");
    for visit in [first, second] {
        let operator = by_chief().operator;
        till.act(Input::SettleByContract { visit, invoice_to: None, operator });
        till.pass(1);
    }
    assert_eq!(waiting(&till), [first, second]);
    let name = TypedName::Mark { mark: "400001960000001".to_owned() };
    till.act(Input::Document(DocumentInput::Correlate { name, visits: vec![first] }));
    assert_eq!(waiting(&till), [second]);
    let plan = format!("EXPLAIN QUERY PLAN {}", query::AWAITING_DOCUMENT);
    let step: String =
        till.sql().prepare(&plan).and_then(|mut plan| plan.query_row([1], |row| row.get(3))).expect("a step");
    assert!(step.contains("visits_awaiting_document"), "{step}");
}
