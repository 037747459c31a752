//! What an input means in a state. Pure: no clock, no chance, no input or output of its own; everything it may depend
//! on is in its arguments.
//!
//! | file | area |
//! |---|---|
//! | `route` | which input goes to which area |
//! | [`arrive`] | a vehicle comes |
//! | [`serve`] | service and discounts |
//! | [`work`] | a garage's work order: lines, estimates, approval |
//! | [`bay`] | the board of a wash |
//! | [`order`] | sales without a vehicle |
//! | [`pay`] | money, documents, no document |
//! | [`counterparty`] | whom an invoice is for |
//! | [`rental`] | a rental vehicle handed over and taken back |
//! | [`lease`] | a rental that is paid in instalments |
//! | [`signature`] | somebody signs on the glass, or does not |
//! | [`deposit`] | money taken before anything is owed |
//! | [`pack`] | washes and memberships bought before they are used |
//! | [`name`] | the authority's name of a document |
//! | [`issue`] | documents on their way to myDATA |
//! | [`depart`] | leaving, cancelling |
//! | [`correct`] | a wrong plate |
//! | [`registry`] | the outbox: sending, answers, look-ups |
//! | [`compare`] | what the registry lists against what is here, and the ways out of a difference |
//! | [`credit`] | money given back |
//! | [`void`] | a payment nobody has been told of is taken back |
//! | [`card`] | linked card terminals |
//! | [`device`] | devices, what they say, the barrier, the customer's display |
//! | [`gate`] | barriers that go up by themselves |
//! | [`listed`] | plates that are warned of, not to come in, or pay nothing |
//! | [`subscription`] | monthly parking: sold, renewed, changed |
//! | [`pass`] | subscribers' vehicles at the gate, and the end of their right |
//! | [`merchant`] | shops whose customers park for less: begun, changed, their vouchers |
//! | [`validation`] | what a shop gives to a stay: given, taken back, used |
//! | [`parking`] | a car park: the price that is paid, who may leave |
//! | `sighting` | plates that cameras have read |
//! | [`found`] | a car park's exceptions: no ticket, a wrong time, nobody pays, nobody saw it leave |
//! | [`ticket`] | tickets that are scanned |
//! | [`person`] | PINs, stepping in, the lock of an idle till |
//! | `photo` | photographs, and the end of their time |
//! | [`paper`] | printing, copies, trouble |
//! | [`template`] | what the owner arranges of papers |
//! | [`tariff`] | what the owner changes of the tariff |
//! | [`shift`] | shifts, the drawer, cash that moves without a sale |
//! | [`day`] | the day close |

mod arrive;
mod bay;
mod card;
mod compare;
mod correct;
mod counterparty;
mod credit;
mod day;
mod depart;
mod deposit;
mod device;
mod found;
mod gate;
pub(super) mod issue;
mod lease;
mod listed;
mod merchant;
mod name;
mod order;
mod pack;
mod paper;
mod parking;
mod pass;
mod pay;
mod person;
pub(super) mod photo;
mod registry;
mod rental;
mod route;
mod serve;
mod shift;
mod sighting;
mod signature;
mod subscription;
mod tariff;
mod template;
mod ticket;
mod validation;
mod void;
mod work;

use super::effect::{Decision, Effect, Notice, Question};
use super::input::{By, DocumentInput, Input, ParkingInput, RegistryInput, Stamped};
use super::refusal::{OrderRefusal, Refusal};
use super::state::State;
use crate::domain::counterparty::{LookUp, RegisterHeld};
use crate::domain::device::{DeviceId, DeviceOffer, DeviceSeen, Weighed};
use crate::domain::difference::{Comparison, DifferenceId};
use crate::domain::document::Document;
use crate::domain::entry::{Message, Told};
use crate::domain::event::Event;
use crate::domain::ids::{IdSource, MessageId, OrderId, VisitId};
use crate::domain::operator::{OperatorId, Right};
use crate::domain::order::Order;
use crate::domain::settings::Settings;
use crate::domain::sighting::Proposal;
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use jiff::civil;
use std::collections::BTreeSet;

