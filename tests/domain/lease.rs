//! A lease's instalments: every day in one of them, their sum the contract, whatever the calendar does.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use tameio::domain::lease::{
    DueOn, EarlyReturn, Every, LastPeriod, Lease, LeasePart, LeaseRules, PaidInstalment, Standing,
};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::time::Stamp;
use tameio::domain::{ids::DocumentId, terms::Period};
use uuid::Uuid;

fn lease(parts: Vec<LeasePart>, rules: LeaseRules) -> Lease {
    Lease {
        agreed: Stamp::new("2026-01-01T08:00:00Z".parse().expect("an instant")),
        operator: OperatorId("A".to_owned()),
        approved_by: OperatorId("owner".to_owned()),
        parts,
        deposit: Cents::ZERO,
        rules,
        ended: None,
        paid: Vec::new(),
        given_back: Vec::new(),
    }
}

fn part(first: Date, last: Date, every: Every, rate: i64) -> LeasePart {
    LeasePart { first, last, every, rate: Cents(rate) }
}

fn pay(lease: &mut Lease, number: u16) {
    let amount = lease.instalments().iter().find(|one| one.number == number).expect("it is due").amount;
    lease.paid.push(PaidInstalment { number, amount, document: DocumentId(Uuid::from_u128(number.into())) });
}

fn periods(lease: &Lease) -> Vec<(Date, Date, i64)> {
    lease.instalments().iter().map(|one| (one.period.from, one.period.to, one.amount.0)).collect()
}

#[test]
fn a_year_of_months_is_twelve_instalments() {
    let year = part(date(2026, 3, 1), date(2027, 2, 28), Every::Months(1), 45_000);
    let lease = lease(vec![year], LeaseRules::default());
    assert_eq!(lease.instalments().len(), 12);
    assert_eq!(lease.total(), Cents(12 * 45_000));
    assert_eq!(lease.days(), 365);
    let lines = lease.lines(&lease.unpaid()[1..2], Rate(2_400));
    assert_eq!(lines[0].name.el.as_str(), "Μίσθωμα 2/12 01/04/2026–30/04/2026");
    assert_eq!((lines[0].code.as_str(), lines[0].gross()), ("lease-2", Cents(45_000)));
}

#[test]
fn what_begins_on_the_last_of_january_comes_back_to_the_thirty_first() {
    let from_january = part(date(2026, 1, 31), date(2026, 5, 30), Every::Months(1), 40_000);
    let whole = |from, to| (from, to, 40_000);
    assert_eq!(
        periods(&lease(vec![from_january], LeaseRules::default())),
        [
            whole(date(2026, 1, 31), date(2026, 2, 27)),
            whole(date(2026, 2, 28), date(2026, 3, 30)),
            whole(date(2026, 3, 31), date(2026, 4, 29)),
            whole(date(2026, 4, 30), date(2026, 5, 30)),
        ]
    );
}

#[test]
fn what_does_not_end_with_a_whole_period_pays_its_days_or_all_of_it_by_rule() {
    let odd = part(date(2026, 3, 1), date(2026, 4, 10), Every::Months(1), 45_000);
    let by_days = lease(vec![odd], LeaseRules::default());
    assert_eq!(by_days.total(), Cents(45_000 + 15_000), "ten days of thirty");
    let whole = LeaseRules { last_period: LastPeriod::Whole, ..LeaseRules::default() };
    assert_eq!(lease(vec![odd], whole).total(), Cents(90_000));
}

#[test]
fn a_return_before_the_last_day_owes_what_the_rule_says() {
    let year = part(date(2026, 3, 1), date(2026, 12, 31), Every::Months(1), 45_000);
    let back = |early_return| {
        let mut lease = lease(vec![year], LeaseRules { early_return, ..LeaseRules::default() });
        (1..=3).for_each(|number| pay(&mut lease, number));
        lease.end(date(2026, 5, 10));
        lease
    };
    let days = back(EarlyReturn::Days);
    assert_eq!(days.total(), Cents(90_000 + 14_516), "ten of the thirty-one days of May");
    assert_eq!(days.overpaid(), Cents(45_000 - 14_516));
    assert_eq!(days.to_give_back().map(|(_, much)| much), Some(Cents(45_000 - 14_516)));
    assert_eq!(days.unpaid(), []);
    let period = back(EarlyReturn::Period);
    assert_eq!((period.total(), period.overpaid()), (Cents(135_000), Cents::ZERO));
    let all = back(EarlyReturn::Everything);
    assert_eq!(all.unpaid().len(), 7, "every month that was agreed");
    assert_eq!(
        all.owed_on(date(2026, 5, 10)),
        Cents(7 * 45_000),
        "the vehicle is back: nothing is waited for"
    );
}

