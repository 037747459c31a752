//! One stay of one vehicle.
//!
//! ```text
//!            start          finish          settle           depart
//!   OPEN ──────────▶ IN_SERVICE ──────▶ READY ──────▶ SETTLED ──────▶ CLOSED
//!     │ ╲______________│________________│_______________▲ │
//!     │    (steps may be skipped forward; paying first is settling an open visit)
//!     │
//!     ├── reopen (its payment was made void; back to READY)
//!     ├── move (a garage's vehicle, for further work elsewhere) ──▶ MOVED
//!     ├── cancel (until a document exists) ──▶ CANCELLED
//!     └── replace (a wrong plate; any time before leaving the books) ──▶ REPLACED
//!
//!                 go out              the right of use is over
//!   SETTLED ◀──────────────▶ AWAY ─────────────────────────────▶ CLOSED
//!                 come in
//! ```
//! AWAY is a subscriber's vehicle that is out and may come back: one entry at the registry is for the whole period.
//! SETTLED holds how: paid with a document, by a wash of a pack, by a contract, still owed, or without a document for a reason. A visit settled without a document may still
//! be paid until the vehicle has left.
//!
//! A paid visit may be sold more ([`Visit::supplement`]): a car wash's extra, a car park's overstay. It owes again then, does
//! not leave, and the next document is for the supplement alone ([`Visit::further`]). The first document stays what settled
//! it; every one is correlated with the same entry.

use super::bay::OnBoard;
use super::catalogue::Size;
use super::customer::TaxNumber;
use super::document::{Document, DocumentKind, DocumentName};
use super::entry::{ClientType, Entry, ServiceCategory};
use super::ids::{DocumentId, PackId, Reference, VisitId};
use super::lease::Lease;
use super::money::Cents;
use super::operator::OperatorId;
use super::pack::ByRight;
use super::parking::Stay;
use super::plate::Plate;
use super::rental::Rental;
use super::sale::Sale;
use super::signature::{Matter, Signing, fingerprint};
use super::subscription::{Pass, Subscriber};
use super::terms::{Earlier, OffSite, ServiceTerms, Trip};
use super::text::Text;
use super::time::Stamp;
use super::work::WorkOrder;
use serde::{Deserialize, Serialize};

/// How the plate came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlateSource {
    /// On the screen's pad or a keyboard.
    #[default]
    Typed,
    /// From a code.
    Scanned,
    /// Read in a picture and accepted by a person.
    Camera,
}

/// What the registry wants to know of a vehicle in its foreign field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VehicleFacts {
    /// Αυτοκίνητο, Μοτοσικλέτα …: free text, mandatory beside a foreign plate.
    pub category: Option<Text>,
    /// The maker; mandatory beside a foreign plate at garages and rental desks.
    pub maker: Option<Text>,
}

/// Why no document follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoDocumentReason {
    /// Free of charge.
    Free,
    /// The business's own vehicle.
    OwnUse,
    /// Warranty compensation; garages only.
    Warranty,
}

/// How a visit was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Settlement {
    /// Paid in full.
    Paid {
        /// The document that says so.
        document: DocumentId,
        /// Its kind.
        kind: DocumentKind,
        /// Its total.
        total: Cents,
        /// How the tax authority knows it, once it does.
        name: Option<DocumentName>,
    },
    /// Nothing is due and no document follows.
    NoDocument {
        /// The reason the registry is told.
        reason: NoDocumentReason,
        /// In words, for the control page.
        note: Text,
        /// Who decided.
        approved_by: OperatorId,
        /// The earlier visit this one makes good.
        redo_of: Option<Reference>,
    },
    /// The vehicle was let go and the price is still owed; a document follows when it is paid.
    Owed,
    /// By a wash of a pack, whose document was issued when it was sold.
    ByPack {
        /// Which.
        pack: PackId,
    },
    /// By a contract: its document is issued elsewhere, before, later or in parts.
    ByContract {
        /// The business that is invoiced; nothing when a receipt is issued.
        invoice_to: Option<TaxNumber>,
    },
}

