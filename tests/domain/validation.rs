//! What shops take off a stay: never more than it costs, never less than nothing, and all one which was given first.

use crate::world::World;
use proptest::prelude::*;
use std::sync::LazyLock;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::ids::{IdSource, MerchantId, Reference};
use tameio::domain::merchant::{Gives, Payer};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::parking::{Basis, Stay};
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::sale::{Discount, DiscountAmount, DiscountSource, PriceBasis};
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::domain::validation::{
    FreeMinutes, MerchantAccount, Month, ValidatedBy, Validation, ValidationUse, winning,
};
use tameio::domain::visit::Visit;
use tameio::domain::voucher::VoucherNumber;

fn stamp(text: &str) -> Stamp {
    Stamp::new(text.parse().expect("an instant"))
}

fn given(number: u64, what: Gives, adds_up: bool) -> Validation {
    Validation {
        merchant: MerchantId(IdSource::new(number, number).uuid()),
        number,
        name: Text::new(&format!("Κατάστημα {number}")),
        what,
        payer: Payer::Merchant,
        adds_up,
        at: stamp("2026-03-14T09:00:00Z"),
        how: ValidatedBy::Voucher { number: 1, operator: OperatorId("A".to_owned()) },
    }
}

/// The sign of the scenarios: T1.
fn park() -> Settings {
    Config::practice(Trade::Parking).expect("the shipped file").settings
}

/// A vehicle inside, as any.
static OPEN: LazyLock<Visit> = LazyLock::new(|| {
    let mut world = World::of(Trade::Parking);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.visit(visit)
});

/// A stay that began at 09:00 in Athens.
fn stay(settings: &Settings, validations: Vec<Validation>) -> Visit {
    let mut visit = OPEN.clone();
    visit.arrived = stamp("2026-03-14T07:00:00Z");
    let tariff = settings.parking.tariff.as_ref().expect("a tariff");
    visit.stay = Some(Stay { validations, ..Stay::begin(tariff, visit.arrived).expect("a version") });
    visit
}

fn due(settings: &Settings, visit: &Visit, minutes: i64) -> Cents {
    settings.bill(visit, visit.arrived.moved(minutes * 60)).expect("a price").due()
}

fn minutes(minutes: u32) -> Gives {
    Gives::FirstMinutes { minutes }
}

fn amount(cents: i64) -> Gives {
    Gives::Amount { amount: Cents(cents) }
}

fn percent(share: u32) -> Gives {
    Gives::Percent { share: Rate(share * 100) }
}

/// T1 asks 7.50 for 137 minutes: 4.00 for the first hour, 2.00 up to two, 1.50 for the third.
#[test]
fn each_kind_takes_off_what_it_says() {
    let settings = park();
    let of = |what| due(&settings, &stay(&settings, vec![given(1, what, false)]), 137);
    assert_eq!(of(minutes(60)), Cents(350), "7.50 less the 4.00 of the first hour");
    assert_eq!(of(minutes(137)), Cents(0), "all of it is free");
    assert_eq!(of(minutes(500)), Cents(0));
    assert_eq!(of(minutes(5)), Cents(750), "the first minutes are free for everybody");
    assert_eq!(of(amount(200)), Cents(550));
    assert_eq!(of(amount(9900)), Cents(0), "never below nothing");
    assert_eq!(of(percent(50)), Cents(375));
    assert_eq!(of(percent(100)), Cents(0));
    assert_eq!(of(Gives::FlatPrice { price: Cents(300) }), Cents(300));
    assert_eq!(of(Gives::FlatPrice { price: Cents(9900) }), Cents(750), "never above the price");
    let mut later = park();
    later.parking.validations.free_minutes = FreeMinutes::LaterArrival;
    let visit = stay(&later, vec![given(1, minutes(60), false)]);
    assert_eq!(due(&later, &visit, 137), Cents(600), "77 minutes cost 6.00");
}

#[test]
fn of_two_shops_the_better_holds_and_those_that_may_are_added_up() {
    let settings = park();
    let of = |given: Vec<Validation>| due(&settings, &stay(&settings, given), 137);
    assert_eq!(of(vec![given(1, amount(200), false), given(2, minutes(60), false)]), Cents(350));
    assert_eq!(
        of(vec![given(1, amount(200), true), given(2, minutes(60), false)]),
        Cents(350),
        "one will not"
    );
    assert_eq!(
        of(vec![given(1, amount(200), true), given(2, minutes(60), true)]),
        Cents(150),
        "5.50 + … both"
    );
    assert_eq!(
        of(vec![given(1, amount(200), true), given(2, amount(100), true), given(3, amount(400), false)]),
        Cents(350),
        "the one alone is better than both together"
    );
    // The share is of what is left after the minutes, and the sum comes last: (7.50 − 4.00) × ½ − 1.00.
    let all = vec![given(1, amount(100), true), given(2, percent(50), true), given(3, minutes(60), true)];
    assert_eq!(of(all), Cents(75));
    // Free minutes follow each other: two hours cost 6.00.
    assert_eq!(of(vec![given(1, minutes(60), true), given(2, minutes(60), true)]), Cents(150));
}

