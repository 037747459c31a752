//! A lease by touch alone: opened, agreed, handed over, paid every month, late, extended, back before the end.

use crate::fleet::{desk, form};
use crate::pages::check;
use crate::stage::Stage;
use slint::{ComponentHandle, Model};
use tameio::domain::visit::Visit;
use tameio::view::generated::{Fleet, Lease, LeaseStand, Page, Shell};

const SIZE: (u32, u32) = (1024, 768);
const DAY: i64 = 86_400;

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn type_in(stage: &Stage, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("ask-{key}"));
    }
}

/// Somebody with the right steps in.
fn allowed(stage: &Stage) {
    stage.tap_all(&["approve-owner", "approve"]);
}

/// A vehicle of the fleet on a lease of half a year, at 450.00 a month, not handed over.
fn agreed(stage: &Stage, plate: &str) {
    stage.tap("rail-lane");
    stage.type_plate(plate);
    stage.tap_all(&[
        "ask-arrival",
        "ask-terms",
        "offer-terms-lease",
        "ask-toAgreedPeriodDate",
        "offer-span-6",
    ]);
    stage.tap_all(&["ask-periodicity", "offer-months-1", "ask-send"]);
    assert_eq!(page(stage), Page::Ask, "what is paid is asked at once");
    assert!(!stage.is_enabled("ask-send"));
    type_in(stage, "45000");
    stage.tap("ask-lease-deposit");
    type_in(stage, "60000");
    stage.tap("ask-send");
    allowed(stage);
    assert_eq!(page(stage), Page::Visit);
}

/// The same, handed over and its first instalment paid.
fn away(stage: &Stage, plate: &str) {
    agreed(stage, plate);
    stage.tap("take-step");
    assert!(stage.element("ask-days").is_none(), "the contract says how long");
    form(stage, None);
    stage.tap_all(&["ask-send", "visit-lease", "lease-take", "pay-exact", "done-next"]);
}

fn only<T>(stage: &Stage, read: impl FnOnce(&Visit) -> T) -> T {
    stage.state(|state| read(state.visits.values().next().expect("a visit")))
}

fn stands(stage: &Stage) -> Vec<LeaseStand> {
    stage.app().global::<Lease>().get_instalments().iter().map(|one| one.stand).collect()
}

#[test]
fn a_lease_is_agreed_handed_over_and_paid_by_touch() {
    let stage = Stage::of(desk(), SIZE);
    agreed(&stage, "YZB3307");
    assert!(stage.element("visit-lease").is_some());
    stage.tap("take-step");
    form(&stage, None);
    stage.tap("ask-send");
    only(&stage, |visit| assert_eq!(visit.rental.as_ref().expect("it is away").hand_over.days, 184));
    stage.tap("visit-lease");
    assert_eq!(page(&stage), Page::Lease);
    assert_eq!(stands(&stage)[0], LeaseStand::Due);
    stage.tap("lease-take");
    assert_eq!(page(&stage), Page::Pay);
    stage.tap("pay-exact");
    only(&stage, |visit| assert!(visit.lease.as_ref().is_some_and(|lease| lease.is_paid(1))));
    // Two months later two are owed; one of them is taken, then the other with one that is not due yet.
    stage.pass(62 * DAY);
    stage.tap_all(&["rail-fleet", "fleet-leases"]);
    let lease = stage.app().global::<Lease>();
    assert_eq!(
        stands(&stage)[..4],
        [LeaseStand::Paid, LeaseStand::Late, LeaseStand::Late, LeaseStand::Ahead]
    );
    assert_eq!((lease.get_late(), lease.get_take_count()), (1, 2));
    stage.tap("instalment-2");
    assert_eq!(lease.get_take_count(), 1);
    stage.tap_all(&["lease-take", "pay-card", "rail-fleet", "fleet-leases", "instalment-4"]);
    assert_eq!(lease.get_take_count(), 2);
    stage.tap_all(&["lease-take", "pay-card"]);
    only(&stage, |visit| {
        let lease = visit.lease.as_ref().expect("a contract");
        assert!((1..=4).all(|number| lease.is_paid(number)) && !lease.is_paid(5));
    });
}

