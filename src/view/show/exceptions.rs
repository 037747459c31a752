//! What needs a look at the registry, and what is inside now.

use crate::app::{explain_objection, explain_registry_code};
use crate::domain::difference::{Difference, ListedVehicle, WayOut};
use crate::domain::document::Document;
use crate::domain::entry::{Entry, Message, MessageKind, MessageState, NoNumber};
use crate::domain::issuing::Issuing;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::view::controller::Controller;
use crate::view::generated::{
    App, DocumentStand, EntryWait, ExceptionKind, ExceptionView, Exceptions, InsideView, Moment,
};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let Some(world) = &controller.world else { return };
    let page = app.global::<Exceptions>();
    let compared = world.state.compared.map(|compared| super::clock(compared.at, world.at));
    page.set_compared(compared.unwrap_or_default().into());
    page.set_comparing(world.state.live.comparison.is_some());
    let exceptions = &controller.form.exceptions;
    let messages = exceptions.messages.iter();
    let messages = messages.map(|(visit, message)| of_message(controller, message, visit.as_ref(), world.at));
    let differences = exceptions.differences.iter();
    let differences =
        differences.map(|(visit, difference)| of_difference(difference, visit.as_ref(), world.at));
    let documents = troubled(controller).map(|document| of_document(controller, document, world.at));
    let stays = long_stays(controller).map(|visit| of_long_stay(visit, world.at));
    let owing = world.state.owed.values().map(|visit| of_debt(controller, visit, world.at));
    let rows = documents.chain(messages).chain(differences).chain(owing).chain(stays);
    super::sync(&controller.lists.exceptions, rows.collect());
}

pub(super) fn show_inside(controller: &Controller) {
    let Some(world) = &controller.world else { return };
    let mut visits: Vec<&Visit> = world.state.visits.values().collect();
    visits.sort_by_key(|visit| visit.arrived);
    let row = |visit: &&Visit| InsideView {
        id: super::id_text(visit.id),
        plate: super::face(&visit.plate),
        since: super::clock(visit.arrived, world.at).into(),
        entry: visit.entry.id.map(|id| id.to_string()).unwrap_or_default().into(),
        wait: wait(&visit.entry),
    };
    super::sync(&controller.lists.entries, visits.iter().map(row).collect());
}

/// How many rows stand on the list beside the messages.
pub(super) fn differing(controller: &Controller) -> usize {
    let differences = controller.world.as_ref().map_or(0, |world| world.state.differences.len());
    let owing = controller.world.as_ref().map_or(0, |world| world.state.owed.len());
    differences + owing + long_stays(controller).count() + troubled(controller).count()
}

/// Documents that came to nothing at myDATA, or may have.
fn troubled(controller: &Controller) -> impl Iterator<Item = &Document> {
    let documents = controller.state().into_iter().flat_map(|state| state.unnamed.values());
    documents.filter(|document| {
        !matches!(
            super::documents::stand(document),
            DocumentStand::Elsewhere | DocumentStand::Sending | DocumentStand::Waiting
        )
    })
}

fn of_document(controller: &Controller, document: &Document, now: Stamp) -> ExceptionView {
    let state = document.at_issuer.as_ref().map(|at_issuer| &at_issuer.state);
    let objection = match state {
        Some(Issuing::Rejected { errors }) => errors.first(),
        _ => None,
    };
    let in_doubt = !document.is_named_by_hand();
    let asked = |state: &crate::app::state::State| state.live.issuer.asking.contains(&document.id);
    ExceptionView {
        id: document.id.to_string().into(),
        visit: document.issued_for.subject().visit().map(super::id_text).unwrap_or_default(),
        plate: document.issued_for.plate().map(super::face).unwrap_or_default(),
        kind: match super::documents::stand(document) {
            DocumentStand::Refused => ExceptionKind::DocumentRefused,
            DocumentStand::Withdrawn => ExceptionKind::DocumentWithdrawn,
            _ => ExceptionKind::DocumentUnknown,
        },
        detail: format!(
            "{}-{} · {} · {}",
            document.series,
            document.number,
            words::money(document.totals.gross, controller.form.language),
            super::clock(document.issued, now)
        )
        .into(),
        code: objection.map(|objection| objection.code.clone()).unwrap_or_default().into(),
        sentence: objection
            .map(|objection| explain_objection(objection, controller.form.language))
            .unwrap_or_default()
            .into(),
        busy: controller.state().is_some_and(asked),
        may_look_up: in_doubt,
        may_resend: objection.is_some(),
        may_name: !in_doubt,
        ..ExceptionView::default()
    }
}

fn long_stays(controller: &Controller) -> impl Iterator<Item = &Visit> {
    let world = controller.world.as_ref();
    let visits =
        world.into_iter().flat_map(|world| world.state.visits.values().map(|visit| (visit, world.at)));
    visits.filter(|(visit, at)| controller.settings.is_long_stay(visit, *at)).map(|(visit, _)| visit)
}

fn wait(entry: &Entry) -> EntryWait {
    match entry.no_number() {
        None => EntryWait::None,
        Some(NoNumber::Rejected) => EntryWait::Rejected,
        Some(NoNumber::Unknown) => EntryWait::Unknown,
        Some(NoNumber::Waiting) => EntryWait::Waiting,
        Some(NoNumber::Sending) => EntryWait::Sending,
    }
}

