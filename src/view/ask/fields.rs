//! The fields of a form, derived from the registry's table under what was answered so far.

use super::offers::{self, terms_offered};
use super::{Answers, AskForm, Key, Purpose, RentalField, lease, rental};
use crate::aade::rules::{self, Ask, Condition, Conditions, Edition, Field, FieldRule, Obligation};
use crate::domain::customer::TaxNumber;
use crate::domain::entry::{ClientType, MessageKind, ServiceCategory};
use crate::domain::settings::Settings;
use crate::domain::terms::ServiceTerms;
use crate::domain::visit::Visit;
use jiff::civil;

/// The most characters of a reason a person types.
const REASON_MAX: usize = 60;
/// The most digits of an amount, an entry's number and an establishment's.
const AMOUNT_DIGITS_MAX: usize = 8;
const ENTRY_DIGITS_MAX: usize = 18;
const BRANCH_DIGITS_MAX: usize = 5;
/// A day is typed as `14032026`.
const DAY_DIGITS: usize = 8;
/// Digits of a Greek tax number, and the most characters of a foreign one.
const AFM_DIGITS: usize = 9;
const FOREIGN_TAX_MAX: usize = 30;
/// The longest text of a field without a limit of its own.
const TEXT_MAX: usize = 100;

/// What a form is about.
#[derive(Debug, Clone, Copy)]
pub(in crate::view) struct Subject<'a> {
    pub(in crate::view) settings: &'a Settings,
    pub(in crate::view) today: civil::Date,
    pub(in crate::view) client_type: ClientType,
    /// The plate goes into the registry's foreign field.
    pub(in crate::view) foreign: bool,
    /// The vehicle is inside for this kind of business already.
    pub(in crate::view) inside: bool,
    /// The visit; none before an arrival.
    pub(in crate::view) visit: Option<&'a Visit>,
}

impl Subject<'_> {
    /// The rules of the day.
    pub(in crate::view) fn edition(&self) -> &'static Edition {
        rules::edition(self.today)
    }
}

/// How a field is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Editor {
    /// One of what is offered.
    Choices,
    /// Words; what is offered stands for the usual ones.
    Words,
    /// A number.
    Digits,
    /// An amount in cents.
    Money,
    /// A day.
    Day,
    /// A Greek tax number.
    Afm,
    /// A tax number of another country.
    ForeignTax,
}

/// One field that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) struct Asked {
    pub(in crate::view) key: Key,
    /// The form insists.
    pub(in crate::view) must: bool,
    pub(in crate::view) editor: Editor,
    /// The most characters it takes.
    pub(in crate::view) max: usize,
}

impl Asked {
    pub(super) const fn new(key: Key, must: bool, editor: Editor, max: usize) -> Self {
        Self { key, must, editor, max }
    }

    /// Zero is a number here.
    pub(in crate::view) fn takes_zero(&self) -> bool {
        matches!(self.key, Key::Of(Field::OtherBranch) | Key::Rental(RentalField::Km))
    }

    /// Answered rightly, or left out where it may be.
    pub(in crate::view) fn is_good(&self, answers: &Answers) -> bool {
        let typed = answers.get(self.key);
        if typed.is_empty() {
            return !self.must;
        }
        match self.editor {
            Editor::Choices => true,
            Editor::Words => !typed.trim().is_empty(),
            // The head office is an establishment too, and has the number 0.
            Editor::Digits => typed.parse::<i64>().is_ok_and(|number| number > 0 || self.takes_zero()),
            Editor::Money => typed.parse::<i64>().is_ok_and(|cents| cents > 0),
            Editor::Day => {
                answers.day(self.key).is_some_and(|day| !ends_before_it_begins(self.key, day, answers))
            }
            Editor::Afm => TaxNumber::parse(Answers::GREECE, typed).is_ok(),
            Editor::ForeignTax => answers.tax_number(self.key).is_some(),
        }
    }
}

fn ends_before_it_begins(key: Key, day: civil::Date, answers: &Answers) -> bool {
    key == Key::Of(Field::PeriodTo)
        && answers.day(Key::Of(Field::PeriodFrom)).is_some_and(|first| day < first)
}

