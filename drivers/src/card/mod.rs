//! Card terminals.
//!
//! Read in this order: [`intent`] (what is to be charged, and the witness that it was written down), [`outcome`] (what can
//! become of it), [`pan`] (no card number, ever), [`ecr`] and [`pipe`] (the two protocols of Greek terminals, both a
//! [`protocol::Protocol`]), [`linked`] (an operation over the line, step by step), [`manual`] (a terminal that stands apart),
//! [`address`], [`presence`], [`sim`].
//!
//! ```text
//! Intent ──commit──▶ Committed ──start──▶ Approved │ Declined │ Cancelled
//!    │                                └─▶ Unknown ──query──▶ one of these, or a person looks
//!    └── after a restart: query
//! ```
//!
//! **Contract of [`CardTerminal`].**
//!
//! 1. *Written down first.* Nothing is sent without a [`Committed`], and one is good for one sending.
//! 2. *Never a second sale.* Nothing is sent twice by itself, not even after an answer was lost. While what became of one
//!    operation is not known, no other is started ([`NotStarted::Unresolved`]); after a restart the caller says which were
//!    open ([`CardTerminal::adopt`]) and asks about each ([`CardTerminal::query`]).
//! 3. *One at a time.* An operation has the terminal for itself: `&mut self`.
//! 4. *Only this session's answer.* What names another session, or another intent under the same number, is told as a
//!    [`Stray`] and never ends this operation.
//! 5. *The terminal's word counts.* Whoever wants to cancel asks; if the terminal says approved, it is approved.
//! 6. *Every wait has an end*, and the longest is a setting: a terminal may take more than 150 s.
//! 7. *No card number.* No type here can hold one, so nothing can show or log one.
//!
//! Whether a till may be tied to a terminal at all is for the acquirer and AADE (A.1155/2023, A.1054/2024): an address
//! says `approved=yes` when they have agreed; without it only the simulator and the terminal apart are opened.

pub mod address;
mod asking;
pub mod ecr;
pub mod intent;
mod line;
pub mod linked;
pub mod manual;
pub mod outcome;
pub mod pan;
pub mod pipe;
pub mod presence;
pub mod protocol;
pub mod sim;

pub use address::{Address, AddressError, Language, Place, open};
pub use intent::{Committed, Intent, Kind, LocalTime, SessionNumber, UniqueId};
pub use line::{Connect, Patience};
pub use linked::LinkedTerminal;
pub use manual::{Cashier, ManualTerminal, Said};
pub use outcome::{
    Answer, Approval, CancelledBy, Codes, Event, Found, Named, NotStarted, Outcome, Stray, StrayKind, Why,
};
pub use pan::{MaskedPan, Word};
pub use presence::{Opener, Present, Shared, share};
pub use sim::{Charge, Control, Mishap, SimTerminal, serve};

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::wire::Fault;

/// A card terminal, real, simulated, or apart from the till.
pub trait CardTerminal: Send {
    /// What it can be asked for.
    fn abilities(&self) -> Abilities;

    /// Charges, refunds or voids, as the intent says, and waits for the terminal's word. `tell` hears what happens
    /// meanwhile and must come back soon.
    ///
    /// # Errors
    /// When nothing was sent. Once a byte may have reached the terminal, everything is an [`Outcome`].
    fn start(
        &mut self,
        intent: Committed,
        cancel: &Cancel,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Outcome, NotStarted>;

    /// Asks what became of an operation. Moves no money, and may be asked as often as one likes.
    fn query(&mut self, intent: &Intent, tell: &mut dyn FnMut(Event)) -> Found;

    /// Asks whether it is there and speaks as it should; who answers.
    ///
    /// # Errors
    /// When it is not there, silent, or speaks something else.
    fn echo(&mut self) -> Result<Answering, Fault>;

    /// Closes the batch: the acquirer settles what is in it.
    ///
    /// # Errors
    /// When the protocol cannot, or the terminal did not say that it has.
    fn close_batch(&mut self, session: SessionNumber) -> Result<Batch, Fault>;

    /// The operation whose end is not known, if there is one. Nothing is started until it is.
    fn unresolved(&self) -> Option<SessionNumber>;

    /// After a restart: this operation was open. To be called for each before anything is started.
    fn adopt(&mut self, intent: &Intent);

    /// A person has looked at the slip or in the acquirer's list and says that this operation is settled.
    fn set_aside(&mut self, session: SessionNumber);
}

/// What a terminal can be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// [`Kind::Void`].
    pub void: bool,
    /// [`CardTerminal::query`] names the operation it was asked about.
    pub query: bool,
    /// [`CardTerminal::close_batch`].
    pub close_batch: bool,
    /// A running operation can be asked to end. Without it a [`Cancel`] only ends the waiting.
    pub abort: bool,
}

/// Who answers at the other end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answering {
    /// The terminal's number at the acquirer (TID).
    pub terminal_id: Option<Word>,
    /// The version of its program.
    pub version: Option<Word>,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Batch {
    /// It is closed.
    Closed,
    /// The terminal did not close it.
    Refused {
        /// Its code.
        code: Word,
    },
}

/// The wish that a running operation may end. Clones are the same wish: one for the button, one for the operation.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Somebody wants it to end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether somebody does.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