fn of_message(
    controller: &Controller,
    message: &Message,
    visit: Option<&Visit>,
    now: Stamp,
) -> ExceptionView {
    let rejected = message.state == MessageState::Rejected;
    let busy = controller.state().is_some_and(|state| state.live.in_air.contains_key(&message.id));
    let minutes = now.seconds_since(&message.queued).max(0) / 60;
    ExceptionView {
        id: message.id.to_string().into(),
        visit: visit.map(|visit| super::id_text(visit.id)).unwrap_or_default(),
        plate: visit.map(|visit| super::face(&visit.plate)).unwrap_or_default(),
        kind: if rejected { ExceptionKind::Rejected } else { ExceptionKind::Unknown },
        moment: moment(message.told.kind()),
        age_minutes: i32::try_from(minutes).unwrap_or(i32::MAX),
        code: message.code.clone().unwrap_or_default().into(),
        sentence: sentence(controller, message).into(),
        busy,
        may_look_up: !rejected,
        may_resend: rejected,
        may_dismiss: rejected,
        ..ExceptionView::default()
    }
}

fn of_difference(difference: &Difference, visit: Option<&Visit>, now: Stamp) -> ExceptionView {
    let listed = difference.vehicle();
    let plate = listed.and_then(|vehicle| vehicle.plate().ok());
    let plate = plate.as_ref().or(visit.map(|visit| &visit.plate)).map(super::face);
    let may = |way: WayOut| difference.ways_out().contains(&way);
    ExceptionView {
        id: difference.id().as_str().into(),
        visit: visit.map(|visit| super::id_text(visit.id)).unwrap_or_default(),
        plate: plate.unwrap_or_default(),
        kind: kind(difference),
        detail: detail(difference, listed, now).into(),
        may_adopt: may(WayOut::Adopt),
        may_cancel: may(WayOut::CancelThere),
        may_tell_anew: may(WayOut::TellAgain),
        may_leave: may(WayOut::Leave),
        ..ExceptionView::default()
    }
}

fn of_long_stay(visit: &Visit, now: Stamp) -> ExceptionView {
    ExceptionView {
        id: visit.id.to_string().into(),
        visit: super::id_text(visit.id),
        plate: super::face(&visit.plate),
        kind: ExceptionKind::LongStay,
        detail: super::clock(visit.arrived, now).into(),
        ..ExceptionView::default()
    }
}

/// How much, since when; who owes it, and why.
fn of_debt(controller: &Controller, visit: &Visit, now: Stamp) -> ExceptionView {
    let left = visit.state.departed().map(|left| super::clock(left, now));
    let debt = visit.debt.as_ref();
    let total = debt.map(|debt| words::money(debt.total, controller.form.language));
    let detail: Vec<String> = [total, left].into_iter().flatten().collect();
    let said = debt.map(|debt| [&debt.debtor, &debt.reason]).into_iter().flatten();
    let said: Vec<&str> = said.map(Text::as_str).filter(|text| !text.is_empty()).collect();
    ExceptionView {
        id: visit.id.to_string().into(),
        visit: super::id_text(visit.id),
        plate: super::face(&visit.plate),
        kind: ExceptionKind::Owing,
        detail: detail.join(" · ").into(),
        sentence: said.join(" · ").into(),
        ..ExceptionView::default()
    }
}

/// When the entry was made, and the registry's number.
fn detail(difference: &Difference, listed: Option<&ListedVehicle>, now: Stamp) -> String {
    let number = match difference {
        Difference::Foreign { vehicle }
        | Difference::Lost { vehicle }
        | Difference::Doubled { vehicle, .. } => vehicle.entry,
        Difference::Missing { id, .. } => *id,
        Difference::CompletedThere { entry, .. } | Difference::CancelledThere { entry, .. } => *entry,
    };
    match listed.and_then(|vehicle| vehicle.created) {
        Some(created) => format!("{} · {number}", super::clock(created, now)),
        None => number.to_string(),
    }
}

const fn kind(difference: &Difference) -> ExceptionKind {
    match difference {
        Difference::Foreign { .. } => ExceptionKind::Foreign,
        Difference::Lost { .. } => ExceptionKind::Lost,
        Difference::Doubled { .. } => ExceptionKind::Doubled,
        Difference::Missing { .. } => ExceptionKind::Missing,
        Difference::CompletedThere { .. } => ExceptionKind::CompletedThere,
        Difference::CancelledThere { .. } => ExceptionKind::CancelledThere,
    }
}

/// What the registry's code means; what is being asked about has a sentence of the screen's own.
fn sentence(controller: &Controller, message: &Message) -> String {
    let code = message.code.as_deref().filter(|_| message.state == MessageState::Rejected);
    code.map(|code| explain_registry_code(code).get(controller.form.language).to_owned()).unwrap_or_default()
}

const fn moment(kind: MessageKind) -> Moment {
    match kind {
        MessageKind::Create => Moment::Create,
        MessageKind::Update => Moment::Update,
        MessageKind::Complete => Moment::Complete,
        MessageKind::Correlate => Moment::Correlate,
        MessageKind::Cancel => Moment::Cancel,
    }
}
