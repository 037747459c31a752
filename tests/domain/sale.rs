//! What a sale comes to: the Saturday's nine documents to the cent, and any sale at all.

use proptest::prelude::*;
use tameio::config::Config;
use tameio::domain::catalogue::{Catalogue, NotOffered, Size};
use tameio::domain::money::{Cents, Quantity, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::sale::{Discount, DiscountAmount, DiscountSource, Line, PriceBasis, Sale};
use tameio::domain::settings::Trade;
use tameio::domain::text::{Name, Text};

fn price_list() -> Catalogue {
    Config::practice(Trade::Wash).expect("the shipped file").settings.catalogue
}

fn sale(size: Size, package: &str, extras: &[&str], by_hand: Option<i64>) -> Sale {
    let list = price_list();
    let extras: Vec<String> = extras.iter().map(|code| (*code).to_owned()).collect();
    let lines = list.lines(size, package, &extras, &[Trade::Wash]).expect("it is offered");
    let by_hand = by_hand.map(|cents| discount(DiscountAmount::Amount(Cents(cents))));
    Sale {
        lines,
        discounts: list.automatic_discount(size).into_iter().chain(by_hand).collect(),
        catalogue: list.version,
    }
}

fn discount(amount: DiscountAmount) -> Discount {
    let approved_by = Some(OperatorId("chief".to_owned()));
    Discount {
        source: DiscountSource::Manual, amount, reason: Text::new("καθυστέρηση"), approved_by
    }
}

/// Size, package, extras, discount by hand; then the lines, what is due, and the VAT in it.
type Row = (Size, &'static str, &'static [&'static str], Option<i64>, [i64; 3]);

const SATURDAY: [Row; 9] = [
    (Size::Small, "EXT", &[], None, [800, 800, 155]),
    (Size::Suv, "FULL", &["WAX"], None, [2100, 2100, 406]),
    (Size::Small, "FULL", &[], None, [1300, 1300, 252]),
    (Size::Moto, "EXT", &[], None, [600, 600, 116]),
    (Size::Taxi, "FULL", &[], None, [1300, 1170, 226]),
    (Size::Van, "EXT", &["TYRE"], None, [1400, 1400, 271]),
    (Size::Small, "PREM", &[], None, [2200, 2200, 426]),
    (Size::Suv, "PREM", &["PET"], Some(200), [3200, 3000, 581]),
    (Size::Small, "EXT", &[], None, [800, 800, 155]),
];

#[test]
fn what_is_taken_off_stays_below_nothing_and_the_least_is_charged_where_there_is_one() {
    let line = |unit_price: i64, minimum: i64| Line {
        minimum: Cents(minimum),
        ..Line::new("CAP", Name::new("", ""), Quantity::ONE, Cents(unit_price), Rate(2_400))
    };
    for (unit_price, minimum, gross, least) in
        [(-204, 0, -204, false), (0, 0, 0, false), (414, 1_500, 1_500, true), (1_500, 1_500, 1_500, false)]
    {
        let line = line(unit_price, minimum);
        assert_eq!((line.gross(), line.is_at_minimum()), (Cents(gross), least), "{unit_price}, {minimum}");
    }
}

#[test]
fn a_saturday_at_the_wash_is_right_to_the_cent() {
    let (mut gross, mut net, mut vat, mut off) = (Cents::ZERO, Cents::ZERO, Cents::ZERO, Cents::ZERO);
    for (number, (size, package, extras, by_hand, [lines, due, tax])) in SATURDAY.into_iter().enumerate() {
        let totals = sale(size, package, extras, by_hand).totals();
        let found = [totals.lines, totals.gross, totals.vat_amount()];
        assert_eq!(found, [lines, due, tax].map(Cents), "car {}", number + 1);
        gross += totals.gross;
        net += totals.net();
        vat += totals.vat_amount();
        off += totals.discount;
    }
    assert_eq!([gross, net, vat, off], [13_370, 10_782, 2_588, 330].map(Cents));
}

#[test]
fn a_taxi_is_a_small_car_with_its_discount_and_needs_nobody() {
    let automatic = price_list().automatic_discount(Size::Taxi).expect("taxis have one");
    assert_eq!((automatic.source, automatic.approved_by), (DiscountSource::Category, None));
    assert_eq!(sale(Size::Taxi, "FULL", &[], None).discount_amounts(), [Cents(130)]);
    assert_eq!(price_list().automatic_discount(Size::Small), None);
}

#[test]
fn what_is_not_in_the_list_is_not_sold() {
    let list = price_list();
    let refused = |size, package: &str, extra: Option<&str>| {
        let extras: Vec<String> = extra.into_iter().map(str::to_owned).collect();
        list.lines(size, package, &extras, &[Trade::Wash]).expect_err("it is not offered")
    };
    assert_eq!(refused(Size::Moto, "FULL", None), NotOffered::Size { code: "FULL".to_owned() });
    assert_eq!(refused(Size::Small, "GOLD", None), NotOffered::Unknown("GOLD".to_owned()));
    assert_eq!(refused(Size::Small, "EXT", Some("full")), NotOffered::Unknown("full".to_owned()));
}

#[test]
fn discounts_apply_in_order_and_never_go_below_zero() {
    let mut greedy = sale(Size::Taxi, "FULL", &[], Some(1_000));
    assert_eq!(greedy.discount_amounts(), [130, 1_000].map(Cents));
    greedy.discounts.push(discount(DiscountAmount::Amount(Cents(5_000))));
    greedy.discounts.push(discount(DiscountAmount::Percent(Rate(1_000))));
    assert_eq!(greedy.discount_amounts(), [130, 1_000, 170, 0].map(Cents));
    assert_eq!(greedy.totals().gross, Cents::ZERO);
}

#[test]
fn a_discount_below_zero_takes_nothing_off() {
    let odd = discount(DiscountAmount::Amount(Cents(-100)));
    assert_eq!(odd.taken_from(Cents(1_000)), Cents::ZERO);
    assert_eq!(discount(DiscountAmount::Percent(Rate(20_000))).taken_from(Cents(1_000)), Cents(1_000));
}

fn any_line() -> impl Strategy<Value = Line> {
    let rate = prop::sample::select(vec![0u32, 600, 1_300, 1_700, 2_400]);
    let basis = prop::sample::select(vec![PriceBasis::WithVat, PriceBasis::WithoutVat]);
    (0..=50_000i64, 0..=200_000i64, rate, basis).prop_map(|(thousandths, unit, rate, basis)| Line {
        basis,
        ..Line::new("X", Name::new("Χ", "X"), Quantity(thousandths), Cents(unit), Rate(rate))
    })
}

fn any_discount() -> impl Strategy<Value = Discount> {
    let percent = (0u32..=15_000).prop_map(|rate| DiscountAmount::Percent(Rate(rate)));
    let amount = (-1_000i64..=500_000).prop_map(|cents| DiscountAmount::Amount(Cents(cents)));
    prop_oneof![percent, amount].prop_map(discount)
}

proptest! {
    #[test]
    fn the_rows_of_a_document_add_up(
        lines in prop::collection::vec(any_line(), 0..12),
        discounts in prop::collection::vec(any_discount(), 0..4),
    ) {
        let sale = Sale { lines, discounts, catalogue: String::new() };
        let totals = sale.totals();
        prop_assert_eq!(totals.lines, sale.grosses().into_iter().sum::<Cents>());
        for (line, gross) in sale.lines.iter().zip(sale.grosses()) {
            prop_assert!((line.gross() - gross).0.abs() <= 1, "{line:?} is not {gross}");
        }
        if sale.discounts.is_empty() && sale.lines.iter().all(|line| !line.basis.has_vat()) {
            prop_assert_eq!(totals.net(), sale.lines.iter().map(Line::amount).sum::<Cents>());
        }
        prop_assert_eq!(totals.gross, totals.lines - totals.discount);
        prop_assert!(totals.gross >= Cents::ZERO && totals.discount >= Cents::ZERO);
        prop_assert_eq!(totals.vat.iter().map(|row| row.gross).sum::<Cents>(), totals.gross);
        prop_assert_eq!(totals.net() + totals.vat_amount(), totals.gross);
        prop_assert!(totals.vat.windows(2).all(|pair| pair[0].rate < pair[1].rate), "one row a rate, lowest first");
        for row in &totals.vat {
            let of_rate = sale.lines.iter().zip(sale.grosses()).filter(|(line, _)| line.vat == row.rate);
            let ours: Cents = of_rate.map(|(_, gross)| gross).sum();
            prop_assert!(row.gross >= Cents::ZERO && row.gross <= ours, "{row:?} of {ours}");
            prop_assert_eq!(row.vat, row.gross - row.net);
        }
    }
}
