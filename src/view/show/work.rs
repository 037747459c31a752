//! The page of a garage's work order, and what the visit's page says of it.

use crate::domain::money::{Cents, Quantity};
use crate::domain::reminder::Standing;
use crate::domain::revision::{Change, changes};
use crate::domain::sale::{Line, Sale};
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use crate::domain::work::{Agreement, ApprovalWay, Estimate, NextService, WantedLine, WorkKind, WorkOrder};
use crate::view::controller::Controller;
use crate::view::generated::{
    self, App, DueStand, EstimateStand, EstimateView, LineMark, SaleTile, Work, WorkLineView, WorkStep,
};
use crate::view::words;
use crate::view::work::{LineForm, kind_shown};
use jiff::Span;
use slint::{ComponentHandle, SharedString, VecModel};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// Days ahead that are offered, today with them; the hours of each.
const PROMISE_DAYS: u8 = 7;
const PROMISE_HOURS: RangeInclusive<i8> = 8..=20;

/// Lists of the page.
#[derive(Default)]
pub(super) struct WorkLists {
    lines: Rc<VecModel<WorkLineView>>,
    tiles: Rc<VecModel<SaleTile>>,
    versions: Rc<VecModel<EstimateView>>,
    promise_days: Rc<VecModel<SharedString>>,
    promise_hours: Rc<VecModel<i32>>,
}

impl WorkLists {
    pub(super) fn attach(&self, app: &App) {
        let page = app.global::<Work>();
        page.set_lines(super::model(&self.lines));
        page.set_tiles(super::model(&self.tiles));
        page.set_versions(super::model(&self.versions));
        page.set_promise_days(super::model(&self.promise_days));
        page.set_promise_hours(super::model(&self.promise_hours));
    }
}

/// What the visit's page says of its order.
pub(super) fn show_on_visit(controller: &Controller, app: &App) {
    let page = app.global::<Work>();
    let visit = controller.garage_visit();
    page.set_offered(visit.is_some());
    let work = visit.and_then(|visit| visit.work.as_deref());
    page.set_count(int(work.map_or(0, |work| work.lines.len())));
    page.set_complaint(work.map(|work| work.complaint.as_str()).unwrap_or_default().into());
    let known = controller.form.visit.known.as_ref();
    let reminder = known.and_then(|known| controller.reminder_of(known));
    page.set_due(match reminder.map(|(_, reminder)| reminder.standing) {
        Some(Standing::Due) => DueStand::Due,
        Some(Standing::Near) => DueStand::Near,
        Some(Standing::NotYet) | None => DueStand::None,
    });
    let what = reminder.map(|(next, _)| due(next, controller.form.language));
    page.set_due_what(what.unwrap_or_default().into());
    if let Some(visit) = visit {
        page.set_stand(stand(controller, visit));
        let awaited = work.and_then(|work| work.parts_awaited.as_ref());
        page.set_parts_awaited(awaited.map(|parts| parts.as_str()).unwrap_or_default().into());
    }
}

pub(super) fn show(controller: &Controller, app: &App) {
    show_on_visit(controller, app);
    let (page, language) = (app.global::<Work>(), controller.form.language);
    let (Some(visit), Some(world)) = (controller.garage_visit(), &controller.world) else { return };
    let none = WorkOrder::default();
    let work = visit.work.as_deref().unwrap_or(&none);
    page.set_plate(super::face(&visit.plate));
    page.set_reference(visit.reference.to_string().into());
    page.set_since(super::clock(visit.arrived, world.at).into());
    let open = matches!(visit.state, VisitState::Open | VisitState::InService | VisitState::Ready);
    page.set_may_change(open);
    page.set_may_move(controller.may_move_away(visit));
    page.set_km(work.dashboard.km.map(|km| words::grouped(km, language)).unwrap_or_default().into());
    page.set_fuel(work.dashboard.fuel.map_or(-1, |fuel| i32::from(fuel.count())));
    sums(controller, visit, &page);
    estimates(controller, visit, work, world.at, &page);
    promise(controller, visit, world.at, &page);
    let next = work.next_service.as_ref();
    page.set_next_service(next.map(|next| due(next, language)).unwrap_or_default().into());
    page.set_call(next.map(call).unwrap_or_default().into());
    page.set_category(super::details::kind_id(visit).into());
    page.set_category_said(work.category_said);
    super::deposit::show_held(controller, app);
    super::photos::show_on_visit(controller, app);
    typed(controller, &page, open);
    let lists = &controller.lists.work;
    super::sync(&lists.lines, lines(controller, visit, work));
    super::sync(&lists.tiles, tiles(controller, visit));
    super::sync(&lists.versions, versions(work, language, world.at));
}

