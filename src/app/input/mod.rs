//! Everything that can happen, as data. The terminal records what came from outside, one JSON object a line:
//! `{"at":"2026-03-14T10:02:00.000+02:00","chance":81985529216486895,"input":{"input":"open_visit",…}}`; `tameio replay`
//! reads the same lines. What belongs to one part of the work is an enum of its own, and its act stands after the part:
//! `{"input":"order","act":"finish",…}`.

mod camera;
mod card;
mod counterparty;
mod deposit;
mod device;
mod document;
mod lease;
mod listed;
mod merchant;
mod order;
mod pack;
mod paper;
mod parking;
mod person;
mod registry;
mod rental;
mod signature;
mod subscriber;
mod tariff;
mod template;
mod till;
mod visit;
mod work;

use crate::domain::bay::Place;
use crate::domain::card::WantedPayment;
use crate::domain::day::Seal;
use crate::domain::document::Document;
use crate::domain::entry::ServiceCategory;
use crate::domain::ids::{Reference, VisitId};
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::order::Order;
use crate::domain::paper::Paper;
use crate::domain::payment::Tender;
use crate::domain::plate::PlateEntry;
use crate::domain::sale::DiscountAmount;
use crate::domain::terms::OffSite;
use crate::domain::time::Stamp;
use crate::domain::visit::{NoDocumentReason, VehicleFacts, Visit};
pub use camera::CameraInput;
pub use card::CardInput;
pub use counterparty::CounterpartyInput;
pub use deposit::DepositInput;
pub use device::DeviceInput;
pub use document::{DocumentInput, TypedName};
pub use lease::{LeaseInput, WantedLease};
pub use listed::ListedInput;
pub use merchant::{MerchantInput, WantedMerchant};
pub use order::{AddToOrder, HowMuch, OrderInput};
pub use pack::PackInput;
pub use paper::PaperInput;
pub use parking::ParkingInput;
pub use person::PersonInput;
pub use registry::RegistryInput;
pub use rental::{RentalInput, WantedHandOver, WantedReturn};
use serde::{Deserialize, Serialize};
pub use signature::SignatureInput;
pub use subscriber::{SubscriberInput, WantedSubscription, WantedVehicle};
pub use tariff::TariffInput;
pub use template::TemplateInput;
pub use till::TillInput;
pub use visit::{ChooseService, OpenVisit};
pub use work::WorkInput;

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
    /// Extras are sold to a visit that was paid already: another document follows.
    SellMore {
        /// The visit.
        visit: VisitId,
        /// Codes of the extras, all that are not paid yet; none takes them back.
        extras: Vec<String>,
    },
    /// A document of the archive, as the store read it, and the input it is for.
    DocumentRead {
        /// The document, if there is one.
        document: Option<Box<Document>>,
        /// What it was asked for.
        wanted: Box<Self>,
    },
    /// A sale without a vehicle of the archive, as the store read it, and the input it is for.
    OrderRead {
        /// The order, if there is one.
        order: Option<Box<Order>>,
        /// What it was asked for.
        wanted: Box<Self>,
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
    /// The visits of a [`DocumentInput::Correlate`], as the store read them.
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
    /// The end of the journal, as the store read it for [`TillInput::CloseDay`].
    SealRead {
        /// It.
        seal: Seal,
        /// What it was read for.
        wanted: Box<Self>,
    },
    /// How often a paper came out whole, as the store read it for [`PaperInput::Print`].
    CopiesRead {
        /// The paper wanted.
        paper: Paper,
        /// Complete prints so far.
        complete: u32,
    },
    /// What happens to a garage's work order.
    Work(WorkInput),
    /// What happens to a sale without a vehicle.
    Order(OrderInput),
    /// What happens in a car park beside arriving, paying and leaving.
    Parking(ParkingInput),
    /// What happens to monthly parking at the till.
    Subscriber(SubscriberInput),
    /// Plates that are warned of, not to come in, or pay nothing.
    Listed(ListedInput),
    /// Shops whose customers park for less, and what they give to a stay.
    Merchant(MerchantInput),
    /// What happens to a rental vehicle.
    Rental(RentalInput),
    /// What happens to a rental that is paid in instalments.
    Lease(LeaseInput),
    /// What happens when somebody is asked to sign.
    Signature(SignatureInput),
    /// Money that is taken before anything is owed.
    Deposit(DepositInput),
    /// Whom an invoice is for.
    Counterparty(CounterpartyInput),
    /// What is done with packs of washes and memberships.
    Pack(PackInput),
    /// What happens to a document after its sale.
    Document(DocumentInput),
    /// What happens to a shift, its drawer and the day.
    Till(TillInput),
    /// What happens to a paper.
    Paper(PaperInput),
    /// What the owner arranges of papers.
    Template(TemplateInput),
    /// What the owner changes of the tariff.
    Tariff(TariffInput),
    /// What devices say, and what becomes of them.
    Device(DeviceInput),
    /// What cameras saw, and their photographs.
    Camera(CameraInput),
    /// What happens at a linked card terminal.
    Card(CardInput),
    /// Who stands at the till.
    Person(PersonInput),
    /// What is heard of the registry, and what a person wants of it.
    Registry(RegistryInput),
}

impl Input {
    /// It tells how something outside ended, which nobody will tell again.
    pub const fn is_report(&self) -> bool {
        matches!(
            self,
            Self::Registry(
                RegistryInput::Exchanged { .. }
                    | RegistryInput::LookedUp { .. }
                    | RegistryInput::Listed { .. }
                    | RegistryInput::ListingFailed { .. }
            ) | Self::Document(DocumentInput::Reported { .. } | DocumentInput::IssuerSaid { .. })
                | Self::Paper(PaperInput::Reported { .. })
                | Self::Till(TillInput::DrawerReported { .. })
                | Self::Device(DeviceInput::BarrierReported { .. })
                | Self::Card(CardInput::Reported { .. })
                | Self::Camera(CameraInput::PhotoKept { .. })
                | Self::Counterparty(CounterpartyInput::Answered { .. })
        )
    }

    /// It tells of a device, and changes nothing that the registry is told.
    pub const fn is_of_a_device(&self) -> bool {
        matches!(
            self,
            Self::Camera(CameraInput::IgnorePlate { .. })
                | Self::Device(
                    DeviceInput::Attached { .. }
                        | DeviceInput::Detached { .. }
                        | DeviceInput::Seen { .. }
                        | DeviceInput::Found { .. }
                        | DeviceInput::DrawerSeen { .. }
                        | DeviceInput::Weighed { .. }
                        | DeviceInput::BarrierSeen { .. }
                )
        )
    }
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
