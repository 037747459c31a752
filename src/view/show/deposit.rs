//! Deposits: of the visit on the page, and all that are held.

use crate::domain::deposit::Deposit as Held;
use crate::domain::money::Cents;
use crate::domain::payment::Means;
use crate::view::controller::Controller;
use crate::view::generated::{App, Deposit, DepositRow, DepositWay, TenderKind};
use crate::view::words;
use slint::ComponentHandle;

/// The ways money goes back, in the order of the screen.
const WAYS: [Means; 4] = [Means::Cash, Means::Card, Means::Iris, Means::Bank];

/// What the page of a visit says of its deposits.
pub(super) fn show_held(controller: &Controller, app: &App) {
    let (page, held) = (app.global::<Deposit>(), controller.deposits());
    page.set_offered(controller.may_take_deposit() || !held.is_empty());
    page.set_held(sum(controller, held.iter().copied()).into());
    let left: Cents = held.iter().map(|deposit| deposit.left()).sum();
    let due = controller.visit().and_then(|visit| controller.bill_of(visit).ok());
    let due = due.map_or(Cents::ZERO, |bill| bill.due());
    let worded = |amount: Cents| words::money(amount.max(Cents::ZERO), controller.form.language);
    let set_off = left > Cents::ZERO && due > Cents::ZERO;
    page.set_rest(if set_off { worded(due - left) } else { String::new() }.into());
    page.set_over(if set_off && left > due { worded(left - due) } else { String::new() }.into());
}

/// The sum of what is left; empty when there is none.
fn sum<'a>(controller: &Controller, held: impl Iterator<Item = &'a Held>) -> String {
    let left: Cents = held.map(Held::left).sum();
    if left > Cents::ZERO { words::money(left, controller.form.language) } else { String::new() }
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form, language) =
        (app.global::<Deposit>(), &controller.form.deposit, controller.form.language);
    show_held(controller, app);
    super::card::show(controller, app);
    page.set_plate(controller.visit().map(|visit| super::face(&visit.plate)).unwrap_or_default());
    page.set_side(form.side);
    page.set_amount(words::typed_money(&form.typed, language).into());
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    page.set_busy(form.sent);
    page.set_may_take(controller.may_take_deposit() && form.amount().is_some() && !form.sent);
    let chosen = controller.chosen_deposit();
    let suggested = chosen.map(|deposit| words::money(deposit.left(), language));
    page.set_suggested(suggested.unwrap_or_default().into());
    page.set_may_give(chosen.is_some() && !form.sent);
    let back = form.side == crate::view::generated::DepositSide::GiveBack;
    let is_chosen = |deposit: &Held| back && chosen.is_some_and(|one| one.id == deposit.id);
    let rows = controller.deposits().into_iter();
    let rows = rows.map(|deposit| row(controller, deposit, is_chosen(deposit))).collect();
    super::sync(&controller.lists.deposits, rows);
    let ways = WAYS.map(|means| way(controller, chosen, means)).into();
    super::sync(&controller.lists.deposit_ways, ways);
}

fn way(controller: &Controller, deposit: Option<&Held>, means: Means) -> DepositWay {
    let came = deposit.map_or(Cents::ZERO, |deposit| deposit.returnable_by(means));
    let came = (came > Cents::ZERO).then(|| words::money(came, controller.form.language));
    DepositWay { kind: super::pay::tender_kind(means), came: came.unwrap_or_default().into() }
}

fn row(controller: &Controller, deposit: &Held, chosen: bool) -> DepositRow {
    let language = controller.form.language;
    let means = deposit.payment.by_means().next();
    DepositRow {
        id: deposit.id.to_string().into(),
        number: i32::try_from(deposit.number).unwrap_or(i32::MAX),
        plate: deposit.plate.display().into(),
        taken: controller
            .now()
            .map_or_else(|| deposit.taken.printed(), |now| super::clock(deposit.taken, now))
            .into(),
        means: means.map_or(TenderKind::Cash, |(means, _)| super::pay::tender_kind(means)),
        amount: words::money(deposit.amount, language).into(),
        left: words::money(deposit.left(), language).into(),
        chosen,
    }
}

/// All that are held, the oldest first.
pub(super) fn show_all(controller: &Controller, app: &App) {
    let Some(state) = controller.state() else { return };
    let mut held: Vec<&Held> = state.deposits.values().collect();
    held.sort_by_key(|deposit| deposit.number);
    app.global::<Deposit>().set_all_held(sum(controller, held.iter().copied()).into());
    let rows = held.into_iter().map(|deposit| row(controller, deposit, false)).collect();
    super::sync(&controller.lists.all_deposits, rows);
}
