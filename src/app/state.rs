//! The open world: what is inside, who is on duty, what waits. Everything closed is in the archive.
//!
//! The durable part is the fold of all events and is loaded from the tables at start; [`Live`] is what is only true of
//! this run.

use super::decide::LiveChange;
use super::decide::issue::IssuerLine;
use crate::domain::card::{CardCharge, CardSession};
use crate::domain::counterparty::{LookUp, RegisterHeld};
use crate::domain::customer::TaxNumber;
use crate::domain::day::Day;
use crate::domain::deposit::Deposit;
use crate::domain::device::{Assignment, DeviceId, DeviceOffer, DeviceSeen, Weighed};
use crate::domain::difference::{Compared, Comparison, Difference, DifferenceId};
use crate::domain::document::Document;
use crate::domain::entry::{ClientType, Link, Message, Outbox};
use crate::domain::event::Event;
use crate::domain::fold::highest_mark;
use crate::domain::ids::{
    DepositId, DocumentId, JobId, MerchantId, MessageId, OrderId, PackId, ShiftId, SubscriptionId, VisitId,
};
use crate::domain::listed::Listed;
use crate::domain::merchant::Merchant;
use crate::domain::operator::OperatorId;
use crate::domain::order::Order;
use crate::domain::pack::Pack;
use crate::domain::paper::{JobState, PaperJob, PrinterTrouble};
use crate::domain::pin::Pin;
use crate::domain::plate::{self, Plate};
use crate::domain::shift::{DrawerAsk, Shift};
use crate::domain::sighting::{Gate, Proposal};
use crate::domain::subscription::Subscription;
use crate::domain::tariff::kept::KeptTariff;
use crate::domain::template::Templates;
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use jiff::civil;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The open world.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct State {
    /// Visits whose vehicle is on the premises.
    pub visits: BTreeMap<VisitId, Visit>,
    /// Sales without a vehicle that are not over.
    pub orders: BTreeMap<OrderId, Order>,
    /// Visits whose vehicle has left and whose price is still owed.
    pub owed: BTreeMap<VisitId, Visit>,
    /// Visits of subscribers whose vehicle is out and may come back.
    pub away: BTreeMap<VisitId, Visit>,
    /// Monthly parking that is not closed.
    pub subscriptions: BTreeMap<SubscriptionId, Subscription>,
    /// Number of the last subscription.
    pub subscriptions_made: u64,
    /// Plates on a list, by their keys.
    pub listed: BTreeMap<String, Listed>,
    /// Shops whose customers park for less.
    pub merchants: BTreeMap<MerchantId, Merchant>,
    /// The open shift.
    pub shift: Option<Shift>,
    /// Shifts that wait for their count.
    pub counting: BTreeMap<ShiftId, Shift>,
    /// Counted shifts that are in no day close yet.
    pub done: BTreeMap<ShiftId, Shift>,
    /// What happened since the last day close.
    pub day: Day,
    /// Number of the last day close.
    pub days_closed: u64,
    /// The last number this terminal gave to a visit or an order, or is known to have given before its database was restored.
    pub last_reference: u64,
    /// Last number given in each series of documents.
    pub numbered: BTreeMap<String, u64>,
    /// Documents whose name at the authority is not known yet.
    pub unnamed: BTreeMap<DocumentId, Document>,
    /// The largest MARK myDATA has given a document of ours.
    pub highest_mark: i64,
    /// Deposits that are held.
    pub deposits: BTreeMap<DepositId, Deposit>,
    /// Number of the last deposit.
    pub deposits_taken: u64,
    /// Packs that may be used, or of which a document is still to be told for their entries.
    pub packs: BTreeMap<PackId, Pack>,
    /// Number of the last pack.
    pub packs_sold: u64,
    /// Papers that are not done.
    pub papers: BTreeMap<JobId, PaperJob>,
    /// The drawer was asked for and has not reported.
    pub drawer: Option<DrawerAsk>,
    /// The outbox, in figures.
    pub outbox: Outbox,
    /// How the registry can be reached.
    pub link: Link,
    /// What this terminal and the registry do not agree on.
    pub differences: BTreeMap<DifferenceId, Difference>,
    /// The last comparison with the registry that read everything.
    pub compared: Option<Compared>,
    /// What card terminals were asked for and no document has taken.
    pub charges: BTreeMap<CardSession, CardCharge>,
    /// The last number given to a card terminal.
    pub last_session: Option<CardSession>,
    /// PINs of people.
    pub pins: BTreeMap<OperatorId, Pin>,
    /// Devices that were chosen at the screen.
    pub assigned: BTreeMap<DeviceId, Assignment>,
    /// What the owner arranged of papers; shared, because it is large and rarely changes.
    #[serde(serialize_with = "shared")]
    pub templates: Arc<Templates>,
    /// The tariff as it was changed at the terminal; shared for the same reason.
    #[serde(serialize_with = "shared")]
    pub tariff: Arc<KeptTariff>,
    /// Only true of this run.
    pub live: Live,
}

