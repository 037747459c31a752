//! Rentals that are paid in instalments: who owes now, and the contract of one of them.

use crate::domain::deposit::Deposit;
use crate::domain::lease::{Every, Instalment, Standing};
use crate::domain::money::Cents;
use crate::view::controller::{Controller, OnLease};
use crate::view::generated::{App, InstalmentRow, Lease, LeaseRow, LeaseStand};
use crate::view::words;
use jiff::civil::Date;
use slint::{ComponentHandle, VecModel};
use std::rc::Rc;

/// The lists of the page.
#[derive(Default)]
pub(super) struct LeaseLists {
    rows: Rc<VecModel<LeaseRow>>,
    instalments: Rc<VecModel<InstalmentRow>>,
}

impl LeaseLists {
    pub(super) fn attach(&self, app: &App) {
        let page = app.global::<Lease>();
        page.set_rows(super::model(&self.rows));
        page.set_instalments(super::model(&self.instalments));
    }
}

/// What the rail and the fleet say of them.
pub(super) fn show_rail(controller: &Controller, app: &App) {
    let page = app.global::<Lease>();
    let all = controller.leases();
    page.set_offered(!all.is_empty());
    page.set_count(count(all.len()));
    let Some(today) = controller.today() else { return };
    page.set_late(count(all.iter().filter(|one| one.standing(today) == Standing::Late).count()));
    let owed: Cents = all.iter().map(|one| one.lease.owed_on(today)).sum();
    page.set_owed(money(controller, owed).into());
}

/// What the page of a visit says of its lease.
pub(super) fn show_on_visit(controller: &Controller, app: &App) {
    let page = app.global::<Lease>();
    let (Some(visit), Some(today)) = (controller.visit(), controller.today()) else { return };
    page.set_on_visit(controller.is_on_lease(visit));
    let lease = visit.lease.as_deref();
    page.set_agreed(lease.is_some());
    let Some(lease) = lease else { return };
    page.set_visit_owed(money(controller, lease.owed_on(today)).into());
    page.set_visit_stand(stand(OnLease { visit, lease }.standing(today)));
    let ahead = lease.unpaid().into_iter().find(|one| lease.standing(one, today) == Standing::Ahead);
    let next = |one: Instalment| {
        format!("{} · {}", day(one.due), words::money(one.amount, controller.form.language))
    };
    page.set_visit_next(ahead.map(next).unwrap_or_default().into());
}

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Lease>();
    let (Some(today), all) = (controller.today(), controller.leases()) else { return };
    let chosen = controller.chosen_lease();
    let id = chosen.map(|one| one.visit.id);
    let rows = all.iter().map(|one| row(controller, one, today, Some(one.visit.id) == id)).collect();
    super::sync(&controller.lists.lease.rows, rows);
    page.set_chosen(chosen.is_some());
    if let Some(one) = chosen {
        show_contract(controller, app, &one, today);
    }
}

fn show_contract(controller: &Controller, app: &App, one: &OnLease<'_>, today: Date) {
    let (page, lease, language) = (app.global::<Lease>(), one.lease, controller.form.language);
    page.set_plate(super::face(&one.visit.plate));
    let period = lease.first().zip(lease.last());
    page.set_period(period.map(|(from, to)| format!("{}–{}", day(from), day(to))).unwrap_or_default().into());
    if let Some(part) = lease.parts.last() {
        let (months, days) = match part.every {
            Every::Months(months) => (i32::from(months), 0),
            Every::Days(days) => (0, i32::from(days)),
        };
        page.set_months(months);
        page.set_days(days);
        page.set_rate(words::money(part.rate, language).into());
    }
    page.set_total(words::money(lease.total(), language).into());
    page.set_paid(words::money(lease.kept().map(|paid| paid.amount).sum(), language).into());
    page.set_driver(driver(one).into());
    page.set_deposit(money(controller, lease.deposit).into());
    let held = controller.state().into_iter().flat_map(|state| state.deposits_of(one.visit.id));
    page.set_held(money(controller, held.map(Deposit::left).sum()).into());
    page.set_over(money(controller, lease.overpaid()).into());
    let back = one.visit.rental.as_ref().is_some_and(|rental| rental.returned.is_some());
    page.set_is_back(back);
    let taken = controller.to_take();
    page.set_take(money(controller, taken.iter().map(|one| one.amount).sum()).into());
    page.set_take_count(count(taken.len()));
    page.set_may_agree(lease.paid.is_empty() && one.visit.state.settlement().is_none() && !back);
    page.set_may_extend(!back);
    page.set_may_print(one.visit.rental.is_some());
    let all = lease.instalments();
    let of = all.len();
    let rows = all.iter().map(|instalment| InstalmentRow {
        number: i32::from(instalment.number),
        of: format!("{}/{of}", instalment.number).into(),
        period: format!("{}–{}", short(instalment.period.from), day(instalment.period.to)).into(),
        due: short(instalment.due).into(),
        amount: words::money(instalment.amount, language).into(),
        stand: stand(lease.standing(instalment, today)),
        chosen: taken.iter().any(|taken| taken.number == instalment.number),
    });
    super::sync(&controller.lists.lease.instalments, rows.collect());
}

fn row(controller: &Controller, one: &OnLease<'_>, today: Date, chosen: bool) -> LeaseRow {
    LeaseRow {
        id: super::id_text(one.visit.id),
        plate: super::face(&one.visit.plate),
        stand: stand(one.standing(today)),
        owed: money(controller, one.lease.owed_on(today)).into(),
        days: one.days_late(today),
        until: one.lease.ended.or(one.lease.last()).map(day).unwrap_or_default().into(),
        driver: driver(one).into(),
        chosen,
    }
}

fn driver(one: &OnLease<'_>) -> String {
    let rental = one.visit.rental.as_ref();
    rental.map(|rental| rental.hand_over.driver.name.to_string()).unwrap_or_default()
}

/// An amount; nothing where there is none.
fn money(controller: &Controller, amount: Cents) -> String {
    if amount > Cents::ZERO { words::money(amount, controller.form.language) } else { String::new() }
}

fn count(len: usize) -> i32 {
    i32::try_from(len).unwrap_or(i32::MAX)
}

fn day(date: Date) -> String {
    date.strftime("%-d/%-m/%Y").to_string()
}

fn short(date: Date) -> String {
    date.strftime("%-d/%-m").to_string()
}

const fn stand(standing: Standing) -> LeaseStand {
    match standing {
        Standing::Late => LeaseStand::Late,
        Standing::Due => LeaseStand::Due,
        Standing::Ahead => LeaseStand::Ahead,
        Standing::Paid => LeaseStand::Paid,
    }
}
