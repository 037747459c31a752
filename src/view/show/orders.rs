//! Sales without a vehicle that are not over.

use super::order::{due, is_owed, stand};
use crate::app::state::State;
use crate::domain::order::{Order, OrderState};
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use crate::view::controller::Controller;
use crate::view::generated::{App, OrderRow, Orders, OrdersFilter};
use crate::view::words;
use jiff::civil;
use slint::ComponentHandle;

/// What of it is in the rail, on every page.
pub(super) fn show_rail(controller: &Controller, state: &State, app: &App) {
    let page = app.global::<Orders>();
    page.set_offered(!controller.settings.catalogue.items.is_empty() || !state.orders.is_empty());
    let today = controller.now().map(|now| now.date());
    let late = state.orders.values().filter(|order| today.is_some_and(|today| order.is_late(today)));
    page.set_late(i32::try_from(late.count()).unwrap_or(i32::MAX));
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Orders>(), &controller.form.orders);
    page.set_filter(form.filter);
    page.set_query(form.query.as_str().into());
    let (Some(state), Some(now)) = (controller.state(), controller.now()) else { return };
    let mut orders: Vec<&Order> = state.orders.values().collect();
    // What was promised first stands first, and what nobody promised after it.
    orders.sort_by_key(|order| (order.promised.is_none(), order.promised, order.reference.number));
    let wanted = orders
        .into_iter()
        .filter(|order| passes(controller, order, now) && contains(order, &form.query))
        .map(|order| row(controller, order, now));
    super::sync(&controller.lists.orders, wanted.collect());
}

fn passes(controller: &Controller, order: &Order, now: Stamp) -> bool {
    match controller.form.orders.filter {
        OrdersFilter::All => true,
        OrdersFilter::Ready => order.state == OrderState::Ready,
        OrdersFilter::Late => order.is_late(now.date()),
        OrdersFilter::Owed => is_owed(controller, order),
    }
}

/// A part of the number, of the telephone without its spaces, or of the name.
fn contains(order: &Order, query: &str) -> bool {
    let wanted = plain(query);
    let number = order.reference.number.to_string();
    [number.as_str(), order.owner.phone.as_str(), order.owner.name.as_str()]
        .iter()
        .any(|text| plain(text).contains(&wanted))
}

/// Capitals without accents and spaces: nobody types them.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase);
    letters
        .map(|letter| match letter {
            'Ά' => 'Α',
            'Έ' => 'Ε',
            'Ή' => 'Η',
            'Ί' | 'Ϊ' => 'Ι',
            'Ό' => 'Ο',
            'Ύ' | 'Ϋ' => 'Υ',
            'Ώ' => 'Ω',
            other => other,
        })
        .collect()
}

fn row(controller: &Controller, order: &Order, now: Stamp) -> OrderRow {
    let language = controller.form.language;
    let count = |pieces: u32| i32::try_from(pieces).unwrap_or(i32::MAX);
    OrderRow {
        id: order.id.to_string().into(),
        reference: order.reference.to_string().into(),
        owner: order.owner.name.as_str().into(),
        phone: order.owner.phone.as_str().into(),
        since: super::clock(order.opened, now).into(),
        promised: day(order.promised).into(),
        promised_weekday: weekday(order.promised),
        late: order.is_late(now.date()),
        summary: summary(order, language).into(),
        here: count(order.here()),
        pieces: count(order.pieces()),
        amount: words::money(due(controller, order), language).into(),
        owed: is_owed(controller, order),
        stand: stand(&order.state),
    }
}

pub(super) fn summary(order: &Order, language: Language) -> String {
    let names: Vec<&str> = order.lines.iter().map(|line| line.line.name.get(language).as_str()).collect();
    names.join(", ")
}

/// `20/3`; empty where there is none.
pub(super) fn day(date: Option<civil::Date>) -> String {
    date.map(|date| format!("{}/{}", date.day(), date.month())).unwrap_or_default()
}

/// Monday is 1; 0 where there is none.
pub(super) fn weekday(date: Option<civil::Date>) -> i32 {
    date.map_or(0, |date| i32::from(date.weekday().to_monday_one_offset()))
}
