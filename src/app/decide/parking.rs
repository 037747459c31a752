//! A car park: the price that is paid, who may leave, and leaving free.

use super::{Draft, Stop, listed, serve, validation};
use crate::app::effect::Notice;
use crate::app::refusal::Refusal;
use crate::domain::card::{ShownPrice, WantedPayment};
use crate::domain::entry::ServiceCategory;
use crate::domain::event::Event;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::parking::Bill;
use crate::domain::sale::Sale;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::{NoDocumentReason, Settlement, StepRefused, Visit};

/// What a visit is to pay at an instant.
pub(super) fn bill(draft: &Draft, visit: &Visit, at: Stamp) -> Result<Bill, Stop> {
    draft.settings.bill(visit, at).map_err(|why| Refusal::NoPrice(why).into())
}

/// A payment with the instant whose price it pays: now, or when it was shown where the person means that. What is paid is
/// what was shown, or the person is asked; nothing is to be done then.
pub(super) fn at_its_price(
    draft: &mut Draft,
    visit: &Visit,
    payment: &WantedPayment,
) -> Result<Option<WantedPayment>, Stop> {
    if draft.settings.tariff_of(visit).is_none() {
        return Ok(Some(WantedPayment { shown: None, ..payment.clone() }));
    }
    let settled = |at| Some(WantedPayment { shown: Some(ShownPrice { at, meant: true }), ..payment.clone() });
    let Some(shown) = payment.shown else { return Ok(settled(draft.at)) };
    let now = bill(draft, visit, draft.at)?.due();
    let then = bill(draft, visit, shown.at)?.due();
    let age_s = draft.at.seconds_since(&shown.at);
    if then == now {
        Ok(settled(draft.at))
    } else if shown.meant && (0..=draft.settings.parking.price_holds_s).contains(&age_s) {
        Ok(settled(shown.at))
    } else {
        draft.tell(Notice::PriceGrew { visit: visit.id, shown: then, now });
        Ok(None)
    }
}

/// Whether a visit's vehicle may leave, and the visit as it leaves: a stay for which nothing is due is settled here, free.
pub(super) fn may_leave(draft: &mut Draft, visit: &Visit, operator: &OperatorId) -> Result<Visit, Stop> {
    if !visit.supplement.is_empty() {
        return Err(Refusal::Step(StepRefused::NotSettled).into());
    }
    match visit.state.settlement() {
        None if draft.settings.tariff_of(visit).is_some() => match listed::exempt(draft, visit) {
            Some(note) => settle_without(draft, visit, NoDocumentReason::OwnUse, note, operator),
            None => leave_free(draft, visit, operator),
        },
        Some(Settlement::Paid { .. }) if visit.pass().is_some() => Ok(visit.clone()),
        // Where the clock was set back after the payment nobody can say that it overstayed.
        Some(Settlement::Paid { .. }) => match draft.settings.owed(visit, draft.at) {
            Ok(due) if due > Cents::ZERO => Err(Refusal::Overstayed { due }.into()),
            _ => Ok(visit.clone()),
        },
        _ => Ok(visit.clone()),
    }
}

/// Nothing is due: free of charge by the tariff, which needs nobody's right. What is due is paid first.
fn leave_free(draft: &mut Draft, visit: &Visit, operator: &OperatorId) -> Result<Visit, Stop> {
    let bill = bill(draft, visit, draft.at)?;
    if !draft.settings.leaves_free(&bill) {
        return Err(Refusal::Step(StepRefused::NotSettled).into());
    }
    let note = why_free(draft, visit, &bill);
    free(draft, visit, &bill.sale, note, operator)
}

/// The rule that made it free, in words.
fn why_free(draft: &Draft, visit: &Visit, bill: &Bill) -> Text {
    let shops: Vec<&str> = bill.sale.discounts.iter().map(|discount| discount.reason.as_str()).collect();
    if !bill.sale.is_empty() {
        return Text::new(&shops.join(", "));
    }
    let price = draft
        .settings
        .tariff_of(visit)
        .and_then(|tariff| tariff.price(visit.size.into(), visit.arrived.utc, draft.at.utc).ok());
    let words = price.map(|price| {
        let steps = price.grouped();
        let names = steps.iter().map(|step| price.name(step).get(draft.settings.language).to_string());
        names.collect::<Vec<_>>().join(", ")
    });
    Text::new(words.as_deref().unwrap_or("0,00"))
}

/// Settled free of charge, with the words why; what shops took off its price stands in their accounts.
pub(super) fn free(
    draft: &mut Draft,
    visit: &Visit,
    sale: &Sale,
    note: Text,
    operator: &OperatorId,
) -> Result<Visit, Stop> {
    validation::use_up(draft, visit, sale, None);
    settle_free(draft, visit, note, operator)
}

/// Settled free of charge, with the words why.
fn settle_free(draft: &mut Draft, visit: &Visit, note: Text, operator: &OperatorId) -> Result<Visit, Stop> {
    settle_without(draft, visit, NoDocumentReason::Free, note, operator)
}

/// Settled without a document.
fn settle_without(
    draft: &mut Draft,
    visit: &Visit,
    reason: NoDocumentReason,
    note: Text,
    operator: &OperatorId,
) -> Result<Visit, Stop> {
    let category = Some(ServiceCategory::without_document(reason));
    let settlement = Settlement::NoDocument { reason, note, approved_by: operator.clone(), redo_of: None };
    let (id, size, sale) = (visit.id, visit.size, visit.sale.clone());
    let shift = draft.state.shift.as_ref().map(|shift| shift.id);
    let events = [
        Event::ServiceChosen { visit: id, size, sale, category: category.clone() },
        Event::NoDocumentChosen { visit: id, settlement, shift },
    ];
    for event in events {
        draft.event(event);
    }
    serve::tell_service(draft, visit, category.as_ref(), visit.amount);
    draft.as_decided(visit)
}
