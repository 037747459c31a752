//! What the screen knows by itself: the page that is up and what was typed so far. All of it is lost when the power goes,
//! and none of it was ever shown as done.

use super::ask::AskForm;
use super::case::CaseForm;
use super::controller::{AccountsForm, LeaseForm, ListedForm, TariffEditForm, TariffForm};
use super::counterparty::{CounterpartyForm, TaxForm};
use super::deposit::DepositForm;
use super::devices::DeviceForm;
use super::find::FindForm;
use super::generated::{
    DocumentKind as DocumentChoice, FleetFilter, GroupFilter, NamingField, NamingKind, OrdersFilter, PadMode,
    Page, VehicleSize,
};
use super::merchants::MerchantsForm;
use super::order::OrderForm;
use super::packs::PacksForm;
use super::papers::PapersForm;
use super::parking::Grew;
use super::photos::PhotosForm;
use super::pin::PinForm;
use super::receipts::ReceiptsForm;
use super::signature::SignatureForm;
use super::subscribers::SubscribersForm;
use super::till::TillForm;
use super::words;
use super::work::WorkForm;
use crate::app::engine::PaperPicture;
use crate::app::input::{By, Input};
use crate::domain::customer::TaxNumber;
use crate::domain::device::{BarrierOpening, DeviceId};
use crate::domain::document::Document;
use crate::domain::ids::{DepositId, DocumentId, MessageId, OrderId, PackId, Reference, SightingId, VisitId};
use crate::domain::money::Cents;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::payment::{Means, Tender};
use crate::domain::plate::{BadPlate, Plate, PlateEntry, PlateKind};
use crate::domain::reminder::DueVehicle;
use crate::domain::text::{Language, Text};
use crate::domain::time::Stamp;
use crate::domain::visit::{PlateSource, Visit};
use crate::store::query::{Exceptions, KnownVehicle};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// The most characters a plate may be typed with; a chassis number has seventeen.
pub(super) const PLATE_TYPED_MAX: usize = 20;

/// Everything that is typed, chosen or up at this moment.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) page: Page,
    pub(super) language: Language,
    pub(super) lane: LaneForm,
    pub(super) visit: VisitForm,
    pub(super) pay: PayForm,
    pub(super) counterparty: CounterpartyForm,
    /// The instant the prices on the page are of.
    pub(super) priced_at: Option<Stamp>,
    pub(super) deposit: DepositForm,
    pub(super) work: WorkForm,
    pub(super) photos: PhotosForm,
    /// Which vehicles of the fleet are shown.
    pub(super) fleet: FleetFilter,
    pub(super) lease: LeaseForm,
    pub(super) accounts: AccountsForm,
    pub(super) signature: SignatureForm,
    /// The vehicles that should come again; nothing before the archive has answered.
    pub(super) due: Option<Vec<DueVehicle>>,
    pub(super) packs: PacksForm,
    pub(super) done: Option<DoneForm>,
    pub(super) case: CaseForm,
    pub(super) tariff: TariffForm,
    pub(super) tariff_edit: TariffEditForm,
    pub(super) find: FindForm,
    pub(super) exceptions: Exceptions,
    pub(super) naming: NamingForm,
    pub(super) receipts: ReceiptsForm,
    pub(super) papers: PapersForm,
    pub(super) subscribers: SubscribersForm,
    pub(super) listed: ListedForm,
    pub(super) merchants: MerchantsForm,
    pub(super) group: GroupForm,
    pub(super) orders: OrdersForm,
    pub(super) order: OrderForm,
    pub(super) shift: ShiftForm,
    pub(super) till: TillForm,
    /// The device whose page is up, or was last.
    pub(super) device: Option<DeviceForm>,
    /// The last proposal that was put into the pad.
    pub(super) proposed: Option<SightingId>,
    /// When the lane's picture that is shown was taken.
    pub(super) lane_frame: Option<Instant>,
    /// The scale is being asked.
    pub(super) weighing: bool,
    pub(super) pin: PinForm,
    /// What is asked of a second person, and the input that waits for the answer.
    pub(super) step_up: Option<StepUpForm>,
    /// The last input that may come back as "somebody else must allow it".
    pub(super) asked: Option<Input>,
    /// Said to the person until dismissed.
    pub(super) said: Vec<Said>,
    /// The clock's jump that was seen and dismissed, in seconds.
    pub(super) clock_seen_s: i64,
}