/// What a form asks now, in the order of the registry's table.
pub(in crate::view) fn asked(subject: &Subject<'_>, form: &AskForm) -> Vec<Asked> {
    let conditions = conditions(subject, form);
    let moment = moment(form.purpose);
    let rules = subject.edition().fields(subject.client_type, moment);
    let fields = rules.filter_map(|rule| field(subject, form, conditions, rule));
    match form.purpose {
        Purpose::Arrival => {
            before_arrival(subject).into_iter().chain(fields).chain(earlier(subject)).collect()
        }
        Purpose::Service => what_before_how_much(fields.collect()),
        Purpose::Contract => document_before_customer(fields.collect()),
        Purpose::Move | Purpose::Return => fields.collect(),
        Purpose::HandOver | Purpose::TakeBack => {
            rental::asked(subject, form.purpose).into_iter().chain(fields).collect()
        }
        Purpose::Lease | Purpose::Extend => lease::asked(subject, form.purpose),
    }
}

/// The table has the amount before the kind of service; people say what was done first.
fn what_before_how_much(mut fields: Vec<Asked>) -> Vec<Asked> {
    fields.sort_by_key(|field| field.key == Key::Of(Field::Amount));
    fields
}

/// … and what the document is before whom it is for.
fn document_before_customer(mut fields: Vec<Asked>) -> Vec<Asked> {
    fields.sort_by_key(|field| field.key != Key::Of(Field::InvoiceKind));
    fields
}

const fn moment(purpose: Purpose) -> MessageKind {
    match purpose {
        Purpose::Arrival | Purpose::HandOver => MessageKind::Create,
        Purpose::Service | Purpose::Lease | Purpose::Extend => MessageKind::Update,
        Purpose::Move | Purpose::Return | Purpose::Contract | Purpose::TakeBack => MessageKind::Complete,
    }
}

/// What is asked of an arrival and is no field of the registry.
fn before_arrival(subject: &Subject<'_>) -> Vec<Asked> {
    let several = subject.settings.trades().count() > 1;
    let trade = several.then_some(Asked::new(Key::Trade, true, Editor::Choices, TEXT_MAX));
    let again = subject.inside.then_some(Asked::new(Key::Again, true, Editor::Words, REASON_MAX));
    trade.into_iter().chain(again).collect()
}

/// Where vehicles are moved for further work they also come from elsewhere, with an entry of there.
fn earlier(subject: &Subject<'_>) -> Option<Asked> {
    moves_vehicles(subject.edition(), subject.client_type).then_some(Asked::new(
        Key::Earlier,
        false,
        Editor::Digits,
        ENTRY_DIGITS_MAX,
    ))
}

/// Whether a kind of business moves vehicles away for further work.
pub(in crate::view) fn moves_vehicles(edition: &Edition, client_type: ClientType) -> bool {
    let rule = edition.field(Field::OffSite, client_type, MessageKind::Complete);
    rule.is_some_and(|rule| rule.obligation != Obligation::Never)
}

/// The conditions that hold for what was answered so far.
pub(in crate::view) fn conditions(subject: &Subject<'_>, form: &AskForm) -> Conditions {
    let answers = &form.answers;
    // A trip has two ends, and each form asks about one.
    let end = match form.purpose {
        Purpose::Return | Purpose::TakeBack => Field::ReturnedElsewhere,
        _ => Field::PickedUpElsewhere,
    };
    let place = answers.get(Key::Of(end)) == offers::ELSEWHERE;
    let said = |field, id: &str| answers.get(Key::Of(field)) == id;
    let lease = |visit: &&Visit| matches!(visit.terms, ServiceTerms::Lease { .. }) && visit.amount.is_none();
    let terms = match subject.visit {
        Some(visit) => of_terms(offers::terms_id(&visit.terms)),
        None => of_terms(answers.get(Key::Terms)),
    };
    let category = answers.category();
    let holding = [
        terms,
        subject.foreign.then_some(Condition::BesideForeignPlate),
        place.then_some(Condition::PlaceDiffers),
        category.as_ref().and_then(Condition::of_category),
        said(Field::OffSite, offers::PARTNER).then_some(Condition::ToPartner),
        said(Field::OffSite, offers::OWN_BRANCH).then_some(Condition::ToOwnBranch),
        said(Field::InvoiceKind, offers::INVOICE).then_some(Condition::InvoiceToBusiness),
        subject.visit.as_ref().filter(|visit| lease(visit)).map(|_| Condition::LeaseAmountDue),
    ];
    holding.into_iter().flatten().collect()
}

