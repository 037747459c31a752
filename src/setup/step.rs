//! The questions, in their order. A question that has nothing to ask at this business is not asked.

use super::answers::{Answers, Service};
use crate::domain::customer::TaxNumber;
use crate::domain::settings::{IssuerKind, Trade};
use crate::domain::text::Language;

/// One question, or one thing said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Greek or English.
    Language,
    /// What is done here.
    Trades,
    /// Who need not keep the registry at all.
    Exemptions,
    /// The name of the business.
    Name,
    /// Its AFM.
    Afm,
    /// Where it is.
    Address,
    /// Its telephone.
    Phone,
    /// Which establishment this is.
    Branch,
    /// The VAT rate.
    Vat,
    /// Who issues the tax document.
    Issuer,
    /// The accountant's word.
    Exemption,
    /// How many washing bays.
    Bays,
    /// What a stay costs to begin with.
    Tariff,
    /// The printer.
    Printer,
    /// The scanner.
    Scanner,
    /// The owner's name.
    Owner,
    /// The first cashier's name.
    Cashier,
    /// Which of AADE's services.
    Service,
    /// The user there.
    User,
    /// The key there.
    Key,
    /// What will be written, and what comes then.
    Done,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By one of a few keys.
    One,
    /// By any number of a few keys.
    Several,
    /// In words.
    Words,
    /// In Latin letters and digits, small ones too.
    Code,
    /// In digits.
    Digits,
    /// By reading it.
    Nothing,
}

/// A key of a question, with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it stands for.
    pub id: String,
    /// What people read.
    pub text: String,
}

/// The shipped tariffs a car park may begin with.
pub const TARIFFS: [&str; 5] = ["t1-continue", "t2", "t3", "t4", "t5"];

impl Step {
    /// Every question, in order.
    pub const ALL: [Self; 21] = [
        Self::Language,
        Self::Trades,
        Self::Exemptions,
        Self::Name,
        Self::Afm,
        Self::Address,
        Self::Phone,
        Self::Branch,
        Self::Vat,
        Self::Issuer,
        Self::Exemption,
        Self::Bays,
        Self::Tariff,
        Self::Printer,
        Self::Scanner,
        Self::Owner,
        Self::Cashier,
        Self::Service,
        Self::User,
        Self::Key,
        Self::Done,
    ];

    /// The question that stands at a place; the last one beyond it.
    pub fn at(place: usize) -> Self {
        Self::ALL.get(place).copied().unwrap_or(Self::Done)
    }

