//! Article numbers and the shop's own codes.

use tameio_drivers::scale::{Unit, Weight};
use tameio_drivers::scanner::Gtin;
use tameio_drivers::scanner::gtin::check_digit;
use tameio_drivers::scanner::in_store::{InStore, InStoreItem, Layout, Value, ValueKind};

#[test]
fn check_digits_of_the_reference() {
    for (body, check) in [("400638133393", 1), ("520123456789", 4), ("210012301234", 3), ("200123401500", 4)]
    {
        assert_eq!(check_digit(body), Some(check), "{body}");
        assert!(Gtin::parse(&format!("{body}{check}")).is_some());
        assert!(Gtin::parse(&format!("{body}{}", (check + 1) % 10)).is_none());
    }
}

#[test]
fn one_article_is_one_number_however_long() {
    let upc = Gtin::parse("036000291452").unwrap();
    assert_eq!(Gtin::parse("0036000291452"), Some(upc));
    assert_eq!(Gtin::parse("00036000291452"), Some(upc));
    assert_eq!(
        (upc.to_string(), upc.ean13()),
        ("00036000291452".to_owned(), Some("0036000291452".to_owned()))
    );
    assert_eq!(Gtin::parse("10036000291459").unwrap().ean13(), None);
    assert!(Gtin::parse("12345670").is_some());
    for text in ["", "1", "400638133393a", "4006381333939", "٤٠٠٦٣٨١٣٣٣٩٣١", "40063813339310000"]
    {
        assert_eq!(Gtin::parse(text), None, "{text}");
    }
}

/// A code with its check digit put behind it.
fn item(body: &str) -> Option<InStoreItem> {
    let code = format!("{body}{}", check_digit(body).unwrap());
    InStore::greece().read(Gtin::parse(&code).unwrap())
}

#[test]
fn the_table_of_greece() {
    let grams = |grams| Value::Weight(Weight::new(grams, 3, Unit::Kilogram).unwrap());
    for (body, prefix, number, value) in [
        ("210012301234", "21", "00123", grams(1234)),
        ("200123401500", "20", "01234", grams(1500)),
        ("020012301250", "02", "00123", Value::Price { cents: 1250 }),
        ("221234567890", "22", "1234567890", Value::Unsaid),
        ("270012302000", "27", "00123", grams(2000)),
        ("981123456025", "981", "123456", Value::Price { cents: 250 }),
        ("982123456025", "982", "123456", Value::Price { cents: 25 }),
        ("210012300000", "21", "00123", Value::Unsaid),
    ] {
        let wanted = InStoreItem { prefix: prefix.to_owned(), item: number.to_owned(), value };
        assert_eq!(item(body), Some(wanted), "{body}");
    }
    assert_eq!(item("520123456789"), None);
}

#[test]
fn a_shop_sets_its_own_layout() {
    let layout = Layout {
        prefix: "28".to_owned(),
        item_digits: 4,
        verifier: true,
        value: ValueKind::Price { decimals: 2 },
    };
    let body = "280123700999";
    let code = format!("{body}{}", check_digit(body).unwrap());
    let item = InStore(vec![layout]).read(Gtin::parse(&code).unwrap()).unwrap();
    assert_eq!((item.item.as_str(), item.value), ("0123", Value::Price { cents: 999 }));
    assert_eq!(InStore::none().read(Gtin::parse(&code).unwrap()), None);
}
