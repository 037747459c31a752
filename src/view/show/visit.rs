//! The page of one visit.

use crate::aade::rules::{self, Conditions};
use crate::domain::catalogue::{Catalogue, Package};
use crate::domain::entry::ClientType;
use crate::domain::money::Cents;
use crate::domain::plate::Plate;
use crate::domain::sale::{Discount, DiscountAmount, DiscountSource};
use crate::domain::settings::Trade;
use crate::domain::terms::MovementPurpose;
use crate::domain::text::Language;
use crate::domain::visit as stay;
use crate::domain::visit::VisitState;
use crate::view::ask;
use crate::view::controller::{self, Controller};
use crate::view::generated::{
    App, BillLine, LineKind, LineWork, NoDocumentReason, PlateFace, SaleTile, TripStand, Visit, VisitCard,
};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Visit>();
    let (Some(visit), Some(world)) = (controller.visit(), &controller.world) else {
        page.set_card(VisitCard::default());
        return;
    };
    let mut card = super::card(controller, visit, world.at);
    card.size = controller.form.visit.size.unwrap_or(card.size);
    page.set_card(card);
    page.set_entry_id(visit.entry.id.map(|id| id.to_string()).unwrap_or_default().into());
    page.set_total(words::money(total(controller, visit), controller.form.language).into());
    super::parking::show(controller, app, Some(visit));
    page.set_kind(super::details::kind_id(visit).into());
    let terms = if visit.rental.is_some() { "terms-until" } else { ask::terms_id(&visit.terms) };
    page.set_terms(terms.into());
    page.set_terms_detail(super::details::terms_detail(visit).into());
    page.set_step(controller.next_step(visit));
    page.set_trip(trip(visit));
    super::deposit::show_held(controller, app);
    super::lease::show_on_visit(controller, app);
    super::work::show_on_visit(controller, app);
    super::photos::show_on_visit(controller, app);
    super::signature::show_on_visit(controller, app);
    super::packs::show_visit(controller, app);
    rights(controller, visit, &page);
    corrected(controller, visit, &page);
    discount_typed(controller, app);
    let lists = &controller.lists;
    super::sync(&lists.services, services(controller, visit));
    super::sync(&lists.extras, extras(controller, visit));
    super::sync(&lists.lines, lines(controller, visit));
    super::sync(&lists.reasons, reasons(controller, visit));
}

/// Where a rental vehicle is; its visit is the time it is away.
fn trip(visit: &stay::Visit) -> TripStand {
    let back = visit.rental.as_ref().is_some_and(|rental| rental.returned.is_some());
    match visit.client_type {
        ClientType::Rental if back => TripStand::Back,
        ClientType::Rental => TripStand::Away,
        ClientType::ParkingWash | ClientType::Garage => TripStand::None,
    }
}

/// What can be pressed. It only spares a useless touch: the loop decides.
fn rights(controller: &Controller, visit: &stay::Visit, page: &Visit<'_>) {
    let open = matches!(visit.state, VisitState::Open | VisitState::InService | VisitState::Ready);
    let paid = visit.is_paid();
    let priced = controller.bill_of(visit).is_ok_and(|bill| !bill.sale.is_empty());
    let stay = controller.settings.tariff_of(visit).is_some();
    let inside = visit.state.is_inside();
    page.set_may_sell(open);
    page.set_may_add(stay || controller::package(controller, visit).is_some());
    // What was free, or left to a contract, may still be paid until the vehicle has left.
    // … and what was paid may be sold more; what is owed is paid at any time.
    page.set_may_pay((inside || visit.has_left_owing()) && priced);
    page.set_may_leave(controller.may_leave(visit));
    page.set_may_no_document(open);
    page.set_may_correct(inside);
    page.set_may_cancel(inside && !paid);
}

fn corrected(controller: &Controller, visit: &stay::Visit, page: &Visit<'_>) {
    let typed = &controller.form.visit.corrected;
    let plate = Plate::parse(&controller::same_kind(&visit.plate.kind), typed);
    page.set_may_correct_now(plate.as_ref().is_ok_and(|plate| plate.key() != visit.plate.key()));
    let as_typed = || PlateFace { text: typed.as_str().into(), ..super::face(&visit.plate) };
    page.set_corrected(plate.map_or_else(|_| as_typed(), |plate| super::face(&plate)));
}

/// A manual discount while it is typed, of a visit or an order.
pub(super) fn discount_typed(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Visit>(), &controller.form.visit);
    let typed = match form.discount_percent {
        true if form.discount.is_empty() => String::new(),
        true => format!("{} %", form.discount),
        false => words::typed_money(&form.discount, controller.form.language),
    };
    page.set_discount_typed(typed.into());
    page.set_discount_percent(form.discount_percent);
}

