//! Customers whose vehicles are served on account.

use super::reader::Section;
use crate::domain::account::{AccountCustomer, AccountRules};
use crate::domain::customer::TaxNumber;
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::text::Text;

pub(super) fn read(root: &Section<'_, '_>) -> AccountRules {
    let customers: Vec<AccountCustomer> = root.sections("customers").iter().filter_map(customer).collect();
    let mut keys: Vec<String> =
        customers.iter().flat_map(|customer| &customer.vehicles).map(Plate::key).collect();
    keys.sort();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        root.note("customers", "has a plate twice");
    }
    let default = AccountRules::default();
    let last_day = root.section("accounts").number("last_day", 1..=31, default.last_day.into());
    AccountRules { customers, last_day: u8::try_from(last_day).unwrap_or(default.last_day) }
}

fn customer(section: &Section<'_, '_>) -> Option<AccountCustomer> {
    let country = section.optional_text("country").unwrap_or_else(|| "GR".to_owned());
    let number =
        section.parsed("vat", |typed| TaxNumber::parse(&country, typed).map_err(|bad| bad.to_string()));
    if !section.has("vat") {
        section.missing("vat");
    }
    let plate = |typed: &String| match Plate::parse(&PlateEntry::Greek, typed) {
        Ok(plate) => Some(plate),
        Err(bad) => {
            section.note("vehicles", format!(": {typed}: {bad}"));
            None
        }
    };
    let vehicles = section.texts("vehicles").iter().filter_map(plate).collect();
    Some(AccountCustomer { name: Text::new(&section.text("name")), number: number?, vehicles })
}
