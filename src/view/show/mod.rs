//! The controller into the globals. Everything a page shows is set on every change; a list row that stayed the same is
//! left alone, so that only what changed is drawn again.
//!
//! | file | globals |
//! |---|---|
//! | `strip` | Shell, Strip |
//! | `notices` | Tray |
//! | `devices` | Devices |
//! | `lane` | Lane |
//! | `sight` | Sight |
//! | `board` | Board |
//! | `visit` | Visit |
//! | `pay` | Pay, Done |
//! | `card` | Card |
//! | `parking` | Parking |
//! | `deposit` | Deposit |
//! | `work` | Work |
//! | `due` | Due |
//! | `photos` | Photos |
//! | `fleet` | Fleet |
//! | `lease` | Lease |
//! | `accounts` | Accounts |
//! | `signature` | Signature |
//! | `packs` | Packs |
//! | `lists` | Find |
//! | `orders`, `order` | Orders, Order |
//! | `exceptions` | Exceptions, Inside |
//! | `ask`, `details`, `group` | Ask, Details, Group |
//! | `documents` | Documents, Naming |
//! | `receipts` | Receipts, Refund |
//! | `subscribers` | Subscribers, Door |
//! | `listed` | Listed |
//! | `merchants` | Merchants, Validation |
//! | `pin` | PinEntry |
//! | `shift` | Shift, StepUp |
//! | `till` | Drawer |
//! | `control` | Control |
//! | `customer` | Customer, of the window that faces the customer |
//! | `wall` | Wall, of the board on the wall |
//! | `second` | SecondWindows |

mod accounts;
mod ask;
mod board;
mod card;
mod case;
mod control;
mod counterparty;
pub(super) mod customer;
mod deposit;
mod details;
mod devices;
mod documents;
mod due;
mod exceptions;
mod fleet;
mod group;
mod lane;
mod lease;
mod listed;
mod lists;
mod merchants;
pub(super) mod notices;
mod order;
mod orders;
mod packs;
mod papers;
mod parking;
mod pay;
mod photos;
mod pin;
mod receipts;
mod second;
mod shift;
mod sight;
mod signature;
mod strip;
mod subscribers;
mod tariff;
mod tariff_edit;
mod till;
mod visit;
pub(super) mod wall;
mod work;

use super::controller::Controller;
use super::generated::{
    Alternative, App, Ask, AskField, AskOffer, BackWay, BayView, BillLine, Board, BoardCard, Control,
    ControlRow, CurveStep, DayRow, DefectKey, Deposit, DepositRow, DepositWay, Details, DeviceKind,
    DeviceView, Devices, Documents, Done, Door, DoorRow, Drawer, ExceptionView, Exceptions, Fact, Figure,
    Find, Group, GroupCustomer, GroupResult, GroupRow, Inside, InsideView, Lane, Listed, ListedRow, ModelKey,
    Naming, NamingFieldView, NoDocumentReason, NoteKey, Notice, OfferView, Order, OrderLineView, OrderRow,
    Orders, PackOffer as OfferKey, PackRow, Packs, Page, PageKey, PaidState, PaperFinding, PaperLine,
    PaperRow, Papers, Parking, Pay, Person, PieceKey, PinEntry, PlanTile, PlateFace, PlateHint,
    PlateKind as FaceKind, PlateLetter, ProposalView, ReceiptRow, Receipts, Refund, RegistryState, SaleTile,
    SecondView, SecondWindows, Shift, Sight, StayCase, StayCaseKind, StayStep, StepUp, SubscriberCar,
    Subscribers, SubscriptionRow, Tariff, TariffClass, TenderLine, TradeKey, Tray, UnnamedDocument,
    VehicleSize, Visit, VisitAction, VisitCard, VisitState as CardState, WaitingShift,
};
use crate::domain::catalogue::Size;
use crate::domain::customer::TaxNumber;
use crate::domain::entry::{Entry, MessageState, Moment};
use crate::domain::ids::VisitId;
use crate::domain::plate::{Plate, PlateKind};
use crate::domain::time::Stamp;
use crate::domain::visit::{self as stay, Settlement, VisitState};
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};
use std::rc::Rc;

