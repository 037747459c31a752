//! What a shop gave to one stay, and what it came to.
//!
//! A validation is written down with the stay when it is given, with the terms of that moment, and priced whenever the stay
//! is: nobody knows before the payment what it will be worth. With the payment it becomes a [`ValidationUse`], which stands in
//! the shop's account for ever. After that nothing changes it but a void of that payment.
//!
//! Of several the better one holds for the driver: the best of those that stand alone, or all together that may be added up.

use super::ids::{DocumentId, MerchantId, Reference};
use super::merchant::{Gives, Payer};
use super::money::{Cents, Rate};
use super::operator::OperatorId;
use super::plate::Plate;
use super::sale::{Discount, DiscountAmount, DiscountSource, PriceBasis, Sale};
use super::text::{Language, Text};
use super::time::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How it reached the stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ValidatedBy {
    /// Somebody at the till chose the shop.
    Hand {
        /// Who.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A voucher was scanned.
    Voucher {
        /// Its number.
        number: u64,
        /// Who scanned it.
        operator: OperatorId,
    },
}

/// What a shop gave to a stay, with the terms of that moment. A shop gives once to a stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// The shop.
    pub merchant: MerchantId,
    /// Its number.
    pub number: u64,
    /// What it is called.
    pub name: Text,
    /// What it gives.
    pub what: Gives,
    /// Who pays for it.
    pub payer: Payer,
    /// It may be added to others.
    pub adds_up: bool,
    /// When.
    pub at: Stamp,
    /// How.
    pub how: ValidatedBy,
}

impl Validation {
    /// The voucher it came with.
    pub const fn voucher(&self) -> Option<u64> {
        match &self.how {
            ValidatedBy::Voucher { number, .. } => Some(*number),
            ValidatedBy::Hand { .. } => None,
        }
    }

    /// As a receipt says it: `Καφέ Άλφα: πρώτα 60′`.
    pub fn words(&self, language: Language) -> Text {
        Text::new(&format!("{}: {}", self.name, self.what.words(language)))
    }

    /// The discount on a sale of this worth.
    pub fn discount(&self, worth: Cents, language: Language) -> Discount {
        let approved_by = match &self.how {
            ValidatedBy::Hand { approved_by, .. } => Some(approved_by.clone()),
            ValidatedBy::Voucher { .. } => None,
        };
        Discount {
            source: DiscountSource::Merchant { merchant: self.merchant },
            amount: DiscountAmount::Amount(worth),
            reason: self.words(language),
            approved_by,
        }
    }
}

/// How free minutes are counted. What a sign means by "the first hour is free" differs from one car park to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreeMinutes {
    /// What those minutes alone would have cost is taken off the price of the whole stay.
    #[default]
    OffThePrice,
    /// The stay is priced as if the vehicle had come so much later.
    LaterArrival,
}

/// How validations work here: what no rule settles is the owner's to say, with an accountant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ValidationRules {
    /// How free minutes are counted.
    pub free_minutes: FreeMinutes,
    /// A stay for which nothing is left to pay has a receipt of nothing; otherwise it leaves as a free one, without a document.
    pub zero_receipt: bool,
    /// Whether what shops owe has the VAT in it: prices at a gate have.
    pub owed_basis: PriceBasis,
}

/// What of the validations of a stay holds, and what each takes off its price, in the order they apply.
///
/// `first` tells what so many free minutes take off the price. Whatever is given, the sum is neither below nothing nor above
/// the price, and does not depend on what was given first.
///
/// # Errors
/// Those of `first`.
pub fn winning<E>(
    given: &[Validation],
    price: Cents,
    first: impl Fn(u32) -> Result<Cents, E>,
) -> Result<Vec<(&Validation, Cents)>, E> {
    let mut given: Vec<&Validation> = given.iter().collect();
    given.sort_by_key(|validation| (validation.what.rank(), validation.number));
    let alone = given.iter().filter(|validation| !validation.adds_up).map(|validation| vec![*validation]);
    let together: Vec<&Validation> = given.iter().filter(|validation| validation.adds_up).copied().collect();
    let mut best: Vec<(&Validation, Cents)> = Vec::new();
    for candidate in alone.chain([together]) {
        let worth = worths(&candidate, price, &first)?;
        if sum(&worth) > sum(&best) {
            best = worth;
        }
    }
    best.retain(|(_, worth)| *worth > Cents::ZERO);
    Ok(best)
}

fn sum(worth: &[(&Validation, Cents)]) -> Cents {
    worth.iter().map(|(_, worth)| *worth).sum()
}

