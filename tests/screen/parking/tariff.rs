//! The page of the tariff: the sign, what each duration costs, the curve, and what is wrong with it.

use super::{page, park};
use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::{ComponentHandle, Model};
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::tariff::Tariff as Rules;
use tameio::view::generated::{Page, Tariff};

fn with(tariff: &str) -> Settings {
    let mut shop = shop(Trade::Parking);
    shop.parking.tariff = Some(Rules::parse(tariff).expect("it can be read").into());
    shop
}

/// After eleven it has no price, and what it names for the night is never reached.
const HOLED: &str = r#"
code = "T9"
el = "Τρύπιος"
en = "Holed"
[[versions]]
version = "1"
from = "2026-01-01"
windows = [{ from = "08:00", to = "11:00", each = "1 h", price = "1.00" }]
"#;

/// Name and price of each row, as the page has them.
fn rows(stage: &Stage) -> Vec<(String, String)> {
    let rows = stage.app().global::<Tariff>().get_rows();
    rows.iter().map(|row| (row.name.to_string(), row.amount.to_string())).collect()
}

#[test]
fn the_table_is_the_sign_worked_out() {
    let stage = park();
    stage.tap("open-tariff");
    assert_eq!(page(&stage), Page::Tariff);
    let first: Vec<_> = rows(&stage).into_iter().take(4).collect();
    let row = |name: &str, price: &str| (name.to_owned(), price.to_owned());
    assert_eq!(
        first,
        [row("10 λεπτά", "0,00 €"), row("1 ώρα", "4,00 €"), row("2 ώρες", "6,00 €"), row("3 ώρες", "7,50 €")]
    );
    assert_eq!(
        (rows(&stage).last().cloned(), stage.text("tariff-dearest")),
        (Some(row("24 ώρες", "14,00 €")), "14,00 €".to_owned())
    );
    stage.tap("tariff-three-days");
    assert_eq!(stage.text("tariff-dearest"), "42,00 €");
    stage.tap("tariff-back");
    assert_eq!(page(&stage), Page::Lane);
}

#[test]
fn a_class_of_its_own_has_its_own_prices() {
    let stage = Stage::of(with(include_str!("../../../config/tariffs/every-part.toml")), (1024, 768));
    stage.tap("open-tariff");
    let car = rows(&stage);
    stage.tap("tariff-class-motorcycle");
    assert_ne!(rows(&stage), car);
    assert!(stage.element("tariff-class-lorry").is_none() || stage.is_enabled("tariff-class-lorry"));
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let stage = Stage::of(with(HOLED), (1024, 768));
    stage.tap("open-tariff");
    assert!(stage.text("tariff-fault").contains("δεν έχει τιμή"), "{}", stage.text("tariff-fault"));
    assert!(stage.text("tariff-finding-0").contains("ώρες χωρίς τιμή"), "{}", stage.text("tariff-finding-0"));
    let clean = park();
    clean.tap("open-tariff");
    assert!(clean.element("tariff-clean").is_some() && clean.element("tariff-finding-0").is_none());
}

#[test]
fn without_a_tariff_there_is_no_way_to_its_page() {
    assert!(Stage::new().element("open-tariff").is_none());
}

#[test]
fn the_pages() {
    let open = |stage: &Stage| stage.tap("open-tariff");
    let ids = ["tariff-back", "tariff-day", "tariff-week"];
    check("parking-tariff", &shop(Trade::Parking), open, &ids);
    let week = |stage: &Stage| stage.tap_all(&["open-tariff", "tariff-week"]);
    let every = with(include_str!("../../../config/tariffs/every-part.toml"));
    check("parking-tariff-every-part", &every, week, &["tariff-class-car", "tariff-week"]);
    check("parking-tariff-holed", &with(HOLED), open, &ids);
}