pub(super) use order::due;

/// The lists of the window; they stay, and their rows change.
pub(super) struct Lists {
    devices_in_strip: Rc<VecModel<DeviceView>>,
    devices: Rc<VecModel<DeviceView>>,
    seconds: Rc<VecModel<SecondView>>,
    addable: Rc<VecModel<DeviceKind>>,
    device_names: Rc<VecModel<SharedString>>,
    offers: Rc<VecModel<OfferView>>,
    address_pieces: Rc<VecModel<SharedString>>,
    models: Rc<VecModel<ModelKey>>,
    pages: Rc<VecModel<PageKey>>,
    notices: Rc<VecModel<Notice>>,
    hints: Rc<VecModel<PlateHint>>,
    inside: Rc<VecModel<VisitCard>>,
    services: Rc<VecModel<SaleTile>>,
    extras: Rc<VecModel<SaleTile>>,
    lines: Rc<VecModel<BillLine>>,
    reasons: Rc<VecModel<NoDocumentReason>>,
    notes: Rc<VecModel<NoteKey>>,
    tenders: Rc<VecModel<TenderLine>>,
    steps: Rc<VecModel<StayStep>>,
    cases: Rc<VecModel<StayCaseKind>>,
    tariff_edit: tariff_edit::TariffEditLists,
    tariff_sign: Rc<VecModel<StayStep>>,
    tariff_rows: Rc<VecModel<StayStep>>,
    tariff_classes: Rc<VecModel<TariffClass>>,
    findings: Rc<VecModel<slint::SharedString>>,
    curve: Rc<VecModel<CurveStep>>,
    paid_with: Rc<VecModel<TenderLine>>,
    deposits: Rc<VecModel<DepositRow>>,
    pack_offers: Rc<VecModel<OfferKey>>,
    packs: Rc<VecModel<PackRow>>,
    deposit_ways: Rc<VecModel<DepositWay>>,
    all_deposits: Rc<VecModel<DepositRow>>,
    found: Rc<VecModel<VisitCard>>,
    exceptions: Rc<VecModel<ExceptionView>>,
    entries: Rc<VecModel<InsideView>>,
    unnamed: Rc<VecModel<UnnamedDocument>>,
    receipts: Rc<VecModel<ReceiptRow>>,
    subscriptions: Rc<VecModel<SubscriptionRow>>,
    subscriber_cars: Rc<VecModel<SubscriberCar>>,
    subscriber_plates: Rc<VecModel<SharedString>>,
    plans: Rc<VecModel<PlanTile>>,
    door: Rc<VecModel<DoorRow>>,
    listed: Rc<VecModel<ListedRow>>,
    ways: Rc<VecModel<BackWay>>,
    fields: Rc<VecModel<NamingFieldView>>,
    people: Rc<VecModel<Person>>,
    figures: Rc<VecModel<Figure>>,
    approvers: Rc<VecModel<Person>>,
    pin_people: Rc<VecModel<Person>>,
    waiting: Rc<VecModel<WaitingShift>>,
    relievers: Rc<VecModel<Person>>,
    pieces: Rc<VecModel<PieceKey>>,
    days: Rc<VecModel<DayRow>>,
    control_people: Rc<VecModel<SharedString>>,
    control_rows: Rc<VecModel<ControlRow>>,
    control_till: Rc<VecModel<ControlRow>>,
    papers: Rc<VecModel<PaperRow>>,
    paper_lines: Rc<VecModel<PaperLine>>,
    paper_findings: Rc<VecModel<PaperFinding>>,
    paper_fields: Rc<VecModel<SharedString>>,
    left_out: Rc<VecModel<SharedString>>,
    logos: Rc<VecModel<SharedString>>,
    provers: Rc<VecModel<Person>>,
    openers: Rc<VecModel<Person>>,
    trades: Rc<VecModel<TradeKey>>,
    earlier: Rc<VecModel<ProposalView>>,
    letters: Rc<VecModel<PlateLetter>>,
    others: Rc<VecModel<Alternative>>,
    ask_fields: Rc<VecModel<AskField>>,
    ask_offers: Rc<VecModel<AskOffer>>,
    facts: Rc<VecModel<Fact>>,
    actions: Rc<VecModel<VisitAction>>,
    group_rows: Rc<VecModel<GroupRow>>,
    group_customers: Rc<VecModel<GroupCustomer>>,
    group_results: Rc<VecModel<GroupResult>>,
    orders: Rc<VecModel<OrderRow>>,
    order_lines: Rc<VecModel<OrderLineView>>,
    order_here: Rc<VecModel<OrderLineView>>,
    items: Rc<VecModel<SaleTile>>,
    defects: Rc<VecModel<DefectKey>>,
    waiting_cars: Rc<VecModel<BoardCard>>,
    bays: Rc<VecModel<BayView>>,
    work: work::WorkLists,
    due: due::DueLists,
    merchants: merchants::MerchantLists,
    photos: photos::PhotoLists,
    fleet: fleet::FleetLists,
    lease: lease::LeaseLists,
    accounts: accounts::AccountLists,
    ready_cars: Rc<VecModel<BoardCard>>,
}

