//! The tax document. Tameio is no fiscal device: a document gets its force from the MARK or the fiscal machine that
//! names it, and until then our paper says so.

use super::counterparty::Particulars;
use super::credit::{Credit, Credited};
use super::customer::TaxNumber;
use super::ids::{DocumentId, OrderId, Reference, ShiftId, VisitId};
use super::issuing::{AtIssuer, HandedOver};
use super::operator::OperatorId;
use super::parking::StaySpan;
use super::payment::Payment;
use super::plate::Plate;
use super::sale::{Sale, Totals};
use super::text::Text;
use super::time::Stamp;
use super::visit::Part;
use jiff::civil;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kinds of document a sale may end in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DocumentKind {
    /// A retail receipt.
    Retail,
    /// An invoice to a business.
    Invoice {
        /// The counterparty.
        customer: TaxNumber,
    },
}

/// How the tax authority knows the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum DocumentName {
    /// The number myDATA gave it.
    Mark {
        /// Fifteen digits today.
        mark: i64,
    },
    /// The receipt of a fiscal machine (ΦΗΜ).
    Fim {
        /// Serial number of the machine, three letters and eight digits.
        machine: String,
        /// Number of the receipt.
        number: i64,
        /// Date on the receipt.
        date: civil::Date,
        /// Time on the receipt.
        time: civil::Time,
    },
}

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A stay of a vehicle.
    Visit(VisitId),
    /// A sale without a vehicle.
    Order(OrderId),
    /// Money given back to somebody whose document nobody knows.
    Refund(DocumentId),
}

impl From<VisitId> for Subject {
    fn from(visit: VisitId) -> Self {
        Self::Visit(visit)
    }
}

impl From<OrderId> for Subject {
    fn from(order: OrderId) -> Self {
        Self::Order(order)
    }
}

impl Subject {
    /// The visit, if it is one.
    pub const fn visit(self) -> Option<VisitId> {
        match self {
            Self::Visit(visit) => Some(visit),
            Self::Order(_) | Self::Refund(_) => None,
        }
    }

    /// The order, if it is one.
    pub const fn order(self) -> Option<OrderId> {
        match self {
            Self::Visit(_) | Self::Refund(_) => None,
            Self::Order(order) => Some(order),
        }
    }

    /// The id in the database.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Visit(VisitId(id)) | Self::Order(OrderId(id)) | Self::Refund(DocumentId(id)) => id,
        }
    }
}

/// What a document was issued for, with what its paper and the registry need long after that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum IssuedFor {
    /// A stay of a vehicle.
    Visit {
        /// Which.
        visit: VisitId,
        /// The chain of its messages, so that its correlation goes out in order long after it closed.
        chain: VisitId,
        /// Earlier visits of the same work: the document is for them too.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<Part>,
        /// The visit whose entry it is under: that one is correlated, for it has none of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        under: Option<Part>,
        /// The vehicle, which a parking receipt must show.
        plate: Plate,
    },
    /// A sale without a vehicle, of which the registry is told nothing.
    Order {
        /// Which.
        order: OrderId,
    },
    /// Money given back to somebody whose document nobody knows.
    Refund {
        /// The credit itself.
        refund: DocumentId,
    },
}

impl IssuedFor {
    /// Which visit or order.
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Visit { visit, .. } => Subject::Visit(*visit),
            Self::Order { order } => Subject::Order(*order),
            Self::Refund { refund } => Subject::Refund(*refund),
        }
    }

    /// The vehicle, where there is one.
    pub const fn plate(&self) -> Option<&Plate> {
        match self {
            Self::Visit { plate, .. } => Some(plate),
            Self::Order { .. } | Self::Refund { .. } => None,
        }
    }

    /// The visits whose entries the document is correlated with, each with its chain of messages: earlier ones of the same
    /// work first.
    pub fn correlated(&self) -> Vec<Part> {
        match self {
            Self::Visit { visit, chain, parts, under, .. } => {
                let own = under.unwrap_or(Part { visit: *visit, chain: *chain });
                parts.iter().copied().chain([own]).collect()
            }
            Self::Order { .. } | Self::Refund { .. } => Vec::new(),
        }
    }
}

/// One document, whoever issues it. Its number is ours, gap-free per series, given in the transaction that stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its name here.
    pub id: DocumentId,
    /// What it is for.
    #[serde(flatten)]
    pub issued_for: IssuedFor,
    /// The reference of that visit or order, for the paper.
    pub reference: Reference,
    /// Series of this terminal, `[A-Z0-9]`.
    pub series: String,
    /// Number in the series, from 1.
    pub number: u64,
    /// The kind.
    pub kind: DocumentKind,
    /// What is known of whom an invoice is for, beside the tax number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Box<Particulars>>,
    /// What was sold.
    pub sale: Sale,
    /// The time it charges for, where a car park's tariff priced it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<StaySpan>,
    /// The figures, computed once.
    pub totals: Totals,
    /// How it was paid.
    pub payment: Payment,
    /// When.
    pub issued: Stamp,
    /// By whom.
    pub operator: OperatorId,
    /// How the tax authority knows it; absent until it does.
    pub name: Option<DocumentName>,
    /// The address behind the document's QR, where the issuer gives one.
    pub qr: Option<String>,
    /// The establishment that issues it, as the tax registry numbers it.
    #[serde(default)]
    pub branch: u32,
    /// How far it got at myDATA, where this program issues it there itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_issuer: Option<AtIssuer>,
    /// The shift that took its money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// It was made void before anybody was told of it, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<Text>,
    /// It takes another document back, and why; nothing on what sells something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Box<Credit>>,
    /// What credits took of it so far.
    #[serde(default, skip_serializing_if = "Credited::is_none")]
    pub credited: Credited,
}

