//! What is sold without a vehicle: by the piece, the square metre, the kilogram, the hour; and what keeping it costs.

use super::reader::Section;
use super::{name, optional_choice, percent, price};
use crate::domain::catalogue::Item;
use crate::domain::measure::Unit;
use crate::domain::money::Cents;
use crate::domain::settings::StorageRule;

pub(super) fn read(root: &Section<'_, '_>) -> Vec<Item> {
    let items: Vec<Item> = root.sections("items").iter().map(item).collect();
    let mut codes: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    codes.sort_unstable();
    if codes.windows(2).any(|pair| pair[0] == pair[1]) {
        root.note("items", "has a code twice");
    }
    items
}

fn item(section: &Section<'_, '_>) -> Item {
    let amount = section.parsed("price", price);
    if !section.has("price") {
        section.missing("price");
    }
    Item {
        code: section.text("code"),
        name: name(section),
        unit: optional_choice(section, "unit", &Unit::WORDS).unwrap_or_default(),
        price: amount.unwrap_or_default(),
        minimum: section.parsed("minimum", price).unwrap_or_default(),
        goods: section.flag("goods", false),
        days: u16::try_from(section.number("days", 0..=365, 0)).unwrap_or_default(),
        vat: section.parsed("vat", percent),
    }
}

/// What keeping things costs that nobody fetches; off unless the file gives a price.
pub(super) fn storage(section: &Section<'_, '_>) -> StorageRule {
    StorageRule {
        free_days: u16::try_from(section.number("storage_free_days", 0..=3_650, 30)).unwrap_or(30),
        per_day: section.parsed("storage_per_day", price).unwrap_or(Cents::ZERO),
    }
}
