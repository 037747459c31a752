//! Sales without a vehicle: what is added, taken in, paid, fetched. The registry hears nothing of any of it.

use super::{Decided, Draft, Stop, arrive, card, counterparty, pack, paper, pay, serve, subscription};
use crate::app::effect::Notice;
use crate::app::input::{AddToOrder, By, HowMuch};
use crate::app::refusal::{OrderRefusal, Refusal};
use crate::domain::card::{CardApproval, CardSession, WantedPayment};
use crate::domain::catalogue::{Item, NotOffered};
use crate::domain::customer::TaxNumber;
use crate::domain::device::{ScaleReading, Weighed};
use crate::domain::document::{Document, IssuedFor, Subject};
use crate::domain::event::Event;
use crate::domain::ids::OrderId;
use crate::domain::measure::{Measure, Unit};
use crate::domain::operator::{OperatorId, Right};
use crate::domain::order::{Fetched, Order, OrderLine, OrderState, OrderStep, OrderStepRefused, Owner};
use crate::domain::paper::Paper;
use crate::domain::sale::{Discount, DiscountAmount, DiscountSource};
use crate::domain::subscription::WantedTerm;
use crate::domain::text::Text;
use jiff::{Span, civil};
use std::collections::BTreeSet;

/// The most pieces one line may be about.
const PIECES_MAX: u32 = 1_000;

/// Adds a thing to an order; the first one begins it.
pub(super) fn add(draft: &mut Draft, wanted: &AddToOrder) -> Decided {
    draft.require_disk()?;
    let item = draft.settings.catalogue.item(&wanted.item);
    let item = item.ok_or(Refusal::NotOffered(NotOffered::Unknown(wanted.item.clone())))?;
    let (line, approved_by) = line_of(draft, item, wanted)?;
    let id = match wanted.order {
        Some(id) => draft.order(id)?.id,
        None => begin(draft, &wanted.by.operator, None),
    };
    draft.event(Event::OrderLineAdded {
        order: id,
        line: Box::new(line),
        operator: wanted.by.operator.clone(),
        approved_by,
    });
    if wanted.order.is_none() {
        draft.tell(Notice::OrderOpened { order: id });
    }
    Ok(())
}

/// Begins an order; the one that buys a period of a subscription is told which.
pub(super) fn begin(draft: &mut Draft, operator: &OperatorId, term: Option<Box<WantedTerm>>) -> OrderId {
    let id = OrderId(draft.ids.uuid());
    let order = Order {
        id,
        reference: arrive::next_reference(draft),
        opened: draft.at,
        operator: operator.clone(),
        state: OrderState::Open,
        lines: Vec::new(),
        discounts: Vec::new(),
        catalogue: draft.settings.catalogue.version.clone(),
        owner: Owner::default(),
        promised: None,
        term,
    };
    draft.event(Event::OrderOpened { order: Box::new(order) });
    id
}

/// The line, and who allowed a weight that no scale said.
fn line_of(draft: &Draft, item: &Item, wanted: &AddToOrder) -> Result<(OrderLine, Option<OperatorId>), Stop> {
    if !(1..=PIECES_MAX).contains(&wanted.pieces) {
        return Err(OrderRefusal::Pieces.into());
    }
    let (measure, approved_by) = measured(draft, wanted)?;
    if measure.unit() != item.unit {
        return Err(OrderRefusal::OtherUnit.into());
    }
    let line =
        draft.settings.catalogue.item_line(item, measure, wanted.pieces).ok_or(match measure.unit() {
            Unit::Kilogram => OrderRefusal::TareAboveWeight,
            Unit::Piece | Unit::SquareMetre | Unit::Hour => OrderRefusal::Size,
        })?;
    let pieces = if item.goods { 0 } else { wanted.pieces };
    let defects = Text::new(&wanted.defects);
    Ok((OrderLine { line, pieces, fetched: 0, defects, pack: None, document: None }, approved_by))
}

