//! What the owner decided, already checked. Where the field's sources are not sure, it is a
//! setting here and never a constant in the code.

use super::account::AccountRules;
use super::catalogue::Catalogue;
use super::entry::ClientType;
use super::ids::TerminalId;
use super::money::{Cents, Rate};
use super::operator::{Operator, OperatorId, Right, Role};
use super::pack::PackRules;
use super::parking::ParkingRules;
use super::photo::PhotoKind;
use super::plate::Plate;
use super::provider::ProviderRules;
use super::reminder::ReminderRules;
use super::rental::RentalRules;
use super::sale::{PriceBasis, Sale};
use super::text::{Language, Text};
use super::ticket::TicketKey;
use super::time::Stamp;
use super::visit::Visit;
use super::work::PartsOfBoth;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The business, as papers name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Business {
    /// Full name.
    pub name: Text,
    /// Tax number.
    pub afm: String,
    /// What it does.
    pub activity: Text,
    /// Street, number, postal code, town.
    pub address: Text,
    /// Tax office.
    pub doy: Text,
    /// Number in the business registry.
    pub gemi: Text,
    /// Telephone.
    pub phone: Text,
}

/// The kind of work at this terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trade {
    /// Car wash.
    Wash,
    /// Car park.
    Parking,
    /// Garage.
    Garage,
    /// Rental desk.
    Rental,
}

impl Trade {
    /// What the registry calls it.
    pub const fn client_type(self) -> ClientType {
        match self {
            Self::Wash | Self::Parking => ClientType::ParkingWash,
            Self::Garage => ClientType::Garage,
            Self::Rental => ClientType::Rental,
        }
    }
}

/// One kind of work at an establishment of the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishment {
    /// The kind of work.
    pub trade: Trade,
    /// The establishment, as the tax registry numbers it; 0 is the head office.
    pub branch: u32,
}

/// The letters a Greek plate is sent to the registry with; both are in use and none is known to be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlateAlphabet {
    /// Greek capitals.
    #[default]
    Greek,
    /// Latin capitals.
    Latin,
}

/// Who issues the tax document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// The shop's own fiscal machine: its receipt is scanned or typed.
    TypedFim,
    /// Something else that gives a MARK, which is scanned or typed.
    TypedMark,
    /// myDATA, told by this program for the business. Invoices only while [`IssuingRules::invoices_until`] allows it; where
    /// it does not they carry a MARK of somebody else.
    MyData,
    /// The business's certified e-invoicing provider (ΥΠΑΗΕΣ), told by this program.
    Provider,
    /// A simulated issuer that answers at once; practice and tests.
    Simulated,
}

impl IssuerKind {
    /// The retail document carries a MARK, not a fiscal machine's number.
    pub const fn gives_marks(self) -> bool {
        !matches!(self, Self::TypedFim)
    }
}

/// Issuing through myDATA, and what a provider's documents must say as well. What only the accountant or the law of the day
/// knows is a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuingRules {
    /// It is AADE's test environment, whose calls stand at the root of its address.
    pub test_environment: bool,
    /// The last day on which invoices may be issued this way; without one none are.
    pub invoices_until: Option<Date>,
    /// So many seconds a customer waits for the QR at most.
    pub wait_s: i64,
    /// Why what bears no VAT bears none (table 8.3, 1 to 31).
    pub exemption: Option<u8>,
    /// As which means of payment a deposit that is set off is told (the same table); without one it is refused.
    pub deposit: Option<u8>,
    /// As which means of payment a voucher is told (table 8.12, 1 to 8); without one such a sale is refused.
    pub voucher: Option<u8>,
    /// What things are in the income books, by their code in the price list: category and E3 type. The usual otherwise.
    pub classifications: BTreeMap<String, (String, String)>,
}

impl Default for IssuingRules {
    fn default() -> Self {
        Self {
            test_environment: false,
            invoices_until: None,
            wait_s: 5,
            exemption: None,
            deposit: None,
            voucher: None,
            classifications: BTreeMap::new(),
        }
    }
}

/// Times and sizes of talking to the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryRules {
    /// Requests in the air at once.
    pub parallel_max: u8,
    /// A create not accepted within this time because of the network carries the outage flag.
    pub late_after_s: i64,
    /// Complete look-ups that find nothing are at least this far apart.
    pub lookup_gap_s: i64,
    /// Where the registry's stamp may differ from the true time by more than this, the true time stands in the comment.
    pub comment_after_s: i64,
    /// First step of the back-off.
    pub backoff_base_ms: u64,
    /// Longest wait of the back-off.
    pub backoff_cap_ms: u64,
    /// After so many failures in a row one probe at a time is sent.
    pub probe_after: u32,
    /// The letters of Greek plates.
    pub alphabet: PlateAlphabet,
    /// The business offers parking and wash.
    pub mixed: bool,
    /// Days the archive of requests is kept.
    pub keep_requests_days: u16,
    /// The registry's listing is compared with the tables at least so often; 0 switches comparing off.
    pub compare_every_h: u16,
    /// A comparison begins so long after its reason: the start, or the end of an outage.
    pub compare_after_s: i64,
    /// A visit open longer than this is shown: perhaps the vehicle left and nobody said so.
    pub long_stay_h: LongStay,
}

