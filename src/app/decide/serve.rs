//! Service and discounts.

use super::{Decided, Draft, bay, parking, price_is_open, rental, work};
use crate::app::effect::Question;
use crate::app::input::{By, ChooseService, Input};
use crate::app::refusal::{LeaseRefusal, Refusal};
use crate::domain::catalogue::{Catalogue, NotOffered};
use crate::domain::entry::{ClientType, MessageKind, MessageState, ServiceCategory, Told};
use crate::domain::event::{Event, Returned};
use crate::domain::ids::VisitId;
use crate::domain::money::{Cents, Rate};
use crate::domain::operator::Right;
use crate::domain::sale::{Discount, DiscountAmount, DiscountSource, Line, Sale};
use crate::domain::settings::{Settings, Trade};
use crate::domain::text::Text;
use crate::domain::visit::{Step, StepRefused, Visit, VisitState};

/// Up to this share a discount by hand is small.
const SMALL_DISCOUNT: Rate = Rate(1000);

/// Prices the chosen package and extras; tells the registry the kind of service.
pub(super) fn choose(draft: &mut Draft, choice: &ChooseService) -> Decided {
    let visit = draft.visit(choice.visit)?;
    if !price_is_open(&visit.state) {
        return Err(price_refusal(&visit.state).into());
    }
    if visit.work.as_ref().is_some_and(|work| !work.lines.is_empty()) {
        return Err(Refusal::PricedByWorkOrder.into());
    }
    if visit.lease.is_some() {
        return Err(LeaseRefusal::PricedByLease.into());
    }
    let catalogue = &draft.settings.catalogue;
    let trades = draft.settings.trades_of(visit.client_type);
    let lines = if draft.settings.tariff_of(visit).is_some() {
        beside_a_stay(catalogue, choice, &trades)
    } else {
        catalogue.lines(choice.size, &choice.package, &choice.extras, &trades)
    };
    let lines = lines.map_err(Refusal::NotOffered)?;
    let lines = match &visit.rental {
        Some(rental) => rental.sold(lines, |code| catalogue.package(code).is_some()),
        None => lines,
    };
    // A tariff knows the classes of vehicles itself.
    let stay = draft.settings.tariff_of(visit).is_some();
    let automatic = catalogue.automatic_discount(choice.size).filter(|_| !stay);
    let by_hand = visit.sale.discounts.iter().filter(|d| d.source == DiscountSource::Manual).cloned();
    let discounts = automatic.into_iter().chain(by_hand).collect();
    let sale = Sale { lines, discounts, catalogue: catalogue.version.clone() };
    // What a stay costs is told with its payment; its size alone is nothing to tell.
    let category =
        if sale.is_empty() { visit.category.clone() } else { category_of(draft.settings, visit, &sale) };
    let priced = sale.clone();
    draft.event(Event::ServiceChosen {
        visit: visit.id,
        size: choice.size,
        sale,
        category: category.clone(),
    });
    bay::promise(draft, visit, &priced);
    tell_service(draft, visit, category.as_ref(), visit.amount);
    Ok(())
}

/// What a parked vehicle takes beside its stay, which the tariff prices: a package of the wash, where there is one, and
/// extras; or nothing.
fn beside_a_stay(
    catalogue: &Catalogue,
    choice: &ChooseService,
    trades: &[Trade],
) -> Result<Vec<Line>, NotOffered> {
    let extras = catalogue.supplement(&choice.extras, trades)?.lines;
    if choice.package.is_empty() {
        return Ok(extras);
    }
    let of_wash =
        catalogue.package(&choice.package).is_some_and(|package| package.trade == Some(Trade::Wash));
    if !of_wash {
        return Err(NotOffered::Unknown(choice.package.clone()));
    }
    catalogue.lines(choice.size, &choice.package, &choice.extras, trades)
}

