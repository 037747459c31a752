//! A car park's exceptions, each a flow of its own: the driver has no ticket, a vehicle stands at the exit and has no visit,
//! its time is wrong, nobody pays, nobody saw it leave. Whatever it is, the vehicle at the exit is never stuck.

use super::{Decided, Draft, Stop, arrive, depart, parking, price_is_open, serve, validation};
use crate::app::effect::Notice;
use crate::app::input::{By, OpenVisit};
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::parking::{Basis, PricedFrom, Stay};
use crate::domain::plate::Plate;
use crate::domain::settings::Trade;
use crate::domain::text::Text;
use crate::domain::ticket::TicketFate;
use crate::domain::time::Stamp;
use crate::domain::visit::{Debt, StepRefused, Visit};

/// What the registry is told beside an entry that is made when its vehicle wants to leave.
const FOUND: &str = "εκ των υστέρων, βρέθηκε στην έξοδο";

/// The driver has no ticket that can be read. The price stays the real one; the reason stands on the paper.
pub(super) fn ticket_gone(
    draft: &mut Draft,
    id: VisitId,
    fate: TicketFate,
    operator: &OperatorId,
) -> Decided {
    let visit = draft.visit(id)?;
    let stay = stay_of(visit)?;
    if stay.ticket != fate {
        draft.event(Event::TicketGone { visit: id, fate, operator: operator.clone() });
    }
    Ok(())
}

/// A vehicle at the exit that nobody saw come: its visit begins now, and says so to the registry; there was no outage. It is
/// priced by the fee for a lost ticket, or by a person with the right.
pub(super) fn open(
    draft: &mut Draft,
    open: &OpenVisit,
    price: Option<Cents>,
    reason: &str,
    by: &By,
) -> Decided {
    draft.require_disk()?;
    let reason = reason_of(reason)?;
    let place = draft.settings.establishment(Some(Trade::Parking)).ok_or(Refusal::TradeNotHere)?;
    let tariff = draft.settings.parking.tariff.as_deref().ok_or(Refusal::NoStay)?;
    let plate = Plate::parse(&open.entry, &open.plate).map_err(Refusal::Plate)?;
    arrive::check_vehicle(place.trade.client_type(), &plate, &open.vehicle)?;
    if let Some(inside) = draft.state.inside(&plate, place.trade.client_type()) {
        return Err(Refusal::AlreadyInside { visit: inside.id }.into());
    }
    let basis = match price {
        Some(price) => agreed(draft, price, reason, by)?,
        None => {
            let fee = tariff.lost_ticket(draft.at.utc).map_err(Refusal::NoPrice)?;
            fee.ok_or(Refusal::NoLostFee)?;
            Basis::LostTicket
        }
    };
    let mut visit = arrive::begin(draft, open, place, plate, None);
    let stay = Stay::begin(tariff, draft.at).map_err(Refusal::NoPrice)?;
    visit.stay = Some(Stay { ticket: TicketFate::Lost, basis, ..stay });
    let told = arrive::create(draft, &visit, Some(Text::new(FOUND)));
    draft.event(Event::VisitOpened { visit: Box::new(visit.clone()) });
    draft.queue_checked(&visit, told)?;
    let operator = by.operator.clone();
    draft.event(Event::TicketGone { visit: visit.id, fate: TicketFate::Lost, operator });
    draft.tell(Notice::Opened { visit: visit.id, warning: visit.plate.warning() });
    Ok(())
}

/// The time a stay is charged from is put right. What the registry was told stays.
pub(super) fn price_from(draft: &mut Draft, id: VisitId, from: Stamp, reason: &str, by: &By) -> Decided {
    let visit = draft.visit(id)?;
    stay_of(visit)?;
    unpaid(visit)?;
    let reason = reason_of(reason)?;
    if from > draft.at {
        return Err(Refusal::Time.into());
    }
    let tried = Visit { stay: visit.stay.clone().map(|stay| with_time(stay, from)), ..visit.clone() };
    parking::bill(draft, &tried, draft.at)?;
    let approved_by = draft.require(Right::EditPricedTime, by)?;
    let from = PricedFrom { at: from, reason, approved_by };
    draft.event(Event::PricedTimeEdited { visit: id, from, operator: by.operator.clone() });
    Ok(())
}

fn with_time(stay: Stay, at: Stamp) -> Stay {
    let from = PricedFrom { at, reason: Text::default(), approved_by: OperatorId(String::new()) };
    Stay { from: Some(from), ..stay }
}

