//! Everything that can have happened, in the past tense and complete. Events are the truth; every table is their fold.

use super::bay::Place;
use super::card::{CardCharge, CardOutcome, CardSession};
use super::catalogue::Size;
use super::counterparty::{Finding, Particulars, Register};
use super::customer::TaxNumber;
use super::dashboard::Dashboard;
use super::day::DayClose;
use super::deposit::{Deposit, Return};
use super::device::{BarrierOpening, DeviceId};
use super::difference::{Difference, DifferenceId, WayOut};
use super::document::{Document, DocumentName, Subject};
use super::entry::{About, Bookmark, Message, MessageState, ServiceCategory, Told};
use super::ids::{
    DepositId, DocumentId, JobId, MerchantId, OrderId, PackId, PhotoId, Reference, ShiftId, SubscriptionId,
    VisitId,
};
use super::issuing::{HandedOver, News};
use super::lease::{Lease, LeasePart};
use super::listed::{ListKind, Listed};
use super::merchant::{Merchant, MerchantTerms};
use super::money::Cents;
use super::operator::{OperatorId, Right};
use super::order::{Fetched, Order, OrderLine, Owner};
use super::pack::{Pack, PackEnd, PackUse};
use super::paper::{Paper, PrintOutcome};
use super::parking::{Basis, PricedFrom};
use super::photo::Photo;
use super::pin::PinHash;
use super::plate::Plate;
use super::rental::{HandOver, VehicleReturn};
use super::sale::{Discount, Sale};
use super::shift::{Closing, Explanation, Movement, Sealed, Shift};
use super::signature::Signing;
use super::subscription::{Holding, Subscription, Term};
use super::tariff::kept::{TariffAct, TariffText};
use super::template::{Logo, TemplateKind, TemplateText};
use super::terms::OffSite;
use super::text::Text;
use super::ticket::{TicketFate, TicketFault};
use super::time::Stamp;
use super::validation::{Validation, ValidationUse};
use super::visit::{Correction, Debt, Settlement, VehicleFacts, Visit};
use super::voucher::{VoucherBatch, VoucherFault};
use super::work::{Approval, Estimate, NextService, WorkLine};
use jiff::civil;
use serde::{Deserialize, Serialize};

