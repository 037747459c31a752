//! What the screen knows by itself of the work order whose page is up: what is typed and chosen before it is a fact.

use super::generated::{WorkField, WorkLineKind, WorkStep};
use super::words;
use crate::domain::dashboard::{Dashboard, Eighths};
use crate::domain::money::{Cents, Quantity};
use crate::domain::sale::PriceBasis;
use crate::domain::text::{Name, Text};
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::domain::work::{ApprovalWay, NextService, WantedLine, WorkKind, WorkLine, WorkOrder};
use jiff::civil;

/// The most characters of a sentence, a name, a telephone number.
const SENTENCE_MAX: usize = 120;
const NAME_MAX: usize = 40;
const PHONE_MAX: usize = 20;
/// Up to 9 999,99 hours or pieces, in hundredths.
const QUANTITY_DIGITS_MAX: usize = 6;
const KM_DIGITS_MAX: usize = 7;
/// Day, month and year.
const DAY_DIGITS: usize = 8;

/// Everything that is typed, chosen or up on the page of a work order.
#[derive(Debug)]
pub(super) struct WorkForm {
    pub(super) step: WorkStep,
    pub(super) field: WorkField,
    pub(super) complaint: String,
    pub(super) km: String,
    pub(super) fuel: Option<u8>,
    pub(super) line: LineForm,
    pub(super) approver: String,
    pub(super) way: ApprovalWay,
    pub(super) parts: String,
    /// For which day a time is promised, from today.
    pub(super) promise_day: u8,
    /// Digits: `14032027`.
    pub(super) day: String,
    pub(super) due_km: String,
    pub(super) what: String,
    pub(super) call_name: String,
    pub(super) call_phone: String,
    /// Why it was not done.
    pub(super) fault: Option<String>,
    /// What is on its way: pressing again changes nothing.
    pub(super) sent: Option<Sent>,
}

/// What was sent, to see that it has become a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sent {
    Described(Text, Dashboard),
    Written(Vec<WantedLine>),
    Approved(u32),
    Parts(Option<Text>),
    Promised(Stamp),
    Next(Option<NextService>),
}

/// One line while it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineForm {
    /// Which line it takes the place of; nothing is a new one.
    pub(super) at: Option<usize>,
    pub(super) kind: WorkKind,
    /// Of the price list, while its name is the list's.
    pub(super) code: String,
    /// The list's name in both languages, while nobody typed another.
    pub(super) listed: Option<Name>,
    pub(super) name: String,
    /// Hundredths.
    pub(super) quantity: String,
    /// Cents.
    pub(super) price: String,
    pub(super) basis: PriceBasis,
}

impl Default for WorkForm {
    fn default() -> Self {
        Self {
            step: WorkStep::Overview,
            field: WorkField::None,
            complaint: String::new(),
            km: String::new(),
            fuel: None,
            line: LineForm::of(WorkKind::Labour, PriceBasis::WithoutVat),
            approver: String::new(),
            way: ApprovalWay::InPerson,
            parts: String::new(),
            promise_day: 0,
            day: String::new(),
            due_km: String::new(),
            what: String::new(),
            call_name: String::new(),
            call_phone: String::new(),
            fault: None,
            sent: None,
        }
    }
}

impl LineForm {
    /// One of something.
    pub(super) fn of(kind: WorkKind, basis: PriceBasis) -> Self {
        let (name, price) = (String::new(), String::new());
        Self {
            at: None,
            kind,
            code: String::new(),
            listed: None,
            name,
            quantity: "100".to_owned(),
            price,
            basis,
        }
    }

    /// A line that is written already.
    pub(super) fn written(at: usize, line: &WantedLine, shown: &str) -> Self {
        Self {
            at: Some(at),
            kind: line.kind,
            code: line.code.clone(),
            listed: Some(line.name.clone()),
            name: shown.to_owned(),
            quantity: (line.quantity.0 / 10).to_string(),
            price: line.unit_price.0.to_string(),
            basis: line.basis,
        }
    }

    /// The line, as far as it is whole. What costs nothing is written as nothing: zero is typed, not left out; but a part the
    /// customer brought costs nothing as a rule.
    pub(super) fn wanted(&self) -> Option<WantedLine> {
        let hundredths: i64 = self.quantity.parse().ok().filter(|quantity| *quantity > 0)?;
        let free = self.kind == WorkKind::CustomersPart && self.price.is_empty();
        let unit_price = if free { Cents::ZERO } else { words::typed_cents(&self.price)? };
        let name = self.listed.clone().unwrap_or_else(|| Name::new(&self.name, &self.name));
        Some(WantedLine {
            kind: self.kind,
            code: self.code.clone(),
            name,
            quantity: Quantity(hundredths * 10),
            unit_price,
            basis: self.basis,
        })
    }

