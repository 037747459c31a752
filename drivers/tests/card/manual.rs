//! A terminal apart: the cashier's word, and nothing but it.

use std::time::Duration;

use tameio_drivers::card::{
    Cancel, CancelledBy, CardTerminal, Cashier, Found, Kind, ManualTerminal, NotStarted, Outcome, Said, Why,
    Word,
};

use super::{committed, intent, session};

/// What becomes of a sale when the cashier says this a moment later.
fn said(words: &[(u32, Said)]) -> (ManualTerminal, Cashier, Result<Outcome, NotStarted>) {
    let cashier = Cashier::default();
    let mut terminal = ManualTerminal::new(cashier.clone());
    let (speaks, words) = (cashier.clone(), words.to_vec());
    std::thread::spawn(move || {
        for (number, said) in words {
            std::thread::sleep(Duration::from_millis(20));
            speaks.says(session(number), said);
        }
    });
    let outcome = terminal.start(committed(&intent(1, Kind::Sale, 1400)), &Cancel::default(), &mut |_| {});
    (terminal, cashier, outcome)
}

#[test]
fn the_outcome_is_what_the_cashier_says() {
    let approved = Said::Approved { auth_code: Some(Word::new("A12345")), rrn: None };
    let (_, _, outcome) = said(&[(1, approved)]);
    let Ok(Outcome::Approved(approval)) = outcome else { panic!("{outcome:?}") };
    assert!(approval.by_hand, "it is no terminal's word");
    assert_eq!((approval.amount_cents, approval.auth_code.unwrap().as_str()), (1400, "A12345"));
    assert!(matches!(said(&[(1, Said::Declined)]).2, Ok(Outcome::Declined { .. })));
    let cancelled = said(&[(1, Said::Cancelled)]).2;
    assert_eq!(cancelled, Ok(Outcome::Cancelled { by: CancelledBy::Cashier }));
}

#[test]
fn a_word_about_another_sale_is_not_about_this_one() {
    let approved = Said::Approved { auth_code: None, rrn: None };
    assert!(matches!(said(&[(2, approved), (1, Said::Declined)]).2, Ok(Outcome::Declined { .. })));
}

#[test]
fn a_cashier_who_does_not_know_is_asked_again_before_anything_is_sold() {
    let (mut terminal, cashier, outcome) = said(&[(1, Said::Unsure)]);
    assert_eq!(outcome, Ok(Outcome::Unknown(Why::CannotBeAsked)));
    let next = committed(&intent(2, Kind::Sale, 1));
    let refused = terminal.start(next, &Cancel::default(), &mut |_| {});
    assert_eq!(refused, Err(NotStarted::Unresolved(session(1))));
    let sale = intent(1, Kind::Sale, 1400);
    assert_eq!(terminal.query(&sale, &mut |_| {}), Found::Unknown(Why::CannotBeAsked));
    cashier.says(session(1), Said::Approved { auth_code: None, rrn: None });
    assert!(matches!(terminal.query(&sale, &mut |_| {}), Found::Outcome(Outcome::Approved(_))));
    assert_eq!(terminal.unresolved(), None);
}

#[test]
fn nobody_knows_what_a_cashier_who_walked_away_has_keyed_in() {
    let mut terminal = ManualTerminal::new(Cashier::default());
    let cancel = Cancel::default();
    let asks = cancel.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        asks.ask();
    });
    let outcome = terminal.start(committed(&intent(1, Kind::Sale, 1400)), &cancel, &mut |_| {});
    assert_eq!(
        (outcome, terminal.unresolved()),
        (Ok(Outcome::Unknown(Why::StoppedWaiting)), Some(session(1)))
    );
}