/// A change to [`super::state::Live`], made after the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveChange {
    /// A try or a look-up is in the air.
    Launched(Box<Message>),
    /// It is not any more.
    Landed(MessageId),
    /// Failures in a row, and the instant before which nothing is sent.
    Failures {
        /// How many.
        count: u32,
        /// Until when.
        not_before: Option<Stamp>,
    },
    /// The store said what is due.
    DueKnown {
        /// When the next unknown message is due.
        next_ask: Option<Stamp>,
        /// When the oldest unsent message was queued.
        oldest: Option<Stamp>,
    },
    /// From now on the time that passes can be told from the clock.
    Steady(Stamp),
    /// A comparison with the registry goes on, or is over.
    Comparison(Option<Box<Comparison>>),
    /// When the next comparison is due, and what it must not show either.
    CompareAt {
        /// When.
        at: Stamp,
        /// What the last one did not show.
        suspects: BTreeSet<DifferenceId>,
    },
    /// What cameras propose.
    Proposals(Vec<Proposal>),
    /// How far looking up a tax number has got.
    LookUp(Box<LookUp>),
    /// A register refuses whatever it is asked, or not any more.
    RegisterHeld(Option<Box<RegisterHeld>>),
    /// It was looked which packs' period is over.
    PacksLooked(civil::Date),
    /// It was looked which photographs' time is over.
    PhotosLooked(Stamp),
    /// How myDATA can be reached.
    Issuer(Box<issue::IssuerLine>),
    /// The disk was looked at.
    Disk {
        /// It cannot take more.
        full: bool,
    },
    /// A device is looked after and in this condition; nothing when it is not any more.
    Device {
        /// Which.
        device: DeviceId,
        /// How it is.
        seen: Option<DeviceSeen>,
    },
    /// What is plugged in.
    Offers(Vec<DeviceOffer>),
    /// What the scale said; nothing when the load before is over.
    Weighed(Option<Weighed>),
    /// Pictures that could be a logo.
    Logos(Vec<String>),
    /// The drawer's switch was looked at.
    DrawerOpen(bool),
    /// A person has just shown to be there.
    StandsThere {
        /// Who.
        operator: OperatorId,
        /// When.
        since: Stamp,
    },
    /// The till waits for a PIN, or not any more.
    Locked(bool),
    /// A barrier's switch was looked at.
    BarrierUp {
        /// Which.
        device: DeviceId,
        /// It is up.
        up: bool,
    },
    /// The printer was looked at.
    Printer {
        /// What keeps it from printing.
        trouble: Option<crate::domain::paper::PrinterTrouble>,
        /// The roll is near its end.
        near_end: bool,
    },
}

/// Why a decision stops before it changes anything.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stop {
    /// It cannot be done.
    Refused(Refusal),
    /// Somebody else must step in.
    NeedsRight(Right, OperatorId),
    /// The person has the right, and must show to be that person.
    NeedsPin(Right),
}

impl<R: Into<Refusal>> From<R> for Stop {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

type Decided = Result<(), Stop>;

/// Decides what an input means.
pub fn decide(state: &State, settings: &Settings, stamped: &Stamped) -> Decision {
    let at_ms = u64::try_from(stamped.at.utc.as_millisecond()).unwrap_or_default();
    let ids = IdSource::new(at_ms, stamped.chance);
    let mut draft = Draft { state, settings, at: stamped.at, ids, decision: Decision::default() };
    if let Err(stop) = draft.route(&stamped.input) {
        draft.stop(stop);
    }
    if !stamped.input.is_of_a_device() && !draft.state.live.disk_full {
        pass::end_rights(&mut draft);
    }
    gate::raise(&mut draft);
    pack::look_when_due(&mut draft, &stamped.input);
    issue::pump(&mut draft, &stamped.input);
    registry::pump(&mut draft, &stamped.input);
    compare::begin_when_due(&mut draft, &stamped.input);
    photo::look_when_due(&mut draft, &stamped.input);
    device::show_customer(&mut draft);
    draft.decision
}

/// A decision in the making.
struct Draft<'a> {
    state: &'a State,
    settings: &'a Settings,
    at: Stamp,
    ids: IdSource,
    decision: Decision,
}

impl<'a> Draft<'a> {
    /// What an input means now that its visit was read from the archive.
    fn recalled(&mut self, visit: Option<&Visit>, wanted: &Input) -> Decided {
        if let Input::Parking(ParkingInput::ScanTicket { code, operator }) = wanted {
            return ticket::recalled(self, visit, code, operator);
        }
        let visit = visit.ok_or(Refusal::NoSuchVisit)?;
        match wanted {
            Input::OpenVisit(open) => arrive::open_after(self, open, Some(visit)),
            Input::CorrectPlate { plate, entry, vehicle, by, .. } => {
                correct::correct_visit(self, visit, plate, entry, vehicle, by)
            }
            Input::Registry(RegistryInput::SettleDifference { difference, by, .. }) => {
                compare::retell(self, visit, difference, by)
            }
            Input::TellService { category, amount, .. } => {
                serve::tell_too_late(self, visit, category.as_ref(), *amount)
            }
            _ => Ok(()),
        }
    }

