//! What a visit is to the registry.

use crate::aade::rules::Field;
use crate::domain::dashboard::Dashboard;
use crate::domain::entry::{ClientType, ServiceCategory};
use crate::domain::rental::{HandOver, Rental};
use crate::domain::terms::{Earlier, OffSite, Period, Periodicity, ServiceTerms};
use crate::domain::time::Stamp;
use crate::domain::visit::{Settlement, Visit, VisitState};
use crate::view::ask;
use crate::view::controller::Controller;
use crate::view::generated::{App, Details, Fact};
use crate::view::words;
use jiff::civil;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Details>();
    let Some(visit) = controller.visit() else { return };
    page.set_plate(super::face(&visit.plate));
    super::sync(&controller.lists.facts, facts(controller, visit));
    super::sync(&controller.lists.actions, controller.actions(visit));
}

/// The kind of service, or why a rental leaves: the one line the visit's page has room for.
pub(super) fn kind_id(visit: &Visit) -> &'static str {
    match (&visit.category, &visit.trip) {
        (Some(category), _) => ask::category_id(category),
        (None, Some(trip)) => ask::purpose_id(trip.purpose),
        (None, None) => "category-none",
    }
}

/// The terms, with what they hang on; of a rental when it is to be back, and who drives.
pub(super) fn terms_detail(visit: &Visit) -> String {
    if let Some(rental) = &visit.rental {
        let HandOver { due_back, driver, .. } = &rental.hand_over;
        return format!("{} · {}", instant(*due_back), driver.name);
    }
    match &visit.terms {
        ServiceTerms::OneOff => String::new(),
        ServiceTerms::Recurring { customer } => customer.number.clone(),
        ServiceTerms::Continuous { period } | ServiceTerms::Lease { period, .. } => printed(period),
    }
}

fn printed(period: &Period) -> String {
    format!("{} – {}", day(period.from), day(period.to))
}

fn day(day: civil::Date) -> String {
    day.strftime("%-d/%-m/%Y").to_string()
}

fn instant(at: Stamp) -> String {
    at.local().strftime("%-d/%-m/%Y %H:%M").to_string()
}

/// What was agreed with a rental's driver, and how the vehicle came back.
fn rental_facts(rental: &Rental) -> Vec<Fact> {
    let ours = |id: &str, text: &str| Fact { id: id.into(), text: text.into(), ..Fact::default() };
    let HandOver { driver, due_back, dashboard, accessories, damage, .. } = &rental.hand_over;
    let until = driver.licence_until.map(|until| format!(" · {}", day(until))).unwrap_or_default();
    let returned = rental.returned.as_ref();
    let both = |out: Option<String>, back: Option<String>| match (out, back) {
        (Some(out), Some(back)) => format!("{out} – {back}"),
        (out, back) => out.or(back).unwrap_or_default(),
    };
    let km = |read: &Dashboard| read.km.map(|km| km.to_string());
    let fuel = |read: &Dashboard| read.fuel.map(|fuel| fuel.to_string());
    let back = returned.map(|returned| &returned.dashboard);
    let rows = [
        ours("driver", driver.name.as_str()),
        ours("licence", &format!("{}{until}", driver.licence)),
        ours("due-back", &instant(*due_back)),
        ours("returned", &returned.map(|returned| instant(returned.at)).unwrap_or_default()),
        ours("km", &both(km(dashboard), back.and_then(km))),
        ours("fuel", &both(fuel(dashboard), back.and_then(fuel))),
        ours("accessories", accessories.as_str()),
        ours("damage", damage.as_str()),
        ours("new-damage", returned.map(|returned| returned.damage.as_str()).unwrap_or_default()),
    ];
    rows.into_iter().filter(|row| !row.text.is_empty()).collect()
}

fn facts(controller: &Controller, visit: &Visit) -> Vec<Fact> {
    let language = controller.form.language;
    let text = |field: Field, text: &str| Fact {
        label: field.label(language).into(),
        text: text.into(),
        ..Fact::default()
    };
    let choice = |field: Field, id: &str| Fact {
        label: field.label(language).into(),
        choice: id.into(),
        ..Fact::default()
    };
    let ours = |id: &str, choice: &str| Fact { id: id.into(), choice: choice.into(), ..Fact::default() };
    let mut facts = Vec::new();
    if controller.settings.trades().count() > 1 {
        let trades = controller.settings.trades_of(visit.client_type);
        let trade = trades.first().map(|trade| ask::trade_id(*trade)).unwrap_or_default();
        facts.push(ours("trade", trade));
    }
    facts.push(ours("terms", ask::terms_id(&visit.terms)));
    facts.extend(visit.terms.customer().map(|customer| text(Field::Customer, &customer.to_string())));
    if let Some(period) = visit.terms.period() {
        facts.push(text(Field::PeriodFrom, &day(period.from)));
        facts.push(text(Field::PeriodTo, &day(period.to)));
    }
    if let ServiceTerms::Lease { every, .. } = &visit.terms {
        facts.push(match every {
            Periodicity::Months(months) => choice(Field::PeriodicityMonths, &ask::months_id(*months)),
            Periodicity::Other(words) => text(Field::PeriodicityWords, words.as_str()),
        });
    }
    if visit.client_type != ClientType::Rental {
        facts.push(choice(Field::Category, kind_id(visit)));
    }
    if let Some(ServiceCategory::Other(words)) = &visit.category {
        facts.push(text(Field::CategoryWords, words.as_str()));
    }
    if let Some(amount) = visit.amount {
        facts.push(text(Field::Amount, &words::money(amount, language)));
    }
    if let Some(trip) = &visit.trip {
        facts.push(choice(Field::Purpose, ask::purpose_id(trip.purpose)));
        facts.extend(trip.picked_up_at.iter().map(|place| text(Field::PickedUpAt, place.as_str())));
        facts.extend(trip.returned_at.iter().map(|place| text(Field::ReturnedAt, place.as_str())));
    }
    facts.extend(visit.rental.iter().flat_map(|rental| rental_facts(rental)));
    if let Some(category) = &visit.vehicle.category {
        facts.push(Fact {
            label: Field::VehicleCategory.label(language).into(),
            id: "vehicle".into(),
            text: category.as_str().into(),
            ..Fact::default()
        });
    }
    facts.extend(visit.vehicle.maker.iter().map(|maker| text(Field::Maker, maker.as_str())));
    match visit.follows {
        Some(Earlier::Entry { id }) => facts.push(text(Field::Replaces, &id.to_string())),
        Some(Earlier::Visit { .. }) => facts.push(choice(Field::Replaces, "earlier-ours")),
        None => {}
    }
    if let VisitState::Moved { to, .. } = &visit.state {
        facts.push(match to {
            OffSite::Partner { vat } => text(Field::Partner, vat.as_str()),
            OffSite::OwnBranch { branch } => text(Field::OtherBranch, &branch.to_string()),
        });
    }
    if let Some(Settlement::ByContract { invoice_to }) = visit.state.settlement() {
        facts.push(match invoice_to {
            Some(customer) => text(Field::Counterparty, &customer.to_string()),
            None => choice(Field::InvoiceKind, "document-receipt"),
        });
    }
    facts
}
