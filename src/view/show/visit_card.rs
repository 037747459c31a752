//! A visit as a card: its plate, since when, what it costs, and one word for where it stands.

use super::board;
use crate::domain::catalogue::Size;
use crate::domain::customer::{BadTaxNumber, TaxNumber};
use crate::domain::entry::{Entry, MessageState, Moment};
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::plate::{Plate, PlateKind};
use crate::domain::time::Stamp;
use crate::domain::visit::{self as stay, Settlement, VisitState};
use crate::view::controller::Controller;
use crate::view::generated::{
    PaidState, PlateFace, PlateKind as FaceKind, RegistryState, VehicleSize, VisitCard,
    VisitState as CardState,
};
use crate::view::words;
use slint::SharedString;

/// A plate with what stands on its band.
pub(super) fn face(plate: &Plate) -> PlateFace {
    let (kind, country) = match &plate.kind {
        PlateKind::Domestic => (FaceKind::Greek, "GR"),
        PlateKind::State => (FaceKind::PublicService, "GR"),
        PlateKind::Foreign { country } => (FaceKind::Foreign, country.as_str()),
        PlateKind::Chassis => (FaceKind::Chassis, ""),
    };
    let text = match plate.kind {
        PlateKind::Foreign { .. } => plate.text.clone(),
        PlateKind::Domestic | PlateKind::State | PlateKind::Chassis => plate.display(),
    };
    PlateFace { text: text.into(), country: country.into(), kind }
}

/// A visit as a card, at an instant.
pub(super) fn card(controller: &Controller, visit: &stay::Visit, now: Stamp) -> VisitCard {
    let minutes = i32::try_from(now.seconds_since(&visit.arrived) / 60).unwrap_or(i32::MAX);
    let until = visit.state.departed().map(|at| clock(at, now)).unwrap_or_default();
    let language = controller.form.language;
    VisitCard {
        id: visit.id.to_string().into(),
        plate: face(&visit.plate),
        since: clock(visit.arrived, now).into(),
        until: until.into(),
        age_minutes: minutes.max(0),
        promised: board::promised(visit, now).into(),
        late: visit.board.is_late(now) && visit.state.is_inside(),
        overdue: controller.settings.is_long_stay(visit, now),
        size: size(visit.size),
        service: service_names(controller, visit).into(),
        amount: amount(controller, visit)
            .map(|cents| words::money(cents, language))
            .unwrap_or_default()
            .into(),
        state: card_state(&visit.state),
        paid: paid(controller, visit),
        registry: registry(&visit.entry, &visit.state),
    }
}

/// The time, with its date when it was another day.
pub(super) fn clock(at: Stamp, now: Stamp) -> String {
    if at.date() == now.date() { at.clock() } else { at.local().strftime("%-d/%-m %H:%M").to_string() }
}

/// The names of what is sold, in the language of the screen.
pub(super) fn service_names(controller: &Controller, visit: &stay::Visit) -> String {
    let language = controller.form.language;
    let names: Vec<&str> = visit.sale.lines.iter().map(|line| line.name.get(language).as_str()).collect();
    names.join(", ")
}

/// What it costs; nothing while nothing is chosen.
pub(super) fn amount(controller: &Controller, visit: &stay::Visit) -> Option<Cents> {
    if visit.state.is_inside() && visit.state.settlement().is_none() {
        return controller.bill_of(visit).ok().filter(|bill| !bill.sale.is_empty()).map(|bill| bill.due());
    }
    let further = visit.further.iter().map(|paid| paid.total).sum();
    (!visit.sale.is_empty()).then(|| visit.sale.totals().gross + further)
}

const fn card_state(state: &VisitState) -> CardState {
    match state {
        VisitState::Open => CardState::Open,
        VisitState::InService => CardState::InService,
        VisitState::Ready => CardState::Ready,
        VisitState::Settled { .. } => CardState::Settled,
        VisitState::Away { .. } => CardState::Away,
        VisitState::Closed { .. } => CardState::Closed,
        VisitState::Moved { .. } => CardState::Moved,
        VisitState::Cancelled { .. } => CardState::Cancelled,
        VisitState::Replaced { .. } => CardState::Replaced,
    }
}

pub(super) fn paid(controller: &Controller, visit: &stay::Visit) -> PaidState {
    let owes = || visit.state.is_inside() && !controller.may_leave(visit);
    match visit.state.settlement() {
        Some(Settlement::Paid { .. } | Settlement::ByPack { .. }) if owes() => PaidState::Unpaid,
        Some(Settlement::ByPack { .. }) => PaidState::Pack,
        Some(Settlement::Paid { .. }) => PaidState::Paid,
        Some(Settlement::ByContract { .. }) => PaidState::Contract,
        Some(Settlement::Owed) => PaidState::Owed,
        Some(Settlement::NoDocument { .. }) => PaidState::NoDocument,
        None => PaidState::Unpaid,
    }
}

/// One word for where a visit stands at the registry: trouble first, then what waits, then how far it got.
fn registry(entry: &Entry, state: &VisitState) -> RegistryState {
    let moments = [&entry.create, &entry.update, &entry.complete, &entry.correlate, &entry.cancel];
    let any = |wanted: MessageState| moments.iter().any(|m| m.as_ref().is_some_and(|m| m.state == wanted));
    let done = |m: &Option<Moment>| m.as_ref().is_some_and(|m| m.state == MessageState::Confirmed);
    if any(MessageState::Rejected) {
        RegistryState::Rejected
    } else if any(MessageState::Unknown) {
        RegistryState::Unknown
    } else if any(MessageState::Sending) {
        RegistryState::Sending
    } else if any(MessageState::Queued) {
        RegistryState::Waiting
    } else if matches!(state, VisitState::Cancelled { .. } | VisitState::Replaced { .. }) {
        RegistryState::Cancelled
    } else if done(&entry.correlate) {
        RegistryState::Linked
    } else if done(&entry.complete) {
        RegistryState::Completed
    } else if done(&entry.create) {
        RegistryState::Registered
    } else {
        RegistryState::None
    }
}

/// The size of the price list as the screen's.
pub(in crate::view) const fn size(size: Size) -> VehicleSize {
    match size {
        Size::Moto => VehicleSize::Motorcycle,
        Size::Small => VehicleSize::Small,
        Size::Suv => VehicleSize::Suv,
        Size::Van => VehicleSize::Van,
        Size::Taxi => VehicleSize::Taxi,
    }
}

/// The screen's size as the price list's; none chosen is an ordinary car.
pub(in crate::view) const fn catalogue_size(size: VehicleSize) -> Size {
    match size {
        VehicleSize::Motorcycle => Size::Moto,
        VehicleSize::None | VehicleSize::Small => Size::Small,
        VehicleSize::Suv => Size::Suv,
        VehicleSize::Van => Size::Van,
        VehicleSize::Taxi => Size::Taxi,
    }
}

/// Whether a tax number typed on the pad can be an invoice's customer.
pub(super) fn customer(afm: &str) -> Result<TaxNumber, BadTaxNumber> {
    TaxNumber::parse("GR", afm)
}

pub(super) fn id_text(id: VisitId) -> SharedString {
    id.to_string().into()
}
