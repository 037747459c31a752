//! Everything we can cause. Effects go out after their decision is committed, never before.

use super::decide::LiveChange;
use super::input::{By, Input, TypedName};
use super::refusal::Refusal;
use crate::aade::transport::HttpRequest;
use crate::config::reader::Fault;
use crate::domain::card::{CardCharge, CardOutcome, CardSession, WantedPayment};
use crate::domain::counterparty::Register;
use crate::domain::customer::TaxNumber;
use crate::domain::device::{BarrierOpening, DeviceId};
use crate::domain::difference::{DifferenceId, ListedPage, PageWanted};
use crate::domain::document::{Document, Subject};
use crate::domain::entry::{self, MessageKind};
use crate::domain::event::Event;
use crate::domain::ids::{
    DocumentId, JobId, MessageId, OrderId, PhotoId, SightingId, SubscriptionId, VisitId,
};
use crate::domain::money::Cents;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::paper::Paper;
use crate::domain::photo::{PhotoKind, PhotoMiss, Shot};
use crate::domain::plate::{Plate, PlateWarning};
use crate::domain::subscription::WhyNotCovered;
use crate::domain::template::TemplateKind;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::issuer::channel::{Asking, Telling};
use crate::paper::template::Finding;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// Something we cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Say something to the person at the screen.
    Tell(Notice),
    /// Send one request to the registry.
    Exchange {
        /// The message.
        message: MessageId,
        /// Which try.
        n: u32,
        /// Which operation, to read the answer by.
        kind: MessageKind,
        /// The request.
        request: HttpRequest,
    },
    /// Read the registry's listing.
    LookUp {
        /// The message.
        message: MessageId,
        /// What to look for.
        sought: entry::Sought,
    },
    /// Read one page of what the registry lists, for a comparison.
    List {
        /// Which.
        wanted: PageWanted,
    },
    /// Print a paper from stored facts.
    Print {
        /// The job.
        job: JobId,
        /// What.
        paper: Paper,
    },
    /// Open the drawer.
    OpenDrawer,
    /// Look after a device at this address from now on, or not any more.
    Attach {
        /// Which.
        device: DeviceId,
        /// Its address; nothing lets the configuration's stand again.
        address: Option<Text>,
    },
    /// Look what is plugged in.
    FindDevices,
    /// Look which pictures could be a logo.
    FindLogos,
    /// Read one of them.
    ReadLogo {
        /// The name of its file.
        file: String,
        /// Who wants it.
        by: By,
    },
    /// Ask the scale often, or only whether it is there.
    Weigh {
        /// Often.
        on: bool,
    },
    /// Show the customer two lines.
    ShowCustomer {
        /// The upper.
        upper: String,
        /// The lower.
        lower: String,
    },
    /// Charge by the card terminal: once.
    ChargeCard {
        /// What.
        charge: Box<CardCharge>,
    },
    /// Ask the card terminal what became of a charge.
    AskCard {
        /// Which.
        charge: Box<CardCharge>,
    },
    /// Ask the card terminal to end what it is at.
    CancelCard,
    /// A person said what became of a charge: the card terminal is not to be asked about it any more.
    SetCardAside {
        /// Which.
        session: CardSession,
    },
    /// Open a barrier.
    OpenBarrier {
        /// Which.
        device: DeviceId,
    },
    /// Keep a picture as a photograph; where it is not at hand any more, or there is no room, none is kept.
    KeepPhoto {
        /// The photograph.
        photo: PhotoId,
        /// The chain of visits it is of.
        chain: VisitId,
        /// What it is of.
        kind: PhotoKind,
        /// Where the picture is.
        from: PhotoSource,
    },
    /// Take a picture of a vehicle's condition and keep it; what comes of it is said.
    TakePhoto {
        /// The photograph.
        photo: PhotoId,
        /// The visit.
        visit: VisitId,
        /// Its chain of visits.
        chain: VisitId,
        /// By which camera.
        camera: DeviceId,
        /// What a person says of it.
        shot: Shot,
    },
    /// Delete photographs.
    DeletePhotos {
        /// Which.
        photos: Vec<PhotoId>,
    },
    /// Ask the issuer for the document's name.
    Issue {
        /// The document.
        document: Box<Document>,
    },
    /// Tell the issuer a document.
    TellDocument {
        /// Which.
        document: DocumentId,
        /// Which try.
        n: u32,
        /// What is told, and how.
        telling: Box<Telling>,
    },
    /// Ask the issuer what became of a document.
    LookUpDocument {
        /// Which.
        document: DocumentId,
        /// How often it was sent.
        n: u32,
        /// What is asked, and how.
        asking: Box<Asking>,
    },
    /// Ask a register whose a tax number is.
    AskRegister {
        /// Who is asked.
        register: Register,
        /// About which.
        number: TaxNumber,
    },
    /// Ask the store something; the answer comes back as an input before anything else.
    Ask(Question),
}

