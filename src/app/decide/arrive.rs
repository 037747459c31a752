//! A vehicle comes; at a rental desk, it leaves with its customer.

use super::pass::{self, Standing};
use super::{Decided, Draft, Stop, deposit, listed, pack, paper, sighting, work};
use crate::app::effect::{Notice, Question};
use crate::app::input::{Input, OpenVisit};
use crate::app::refusal::{Refusal, RentalRefusal};
use crate::domain::bay::OnBoard;
use crate::domain::entry::{ClientType, Entry, Told};
use crate::domain::event::Event;
use crate::domain::ids::{Reference, VisitId};
use crate::domain::paper::Paper;
use crate::domain::parking::Stay;
use crate::domain::plate::Plate;
use crate::domain::sale::Sale;
use crate::domain::settings::{Establishment, Trade};
use crate::domain::terms::{Earlier, ServiceTerms};
use crate::domain::text::Text;
use crate::domain::visit::{Part, VehicleFacts, Visit, VisitState};

/// Opens a visit, tells the registry, prints the ticket where the site wants one. A vehicle that comes back for more of the
/// same work is opened once the earlier visit is read.
pub(super) fn open(draft: &mut Draft, open: &OpenVisit) -> Decided {
    match open.follows {
        Some(Earlier::Visit { visit }) => {
            draft.ask(Question::Visit { visit, wanted: Box::new(Input::OpenVisit(open.clone())) });
            Ok(())
        }
        Some(Earlier::Entry { .. }) | None => open_after(draft, open, None),
    }
}

/// Opens a visit that follows another of this terminal.
pub(super) fn open_after(draft: &mut Draft, open: &OpenVisit, earlier: Option<&Visit>) -> Decided {
    draft.require_disk()?;
    let place = draft.settings.establishment(open.trade).ok_or(Refusal::TradeNotHere)?;
    let client_type = place.trade.client_type();
    let plate = Plate::parse(&open.entry, &open.plate).map_err(Refusal::Plate)?;
    check_vehicle(client_type, &plate, &open.vehicle)?;
    let why_again = open.again_because.as_deref().map(Text::new).filter(|reason| !reason.is_empty());
    if client_type == ClientType::Rental {
        check_trip(draft, &plate, open)?;
    }
    // A vehicle is away once: nothing makes that a reason for a second trip.
    if let Some(inside) = draft.state.inside(&plate, client_type)
        && (why_again.is_none() || client_type == ClientType::Rental || open.pack.is_some())
    {
        return Err(Refusal::AlreadyInside { visit: inside.id }.into());
    }
    listed::check(draft, open, &plate)?;
    let standing = pass::standing(draft, open, place, &plate)?;
    listed::let_in(draft, open, &plate);
    if let Standing::Back(visit) = standing {
        return pass::come_back(draft, visit, open);
    }
    let right = open.pack.map(|pack| pack::right_of(draft, pack, place.trade, &plate)).transpose()?;
    let terms = right.as_ref().map_or_else(|| open.terms.clone(), |(terms, _)| terms.clone());
    let open = &OpenVisit { terms, ..open.clone() };
    let second_because = why_again.filter(|_| draft.state.inside(&plate, client_type).is_some());
    let right = right.map(|(_, right)| right);
    let mut visit = Visit { second_because, right, ..begin(draft, open, place, plate, earlier) };
    pass::mark(draft, &mut visit, &standing);
    let told = create(draft, &visit, None);
    let goes_on =
        earlier.filter(|earlier| earlier.work.is_some() && visit.client_type == earlier.client_type);
    if let Some(earlier) = goes_on {
        // The same work: its order, what it costs and what was agreed come with the vehicle.
        (visit.work, visit.sale) = (earlier.work.clone(), earlier.sale.clone());
    }
    draft.event(Event::VisitOpened { visit: Box::new(visit.clone()) });
    if visit.under().is_none() {
        draft.queue_checked(&visit, told)?;
    }
    if let Some(earlier) = goes_on {
        work::go_on(draft, &visit, earlier);
    }
    if let Some(earlier) = earlier {
        deposit::follow(draft, earlier, &visit);
    }
    pass::entered(draft, &visit, &standing);
    // A subscriber pays nothing at the exit.
    if draft.settings.ticket_at_arrival && visit.pass().is_none() {
        paper::ask_for(draft, Paper::Ticket { visit: visit.id });
    }
    sighting::came(draft, &visit, open.sighting);
    if visit.pass().is_none() {
        draft.tell(Notice::Opened { visit: visit.id, warning: visit.plate.warning() });
    }
    pack::came(draft, &visit);
    Ok(())
}