    /// What an input means now that its document was read from the archive.
    fn document_read(&mut self, document: Option<&Document>, wanted: &Input) -> Decided {
        let document = document.ok_or(Refusal::NoSuchDocument)?;
        match wanted {
            Input::Pack(input) => pack::refund(self, document, input),
            Input::Document(DocumentInput::Refund { amount, tenders, reason, by, .. }) => {
                pack::check_refund(self, document.id)?;
                credit::refund(self, document, credit::Wanted { amount: *amount, tenders, reason, by })
            }
            _ => Ok(()),
        }
    }

    /// What an input means now that its sale without a vehicle was read from the archive.
    fn order_read(&mut self, order: Option<&Order>, wanted: &Input) -> Decided {
        match wanted {
            Input::Document(DocumentInput::Void { document, reason, by }) => {
                void::void(self, *document, order, reason, by)
            }
            _ => Ok(()),
        }
    }

    /// Turns a stop into what the person is told. Nothing of the decision so far is kept: it is all or nothing.
    fn stop(&mut self, stop: Stop) {
        self.decision = Decision::default();
        match stop {
            Stop::Refused(refusal) => self.tell(Notice::Refused(refusal)),
            Stop::NeedsPin(right) => self.tell(Notice::NeedsRight(right)),
            Stop::NeedsRight(right, operator) => {
                self.event(Event::RightRefused { right, operator });
                self.tell(Notice::NeedsRight(right));
            }
        }
    }

    fn event(&mut self, event: Event) {
        self.decision.events.push(event);
    }

    fn effect(&mut self, effect: Effect) {
        self.decision.effects.push(effect);
    }

    fn tell(&mut self, notice: Notice) {
        self.effect(Effect::Tell(notice));
    }

    fn ask(&mut self, question: Question) {
        self.effect(Effect::Ask(question));
    }

    /// A visit as it will be once this decision is committed.
    fn as_decided(&self, visit: &Visit) -> Result<Visit, Stop> {
        let (id, mut visit) = (visit.id, visit.clone());
        for event in self.decision.events.iter().filter(|event| event.visits().contains(&id)) {
            visit.fold(event).map_err(Refusal::Step)?;
        }
        Ok(visit)
    }

    /// The open visit behind an id.
    fn visit(&self, id: VisitId) -> Result<&'a Visit, Stop> {
        self.state.visits.get(&id).ok_or(Stop::Refused(Refusal::NoSuchVisit))
    }

    /// The open order behind an id.
    fn order(&self, id: OrderId) -> Result<&'a Order, Stop> {
        self.state.orders.get(&id).ok_or_else(|| OrderRefusal::NoSuch.into())
    }

    /// The visit behind an id that may be paid: open, or left owing.
    fn payable(&self, id: VisitId) -> Result<&'a Visit, Stop> {
        match self.state.owed.get(&id) {
            Some(owing) => Ok(owing),
            None => self.visit(id),
        }
    }

    /// Who may do this: the asker, or the person who stepped in.
    fn require(&self, right: Right, by: &By) -> Result<OperatorId, Stop> {
        person::has_stepped_in(self, by)?;
        let holds = |person: &&OperatorId| self.settings.allows(person, right);
        if let Some(approver) = by.approved_by.as_ref().filter(holds) {
            return Ok(approver.clone());
        }
        match Some(&by.operator).filter(holds) {
            // Whose shift it is stands on the screen for everybody: a right is more than a name.
            Some(operator) if person::shows(self, operator) => Ok(operator.clone()),
            Some(_) => Err(Stop::NeedsPin(right)),
            None => Err(Stop::NeedsRight(right, by.operator.clone())),
        }
    }

    /// Money and vehicles are refused while what is promised could not be kept.
    fn require_disk(&self) -> Decided {
        if self.state.live.disk_full { Err(Refusal::Disk.into()) } else { Ok(()) }
    }

    /// Refuses what the registry would refuse, with its own code and a sentence, before anything is sent.
    fn check(&self, visit: &Visit, told: &Told) -> Decided {
        registry::check(self, visit, told)
    }

    /// Queues a message about a visit, unless the registry would refuse it.
    fn queue_checked(&mut self, visit: &Visit, told: Told) -> Decided {
        self.check(visit, &told)?;
        self.queue(visit, told);
        Ok(())
    }

    /// Queues a message about a visit.
    fn queue(&mut self, visit: &Visit, told: Told) {
        self.queue_in(visit.id, visit.chain, told);
    }

    /// Queues a message about a visit that may not be at hand any more.
    fn queue_in(&mut self, visit: VisitId, chain: VisitId, told: Told) {
        let message = Message::new(MessageId(self.ids.uuid()), visit, chain, told, self.at);
        self.event(Event::MessageQueued { message: Box::new(message) });
    }
}

/// Whether the visit still may change what is sold.
const fn price_is_open(state: &VisitState) -> bool {
    matches!(state, VisitState::Open | VisitState::InService | VisitState::Ready)
}