impl Document {
    /// What people call it by: the plate, or the reference where there is no vehicle.
    pub fn called(&self) -> String {
        self.issued_for.plate().map_or_else(|| self.reference.to_string(), Plate::display)
    }

    /// Its paper is a receipt: it has a name, or was given to the customer while there was no connection. Until then it
    /// can only be a slip.
    pub fn has_receipt(&self) -> bool {
        self.name.is_some() || self.lost_connection()
    }

    /// It was given to the customer while there was no connection to myDATA.
    pub fn lost_connection(&self) -> bool {
        let given = self.at_issuer.as_ref().and_then(|at_issuer| at_issuer.handed_over);
        given == Some(HandedOver::ConnectionLost)
    }

    /// Whether a linked card terminal paid any of it.
    pub fn is_charged(&self) -> bool {
        self.payment.sessions().next().is_some()
    }

    /// A person may type its name: it is issued elsewhere, or came to nothing where we issued it.
    pub fn is_named_by_hand(&self) -> bool {
        self.name.is_none()
            && self.void.is_none()
            && self.at_issuer.as_ref().is_none_or(|at_issuer| !at_issuer.is_under_way())
    }

    /// It waits for the authority's name: it has none yet, and is not void.
    pub const fn waits_for_name(&self) -> bool {
        self.name.is_none() && self.void.is_none()
    }
}

/// Why typed or scanned text names no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDocumentName {
    /// A MARK has fifteen digits.
    #[error("a MARK has 15 digits and starts with 4")]
    Mark,
    /// The machine's serial number is empty or too long.
    #[error("the number of the fiscal machine has three letters and eight digits, for instance ABC12345678")]
    Machine,
    /// A receipt number is positive.
    #[error("type the receipt's number")]
    Number,
    /// The QR is of something else.
    #[error("this code is not of a receipt")]
    NotAReceipt,
}

/// What the QR of a fiscal machine's receipt says. Date and time are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FimQr {
    /// Serial number of the machine.
    pub machine: String,
    /// Number of the receipt.
    pub number: i64,
    /// Total of the receipt, to compare with the visit's.
    pub total: super::money::Cents,
}

impl DocumentName {
    /// A MARK as typed or scanned.
    ///
    /// # Errors
    /// When it is not fifteen digits.
    pub fn mark(typed: &str) -> Result<Self, BadDocumentName> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let good =
            digits.len() == 15 && digits.starts_with('4') && digits.bytes().all(|b| b.is_ascii_digit());
        let mark = digits.parse().map_err(|_| BadDocumentName::Mark)?;
        if good { Ok(Self::Mark { mark }) } else { Err(BadDocumentName::Mark) }
    }

    /// A fiscal machine's receipt as typed.
    ///
    /// # Errors
    /// When the machine or the number cannot be right.
    pub fn fim(machine: &str, number: &str, at: civil::DateTime) -> Result<Self, BadDocumentName> {
        let machine: String =
            machine.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        if machine.is_empty() || machine.len() > 20 {
            return Err(BadDocumentName::Machine);
        }
        let number = number.trim().parse().ok().filter(|n| *n > 0).ok_or(BadDocumentName::Number)?;
        let time = at.time().with().subsec_nanosecond(0).build().unwrap_or_else(|_| at.time());
        Ok(Self::Fim { machine, number, date: at.date(), time })
    }
}

impl FimQr {
    /// Reads the QR printed by a fiscal machine: serial (11), number (8), signature (40 hex), total.
    ///
    /// # Errors
    /// When the code is of something else.
    pub fn parse(code: &str) -> Result<Self, BadDocumentName> {
        let upper = code.to_ascii_uppercase();
        let (_, tail) = upper.split_once("SIG=").ok_or(BadDocumentName::NotAReceipt)?;
        let part = |from: usize, to: usize| tail.get(from..to).ok_or(BadDocumentName::NotAReceipt);
        let (machine, number, signature) = (part(0, 11)?, part(11, 19)?, part(19, 59)?);
        let shape = machine.bytes().take(3).all(|b| b.is_ascii_uppercase())
            && machine.bytes().skip(3).chain(number.bytes()).all(|b| b.is_ascii_digit())
            && !tail.contains('-')
            && signature.bytes().all(|b| b.is_ascii_hexdigit());
        let number = number.parse().ok().filter(|_| shape).ok_or(BadDocumentName::NotAReceipt)?;
        let total = tail.get(59..).map(|t| t.trim_start_matches('0')).unwrap_or_default();
        let total = if total.starts_with('.') { format!("0{total}") } else { total.to_owned() };
        let total = total.parse().map_err(|_| BadDocumentName::NotAReceipt)?;
        Ok(Self { machine: machine.to_owned(), number, total })
    }
}

/// Finds a MARK in scanned text: the bare number, or an address of myDATA that carries it.
pub fn mark_in(code: &str) -> Option<i64> {
    code.split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 15 && run.starts_with('4'))
        .and_then(|run| run.parse().ok())
}
