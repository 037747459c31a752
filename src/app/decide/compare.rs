//! What the registry lists, compared with what is here: after the start, after each outage, once a day, and when a person
//! asks. Nothing is put right by itself; each difference stands on the list with its ways out.
//!
//! Presence at the registry is proof. Absence is not, until two complete listings a minute apart have not shown it: the
//! same rule as for look-ups.

use super::{Decided, Draft, LiveChange, arrive, correct, depart, registry, serve};
use crate::aade::worker::PAGES_MAX;
use crate::app::effect::{Effect, MessageWish, Notice, Question};
use crate::app::input::{By, Input, OpenVisit, RegistryInput};
use crate::app::refusal::Refusal;
use crate::domain::catalogue::Size;
use crate::domain::difference::{
    Comparison, Difference, DifferenceId, ListedPage, ListedVehicle, PageWanted, WayOut,
};
use crate::domain::entry::{Entry, Message, MessageKind, MessageState, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::terms::Earlier;
use crate::domain::time::Stamp;
use crate::domain::visit::{PlateSource, Visit};
use std::collections::BTreeSet;

/// A comparison whose next page has not come for so long is begun anew: the task that read it died.
const STALE_S: i64 = 600;
/// One that failed is begun anew after so long.
const AGAIN_S: i64 = 300;

/// Says when the next comparison is due, and begins it when it is and nothing else speaks to the registry.
pub(super) fn begin_when_due(draft: &mut Draft, input: &Input) {
    let rules = &draft.settings.registry;
    if rules.compare_every_h == 0 {
        return;
    }
    let restored = draft.decision.events.iter().any(|event| matches!(event, Event::LinkRestored));
    // With the clock set back, the instant planned before would be far away.
    if restored || matches!(input, Input::Started { .. } | Input::ClockStepped { .. }) {
        let at = draft.at.moved(rules.compare_after_s);
        plan(draft, at, BTreeSet::new());
        return;
    }
    let wanted = matches!(input, Input::Registry(RegistryInput::CompareNow)) || due(draft);
    if wanted && may_begin(draft) {
        let upto = draft.state.outbox.highest_id;
        let after = draft.state.compared.map_or(0, |compared| compared.upto);
        carry_on(draft, Comparison::begin(after, upto, draft.at));
    }
}

fn due(draft: &Draft) -> bool {
    draft.state.live.compare_at.is_some_and(|at| at <= draft.at)
}

/// Nothing is in the air or about to be, and the registry can be reached as far as is known.
fn may_begin(draft: &Draft) -> bool {
    let live = &draft.state.live;
    let under_way = |comparison: &Comparison| draft.at.seconds_since(&comparison.touched) < STALE_S;
    let speaks = |effect: &Effect| {
        matches!(
            effect,
            Effect::Exchange { .. }
                | Effect::LookUp { .. }
                | Effect::List { .. }
                | Effect::Ask(Question::Due { .. } | Question::Compare { .. } | Question::Unlisted { .. })
        )
    };
    let link = &draft.state.link;
    let decided_over = draft.decision.live.iter().any(|change| matches!(change, LiveChange::Comparison(_)));
    !live.disk_full
        && !decided_over
        && link.lost.is_none()
        && !link.unauthorized
        && live.not_before.is_none_or(|until| until <= draft.at)
        && registry::messages_in_air(draft) == 0
        && !draft.decision.effects.iter().any(speaks)
        && !live.comparison.as_ref().is_some_and(under_way)
}

fn plan(draft: &mut Draft, at: Stamp, suspects: BTreeSet<DifferenceId>) {
    draft.decision.live.push(LiveChange::CompareAt { at, suspects });
}

fn carry_on(draft: &mut Draft, comparison: Comparison) {
    let wanted = comparison.wanted();
    draft.decision.live.push(LiveChange::Comparison(Some(Box::new(comparison))));
    draft.effect(Effect::List { wanted });
}

/// A page came: the store says what differs.
pub(super) fn listed(draft: &mut Draft, wanted: &PageWanted, page: &ListedPage) -> Decided {
    if awaits(draft, wanted) {
        draft.ask(Question::Compare { page: page.clone() });
    }
    Ok(())
}

/// It did not come. That says nothing of the link: what is sent and looked up says it.
pub(super) fn failed(draft: &mut Draft, wanted: &PageWanted) -> Decided {
    if awaits(draft, wanted) {
        give_up(draft);
    }
    Ok(())
}

fn awaits(draft: &Draft, wanted: &PageWanted) -> bool {
    draft.state.live.comparison.as_ref().is_some_and(|comparison| comparison.wanted() == *wanted)
}

fn give_up(draft: &mut Draft) {
    draft.decision.live.push(LiveChange::Comparison(None));
    let suspects = draft.state.live.suspects.clone();
    let at = second_look(draft).into_iter().chain([draft.at.moved(AGAIN_S)]).max();
    plan(draft, at.unwrap_or(draft.at), suspects);
}

/// When what one listing did not show may be looked for again; nothing when nothing is suspected.
fn second_look(draft: &Draft) -> Option<Stamp> {
    draft.state.live.compare_at.filter(|_| !draft.state.live.suspects.is_empty())
}

/// A page was compared: read the next, or ask what no page showed.
pub(super) fn compared(draft: &mut Draft, page: &ListedPage, found: &[Difference]) -> Decided {
    let Some(mut comparison) = draft.state.live.comparison.clone() else { return Ok(()) };
    comparison.add(page, found, draft.at);
    if comparison.pages >= PAGES_MAX {
        give_up(draft);
        return Ok(());
    }
    match &page.next {
        Some(_) => carry_on(draft, comparison),
        None => {
            let Comparison { after, upto, listed, cancelled, .. } = comparison.clone();
            draft.decision.live.push(LiveChange::Comparison(Some(Box::new(comparison))));
            draft.ask(Question::Unlisted { after, upto, listed, cancelled });
        }
    }
    Ok(())
}

/// Everything was read.
pub(super) fn unlisted(draft: &mut Draft, missing: &[Difference]) -> Decided {
    let Some(comparison) = &draft.state.live.comparison else { return Ok(()) };
    draft.decision.live.push(LiveChange::Comparison(None));
    let cancelled = |difference: &Difference| {
        difference.vehicle().is_some_and(|vehicle| comparison.cancelled.contains(&vehicle.entry))
    };
    for difference in comparison.found.iter().filter(|difference| !cancelled(difference)) {
        found(draft, difference);
    }
    for over in draft.state.differences.values().filter(|difference| cancelled(difference)) {
        settled(draft, over.id(), WayOut::Over, None);
    }
    let suspects = &draft.state.live.suspects;
    // A person who asks twice within the minute has not waited for it.
    let too_early = second_look(draft).filter(|at| comparison.begun < *at);
    let (proven, new): (Vec<_>, Vec<_>) =
        missing.iter().partition(|difference| too_early.is_none() && suspects.contains(&difference.id()));
    for difference in proven {
        found(draft, difference);
    }
    let rules = &draft.settings.registry;
    if new.is_empty() {
        // Without a number of ours yet, what others did before us need not be read again.
        let upto = if comparison.upto > 0 { comparison.upto } else { comparison.highest };
        draft.event(Event::RegistryCompared { upto });
        let at = draft.at.moved(i64::from(rules.compare_every_h) * 3_600);
        plan(draft, at, BTreeSet::new());
    } else {
        let suspects = new.iter().map(|difference| difference.id()).collect();
        plan(draft, draft.at.moved(rules.lookup_gap_s), suspects);
    }
    Ok(())
}

fn found(draft: &mut Draft, difference: &Difference) {
    draft.event(Event::DifferenceFound { difference: Box::new(difference.clone()) });
}

fn settled(draft: &mut Draft, difference: DifferenceId, way: WayOut, operator: Option<OperatorId>) {
    draft.event(Event::DifferenceSettled { difference, way, operator });
}

/// A person decides about a difference.
pub(super) fn settle(draft: &mut Draft, id: &DifferenceId, way: WayOut, by: &By) -> Decided {
    let difference = draft.state.differences.get(id).ok_or(Refusal::NoSuchDifference)?;
    if !difference.ways_out().contains(&way) {
        return Err(Refusal::NoSuchDifference.into());
    }
    let operator = draft.require(Right::CorrectEntry, by)?;
    match (way, difference) {
        (WayOut::Adopt, _) => {
            let vehicle = difference.vehicle().ok_or(Refusal::NoSuchDifference)?;
            adopt(draft, vehicle, &operator)?;
        }
        (WayOut::CancelThere, _) => {
            let vehicle = difference.vehicle().ok_or(Refusal::NoSuchDifference)?;
            // No visit's own: what becomes of it stands among the messages, and moves no visit.
            let nobody = VisitId(draft.ids.uuid());
            draft.queue_in(nobody, nobody, Told::Cancel { entry: Some(vehicle.entry) });
        }
        (WayOut::TellAgain, Difference::Missing { message, .. }) => {
            let wish = MessageWish::TellAnew { difference: id.clone(), operator };
            draft.ask(Question::Message { message: *message, wish });
            return Ok(());
        }
        (WayOut::TellAgain, Difference::CancelledThere { visit, .. }) => {
            let wanted = Box::new(Input::Registry(RegistryInput::SettleDifference {
                difference: id.clone(),
                way,
                by: by.clone(),
            }));
            draft.ask(Question::Visit { visit: *visit, wanted });
            return Ok(());
        }
        _ => {}
    }
    settled(draft, id.clone(), way, Some(operator));
    Ok(())
}

/// What the registry confirmed and does not list is told once more, as a new message.
pub(super) fn tell_anew(
    draft: &mut Draft,
    message: &Message,
    difference: &DifferenceId,
    operator: &OperatorId,
) -> Decided {
    if !draft.state.differences.contains_key(difference) {
        return Err(Refusal::NoSuchDifference.into());
    }
    draft.queue_in(message.visit, message.chain, message.told.clone());
    settled(draft, difference.clone(), WayOut::TellAgain, Some(operator.clone()));
    Ok(())
}

/// The visit whose entry was cancelled there was read: it gets a new entry that names the old one, and is told whole.
pub(super) fn retell(draft: &mut Draft, visit: &Visit, difference: &DifferenceId, by: &By) -> Decided {
    let Some(Difference::CancelledThere { entry, .. }) = draft.state.differences.get(difference) else {
        return Err(Refusal::NoSuchDifference.into());
    };
    let operator = draft.require(Right::CorrectEntry, by)?;
    let mut told = arrive::create(draft, visit, None);
    if let Told::Create { replaces, .. } = &mut told {
        *replaces = Some(Earlier::Entry { id: *entry });
    }
    draft.queue(visit, told);
    let untold = Visit { category: None, amount: None, entry: Entry::default(), ..visit.clone() };
    serve::tell_service(draft, &untold, visit.category.as_ref(), visit.amount);
    depart::tell_departure(draft, visit);
    correct::tell_documents(draft, visit, visit);
    settled(draft, difference.clone(), WayOut::TellAgain, Some(operator));
    Ok(())
}

/// The entry becomes that of the vehicle inside: of the open visit that has none yet, or of a visit opened for it.
fn adopt(draft: &mut Draft, vehicle: &ListedVehicle, operator: &OperatorId) -> Decided {
    let client_type = vehicle.client_type.ok_or(Refusal::TradeNotHere)?;
    let trade = *draft.settings.trades_of(client_type).first().ok_or(Refusal::TradeNotHere)?;
    let plate = vehicle.plate().map_err(Refusal::Plate)?;
    let same = |visit: &&Visit| visit.client_type == client_type && visit.plate.text == plate.text;
    // Of two visits of one vehicle, the one that has no entry yet.
    let open = draft.state.visits.values().filter(same).min_by_key(|visit| visit.entry.id.is_some());
    match open {
        Some(visit) => join(draft, visit, vehicle.entry),
        None => {
            draft.require_disk()?;
            let mut open = OpenVisit::new(&plate.text, Size::Small, operator.clone());
            open.source = PlateSource::Typed;
            let place = draft.settings.establishment(Some(trade)).ok_or(Refusal::TradeNotHere)?;
            let mut visit = arrive::begin(draft, &open, place, plate, None);
            visit.arrived = vehicle.created.unwrap_or(draft.at).min(draft.at);
            visit.branch = vehicle.branch.unwrap_or(visit.branch);
            visit.entry.id = Some(vehicle.entry);
            draft.event(Event::VisitOpened { visit: Box::new(visit.clone()) });
            draft.tell(Notice::Opened { visit: visit.id, warning: visit.plate.warning() });
            Ok(())
        }
    }
}

/// The entry of a visit whose own create never got there.
fn join(draft: &mut Draft, visit: &Visit, entry: i64) -> Decided {
    if visit.entry.id.is_some() {
        return Err(Refusal::AlreadyInside { visit: visit.id }.into());
    }
    if let Some(create) = &visit.entry.create {
        let never_sent = create.state == MessageState::Queued && !create.tried;
        if !never_sent && create.state != MessageState::Rejected {
            return Err(Refusal::StillBeingTold.into());
        }
        let about = create.about(visit.id, MessageKind::Create);
        draft.event(Event::MessageWithdrawn { about, from: create.state });
    }
    draft.event(Event::EntryAdopted { visit: visit.id, entry });
    Ok(())
}