/// What the registry is told of a sale: a garage's work with parts or without, a wash's service by the price list or by
/// agreement; a rental desk tells nothing. Where a person said it apart, that stands.
pub(super) fn category_of(settings: &Settings, visit: &Visit, sale: &Sale) -> Option<ServiceCategory> {
    match visit.client_type {
        ClientType::Rental => None,
        ClientType::ParkingWash if visit.terms.customer().is_some() => Some(ServiceCategory::ByAgreement),
        ClientType::ParkingWash => Some(ServiceCategory::ByPriceList),
        ClientType::Garage => {
            if let Some(work) = visit.work.as_ref().filter(|work| !work.lines.is_empty()) {
                let said = visit.category.clone().filter(|_| work.category_said);
                return said.or_else(|| Some(work.category(settings.garage.parts_of_both)));
            }
            let parts = settings.catalogue.uses_parts(sale.lines.iter().map(|line| line.code.as_str()));
            Some(match &visit.category {
                // What was put in words, and whose parts were used, no price list knows.
                Some(said @ ServiceCategory::Other(_)) => said.clone(),
                Some(said @ ServiceCategory::WithCustomersParts) if !parts => said.clone(),
                _ if parts => ServiceCategory::WithParts,
                _ => ServiceCategory::WithoutParts,
            })
        }
    }
}

/// What the registry is told of the service, said apart from its price: a garage's diagnosis before the estimate, several
/// kinds of work in words, the amount of a lease.
pub(super) fn tell(
    draft: &mut Draft,
    id: VisitId,
    category: Option<&ServiceCategory>,
    amount: Option<Cents>,
    wanted: &Input,
) -> Decided {
    if !draft.state.visits.contains_key(&id) {
        // Over: the archive says how, and the refusal why.
        draft.ask(Question::Visit { visit: id, wanted: Box::new(wanted.clone()) });
        return Ok(());
    }
    let visit = draft.visit(id)?;
    let category = category.or(visit.category.as_ref()).filter(|_| visit.client_type != ClientType::Rental);
    if category.is_some_and(ServiceCategory::means_no_document) {
        return Err(Refusal::CategoryNotHere.into());
    }
    if amount.is_some_and(|amount| amount <= Cents::ZERO) {
        return Err(Refusal::Amount.into());
    }
    let amount = amount.or(visit.amount);
    draft.event(Event::ServiceTold { visit: id, category: category.cloned(), amount });
    if let Some(told) = update_of(visit, category, amount) {
        draft.check(visit, &told)?;
    }
    tell_service(draft, visit, category, amount);
    Ok(())
}

/// Something is to be told of a visit that is over: what the registry would answer is said here, and nothing is sent.
pub(super) fn tell_too_late(
    draft: &Draft,
    visit: &Visit,
    category: Option<&ServiceCategory>,
    amount: Option<Cents>,
) -> Decided {
    let mut over = visit.clone();
    if let Some(completion) = &mut over.entry.complete {
        // On its way or there: behind it nothing more is taken.
        completion.state = MessageState::Confirmed;
    }
    if let Some(told) = update_of(visit, category.or(visit.category.as_ref()), amount.or(visit.amount)) {
        draft.check(&over, &told)?;
    }
    Err(Refusal::NoSuchVisit.into())
}

/// Moment 2. Nothing is told twice; an update that was never sent is changed instead of adding one.
pub(super) fn tell_service(
    draft: &mut Draft,
    visit: &Visit,
    category: Option<&ServiceCategory>,
    amount: Option<Cents>,
) {
    if visit.under().is_some() {
        return;
    }
    let known = visit.category.as_ref() == category && visit.amount == amount;
    if known && visit.entry.update.is_some() {
        return;
    }
    let Some(told) = update_of(visit, category, amount) else { return };
    match visit.entry.moment(MessageKind::Update) {
        Some(moment) if moment.state == MessageState::Queued && !moment.tried => {
            let about = moment.about(visit.id, MessageKind::Update);
            draft.event(Event::MessageAmended { about, told });
        }
        // Refused, and put right: it goes again in its place, or everything behind it would wait for ever.
        Some(moment) if moment.state == MessageState::Rejected => {
            let about = moment.about(visit.id, MessageKind::Update);
            draft.event(Event::MessageAmended { about: about.clone(), told });
            draft.event(Event::MessageReturned { about, why: Returned::ToldAgain });
        }
        _ => draft.queue(visit, told),
    }
}

