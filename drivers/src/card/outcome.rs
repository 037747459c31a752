//! What became of an operation: [`Outcome`], and [`Found`] for one that was asked about.

use super::intent::{Intent, SessionNumber, UniqueId};
use super::pan::{MaskedPan, Word};
use crate::wire::Fault;

/// What became of an operation that was sent. Only the first is a payment; the three "no"s are different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The terminal says that the money has moved; or the cashier says that it did ([`Approval::by_hand`]).
    Approved(Box<Approval>),
    /// The terminal or the bank said no. No money has moved.
    Declined {
        /// The terminal's code.
        code: Word,
        /// What it says about it, where it says anything.
        words: Word,
    },
    /// Somebody ended it before the money moved.
    Cancelled {
        /// Who.
        by: CancelledBy,
    },
    /// Nobody here knows whether the money has moved: the terminal must be asked ([`super::CardTerminal::query`]) before
    /// anything else is charged.
    Unknown(Why),
}

/// Who ended an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelledBy {
    /// The till, before the terminal heard of it.
    Till,
    /// The terminal says so: the customer or the cashier at its keys, or its own patience.
    Terminal,
    /// The cashier says so, of a terminal that stands apart.
    Cashier,
}

/// What the terminal says of an operation that went through. What it did not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// What was charged or given back without the tip, in cents.
    pub amount_cents: u64,
    /// The tip on top of it, in cents.
    pub tip_cents: u64,
    /// The card's number, masked.
    pub pan: Option<MaskedPan>,
    /// The scheme or kind of card, such as `VISA`.
    pub scheme: Option<Word>,
    /// The bank's authorisation code.
    pub auth_code: Option<Word>,
    /// Retrieval reference number: the acquirer's name for it.
    pub rrn: Option<Word>,
    /// System trace audit number: the terminal's number for it.
    pub stan: Option<Word>,
    /// The batch it will be settled with.
    pub batch: Option<Word>,
    /// The terminal's number at the acquirer (TID).
    pub terminal_id: Option<Word>,
    /// The acquiring bank.
    pub bank: Option<Word>,
    /// When, by the terminal's clock and in its own format.
    pub at: Option<Word>,
    /// No terminal said any of this: it is the cashier's word of a terminal that stands apart.
    pub by_hand: bool,
    /// It was an instant payment (IRIS), which comes through the same messages: card type `IRIS`, no digit of a card.
    pub iris: bool,
}

/// Why nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The wait is over.
    #[error("the terminal has not answered in time")]
    NoAnswer,
    /// The way to it broke off.
    #[error("the connection to the terminal broke off before it had answered")]
    ConnectionLost,
    /// Bytes came that are not its language.
    #[error("the terminal's answer cannot be read")]
    Garbled,
    /// The till stopped waiting; the terminal may go on.
    #[error("the till stopped waiting; the terminal may have gone on")]
    StoppedWaiting,
    /// It answered with an error whose meaning is not known.
    #[error("the terminal answered with error {0}, which may mean anything")]
    Error(Word),
    /// It approved another amount.
    #[error(
        "the terminal approved {approved_cents} cents, which is not what was asked for: look at its slip"
    )]
    OtherAmount {
        /// What it approved, in cents.
        approved_cents: u64,
    },
    /// It said two things that cannot both be true.
    #[error("the terminal said that it was cancelled, and that it was approved: look at its slip")]
    Contradiction,
    /// The terminal cannot be asked, by this protocol or as it is set up.
    #[error("this terminal cannot be asked: look at its slip or in the acquirer's list")]
    CannotBeAsked,
    /// It could not be reached to be asked.
    #[error("the terminal cannot be asked now: {0}")]
    NotReached(Fault),
}

/// What a terminal says of an earlier operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It names the operation and says what became of it: never [`Outcome::Unknown`].
    Outcome(Outcome),
    /// It is still at it: ask again.
    Running,
    /// It knows no such operation. That is no proof: a terminal that was reset has forgotten what it charged. It is enough
    /// where its slip or the acquirer's list says the same.
    NoSuchSession,
    /// All it can tell is its last operation, and not whose that was: for a person to compare.
    Last(Box<Approval>),
    /// It did not say.
    Unknown(Why),
}

