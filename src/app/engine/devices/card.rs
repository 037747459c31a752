//! The card terminal's thread: one operation after another, each sent once. What it says goes to the loop and nowhere else.

use super::{Report, watched};
use crate::app::input::{CardInput, Input};
use crate::domain::card::{CardApproval, CardCharge, CardOutcome, CardSession};
use crate::domain::device::{Condition, DeviceTrouble};
use crate::domain::money::Cents;
use crate::domain::text::Text;
use std::convert::Infallible;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tameio_drivers::card::{
    self, Address, Approval, Cancel, CardTerminal, Found, Intent, Kind, LocalTime, MaskedPan, Opener,
    Outcome, SessionNumber, Shared, UniqueId, Word,
};
use tameio_drivers::supervisor::{Class, Identity, Notice, Places, Supervisor, supervise};

/// What the thread is asked for.
enum Order {
    Charge(Box<CardCharge>, Cancel),
    Ask(Box<CardCharge>),
    SetAside(CardSession),
}

/// The way to the thread; it ends when this is dropped.
pub(in crate::app::engine) struct CardThread {
    orders: Sender<Order>,
    running: Arc<Mutex<Cancel>>,
    _supervisor: Option<Supervisor>,
}

impl CardThread {
    /// Looks after the terminal of an address.
    pub(super) fn spawn(address: &Address, places: Places, report: Report) -> Option<Self> {
        let terminal = match card::open(address) {
            Ok(terminal) => card::share(terminal),
            Err(fault) => {
                report.is(watched::faulted(fault, None));
                return None;
            }
        };
        let (orders, inbox) = mpsc::channel();
        let presence = Opener::new(Arc::clone(&terminal));
        let tell = report.clone();
        let name = report.device.to_string();
        let told = move |notice| {
            if let Notice::Changed { state, advice } = notice {
                tell.is(watched::condition(state, advice));
            }
        };
        let watched = supervise(&name, Identity::Elsewhere, Class::Tty, places, presence, told);
        if let Err(error) = &watched {
            let trouble = DeviceTrouble::Other { text: Text::new(&error.to_string()) };
            report.is(Condition::Faulted { trouble });
        }
        thread::spawn(move || work(&terminal, &inbox, &report));
        Some(Self { orders, running: Arc::default(), _supervisor: watched.ok() })
    }

    pub(in crate::app::engine) fn charge(&self, charge: Box<CardCharge>) {
        let cancel = Cancel::default();
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = cancel.clone();
        let _ = self.orders.send(Order::Charge(charge, cancel));
    }

    pub(in crate::app::engine) fn ask(&self, charge: Box<CardCharge>) {
        let _ = self.orders.send(Order::Ask(charge));
    }

    pub(in crate::app::engine) fn set_aside(&self, session: CardSession) {
        let _ = self.orders.send(Order::SetAside(session));
    }

    pub(in crate::app::engine) fn cancel(&self) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).ask();
    }
}

fn work(terminal: &Shared, inbox: &Receiver<Order>, report: &Report) {
    for order in inbox {
        let mut terminal = terminal.lock().unwrap_or_else(PoisonError::into_inner);
        let terminal = terminal.as_mut();
        let (session, outcome) = match order {
            Order::Charge(charge, cancel) => {
                let outcome = intent(&charge).map(|intent| start(terminal, intent, &cancel));
                (charge.session, outcome)
            }
            Order::Ask(charge) => (charge.session, intent(&charge).map(|intent| ask(terminal, &intent))),
            Order::SetAside(session) => {
                SessionNumber::new(session.0).into_iter().for_each(|session| terminal.set_aside(session));
                continue;
            }
        };
        let outcome = outcome.unwrap_or_else(not_asked);
        if !report.say(Input::Card(CardInput::Reported { session, outcome })) {
            return;
        }
    }
}

fn start(terminal: &mut dyn CardTerminal, intent: Intent, cancel: &Cancel) -> CardOutcome {
    // The event that asked for it is committed: that is the witness.
    let Ok(committed) = intent.commit_with(|_| Ok::<_, Infallible>(()));
    match terminal.start(committed, cancel, &mut |event| tracing::info!(?event, "card")) {
        Ok(outcome) => outcome_of(outcome),
        Err(why) => CardOutcome::NotStarted { why: Text::new(&why.to_string()) },
    }
}

fn ask(terminal: &mut dyn CardTerminal, intent: &Intent) -> CardOutcome {
    terminal.adopt(intent);
    found_of(terminal.query(intent, &mut |event| tracing::info!(?event, "card")))
}

/// What cannot be said in the terminal's language was not said.
fn not_asked() -> CardOutcome {
    CardOutcome::NotStarted { why: Text::new("the terminal cannot be asked for such an amount") }
}

/// The charge in the terminal's terms; nothing where it has none for it.
fn intent(charge: &CardCharge) -> Option<Intent> {
    Some(Intent {
        session: SessionNumber::new(charge.session.0)?,
        id: UniqueId::from_u128(charge.id.as_u128()),
        kind: Kind::Sale,
        amount_cents: u64::try_from(charge.amount.0).ok()?,
        at: LocalTime::new(&charge.at.local().strftime("%Y%m%d%H%M%S").to_string())?,
    })
}

fn outcome_of(outcome: Outcome) -> CardOutcome {
    match outcome {
        Outcome::Approved(approval) => CardOutcome::Approved { approval: Box::new(approval_of(&approval)) },
        Outcome::Declined { code, words } => {
            let said = format!("{} {}", code.as_str(), words.as_str());
            CardOutcome::Declined { words: Text::new(&said) }
        }
        Outcome::Cancelled { .. } => CardOutcome::Cancelled,
        Outcome::Unknown(why) => CardOutcome::Unknown { why: Text::new(&why.to_string()) },
    }
}

/// What it says of an earlier operation. Everything that is not a clear word is unknown: a person looks.
fn found_of(found: Found) -> CardOutcome {
    let unknown = |why: &str| CardOutcome::Unknown { why: Text::new(why) };
    match found {
        Found::Outcome(outcome) => outcome_of(outcome),
        Found::Running => unknown("the terminal is still at it: ask again"),
        Found::NoSuchSession => unknown("the terminal knows no such payment: compare with its slips"),
        Found::Last(approval) => {
            let cents = Cents(i64::try_from(approval.amount_cents).unwrap_or_default());
            unknown(&format!("the terminal's last payment was {} €: is it this one?", cents.with_point()))
        }
        Found::Unknown(why) => unknown(&why.to_string()),
    }
}

fn approval_of(approval: &Approval) -> CardApproval {
    let word = |word: &Option<Word>| word.as_ref().map(|word| Text::new(word.as_str()));
    CardApproval {
        amount: Cents(i64::try_from(approval.amount_cents).unwrap_or_default()),
        tip: Cents(i64::try_from(approval.tip_cents).unwrap_or_default()),
        card: approval.pan.as_ref().map(MaskedPan::as_str).map(Text::new),
        scheme: word(&approval.scheme),
        auth_code: word(&approval.auth_code),
        reference: word(&approval.rrn),
        terminal: word(&approval.terminal_id),
        iris: approval.iris,
        by_hand: approval.by_hand,
    }
}
