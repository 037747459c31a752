//! The lists of the window: they stay, and only the rows that differ change.

use super::{accounts, due, fleet, lease, merchants, photos, tariff_edit, work};
use crate::view::generated::{
    Alternative, App, Ask, AskField, AskOffer, BackWay, BayView, BillLine, Board, BoardCard, Control,
    ControlRow, CurveStep, DayRow, DefectKey, Deposit, DepositRow, DepositWay, Details, DeviceKind,
    DeviceView, Devices, Documents, Done, Door, DoorRow, Drawer, ExceptionView, Exceptions, Fact, Figure,
    Find, Group, GroupCustomer, GroupResult, GroupRow, Inside, InsideView, Lane, Listed, ListedRow, ModelKey,
    Naming, NamingFieldView, NoDocumentReason, NoteKey, Notice, OfferView, Order, OrderLineView, OrderRow,
    Orders, PackOffer as OfferKey, PackRow, Packs, PageKey, PaperFinding, PaperLine, PaperRow, Papers,
    Parking, Pay, Person, PieceKey, PinEntry, PlanTile, PlateHint, PlateLetter, ProposalView, ReceiptRow,
    Receipts, Refund, SaleTile, SecondView, SecondWindows, Shift, Sight, StayCase, StayCaseKind, StayStep,
    StepUp, SubscriberCar, Subscribers, SubscriptionRow, Tariff, TariffClass, TenderLine, TradeKey, Tray,
    UnnamedDocument, Visit, VisitAction, VisitCard, WaitingShift,
};
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};
use std::rc::Rc;

