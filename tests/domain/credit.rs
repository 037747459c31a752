//! Money given back: in as many parts as one likes, and in the end exactly what was sold, to the cent of every rate.

use super::shift::Shop;
use tameio::domain::document::Document;
use tameio::domain::event::Event;
use tameio::domain::ids::ShiftId;
use tameio::domain::money::{Cents, VatRow};

/// What rows add up to, by rate: gross, net, VAT.
fn sums(rows: &[VatRow]) -> Vec<(u32, [Cents; 3])> {
    let mut sums: Vec<(u32, [Cents; 3])> =
        rows.iter().map(|row| (row.rate.0, [row.gross, row.net, row.vat])).collect();
    sums.retain(|(_, [gross, ..])| !gross.is_zero());
    sums.sort_by_key(|(rate, _)| *rate);
    sums
}

fn check_part(credit: &Document, original: &Document) {
    let totals = &credit.totals;
    assert_eq!(totals.vat.iter().map(|row| row.gross).sum::<Cents>(), totals.gross);
    assert!(totals.vat.iter().all(|row| row.net + row.vat == row.gross));
    assert!(totals.vat.iter().all(|row| row.net >= Cents::ZERO && row.vat >= Cents::ZERO), "{totals:?}");
    let lines: Cents = credit.sale.grosses().into_iter().sum();
    assert_eq!(lines - totals.discount, totals.gross, "the lines are what is given back");
    for row in &totals.vat {
        let sold = original.totals.vat.iter().find(|sold| sold.rate == row.rate).expect("it was sold");
        let taken = original.credited.vat.iter().find(|taken| taken.rate == row.rate);
        let taken = taken.map_or(Cents::ZERO, |taken| taken.net);
        assert!(taken + row.net <= sold.net, "AADE refuses what takes back more net than there was (319)");
    }
}

#[test]
fn parts_make_the_whole_to_the_cent_of_every_rate() {
    let mut shop = Shop::new(11);
    let shift = ShiftId(shop.chance.uuid());
    let mut in_parts = 0;
    for _ in 0..5_000 {
        let mut original = shop.document();
        let mut parts = 0;
        while !original.left().is_zero() {
            let Some(credit) = shop.credit(&original) else { continue };
            check_part(&credit, &original);
            original.fold(&Event::CreditNumbered { credit: Box::new(credit), shift });
            parts += 1;
        }
        in_parts += usize::from(parts > 2);
        assert_eq!(sums(&original.credited.vat), sums(&original.totals.vat));
        for (means, _) in original.payment.by_means() {
            assert_eq!(original.left_by(means), Cents::ZERO, "{means:?}");
        }
        assert_eq!(original.part(Cents(1)), None, "nothing is left");
    }
    assert!(in_parts > 500, "{in_parts}");
}

#[test]
fn there_is_no_part_of_nothing_and_none_above_what_is_left() {
    let mut shop = Shop::new(3);
    let original = shop.document();
    let left = original.left();
    assert!(left > Cents::ZERO);
    for amount in [Cents::ZERO, Cents(-1), left + Cents(1)] {
        assert_eq!(original.part(amount), None);
    }
    let (sale, totals) = original.part(left).expect("all of it");
    assert_eq!(
        (sale, totals),
        (original.sale.clone(), original.totals.clone()),
        "the whole is the sale itself"
    );
}