impl Form {
    pub(super) fn new(language: Language) -> Self {
        Self {
            page: Page::Lane,
            language,
            lane: LaneForm::default(),
            visit: VisitForm::default(),
            pay: PayForm::default(),
            counterparty: CounterpartyForm::default(),
            priced_at: None,
            deposit: DepositForm::default(),
            work: WorkForm::default(),
            photos: PhotosForm::default(),
            fleet: FleetFilter::All,
            lease: LeaseForm::default(),
            accounts: AccountsForm::default(),
            signature: SignatureForm::default(),
            due: None,
            packs: PacksForm::default(),
            done: None,
            case: CaseForm::default(),
            tariff: TariffForm::default(),
            tariff_edit: TariffEditForm::default(),
            find: FindForm::default(),
            exceptions: Exceptions::default(),
            naming: NamingForm::default(),
            receipts: ReceiptsForm::default(),
            papers: PapersForm::default(),
            subscribers: SubscribersForm::default(),
            listed: ListedForm::default(),
            merchants: MerchantsForm::default(),
            group: GroupForm::default(),
            orders: OrdersForm::default(),
            order: OrderForm::default(),
            shift: ShiftForm::default(),
            till: TillForm::default(),
            device: None,
            proposed: None,
            lane_frame: None,
            weighing: false,
            pin: PinForm::default(),
            step_up: None,
            asked: None,
            said: Vec::new(),
            clock_seen_s: 0,
        }
    }
}

/// A sentence that waits in the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// A refusal, in the words of the loop.
    Sentence(String),
    PlateWaits,
    AfmDropped,
    ChooseReceipt,
    /// A barrier that did not open for sure.
    Barrier {
        device: DeviceId,
        opening: BarrierOpening,
    },
    /// A barrier, or the drawer, that nobody had asked to open.
    BarrierUp(DeviceId),
    DrawerOpen,
}

/// What happens as soon as the visit being opened exists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum AfterOpening {
    /// Its page comes up.
    #[default]
    Show,
    /// Paying comes up.
    Pay,
    /// The usual package is chosen, and paying comes up.
    Usual(String),
    /// This package is chosen, and its page comes up.
    Chosen(String),
    /// It is one of our own: no document follows.
    Own,
    /// A rental vehicle goes with its driver: what is agreed is asked.
    HandOver,
}

#[derive(Debug)]
pub(super) struct LaneForm {
    pub(super) mode: PadMode,
    pub(super) typed: String,
    pub(super) source: PlateSource,
    /// The proposal of a camera it came from.
    pub(super) sighting: Option<SightingId>,
    pub(super) country: String,
    pub(super) category: Option<String>,
    /// Chosen by hand; otherwise what is remembered, otherwise small.
    pub(super) size: Option<VehicleSize>,
    pub(super) known: Option<KnownVehicle>,
    /// The key that was last asked about.
    pub(super) asked_key: String,
    /// Why opening was refused.
    pub(super) refused: Option<String>,
    /// Somebody lets it in, though it is on a list.
    pub(super) let_in: Option<By>,
    pub(super) after: AfterOpening,
    /// The pack it comes by.
    pub(super) pack: Option<PackId>,
    /// What the registry wants to know of this arrival beside the plate.
    pub(super) arrival: AskForm,
    /// Whom it was proposed to go on account of.
    pub(super) on_account: Option<TaxNumber>,
    /// The visit of this vehicle that was moved away for further work, and when it left.
    pub(super) moved: Option<(VisitId, Stamp)>,
}

impl Default for LaneForm {
    fn default() -> Self {
        Self {
            mode: PadMode::Greek,
            typed: String::new(),
            source: PlateSource::Typed,
            sighting: None,
            country: String::new(),
            category: None,
            size: None,
            known: None,
            asked_key: String::new(),
            refused: None,
            let_in: None,
            after: AfterOpening::Show,
            pack: None,
            arrival: AskForm::default(),
            on_account: None,
            moved: None,
        }
    }
}

impl LaneForm {
    pub(super) fn entry(&self) -> PlateEntry {
        match self.mode {
            PadMode::Greek => PlateEntry::Greek,
            PadMode::Foreign => PlateEntry::Foreign { country: self.country.clone() },
            PadMode::Chassis => PlateEntry::Chassis,
        }
    }

    pub(super) fn plate(&self) -> Result<Plate, BadPlate> {
        Plate::parse(&self.entry(), &self.typed)
    }

    pub(super) fn add(&mut self, key: &str) {
        if self.typed.chars().count() + key.chars().count() <= PLATE_TYPED_MAX {
            self.typed.push_str(key);
        }
        self.touched();
    }

    /// What was known or refused belonged to another text.
    pub(super) fn touched(&mut self) {
        self.refused = None;
        self.source = PlateSource::Typed;
        self.arrival.answers.follows = None;
        self.arrival.touched();
    }

    /// The size that applies: chosen, remembered, or a car.
    pub(super) fn size_now(&self) -> VehicleSize {
        let remembered = self.known.as_ref().and_then(|known| size_behind(&known.size));
        self.size.or(remembered).unwrap_or(VehicleSize::Small)
    }

