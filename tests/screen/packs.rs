//! Packs of washes by touch: sold at their page, offered at the lane, used on the visit, given back.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use tameio::domain::money::Cents;
use tameio::domain::pack::Pack;
use tameio::domain::settings::Trade;
use tameio::domain::visit::Settlement;
use tameio::view::generated::{Page, Shell};

const SIZE: (u32, u32) = (1024, 768);

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn packs(stage: &Stage) -> Vec<Pack> {
    stage.state(|state| state.packs.values().cloned().collect())
}

/// A shift is open, and a pack of ten is sold for one vehicle.
fn sold(stage: &Stage) {
    stage.tap_all(&["rail-shift", "person-A", "shift-1", "shift-00", "shift-00", "open-shift", "rail-lane"]);
    stage.type_plate("IHZ4821");
    stage.tap("open-packs");
    assert_eq!(page(stage), Page::Packs);
    stage.tap("sell-FULL10");
    assert_eq!(page(stage), Page::Order);
    stage.tap_all(&["order-pay", "pay-exact", "rail-lane"]);
    // Its document has its name.
    stage.pass(5);
    stage.sent();
}

fn wash() -> Stage {
    let stage = Stage::of(shop(Trade::Wash), SIZE);
    sold(&stage);
    stage
}

/// The plate still stands at the lane: the vehicle is opened by its new pack with one touch.
fn comes_by_it(stage: &Stage) {
    let hint = format!("hint-{}", packs(stage)[0].id);
    stage.tap(&hint);
    assert_eq!(page(stage), Page::Visit);
}

#[test]
fn a_pack_is_sold_offered_and_used_by_touch() {
    let stage = wash();
    let [pack] = packs(&stage).try_into().expect("one pack");
    assert_eq!((pack.paid, pack.vehicles.len()), (Cents(7_000), 1));
    comes_by_it(&stage);
    stage.tap("use-pack");
    let visit = crate::pages::newest(&stage);
    let settled = stage.state(|state| state.visits[&visit].state.settlement().cloned());
    assert_eq!(settled, Some(Settlement::ByPack { pack: pack.id }));
    assert!(stage.is_enabled("leave"));
    // The finger slipped: the same key gives the wash back.
    stage.tap("use-pack");
    assert_eq!(packs(&stage)[0].left(), Some(10));
    stage.tap_all(&["use-pack", "leave"]);
    assert_eq!(packs(&stage)[0].left(), Some(9));
}

/// Without its pack it is opened as anybody is.
#[test]
fn a_vehicle_with_a_pack_may_come_without_it() {
    let stage = wash();
    stage.tap("open-visit");
    let visit = crate::pages::newest(&stage);
    assert_eq!(stage.state(|state| state.visits[&visit].right), None);
    assert!(stage.element("use-pack").is_none());
}

#[test]
fn a_pack_is_looked_up_put_right_and_given_back() {
    let stage = wash();
    stage.tap_all(&["open-packs", "packs-clear", "pack-1"]);
    assert!(!stage.is_enabled("packs-add"), "nothing is typed");
    for key in ["Y", "Z", "B", "3", "3", "0", "7"] {
        stage.tap(&format!("packs-{key}"));
    }
    assert!(stage.element("pack-1").is_none(), "it is no pack of that vehicle");
    stage.tap_all(&["packs-clear", "pack-1", "packs-refund"]);
    assert_eq!(page(&stage), Page::Refund);
    assert_eq!(stage.text("refund-amount"), "70,00 €", "nothing was used");
    stage.tap("refund-5");
    assert_eq!(stage.text("refund-amount"), "70,00 €", "how much is the pack's to say");
    stage.tap_all(&["refund-reason-0", "refund-send", "approve-chief", "approve"]);
    assert!(packs(&stage).iter().all(|pack| !pack.is_open()), "it is over");
}

#[test]
fn the_pages_of_packs_are_whole() {
    let shop = shop(Trade::Wash);
    let page = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["open-packs", "pack-1"]);
    };
    check(
        "packs",
        &shop,
        page,
        &["packs-back", "sell-FULL10", "sell-MEMBER", "pack-1", "packs-add", "packs-print", "packs-refund"],
    );
    let lane = |stage: &Stage| {
        sold(stage);
    };
    check("packs-lane", &shop, lane, &["open-packs", "open-visit"]);
    let visit = |stage: &Stage| {
        sold(stage);
        comes_by_it(stage);
    };
    check("packs-visit", &shop, visit, &["use-pack", "pay", "leave"]);
    let used = |stage: &Stage| {
        sold(stage);
        comes_by_it(stage);
        stage.tap("use-pack");
    };
    check("packs-used", &shop, used, &["use-pack", "leave"]);
}
