//! The price list: package × size, extras, what is sold without a vehicle, and the discounts nobody has to press.

use super::measure::{Measure, Unit};
use super::money::{Cents, Quantity, Rate};
use super::sale::{Discount, DiscountAmount, DiscountSource, Line, Sale};
use super::settings::Trade;
use super::text::{Name, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The size class of a vehicle, as a wash prices it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Motorcycle.
    Moto,
    /// Small or medium car.
    Small,
    /// SUV or 4×4.
    Suv,
    /// Van.
    Van,
    /// Taxi: priced as a small car, with the category's discount.
    Taxi,
}

impl Size {
    /// Every size, in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Moto, Self::Small, Self::Suv, Self::Van, Self::Taxi];

    /// The size whose column of the price list applies.
    pub const fn priced_as(self) -> Self {
        match self {
            Self::Taxi => Self::Small,
            other => other,
        }
    }

    /// The code stored and shown to the screen.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Moto => "moto",
            Self::Small => "small",
            Self::Suv => "suv",
            Self::Van => "van",
            Self::Taxi => "taxi",
        }
    }

    /// The size behind a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }
}

/// One service of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Short code, unique in the list: `FULL`.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// How long it takes; feeds the promised time.
    pub minutes: u16,
    /// Price per size, VAT included. A size that is absent is not offered.
    pub prices: BTreeMap<Size, Cents>,
    /// The kind of work it belongs to; absent where the terminal does one kind.
    pub trade: Option<Trade>,
    /// Parts of the business's own are used; the registry's garages tell work with parts from work without.
    pub parts: bool,
}

/// Something added to a package, at one price for every size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// Short code, unique in the list: `WAX`.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// VAT included.
    pub price: Cents,
    /// The kind of work it belongs to; absent where the terminal does one kind.
    pub trade: Option<Trade>,
    /// It is a part.
    pub parts: bool,
}

/// Something sold without a vehicle: a carpet by the square metre, laundry by the kilogram, goods by the piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Short code, unique in the list: `CARPET`.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// What one of it is.
    pub unit: Unit,
    /// Price of one, VAT included.
    pub price: Cents,
    /// The least that is charged for one line of it.
    pub minimum: Cents,
    /// It is handed over when it is sold; everything else stays here until it is fetched.
    pub goods: bool,
    /// It is promised so many days after it came in; 0 promises no day.
    pub days: u16,
    /// Its own VAT rate, where that is not the site's.
    pub vat: Option<Rate>,
}

/// The whole list, with its version: a visit keeps what it was priced with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Which list this is; stored on the sale.
    pub version: String,
    /// VAT of everything that has no rate of its own; the site's rate.
    pub vat: Rate,
    /// The packages, in the order of the screen.
    pub packages: Vec<Package>,
    /// The extras, in the order of the screen.
    pub extras: Vec<Extra>,
    /// What is sold without a vehicle, in the order of the screen.
    pub items: Vec<Item>,
    /// Discount of a size class, in basis points; by default taxis 10 %.
    pub size_discounts: BTreeMap<Size, Rate>,
}

/// A code that cannot be sold to this vehicle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOffered {
    /// No such package or extra.
    #[error("there is no service {0} in the price list")]
    Unknown(String),
    /// The package has no price for this size.
    #[error("{code} is not offered for this size")]
    Size {
        /// The package.
        code: String,
    },
}

impl Catalogue {
    /// The lines for a package with extras at a size, for the kinds of work of one visit.
    ///
    /// # Errors
    /// When a code is not in the list, not of this work, or not for this size.
    pub fn lines(
        &self,
        size: Size,
        package: &str,
        extras: &[String],
        trades: &[Trade],
    ) -> Result<Vec<Line>, NotOffered> {
        let mut lines = vec![self.package_line(size, package, trades)?];
        for code in extras {
            lines.push(self.extra_line(code, trades)?);
        }
        Ok(lines)
    }

    /// Extras alone, for a visit that has paid its package; none is an empty sale.
    ///
    /// # Errors
    /// When a code is not in the list, or not of this work.
    pub fn supplement(&self, extras: &[String], trades: &[Trade]) -> Result<Sale, NotOffered> {
        let lines: Vec<Line> =
            extras.iter().map(|code| self.extra_line(code, trades)).collect::<Result<_, _>>()?;
        if lines.is_empty() {
            return Ok(Sale::default());
        }
        Ok(Sale { lines, discounts: Vec::new(), catalogue: self.version.clone() })
    }