    /// State plates, foreign plates and chassis numbers go with the kind of vehicle.
    pub(super) fn needs_category(&self) -> bool {
        self.mode != PadMode::Greek || self.plate().is_ok_and(|plate| plate.kind != PlateKind::Domestic)
    }

    /// The registry's word for the kind of vehicle: chosen, or what the size suggests.
    pub(super) fn category_now(&self) -> String {
        let suggested = match self.size_now() {
            VehicleSize::Motorcycle => "Μοτοσικλέτα/Μοτοποδήλατο",
            VehicleSize::Taxi => "Επιβατικό-Ταξί",
            VehicleSize::None | VehicleSize::Small | VehicleSize::Suv | VehicleSize::Van => "Αυτοκίνητο",
        };
        self.category.clone().unwrap_or_else(|| suggested.to_owned())
    }

    pub(super) fn category_text(&self) -> Option<Text> {
        self.needs_category().then(|| Text::new(&self.category_now()))
    }
}

fn size_behind(code: &str) -> Option<VehicleSize> {
    crate::domain::catalogue::Size::from_code(code).map(super::show::size)
}

#[derive(Debug, Default)]
pub(super) struct VisitForm {
    pub(super) id: Option<VisitId>,
    /// The visit, when it is not inside any more.
    pub(super) archived: Option<Visit>,
    /// Chosen before there is a package to price.
    pub(super) size: Option<VehicleSize>,
    /// The paid visit of the same vehicle that this one may make good.
    pub(super) earlier: Option<Reference>,
    /// What this vehicle took last time.
    pub(super) usual: Option<String>,
    /// What is remembered of it.
    pub(super) known: Option<KnownVehicle>,
    pub(super) corrected: String,
    pub(super) discount: String,
    pub(super) discount_percent: bool,
    /// What is being told of it beside its price.
    pub(super) ask: AskForm,
    /// It was opened on a lease: its amount is asked for as soon as the world knows it.
    pub(super) agree: bool,
    /// It was opened to be handed over: what is agreed is asked as soon as the world knows it.
    pub(super) hand_over: bool,
}

#[derive(Debug)]
pub(super) struct PayForm {
    /// What is paid is a sale without a vehicle; nothing for the visit whose page was up.
    pub(super) order: Option<OrderId>,
    pub(super) typed: String,
    pub(super) cash: Cents,
    pub(super) card: Cents,
    pub(super) tip: Cents,
    /// What is paid in another way than cash or card.
    pub(super) others: BTreeMap<Means, Cents>,
    /// What is set off against deposits.
    pub(super) deposits: Vec<(DepositId, Cents)>,
    pub(super) document: DocumentChoice,
    /// Whom an invoice is for.
    pub(super) tax: TaxForm,
    /// It was sent, and nothing has come of it yet: pressing again changes nothing.
    pub(super) sent: bool,
    /// What was asked of the card terminal is on its way.
    pub(super) card_busy: bool,
    /// When the terminal last said that it does not know either.
    pub(super) asked_again: Option<Stamp>,
    /// The price had grown when it was sent, and the person is asked.
    pub(super) grew: Option<Grew>,
}

impl Default for PayForm {
    fn default() -> Self {
        Self {
            order: None,
            typed: String::new(),
            cash: Cents::ZERO,
            card: Cents::ZERO,
            tip: Cents::ZERO,
            others: BTreeMap::new(),
            deposits: Vec::new(),
            document: DocumentChoice::Receipt,
            tax: TaxForm::default(),
            sent: false,
            card_busy: false,
            asked_again: None,
            grew: None,
        }
    }
}

impl PayForm {
    /// What is still to be paid of `due`; below zero it is change.
    pub(super) fn left(&self, due: Cents) -> Cents {
        due - self.cash - self.card - self.others.values().copied().sum() - self.set_off()
    }

    /// What is set off against deposits.
    pub(super) fn set_off(&self) -> Cents {
        self.deposits.iter().map(|(_, amount)| *amount).sum()
    }

    pub(super) fn typed_cents(&self) -> Option<Cents> {
        words::typed_cents(&self.typed)
    }

    /// What was given is asked for again; what it is for, what document it is, and what is set off, stays.
    pub(super) fn begin_again(&mut self) {
        let Self { order, document, tax, deposits, .. } = std::mem::take(self);
        *self = Self { order, document, tax, deposits, ..Self::default() };
    }

