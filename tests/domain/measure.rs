//! How much of a thing: a rectangle, a weight, and what is neither.

use proptest::prelude::*;
use tameio::domain::measure::{MINUTES_MAX, Measure, SIDE_CM_MAX, WEIGHT_G_MAX};
use tameio::domain::money::{Cents, Quantity};

const fn area(length_cm: u32, width_cm: u32) -> Measure {
    Measure::Area { length_cm, width_cm, pieces: 1 }
}

const fn weight(gross_g: u64, tare_g: u64) -> Measure {
    Measure::Weight { gross_g, tare_g, by_hand: false }
}

#[test]
fn a_rectangle_has_two_decimals_of_square_metres() {
    for (length, width, quantity, at, price) in [
        (240, 170, 4_080, 690, 2_815),
        (100, 60, 600, 690, 414),
        (155, 231, 3_580, 690, 2_470),
        (5, 10, 10, 690, 7),
        (10_000, 10_000, 10_000_000, 690, 6_900_000),
    ] {
        let found = area(length, width).quantity();
        assert_eq!(found, Some(Quantity(quantity)), "{length} x {width}");
        assert_eq!(found.map(|found| found.price(Cents(at))), Some(Cents(price)));
    }
    for (length, width) in [(0, 170), (240, 0), (1, 1), (7, 7), (SIDE_CM_MAX + 1, 100), (u32::MAX, u32::MAX)]
    {
        assert_eq!(area(length, width).quantity(), None, "{length} x {width}");
    }
}

#[test]
fn equal_rectangles_are_each_rounded_and_then_counted() {
    let two = Measure::Area { length_cm: 155, width_cm: 231, pieces: 2 };
    assert_eq!(two.quantity(), Some(Quantity(7_160)), "3.5805 m² each");
    for pieces in [0, u32::MAX] {
        let many = Measure::Area { length_cm: 10_000, width_cm: 10_000, pieces };
        assert!(many.quantity().is_none_or(|quantity| quantity.0 > 0), "{pieces}");
    }
}

#[test]
fn a_started_hundredth_of_an_hour_counts() {
    for (minutes, quantity) in [(1, 20), (15, 250), (59, 990), (60, 1_000), (61, 1_020)] {
        assert_eq!(Measure::Time { minutes }.quantity(), Some(Quantity(quantity)), "{minutes}");
    }
    assert_eq!([0, MINUTES_MAX + 1].map(|minutes| Measure::Time { minutes }.quantity()), [None, None]);
}

#[test]
fn a_weight_is_what_lies_on_the_scale_without_the_basket() {
    let net = weight(12_800, 450).quantity();
    assert_eq!(net, Some(Quantity(12_350)));
    assert_eq!(net.map(|net| net.price(Cents(250))), Some(Cents(3_088)), "30.875, half a cent up");
    for (gross, tare) in [(0, 0), (450, 450), (449, 450), (0, u64::MAX), (WEIGHT_G_MAX + 1, 0), (u64::MAX, 0)]
    {
        assert_eq!(weight(gross, tare).quantity(), None, "{gross} - {tare}");
    }
}

proptest! {
    #[test]
    fn no_measure_is_below_zero(a in any::<u32>(), b in any::<u32>(), gross in any::<u64>(), tare in any::<u64>()) {
        for measure in [area(a, b), weight(gross, tare)] {
            prop_assert!(measure.quantity().is_none_or(|quantity| quantity.0 > 0));
        }
    }
}