/// Where a visit stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum VisitState {
    /// Inside, waiting.
    Open,
    /// Being served.
    InService,
    /// Served.
    Ready,
    /// Nothing is owed; the vehicle is still here.
    Settled {
        /// How.
        settlement: Settlement,
    },
    /// The vehicle of a right of use bought beforehand is out, and may come back.
    Away {
        /// How it was settled.
        settlement: Settlement,
        /// When it went out.
        since: Stamp,
    },
    /// The vehicle has left.
    Closed {
        /// How it was settled.
        settlement: Settlement,
        /// When it left.
        departed: Stamp,
    },
    /// A garage's vehicle, moved away for further work: what follows is a visit of its own.
    Moved {
        /// Where to.
        to: OffSite,
        /// When it left.
        departed: Stamp,
    },
    /// Gone without service; the entry is cancelled.
    Cancelled {
        /// Why.
        reason: Text,
    },
    /// The plate was wrong; another visit continues this one.
    Replaced {
        /// That visit.
        by: VisitId,
    },
}

/// What can happen to a visit's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Service begins.
    Start,
    /// Service is done.
    Finish,
    /// Nothing is owed any more.
    Settle(Settlement),
    /// The vehicle leaves.
    Depart(Stamp),
    /// The vehicle is moved away for further work.
    Move(OffSite, Stamp),
    /// The customer leaves without service.
    Cancel(Text),
    /// Another visit continues this one.
    Replace(VisitId),
    /// Its payment was made void: it is to be paid anew.
    Reopen,
    /// The vehicle goes out and may come back.
    GoOut(Stamp),
    /// It is back.
    ComeIn,
}

/// A step that does not fit the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    /// Already being served, or further.
    #[error("service has already begun")]
    AlreadyStarted,
    /// Already served, or further.
    #[error("service is already done")]
    AlreadyDone,
    /// A document exists.
    #[error("the visit is already paid")]
    AlreadyPaid,
    /// Something is owed.
    #[error("the visit is not paid yet")]
    NotSettled,
    /// The visit is over.
    #[error("the visit is already over")]
    Over,
    /// The vehicle is out.
    #[error("the vehicle is out")]
    Out,
    /// The vehicle is in.
    #[error("the vehicle is inside already")]
    In,
}

