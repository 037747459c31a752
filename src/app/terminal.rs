//! Decide, commit, then hand out the effects. One terminal, stepped by whoever owns it: the engine's thread in a shop, a
//! simulated day, or a test.

use super::decide::decide;
use super::decide::photo::DELETED_MAX;
use super::effect::{Decision, Effect, Question};
use super::input::{CameraInput, CounterpartyInput, Input, OrderInput, RegistryInput, Stamped};
use super::state::State;
use super::tariff::{in_force, with_tariff};
use crate::domain::entry::Message;
use crate::domain::event::Event;
use crate::domain::ids::{IdSource, MessageId, PhotoId};
use crate::domain::photo::PhotoKind;
use crate::domain::settings::Settings;
use crate::domain::sighting::KNOWN_MAX;
use crate::domain::tariff::Tariff;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::store::{Store, StoreError, near, photos, query};
use jiff::SignedDuration;
use std::collections::VecDeque;
use std::sync::Arc;

/// The terminal.
#[derive(Debug)]
pub struct Terminal {
    settings: Settings,
    /// The tariff the configuration names; the one that holds stands in the settings.
    file: Option<Arc<Tariff>>,
    state: State,
    store: Store,
    undelivered: Vec<Effect>,
    /// Reports the disk had no room for: nobody will say them again.
    owed: VecDeque<Stamped>,
}

/// An input whose commit failed, and why: the one that was given, or one that followed from it.
struct NotTaken {
    input: Box<Stamped>,
    error: StoreError,
}

