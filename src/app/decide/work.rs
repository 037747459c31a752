//! A garage's work order: what is wrong, what is done, what the customer was told and agreed to.

use super::{Decided, Draft, Stop, paper, price_is_open, serve};
use crate::app::effect::Notice;
use crate::app::refusal::Refusal;
use crate::domain::dashboard::Dashboard;
use crate::domain::entry::{ClientType, ServiceCategory};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::money::{AMOUNT_MAX, Cents, Quantity};
use crate::domain::operator::OperatorId;
use crate::domain::paper::Paper;
use crate::domain::sale::{Line, Sale};
use crate::domain::text::{Name, Text};
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use crate::domain::work::{
    Agreement, Approval, ApprovalWay, Estimate, LINES_MAX, NextService, QUANTITY_MAX, WantedLine, WorkLine,
};

/// Hours and pieces have two decimals: thousandths in tens.
const SMALLEST_QUANTITY: i64 = 10;

/// What is wrong with a vehicle, and how it came. It may be put right until it is paid; the registry then knows at once that
/// it is looked at.
pub(super) fn describe(draft: &mut Draft, id: VisitId, complaint: &str, dashboard: Dashboard) -> Decided {
    let visit = garage_visit(draft, id)?;
    if !dashboard.is_sane() {
        return Err(Refusal::Kilometres.into());
    }
    draft.event(Event::WorkDescribed { visit: id, complaint: Text::new(complaint), dashboard });
    if visit.category.is_none() {
        chosen(draft, visit, visit.sale.clone(), Some(ServiceCategory::WithoutParts));
    }
    Ok(())
}

/// The lines of the work, all of them: pressing twice writes the same order.
pub(super) fn write(draft: &mut Draft, id: VisitId, wanted: &[WantedLine]) -> Decided {
    let visit = garage_visit(draft, id)?;
    if wanted.len() > LINES_MAX {
        return Err(Refusal::TooManyLines.into());
    }
    let lines = wanted.iter().map(|line| work_line(draft, line)).collect::<Result<Vec<_>, _>>()?;
    let sale = Sale {
        lines: lines.iter().map(|line| line.line.clone()).collect(),
        discounts: visit.sale.discounts.clone(),
        catalogue: draft.settings.catalogue.version.clone(),
    };
    let total = sale.totals().gross;
    if total > AMOUNT_MAX {
        return Err(Refusal::Amount.into());
    }
    let event = Event::WorkWritten { visit: id, lines };
    let mut after = visit.clone();
    after.fold(&event).map_err(Refusal::Step)?;
    draft.event(event);
    after.sale = sale.clone();
    let category = told(draft, &after, &visit.state);
    chosen(draft, visit, sale, category);
    let agreement = after.work.as_ref().map(|work| work.agreement(total, draft.settings.garage.may_exceed));
    if let Some(Agreement::Beyond { agreed }) = agreement {
        draft.tell(Notice::ApprovalNeeded { agreed, total });
    }
    Ok(())
}

fn work_line(draft: &Draft, wanted: &WantedLine) -> Result<WorkLine, Refusal> {
    let Quantity(quantity) = wanted.quantity;
    if quantity <= 0 || wanted.quantity > QUANTITY_MAX || quantity % SMALLEST_QUANTITY != 0 {
        return Err(Refusal::Quantity);
    }
    if wanted.unit_price < Cents::ZERO || wanted.unit_price > AMOUNT_MAX {
        return Err(Refusal::Amount);
    }
    let own = wanted.kind.name();
    let or_own = |text: &Text, own: Text| if text.is_empty() { own } else { text.clone() };
    let name = Name { el: or_own(&wanted.name.el, own.el), en: or_own(&wanted.name.en, own.en) };
    let known = draft.settings.catalogue.has(&wanted.code);
    let code = if known { wanted.code.clone() } else { wanted.kind.code().to_owned() };
    let vat = draft.settings.catalogue.vat;
    let line = Line {
        basis: wanted.basis,
        goods: wanted.kind.is_goods(),
        ..Line::new(&code, name, wanted.quantity, wanted.unit_price, vat)
    };
    Ok(WorkLine { kind: wanted.kind, line })
}

/// The customer is told what the lines cost: a version that stays as it is, on paper. The same lines are told once.
pub(super) fn estimate(draft: &mut Draft, id: VisitId, operator: &OperatorId) -> Decided {
    let visit = garage_visit(draft, id)?;
    let work = visit.work.as_ref().filter(|work| !work.lines.is_empty()).ok_or(Refusal::NoService)?;
    let last = work.estimates.last();
    let version = match last {
        Some(last) if last.sale == visit.sale => last.version,
        _ => {
            let version = last.map_or(1, |last| last.version + 1);
            let estimate = Estimate {
                version,
                at: draft.at,
                operator: operator.clone(),
                total: visit.sale.totals().gross,
                sale: visit.sale.clone(),
                approved: None,
            };
            draft.event(Event::EstimateMade { visit: id, estimate: Box::new(estimate) });
            version
        }
    };
    paper::ask_for(draft, Paper::Estimate { visit: id, version });
    Ok(())
}