/// Hours after which an open visit is longer than normal, for each kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongStay {
    /// At a wash.
    pub wash: u16,
    /// At a car park.
    pub parking: u16,
    /// At a garage.
    pub garage: u16,
    /// Away from a rental desk.
    pub rental: u16,
}

impl LongStay {
    /// Hours for a kind of work.
    pub const fn of(&self, trade: Trade) -> u16 {
        match trade {
            Trade::Wash => self.wash,
            Trade::Parking => self.parking,
            Trade::Garage => self.garage,
            Trade::Rental => self.rental,
        }
    }
}

impl Default for LongStay {
    fn default() -> Self {
        Self { wash: 4, parking: 48, garage: 240, rental: 720 }
    }
}

impl Default for RegistryRules {
    fn default() -> Self {
        Self {
            parallel_max: 4,
            late_after_s: 60,
            lookup_gap_s: 60,
            comment_after_s: 120,
            backoff_base_ms: 2_000,
            backoff_cap_ms: 300_000,
            probe_after: 5,
            alphabet: PlateAlphabet::Greek,
            mixed: false,
            keep_requests_days: 365,
            compare_every_h: 24,
            compare_after_s: 20,
            long_stay_h: LongStay::default(),
        }
    }
}

/// How a garage prices its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GarageRules {
    /// Of one hour of labour.
    pub hour: Cents,
    /// Whether hours and parts are written with the VAT in them.
    pub basis: PriceBasis,
    /// So much may be added to what the customer agreed to before it takes a new yes.
    pub may_exceed: Rate,
    /// What the registry is told where parts of both are used.
    pub parts_of_both: PartsOfBoth,
    /// When people are reminded that a vehicle should come again.
    pub reminders: ReminderRules,
}

impl Default for GarageRules {
    fn default() -> Self {
        Self {
            hour: Cents::ZERO,
            basis: PriceBasis::WithoutVat,
            may_exceed: Rate(1_000),
            parts_of_both: PartsOfBoth::WithParts,
            reminders: ReminderRules::default(),
        }
    }
}

/// Looking up whom an invoice is for, by the tax number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUpRules {
    /// Registers are asked.
    pub on: bool,
    /// An answer older than so many days is asked for again.
    pub fresh_days: u16,
}

impl Default for LookUpRules {
    fn default() -> Self {
        Self { on: false, fresh_days: 90 }
    }
}

/// What keeping things costs that nobody fetches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StorageRule {
    /// Days after the promised day that cost nothing; without a promised day, after the intake.
    pub free_days: u16,
    /// Each day beyond them, VAT included; nothing charges nothing.
    pub per_day: Cents,
}

impl StorageRule {
    /// Keeping things is charged for.
    pub fn is_on(self) -> bool {
        self.per_day > Cents::ZERO
    }
}

/// What is done with plates that cameras read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlateRules {
    /// A plate that is read at least so surely, of a hundred, in at least two pictures, opens its visit by itself; nothing:
    /// a person always says whether it is right.
    pub accept_at: Option<u8>,
    /// Days the photographs of vehicles and their plates are kept.
    pub keep_photos_days: u16,
    /// Days those are kept that a person took of a vehicle's condition.
    pub keep_condition_photos_days: u16,
}

impl Default for PlateRules {
    fn default() -> Self {
        Self { accept_at: None, keep_photos_days: 15, keep_condition_photos_days: 730 }
    }
}

/// Everything the loop may know of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// This terminal.
    pub terminal: TerminalId,
    /// Practice: simulated devices and authority, another colour, papers marked.
    pub practice: bool,
    /// The business.
    pub business: Business,
    /// The branch, as the tax registry numbers it.
    pub branch: u32,
    /// The kind of work.
    pub trade: Trade,
    /// Further kinds of work at it, each at its own establishment.
    pub also: Vec<Establishment>,
    /// Language of papers, and of the screen at start.
    pub language: Language,
    /// Washing bays; without any there is no board.
    pub bays: u8,
    /// Hours within which a paid wash is done again for nothing.
    pub redo_within_h: u16,
    /// The price list.
    pub catalogue: Catalogue,
    /// People.
    pub operators: Vec<Operator>,
    /// Who issues the tax document.
    pub issuer: IssuerKind,
    /// … through myDATA, and what holds of both.
    pub issuing: IssuingRules,
    /// Looking up whom an invoice is for.
    pub look_up: LookUpRules,
    /// … through a provider.
    pub provider: ProviderRules,
    /// Series of this terminal's documents.
    pub series: String,
    /// … and of those that take others back.
    pub credit_series: String,
    /// Words on every paper that is not a tax document.
    pub notice: Text,
    /// Talking to the registry.
    pub registry: RegistryRules,
    /// How a garage prices its work.
    pub garage: GarageRules,
    /// How a rental desk works.
    pub rental: RentalRules,
    /// A ticket is printed at arrival.
    pub ticket_at_arrival: bool,
    /// Money may be taken before anything is owed, without a document. Where VAT is due on an advance it may not.
    pub deposits: bool,
    /// The business's own vehicles.
    pub own_vehicles: Vec<Plate>,
    /// Below this much free disk nothing is opened or paid.
    pub disk_free_min_bytes: u64,
    /// Reading plates from pictures.
    pub plates: PlateRules,
    /// Whoever steps in types a PIN.
    pub pins: bool,
    /// Seconds nobody touches the till before it waits for a PIN; 0 never.
    pub lock_after_s: u32,
    /// A count that differs by more than this wants a reason, and somebody who accepts it.
    pub variance_max: Cents,
    /// How a car park works here.
    pub parking: ParkingRules,
    /// What keeping things costs that nobody fetches.
    pub storage: StorageRule,
    /// Customers on account.
    pub accounts: AccountRules,
    /// Packs of washes and memberships.
    pub packs: PackRules,
    /// What the codes of tickets are made with; nothing before it was read, and tickets have no check then.
    pub ticket_key: Option<TicketKey>,
}