/// The days and hours that may be promised: a week, and what of today is to come.
fn promise(controller: &Controller, visit: &Visit, now: Stamp, page: &Work<'_>) {
    let open = matches!(visit.state, VisitState::Open | VisitState::InService);
    page.set_promised(super::board::promised(visit, now).into());
    page.set_promised_late(visit.board.is_late(now) && open);
    let chosen = controller.form.work.promise_day;
    page.set_promise_day(chosen.into());
    let day = |from: u8| now.date().checked_add(Span::new().days(from)).ok();
    let lists = &controller.lists.work;
    let name = |from: u8| day(from).map(|day| day.strftime("%-d/%-m").to_string()).unwrap_or_default().into();
    super::sync(&lists.promise_days, (0..PROMISE_DAYS).map(name).collect());
    let at = |hour: i8| day(chosen).and_then(|day| Stamp::at_hour(day, hour));
    let to_come = |hour: &i8| at(*hour).is_some_and(|at| at.utc > now.utc);
    super::sync(&lists.promise_hours, PROMISE_HOURS.filter(to_come).map(i32::from).collect());
}

fn sums(controller: &Controller, visit: &Visit, page: &Work<'_>) {
    let language = controller.form.language;
    let totals = visit.sale.totals();
    let off = totals.discount;
    page.set_discount(if off > Cents::ZERO { words::money(-off, language).into() } else { "".into() });
    page.set_net(words::money(totals.net(), language).into());
    page.set_vat(words::money(totals.vat_amount(), language).into());
    page.set_total(words::money(totals.gross, language).into());
    let inside = visit.state.is_inside() || visit.has_left_owing();
    page.set_may_pay(inside && controller.bill_of(visit).is_ok_and(|bill| !bill.sale.is_empty()));
}

// ---------------------------------------------------------------------------------------------- the estimate

/// How the lines stand to what the customer was told and agreed to.
fn stand(controller: &Controller, visit: &Visit) -> EstimateStand {
    let Some(work) = visit.work.as_deref() else { return EstimateStand::None };
    let total = visit.sale.totals().gross;
    let as_told = |estimate: &Estimate| estimate.sale == visit.sale;
    match work.agreement(total, controller.settings.garage.may_exceed) {
        Agreement::NotAsked => EstimateStand::None,
        Agreement::Beyond { .. } => EstimateStand::Beyond,
        Agreement::Awaited if work.estimates.last().is_some_and(as_told) => EstimateStand::Told,
        Agreement::Awaited => EstimateStand::Outdated,
        Agreement::Within if agreed(work).is_some_and(as_told) => EstimateStand::Approved,
        Agreement::Within => EstimateStand::Changed,
    }
}

/// The estimate that was agreed to last.
fn agreed(work: &WorkOrder) -> Option<&Estimate> {
    work.estimates.iter().rev().find(|estimate| estimate.approved.is_some())
}

fn estimates(controller: &Controller, visit: &Visit, work: &WorkOrder, now: Stamp, page: &Work<'_>) {
    let language = controller.form.language;
    let last = work.estimates.last();
    let open = matches!(visit.state, VisitState::Open | VisitState::InService | VisitState::Ready);
    page.set_version(last.map_or(0, |last| int(last.version)));
    let agreed = agreed(work);
    page.set_agreed(agreed.map(|one| words::money(one.total, language)).unwrap_or_default().into());
    let above = agreed.map(|one| visit.sale.totals().gross - one.total).filter(|above| *above > Cents::ZERO);
    page.set_above(above.map(|above| words::money(above, language)).unwrap_or_default().into());
    let approval = agreed.and_then(|one| one.approved.as_ref());
    page.set_approver(approval.map(|one| one.name.as_str()).unwrap_or_default().into());
    page.set_approved_at(approval.map(|one| super::clock(one.at, now)).unwrap_or_default().into());
    page.set_approved_how(approval.map_or(generated::ApprovalWay::InPerson, |one| way(one.way)));
    let since = agreed.map(|one| told(&one.sale, &visit.sale, language)).unwrap_or_default();
    page.set_changes(since.into());
    page.set_may_estimate(open && !work.lines.is_empty());
    let awaits = last.is_some_and(|last| last.approved.is_none() && last.sale == visit.sale);
    page.set_may_approve(open && awaits);
}

