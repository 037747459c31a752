//! An edition of the registry's rules as data: which trade tells which field at which moment, and in what form.
//! Forms ask this table, and what is about to be sent is held against it: what is demanded is what was asked.

use super::condition::{Condition, Conditions};
use super::field::Field;
use crate::aade::kinds::InvoiceKind;
use crate::domain::entry::{ClientType, MessageKind, ServiceCategory};
use crate::domain::terms::MovementPurpose;
use crate::domain::visit::NoDocumentReason;
use jiff::civil;

/// The registry's rules as of a day.
#[derive(Debug, Clone, Copy)]
pub struct Edition {
    /// Version of the schema.
    pub schema: &'static str,
    /// First day it is in force.
    pub since: civil::Date,
    /// One table for each kind of business it knows.
    pub trades: &'static [TradeTable],
    /// What a correlation tells; the same for every kind of business, for one may name entries of several.
    pub correlation: &'static [FieldRule],
    /// What the calls without a document tell, beside the number they are about.
    pub address: &'static [FieldRule],
    /// The countries of its list.
    pub countries: &'static [&'static str],
    /// Most entries of one correlation.
    pub correlated_max: usize,
}

/// What one kind of business tells, by moment. Each moment is told in parts, so that what all share stands once.
#[derive(Debug, Clone, Copy)]
pub struct TradeTable {
    /// The kind of business.
    pub client_type: ClientType,
    /// Moment 1, a new entry.
    pub arrival: &'static [&'static [FieldRule]],
    /// Moment 2, an update that does not complete.
    pub service: &'static [&'static [FieldRule]],
    /// Moment 3, the update that completes.
    pub completion: &'static [&'static [FieldRule]],
}

/// One field at one moment of one trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRule {
    /// The field.
    pub field: Field,
    /// Whether it must be told.
    pub obligation: Obligation,
    /// When it may be told at all.
    pub allowed: Allowed,
    /// The field that may stand in its place; the registry wants one of the two.
    pub instead: Option<Field>,
    /// What it may hold.
    pub shape: Shape,
    /// Codes that a condition narrows further.
    pub narrowed: &'static [Narrowed],
    /// The registry's code when it is missing.
    pub code_missing: u16,
    /// The registry's code when it is told and may not be.
    pub code_refused: u16,
}

/// Whether a field must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obligation {
    /// Always.
    Mandatory,
    /// When a condition holds.
    Conditional(Condition),
    /// As one likes.
    Optional,
    /// The registry fills it in itself.
    ByRegistry,
    /// The registry fills it in itself, unless a condition holds: then it must be told.
    ByRegistryUnless(Condition),
    /// This trade does not have it.
    Never,
}

/// When a field may be told at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Whenever its obligation lets it.
    Always,
    /// Only when a condition holds.
    Only(Condition),
    /// Not when a condition holds.
    Apart(Condition),
}

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but that it is set.
    Flag,
    /// A whole number, or something made of several.
    Number,
    /// A whole number from … to, both included.
    Range {
        /// The least.
        from: i64,
        /// The greatest.
        to: i64,
    },
    /// One of these numbers of the registry.
    Code(&'static [u8]),
    /// Words; at most so many UTF-16 units, where there is a limit: what the registry's own platform counts, and
    /// never more lenient than counting characters.
    Text {
        /// The limit.
        units_max: Option<usize>,
    },
    /// A day, in the years 1 to 9999.
    Day,
    /// An instant, in the years 1 to 9999.
    Instant,
    /// Euro, not negative, at most fifteen digits.
    Amount,
    /// A country of the edition's list.
    Country,
    /// A tax number; a Greek one must carry its check digit.
    TaxNumber {
        /// The field that holds its country; none where only a Greek number makes sense.
        country: Option<Field>,
        /// The registry's code for a bad one.
        code_bad: u16,
    },
}

/// Codes that a condition leaves of a field's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Narrowed {
    /// The condition.
    pub when: Condition,
    /// What is left.
    pub to: &'static [u8],
    /// The registry's code for another.
    pub code: u16,
}

/// What a form does with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Asks for it and insists; where another field may stand in its place, on one of the two.
    Must,
    /// Asks for it and takes no for an answer.
    May,
    /// Does not ask: it may not be told.
    Not,
}

impl FieldRule {
    /// What a form does with the field under these conditions.
    pub const fn ask(&self, conditions: Conditions) -> Ask {
        let barred = match self.allowed {
            Allowed::Always => false,
            Allowed::Only(condition) => !conditions.holds(condition),
            Allowed::Apart(condition) => conditions.holds(condition),
        };
        match self.obligation {
            _ if barred => Ask::Not,
            Obligation::Never | Obligation::ByRegistry => Ask::Not,
            Obligation::ByRegistryUnless(condition) => {
                if conditions.holds(condition) {
                    Ask::Must
                } else {
                    Ask::Not
                }
            }
            Obligation::Mandatory => Ask::Must,
            Obligation::Conditional(condition) if conditions.holds(condition) => Ask::Must,
            Obligation::Conditional(_) | Obligation::Optional => Ask::May,
        }
    }

