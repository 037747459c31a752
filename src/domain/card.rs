//! What a card terminal is asked for, and what became of it. Written down before anything is sent; asked about and never
//! repeated when no answer came. No card number is here: only what the terminal masked.

use super::counterparty::Particulars;
use super::document::Subject;
use super::event::Event;
use super::money::Cents;
use super::operator::OperatorId;
use super::payment::Tender;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use uuid::Uuid;

/// The terminal's number of an operation, six digits, one after the other (A.1098/2022).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardSession(pub u32);

impl CardSession {
    /// Numbers before they begin again.
    pub const COUNT: u32 = 1_000_000;

    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self((self.0 + 1) % Self::COUNT)
    }
}

impl fmt::Display for CardSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// A sale asked of a card terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCharge {
    /// The terminal's number of it.
    pub session: CardSession,
    /// Our name of it, which no other has.
    pub id: Uuid,
    /// What it is for.
    #[serde(flatten)]
    pub subject: Subject,
    /// How much.
    pub amount: Cents,
    /// When it was asked for.
    pub at: Stamp,
    /// The payment it is a part of: carried on by itself once the terminal has approved.
    pub payment: WantedPayment,
    /// How far it got.
    #[serde(flatten)]
    pub state: ChargeState,
}

/// A payment that waits for a card terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedPayment {
    /// How it is paid.
    pub tenders: Vec<Tender>,
    /// For an invoice: country and tax number as typed.
    pub invoice_to: Option<(String, String)>,
    /// Who takes it.
    pub operator: OperatorId,
    /// The price that was shown, where it grows by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<ShownPrice>,
    /// It is a deposit of so much, and pays nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Cents>,
    /// What its invoice says of whom it is for, once that was looked for here; empty where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Box<Particulars>>,
}

impl WantedPayment {
    /// A payment of a price that stands still.
    pub fn new(tenders: &[Tender], invoice_to: Option<&(String, String)>, operator: &OperatorId) -> Self {
        let (tenders, invoice_to) = (tenders.to_vec(), invoice_to.cloned());
        Self {
            tenders,
            invoice_to,
            operator: operator.clone(),
            shown: None,
            deposit: None,
            counterparty: None,
        }
    }
}

/// The price a person had on the screen when something was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPrice {
    /// The instant it was the price of.
    pub at: Stamp,
    /// The price has grown since; the person was asked and means this one.
    #[serde(default)]
    pub meant: bool,
}

/// How far a charge got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ChargeState {
    /// The terminal was told and is at work.
    Asked,
    /// Nobody knows what became of it: it is asked about, and nothing else is charged until that is known.
    Unknown {
        /// Why.
        why: Text,
    },
    /// The money has moved, and no document has taken it yet.
    Approved {
        /// What the terminal said.
        approval: Box<CardApproval>,
    },
}

impl CardCharge {
    /// What an event does to the charges no document has taken.
    pub fn fold(charges: &mut BTreeMap<CardSession, Self>, event: &Event) {
        match event {
            Event::CardAsked { charge } => {
                charges.insert(charge.session, (**charge).clone());
            }
            Event::CardReported { session, outcome } => match outcome {
                CardOutcome::Approved { approval } => {
                    if let Some(charge) = charges.get_mut(session) {
                        charge.state = ChargeState::Approved { approval: approval.clone() };
                    }
                }
                CardOutcome::Unknown { why } => {
                    if let Some(charge) = charges.get_mut(session) {
                        charge.state = ChargeState::Unknown { why: why.clone() };
                    }
                }
                CardOutcome::Declined { .. } | CardOutcome::Cancelled | CardOutcome::NotStarted { .. } => {
                    charges.remove(session);
                }
            },
            Event::DocumentNumbered { document, .. } => {
                document.payment.sessions().for_each(|session| drop(charges.remove(&session)));
            }
            Event::DepositTaken { deposit, .. } => {
                deposit.payment.sessions().for_each(|session| drop(charges.remove(&session)));
            }
            _ => {}
        }
    }

    /// Whether it may still come to anything.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ChargeState::Asked | ChargeState::Unknown { .. })
    }
}

/// What a terminal said of a sale that went through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardApproval {
    /// What was charged without the tip.
    pub amount: Cents,
    /// What the customer added for the people.
    #[serde(default, skip_serializing_if = "Cents::is_zero")]
    pub tip: Cents,
    /// The card, masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Text>,
    /// Its scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Text>,
    /// The bank's authorisation code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_code: Option<Text>,
    /// The acquirer's reference (RRN): myDATA's transaction id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Text>,
    /// The terminal's number at the acquirer (TID).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminal: Option<Text>,
    /// It was an instant payment (IRIS).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub iris: bool,
    /// No terminal said so: a person looked at its slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
}

/// What became of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CardOutcome {
    /// The money has moved.
    Approved {
        /// What the terminal said.
        approval: Box<CardApproval>,
    },
    /// The terminal or the bank said no.
    Declined {
        /// In its words.
        words: Text,
    },
    /// Somebody ended it before the money moved.
    Cancelled,
    /// Nothing was sent.
    NotStarted {
        /// Why.
        why: Text,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        why: Text,
    },
}