/// The lists of the window; they stay, and their rows change.
#[derive(Default)]
pub(in crate::view) struct Lists {
    pub(super) devices_in_strip: Rc<VecModel<DeviceView>>,
    pub(super) devices: Rc<VecModel<DeviceView>>,
    pub(super) seconds: Rc<VecModel<SecondView>>,
    pub(super) addable: Rc<VecModel<DeviceKind>>,
    pub(super) device_names: Rc<VecModel<SharedString>>,
    pub(super) offers: Rc<VecModel<OfferView>>,
    pub(super) address_pieces: Rc<VecModel<SharedString>>,
    pub(super) models: Rc<VecModel<ModelKey>>,
    pub(super) pages: Rc<VecModel<PageKey>>,
    pub(super) notices: Rc<VecModel<Notice>>,
    pub(super) hints: Rc<VecModel<PlateHint>>,
    pub(super) inside: Rc<VecModel<VisitCard>>,
    pub(super) services: Rc<VecModel<SaleTile>>,
    pub(super) extras: Rc<VecModel<SaleTile>>,
    pub(super) lines: Rc<VecModel<BillLine>>,
    pub(super) reasons: Rc<VecModel<NoDocumentReason>>,
    pub(super) notes: Rc<VecModel<NoteKey>>,
    pub(super) tenders: Rc<VecModel<TenderLine>>,
    pub(super) steps: Rc<VecModel<StayStep>>,
    pub(super) cases: Rc<VecModel<StayCaseKind>>,
    pub(super) tariff_edit: tariff_edit::TariffEditLists,
    pub(super) tariff_sign: Rc<VecModel<StayStep>>,
    pub(super) tariff_rows: Rc<VecModel<StayStep>>,
    pub(super) tariff_classes: Rc<VecModel<TariffClass>>,
    pub(super) findings: Rc<VecModel<SharedString>>,
    pub(super) curve: Rc<VecModel<CurveStep>>,
    pub(super) paid_with: Rc<VecModel<TenderLine>>,
    pub(super) deposits: Rc<VecModel<DepositRow>>,
    pub(super) pack_offers: Rc<VecModel<OfferKey>>,
    pub(super) packs: Rc<VecModel<PackRow>>,
    pub(super) deposit_ways: Rc<VecModel<DepositWay>>,
    pub(super) all_deposits: Rc<VecModel<DepositRow>>,
    pub(super) found: Rc<VecModel<VisitCard>>,
    pub(super) exceptions: Rc<VecModel<ExceptionView>>,
    pub(super) entries: Rc<VecModel<InsideView>>,
    pub(super) unnamed: Rc<VecModel<UnnamedDocument>>,
    pub(super) receipts: Rc<VecModel<ReceiptRow>>,
    pub(super) subscriptions: Rc<VecModel<SubscriptionRow>>,
    pub(super) subscriber_cars: Rc<VecModel<SubscriberCar>>,
    pub(super) subscriber_plates: Rc<VecModel<SharedString>>,
    pub(super) plans: Rc<VecModel<PlanTile>>,
    pub(super) door: Rc<VecModel<DoorRow>>,
    pub(super) listed: Rc<VecModel<ListedRow>>,
    pub(super) ways: Rc<VecModel<BackWay>>,
    pub(super) fields: Rc<VecModel<NamingFieldView>>,
    pub(super) people: Rc<VecModel<Person>>,
    pub(super) figures: Rc<VecModel<Figure>>,
    pub(super) approvers: Rc<VecModel<Person>>,
    pub(super) pin_people: Rc<VecModel<Person>>,
    pub(super) waiting: Rc<VecModel<WaitingShift>>,
    pub(super) relievers: Rc<VecModel<Person>>,
    pub(super) pieces: Rc<VecModel<PieceKey>>,
    pub(super) days: Rc<VecModel<DayRow>>,
    pub(super) control_people: Rc<VecModel<SharedString>>,
    pub(super) control_rows: Rc<VecModel<ControlRow>>,
    pub(super) control_till: Rc<VecModel<ControlRow>>,
    pub(super) papers: Rc<VecModel<PaperRow>>,
    pub(super) paper_lines: Rc<VecModel<PaperLine>>,
    pub(super) paper_findings: Rc<VecModel<PaperFinding>>,
    pub(super) paper_fields: Rc<VecModel<SharedString>>,
    pub(super) left_out: Rc<VecModel<SharedString>>,
    pub(super) logos: Rc<VecModel<SharedString>>,
    pub(super) provers: Rc<VecModel<Person>>,
    pub(super) openers: Rc<VecModel<Person>>,
    pub(super) trades: Rc<VecModel<TradeKey>>,
    pub(super) earlier: Rc<VecModel<ProposalView>>,
    pub(super) letters: Rc<VecModel<PlateLetter>>,
    pub(super) others: Rc<VecModel<Alternative>>,
    pub(super) ask_fields: Rc<VecModel<AskField>>,
    pub(super) ask_offers: Rc<VecModel<AskOffer>>,
    pub(super) facts: Rc<VecModel<Fact>>,
    pub(super) actions: Rc<VecModel<VisitAction>>,
    pub(super) group_rows: Rc<VecModel<GroupRow>>,
    pub(super) group_customers: Rc<VecModel<GroupCustomer>>,
    pub(super) group_results: Rc<VecModel<GroupResult>>,
    pub(super) orders: Rc<VecModel<OrderRow>>,
    pub(super) order_lines: Rc<VecModel<OrderLineView>>,
    pub(super) order_here: Rc<VecModel<OrderLineView>>,
    pub(super) items: Rc<VecModel<SaleTile>>,
    pub(super) defects: Rc<VecModel<DefectKey>>,
    pub(super) waiting_cars: Rc<VecModel<BoardCard>>,
    pub(super) bays: Rc<VecModel<BayView>>,
    pub(super) work: work::WorkLists,
    pub(super) due: due::DueLists,
    pub(super) merchants: merchants::MerchantLists,
    pub(super) photos: photos::PhotoLists,
    pub(super) fleet: fleet::FleetLists,
    pub(super) lease: lease::LeaseLists,
    pub(super) accounts: accounts::AccountLists,
    pub(super) ready_cars: Rc<VecModel<BoardCard>>,
}

impl Lists {
    pub(in crate::view) fn attached_to(app: &App) -> Self {
        let lists = Self::default();
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

pub(super) fn model<T: Clone + 'static>(rows: &Rc<VecModel<T>>) -> ModelRc<T> {
    ModelRc::from(Rc::clone(rows))
}

/// Makes a list equal to `rows`, touching only what differs.
pub(super) fn sync<T: Clone + PartialEq + 'static>(list: &VecModel<T>, rows: Vec<T>) {
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
