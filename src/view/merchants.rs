//! What is typed about shops whose customers park for less.

use super::generated::{MerchantField, MerchantGives};
use super::words;
use crate::app::input::WantedMerchant;
use crate::domain::ids::MerchantId;
use crate::domain::merchant::{Gives, Merchant, MerchantTerms, Payer};
use crate::domain::money::{Cents, Rate};
use crate::domain::tariff::timetable::{Days, Hours};
use crate::domain::text::Language;
use crate::domain::validation::{MerchantAccount, Month};
use jiff::civil::Date;

/// The longest name that is typed, and the most digits of each number.
const NAME_MAX: usize = 40;
const AFM_DIGITS: usize = 9;
const VALUE_DIGITS: usize = 6;
const COUNT_DIGITS: usize = 4;
const HOURS_DIGITS: usize = 8;
const DAY_DIGITS: usize = 6;
/// Days of the week.
const WEEK: usize = 7;

/// The page of the shops.
#[derive(Debug, Clone)]
pub(super) struct MerchantsForm {
    pub(super) chosen: Option<MerchantId>,
    pub(super) editing: Option<Editing>,
    /// The month that is looked at; nothing before the page was opened.
    pub(super) month: Option<Month>,
    /// What the archive said of the shop and the month that are looked at.
    pub(super) account: Option<(u64, MerchantAccount)>,
    pub(super) voucher_count: u32,
    pub(super) voucher_days: u16,
    /// Something was sent and has not been answered.
    pub(super) sent: bool,
}

impl Default for MerchantsForm {
    fn default() -> Self {
        Self {
            chosen: None,
            editing: None,
            month: None,
            account: None,
            voucher_count: 50,
            voucher_days: 90,
            sent: false,
        }
    }
}

/// A shop that is begun or changed. Numbers, hours and days are digits as they were typed.
#[derive(Debug, Clone)]
pub(super) struct Editing {
    /// Which; nothing begins one.
    pub(super) of: Option<MerchantId>,
    pub(super) name: String,
    pub(super) afm: String,
    pub(super) kind: MerchantGives,
    pub(super) value: String,
    pub(super) house: bool,
    pub(super) per_day: String,
    pub(super) per_vehicle: String,
    pub(super) hours: String,
    /// Monday to Sunday.
    pub(super) days: [bool; WEEK],
    pub(super) from: String,
    pub(super) to: String,
    pub(super) adds_up: bool,
    pub(super) active: bool,
    pub(super) field: MerchantField,
    /// It was sent as it stands.
    pub(super) saving: bool,
    /// Hours that this page cannot show, kept as they are.
    kept: Vec<Hours>,
}

impl Default for Editing {
    fn default() -> Self {
        Self {
            of: None,
            name: String::new(),
            afm: String::new(),
            kind: MerchantGives::Minutes,
            value: String::new(),
            house: false,
            per_day: String::new(),
            per_vehicle: String::new(),
            hours: String::new(),
            days: [true; WEEK],
            from: String::new(),
            to: String::new(),
            adds_up: false,
            active: true,
            field: MerchantField::Name,
            saving: false,
            kept: Vec::new(),
        }
    }
}

impl Editing {
    /// One that is there.
    pub(super) fn of(merchant: &Merchant) -> Self {
        let MerchantTerms { name, tax_number, gives, payer, per_day, per_vehicle, hours, from, to, .. } =
            &merchant.terms;
        let (kind, value) = match gives {
            Gives::FirstMinutes { minutes } => (MerchantGives::Minutes, i64::from(*minutes)),
            Gives::Amount { amount } => (MerchantGives::Amount, amount.0),
            Gives::Percent { share } => (MerchantGives::Percent, i64::from(share.0 / 100)),
            Gives::FlatPrice { price } => (MerchantGives::Flat, price.0),
        };
        let count = |most: u32| if most == 0 { String::new() } else { most.to_string() };
        let day = |day: &Option<Date>| day.map(|day| day.strftime("%d%m%y").to_string()).unwrap_or_default();
        let clock = |minute: u16| format!("{:02}{:02}", minute / 60, minute % 60);
        let shown = hours.first().filter(|_| hours.len() == 1);
        Self {
            of: Some(merchant.id),
            name: name.to_string(),
            afm: tax_number.as_ref().map(|number| number.number.clone()).unwrap_or_default(),
            kind,
            value: value.to_string(),
            house: *payer == Payer::House,
            per_day: count(*per_day),
            per_vehicle: count(*per_vehicle),
            hours: shown.map(|hours| clock(hours.from) + &clock(hours.to)).unwrap_or_default(),
            days: std::array::from_fn(|day| {
                shown.is_none_or(|hours| u8::try_from(day).is_ok_and(|day| hours.days.has(day)))
            }),
            from: day(from),
            to: day(to),
            adds_up: merchant.terms.adds_up,
            active: merchant.terms.active,
            field: MerchantField::Name,
            saving: false,
            kept: if shown.is_some() { Vec::new() } else { hours.clone() },
        }
    }

