//! A rental desk's own vehicles, the most urgent first.

use crate::domain::fleet::{InFleet, Whereabouts};
use crate::domain::money::Cents;
use crate::domain::rental::HandOver;
use crate::view::controller::Controller;
use crate::view::generated::{App, Fleet, FleetFilter, FleetRow, FleetStand};
use crate::view::words;
use slint::{ComponentHandle, VecModel};
use std::cmp::Reverse;
use std::rc::Rc;

/// The list of the page.
#[derive(Default)]
pub(super) struct FleetLists {
    rows: Rc<VecModel<FleetRow>>,
}

impl FleetLists {
    pub(super) fn attach(&self, app: &App) {
        app.global::<Fleet>().set_rows(super::model(&self.rows));
    }
}

/// What the rail says of it.
pub(super) fn show_rail(controller: &Controller, app: &App) {
    let page = app.global::<Fleet>();
    let offered = controller.has_fleet();
    page.set_offered(offered);
    let late = if offered { count(&controller.fleet(), |at| at == Whereabouts::Late) } else { 0 };
    page.set_late(late);
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, filter) = (app.global::<Fleet>(), controller.form.fleet);
    let mut fleet = controller.fleet();
    page.set_filter(filter);
    page.set_all(count(&fleet, |_| true));
    page.set_free(count(&fleet, |at| shows(FleetFilter::Free, at)));
    page.set_out(count(&fleet, |at| shows(FleetFilter::Out, at)));
    page.set_today(count(&fleet, |at| shows(FleetFilter::Today, at)));
    // Those of one kind stay in the order of the configuration: people look for them where they were.
    fleet.sort_by_key(|one| Reverse(one.whereabouts));
    let rows =
        fleet.iter().filter(|one| shows(filter, one.whereabouts)).map(|one| row(controller, one)).collect();
    super::sync(&controller.lists.fleet.rows, rows);
}

fn shows(filter: FleetFilter, at: Whereabouts) -> bool {
    match filter {
        FleetFilter::All => true,
        FleetFilter::Free => at == Whereabouts::Free,
        FleetFilter::Out => {
            matches!(at, Whereabouts::Out | Whereabouts::DueToday | Whereabouts::Late)
        }
        FleetFilter::Today => {
            matches!(at, Whereabouts::DueToday | Whereabouts::Late | Whereabouts::Back)
        }
    }
}

fn count(fleet: &[InFleet<'_>], which: impl Fn(Whereabouts) -> bool) -> i32 {
    let count = fleet.iter().filter(|one| which(one.whereabouts)).count();
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn row(controller: &Controller, one: &InFleet<'_>) -> FleetRow {
    let agreed = one.visit.and_then(|visit| visit.rental.as_ref()).map(|rental| &rental.hand_over);
    let due = |agreed: &HandOver| agreed.due_back.local().strftime("%-d/%-m %H:%M").to_string();
    let lease = one.visit.and_then(|visit| visit.lease.as_deref()).zip(controller.today());
    let until = lease.and_then(|(lease, _)| lease.last()).map(|last| last.strftime("%-d/%-m/%Y").to_string());
    let owed = lease.map_or(Cents::ZERO, |(lease, today)| lease.owed_on(today));
    let owed = (owed > Cents::ZERO).then(|| words::money(owed, controller.form.language));
    FleetRow {
        id: one.vehicle.plate.key().into(),
        plate: super::face(&one.vehicle.plate),
        name: one.vehicle.name.as_str().into(),
        stand: stand(one.whereabouts),
        due: until.or(agreed.map(due)).unwrap_or_default().into(),
        driver: agreed.map(|agreed| agreed.driver.name.as_str()).unwrap_or_default().into(),
        owed: owed.unwrap_or_default().into(),
    }
}

const fn stand(at: Whereabouts) -> FleetStand {
    match at {
        Whereabouts::Free => FleetStand::Free,
        Whereabouts::InService => FleetStand::InService,
        Whereabouts::Out => FleetStand::Out,
        Whereabouts::Leaving => FleetStand::Leaving,
        Whereabouts::DueToday => FleetStand::DueToday,
        Whereabouts::Back => FleetStand::Back,
        Whereabouts::Late => FleetStand::Late,
    }
}