/// What is shared, as itself.
fn shared<T: Serialize, S: Serializer>(value: &Arc<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// What is only true of this run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Live {
    /// Tries and look-ups in the air, with what they are about.
    pub in_air: BTreeMap<MessageId, Message>,
    /// Failures in a row.
    pub failures: u32,
    /// Nothing is sent before this instant.
    pub not_before: Option<Stamp>,
    /// When the next unknown message is due.
    pub next_ask: Option<Stamp>,
    /// When the oldest unsent message was queued.
    pub oldest: Option<Stamp>,
    /// How myDATA can be reached.
    pub issuer: IssuerLine,
    /// The disk cannot take more.
    pub disk_full: bool,
    /// What keeps the printer from printing.
    pub printer: Option<PrinterTrouble>,
    /// The roll is near its end.
    pub paper_low: bool,
    /// The drawer is open, where it has a switch.
    pub drawer_open: Option<bool>,
    /// When the drawer was last asked to open in this run.
    pub drawer_asked: Option<Stamp>,
    /// Who has just shown to be there, and since when.
    pub stands_there: Option<(OperatorId, Stamp)>,
    /// Nobody has touched the till for a while: it waits for a PIN.
    pub locked: bool,
    /// The devices that are looked after.
    pub devices: BTreeMap<DeviceId, DeviceSeen>,
    /// What was plugged in when somebody last looked.
    pub offers: Option<Vec<DeviceOffer>>,
    /// Pictures that could be a logo, when somebody last looked.
    pub logos: Option<Vec<String>>,
    /// What the scale said last.
    pub weighed: Option<Weighed>,
    /// Whether each barrier is up, where it has a switch.
    pub barriers_up: BTreeMap<DeviceId, bool>,
    /// When each barrier was last asked to open in this run.
    pub barriers_asked: BTreeMap<DeviceId, Stamp>,
    /// The visit each barrier was last asked to open for in this run.
    pub barriers_for: BTreeMap<DeviceId, VisitId>,
    /// The visit a person has opened each barrier for, before it came in or left, and when.
    pub barriers_by_hand: BTreeMap<DeviceId, (VisitId, Stamp)>,
    /// Visits inside whose barrier has gone up in this run.
    pub let_in: BTreeSet<VisitId>,
    /// When the clock last made a step in this run.
    pub steady_since: Option<Stamp>,
    /// The wall clock moved by so many seconds in this run.
    pub clock_stepped_s: i64,
    /// The comparison under way.
    pub comparison: Option<Comparison>,
    /// When the next comparison is due; nothing before the start is over.
    pub compare_at: Option<Stamp>,
    /// Plates that cameras have read and nobody has dealt with, the oldest first.
    pub proposals: Vec<Proposal>,
    /// When it was last looked which photographs' time is over.
    pub photos_looked: Option<Stamp>,
    /// The day on which it was last looked which packs' period is over.
    pub packs_looked: Option<civil::Date>,
    /// What one complete listing did not show, and another must not show either.
    pub suspects: BTreeSet<DifferenceId>,
    /// Tax numbers that were typed in this run, the last one last.
    pub look_ups: Vec<LookUp>,
    /// AADE's registry of businesses refuses whatever it is asked.
    pub register_held: Option<RegisterHeld>,
}

impl Live {
    /// What is known of a tax number that was typed in this run.
    pub fn look_up(&self, number: &TaxNumber) -> Option<&LookUp> {
        self.look_ups.iter().find(|look_up| look_up.known.number == *number)
    }
}

/// Tax numbers that are remembered at once: more than anybody types while one is asked about.
const LOOK_UPS_MAX: usize = 16;