    /// Longest text it takes, in UTF-16 units; none where there is no limit or no text.
    pub const fn units_max(&self) -> Option<usize> {
        match self.shape {
            Shape::Text { units_max } => units_max,
            _ => None,
        }
    }

    /// The registry's numbers it may hold under these conditions, in order; none where it holds something else.
    pub fn codes(&self, conditions: Conditions) -> impl Iterator<Item = u8> + use<> {
        let Self { shape, narrowed, .. } = *self;
        let all = if let Shape::Code(codes) = shape { codes } else { &[] };
        let left = move |code: &u8| {
            narrowed.iter().all(|narrowed| !conditions.holds(narrowed.when) || narrowed.to.contains(code))
        };
        all.iter().copied().filter(left)
    }
}

impl Edition {
    /// The table of a kind of business; none for one this edition does not know.
    pub fn trade(&self, client_type: ClientType) -> Option<&'static TradeTable> {
        self.trades.iter().find(|trade| trade.client_type == client_type)
    }

    /// Every field of a moment, the registry's own ones too; nothing for a business this edition does not know.
    pub fn fields(
        &self,
        client_type: ClientType,
        moment: MessageKind,
    ) -> impl Iterator<Item = &'static FieldRule> + use<> {
        type Parts = &'static [&'static [FieldRule]];
        let (parts, shared): (Parts, &'static [FieldRule]) = match (self.trade(client_type), moment) {
            (None, _) => (&[], &[]),
            (Some(trade), MessageKind::Create) => (trade.arrival, &[]),
            (Some(trade), MessageKind::Update) => (trade.service, &[]),
            (Some(trade), MessageKind::Complete) => (trade.completion, &[]),
            (Some(_), MessageKind::Correlate) => (&[], self.correlation),
            (Some(_), MessageKind::Cancel) => (&[], self.address),
        };
        parts.iter().copied().flatten().chain(shared)
    }

    /// The rule of one field; none where the moment does not have it.
    pub fn field(
        &self,
        field: Field,
        client_type: ClientType,
        moment: MessageKind,
    ) -> Option<&'static FieldRule> {
        self.fields(client_type, moment).find(|rule| rule.field == field)
    }

    /// What a form does with a field.
    pub fn ask(
        &self,
        field: Field,
        client_type: ClientType,
        moment: MessageKind,
        conditions: Conditions,
    ) -> Ask {
        self.field(field, client_type, moment).map_or(Ask::Not, |rule| rule.ask(conditions))
    }

    /// The inputs a form shows now: what people are asked for, and whether it insists.
    pub fn inputs(
        &self,
        client_type: ClientType,
        moment: MessageKind,
        conditions: Conditions,
    ) -> impl Iterator<Item = (&'static FieldRule, Ask)> + use<> {
        let asked = move |rule: &'static FieldRule| (rule, rule.ask(conditions));
        self.fields(client_type, moment)
            .filter(|rule| rule.field.is_asked_of_people())
            .map(asked)
            .filter(|(_, ask)| *ask != Ask::Not)
    }

    /// The kinds of service of a business; "other" comes without its words.
    pub fn categories(&self, client_type: ClientType) -> impl Iterator<Item = ServiceCategory> + use<> {
        let codes = self.codes(Field::Category, client_type, MessageKind::Complete, Conditions::NONE);
        codes.filter_map(ServiceCategory::from_code)
    }

    /// Why a business may issue no document, under these conditions: a kind of service may leave one reason only.
    pub fn reasons(
        &self,
        client_type: ClientType,
        conditions: Conditions,
    ) -> impl Iterator<Item = NoDocumentReason> + use<> {
        let codes = self.codes(Field::Reason, client_type, MessageKind::Complete, conditions);
        codes.filter_map(NoDocumentReason::from_code)
    }

    /// The kinds of document of a business.
    pub fn invoice_kinds(&self, client_type: ClientType) -> impl Iterator<Item = InvoiceKind> + use<> {
        let codes = self.codes(Field::InvoiceKind, client_type, MessageKind::Complete, Conditions::NONE);
        codes.filter_map(InvoiceKind::from_code)
    }

    /// Why a vehicle may leave, under these conditions; nothing where the business does not tell it.
    pub fn purposes(
        &self,
        client_type: ClientType,
        conditions: Conditions,
    ) -> impl Iterator<Item = MovementPurpose> + use<> {
        let codes = self.codes(Field::Purpose, client_type, MessageKind::Create, conditions);
        codes.filter_map(MovementPurpose::from_code)
    }

    fn codes(
        &self,
        field: Field,
        client_type: ClientType,
        moment: MessageKind,
        conditions: Conditions,
    ) -> impl Iterator<Item = u8> + use<> {
        let rule = self.field(field, client_type, moment);
        rule.into_iter().flat_map(move |rule| rule.codes(conditions))
    }
}
