//! Everything that can happen, as data. The terminal records what came from outside, one JSON object a line:
//! `{"at":"2026-03-14T10:02:00.000+02:00","chance":81985529216486895,"input":{"input":"open_visit",…}}`; `tameio replay`
//! reads the same lines.

use super::effect::MessageWish;
use crate::domain::bay::Place;
use crate::domain::card::{CardOutcome, CardSession, WantedPayment};
use crate::domain::catalogue::Size;
use crate::domain::dashboard::Dashboard;
use crate::domain::day::Seal;
use crate::domain::device::{BarrierOpening, Condition, DeviceId, DeviceOffer, ScaleReading};
use crate::domain::difference::{Difference, DifferenceId, ListedPage, PageWanted, WayOut};
use crate::domain::document::{Document, DocumentName};
use crate::domain::entry::{Due, Found, Heard, Message, ServiceCategory};
use crate::domain::ids::{
    DepositId, DocumentId, JobId, MessageId, OrderId, PhotoId, Reference, ShiftId, SightingId, VisitId,
};
use crate::domain::issuing::News;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::order::{Fetched, Owner};
use crate::domain::paper::{Paper, PrintOutcome, PrinterTrouble};
use crate::domain::payment::{Means, Tender};
use crate::domain::photo::Photo;
use crate::domain::pin::PinHash;
use crate::domain::plate::PlateEntry;
use crate::domain::sale::DiscountAmount;
use crate::domain::settings::Trade;
use crate::domain::shift::{MovementKind, Pieces};
use crate::domain::sighting::{Gate, Sighting};
use crate::domain::terms::{Earlier, OffSite, ServiceTerms, Trip};
use crate::domain::text::Text;
use crate::domain::ticket::TicketFate;
use crate::domain::time::Stamp;
use crate::domain::visit::{NoDocumentReason, PlateSource, VehicleFacts, Visit};
use crate::domain::work::{ApprovalWay, NextService, WantedLine};
use jiff::civil;
use serde::{Deserialize, Serialize};

/// An input with its instant and its chance: all that a decision may depend on beside the state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamped {
    /// When it happened.
    pub at: Stamp,
    /// Sixty-four random bits: ids and jitter come out of them.
    pub chance: u64,
    /// What happened.
    pub input: Input,
}

