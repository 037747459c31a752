//! Service and discounts.

use super::{Decided, Draft, price_is_open};
use crate::app::input::{By, ChooseService};
use crate::app::refusal::Refusal;
use crate::domain::entry::{MessageKind, MessageState, ServiceCategory, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::money::{Cents, Rate};
use crate::domain::operator::Right;
use crate::domain::sale::{Discount, DiscountAmount, DiscountSource, Sale};
use crate::domain::text::Text;
use crate::domain::visit::{Step, Visit, VisitState};

/// Up to this share a discount by hand is small.
const SMALL_DISCOUNT: Rate = Rate(1000);

/// Prices the chosen package and extras; tells the registry the kind of service.
pub(super) fn choose(draft: &mut Draft, choice: &ChooseService) -> Decided {
    let visit = draft.visit(choice.visit)?;
    if !price_is_open(&visit.state) {
        return Err(price_refusal(&visit.state).into());
    }
    let catalogue = &draft.settings.catalogue;
    let lines = catalogue.lines(choice.size, &choice.package, &choice.extras).map_err(Refusal::NotOffered)?;
    let automatic = catalogue.automatic_discount(choice.size);
    let by_hand = visit.sale.discounts.iter().filter(|d| d.source == DiscountSource::Manual).cloned();
    let discounts = automatic.into_iter().chain(by_hand).collect();
    let sale = Sale { lines, discounts, catalogue: catalogue.version.clone() };
    let category = ServiceCategory::ByPriceList;
    draft.event(Event::ServiceChosen {
        visit: visit.id,
        size: choice.size,
        sale,
        category: category.clone(),
    });
    tell_category(draft, visit, &category);
    Ok(())
}

/// Moment 2. Nothing is told twice; an update that was never sent is changed instead of adding one.
pub(super) fn tell_category(draft: &mut Draft, visit: &Visit, category: &ServiceCategory) {
    if visit.category.as_ref() == Some(category) && visit.entry.update.is_some() {
        return;
    }
    let told = Told::Update { client_type: visit.client_type, category: category.clone() };
    match visit.entry.moment(MessageKind::Update) {
        Some(moment) if moment.state == MessageState::Queued && !moment.tried => {
            draft.event(Event::MessageAmended { message: moment.message, visit: visit.id, told });
        }
        _ => draft.queue(visit, told),
    }
}

/// A discount by hand, with the right it needs.
pub(super) fn discount(
    draft: &mut Draft,
    id: VisitId,
    amount: DiscountAmount,
    reason: &str,
    by: &By,
) -> Decided {
    let visit = draft.visit(id)?;
    if !price_is_open(&visit.state) {
        return Err(price_refusal(&visit.state).into());
    }
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let automatic: Vec<_> =
        visit.sale.discounts.iter().filter(|d| d.source != DiscountSource::Manual).cloned().collect();
    let mut sale = Sale { discounts: automatic, ..visit.sale.clone() };
    let before = sale.totals().gross;
    let wanted = match amount {
        DiscountAmount::Percent(rate) => rate.of(before),
        DiscountAmount::Amount(cents) => cents,
    };
    if wanted <= Cents::ZERO || wanted > before {
        return Err(Refusal::Discount.into());
    }
    let right = if wanted <= SMALL_DISCOUNT.of(before) { Right::SmallDiscount } else { Right::LargeDiscount };
    let approved_by = Some(draft.require(right, by)?);
    sale.discounts.push(Discount { source: DiscountSource::Manual, amount, reason, approved_by });
    let category = visit.category.clone().ok_or(Refusal::NoService)?;
    draft.event(Event::ServiceChosen { visit: id, size: visit.size, sale, category });
    Ok(())
}

/// Service begins.
pub(super) fn start(draft: &mut Draft, id: VisitId) -> Decided {
    draft.visit(id)?.state.after(Step::Start).map_err(Refusal::Step)?;
    draft.event(Event::ServiceStarted { visit: id });
    Ok(())
}

/// Service is done.
pub(super) fn finish(draft: &mut Draft, id: VisitId) -> Decided {
    draft.visit(id)?.state.after(Step::Finish).map_err(Refusal::Step)?;
    draft.event(Event::ServiceFinished { visit: id });
    Ok(())
}

fn price_refusal(state: &VisitState) -> Refusal {
    if state.is_inside() { Refusal::PriceFixed } else { Refusal::NoSuchVisit }
}
