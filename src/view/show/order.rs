//! The page of a sale without a vehicle.

use crate::domain::catalogue::Item;
use crate::domain::device::ScaleReading;
use crate::domain::measure::{Measure, Unit};
use crate::domain::money::{Cents, Quantity};
use crate::domain::order::{Order as Sale, OrderLine, OrderState};
use crate::domain::text::Language;
use crate::view::controller::Controller;
use crate::view::generated::{
    App, DefectKey, ItemUnit, Order, OrderLineView, OrderStand, SaleTile, ScaleStand,
};
use crate::view::order::DEFECTS;
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Order>(), &controller.form.order);
    let order = controller.order();
    page.set_reference(order.map(|order| order.reference.to_string()).unwrap_or_default().into());
    page.set_stand(order.map_or(OrderStand::Open, |order| stand(&order.state)));
    page.set_step(form.step);
    page.set_field(form.field);
    owner(controller, order, &page);
    money(controller, order, &page);
    what_may_be_done(controller, order, &page);
    adding(controller, &page);
    super::visit::discount_typed(controller, app);
    let lines = order.map(|order| lines(controller, order)).unwrap_or_default();
    let here = lines.iter().filter(|line| line.here > 0).cloned().collect();
    super::sync(&controller.lists.order_here, here);
    super::sync(&controller.lists.order_lines, lines);
    super::sync(&controller.lists.items, items(controller));
}

pub(super) const fn stand(state: &OrderState) -> OrderStand {
    match state {
        OrderState::Open => OrderStand::Open,
        OrderState::Waiting => OrderStand::Waiting,
        OrderState::Ready => OrderStand::Ready,
        OrderState::Done { .. } => OrderStand::Done,
        OrderState::Cancelled { .. } => OrderStand::Cancelled,
    }
}

/// What is owed for an order today, with what keeping its things has come to.
pub(in crate::view) fn due(controller: &Controller, order: &Sale) -> Cents {
    let settings = &controller.settings;
    let today = controller.now().unwrap_or(order.opened).date();
    order.due(settings.storage, settings.catalogue.vat, today)
}

/// Something is owed, be it nothing after a discount.
pub(super) fn is_owed(controller: &Controller, order: &Sale) -> bool {
    !order.unpaid().lines.is_empty() || storage(controller, order) > Cents::ZERO
}

fn storage(controller: &Controller, order: &Sale) -> Cents {
    let settings = &controller.settings;
    let today = controller.now().unwrap_or(order.opened).date();
    let line = order.storage(settings.storage, settings.catalogue.vat, today);
    line.map_or(Cents::ZERO, |line| line.line.gross())
}

fn owner(controller: &Controller, order: Option<&Sale>, page: &Order<'_>) {
    let form = &controller.form.order;
    let open = order.is_none_or(|order| order.state == OrderState::Open);
    let of = order.map(|order| &order.owner).filter(|_| !open);
    let (name, phone) = of.map_or((form.owner.as_str(), form.phone.as_str()), |owner| {
        (owner.name.as_str(), owner.phone.as_str())
    });
    page.set_owner(name.into());
    page.set_phone(phone.into());
    let promised = if open { controller.promising() } else { order.and_then(|order| order.promised) };
    page.set_promised(super::orders::day(promised).into());
    page.set_promised_weekday(super::orders::weekday(promised));
}

fn money(controller: &Controller, order: Option<&Sale>, page: &Order<'_>) {
    let language = controller.form.language;
    let due = order.map_or(Cents::ZERO, |order| due(controller, order));
    page.set_total(words::money(due, language).into());
    page.set_owed(order.is_none_or(|order| is_owed(controller, order)));
    let kept = order.map(|order| storage(controller, order)).filter(|kept| *kept > Cents::ZERO);
    page.set_storage(kept.map(|kept| words::money(kept, language)).unwrap_or_default().into());
}