/// One fact. The journal stores it with its number, instant and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The program started on this database.
    TerminalStarted {
        /// Its version.
        version: String,
    },
    /// What stands on a kind of paper was arranged.
    TemplateSaved {
        /// Which kind.
        kind: TemplateKind,
        /// Its template; nothing for the built-in paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TemplateText>,
        /// By whom.
        operator: OperatorId,
    },
    /// The logo of all papers was chosen.
    LogoChosen {
        /// It; nothing where it is taken off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logo: Option<Box<Logo>>,
        /// By whom.
        operator: OperatorId,
    },
    /// The tariff of a car park was changed at the terminal.
    TariffChanged {
        /// The whole of it from now on, as its file would say it.
        text: TariffText,
        /// What was done.
        change: TariffAct,
        /// By whom.
        operator: OperatorId,
    },
    /// The wall clock moved by itself.
    ClockStepped {
        /// Seconds forward (or back, negative).
        by_s: i64,
    },
    /// A vehicle came.
    VisitOpened {
        /// The visit as it began.
        visit: Box<Visit>,
    },
    /// What is to be done, and what it costs.
    ServiceChosen {
        /// The visit.
        visit: VisitId,
        /// Size class, which may have been corrected.
        size: Size,
        /// Lines and discounts.
        sale: Sale,
        /// What the registry is told; nothing at a rental desk.
        category: Option<ServiceCategory>,
    },
    /// What the registry is told of the service was said apart from its price.
    ServiceTold {
        /// The visit.
        visit: VisitId,
        /// Kind of service.
        category: Option<ServiceCategory>,
        /// The agreed amount.
        amount: Option<Cents>,
    },
    /// What is wrong with a garage's vehicle, and how it came.
    WorkDescribed {
        /// The visit.
        visit: VisitId,
        /// In the customer's words.
        complaint: Text,
        /// Kilometres and fuel.
        dashboard: Dashboard,
    },
    /// What is done at a garage; the price that follows is chosen in the same commit.
    WorkWritten {
        /// The visit.
        visit: VisitId,
        /// All the lines.
        lines: Vec<WorkLine>,
    },
    /// The customer is told what it will cost.
    EstimateMade {
        /// The visit.
        visit: VisitId,
        /// The version.
        estimate: Box<Estimate>,
    },
    /// The customer agreed.
    EstimateApproved {
        /// The visit.
        visit: VisitId,
        /// To which version.
        version: u32,
        /// Who, when and how.
        approval: Approval,
    },
    /// The work waits for parts, or not any more.
    PartsAwaited {
        /// The visit.
        visit: VisitId,
        /// Which; nothing when they are there.
        what: Option<Text>,
    },
    /// When the vehicle should come again, kept with it.
    ServiceDue {
        /// The visit.
        visit: VisitId,
        /// When; nothing when it was done or is not wanted.
        next: Option<NextService>,
    },
    /// Service began.
    ServiceStarted {
        /// The visit.
        visit: VisitId,
    },
    /// A vehicle was moved on the board of a wash.
    VisitPlaced {
        /// The visit.
        visit: VisitId,
        /// Where it is now.
        place: Place,
        /// Since when.
        at: Stamp,
        /// Who moved it.
        operator: OperatorId,
    },
    /// A customer was told when the vehicle will be ready.
    VisitPromised {
        /// The visit.
        visit: VisitId,
        /// When.
        promised: Stamp,
    },
    /// Service is done.
    ServiceFinished {
        /// The visit.
        visit: VisitId,
    },
    /// A ticket was scanned that opens no visit.
    TicketRefused {
        /// The number it carries, as far as it could be read.
        number: Text,
        /// Why.
        fault: TicketFault,
        /// Who scanned it.
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
    /// The time a stay is charged from was put right.
    PricedTimeEdited {
        /// The visit.
        visit: VisitId,
        /// The time, why, and who allowed it.
        from: PricedFrom,
        /// Who asked.
        operator: OperatorId,
    },
    /// A person with the right made the price of a stay.
    PriceAgreed {
        /// The visit.
        visit: VisitId,
        /// The price, why, and who made it.
        basis: Basis,
        /// Who asked.
        operator: OperatorId,
    },
    /// A vehicle is let go, and its price is still owed.
    ReleasedOwing {
        /// The visit.
        visit: VisitId,
        /// How much, by whom, why.
        debt: Debt,
        /// Who lets it go.
        operator: OperatorId,
    },
    /// Something was sold to a visit that was paid already.
    SupplementChosen {
        /// The visit.
        visit: VisitId,
        /// All of it that is not paid yet; nothing takes it back.
        sale: Sale,
    },
    /// Paid: the document exists, with its number.
    DocumentNumbered {
        /// The document.
        document: Box<Document>,
        /// The shift whose drawer took the money.
        shift: Option<ShiftId>,
    },
    /// A payment nobody had been told of was taken back.
    DocumentVoided {
        /// Its document, as it was.
        document: Box<Document>,
        /// The shift that had taken the money, and gave it back.
        shift: ShiftId,
        /// Why.
        reason: Text,
        /// Who.
        operator: OperatorId,
    },
    /// Money was given back: the document that says so exists, with its number.
    CreditNumbered {
        /// The credit.
        credit: Box<Document>,
        /// The shift whose drawer or terminal it came from.
        shift: ShiftId,
    },
    /// Settled without a document.
    NoDocumentChosen {
        /// The visit.
        visit: VisitId,
        /// How.
        settlement: Settlement,
        /// The shift it is counted in.
        shift: Option<ShiftId>,
    },
    /// Settled by a contract: the document is issued elsewhere.
    ContractChosen {
        /// The visit.
        visit: VisitId,
        /// How.
        settlement: Settlement,
        /// Who.
        operator: OperatorId,
    },
    /// A garage's vehicle was moved away for further work.
    VisitMoved {
        /// The visit.
        visit: VisitId,
        /// Where to.
        to: OffSite,
        /// When.
        departed: Stamp,
        /// Who.
        operator: OperatorId,
    },
    /// A rental vehicle went with its driver, or what was agreed then was put right.
    VehicleHandedOver {
        /// The visit.
        visit: VisitId,
        /// What was agreed.
        hand_over: Box<HandOver>,
    },
    /// It came back, or how it came back was put right.
    VehicleReturned {
        /// The visit.
        visit: VisitId,
        /// How it came back.
        returned: Box<VehicleReturn>,
    },
    /// A rental's contract in instalments was agreed, or put right before anything of it was paid.
    LeaseAgreed {
        /// The visit.
        visit: VisitId,
        /// The contract.
        lease: Box<Lease>,
    },
    /// A contract goes on after its last day.
    LeaseExtended {
        /// The visit.
        visit: VisitId,
        /// What is added to it.
        part: LeasePart,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// Somebody signed on the glass, or did not.
    SignatureGiven {
        /// The visit.
        visit: VisitId,
        /// Under what, and what was drawn.
        signing: Box<Signing>,
    },
    /// Money was taken before anything was owed.
    DepositTaken {
        /// It.
        deposit: Box<Deposit>,
        /// The shift whose drawer took it.
        shift: ShiftId,
    },
    /// A deposit was given back, whole or in part.
    DepositReturned {
        /// Which.
        deposit: DepositId,
        /// The visit it was for.
        visit: VisitId,
        /// The shift whose drawer gave it.
        shift: ShiftId,
        /// How much, how and who.
        returned: Return,
    },
    /// A deposit is held for the visit that continues the one it was taken for.
    DepositMoved {
        /// Which.
        deposit: DepositId,
        /// The visit that continues.
        to: VisitId,
        /// Its reference.
        reference: Reference,
        /// Its vehicle.
        plate: Plate,
    },
    /// A pack was sold: its document is numbered in the same commit.
    PackSold {
        /// It.
        pack: Box<Pack>,
    },
    /// One more vehicle may use a pack.
    PackVehicleAdded {
        /// Which pack.
        pack: PackId,
        /// The vehicle.
        plate: Plate,
        /// Who added it.
        operator: OperatorId,
    },
    /// A visit took a wash of a pack, which settles it but for what is paid on top.
    PackUsed {
        /// Which pack.
        pack: PackId,
        /// The visit.
        visit: VisitId,
        /// The wash.
        used: Box<PackUse>,
        /// What is paid on top, for a package that costs more.
        #[serde(default, skip_serializing_if = "Sale::is_empty")]
        supplement: Sale,
    },
    /// A visit of a pack did not happen, or is paid otherwise: its wash, if it took one, is the customer's again.
    PackGivenBack {
        /// Which pack.
        pack: PackId,
        /// The visit.
        visit: VisitId,
        /// It is cancelled, and an entry it carried with it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        gone: bool,
        /// Who.
        operator: OperatorId,
    },
    /// A pack has nothing more to give; its entries are completed in the same commit.
    PackEnded {
        /// Which pack.
        pack: PackId,
        /// How.
        how: PackEnd,
    },
    /// The authority's name of a document is known.
    DocumentNamed {
        /// The document.
        document: DocumentId,
        /// What it is for.
        #[serde(flatten)]
        subject: Subject,
        /// The name.
        name: DocumentName,
        /// The address behind its QR.
        qr: Option<String>,
    },
    /// A document is about to be sent to its issuer: written before the first byte leaves.
    IssuingBegun {
        /// The document.
        document: DocumentId,
        /// Which try, from 1.
        n: u32,
        /// The largest MARK known before it.
        cursor: i64,
        /// SHA-256 of the request, hexadecimal.
        request_sha256: String,
        /// When.
        at: Stamp,
    },
    /// Something became known of a document at its issuer.
    IssuingAdvanced {
        /// The document.
        document: DocumentId,
        /// What.
        news: News,
        /// When.
        at: Stamp,
    },
    /// The customer did not wait any longer for the document's QR.
    DocumentHandedOver {
        /// The document.
        document: DocumentId,
        /// What the customer was given.
        given: HandedOver,
    },
    /// A document belongs to the visit that continues the one it was issued for.
    DocumentMoved {
        /// The document.
        document: DocumentId,
        /// The visit with the wrong plate.
        visit: VisitId,
        /// The visit that continues it.
        to: VisitId,
    },
    /// The vehicle left.
    VisitClosed {
        /// The visit.
        visit: VisitId,
        /// When.
        departed: Stamp,
        /// Who let it go.
        operator: OperatorId,
        /// Where a rental vehicle came back, when not at the desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returned_at: Option<Text>,
        /// Nobody saw it: the time is an estimate.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        estimated: bool,
    },
    /// A subscription was made; nothing is paid yet.
    SubscriptionOpened {
        /// It.
        subscription: Box<Subscription>,
        /// Who.
        operator: OperatorId,
    },
    /// Its holder, vehicles, places or plan are others from now on; what was paid stays as it was sold.
    SubscriptionChanged {
        /// Which.
        subscription: SubscriptionId,
        /// All of it.
        holding: Box<Holding>,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A period of it was paid.
    SubscriptionPaid {
        /// Which.
        subscription: SubscriptionId,
        /// The period, and its document.
        term: Box<Term>,
        /// Who took the money.
        operator: OperatorId,
    },
    /// It is not renewed any more.
    SubscriptionClosed {
        /// Which.
        subscription: SubscriptionId,
        /// Why.
        reason: Text,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A subscriber's vehicle came in again under its right.
    SubscriberCame {
        /// The visit of the whole period.
        visit: VisitId,
        /// Number of the subscription.
        number: u64,
        /// The vehicle.
        plate: Plate,
        /// When.
        at: Stamp,
        /// Who let it in.
        operator: OperatorId,
    },
    /// A subscriber's vehicle went out, and may come back.
    SubscriberWent {
        /// The visit of the whole period.
        visit: VisitId,
        /// Number of the subscription.
        number: u64,
        /// The vehicle.
        plate: Plate,
        /// When.
        at: Stamp,
        /// Who let it out.
        operator: OperatorId,
    },
    /// The period of a right of use is over, and its entry is completed.
    RightOver {
        /// The visit.
        visit: VisitId,
        /// When the vehicle had left, or the period ended while it was inside.
        departed: Stamp,
        /// The vehicle was inside, and goes on under the next term or as anybody.
        inside: bool,
    },
    /// A shop gives its customers something of their stays from now on.
    MerchantOpened {
        /// It.
        merchant: Box<Merchant>,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// What was agreed with a shop is something else from now on; what it gave stays as it was.
    MerchantChanged {
        /// Which.
        merchant: MerchantId,
        /// All of it.
        terms: Box<MerchantTerms>,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// Vouchers of a shop were made, to be printed.
    VouchersMade {
        /// Whose.
        merchant: MerchantId,
        /// Which.
        batch: Box<VoucherBatch>,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A shop gives something to a stay.
    StayValidated {
        /// The visit.
        visit: VisitId,
        /// What.
        validation: Box<Validation>,
    },
    /// What a shop gave to a stay was taken back before it was paid: its voucher may be used again.
    ValidationTaken {
        /// The visit.
        visit: VisitId,
        /// The shop.
        merchant: MerchantId,
        /// Who took it.
        operator: OperatorId,
    },
    /// A stay was paid, or left free, for less by what shops gave to it.
    ValidationsUsed {
        /// The visit.
        visit: VisitId,
        /// What each came to.
        uses: Vec<ValidationUse>,
    },
    /// A voucher gave nothing.
    VoucherRefused {
        /// What could be read of its number, without its check.
        number: Text,
        /// Why.
        fault: VoucherFault,
        /// Who scanned it.
        operator: OperatorId,
    },
    /// A plate was put on a list.
    PlateListed {
        /// It, and why.
        listed: Box<Listed>,
        /// Who asked.
        operator: OperatorId,
    },
    /// A plate was taken off its list.
    PlateUnlisted {
        /// It.
        plate: Plate,
        /// Who asked.
        operator: OperatorId,
    },
    /// A vehicle came that is warned of, or not to come in, and somebody decided.
    ListedCame {
        /// The vehicle.
        plate: Plate,
        /// Which list it is on.
        kind: ListKind,
        /// Why.
        reason: Text,
        /// It was let in.
        let_in: bool,
        /// Who was at the entry.
        operator: OperatorId,
        /// Who stepped in.
        approved_by: Option<OperatorId>,
    },
    /// The customer left without service.
    VisitCancelled {
        /// The visit.
        visit: VisitId,
        /// Why.
        reason: Text,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A wrong plate was found before anything had been sent.
    PlateEdited {
        /// The visit.
        visit: VisitId,
        /// The right plate.
        plate: Plate,
        /// Beside a foreign plate.
        vehicle: VehicleFacts,
        /// Who.
        operator: OperatorId,
    },
    /// A wrong plate was found while the registry's answer is unknown.
    CorrectionAsked {
        /// The visit.
        visit: VisitId,
        /// What waits.
        correction: Correction,
    },
    /// A wrong plate was corrected: another visit continues this one.
    VisitReplaced {
        /// The visit with the wrong plate.
        visit: VisitId,
        /// The visit that continues it.
        by: VisitId,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A sale without a vehicle began.
    OrderOpened {
        /// The order as it began, with nothing on it.
        order: Box<Order>,
    },
    /// Something was added to an order.
    OrderLineAdded {
        /// The order.
        order: OrderId,
        /// What.
        line: Box<OrderLine>,
        /// Who.
        operator: OperatorId,
        /// Who allowed a weight that no scale said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<OperatorId>,
    },
    /// Something was taken off an order that was still being written down.
    OrderLineRemoved {
        /// The order.
        order: OrderId,
        /// Which line, from 0.
        line: usize,
    },
    /// A discount was given by hand on what an order owes; it takes the place of the one before.
    OrderDiscounted {
        /// The order.
        order: OrderId,
        /// The discount.
        discount: Discount,
    },
    /// The things of an order are left here.
    OrderTakenIn {
        /// The order.
        order: OrderId,
        /// Whose they are.
        owner: Owner,
        /// The day they are promised for.
        promised: Option<civil::Date>,
        /// Who took them.
        operator: OperatorId,
    },
    /// The things of an order can be fetched.
    OrderFinished {
        /// The order.
        order: OrderId,
        /// Who said so.
        operator: OperatorId,
    },
    /// Things of an order were handed over.
    OrderFetched {
        /// The order.
        order: OrderId,
        /// What.
        fetched: Vec<Fetched>,
        /// Who handed them over.
        operator: OperatorId,
    },
    /// A payment of an order was made void: it owes that again.
    OrderOwesAgain {
        /// The order, as it stands from now on.
        order: Box<Order>,
    },
    /// The things of an order were given back untouched, or it came to nothing.
    OrderCancelled {
        /// The order.
        order: OrderId,
        /// Why.
        reason: Text,
        /// Who asked.
        operator: OperatorId,
        /// Who allowed it.
        approved_by: OperatorId,
    },
    /// A register is asked whose a tax number is: it counts the question, and may tell the business who asked.
    CounterpartyAsked {
        /// The number.
        number: TaxNumber,
        /// Who is asked.
        register: Register,
        /// Who typed it.
        operator: OperatorId,
    },
    /// A register said whose a tax number is.
    CounterpartyFound {
        /// The number.
        number: TaxNumber,
        /// Who said it.
        register: Register,
        /// What.
        finding: Finding,
    },
    /// A person wrote down whose a tax number is.
    CounterpartyWritten {
        /// The number.
        number: TaxNumber,
        /// The words; nothing lets the register's stand again.
        particulars: Particulars,
        /// Who.
        operator: OperatorId,
    },
    /// Something is to be told to the registry.
    MessageQueued {
        /// The message.
        message: Box<Message>,
    },
    /// A message that was never sent tells something else now.
    MessageAmended {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// What it tells now.
        told: Told,
    },
    /// A message will not be sent.
    MessageWithdrawn {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// Where it stood.
        from: MessageState,
    },
    /// A try begins: written before the first byte leaves.
    MessageSent {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// Which try, from 1.
        n: u32,
        /// Highest registry id confirmed before it.
        cursor: i64,
        /// SHA-256 of the request, hexadecimal.
        request_sha256: String,
    },
    /// The registry has it.
    MessageConfirmed {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// The id given.
        registry_id: i64,
        /// Found by a look-up, not answered.
        adopted: bool,
    },
    /// The registry refused it.
    MessageRejected {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// Where it stood.
        from: MessageState,
        /// The registry's code.
        code: String,
        /// The registry's words.
        why: Text,
    },
    /// The registry is known not to have it: it waits again, in its place.
    MessageReturned {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// How that is known.
        why: Returned,
    },
    /// Nobody knows whether the registry has it.
    MessageUnknown {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// What happened.
        why: Text,
        /// When to ask.
        ask_at: Stamp,
    },
    /// A look-up read everything and did not find it.
    LookupFoundNothing {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// When to ask again.
        ask_at: Stamp,
    },
    /// A look-up could not read everything: it proves nothing.
    LookupIncomplete {
        /// Which, and whose.
        #[serde(flatten)]
        about: About,
        /// When to ask again.
        ask_at: Stamp,
        /// Where it broke off; nothing when the next one begins anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bookmark: Option<Bookmark>,
    },
    /// An entry this terminal did not make is a visit's own from now on.
    EntryAdopted {
        /// The visit.
        visit: VisitId,
        /// The registry's number of the entry.
        entry: i64,
    },
    /// A comparison with the registry found a difference.
    DifferenceFound {
        /// What.
        difference: Box<Difference>,
    },
    /// A difference is no more.
    DifferenceSettled {
        /// Which.
        difference: DifferenceId,
        /// What was done.
        way: WayOut,
        /// Who; nobody when the registry showed by itself that it is over.
        operator: Option<OperatorId>,
    },
    /// Everything the registry lists was compared.
    RegistryCompared {
        /// The next comparison begins above this number.
        upto: i64,
    },
    /// The registry cannot be reached.
    LinkLost {
        /// What was seen.
        why: Text,
    },
    /// The registry answers again.
    LinkRestored,
    /// The registry refuses our credentials.
    CredentialsRefused,
    /// A shift began.
    ShiftOpened {
        /// The shift.
        shift: Shift,
    },
    /// A shift was counted.
    ShiftClosed {
        /// The shift.
        shift: ShiftId,
        /// Its end.
        closing: Closing,
    },
    /// Somebody relieves the person at the till; the drawer stays whose it is.
    ShiftRelieved {
        /// The shift.
        shift: ShiftId,
        /// Who is at the till now.
        operator: OperatorId,
    },
    /// Nothing is added to a shift any more; it waits for its count.
    ShiftSealed {
        /// The shift.
        shift: ShiftId,
        /// Its end.
        sealed: Sealed,
    },
    /// A count that differs was explained.
    VarianceExplained {
        /// The shift.
        shift: ShiftId,
        /// Why.
        explanation: Explanation,
    },
    /// Cash went into the drawer or out of it without a sale.
    DrawerMoved {
        /// The shift whose drawer it is.
        shift: ShiftId,
        /// What moved.
        movement: Movement,
    },
    /// A day was closed.
    DayClosed {
        /// The close, as it stands for ever.
        close: Box<DayClose>,
    },
    /// The drawer is to open.
    DrawerAsked {
        /// For this document; without one it is a no-sale opening, or for cash that moves.
        document: Option<DocumentId>,
        /// For cash that moves without a sale, which is counted by itself.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        moving: bool,
        /// Who.
        operator: OperatorId,
    },
    /// The drawer opened, or could not.
    DrawerReported {
        /// It opened.
        opened: bool,
    },
    /// A linked card terminal is to charge: written down before it is asked.
    CardAsked {
        /// What.
        charge: Box<CardCharge>,
    },
    /// A card terminal, or a person who looked at its slip, said what became of a charge.
    CardReported {
        /// Which.
        session: CardSession,
        /// What.
        #[serde(flatten)]
        outcome: CardOutcome,
    },
    /// The drawer opened and nobody had asked for it.
    DrawerOpenedUnasked,
    /// Another device, or another address of the same one, was chosen at the screen.
    DeviceAssigned {
        /// Which.
        device: DeviceId,
        /// Its address from now on; nothing takes it away.
        address: Option<Text>,
        /// What the configuration says.
        configured: Option<Text>,
        /// Who.
        operator: OperatorId,
    },
    /// A barrier is to open.
    BarrierAsked {
        /// Which.
        device: DeviceId,
        /// For this visit; without one it is opened by hand.
        visit: Option<VisitId>,
        /// Why, where it is opened by hand.
        reason: Text,
        /// Who.
        operator: OperatorId,
        /// It goes up by itself for who may come in or leave.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_itself: bool,
    },
    /// A barrier opened, or not.
    BarrierReported {
        /// Which.
        device: DeviceId,
        /// What became of it.
        opening: BarrierOpening,
    },
    /// A barrier is up and nobody had asked for it.
    BarrierOpenedUnasked {
        /// Which.
        device: DeviceId,
    },
    /// A paper is to be printed.
    PaperAsked {
        /// Its job.
        job: JobId,
        /// What.
        paper: Paper,
        /// Who was at the till when somebody asked for it by hand; nobody where it came by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<OperatorId>,
    },
    /// A job is tried once more from the top.
    PaperRetried {
        /// Its job.
        job: JobId,
    },
    /// A try ended.
    PaperReported {
        /// Its job.
        job: JobId,
        /// How.
        outcome: PrintOutcome,
    },
    /// A person looked at the paper, or gave it up.
    PaperJudged {
        /// Its job.
        job: JobId,
        /// It is whole.
        complete: bool,
        /// Who looked.
        operator: OperatorId,
    },
    /// A person has a new PIN.
    PinSet {
        /// Whose.
        operator: OperatorId,
        /// What is left of it.
        hash: PinHash,
        /// Who set it.
        by: OperatorId,
    },
    /// A wrong PIN was typed.
    PinRefused {
        /// Whose it was to be.
        operator: OperatorId,
    },
    /// The right PIN was typed after wrong ones.
    PinAccepted {
        /// Whose.
        operator: OperatorId,
    },
    /// A photograph was kept beside the database.
    PhotoKept {
        /// It.
        photo: Box<Photo>,
    },
    /// Photographs are deleted: their time is over.
    PhotosDeleted {
        /// Which.
        photos: Vec<PhotoId>,
    },
    /// Somebody tried what they may not.
    RightRefused {
        /// The right.
        right: Right,
        /// Who.
        operator: OperatorId,
    },
}

/// Why a message waits again: how it is known that the registry does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// No byte left.
    NeverLeft,
    /// The registry said "later".
    Throttled,
    /// The registry refused the credentials before reading it.
    Unauthorized,
    /// Two complete look-ups did not find it.
    VerifiedAbsent,
    /// The registry refused it, and a person wants it told again.
    ToldAgain,
}