    /// Whether any of these codes uses parts.
    pub fn uses_parts<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> bool {
        codes.into_iter().any(|code| {
            self.package(code).is_some_and(|package| package.parts)
                || self.extras.iter().any(|extra| extra.code == code && extra.parts)
        })
    }

    /// The discount that applies by itself to a size class.
    pub fn automatic_discount(&self, size: Size) -> Option<Discount> {
        let rate = self.size_discounts.get(&size)?;
        Some(Discount {
            source: DiscountSource::Category,
            amount: DiscountAmount::Percent(*rate),
            reason: Text::new(size.code()),
            approved_by: None,
        })
    }

    /// What is sold without a vehicle under a code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// So many pieces of something sold without a vehicle, measured together; nothing where they come to nothing or the measure
    /// cannot be true. What is measured by its size has its least price for each piece, everything else for the line.
    pub fn item_line(&self, item: &Item, measure: Measure, pieces: u32) -> Option<Line> {
        let quantity = match measure {
            Measure::Count => Quantity(i64::from(pieces) * Quantity::ONE.0),
            Measure::Time { .. } | Measure::Area { .. } | Measure::Weight { .. } => measure.quantity()?,
        };
        let minimum = match measure {
            Measure::Area { pieces, .. } => Cents(item.minimum.0.checked_mul(i64::from(pieces))?),
            Measure::Count | Measure::Time { .. } | Measure::Weight { .. } => item.minimum,
        };
        let line = Line::new(&item.code, item.name.clone(), quantity, item.price, self.vat_of(item));
        Some(Line { measure, minimum, goods: item.goods, ..line })
    }

    /// After how many days the longest of some things is promised; nothing where none of them promises a day.
    pub fn days_for<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> Option<u16> {
        codes
            .into_iter()
            .filter_map(|code| self.item(code))
            .map(|item| item.days)
            .max()
            .filter(|days| *days > 0)
    }

    /// The VAT rate of something sold without a vehicle.
    pub fn vat_of(&self, item: &Item) -> Rate {
        item.vat.unwrap_or(self.vat)
    }

    /// The package behind a code.
    pub fn package(&self, code: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.code == code)
    }

    /// The packages of some kinds of work, in the order of the screen.
    pub fn packages_of<'a>(&'a self, trades: &'a [Trade]) -> impl Iterator<Item = &'a Package> {
        self.packages.iter().filter(|package| is_of(package.trade, trades))
    }

    /// The extras of some kinds of work, in the order of the screen.
    pub fn extras_of<'a>(&'a self, trades: &'a [Trade]) -> impl Iterator<Item = &'a Extra> {
        self.extras.iter().filter(|extra| is_of(extra.trade, trades))
    }

    /// Whether a package or an extra has this code.
    pub fn has(&self, code: &str) -> bool {
        self.package(code).is_some() || self.extras.iter().any(|extra| extra.code == code)
    }

    /// Whether a line is of goods: sold as such, or with parts of the price list.
    pub fn is_goods(&self, line: &Line) -> bool {
        line.goods || self.uses_parts([line.code.as_str()])
    }

    fn package_line(&self, size: Size, code: &str, trades: &[Trade]) -> Result<Line, NotOffered> {
        let package = self.package(code).filter(|package| is_of(package.trade, trades));
        let package = package.ok_or_else(|| NotOffered::Unknown(code.to_owned()))?;
        let price = package
            .prices
            .get(&size.priced_as())
            .ok_or_else(|| NotOffered::Size { code: code.to_owned() })?;
        Ok(self.line(code, &package.name, *price))
    }

    fn extra_line(&self, code: &str, trades: &[Trade]) -> Result<Line, NotOffered> {
        let extra = self.extras.iter().find(|extra| extra.code == code && is_of(extra.trade, trades));
        let extra = extra.ok_or_else(|| NotOffered::Unknown(code.to_owned()))?;
        Ok(self.line(code, &extra.name, extra.price))
    }

    fn line(&self, code: &str, name: &Name, price: Cents) -> Line {
        Line::new(code, name.clone(), Quantity::ONE, price, self.vat)
    }
}

/// What belongs to no kind of work belongs to all.
fn is_of(trade: Option<Trade>, trades: &[Trade]) -> bool {
    trade.is_none_or(|trade| trades.contains(&trade))
}
