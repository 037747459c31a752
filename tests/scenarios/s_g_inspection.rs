//! The inspector at the door: "cars inside now" on paper, with each entry's number, and the registry says the same.

use crate::world::{World, cash};
use tameio::aade::simulator::state::EntryState;
use tameio::app::input::{Input, PaperInput};
use tameio::domain::catalogue::Size;
use tameio::domain::paper::Paper;

#[test]
fn what_is_inside_is_printed_and_equals_the_registrys_open_entries() {
    let mut world = World::wash();
    let first = world.comes("ΙΗΖ-4821", Size::Small);
    world.comes("ΥΖΑ-7319", Size::Suv);
    let gone = world.comes("ΑΒΕ-1234", Size::Small);
    world.takes(gone, "EXT");
    world.pays(gone, &[cash("20")]);
    world.leaves(gone);
    world.pass(60);
    world.network(false);
    let waiting = world.comes("ΚΒΕ-5555", Size::Small);
    let at = world.site().now();
    assert!(world.act(Input::Paper(PaperInput::Print { paper: Paper::Inside { at } })).is_empty());
    assert!(
        world.act(Input::Paper(PaperInput::Print { paper: Paper::Inside { at } })).is_empty(),
        "pressed twice"
    );
    world.pass(10);
    let papers = world.papers();
    let lists: Vec<&String> = papers.iter().filter(|paper| paper.contains("ΟΧΗΜΑΤΑ ΜΕΣΑ ΤΩΡΑ")).collect();
    assert_eq!(lists.len(), 1, "one paper, however often it was pressed");
    let open: Vec<i64> = world
        .entries()
        .iter()
        .filter(|entry| entry.state == EntryState::Open)
        .map(|entry| entry.id)
        .collect();
    assert_eq!(open.len(), 2);
    let printed: Vec<i64> =
        lists[0].lines().filter_map(|line| line.strip_prefix("idDcl")?.trim().parse().ok()).collect();
    assert_eq!(printed, open, "the paper and the registry say the same");
    for visit in [first, waiting] {
        assert!(lists[0].contains(&world.visit(visit).plate.display()));
    }
    assert!(lists[0].contains("περιμένει σύνδεση") || lists[0].contains("στέλνεται"), "{}", lists[0]);
    world.network(true);
    world.drain();
    world.check();
}