/// What is let is the business's own, and where the place differs it has a name.
fn check_trip(draft: &Draft, plate: &Plate, open: &OpenVisit) -> Decided {
    if !draft.settings.rental.lets(plate) {
        return Err(RentalRefusal::NotInFleet.into());
    }
    let place = open.trip.as_ref().and_then(|trip| trip.picked_up_at.as_ref());
    if place.is_some_and(Text::is_empty) { Err(RentalRefusal::PlaceMissing.into()) } else { Ok(()) }
}

/// Beside a foreign, state or chassis plate the registry wants the category, and at garages and rental desks the maker
/// (codes 203 there): said here, before anything is sent.
pub(super) fn check_vehicle(
    client_type: ClientType,
    plate: &Plate,
    vehicle: &VehicleFacts,
) -> Result<(), Stop> {
    if !plate.is_registered_as_foreign() {
        return Ok(());
    }
    if vehicle.category.as_ref().is_none_or(Text::is_empty) {
        return Err(Refusal::CategoryMissing.into());
    }
    let maker_wanted = client_type != ClientType::ParkingWash;
    if maker_wanted && vehicle.maker.as_ref().is_none_or(Text::is_empty) {
        return Err(Refusal::MakerMissing.into());
    }
    Ok(())
}

/// A visit as it begins.
pub(super) fn begin(
    draft: &mut Draft,
    open: &OpenVisit,
    place: Establishment,
    plate: Plate,
    earlier: Option<&Visit>,
) -> Visit {
    let id = VisitId(draft.ids.uuid());
    let client_type = place.trade.client_type();
    Visit {
        id,
        reference: next_reference(draft),
        client_type,
        branch: place.branch,
        plate,
        vehicle: open.vehicle.clone(),
        size: open.size,
        lane: open.lane,
        arrived: draft.at,
        operator: open.operator.clone(),
        second_because: None,
        signings: Vec::new(),
        source: open.source,
        state: VisitState::Open,
        sale: Sale::default(),
        supplement: Sale::default(),
        further: Vec::new(),
        debt: None,
        stay: stay(draft, place.trade, &open.terms),
        subscriber: None,
        category: None,
        entry: Entry::default(),
        chain: id,
        replaces: None,
        follows: open.follows,
        parts: earlier.map(parts).unwrap_or_default(),
        documents: Vec::new(),
        terms: open.terms.clone(),
        right: None,
        trip: (client_type == ClientType::Rental).then(|| open.trip.clone().unwrap_or_default()),
        rental: None,
        lease: None,
        work: None,
        amount: None,
        board: OnBoard::default(),
        correction: None,
    }
}

/// A car park's visit on no other terms is priced by its tariff, in the version that holds now; before the first one it is priced by hand.
fn stay(draft: &Draft, trade: Trade, terms: &ServiceTerms) -> Option<Stay> {
    let by_the_hour = trade == Trade::Parking && terms.is_one_off();
    let tariff = draft.settings.parking.tariff.as_ref().filter(|_| by_the_hour)?;
    Stay::begin(tariff, draft.at).ok()
}

/// The earlier visit and those before it.
fn parts(earlier: &Visit) -> Vec<Part> {
    let last = Part { visit: earlier.id, chain: earlier.chain };
    earlier.parts.iter().copied().chain([last]).collect()
}

/// The next reference of this terminal, for a visit or an order.
pub(super) fn next_reference(draft: &Draft) -> Reference {
    let given = |event: &&Event| matches!(event, Event::VisitOpened { .. } | Event::OrderOpened { .. });
    let given = draft.decision.events.iter().filter(given).count() as u64;
    Reference { terminal: draft.settings.terminal.clone(), number: draft.state.last_reference + 1 + given }
}

/// Moment 1 of a visit.
pub(super) fn create(draft: &Draft, visit: &Visit, note: Option<Text>) -> Told {
    Told::Create {
        client_type: visit.client_type,
        branch: visit.branch,
        mixed: draft.settings.registry.mixed && visit.client_type == ClientType::ParkingWash,
        plate: visit.plate.clone(),
        vehicle: visit.vehicle.clone(),
        arrived: visit.arrived,
        replaces: visit.replaces.map(|visit| Earlier::Visit { visit }).or(visit.follows),
        mark: visit.reference.mark(),
        note,
        terms: visit.terms.clone(),
        trip: visit.trip.clone(),
    }
}