    fn typed(&mut self) -> (&mut String, usize) {
        match self.field {
            MerchantField::Name => (&mut self.name, NAME_MAX),
            MerchantField::Afm => (&mut self.afm, AFM_DIGITS),
            MerchantField::Value => (&mut self.value, VALUE_DIGITS),
            MerchantField::PerDay => (&mut self.per_day, COUNT_DIGITS),
            MerchantField::PerVehicle => (&mut self.per_vehicle, COUNT_DIGITS),
            MerchantField::Hours => (&mut self.hours, HOURS_DIGITS),
            MerchantField::From => (&mut self.from, DAY_DIGITS),
            MerchantField::To => (&mut self.to, DAY_DIGITS),
        }
    }

    pub(super) fn add(&mut self, key: &str) {
        let words = self.field == MerchantField::Name;
        let (typed, most) = self.typed();
        let room = most.saturating_sub(typed.chars().count());
        typed.extend(key.chars().filter(|c| words || c.is_ascii_digit()).take(room));
    }

    pub(super) fn erase(&mut self) {
        self.typed().0.pop();
    }

    pub(super) fn clear(&mut self) {
        self.typed().0.clear();
    }

    /// What it gives, as far as it is typed.
    fn gives(&self) -> Option<Gives> {
        let value: u32 = self.value.parse().ok()?;
        let gives = match self.kind {
            MerchantGives::Minutes => Gives::FirstMinutes { minutes: value },
            MerchantGives::Amount => Gives::Amount { amount: Cents(value.into()) },
            MerchantGives::Percent => Gives::Percent { share: Rate(value.checked_mul(100)?) },
            MerchantGives::Flat => Gives::FlatPrice { price: Cents(value.into()) },
        };
        gives.is_sound().then_some(gives)
    }

    /// The value as people read it.
    pub(super) fn value_words(&self, language: Language) -> String {
        match self.kind {
            _ if self.value.is_empty() => String::new(),
            MerchantGives::Minutes => format!("{}′", self.value),
            MerchantGives::Percent => format!("{}%", self.value),
            MerchantGives::Amount | MerchantGives::Flat => words::typed_money(&self.value, language),
        }
    }

    /// `09:00–17:00`, or what of it is typed.
    pub(super) fn hours_words(&self) -> String {
        match self.typed_hours() {
            Some(Some(hours)) => hours.printed(),
            _ if self.hours.is_empty() => self.kept.iter().map(Hours::printed).collect::<Vec<_>>().join(", "),
            _ => self.hours.clone(),
        }
    }

    /// `31/03/26`, or what of it is typed.
    pub(super) fn day_words(typed: &str) -> String {
        match day(typed) {
            Some(Some(day)) => day.strftime("%d/%m/%y").to_string(),
            _ => typed.to_owned(),
        }
    }

    /// The hours; nothing inside where none are typed, nothing at all where they make no sense.
    fn typed_hours(&self) -> Option<Option<Hours>> {
        let all = self.days.iter().all(|on| *on);
        if self.hours.is_empty() && all {
            return Some(None);
        }
        let chosen = |days: Days, (place, on): (usize, &bool)| {
            if *on { days.and_between(place, place) } else { days }
        };
        let days = self.days.iter().enumerate().fold(Days::NONE, chosen);
        if days == Days::NONE {
            return None;
        }
        // All seven mean holidays, too.
        let days = if all { Days::ALL } else { days };
        if self.hours.is_empty() {
            return Some(Some(Hours { days, from: 0, to: 1440 }));
        }
        let part = |from: usize, most: u16| {
            let minute: u16 = self.hours.get(from..from + 4)?.parse().ok()?;
            let (hour, minute) = (minute / 100, minute % 100);
            Some(hour * 60 + minute).filter(|of_day| minute < 60 && *of_day <= most)
        };
        let (from, to) = (part(0, 1439)?, part(4, 1440)?);
        (self.hours.len() == HOURS_DIGITS).then_some(Some(Hours { days, from, to }))
    }

    /// As it is sent; nothing while something is missing or makes no sense.
    pub(super) fn wanted(&self) -> Option<WantedMerchant> {
        let count = |typed: &str| if typed.is_empty() { Some(0) } else { typed.parse().ok() };
        let hours = match self.typed_hours()? {
            Some(hours) => vec![hours],
            None => self.kept.clone(),
        };
        Some(WantedMerchant {
            name: Some(self.name.trim()).filter(|name| !name.is_empty())?.to_owned(),
            afm: self.afm.clone(),
            gives: self.gives()?,
            payer: if self.house { Payer::House } else { Payer::Merchant },
            per_day: count(&self.per_day)?,
            per_vehicle: count(&self.per_vehicle)?,
            hours,
            from: day(&self.from)?,
            to: day(&self.to)?,
            adds_up: self.adds_up,
            active: self.active,
        })
    }
}

/// `310326`; nothing inside where nothing is typed, nothing at all where it is no day.
fn day(typed: &str) -> Option<Option<Date>> {
    if typed.is_empty() {
        return Some(None);
    }
    let part = |from: usize| typed.get(from..from + 2)?.parse::<i8>().ok();
    let (day, month, year) = (part(0)?, part(2)?, part(4)?);
    let date = Date::new(2000 + i16::from(year), month, day).ok()?;
    (typed.len() == DAY_DIGITS).then_some(Some(date))
}
