//! The tray: what waits for a person while the lane goes on, the most pressing first.

use crate::app::state::State;
use crate::domain::card::{CardCharge, CardSession, ChargeState};
use crate::domain::device::BarrierOpening;
use crate::domain::document::Document;
use crate::domain::ids::JobId;
use crate::domain::paper::{JobState, Paper, PaperJob, PrinterTrouble};
use crate::view::controller::Controller;
use crate::view::form::Said;
use crate::view::generated::{Notice, NoticeCode, Tone};
use crate::view::words;
use std::fmt;
use std::str::FromStr;

/// What a notice is about; its text is the id the screen gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum NoticeId {
    Disk,
    Credentials,
    Clock,
    Drawer,
    Job(JobId),
    /// A card payment that waits for a person.
    Charge(CardSession),
    /// The sentence at this place among those said.
    Said(usize),
}

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk => f.write_str("disk"),
            Self::Credentials => f.write_str("credentials"),
            Self::Clock => f.write_str("clock"),
            Self::Drawer => f.write_str("drawer"),
            Self::Job(job) => write!(f, "job-{job}"),
            Self::Charge(session) => write!(f, "charge-{session}"),
            Self::Said(at) => write!(f, "said-{at}"),
        }
    }
}

/// Text that is no notice's id.
#[derive(Debug)]
pub(in crate::view) struct NoSuchNotice;

impl FromStr for NoticeId {
    type Err = NoSuchNotice;

    fn from_str(text: &str) -> Result<Self, NoSuchNotice> {
        let job = text.strip_prefix("job-").and_then(|id| id.parse().ok()).map(Self::Job);
        let charge = text.strip_prefix("charge-").and_then(|number| number.parse().ok());
        let said = text.strip_prefix("said-").and_then(|at| at.parse().ok()).map(Self::Said);
        match text {
            "disk" => Ok(Self::Disk),
            "credentials" => Ok(Self::Credentials),
            "clock" => Ok(Self::Clock),
            "drawer" => Ok(Self::Drawer),
            _ => {
                job.or(said).or(charge.map(|session| Self::Charge(CardSession(session)))).ok_or(NoSuchNotice)
            }
        }
    }
}

/// Money first, then what was just said, then what waits.
pub(super) fn show(controller: &Controller) {
    let world = controller.state().map(|state| of_world(controller, state)).unwrap_or_default();
    let (disk, rest): (Vec<_>, Vec<_>) = world.into_iter().partition(|row| row.code == NoticeCode::DiskFull);
    let said = controller.form.said.iter().enumerate().map(|(at, said)| saying(at, said));
    super::sync(&controller.lists.notices, disk.into_iter().chain(said).chain(rest).collect());
}

fn of_world(controller: &Controller, state: &State) -> Vec<Notice> {
    let mut rows = Vec::new();
    if state.live.disk_full {
        rows.push(plain(NoticeId::Disk, NoticeCode::DiskFull, Tone::Bad));
    }
    rows.extend(state.charges.values().filter_map(|one| charge(controller, state, one)));
    rows.extend(state.papers.values().filter_map(|job| paper(controller, state, job)));
    if state.drawer.is_some_and(|drawer| drawer.stale) {
        rows.push(plain(NoticeId::Drawer, NoticeCode::DrawerOffer, Tone::Warn));
    }
    if state.link.unauthorized {
        rows.push(plain(NoticeId::Credentials, NoticeCode::Credentials, Tone::Bad));
    }
    if state.live.clock_stepped_s != controller.form.clock_seen_s {
        rows.push(plain(NoticeId::Clock, NoticeCode::ClockJumped, Tone::Warn));
    }
    rows
}

fn plain(id: NoticeId, code: NoticeCode, tone: Tone) -> Notice {
    Notice { id: id.to_string().into(), code, tone, subject: Default::default(), text: Default::default() }
}

fn saying(at: usize, said: &Said) -> Notice {
    let (code, tone, text) = match said {
        Said::Sentence(sentence) => (NoticeCode::Sentence, Tone::Warn, sentence.clone()),
        Said::PlateWaits => (NoticeCode::PlateWaits, Tone::Info, String::new()),
        Said::AfmDropped => (NoticeCode::AfmDropped, Tone::Info, String::new()),
        Said::ChooseReceipt => (NoticeCode::ChooseReceipt, Tone::Info, String::new()),
        Said::Barrier { opening, .. } => barrier(opening),
        Said::BarrierUp(_) => (NoticeCode::BarrierUp, Tone::Warn, String::new()),
        Said::DrawerOpen => (NoticeCode::DrawerOpen, Tone::Warn, String::new()),
    };
    let subject = match said {
        Said::Barrier { device, .. } | Said::BarrierUp(device) => device.name.as_str(),
        _ => "",
    };
    Notice { text: text.into(), subject: subject.into(), ..plain(NoticeId::Said(at), code, tone) }
}