const fn way(way: ApprovalWay) -> generated::ApprovalWay {
    match way {
        ApprovalWay::InPerson => generated::ApprovalWay::InPerson,
        ApprovalWay::Phone => generated::ApprovalWay::Phone,
        ApprovalWay::Message => generated::ApprovalWay::Message,
    }
}

/// The newest first: each with what it changed of the one before.
fn versions(work: &WorkOrder, language: Language, now: Stamp) -> Vec<EstimateView> {
    let before = std::iter::once(None).chain(work.estimates.iter().map(Some));
    let row = |(before, estimate): (Option<&Estimate>, &Estimate)| {
        let approval = estimate.approved.as_ref();
        let changes = before.map(|before| told(&before.sale, &estimate.sale, language)).unwrap_or_default();
        EstimateView {
            version: int(estimate.version),
            at: super::clock(estimate.at, now).into(),
            total: words::money(estimate.total, language).into(),
            approved: approval.is_some(),
            approver: approval.map(|one| one.name.as_str()).unwrap_or_default().into(),
            approved_at: approval.map(|one| super::clock(one.at, now)).unwrap_or_default().into(),
            way: approval.map_or(generated::ApprovalWay::InPerson, |one| way(one.way)),
            changes: changes.into(),
        }
    };
    let mut rows: Vec<EstimateView> = before.zip(&work.estimates).map(row).collect();
    rows.reverse();
    rows
}

/// A line for each difference: + what came, − what went, → what is otherwise. Signs, and no words of any language.
fn told(before: &Sale, after: &Sale, language: Language) -> String {
    let sum = |line: &Line| {
        format!("{} × {}", hundredths(line.quantity, language), words::money(line.unit_price, language))
    };
    let name = |line: &Line| line.name.get(language).as_str().to_owned();
    let say = |change: &Change| match change {
        Change::Added(line) => format!("+ {}  {}", name(line), sum(line)),
        Change::Removed(line) => format!("− {}  {}", name(line), sum(line)),
        Change::Changed { before, after } => format!("{}: {} → {}", name(after), sum(before), sum(after)),
        Change::Discount { before, after } => {
            format!("%: {} → {}", words::money(-*before, language), words::money(-*after, language))
        }
    };
    changes(before, after).iter().map(say).collect::<Vec<_>>().join("\n")
}

// ---------------------------------------------------------------------------------------------- lines

fn lines(controller: &Controller, visit: &Visit, work: &WorkOrder) -> Vec<WorkLineView> {
    let language = controller.form.language;
    let agreed = agreed(work).map(|one| changes(&one.sale, &visit.sale)).unwrap_or_default();
    let mark = |line: &Line| {
        let of = |change: &Change| match change {
            Change::Added(one) if one == line => Some(LineMark::Added),
            Change::Changed { after, .. } if after == line => Some(LineMark::Changed),
            _ => None,
        };
        agreed.iter().find_map(of).unwrap_or(LineMark::None)
    };
    let wanted = controller.work_lines(visit);
    let row = |(at, (wanted, line)): (usize, (&WantedLine, &Line))| WorkLineView {
        at: int(at),
        kind: kind_shown(wanted.kind),
        name: line.name.get(language).as_str().into(),
        detail: detail(wanted, language).into(),
        vat: line.vat.printed().into(),
        with_vat: line.basis.has_vat(),
        amount: words::money(line.amount(), language).into(),
        mark: mark(line),
    };
    wanted.iter().zip(&visit.sale.lines).enumerate().map(row).collect()
}

/// `2,50 × 45,00 €`; nothing for one piece of something.
fn detail(line: &WantedLine, language: Language) -> String {
    if line.quantity == Quantity::ONE && line.kind != WorkKind::Labour {
        return String::new();
    }
    format!("{} × {}", hundredths(line.quantity, language), words::money(line.unit_price, language))
}

