//! Shops that make parking cheaper, by touch alone: begun and changed, their vouchers printed and scanned, their account.

use super::{comes, page, park};
use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::{ComponentHandle, Model};
use tameio::app::input::{By, Input, MerchantInput, WantedMerchant};
use tameio::domain::ids::MerchantId;
use tameio::domain::merchant::{Gives, Payer};
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::settings::Trade;
use tameio::paper::merchant::code_of;
use tameio::view::generated::{Merchants, Page, Parking, Tray};

const STAY: i64 = 137 * 60;

fn press(stage: &Stage, keys: &str) {
    keys.chars().for_each(|key| stage.tap(&format!("merchant-{key}")));
}

fn by_owner() -> By {
    By { operator: OperatorId("A".to_owned()), approved_by: Some(OperatorId("owner".to_owned())) }
}

/// A shop that gives the first hour, begun without the screen.
fn begins(stage: &Stage, name: &str, gives: Gives) -> MerchantId {
    let wanted = WantedMerchant {
        name: name.to_owned(),
        afm: "094014201".to_owned(),
        gives,
        payer: Payer::Merchant,
        per_day: 0,
        per_vehicle: 0,
        hours: Vec::new(),
        from: None,
        to: None,
        adds_up: false,
        active: true,
    };
    stage.happen(Input::Merchant(MerchantInput::Open { wanted: Box::new(wanted), by: by_owner() }));
    stage.state(|state| {
        state.merchants.values().find(|one| one.terms.name.as_str() == name).expect("it is there").id
    })
}

fn hour() -> Gives {
    Gives::FirstMinutes { minutes: 60 }
}

/// A voucher of the first shop, which the terminal has printed.
fn voucher(stage: &Stage, merchant: MerchantId, number: u64) -> String {
    let by = by_owner();
    stage.happen(Input::Merchant(MerchantInput::MakeVouchers { merchant, count: 20, days: 30, by }));
    let settings = stage.site.borrow().terminal().settings().clone();
    code_of(&settings, 1, number)
}

fn steps(stage: &Stage) -> Vec<String> {
    let steps = stage.app().global::<Parking>().get_steps();
    steps.iter().map(|step| format!("{} {}", step.name, step.amount)).collect()
}

fn said(stage: &Stage) -> Vec<String> {
    stage.app().global::<Tray>().get_notices().iter().map(|notice| notice.text.to_string()).collect()
}

/// The exit with a voucher: the ticket and the voucher are scanned, and one touch pays.
#[test]
fn a_ticket_and_a_voucher_are_scanned_and_one_touch_pays() {
    let stage = park();
    let alpha = begins(&stage, "ΚΑΦΕ ΑΛΦΑ", hour());
    let code = voucher(&stage, alpha, 7);
    comes(&stage, "IHZ4821");
    let ticket = stage.ticket();
    stage.pass(STAY);
    stage.tap("rail-lane");
    stage.taps();
    stage.burst(&format!("{ticket}\n"));
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "7,50 €".to_owned()));
    stage.burst(&format!("{code}\n"));
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "3,50 €".to_owned()));
    assert_eq!(steps(&stage).last().map(String::as_str), Some("ΚΑΦΕ ΑΛΦΑ: πρώτα 60′ −4,00 €"));
    stage.tap("pay-exact");
    assert_eq!((stage.taps(), page(&stage)), (1, Page::Done));
    stage.tap("done-leave");
    comes(&stage, "YZB3307");
    stage.pass(STAY);
    stage.burst(&format!("{code}\n"));
    assert!(said(&stage).iter().any(|said| said.contains("χρησιμοποιήθηκε")), "{:?}", said(&stage));
    stage.tap("rail-lane");
    stage.burst(&format!("{}\n", voucher(&stage, alpha, 8)));
    assert!(said(&stage).iter().any(|said| said.contains("πρώτα το δελτίο")), "{:?}", said(&stage));
}

/// A voucher scanned on the page of the visit brings its price up.
#[test]
fn a_voucher_on_the_page_of_the_visit_brings_its_price_up() {
    let stage = park();
    let alpha = begins(&stage, "ΚΑΦΕ ΑΛΦΑ", Gives::Percent { share: tameio::domain::money::Rate(10_000) });
    let code = voucher(&stage, alpha, 1);
    comes(&stage, "IHZ4821");
    stage.pass(STAY);
    stage.burst(&format!("{code}\n"));
    assert_eq!(page(&stage), Page::Pay);
    assert!(stage.element("stay-free").is_some(), "nothing is left to pay");
    stage.tap("stay-leave");
    stage.state(|state| assert!(state.visits.is_empty(), "one touch, and it has left"));
}

