//! What was answered, and what it means to the loop.

use super::{Key, offers};
use crate::aade::rules::Field;
use crate::domain::customer::TaxNumber;
use crate::domain::entry::ServiceCategory;
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::settings::Trade;
use crate::domain::terms::{Earlier, MovementPurpose, OffSite, Period, Periodicity, ServiceTerms, Trip};
use crate::domain::text::Text;
use jiff::civil;
use std::collections::BTreeMap;

/// Every answer as typed, or as the id of what was touched.
#[derive(Debug, Clone, Default)]
pub(in crate::view) struct Answers {
    said: BTreeMap<Key, String>,
    /// The visit of this terminal an arrival follows.
    pub(in crate::view) follows: Option<VisitId>,
}

impl Answers {
    /// The country of a tax number unless another was touched.
    pub(in crate::view) const GREECE: &'static str = "GR";

    /// What was answered; without an answer the usual one, where there is a usual one.
    pub(in crate::view) fn get(&self, key: Key) -> &str {
        match self.said.get(&key).map(String::as_str).unwrap_or_default() {
            "" => usual(key),
            said => said,
        }
    }

    /// What was answered by somebody, without what is usual.
    pub(in crate::view) fn get_said(&self, key: Key) -> Option<&str> {
        self.said.get(&key).map(String::as_str).filter(|said| !said.is_empty())
    }

    /// Takes answers back.
    pub(in crate::view) fn forget(&mut self, keys: &[Key]) {
        keys.iter().for_each(|key| drop(self.said.remove(key)));
    }

    pub(in crate::view) fn set(&mut self, key: Key, text: &str) {
        self.said.insert(key, text.to_owned());
    }

    /// Answers what was not answered.
    pub(in crate::view) fn suggest(&mut self, key: Key, text: &str) {
        if self.get(key).is_empty() {
            self.set(key, text);
        }
    }

    /// What follows from an answer until a person says otherwise: terms with a period begin today and last a month, and
    /// a lease is invoiced every month.
    pub(in crate::view) fn follow_up(&mut self, key: Key, today: civil::Date) {
        let (from, to) = (Key::Of(Field::PeriodFrom), Key::Of(Field::PeriodTo));
        if key == Key::Terms && matches!(self.get(key), offers::CONTINUOUS | offers::LEASE) {
            self.suggest(from, &offers::typed_day(today));
            self.suggest(Key::Of(Field::PeriodicityMonths), &offers::months_id(1));
        }
        let over = |first: civil::Date| self.day(to).is_none_or(|last| last < first);
        if let Some(month) = self.day(from).filter(|first| over(*first)).and_then(offers::month_from) {
            self.set(to, &month);
        }
    }

    /// The document can only be an invoice.
    pub(in crate::view) fn expect_invoice(&mut self) {
        self.set(Key::Of(Field::InvoiceKind), offers::INVOICE);
    }

    /// One key more.
    pub(in crate::view) fn push(&mut self, key: Key, text: &str, max: usize) {
        let typed = self.said.entry(key).or_default();
        let room = max.saturating_sub(typed.encode_utf16().count());
        typed.extend(text.chars().take(room));
    }

    /// One key back.
    pub(in crate::view) fn pop(&mut self, key: Key) {
        if let Some(typed) = self.said.get_mut(&key) {
            typed.pop();
        }
    }

    /// The kind of work, where it was said.
    pub(in crate::view) fn trade(&self) -> Option<Trade> {
        offers::trade_of(self.get(Key::Trade))
    }

    /// Why the vehicle comes a second time.
    pub(in crate::view) fn again(&self) -> Option<String> {
        self.words(Key::Again).map(|words| words.to_string())
    }

    /// A day typed as `14032026`.
    pub(in crate::view) fn day(&self, key: Key) -> Option<civil::Date> {
        let typed = self.get(key);
        let part = |from: usize, to: usize| typed.get(from..to)?.parse::<i16>().ok();
        let small = |from, to| i8::try_from(part(from, to)?).ok();
        civil::Date::new(part(4, 8)?, small(2, 4)?, small(0, 2)?).ok().filter(|day| day.year() > 1999)
    }

    /// The country that goes with a tax number.
    fn country(&self, field: Field) -> &str {
        match field {
            Field::Customer => self.get(Key::Of(Field::CustomerCountry)),
            _ => self.get(Key::Of(Field::CounterpartyCountry)),
        }
    }

    /// A tax number is a Greek one.
    pub(in crate::view) fn is_greek(&self, field: Field) -> bool {
        self.country(field) == Self::GREECE
    }

    /// A tax number with its country, when it can be one.
    pub(in crate::view) fn tax_number(&self, key: Key) -> Option<TaxNumber> {
        let Key::Of(field) = key else { return None };
        TaxNumber::parse(self.country(field), self.get(key)).ok()
    }