/// A card payment whose end nobody knows, or whose money no receipt has taken. Not on the page where it is dealt with.
fn charge(controller: &Controller, state: &State, charge: &CardCharge) -> Option<Notice> {
    let (code, tone) = match charge.state {
        ChargeState::Asked => return None,
        ChargeState::Unknown { .. } => (NoticeCode::CardUnknown, Tone::Warn),
        ChargeState::Approved { .. } => (NoticeCode::CardApproved, Tone::Warn),
    };
    if controller.is_paying(charge.subject) {
        return None;
    }
    let visit = charge.subject.visit().and_then(|visit| state.visits.get(&visit));
    let order = charge.subject.order().and_then(|order| state.orders.get(&order));
    let plate = visit.map(|visit| visit.plate.to_string());
    let plate = plate.or_else(|| order.map(|order| order.reference.to_string())).unwrap_or_default();
    let text = words::money(charge.amount, controller.form.language).into();
    Some(Notice { subject: plate.into(), text, ..plain(NoticeId::Charge(charge.session), code, tone) })
}

/// What a person must know of a barrier that did not open for sure.
fn barrier(opening: &BarrierOpening) -> (NoticeCode, Tone, String) {
    match opening {
        BarrierOpening::NotOpened { text } => (NoticeCode::BarrierShut, Tone::Warn, text.to_string()),
        BarrierOpening::Stuck { text } => (NoticeCode::BarrierStuck, Tone::Bad, text.to_string()),
        BarrierOpening::Unknown
        | BarrierOpening::SeenOpen
        | BarrierOpening::Confirmed
        | BarrierOpening::Sent => (NoticeCode::BarrierUnsure, Tone::Warn, String::new()),
    }
}

/// A paper that needs a person; one that is printing does not.
fn paper(controller: &Controller, state: &State, job: &PaperJob) -> Option<Notice> {
    let (code, text) = match &job.state {
        JobState::Asking => (NoticeCode::SlipComplete, String::new()),
        JobState::Waiting { trouble } => trouble_code(trouble),
        JobState::Printing | JobState::Done { .. } => return None,
    };
    let subject = subject(controller, state, &job.paper).into();
    Some(Notice { subject, text: text.into(), ..plain(NoticeId::Job(job.id), code, Tone::Warn) })
}

fn trouble_code(trouble: &PrinterTrouble) -> (NoticeCode, String) {
    let code = match trouble {
        PrinterTrouble::PaperOut => NoticeCode::PaperEnd,
        PrinterTrouble::CoverOpen => NoticeCode::CoverOpen,
        PrinterTrouble::Cutter => NoticeCode::Cutter,
        PrinterTrouble::Gone => NoticeCode::PrinterGone,
        PrinterTrouble::Permission => NoticeCode::PrinterRefused,
        PrinterTrouble::Other { text } => return (NoticeCode::PrinterTrouble, text.to_string()),
    };
    (code, String::new())
}

/// Which paper it is: a vehicle, and a document's number where there is one.
fn subject(controller: &Controller, state: &State, paper: &Paper) -> String {
    let numbered =
        |document: &Document| format!("{}-{} · {}", document.series, document.number, document.called());
    match paper {
        Paper::Inside { at }
        | Paper::DueVehicles { at }
        | Paper::MerchantAccount { at, .. }
        | Paper::Test { at }
        | Paper::Sample { at, .. }
        | Paper::GreekPages { at }
        | Paper::ShiftReport { at, .. } => Some(at.clock()),
        Paper::Copy { of, .. } => return subject(controller, state, of),
        Paper::Movement { .. } => None,
        Paper::Vouchers { merchant, .. } => {
            let mut shops = state.merchants.values();
            shops.find(|shop| shop.number == *merchant).map(|shop| shop.terms.name.to_string())
        }
        Paper::Intake { order } => state.orders.get(order).map(|order| order.reference.to_string()),
        Paper::DayClose { number, .. }
        | Paper::Deposit { number, .. }
        | Paper::DepositReturn { number, .. }
        | Paper::Pack { number, .. }
        | Paper::PackUse { number, .. } => Some(number.to_string()),
        Paper::Ticket { visit }
        | Paper::WorkOrder { visit }
        | Paper::HandOver { visit }
        | Paper::VehicleReturn { visit }
        | Paper::Estimate { visit, .. } => state.visits.get(visit).map(|visit| visit.plate.to_string()),
        Paper::Slip { document, .. } | Paper::Receipt { document, .. } | Paper::Void { document, .. } => {
            let waiting = state.unnamed.get(document);
            let done = controller.form.done.as_ref().and_then(|done| done.facts.as_ref());
            waiting.or(done.filter(|facts| facts.id == *document)).map(numbered)
        }
    }
    .unwrap_or_default()
}
