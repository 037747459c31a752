//! Packs of washes and memberships: what is offered, and what happens where they do not fit.

use super::reader::Section;
use super::{name, optional_choice, price, sizes};
use crate::domain::catalogue::{Catalogue, Size};
use crate::domain::pack::{Lasts, OtherPackage, PackOffer, PackRules, RefundRule};

const OTHER_PACKAGE: [(&str, OtherPackage); 2] =
    [("difference", OtherPackage::Difference), ("refuse", OtherPackage::Refuse)];
const REFUND: [(&str, RefundRule); 2] = [("share", RefundRule::Share), ("list-price", RefundRule::ListPrice)];

/// The offers, and the rules beside the bays of the wash.
pub(super) fn read(root: &Section<'_, '_>, wash: &Section<'_, '_>, catalogue: &Catalogue) -> PackRules {
    let offers: Vec<PackOffer> =
        root.sections("packs").iter().filter_map(|section| offer(section, catalogue)).collect();
    let mut codes: Vec<&str> = offers.iter().map(|offer| offer.code.as_str()).collect();
    codes.sort_unstable();
    if codes.windows(2).any(|pair| pair[0] == pair[1]) {
        root.note("packs", "has a code twice");
    }
    PackRules {
        offers,
        other_package: optional_choice(wash, "pack_other_package", &OTHER_PACKAGE).unwrap_or_default(),
        refund: optional_choice(wash, "pack_refund", &REFUND).unwrap_or_default(),
    }
}

fn offer(section: &Section<'_, '_>, catalogue: &Catalogue) -> Option<PackOffer> {
    let amount = section.parsed("price", price);
    if !section.has("price") {
        section.missing("price");
    }
    let size = section
        .parsed("size", |code| Size::from_code(code).ok_or_else(|| format!("must be a size ({})", sizes())));
    let size = size.unwrap_or(Size::Small);
    let package = section.text("package");
    let known = catalogue.package(&package);
    if !package.is_empty() && known.is_none_or(|known| !known.prices.contains_key(&size.priced_as())) {
        section.note("package", "must be a package with a price for the pack's size");
    }
    let days = section.number("days", 1..=3_660, 0);
    let months = section.number("months", 1..=120, 0);
    if (days > 0) == (months > 0) {
        section.note("months", "or days must be there, and not both: how long the pack lasts");
    }
    let (days, months) = (u16::try_from(days).unwrap_or(1), u16::try_from(months).unwrap_or(1));
    let counted = |key, most| u32::try_from(section.number(key, 0..=most, 0)).ok().filter(|n| *n > 0);
    Some(PackOffer {
        code: section.text("code"),
        name: name(section),
        package,
        size,
        washes: counted("washes", 1_000),
        per_day: counted("per_day", 100),
        lasts: if months > 0 { Lasts::Months(months) } else { Lasts::Days(days) },
        vehicles: u8::try_from(section.number("vehicles", 1..=50, 1)).unwrap_or(1),
        price: amount?,
    })
}
