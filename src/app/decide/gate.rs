//! Barriers that go up by themselves: for who has come in, and for who may leave. It is decided in the same decision as what
//! allows it, and so written down before; once for each car.

use super::Draft;
use crate::app::effect::{Effect, Notice};
use crate::domain::device::{BarrierOpening, DeviceId};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use crate::domain::paper::{Paper, PrintOutcome};
use crate::domain::text::{Language, Text};
use crate::domain::visit::Visit;

/// A barrier that was opened by hand for a car at most so long ago has let it through.
const BY_HAND_S: i64 = 120;
/// The ticket of a car that came longer ago is one that is printed again.
const TICKET_S: i64 = 600;

/// A car before a barrier.
struct Car {
    device: DeviceId,
    visit: VisitId,
    operator: OperatorId,
}

/// Asks for the barriers that this decision lets go up.
pub(super) fn raise(draft: &mut Draft) {
    let rules = &draft.settings.parking;
    if rules.entry_barrier.is_none() && rules.exit_barrier.is_none() {
        return;
    }
    let cars: Vec<Car> = draft.decision.events.iter().filter_map(|event| car(draft, event)).collect();
    for Car { device, visit, operator } in cars {
        // Somebody has opened it for this very car a moment ago, by hand.
        let by_hand = draft.state.live.barriers_by_hand.get(&device);
        let done = by_hand.is_some_and(|(by_hand, at)| {
            *by_hand == visit && (0..=BY_HAND_S).contains(&draft.at.seconds_since(at))
        });
        if !draft.state.live.devices.contains_key(&device) {
            let text = Text::new(match draft.settings.language {
                Language::El => "δεν είναι συνδεδεμένη",
                Language::En => "it is not connected",
            });
            draft.tell(Notice::Barrier { device, opening: BarrierOpening::NotOpened { text } });
        } else if !done {
            let (visit, reason) = (Some(visit), Text::default());
            let asked = device.clone();
            draft.event(Event::BarrierAsked { device: asked, visit, reason, operator, by_itself: true });
            draft.effect(Effect::OpenBarrier { device });
        }
    }
}

fn car(draft: &Draft, event: &Event) -> Option<Car> {
    let rules = &draft.settings.parking;
    let (device, visit, operator) = match event {
        Event::VisitOpened { visit } if has_come(draft, visit) && !rules.entry_waits_for_ticket => {
            (rules.entry_barrier.clone()?, visit.id, visit.operator.clone())
        }
        // Who gets no ticket waits for none.
        Event::VisitOpened { visit } if has_come(draft, visit) && visit.pass().is_some() => {
            (rules.entry_barrier.clone()?, visit.id, visit.operator.clone())
        }
        Event::PaperReported { job, outcome: PrintOutcome::Confirmed | PrintOutcome::Unconfirmed }
            if rules.entry_waits_for_ticket =>
        {
            let Paper::Ticket { visit } = draft.state.papers.get(job)?.paper else { return None };
            // A ticket that is printed again lets nobody in.
            let waits = draft.state.visits.get(&visit).filter(|visit| {
                let just_come = (0..=TICKET_S).contains(&draft.at.seconds_since(&visit.arrived));
                just_come && !draft.state.live.let_in.contains(&visit.id)
            })?;
            (rules.entry_barrier.clone()?, visit, waits.operator.clone())
        }
        Event::SubscriberCame { visit, operator, .. } => {
            (rules.entry_barrier.clone()?, *visit, operator.clone())
        }
        Event::SubscriberWent { visit, operator, at, .. } if *at == draft.at => {
            (rules.exit_barrier.clone()?, *visit, operator.clone())
        }
        Event::VisitClosed { visit, operator, estimated: false, .. } if was_parked(draft, *visit) => {
            (rules.exit_barrier.clone()?, *visit, operator.clone())
        }
        _ => return None,
    };
    Some(Car { device, visit, operator })
}

/// It stands at the entry: it is none that goes on under another plate or another period, was found at the exit, or is
/// only taken over from the registry.
fn has_come(draft: &Draft, visit: &Visit) -> bool {
    let found = visit.stay.as_ref().is_some_and(|stay| !stay.basis.is_tariff());
    let goes_on = |event: &Event| match event {
        Event::RightOver { visit: over, inside: true, .. } => {
            draft.state.visits.get(over).is_some_and(|before| before.plate == visit.plate)
        }
        _ => false,
    };
    let goes_on = draft.decision.events.iter().any(goes_on);
    visit.takes_a_place() && visit.arrived == draft.at && visit.replaces.is_none() && !found && !goes_on
}

/// It stood here before this decision, or goes on in it under the right plate.
fn was_parked(draft: &Draft, id: VisitId) -> bool {
    let corrected = draft.decision.events.iter().find_map(|event| match event {
        Event::VisitOpened { visit } if visit.id == id => Some(&**visit),
        _ => None,
    });
    draft.state.visits.get(&id).or(corrected).is_some_and(Visit::takes_a_place)
}
