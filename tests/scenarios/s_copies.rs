//! Whatever was printed once is printed again as a copy that says so: never a second original, and counted against whoever
//! was at the till.

use crate::world::{World, alone, cash, person, with_chief};
use tameio::app::input::{DocumentInput, Input, PaperInput, TillInput};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::money::Cents;
use tameio::domain::paper::Paper;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::shift::MovementKind;

/// Papers that contain a word, as they came out.
fn with(world: &World, word: &str) -> Vec<String> {
    world.papers().into_iter().filter(|paper| paper.contains(word)).collect()
}

/// Prints a paper twice more: the original stays the only one, and each copy differs from it by its mark alone.
fn check(world: &mut World, paper: &Paper, word: &str) {
    assert_eq!(with(world, word).len(), 1, "{word}: one original");
    for _ in 0..2 {
        world.act(Input::Paper(PaperInput::Print { paper: paper.clone() }));
        // The second press while it is being printed asks for nothing more.
        world.act(Input::Paper(PaperInput::Print { paper: paper.clone() }));
        world.pass(5);
    }
    let prints = with(world, word);
    let [original, first, second] = prints.as_slice() else { panic!("{word}: {} prints", prints.len()) };
    assert!(!original.contains("ΑΝΤΙΓΡΑΦΟ"), "{word}: {original}");
    for (copy, mark) in [(first, "ΑΝΤΙΓΡΑΦΟ 1"), (second, "ΑΝΤΙΓΡΑΦΟ 2")] {
        assert!(copy.contains(mark), "{word}: {copy}");
        let bare: Vec<&str> = copy.lines().filter(|line| !line.contains(mark)).collect();
        assert_eq!(bare, original.lines().collect::<Vec<_>>(), "{word}: it differs by its mark alone");
    }
}

#[test]
fn there_is_never_a_second_original_of_any_paper() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let issuer = IssuerKind::TypedFim;
    let mut world = World::with(Settings { issuer, ticket_at_arrival: true, ..settings });
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let shift = world.site().state().shift.clone().expect("a shift").id;
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    let other = world.comes("ΥΖΒ-3307", Size::Small);
    world.pass(5);
    check(&mut world, &Paper::Ticket { visit }, "ΙΗΖ-4821");
    // Each ticket has its own count.
    check(&mut world, &Paper::Ticket { visit: other }, "ΥΖΒ-3307");
    let kind = MovementKind::SafeDrop;
    world.act(Input::Till(TillInput::MoveCash {
        kind,
        amount: Cents(100),
        reason: String::new(),
        by: alone(),
    }));
    world.pass(5);
    check(&mut world, &Paper::Movement { shift, n: 0 }, "ΣΤΟ ΧΡΗΜΑΤΟΚΙΒΩΤΙΟ");
    world.takes(visit, "EXT");
    world.pays(visit, &[cash("8.00")]);
    world.pass(5);
    let document = world.documents()[0].id;
    check(&mut world, &Paper::Slip { document, copy: 0 }, "ΣΗΜΕΙΩΜΑ ΠΛΗΡΩΜΗΣ");
    world
        .act(Input::Document(DocumentInput::Void { document, reason: "λάθος".to_owned(), by: alone() }));
    world.pass(5);
    check(&mut world, &Paper::Void { document, copy: 0 }, "ΑΚΥΡΩΣΗ ΠΛΗΡΩΜΗΣ");
    let control = world.site().state().day.people[&person("A")];
    assert_eq!((control.reprints, world.site().state().day.copies), (10, 10), "all are counted");
    world.act(Input::Till(TillInput::CloseShift {
        shift: None,
        counted: Cents(4_900),
        pieces: Vec::new(),
        operator: person("A"),
    }));
    world.act(Input::Till(TillInput::CloseDay { machine_z: None, even_with_open: true, by: with_chief() }));
    world.pass(5);
    check(&mut world, &Paper::DayClose { number: 1, copy: 0 }, "ΚΛΕΙΣΙΜΟ ΗΜΕΡΑΣ 1");
    world.drain();
    world.check();
}

/// What shows how things stand is another paper each time, and none is a copy.
#[test]
fn what_shows_an_instant_has_no_copies() {
    let mut world = World::wash();
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    world.comes("ΙΗΖ-4821", Size::Small);
    let at = world.site().now();
    for _ in 0..2 {
        world.act(Input::Paper(PaperInput::Print { paper: Paper::Inside { at } }));
        world.pass(5);
    }
    assert!(world.papers().iter().all(|paper| !paper.contains("ΑΝΤΙΓΡΑΦΟ")));
    assert_eq!(world.site().state().day.copies, 0);
}
