//! What the customers of a site of every trade come for, and in what proportions: every way the registry knows of being
//! served, each with what only it needs.

use super::plan::{Away, ComesBack, Customer, Noticed, Settles, Slip, slip_of_a_finger, walk_in};
use crate::app::input::TypedName;
use crate::domain::customer::TaxNumber;
use crate::domain::document::DocumentName;
use crate::domain::entry::ServiceCategory;
use crate::domain::ids::IdSource;
use crate::domain::money::Cents;
use crate::domain::plate::PlateEntry;
use crate::domain::settings::{Settings, Trade};
use crate::domain::terms::{MovementPurpose, OffSite, Period, Periodicity, ServiceTerms, Trip};
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::NoDocumentReason;
use jiff::civil::{DateTime, date};

/// The businesses that are invoiced at the end of the day, or at once; the first is the large one. They are nobody: only
/// their check digits are right.
pub(super) const FLEETS: [&str; 4] = ["999999981", "999999970", "987654324", "800000002"];

/// A cooperating garage.
const PARTNER: &str = "123456783";

/// The garage's second establishment.
const SECOND_GARAGE: u32 = 2;

/// Documents issued elsewhere begin above every number a simulated issuer gives.
const FIRST_MARK: i64 = 490_000_000_000_000;

/// The fiscal machine somewhere else at the site: the counter where rights of use are sold.
const MACHINE: &str = "ABC12345678";

/// Its receipts are from before the day: rights are paid for first.
const SOLD: DateTime = date(2026, 3, 1).at(8, 0, 0, 0);

/// One in so many plates is typed wrong.
const SLIPS: u64 = 12;

/// What a customer comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Errand {
    /// Once, paid at the lane (or left, or free).
    WalkIn(Trade),
    /// Once, and a document follows later about the same visit: a credit note, a supplement.
    CreditedLater(Trade),
    /// Once; it was to be free, and is paid all the same.
    PaysAfterAll(Trade),
    /// Once, by agreement; the invoice follows, together with the fleet's.
    InvoicedLater,
    /// Again and again for one business, one invoice for all.
    Fleet(Trade),
    /// By a right bought beforehand.
    Prepaid(Trade),
    /// On a lease, in instalments.
    Lease(Trade),
    /// Garage work that is made good.
    Warranty,
    /// Garage work with the customer's own parts.
    OwnParts,
    /// Garage work of several kinds, said in words.
    InWords,
    /// Garage work that goes on elsewhere.
    Elsewhere(Place, ComesBack),
    /// A rental handed over and brought back away from the desk.
    AwayFromTheDesk,
    /// A rental vehicle that leaves for nothing.
    ForNothing(MovementPurpose),
}

/// Where further work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Partner,
    SecondGarage,
}

/// Of a thousand customers so many come for this.
const ERRANDS: [(u64, Errand); 30] = [
    (225, Errand::WalkIn(Trade::Wash)),
    (170, Errand::WalkIn(Trade::Parking)),
    (65, Errand::WalkIn(Trade::Garage)),
    (60, Errand::WalkIn(Trade::Rental)),
    (10, Errand::CreditedLater(Trade::Wash)),
    (5, Errand::CreditedLater(Trade::Rental)),
    (10, Errand::PaysAfterAll(Trade::Wash)),
    (5, Errand::PaysAfterAll(Trade::Garage)),
    (25, Errand::InvoicedLater),
    (60, Errand::Fleet(Trade::Wash)),
    (30, Errand::Fleet(Trade::Parking)),
    (25, Errand::Fleet(Trade::Garage)),
    (25, Errand::Fleet(Trade::Rental)),
    (30, Errand::Prepaid(Trade::Wash)),
    (25, Errand::Prepaid(Trade::Parking)),
    (10, Errand::Prepaid(Trade::Rental)),
    (30, Errand::Lease(Trade::Parking)),
    (15, Errand::Lease(Trade::Rental)),
    (10, Errand::Lease(Trade::Garage)),
    (5, Errand::Warranty),
    (20, Errand::OwnParts),
    (20, Errand::InWords),
    (20, Errand::Elsewhere(Place::Partner, ComesBack::ToItsVisit)),
    (20, Errand::Elsewhere(Place::SecondGarage, ComesBack::ToItsVisit)),
    (10, Errand::Elsewhere(Place::Partner, ComesBack::WithItsNumber)),
    (5, Errand::Elsewhere(Place::Partner, ComesBack::Never)),
    (5, Errand::Elsewhere(Place::SecondGarage, ComesBack::Never)),
    (35, Errand::AwayFromTheDesk),
    (15, Errand::ForNothing(MovementPurpose::OwnUse)),
    (10, Errand::ForNothing(MovementPurpose::Free)),
];

/// When a document issued elsewhere is told to the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// As soon as the entry has its number.
    AtOnce,
    /// At the end of the day, together with every other visit it is for.
    InTheEvening,
}

