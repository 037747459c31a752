//! Weights are exact.

use std::time::Duration;

use tameio_drivers::scale::reading::FRESH_MAX;
use tameio_drivers::scale::{Reading, Sample, Unit, Weight};

use super::kilograms;

#[test]
fn nothing_is_no_weight() {
    assert_eq!(Weight::new(0, 3, Unit::Kilogram), None);
    assert_eq!(Weight::new(1, 7, Unit::Kilogram), None);
}

#[test]
fn grams_are_told_only_where_they_are_whole() {
    assert_eq!(kilograms(1234, 3).grams(), Some(1234));
    assert_eq!(kilograms(12, 1).grams(), Some(1200));
    assert_eq!(Weight::new(1234, 2, Unit::Gram).unwrap().grams(), None);
    assert_eq!(Weight::new(1234, 2, Unit::Gram).unwrap().milligrams(), Some(12_340));
    assert_eq!(Weight::new(1234, 6, Unit::Gram).unwrap().milligrams(), None);
    assert_eq!(Weight::new(2, 0, Unit::Tonne).unwrap().grams(), Some(2_000_000));
    assert_eq!(Weight::new(2, 0, Unit::Pound).unwrap().grams(), None);
    assert!(Weight::new(u32::MAX, 0, Unit::Tonne).unwrap().grams().is_some());
}

#[test]
fn a_weight_is_written_as_the_scale_shows_it() {
    assert_eq!(kilograms(1234, 3).to_string(), "1.234 kg");
    assert_eq!(kilograms(5, 3).to_string(), "0.005 kg");
    assert_eq!(Weight::new(7, 0, Unit::Ounce).unwrap().to_string(), "7 oz");
}

#[test]
fn a_reading_grows_stale() {
    let at = std::time::Instant::now();
    let sample = Sample { reading: Reading::Zero, at };
    assert_eq!(sample.reading_at(at + FRESH_MAX), Reading::Zero);
    assert_eq!(sample.reading_at(at + FRESH_MAX + Duration::from_millis(1)), Reading::NoAnswer);
}
