//! Visits found.

use crate::domain::operator::Right;
use crate::view::controller::Controller;
use crate::view::generated::{App, Find};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show_find(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Find>(), &controller.form.find);
    let query = if form.by_amount {
        words::typed_money(&form.query, controller.form.language)
    } else {
        form.query.clone()
    };
    page.set_query(query.into());
    page.set_by_amount(form.by_amount);
    page.set_filter(form.filter);
    page.set_period(form.period);
    page.set_act(form.act);
    page.set_credit_asks(!controller.has_right(Right::Refund));
    page.set_correct_asks(!controller.has_right(Right::CorrectEntry));
    page.set_more(form.next.is_some());
    let Some(world) = &controller.world else { return };
    let found = form.found.iter().map(|visit| super::card(controller, visit, world.at)).collect();
    super::sync(&controller.lists.found, found);
}