    /// Somebody typed another name: it is not the price list's any more.
    fn renamed(&mut self) {
        self.listed = None;
        self.code.clear();
    }
}

/// The lines of a visit as they are written: those of its order or, before there are any, what was chosen of the price list.
pub(super) fn lines_of(visit: &Visit, uses_parts: impl Fn(&str) -> bool) -> Vec<WantedLine> {
    let written = visit.work.as_ref().map(|work| work.lines.as_slice()).unwrap_or_default();
    if !written.is_empty() {
        return written.iter().map(WantedLine::from).collect();
    }
    let of_list = |line: &crate::domain::sale::Line| WorkLine {
        kind: if uses_parts(&line.code) { WorkKind::OwnPart } else { WorkKind::FlatJob },
        line: line.clone(),
    };
    visit.sale.lines.iter().map(of_list).map(|line| WantedLine::from(&line)).collect()
}

impl WorkForm {
    /// What the keys type into, with how many of them it takes; words take letters too.
    fn active(&mut self) -> Option<(&mut String, usize, bool)> {
        let line = &mut self.line;
        Some(match self.field {
            WorkField::None => return None,
            WorkField::Complaint => (&mut self.complaint, SENTENCE_MAX, true),
            WorkField::Km => (&mut self.km, KM_DIGITS_MAX, false),
            WorkField::Name => (&mut line.name, SENTENCE_MAX, true),
            WorkField::Quantity => (&mut line.quantity, QUANTITY_DIGITS_MAX, false),
            WorkField::Price => (&mut line.price, words::AMOUNT_DIGITS_MAX, false),
            WorkField::Approver => (&mut self.approver, NAME_MAX, true),
            WorkField::Parts => (&mut self.parts, SENTENCE_MAX, true),
            WorkField::Day => (&mut self.day, DAY_DIGITS, false),
            WorkField::DueKm => (&mut self.due_km, KM_DIGITS_MAX, false),
            WorkField::DueWhat => (&mut self.what, SENTENCE_MAX, true),
            WorkField::CallName => (&mut self.call_name, NAME_MAX, true),
            WorkField::CallPhone => (&mut self.call_phone, PHONE_MAX, true),
        })
    }

    pub(super) fn key(&mut self, key: &str) {
        self.touched();
        let (field, free) = (self.field, self.line.price.is_empty());
        match self.active() {
            Some((text, max, true)) if text.chars().count() + key.chars().count() <= max => {
                text.push_str(key);
            }
            // A day begins with zero, and so does what costs nothing.
            Some((digits, max, false)) if field == WorkField::Day || field == WorkField::Price && free => {
                let wanted = key.chars().filter(char::is_ascii_digit);
                digits.extend(wanted.take(max.saturating_sub(digits.len())));
            }
            Some((digits, max, false)) => words::add_digits(digits, key, max),
            _ => {}
        }
        self.renamed();
    }

    pub(super) fn erase(&mut self) {
        self.touched();
        if let Some((text, ..)) = self.active() {
            text.pop();
        }
        self.renamed();
    }

    pub(super) fn clear(&mut self) {
        self.touched();
        if let Some((text, ..)) = self.active() {
            text.clear();
        }
        self.renamed();
    }

    fn renamed(&mut self) {
        if self.field == WorkField::Name {
            self.line.renamed();
        }
    }

    /// What was refused was something else.
    pub(super) fn touched(&mut self) {
        self.fault = None;
        self.sent = None;
    }

    /// A quantity or a price is typed anew when its field is touched: nobody counts backspaces.
    pub(super) fn choose_field(&mut self, field: WorkField) {
        self.field = field;
        match field {
            WorkField::Quantity => self.line.quantity.clear(),
            WorkField::Price => self.line.price.clear(),
            _ => {}
        }
    }

    pub(super) fn dashboard(&self) -> Dashboard {
        Dashboard { km: self.km.parse().ok(), fuel: self.fuel.and_then(Eighths::new) }
    }

    /// The typed day, once it is one.
    pub(super) fn typed_day(&self) -> Option<civil::Date> {
        if self.day.len() != DAY_DIGITS {
            return None;
        }
        let part = |from: usize, to: usize| self.day.get(from..to)?.parse::<i16>().ok();
        let (day, month) = (i8::try_from(part(0, 2)?).ok()?, i8::try_from(part(2, 4)?).ok()?);
        civil::Date::new(part(4, 8)?, month, day).ok()
    }

