//! Whom an invoice is for, by the tax number: what a register said of it, what a person wrote, and which of both stands on
//! the paper. Kept with its day, because AADE counts every question and tells the business that somebody asked.

use super::customer::TaxNumber;
use super::event::Event;
use super::operator::OperatorId;
use super::text::Text;
use super::time::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What stands on an invoice of whom it is for, beside the tax number (Law 4308/2014, art. 9). What nobody knows is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Particulars {
    /// Full name.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub name: Text,
    /// Street, number, postal code, town.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub address: Text,
    /// What it does, in words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub activity: Text,
    /// Its tax office, in words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub tax_office: Text,
}

impl Particulars {
    /// Nobody knows anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who keeps tax numbers with their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// AADE's registry of businesses: Greek numbers.
    Aade,
    /// The European Union's (VIES): numbers of its other countries that trade across borders.
    Vies,
}

/// The countries whose numbers stand in VIES beside Greece, as they are written here; Northern Ireland is `XI`.
const VIES_COUNTRIES: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
    "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

impl Register {
    /// Who keeps this number; nobody that can be asked keeps those of other countries.
    pub fn of(number: &TaxNumber) -> Option<Self> {
        match number.country.as_str() {
            "GR" => Some(Self::Aade),
            country if VIES_COUNTRIES.contains(&country) => Some(Self::Vies),
            _ => None,
        }
    }
}

/// What a register says of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// A business has it.
    Business {
        /// Who that is; VIES leaves out what a country does not give away.
        particulars: Particulars,
        /// It is a business no more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ended: bool,
        /// Since this day, where the register says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended_on: Option<Date>,
    },
    /// A person has it who is no business.
    NoBusiness,
    /// Nobody has it.
    Nobody,
    /// It does not stand in VIES: that alone does not mean that nobody has it.
    Unlisted,
}

/// An answer of a register, and when it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The answer.
    #[serde(flatten)]
    pub finding: Finding,
    /// Who gave it.
    pub register: Register,
    /// When.
    pub at: Stamp,
}

/// What a person wrote, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The words.
    pub particulars: Particulars,
    /// Who.
    pub operator: OperatorId,
    /// When.
    pub at: Stamp,
}

/// All that is kept of a tax number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterparty {
    /// The number.
    pub number: TaxNumber,
    /// The last answer of a register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked: Option<Looked>,
    /// What a person wrote last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Written>,
}

impl Counterparty {
    /// A number nothing is kept of yet.
    pub const fn new(number: TaxNumber) -> Self {
        Self { number, looked: None, written: None }
    }

    /// What stands on an invoice: the newer word of the register's and the person's; nothing where neither knows.
    pub fn particulars(&self) -> Option<&Particulars> {
        let looked = self.looked.as_ref().and_then(|looked| match &looked.finding {
            Finding::Business { particulars, .. } => Some((looked.at, particulars)),
            Finding::NoBusiness | Finding::Nobody | Finding::Unlisted => None,
        });
        let written = self.written.as_ref().filter(|written| !written.particulars.is_empty());
        let written = written.map(|written| (written.at, &written.particulars));
        let newest = match (looked, written) {
            (Some(looked), Some(written)) => Some(if written.0 >= looked.0 { written } else { looked }),
            (looked, written) => looked.or(written),
        };
        newest.map(|(_, particulars)| particulars).filter(|particulars| !particulars.is_empty())
    }

    /// Whether the register need not be asked: its answer is younger than so many days, and not from a time to come.
    pub fn is_fresh(&self, now: Stamp, days: u16) -> bool {
        let most = i64::from(days) * 86_400;
        self.looked.as_ref().is_some_and(|looked| (0..most).contains(&now.seconds_since(&looked.at)))
    }

    /// Applies an event that names this number.
    pub fn fold(&mut self, event: &Event, at: Stamp) {
        match event {
            Event::CounterpartyFound { register, finding, .. } => {
                self.looked = Some(Looked { finding: finding.clone(), register: *register, at });
            }
            Event::CounterpartyWritten { particulars, operator, .. } => {
                let (particulars, operator) = (particulars.clone(), operator.clone());
                self.written = Some(Written { particulars, operator, at });
            }
            _ => {}
        }
    }
}

/// Why a register gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hitch", rename_all = "snake_case")]
pub enum Hitch {
    /// Looking up is switched off, or no register keeps numbers of that country.
    NotAsked,
    /// The business has given no codes for AADE's registry of businesses.
    NoCredentials,
    /// It refused the question: the codes, a limit, the service itself.
    Refused {
        /// Its code, without `RG_WS_PUBLIC_`.
        code: String,
        /// Its own words.
        message: Text,
    },
    /// No answer came, or none that can be understood.
    Silent {
        /// What was seen.
        why: Text,
    },
}

impl Hitch {
    /// Nothing changes by asking about another number: who is asked would refuse that, too.
    pub fn holds_for_all(&self) -> bool {
        match self {
            Self::NotAsked | Self::Silent { .. } => false,
            Self::NoCredentials => true,
            Self::Refused { code, .. } => code != "WRONG_AFM",
        }
    }
}

/// What came of asking a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It said something of the number.
    Said(Finding),
    /// It did not.
    Hitch(Hitch),
}

/// How far a look-up has got that somebody at the screen waits for, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookUp {
    /// What is kept of the number.
    pub known: Counterparty,
    /// A register is being asked since then.
    pub asking: Option<Stamp>,
    /// Why the last question came to nothing.
    pub hitch: Option<Hitch>,
}

impl LookUp {
    /// Of a number nothing is known of, and nobody is asked about yet.
    pub const fn new(known: Counterparty) -> Self {
        Self { known, asking: None, hitch: None }
    }
}

/// A register that refuses whatever it is asked: it is left alone for a while, since it counts failures, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterHeld {
    /// What it said.
    pub hitch: Hitch,
    /// It is not asked by itself before.
    pub until: Stamp,
}
