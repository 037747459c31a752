//! Simulated terminals: they speak both protocols in this process or on a port, move pretended money that is counted in a
//! ledger of their own, and can be put into every fault.

mod line;
mod server;
mod talk;
mod terminal;

pub use server::serve;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::address::Language;
use super::intent::SessionNumber;
use super::{ecr, pipe};
use crate::wire::{Fault, Wire};
use line::{Line, SimWire};
use terminal::Inner;

/// What the customer and the bank do, and what is wrong with the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// From the request to the bank's word.
    pub delay: Duration,
    /// The bank declines, with this code.
    pub decline: Option<String>,
    /// The customer presses the red key.
    pub cancelled: bool,
    /// The customer adds a tip, in cents.
    pub tip_cents: u64,
    /// The customer pays by IRIS.
    pub iris: bool,
    /// What goes wrong with the next operation; it goes wrong once.
    pub mishap: Option<Mishap>,
    /// It works and says nothing.
    pub mute: bool,
    /// It works, and what it says is noise.
    pub garbage: bool,
    /// What it says comes byte by byte.
    pub piecemeal: bool,
    /// It does not mask card numbers.
    pub unmasked: bool,
    /// Its cable is pulled.
    pub unplugged: bool,
}

/// What goes wrong with one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The connection breaks before the bank has heard of it, and the terminal forgets it.
    BreakBeforeBank,
    /// The connection breaks after the bank has approved.
    BreakAfterBank,
    /// The connection breaks in the middle of the result.
    BreakInResult,
    /// The result comes twice.
    Repeat,
    /// The result comes again at the next operation.
    RepeatNext,
    /// The result of another session, approved, comes first.
    Another,
    /// It is told to end, says that it has, and charges all the same.
    ChargeAfterCancel,
    /// It charges a cent more than it was asked.
    OtherAmount,
}

impl Mishap {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::BreakBeforeBank,
        Self::BreakAfterBank,
        Self::BreakInResult,
        Self::Repeat,
        Self::RepeatNext,
        Self::Another,
        Self::ChargeAfterCancel,
        Self::OtherAmount,
    ];
}

/// Money that moved, as the bank counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The session it moved for.
    pub session: SessionNumber,
    /// The name of the intent, where the protocol told it.
    pub id: String,
    /// How much, in cents, tip included; below zero when it was given back.
    pub cents: i64,
}

/// The code a simulated terminal gives to a question about a session it does not know.
const MISSING: &str = "05";
/// The code it gives about a session that is running.
const RUNNING: &str = "06";
/// The code it gives to a request while another is running.
const BUSY: &str = "07";
/// The field of the last receipt in which it names the intent.
const RECEIPT_ID: usize = 17;

/// How a simulated terminal with slashes is set up.
#[must_use]
pub fn ecr_settings(form: ecr::Form) -> ecr::Settings {
    let mut settings = ecr::Settings::new(form);
    settings.void = true;
    settings.abort = Some("ABORT:1".to_owned());
    settings.codes.cancelled = vec![talk::CANCELLED_ECR.to_owned()];
    settings.codes.missing = vec![MISSING.to_owned()];
    settings.codes.running = vec![RUNNING.to_owned()];
    settings.codes.refused = vec![BUSY.to_owned()];
    settings
}

/// How a simulated terminal with pipes is set up.
#[must_use]
pub fn pipe_settings() -> pipe::Settings {
    let mut settings = pipe::Settings { receipt_id: Some(RECEIPT_ID), ..pipe::Settings::default() };
    settings.echo_by_receipt = true;
    settings.abort = Some(("100".to_owned(), "00".to_owned()));
    settings
}

/// A simulated terminal. Clones are the same terminal: one for its line, one for its control side.
#[derive(Clone)]
pub struct SimTerminal {
    inner: Arc<Mutex<Inner>>,
}

impl std::fmt::Debug for SimTerminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SimTerminal({:?})", self.control())
    }
}

impl SimTerminal {
    /// A terminal that speaks a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { inner: Arc::new(Mutex::new(Inner::new(language))) }
    }

    /// What it speaks.
    #[must_use]
    pub fn language(&self) -> Language {
        self.lock().language.clone()
    }

    /// Changes what the customer does or what is wrong.
    pub fn change(&self, change: impl FnOnce(&mut Control)) {
        change(&mut self.lock().control);
    }

    /// What the customer does and what is wrong.
    #[must_use]
    pub fn control(&self) -> Control {
        self.lock().control.clone()
    }

    /// The money that has moved, by the bank's book.
    #[must_use]
    pub fn ledger(&self) -> Vec<Charge> {
        let mut inner = self.lock();
        inner.work();
        inner.ledger.clone()
    }

    /// Whether an operation waits for the bank.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let mut inner = self.lock();
        inner.work();
        inner.running.is_some()
    }

    /// The sessions whose result the till says it has, in order.
    #[must_use]
    pub fn acknowledged(&self) -> Vec<SessionNumber> {
        self.lock().acknowledged.clone()
    }

    /// How many batches were closed.
    #[must_use]
    pub fn batches(&self) -> u32 {
        self.lock().batches
    }

    /// It is switched off and on. What waits for the bank is never sent to it; a terminal that forgets loses its own list
    /// too. The bank's book stays.
    pub fn restart(&self, forgets: bool) {
        self.lock().restart(forgets);
    }

    /// Opens its line, in this process.
    ///
    /// # Errors
    /// While its cable is pulled.
    pub fn connect(&self) -> Result<Box<dyn Wire>, Fault> {
        let line = self.plug().ok_or(Fault::Missing)?;
        Ok(Box::new(SimWire::new(line)))
    }

    /// A new line to it; none while its cable is pulled.
    fn plug(&self) -> Option<Line> {
        let number = self.lock().plug()?;
        Some(Line::new(self.clone(), number))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