impl VisitState {
    /// The state after a step.
    ///
    /// # Errors
    /// When the step does not fit; the state then stays as it is.
    pub fn after(&self, step: Step) -> Result<Self, StepRefused> {
        match (self, step) {
            (
                Self::Closed { .. } | Self::Moved { .. } | Self::Cancelled { .. } | Self::Replaced { .. },
                Step::Start
                | Step::Finish
                | Step::Settle(_)
                | Step::Depart(_)
                | Step::Move(..)
                | Step::Cancel(_)
                | Step::Reopen
                | Step::GoOut(_)
                | Step::ComeIn,
            )
            | (Self::Cancelled { .. } | Self::Replaced { .. }, Step::Replace(_)) => Err(StepRefused::Over),
            (Self::Away { settlement, .. }, Step::ComeIn) => {
                Ok(Self::Settled { settlement: settlement.clone() })
            }
            (Self::Away { settlement, .. }, Step::Depart(departed)) => {
                Ok(Self::Closed { settlement: settlement.clone(), departed })
            }
            (
                Self::Away { .. },
                Step::Start
                | Step::Finish
                | Step::Settle(_)
                | Step::Move(..)
                | Step::Cancel(_)
                | Step::Reopen
                | Step::GoOut(_),
            ) => Err(StepRefused::Out),
            (Self::Settled { settlement }, Step::GoOut(since)) => {
                Ok(Self::Away { settlement: settlement.clone(), since })
            }
            (Self::Open | Self::InService | Self::Ready, Step::GoOut(_)) => Err(StepRefused::NotSettled),
            (Self::Open | Self::InService | Self::Ready | Self::Settled { .. }, Step::ComeIn) => {
                Err(StepRefused::In)
            }
            (Self::Open, Step::Start) => Ok(Self::InService),
            (Self::InService | Self::Ready | Self::Settled { .. }, Step::Start) => {
                Err(StepRefused::AlreadyStarted)
            }
            (Self::Open | Self::InService, Step::Finish) => Ok(Self::Ready),
            (Self::Ready | Self::Settled { .. }, Step::Finish) => Err(StepRefused::AlreadyDone),
            (
                Self::Settled { settlement: Settlement::Paid { .. } },
                Step::Settle(_) | Step::Cancel(_) | Step::Move(..),
            ) => Err(StepRefused::AlreadyPaid),
            (Self::Open | Self::InService | Self::Ready | Self::Settled { .. }, Step::Settle(settlement)) => {
                Ok(Self::Settled { settlement })
            }
            // Whether service had begun is not known any more: it is served as far as anybody can tell, and only to be paid.
            (
                Self::Settled { settlement: Settlement::Paid { .. } | Settlement::ByPack { .. } },
                Step::Reopen,
            ) => Ok(Self::Ready),
            (Self::Open | Self::InService | Self::Ready | Self::Settled { .. }, Step::Reopen) => {
                Err(StepRefused::NotSettled)
            }
            (Self::Settled { settlement }, Step::Depart(departed)) => {
                Ok(Self::Closed { settlement: settlement.clone(), departed })
            }
            (Self::Open | Self::InService | Self::Ready, Step::Depart(_)) => Err(StepRefused::NotSettled),
            (Self::Open | Self::InService | Self::Ready | Self::Settled { .. }, Step::Move(to, departed)) => {
                Ok(Self::Moved { to, departed })
            }
            (Self::Open | Self::InService | Self::Ready | Self::Settled { .. }, Step::Cancel(reason)) => {
                Ok(Self::Cancelled { reason })
            }
            (
                Self::Open
                | Self::InService
                | Self::Ready
                | Self::Settled { .. }
                | Self::Away { .. }
                | Self::Closed { .. }
                | Self::Moved { .. },
                Step::Replace(by),
            ) => Ok(Self::Replaced { by }),
        }
    }

    /// The vehicle is on the premises.
    pub const fn is_inside(&self) -> bool {
        matches!(self, Self::Open | Self::InService | Self::Ready | Self::Settled { .. })
    }

    /// How it was settled, if it was.
    pub const fn settlement(&self) -> Option<&Settlement> {
        match self {
            Self::Settled { settlement }
            | Self::Away { settlement, .. }
            | Self::Closed { settlement, .. } => Some(settlement),
            Self::Open
            | Self::InService
            | Self::Ready
            | Self::Moved { .. }
            | Self::Cancelled { .. }
            | Self::Replaced { .. } => None,
        }
    }

    /// When the vehicle left, if it has.
    pub const fn departed(&self) -> Option<Stamp> {
        match self {
            Self::Closed { departed, .. } | Self::Moved { departed, .. } => Some(*departed),
            Self::Open
            | Self::InService
            | Self::Ready
            | Self::Settled { .. }
            | Self::Away { .. }
            | Self::Cancelled { .. }
            | Self::Replaced { .. } => None,
        }
    }

    /// The code stored for search.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InService => "in_service",
            Self::Ready => "ready",
            Self::Settled { .. } => "settled",
            Self::Away { .. } => "away",
            Self::Closed { .. } => "closed",
            Self::Moved { .. } => "moved",
            Self::Cancelled { .. } => "cancelled",
            Self::Replaced { .. } => "replaced",
        }
    }
}