impl Settings {
    /// Where a kind of work is done at this terminal; without a wish, its main one.
    pub fn establishment(&self, wanted: Option<Trade>) -> Option<Establishment> {
        let main = Establishment { trade: self.trade, branch: self.branch };
        let trade = wanted.unwrap_or(self.trade);
        std::iter::once(&main).chain(&self.also).find(|establishment| establishment.trade == trade).copied()
    }

    /// Every kind of work at this terminal, the main one first.
    pub fn trades(&self) -> impl Iterator<Item = Trade> {
        std::iter::once(self.trade).chain(self.also.iter().map(|establishment| establishment.trade))
    }

    /// The kinds of work of one kind of business at this terminal.
    pub fn trades_of(&self, client_type: ClientType) -> Vec<Trade> {
        self.trades().filter(|trade| trade.client_type() == client_type).collect()
    }

    /// Whether a visit is open longer than is normal for its kind of business; an agreed period is normal to its end, and
    /// a rental until it is late.
    pub fn is_long_stay(&self, visit: &Visit, now: Stamp) -> bool {
        if let Some(rental) = &visit.rental {
            return visit.state.is_inside() && rental.is_overdue(now);
        }
        let hours =
            self.trades_of(visit.client_type).into_iter().map(|trade| self.registry.long_stay_h.of(trade));
        let most = i64::from(hours.max().unwrap_or(u16::MAX)) * 3_600;
        // The period of a pack is that of its right, and says nothing of one wash.
        let period = visit.terms.period().filter(|_| visit.right.is_none());
        let agreed = period.is_some_and(|period| now.date() <= period.to);
        visit.state.is_inside() && !agreed && now.seconds_since(&visit.arrived) > most
    }

    /// The person behind a short name.
    pub fn operator(&self, id: &OperatorId) -> Option<&Operator> {
        self.operators.iter().find(|operator| operator.id == *id)
    }

    /// Whether a person holds a right; unknown people hold none.
    pub fn allows(&self, id: &OperatorId, right: Right) -> bool {
        self.operator(id).is_some_and(|operator| right.is_held_by(operator.role))
    }

    /// The people who may step in for a right.
    pub fn holders(&self, right: Right) -> impl Iterator<Item = &Operator> {
        self.operators.iter().filter(move |operator| right.is_held_by(operator.role))
    }

    /// The role of a person; unknown people are treated as cashiers.
    pub fn role(&self, id: &OperatorId) -> Role {
        self.operator(id).map_or(Role::Cashier, |operator| operator.role)
    }

    /// Days a kind of photograph is kept.
    pub const fn photo_days(&self, kind: PhotoKind) -> u16 {
        match kind {
            PhotoKind::Vehicle | PhotoKind::Plate => self.plates.keep_photos_days,
            PhotoKind::Condition => self.plates.keep_condition_photos_days,
        }
    }

    /// This visit stands on the board of a wash. Where cars are parked too, it is the package that says which came to be washed.
    pub fn has_board(&self, visit: &Visit) -> bool {
        self.is_washed(visit, &visit.sale)
    }

    /// The same for a visit with what is being chosen for it.
    pub fn is_washed(&self, visit: &Visit, sale: &Sale) -> bool {
        let mut packages = sale.lines.iter().filter_map(|line| self.catalogue.package(&line.code));
        let only_washes = !self.trades().any(|trade| trade == Trade::Parking);
        self.bays > 0
            && visit.client_type == ClientType::ParkingWash
            && (only_washes || packages.any(|package| package.trade == Some(Trade::Wash)))
    }

    /// Whether a plate is one of the business's own.
    pub fn owns(&self, plate: &Plate) -> bool {
        self.own_vehicles.iter().any(|own| own.key() == plate.key())
    }
}