/// Why nothing was sent. The intent may be ended in the database: no money can have moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStarted {
    /// The terminal cannot be used.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// An earlier operation has no known end.
    #[error("what became of session {0} is not known: ask the terminal about it first")]
    Unresolved(SessionNumber),
    /// The amount cannot be asked for.
    #[error("{0} cents cannot be asked of a terminal: it takes from 1 cent to 9999999.99 euros")]
    Amount(u64),
    /// The terminal refused the request with a code that, as it is set up, means that nothing was begun.
    #[error("the terminal did not accept the request (error {0})")]
    Refused(Word),
}

/// Something that is told while an operation runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The terminal asks for the card.
    PresentCard,
    /// The terminal has taken the request and is at work.
    Processing,
    /// Something came that does not belong here.
    Stray(Stray),
}

/// An answer that is not the answer to what runs. It never becomes a payment of this operation; if it is approved and the
/// till does not know it as paid, its own intent must be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Which session it names.
    pub session: Option<SessionNumber>,
    /// What it is.
    pub kind: StrayKind,
    /// Whether it says that money has moved.
    pub approved: bool,
}

/// What a stray answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrayKind {
    /// A second copy of an answer that was already taken.
    Repeated,
    /// The answer to an operation this till had stopped waiting for or was told is cancelled.
    Late,
    /// The answer to another operation, or to another intent that had the same number.
    Another,
}

/// A whole answer of a terminal about one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Which session it names.
    pub session: Option<SessionNumber>,
    /// Which intent it names, where the protocol has a place for it.
    pub names: Named,
    /// Its code.
    pub code: Word,
    /// What it says about the code.
    pub words: Word,
    /// The details; they mean something only where the code says approved.
    pub approval: Option<Approval>,
}

/// Which intent an answer names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// None: the protocol has no place for it, or the terminal left it empty.
    #[default]
    Nobody,
    /// This one.
    Intent(UniqueId),
    /// Something that is no intent of a till like this one.
    Else,
}

impl Named {
    /// From the field it stands in.
    pub(super) fn read(text: &str) -> Self {
        match text.trim() {
            "" | "0" | "null" => Self::Nobody,
            text => UniqueId::new(text).map_or(Self::Else, Self::Intent),
        }
    }
}

/// Which codes mean what. They differ between acquirers and are settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// Approved.
    pub approved: Vec<String>,
    /// Ended by the customer or at the terminal.
    pub cancelled: Vec<String>,
    /// As an error: no such session is known.
    pub missing: Vec<String>,
    /// As an error: the session is still running.
    pub running: Vec<String>,
    /// As an error: the request was not taken, nothing was begun.
    pub refused: Vec<String>,
}

impl Codes {
    /// Whether a code is one of these.
    pub(super) fn has(codes: &[String], code: &Word) -> bool {
        codes.iter().any(|known| known == code.as_str())
    }

    /// What an answer means for the intent it names.
    #[must_use]
    pub fn outcome(&self, answer: &Answer, intent: &Intent) -> Outcome {
        if Self::has(&self.approved, &answer.code) {
            // Both protocols say what was approved; an approval of nobody knows how much is not a payment of this.
            let Some(approval) = answer.approval.clone() else { return Outcome::Unknown(Why::Garbled) };
            if approval.amount_cents != intent.amount_cents {
                return Outcome::Unknown(Why::OtherAmount { approved_cents: approval.amount_cents });
            }
            Outcome::Approved(Box::new(approval))
        } else if Self::has(&self.cancelled, &answer.code) {
            Outcome::Cancelled { by: CancelledBy::Terminal }
        } else {
            Outcome::Declined { code: answer.code.clone(), words: answer.words.clone() }
        }
    }
}