#[test]
fn what_is_late_what_is_due_and_what_is_ahead() {
    let year = part(date(2026, 3, 1), date(2026, 12, 31), Every::Months(1), 45_000);
    let rules = LeaseRules { grace_days: 5, ..LeaseRules::default() };
    let mut in_advance = lease(vec![year], rules);
    pay(&mut in_advance, 1);
    let stand = |lease: &Lease, number: usize, today| lease.standing(&lease.instalments()[number - 1], today);
    assert_eq!(stand(&in_advance, 1, date(2026, 4, 20)), Standing::Paid);
    assert_eq!(stand(&in_advance, 2, date(2026, 3, 31)), Standing::Ahead);
    assert_eq!(stand(&in_advance, 2, date(2026, 4, 1)), Standing::Due);
    assert_eq!(stand(&in_advance, 2, date(2026, 4, 6)), Standing::Due);
    assert_eq!(stand(&in_advance, 2, date(2026, 4, 7)), Standing::Late);
    assert_eq!(in_advance.owed_on(date(2026, 5, 1)), Cents(90_000));
    let after = lease(vec![year], LeaseRules { due_on: DueOn::Last, ..LeaseRules::default() });
    assert_eq!(stand(&after, 1, date(2026, 3, 30)), Standing::Ahead);
    assert_eq!(stand(&after, 1, date(2026, 3, 31)), Standing::Due);
}

fn every() -> impl Strategy<Value = Every> {
    prop_oneof![(1u8..=12).prop_map(Every::Months), (1u16..=90).prop_map(Every::Days)]
}

fn rules() -> impl Strategy<Value = LeaseRules> {
    let last = prop_oneof![Just(LastPeriod::Days), Just(LastPeriod::Whole)];
    let early =
        prop_oneof![Just(EarlyReturn::Days), Just(EarlyReturn::Period), Just(EarlyReturn::Everything)];
    (last, early).prop_map(|(last_period, early_return)| LeaseRules {
        last_period,
        early_return,
        ..LeaseRules::default()
    })
}

/// A contract and its extensions, each of so many days.
fn parts() -> impl Strategy<Value = Vec<LeasePart>> {
    let length = (1i32..=400, every(), 1i64..=5_000_000);
    (0i32..=1_500, prop::collection::vec(length, 1..4)).prop_map(|(from, lengths)| {
        let mut first = date(2026, 1, 1).checked_add(from.days()).expect("a day");
        let mut parts = Vec::new();
        for (days, every, rate) in lengths {
            let last = first.checked_add((days - 1).days()).expect("a day");
            parts.push(part(first, last, every, rate));
            first = last.tomorrow().expect("a day");
        }
        parts
    })
}

/// What a part costs, worked out from its length alone: whole periods, and the rest by the rule.
fn price_by_length(part: &LeasePart, rules: LeaseRules) -> i64 {
    let (mut from, mut price, mut number) = (part.first, 0, 0i32);
    loop {
        number += 1;
        let next = match part.every {
            Every::Months(months) => part.first.checked_add((number * i32::from(months)).months()),
            Every::Days(days) => part.first.checked_add((number * i32::from(days)).days()),
        };
        let next = next.expect("a day");
        let left = i64::from((part.last - from).get_days()) + 1;
        let whole = i64::from((next - from).get_days());
        if left >= whole || rules.last_period == LastPeriod::Whole {
            price += part.rate.0;
        } else {
            // To the nearest cent, half of one up.
            let exact = i128::from(part.rate.0) * i128::from(left) * 1_000 / i128::from(whole);
            price += i64::try_from((exact + 500) / 1_000).expect("a price");
        }
        if left <= whole {
            return price;
        }
        from = next;
    }
}

proptest! {
    /// Every day is in one instalment and in no other, the numbers have no gaps, and the sum is the contract's price.
    #[test]
    fn instalments_are_the_contract((parts, rules) in (parts(), rules())) {
        let contract = lease(parts.clone(), rules);
        let all = contract.instalments();
        let mut next = parts[0].first;
        for (at, one) in all.iter().enumerate() {
            prop_assert_eq!(usize::from(one.number), at + 1);
            prop_assert_eq!(one.period.from, next, "no day is left out, and none is paid twice");
            prop_assert!(one.period.to >= one.period.from);
            next = one.period.to.tomorrow().expect("a day");
        }
        prop_assert_eq!(next, parts.last().expect("a part").last.tomorrow().expect("a day"));
        let price: i64 = parts.iter().map(|part| price_by_length(part, rules)).sum();
        prop_assert!((contract.total().0 - price).abs() <= 1, "{} and {}", contract.total().0, price);
    }

    /// Whatever was paid when: coming back earlier never costs more, and paid, owed and given back come out even.
    #[test]
    fn coming_back_early_never_costs_more(
        (parts, rules, after, paid) in (parts(), rules(), 0i32..=1_200, 0usize..=60)
    ) {
        let mut contract = lease(parts, rules);
        let all = contract.instalments();
        for one in all.iter().take(paid) {
            pay(&mut contract, one.number);
        }
        let agreed = contract.total();
        let first = contract.first().expect("a day");
        let back = first.checked_add(after.days()).expect("a day");
        contract.end(back);
        prop_assert!(contract.total() <= agreed);
        let taken: i64 = contract.paid.iter().map(|paid| paid.amount.0).sum();
        let still: i64 = contract.unpaid().iter().map(|one| one.amount.0).sum();
        prop_assert_eq!(taken + still - contract.overpaid().0, contract.total().0);
        let kept = Period { from: first, to: contract.ended.unwrap_or(back) };
        for one in contract.instalments() {
            prop_assert!(one.period.from <= kept.to || rules.early_return == EarlyReturn::Everything);
        }
    }
}