impl State {
    /// Applies one committed event.
    pub fn fold(&mut self, event: &Event, at: Stamp) {
        self.fold_counters(event);
        self.fold_visits(event);
        self.fold_subscriptions(event);
        self.fold_orders(event, at);
        self.fold_shift(event);
        self.fold_documents(event);
        self.fold_deposits(event);
        self.fold_packs(event);
        self.fold_papers(event, at);
        self.outbox.fold(event);
        self.fold_in_air(event);
        self.link.fold(event, at);
        self.fold_differences(event, at);
        self.drawer = DrawerAsk::after(self.drawer, event);
        self.fold_devices(event, at);
        self.day.fold(event, at);
        CardCharge::fold(&mut self.charges, event);
        Pin::fold(&mut self.pins, event, at);
        Listed::fold(&mut self.listed, event);
        Merchant::fold_all(&mut self.merchants, event);
        if let Event::CardAsked { charge } = event {
            self.last_session = Some(charge.session);
        }
        if let Event::ClockStepped { by_s } = event {
            self.live.clock_stepped_s += by_s;
        }
    }

    /// The next number of a series: they have no gaps.
    pub fn next_number(&self, series: &str) -> u64 {
        self.numbered.get(series).copied().unwrap_or_default() + 1
    }

    /// The deposits that are held for a visit.
    pub fn deposits_of(&self, visit: VisitId) -> impl Iterator<Item = &Deposit> {
        self.deposits.values().filter(move |deposit| deposit.visit == visit)
    }

    /// The open visit of a vehicle for a kind of business.
    pub fn inside(&self, plate: &Plate, client_type: ClientType) -> Option<&Visit> {
        self.visits.values().find(|visit| visit.plate == *plate && visit.client_type == client_type)
    }

    /// Vehicles inside whose plate differs from this one in a single character.
    pub fn neighbours<'a>(&'a self, plate: &'a Plate) -> impl Iterator<Item = &'a Visit> {
        self.visits.values().filter(|visit| visit.plate.is_neighbour_of(plate))
    }

    /// The subscription of a vehicle.
    pub fn subscription_of(&self, plate: &Plate) -> Option<&Subscription> {
        self.subscriptions.values().find(|subscription| subscription.has(plate))
    }

    /// The visit of a subscriber's vehicle that is out.
    pub fn away(&self, plate: &Plate) -> Option<&Visit> {
        self.away.values().find(|visit| visit.plate.key() == plate.key())
    }

    /// Visits under a right of use, in and out.
    pub fn passes(&self) -> impl Iterator<Item = &Visit> {
        self.visits.values().chain(self.away.values()).filter(|visit| visit.pass().is_some())
    }

    /// The visit of a car that a camera at the exit has seen.
    pub fn leaving(&self, proposal: &Proposal) -> Option<&Visit> {
        let key = proposal.sighting.plate().ok()?.key();
        let leaves = proposal.gate == Gate::Exit;
        self.visits.values().find(|visit| leaves && visit.plate.key() == key)
    }