impl Lists {
    pub(super) fn attached_to(app: &App) -> Self {
        let lists = Self {
            devices_in_strip: Rc::default(),
            devices: Rc::default(),
            seconds: Rc::default(),
            addable: Rc::default(),
            device_names: Rc::default(),
            offers: Rc::default(),
            address_pieces: Rc::default(),
            models: Rc::default(),
            pages: Rc::default(),
            notices: Rc::default(),
            hints: Rc::default(),
            inside: Rc::default(),
            services: Rc::default(),
            extras: Rc::default(),
            lines: Rc::default(),
            reasons: Rc::default(),
            notes: Rc::default(),
            tenders: Rc::default(),
            steps: Rc::default(),
            cases: Rc::default(),
            tariff_edit: tariff_edit::TariffEditLists::default(),
            tariff_sign: Rc::default(),
            tariff_rows: Rc::default(),
            tariff_classes: Rc::default(),
            findings: Rc::default(),
            curve: Rc::default(),
            paid_with: Rc::default(),
            deposits: Rc::default(),
            pack_offers: Rc::default(),
            packs: Rc::default(),
            deposit_ways: Rc::default(),
            all_deposits: Rc::default(),
            found: Rc::default(),
            exceptions: Rc::default(),
            entries: Rc::default(),
            unnamed: Rc::default(),
            receipts: Rc::default(),
            subscriptions: Rc::default(),
            subscriber_cars: Rc::default(),
            subscriber_plates: Rc::default(),
            plans: Rc::default(),
            door: Rc::default(),
            listed: Rc::default(),
            ways: Rc::default(),
            fields: Rc::default(),
            people: Rc::default(),
            figures: Rc::default(),
            approvers: Rc::default(),
            pin_people: Rc::default(),
            waiting: Rc::default(),
            relievers: Rc::default(),
            pieces: Rc::default(),
            days: Rc::default(),
            control_people: Rc::default(),
            control_rows: Rc::default(),
            control_till: Rc::default(),
            papers: Rc::default(),
            paper_lines: Rc::default(),
            paper_findings: Rc::default(),
            paper_fields: Rc::default(),
            left_out: Rc::default(),
            logos: Rc::default(),
            provers: Rc::default(),
            openers: Rc::default(),
            trades: Rc::default(),
            earlier: Rc::default(),
            letters: Rc::default(),
            others: Rc::default(),
            ask_fields: Rc::default(),
            ask_offers: Rc::default(),
            facts: Rc::default(),
            actions: Rc::default(),
            group_rows: Rc::default(),
            group_customers: Rc::default(),
            group_results: Rc::default(),
            orders: Rc::default(),
            order_lines: Rc::default(),
            order_here: Rc::default(),
            items: Rc::default(),
            defects: Rc::default(),
            waiting_cars: Rc::default(),
            bays: Rc::default(),
            ready_cars: Rc::default(),
            work: work::WorkLists::default(),
            due: due::DueLists::default(),
            merchants: merchants::MerchantLists::default(),
            photos: photos::PhotoLists::default(),
            fleet: fleet::FleetLists::default(),
            lease: lease::LeaseLists::default(),
            accounts: accounts::AccountLists::default(),
        };
        lists.attach(app);
        lists
    }

