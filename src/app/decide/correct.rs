//! A wrong plate. Before anything was sent it is a plain edit; once the registry has the entry it is a cancellation
//! and a new entry that names the old one, also after the vehicle has left; while nobody knows, it waits.

use super::{Decided, Draft, arrive, depart, deposit, pack, serve};
use crate::app::effect::{Notice, Question};
use crate::app::input::{By, Input};
use crate::app::refusal::{Refusal, RentalRefusal};
use crate::domain::entry::{ClientType, Entry, MessageKind, MessageState, Moment, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::Right;
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::text::Text;
use crate::domain::visit::{Correction, Step, ToldDocument, VehicleFacts, Visit};

/// Corrects the plate of a visit; one whose vehicle has left is read first.
pub(super) fn correct(
    draft: &mut Draft,
    id: VisitId,
    typed: &str,
    entry: &PlateEntry,
    vehicle: &VehicleFacts,
    by: &By,
) -> Decided {
    if let Some(visit) = draft.state.visits.get(&id) {
        return correct_visit(draft, visit, typed, entry, vehicle, by);
    }
    let (plate, entry, vehicle, by) = (typed.to_owned(), entry.clone(), vehicle.clone(), by.clone());
    let wanted = Box::new(Input::CorrectPlate { visit: id, plate, entry, vehicle, by });
    draft.ask(Question::Visit { visit: id, wanted });
    Ok(())
}

/// Corrects the plate of a visit at hand.
pub(super) fn correct_visit(
    draft: &mut Draft,
    visit: &Visit,
    typed: &str,
    entry: &PlateEntry,
    vehicle: &VehicleFacts,
    by: &By,
) -> Decided {
    visit.state.after(Step::Replace(visit.id)).map_err(Refusal::Step)?;
    pack::refuse_by_pack(visit)?;
    let plate = Plate::parse(entry, typed).map_err(Refusal::Plate)?;
    arrive::check_vehicle(visit.client_type, &plate, vehicle)?;
    if plate == visit.plate && *vehicle == visit.vehicle {
        return Err(Refusal::SamePlate.into());
    }
    if visit.client_type == ClientType::Rental && !draft.settings.rental.lets(&plate) {
        return Err(RentalRefusal::NotInFleet.into());
    }
    let other = draft.state.inside(&plate, visit.client_type).filter(|inside| inside.id != visit.id);
    if let Some(inside) = other.filter(|_| visit.state.is_inside()) {
        return Err(Refusal::AlreadyInside { visit: inside.id }.into());
    }
    if let Some(message) = create_never_sent(visit) {
        edit(draft, visit, message, &plate, vehicle, by);
        return Ok(());
    }
    let approved_by = draft.require(Right::CorrectEntry, by)?;
    let correction =
        Correction { plate, vehicle: vehicle.clone(), operator: by.operator.clone(), approved_by };
    carry_out_or_wait(draft, visit, correction)
}

fn create_never_sent(visit: &Visit) -> Option<&Moment> {
    visit.entry.create.as_ref().filter(|moment| moment.state == MessageState::Queued && !moment.tried)
}

fn edit(draft: &mut Draft, visit: &Visit, create: &Moment, plate: &Plate, vehicle: &VehicleFacts, by: &By) {
    let corrected = Visit { plate: plate.clone(), vehicle: vehicle.clone(), ..visit.clone() };
    let told = arrive::create(draft, &corrected, None);
    draft.event(Event::PlateEdited {
        visit: visit.id,
        plate: plate.clone(),
        vehicle: vehicle.clone(),
        operator: by.operator.clone(),
    });
    draft.event(Event::MessageAmended { about: create.about(visit.id, MessageKind::Create), told });
}

fn carry_out_or_wait(draft: &mut Draft, visit: &Visit, correction: Correction) -> Decided {
    let create = visit.entry.create.as_ref().map(|moment| moment.state);
    match create {
        _ if visit.entry.id.is_some() => {
            replace(draft, visit, &correction);
        }
        // A refused create left nothing to cancel; what was refused is told again with the right plate.
        Some(MessageState::Rejected) => {
            replace(draft, visit, &correction);
        }
        _ if visit.correction.is_some() => return Err(Refusal::CorrectionWaits.into()),
        // Nobody would be there to do it later: the messages go out one after another, so the order is right all the same.
        _ if !visit.state.is_inside() => {
            replace(draft, visit, &correction);
        }
        _ => {
            draft.event(Event::CorrectionAsked { visit: visit.id, correction });
            draft.tell(Notice::CorrectionWaits);
        }
    }
    Ok(())
}

/// The create of a visit is confirmed: a correction that waited is carried out.
pub(super) fn create_confirmed(draft: &mut Draft, visit: VisitId, entry: i64) {
    let Some(visit) = draft.state.visits.get(&visit) else { return };
    if let Some(correction) = &visit.correction {
        let mut confirmed = visit.clone();
        confirmed.entry.id = Some(entry);
        if let Some(moment) = &mut confirmed.entry.create {
            moment.state = MessageState::Confirmed;
        }
        replace(draft, &confirmed, correction);
    }
}

/// The create of a visit is provably not at the registry: a correction that waited becomes a plain edit of what is
/// told now.
pub(super) fn create_absent(draft: &mut Draft, visit: VisitId) {
    let Some(visit) = draft.state.visits.get(&visit) else { return };
    if let (Some(correction), Some(create)) = (&visit.correction, &visit.entry.create) {
        let by =
            By { operator: correction.operator.clone(), approved_by: Some(correction.approved_by.clone()) };
        edit(draft, visit, create, &correction.plate, &correction.vehicle, &by);
    }
}

/// Cancels the entry and opens the visit that continues it, which it returns: true arrival, service, lane and settlement
/// follow.
pub(super) fn replace(draft: &mut Draft, visit: &Visit, correction: &Correction) -> Visit {
    let id = VisitId(draft.ids.uuid());
    let next = Visit {
        id,
        reference: arrive::next_reference(draft),
        plate: correction.plate.clone(),
        vehicle: correction.vehicle.clone(),
        entry: Entry::default(),
        documents: Vec::new(),
        replaces: Some(visit.id),
        correction: None,
        ..visit.clone()
    };
    let arrival = Text::new(&format!("είσοδος {}", visit.arrived.printed_exactly()));
    let told = arrive::create(draft, &next, Some(arrival));
    draft.event(Event::VisitReplaced {
        visit: visit.id,
        by: id,
        operator: correction.operator.clone(),
        approved_by: correction.approved_by.clone(),
    });
    depart::withdraw_or_cancel(draft, visit);
    draft.event(Event::VisitOpened { visit: Box::new(next.clone()) });
    draft.queue(&next, told);
    let fresh = Visit { category: None, amount: None, ..next.clone() };
    serve::tell_service(draft, &fresh, next.category.as_ref(), next.amount);
    depart::tell_departure(draft, &next);
    move_documents(draft, visit, &next);
    deposit::follow(draft, visit, &next);
    next
}

/// Documents that were issued for the wrong plate now belong to the visit that continues; and every document told for the
/// wrong entry is told again for the right one.
fn move_documents(draft: &mut Draft, from: &Visit, next: &Visit) {
    for (document, _) in next.paid_with() {
        draft.event(Event::DocumentMoved { document, visit: from.id, to: next.id });
    }
    tell_documents(draft, from, next);
}

/// Every document told for the entry of one visit, ours or issued elsewhere, is told again for that of another, or for a new
/// entry of its own.
pub(super) fn tell_documents(draft: &mut Draft, from: &Visit, to: &Visit) {
    let mut told = from.documents.clone();
    for (document, name) in to.paid_with() {
        // A journal from before visits kept their documents has it here alone.
        let own = name.map(|name| ToldDocument { document: Some(document), name: name.clone() });
        told.extend(own.into_iter().filter(|own| !from.documents.iter().any(|kept| kept.name == own.name)));
    }
    for ToldDocument { document, name } in told {
        draft.queue(to, Told::Correlate { document, name, also: Vec::new() });
    }
}