impl Terminal {
    /// Loads the open world from the store. Tries that were in the air become unknown with the first step.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn new(settings: Settings, store: Store) -> Result<Self, StoreError> {
        let state = load(&store)?;
        let file = settings.parking.tariff.clone();
        let settings = with_tariff(&settings, &state.tariff).into_owned();
        Ok(Self { settings, file, state, store, undelivered: Vec::new(), owed: VecDeque::new() })
    }

    /// One input: decide, commit, hand out the effects. What the decision asked of the store is answered and decided
    /// here too, before anything else can happen.
    ///
    /// # Errors
    /// When a commit failed: what it would have decided has not happened, and for [`StoreError::Unknown`] the terminal
    /// must be opened again. Effects of commits before it are handed out by the next step. A person whose input finds no
    /// room on the disk is told and does it again; a report of what happened outside comes once, so it is kept and taken
    /// before the next input that finds room.
    pub fn step(&mut self, stamped: &Stamped) -> Result<Vec<Effect>, StoreError> {
        if matches!(stamped.input, Input::Started { .. }) {
            self.recover(stamped.at)?;
        }
        while let Some(owed) = self.owed.pop_front() {
            match self.take(&owed) {
                Ok(()) => {}
                Err(NotTaken { input, error }) if nothing_was_written(&error) => {
                    // What the owed report led to may be what found no room; the report itself is not taken twice.
                    if input.input.is_report() {
                        self.owed.push_front(*input);
                    }
                    break;
                }
                Err(NotTaken { error, .. }) => return Err(error),
            }
        }
        match self.take(stamped) {
            Ok(()) => Ok(std::mem::take(&mut self.undelivered)),
            Err(NotTaken { input, error }) => {
                if nothing_was_written(&error) && input.input.is_report() {
                    self.owed.push_back(*input);
                }
                Err(error)
            }
        }
    }

    /// One input and everything it asks of the store.
    fn take(&mut self, stamped: &Stamped) -> Result<(), NotTaken> {
        let mut waiting = VecDeque::from([stamped.clone()]);
        while let Some(next) = waiting.pop_front() {
            let not_taken = |error| NotTaken { input: Box::new(next.clone()), error };
            for effect in self.settle(&next).map_err(not_taken)? {
                match effect {
                    Effect::Ask(question) => {
                        waiting.extend(self.answer(question, &next).map_err(not_taken)?);
                    }
                    other => self.undelivered.push(other),
                }
            }
        }
        Ok(())
    }

    /// The open world.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The settings, with the tariff that holds.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The store.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// When there is next something to do by itself.
    pub fn next_wake(&self, now: Stamp) -> Option<Stamp> {
        self.state.next_wake(now)
    }

    /// Keeps the reply of a try for the archive; it is written with what it meant.
    pub fn keep_reply(&mut self, message: MessageId, n: u32, reply: String) {
        self.store.keep_reply(message, n, reply);
    }

    /// What can wait until nobody waits: adds new plates to the index, packs the archive of requests and forgets what is too
    /// old for it, and moves the write-ahead log into the database; says how many pages are left in it. On a full disk only
    /// the last.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn tidy(&mut self, now: Stamp) -> Result<i64, StoreError> {
        if self.state.live.disk_full {
            return self.store.checkpoint();
        }
        while self.store.index_plates()? {}
        while self.store.pack_requests(now)? {}
        let kept = SignedDuration::from_hours(24 * i64::from(self.settings.registry.keep_requests_days));
        if let Ok(oldest) = now.utc.checked_sub(kept) {
            while self.store.forget_requests(Stamp::new(oldest))? {}
        }
        self.store.checkpoint()
    }

    /// Moves the write-ahead log into the database; says how many pages are left in it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn move_log(&mut self) -> Result<i64, StoreError> {
        self.store.checkpoint()
    }

    /// Ends the terminal and gives the store back, so that it can be closed or opened again.
    pub fn into_store(self) -> Store {
        self.store
    }

    fn settle(&mut self, stamped: &Stamped) -> Result<Vec<Effect>, StoreError> {
        let decision = decide(&self.state, &self.settings, stamped);
        self.commit(stamped.at, &decision)?;
        for event in &decision.events {
            self.state.fold(event, stamped.at);
        }
        if decision.events.iter().any(|event| matches!(event, Event::TariffChanged { .. })) {
            self.settings.parking.tariff = in_force(self.file.as_ref(), &self.state.tariff);
        }
        for change in decision.live {
            self.state.change_live(change);
        }
        Ok(decision.effects)
    }

    fn commit(&mut self, at: Stamp, decision: &Decision) -> Result<(), StoreError> {
        let requests: Vec<_> = decision.requests.iter().map(|r| (r.message, r.n, r.text.as_str())).collect();
        self.store.commit(at, &decision.events, &requests)
    }

    /// Tries without an answer when the program died: nobody knows, so they are asked about.
    fn recover(&mut self, at: Stamp) -> Result<(), StoreError> {
        let unknown = |message: Message| Event::MessageUnknown {
            about: message.about(),
            why: Text::new("the program ended while it was sent"),
            ask_at: at,
        };
        let events: Vec<Event> = self.store.sending()?.into_iter().map(unknown).collect();
        self.store.commit(at, &events, &[])?;
        for event in &events {
            self.state.fold(event, at);
        }
        Ok(())
    }

    /// Photographs whose time is over, of every kind.
    fn photos_over(&self, now: Stamp) -> Result<Vec<PhotoId>, StoreError> {
        let mut over = Vec::new();
        for kind in PhotoKind::ALL {
            let kept = SignedDuration::from_hours(24 * i64::from(self.settings.photo_days(kind)));
            if let Ok(before) = now.utc.checked_sub(kept) {
                let most = DELETED_MAX.saturating_sub(u32::try_from(over.len()).unwrap_or(DELETED_MAX));
                over.extend(photos::kept_before(self.store.connection(), kind, Stamp::new(before), most)?);
            }
        }
        Ok(over)
    }

    fn answer(&self, question: Question, asked: &Stamped) -> Result<Option<Stamped>, StoreError> {
        let input = match question {
            Question::Due { limit, fresh_since, ask_horizon } => Some(Input::Registry(RegistryInput::Due(
                self.store.due(asked.at, fresh_since, ask_horizon, limit)?,
            ))),
            Question::Message { message, wish } => match self.store.message(message)? {
                Some(message) => {
                    let visit = query::visit(self.store.connection(), message.visit)?.map(Box::new);
                    Some(Input::Registry(RegistryInput::MessageRead {
                        message: Box::new(message),
                        visit,
                        wish,
                    }))
                }
                None => None,
            },
            Question::Visit { visit, wanted } => {
                let visit = query::visit(self.store.connection(), visit)?.map(Box::new);
                Some(Input::Recalled { visit, wanted })
            }
            Question::VisitNumbered { number, wanted } => {
                let conn = self.store.connection();
                let visit = query::visit_numbered(conn, number)?.map(Box::new);
                // Visits and orders share one count.
                match query::order_numbered(conn, number)?.filter(|_| visit.is_none()) {
                    Some(order) => Some(Input::Order(OrderInput::SlipRecalled { order: order.id })),
                    None => Some(Input::Recalled { visit, wanted }),
                }
            }
            Question::Document { document, wanted } => {
                let document = query::document(self.store.connection(), document)?.map(Box::new);
                Some(Input::DocumentRead { document, wanted })
            }
            Question::Order { order, wanted } => {
                let order = query::order(self.store.connection(), order)?.map(Box::new);
                Some(Input::OrderRead { order, wanted })
            }
            Question::Counterparty { number, wish } => {
                let known = query::counterparty(self.store.connection(), &number)?.map(Box::new);
                Some(Input::Counterparty(CounterpartyInput::Read { number, known, wish }))
            }
            Question::Visits { visits, name } => {
                let visits = visits.into_iter().map(|visit| query::visit(self.store.connection(), visit));
                let visits = visits.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
                Some(Input::VisitsRead { name, visits })
            }
            Question::Compare { page } => {
                let found = self.store.compare(&page.listed)?;
                Some(Input::Registry(RegistryInput::Compared { page, found }))
            }
            Question::Unlisted { after, upto, listed, cancelled } => {
                let missing = self.store.unlisted(after, upto, &listed, &cancelled)?;
                Some(Input::Registry(RegistryInput::Unlisted { missing }))
            }
            Question::Copies { paper } => {
                let complete = self.store.complete_prints(&paper)?;
                Some(Input::CopiesRead { paper, complete })
            }
            Question::KnownNear { sighting, plate } => {
                let known = near::known_near(self.store.connection(), &plate, KNOWN_MAX)?;
                Some(Input::Camera(CameraInput::KnownNear { sighting, plate, known }))
            }
            Question::PhotosOver => {
                Some(Input::Camera(CameraInput::PhotosOver { photos: self.photos_over(asked.at)? }))
            }
            Question::Seal { wanted } => Some(Input::SealRead { seal: self.store.seal(), wanted }),
        };
        let chance = IdSource::new(0, asked.chance).bits();
        Ok(input.map(|input| Stamped { at: asked.at, chance, input }))
    }
}

