//! No load is sold twice, and every new one can be.

use tameio_drivers::scale::{Basis, Load, OncePerLoad, Reading, Weight};

use super::kilograms;

fn lies(weight: Weight) -> Reading {
    Reading::Stable(Load { weight, basis: Basis::Unsaid, price: None })
}

#[test]
fn a_load_is_taken_once() {
    let (mut once, bag) = (OncePerLoad::default(), kilograms(1234, 3));
    assert_eq!(once.hear(&lies(bag)), Some(bag));
    assert_eq!(once.hear(&lies(bag)), Some(bag), "shown until it is taken");
    once.take(bag);
    for reading in [lies(bag), Reading::Moving, lies(bag), Reading::NoAnswer, lies(bag)] {
        assert_eq!(once.hear(&reading), None);
    }
    assert_eq!(once.hear(&Reading::Zero), None);
    assert_eq!(once.hear(&lies(bag)), Some(bag), "the same weight again is no error");
    once.take(bag);
    let other = kilograms(1236, 3);
    assert_eq!(once.hear(&lies(other)), Some(other));
}