/// Where the picture of a photograph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoSource {
    /// Among those of a car a camera has seen.
    Sighting(SightingId),
}

/// What a decision may need from the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which messages are due.
    Due {
        /// At most so many.
        limit: u8,
        /// Creates queued since then go before the backlog.
        fresh_since: Stamp,
        /// A look-up that is to wait until after this waits by a clock that was set back: it is due.
        ask_horizon: Stamp,
    },
    /// One message of the outbox.
    Message {
        /// Which.
        message: MessageId,
        /// What it is read for.
        wish: MessageWish,
    },
    /// A visit that may have left long ago.
    Visit {
        /// Which.
        visit: VisitId,
        /// The input that is decided once it is read.
        wanted: Box<Input>,
    },
    /// A visit by its number.
    VisitNumbered {
        /// Of this terminal's visits.
        number: u64,
        /// The input that is decided once it is read.
        wanted: Box<Input>,
    },
    /// A document, named or not.
    Document {
        /// Which.
        document: DocumentId,
        /// The input that is decided once it is read.
        wanted: Box<Input>,
    },
    /// What is kept of a tax number.
    Counterparty {
        /// The number.
        number: TaxNumber,
        /// What it is read for.
        wish: CounterpartyWish,
    },
    /// A sale without a vehicle, over or not.
    Order {
        /// Which.
        order: OrderId,
        /// The input that is decided once it is read.
        wanted: Box<Input>,
    },
    /// Visits a document is for.
    Visits {
        /// Which.
        visits: Vec<VisitId>,
        /// The document.
        name: TypedName,
    },
    /// What a page of the registry's listing and the tables do not agree on.
    Compare {
        /// The page.
        page: ListedPage,
    },
    /// What the registry confirmed in a range and did not list.
    Unlisted {
        /// Above this number.
        after: i64,
        /// Up to this one.
        upto: i64,
        /// What was listed.
        listed: Vec<i64>,
        /// Entries seen cancelled: whether they and what was told of them are still listed is not documented.
        cancelled: Vec<i64>,
    },
    /// How often a paper came out whole.
    Copies {
        /// Which, whatever its number.
        paper: Paper,
    },
    /// Which vehicles that came before are called almost the same as one a camera has seen.
    KnownNear {
        /// What was seen.
        sighting: SightingId,
        /// What was read.
        plate: Plate,
    },
    /// Which photographs' time is over.
    PhotosOver,
    /// The end of the journal.
    Seal {
        /// The input that is decided once it is read.
        wanted: Box<Input>,
    },
}

/// What it is read for whose a tax number is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum CounterpartyWish {
    /// It was typed: what is known is shown, and a register is asked where that is nothing, or old.
    LookUp {
        /// Who typed it.
        operator: OperatorId,
        /// Ask whatever is known.
        again: bool,
    },
    /// Something new is kept of it: it is shown.
    Show,
    /// An invoice is paid that says whom it is for.
    Pay {
        /// What is paid.
        subject: Subject,
        /// How.
        payment: Box<WantedPayment>,
    },
}

/// What a person wants of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum MessageWish {
    /// It was refused: tell it again.
    TellAgain,
    /// It was refused: the case was settled by hand.
    PutAside,
    /// It was confirmed and is not listed: tell it once more, as a new message.
    TellAnew {
        /// The difference that ends with it.
        difference: DifferenceId,
        /// Who.
        operator: OperatorId,
    },
}