fn what_may_be_done(controller: &Controller, order: Option<&Sale>, page: &Order<'_>) {
    let is = |state: OrderState| order.is_some_and(|order| order.state == state);
    let open = order.is_some_and(|order| order.state.is_open());
    let owed = order.is_some_and(|order| is_owed(controller, order));
    let some = order.is_some_and(|order| !order.lines.is_empty());
    let here = order.map_or(0, Sale::here);
    let busy = controller.form.order.busy;
    page.set_may_change(order.is_none() && controller.form.order.id.is_none() || open);
    page.set_may_pay(open && some && owed);
    page.set_may_discount(open && order.is_some_and(|order| !order.unpaid().lines.is_empty()));
    page.set_may_take_in(is(OrderState::Open) && here > 0 && !busy);
    page.set_may_finish(is(OrderState::Waiting) && !busy);
    page.set_may_fetch(open && !is(OrderState::Open) && here > 0 && !owed);
    page.set_may_fetch_now(!controller.form.order.fetched().is_empty() && !busy);
    page.set_may_give_back(open && !busy && order.is_some_and(|order| !order.has_document()));
}

// ---------------------------------------------------------------------------------------------- what is added

fn adding(controller: &Controller, page: &Order<'_>) {
    let (form, language) = (&controller.form.order, controller.form.language);
    let adding = &form.adding;
    let item = controller.item();
    let reading = controller.on_scale();
    page.set_chosen(item.is_some());
    page.set_unit(item.map_or(ItemUnit::Piece, |item| unit(item.unit)));
    page.set_length(typed(&adding.length, 2, language).into());
    page.set_width(typed(&adding.width, 2, language).into());
    page.set_minutes(adding.minutes.as_str().into());
    page.set_tare(typed(&adding.tare, 3, language).into());
    page.set_by_hand(adding.by_hand);
    page.set_has_scale(reading.is_some());
    page.set_pieces(i32::try_from(adding.pieces).unwrap_or(i32::MAX));
    page.set_scale(scale(reading));
    let weight = match reading {
        _ if adding.by_hand => typed(&adding.weight, 3, language),
        Some(ScaleReading::Stable { grams }) => words::kilograms(grams, language),
        Some(ScaleReading::Zero) => words::kilograms(0, language),
        _ => String::new(),
    };
    page.set_weight(weight.into());
    let line = item.and_then(|item| {
        let measure = adding.measure(item.unit, at_rest(reading))?;
        controller.settings.catalogue.item_line(item, measure, adding.pieces)
    });
    page.set_at_minimum(line.as_ref().is_some_and(crate::domain::sale::Line::is_at_minimum));
    page.set_outcome(line.as_ref().map(|line| outcome(line, language)).unwrap_or_default().into());
    page.set_may_add(line.is_some() && !form.busy);
    page.set_goods(item.is_some_and(|item| item.goods));
    let defects = DEFECTS.iter().filter(|_| item.is_some_and(|item| !item.goods));
    let defects = defects.map(|id| DefectKey { id: (*id).into(), chosen: adding.defects.contains_key(*id) });
    super::sync(&controller.lists.defects, defects.collect());
}

const fn at_rest(reading: Option<ScaleReading>) -> Option<u64> {
    match reading {
        Some(ScaleReading::Stable { grams }) => Some(grams),
        _ => None,
    }
}

/// `4,08 m² · 28,15 €`
fn outcome(line: &crate::domain::sale::Line, language: Language) -> String {
    format!(
        "{} · {}",
        quantity(line.quantity, line.measure.unit(), language),
        words::money(line.gross(), language)
    )
}

const fn unit(unit: Unit) -> ItemUnit {
    match unit {
        Unit::Piece => ItemUnit::Piece,
        Unit::SquareMetre => ItemUnit::SquareMetre,
        Unit::Kilogram => ItemUnit::Kilogram,
        Unit::Hour => ItemUnit::Hour,
    }
}

