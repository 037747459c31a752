//! myDATA's codes for what we call by name: types of document (table 8.1), means of payment (8.12), VAT categories (8.2),
//! and the flag of a lost connection.

use crate::domain::money::Rate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The types of document we issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceType {
    /// 1.1, sale of goods to a business (ΤΠ); services may stand on it too.
    Sale,
    /// 2.1, services to a business (ΤΠΥ).
    Service,
    /// 5.1, credit of an invoice, naming it.
    Credit,
    /// 11.1, retail receipt (ΑΛΠ): goods, with or without services.
    RetailSale,
    /// 11.2, retail receipt of services (ΑΠΥ).
    RetailService,
    /// 11.4, retail credit.
    RetailCredit,
}

impl InvoiceType {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Sale, Self::Service, Self::Credit, Self::RetailSale, Self::RetailService, Self::RetailCredit];

    /// The code, `1.1` to `11.4`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sale => "1.1",
            Self::Service => "2.1",
            Self::Credit => "5.1",
            Self::RetailSale => "11.1",
            Self::RetailService => "11.2",
            Self::RetailCredit => "11.4",
        }
    }

    /// It goes to a business, which it names.
    pub const fn names_counterpart(self) -> bool {
        matches!(self, Self::Sale | Self::Service | Self::Credit)
    }

    /// It takes another document back. Its amounts are positive all the same.
    pub const fn is_credit(self) -> bool {
        matches!(self, Self::Credit | Self::RetailCredit)
    }

    /// The types a credit of this type may take back; none for what is no credit.
    pub const fn credits(self) -> &'static [Self] {
        match self {
            Self::Credit => &[Self::Sale, Self::Service],
            Self::RetailCredit => &[Self::RetailSale, Self::RetailService],
            Self::Sale | Self::Service | Self::RetailSale | Self::RetailService => &[],
        }
    }
}

impl fmt::Display for InvoiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A code of a type we do not issue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no type of document we issue")]
pub struct UnknownInvoiceType(pub String);

impl FromStr for InvoiceType {
    type Err = UnknownInvoiceType;

    fn from_str(code: &str) -> Result<Self, UnknownInvoiceType> {
        let found = Self::ALL.into_iter().find(|kind| kind.code() == code);
        found.ok_or_else(|| UnknownInvoiceType(code.chars().take(20).collect()))
    }
}

/// How something was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMeans {
    /// Into an account in Greece.
    DomesticAccount,
    /// Into an account abroad.
    ForeignAccount,
    /// Notes and coins.
    Cash,
    /// Cheque.
    Cheque,
    /// Not yet.
    OnCredit,
    /// Web banking.
    WebBanking,
    /// A card terminal, physical or not.
    Card,
    /// IRIS.
    Iris,
}

impl PaymentMeans {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::DomesticAccount,
        Self::ForeignAccount,
        Self::Cash,
        Self::Cheque,
        Self::OnCredit,
        Self::WebBanking,
        Self::Card,
        Self::Iris,
    ];

    /// The means of a code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|means| means.code() == code)
    }

    /// The code, 1 to 8.
    pub const fn code(self) -> u8 {
        match self {
            Self::DomesticAccount => 1,
            Self::ForeignAccount => 2,
            Self::Cash => 3,
            Self::Cheque => 4,
            Self::OnCredit => 5,
            Self::WebBanking => 6,
            Self::Card => 7,
            Self::Iris => 8,
        }
    }
}

/// Why a document comes late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostConnection {
    /// Business to provider; the provider says it.
    ToProvider,
    /// Provider to myDATA; the provider says it.
    OfProvider,
    /// The business's own software to myDATA: "Απώλεια Διασύνδεσης" stands on the paper.
    ToMyData,
}

impl LostConnection {
    /// The code of `transmissionFailure`, 1 to 3.
    pub const fn code(self) -> u8 {
        match self {
            Self::ToProvider => 1,
            Self::OfProvider => 2,
            Self::ToMyData => 3,
        }
    }
}

/// One rate and its category, while it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VatCategory {
    /// The rate.
    pub rate: Rate,
    /// myDATA's number for it, 1 to 10.
    pub category: u8,
    /// First day of issue; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day of issue; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Category of what bears no VAT: it needs a reason.
pub const EXEMPT: u8 = 7;

/// VAT rates and their categories. A setting: rates change by law, and 4 % has two categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VatCategories(pub Vec<VatCategory>);

impl Default for VatCategories {
    /// Those of the specification v2.0.1. 4 % is the islands' category 6; who sells under article 31 of law 5057/2023
    /// writes 10 instead.
    fn default() -> Self {
        let always = |(rate, category)| VatCategory { rate: Rate(rate), category, from: None, until: None };
        let known = [(2400, 1), (1300, 2), (600, 3), (1700, 4), (900, 5), (400, 6), (0, EXEMPT), (300, 9)];
        Self(known.map(always).into())
    }
}

impl VatCategories {
    /// The category of a rate on a day.
    pub fn of(&self, rate: Rate, day: Date) -> Option<u8> {
        let holds = |row: &&VatCategory| {
            row.rate == rate
                && row.from.is_none_or(|from| from <= day)
                && row.until.is_none_or(|until| day <= until)
        };
        self.0.iter().find(holds).map(|row| row.category)
    }
}