    /// Whom an invoice is for, as the loop takes it.
    pub(in crate::view) fn invoice_to(&self) -> Option<(String, String)> {
        let invoice = self.get(Key::Of(Field::InvoiceKind)) == offers::INVOICE;
        let number = self.get(Key::Of(Field::Counterparty)).to_owned();
        invoice.then(|| (self.country(Field::Counterparty).to_owned(), number))
    }

    /// On what terms; once while something is still missing.
    pub(in crate::view) fn terms(&self) -> ServiceTerms {
        let terms = match self.get(Key::Terms) {
            offers::RECURRING => {
                self.tax_number(Key::Of(Field::Customer)).map(|customer| ServiceTerms::Recurring { customer })
            }
            offers::CONTINUOUS => self.period().map(|period| ServiceTerms::Continuous { period }),
            offers::LEASE => {
                self.period().zip(self.every()).map(|(period, every)| ServiceTerms::Lease { period, every })
            }
            _ => None,
        };
        terms.unwrap_or_default()
    }

    fn period(&self) -> Option<Period> {
        let (from, to) = (self.day(Key::Of(Field::PeriodFrom))?, self.day(Key::Of(Field::PeriodTo))?);
        Some(Period { from, to })
    }

    fn every(&self) -> Option<Periodicity> {
        match offers::months_of(self.get(Key::Of(Field::PeriodicityMonths))) {
            Some(months) => Some(Periodicity::Months(months)),
            None => self.words(Key::Of(Field::PeriodicityWords)).map(Periodicity::Other),
        }
    }

    /// Why a rental vehicle leaves and where; nothing when it is let at the desk.
    pub(in crate::view) fn trip(&self) -> Option<Trip> {
        let purpose = offers::purpose_of(self.get(Key::Of(Field::Purpose))).unwrap_or_default();
        let elsewhere = self.get(Key::Of(Field::PickedUpElsewhere)) == offers::ELSEWHERE;
        let picked_up_at = self.words(Key::Of(Field::PickedUpAt)).filter(|_| elsewhere);
        let usual = purpose == MovementPurpose::Rental && picked_up_at.is_none();
        (!usual).then_some(Trip { purpose, picked_up_at, returned_at: None })
    }

    /// Where a rental vehicle came back, when not at the desk.
    pub(in crate::view) fn returned_at(&self) -> Option<String> {
        let elsewhere = self.get(Key::Of(Field::ReturnedElsewhere)) == offers::ELSEWHERE;
        self.words(Key::Of(Field::ReturnedAt)).filter(|_| elsewhere).map(|place| place.to_string())
    }

    /// The maker of a foreign vehicle.
    pub(in crate::view) fn maker(&self) -> Option<Text> {
        self.words(Key::Of(Field::Maker))
    }

    /// The entry an arrival follows.
    pub(in crate::view) fn earlier(&self) -> Option<Earlier> {
        let elsewhere = || self.get(Key::Earlier).parse().ok().map(|id| Earlier::Entry { id });
        self.follows.map(|visit| Earlier::Visit { visit }).or_else(elsewhere)
    }

    /// The kind of service, with its words where it has some.
    pub(in crate::view) fn category(&self) -> Option<ServiceCategory> {
        let category = offers::category_of(self.get(Key::Of(Field::Category)))?;
        Some(match category {
            ServiceCategory::Other(_) => {
                ServiceCategory::Other(self.words(Key::Of(Field::CategoryWords)).unwrap_or_default())
            }
            named => named,
        })
    }

    /// The agreed amount.
    pub(in crate::view) fn amount(&self) -> Option<Cents> {
        self.get(Key::Of(Field::Amount)).parse().ok().map(Cents)
    }

    /// Where a garage's vehicle goes.
    pub(in crate::view) fn off_site(&self) -> Option<OffSite> {
        match self.get(Key::Of(Field::OffSite)) {
            offers::PARTNER => Some(OffSite::Partner { vat: Text::new(self.get(Key::Of(Field::Partner))) }),
            offers::OWN_BRANCH => {
                let branch = self.get(Key::Of(Field::OtherBranch)).parse().ok()?;
                Some(OffSite::OwnBranch { branch })
            }
            _ => None,
        }
    }

    fn words(&self, key: Key) -> Option<Text> {
        Some(Text::new(self.get(key))).filter(|words| !words.is_empty())
    }
}

/// What holds until something else was said. Whoever asks for a return elsewhere means elsewhere.
const fn usual(key: Key) -> &'static str {
    match key {
        Key::Terms => offers::ONCE,
        Key::Of(Field::Purpose) => offers::purpose_id(MovementPurpose::Rental),
        Key::Of(Field::PickedUpElsewhere) => offers::AT_DESK,
        Key::Of(Field::ReturnedElsewhere) => offers::ELSEWHERE,
        Key::Of(Field::CustomerCountry | Field::CounterpartyCountry) => Answers::GREECE,
        Key::Trade | Key::Again | Key::Earlier | Key::Rental(_) | Key::Lease(_) | Key::Of(_) => "",
    }
}
