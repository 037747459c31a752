//! A vehicle is found by any piece of its plate, in Greek or Latin letters, newest first.

use super::Till;
use tameio::domain::plate::{Plate, PlateEntry};
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

#[test]
fn any_piece_finds_it_newest_first() {
    let till = lane();
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
        assert_eq!(found(&till, fragment), plates, "{fragment:?}");
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
