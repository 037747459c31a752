//! Devices: which ones are looked after, how each is, what they say, and the barrier.

use super::{Decided, Draft, LiveChange};
use crate::app::effect::{Effect, Notice};
use crate::app::refusal::Refusal;
use crate::device::DeviceAddress;
use crate::domain::device::{
    BarrierOpening, Condition, DeviceId, DeviceKind, DeviceSeen, ScaleReading, Weighed,
};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::text::{Language, Text};
use crate::domain::time::Stamp;
use tameio_drivers::display::priced;

/// A drawer that is seen open so long after it was asked for is still the opening that was asked for.
const DRAWER_ASKED_MS: i64 = 10_000;
/// The same for a barrier, which rises slowly and stays up while a vehicle stands below it.
const BARRIER_ASKED_MS: i64 = 30_000;

/// A device is looked after. Until it was looked for it is not there.
pub(super) fn attached(draft: &mut Draft, device: &DeviceId, address: &Text) -> Decided {
    let seen = DeviceSeen { address: address.clone(), condition: Condition::Absent, since: draft.at };
    draft.decision.live.push(LiveChange::Device { device: device.clone(), seen: Some(seen) });
    match device.kind {
        DeviceKind::Scale => draft.decision.live.push(LiveChange::Weighed(None)),
        DeviceKind::CardTerminal => super::card::attached(draft),
        _ => {}
    }
    Ok(())
}

/// A device is not looked after any more.
pub(super) fn detached(draft: &mut Draft, device: &DeviceId) -> Decided {
    draft.decision.live.push(LiveChange::Device { device: device.clone(), seen: None });
    Ok(())
}

/// A device is in another condition. One that was taken away meanwhile has none.
pub(super) fn seen(draft: &mut Draft, device: &DeviceId, condition: &Condition) -> Decided {
    let known = draft.state.live.devices.get(device).filter(|known| known.condition != *condition);
    if let Some(known) = known {
        let seen = DeviceSeen { condition: condition.clone(), since: draft.at, ..known.clone() };
        draft.decision.live.push(LiveChange::Device { device: device.clone(), seen: Some(seen) });
        if device.kind == DeviceKind::Scale && *condition != Condition::Ready {
            draft.decision.live.push(LiveChange::Weighed(None));
        }
    }
    Ok(())
}

/// Another device or address is chosen. No right is asked for: the night attendant swaps the printer. Who did it is a fact.
pub(super) fn assign(
    draft: &mut Draft,
    device: &DeviceId,
    address: Option<&str>,
    configured: Option<&str>,
    operator: &OperatorId,
) -> Decided {
    let address = address.map(str::trim).filter(|address| !address.is_empty());
    if let Some(address) = address {
        let read =
            DeviceAddress::parse(device.kind, address).map_err(|why| Refusal::DeviceAddress { why })?;
        if read.is_simulated() && !draft.settings.practice {
            return Err(Refusal::SimulatedDevice.into());
        }
    }
    let text = |text: Option<&str>| text.map(Text::new);
    draft.event(Event::DeviceAssigned {
        device: device.clone(),
        address: text(address),
        configured: text(configured),
        operator: operator.clone(),
    });
    draft.effect(Effect::Attach { device: device.clone(), address: text(address) });
    Ok(())
}

/// A code was read. What it is for depends on the page that is up, which only the screen knows.
pub(super) fn scanned(draft: &mut Draft, device: &DeviceId, code: &str) -> Decided {
    draft.tell(Notice::Scanned { device: device.clone(), code: code.to_owned() });
    Ok(())
}

/// Somebody begins or ends weighing: what was weighed before belongs to another load.
pub(super) fn weigh(draft: &mut Draft, on: bool) -> Decided {
    draft.decision.live.push(LiveChange::Weighed(None));
    draft.effect(Effect::Weigh { on });
    Ok(())
}

/// The scale said something.
pub(super) fn weighed(draft: &mut Draft, reading: ScaleReading) -> Decided {
    draft.decision.live.push(LiveChange::Weighed(Some(Weighed { reading, at: draft.at })));
    Ok(())
}

/// The drawer's switch was looked at.
pub(super) fn drawer_seen(draft: &mut Draft, open: bool) -> Decided {
    let was_shut = draft.state.live.drawer_open == Some(false);
    if open && was_shut && !lately(draft, draft.state.live.drawer_asked, DRAWER_ASKED_MS) {
        draft.event(Event::DrawerOpenedUnasked);
        draft.tell(Notice::DrawerOpen);
    }
    draft.decision.live.push(LiveChange::DrawerOpen(open));
    Ok(())
}