fn hundredths(quantity: Quantity, language: Language) -> String {
    let tens = u64::try_from(quantity.0 / 10).unwrap_or_default();
    words::decimal(tens, 2, language)
}

/// The garage's part of the price list, for the vehicle's size.
fn tiles(controller: &Controller, visit: &Visit) -> Vec<SaleTile> {
    let (catalogue, language) = (&controller.settings.catalogue, controller.form.language);
    let trades = controller.settings.trades_of(visit.client_type);
    let written = controller.work_lines(visit);
    let chosen = |code: &str| written.iter().any(|line| line.code == code);
    let packages = catalogue.packages_of(&trades).map(|package| {
        let price = package.prices.get(&visit.size.priced_as()).copied();
        (package.code.as_str(), &package.name, price)
    });
    let extras =
        catalogue.extras_of(&trades).map(|extra| (extra.code.as_str(), &extra.name, Some(extra.price)));
    let tile = |(code, name, price): (&str, &crate::domain::text::Name, Option<Cents>)| SaleTile {
        id: code.into(),
        name: name.get(language).as_str().into(),
        price: price.map(|price| words::money(price, language)).unwrap_or_default().into(),
        chosen: chosen(code),
        usual: false,
    };
    packages.chain(extras).map(tile).collect()
}

// ---------------------------------------------------------------------------------------------- what is typed

fn typed(controller: &Controller, page: &Work<'_>, open: bool) {
    let (form, language) = (&controller.form.work, controller.form.language);
    page.set_step(form.step);
    page.set_field(form.field);
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    page.set_busy(form.sent.is_some());
    line(&form.line, language, page);
    let idle = form.sent.is_none();
    page.set_may_put(open && idle && form.line.wanted().is_some());
    page.set_typed_complaint(form.complaint.as_str().into());
    page.set_typed_km(form.km.as_str().into());
    page.set_typed_fuel(form.fuel.map_or(-1, i32::from));
    page.set_typed_approver(form.approver.as_str().into());
    page.set_typed_way(way(form.way));
    page.set_typed_parts(form.parts.as_str().into());
    page.set_typed_day(words::date_mask(&form.day).into());
    page.set_typed_due_km(form.due_km.as_str().into());
    page.set_typed_what(form.what.as_str().into());
    page.set_typed_call_name(form.call_name.as_str().into());
    page.set_typed_call_phone(form.call_phone.as_str().into());
    let whole = match form.step {
        WorkStep::Overview | WorkStep::Line | WorkStep::Promise | WorkStep::Versions => false,
        WorkStep::Describe => open,
        WorkStep::Approve => open && !form.approver.trim().is_empty(),
        WorkStep::Parts => open && !form.parts.trim().is_empty(),
        WorkStep::Next => form.next_service().is_some(),
    };
    page.set_may_send(whole && idle);
}

fn line(form: &LineForm, language: Language, page: &Work<'_>) {
    page.set_new_line(form.at.is_none());
    page.set_line_kind(kind_shown(form.kind));
    page.set_line_name(form.name.as_str().into());
    let quantity: Option<u64> = form.quantity.parse().ok();
    page.set_line_quantity(
        quantity.map(|number| words::decimal(number, 2, language)).unwrap_or_default().into(),
    );
    page.set_line_price(words::typed_money(&form.price, language).into());
    page.set_line_with_vat(form.basis.has_vat());
    let amount = form.wanted().map(|line| line.quantity.price(line.unit_price));
    page.set_line_amount(amount.map(|amount| words::money(amount, language)).unwrap_or_default().into());
}

/// `12/3/2027 · 99 310 km · Λάδια`
pub(super) fn due(next: &NextService, language: Language) -> String {
    let day = next.on.map(|on| on.strftime("%-d/%-m/%Y").to_string());
    let km = next.km.map(|km| format!("{} km", words::grouped(km, language)));
    let what = Some(next.what.as_str().to_owned()).filter(|what| !what.is_empty());
    [day, km, what].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Whom to call, and where.
pub(super) fn call(next: &NextService) -> String {
    let parts = [next.call_name.as_str(), next.call_phone.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn int(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
