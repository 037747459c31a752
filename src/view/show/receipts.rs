//! Documents that were issued, and money given back.

use crate::domain::document::{Document, DocumentKind};
use crate::domain::money::Cents;
use crate::domain::time::Stamp;
use crate::view::controller::Controller;
use crate::view::generated::{App, BackWay, ReceiptKind, ReceiptRow, Receipts, Refund, RefundText};
use crate::view::receipts::Typing;
use crate::view::words;
use slint::{ComponentHandle, SharedString};

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Receipts>(), &controller.form.receipts);
    let Some(now) = controller.now() else { return };
    page.set_query(form.query.as_str().into());
    page.set_chosen(form.chosen.map(|id| id.to_string()).unwrap_or_default().into());
    page.set_printing(controller.prints_receipt());
    let money = |amount: Cents| SharedString::from(words::money(amount, controller.form.language));
    let shown = |amount: Cents| if amount.is_zero() { SharedString::default() } else { money(amount) };
    let (given, by_card) = form.given.unwrap_or_default();
    page.set_given(shown(given));
    page.set_given_by_card(shown(by_card));
    page.set_paper(form.picture.as_ref().map(super::pay::image).unwrap_or_default());
    let rows = form.found.iter().map(|document| row(controller, document, now)).collect();
    super::sync(&controller.lists.receipts, rows);
    let Some(document) = form.document() else { return };
    page.set_number(number(document).into());
    page.set_left(shown(document.left()));
    page.set_unnamed(document.name.is_none() && !document.is_credit());
    page.set_is_void(document.void.is_some());
    page.set_may_void(controller.may_void());
}

fn number(document: &Document) -> String {
    format!("{}-{}", document.series, document.number)
}

fn row(controller: &Controller, document: &Document, now: Stamp) -> ReceiptRow {
    let money = |amount: Cents| words::money(amount, controller.form.language);
    let gross = document.totals.gross;
    let back = document.credited.gross();
    let given_to = document.credit.as_ref().map(|credit| credit.given_to.as_str());
    ReceiptRow {
        id: document.id.to_string().into(),
        number: number(document).into(),
        called: match given_to {
            Some(person) if !person.is_empty() => person.into(),
            _ => document.called().into(),
        },
        time: super::clock(document.issued, now).into(),
        amount: money(if document.is_credit() { -gross } else { gross }).into(),
        kind: match (&document.kind, document.is_credit()) {
            (_, true) => ReceiptKind::Credit,
            (DocumentKind::Retail, false) => ReceiptKind::Receipt,
            (DocumentKind::Invoice { .. }, false) => ReceiptKind::Invoice,
        },
        given_back: if back.is_zero() { SharedString::default() } else { money(back).into() },
        is_void: document.void.is_some(),
        unnamed: document.name.is_none(),
    }
}

pub(super) fn show_refund(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Refund>(), &controller.form.receipts.refund);
    let money = |amount: Cents| SharedString::from(words::money(amount, controller.form.language));
    let original = form.original.as_ref();
    page.set_without(original.is_none());
    page.set_voiding(form.voiding);
    page.set_number(original.map(number).unwrap_or_default().into());
    page.set_left(original.map(|document| money(document.left())).unwrap_or_default());
    page.set_amount(if form.typed.is_empty() { SharedString::default() } else { money(form.amount()) });
    page.set_may_choose(form.may_choose());
    page.set_in_cash(form.in_cash);
    page.set_reason(form.reason.as_str().into());
    page.set_person(form.person.as_str().into());
    page.set_typing(match form.typing {
        Typing::Nothing => RefundText::None,
        Typing::Reason => RefundText::Reason,
        Typing::Person => RefundText::Person,
    });
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    page.set_may_send(form.is_complete() && !form.sent);
    let way = |(means, amount)| BackWay { kind: super::pay::tender_kind(means), amount: money(amount) };
    let ways = form.ways().into_iter().filter(|(_, amount)| !amount.is_zero()).map(way);
    super::sync(&controller.lists.ways, ways.collect());
}