/// A document issued elsewhere, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperName {
    /// A MARK.
    Mark(i64),
    /// A receipt of the fiscal machine at the other counter.
    Receipt(i64),
}

/// A document issued elsewhere that is for a customer's visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Its name.
    pub name: PaperName,
    /// When it is told.
    pub told: Told,
}

impl PaperName {
    /// As a person types it.
    pub fn typed(self) -> TypedName {
        match self {
            Self::Mark(mark) => TypedName::Mark { mark: mark.to_string() },
            Self::Receipt(number) => {
                TypedName::Fim { machine: MACHINE.to_owned(), number: number.to_string(), at: Some(SOLD) }
            }
        }
    }

    /// The name behind a document's name, if it is one of these.
    pub(super) fn of(name: &DocumentName) -> Option<Self> {
        match name {
            DocumentName::Mark { mark } if *mark >= FIRST_MARK => Some(Self::Mark(*mark)),
            DocumentName::Fim { machine, number, .. } if machine == MACHINE => Some(Self::Receipt(*number)),
            DocumentName::Mark { .. } | DocumentName::Fim { .. } => None,
        }
    }

    /// As the registry should hold it, in one word.
    pub fn at_registry(self) -> String {
        match self {
            Self::Mark(mark) => mark.to_string(),
            Self::Receipt(number) => format!("{MACHINE}/{number}/{}/{}", SOLD.date(), SOLD.time()),
        }
    }
}

/// A customer of a site of every trade.
pub(super) fn customer(settings: &Settings, comes: Stamp, index: u32, chance: &mut IdSource) -> Customer {
    let errand = errand(chance);
    let mut customer = walk_in(settings, errand.trade(), comes, index, chance);
    customer.slip = slip(&customer, chance);
    errand.shape(&mut customer, index, chance);
    customer
}

fn errand(chance: &mut IdSource) -> Errand {
    let all: u64 = ERRANDS.iter().map(|(share, _)| share).sum();
    let mut drawn = chance.up_to(all - 1);
    for (share, errand) in ERRANDS {
        if drawn < share {
            return errand;
        }
        drawn -= share;
    }
    Errand::WalkIn(Trade::Wash)
}

fn slip(customer: &Customer, chance: &mut IdSource) -> Option<Slip> {
    let noticed = match chance.up_to(6) {
        0..=2 => Noticed::AtOnce,
        3 => Noticed::InTheQueue,
        4 => Noticed::Afterwards,
        _ => Noticed::InTheEvening,
    };
    let slipped = customer.entry == PlateEntry::Greek && chance.up_to(SLIPS - 1) == 0;
    slipped.then(|| Slip { typed: slip_of_a_finger(&customer.plate), noticed })
}

impl Errand {
    const fn trade(self) -> Trade {
        match self {
            Self::WalkIn(trade)
            | Self::CreditedLater(trade)
            | Self::PaysAfterAll(trade)
            | Self::Fleet(trade)
            | Self::Prepaid(trade)
            | Self::Lease(trade) => trade,
            Self::InvoicedLater => Trade::Wash,
            Self::Warranty | Self::OwnParts | Self::InWords | Self::Elsewhere(..) => Trade::Garage,
            Self::AwayFromTheDesk | Self::ForNothing(_) => Trade::Rental,
        }
    }

    /// Turns a walk-in into what this errand is.
    fn shape(self, customer: &mut Customer, index: u32, chance: &mut IdSource) {
        match self {
            Self::WalkIn(_) => {}
            Self::CreditedLater(_) => {
                pays_by_card(customer);
                customer.papers.push(own_mark(index, 0, Told::InTheEvening));
            }
            Self::PaysAfterAll(_) => {
                pays_by_card(customer);
                customer.after_all = true;
            }
            Self::InvoicedLater => {
                let fleet = fleet(chance);
                by_contract(customer, Some(FLEETS[fleet]));
                customer.papers.push(invoice_of(fleet));
            }
            Self::Fleet(_) => {
                let fleet = fleet(chance);
                // Half of the cashiers type the AFM the terms say already.
                by_contract(customer, (chance.up_to(1) == 0).then_some(FLEETS[fleet]));
                customer.terms = ServiceTerms::Recurring { customer: greek(FLEETS[fleet]) };
                customer.papers.push(invoice_of(fleet));
            }
            Self::Prepaid(_) => prepaid(customer, index, chance),
            Self::Lease(_) => lease(customer, index, chance),
            Self::Warranty => customer.settles = Settles::NoDocument(NoDocumentReason::Warranty),
            Self::OwnParts => told_apart(customer, ServiceCategory::WithCustomersParts),
            Self::InWords => told_apart(customer, ServiceCategory::Other(Text::new("φρένα και βαφή"))),
            Self::Elsewhere(place, back) => {
                pays_by_card(customer);
                customer.away = Some(Away { to: place.to(), back });
                if let Some(slip) = customer.slip.as_mut().filter(|_| back != ComesBack::Never)
                    && slip.noticed == Noticed::Afterwards
                {
                    slip.noticed = Noticed::OnceBack;
                }
            }
            Self::AwayFromTheDesk => trip_elsewhere(customer, chance),
            Self::ForNothing(purpose) => for_nothing(customer, purpose),
        }
    }
}