/// A plate correction that waits until the registry's answer to the first create is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The right plate.
    pub plate: Plate,
    /// What the registry wants of the vehicle.
    pub vehicle: VehicleFacts,
    /// Who asked.
    pub operator: OperatorId,
    /// Who allowed it.
    pub approved_by: OperatorId,
}

/// An earlier visit of the same work, with the chain its messages go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The visit.
    pub visit: VisitId,
    /// Its chain.
    pub chain: VisitId,
}

/// A document the registry is told of for a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldDocument {
    /// Ours; absent when it was issued elsewhere.
    pub document: Option<DocumentId>,
    /// Its name at the authority.
    pub name: DocumentName,
}

/// What a vehicle owes that was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debt {
    /// How much.
    pub total: Cents,
    /// Who owes: a name, a telephone, whatever is known.
    pub debtor: Text,
    /// Why it was let go.
    pub reason: Text,
    /// Who let it go.
    pub released_by: OperatorId,
}

/// A document a visit was paid with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidDocument {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its total.
    pub total: Cents,
    /// How the tax authority knows it, once it does.
    pub name: Option<DocumentName>,
}

impl From<&Document> for PaidDocument {
    fn from(document: &Document) -> Self {
        Self {
            document: document.id,
            kind: document.kind.clone(),
            total: document.totals.gross,
            name: document.name.clone(),
        }
    }
}

/// One stay of one vehicle for one kind of business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its name.
    pub id: VisitId,
    /// What people say and print.
    pub reference: Reference,
    /// The kind of business it is for.
    pub client_type: ClientType,
    /// The branch, as the tax registry numbers it.
    pub branch: u32,
    /// The vehicle.
    pub plate: Plate,
    /// What the registry wants of a vehicle in its foreign field.
    pub vehicle: VehicleFacts,
    /// Size class.
    pub size: Size,
    /// Lane or bay, from 1.
    pub lane: Option<u8>,
    /// True arrival.
    pub arrived: Stamp,
    /// Who opened it.
    pub operator: OperatorId,
    /// Why it was opened while another visit of the same plate was inside: a second vehicle, or a wrong plate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_because: Option<Text>,
    /// How the plate came in.
    pub source: PlateSource,
    /// Where it stands.
    #[serde(flatten)]
    pub state: VisitState,
    /// What is being sold.
    pub sale: Sale,
    /// What was sold after it was paid, and is not paid yet.
    #[serde(default, skip_serializing_if = "Sale::is_empty")]
    pub supplement: Sale,
    /// The documents after the one that settled it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<PaidDocument>,
    /// What it owes, since it was let go without paying all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debt: Option<Debt>,
    /// What a car park prices it by; absent where it is priced by the price list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<Stay>,
    /// Of a subscriber's vehicle: its right of use, or why it has none now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber: Option<Box<Subscriber>>,
    /// What the registry is told of the service; known with the first service.
    pub category: Option<ServiceCategory>,
    /// Where it stands at the registry.
    pub entry: Entry,
    /// Messages with one chain go out one after another: a replaced visit and its successor share it.
    pub chain: VisitId,
    /// The visit this one continues with the right plate.
    pub replaces: Option<VisitId>,
    /// The entry this one follows: a garage's vehicle that came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Earlier>,
    /// The visits of the same work at this terminal before this one: its document is for them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The documents its entry is correlated with, or will be; told again for the visit that continues it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<ToldDocument>,
    /// On what terms.
    #[serde(default, skip_serializing_if = "ServiceTerms::is_one_off")]
    pub terms: ServiceTerms,
    /// The right it is served by, which was bought beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<ByRight>,
    /// A rental's trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<Trip>,
    /// A rental's agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rental: Option<Box<Rental>>,
    /// The contract of a rental that is paid in instalments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<Box<Lease>>,
    /// A garage's work order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Box<WorkOrder>>,
    /// What was signed on the glass, or was not, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signings: Vec<Signing>,
    /// The agreed amount the registry is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Cents>,
    /// Where it is on the board of a wash.
    #[serde(default, skip_serializing_if = "OnBoard::is_new")]
    pub board: OnBoard,
    /// A correction that waits.
    pub correction: Option<Correction>,
}

