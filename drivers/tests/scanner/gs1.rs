//! Codes by the rules of GS1.

use tameio_drivers::scanner::gs1::{Day, parse, parse_link};

fn fields(data: &str) -> (Vec<(String, String)>, String) {
    let elements = parse(data);
    let list = elements.list.into_iter().map(|element| (element.ai, element.value)).collect();
    (list, elements.rest)
}

fn owned(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(ai, value)| ((*ai).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn fields_end_by_length_or_by_separator() {
    let wanted = owned(&[("01", "04006381333931"), ("10", "LOT7"), ("17", "261231"), ("21", "S1")]);
    for data in [
        "010400638133393110LOT7\u{1d}1726123121S1",
        "\u{1d}0104006381333931\u{1d}10LOT7\u{1d}17261231\u{1d}21S1\u{1d}",
    ] {
        assert_eq!(fields(data), (wanted.clone(), String::new()), "{data:?}");
    }
}

#[test]
fn weights_prices_days_and_counts() {
    let elements = parse("0104006381333931310300123439211299\u{1d}17260200");
    assert_eq!(elements.gtin().unwrap().to_string(), "04006381333931");
    assert_eq!(elements.net_weight().unwrap().to_string(), "1.234 kg");
    assert_eq!(elements.price_cents(), Some(12_990));
    assert_eq!(elements.day("17"), Some(Day { year: 26, month: 2, day: None }));
    let elements = parse("02040063813339313712");
    assert_eq!(
        (elements.count(), elements.gtin().map(|gtin| gtin.to_string())),
        (Some(12), Some("04006381333931".to_owned()))
    );
    assert_eq!(parse("3103000000").net_weight(), None, "nothing is no weight");
    assert_eq!(parse("17261301").day("17"), None, "no thirteenth month");
    assert_eq!(parse("39231234").price_cents(), None, "no tenth of a cent");
    assert_eq!(parse("39221234").price_cents(), Some(1234));
}

#[test]
fn what_is_not_known_is_kept_and_never_guessed() {
    for (data, list, rest) in [
        ("10A\u{1d}7777xyz", owned(&[("10", "A")]), "7777xyz"),
        ("0104006", vec![], "0104006"),
        ("310x001234", vec![], "310x001234"),
        ("0104006381333a31", vec![], "0104006381333a31"),
        ("10", vec![], "10"),
        ("10123456789012345678901", vec![], "10123456789012345678901"),
        ("Ω", vec![], "Ω"),
        ("01Ω", vec![], "01Ω"),
    ] {
        assert_eq!(fields(data), (list, rest.to_owned()), "{data}");
    }
}

#[test]
fn an_address_has_the_same_fields() {
    let elements =
        parse_link("https://example.org/some/01/4006381333931/10/L%2F7?17=261231&linkType=all").unwrap();
    assert_eq!(elements.gtin().unwrap().to_string(), "04006381333931");
    assert_eq!((elements.get("10"), elements.get("17")), (Some("L/7"), Some("261231")));
    assert_eq!(elements.get("linkType"), None);
    for address in [
        "https://example.org/",
        "https://example.org/01/4006381333939",
        "https://example.org/01/",
        "example.org/01/4006381333931",
        "https://example.org/01/4006381333931/10/%zz",
        "https://example.org/01/4006381333931/10/%0a",
    ] {
        assert_eq!(parse_link(address), None, "{address}");
    }
}