/// A person with the right makes the price: where the tariff has none, or the car park owes the driver one.
pub(super) fn agree(draft: &mut Draft, id: VisitId, price: Cents, reason: &str, by: &By) -> Decided {
    let visit = draft.visit(id)?;
    stay_of(visit)?;
    unpaid(visit)?;
    let reason = reason_of(reason)?;
    let basis = agreed(draft, price, reason, by)?;
    draft.event(Event::PriceAgreed { visit: id, basis, operator: by.operator.clone() });
    Ok(())
}

fn agreed(draft: &Draft, price: Cents, reason: Text, by: &By) -> Result<Basis, Stop> {
    if price <= Cents::ZERO {
        return Err(Refusal::Amount.into());
    }
    let approved_by = draft.require(Right::SetPrice, by)?;
    Ok(Basis::Agreed { price, reason, approved_by })
}

/// The vehicle is let go and what is due is owed. It needs no right, and stands on the list until it is paid.
pub(super) fn release(
    draft: &mut Draft,
    id: VisitId,
    debtor: &str,
    reason: &str,
    operator: &OperatorId,
) -> Decided {
    let visit = draft.visit(id)?;
    let reason = reason_of(reason)?;
    let owing = owe(draft, visit, draft.at, Text::new(debtor), reason, operator)?;
    depart::let_go(draft, owing, operator, None)
}

/// What is due at an instant is owed from now on. Where nobody can say what a stay costs the sum is nothing, and the reason
/// stays.
fn owe(
    draft: &mut Draft,
    visit: &Visit,
    at: Stamp,
    debtor: Text,
    reason: Text,
    operator: &OperatorId,
) -> Result<Visit, Stop> {
    let (id, size) = (visit.id, visit.size);
    let bill = draft.settings.bill(visit, at);
    if bill.as_ref().is_ok_and(|bill| draft.settings.leaves_free(bill)) {
        return Err(Refusal::NothingDue.into());
    }
    let sale = bill.map(|bill| bill.sale).unwrap_or_default();
    let total = sale.totals().gross;
    let debt = Debt { total, debtor, reason, released_by: operator.clone() };
    if visit.is_paid() {
        draft.event(Event::SupplementChosen { visit: id, sale });
        draft.event(Event::ReleasedOwing { visit: id, debt, operator: operator.clone() });
    } else {
        unpaid(visit)?;
        let category = serve::category_of(draft.settings, visit, &sale);
        validation::use_up(draft, visit, &sale, None);
        draft.event(Event::ServiceChosen { visit: id, size, sale, category: category.clone() });
        draft.event(Event::ReleasedOwing { visit: id, debt, operator: operator.clone() });
        serve::tell_service(draft, visit, category.as_ref(), visit.amount);
    }
    draft.as_decided(visit)
}

/// A vehicle that is gone, or will not be driven out: towed away, abandoned. What it would have paid until then is owed.
pub(super) fn close_missed(draft: &mut Draft, id: VisitId, left: Stamp, reason: &str, by: &By) -> Decided {
    let visit = draft.visit(id)?;
    let reason = reason_of(reason)?;
    if left > draft.at || left < visit.arrived {
        return Err(Refusal::Time.into());
    }
    let approved_by = draft.require(Right::CloseMissed, by)?;
    let free = draft.settings.bill(visit, left).ok().filter(|bill| draft.settings.leaves_free(bill));
    let visit = match (visit.state.settlement(), free) {
        (Some(_), _) => visit.clone(),
        (None, Some(bill)) => parking::free(draft, visit, &bill.sale, reason, &approved_by)?,
        (None, None) => owe(draft, visit, left, Text::default(), reason, &approved_by)?,
    };
    depart::was_gone(draft, visit, left, &by.operator)
}

fn stay_of(visit: &Visit) -> Result<&Stay, Stop> {
    visit.stay.as_ref().ok_or(Stop::Refused(Refusal::NoStay))
}

/// Its price may still be made.
fn unpaid(visit: &Visit) -> Decided {
    if visit.is_paid() {
        return Err(Refusal::Step(StepRefused::AlreadyPaid).into());
    }
    if price_is_open(&visit.state) { Ok(()) } else { Err(Refusal::PriceFixed.into()) }
}

fn reason_of(reason: &str) -> Result<Text, Stop> {
    let reason = Text::new(reason);
    if reason.is_empty() { Err(Refusal::ReasonMissing.into()) } else { Ok(reason) }
}
