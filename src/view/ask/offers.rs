//! What is offered for a field, to be touched instead of typed. An offer without a text of its own is put into words by
//! the screen, by its id; what the registry is then told stays what the registry understands.

use super::fields::{categories, conditions};
use super::{AskForm, Asked, Key, Subject, lease, rental};
use crate::aade::rules::{Ask, Conditions, Field};
use crate::domain::entry::{MessageKind, ServiceCategory};
use crate::domain::settings::Trade;
use crate::domain::terms::{MovementPurpose, ServiceTerms};
use crate::domain::text::Text;
use jiff::{ToSpan, civil};

pub(super) const ONCE: &str = "terms-once";
pub(super) const RECURRING: &str = "terms-recurring";
pub(super) const CONTINUOUS: &str = "terms-continuous";
pub(super) const LEASE: &str = "terms-lease";
pub(super) const IN_WORDS: &str = "months-words";
pub(super) const AT_DESK: &str = "place-desk";
pub(super) const ELSEWHERE: &str = "place-elsewhere";
pub(super) const PARTNER: &str = "moved-partner";
pub(super) const OWN_BRANCH: &str = "moved-branch";
pub(super) const RECEIPT: &str = "document-receipt";
pub(super) const INVOICE: &str = "document-invoice";

/// Months between two invoices that are offered; others are put in words.
const MONTHS: [u8; 5] = [1, 2, 3, 6, 12];
/// Lengths of a period, in months.
const SPANS: [i8; 4] = [1, 3, 6, 12];
/// Makers of most cars with foreign plates; others are typed.
const MAKERS: [&str; 10] =
    ["VW", "AUDI", "BMW", "MERCEDES", "OPEL", "FORD", "RENAULT", "FIAT", "TOYOTA", "DACIA"];
/// Countries of most foreign businesses; the registry's list has them all.
const COUNTRIES: [&str; 12] = ["GR", "CY", "BG", "RO", "DE", "IT", "FR", "AT", "NL", "PL", "GB", "CH"];
/// Places as the registry is told of them.
const PLACES: [(&str, &str); 4] = [
    ("at-airport", "ΑΕΡΟΔΡΟΜΙΟ"),
    ("at-port", "ΛΙΜΑΝΙ"),
    ("at-hotel", "ΞΕΝΟΔΟΧΕΙΟ"),
    ("at-home", "ΟΙΚΙΑ ΠΕΛΑΤΗ"),
];
/// Why a vehicle that is inside comes once more, as it is stored.
const AGAINS: [(&str, &str); 3] = [
    ("again-other-work", "άλλη εργασία"),
    ("again-other-payer", "άλλος πληρωτής"),
    ("again-not-closed", "η προηγούμενη έμεινε ανοιχτή"),
];

/// One thing to touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::view) struct Offer {
    /// Its name, and what puts it into words.
    pub(in crate::view) id: String,
    /// What it is called, where that is no sentence.
    pub(in crate::view) text: String,
    /// The answer it gives.
    pub(in crate::view) answer: String,
}

impl Offer {
    fn named(id: &str) -> Self {
        Self { id: id.to_owned(), text: String::new(), answer: id.to_owned() }
    }

    pub(super) fn of(id: &str, answer: &str) -> Self {
        Self { answer: answer.to_owned(), ..Self::named(id) }
    }

    pub(super) fn text(text: &str) -> Self {
        Self { id: text.to_owned(), text: text.to_owned(), answer: text.to_owned() }
    }
}

/// What is offered for a field.
pub(in crate::view) fn offers(subject: &Subject<'_>, form: &AskForm, asked: &Asked) -> Vec<Offer> {
    use Field as F;
    let of = |pairs: &[(&str, &str)]| pairs.iter().map(|(id, answer)| Offer::of(id, answer)).collect();
    let named = |ids: &[&str]| ids.iter().map(|id| Offer::named(id)).collect();
    match asked.key {
        Key::Trade => subject.settings.trades().map(|trade| Offer::named(trade_id(trade))).collect(),
        Key::Again => of(&AGAINS),
        Key::Terms => terms_offered(subject),
        Key::Of(F::PeriodFrom) => first_days(subject.today),
        Key::Of(F::PeriodTo) => last_days(form.answers.day(Key::Of(F::PeriodFrom))),
        Key::Of(F::PeriodicityMonths) => months(),
        Key::Of(F::CustomerCountry | F::CounterpartyCountry) => countries(subject),
        Key::Of(F::Maker) => MAKERS.iter().map(|maker| Offer::text(maker)).collect(),
        Key::Of(F::Purpose) => purposes(subject, form),
        Key::Of(F::PickedUpElsewhere | F::ReturnedElsewhere) => named(&[AT_DESK, ELSEWHERE]),
        Key::Of(F::PickedUpAt | F::ReturnedAt) => of(&PLACES),
        Key::Of(F::Category) => {
            categories(subject).iter().map(|category| Offer::named(category_id(category))).collect()
        }
        Key::Of(F::OffSite) => moves(subject),
        Key::Of(F::InvoiceKind) => documents(subject),
        Key::Rental(field) => rental::offered(subject, form, field),
        Key::Lease(field) => lease::offered(subject, field),
        Key::Earlier | Key::Of(_) => Vec::new(),
    }
}

/// The terms a kind of business may have; nothing where the table knows no flag for any.
pub(super) fn terms_offered(subject: &Subject<'_>) -> Vec<Offer> {
    let told = |field| {
        let ask = subject.edition().ask(field, subject.client_type, MessageKind::Create, Conditions::NONE);
        ask != Ask::Not
    };
    let flags = [(Field::Recurring, RECURRING), (Field::Continuous, CONTINUOUS), (Field::Lease, LEASE)];
    let offered: Vec<Offer> =
        flags.into_iter().filter(|(field, _)| told(*field)).map(|(_, id)| Offer::named(id)).collect();
    if offered.is_empty() { offered } else { [Offer::named(ONCE)].into_iter().chain(offered).collect() }
}