    /// Vehicles inside that a fragment may mean, Greek or Latin: a part of the plate, or the number of the visit.
    pub fn meant_by<'a>(&'a self, fragment: &str) -> impl Iterator<Item = &'a Visit> {
        let key = plate::search_key(fragment);
        let number: Option<u64> = key.parse().ok();
        let means = move |visit: &&Visit| {
            let plate = visit.plate.key();
            let own = plate.split_once(':').map_or(plate.as_str(), |(_, own)| own);
            !key.is_empty() && (own.contains(&key) || number == Some(visit.reference.number))
        };
        self.visits.values().filter(means)
    }

    /// Changes what is only true of this run.
    pub fn change_live(&mut self, change: LiveChange) {
        let live = &mut self.live;
        match change {
            LiveChange::Launched(message) => {
                live.in_air.insert(message.id, *message);
            }
            LiveChange::Landed(message) => {
                live.in_air.remove(&message);
            }
            LiveChange::Failures { count, not_before } => {
                live.failures = count;
                live.not_before = not_before;
            }
            LiveChange::DueKnown { next_ask, oldest } => {
                live.next_ask = next_ask;
                live.oldest = oldest;
            }
            LiveChange::Steady(since) => live.steady_since = Some(since),
            LiveChange::Comparison(comparison) => live.comparison = comparison.map(|comparison| *comparison),
            LiveChange::CompareAt { at, suspects } => {
                live.compare_at = Some(at);
                live.suspects = suspects;
            }
            LiveChange::Device { device, seen } => match seen {
                Some(seen) => {
                    live.devices.insert(device, seen);
                }
                None => {
                    live.devices.remove(&device);
                }
            },
            LiveChange::Offers(offers) => live.offers = Some(offers),
            LiveChange::Logos(files) => live.logos = Some(files),
            LiveChange::Weighed(weighed) => live.weighed = weighed,
            LiveChange::DrawerOpen(open) => live.drawer_open = Some(open),
            LiveChange::BarrierUp { device, up } => {
                live.barriers_up.insert(device, up);
            }
            LiveChange::StandsThere { operator, since } => live.stands_there = Some((operator, since)),
            LiveChange::Locked(locked) => live.locked = locked,
            LiveChange::Proposals(proposals) => live.proposals = proposals,
            LiveChange::LookUp(look_up) => {
                live.look_ups.retain(|other| other.known.number != look_up.known.number);
                let spare = (live.look_ups.len() + 1).saturating_sub(LOOK_UPS_MAX);
                live.look_ups.drain(..spare);
                live.look_ups.push(*look_up);
            }
            LiveChange::RegisterHeld(held) => live.register_held = held.map(|held| *held),
            LiveChange::PacksLooked(day) => live.packs_looked = Some(day),
            LiveChange::PhotosLooked(at) => live.photos_looked = Some(at),
            LiveChange::Issuer(line) => live.issuer = *line,
            LiveChange::Disk { full } => live.disk_full = full,
            LiveChange::Printer { trouble, near_end } => {
                live.printer = trouble;
                live.paper_low = near_end;
            }
        }
    }

    /// When there is something to do without anything happening: the end of a back-off, a look-up's time, a comparison's.
    pub fn next_wake(&self, now: Stamp) -> Option<Stamp> {
        let waiting = self.outbox.queued + self.outbox.unknown > 0;
        let backoff = self.live.not_before.filter(|until| waiting && *until > now);
        let ask = self.live.next_ask.filter(|at| self.outbox.unknown > 0 && *at > now);
        let compare = self.live.compare_at.filter(|at| *at > now);
        let issuer = self.live.issuer.next.filter(|at| *at > now);
        let right = self.next_right_over(now);
        [backoff, ask, compare, issuer, right].into_iter().flatten().min()
    }

    /// When the next right of use is over; of one that was to be over already, the next midnight: days of grace end at one.
    fn next_right_over(&self, now: Stamp) -> Option<Stamp> {
        let midnight = || Stamp::midnight(now.date().tomorrow().ok()?);
        let over = |visit: &Visit| match visit.pass()?.ends {
            ends if ends > now => Some(ends),
            _ if visit.state.is_inside() => None,
            _ => midnight(),
        };
        self.passes().filter_map(over).min()
    }

    /// The durable part alone, to be compared with what the tables hold.
    pub fn durable(&self) -> Self {
        Self { live: Live::default(), ..self.clone() }
    }

    fn fold_counters(&mut self, event: &Event) {
        match event {
            Event::VisitOpened { visit } => {
                self.last_reference = self.last_reference.max(visit.reference.number)
            }
            Event::OrderOpened { order } => {
                self.last_reference = self.last_reference.max(order.reference.number)
            }
            Event::DifferenceFound { difference } => {
                self.last_reference =
                    self.last_reference.max(difference.forgotten_number().unwrap_or_default())
            }
            Event::DocumentNumbered { document, .. } | Event::CreditNumbered { credit: document, .. } => {
                self.numbered.insert(document.series.clone(), document.number);
            }
            Event::IssuingAdvanced { .. } => self.highest_mark = highest_mark(self.highest_mark, event),
            _ => {}
        }
    }

    fn fold_visits(&mut self, event: &Event) {
        if let Event::VisitOpened { visit } = event {
            // One that continues a visit after its departure is over from the beginning.
            if visit.state.is_inside() {
                self.visits.insert(visit.id, (**visit).clone());
            } else if matches!(visit.state, VisitState::Away { .. }) {
                self.away.insert(visit.id, (**visit).clone());
            } else if visit.has_left_owing() {
                self.owed.insert(visit.id, (**visit).clone());
            }
            return;
        }
        for id in event.visits() {
            if let Some(visit) = self.away.get_mut(&id) {
                let folded = visit.fold(event);
                assert!(folded.is_ok(), "a committed event did not fit its visit: {folded:?}");
                if !matches!(visit.state, VisitState::Away { .. })
                    && let Some(back) = self.away.remove(&id)
                    && back.state.is_inside()
                {
                    self.visits.insert(id, back);
                }
                continue;
            }
            if let Some(visit) = self.owed.get_mut(&id) {
                let folded = visit.fold(event);
                assert!(folded.is_ok(), "a committed event did not fit its visit: {folded:?}");
                if !visit.has_left_owing() {
                    self.owed.remove(&id);
                }
            }
            if let Some(visit) = self.visits.get_mut(&id) {
                let folded = visit.fold(event);
                assert!(folded.is_ok(), "a committed event did not fit its visit: {folded:?}");
                if !visit.state.is_inside()
                    && let Some(gone) = self.visits.remove(&id)
                {
                    if gone.has_left_owing() {
                        self.owed.insert(id, gone);
                    } else if matches!(gone.state, VisitState::Away { .. }) {
                        self.away.insert(id, gone);
                    }
                }
            }
        }
    }

    fn fold_subscriptions(&mut self, event: &Event) {
        match event {
            Event::SubscriptionOpened { subscription, .. } => {
                self.subscriptions_made = self.subscriptions_made.max(subscription.number);
                self.subscriptions.insert(subscription.id, (**subscription).clone());
            }
            // A document says nothing of what it bought.
            Event::DocumentNamed { .. } | Event::CreditNumbered { .. } => {
                self.subscriptions.values_mut().for_each(|subscription| subscription.fold(event));
            }
            _ => {
                let Some(id) = event.subscription() else { return };
                if let Some(subscription) = self.subscriptions.get_mut(&id) {
                    subscription.fold(event);
                    if subscription.closed.is_some() {
                        self.subscriptions.remove(&id);
                    }
                }
            }
        }
    }

    fn fold_orders(&mut self, event: &Event, at: Stamp) {
        if let Event::OrderOpened { order } | Event::OrderOwesAgain { order } = event {
            self.orders.insert(order.id, (**order).clone());
        } else if let Some(id) = event.order()
            && let Some(order) = self.orders.get_mut(&id)
        {
            let folded = order.fold(event, at);
            assert!(folded.is_ok(), "a committed event did not fit its order: {folded:?}");
            if !order.state.is_open() {
                self.orders.remove(&id);
            }
        }
    }

    fn fold_shift(&mut self, event: &Event) {
        match event {
            Event::ShiftOpened { shift } => self.shift = Some(shift.clone()),
            Event::DayClosed { close } => {
                self.done.clear();
                self.days_closed = close.number;
            }
            event if event.is_no_sale() => {
                if let Some(shift) = &mut self.shift {
                    shift.fold(event);
                }
            }
            _ => {
                if let Some(id) = event.shift() {
                    self.fold_into_shift(id, event);
                }
            }
        }
    }

    /// A shift goes from open to counting to done, and may be anywhere when something is said of it.
    fn fold_into_shift(&mut self, id: ShiftId, event: &Event) {
        let open = self.shift.take_if(|shift| shift.id == id);
        let shift = open.or_else(|| self.counting.remove(&id)).or_else(|| self.done.remove(&id));
        let Some(mut shift) = shift else { return };
        shift.fold(event);
        match (&shift.closed, &shift.sealed) {
            (Some(_), _) => {
                self.done.insert(id, shift);
            }
            (None, Some(_)) => {
                self.counting.insert(id, shift);
            }
            (None, None) => self.shift = Some(shift),
        }
    }

    fn fold_documents(&mut self, event: &Event) {
        match event {
            Event::DocumentNumbered { document, .. } | Event::CreditNumbered { credit: document, .. }
                if document.waits_for_name() =>
            {
                self.unnamed.insert(document.id, (**document).clone());
            }
            Event::DocumentNamed { document, .. } => {
                self.unnamed.remove(document);
            }
            Event::DocumentVoided { document, .. } => {
                self.unnamed.remove(&document.id);
            }
            _ => {
                let named = event.document();
                if let Some(document) = named.and_then(|document| self.unnamed.get_mut(&document)) {
                    document.fold(event);
                }
            }
        }
    }

    fn fold_deposits(&mut self, event: &Event) {
        if let Event::DepositTaken { deposit, .. } = event {
            self.deposits_taken = deposit.number;
            self.deposits.insert(deposit.id, (**deposit).clone());
            return;
        }
        for id in event.deposits() {
            if let Some(deposit) = self.deposits.get_mut(&id) {
                deposit.fold(event);
                if !deposit.is_held() {
                    self.deposits.remove(&id);
                }
            }
        }
    }

    fn fold_packs(&mut self, event: &Event) {
        if let Event::PackSold { pack } = event {
            self.packs_sold = pack.number;
            self.packs.insert(pack.id, (**pack).clone());
            return;
        }
        let named = |pack: &Pack| match event {
            Event::DocumentNamed { document, .. } => {
                pack.document == *document || pack.credit() == Some(*document)
            }
            _ => false,
        };
        let own = event.pack();
        if own.is_none() && !matches!(event, Event::DocumentNamed { .. }) {
            return;
        }
        for pack in self.packs.values_mut().filter(|pack| own == Some(pack.id) || named(pack)) {
            pack.fold(event);
        }
        self.packs.retain(|_, pack| pack.is_at_hand());
    }

    /// The packs a vehicle is on that may still be used, the oldest first.
    pub fn packs_of<'a>(&'a self, plate: &'a Plate) -> impl Iterator<Item = &'a Pack> {
        let mut packs: Vec<&Pack> =
            self.packs.values().filter(|pack| pack.is_open() && pack.vehicle(plate).is_some()).collect();
        packs.sort_unstable_by_key(|pack| pack.number);
        packs.into_iter()
    }

    fn fold_papers(&mut self, event: &Event, at: Stamp) {
        if let Some(job) = PaperJob::asked(event, at) {
            self.papers.insert(job.id, job);
        } else if let Some(id) = event.job()
            && let Some(job) = self.papers.get_mut(&id)
        {
            job.fold(event);
            if matches!(job.state, JobState::Done { .. }) {
                self.papers.remove(&id);
            }
        }
    }

    fn fold_differences(&mut self, event: &Event, at: Stamp) {
        match event {
            Event::DifferenceFound { difference } => {
                self.differences.insert(difference.id(), (**difference).clone());
            }
            Event::DifferenceSettled { difference, .. } => {
                self.differences.remove(difference);
            }
            Event::RegistryCompared { upto } => self.compared = Some(Compared { upto: *upto, at }),
            _ => {}
        }
    }

    fn fold_devices(&mut self, event: &Event, at: Stamp) {
        match event {
            Event::DeviceAssigned { .. } => Assignment::fold(&mut self.assigned, event, at),
            Event::TemplateSaved { .. } | Event::LogoChosen { .. } => {
                Arc::make_mut(&mut self.templates).fold(event, at);
            }
            Event::TariffChanged { .. } => Arc::make_mut(&mut self.tariff).fold(event, at),
            Event::DrawerAsked { .. } => self.live.drawer_asked = Some(at),
            Event::BarrierAsked { device, visit, by_itself, .. } => {
                self.live.barriers_asked.insert(device.clone(), at);
                self.live.barriers_by_hand.remove(device);
                self.live.barriers_for.remove(device);
                if let Some(visit) = visit {
                    self.live.barriers_for.insert(device.clone(), *visit);
                    if self.visits.contains_key(visit) {
                        self.live.let_in.insert(*visit);
                        if !by_itself {
                            self.live.barriers_by_hand.insert(device.clone(), (*visit, at));
                        }
                    }
                }
            }
            Event::SubscriberCame { visit, .. }
            | Event::SubscriberWent { visit, .. }
            | Event::VisitClosed { visit, .. } => {
                self.live.barriers_by_hand.retain(|_, (by_hand, _)| by_hand != visit);
                self.live.let_in.remove(visit);
            }
            _ => {}
        }
    }

    fn fold_in_air(&mut self, event: &Event) {
        if let Some(id) = event.message()
            && let Some(message) = self.live.in_air.get_mut(&id)
        {
            message.fold(event);
        }
    }
}
