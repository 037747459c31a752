//! Why not: one sentence that says what to do, in Greek and English.

mod bay;
mod lease;
mod merchant;
mod order;
mod pack;
mod rental;
mod sentence;
mod signature;
mod subscription;
mod tariff;
mod template;

pub use bay::BayRefusal;
pub use lease::LeaseRefusal;
pub use merchant::MerchantRefusal;
pub use order::OrderRefusal;
pub use pack::PackRefusal;
pub use rental::RentalRefusal;
pub use signature::SignatureRefusal;
pub use subscription::SubscriptionRefusal;
pub use tariff::{TariffRefusal, tariff_broken};
pub use template::{TemplateRefusal, template_broken};

use crate::aade::rules::Fault;
use crate::domain::card::CardSession;
use crate::domain::catalogue::NotOffered;
use crate::domain::customer::{BadTaxNumber, TaxNumber};
use crate::domain::document::BadDocumentName;
use crate::domain::ids::{Reference, VisitId};
use crate::domain::listed::ListKind;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::payment::{BadPayment, Means};
use crate::domain::plate::BadPlate;
use crate::domain::tariff::NoPrice;
use crate::domain::text::Text;
use crate::domain::ticket::TicketFault;
use crate::domain::visit::StepRefused;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The plate cannot be used.
    Plate(BadPlate),
    /// The vehicle is inside already.
    AlreadyInside {
        /// Its open visit.
        visit: VisitId,
    },
    /// A foreign, state or chassis plate needs the vehicle's category.
    CategoryMissing,
    /// … and at this trade its maker.
    MakerMissing,
    /// There is no such open visit.
    NoSuchVisit,
    /// Of a sale without a vehicle.
    Order(OrderRefusal),
    /// Of the board of a wash.
    Bay(BayRefusal),
    /// The plate is warned of, or not to come in: somebody reads why, and decides.
    Listed {
        /// Which list.
        kind: ListKind,
        /// Why.
        reason: Text,
    },
    /// The plate is on no such list.
    NotListed,
    /// Of monthly parking.
    Subscription(SubscriptionRefusal),
    /// Something about a shop, or what it gives.
    Merchant(MerchantRefusal),
    /// Of a paper that is arranged.
    Template(TemplateRefusal),
    /// Of the tariff.
    Tariff(TariffRefusal),
    /// Of a pack of washes.
    Pack(PackRefusal),
    /// The step does not fit the visit's state.
    Step(StepRefused),
    /// Not in the price list.
    NotOffered(NotOffered),
    /// No service was chosen yet.
    NoService,
    /// The tenders do not pay the sale.
    Payment(BadPayment),
    /// The tax number cannot be used.
    TaxNumber(BadTaxNumber),
    /// The document's name cannot be used.
    DocumentName(BadDocumentName),
    /// There is no such document waiting for its name.
    NoSuchDocument,
    /// Nobody is known to have this document yet: it is no use taking it back with another.
    NotNamedYet,
    /// The payment can no longer be made void: its document is known, or its shift or its visit is over.
    NotVoidable,
    /// What gives money back is not taken back itself.
    IsACredit,
    /// More than is left of the document.
    NotSoMuchLeft {
        /// What is left.
        left: Cents,
    },
    /// More in this way than was paid in it.
    NotPaidSo {
        /// The way.
        means: Means,
        /// What is left of it.
        left: Cents,
    },
    /// Nobody is named who takes the money.
    NobodyNamed,
    /// The document is on its way to its issuer: its MARK comes by itself.
    StillBeingIssued,
    /// The issuer would refuse the document, and why.
    NotIssuable(String),
    /// The document goes to a provider, and nobody binds a card's payment to it.
    CardNotSigned,
    /// Warranty exists only at garages.
    WarrantyOnlyAtGarages,
    /// A discount above what is due, or below zero.
    Discount,
    /// A reason is needed.
    ReasonMissing,
    /// A shift is open already.
    ShiftOpen,
    /// No shift is open.
    NoShift,
    /// The disk is full or cannot be written.
    Disk,
    /// The plate is the one the visit has.
    SamePlate,
    /// A correction waits already.
    CorrectionWaits,
    /// The vehicle has left; this is for the exceptions desk.
    AfterDeparture,
    /// There is no such paper waiting.
    NoSuchPaper,
    /// There is no such message to act on.
    NoSuchMessage,
    /// The difference is settled already, or is none of its kind.
    NoSuchDifference,
    /// The vehicle's own entry is being told; its answer will say.
    StillBeingTold,
    /// The amount cannot be right.
    Amount,
    /// The visit already says "no document"; its price cannot change.
    PriceFixed,
    /// This kind of work is not done at this terminal.
    TradeNotHere,
    /// The registry has no such kind of service for this trade, or it goes another way.
    CategoryNotHere,
    /// The terms say another customer.
    OtherCustomer {
        /// The one of the terms.
        customer: TaxNumber,
    },
    /// There is no contract, and nobody to invoice.
    NoContract,
    /// Only a garage's vehicle is moved away for further work.
    OffSiteOnlyAtGarages,
    /// A visit is not registered yet, or not any more.
    NotRegistered {
        /// Its reference.
        reference: Reference,
    },
    /// No visit was chosen.
    NoVisits,
    /// Nobody of that name works here.
    NoSuchPerson,
    /// The person who steps in has to type the PIN.
    PinNeeded {
        /// Who.
        operator: OperatorId,
    },
    /// The PIN is wrong.
    PinWrong,
    /// Too many wrong ones.
    PinLocked {
        /// For so many seconds more.
        seconds: i64,
    },
    /// That person has no PIN.
    NoPin {
        /// Who.
        operator: OperatorId,
    },
    /// A PIN is set by its person or by an owner.
    PinByOwner,
    /// A PIN could not be checked or set.
    PinFailed {
        /// Why.
        why: Text,
    },
    /// The pieces counted do not come to the sum.
    CountDiffers,
    /// The difference of that count was explained already.
    ExplainedAlready,
    /// More than the drawer should hold.
    NotInTheDrawer,
    /// More than the tips that are left.
    NotSoManyTips {
        /// What is left.
        left: Cents,
    },
    /// A day is closed after its shifts.
    DayHasShift,
    /// A shift of the day waits for its count.
    DayHasUncounted,
    /// A count of the day differs by more than the limit.
    DayHasVariance,
    /// No shift was closed since the last day close.
    NothingToClose,
    /// No card terminal is linked.
    NoCardTerminal,
    /// Two cards of one payment at once, or one approval for two.
    OneCardAtATime,
    /// A card payment has no known end yet.
    CardPending {
        /// Its number at the terminal.
        session: CardSession,
    },
    /// The terminal has approved, and no document has taken it.
    CardApprovedAlready {
        /// Its number at the terminal.
        session: CardSession,
        /// How much.
        amount: Cents,
    },
    /// There is no such card payment waiting.
    NoSuchCharge,
    /// Only a customer whose number is known may owe.
    AccountWithoutCustomer,
    /// There is no such device here.
    NoSuchDevice,
    /// The address of a device cannot be used.
    DeviceAddress {
        /// Why, in the words of its driver.
        why: String,
    },
    /// A simulated device at work would swallow what it is given.
    SimulatedDevice,
    /// Something about a rental.
    Rental(RentalRefusal),
    /// Something about a lease.
    Lease(LeaseRefusal),
    /// No camera is there that shows anything.
    NoCamera,
    /// Something about a signature.
    Signature(SignatureRefusal),
    /// The owner takes no deposits.
    NoDeposits,
    /// There is no such deposit held for this visit.
    NoSuchDeposit,
    /// Less is left of the deposit.
    NotSoMuchDeposit {
        /// What is left.
        left: Cents,
    },
    /// A deposit is money: cash, a card, a transfer.
    DepositByMoney,
    /// Only a garage has work orders.
    WorkOnlyAtGarages,
    /// The price follows from the lines of a work order.
    PricedByWorkOrder,
    /// More lines than an order takes.
    TooManyLines,
    /// Hours or pieces that cannot be right.
    Quantity,
    /// Kilometres that cannot be right.
    Kilometres,
    /// A name is needed.
    NameMissing,
    /// Neither a day to come nor kilometres.
    NextService,
    /// What is promised must be to come.
    PromisedPast,
    /// The estimate is not the last one any more.
    EstimateChanged,
    /// The customer has not agreed to the estimate yet.
    EstimateNotApproved,
    /// The work costs more than was agreed to.
    MoreThanAgreed {
        /// What was agreed to.
        agreed: Cents,
        /// What it costs.
        total: Cents,
    },
    /// A stay has no price.
    NoPrice(NoPrice),
    /// Nothing is due.
    NothingDue,
    /// A ticket opens no visit.
    Ticket(TicketFault),
    /// The tariff names no fee for a lost ticket.
    NoLostFee,
    /// No tariff prices this visit.
    NoStay,
    /// A time that cannot be right.
    Time,
    /// Paid, and longer here than the grace to leave.
    Overstayed {
        /// What is due above what was paid.
        due: Cents,
    },
    /// The registry would refuse it.
    Registry(Fault),
}
