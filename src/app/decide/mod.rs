//! What an input means in a state. Pure: no clock, no chance, no input or output of its own; everything it may depend
//! on is in its arguments.
//!
//! | file | area |
//! |---|---|
//! | [`arrive`] | a vehicle comes |
//! | [`serve`] | service and discounts |
//! | [`work`] | a garage's work order: lines, estimates, approval |
//! | [`bay`] | the board of a wash |
//! | [`order`] | sales without a vehicle |
//! | [`pay`] | money, documents, no document |
//! | [`rental`] | a rental vehicle handed over and taken back |
//! | [`deposit`] | money taken before anything is owed |
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
//! | [`parking`] | a car park: the price that is paid, who may leave |
//! | `sighting` | plates that cameras have read |
//! | [`found`] | a car park's exceptions: no ticket, a wrong time, nobody pays, nobody saw it leave |
//! | [`ticket`] | tickets that are scanned |
//! | [`person`] | PINs, stepping in, the lock of an idle till |
//! | `photo` | photographs, and the end of their time |
//! | [`paper`] | printing, copies, trouble |
//! | [`shift`] | shifts, the drawer, cash that moves without a sale |
//! | [`day`] | the day close |

mod arrive;
mod bay;
mod card;
mod compare;
mod correct;
mod credit;
mod day;
mod depart;
mod deposit;
mod device;
mod found;
pub(super) mod issue;
mod name;
mod order;
mod paper;
mod parking;
mod pay;
mod person;
pub(super) mod photo;
mod registry;
mod rental;
mod serve;
mod shift;
mod sighting;
mod ticket;
mod void;
mod work;