    fn attach(&self, app: &App) {
        let devices = app.global::<Devices>();
        devices.set_strip(model(&self.devices_in_strip));
        devices.set_rows(model(&self.devices));
        app.global::<SecondWindows>().set_rows(model(&self.seconds));
        devices.set_addable(model(&self.addable));
        devices.set_names(model(&self.device_names));
        devices.set_offers(model(&self.offers));
        devices.set_pieces(model(&self.address_pieces));
        devices.set_models(model(&self.models));
        devices.set_pages(model(&self.pages));
        app.global::<Tray>().set_notices(model(&self.notices));
        app.global::<Lane>().set_hints(model(&self.hints));
        app.global::<Lane>().set_inside(model(&self.inside));
        let visit = app.global::<Visit>();
        visit.set_services(model(&self.services));
        visit.set_extras(model(&self.extras));
        visit.set_lines(model(&self.lines));
        visit.set_reasons(model(&self.reasons));
        app.global::<Pay>().set_notes(model(&self.notes));
        app.global::<Pay>().set_tenders(model(&self.tenders));
        app.global::<Parking>().set_steps(model(&self.steps));
        app.global::<StayCase>().set_kinds(model(&self.cases));
        self.tariff_edit.attach(app);
        let tariff = app.global::<Tariff>();
        tariff.set_sign(model(&self.tariff_sign));
        tariff.set_rows(model(&self.tariff_rows));
        tariff.set_classes(model(&self.tariff_classes));
        tariff.set_findings(model(&self.findings));
        tariff.set_curve(model(&self.curve));
        app.global::<Done>().set_tenders(model(&self.paid_with));
        let deposit = app.global::<Deposit>();
        deposit.set_rows(model(&self.deposits));
        let packs = app.global::<Packs>();
        packs.set_offers(model(&self.pack_offers));
        packs.set_rows(model(&self.packs));
        deposit.set_ways(model(&self.deposit_ways));
        deposit.set_all(model(&self.all_deposits));
        app.global::<Find>().set_found(model(&self.found));
        app.global::<Exceptions>().set_rows(model(&self.exceptions));
        app.global::<Inside>().set_rows(model(&self.entries));
        app.global::<Documents>().set_rows(model(&self.unnamed));
        app.global::<Receipts>().set_rows(model(&self.receipts));
        let subscribers = app.global::<Subscribers>();
        subscribers.set_rows(model(&self.subscriptions));
        subscribers.set_cars(model(&self.subscriber_cars));
        subscribers.set_vehicles(model(&self.subscriber_plates));
        subscribers.set_plans(model(&self.plans));
        app.global::<Door>().set_rows(model(&self.door));
        app.global::<Listed>().set_rows(model(&self.listed));
        app.global::<Refund>().set_ways(model(&self.ways));
        app.global::<Naming>().set_fields(model(&self.fields));
        app.global::<Lane>().set_trades(model(&self.trades));
        let sight = app.global::<Sight>();
        sight.set_earlier(model(&self.earlier));
        sight.set_letters(model(&self.letters));
        sight.set_others(model(&self.others));
        app.global::<Ask>().set_fields(model(&self.ask_fields));
        app.global::<Ask>().set_offers(model(&self.ask_offers));
        app.global::<Details>().set_facts(model(&self.facts));
        app.global::<Details>().set_actions(model(&self.actions));
        let group = app.global::<Group>();
        group.set_rows(model(&self.group_rows));
        group.set_customers(model(&self.group_customers));
        group.set_results(model(&self.group_results));
        app.global::<Orders>().set_rows(model(&self.orders));
        let board = app.global::<Board>();
        board.set_waiting(model(&self.waiting_cars));
        board.set_bays(model(&self.bays));
        board.set_ready(model(&self.ready_cars));
        self.work.attach(app);
        self.due.attach(app);
        self.merchants.attach(app);
        self.photos.attach(app);
        self.fleet.attach(app);
        self.lease.attach(app);
        self.accounts.attach(app);
        let order = app.global::<Order>();
        order.set_lines(model(&self.order_lines));
        order.set_here(model(&self.order_here));
        order.set_items(model(&self.items));
        order.set_defects(model(&self.defects));
        app.global::<Shift>().set_people(model(&self.people));
        app.global::<Shift>().set_figures(model(&self.figures));
        app.global::<StepUp>().set_people(model(&self.approvers));
        app.global::<PinEntry>().set_people(model(&self.pin_people));
        app.global::<PinEntry>().set_provers(model(&self.provers));
        app.global::<PinEntry>().set_openers(model(&self.openers));
        let drawer = app.global::<Drawer>();
        drawer.set_waiting(model(&self.waiting));
        drawer.set_relievers(model(&self.relievers));
        drawer.set_pieces(model(&self.pieces));
        drawer.set_days(model(&self.days));
        let papers = app.global::<Papers>();
        papers.set_rows(model(&self.papers));
        papers.set_lines(model(&self.paper_lines));
        papers.set_findings(model(&self.paper_findings));
        papers.set_fields(model(&self.paper_fields));
        papers.set_left_out(model(&self.left_out));
        papers.set_logos(model(&self.logos));
        let control = app.global::<Control>();
        control.set_people(model(&self.control_people));
        control.set_rows(model(&self.control_rows));
        control.set_of_the_till(model(&self.control_till));
    }
}

