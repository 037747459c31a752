//! What is typed about whom an invoice is for, until it is kept.

use super::generated::CounterpartyField;
use crate::domain::counterparty::{Particulars, Register};
use crate::domain::customer::TaxNumber;
use crate::domain::text::Text;

/// The most characters of a name or an address.
const WORDS_MAX: usize = 150;
/// Digits of a Greek tax number.
const AFM_DIGITS: usize = 9;
/// The longest tax number of another member, with the two letters of its country.
const FOREIGN_MAX: usize = 14;
/// The shortest one.
const FOREIGN_MIN: usize = 4;
/// The country of a number typed on the pad of digits.
const GREECE: &str = "GR";

/// A tax number as it is typed on the page of payment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TaxForm {
    /// What was typed, with its country's letters where it is foreign.
    pub(super) typed: String,
    /// It is of another member of the European Union.
    pub(super) foreign: bool,
    /// A foreign one is typed to its end: nobody can tell from its length.
    pub(super) taken: bool,
}

impl TaxForm {
    pub(super) fn add(&mut self, key: &str) {
        let max = if self.foreign { FOREIGN_MAX } else { AFM_DIGITS };
        let takes = |c: &char| if self.foreign { c.is_ascii_alphanumeric() } else { c.is_ascii_digit() };
        let room = max.saturating_sub(self.typed.len());
        let wanted: String = key.chars().filter(takes).take(room).collect();
        self.typed.push_str(&wanted.to_ascii_uppercase());
        self.taken = false;
    }

    pub(super) fn erase(&mut self) {
        self.typed.pop();
        self.taken = false;
    }

    /// Its country, and the number without it.
    pub(super) fn parts(&self) -> (String, String) {
        let country = if self.foreign { self.typed.get(..2).unwrap_or_default() } else { GREECE };
        let number = if self.foreign { self.typed.get(2..).unwrap_or_default() } else { &self.typed };
        // The Union writes Greece so.
        let country = if country == "EL" { GREECE } else { country };
        (country.to_owned(), number.to_owned())
    }

    /// What is typed, where it can be a number that some register keeps.
    pub(super) fn possible(&self) -> Option<TaxNumber> {
        let (country, number) = self.parts();
        let long_enough = !self.foreign || self.typed.len() >= FOREIGN_MIN;
        let parsed = TaxNumber::parse(&country, &number).ok().filter(|_| long_enough)?;
        Register::of(&parsed).map(|_| parsed)
    }

    /// The number, once it is typed to its end.
    pub(super) fn number(&self) -> Option<TaxNumber> {
        self.possible().filter(|_| !self.foreign || self.taken)
    }
}

/// The words of an invoice.
#[derive(Debug)]
pub(super) struct CounterpartyForm {
    /// The number that was last looked up from here.
    pub(super) asked: Option<TaxNumber>,
    /// The words are being typed.
    pub(super) editing: bool,
    pub(super) field: CounterpartyField,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) activity: String,
    pub(super) tax_office: String,
}

impl Default for CounterpartyForm {
    fn default() -> Self {
        Self {
            asked: None,
            editing: false,
            field: CounterpartyField::Name,
            name: String::new(),
            address: String::new(),
            activity: String::new(),
            tax_office: String::new(),
        }
    }
}

impl CounterpartyForm {
    /// Begins to type, with what is known.
    pub(super) fn edit(&mut self, known: &Particulars) {
        self.editing = true;
        self.field = CounterpartyField::Name;
        self.name = known.name.to_string();
        self.address = known.address.to_string();
        self.activity = known.activity.to_string();
        self.tax_office = known.tax_office.to_string();
    }

    pub(super) fn text(&mut self) -> &mut String {
        match self.field {
            CounterpartyField::Name => &mut self.name,
            CounterpartyField::Address => &mut self.address,
            CounterpartyField::Activity => &mut self.activity,
            CounterpartyField::TaxOffice => &mut self.tax_office,
        }
    }

    pub(super) fn add(&mut self, key: &str) {
        let text = self.text();
        let room = WORDS_MAX.saturating_sub(text.chars().count());
        text.extend(key.chars().filter(|c| !c.is_control()).take(room));
    }

    /// As it is kept.
    pub(super) fn particulars(&self) -> Particulars {
        Particulars {
            name: Text::new(&self.name),
            address: Text::new(&self.address),
            activity: Text::new(&self.activity),
            tax_office: Text::new(&self.tax_office),
        }
    }
}
