//! What is sold: lines, discounts, and the figures a document will carry.

use super::ids::MerchantId;
use super::measure::Measure;
use super::money::{Cents, Quantity, Rate, VatRow, spread};
use super::operator::OperatorId;
use super::text::{Name, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether a price has the VAT in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceBasis {
    /// It has: what people are told at a counter.
    #[default]
    WithVat,
    /// It has not: how a garage writes hours and parts.
    WithoutVat,
}

impl PriceBasis {
    /// The VAT is in it.
    pub const fn has_vat(&self) -> bool {
        matches!(self, Self::WithVat)
    }
}

/// One thing sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Code in the price list.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// How much of it.
    pub quantity: Quantity,
    /// Price of one.
    pub unit_price: Cents,
    /// The rate that applied when it was sold.
    pub vat: Rate,
    /// Whether the price has the VAT in it.
    #[serde(default, skip_serializing_if = "PriceBasis::has_vat")]
    pub basis: PriceBasis,
    /// How the quantity was found.
    #[serde(default, skip_serializing_if = "Measure::is_count")]
    pub measure: Measure,
    /// The least that is charged for it, however little of it there is.
    #[serde(default, skip_serializing_if = "Cents::is_zero")]
    pub minimum: Cents,
    /// It is a good that is handed over, and no service.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goods: bool,
}

impl Line {
    /// A service that is counted, its price with the VAT in it.
    pub fn new(code: &str, name: Name, quantity: Quantity, unit_price: Cents, vat: Rate) -> Self {
        let (measure, minimum, goods) = (Measure::Count, Cents::ZERO, false);
        let basis = PriceBasis::WithVat;
        Self { code: code.to_owned(), name, quantity, unit_price, vat, basis, measure, minimum, goods }
    }

    /// Quantity × unit price, rounded once, or the least that is charged; with the VAT or without it, as it is priced.
    pub fn amount(&self) -> Cents {
        let exact = self.quantity.price(self.unit_price);
        if self.is_at_minimum() { self.minimum } else { exact }
    }

    /// The least is charged: quantity × unit price is below it. A line without a least may be below nothing: what a tariff takes
    /// off again.
    pub fn is_at_minimum(&self) -> bool {
        self.minimum > Cents::ZERO && self.quantity.price(self.unit_price) < self.minimum
    }

    /// What it costs alone, VAT included. Among others the VAT is rounded once for all: see [`Sale::grosses`].
    pub fn gross(&self) -> Cents {
        match self.basis {
            PriceBasis::WithVat => self.amount(),
            PriceBasis::WithoutVat => self.amount() + self.vat.of(self.amount()),
        }
    }
}

/// Where a discount comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountSource {
    /// The vehicle's category; needs no right.
    Category,
    /// Given by hand; needs a right.
    Manual,
    /// A shop of the neighbourhood, to a stay.
    Merchant {
        /// Which.
        merchant: MerchantId,
    },
}

impl DiscountSource {
    /// The shop that gives it.
    pub const fn merchant(&self) -> Option<MerchantId> {
        match self {
            Self::Merchant { merchant } => Some(*merchant),
            Self::Category | Self::Manual => None,
        }
    }
}

/// How much a discount takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountAmount {
    /// A share of the lines.
    Percent(Rate),
    /// A sum.
    Amount(Cents),
}

/// A discount on the whole sale; stored and printed with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// Where it comes from.
    pub source: DiscountSource,
    /// How much.
    pub amount: DiscountAmount,
    /// Why, for the paper and the control page.
    pub reason: Text,
    /// Who allowed a discount given by hand.
    pub approved_by: Option<OperatorId>,
}

impl Discount {
    /// A shop gives it.
    pub const fn is_of_a_merchant(&self) -> bool {
        matches!(self.source, DiscountSource::Merchant { .. })
    }

    /// What it takes off a sum; never more than the sum.
    pub fn taken_from(&self, sum: Cents) -> Cents {
        let wanted = match self.amount {
            DiscountAmount::Percent(rate) => rate.of(sum),
            DiscountAmount::Amount(amount) => amount,
        };
        wanted.clamp(Cents::ZERO, sum.max(Cents::ZERO))
    }
}

/// What is being sold to one visit or order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sale {
    /// The things sold.
    pub lines: Vec<Line>,
    /// Discounts in the order they apply: at most one automatic, then those given by hand.
    pub discounts: Vec<Discount>,
    /// The price list it was priced with.
    pub catalogue: String,
}

/// The figures of a sale. They are computed once, stored on the document, and only added from then on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// The lines before discounts.
    pub lines: Cents,
    /// What the discounts took off.
    pub discount: Cents,
    /// What the customer pays: `lines − discount`.
    pub gross: Cents,
    /// One row per VAT rate, lowest rate first; their gross amounts add up to `gross`.
    pub vat: Vec<VatRow>,
}

impl Totals {
    /// Net over all rates.
    pub fn net(&self) -> Cents {
        self.vat.iter().map(|row| row.net).sum()
    }

    /// VAT over all rates.
    pub fn vat_amount(&self) -> Cents {
        self.vat.iter().map(|row| row.vat).sum()
    }
}

impl Sale {
    /// Nothing is sold.
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The discount each entry of `discounts` takes, in order.
    pub fn discount_amounts(&self) -> Vec<Cents> {
        let mut left = self.lines_sum();
        let take = |discount: &Discount| {
            let taken = discount.taken_from(left);
            left -= taken;
            taken
        };
        self.discounts.iter().map(take).collect()
    }

    /// What each line costs, VAT included; together they come to [`Totals::lines`]. The VAT of lines priced without it is
    /// computed once per rate and spread over them.
    pub fn grosses(&self) -> Vec<Cents> {
        let mut grosses: Vec<Cents> = self.lines.iter().map(Line::amount).collect();
        for (rate, net) in self.net_priced() {
            let without =
                |(at, line): (usize, &Line)| (line.vat == rate && !line.basis.has_vat()).then_some(at);
            let places: Vec<usize> = self.lines.iter().enumerate().filter_map(without).collect();
            let nets: Vec<Cents> = places.iter().map(|at| grosses[*at]).collect();
            for (at, vat) in places.into_iter().zip(spread(rate.of(net), &nets)) {
                grosses[at] += vat;
            }
        }
        grosses
    }

    /// What the lines priced without VAT come to, by rate.
    fn net_priced(&self) -> BTreeMap<Rate, Cents> {
        let mut net: BTreeMap<Rate, Cents> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| !line.basis.has_vat()) {
            *net.entry(line.vat).or_default() += line.amount();
        }
        net
    }

    /// The figures. Discounts are spread over the rates in proportion, to the cent; VAT is then split once per rate. Of a
    /// rate whose lines are all priced without VAT and not discounted, the net is their sum to the cent.
    pub fn totals(&self) -> Totals {
        let lines = self.lines_sum();
        let discount: Cents = self.discount_amounts().into_iter().sum();
        let mut by_rate: BTreeMap<Rate, Cents> = BTreeMap::new();
        for (line, gross) in self.lines.iter().zip(self.grosses()) {
            *by_rate.entry(line.vat).or_default() += gross;
        }
        let shares: Vec<Cents> = by_rate.values().copied().collect();
        let off = spread(discount, &shares);
        let vat =
            by_rate.iter().zip(off).map(|((rate, gross), off)| VatRow::split(*rate, *gross - off)).collect();
        Totals { lines, discount, gross: lines - discount, vat }
    }

    fn lines_sum(&self) -> Cents {
        self.grosses().into_iter().sum()
    }
}
