//! Visits found.

use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::view::controller::Controller;
use crate::view::generated::{App, Find, FindFilter};
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