#[test]
fn what_a_person_decided_is_the_price_and_a_hand_comes_after_the_shops() {
    let settings = park();
    let mut visit = stay(&settings, vec![given(1, amount(200), false)]);
    visit.sale.discounts.push(Discount {
        source: DiscountSource::Manual,
        amount: DiscountAmount::Percent(Rate(1000)),
        reason: Text::new("τακτικός"),
        approved_by: None,
    });
    assert_eq!(due(&settings, &visit, 137), Cents(495), "a tenth of the 5.50 that are left");
    let approved_by = OperatorId("owner".to_owned());
    let price = Cents(900);
    let agreed = Basis::Agreed { price, reason: Text::new("παράπονο"), approved_by };
    visit.sale.discounts.clear();
    if let Some(stay) = &mut visit.stay {
        stay.basis = agreed;
    }
    assert_eq!(due(&settings, &visit, 137), price);
}

fn gives() -> impl Strategy<Value = Gives> {
    prop_oneof![
        (1..2_000_u32).prop_map(minutes),
        (1..3_000_i64).prop_map(amount),
        (1..=10_000_u32).prop_map(|share| Gives::Percent { share: Rate(share) }),
        (0..3_000_i64).prop_map(|price| Gives::FlatPrice { price: Cents(price) }),
    ]
}

fn shops() -> impl Strategy<Value = Vec<Validation>> {
    prop::collection::vec((gives(), any::<bool>()), 0..5).prop_map(|shops| {
        let numbered = shops.into_iter().zip(1..);
        numbered.map(|((what, adds_up), number)| given(number, what, adds_up)).collect()
    })
}

proptest! {
    /// On the sign itself, for every way of counting free minutes, at any length of stay.
    #[test]
    fn a_stay_is_never_below_nothing_nor_above_its_price(
        shops in shops(), length in 0..4_000_i64, later in any::<bool>(), turn in 0..5_usize,
    ) {
        let mut settings = park();
        if later {
            settings.parking.validations.free_minutes = FreeMinutes::LaterArrival;
        }
        let plain = due(&settings, &stay(&settings, Vec::new()), length);
        let with = due(&settings, &stay(&settings, shops.clone()), length);
        prop_assert!(with >= Cents::ZERO && with <= plain, "{} with shops, {} without", with, plain);
        // Another order of giving changes nothing.
        let mut turned = shops.clone();
        turned.rotate_left(turn.min(shops.len()));
        turned.reverse();
        prop_assert_eq!(due(&settings, &stay(&settings, turned), length), with);
        // No shop alone is better than what holds.
        for one in shops {
            prop_assert!(with <= due(&settings, &stay(&settings, vec![one]), length));
        }
    }

    /// What each took off comes to the whole, and each is something.
    #[test]
    fn the_worths_come_to_what_was_taken_off(shops in shops(), price in 0..20_000_i64) {
        let first = |minutes: u32| Ok::<_, ()>(Cents(i64::from(minutes)));
        let holding = winning(&shops, Cents(price), first).expect("a price");
        let off: Cents = holding.iter().map(|(_, worth)| *worth).sum();
        prop_assert!(holding.iter().all(|(_, worth)| *worth > Cents::ZERO) && off <= Cents(price));
        prop_assert!(holding.len() < 2 || holding.iter().all(|(one, _)| one.adds_up));
    }

    /// A month is the sum of its stays, whoever pays for each.
    #[test]
    fn a_month_is_the_sum_of_its_stays(worths in prop::collection::vec((1..5_000_i64, any::<bool>()), 0..30)) {
        let uses = worths.iter().map(|(worth, house)| used(Cents(*worth), *house)).collect();
        let account = MerchantAccount { month: Month { year: 2026, month: 3 }, uses };
        let sum: i64 = worths.iter().map(|(worth, _)| *worth).sum();
        prop_assert_eq!(account.owed() + account.given(), Cents(sum));
        for basis in [PriceBasis::WithVat, PriceBasis::WithoutVat] {
            let row = account.settled(Rate(2400), basis);
            prop_assert_eq!(row.net + row.vat, row.gross);
            prop_assert_eq!(if basis == PriceBasis::WithVat { row.gross } else { row.net }, account.owed());
        }
    }

    #[test]
    fn a_number_of_a_voucher_survives_its_code(merchant in 1..10_000_u64, voucher in 1..1_000_000_u64) {
        let terminal = "7K3Q".to_owned().try_into().expect("an id");
        let number = VoucherNumber { terminal, merchant, voucher };
        prop_assert_eq!(number.to_string().parse(), Ok(number));
    }
}

fn used(worth: Cents, house: bool) -> ValidationUse {
    let Validation { merchant, number, what, how, at, .. } = given(1, amount(worth.0), false);
    ValidationUse {
        merchant,
        number,
        plate: Plate::parse(&PlateEntry::Greek, "ΙΗΖ-4821").expect("a plate"),
        reference: Reference { terminal: "7K3Q".to_owned().try_into().expect("an id"), number: 1 },
        at,
        what,
        payer: if house { Payer::House } else { Payer::Merchant },
        worth,
        by: how,
        document: None,
    }
}

#[test]
fn a_plate_is_shortened_for_the_shop() {
    assert_eq!(used(Cents(1), false).plate_in_short(), "ΙΗΖ*21");
}

#[test]
fn months_follow_each_other() {
    let month: Month = "2026-12".parse().expect("a month");
    assert_eq!(
        (month.moved(1).to_string(), month.moved(-12).to_string()),
        ("2027-01".into(), "2025-12".into())
    );
    for wrong in ["2026", "2026-13", "26-03", "2026-00", "March"] {
        assert!(wrong.parse::<Month>().is_err(), "{wrong}");
    }
}
