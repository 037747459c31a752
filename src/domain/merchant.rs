//! Shops of the neighbourhood whose customers park for less: what each gives, who pays for it, when it holds, and the vouchers
//! that were printed for it ([`super::voucher`]). What a shop gives to one stay is a [`super::validation::Validation`].
//!
//! Domain rules, section 8: free minutes, an amount off, a share off, or a price of its own; an account per shop.

use super::customer::TaxNumber;
use super::event::Event;
use super::ids::{DocumentId, MerchantId};
use super::money::{Cents, Rate};
use super::plate::Plate;
use super::tariff::timetable::{Hours, holds};
use super::text::{Language, Text};
use super::time::Stamp;
use super::validation::{ValidatedBy, ValidationUse};
use super::voucher::{Spent, VoucherBatch};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most free minutes: a week.
pub const MINUTES_MAX: u32 = 7 * 1440;

/// What a shop gives its customers of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Gives {
    /// The first minutes are free.
    FirstMinutes {
        /// How many.
        minutes: u32,
    },
    /// The stay costs this and no more.
    FlatPrice {
        /// It.
        price: Cents,
    },
    /// A share of the price is taken off; all of it at a hundred per cent.
    Percent {
        /// The share.
        share: Rate,
    },
    /// An amount is taken off.
    Amount {
        /// It.
        amount: Cents,
    },
}

impl Gives {
    /// Its place where several are added up: what is a matter of time first, then what replaces the price, then shares, then
    /// sums. The order is fixed, so that it is all one which was given first.
    pub const fn rank(self) -> u8 {
        match self {
            Self::FirstMinutes { .. } => 0,
            Self::FlatPrice { .. } => 1,
            Self::Percent { .. } => 2,
            Self::Amount { .. } => 3,
        }
    }

    /// Whether there is such a gift: something, and no more than all.
    pub fn is_sound(self) -> bool {
        match self {
            Self::FirstMinutes { minutes } => (1..=MINUTES_MAX).contains(&minutes),
            Self::FlatPrice { price } => (Cents::ZERO..=super::money::AMOUNT_MAX).contains(&price),
            Self::Percent { share } => (1..=10_000).contains(&share.0),
            Self::Amount { amount } => amount > Cents::ZERO && amount <= super::money::AMOUNT_MAX,
        }
    }

    /// `πρώτα 60′`, `-2,00 €`, `-50%`, `τιμή 3,00 €`; in English `-2.00 €`.
    pub fn words(self, language: Language) -> String {
        self.with_amounts(language, |amount| amount.in_language(language))
    }

    /// The same on a paper, whose amounts have a comma in either language.
    pub fn printed(self, language: Language) -> String {
        self.with_amounts(language, Cents::with_comma)
    }

    fn with_amounts(self, language: Language, written: impl Fn(Cents) -> String) -> String {
        let say = |el: &'static str, en: &'static str| match language {
            Language::El => el,
            Language::En => en,
        };
        match self {
            Self::FirstMinutes { minutes } => format!("{} {minutes}′", say("πρώτα", "first")),
            Self::FlatPrice { price } => {
                format!("{} {} €", say("τιμή", "price"), written(price))
            }
            Self::Percent { share } => format!("-{}", share.printed()),
            Self::Amount { amount } => format!("-{} €", written(amount)),
        }
    }
}

/// Who pays the car park for what a shop gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The shop, at the end of the month.
    #[default]
    Merchant,
    /// Nobody: the car park gives it itself, against the shop's receipt.
    House,
}

/// What was agreed with a shop, which may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantTerms {
    /// What people call it; stands on receipts.
    pub name: Text,
    /// Its tax number, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<TaxNumber>,
    /// What it gives.
    pub gives: Gives,
    /// Who pays for it.
    pub payer: Payer,
    /// Stays a day at most; 0 is any number.
    pub per_day: u32,
    /// Stays of one vehicle a day at most; 0 is any number.
    pub per_vehicle: u32,
    /// When it may be given; at any time without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// It is added to what other shops give that allow it, too; otherwise the better one holds alone.
    pub adds_up: bool,
    /// It gives something at present.
    pub active: bool,
}