    /// When it should come again, as far as it was said; nothing while a day is half typed.
    pub(super) fn next_service(&self) -> Option<NextService> {
        let on = self.typed_day();
        if !self.day.is_empty() && on.is_none() {
            return None;
        }
        let next = NextService {
            on,
            km: self.due_km.parse().ok(),
            what: Text::new(&self.what),
            call_name: Text::new(&self.call_name),
            call_phone: Text::new(&self.call_phone),
        };
        (next.on.is_some() || next.km.is_some()).then_some(next)
    }

    /// What is known already stands in the fields of a step.
    pub(super) fn begin(&mut self, step: WorkStep, work: Option<&WorkOrder>) {
        let none = WorkOrder::default();
        let work = work.unwrap_or(&none);
        self.touched();
        self.step = step;
        self.field = match step {
            WorkStep::Overview | WorkStep::Versions | WorkStep::Promise => WorkField::None,
            WorkStep::Line => WorkField::Price,
            WorkStep::Describe => WorkField::Complaint,
            WorkStep::Approve => WorkField::Approver,
            WorkStep::Parts => WorkField::Parts,
            WorkStep::Next => WorkField::Day,
        };
        let text = |text: Option<&Text>| text.map(|text| text.as_str().to_owned()).unwrap_or_default();
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        match step {
            WorkStep::Describe => {
                self.complaint = text(Some(&work.complaint));
                self.km = number(work.dashboard.km);
                self.fuel = work.dashboard.fuel.map(Eighths::count);
            }
            WorkStep::Parts => self.parts = text(work.parts_awaited.as_ref()),
            WorkStep::Promise => self.promise_day = 0,
            WorkStep::Next => {
                let next = work.next_service.as_ref();
                let day = next.and_then(|next| next.on);
                self.day = day.map(|day| day.strftime("%d%m%Y").to_string()).unwrap_or_default();
                self.due_km = number(next.and_then(|next| next.km));
                self.what = text(next.map(|next| &next.what));
                self.call_name = text(next.map(|next| &next.call_name));
                self.call_phone = text(next.map(|next| &next.call_phone));
            }
            WorkStep::Overview | WorkStep::Line | WorkStep::Approve | WorkStep::Versions => {}
        }
    }

    /// What was sent has become a fact.
    pub(super) fn is_done(&self, work: Option<&WorkOrder>, promised: Option<Stamp>) -> bool {
        let none = WorkOrder::default();
        let (Some(sent), work) = (&self.sent, work.unwrap_or(&none)) else { return false };
        match sent {
            Sent::Described(complaint, dashboard) => {
                work.complaint == *complaint && work.dashboard == *dashboard
            }
            Sent::Written(lines) => {
                let as_said = |(line, wanted): (&WorkLine, &WantedLine)| {
                    (line.kind, line.line.quantity, line.line.unit_price)
                        == (wanted.kind, wanted.quantity, wanted.unit_price)
                };
                work.lines.len() == lines.len() && work.lines.iter().zip(lines).all(as_said)
            }
            Sent::Approved(version) => {
                work.estimate(*version).is_some_and(|estimate| estimate.approved.is_some())
            }
            Sent::Parts(what) => work.parts_awaited == *what,
            Sent::Promised(at) => promised == Some(*at),
            Sent::Next(next) => work.next_service == *next,
        }
    }
}

/// The screen's word for a kind of line.
pub(super) const fn kind_shown(kind: WorkKind) -> WorkLineKind {
    match kind {
        WorkKind::Labour => WorkLineKind::Labour,
        WorkKind::FlatJob => WorkLineKind::FlatJob,
        WorkKind::OwnPart => WorkLineKind::OwnPart,
        WorkKind::CustomersPart => WorkLineKind::CustomersPart,
        WorkKind::OutsideWork => WorkLineKind::OutsideWork,
        WorkKind::Consumable => WorkLineKind::Consumable,
    }
}

/// The kind of line behind the screen's word.
pub(super) const fn kind_meant(kind: WorkLineKind) -> WorkKind {
    match kind {
        WorkLineKind::Labour => WorkKind::Labour,
        WorkLineKind::FlatJob => WorkKind::FlatJob,
        WorkLineKind::OwnPart => WorkKind::OwnPart,
        WorkLineKind::CustomersPart => WorkKind::CustomersPart,
        WorkLineKind::OutsideWork => WorkKind::OutsideWork,
        WorkLineKind::Consumable => WorkKind::Consumable,
    }
}