#[test]
fn an_extension_is_asked_for_and_printed() {
    let stage = Stage::of(desk(), SIZE);
    away(&stage, "YZB3307");
    stage.tap_all(&["rail-fleet", "fleet-leases", "lease-extend"]);
    assert_eq!(page(&stage), Page::Ask);
    stage.tap_all(&["offer-span-1", "ask-send"]);
    allowed(&stage);
    assert_eq!(page(&stage), Page::Lease);
    assert_eq!(stands(&stage).len(), 7);
    stage.tap_all(&["lease-print", "lease-visit"]);
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn who_says_no_to_a_rate_can_be_asked_again() {
    let stage = Stage::of(desk(), SIZE);
    stage.tap("rail-lane");
    stage.type_plate("YZB3307");
    stage.tap_all(&[
        "ask-arrival",
        "ask-terms",
        "offer-terms-lease",
        "ask-toAgreedPeriodDate",
        "offer-span-1",
    ]);
    stage.tap_all(&["ask-periodicity", "offer-months-1", "ask-send"]);
    type_in(&stage, "45000");
    stage.tap_all(&["ask-send", "step-up-close"]);
    assert!(stage.is_enabled("ask-send"), "it can be sent again");
    stage.tap("ask-back");
    assert_eq!(page(&stage), Page::Visit);
    // Nothing was agreed: the card asks for it.
    stage.tap("visit-lease");
    assert_eq!(page(&stage), Page::Ask);
}

#[test]
fn what_was_paid_too_much_is_shown_with_the_way_to_give_it_back() {
    let stage = Stage::of(desk(), SIZE);
    away(&stage, "YZB3307");
    stage.pass(9 * DAY);
    stage.tap_all(&["rail-fleet", "fleet-YZB3307", "ask-km"]);
    type_in(&stage, "12100");
    stage.tap_all(&["ask-fuel", "offer-fuel-8", "ask-send", "visit-lease"]);
    assert!(stage.element("lease-give-back").is_some());
    stage.tap("lease-give-back");
    assert_eq!(page(&stage), Page::Receipts);
}

#[test]
fn the_fleet_says_until_when_and_what_is_owed() {
    let stage = Stage::of(desk(), SIZE);
    away(&stage, "YZB3307");
    stage.pass(40 * DAY);
    stage.tap("rail-fleet");
    let row = stage.app().global::<Fleet>().get_rows().iter().find(|row| row.id == "YZB3307").expect("it");
    assert!(row.due == "13/9/2026" && row.owed.contains("450,00"), "{} {}", row.due, row.owed);
}

#[test]
fn what_it_looks_like() {
    let late = |stage: &Stage| {
        away(stage, "YZB3307");
        away(stage, "NKO9154");
        stage.pass(40 * DAY);
        stage.tap_all(&["rail-fleet", "fleet-leases"]);
    };
    check(
        "lease",
        &desk(),
        late,
        &["leases-back", "lease-take", "lease-extend", "lease-print", "instalment-1"],
    );
    let on_visit = |stage: &Stage| agreed(stage, "YZB3307");
    check("lease-visit", &desk(), on_visit, &["visit-lease", "take-step", "pay"]);
    let fleet = |stage: &Stage| {
        away(stage, "YZB3307");
        stage.pass(40 * DAY);
        stage.tap("rail-fleet");
    };
    check("lease-fleet", &desk(), fleet, &["fleet-leases", "fleet-YZB3307"]);
    let extend = |stage: &Stage| {
        away(stage, "YZB3307");
        stage.tap_all(&["rail-fleet", "fleet-leases", "lease-extend"]);
    };
    check("lease-extend", &desk(), extend, &["ask-send", "ask-lease-last"]);
}