    /// What is sent. A linked terminal takes the tip itself.
    pub(super) fn tenders(&self, linked: bool) -> Vec<Tender> {
        let cash = (self.cash > Cents::ZERO).then_some(Tender::Cash { given: self.cash });
        let (amount, tip) = (self.card, self.tip);
        let card = if linked {
            (amount > Cents::ZERO).then_some(Tender::CardLinked { amount, tip: Cents::ZERO, session: None })
        } else {
            (amount > Cents::ZERO || tip > Cents::ZERO).then_some(Tender::CardApart { amount, tip })
        };
        let others = self.others.iter().filter_map(|(means, amount)| other_tender(*means, *amount));
        // A sale of nothing is still paid: with no cash at all.
        let deposits = self
            .deposits
            .iter()
            .map(|(deposit, amount)| Tender::Deposit { deposit: *deposit, amount: *amount });
        let tenders: Vec<Tender> = deposits.chain(cash).chain(card).chain(others).collect();
        if tenders.is_empty() { vec![Tender::Cash { given: Cents::ZERO }] } else { tenders }
    }
}

const fn other_tender(means: Means, amount: Cents) -> Option<Tender> {
    match means {
        Means::Cash | Means::Card | Means::Deposit => None,
        Means::Iris => Some(Tender::Iris { amount }),
        Means::Bank => Some(Tender::Bank { amount }),
        Means::Voucher => Some(Tender::Voucher { amount }),
        Means::Account => Some(Tender::OnAccount { amount }),
    }
}

#[derive(Debug)]
pub(super) struct DoneForm {
    pub(super) document: DocumentId,
    /// What was paid is a sale without a vehicle.
    pub(super) order: Option<OrderId>,
    pub(super) change: Cents,
    /// Once the archive has handed it over.
    pub(super) facts: Option<Document>,
    pub(super) picture: Option<PaperPicture>,
    /// The picture was asked for with the document named (or not): asked again when that changes.
    pub(super) pictured_named: Option<bool>,
}

/// The list of sales without a vehicle.
#[derive(Debug)]
pub(super) struct OrdersForm {
    pub(super) query: String,
    pub(super) filter: OrdersFilter,
}

impl Default for OrdersForm {
    fn default() -> Self {
        Self { query: String::new(), filter: OrdersFilter::All }
    }
}

#[derive(Debug)]
pub(super) struct NamingForm {
    pub(super) chosen: Option<DocumentId>,
    pub(super) kind: NamingKind,
    pub(super) active: NamingField,
    pub(super) mark: String,
    pub(super) machine: String,
    pub(super) number: String,
    /// Eight digits, `14032026`.
    pub(super) date: String,
    /// Four digits, `1051`.
    pub(super) time: String,
    pub(super) fault: Option<String>,
    pub(super) differs: bool,
    /// A code that was scanned before anybody said for which sale.
    pub(super) scanned: Option<String>,
}

impl Default for NamingForm {
    fn default() -> Self {
        Self {
            chosen: None,
            kind: NamingKind::Mark,
            active: NamingField::Mark,
            mark: String::new(),
            machine: String::new(),
            number: String::new(),
            date: String::new(),
            time: String::new(),
            fault: None,
            differs: false,
            scanned: None,
        }
    }
}

/// One document for many visits.
#[derive(Debug, Default)]
pub(super) struct GroupForm {
    /// Visits settled by a contract that wait, as the archive has them; nothing before it was asked.
    pub(super) waiting: Option<Vec<Visit>>,
    pub(super) filter: GroupFilter,
    /// The tax number of one customer; nothing for all of them.
    pub(super) customer: Option<String>,
    pub(super) chosen: BTreeSet<VisitId>,
    pub(super) name: NamingForm,
    pub(super) sent: Option<GroupSent>,
    /// It was begun from what is proposed, and goes back there.
    pub(super) from_accounts: bool,
}

/// What was sent of a document for many visits, and what has come of it.
#[derive(Debug)]
pub(super) struct GroupSent {
    /// Each visit with the correlation it had before: another one is the new one.
    pub(super) before: BTreeMap<VisitId, Option<MessageId>>,
    /// The visits as the archive last had them.
    pub(super) visits: Vec<Visit>,
}

impl GroupSent {
    /// The loop has taken it: every visit has a correlation that is new.
    pub(super) fn is_taken(&self) -> bool {
        let new = |visit: &Visit| {
            let now = visit.entry.correlate.as_ref().map(|moment| moment.message);
            now.is_some() && self.before.get(&visit.id) != Some(&now)
        };
        self.visits.len() == self.before.len() && self.visits.iter().all(new)
    }
}

#[derive(Debug, Default)]
pub(super) struct ShiftForm {
    pub(super) person: Option<OperatorId>,
    pub(super) typed: String,
}

#[derive(Debug)]
pub(super) struct StepUpForm {
    pub(super) right: Right,
    pub(super) input: Input,
    pub(super) chosen: Option<OperatorId>,
}