/// The customer agreed to an estimate: the work on its lines may begin, and the registry is told what work it is.
pub(super) fn approve(
    draft: &mut Draft,
    id: VisitId,
    version: u32,
    name: &str,
    way: ApprovalWay,
    operator: &OperatorId,
) -> Decided {
    let visit = garage_visit(draft, id)?;
    let last = visit.work.as_ref().and_then(|work| work.estimates.last());
    let last = last.filter(|last| last.version == version).ok_or(Refusal::EstimateChanged)?;
    if last.approved.is_some() {
        return Ok(());
    }
    let name = Text::new(name);
    if name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    let approval = Approval { name, at: draft.at, way, operator: operator.clone() };
    let event = Event::EstimateApproved { visit: id, version, approval };
    let mut after = visit.clone();
    after.fold(&event).map_err(Refusal::Step)?;
    draft.event(event);
    let category = told(draft, &after, &visit.state);
    chosen(draft, visit, visit.sale.clone(), category);
    Ok(())
}

/// The work waits for parts, or they are there.
pub(super) fn await_parts(draft: &mut Draft, id: VisitId, what: Option<&str>) -> Decided {
    let visit = garage_visit(draft, id)?;
    let what = what.map(Text::new);
    if what.as_ref().is_some_and(Text::is_empty) {
        return Err(Refusal::NameMissing.into());
    }
    if visit.work.as_ref().and_then(|work| work.parts_awaited.as_ref()) != what.as_ref() {
        draft.event(Event::PartsAwaited { visit: id, what });
    }
    Ok(())
}

/// When the customer was told that the vehicle can be fetched. Told again, the last word stands.
pub(super) fn promise(draft: &mut Draft, id: VisitId, at: Stamp) -> Decided {
    let visit = garage_visit(draft, id)?;
    if at.utc <= draft.at.utc {
        return Err(Refusal::PromisedPast.into());
    }
    if visit.board.promised != Some(at) {
        draft.event(Event::VisitPromised { visit: id, promised: at });
    }
    Ok(())
}

/// When the vehicle should come again: also after it was paid, while it is here.
pub(super) fn next_service(draft: &mut Draft, id: VisitId, next: Option<&NextService>) -> Decided {
    let visit = draft.visit(id)?;
    if visit.client_type != ClientType::Garage {
        return Err(Refusal::WorkOnlyAtGarages.into());
    }
    if let Some(next) = next {
        let dashboard = Dashboard { km: next.km, fuel: None };
        if next.on.is_none() && next.km.is_none() || !dashboard.is_sane() {
            return Err(Refusal::NextService.into());
        }
        if next.on.is_some_and(|on| on <= draft.at.date()) {
            return Err(Refusal::NextService.into());
        }
    }
    draft.event(Event::ServiceDue { visit: id, next: next.cloned() });
    Ok(())
}

/// The work goes on to another state: the registry hears what work it is, where that follows from the lines only now.
pub(super) fn follow(draft: &mut Draft, visit: &Visit, state: &VisitState) {
    if visit.work.as_ref().is_some_and(|work| !work.lines.is_empty()) {
        let category = told(draft, visit, state);
        if category != visit.category {
            chosen(draft, visit, visit.sale.clone(), category);
        }
    }
}

/// The vehicle is back from further work elsewhere: the registry hears of its new entry what was last told of the old one.
pub(super) fn go_on(draft: &mut Draft, visit: &Visit, earlier: &Visit) {
    chosen(draft, visit, visit.sale.clone(), earlier.category.clone());
}

/// What is owed must be what was agreed to, before it is paid or settled by a contract.
pub(super) fn check_agreed(draft: &Draft, visit: &Visit) -> Decided {
    let Some(work) = &visit.work else { return Ok(()) };
    let total = visit.sale.totals().gross;
    match work.agreement(total, draft.settings.garage.may_exceed) {
        Agreement::NotAsked | Agreement::Within => Ok(()),
        Agreement::Awaited => Err(Refusal::EstimateNotApproved.into()),
        Agreement::Beyond { agreed } => Err(Refusal::MoreThanAgreed { agreed, total }.into()),
    }
}

/// What follows for the registry from a visit's order in a state.
fn told(draft: &Draft, visit: &Visit, state: &VisitState) -> Option<ServiceCategory> {
    let work = visit.work.as_ref()?;
    if work.category_said || work.is_under_way(state) {
        return serve::category_of(draft.settings, visit, &visit.sale);
    }
    Some(ServiceCategory::WithoutParts)
}

/// The price and the kind of service are these from now on.
fn chosen(draft: &mut Draft, visit: &Visit, sale: Sale, category: Option<ServiceCategory>) {
    draft.event(Event::ServiceChosen { visit: visit.id, size: visit.size, sale, category: category.clone() });
    serve::tell_service(draft, visit, category.as_ref(), visit.amount);
}

/// An open visit of a garage whose price is not settled.
fn garage_visit<'a>(draft: &Draft<'a>, id: VisitId) -> Result<&'a Visit, Stop> {
    let visit = draft.visit(id)?;
    if visit.client_type != ClientType::Garage {
        return Err(Refusal::WorkOnlyAtGarages.into());
    }
    if !price_is_open(&visit.state) {
        return Err(Refusal::PriceFixed.into());
    }
    Ok(visit)
}