/// Something said to the person at the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// No, and why.
    Refused(Refusal),
    /// Somebody with a right must step in.
    NeedsRight(Right),
    /// A PIN was right: that person stands there.
    PinRight {
        /// Whose.
        operator: OperatorId,
    },
    /// A person has a new PIN.
    PinSet {
        /// Whose.
        operator: OperatorId,
    },
    /// A visit was opened.
    Opened {
        /// The visit.
        visit: VisitId,
        /// What is unusual about its plate.
        warning: Option<PlateWarning>,
    },
    /// A subscriber's vehicle came in or went out under its right.
    Passed {
        /// Whose.
        subscription: SubscriptionId,
        /// Its number.
        number: u64,
        /// The vehicle.
        plate: Plate,
        /// It came in.
        inward: bool,
        /// In how many days the right ends, where that is soon and it is not renewed: 0 is today, less is over.
        ends_in: Option<i32>,
    },
    /// A subscriber's vehicle came in as anybody, and why.
    NotCovered {
        /// Its visit.
        visit: VisitId,
        /// Whose.
        subscription: SubscriptionId,
        /// Its number.
        number: u64,
        /// Why.
        why: WhyNotCovered,
    },
    /// An order was begun.
    OrderOpened {
        /// The order.
        order: OrderId,
    },
    /// A sale was paid.
    Paid {
        /// The document.
        document: DocumentId,
        /// What the customer gets back.
        change: Cents,
    },
    /// A saved template has a fault in this version of the program: the built-in paper is printed.
    TemplateBroken {
        /// Of which kind of paper.
        kind: TemplateKind,
        /// Its first fault.
        fault: Finding,
    },
    /// The tariff that is kept cannot be read by this version of the program: the file's holds.
    TariffBroken {
        /// Its first fault.
        fault: Fault,
    },
    /// A driving licence ends before the vehicle is to be back.
    LicenceEnds {
        /// Its last day.
        until: civil::Date,
    },
    /// A deposit was taken.
    DepositTaken {
        /// Its number.
        number: u64,
        /// What the customer gets back.
        change: Cents,
    },
    /// A deposit was given back, whole or in part.
    DepositReturned {
        /// Its number.
        number: u64,
        /// How much.
        amount: Cents,
    },
    /// A vehicle left, and money of its driver is still held.
    DepositHeld {
        /// How much.
        left: Cents,
    },
    /// A picture of a vehicle's condition was not kept, and why.
    PhotoMissed {
        /// The visit.
        visit: VisitId,
        /// Why.
        why: PhotoMiss,
    },
    /// A pack was sold.
    PackSold {
        /// Its number.
        number: u64,
    },
    /// A visit took a wash of a pack.
    PackUsed {
        /// Its number.
        number: u64,
        /// Washes left; nothing where they are not counted.
        left: Option<u32>,
        /// What is paid on top.
        difference: Cents,
    },
    /// A vehicle came by a pack that soon has nothing more to give.
    PackEndsSoon {
        /// Its number.
        number: u64,
        /// Washes left; nothing where they are not counted.
        left: Option<u32>,
        /// Its last day.
        until: civil::Date,
    },
    /// A garage's work costs more than the customer agreed to, and more than may be added unasked.
    ApprovalNeeded {
        /// What was agreed to.
        agreed: Cents,
        /// What it costs now.
        total: Cents,
    },
    /// A ticket was read, and its vehicle is inside.
    TicketRead {
        /// The visit.
        visit: VisitId,
    },
    /// A shop gives something to a stay, or has given it already.
    Validated {
        /// The visit.
        visit: VisitId,
    },
    /// The slip of an order was read, open or over.
    SlipRead {
        /// The order.
        order: OrderId,
    },
    /// The price of a stay has grown since it was shown: the person says which one is paid.
    PriceGrew {
        /// The visit.
        visit: VisitId,
        /// The price that was shown.
        shown: Cents,
        /// The price now.
        now: Cents,
    },
    /// Money was given back.
    Refunded {
        /// The credit.
        document: DocumentId,
        /// How much.
        amount: Cents,
    },
    /// A payment was made void: the money goes back.
    Voided {
        /// Its document.
        document: DocumentId,
        /// From the drawer.
        cash: Cents,
        /// By the card terminal, the tip among it.
        card: Cents,
    },
    /// The customer's tax number was dropped: without a document there is no counterparty.
    CounterpartyDropped,
    /// The correction waits until the registry's answer is known.
    CorrectionWaits,
    /// A scanner read a code.
    Scanned {
        /// Which.
        device: DeviceId,
        /// What it says.
        code: String,
    },
    /// A card payment did not come to a document, and why.
    Card {
        /// Which.
        session: CardSession,
        /// What became of it; approved where the money has moved and its payment could not be made.
        outcome: CardOutcome,
    },
    /// A barrier did not open, or nobody knows whether it did.
    Barrier {
        /// Which.
        device: DeviceId,
        /// What became of it.
        opening: BarrierOpening,
    },
    /// A barrier is up and nobody had asked for it.
    BarrierUp {
        /// Which.
        device: DeviceId,
    },
    /// The drawer is open and nobody had asked for it.
    DrawerOpen,
    /// A day is to be closed and vehicles are inside: the person says whether to go on.
    VisitsOpen {
        /// How many.
        open: u32,
    },
    /// Whoever asked to see who did what may.
    MayLook,
    /// A day was closed.
    DayClosed {
        /// Its number.
        number: u64,
    },
    /// A fiscal machine's receipt has another total than the document.
    TotalDiffers {
        /// The document.
        document: DocumentId,
        /// Its total.
        ours: Cents,
        /// The receipt's.
        theirs: Cents,
    },
}

/// What a decision came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The facts, committed in one transaction.
    pub events: Vec<Event>,
    /// The exact bytes of the tries these events begin; kept beside the journal for as long as a setting says.
    pub requests: Vec<ArchivedRequest>,
    /// What to cause once they are committed.
    pub effects: Vec<Effect>,
    /// Changes to what is only true of this run, made after the commit.
    pub live: Vec<LiveChange>,
}

/// The bytes of one try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedRequest {
    /// The message.
    pub message: MessageId,
    /// Which try.
    pub n: u32,
    /// Verb, path and body as sent; credentials are not in it.
    pub text: String,
}
