//! The control page: a column for each person who did any of it, a row for each thing that is counted.

use crate::domain::day::{Control as Counted, Day};
use crate::domain::money::Cents;
use crate::domain::text::Language;
use crate::view::controller::Controller;
use crate::view::generated::{App, Control, ControlKind, ControlRow};
use crate::view::words;
use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

/// What is read of one person's counts.
type Count = fn(&Counted, Language) -> String;

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Control>();
    let Some((number, day)) = controller.control_day() else { return };
    let form = &controller.form.till;
    page.set_day(i32::try_from(number).unwrap_or(i32::MAX));
    let closed = form.day.rows.iter().find(|close| close.number == number);
    let at = closed.map(|close| close.at.local().strftime("%-d/%-m/%Y %H:%M").to_string());
    page.set_since(at.unwrap_or_default().into());
    page.set_may_older(form.control.back < form.day.rows.len());
    page.set_may_newer(form.control.back > 0);
    let people: Vec<_> = day.people.iter().filter(|(_, counted)| !counted.is_empty()).collect();
    let named = people.iter().map(|(id, _)| super::till::name(controller, id).into());
    super::sync(&controller.lists.control_people, named.collect::<Vec<SharedString>>());
    let language = controller.form.language;
    let row = |(kind, count): (ControlKind, Count)| {
        let values: Vec<SharedString> =
            people.iter().map(|(_, counted)| count(counted, language).into()).collect();
        let any = values.iter().any(|value| !value.is_empty());
        ControlRow { kind, values: ModelRc::new(VecModel::from(values)), any }
    };
    let mut rows: Vec<_> =
        if people.is_empty() { Vec::new() } else { kinds().into_iter().map(row).collect() };
    // Whoever looks once a day sees what is odd without scrolling; what is not stays below it, in its order.
    rows.sort_by_key(|row| !row.any);
    // A row holds a list of its own, which is never equal to another: they are put there anew.
    controller.lists.control_rows.set_vec(rows);
    controller.lists.control_till.set_vec(of_the_till(day));
}

fn number(count: u32) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}

fn sum(amount: Cents, language: Language) -> String {
    if amount.is_zero() { String::new() } else { words::money(amount, language) }
}

/// What is counted of a person, the gravest first.
fn kinds() -> Vec<(ControlKind, Count)> {
    vec![
        (ControlKind::NoDocument, |counted, _| number(counted.no_document)),
        (ControlKind::Voids, |counted, _| number(counted.voids)),
        (ControlKind::Voided, |counted, language| sum(counted.voided, language)),
        (ControlKind::Refunds, |counted, _| number(counted.refunds)),
        (ControlKind::Refunded, |counted, language| sum(counted.refunded, language)),
        (ControlKind::Reprints, |counted, _| number(counted.reprints)),
        (ControlKind::NoSale, |counted, _| number(counted.no_sale)),
        (ControlKind::LostTickets, |counted, _| number(counted.lost_tickets)),
        (ControlKind::EditedTimes, |counted, _| number(counted.edited_times)),
        (ControlKind::EditedPrices, |counted, _| number(counted.edited_prices)),
        (ControlKind::TariffChanges, |counted, _| number(counted.tariff_changes)),
        (ControlKind::Released, |counted, _| number(counted.released)),
        (ControlKind::Validated, |counted, _| number(counted.validated)),
        (ControlKind::ValidationsTaken, |counted, _| number(counted.validations_taken)),
        (ControlKind::Merchants, |counted, _| number(counted.merchants)),
        (ControlKind::DepositsReturned, |counted, _| number(counted.deposits_returned)),
        (ControlKind::Barrier, |counted, _| number(counted.barrier)),
        (ControlKind::LetIn, |counted, _| number(counted.let_in)),
        (ControlKind::Listed, |counted, _| number(counted.listed)),
        (ControlKind::Subscriptions, |counted, _| number(counted.subscriptions)),
        (ControlKind::Cancelled, |counted, _| number(counted.cancelled)),
        (ControlKind::Corrected, |counted, _| number(counted.corrected)),
        (ControlKind::OrdersCancelled, |counted, _| number(counted.orders_cancelled)),
        (ControlKind::WeightsTyped, |counted, _| number(counted.weights_typed)),
        (ControlKind::PapersDropped, |counted, _| number(counted.papers_dropped)),
        (ControlKind::Refused, |counted, _| number(counted.refused)),
        (ControlKind::WrongPins, |counted, _| number(counted.wrong_pins)),
    ]
}

fn of_the_till(day: &Day) -> Vec<ControlRow> {
    let row = |(kind, count): (ControlKind, u32)| ControlRow {
        kind,
        values: ModelRc::new(VecModel::from(vec![number(count).into()])),
        any: count > 0,
    };
    let mut rows: Vec<_> = [
        (ControlKind::ClockSteps, day.clock_steps),
        (ControlKind::Unasked, day.unasked),
        (ControlKind::TicketsRefused, day.tickets_refused),
        (ControlKind::VouchersRefused, day.vouchers_refused),
        (ControlKind::Found, day.found),
        (ControlKind::Doubled, day.doubled),
        (ControlKind::ExitsMissed, day.exits_missed),
        (ControlKind::Unphotographed, day.unphotographed()),
        (ControlKind::NotCovered, day.not_covered),
    ]
    .map(row)
    .into();
    rows.sort_by_key(|row| !row.any);
    rows
}