fn model<T: Clone + 'static>(rows: &Rc<VecModel<T>>) -> ModelRc<T> {
    ModelRc::from(Rc::clone(rows))
}

/// Makes a list equal to `rows`, touching only what differs.
fn sync<T: Clone + PartialEq + 'static>(list: &VecModel<T>, rows: Vec<T>) {
    let wanted = rows.len();
    while list.row_count() > wanted {
        list.remove(list.row_count() - 1);
    }
    for (at, row) in rows.into_iter().enumerate() {
        match list.row_data(at) {
            Some(old) if old == row => {}
            Some(_) => list.set_row_data(at, row),
            None => list.push(row),
        }
    }
}

impl Controller {
    /// Puts everything the present page shows into the globals.
    pub(super) fn show(&self) {
        let Some(app) = self.app.upgrade() else { return };
        strip::show(self, &app);
        notices::show(self);
        shift::show_step_up(self, &app);
        pin::show(self, &app);
        match self.form.page {
            Page::Lane => {
                lane::show(self, &app);
                sight::show(self, &app);
            }
            Page::Board => board::show(self, &app),
            Page::Arrival | Page::Ask => ask::show(self, &app),
            Page::Visit => visit::show(self, &app),
            Page::Details => details::show(self, &app),
            Page::Group => group::show(self, &app),
            Page::Pay => pay::show(self, &app),
            Page::StayCase => case::show(self, &app),
            Page::Tariff => tariff::show(self, &app),
            Page::TariffEdit => tariff_edit::show(self, &app),
            Page::Subscribers => subscribers::show(self, &app),
            Page::Door => subscribers::show_door(self, &app),
            Page::Listed => listed::show(self, &app),
            Page::Merchants => merchants::show(self, &app),
            Page::Validate => merchants::show_validation(self, &app),
            Page::Done => pay::show_done(self, &app),
            Page::Find => lists::show_find(self, &app),
            Page::Exceptions => exceptions::show(self, &app),
            Page::Inside => exceptions::show_inside(self),
            Page::Documents => documents::show(self, &app),
            Page::Receipts => receipts::show(self, &app),
            Page::Refund => receipts::show_refund(self, &app),
            Page::Orders => orders::show(self, &app),
            Page::Order => order::show(self, &app),
            Page::Shift => shift::show(self, &app),
            Page::Movement => till::show_movement(self, &app),
            Page::Count => till::show_count(self, &app),
            Page::Day => till::show_day(self, &app),
            Page::Control => control::show(self, &app),
            Page::Deposit => deposit::show(self, &app),
            Page::Deposits => deposit::show_all(self, &app),
            Page::Work => work::show(self, &app),
            Page::Due => due::show(self, &app),
            Page::Photos => photos::show(self, &app),
            Page::Fleet => fleet::show(self, &app),
            Page::Lease => lease::show(self, &app),
            Page::Accounts => accounts::show(self, &app),
            Page::Signature => signature::show(self, &app),
            Page::Packs => packs::show(self, &app),
            Page::Devices => {
                devices::show_list(self);
                second::show(self);
            }
            Page::Papers => papers::show(self, &app),
            Page::Device => devices::show_one(self, &app),
        }
    }
}

