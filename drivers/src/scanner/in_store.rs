//! Codes a shop prints itself: EAN-13 with a prefix, an item, and often a weight or a price. Shops set their label scales
//! freely, so the layouts are settings; the table of GS1 Greece is where one begins.

use super::gtin::Gtin;
use crate::scale::{Unit, Weight};

/// How the codes with a prefix are laid out. Prefix, item, perhaps a verifier, and value make twelve digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What the code begins with.
    pub prefix: String,
    /// Digits of the item.
    pub item_digits: usize,
    /// A digit between item and value that only checks the value.
    pub verifier: bool,
    /// What stands behind.
    pub value: ValueKind,
}

/// What stands behind the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Nothing.
    None,
    /// A weight in kilograms with so many decimals.
    Weight {
        /// Decimals.
        decimals: u8,
    },
    /// A price with so many decimals, two at most.
    Price {
        /// Decimals.
        decimals: u8,
    },
}

/// What an in-store code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InStoreItem {
    /// Its prefix.
    pub prefix: String,
    /// The shop's number of the item.
    pub item: String,
    /// How much of it.
    pub value: Value,
}

/// How much of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The code does not say, or says nothing at all.
    Unsaid,
    /// So heavy.
    Weight(Weight),
    /// So much to pay, in cents.
    Price {
        /// Cents.
        cents: u32,
    },
}

/// The layouts of a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InStore(pub Vec<Layout>);

impl InStore {
    /// The table of GS1 Greece (member organisations, release 5.1.4 of 2023).
    #[must_use]
    pub fn greece() -> Self {
        let weight = ValueKind::Weight { decimals: 3 };
        let price = |decimals| ValueKind::Price { decimals };
        let layout = |prefix: &str, item_digits, value| Layout {
            prefix: prefix.to_owned(),
            item_digits,
            verifier: false,
            value,
        };
        Self(vec![
            layout("02", 5, price(2)),
            layout("20", 5, weight),
            layout("21", 5, weight),
            layout("22", 10, ValueKind::None),
            layout("23", 10, ValueKind::None),
            layout("24", 10, ValueKind::None),
            layout("25", 10, ValueKind::None),
            layout("26", 5, weight),
            layout("27", 5, weight),
            layout("28", 10, ValueKind::None),
            layout("29", 5, weight),
            // Coupons in euro.
            layout("981", 6, price(1)),
            layout("982", 6, price(2)),
        ])
    }

    /// None: every code is an article's.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// What a code says, if its prefix is one of the shop's.
    #[must_use]
    pub fn read(&self, gtin: Gtin) -> Option<InStoreItem> {
        let digits = gtin.ean13()?;
        let body = &digits[..12];
        let layout = self.0.iter().find(|layout| body.starts_with(&layout.prefix))?;
        let (item, rest) = body[layout.prefix.len()..].split_at_checked(layout.item_digits)?;
        let value = rest.get(usize::from(layout.verifier)..)?;
        Some(InStoreItem {
            prefix: layout.prefix.clone(),
            item: item.to_owned(),
            value: layout.value.read(value)?,
        })
    }
}

impl ValueKind {
    fn read(self, digits: &str) -> Option<Value> {
        match self {
            Self::None => Some(Value::Unsaid),
            Self::Weight { decimals } => {
                let weight = Weight::new(digits.parse().ok()?, decimals, Unit::Kilogram);
                Some(weight.map_or(Value::Unsaid, Value::Weight))
            }
            Self::Price { decimals } => {
                let factor = 10_u32.pow(u32::from(2_u8.checked_sub(decimals)?));
                Some(Value::Price { cents: digits.parse::<u32>().ok()?.checked_mul(factor)? })
            }
        }
    }
}