/// The message; nothing where there is nothing to tell.
pub(super) fn update_of(
    visit: &Visit,
    category: Option<&ServiceCategory>,
    amount: Option<Cents>,
) -> Option<Told> {
    let none = |category: &ServiceCategory| category.means_no_document();
    let after_all = visit.category.as_ref().is_some_and(none) && !category.is_some_and(none);
    let told =
        Told::Update { client_type: visit.client_type, category: category.cloned(), amount, after_all };
    (category.is_some() || amount.is_some()).then_some(told)
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
    let automatic = |sale: &Sale| -> Vec<Discount> {
        sale.discounts.iter().filter(|d| d.source != DiscountSource::Manual).cloned().collect()
    };
    let mut sale = Sale { discounts: automatic(&visit.sale), ..visit.sale.clone() };
    let priced = parking::bill(draft, visit, draft.at)?.sale;
    let before = Sale { discounts: automatic(&priced), ..priced.clone() }.totals().gross;
    let right = right_for(amount, before)?;
    let approved_by = Some(draft.require(right, by)?);
    sale.discounts.push(Discount { source: DiscountSource::Manual, amount, reason, approved_by });
    if priced.is_empty() {
        return Err(Refusal::NoService.into());
    }
    let category = visit.category.clone();
    draft.event(Event::ServiceChosen { visit: id, size: visit.size, sale, category });
    Ok(())
}

/// Extras for a visit that was paid already: another document follows.
pub(super) fn sell_more(draft: &mut Draft, id: VisitId, extras: &[String]) -> Decided {
    let visit = draft.visit(id)?;
    if !visit.is_past_its_price() {
        return Err(Refusal::Step(StepRefused::NotSettled).into());
    }
    let trades = draft.settings.trades_of(visit.client_type);
    let sale = draft.settings.catalogue.supplement(extras, &trades).map_err(Refusal::NotOffered)?;
    let sale = rental::beside_charges(draft, visit, sale);
    draft.event(Event::SupplementChosen { visit: visit.id, sale });
    Ok(())
}

/// The right a discount by hand needs; refused where it takes off nothing, or more than there is.
pub(super) fn right_for(amount: DiscountAmount, before: Cents) -> Result<Right, Refusal> {
    let wanted = match amount {
        DiscountAmount::Percent(rate) => rate.of(before),
        DiscountAmount::Amount(cents) => cents,
    };
    if wanted <= Cents::ZERO || wanted > before {
        return Err(Refusal::Discount);
    }
    let small = wanted <= SMALL_DISCOUNT.of(before);
    Ok(if small { Right::SmallDiscount } else { Right::LargeDiscount })
}

/// Service begins.
pub(super) fn start(draft: &mut Draft, id: VisitId) -> Decided {
    let visit = draft.visit(id)?;
    let state = visit.state.after(Step::Start).map_err(Refusal::Step)?;
    draft.event(Event::ServiceStarted { visit: id });
    work::follow(draft, visit, &state);
    Ok(())
}

/// Service is done.
pub(super) fn finish(draft: &mut Draft, id: VisitId) -> Decided {
    let visit = draft.visit(id)?;
    let state = visit.state.after(Step::Finish).map_err(Refusal::Step)?;
    draft.event(Event::ServiceFinished { visit: id });
    work::follow(draft, visit, &state);
    Ok(())
}

fn price_refusal(state: &VisitState) -> Refusal {
    if state.is_inside() { Refusal::PriceFixed } else { Refusal::NoSuchVisit }
}