fn of_terms(id: &str) -> Option<Condition> {
    match id {
        offers::RECURRING => Some(Condition::Recurring),
        offers::CONTINUOUS => Some(Condition::RightBought),
        offers::LEASE => Some(Condition::Lease),
        _ => None,
    }
}

/// A row of the table as a question of this form; nothing where the form does not ask it.
fn field(subject: &Subject<'_>, form: &AskForm, conditions: Conditions, rule: &FieldRule) -> Option<Asked> {
    let key = key(subject, form, rule.field)?;
    let ask = rule.ask(conditions);
    if ask == Ask::Not {
        return None;
    }
    let must = ask == Ask::Must || is_the_point(rule.field) || amount_is_due(subject, conditions, rule.field);
    let (editor, max) = editor(form, rule);
    Some(Asked::new(key, must, editor, max))
}

/// Which question a field of the table is, in a form of this purpose.
fn key(subject: &Subject<'_>, form: &AskForm, field: Field) -> Option<Key> {
    use Field as F;
    let of = Some(Key::Of(field));
    match (form.purpose, field) {
        // Three flags, asked once; the first row of the table stands for them.
        (Purpose::Arrival, F::Recurring) if !terms_offered(subject).is_empty() => Some(Key::Terms),
        (Purpose::Arrival, F::Maker) if subject.foreign => of,
        // One of the two is wanted: words only where no number of months fits.
        (Purpose::Arrival, F::PeriodicityWords) => {
            of.filter(|_| form.answers.get(Key::Of(F::PeriodicityMonths)) == offers::IN_WORDS)
        }
        (
            Purpose::Arrival,
            F::PeriodFrom
            | F::PeriodTo
            | F::Customer
            | F::CustomerCountry
            | F::PeriodicityMonths
            | F::Purpose
            | F::PickedUpElsewhere
            | F::PickedUpAt,
        )
        | (Purpose::Service, F::Category | F::CategoryWords | F::Amount)
        | (Purpose::Move, F::OffSite | F::Partner | F::OtherBranch)
        | (Purpose::Return | Purpose::TakeBack, F::ReturnedElsewhere | F::ReturnedAt)
        | (Purpose::Contract, F::InvoiceKind) => of,
        (Purpose::Contract, F::Counterparty | F::CounterpartyCountry) => {
            of.filter(|_| form.answers.get(Key::Of(F::InvoiceKind)) == offers::INVOICE)
        }
        // A period and a customer hang on the terms, which the table says; the rest is told elsewhere.
        _ => None,
    }
}

/// The question a form was opened for: without an answer there is nothing to send.
const fn is_the_point(field: Field) -> bool {
    matches!(
        field,
        Field::Recurring
            | Field::OffSite
            | Field::ReturnedElsewhere
            | Field::PickedUpElsewhere
            | Field::InvoiceKind
            | Field::PeriodicityMonths
    )
}

/// The amount of a lease may be told with any update, and must be told before the end: asked for as long as it is due.
fn amount_is_due(subject: &Subject<'_>, conditions: Conditions, field: Field) -> bool {
    let at_the_end = || subject.edition().ask(field, subject.client_type, MessageKind::Complete, conditions);
    field == Field::Amount && at_the_end() == Ask::Must
}

fn editor(form: &AskForm, rule: &FieldRule) -> (Editor, usize) {
    use Field as F;
    let words = rule.units_max().unwrap_or(TEXT_MAX);
    match rule.field {
        F::PeriodFrom | F::PeriodTo => (Editor::Day, DAY_DIGITS),
        F::Partner => (Editor::Afm, AFM_DIGITS),
        F::Customer | F::Counterparty if form.answers.is_greek(rule.field) => (Editor::Afm, AFM_DIGITS),
        F::Customer | F::Counterparty => (Editor::ForeignTax, FOREIGN_TAX_MAX),
        F::OtherBranch => (Editor::Digits, BRANCH_DIGITS_MAX),
        F::Amount => (Editor::Money, AMOUNT_DIGITS_MAX),
        F::Maker | F::PeriodicityWords | F::PickedUpAt | F::ReturnedAt | F::CategoryWords => {
            (Editor::Words, words)
        }
        _ => (Editor::Choices, words),
    }
}

/// The kinds of service a person may say: those that mean "no document" go their own way.
pub(in crate::view) fn categories(subject: &Subject<'_>) -> Vec<ServiceCategory> {
    let all = subject.edition().categories(subject.client_type);
    all.filter(|category| !category.means_no_document()).collect()
}
