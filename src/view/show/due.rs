//! The vehicles that should come again.

use crate::domain::reminder::{DueVehicle, Standing};
use crate::domain::settings::Trade;
use crate::view::controller::Controller;
use crate::view::generated::{App, Due, DueRow, DueStand};
use crate::view::words;
use slint::{ComponentHandle, VecModel};
use std::rc::Rc;

/// The list of the page.
#[derive(Default)]
pub(super) struct DueLists {
    rows: Rc<VecModel<DueRow>>,
}

impl DueLists {
    pub(super) fn attach(&self, app: &App) {
        app.global::<Due>().set_rows(super::model(&self.rows));
    }
}

/// Whether there can be any, for the way there.
pub(super) fn show_way(controller: &Controller, app: &App) {
    app.global::<Due>().set_offered(controller.settings.trades().any(|trade| trade == Trade::Garage));
}

pub(super) fn show(controller: &Controller, app: &App) {
    app.global::<Due>().set_reading(controller.form.due.is_none());
    let rows = controller.form.due.iter().flatten().map(|vehicle| row(controller, vehicle)).collect();
    super::sync(&controller.lists.due.rows, rows);
}

fn row(controller: &Controller, vehicle: &DueVehicle) -> DueRow {
    let (language, reminder) = (controller.form.language, vehicle.reminder);
    let km = reminder.km_left.and_then(|km| u32::try_from(km.unsigned_abs()).ok());
    DueRow {
        id: vehicle.plate.key().into(),
        plate: super::face(&vehicle.plate),
        stand: if reminder.standing == Standing::Due { DueStand::Due } else { DueStand::Near },
        what: super::work::due(&vehicle.next, language).into(),
        days: reminder.days_left.unwrap_or_default(),
        has_days: reminder.days_left.is_some(),
        km: km.map(|km| words::grouped(km, language)).unwrap_or_default().into(),
        km_over: reminder.km_left.is_some_and(|left| left <= 0),
        km_estimated: reminder.km_estimated,
        call: super::work::call(&vehicle.next).into(),
        last: vehicle.last.local().strftime("%-d/%-m/%Y").to_string().into(),
    }
}