use super::effect::{Decision, Effect, MessageWish, Notice, Question};
use super::input::{By, Input, Stamped};
use super::refusal::{OrderRefusal, Refusal};
use super::state::State;
use crate::domain::card::WantedPayment;
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
    fn route(&mut self, input: &Input) -> Decided {
        match input {
            Input::Started { version } => {
                self.event(Event::TerminalStarted { version: version.clone() });
                paper::after_restart(self);
                card::after_restart(self);
                name::after_restart(self);
                issue::after_restart(self);
                Ok(())
            }
            Input::ClockStepped { by_s } => {
                self.event(Event::ClockStepped { by_s: *by_s });
                self.decision.live.push(LiveChange::Steady(self.at));
                registry::clock_stepped(self);
                issue::clock_stepped(self);
                Ok(())
            }
            Input::OpenVisit(open) => arrive::open(self, open),
            Input::ChooseService(choice) => serve::choose(self, choice),
            Input::TellService { visit, category, amount } => {
                serve::tell(self, *visit, category.as_ref(), *amount, input)
            }
            Input::GiveDiscount { visit, amount, reason, by } => {
                serve::discount(self, *visit, *amount, reason, by)
            }
            Input::DescribeWork { visit, complaint, dashboard } => {
                work::describe(self, *visit, complaint, *dashboard)
            }
            Input::WriteWork { visit, lines } => work::write(self, *visit, lines),
            Input::MakeEstimate { visit, operator } => work::estimate(self, *visit, operator),
            Input::ApproveEstimate { visit, version, name, way, operator } => {
                work::approve(self, *visit, *version, name, *way, operator)
            }
            Input::AwaitParts { visit, what } => work::await_parts(self, *visit, what.as_deref()),
            Input::SetNextService { visit, next } => work::next_service(self, *visit, next.as_ref()),
            Input::StartService { visit } => serve::start(self, *visit),
            Input::FinishService { visit } => serve::finish(self, *visit),
            Input::Place { visit, place, operator } => bay::place(self, *visit, *place, operator),
            Input::Pay { visit, tenders, invoice_to, operator } => {
                pay::pay(self, *visit, &WantedPayment::new(tenders, invoice_to.as_ref(), operator))
            }
            Input::PayShown { visit, payment } => pay::pay(self, *visit, payment),
            Input::ScanTicket { code, operator } => ticket::scanned(self, code, operator),
            Input::TicketGone { visit, fate, operator } => found::ticket_gone(self, *visit, *fate, operator),
            Input::OpenFound { open, price, reason, by } => found::open(self, open, *price, reason, by),
            Input::PriceFrom { visit, from, reason, by } => {
                found::price_from(self, *visit, *from, reason, by)
            }
            Input::AgreePrice { visit, price, reason, by } => found::agree(self, *visit, *price, reason, by),
            Input::ReleaseOwing { visit, debtor, reason, operator } => {
                found::release(self, *visit, debtor, reason, operator)
            }
            Input::CloseMissed { visit, left, reason, by } => {
                found::close_missed(self, *visit, *left, reason, by)
            }
            Input::SellMore { visit, extras } => serve::sell_more(self, *visit, extras),
            Input::AddToOrder(wanted) => order::add(self, wanted),
            Input::RemoveFromOrder { order, line } => order::remove(self, *order, *line),
            Input::DiscountOrder { order, amount, reason, by } => {
                order::discount(self, *order, *amount, reason, by)
            }
            Input::TakeIn { order, owner, promised, operator } => {
                order::take_in(self, *order, owner, *promised, operator)
            }
            Input::FinishOrder { order, operator } => order::finish(self, *order, operator),
            Input::PayOrder { order, tenders, invoice_to, operator } => {
                order::pay(self, *order, &WantedPayment::new(tenders, invoice_to.as_ref(), operator))
            }
            Input::HandOver { order, fetched, operator } => order::hand_over(self, *order, fetched, operator),
            Input::CancelOrder { order, reason, by } => order::cancel(self, *order, reason, by),
            Input::HandOverVehicle { visit, wanted, operator } => {
                rental::hand_over(self, *visit, wanted, operator)
            }
            Input::TakeBackVehicle { visit, wanted, operator } => {
                rental::take_back(self, *visit, wanted, operator)
            }
            Input::TakeDeposit { visit, amount, tenders, operator } => {
                deposit::take(self, *visit, *amount, tenders, operator)
            }
            Input::ReturnDeposit { deposit, amount, means, reason, by } => {
                deposit::give_back(self, *deposit, *amount, *means, reason, by)
            }
            Input::SettleByContract { visit, invoice_to, operator } => {
                pay::by_contract(self, *visit, invoice_to.as_ref(), operator)
            }
            Input::ChooseNoDocument { visit, reason, note, redo_of, by } => {
                pay::no_document(self, *visit, *reason, note, redo_of.as_ref(), by)
            }
            Input::Refund { document, .. } => credit::wanted(self, *document, input),
            Input::VoidDocument { document, reason, by } => void::void(self, *document, reason, by),
            Input::RefundWithout { amount, given_to, reason, by } => {
                credit::without_original(self, *amount, given_to, reason, by)
            }
            Input::DocumentRead { document, wanted } => self.document_read(document.as_deref(), wanted),
            Input::Depart { visit, operator, returned_at } => {
                depart::depart(self, *visit, operator, returned_at.as_deref())
            }
            Input::MoveOffSite { visit, to, operator } => depart::move_off_site(self, *visit, to, operator),
            Input::CancelVisit { visit, reason, by } => depart::cancel(self, *visit, reason, by),
            Input::CorrectPlate { visit, plate, entry, vehicle, by } => {
                correct::correct(self, *visit, plate, entry, vehicle, by)
            }
            Input::NameDocument { document, name, even_if_different } => {
                name::typed(self, *document, name, *even_if_different)
            }
            Input::CorrelateVisits { name, visits } => name::wanted_for(self, name, visits),
            Input::VisitsRead { name, visits } => name::correlate(self, name, visits),
            Input::Recalled { visit, wanted } => self.recalled(visit.as_deref(), wanted),
            Input::SlipRecalled { order } => {
                self.tell(Notice::SlipRead { order: *order });
                Ok(())
            }
            Input::DocumentReported { document, name, qr } => {
                name::reported(self, *document, name, qr.as_ref())
            }
            Input::IssuerSaid { document, n, news } => issue::said(self, *document, *n, news),
            Input::IssueAgain { document } => issue::again(self, *document),
            Input::OpenShift { float, operator } => shift::open(self, *float, operator),
            Input::SealShift => shift::seal(self),
            Input::RelieveCashier { operator } => shift::relieve(self, operator),
            Input::CloseShift { shift, counted, pieces, operator } => {
                shift::close(self, *shift, *counted, pieces, operator)
            }
            Input::ExplainVariance { shift, reason, by } => shift::explain(self, *shift, reason, by),
            Input::MoveCash { kind, amount, reason, by } => {
                shift::move_cash(self, *kind, *amount, reason, by)
            }
            Input::CloseDay { even_with_open, by, .. } => day::wanted(self, *even_with_open, by, input),
            Input::SealRead { seal, wanted } => match wanted.as_ref() {
                Input::CloseDay { machine_z, by, .. } => day::sealed(self, seal, machine_z.as_deref(), by),
                _ => Ok(()),
            },
            Input::LookAtControl { by } => {
                self.require(Right::SeeExpected, by)?;
                self.tell(Notice::MayLook);
                Ok(())
            }
            Input::OpenDrawer { by } => shift::open_drawer(self, by),
            Input::OfferDrawer => shift::offer_drawer(self),
            Input::DrawerReported { opened } => shift::drawer_reported(self, *opened),
            Input::CardReported { session, outcome } => card::reported(self, *session, outcome),
            Input::CancelCard => card::cancel(self),
            Input::AskCard { session } => card::ask_again(self, *session),
            Input::SettleCard { session, approved, by } => card::settle(self, *session, *approved, by),
            Input::UseCard { session } => card::use_approved(self, *session),
            Input::PinChecked { operator, good } => person::checked(self, operator, *good),
            Input::PinHashed { operator, hash, by } => person::set(self, operator, hash, by),
            Input::PinFailed { why } => Err(Refusal::PinFailed { why: why.clone() }.into()),
            Input::LockTill => person::lock(self),
            Input::DrawerSeen { open } => device::drawer_seen(self, *open),
            Input::DeviceAttached { device, address } => device::attached(self, device, address),
            Input::DeviceDetached { device } => device::detached(self, device),
            Input::DeviceSeen { device, condition } => device::seen(self, device, condition),
            Input::AssignDevice { device, address, configured, operator } => {
                device::assign(self, device, address.as_deref(), configured.as_deref(), operator)
            }
            Input::FindDevices => {
                self.effect(Effect::FindDevices);
                Ok(())
            }
            Input::DevicesFound { offers } => {
                self.decision.live.push(LiveChange::Offers(offers.clone()));
                Ok(())
            }
            Input::Scanned { device, code } => device::scanned(self, device, code),
            Input::PlateSeen { device, gate, sighting, again } => {
                sighting::seen(self, device, *gate, sighting, *again)
            }
            Input::IgnorePlate { sighting } => sighting::ignore(self, *sighting),
            Input::Weigh { on } => device::weigh(self, *on),
            Input::Weighed { reading } => device::weighed(self, *reading),
            Input::TestDisplay => device::test_display(self),
            Input::OpenBarrier { device, visit, reason, operator } => {
                device::open_barrier(self, device, *visit, reason, operator)
            }
            Input::BarrierReported { device, opening } => device::barrier_reported(self, device, opening),
            Input::BarrierSeen { device, up } => device::barrier_seen(self, device, *up),
            Input::PrintPaper { paper } => paper::wanted(self, paper),
            Input::CopiesRead { paper, complete } => paper::copies_read(self, paper, *complete),
            Input::ContinuePaper { job } => paper::carry_on(self, *job),
            Input::JudgePaper { job, complete, operator } => paper::judge(self, *job, *complete, operator),
            Input::DropPaper { job, operator } => paper::give_up(self, *job, operator),
            Input::PaperReported { job, outcome } => paper::reported(self, *job, outcome),
            Input::PrinterSeen { trouble, near_end } => {
                let change = LiveChange::Printer { trouble: trouble.clone(), near_end: *near_end };
                self.decision.live.push(change);
                Ok(())
            }
            Input::PhotoKept { photo } => photo::kept(self, photo),
            Input::PhotosOver { photos } => photo::over(self, photos),
            Input::DiskSeen { free_bytes, writable } => {
                let full = !writable || *free_bytes < self.settings.disk_free_min_bytes;
                self.decision.live.push(LiveChange::Disk { full });
                Ok(())
            }
            Input::Due(due) => registry::due(self, due),
            Input::Exchanged { message, n, heard } => registry::heard(self, *message, *n, heard),
            Input::LookedUp { message, found } => registry::looked_up(self, *message, found),
            Input::TellAgain { message } => registry::read_message(self, *message, MessageWish::TellAgain),
            Input::PutAside { message, by } => {
                self.require(Right::CorrectEntry, by)?;
                registry::read_message(self, *message, MessageWish::PutAside)
            }
            Input::MessageRead { message, visit, wish } => {
                registry::message_read(self, message, visit.as_deref(), wish)
            }
            Input::Listed { wanted, page } => compare::listed(self, wanted, page),
            Input::ListingFailed { wanted, .. } => compare::failed(self, wanted),
            Input::Compared { page, found } => compare::compared(self, page, found),
            Input::Unlisted { missing } => compare::unlisted(self, missing),
            Input::SettleDifference { difference, way, by } => compare::settle(self, difference, *way, by),
            Input::Tick | Input::TryNow | Input::CompareNow => Ok(()),
        }
    }

    /// What an input means now that its visit was read from the archive.
    fn recalled(&mut self, visit: Option<&Visit>, wanted: &Input) -> Decided {
        if let Input::ScanTicket { code, operator } = wanted {
            return ticket::recalled(self, visit, code, operator);
        }
        let visit = visit.ok_or(Refusal::NoSuchVisit)?;
        match wanted {
            Input::OpenVisit(open) => arrive::open_after(self, open, Some(visit)),
            Input::CorrectPlate { plate, entry, vehicle, by, .. } => {
                correct::correct_visit(self, visit, plate, entry, vehicle, by)
            }
            Input::SettleDifference { difference, by, .. } => compare::retell(self, visit, difference, by),
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
            Input::Refund { amount, tenders, reason, by, .. } => {
                credit::refund(self, document, credit::Wanted { amount: *amount, tenders, reason, by })
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
