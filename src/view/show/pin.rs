//! PINs: how many digits are typed, what is wrong, who is asked.

use crate::domain::operator::OperatorId;
use crate::view::controller::Controller;
use crate::view::generated::{App, Person, PinEntry};
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<PinEntry>(), &controller.form.pin);
    page.set_wanted(controller.settings.pins);
    page.set_digits(i32::try_from(form.typed.count()).unwrap_or_default());
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    page.set_checking(form.checking);
    page.set_may_send(form.typed.is_whole() && !form.checking);
    page.set_step(form.new.step);
    page.set_whose(form.new.whose.as_ref().map(|id| name(controller, id)).unwrap_or_default().into());
    page.set_prover(id_text(form.new.by.as_ref()));
    page.set_locked(controller.is_locked());
    page.set_opener(id_text(controller.opener().as_ref()));
    let lists = &controller.lists;
    super::sync(&lists.pin_people, controller.settings.operators.iter().map(super::shift::person).collect());
    super::sync(&lists.provers, people(controller, &controller.provers()));
    super::sync(&lists.openers, people(controller, &controller.openers()));
}

fn id_text(id: Option<&OperatorId>) -> slint::SharedString {
    id.map(|id| id.0.as_str()).unwrap_or_default().into()
}

fn name(controller: &Controller, id: &OperatorId) -> String {
    controller.settings.operator(id).map_or_else(|| id.0.clone(), |person| person.name.to_string())
}

fn people(controller: &Controller, ids: &[OperatorId]) -> Vec<Person> {
    ids.iter().filter_map(|id| controller.settings.operator(id)).map(super::shift::person).collect()
}