/// A plate with what stands on its band.
fn face(plate: &Plate) -> PlateFace {
    let (kind, country) = match &plate.kind {
        PlateKind::Domestic => (FaceKind::Greek, "GR"),
        PlateKind::State => (FaceKind::PublicService, "GR"),
        PlateKind::Foreign { country } => (FaceKind::Foreign, country.as_str()),
        PlateKind::Chassis => (FaceKind::Chassis, ""),
    };
    let text = match plate.kind {
        PlateKind::Foreign { .. } => plate.text.clone(),
        PlateKind::Domestic | PlateKind::State | PlateKind::Chassis => plate.display(),
    };
    PlateFace { text: text.into(), country: country.into(), kind }
}

/// A visit as a card, at an instant.
fn card(controller: &Controller, visit: &stay::Visit, now: Stamp) -> VisitCard {
    let minutes = i32::try_from(now.seconds_since(&visit.arrived) / 60).unwrap_or(i32::MAX);
    let until = visit.state.departed().map(|at| clock(at, now)).unwrap_or_default();
    let language = controller.form.language;
    VisitCard {
        id: visit.id.to_string().into(),
        plate: face(&visit.plate),
        since: clock(visit.arrived, now).into(),
        until: until.into(),
        age_minutes: minutes.max(0),
        promised: board::promised(visit, now).into(),
        late: visit.board.is_late(now) && visit.state.is_inside(),
        overdue: controller.settings.is_long_stay(visit, now),
        size: size(visit.size),
        service: service_names(controller, visit).into(),
        amount: amount(controller, visit)
            .map(|cents| super::words::money(cents, language))
            .unwrap_or_default()
            .into(),
        state: card_state(&visit.state),
        paid: paid(controller, visit),
        registry: registry(&visit.entry, &visit.state),
    }
}

/// The time, with its date when it was another day.
fn clock(at: Stamp, now: Stamp) -> String {
    if at.date() == now.date() { at.clock() } else { at.local().strftime("%-d/%-m %H:%M").to_string() }
}

/// The names of what is sold, in the language of the screen.
fn service_names(controller: &Controller, visit: &stay::Visit) -> String {
    let language = controller.form.language;
    let names: Vec<&str> = visit.sale.lines.iter().map(|line| line.name.get(language).as_str()).collect();
    names.join(", ")
}

