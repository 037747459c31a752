//! Monthly parking, and the door book.

use crate::domain::door::{DoorKind as Kind, Passage};
use crate::domain::plate::Plate;
use crate::domain::subscription::{Subscription, Term};
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use crate::view::controller::Controller;
use crate::view::generated::{
    App, CarStand, Door, DoorFilter, DoorKind, DoorRow, PlanTile, SubscriberCar, SubscriberField,
    Subscribers, SubscriptionRow, SubscriptionStand,
};
use crate::view::subscribers::{Editing, Filter, Typing};
use crate::view::words;
use jiff::civil::Date;
use slint::{ComponentHandle, SharedString};

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Subscribers>(), &controller.form.subscribers);
    let Some(now) = controller.now() else { return };
    let today = now.date();
    page.set_offered(!controller.settings.parking.subscriptions.plans.is_empty());
    page.set_query(form.query.as_str().into());
    page.set_busy(form.sent);
    let found = controller.subscriptions();
    let rows = found.iter().rev().map(|one| row(controller, one, today)).collect();
    super::sync(&controller.lists.subscriptions, rows);
    page.set_editing(form.editing.is_some());
    if let Some(editing) = &form.editing {
        show_editing(controller, &page, editing);
    }
    let one = controller.subscription();
    page.set_chosen(one.map(|one| one.id.to_string()).unwrap_or_default().into());
    let Some(one) = one else { return };
    page.set_one(row(controller, one, today));
    page.set_phone(one.holding.phone.as_str().into());
    let rules = &controller.settings.parking.subscriptions;
    let plan = rules.plan(&one.holding.plan);
    let name =
        plan.map_or(one.holding.plan.as_str(), |plan| plan.name.get(controller.form.language).as_str());
    page.set_plan(name.into());
    let next = plan.and_then(|plan| plan.period(one.renews_from(today)).map(|period| (plan, period)));
    page.set_may_renew(next.is_some());
    if let Some((plan, period)) = next {
        let price = (0..one.holding.places).map(|_| plan.price).sum();
        page.set_price(words::money(price, controller.form.language).into());
        page.set_period(format!("{} – {}", day(period.from), day(period.to)).into());
    }
    let over = |term: &Term| term.is_given_back() || term.period.to < today;
    page.set_may_close(one.terms.iter().all(over));
    let cars = one.holding.vehicles.iter().map(|plate| car(controller, one, plate, now)).collect();
    super::sync(&controller.lists.subscriber_cars, cars);
}

fn show_editing(controller: &Controller, page: &Subscribers<'_>, editing: &Editing) {
    page.set_is_new(editing.of.is_none());
    page.set_field(match editing.typing {
        Typing::Name => SubscriberField::Name,
        Typing::Phone => SubscriberField::Phone,
        Typing::Vehicle => SubscriberField::Vehicle,
    });
    page.set_name(editing.name.as_str().into());
    page.set_typed_phone(editing.phone.as_str().into());
    page.set_vehicle(editing.vehicle.as_str().into());
    page.set_places(i32::try_from(editing.places).unwrap_or(i32::MAX));
    let mut with_typed = editing.clone();
    with_typed.add();
    page.set_may_save(with_typed.is_complete());
    let plates: Vec<SharedString> = editing.plates().iter().map(|plate| plate.display().into()).collect();
    super::sync(&controller.lists.subscriber_plates, plates);
    let language = controller.form.language;
    let plan = |plan: &crate::domain::subscription::Plan| PlanTile {
        id: plan.code.as_str().into(),
        name: plan.name.get(language).as_str().into(),
        price: words::money(plan.price, language).into(),
        hours: plan.hours.first().map(|hours| hours.printed()).unwrap_or_default().into(),
        chosen: plan.code == editing.plan,
    };
    let plans = controller.settings.parking.subscriptions.plans.iter().map(plan).collect();
    super::sync(&controller.lists.plans, plans);
}

