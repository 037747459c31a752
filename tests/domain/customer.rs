//! The AFM: its check digit, the filler that is no customer, and foreign numbers.

use proptest::prelude::*;
use tameio::domain::customer::{BadTaxNumber, TaxNumber};

#[test]
fn good_numbers_are_taken_however_they_are_written() {
    for typed in [
        "999999993",
        "999999981",
        "999999970",
        "EL999999993",
        "GR 999999993",
        "el-999 999 993",
        "999.999.993",
    ] {
        for country in ["GR", "EL"] {
            let number = TaxNumber::parse(country, typed).expect(typed);
            assert_eq!((number.country.as_str(), number.number.len()), ("GR", 9), "{typed}");
        }
    }
}

#[test]
fn bad_numbers_are_refused() {
    for (typed, why) in [
        ("999999990", BadTaxNumber::Check),
        ("999999939", BadTaxNumber::Check),
        ("000000000", BadTaxNumber::Check),
        ("99999999", BadTaxNumber::Shape),
        ("9999999930", BadTaxNumber::Shape),
        ("", BadTaxNumber::Shape),
        ("ABCDEFGHI", BadTaxNumber::Shape),
        ("٩٩٩٩٩٩٩٩٣", BadTaxNumber::Shape),
        ("EL", BadTaxNumber::Shape),
    ] {
        assert_eq!(TaxNumber::parse("GR", typed), Err(why), "{typed:?}");
    }
}

#[test]
fn foreign_numbers_are_taken_as_given() {
    let german = TaxNumber::parse("DE", "de 123 456 789").expect("a number");
    assert_eq!((german.country.as_str(), german.number.as_str()), ("DE", "DE123456789"));
    for bad in ["", "---", &"1".repeat(31)] {
        assert_eq!(TaxNumber::parse("DE", bad), Err(BadTaxNumber::Foreign), "{bad:?}");
    }
    for country in ["", "D", "de", "DEU", "ΔΕ", "D\u{1b}", "<x>"] {
        assert_eq!(TaxNumber::parse(country, "123456789"), Err(BadTaxNumber::Country), "{country:?}");
    }
}

/// The rule once more, as it is published: digit i times 2^(9−i), modulo 11, modulo 10.
fn check_digit(eight: &[u32]) -> u32 {
    eight.iter().fold(0, |sum, digit| (sum + digit) * 2) % 11 % 10
}

proptest! {
    #[test]
    fn exactly_one_check_digit_fits(eight in prop::collection::vec(0u32..10, 8)) {
        let fits = |last: u32| {
            let typed: String = eight.iter().chain([&last]).map(u32::to_string).collect();
            typed != "000000000" && TaxNumber::parse("GR", &typed).is_ok()
        };
        let expected = check_digit(&eight);
        for last in 0..10 {
            let filler = last == 0 && eight.iter().all(|digit| *digit == 0);
            prop_assert_eq!(fits(last), last == expected && !filler, "{:?}{}", eight, last);
        }
    }

    #[test]
    fn any_text_is_a_number_or_a_sentence(country in any::<String>(), typed in any::<String>()) {
        if let Ok(number) = TaxNumber::parse(&country, &typed) {
            prop_assert!(number.country.len() == 2 && number.country.bytes().all(|b| b.is_ascii_uppercase()));
            prop_assert!(number.number.bytes().all(|b| b.is_ascii_alphanumeric()));
        }
    }
}
