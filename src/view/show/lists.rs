//! Visits found, and what needs a look at the registry.

use crate::app::explain_registry_code;
use crate::domain::entry::{Message, MessageKind, MessageState};
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::view::controller::Controller;
use crate::view::generated::{App, ExceptionKind, ExceptionView, Find, FindFilter, Moment};
use slint::ComponentHandle;

pub(super) fn show_find(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Find>(), &controller.form.find);
    page.set_query(form.query.as_str().into());
    page.set_filter(form.filter);
    let Some(world) = &controller.world else { return };
    let wanted = form.found.iter().filter(|visit| passes(form.filter, visit, world.at));
    super::sync(
        &controller.lists.found,
        wanted.map(|visit| super::card(controller, visit, world.at)).collect(),
    );
}

fn passes(filter: FindFilter, visit: &Visit, now: Stamp) -> bool {
    match filter {
        FindFilter::All => true,
        FindFilter::Inside => visit.state.is_inside(),
        FindFilter::Unpaid => visit.state.is_inside() && visit.state.settlement().is_none(),
        FindFilter::Today => visit.arrived.date() == now.date(),
    }
}

pub(super) fn show_exceptions(controller: &Controller) {
    let Some(world) = &controller.world else { return };
    let row = |(message, visit): &(Message, Option<Visit>)| {
        exception(controller, message, visit.as_ref(), world.at)
    };
    super::sync(&controller.lists.exceptions, controller.form.exceptions.iter().map(row).collect());
}

fn exception(controller: &Controller, message: &Message, visit: Option<&Visit>, now: Stamp) -> ExceptionView {
    let rejected = message.state == MessageState::Rejected;
    let busy = controller.state().is_some_and(|state| state.live.in_air.contains_key(&message.id));
    let minutes = now.seconds_since(&message.queued).max(0) / 60;
    ExceptionView {
        id: message.id.to_string().into(),
        visit: super::id_text(message.visit),
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