/// How it was measured. Only a weight at rest that is fresh is one; typed by hand it needs the right.
fn measured(draft: &Draft, wanted: &AddToOrder) -> Result<(Measure, Option<OperatorId>), Stop> {
    match wanted.how_much {
        HowMuch::Pieces => Ok((Measure::Count, None)),
        HowMuch::Minutes { minutes } => Ok((Measure::Time { minutes }, None)),
        HowMuch::Size { length_cm, width_cm } => {
            Ok((Measure::Area { length_cm, width_cm, pieces: wanted.pieces }, None))
        }
        HowMuch::OnScale { tare_g } => {
            let reading =
                draft.state.live.weighed.map_or(ScaleReading::NoAnswer, |seen: Weighed| seen.now(draft.at));
            match reading {
                ScaleReading::Stable { grams } => {
                    Ok((Measure::Weight { gross_g: grams, tare_g, by_hand: false }, None))
                }
                reading => Err(OrderRefusal::NoWeight { reading }.into()),
            }
        }
        HowMuch::ByHand { gross_g, tare_g } => {
            let approved_by = draft.require(Right::ManualWeight, &wanted.by)?;
            Ok((Measure::Weight { gross_g, tare_g, by_hand: true }, Some(approved_by)))
        }
    }
}

/// Takes a line off again, while the order is being written down.
pub(super) fn remove(draft: &mut Draft, id: OrderId, line: usize) -> Decided {
    let order = draft.order(id)?;
    let known = order.lines.get(line).ok_or(OrderRefusal::NoSuch)?;
    // A period of a subscription is what its order is for.
    if known.document.is_some() || order.state != OrderState::Open || order.term.is_some() {
        return Err(Refusal::PriceFixed.into());
    }
    draft.event(Event::OrderLineRemoved { order: id, line });
    Ok(())
}

/// A discount by hand on what is owed, with the right it needs.
pub(super) fn discount(
    draft: &mut Draft,
    id: OrderId,
    amount: DiscountAmount,
    reason: &str,
    by: &By,
) -> Decided {
    let order = with_storage(draft, draft.order(id)?);
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let mut sale = order.unpaid();
    sale.discounts.clear();
    let right = serve::right_for(amount, sale.totals().gross)?;
    let approved_by = Some(draft.require(right, by)?);
    let discount = Discount { source: DiscountSource::Manual, amount, reason, approved_by };
    draft.event(Event::OrderDiscounted { order: id, discount });
    Ok(())
}

/// Its things are left here: the slip comes out.
pub(super) fn take_in(
    draft: &mut Draft,
    id: OrderId,
    owner: &Owner,
    promised: Option<civil::Date>,
    operator: &OperatorId,
) -> Decided {
    draft.require_disk()?;
    let order = draft.order(id)?;
    order.state.after(OrderStep::TakeIn).map_err(OrderRefusal::Step)?;
    if order.pieces() == 0 {
        return Err(OrderRefusal::NothingLeftHere.into());
    }
    let today = draft.at.date();
    if promised.is_some_and(|promised| promised < today) {
        return Err(OrderRefusal::PromisedInThePast.into());
    }
    let promised = promised.or_else(|| promised_by_list(draft, order));
    let (owner, operator) = (owner.clone(), operator.clone());
    draft.event(Event::OrderTakenIn { order: id, owner, promised, operator });
    paper::ask_for(draft, Paper::Intake { order: id });
    Ok(())
}

/// The day the price list promises: that of what takes longest.
fn promised_by_list(draft: &Draft, order: &Order) -> Option<civil::Date> {
    let codes = order.lines.iter().map(|line| line.line.code.as_str());
    let days = draft.settings.catalogue.days_for(codes)?;
    draft.at.date().checked_add(Span::new().days(i64::from(days))).ok()
}

/// Its things can be fetched.
pub(super) fn finish(draft: &mut Draft, id: OrderId, operator: &OperatorId) -> Decided {
    draft.order(id)?.state.after(OrderStep::Finish).map_err(OrderRefusal::Step)?;
    draft.event(Event::OrderFinished { order: id, operator: operator.clone() });
    Ok(())
}

/// Takes the money for everything that is owed, at the intake or when something is fetched.
pub(super) fn pay(draft: &mut Draft, id: OrderId, payment: &WantedPayment) -> Decided {
    draft.require_disk()?;
    let order = with_storage(draft, draft.order(id)?);
    let customer = customer_of(payment)?;
    if counterparty::must_be_read(draft, Subject::Order(id), payment, customer.as_ref()) {
        return Ok(());
    }
    let document = document_for(draft, &order, payment, None)?;
    pay::check_issuer(draft, &document)?;
    if card::asks_first(draft, Subject::Order(id), payment)? {
        return Ok(());
    }
    pay_with(draft, id, payment, None)
}