/// What each takes off, one after the other. Free minutes of several follow each other.
fn worths<'v, E>(
    given: &[&'v Validation],
    price: Cents,
    first: &impl Fn(u32) -> Result<Cents, E>,
) -> Result<Vec<(&'v Validation, Cents)>, E> {
    let (mut left, mut minutes, mut off) = (price.max(Cents::ZERO), 0_u32, Cents::ZERO);
    let mut worths = Vec::new();
    for validation in given {
        let wanted = match validation.what {
            Gives::FirstMinutes { minutes: more } => {
                minutes = minutes.saturating_add(more);
                let wanted = first(minutes)? - off;
                off += wanted;
                wanted
            }
            Gives::FlatPrice { price } => left - price,
            Gives::Percent { share } => share.of(left),
            Gives::Amount { amount } => amount,
        };
        let worth = wanted.clamp(Cents::ZERO, left);
        left -= worth;
        worths.push((*validation, worth));
    }
    Ok(worths)
}

/// A stay that a shop made cheaper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidationUse {
    /// The shop.
    pub merchant: MerchantId,
    /// Its number.
    pub number: u64,
    /// The vehicle.
    pub plate: Plate,
    /// The visit.
    pub reference: Reference,
    /// When it was paid, or left free.
    pub at: Stamp,
    /// What was given.
    pub what: Gives,
    /// Who pays for it.
    pub payer: Payer,
    /// What the driver did not pay, VAT included.
    pub worth: Cents,
    /// How it reached the stay.
    pub by: ValidatedBy,
    /// The document that it made cheaper; none where nothing was left to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
}

impl ValidationUse {
    /// The plate in short, for a shop that has nothing to do with whose it is: `ΙΗΖ*21`.
    pub fn plate_in_short(&self) -> String {
        let own: Vec<char> = self.plate.display().chars().filter(|c| c.is_alphanumeric()).collect();
        let head: String = own.iter().take(3).collect();
        let tail: String = own.iter().skip(own.len().saturating_sub(2).max(3)).collect();
        format!("{head}*{tail}")
    }
}

/// What of a sale its shops took off: the discounts of a stay that was paid, with what was given to it.
pub fn used(given: &[Validation], sale: &Sale) -> Vec<(Validation, Cents)> {
    let taken = sale.discounts.iter().zip(sale.discount_amounts());
    let of = |(discount, worth): (&Discount, Cents)| {
        let merchant = discount.source.merchant()?;
        let validation = given.iter().find(|validation| validation.merchant == merchant)?;
        (worth > Cents::ZERO).then(|| (validation.clone(), worth))
    };
    taken.filter_map(of).collect()
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Its first day; nothing where there is no such month.
    pub fn first(self) -> Option<Date> {
        Date::new(self.year, self.month, 1).ok()
    }

    /// The one before, or after.
    #[must_use]
    pub fn moved(self, by: i32) -> Self {
        let months = i32::from(self.year) * 12 + i32::from(self.month) - 1 + by;
        let year = i16::try_from(months.div_euclid(12)).unwrap_or(self.year);
        Self { year, month: i8::try_from(months.rem_euclid(12) + 1).unwrap_or(self.month) }
    }

    /// Its first instant, and the one after it.
    pub fn span(self) -> Option<(Stamp, Stamp)> {
        Some((Stamp::midnight(self.first()?)?, Stamp::midnight(self.moved(1).first()?)?))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl std::str::FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('-').and_then(|(year, month)| {
            let month = Self { year: year.parse().ok()?, month: month.parse().ok()? };
            (year.len() == 4 && month.first().is_some()).then_some(month)
        });
        parts.ok_or_else(|| format!("{text:?} is no month: write it as 2026-03"))
    }
}

/// What a shop's customers did not pay in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MerchantAccount {
    /// The month.
    pub month: Month,
    /// The stays, the earliest first.
    pub uses: Vec<ValidationUse>,
}

impl MerchantAccount {
    /// What the shop owes, as its stays were priced.
    pub fn owed(&self) -> Cents {
        self.of(Payer::Merchant)
    }

    /// What the car park gave itself.
    pub fn given(&self) -> Cents {
        self.of(Payer::House)
    }

    fn of(&self, payer: Payer) -> Cents {
        self.uses.iter().filter(|used| used.payer == payer).map(|used| used.worth).sum()
    }

    /// What the shop owes as net, VAT and sum: with the VAT in its worths, or on top of them, as the owner has said.
    pub fn settled(&self, vat: Rate, basis: PriceBasis) -> super::money::VatRow {
        let owed = self.owed();
        let gross = match basis {
            PriceBasis::WithVat => owed,
            PriceBasis::WithoutVat => owed + vat.of(owed),
        };
        let mut row = super::money::VatRow::split(vat, gross);
        if basis == PriceBasis::WithoutVat {
            (row.net, row.vat) = (owed, gross - owed);
        }
        row
    }
}