impl MerchantTerms {
    /// The first and the last day allow this one.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Its hours allow this instant; what day is a holiday, the tariff says.
    pub fn holds_at(&self, at: Stamp, holidays: &[super::tariff::timetable::Holiday]) -> bool {
        self.hours.is_empty() || holds(&self.hours, holidays, at.utc)
    }
}

/// A stay that was made cheaper on the last day on which one was, for the limits of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedToday {
    /// The key of its plate.
    pub plate: String,
    /// Its document, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
}

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merchant {
    /// Its name in the journal.
    pub id: MerchantId,
    /// What people say, from 1.
    pub number: u64,
    /// What was agreed.
    pub terms: MerchantTerms,
    /// Vouchers that may still hold, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub batches: Vec<VoucherBatch>,
    /// Batches that were made.
    #[serde(default)]
    pub batches_made: u32,
    /// The number of its last voucher.
    #[serde(default)]
    pub vouchers_made: u64,
    /// The last day on which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The stays of that day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<UsedToday>,
}

impl Merchant {
    /// As it begins.
    pub fn new(id: MerchantId, number: u64, terms: MerchantTerms) -> Self {
        Self {
            id,
            number,
            terms,
            batches: Vec::new(),
            batches_made: 0,
            vouchers_made: 0,
            day: None,
            used: Vec::new(),
        }
    }

    /// Stays that were made cheaper on a day, and those of one vehicle among them.
    pub fn used_on(&self, day: Date, plate: &Plate) -> (usize, usize) {
        if self.day != Some(day) {
            return (0, 0);
        }
        let key = plate.key();
        (self.used.len(), self.used.iter().filter(|used| used.plate == key).count())
    }

    /// The batch of a voucher, while it may still hold.
    pub fn batch_of(&self, voucher: u64) -> Option<&VoucherBatch> {
        self.batches.iter().find(|batch| batch.has(voucher))
    }

    /// When and for which vehicle a voucher was used.
    pub fn spent(&self, voucher: u64) -> Option<&Spent> {
        self.batch_of(voucher)?.spent.iter().find(|spent| spent.voucher == voucher)
    }

    /// What an event does to the shops, by their names.
    pub fn fold_all(merchants: &mut BTreeMap<MerchantId, Self>, event: &Event) {
        if let Event::MerchantOpened { merchant, .. } = event {
            merchants.insert(merchant.id, (**merchant).clone());
            return;
        }
        for id in event.merchants() {
            if let Some(merchant) = merchants.get_mut(&id) {
                merchant.fold(event);
            }
        }
    }

    /// Applies an event that is about it.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::MerchantChanged { terms, .. } => self.terms = (**terms).clone(),
            Event::VouchersMade { batch, .. } => {
                // What is over needs no list of what was used: it holds no more, used or not.
                let today = batch.made.date();
                self.batches.retain(|old| old.until >= today);
                self.batches_made = batch.number;
                self.vouchers_made = batch.first + u64::from(batch.count) - 1;
                self.batches.push((**batch).clone());
            }
            Event::ValidationsUsed { uses, .. } => {
                let id = self.id;
                uses.iter().filter(|used| used.merchant == id).for_each(|used| self.take(used));
            }
            // Its payment was made void: it is as if it had not been used.
            Event::DocumentVoided { document, .. } => {
                let gone = Some(document.id);
                self.used.retain(|used| used.document != gone);
                for batch in &mut self.batches {
                    batch.spent.retain(|spent| spent.document != gone);
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, used: &ValidationUse) {
        let day = used.at.date();
        if self.day != Some(day) {
            self.day = Some(day);
            self.used.clear();
        }
        self.used.push(UsedToday { plate: used.plate.key(), document: used.document });
        if let ValidatedBy::Voucher { number, .. } = used.by
            && let Some(batch) = self.batches.iter_mut().find(|batch| batch.has(number))
        {
            let (plate, at, document) = (used.plate.clone(), used.at, used.document);
            batch.spent.push(Spent { voucher: number, plate, at, document });
        }
    }
}