/// Everything that can happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "input", rename_all = "snake_case")]
pub enum Input {
    /// The program started on this database.
    Started {
        /// Its version.
        version: String,
    },
    /// An awaited instant came.
    Tick,
    /// The wall clock moved by itself.
    ClockStepped {
        /// Seconds forward (or back, negative).
        by_s: i64,
    },
    /// A vehicle came.
    OpenVisit(OpenVisit),
    /// Package and extras were chosen.
    ChooseService(ChooseService),
    /// What the registry is told of the service was said apart from its price.
    TellService {
        /// The visit.
        visit: VisitId,
        /// Kind of service; never told for rentals.
        category: Option<ServiceCategory>,
        /// The agreed amount, for a lease.
        amount: Option<Cents>,
    },
    /// A discount was given by hand.
    GiveDiscount {
        /// The visit.
        visit: VisitId,
        /// How much.
        amount: DiscountAmount,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// What is wrong with a garage's vehicle, and how it came.
    DescribeWork {
        /// The visit.
        visit: VisitId,
        /// In the customer's words.
        complaint: String,
        /// Kilometres and fuel, as far as somebody looked.
        #[serde(default)]
        dashboard: Dashboard,
    },
    /// The lines of a garage's work: all of them, as they should stand.
    WriteWork {
        /// The visit.
        visit: VisitId,
        /// The lines.
        lines: Vec<WantedLine>,
    },
    /// The customer is to be told what the lines cost: a new version, on paper.
    MakeEstimate {
        /// The visit.
        visit: VisitId,
        /// Who.
        operator: OperatorId,
    },
    /// The customer agreed to an estimate.
    ApproveEstimate {
        /// The visit.
        visit: VisitId,
        /// Which version.
        version: u32,
        /// Who agreed.
        name: String,
        /// How.
        way: ApprovalWay,
        /// Who heard it.
        operator: OperatorId,
    },
    /// The work waits for parts, or not any more.
    AwaitParts {
        /// The visit.
        visit: VisitId,
        /// Which; nothing when they are there.
        what: Option<String>,
    },
    /// When the vehicle should come again.
    SetNextService {
        /// The visit.
        visit: VisitId,
        /// When; nothing takes it away.
        next: Option<NextService>,
    },
    /// Service began.
    StartService {
        /// The visit.
        visit: VisitId,
    },
    /// Service is done.
    FinishService {
        /// The visit.
        visit: VisitId,
    },
    /// A vehicle was moved on the board of a wash.
    Place {
        /// The visit.
        visit: VisitId,
        /// Where to.
        place: Place,
        /// Who moves it.
        operator: OperatorId,
    },
    /// "Paid" was pressed.
    Pay {
        /// The visit.
        visit: VisitId,
        /// How.
        tenders: Vec<Tender>,
        /// For an invoice: country and tax number as typed.
        invoice_to: Option<(String, String)>,
        /// Who.
        operator: OperatorId,
    },
    /// "Paid" was pressed at a price that grows by itself: a stay's in a car park.
    PayShown {
        /// The visit.
        visit: VisitId,
        /// How, by whom, and at which price.
        #[serde(flatten)]
        payment: WantedPayment,
    },
    /// A ticket was scanned or typed.
    ScanTicket {
        /// What it says.
        code: String,
        /// Who.
        operator: OperatorId,
    },
    /// The driver has no ticket that can be read.
    TicketGone {
        /// The visit.
        visit: VisitId,
        /// What became of it.
        fate: TicketFate,
        /// Who says so.
        operator: OperatorId,
    },
    /// A vehicle stands at the exit and has no visit: it is opened now, and priced by what nobody can know.
    OpenFound {
        /// The vehicle.
        open: OpenVisit,
        /// Its price, made by somebody with the right; the tariff's fee for a lost ticket when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Cents>,
        /// Why it has none.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The time a stay is charged from is put right.
    PriceFrom {
        /// The visit.
        visit: VisitId,
        /// The time.
        from: Stamp,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The price of a stay is made by a person.
    AgreePrice {
        /// The visit.
        visit: VisitId,
        /// How much.
        price: Cents,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A vehicle is let go, and what is due is owed: nobody is kept at the exit.
    ReleaseOwing {
        /// The visit.
        visit: VisitId,
        /// Who owes: a name, a telephone, whatever is known.
        debtor: String,
        /// Why.
        reason: String,
        /// Who lets it go.
        operator: OperatorId,
    },
    /// A vehicle is gone and nobody saw it leave, or will not be driven out: its visit is closed.
    CloseMissed {
        /// The visit.
        visit: VisitId,
        /// When it left, as near as anybody knows.
        left: Stamp,
        /// What is known.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Extras are sold to a visit that was paid already: another document follows.
    SellMore {
        /// The visit.
        visit: VisitId,
        /// Codes of the extras, all that are not paid yet; none takes them back.
        extras: Vec<String>,
    },
    /// Something is added to an order; the first thing begins it.
    AddToOrder(AddToOrder),
    /// A line is taken off an order that is still being written down.
    RemoveFromOrder {
        /// The order.
        order: OrderId,
        /// Which line, from 0.
        line: usize,
    },
    /// A discount was given by hand on what an order owes.
    DiscountOrder {
        /// The order.
        order: OrderId,
        /// How much.
        amount: DiscountAmount,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The things of an order are left here.
    TakeIn {
        /// The order.
        order: OrderId,
        /// Whose they are.
        owner: Owner,
        /// The day they are promised for; nothing takes the price list's.
        promised: Option<civil::Date>,
        /// Who takes them.
        operator: OperatorId,
    },
    /// The things of an order can be fetched.
    FinishOrder {
        /// The order.
        order: OrderId,
        /// Who says so.
        operator: OperatorId,
    },
    /// "Paid" was pressed for everything an order owes.
    PayOrder {
        /// The order.
        order: OrderId,
        /// How.
        tenders: Vec<Tender>,
        /// For an invoice: country and tax number as typed.
        invoice_to: Option<(String, String)>,
        /// Who.
        operator: OperatorId,
    },
    /// Things of an order are handed over.
    HandOver {
        /// The order.
        order: OrderId,
        /// What.
        fetched: Vec<Fetched>,
        /// Who hands them over.
        operator: OperatorId,
    },
    /// The things of an order are given back untouched, or it comes to nothing.
    CancelOrder {
        /// The order.
        order: OrderId,
        /// Why; may be left empty while it is being written down.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Money goes back to a customer who has a document of ours.
    Refund {
        /// The document that is taken back.
        document: DocumentId,
        /// How much; all that is left where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Cents>,
        /// How it goes back.
        tenders: Vec<Tender>,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A payment nobody has been told of yet is taken back: the visit is to be paid anew.
    VoidDocument {
        /// Its document.
        document: DocumentId,
        /// Why.
        reason: String,
        /// Who.
        by: By,
    },
    /// Cash goes back to somebody without a document that is known here.
    RefundWithout {
        /// How much.
        amount: Cents,
        /// To whom: a name, a telephone number.
        given_to: String,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A document of the archive, as the store read it, and the input it is for.
    DocumentRead {
        /// The document, if there is one.
        document: Option<Box<Document>>,
        /// What it was asked for.
        wanted: Box<Self>,
    },
    /// A rental vehicle goes with its driver; sent again it puts right what was agreed.
    HandOverVehicle {
        /// The visit.
        visit: VisitId,
        /// What is agreed.
        wanted: Box<WantedHandOver>,
        /// Who hands it over.
        operator: OperatorId,
    },
    /// It comes back; sent again it puts right how.
    TakeBackVehicle {
        /// The visit.
        visit: VisitId,
        /// How it is.
        wanted: Box<WantedReturn>,
        /// Who takes it back.
        operator: OperatorId,
    },
    /// Money is taken before anything is owed.
    TakeDeposit {
        /// The visit.
        visit: VisitId,
        /// How much.
        amount: Cents,
        /// How.
        tenders: Vec<Tender>,
        /// Who.
        operator: OperatorId,
    },
    /// A deposit is given back, whole or in part.
    ReturnDeposit {
        /// Which.
        deposit: DepositId,
        /// How much.
        amount: Cents,
        /// In which way.
        means: Means,
        /// Why, if somebody wrote it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// Who gives it, and who stepped in.
        by: By,
    },
    /// The visit is settled by a contract; its document is issued elsewhere.
    SettleByContract {
        /// The visit.
        visit: VisitId,
        /// Whom the invoice is for: country and tax number as typed; nothing for a receipt, or where the terms say it.
        invoice_to: Option<(String, String)>,
        /// Who.
        operator: OperatorId,
    },
    /// No document follows.
    ChooseNoDocument {
        /// The visit.
        visit: VisitId,
        /// Why.
        reason: NoDocumentReason,
        /// In words.
        note: String,
        /// The earlier visit this one makes good.
        redo_of: Option<Reference>,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The vehicle leaves.
    Depart {
        /// The visit.
        visit: VisitId,
        /// Who lets it go.
        operator: OperatorId,
        /// Where a rental vehicle came back, when not at the desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returned_at: Option<String>,
    },
    /// A garage's vehicle is moved away for further work.
    MoveOffSite {
        /// The visit.
        visit: VisitId,
        /// Where to.
        to: OffSite,
        /// Who.
        operator: OperatorId,
    },
    /// The customer leaves without service.
    CancelVisit {
        /// The visit.
        visit: VisitId,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The plate was wrong.
    CorrectPlate {
        /// The visit.
        visit: VisitId,
        /// The right plate, as typed.
        plate: String,
        /// What it is.
        entry: PlateEntry,
        /// Beside a foreign plate.
        vehicle: VehicleFacts,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The authority's name of a document was typed or scanned.
    NameDocument {
        /// The document.
        document: DocumentId,
        /// The name.
        name: TypedName,
        /// It was asked about a difference and meant it.
        even_if_different: bool,
    },
    /// A document issued elsewhere is for these visits.
    CorrelateVisits {
        /// Its name.
        name: TypedName,
        /// The visits.
        visits: Vec<VisitId>,
    },
    /// The visits of a [`Input::CorrelateVisits`], as the store read them.
    VisitsRead {
        /// The document.
        name: TypedName,
        /// The visits.
        visits: Vec<Visit>,
    },
    /// A visit of the archive, as the store read it, and the input it is for.
    Recalled {
        /// The visit, if there is one.
        visit: Option<Box<Visit>>,
        /// What it was asked for.
        wanted: Box<Self>,
    },
    /// The slip that was scanned is of an order of the archive.
    SlipRecalled {
        /// The order.
        order: OrderId,
    },
    /// An issuer answered with a document's name.
    DocumentReported {
        /// The document.
        document: DocumentId,
        /// The name.
        name: DocumentName,
        /// The address behind its QR.
        qr: Option<String>,
    },
    /// myDATA was heard of a document, or not.
    IssuerSaid {
        /// The document.
        document: DocumentId,
        /// How often it had been sent.
        n: u32,
        /// What is known of it now.
        news: News,
    },
    /// What myDATA refused was put right: the document is to be sent again.
    IssueAgain {
        /// The document.
        document: DocumentId,
    },
    /// A shift begins. One that was forgotten on an earlier day ends by force.
    OpenShift {
        /// Cash in the drawer.
        float: Cents,
        /// Who answers for it.
        operator: OperatorId,
    },
    /// The shift ends at once so that the next can begin; its drawer is counted meanwhile.
    SealShift,
    /// Somebody relieves the person at the till.
    RelieveCashier {
        /// Who is there now.
        operator: OperatorId,
    },
    /// A shift was counted.
    CloseShift {
        /// Which; the open one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shift: Option<ShiftId>,
        /// What was counted.
        counted: Cents,
        /// The notes and coins, where they were counted one kind at a time.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pieces: Pieces,
        /// Who counted.
        operator: OperatorId,
    },
    /// Why a count differs from what was expected.
    ExplainVariance {
        /// The shift.
        shift: ShiftId,
        /// In words.
        reason: String,
        /// Who says so, and who accepts it.
        by: By,
    },
    /// Cash goes into the drawer or out of it without a sale.
    MoveCash {
        /// Why.
        kind: MovementKind,
        /// How much.
        amount: Cents,
        /// In words.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The day is to be closed.
    CloseDay {
        /// Number of the fiscal machine's own Z.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        machine_z: Option<String>,
        /// It is known that vehicles are inside.
        #[serde(default)]
        even_with_open: bool,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Somebody wants to see who did what.
    LookAtControl {
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The end of the journal, as the store read it for [`Input::CloseDay`].
    SealRead {
        /// It.
        seal: Seal,
        /// What it was read for.
        wanted: Box<Self>,
    },
    /// A paper is wanted, or wanted again.
    PrintPaper {
        /// Which; the number of the copy is found out.
        paper: Paper,
    },
    /// The trouble is gone: print the waiting paper from the top.
    ContinuePaper {
        /// The job.
        job: JobId,
    },
    /// A person looked whether the paper is whole.
    JudgePaper {
        /// The job.
        job: JobId,
        /// It is.
        complete: bool,
        /// Who looked.
        operator: OperatorId,
    },
    /// A waiting paper is given up.
    DropPaper {
        /// The job.
        job: JobId,
        /// Who.
        operator: OperatorId,
    },
    /// A printer reported how a try ended.
    PaperReported {
        /// The job.
        job: JobId,
        /// How.
        outcome: PrintOutcome,
    },
    /// The printer's state changed.
    PrinterSeen {
        /// What keeps it from printing; nothing when it is ready.
        trouble: Option<PrinterTrouble>,
        /// The roll is near its end.
        near_end: bool,
    },
    /// The drawer is wanted without a sale.
    OpenDrawer {
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The drawer that was asked for and may not have opened is tried again.
    OfferDrawer,
    /// The drawer opened, or could not.
    DrawerReported {
        /// It opened.
        opened: bool,
    },
    /// The drawer's switch was looked at.
    DrawerSeen {
        /// It is open.
        open: bool,
    },
    /// A device is looked after from now on.
    DeviceAttached {
        /// Which.
        device: DeviceId,
        /// Its address.
        address: Text,
    },
    /// A device is not looked after any more.
    DeviceDetached {
        /// Which.
        device: DeviceId,
    },
    /// A device is in another condition than before.
    DeviceSeen {
        /// Which.
        device: DeviceId,
        /// How it is.
        #[serde(flatten)]
        condition: Condition,
    },
    /// Another device, or another address, is chosen at the screen.
    AssignDevice {
        /// Which.
        device: DeviceId,
        /// Its address; nothing takes the device away, and lets the configuration's stand again if there is one.
        address: Option<String>,
        /// What the configuration says.
        configured: Option<String>,
        /// Who.
        operator: OperatorId,
    },
    /// What is plugged in is to be looked for.
    FindDevices,
    /// What is plugged in.
    DevicesFound {
        /// Each of them.
        offers: Vec<DeviceOffer>,
    },
    /// A scanner read a code.
    Scanned {
        /// Which.
        device: DeviceId,
        /// What it says.
        code: String,
    },
    /// A plate was read, by a camera itself or in its pictures. It is a proposal: a person says whether it is right.
    PlateSeen {
        /// Which camera.
        device: DeviceId,
        /// Whether it sees cars that come or that leave.
        #[serde(default)]
        gate: Gate,
        /// What was read.
        #[serde(flatten)]
        sighting: Sighting,
        /// The same car was told before: what it is believed to be now is surer.
        #[serde(default)]
        again: bool,
    },
    /// A person waves a proposal away.
    IgnorePlate {
        /// Which.
        sighting: SightingId,
    },
    /// Somebody begins or ends weighing.
    Weigh {
        /// Begins.
        on: bool,
    },
    /// The scale said something.
    Weighed {
        /// What.
        #[serde(flatten)]
        reading: ScaleReading,
    },
    /// The customer display is to show something, as a test.
    TestDisplay,
    /// A barrier is to be opened by hand.
    OpenBarrier {
        /// Which.
        device: DeviceId,
        /// For a visit.
        visit: Option<VisitId>,
        /// Why, without a visit.
        reason: String,
        /// Who.
        operator: OperatorId,
    },
    /// A barrier opened, or not.
    BarrierReported {
        /// Which.
        device: DeviceId,
        /// What became of it.
        #[serde(flatten)]
        opening: BarrierOpening,
    },
    /// A barrier's switch was looked at.
    BarrierSeen {
        /// Which.
        device: DeviceId,
        /// It is up.
        up: bool,
    },
    /// A card terminal said what became of a charge.
    CardReported {
        /// Which.
        session: CardSession,
        /// What.
        #[serde(flatten)]
        outcome: CardOutcome,
    },
    /// The running charge is to end, if the terminal still can.
    CancelCard,
    /// The terminal is to be asked once more what became of a charge.
    AskCard {
        /// Which.
        session: CardSession,
    },
    /// A person has looked at the terminal's slip.
    SettleCard {
        /// Which.
        session: CardSession,
        /// It says approved.
        approved: bool,
        /// Who looked, and who stepped in.
        by: By,
    },
    /// The payment of an approved charge that no document has taken is to be tried again.
    UseCard {
        /// Which.
        session: CardSession,
    },
    /// A PIN was typed, and found right or wrong. The PIN itself is no input: inputs are written down.
    PinChecked {
        /// Whose it was to be.
        operator: OperatorId,
        /// It is right.
        good: bool,
    },
    /// A new PIN was hashed.
    PinHashed {
        /// Whose.
        operator: OperatorId,
        /// What is left of it.
        hash: PinHash,
        /// Who sets it.
        by: OperatorId,
    },
    /// A PIN could not be checked or set.
    PinFailed {
        /// Why.
        why: Text,
    },
    /// Nobody has touched the till for a while.
    LockTill,
    /// A photograph was written beside the database.
    PhotoKept {
        /// It.
        photo: Box<Photo>,
    },
    /// Photographs whose time is over, as the store found them.
    PhotosOver {
        /// Which.
        photos: Vec<PhotoId>,
    },
    /// How much disk is left.
    DiskSeen {
        /// Free bytes.
        free_bytes: u64,
        /// A test write succeeded.
        writable: bool,
    },
    /// A try was answered, or not.
    Exchanged {
        /// The message.
        message: MessageId,
        /// Which try.
        n: u32,
        /// What was heard.
        heard: Heard,
    },
    /// A look-up ended.
    LookedUp {
        /// The message.
        message: MessageId,
        /// What it showed.
        found: Found,
    },
    /// A page of the registry's listing came.
    Listed {
        /// Which.
        wanted: PageWanted,
        /// It.
        page: ListedPage,
    },
    /// It did not come, or could not be read.
    ListingFailed {
        /// Which.
        wanted: PageWanted,
        /// What was seen.
        why: Text,
    },
    /// A page, as the store compared it for [`Input::Listed`].
    Compared {
        /// The page.
        page: ListedPage,
        /// What differs.
        found: Vec<Difference>,
    },
    /// What the registry confirmed and a whole listing did not show, as the store found it.
    Unlisted {
        /// Each of them.
        missing: Vec<Difference>,
    },
    /// A person decides about a difference.
    SettleDifference {
        /// Which.
        difference: DifferenceId,
        /// What is to be done.
        way: WayOut,
        /// Who.
        by: By,
    },
    /// A person wants the registry compared now.
    CompareNow,
    /// A person wants the registry tried now.
    TryNow,
    /// A refused message is to be told again.
    TellAgain {
        /// The message.
        message: MessageId,
    },
    /// A refused message is put aside: the case was settled by hand.
    PutAside {
        /// The message.
        message: MessageId,
        /// Who.
        by: By,
    },
    /// What the outbox has to do, as the store read it.
    Due(Due),
    /// A message, as the store read it for [`Input::TellAgain`], [`Input::PutAside`] or [`Input::SettleDifference`].
    MessageRead {
        /// The message.
        message: Box<Message>,
        /// Its visit, if it has one.
        visit: Option<Box<Visit>>,
        /// What it was read for.
        wish: MessageWish,
    },
    /// How often a paper came out whole, as the store read it for [`Input::PrintPaper`].
    CopiesRead {
        /// The paper wanted.
        paper: Paper,
        /// Complete prints so far.
        complete: u32,
    },
}

impl Input {
    /// It tells how something outside ended, which nobody will tell again.
    pub const fn is_report(&self) -> bool {
        matches!(
            self,
            Self::Exchanged { .. }
                | Self::LookedUp { .. }
                | Self::DocumentReported { .. }
                | Self::IssuerSaid { .. }
                | Self::PaperReported { .. }
                | Self::DrawerReported { .. }
                | Self::BarrierReported { .. }
                | Self::CardReported { .. }
                | Self::PhotoKept { .. }
                | Self::Listed { .. }
                | Self::ListingFailed { .. }
        )
    }
}

impl Input {
    /// It tells of a device, and changes nothing that the registry is told.
    pub const fn is_of_a_device(&self) -> bool {
        matches!(
            self,
            Self::DeviceAttached { .. }
                | Self::DeviceDetached { .. }
                | Self::DeviceSeen { .. }
                | Self::DevicesFound { .. }
                | Self::DrawerSeen { .. }
                | Self::Weighed { .. }
                | Self::BarrierSeen { .. }
                | Self::IgnorePlate { .. }
        )
    }
}

/// A vehicle came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenVisit {
    /// As typed, scanned or read.
    pub plate: String,
    /// What it is.
    #[serde(default)]
    pub entry: PlateEntry,
    /// Beside a foreign plate.
    #[serde(default)]
    pub vehicle: VehicleFacts,
    /// Size class.
    pub size: Size,
    /// Lane or bay, from 1.
    #[serde(default)]
    pub lane: Option<u8>,
    /// How the plate came in.
    #[serde(default)]
    pub source: PlateSource,
    /// The proposal of a camera it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sighting: Option<SightingId>,
    /// Who.
    pub operator: OperatorId,
    /// The cashier was shown the open visit of this plate and wants another, with this reason.
    #[serde(default)]
    pub again_because: Option<String>,
    /// The kind of work; the terminal's main one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<Trade>,
    /// On what terms.
    #[serde(default, skip_serializing_if = "ServiceTerms::is_one_off")]
    pub terms: ServiceTerms,
    /// A rental's trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<Trip>,
    /// The entry it follows: a garage's vehicle that comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Earlier>,
}

impl OpenVisit {
    /// An ordinary arrival: a Greek plate, typed, once.
    pub fn new(plate: &str, size: Size, operator: OperatorId) -> Self {
        Self {
            plate: plate.to_owned(),
            entry: PlateEntry::default(),
            vehicle: VehicleFacts::default(),
            size,
            lane: None,
            source: PlateSource::Typed,
            sighting: None,
            operator,
            again_because: None,
            trade: None,
            terms: ServiceTerms::OneOff,
            trip: None,
            follows: None,
        }
    }
}

/// Package and extras were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseService {
    /// The visit.
    pub visit: VisitId,
    /// Size class, which may have been corrected.
    pub size: Size,
    /// Code of the package.
    pub package: String,
    /// Codes of the extras.
    pub extras: Vec<String>,
}

/// Something is added to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddToOrder {
    /// The order; nothing begins one.
    pub order: Option<OrderId>,
    /// Its code in the price list.
    pub item: String,
    /// How much of it.
    #[serde(flatten)]
    pub how_much: HowMuch,
    /// How many things it is about.
    pub pieces: u32,
    /// What is wrong with them, for the slip.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub defects: String,
    /// Who asked, and who stepped in for a weight that is typed.
    #[serde(flatten)]
    pub by: By,
}

/// How much of a thing is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how_much", rename_all = "snake_case")]
pub enum HowMuch {
    /// As many as there are pieces.
    Pieces,
    /// So long.
    Minutes {
        /// Minutes.
        minutes: u32,
    },
    /// So large.
    Size {
        /// Length in centimetres.
        length_cm: u32,
        /// Width in centimetres.
        width_cm: u32,
    },
    /// What lies on the scale at this moment.
    OnScale {
        /// What of it is no ware, in grams.
        tare_g: u64,
    },
    /// A weight that is typed, with the right it needs.
    ByHand {
        /// What it weighed, in grams.
        gross_g: u64,
        /// What of it is no ware, in grams.
        tare_g: u64,
    },
}

/// What is agreed when a rental vehicle is handed over, as a person types it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedHandOver {
    /// The driver's name.
    pub driver: String,
    /// The number of the driving licence; empty where somebody of the business drives.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// The last day it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_until: Option<civil::Date>,
    /// For how many days.
    pub days: u16,
    /// Kilometres and fuel.
    #[serde(default)]
    pub dashboard: Dashboard,
    /// What goes with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub accessories: String,
    /// What is broken already.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub damage: String,
}

/// How a rental vehicle came back, as a person types it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedReturn {
    /// Kilometres and fuel.
    #[serde(default)]
    pub dashboard: Dashboard,
    /// What is broken that was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub damage: String,
    /// Where, when not at the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Who asks for something, and who steps in when the asker may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Who asks.
    pub operator: OperatorId,
    /// Who stepped in on the same screen.
    #[serde(default)]
    pub approved_by: Option<OperatorId>,
}

/// The authority's name of a document, as a person gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "typed", rename_all = "snake_case")]
pub enum TypedName {
    /// Anything a scanner read: a fiscal machine's QR, or a code with a MARK in it.
    Scanned {
        /// The code.
        code: String,
    },
    /// A MARK.
    Mark {
        /// As typed.
        mark: String,
    },
    /// A fiscal machine's receipt.
    Fim {
        /// Serial number of the machine.
        machine: String,
        /// Number of the receipt.
        number: String,
        /// Date and time on it; the instant of typing when left out.
        at: Option<civil::DateTime>,
    },
}
