//! Closed, opened again, its display gone: the till goes on.

use super::{busy, washing, with_wall};
use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use slint::platform::WindowEvent;
use tameio::view::Place;

fn is_seen(stage: &Stage) -> bool {
    stage.window.wall().is_some_and(|wall| wall.window().is_visible())
}

fn card(stage: &Stage) -> String {
    stage.text("window-wall")
}

#[test]
fn it_is_off_until_somebody_wants_it_and_the_page_of_devices_opens_it() {
    let stage = Stage::new();
    assert!(stage.window.wall().is_none());
    stage.tap("rail-devices");
    assert!(card(&stage).contains("Κλειστό"));
    stage.tap("window-wall");
    assert!(is_seen(&stage) && card(&stage).contains("Ανοιχτό"));
    busy(&stage);
    stage.tap("rail-devices");
    stage.wall_is(super::HD);
    assert!(stage.wall_text().contains("…3307"));
    stage.tap("window-wall");
    assert!(!is_seen(&stage) && card(&stage).contains("Κλειστό"));
    stage.tap("window-wall");
    assert!(is_seen(&stage) && stage.wall_text().contains("…3307"));
    stage.tap("window-customer");
    assert!(stage.text("window-customer").contains("Ανοιχτό") && stage.window.customer().is_some());
}

#[test]
fn whoever_closes_the_window_closes_nothing_else() {
    let stage = washing();
    stage.tap("rail-devices");
    assert!(card(&stage).contains("Ανοιχτό"));
    stage.wall().window().dispatch_event(WindowEvent::CloseRequested);
    stage.settle();
    stage.nobody_for(1);
    assert!(!is_seen(&stage) && card(&stage).contains("Κλειστό"), "{}", card(&stage));
    stage.tap("rail-lane");
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "rail-devices", "window-wall"]);
    assert!(is_seen(&stage) && stage.wall_text().contains("…4821"), "what happened meanwhile stands there");
}

#[test]
fn a_window_without_its_display_is_put_away_and_comes_back_with_it() {
    let (with, without) = (["eDP-1".to_owned(), "HDMI-1".to_owned()], ["eDP-1".to_owned()]);
    let stage = with_wall(wash(), |beside| beside.wall_place = Place::Display("hdmi-1".to_owned()));
    stage.tap("rail-devices");
    assert!(!is_seen(&stage), "it does not lie over the till while nobody knows where it belongs");
    stage.window.displays_are(&with);
    assert!(is_seen(&stage) && card(&stage).contains("Ανοιχτό"));
    stage.window.displays_are(&without);
    assert!(!is_seen(&stage) && card(&stage).contains("Λείπει"), "{}", card(&stage));
    stage.tap("rail-lane");
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "rail-devices"]);
    stage.window.displays_are(&with);
    assert!(is_seen(&stage));
    // Whoever cannot wait has it as a window, until the display is back.
    stage.window.displays_are(&without);
    stage.tap("window-wall");
    assert!(is_seen(&stage));
    stage.window.displays_are(&without);
    assert!(is_seen(&stage), "nobody takes that away");
}

#[test]
fn where_there_is_room_for_one_window_the_page_says_so() {
    let stage = Stage::new();
    let mut beside = tameio::view::Beside::usual(&wash());
    beside.one_only = true;
    stage.window.set_beside(beside);
    stage.tap("rail-devices");
    assert!(!stage.is_enabled("window-wall"));
    stage.tap("window-wall");
    assert!(stage.window.wall().is_none());
}
