//! A wall is public: no name, no telephone number, no amount, no whole plate.

use super::{busy, carpets, garage, with_wall};
use crate::stage::{Stage, wash_and_garage};
use tameio::view::Beside;

/// A wash, a garage and a counter, with everything in them that is nobody's business.
fn full(change: impl FnOnce(&mut Beside)) -> Stage {
    let stage = with_wall(wash_and_garage(), change);
    busy(&stage);
    carpets(&stage, 9);
    stage
}

/// Everything its pages say, in every language.
fn everything(stage: &Stage, pages: usize) -> String {
    let mut read = String::new();
    for _ in 0..pages {
        read.push_str(&stage.wall_text());
        read.push('\n');
        stage.nobody_for(10);
        // The terminal speaks meanwhile, as it does.
        stage.pass(0);
    }
    read
}

/// What must not be read there, whatever is inside.
fn secrets(stage: &Stage) -> Vec<String> {
    let mut secrets = stage.state(|state| {
        let amounts = |sale: &tameio::domain::sale::Sale| sale.totals().gross.with_comma();
        let of_visits = state.visits.values().flat_map(|visit| {
            [visit.plate.display(), visit.plate.greek(), visit.plate.text.clone(), amounts(&visit.sale)]
        });
        let of_orders = state.orders.values().flat_map(|order| {
            [order.owner.name.to_string(), order.owner.phone.to_string(), amounts(&order.unpaid())]
        });
        of_visits.chain(of_orders).collect::<Vec<_>>()
    });
    secrets.retain(|secret| !secret.is_empty());
    secrets.extend(["Παπαδόπουλος", "€", "Ταμίας", "210 0000000", "999999993"].map(str::to_owned));
    secrets
}

#[test]
fn nothing_that_is_nobodys_business_stands_there() {
    let stage = full(|beside| {
        beside.wall.languages = vec![tameio::domain::text::Language::El, tameio::domain::text::Language::En];
    });
    let read = everything(&stage, 12);
    assert!(read.contains("…3307") && read.contains("Orders ready") && read.contains("8"), "{read}");
    for secret in secrets(&stage) {
        assert!(!read.contains(&secret), "{secret} stands on the wall: {read}");
    }
}

#[test]
fn a_garages_words_and_names_do_not_either() {
    let stage = with_wall(crate::stage::shop(tameio::domain::settings::Trade::Garage), |_| ());
    garage(&stage);
    let read = everything(&stage, 2);
    assert!(read.contains("…9154"), "{read}");
    for secret in secrets(&stage).iter().map(String::as_str).chain(["φρένα", "Τακάκια"]) {
        assert!(!read.contains(secret), "{secret} stands on the wall: {read}");
    }
}

#[test]
fn the_owner_may_want_whole_plates() {
    let stage = full(|beside| beside.wall.plate_chars = 0);
    let read = everything(&stage, 4);
    assert!(read.contains("ΥΖΒ-3307") && !read.contains('…'), "{read}");
}