impl Place {
    fn to(self) -> OffSite {
        match self {
            Self::Partner => OffSite::Partner { vat: Text::new(PARTNER) },
            Self::SecondGarage => OffSite::OwnBranch { branch: SECOND_GARAGE },
        }
    }
}

/// A right that is paid for already: its receipt, or its MARK, is told as soon as the vehicle has come.
fn prepaid(customer: &mut Customer, index: u32, chance: &mut IdSource) {
    by_contract(customer, None);
    nothing_is_sold(customer);
    customer.terms = ServiceTerms::Continuous { period: month_of(customer.comes) };
    let sold = if chance.up_to(1) == 0 {
        Paper { name: PaperName::Receipt(i64::from(index) + 1), told: Told::AtOnce }
    } else {
        own_mark(index, 0, Told::AtOnce)
    };
    customer.papers.push(sold);
}

/// Two instalments: one is invoiced already, one today.
fn lease(customer: &mut Customer, index: u32, chance: &mut IdSource) {
    by_contract(customer, (chance.up_to(2) > 0).then_some(FLEETS[0]));
    // The amount is told with the kind of service, before anything is priced.
    customer.category = match customer.trade {
        Trade::Wash | Trade::Parking => Some(ServiceCategory::ByAgreement),
        Trade::Garage => Some(ServiceCategory::WithoutParts),
        Trade::Rental => None,
    };
    if customer.trade != Trade::Garage {
        nothing_is_sold(customer);
    }
    let every = match chance.up_to(2) {
        0 => Periodicity::Other(Text::new("κάθε 15 ημέρες")),
        months => Periodicity::Months(u8::try_from(months * 3).unwrap_or(1)),
    };
    customer.terms = ServiceTerms::Lease { period: month_of(customer.comes), every };
    customer.amount = Some(Cents(9_000 + i64::from(index % 100) * 10));
    customer.papers.extend([own_mark(index, 0, Told::AtOnce), own_mark(index, 1, Told::InTheEvening)]);
}

fn told_apart(customer: &mut Customer, category: ServiceCategory) {
    pays_by_card(customer);
    customer.extras.clear();
    customer.category = Some(category);
}

fn trip_elsewhere(customer: &mut Customer, chance: &mut IdSource) {
    let at = |place: &str, there: bool| there.then(|| Text::new(place));
    let picked = chance.up_to(2);
    customer.trip = Some(Trip {
        purpose: MovementPurpose::Rental,
        picked_up_at: at("Αεροδρόμιο, αφίξεις", picked != 1),
        returned_at: at("Λιμάνι «Ε3»", picked > 0),
    });
}

fn for_nothing(customer: &mut Customer, purpose: MovementPurpose) {
    let reason = match purpose {
        MovementPurpose::OwnUse => NoDocumentReason::OwnUse,
        MovementPurpose::Rental | MovementPurpose::Free => NoDocumentReason::Free,
    };
    customer.trip = Some(Trip { purpose, ..Trip::default() });
    customer.settles = Settles::NoDocument(reason);
}

fn pays_by_card(customer: &mut Customer) {
    if !customer.settles.pays() {
        customer.settles = Settles::Card { tip_cents: 0 };
    }
}

fn by_contract(customer: &mut Customer, invoice_to: Option<&str>) {
    customer.settles = Settles::ByContract;
    customer.invoice_to = invoice_to.map(str::to_owned);
}

fn nothing_is_sold(customer: &mut Customer) {
    customer.package = None;
    customer.extras.clear();
}

/// Seven in ten are of the large one: its invoice is for more visits than one message may name.
fn fleet(chance: &mut IdSource) -> usize {
    let others = FLEETS.len() as u64 - 1;
    if chance.up_to(9) < 7 { 0 } else { 1 + usize::try_from(chance.up_to(others - 1)).unwrap_or_default() }
}

/// The number was checked when it was written down here.
fn greek(afm: &str) -> TaxNumber {
    TaxNumber { country: "GR".to_owned(), number: afm.to_owned() }
}

/// One invoice for everything a fleet had that day, whatever the trade.
fn invoice_of(fleet: usize) -> Paper {
    let number = i64::try_from(fleet).unwrap_or_default();
    Paper { name: PaperName::Mark(FIRST_MARK + number), told: Told::InTheEvening }
}

fn own_mark(index: u32, nth: i64, told: Told) -> Paper {
    Paper { name: PaperName::Mark(FIRST_MARK + 1_000 + i64::from(index) * 10 + nth), told }
}

fn month_of(day: Stamp) -> Period {
    let day = day.local().date();
    Period { from: day.first_of_month(), to: day.last_of_month() }
}
