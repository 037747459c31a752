//! Every size, language and theme: inside the window, nothing over something else, and large.

use super::{busy, carpets, garage, repairing, washing, with_wall};
use crate::beside;
use crate::stage::{Stage, shop, wash};
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::ComponentHandle;
use std::fs;
use std::path::Path;
use tameio::config::Look;
use tameio::config::wall::WallShows;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::text::Language;

/// Screens on walls, one of them on its side, and an old one.
const SIZES: [(u32, u32); 4] = [(1280, 720), (1920, 1080), (1080, 1920), (1024, 768)];
const LOOKS: [(Look, &str); 3] =
    [(Look::Day, "day"), (Look::Night, "night"), (Look::HighContrast, "contrast")];

type Place = (f32, f32, f32, f32);

fn place(element: &ElementHandle) -> Place {
    let (at, size) = (element.absolute_position(), element.size());
    (at.x, at.y, at.x + size.width, at.y + size.height)
}

fn overlap(one: Place, other: Place) -> bool {
    one.0 + 1.0 < other.2 && other.0 + 1.0 < one.2 && one.1 + 1.0 < other.3 && other.1 + 1.0 < one.3
}

/// Nothing is cut, and nothing lies over something else.
fn fits(stage: &Stage, what: &str) {
    let size = stage.wall().window().size();
    let (width, height) = (size.width as f32, size.height as f32);
    for text in ElementQuery::from_root(&stage.wall()).match_inherits("Text").find_all() {
        let (left, top, right, bottom) = place(&text);
        let inside = left >= -1.0 && top >= -1.0 && right <= width + 1.0 && bottom <= height + 1.0;
        assert!(inside, "{what}: {:?} is cut at {:?}", text.accessible_label(), place(&text));
    }
    let mut tiles = beside::all_beginning(&stage.wall(), "wall-row-");
    tiles.extend(beside::all_beginning(&stage.wall(), "wall-ready-"));
    tiles.extend(beside::all_beginning(&stage.wall(), "wall-subject"));
    for (at, one) in tiles.iter().enumerate() {
        for other in &tiles[at + 1..] {
            let ids = (one.accessible_id(), other.accessible_id());
            assert!(!overlap(place(one), place(other)), "{what}: {ids:?} lie over each other");
        }
    }
}

/// A scene at every size, language and theme; one picture of each size, and of each theme.
fn everywhere(name: &str, settings: &Settings, shows: &[WallShows], play: impl Fn(&Stage)) {
    for language in [Language::El, Language::En] {
        let stage = with_wall(settings.clone(), |beside| {
            beside.wall.languages = vec![language];
            beside.wall.shows = shows.to_vec();
        });
        play(&stage);
        for size in SIZES {
            stage.wall_is(size);
            let what = format!("{name} at {size:?} in {language:?}");
            fits(&stage, &what);
            stage.draw_wall(&format!("{name}-{}", if language == Language::El { "el" } else { "en" }));
        }
        for (look, word) in LOOKS {
            stage.window.choose_look(look);
            stage.wall_is((1280, 720));
            fits(&stage, name);
            if language == Language::El {
                stage.draw_wall(&format!("{name}-{word}"));
            }
        }
    }
}

#[test]
fn a_wash() {
    everywhere("wash", &wash(), &[WallShows::Wash], busy);
}

#[test]
fn a_wash_with_one_that_is_late_and_whole_plates() {
    let stage = with_wall(wash(), |beside| beside.wall.plate_chars = 0);
    busy(&stage);
    stage.pass(25 * 60);
    for size in SIZES {
        stage.wall_is(size);
        fits(&stage, "whole plates");
        stage.draw_wall("whole");
    }
}

#[test]
fn a_garage() {
    everywhere("garage", &shop(Trade::Garage), &[WallShows::Garage], garage);
}

#[test]
fn a_counter() {
    everywhere("orders", &wash(), &[WallShows::Orders], |stage| carpets(stage, 24));
}

#[test]
fn nothing_inside() {
    everywhere("empty", &wash(), &[WallShows::Wash], |_| ());
    let practice = Settings { practice: true, ..wash() };
    everywhere("practice", &practice, &[WallShows::Wash], busy);
}

#[test]
fn an_old_board_fits_too() {
    for stage in [washing(), repairing()] {
        stage.chooses_something();
        for size in SIZES {
            stage.wall_is(size);
            stage.nobody_for(100);
            stage.wall_is(size);
            assert!(stage.wall_reads("wall-old").is_some());
            fits(&stage, "old");
            stage.draw_wall("old");
            stage.pass(1);
        }
    }
}

impl Stage {
    fn chooses_something(&self) {
        crate::pages::come(self, "ΙΗΖ-4821", tameio::domain::catalogue::Size::Small);
    }
}

/// A number in front of `* root.u` behind one of these words.
fn sizes_said(source: &str, word: &str) -> Vec<f64> {
    let of = |piece: &str| piece.split(['*', ';']).next().and_then(|number| number.trim().parse().ok());
    source.split(word).skip(1).filter_map(of).collect()
}

#[test]
fn no_letter_is_small() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/wall.slint");
    let source = fs::read_to_string(path).expect("the board on the wall");
    let fonts = sizes_said(&source, "font-size: ");
    assert!(fonts.len() > 5 && fonts.iter().all(|size| *size >= 2.2), "{fonts:?}");
    let least = sizes_said(&source, "least: ");
    assert!(least.len() > 4 && least.iter().all(|size| *size >= 1.7), "{least:?}");
}
