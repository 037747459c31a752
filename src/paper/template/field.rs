//! What may stand in braces on a line of one's own, and what it becomes on a paper.

use crate::domain::ids::Reference;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::plate::Plate;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use crate::paper::till::person;

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Name of the business.
    Business,
    /// What it does.
    Activity,
    /// Where it is.
    Address,
    /// Its telephone.
    Phone,
    /// The site's opening hours, as the configuration has them.
    Hours,
    /// The terminal's letters.
    Terminal,
    /// The number on the paper: of the visit, the order or the deposit.
    Number,
    /// The paper's day.
    Date,
    /// The paper's hour and minute.
    Time,
    /// The vehicle.
    Plate,
    /// A name: the owner of what was left here, the driver.
    Customer,
    /// The sum.
    Total,
    /// Who did it.
    Cashier,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Business,
        Self::Activity,
        Self::Address,
        Self::Phone,
        Self::Hours,
        Self::Terminal,
        Self::Number,
        Self::Date,
        Self::Time,
        Self::Plate,
        Self::Customer,
        Self::Total,
        Self::Cashier,
    ];

    /// Its name in braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Activity => "activity",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Hours => "hours",
            Self::Terminal => "terminal",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Plate => "plate",
            Self::Customer => "customer",
            Self::Total => "total",
            Self::Cashier => "cashier",
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// How many characters it usually takes, to tell whether a line fits: what the business is called is known, of the rest
    /// the longest that is common.
    #[must_use]
    pub fn columns(self, settings: &Settings) -> usize {
        let business = &settings.business;
        let words = match self {
            Self::Business => business.name.as_str(),
            Self::Activity => business.activity.as_str(),
            Self::Address => business.address.as_str(),
            Self::Phone => business.phone.as_str(),
            Self::Hours => settings.parking.hours.as_str(),
            Self::Terminal => "7K3Q",
            Self::Number => "7K3Q-000123",
            Self::Date => "05/10/2026",
            Self::Time => "18:42",
            Self::Plate => "ΙΗΖ-4821",
            Self::Customer => "Γεώργιος Παπαδόπουλος",
            Self::Total => "1234,50",
            Self::Cashier => "Μαρία Γ.",
        };
        words.chars().count()
    }
}

/// What one paper has to say for the fields.
#[derive(Debug, Clone)]
pub(in crate::paper) struct Known {
    /// The instant the paper is of: its template is the one that held then.
    pub(in crate::paper) at: Stamp,
    pub(in crate::paper) number: String,
    pub(in crate::paper) plate: String,
    pub(in crate::paper) customer: String,
    pub(in crate::paper) total: Option<Cents>,
    pub(in crate::paper) operator: Option<OperatorId>,
}

impl Known {
    /// What every paper has.
    pub(in crate::paper) fn new(at: Stamp, reference: &Reference) -> Self {
        Self {
            at,
            number: reference.to_string(),
            plate: String::new(),
            customer: String::new(),
            total: None,
            operator: None,
        }
    }

    /// … with a vehicle.
    pub(in crate::paper) fn of(self, plate: Option<&Plate>) -> Self {
        Self { plate: plate.map(Plate::display).unwrap_or_default(), ..self }
    }

    /// What a field becomes; empty where the paper has nothing for it.
    pub(super) fn value(&self, settings: &Settings, field: Field) -> String {
        let business = &settings.business;
        match field {
            Field::Business => business.name.to_string(),
            Field::Activity => business.activity.to_string(),
            Field::Address => business.address.to_string(),
            Field::Phone => business.phone.to_string(),
            Field::Hours => settings.parking.hours.to_string(),
            Field::Terminal => settings.terminal.to_string(),
            Field::Number => self.number.clone(),
            Field::Date => self.at.date().strftime("%d/%m/%Y").to_string(),
            Field::Time => self.at.clock(),
            Field::Plate => self.plate.clone(),
            Field::Customer => self.customer.clone(),
            Field::Total => self.total.map(|total| total.with_comma()).unwrap_or_default(),
            Field::Cashier => {
                self.operator.as_ref().map(|id| person(settings, id).to_owned()).unwrap_or_default()
            }
        }
    }
}
