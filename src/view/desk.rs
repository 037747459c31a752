//! What the screen needs of the terminal behind it. The terminal works on threads of its own; what it has to say is put
//! into a [`Mailbox`] and taken out on the screen's thread.

use super::generated::{App, Shell};
use crate::app::clock::Stopwatch;
use crate::app::effect::Notice;
use crate::app::engine::{Handle, Query, QueryAnswer, Screen, Snapshot};
use crate::app::input::Input;
use crate::domain::device::DeviceId;
use crate::domain::ids::{DocumentId, OrderId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::pin::PinHash;
use crate::domain::validation::Month;
use crate::store::past::{After, Wanted};
use slint::ComponentHandle;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tameio_drivers::camera::Frame;

/// The terminal, as the screen sees it.
pub trait Desk {
    /// Hands in what a person did. What comes of it arrives as news.
    fn send(&self, input: Input);

    /// Asks the archive; the answer arrives as news with the same question.
    fn ask(&self, query: Query, asked: Asked);

    /// What a camera sees now; nothing where it has no fresh picture.
    fn frame(&self, camera: &DeviceId) -> Option<Frame>;

    /// How long ago something was heard. A desk whose world moves only when it is told to has no such time.
    fn since(&self, heard: Stopwatch) -> Duration {
        heard.elapsed()
    }

    /// Has a PIN checked against what is kept of it. Only the outcome becomes an input; the PIN is dropped.
    fn check_pin(&self, operator: OperatorId, pin: String, kept: PinHash);

    /// Has a new PIN hashed; who sets it must be the person, or an owner.
    fn set_pin(&self, operator: OperatorId, pin: String, by: OperatorId);
}

/// What an answer is for: by the time it comes the screen may be elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// What is remembered of the vehicle being typed: its key.
    Vehicle(String),
    /// What is remembered of the vehicle of this visit.
    VehicleOf(VisitId),
    /// The vehicles that should come again.
    DueVehicles,
    /// What is to be invoiced to customers on account.
    Accounts,
    /// The photographs of a visit.
    Photos(VisitId),
    /// A page of visits of the past: what was looked for, and where the page begins.
    Past(Wanted, Option<After>),
    /// The documents of a visit that was found.
    DocumentsOf(VisitId),
    /// What a shop's customers did not pay: its number, and the month.
    MerchantAccount(u64, Month),
    /// The list of exceptions.
    Exceptions,
    /// A visit that is not inside any more.
    Visit(VisitId),
    /// Earlier visits of the vehicle of this visit.
    Earlier(VisitId),
    /// Earlier visits of the vehicle being typed: its key.
    Moved(String),
    /// Visits that wait for one document.
    Awaiting,
    /// The visits of a document for many.
    Grouped,
    /// A sale without a vehicle that is over.
    Order(OrderId),
    /// The document just paid.
    Document(DocumentId),
    /// Its paper.
    Picture(DocumentId),
    /// Documents for the list: what was searched.
    Receipts(String),
    /// The paper of the one that is looked at.
    Receipt(DocumentId),
    /// A template that is being arranged: the question's number.
    Draft(u64),
    /// The draft of the tariff.
    Tariff,
    /// The last day closes.
    DayCloses,
    /// The door book.
    Door,
}

/// What the terminal has to say.
#[derive(Debug, Clone)]
pub enum News {
    /// The world after a step, or a minute later.
    World(Arc<Snapshot>),
    /// Something for the person at the screen.
    Notice(Notice),
    /// An answer of the archive.
    Answer(Asked, Box<QueryAnswer>),
}

/// Carries news from any thread to the screen's.
#[derive(Clone)]
pub struct Mailbox {
    news: Arc<Mutex<VecDeque<News>>>,
    app: slint::Weak<App>,
}

impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

impl Mailbox {
    /// The mailbox of a window.
    pub(super) fn new(app: &App) -> Self {
        Self { news: Arc::default(), app: app.as_weak() }
    }

    /// Puts news in and wakes the screen. After the window has closed there is nobody to wake, and nothing is lost: the
    /// terminal's own state is what counts.
    pub fn post(&self, news: News) {
        self.lock().push_back(news);
        let woken = self.app.upgrade_in_event_loop(|app| app.global::<Shell>().invoke_wake());
        if let Err(error) = woken {
            tracing::debug!(%error, "the window is not there to be told");
        }
    }

    /// The next piece of news, oldest first.
    pub(super) fn take(&self) -> Option<News> {
        self.lock().pop_front()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<News>> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Screen for Mailbox {
    fn show(&self, snapshot: Arc<Snapshot>) {
        self.post(News::World(snapshot));
    }

    fn tell(&self, notice: Notice) {
        self.post(News::Notice(notice));
    }
}

/// The desk of a running engine.
pub(super) struct EngineDesk {
    handle: Handle,
    mailbox: Mailbox,
}

impl EngineDesk {
    pub(super) const fn new(handle: Handle, mailbox: Mailbox) -> Self {
        Self { handle, mailbox }
    }
}

impl Desk for EngineDesk {
    fn send(&self, input: Input) {
        self.handle.send(input);
    }

    fn ask(&self, query: Query, asked: Asked) {
        let mailbox = self.mailbox.clone();
        self.handle.query(query, move |answer| mailbox.post(News::Answer(asked, Box::new(answer))));
    }

    fn frame(&self, camera: &DeviceId) -> Option<Frame> {
        self.handle.frame(camera)
    }

    fn check_pin(&self, operator: OperatorId, pin: String, kept: PinHash) {
        self.handle.check_pin(operator, pin, kept);
    }

    fn set_pin(&self, operator: OperatorId, pin: String, by: OperatorId) {
        self.handle.set_pin(operator, pin, by);
    }
}
