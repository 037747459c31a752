//! Tenders: change comes only from cash, a tip is no revenue, and cash and card together are what was due.

use proptest::prelude::*;
use tameio::domain::ids::DepositId;
use tameio::domain::money::{AMOUNT_MAX, Cents};
use tameio::domain::payment::{BadPayment, Payment, Tender};
use uuid::Uuid;

const fn cash(cents: i64) -> Tender {
    Tender::Cash { given: Cents(cents) }
}

const fn card(cents: i64, tip: i64) -> Tender {
    Tender::CardApart { amount: Cents(cents), tip: Cents(tip) }
}

/// What went into the drawer, what cards paid, tips, change.
fn check(due: i64, tenders: &[Tender], figures: [i64; 4]) {
    let paid = Payment::settle(Cents(due), tenders.to_vec()).expect("it is paid");
    assert_eq!([paid.cash, paid.card, paid.tips, paid.change], figures.map(Cents), "{due}: {tenders:?}");
}

#[test]
fn a_saturday_is_paid() {
    check(800, &[cash(1_000)], [800, 0, 0, 200]);
    check(2_100, &[card(2_100, 0)], [0, 2_100, 0, 0]);
    check(1_300, &[cash(2_000)], [1_300, 0, 0, 700]);
    check(600, &[cash(600)], [600, 0, 0, 0]);
    check(1_170, &[cash(1_200)], [1_170, 0, 0, 30]);
    check(1_400, &[cash(400), card(1_000, 0)], [400, 1_000, 0, 0]);
    check(2_200, &[card(2_200, 200)], [0, 2_200, 200, 0]);
    check(3_000, &[cash(5_000)], [3_000, 0, 0, 2_000]);
    check(0, &[], [0, 0, 0, 0]);
}

#[test]
fn tenders_that_do_not_pay_are_refused() {
    let refused =
        |due, tenders: &[Tender]| Payment::settle(Cents(due), tenders.to_vec()).expect_err("refused");
    assert_eq!(refused(1_000, &[cash(900)]), BadPayment::Short { missing: Cents(100) });
    assert_eq!(refused(1_000, &[]), BadPayment::Short { missing: Cents(1_000) });
    assert_eq!(
        refused(1_000, &[card(900, 100)]),
        BadPayment::Short { missing: Cents(100) },
        "a tip pays nothing"
    );
    assert_eq!(refused(1_000, &[card(1_001, 0)]), BadPayment::OnlyCashGivesChange);
    assert_eq!(refused(1_000, &[card(600, 0), card(600, 0)]), BadPayment::OnlyCashGivesChange);
    assert_eq!(refused(1_000, &[cash(-1), card(1_001, 0)]), BadPayment::Amount);
    assert_eq!(refused(1_000, &[cash(AMOUNT_MAX.0 + 1)]), BadPayment::Amount);
    assert_eq!(refused(1_000, &[card(1_000, i64::MAX)]), BadPayment::Amount);
    assert_eq!(refused(1_000, &[cash(i64::MIN), cash(i64::MAX)]), BadPayment::Amount);
}

fn any_tender() -> impl Strategy<Value = Tender> {
    prop_oneof![
        (-10..=20_000i64).prop_map(cash),
        (-10..=10_000i64, -10..=500i64).prop_map(|(amount, tip)| card(amount, tip)),
        (-10..=10_000i64).prop_map(|amount| Tender::Iris { amount: Cents(amount) }),
        (-10..=10_000i64).prop_map(|amount| Tender::Bank { amount: Cents(amount) }),
        (-10..=10_000i64).prop_map(|amount| Tender::Voucher { amount: Cents(amount) }),
        (-10..=10_000i64).prop_map(|amount| Tender::OnAccount { amount: Cents(amount) }),
        (-10..=10_000i64)
            .prop_map(|amount| Tender::Deposit { deposit: DepositId(Uuid::nil()), amount: Cents(amount) }),
    ]
}

/// What was handed over in cash, what was paid otherwise, and the tips.
fn parts(tenders: &[Tender]) -> [Cents; 3] {
    tenders.iter().fold([Cents::ZERO; 3], |[given, others, tips], tender| match tender {
        Tender::Cash { given: more } => [given + *more, others, tips],
        Tender::CardApart { amount, tip } | Tender::CardLinked { amount, tip, .. } => {
            [given, others + *amount, tips + *tip]
        }
        Tender::Iris { amount }
        | Tender::Bank { amount }
        | Tender::Voucher { amount }
        | Tender::OnAccount { amount }
        | Tender::Deposit { amount, .. } => [given, others + *amount, tips],
    })
}

proptest! {
    #[test]
    fn what_was_paid_is_what_was_due(due in 0..=20_000i64, tenders in prop::collection::vec(any_tender(), 0..4)) {
        let [given, carded, tips] = parts(&tenders);
        let due = Cents(due);
        let below_zero = tenders.iter().any(|tender| {
            let (_, amount, tip) = tender.parts();
            amount < Cents::ZERO || tip < Cents::ZERO
        });
        match Payment::settle(due, tenders) {
            Ok(paid) => {
                let others: Cents = paid.by_means().map(|(_, amount)| amount).sum::<Cents>() - paid.cash;
                prop_assert_eq!(paid.cash + others, due);
                prop_assert_eq!((others, paid.tips), (carded, tips));
                prop_assert_eq!(paid.cash + paid.change, given);
                prop_assert!(paid.change >= Cents::ZERO && paid.change <= given, "change comes from cash");
            }
            Err(BadPayment::Amount) => prop_assert!(below_zero),
            Err(BadPayment::OnlyCashGivesChange) => prop_assert!(carded > due),
            Err(BadPayment::Short { missing }) => prop_assert_eq!(given + carded + missing, due),
        }
    }
}
