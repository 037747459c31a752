//! Each trade, empty, late, old, and pages that turn.

use super::{busy, carpets, garage, repairing, washing, with_wall};
use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::config::wall::WallShows;
use tameio::domain::bay::Place;
use tameio::domain::catalogue::Size;
use tameio::domain::settings::Settings;
use tameio::domain::text::Language;
use tameio::view::generated::{Look, Theme};

#[test]
fn a_wash_shows_its_bays_who_is_next_and_who_is_ready() {
    let stage = washing();
    busy(&stage);
    assert_eq!(stage.wall_names("wall-row-"), ["1", "2", "3", "…2211", "…Μ776"]);
    assert_eq!(stage.wall_names("wall-ready-…"), ["9154", "4821"], "who was called last stands first");
    let read = stage.wall_text();
    for said in ["…3307", "…1234", "5 λ.", "Ελεύθερη", "Επόμενο", "Έτοιμα", "Πλυντήριο"]
    {
        assert!(read.contains(said), "{said} in {read}");
    }
    let promised = stage.state(|state| {
        let mut visits = state.visits.values();
        visits.find(|visit| visit.plate.display() == "ΥΖΒ-3307").and_then(|visit| visit.board.promised)
    });
    let promised = promised.expect("it was promised").clock();
    assert!(read.contains(&promised), "{promised} in {read}");
    assert_eq!(stage.wall_reads("wall-clock").as_deref(), Some("10:14"));
    assert!(stage.wall_reads("wall-business").expect("whose board it is").contains("ΔΕΙΓΜΑ"));
    stage.moves("ΙΗΖ-4821", Place::Queue);
    assert_eq!(stage.wall_names("wall-ready-…"), ["9154"], "it follows at once");
}

#[test]
fn late_is_a_word_and_a_sign() {
    let stage = washing();
    busy(&stage);
    assert!(!stage.wall_text().contains("Αργεί"));
    stage.pass(3 * 3600);
    let read = stage.wall_text();
    assert_eq!(read.matches("Αργεί").count(), 4, "all that are not ready: {read}");
    stage.draw_wall("late");
}

#[test]
fn a_garage_shows_what_each_vehicle_waits_for() {
    let stage = repairing();
    garage(&stage);
    assert_eq!(stage.wall_names("wall-row-"), ["…9154", "…4821", "…3307"]);
    assert_eq!(stage.wall_names("wall-ready-…"), ["1234"]);
    let read = stage.wall_text();
    for said in ["Παραλήφθηκε", "Αναμονή υλικών", "Σε εργασία", "Συνεργείο"]
    {
        assert!(read.contains(said), "{said} in {read}");
    }
}

#[test]
fn a_counter_shows_the_numbers_that_are_ready() {
    let stage = with_wall(wash(), |beside| beside.wall.shows = vec![WallShows::Orders]);
    assert_eq!(stage.wall_reads("wall-empty").as_deref(), Some("Καμία παραγγελία έτοιμη"));
    carpets(&stage, 4);
    assert_eq!(stage.wall_names("wall-ready-"), ["1", "2", "3"], "not the one that is still washed");
    assert!(stage.wall_text().contains("Έτοιμες παραγγελίες"));
}

#[test]
fn nothing_inside_is_said() {
    let stage = washing();
    assert_eq!(stage.wall_reads("wall-empty").as_deref(), Some("Κανένα όχημα μέσα"));
    assert!(stage.wall_text().contains("Καλώς ήρθατε"));
    stage.chooses("ΙΗΖ-4821", Size::Small, "FULL");
    assert!(stage.wall_reads("wall-empty").is_none());
    assert!(stage.wall_text().contains("…4821"));
    assert!(stage.wall_reads("wall-none-ready").is_some());
}

/// So many cars wait.
fn many(stage: &Stage, count: u32) {
    for at in 0..count {
        stage.chooses(&format!("ΙΗΖ-{}", 1001 + at), Size::Small, "EXT");
    }
}