fn first_days(today: civil::Date) -> Vec<Offer> {
    let next_month = today.first_of_month().checked_add(1.month()).unwrap_or(today);
    let days = [("day-today", today), ("day-month", today.first_of_month()), ("day-next-month", next_month)];
    days.into_iter().map(|(id, day)| Offer::of(id, &typed_day(day))).collect()
}

/// Whole months from the first day: the last one is the day before.
fn last_days(first: Option<civil::Date>) -> Vec<Offer> {
    let Some(first) = first else { return Vec::new() };
    let last = |months: i8| first.checked_add(months.months()).ok()?.yesterday().ok();
    let span = |months: i8| Some(Offer::of(&format!("span-{months}"), &typed_day(last(months)?)));
    SPANS.into_iter().filter_map(span).collect()
}

/// The last day of a period of a month.
pub(super) fn month_from(first: civil::Date) -> Option<String> {
    last_days(Some(first)).into_iter().next().map(|offer| offer.answer)
}

/// A day as it is typed.
pub(super) fn typed_day(day: civil::Date) -> String {
    day.strftime("%d%m%Y").to_string()
}

fn months() -> Vec<Offer> {
    let every = MONTHS.into_iter().map(|months| Offer::named(&months_id(months)));
    every.chain([Offer::named(IN_WORDS)]).collect()
}

fn countries(subject: &Subject<'_>) -> Vec<Offer> {
    let known = subject.edition().countries;
    COUNTRIES.iter().filter(|country| known.contains(country)).map(|country| Offer::text(country)).collect()
}

fn purposes(subject: &Subject<'_>, form: &AskForm) -> Vec<Offer> {
    let held = conditions(subject, form);
    let purposes = subject.edition().purposes(subject.client_type, held);
    purposes.map(|purpose| Offer::named(purpose_id(purpose))).collect()
}

fn moves(subject: &Subject<'_>) -> Vec<Offer> {
    let rule = subject.edition().field(Field::OffSite, subject.client_type, MessageKind::Complete);
    let codes = rule.into_iter().flat_map(|rule| rule.codes(Conditions::NONE));
    let offer = |code| match code {
        1 => Some(Offer::named(PARTNER)),
        2 => Some(Offer::named(OWN_BRANCH)),
        _ => None,
    };
    codes.filter_map(offer).collect()
}

/// A walk-in without a contract can only be invoiced: a receipt is paid for at once.
fn documents(subject: &Subject<'_>) -> Vec<Offer> {
    let once = subject.visit.is_some_and(|visit| visit.terms.is_one_off());
    let ids: &[&str] = if once { &[INVOICE] } else { &[RECEIPT, INVOICE] };
    ids.iter().map(|id| Offer::named(id)).collect()
}

/// The name of terms.
pub(in crate::view) const fn terms_id(terms: &ServiceTerms) -> &'static str {
    match terms {
        ServiceTerms::OneOff => ONCE,
        ServiceTerms::Recurring { .. } => RECURRING,
        ServiceTerms::Continuous { .. } => CONTINUOUS,
        ServiceTerms::Lease { .. } => LEASE,
    }
}

/// The name of a kind of work.
pub(in crate::view) const fn trade_id(trade: Trade) -> &'static str {
    match trade {
        Trade::Wash => "trade-wash",
        Trade::Parking => "trade-parking",
        Trade::Garage => "trade-garage",
        Trade::Rental => "trade-rental",
    }
}

pub(super) fn trade_of(id: &str) -> Option<Trade> {
    [Trade::Wash, Trade::Parking, Trade::Garage, Trade::Rental]
        .into_iter()
        .find(|trade| trade_id(*trade) == id)
}

/// The name of a kind of service.
pub(in crate::view) const fn category_id(category: &ServiceCategory) -> &'static str {
    match category {
        ServiceCategory::WithParts => "category-parts",
        ServiceCategory::WithCustomersParts => "category-customers-parts",
        ServiceCategory::WithoutParts => "category-no-parts",
        ServiceCategory::Free => "category-free",
        ServiceCategory::Other(_) => "category-other",
        ServiceCategory::Warranty => "category-warranty",
        ServiceCategory::ByPriceList => "category-list",
        ServiceCategory::ByAgreement => "category-agreement",
        ServiceCategory::OwnUse => "category-own",
    }
}

pub(super) fn category_of(id: &str) -> Option<ServiceCategory> {
    use ServiceCategory as S;
    let all = [
        S::WithParts,
        S::WithCustomersParts,
        S::WithoutParts,
        S::Other(Text::default()),
        S::ByPriceList,
        S::ByAgreement,
    ];
    all.into_iter().find(|category| category_id(category) == id)
}

/// The name of why a rental vehicle leaves.
pub(in crate::view) const fn purpose_id(purpose: MovementPurpose) -> &'static str {
    match purpose {
        MovementPurpose::Rental => "purpose-rental",
        MovementPurpose::OwnUse => "purpose-own",
        MovementPurpose::Free => "purpose-free",
    }
}

pub(super) fn purpose_of(id: &str) -> Option<MovementPurpose> {
    [MovementPurpose::Rental, MovementPurpose::OwnUse, MovementPurpose::Free]
        .into_iter()
        .find(|purpose| purpose_id(*purpose) == id)
}

/// The name of so many months between two invoices.
pub(in crate::view) fn months_id(months: u8) -> String {
    format!("months-{months}")
}

pub(super) fn months_of(id: &str) -> Option<u8> {
    id.strip_prefix("months-")?.parse().ok()
}