const fn scale(reading: Option<ScaleReading>) -> ScaleStand {
    match reading {
        None => ScaleStand::None,
        Some(ScaleReading::Stable { .. }) => ScaleStand::Stable,
        Some(ScaleReading::Zero) => ScaleStand::Zero,
        Some(ScaleReading::Moving) => ScaleStand::Moving,
        Some(ScaleReading::Negative) => ScaleStand::Negative,
        Some(ScaleReading::Overload) => ScaleStand::Overload,
        Some(ScaleReading::NeedsZero) => ScaleStand::NeedsZero,
        Some(ScaleReading::Defect) => ScaleStand::Defect,
        Some(ScaleReading::NoAnswer) => ScaleStand::NoAnswer,
    }
}

/// Typed digits with so many of them behind the mark; empty when nothing is typed.
fn typed(digits: &str, places: usize, language: Language) -> String {
    let number: Option<u64> = digits.parse().ok();
    number.map(|number| words::decimal(number, places, language)).unwrap_or_default()
}

/// `4,08 m²`, `12,350 kg`, `1,50 h`, `3`.
fn quantity(quantity: Quantity, unit: Unit, language: Language) -> String {
    let thousandths = u64::try_from(quantity.0).unwrap_or_default();
    match unit {
        Unit::Piece => (thousandths / 1000).to_string(),
        Unit::Kilogram => words::kilograms(thousandths, language),
        Unit::SquareMetre | Unit::Hour => {
            format!("{} {}", words::decimal(thousandths / 10, 2, language), unit.sign())
        }
    }
}

/// The price of one: `6,90 €/m²`.
fn price(item: &Item, language: Language) -> String {
    let price = words::money(item.price, language);
    if item.unit == Unit::Piece { price } else { format!("{price}/{}", item.unit.sign()) }
}

fn items(controller: &Controller) -> Vec<SaleTile> {
    let language = controller.form.language;
    let chosen = controller.form.order.adding.item.as_deref();
    let tile = |item: &Item| SaleTile {
        id: item.code.as_str().into(),
        name: item.name.get(language).as_str().into(),
        price: price(item, language).into(),
        chosen: chosen == Some(item.code.as_str()),
        usual: false,
    };
    controller.settings.catalogue.items.iter().map(tile).collect()
}

// ---------------------------------------------------------------------------------------------- what is on it

fn lines(controller: &Controller, order: &Sale) -> Vec<OrderLineView> {
    let language = controller.form.language;
    let row = |(at, line): (usize, &OrderLine)| OrderLineView {
        at: i32::try_from(at).unwrap_or(i32::MAX),
        name: name(line, language).into(),
        detail: detail(line, language).into(),
        noted: line.defects.as_str().into(),
        amount: words::money(line.line.gross(), language).into(),
        paid: line.document.is_some(),
        removable: order.state == OrderState::Open && line.document.is_none(),
        by_hand: matches!(line.line.measure, Measure::Weight { by_hand: true, .. }),
        here: i32::try_from(line.here()).unwrap_or(i32::MAX),
        fetching: controller
            .form
            .order
            .fetching
            .get(&at)
            .and_then(|pieces| i32::try_from(*pieces).ok())
            .unwrap_or_default(),
    };
    order.lines.iter().enumerate().map(row).collect()
}

/// `3 × Πάπλωμα`
fn name(line: &OrderLine, language: Language) -> String {
    let name = line.line.name.get(language);
    if line.pieces > 1 { format!("{} × {name}", line.pieces) } else { name.as_str().to_owned() }
}

/// `4,08 m² (2,40 × 1,70)`, `12,350 kg`.
fn detail(line: &OrderLine, language: Language) -> String {
    let measured = quantity(line.line.quantity, line.line.measure.unit(), language);
    match line.line.measure {
        Measure::Area { length_cm, width_cm, .. } => {
            let side = |cm: u32| words::decimal(u64::from(cm), 2, language);
            format!("{measured} ({} × {})", side(length_cm), side(width_cm))
        }
        Measure::Count => format!("{measured} × {}", words::money(line.line.unit_price, language)),
        Measure::Time { .. } | Measure::Weight { .. } => measured,
    }
}