/// What the pages show, one after another.
fn turned(stage: &Stage, pages: usize, seconds: u64) -> Vec<Vec<String>> {
    let mut seen = Vec::new();
    for _ in 0..pages {
        seen.push(stage.wall_names("wall-row-"));
        stage.nobody_for(seconds);
    }
    seen
}

#[test]
fn pages_turn_by_themselves_and_nobody_is_left_out() {
    let stage = washing();
    many(&stage, 12);
    assert_eq!(stage.wall_reads("wall-page").as_deref(), Some("1/3"));
    let seen = turned(&stage, 3, 10);
    assert_ne!(seen[0], seen[1]);
    let all: Vec<String> = seen.concat();
    for at in 0..12 {
        let name = format!("…{}", 1001 + at);
        assert_eq!(all.iter().filter(|shown| **shown == name).count(), 1, "{name} once in {all:?}");
    }
    assert_eq!(stage.wall_names("wall-row-"), seen[0], "and again from the first");
}

#[test]
fn a_wall_without_motion_says_how_many_it_does_not_show() {
    let still = with_wall(wash(), |beside| {
        beside.wall.turn_s = 0;
        beside.wall.shows = vec![WallShows::Wash];
    });
    many(&still, 10);
    let first = still.wall_names("wall-row-");
    assert_eq!(still.wall_reads("wall-more"), Some(format!("και {} ακόμη", 10 - first.len())));
    still.nobody_for(60);
    assert_eq!(still.wall_names("wall-row-"), first);
}

#[test]
fn each_page_speaks_every_language_before_the_next() {
    let stage = with_wall(wash(), |beside| beside.wall.languages = vec![Language::El, Language::En]);
    many(&stage, 6);
    assert!(stage.wall_text().contains("Επόμενο · Εξωτερικό"), "{}", stage.wall_text());
    let first = stage.wall_names("wall-row-");
    stage.nobody_for(10);
    assert!(stage.wall_text().contains("Next · Exterior"), "{}", stage.wall_text());
    assert_eq!(stage.wall_names("wall-row-"), first, "the same page");
    stage.nobody_for(10);
    assert_ne!(stage.wall_names("wall-row-"), first);
    assert!(stage.wall_text().contains("Εξωτερικό"));
}

#[test]
fn it_speaks_its_own_language_and_looks_as_the_till_does() {
    let stage = with_wall(wash(), |beside| beside.wall.languages = vec![Language::En]);
    busy(&stage);
    assert!(stage.wall_text().contains("Car wash") && !stage.wall_text().contains("Έτοιμα"));
    stage.tap("language-en");
    stage.tap("language-el");
    assert!(stage.wall_text().contains("Car wash"), "the till's language is another matter");
    let look = || stage.wall().global::<Theme>().get_look();
    assert_eq!(look(), Look::Day);
    stage.tap("look");
    stage.settle();
    assert_eq!(look(), Look::Night, "nobody had to touch anything else");
    stage.tap("look");
    stage.settle();
    assert_eq!(look(), Look::Contrast);
}

#[test]
fn what_is_old_says_so() {
    let stage = washing();
    assert!(stage.wall_reads("wall-old").is_none());
    busy(&stage);
    stage.nobody_for(89);
    assert!(stage.wall_reads("wall-old").is_none(), "the terminal may be silent for a while");
    stage.nobody_for(2);
    let old = stage.wall_reads("wall-old").expect("the loop has stopped, and nobody may take this for now");
    assert!(old.contains("10:14") && old.contains("ταμείο"), "{old}");
    stage.wall_is(super::HD);
    stage.draw_wall("old");
    stage.pass(1);
    assert!(stage.wall_reads("wall-old").is_none(), "it speaks again");
}

#[test]
fn practice_is_marked_there_too() {
    let stage = with_wall(Settings { practice: true, ..wash() }, |_| ());
    assert!(stage.wall_reads("wall-practice").is_some());
    assert!(washing().wall_reads("wall-practice").is_none());
}
