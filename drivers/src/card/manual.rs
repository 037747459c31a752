//! A terminal that stands apart: the amount is keyed in by hand, and the outcome is what the cashier says of it.
//!
//! Where the law wants terminals tied to the cash system this is for declared break-downs only (A.1155/2023).

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::intent::{Committed, Intent, SessionNumber};
use super::outcome::{Approval, CancelledBy, Event, Found, NotStarted, Outcome, Why};
use super::pan::Word;
use super::{Abilities, Answering, Batch, Cancel, CardTerminal};
use crate::wire::Fault;

/// How often a wait looks up to see whether somebody wants it to end.
const TURN: Duration = Duration::from_millis(50);

/// What the cashier says of the slip in hand. It is a person's word, not a terminal's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The terminal printed that it approved; what is read off the slip, as far as somebody reads it.
    Approved {
        /// The bank's authorisation code.
        auth_code: Option<Word>,
        /// The acquirer's reference.
        rrn: Option<Word>,
    },
    /// The terminal said no.
    Declined,
    /// Nobody paid, and nothing is running on the terminal.
    Cancelled,
    /// The cashier does not know.
    Unsure,
}

/// Where the cashier's word comes in. Clones are the same: one for the screen, one for the terminal.
#[derive(Clone, Debug, Default)]
pub struct Cashier(Arc<Words>);

/// What was said, and the bell that rings when something was.
#[derive(Debug, Default)]
struct Words {
    said: Mutex<VecDeque<(SessionNumber, Said)>>,
    bell: Condvar,
}

impl Cashier {
    /// The cashier says what became of a session.
    pub fn says(&self, session: SessionNumber, said: Said) {
        self.0.said.lock().unwrap_or_else(PoisonError::into_inner).push_back((session, said));
        self.0.bell.notify_all();
    }

    /// What was said of a session within the wait. A word about another session is not about this one and is dropped.
    fn word_about(&self, session: SessionNumber, wait: Duration) -> Option<Said> {
        let said = self.0.said.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.bell.wait_timeout_while(said, wait, |said| said.is_empty());
        let mut said = waited.unwrap_or_else(PoisonError::into_inner).0;
        said.drain(..).rfind(|(about, _)| *about == session).map(|(_, said)| said)
    }
}

/// A terminal apart from the till.
#[derive(Debug)]
pub struct ManualTerminal {
    cashier: Cashier,
    unresolved: Vec<SessionNumber>,
}

impl ManualTerminal {
    /// A terminal apart from the till, whose outcomes this cashier says.
    #[must_use]
    pub const fn new(cashier: Cashier) -> Self {
        Self { cashier, unresolved: Vec::new() }
    }
}

fn outcome(said: Said, intent: &Intent) -> Outcome {
    match said {
        Said::Approved { auth_code, rrn } => Outcome::Approved(Box::new(Approval {
            amount_cents: intent.amount_cents,
            by_hand: true,
            auth_code,
            rrn,
            ..Approval::default()
        })),
        Said::Declined => {
            Outcome::Declined { code: Word::default(), words: Word::new("the cashier says: declined") }
        }
        Said::Cancelled => Outcome::Cancelled { by: CancelledBy::Cashier },
        Said::Unsure => Outcome::Unknown(Why::CannotBeAsked),
    }
}

impl CardTerminal for ManualTerminal {
    fn abilities(&self) -> Abilities {
        Abilities { void: true, ..Abilities::default() }
    }

    /// Waits for the cashier: as long as it takes, or until it is cancelled.
    fn start(
        &mut self,
        intent: Committed,
        cancel: &Cancel,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Outcome, NotStarted> {
        let intent = intent.intent();
        if let Some(open) = self.unresolved() {
            return Err(NotStarted::Unresolved(open));
        }
        if intent.amount_cents == 0 {
            return Err(NotStarted::Amount(0));
        }
        if cancel.is_asked() {
            return Ok(Outcome::Cancelled { by: CancelledBy::Till });
        }
        tell(Event::PresentCard);
        let outcome = loop {
            if let Some(said) = self.cashier.word_about(intent.session, TURN) {
                break outcome(said, intent);
            }
            if cancel.is_asked() {
                break Outcome::Unknown(Why::StoppedWaiting);
            }
        };
        if matches!(outcome, Outcome::Unknown(_)) {
            self.adopt(intent);
        }
        Ok(outcome)
    }

    /// The cashier's word, if there is one by now.
    fn query(&mut self, intent: &Intent, _tell: &mut dyn FnMut(Event)) -> Found {
        let said = self.cashier.word_about(intent.session, Duration::ZERO);
        match said.map(|said| outcome(said, intent)) {
            None => Found::Unknown(Why::CannotBeAsked),
            Some(Outcome::Unknown(why)) => Found::Unknown(why),
            Some(outcome) => {
                self.set_aside(intent.session);
                Found::Outcome(outcome)
            }
        }
    }

    fn echo(&mut self) -> Result<Answering, Fault> {
        Ok(Answering::default())
    }

    fn close_batch(&mut self, _session: SessionNumber) -> Result<Batch, Fault> {
        Err(Fault::Unsupported("this terminal stands apart: close its batch at its own menu".to_owned()))
    }

    fn unresolved(&self) -> Option<SessionNumber> {
        self.unresolved.first().copied()
    }

    fn adopt(&mut self, intent: &Intent) {
        if !self.unresolved.contains(&intent.session) {
            self.unresolved.push(intent.session);
        }
    }

    fn set_aside(&mut self, session: SessionNumber) {
        self.unresolved.retain(|open| *open != session);
    }
}