/// Books a payment.
pub(super) fn pay_with(
    draft: &mut Draft,
    id: OrderId,
    payment: &WantedPayment,
    approved: Option<(CardSession, CardApproval)>,
) -> Decided {
    let before = draft.order(id)?;
    let order = with_storage(draft, before);
    card::check_sessions(draft, &payment.tenders, approved.as_ref().map(|(session, _)| *session))?;
    let document = document_for(draft, &order, payment, approved)?;
    pay::check_issuer(draft, &document)?;
    for line in order.lines.iter().skip(before.lines.len()) {
        let (line, operator) = (Box::new(line.clone()), payment.operator.clone());
        draft.event(Event::OrderLineAdded { order: id, line, operator, approved_by: None });
    }
    if let Some(term) = &order.term {
        subscription::paid(draft, term, &document, &payment.operator);
    }
    pay::book_document(draft, document.clone(), &payment.operator);
    pack::sold(draft, &order, &document);
    Ok(())
}

fn document_for(
    draft: &mut Draft,
    order: &Order,
    payment: &WantedPayment,
    approved: Option<(CardSession, CardApproval)>,
) -> Result<Document, Stop> {
    if order.lines.is_empty() {
        return Err(OrderRefusal::Empty.into());
    }
    subscription::check_payable(draft, order)?;
    let sale = order.unpaid();
    if sale.lines.is_empty() {
        return Err(OrderRefusal::NothingOwed.into());
    }
    let owed = pay::Owed {
        issued_for: IssuedFor::Order { order: order.id },
        reference: order.reference.clone(),
        branch: draft.settings.branch,
        customer: customer_of(payment)?,
        sale,
        span: None,
    };
    pay::document(draft, owed, payment, approved)
}

/// Whom an invoice is for, as typed.
fn customer_of(payment: &WantedPayment) -> Result<Option<TaxNumber>, Refusal> {
    let typed = payment.invoice_to.as_ref().map(|(country, number)| TaxNumber::parse(country, number));
    typed.transpose().map_err(Refusal::TaxNumber)
}

/// The order with what keeping its things has come to by today.
fn with_storage(draft: &Draft, order: &Order) -> Order {
    let mut order = order.clone();
    let settings = draft.settings;
    order.lines.extend(order.storage(settings.storage, settings.catalogue.vat, draft.at.date()));
    order
}

/// Some of its things are fetched, once they are paid.
pub(super) fn hand_over(
    draft: &mut Draft,
    id: OrderId,
    fetched: &[Fetched],
    operator: &OperatorId,
) -> Decided {
    let order = draft.order(id)?;
    if order.state == OrderState::Open {
        return Err(OrderRefusal::Step(OrderStepRefused::NotTakenIn).into());
    }
    let here = |one: &Fetched| order.lines.get(one.line).is_some_and(|line| one.pieces <= line.here());
    let lines: BTreeSet<usize> = fetched.iter().map(|one| one.line).collect();
    let some = fetched.iter().any(|one| one.pieces > 0);
    if !some || lines.len() != fetched.len() || !fetched.iter().all(here) {
        return Err(OrderRefusal::NotHere.into());
    }
    let settings = draft.settings;
    let owed = with_storage(draft, order).lines.iter().any(|line| line.document.is_none());
    if owed {
        let due = order.due(settings.storage, settings.catalogue.vat, draft.at.date());
        return Err(OrderRefusal::NotPaid { due }.into());
    }
    let (fetched, operator) = (fetched.to_vec(), operator.clone());
    draft.event(Event::OrderFetched { order: id, fetched, operator });
    Ok(())
}

/// Its things are given back untouched; what was not even taken in is only thrown away.
pub(super) fn cancel(draft: &mut Draft, id: OrderId, reason: &str, by: &By) -> Decided {
    let order = draft.order(id)?;
    let reason = Text::new(reason);
    order.state.after(OrderStep::Cancel(reason.clone())).map_err(OrderRefusal::Step)?;
    if order.has_document() {
        return Err(OrderRefusal::Paid.into());
    }
    let approved_by = if order.state == OrderState::Open {
        by.operator.clone()
    } else if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    } else {
        draft.require(Right::CorrectEntry, by)?
    };
    let operator = by.operator.clone();
    draft.event(Event::OrderCancelled { order: id, reason, operator, approved_by });
    Ok(())
}
