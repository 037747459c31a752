//! The shift and its figures; who may step in.

use crate::domain::figures::Figures;
use crate::domain::money::Cents;
use crate::domain::operator::{Operator, Right, Role};
use crate::domain::shift as duty;
use crate::view::controller::Controller;
use crate::view::generated::{self, App, Figure, FigureKind, Person, Shift, StepUp};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form, language) = (app.global::<Shift>(), &controller.form.shift, controller.form.language);
    let shift = controller.state().and_then(|state| state.shift.as_ref());
    page.set_is_open(shift.is_some());
    page.set_typed(words::typed_money(&form.typed, language).into());
    page.set_chosen_person(form.person.as_ref().map(|id| id.0.as_str()).unwrap_or_default().into());
    page.set_may_open(form.person.is_some() && !form.typed.is_empty());
    super::till::show_waiting(controller, app);
    super::deposit::show_all(controller, app);
    super::due::show_way(controller, app);
    super::sync(&controller.lists.people, controller.settings.operators.iter().map(person).collect());
    if let Some(shift) = shift {
        let operator = controller.settings.operator(&shift.operator);
        page.set_operator(operator.map_or(shift.operator.0.as_str(), |person| person.name.as_str()).into());
        page.set_since(shift.opened.clock().into());
        page.set_float(words::money(shift.float, language).into());
        super::sync(&controller.lists.figures, figures(controller, shift));
    }
}

pub(super) fn person(operator: &Operator) -> Person {
    let role = match operator.role {
        Role::Cashier => generated::Role::Cashier,
        Role::Chief => generated::Role::Chief,
        Role::Manager => generated::Role::Manager,
        Role::Owner => generated::Role::Owner,
    };
    Person { id: operator.id.0.as_str().into(), name: operator.name.as_str().into(), role }
}

/// Counts for everybody; sums only for who may see what the drawer should hold, so that a count stays blind.
fn figures(controller: &Controller, shift: &duty::Shift) -> Vec<Figure> {
    let sums = if controller.settings.role(&shift.operator) >= Role::Manager {
        sums(&shift.figures)
    } else {
        Vec::new()
    };
    let money = |(kind, amount): (FigureKind, Cents)| Figure {
        kind,
        text: words::money(amount, controller.form.language).into(),
    };
    let inside = controller.state().map_or(0, |state| state.visits.len());
    sums.into_iter().map(money).chain(counts(&shift.figures, inside)).collect()
}

fn sums(figures: &Figures) -> Vec<(FigureKind, Cents)> {
    vec![
        (FigureKind::Gross, figures.gross),
        (FigureKind::Net, figures.net),
        (FigureKind::Vat, figures.vat),
        (FigureKind::Cash, figures.cash),
        (FigureKind::Card, figures.card),
        (FigureKind::Tips, figures.tips),
        (FigureKind::Discounts, figures.discounts),
    ]
}

fn counts(figures: &Figures, inside: usize) -> Vec<Figure> {
    let count = |kind, number: String| Figure { kind, text: number.into() };
    let refunds = figures.retail_credits + figures.invoice_credits;
    vec![
        count(FigureKind::Receipts, figures.retail.to_string()),
        count(FigureKind::Invoices, figures.invoices.to_string()),
        count(FigureKind::Refunds, refunds.to_string()),
        count(FigureKind::NoDocument, figures.no_document.to_string()),
        count(FigureKind::NoSale, figures.no_sale.to_string()),
        count(FigureKind::Inside, inside.to_string()),
    ]
}

pub(super) fn show_step_up(controller: &Controller, app: &App) {
    let (dialog, form) = (app.global::<StepUp>(), controller.form.step_up.as_ref());
    dialog.set_asked(form.is_some());
    let Some(form) = form else { return };
    dialog.set_right(match form.right {
        Right::SmallDiscount => generated::Right::SmallDiscount,
        Right::LargeDiscount => generated::Right::LargeDiscount,
        Right::NoDocument => generated::Right::NoDocument,
        Right::CorrectEntry => generated::Right::CorrectEntry,
        Right::NoSale => generated::Right::NoSale,
        Right::ManualWeight => generated::Right::ManualWeight,
        Right::SettleCard => generated::Right::SettleCard,
        Right::EditPricedTime => generated::Right::EditPricedTime,
        Right::SetPrice => generated::Right::SetPrice,
        Right::CloseMissed => generated::Right::CloseMissed,
        Right::KeepLists => generated::Right::KeepLists,
        Right::ValidateStay => generated::Right::ValidateStay,
        Right::KeepMerchants => generated::Right::KeepMerchants,
        Right::LetStoppedIn => generated::Right::LetStoppedIn,
        Right::KeepSubscriptions => generated::Right::KeepSubscriptions,
        Right::PaidOut => generated::Right::PaidOut,
        Right::Refund => generated::Right::Refund,
        Right::RefundInCash => generated::Right::RefundInCash,
        Right::CloseDay => generated::Right::CloseDay,
        Right::ExplainVariance => generated::Right::ExplainVariance,
        Right::SeeExpected => generated::Right::SeeExpected,
        Right::ArrangePapers => generated::Right::ArrangePapers,
        Right::SetTariff => generated::Right::SetTariff,
    });
    dialog.set_chosen(form.chosen.as_ref().map(|id| id.0.as_str()).unwrap_or_default().into());
    super::sync(&controller.lists.approvers, controller.settings.holders(form.right).map(person).collect());
}