    /// Its place among the questions.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or_default()
    }

    /// Whether this business has anything to answer to it.
    pub fn is_asked(self, answers: &Answers) -> bool {
        match self {
            Self::Exemption => answers.issuer == IssuerKind::MyData,
            Self::Bays => answers.does(Trade::Wash),
            Self::Tariff => answers.does(Trade::Parking),
            _ => true,
        }
    }

    /// The next question that is asked.
    pub fn next(self, answers: &Answers) -> Self {
        let rest = Self::ALL.iter().skip(self.place() + 1);
        rest.copied().find(|step| step.is_asked(answers)).unwrap_or(Self::Done)
    }

    /// The question before it that was asked; the first one has none.
    pub fn before(self, answers: &Answers) -> Option<Self> {
        let earlier = Self::ALL.iter().take(self.place()).rev();
        earlier.copied().find(|step| step.is_asked(answers))
    }

    /// How it is answered.
    pub const fn way(self) -> Way {
        match self {
            Self::Language | Self::Vat | Self::Issuer | Self::Tariff | Self::Service => Way::One,
            Self::Printer | Self::Scanner | Self::Exemption => Way::One,
            Self::Trades => Way::Several,
            Self::Name | Self::Address | Self::Owner | Self::Cashier => Way::Words,
            Self::User | Self::Key => Way::Code,
            Self::Afm | Self::Phone | Self::Branch | Self::Bays => Way::Digits,
            Self::Exemptions | Self::Done => Way::Nothing,
        }
    }

    /// What is typed for it so far.
    pub fn typed(self, answers: &Answers) -> &str {
        match self {
            Self::Name => &answers.name,
            Self::Afm => &answers.afm,
            Self::Address => &answers.address,
            Self::Phone => &answers.phone,
            Self::Branch => &answers.branch,
            Self::Bays => &answers.bays,
            Self::Owner => &answers.owner,
            Self::Cashier => &answers.cashier,
            Self::User => &answers.user,
            Self::Key => &answers.key,
            _ => "",
        }
    }

    /// Where what is typed for it stands.
    pub const fn text(self, answers: &mut Answers) -> Option<&mut String> {
        match self {
            Self::Name => Some(&mut answers.name),
            Self::Afm => Some(&mut answers.afm),
            Self::Address => Some(&mut answers.address),
            Self::Phone => Some(&mut answers.phone),
            Self::Branch => Some(&mut answers.branch),
            Self::Bays => Some(&mut answers.bays),
            Self::Owner => Some(&mut answers.owner),
            Self::Cashier => Some(&mut answers.cashier),
            Self::User => Some(&mut answers.user),
            Self::Key => Some(&mut answers.key),
            _ => None,
        }
    }

    /// Whether a key of it is chosen.
    pub fn is_chosen(self, answers: &Answers, id: &str) -> bool {
        match self {
            Self::Language => id == language_id(answers.language),
            Self::Trades => answers.trades.iter().any(|trade| trade_id(*trade) == id),
            Self::Vat => answers.vat == id,
            Self::Issuer => issuer_id(answers.issuer) == id,
            Self::Exemption => answers.exemption_confirmed == (id == "yes"),
            Self::Tariff => answers.tariff == id,
            Self::Printer => answers.printer == id,
            Self::Scanner => answers.scanner == id,
            Self::Service => (answers.service == Service::Production) == (id == "production"),
            _ => false,
        }
    }

    /// A key of it is touched.
    pub fn choose(self, answers: &mut Answers, id: &str) {
        match self {
            Self::Language => answers.language = if id == "en" { Language::En } else { Language::El },
            Self::Trades => choose_trade(answers, id),
            Self::Vat => id.clone_into(&mut answers.vat),
            Self::Issuer => {
                answers.issuer =
                    ISSUERS.into_iter().find(|issuer| issuer_id(*issuer) == id).unwrap_or(answers.issuer);
            }
            Self::Exemption => answers.exemption_confirmed = id == "yes",
            Self::Tariff => id.clone_into(&mut answers.tariff),
            Self::Printer => id.clone_into(&mut answers.printer),
            Self::Scanner => id.clone_into(&mut answers.scanner),
            Self::Service => {
                answers.service = if id == "production" { Service::Production } else { Service::Test };
            }
            _ => {}
        }
    }

    /// Whether the answer will do.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence in the language chosen.
    pub fn check(self, answers: &Answers) -> Result<(), String> {
        let said = |el: &str, en: &str| {
            Err(match answers.language {
                Language::El => el.to_owned(),
                Language::En => en.to_owned(),
            })
        };
        let number = |typed: &str, most: u32| typed.parse::<u32>().is_ok_and(|number| number <= most);
        match self {
            Self::Trades if answers.trades.is_empty() => {
                said("Διάλεξε τουλάχιστον ένα είδος εργασίας.", "Choose at least one kind of work.")
            }
            Self::Name if answers.name.trim().is_empty() => {
                said("Γράψε την επωνυμία.", "Type the name of the business.")
            }
            Self::Afm if TaxNumber::parse("GR", &answers.afm).is_err() => said(
                "Ο ΑΦΜ δεν είναι σωστός: έχει 9 ψηφία και το τελευταίο ελέγχει τα άλλα.",
                "This AFM is not right: it has 9 digits, and the last one checks the others.",
            ),
            Self::Address if answers.address.trim().is_empty() => {
                said("Γράψε τη διεύθυνση.", "Type the address.")
            }
            Self::Branch if !number(&answers.branch, 9_999) => said(
                "Ο αριθμός εγκατάστασης είναι 0 (έδρα) έως 9999.",
                "The establishment's number is 0 (head office) to 9999.",
            ),
            Self::Bays if !number(&answers.bays, 40) => {
                said("Οι θέσεις πλυσίματος είναι 0 έως 40.", "There are 0 to 40 washing bays.")
            }
            Self::Exemption if !answers.exemption_confirmed => said(
                "Χωρίς τη βεβαίωση του λογιστή δεν εκδίδεται έτσι: γύρνα πίσω και διάλεξε άλλον τρόπο.",
                "Without the accountant's word nothing is issued so: go back and choose another way.",
            ),
            Self::Owner if answers.owner.trim().is_empty() => {
                said("Γράψε το όνομα του ιδιοκτήτη.", "Type the owner's name.")
            }
            Self::User if answers.user.trim().is_empty() => {
                said("Γράψε τον χρήστη του REST API.", "Type the user of the REST API.")
            }
            Self::Key if answers.key.trim().is_empty() => {
                said("Γράψε τον κωδικό (subscription key).", "Type the subscription key.")
            }
            _ => Ok(()),
        }
    }
}

/// The first one chosen is the main one.
fn choose_trade(answers: &mut Answers, id: &str) {
    let Some(trade) = TRADES.into_iter().find(|trade| trade_id(*trade) == id) else { return };
    if answers.does(trade) {
        answers.trades.retain(|known| *known != trade);
    } else {
        answers.trades.push(trade);
    }
}

/// Every kind of work, in the order of the screen.
pub const TRADES: [Trade; 4] = [Trade::Wash, Trade::Parking, Trade::Garage, Trade::Rental];
/// Every way a document is issued at work.
pub const ISSUERS: [IssuerKind; 3] = [IssuerKind::TypedFim, IssuerKind::TypedMark, IssuerKind::MyData];

/// The word of a kind of work in a configuration.
pub const fn trade_id(trade: Trade) -> &'static str {
    match trade {
        Trade::Wash => "wash",
        Trade::Parking => "parking",
        Trade::Garage => "garage",
        Trade::Rental => "rental",
    }
}

/// The word of an issuer in a configuration.
pub const fn issuer_id(issuer: IssuerKind) -> &'static str {
    match issuer {
        IssuerKind::TypedFim => "typed-fim",
        IssuerKind::TypedMark => "typed-mark",
        IssuerKind::MyData => "mydata",
        IssuerKind::Provider => "provider",
        IssuerKind::Simulated => "simulated",
    }
}

/// The word of a language in a configuration.
pub const fn language_id(language: Language) -> &'static str {
    match language {
        Language::El => "el",
        Language::En => "en",
    }
}