/// A barrier is opened by hand: for a visit, or with a reason.
pub(super) fn open_barrier(
    draft: &mut Draft,
    device: &DeviceId,
    visit: Option<VisitId>,
    reason: &str,
    operator: &OperatorId,
) -> Decided {
    let reason = Text::new(reason);
    let there = device.kind == DeviceKind::Barrier && draft.state.live.devices.contains_key(device);
    if !there {
        return Err(Refusal::NoSuchDevice.into());
    }
    match visit {
        // Who was let go a moment ago stands before it still.
        Some(visit) if draft.state.live.barriers_for.get(device) == Some(&visit) => {}
        Some(visit) if draft.state.away.contains_key(&visit) => {}
        Some(visit) => {
            draft.visit(visit)?;
        }
        None if reason.is_empty() => return Err(Refusal::ReasonMissing.into()),
        None => {}
    }
    let (device, operator) = (device.clone(), operator.clone());
    draft.event(Event::BarrierAsked { device: device.clone(), visit, reason, operator, by_itself: false });
    draft.effect(Effect::OpenBarrier { device });
    Ok(())
}

/// What became of it. What is not sure is said to the person, who can look.
pub(super) fn barrier_reported(draft: &mut Draft, device: &DeviceId, opening: &BarrierOpening) -> Decided {
    draft.event(Event::BarrierReported { device: device.clone(), opening: opening.clone() });
    let sure = matches!(opening, BarrierOpening::SeenOpen | BarrierOpening::Confirmed | BarrierOpening::Sent);
    if !sure {
        draft.tell(Notice::Barrier { device: device.clone(), opening: opening.clone() });
    }
    Ok(())
}

/// A barrier's switch was looked at. The first look only shows how it stands.
pub(super) fn barrier_seen(draft: &mut Draft, device: &DeviceId, up: bool) -> Decided {
    let live = &draft.state.live;
    let was_down = live.barriers_up.get(device) == Some(&false);
    let asked = live.barriers_asked.get(device).copied();
    if up && was_down && !lately(draft, asked, BARRIER_ASKED_MS) {
        draft.event(Event::BarrierOpenedUnasked { device: device.clone() });
        draft.tell(Notice::BarrierUp { device: device.clone() });
    }
    draft.decision.live.push(LiveChange::BarrierUp { device: device.clone(), up });
    Ok(())
}

fn lately(draft: &Draft, asked: Option<Stamp>, within_ms: i64) -> bool {
    asked.is_some_and(|asked| {
        let age = draft.at.utc.as_millisecond() - asked.utc.as_millisecond();
        (0..=within_ms).contains(&age)
    })
}

/// The customer's side of what was decided: the price when a service is chosen, the change when it is paid, a word when
/// the vehicle leaves.
pub(super) fn show_customer(draft: &mut Draft) {
    if !draft.state.live.devices.keys().any(|device| device.kind == DeviceKind::Display) {
        return;
    }
    let lines = draft.decision.events.iter().rev().find_map(|event| customer_lines(draft, event));
    if let Some((upper, lower)) = lines {
        draft.effect(Effect::ShowCustomer { upper, lower });
    }
}

fn customer_lines(draft: &Draft, event: &Event) -> Option<(String, String)> {
    let amount = |cents: Cents| format!("{} €", cents.with_comma());
    match event {
        Event::ServiceChosen { sale, .. } => {
            let name = sale.lines.last()?.name.get(draft.settings.language);
            let due = sale.totals().gross;
            Some((name.as_str().to_owned(), priced(say(draft, "Σύνολο", "Total"), &amount(due))))
        }
        Event::OrderLineAdded { order, line, .. } => {
            let before = draft.state.orders.get(order).map(|order| order.unpaid()).unwrap_or_default();
            let due = before.totals().gross + line.line.gross();
            let name = line.line.name.get(draft.settings.language);
            Some((name.as_str().to_owned(), priced(say(draft, "Σύνολο", "Total"), &amount(due))))
        }
        Event::DocumentNumbered { document, .. } => {
            let (due, change) = (document.totals.gross, document.payment.change);
            Some((
                priced(say(draft, "Σύνολο", "Total"), &amount(due)),
                priced(say(draft, "Ρέστα", "Change"), &amount(change)),
            ))
        }
        Event::VisitClosed { .. } => Some(welcome(draft)),
        _ => None,
    }
}

/// What stands on the display while nothing is sold, and in its test.
fn welcome(draft: &Draft) -> (String, String) {
    let name = draft.settings.business.name.as_str().to_owned();
    (name, say(draft, "Ευχαριστούμε", "Thank you").to_owned())
}

/// The display is tried.
pub(super) fn test_display(draft: &mut Draft) -> Decided {
    let (upper, _) = welcome(draft);
    let lower = priced(say(draft, "Σύνολο", "Total"), "12,50 €");
    draft.effect(Effect::ShowCustomer { upper, lower });
    Ok(())
}

const fn say<'a>(draft: &Draft<'_>, el: &'a str, en: &'a str) -> &'a str {
    match draft.settings.language {
        Language::El => el,
        Language::En => en,
    }
}
