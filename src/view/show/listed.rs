//! Plates on a list.

use crate::domain::listed::{ListKind as Kind, Listed as One};
use crate::domain::time::Stamp;
use crate::view::controller::Controller;
use crate::view::generated::{App, ListKind, Listed, ListedRow};
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Listed>(), &controller.form.listed);
    let Some(now) = controller.now() else { return };
    page.set_plate(form.plate.as_str().into());
    page.set_reason(form.reason.as_str().into());
    page.set_kind(form.kind);
    page.set_field(form.field);
    page.set_may_put(form.is_complete());
    let listed = controller.state().into_iter().flat_map(|state| state.listed.values());
    let rows = listed.map(|one| row(controller, one, now)).collect();
    super::sync(&controller.lists.listed, rows);
}

fn row(controller: &Controller, one: &One, now: Stamp) -> ListedRow {
    ListedRow {
        plate: one.plate.display().into(),
        kind: match one.kind {
            Kind::Warning => ListKind::Warning,
            Kind::Stopped => ListKind::Stopped,
            Kind::Exempt => ListKind::Exempt,
        },
        reason: one.reason.as_str().into(),
        since: super::clock(one.since, now).into(),
        person: super::till::name(controller, &one.by).into(),
    }
}
