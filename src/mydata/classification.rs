//! Income classifications: what a sale is in the income books, as a category and an E3 type.

use super::combinations::ALLOWED;
use super::kinds::InvoiceType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Category of merchandise.
pub const GOODS: &str = "category1_1";
/// Category of services.
pub const SERVICES: &str = "category1_3";
/// E3 type of what is sold to a business.
const TO_BUSINESSES: &str = "E3_561_001";
/// E3 type of what is sold to private customers.
const TO_PRIVATE: &str = "E3_561_003";

/// One classification, by AADE's names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// `category1_1` …
    pub category: String,
    /// `E3_561_003` …; absent where the category has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e3: Option<String>,
}

impl Classification {
    /// A classification with an E3 type.
    pub fn new(category: &str, e3: &str) -> Self {
        Self { category: category.to_owned(), e3: Some(e3.to_owned()) }
    }

    /// What a document of a type carries unless told otherwise: goods on a sale, services on a service, to a business or
    /// to a private customer. A credit carries what its original carried, given here as the original's type.
    pub fn usual(original: InvoiceType) -> Self {
        match original {
            InvoiceType::Sale => Self::new(GOODS, TO_BUSINESSES),
            InvoiceType::Service | InvoiceType::Credit => Self::new(SERVICES, TO_BUSINESSES),
            InvoiceType::RetailSale => Self::new(GOODS, TO_PRIVATE),
            InvoiceType::RetailService | InvoiceType::RetailCredit => Self::new(SERVICES, TO_PRIVATE),
        }
    }

    /// Whether AADE's table has it for a type of document; for a 5.1, of the invoice it credits.
    pub fn is_allowed_on(&self, kind: InvoiceType) -> bool {
        let e3 = self.e3.as_deref().unwrap_or_default();
        ALLOWED
            .iter()
            .any(|(on, category, types)| *on == kind && *category == self.category && types.contains(&e3))
    }
}

impl fmt::Display for Classification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.category, self.e3.as_deref().unwrap_or("without E3 type"))
    }
}

/// How the things of one document are classified. A setting: the accountant says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Classifications {
    /// Instead of [`Classification::usual`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<Classification>,
    /// For things by their code in the price list: parts beside labour.
    pub by_code: BTreeMap<String, Classification>,
}

impl Classifications {
    /// The classification of a thing sold.
    pub fn of(&self, code: &str, original: InvoiceType) -> Classification {
        let told = self.by_code.get(code).or(self.all.as_ref());
        told.cloned().unwrap_or_else(|| Classification::usual(original))
    }
}