/// What it costs; nothing while nothing is chosen.
fn amount(controller: &Controller, visit: &stay::Visit) -> Option<crate::domain::money::Cents> {
    if visit.state.is_inside() && visit.state.settlement().is_none() {
        return controller.bill_of(visit).ok().filter(|bill| !bill.sale.is_empty()).map(|bill| bill.due());
    }
    let further = visit.further.iter().map(|paid| paid.total).sum();
    (!visit.sale.is_empty()).then(|| visit.sale.totals().gross + further)
}

const fn card_state(state: &VisitState) -> CardState {
    match state {
        VisitState::Open => CardState::Open,
        VisitState::InService => CardState::InService,
        VisitState::Ready => CardState::Ready,
        VisitState::Settled { .. } => CardState::Settled,
        VisitState::Away { .. } => CardState::Away,
        VisitState::Closed { .. } => CardState::Closed,
        VisitState::Moved { .. } => CardState::Moved,
        VisitState::Cancelled { .. } => CardState::Cancelled,
        VisitState::Replaced { .. } => CardState::Replaced,
    }
}

fn paid(controller: &Controller, visit: &stay::Visit) -> PaidState {
    let owes = || visit.state.is_inside() && !controller.may_leave(visit);
    match visit.state.settlement() {
        Some(Settlement::Paid { .. } | Settlement::ByPack { .. }) if owes() => PaidState::Unpaid,
        Some(Settlement::ByPack { .. }) => PaidState::Pack,
        Some(Settlement::Paid { .. }) => PaidState::Paid,
        Some(Settlement::ByContract { .. }) => PaidState::Contract,
        Some(Settlement::Owed) => PaidState::Owed,
        Some(Settlement::NoDocument { .. }) => PaidState::NoDocument,
        None => PaidState::Unpaid,
    }
}

/// One word for where a visit stands at the registry: trouble first, then what waits, then how far it got.
fn registry(entry: &Entry, state: &VisitState) -> RegistryState {
    let moments = [&entry.create, &entry.update, &entry.complete, &entry.correlate, &entry.cancel];
    let any = |wanted: MessageState| moments.iter().any(|m| m.as_ref().is_some_and(|m| m.state == wanted));
    let done = |m: &Option<Moment>| m.as_ref().is_some_and(|m| m.state == MessageState::Confirmed);
    if any(MessageState::Rejected) {
        RegistryState::Rejected
    } else if any(MessageState::Unknown) {
        RegistryState::Unknown
    } else if any(MessageState::Sending) {
        RegistryState::Sending
    } else if any(MessageState::Queued) {
        RegistryState::Waiting
    } else if matches!(state, VisitState::Cancelled { .. } | VisitState::Replaced { .. }) {
        RegistryState::Cancelled
    } else if done(&entry.correlate) {
        RegistryState::Linked
    } else if done(&entry.complete) {
        RegistryState::Completed
    } else if done(&entry.create) {
        RegistryState::Registered
    } else {
        RegistryState::None
    }
}

/// The size of the price list as the screen's.
pub(super) const fn size(size: Size) -> VehicleSize {
    match size {
        Size::Moto => VehicleSize::Motorcycle,
        Size::Small => VehicleSize::Small,
        Size::Suv => VehicleSize::Suv,
        Size::Van => VehicleSize::Van,
        Size::Taxi => VehicleSize::Taxi,
    }
}

/// The screen's size as the price list's; none chosen is an ordinary car.
pub(super) const fn catalogue_size(size: VehicleSize) -> Size {
    match size {
        VehicleSize::Motorcycle => Size::Moto,
        VehicleSize::None | VehicleSize::Small => Size::Small,
        VehicleSize::Suv => Size::Suv,
        VehicleSize::Van => Size::Van,
        VehicleSize::Taxi => Size::Taxi,
    }
}

/// Whether a tax number typed on the pad can be an invoice's customer.
fn customer(afm: &str) -> Result<TaxNumber, crate::domain::customer::BadTaxNumber> {
    TaxNumber::parse("GR", afm)
}

fn id_text(id: VisitId) -> slint::SharedString {
    id.to_string().into()
}