fn services(controller: &Controller, visit: &stay::Visit) -> Vec<SaleTile> {
    let (catalogue, language) = (&controller.settings.catalogue, controller.form.language);
    let chosen = controller::package(controller, visit);
    let size = controller.form.visit.size.map_or(visit.size, super::catalogue_size);
    let tile = |package: &Package| SaleTile {
        id: package.code.as_str().into(),
        name: package.name.get(language).as_str().into(),
        price: price(package.prices.get(&size.priced_as()).copied(), language).into(),
        chosen: chosen.as_ref() == Some(&package.code),
        usual: controller.form.visit.usual.as_ref() == Some(&package.code),
    };
    let trades = controller.settings.trades_of(visit.client_type);
    let stay = controller.settings.tariff_of(visit).is_some();
    // Where the tariff prices the stay only the wash has anything to add.
    let offered = |package: &&Package| !stay || package.trade == Some(Trade::Wash);
    catalogue.packages_of(&trades).filter(offered).map(tile).collect()
}

fn extras(controller: &Controller, visit: &stay::Visit) -> Vec<SaleTile> {
    let language = controller.form.language;
    let chosen = controller::extras(controller, visit);
    let tile = |extra: &crate::domain::catalogue::Extra| SaleTile {
        id: extra.code.as_str().into(),
        name: extra.name.get(language).as_str().into(),
        price: words::money(extra.price, language).into(),
        chosen: chosen.contains(&extra.code),
        usual: false,
    };
    let trades = controller.settings.trades_of(visit.client_type);
    controller.settings.catalogue.extras_of(&trades).map(tile).collect()
}

fn price(cents: Option<Cents>, language: Language) -> String {
    cents.map(|cents| words::money(cents, language)).unwrap_or_default()
}

fn lines(controller: &Controller, visit: &stay::Visit) -> Vec<BillLine> {
    let language = controller.form.language;
    let open = matches!(visit.state, VisitState::Open | VisitState::InService | VisitState::Ready);
    let sale = controller.sold_to(visit);
    let items = sale.lines.iter().zip(sale.grosses()).map(|(line, gross)| BillLine {
        id: line.code.as_str().into(),
        name: line.name.get(language).as_str().into(),
        detail: words::several(line.quantity, line.unit_price, language).into(),
        amount: words::money(gross, language).into(),
        kind: LineKind::Item,
        work: work(controller, visit, &line.code),
        removable: open && is_extra(&controller.settings.catalogue, &line.code),
    });
    let discounts = sale.discounts.iter().zip(sale.discount_amounts()).enumerate();
    let discounts = discounts.map(|(at, (discount, taken))| BillLine {
        id: format!("discount-{at}").into(),
        name: Default::default(),
        detail: discount_detail(controller, discount).into(),
        amount: words::money(-taken, language).into(),
        kind: LineKind::Discount,
        work: LineWork::None,
        removable: false,
    });
    items.chain(discounts).collect()
}

/// What is to be paid now; once nothing is, everything that was.
fn total(controller: &Controller, visit: &stay::Visit) -> Cents {
    let due = controller.bill_of(visit).map(|bill| bill.due()).unwrap_or_default();
    let further: Cents = visit.further.iter().map(|paid| paid.total).sum();
    if due == Cents::ZERO && visit.state.settlement().is_some() {
        visit.sale.totals().gross + further
    } else {
        due
    }
}

fn is_extra(catalogue: &Catalogue, code: &str) -> bool {
    catalogue.extras.iter().any(|extra| extra.code == code)
}

/// Why: the share of a category, the reason of a person and who allowed it.
fn discount_detail(controller: &Controller, discount: &Discount) -> String {
    let share = match discount.amount {
        DiscountAmount::Percent(rate) => Some(rate.printed()),
        DiscountAmount::Amount(_) => None,
    };
    let reason = (discount.source != DiscountSource::Category).then(|| discount.reason.to_string());
    let approver = discount.approved_by.as_ref().and_then(|id| controller.settings.operator(id));
    let parts = [share, reason, approver.map(|person| person.name.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Labour or parts, where the registry is told which.
fn work(controller: &Controller, visit: &stay::Visit, code: &str) -> LineWork {
    let catalogue = &controller.settings.catalogue;
    if visit.client_type != ClientType::Garage || !catalogue.has(code) {
        LineWork::None
    } else if catalogue.uses_parts([code]) {
        LineWork::Parts
    } else {
        LineWork::Labour
    }
}

/// The registry's reasons for this kind of business; own use is for what is ours, and doing again, which the registry
/// calls free, needs something that was done.
fn reasons(controller: &Controller, visit: &stay::Visit) -> Vec<NoDocumentReason> {
    let Some(world) = &controller.world else { return Vec::new() };
    let own_trip = visit.trip.as_ref().is_some_and(|trip| trip.purpose == MovementPurpose::OwnUse);
    let own = controller.settings.owns(&visit.plate) || own_trip;
    let redo = controller.form.visit.earlier.is_some();
    let known = rules::edition(world.at.date()).reasons(visit.client_type, Conditions::NONE);
    let offered = known.flat_map(|reason| match reason {
        stay::NoDocumentReason::Free => {
            [Some(NoDocumentReason::Free), redo.then_some(NoDocumentReason::Redo)]
        }
        stay::NoDocumentReason::OwnUse => [own.then_some(NoDocumentReason::OwnUse), None],
        stay::NoDocumentReason::Warranty => [Some(NoDocumentReason::Warranty), None],
    });
    offered.flatten().collect()
}