/// Without a voucher: the shop is chosen, somebody with the right stands by it, and it can be taken back.
#[test]
fn a_shop_is_chosen_at_the_exit_and_taken_back() {
    let stage = park();
    begins(&stage, "ΚΑΦΕ ΑΛΦΑ", hour());
    begins(&stage, "ΒΗΤΑ", Gives::Amount { amount: Cents(100) });
    comes(&stage, "IHZ4821");
    stage.pass(STAY);
    stage.tap_all(&["pay", "pay-validate", "validate-ΚΑΦΕ ΑΛΦΑ", "approve-chief", "approve"]);
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "3,50 €".to_owned()));
    stage.tap_all(&["pay-validate", "validate-ΚΑΦΕ ΑΛΦΑ"]);
    assert_eq!(stage.text("validate-due"), "Πληρωτέο 7,50 €");
    stage.tap("validate-pay");
    assert_eq!(stage.text("pay-left"), "7,50 €");
    let control = stage.state(|state| state.day.people.clone());
    assert!(control.values().any(|one| one.validated == 1 && one.validations_taken == 1), "{control:?}");
}

#[test]
fn a_shop_is_begun_changed_and_gets_its_vouchers_and_its_account() {
    let stage = park();
    stage.tap_all(&["rail-lane", "open-tariff", "open-merchants", "merchant-new"]);
    press(&stage, "ΑΛΦΑ");
    stage.tap("gives-amount");
    press(&stage, "200");
    stage.tap("merchant-hours");
    press(&stage, "08002000");
    stage.tap("merchant-per-day");
    press(&stage, "5");
    stage.tap_all(&["merchant-save", "approve-owner", "approve"]);
    stage.state(|state| {
        let one = state.merchants.values().next().expect("it is there");
        assert_eq!((one.terms.gives, one.terms.per_day), (Gives::Amount { amount: Cents(200) }, 5));
        assert_eq!(one.terms.hours[0].printed(), "08:00–20:00");
    });
    assert!(!stage.app().global::<Merchants>().get_editing(), "it is looked at");
    stage.tap_all(&["vouchers-20", "merchant-vouchers", "approve-owner", "approve"]);
    stage.pass(30);
    stage.state(|state| assert_eq!(state.merchants.values().next().map(|one| one.vouchers_made), Some(20)));
    stage.tap_all(&["merchant-change", "merchant-active", "merchant-save", "approve-owner", "approve"]);
    stage.state(|state| assert!(state.merchants.values().all(|one| !one.terms.active)));
    assert_eq!(stage.text("merchant-owed"), "Οφείλει 0,00 €");
    stage.tap("merchant-older");
    assert!(stage.element("merchant-no-uses").is_some());
    stage.tap("merchant-print");
    stage.tap("merchants-back");
    assert_eq!(page(&stage), Page::Tariff);
}

#[test]
fn the_pages_draw() {
    let park = shop(Trade::Parking);
    let none = |stage: &Stage| stage.tap_all(&["rail-lane", "open-tariff", "open-merchants"]);
    check("merchants-none", &park, none, &["merchant-new", "merchants-back"]);
    let edit = |stage: &Stage| {
        none(stage);
        stage.tap("merchant-new");
    };
    check(
        "merchants-new",
        &park,
        edit,
        &["merchant-save", "gives-minutes", "merchant-to", "merchant-active"],
    );
    let hours = |stage: &Stage| {
        edit(stage);
        press(stage, "ΑΛΦΑ");
        stage.tap("merchant-hours");
        press(stage, "09001700");
    };
    check("merchants-hours", &park, hours, &["merchant-save", "merchant-day-6", "merchant-5"]);
    let used = |stage: &Stage| {
        let alpha = begins(stage, "ΚΑΦΕ ΑΛΦΑ ΚΑΙ ΑΡΤΟΠΟΙΕΙΟ ΤΗΣ ΓΕΙΤΟΝΙΑΣ", hour());
        begins(stage, "ΒΗΤΑ", Gives::Amount { amount: Cents(100) });
        let code = voucher(stage, alpha, 1);
        comes(stage, "IHZ4821");
        stage.pass(STAY);
        stage.burst(&format!("{code}\n"));
        stage.tap("pay-exact");
    };
    let account = |stage: &Stage| {
        used(stage);
        none(stage);
        stage.tap("merchant-1");
    };
    let keys = ["merchant-vouchers", "merchant-print", "merchant-change", "merchant-older", "vouchers-100"];
    check("merchants-account", &park, account, &keys);
    let given = |stage: &Stage| {
        used(stage);
        comes(stage, "YZB3307");
        stage.pass(STAY);
        stage.burst(&format!(
            "{}\n",
            voucher(stage, stage.state(|state| *state.merchants.keys().next().expect("one")), 2)
        ));
    };
    check("pay-validated", &park, given, &["pay-validate", "pay-exact", "pay-no-document"]);
    let validate = |stage: &Stage| {
        given(stage);
        stage.tap("pay-validate");
    };
    check("validate", &park, validate, &["validate-pay", "validate-back", "validate-ΒΗΤΑ"]);
}