impl Visit {
    /// This document, and no other, has paid it.
    pub fn is_paid_by(&self, id: DocumentId) -> bool {
        self.further.is_empty()
            && matches!(self.state.settlement(), Some(Settlement::Paid { document, .. }) if *document == id)
    }

    /// What the customer owes now; of a car park's visit, what the tariff has no say in ([`super::settings::Settings::bill`]
    /// tells the rest).
    pub fn due(&self) -> Cents {
        match self.state.settlement() {
            Some(_) => self.supplement.totals().gross,
            None => self.sale.totals().gross,
        }
    }

    /// The vehicle has left, and its price is still owed.
    pub const fn has_left_owing(&self) -> bool {
        self.debt.is_some() && matches!(self.state, VisitState::Closed { .. })
    }

    /// The right of use it is under.
    pub fn pass(&self) -> Option<&Pass> {
        self.subscriber.as_deref().and_then(Subscriber::pass)
    }

    /// The fingerprint of what would be signed now; nothing where there is nothing to sign. Whose it is is part of it: the same
    /// words about another vehicle are another text.
    pub fn to_be_signed(&self, matter: Matter) -> Option<String> {
        let of = (self.reference.to_string(), self.plate.key());
        match matter {
            Matter::HandOver => {
                self.rental.as_ref().map(|rental| fingerprint(&(of, "hand_over", &rental.hand_over)))
            }
            Matter::Return => {
                let returned = self.rental.as_ref()?.returned.as_ref()?;
                Some(fingerprint(&(of, "return", returned)))
            }
            Matter::Estimate { version } => {
                let estimate = self.work.as_ref()?.estimate(version)?;
                Some(fingerprint(&(of, "estimate", version, &estimate.sale, estimate.total)))
            }
        }
    }

    /// The last answer to whoever asked for a signature under something as it stands now. What was signed before it was put
    /// right is kept, and is under something else.
    pub fn signing(&self, matter: Matter) -> Option<&Signing> {
        let now = self.to_be_signed(matter)?;
        self.signings.iter().rev().find(|signing| signing.matter == matter && signing.is_under(&now))
    }

    /// It was signed, and put right afterwards: the signature is under what was there before.
    pub fn is_signed_before_a_change(&self, matter: Matter) -> bool {
        self.signing(matter).is_none() && self.signings.iter().any(|signing| signing.matter == matter)
    }

    /// A document says that it was paid.
    pub const fn is_paid(&self) -> bool {
        matches!(self.state.settlement(), Some(Settlement::Paid { .. }))
    }

    /// What it cost is settled for good: it can only owe what was sold since.
    pub const fn is_past_its_price(&self) -> bool {
        matches!(self.state.settlement(), Some(Settlement::Paid { .. } | Settlement::ByPack { .. }))
    }

    /// Its entry at the registry is that of a right bought beforehand, and ends with it.
    pub fn is_carrier(&self) -> bool {
        self.right.is_some_and(|right| right.under.is_none())
    }

    /// The visit whose entry it is under: it has none of its own, and the registry hears nothing of it.
    pub fn under(&self) -> Option<Part> {
        self.right.and_then(|right| right.under)
    }

    /// The documents it was paid with, each with its name once it has one; the first one first.
    pub fn paid_with(&self) -> impl Iterator<Item = (DocumentId, Option<&DocumentName>)> {
        let first = match self.state.settlement() {
            Some(Settlement::Paid { document, name, .. }) => Some((*document, name.as_ref())),
            _ => None,
        };
        first.into_iter().chain(self.further.iter().map(|paid| (paid.document, paid.name.as_ref())))
    }
}