/// One of them, as it stands today.
pub(super) fn row(controller: &Controller, one: &Subscription, today: Date) -> SubscriptionRow {
    let (stand, shown) = stand(controller, one, today);
    let vehicles: Vec<String> = one.holding.vehicles.iter().map(Plate::display).collect();
    let inside = controller.state().map_or(0, |state| {
        let passes = state.visits.values().filter_map(Visit::pass);
        passes.filter(|pass| pass.subscription == one.id).count()
    });
    SubscriptionRow {
        id: one.id.to_string().into(),
        number: i32::try_from(one.number).unwrap_or(i32::MAX),
        name: one.holding.name.as_str().into(),
        vehicles: vehicles.join(", ").into(),
        stand,
        day: shown.map(day).unwrap_or_default().into(),
        inside: i32::try_from(inside).unwrap_or(i32::MAX),
        places: i32::try_from(one.holding.places).unwrap_or(i32::MAX),
    }
}

/// How it stands, with the day that says so.
fn stand(controller: &Controller, one: &Subscription, today: Date) -> (SubscriptionStand, Option<Date>) {
    let paid = one.terms.iter().filter(|term| !term.is_given_back());
    let Some(last) = one.paid_until() else { return (SubscriptionStand::Unpaid, None) };
    if last < today {
        return (SubscriptionStand::Ended, Some(last));
    }
    if one.term_on(today).is_none() {
        let first = paid.map(|term| term.period.from).filter(|from| *from > today).min();
        return (SubscriptionStand::Later, first);
    }
    let left = (last - today).get_days();
    let soon = left <= i32::from(controller.settings.parking.subscriptions.warn_days);
    (if soon { SubscriptionStand::Soon } else { SubscriptionStand::Holds }, Some(last))
}

fn day(date: Date) -> String {
    date.strftime("%-d/%-m/%Y").to_string()
}

fn car(controller: &Controller, one: &Subscription, plate: &Plate, now: Stamp) -> SubscriberCar {
    let state = controller.state();
    let visits = state.into_iter().flat_map(|state| state.visits.values().chain(state.away.values()));
    let visit = visits.into_iter().find(|visit| visit.plate.key() == plate.key());
    let (stand, since) = match visit {
        None => (CarStand::Unseen, None),
        Some(visit) => match (&visit.state, visit.pass()) {
            (VisitState::Away { since, .. }, _) => (CarStand::Out, Some(*since)),
            (_, Some(pass)) if pass.ends <= now && one.term_on(now.date()).is_none() => {
                (CarStand::Over, Some(pass.ends))
            }
            (_, Some(pass)) => (CarStand::Inside, Some(pass.came)),
            (_, None) => (CarStand::Anybody, Some(visit.arrived)),
        },
    };
    SubscriberCar {
        plate: plate.display().into(),
        stand,
        since: since.map(|since| super::clock(since, now)).unwrap_or_default().into(),
        visit: visit.map(|visit| visit.id.to_string()).unwrap_or_default().into(),
    }
}

pub(super) fn show_door(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Door>(), &controller.form.subscribers.door);
    let Some(now) = controller.now() else { return };
    page.set_filter(match form.filter {
        Filter::All => DoorFilter::All,
        Filter::Subscribers => DoorFilter::Subscribers,
        Filter::ByHand => DoorFilter::ByHand,
        Filter::Unasked => DoorFilter::Unasked,
        Filter::Listed => DoorFilter::Listed,
    });
    let shown = form.rows.iter().filter(|passage| form.filter.shows(passage.what));
    let rows = shown.map(|passage| door_row(controller, passage, now)).collect();
    super::sync(&controller.lists.door, rows);
}

fn door_row(controller: &Controller, passage: &Passage, now: Stamp) -> DoorRow {
    let barrier = passage.device.as_ref().map(|device| device.name.clone()).unwrap_or_default();
    let subscription = passage.subscription.map(|number| match controller.form.language {
        crate::domain::text::Language::El => format!("συνδρομή {number}"),
        crate::domain::text::Language::En => format!("subscription {number}"),
    });
    DoorRow {
        kind: match passage.what {
            Kind::Came => DoorKind::Came,
            Kind::Went => DoorKind::Went,
            Kind::ByHand => DoorKind::ByHand,
            Kind::Unasked => DoorKind::Unasked,
            Kind::LetIn => DoorKind::LetIn,
            Kind::TurnedAway => DoorKind::TurnedAway,
        },
        time: super::clock(passage.at, now).into(),
        called: passage.plate.as_ref().map_or(barrier, Plate::display).into(),
        detail: subscription.unwrap_or_else(|| passage.reason.to_string()).into(),
        person: passage
            .operator
            .as_ref()
            .map(|id| super::till::name(controller, id))
            .unwrap_or_default()
            .into(),
    }
}
