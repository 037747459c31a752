//! A card payment a linked terminal was asked for.

use crate::app::said::card_words;
use crate::domain::card::ChargeState;
use crate::view::controller::Controller;
use crate::view::generated::{AfmState, App, Card, CardStand, DocumentKind};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form, language) = (app.global::<Card>(), &controller.form.pay, controller.form.language);
    page.set_linked(controller.has_card_terminal());
    let invoice = form.document == DocumentKind::Invoice;
    page.set_may_account(invoice && super::pay::tax_state(&form.tax) == AfmState::Good);
    page.set_busy(form.card_busy);
    page.set_asked_again(form.asked_again.map(|at| at.clock()).unwrap_or_default().into());
    let Some(charge) = controller.charge() else { return page.set_stand(CardStand::None) };
    page.set_stand(match charge.state {
        ChargeState::Asked => CardStand::AtWork,
        ChargeState::Unknown { .. } => CardStand::Unknown,
        ChargeState::Approved { .. } => CardStand::Approved,
    });
    page.set_session(charge.session.to_string().into());
    page.set_deposit(charge.payment.deposit.is_some());
    page.set_amount(words::money(charge.amount, language).into());
    page.set_since(charge.at.clock().into());
    page.set_words(match &charge.state {
        ChargeState::Unknown { why } => card_words(why.as_str(), language).into(),
        ChargeState::Asked | ChargeState::Approved { .. } => Default::default(),
    });
}
