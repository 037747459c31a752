//! Amounts as typed, VAT once per rate per document, and sums spread to the cent.

use proptest::prelude::*;
use tameio::domain::money::{AMOUNT_MAX, Cents, Quantity, Rate, VatRow, spread};

const VAT: Rate = Rate(2400);

#[test]
fn three_documents_of_ten_carry_another_vat_than_one_of_thirty() {
    let vat = |gross| VatRow::split(VAT, Cents(gross)).vat;
    assert_eq!([vat(1000), vat(1000), vat(1000)].into_iter().sum::<Cents>(), Cents(582));
    assert_eq!(vat(3000), Cents(581));
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (typed, cents) in [
        ("12", 1200),
        ("12.5", 1250),
        ("12,50", 1250),
        (" 8 ", 800),
        ("0,05", 5),
        ("-3.00", -300),
        ("007", 700),
        ("1000000", 100_000_000),
    ] {
        assert_eq!(typed.parse(), Ok(Cents(cents)), "{typed:?}");
    }
}

#[test]
fn what_is_no_amount_is_refused_with_a_sentence() {
    for typed in [
        "",
        " ",
        "-",
        ".",
        ",50",
        "1.234",
        "1.2.3",
        "1,2,3",
        "--1",
        "+5",
        "1e3",
        "1 000",
        "12€",
        "NaN",
        "٣",
        "１２",
        "1000000.01",
        "999999999999999999999",
    ] {
        let refused = typed.parse::<Cents>().expect_err(typed).to_string();
        assert!(refused.contains("write euro and cents"), "{refused}");
    }
}

#[test]
fn a_very_long_text_is_not_quoted_whole() {
    let refused = "9".repeat(100_000).parse::<Cents>().expect_err("too long");
    assert!(refused.to_string().len() < 200);
}

#[test]
fn amounts_are_written_with_both_separators() {
    for (cents, comma, point) in
        [(0, "0,00", "0.00"), (5, "0,05", "0.05"), (-5, "-0,05", "-0.05"), (123_456, "1234,56", "1234.56")]
    {
        assert_eq!((Cents(cents).with_comma().as_str(), Cents(cents).with_point().as_str()), (comma, point));
    }
}

#[test]
fn weights_areas_and_hours_are_priced_once() {
    for (thousandths, unit, price) in [
        (12_350, 250, 3_088),   // 12.350 kg at 2.50
        (4_080, 690, 2_815),    // 2.40 m × 1.70 m at 6.90
        (2_500, 4_500, 11_250), // 2.50 h at 45.00
        (1_000, 800, 800),
        (1, 499, 0),
        (1, 500, 1),
        (-1_000, 800, -800),
    ] {
        assert_eq!(Quantity(thousandths).price(Cents(unit)), Cents(price), "{thousandths} × {unit}");
    }
}

#[test]
fn rates_are_printed_as_on_receipts() {
    for (rate, printed) in [(2400, "24%"), (650, "6,5%"), (1325, "13,25%"), (0, "0%"), (5, "0,05%")] {
        assert_eq!(Rate(rate).printed(), printed);
    }
}

proptest! {
    #[test]
    fn an_amount_survives_being_written(cents in -AMOUNT_MAX.0..=AMOUNT_MAX.0) {
        prop_assert_eq!(Cents(cents).with_comma().parse(), Ok(Cents(cents)));
        prop_assert_eq!(Cents(cents).with_point().parse(), Ok(Cents(cents)));
    }

    #[test]
    fn reading_an_amount_never_panics(typed in any::<String>()) {
        let _ = typed.parse::<Cents>();
    }

    /// Net is the nearest cent to `gross × 100 / (100 + rate)`: twice the error is never more than the divisor.
    #[test]
    fn vat_is_the_rest_of_the_nearest_net(gross in 0..=AMOUNT_MAX.0, rate in 0u32..=10_000) {
        let row = VatRow::split(Rate(rate), Cents(gross));
        prop_assert_eq!(row.net + row.vat, row.gross);
        let divisor = i128::from(rate) + 10_000;
        let error = i128::from(row.net.0) * divisor - i128::from(gross) * 10_000;
        prop_assert!(2 * error.abs() <= divisor, "{:?} is {} off", row, error);
    }

    #[test]
    fn what_is_spread_adds_up_and_is_never_a_cent_off(
        shares in prop::collection::vec(0..=10_000_000i64, 1..8),
        part in 0u32..=10_000,
    ) {
        let whole: i64 = shares.iter().sum();
        let amount = whole * i64::from(part) / 10_000;
        let shares: Vec<Cents> = shares.into_iter().map(Cents).collect();
        let parts = spread(Cents(amount), &shares);
        prop_assert_eq!(parts.iter().copied().sum::<Cents>(), Cents(amount));
        for (part, share) in parts.iter().zip(&shares) {
            prop_assert!(*part >= Cents::ZERO && *part <= *share, "{part} of {share}");
            let off = i128::from(part.0) * i128::from(whole) - i128::from(amount) * i128::from(share.0);
            prop_assert!(whole == 0 || off.abs() < i128::from(whole), "{part} of {share}");
        }
    }
}

#[test]
fn nothing_is_spread_over_nothing() {
    assert_eq!(spread(Cents(500), &[]), []);
    assert_eq!(spread(Cents(500), &[Cents::ZERO, Cents::ZERO]), [Cents::ZERO, Cents::ZERO]);
}
