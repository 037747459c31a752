//! The bays of a wash by touch alone: one tap moves a vehicle on, and another takes it back.

use crate::pages::{check, come, newest};
use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::app::input::{ChooseService, Input};
use tameio::domain::bay::Place;
use tameio::domain::catalogue::Size;
use tameio::domain::settings::Settings;
use tameio::view::generated::{Page, Shell};

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

/// Five cars came to be washed, in three bays.
fn queue(stage: &Stage) {
    for (plate, size, package) in [
        ("ΙΗΖ-4821", Size::Small, "FULL"),
        ("ΥΖΒ-3307", Size::Suv, "PREM"),
        ("ΝΚΟ-9154", Size::Small, "EXT"),
        ("ΤΑΒ-1234", Size::Taxi, "FULL"),
        ("ΖΜΥ-2211", Size::Van, "EXT"),
    ] {
        come(stage, plate, size);
        let (visit, package, extras) = (newest(stage), package.to_owned(), Vec::new());
        stage.happen(Input::ChooseService(ChooseService { visit, size, package, extras }));
        stage.pass(60);
    }
    stage.tap("rail-board");
}

fn place(stage: &Stage, plate: &str) -> Place {
    stage.state(|state| {
        let visit = state.visits.values().find(|visit| visit.plate.display() == plate).expect("it is inside");
        visit.board.place
    })
}

#[test]
fn one_tap_moves_a_car_on_and_another_takes_it_back() {
    let stage = Stage::new();
    queue(&stage);
    stage.tap("into-bay-ΙΗΖ-4821");
    assert_eq!(place(&stage, "ΙΗΖ-4821"), Place::Bay { bay: 1 });
    stage.tap("fill-3");
    assert_eq!(
        place(&stage, "ΥΖΒ-3307"),
        Place::Bay { bay: 3 },
        "who waits longest goes into the bay that was touched"
    );
    stage.tap("into-bay-ΝΚΟ-9154");
    assert_eq!(place(&stage, "ΝΚΟ-9154"), Place::Bay { bay: 2 });
    assert!(!stage.is_enabled("into-bay-ΤΑΒ-1234"), "all are taken");
    stage.tap("take-back-2");
    assert_eq!(place(&stage, "ΝΚΟ-9154"), Place::Queue);
    stage.tap("ready-1");
    assert_eq!(place(&stage, "ΙΗΖ-4821"), Place::Ready);
    stage.tap("board-pay-ΙΗΖ-4821");
    assert_eq!(page(&stage), Page::Pay);
    stage.tap_all(&["pay-exact", "rail-board", "board-leave-ΙΗΖ-4821"]);
    assert_eq!(page(&stage), Page::Board);
    assert!(stage.state(|state| state.visits.values().all(|visit| visit.plate.display() != "ΙΗΖ-4821")));
}

#[test]
fn who_paid_first_is_washed_all_the_same() {
    let stage = Stage::new();
    queue(&stage);
    stage.tap_all(&["board-ΝΚΟ-9154", "pay", "pay-exact", "rail-board", "into-bay-ΝΚΟ-9154", "ready-1"]);
    assert!(stage.element("board-leave-ΝΚΟ-9154").is_some(), "nothing is owed: it leaves");
    // From its own page it moves through the same bays.
    stage.tap_all(&["board-ΙΗΖ-4821", "take-step"]);
    assert_eq!(place(&stage, "ΙΗΖ-4821"), Place::Bay { bay: 1 });
    stage.tap("take-step");
    assert_eq!(place(&stage, "ΙΗΖ-4821"), Place::Ready);
    assert!(stage.element("take-step").is_none());
}

#[test]
fn what_was_promised_and_is_not_ready_is_counted() {
    let stage = Stage::new();
    queue(&stage);
    assert_eq!(stage.text("rail-board"), "Θέσεις");
    stage.pass(3 * 3600);
    assert_eq!(stage.text("rail-board"), "Θέσεις 5");
}

#[test]
fn without_bays_there_is_no_board() {
    let stage = Stage::of(Settings { bays: 0, ..wash() }, (1024, 768));
    assert!(stage.element("rail-board").is_none());
}

#[test]
fn the_board() {
    check("board-empty", &wash(), |stage| stage.tap("rail-board"), &["rail-board", "fill-1", "fill-3"]);
    let busy = |stage: &Stage| {
        queue(stage);
        stage.tap_all(&["into-bay-ΙΗΖ-4821", "into-bay-ΥΖΒ-3307", "ready-1"]);
        stage.pass(40 * 60);
    };
    check(
        "board",
        &wash(),
        busy,
        &["ready-2", "take-back-2", "fill-1", "into-bay-ΝΚΟ-9154", "board-pay-ΙΗΖ-4821"],
    );
    let many = Settings { bays: 8, ..wash() };
    check("board-many", &many, busy, &["ready-2", "fill-1"]);
}