/// The disk had no room, or takes nothing: the same input may be taken again later.
const fn nothing_was_written(error: &StoreError) -> bool {
    matches!(error, StoreError::DiskFull | StoreError::ReadOnly)
}

/// The open world as the tables hold it.
///
/// # Errors
/// When the database cannot be read.
pub fn load(store: &Store) -> Result<State, StoreError> {
    let world = store.open_world()?;
    Ok(State {
        visits: world.visits.into_iter().map(|visit| (visit.id, visit)).collect(),
        orders: world.orders.into_iter().map(|order| (order.id, order)).collect(),
        away: world.away.into_iter().map(|visit| (visit.id, visit)).collect(),
        subscriptions: world.subscriptions.into_iter().map(|one| (one.id, one)).collect(),
        subscriptions_made: world.subscriptions_made,
        listed: world.listed,
        merchants: world.merchants.into_iter().map(|merchant| (merchant.id, merchant)).collect(),
        shift: world.shift,
        counting: world.counting.into_iter().map(|shift| (shift.id, shift)).collect(),
        done: world.done.into_iter().map(|shift| (shift.id, shift)).collect(),
        day: world.day,
        days_closed: world.days_closed,
        last_reference: world.last_reference,
        numbered: world.numbered,
        owed: world.owed.into_iter().map(|visit| (visit.id, visit)).collect(),
        unnamed: world.unnamed.into_iter().map(|document| (document.id, document)).collect(),
        highest_mark: world.highest_mark,
        deposits: world.deposits.into_iter().map(|deposit| (deposit.id, deposit)).collect(),
        deposits_taken: world.deposits_taken,
        packs: world.packs.into_iter().map(|pack| (pack.id, pack)).collect(),
        packs_sold: world.packs_sold,
        papers: world.papers.into_iter().map(|job| (job.id, job)).collect(),
        drawer: world.drawer,
        outbox: world.outbox,
        link: world.link,
        differences: world.differences.into_iter().map(|found| (found.id(), found)).collect(),
        compared: world.compared,
        assigned: world.assigned,
        templates: Arc::new(world.templates),
        tariff: Arc::new(world.tariff),
        pins: world.pins,
        charges: world.charges,
        last_session: world.last_session,
        live: super::state::Live::default(),
    })
}
