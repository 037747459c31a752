//! One document for many visits.

use crate::aade::rules;
use crate::domain::entry::MessageState;
use crate::domain::ids::MessageId;
use crate::domain::time::Stamp;
use crate::domain::visit::{Settlement, Visit};
use crate::view::controller::{self, Controller};
use crate::view::form::GroupSent;
use crate::view::generated::{App, Group, GroupCustomer, GroupResult, GroupRow, Naming, RegistryState};
use crate::view::words;
use slint::ComponentHandle;
use std::collections::BTreeMap;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Group>(), &controller.form.group);
    super::documents::show_name(controller, app, &form.name);
    let naming = app.global::<Naming>();
    naming.set_may_name(naming.get_may_name() && !form.chosen.is_empty());
    page.set_loaded(form.waiting.is_some());
    page.set_filter(form.filter);
    page.set_customer(form.customer.as_deref().unwrap_or_default().into());
    page.set_chosen(count(form.chosen.len()));
    page.set_parts(parts(controller, form.chosen.len()).into());
    page.set_sent(form.sent.is_some());
    page.set_taken(form.sent.as_ref().is_some_and(GroupSent::is_taken));
    let lists = &controller.lists;
    let rows = controller.group_rows();
    page.set_all(
        !rows.is_empty()
            && rows
                .iter()
                .filter(|visit| controller::may_be_linked(visit))
                .all(|visit| form.chosen.contains(&visit.id)),
    );
    if let Some(world) = &controller.world {
        let rows = rows.into_iter().map(|visit| row(controller, visit, world.at)).collect();
        super::sync(&lists.group_rows, rows);
    }
    super::sync(&lists.group_customers, customers(controller));
    super::sync(&lists.group_results, form.sent.as_ref().map(results).unwrap_or_default());
}

fn count(len: usize) -> i32 {
    i32::try_from(len).unwrap_or(i32::MAX)
}

/// How many entries each message will name: `50 + 10`.
fn parts(controller: &Controller, chosen: usize) -> String {
    let Some(world) = &controller.world else { return String::new() };
    let most = rules::edition(world.at.date()).correlated_max.max(1);
    if chosen <= most {
        return String::new(); // one is nothing to speak of
    }
    let whole = std::iter::repeat_n(most, chosen / most);
    let rest = Some(chosen % most).filter(|rest| *rest > 0);
    whole.chain(rest).map(|part| part.to_string()).collect::<Vec<_>>().join(" + ")
}

/// The day it came, with its year when that was another.
fn day(visit: &Visit, now: Stamp) -> String {
    let came = visit.arrived.local();
    let format = if came.year() == now.local().year() { "%-d/%-m" } else { "%-d/%-m/%Y" };
    came.strftime(format).to_string()
}

fn row(controller: &Controller, visit: &Visit, now: Stamp) -> GroupRow {
    let named = controller::customer_of(visit).unwrap_or_default();
    let settled = matches!(visit.state.settlement(), Some(Settlement::ByContract { .. }));
    let amount = super::amount(controller, visit).or(visit.amount);
    GroupRow {
        id: super::id_text(visit.id),
        plate: super::face(&visit.plate),
        date: day(visit, now).into(),
        customer: named.into(),
        amount: amount
            .map(|amount| words::money(amount, controller.form.language))
            .unwrap_or_default()
            .into(),
        chosen: controller.form.group.chosen.contains(&visit.id),
        registered: controller::may_be_linked(visit),
        linked: visit.entry.correlate.is_some(),
        settled,
    }
}

/// The customers of everything that waits, with how many visits each.
fn customers(controller: &Controller) -> Vec<GroupCustomer> {
    let mut counted: BTreeMap<String, i32> = BTreeMap::new();
    for visit in controller.awaiting() {
        if let Some(customer) = controller::customer_of(visit) {
            *counted.entry(customer.to_owned()).or_default() += 1;
        }
    }
    let row = |(number, visits): (String, i32)| GroupCustomer { number: number.into(), visits };
    counted.into_iter().map(row).collect()
}

/// Each message with the number of visits in it and where it stands.
fn results(sent: &GroupSent) -> Vec<GroupResult> {
    let mut messages: BTreeMap<MessageId, (i32, MessageState)> = BTreeMap::new();
    for moment in sent.visits.iter().filter_map(|visit| visit.entry.correlate.as_ref()) {
        messages.entry(moment.message).or_insert((0, moment.state)).0 += 1;
    }
    let result = |(visits, state): (i32, MessageState)| GroupResult {
        visits,
        registry: match state {
            MessageState::Queued => RegistryState::Waiting,
            MessageState::Sending => RegistryState::Sending,
            MessageState::Confirmed => RegistryState::Linked,
            MessageState::Unknown => RegistryState::Unknown,
            MessageState::Rejected => RegistryState::Rejected,
            MessageState::Withdrawn => RegistryState::None,
        },
    };
    let mut results: Vec<GroupResult> = messages.into_values().map(result).collect();
    results.sort_by_key(|result| std::cmp::Reverse(result.visits));
    results
}
