//! Conditions, by name: what a field's obligation may hang on. Data, so that a table can say them.

use crate::aade::message::InvoiceKind;
use crate::domain::entry::ServiceCategory;
use crate::domain::terms::OffSite;

/// One condition. Where they come from: AADE DCL 1.1, business analysis, annex of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// An accountant or another third party speaks for the business.
    ForThirdParty,
    /// The connection was lost when the vehicle came.
    AfterOutage,
    /// The entry replaces or continues an earlier one.
    Replacing,
    /// The business offers parking and wash.
    MixedBusiness,
    /// The service recurs for one business, which is invoiced later.
    Recurring,
    /// The right to the service was bought beforehand.
    RightBought,
    /// The service is invoiced in instalments while it lasts.
    Lease,
    /// A period was agreed. Follows from [`Self::RightBought`] and [`Self::Lease`].
    WithPeriod,
    /// The plate is in the foreign field: a foreign or state plate, or a chassis number.
    BesideForeignPlate,
    /// The vehicle is handed over or comes back away from the establishment.
    PlaceDiffers,
    /// The service is none of the named ones.
    InWords,
    /// The service is free of charge.
    FreeCategory,
    /// The vehicle is the business's own.
    OwnUseCategory,
    /// The work is paid by a warranty.
    WarrantyCategory,
    /// The service is of a kind that never leads to a document. Follows from the three above.
    CategoryWithoutDocument,
    /// No document will be issued.
    WithoutDocument,
    /// The visit ends here and a document follows. Follows when neither [`Self::WithoutDocument`] nor
    /// [`Self::MovedAway`] holds.
    WithDocument,
    /// The document is an invoice.
    InvoiceToBusiness,
    /// A garage's vehicle went to a cooperating business.
    ToPartner,
    /// A garage's vehicle went to another establishment of the same business.
    ToOwnBranch,
    /// A garage's vehicle went elsewhere. Follows from the two above.
    MovedAway,
    /// The entry is a lease whose amount was not told yet.
    LeaseAmountDue,
    /// The document is a fiscal machine's.
    ByFiscalMachine,
}

impl Condition {
    /// What a kind of service brings about.
    pub const fn of_category(category: &ServiceCategory) -> Option<Self> {
        match category {
            ServiceCategory::Free => Some(Self::FreeCategory),
            ServiceCategory::OwnUse => Some(Self::OwnUseCategory),
            ServiceCategory::Warranty => Some(Self::WarrantyCategory),
            ServiceCategory::Other(_) => Some(Self::InWords),
            ServiceCategory::WithParts
            | ServiceCategory::WithCustomersParts
            | ServiceCategory::WithoutParts
            | ServiceCategory::ByPriceList
            | ServiceCategory::ByAgreement => None,
        }
    }

    /// What a kind of document brings about.
    pub const fn of_invoice_kind(kind: InvoiceKind) -> Option<Self> {
        match kind {
            InvoiceKind::Invoice => Some(Self::InvoiceToBusiness),
            InvoiceKind::Retail | InvoiceKind::FiscalMachine => None,
        }
    }

    /// What moving a vehicle away brings about.
    pub const fn of_off_site(off_site: &OffSite) -> Self {
        match off_site {
            OffSite::Partner { .. } => Self::ToPartner,
            OffSite::OwnBranch { .. } => Self::ToOwnBranch,
        }
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The conditions that hold. What follows from others need not be put in, and cannot be kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conditions(u32);

impl Conditions {
    /// None holds but what follows from none.
    pub const NONE: Self = Self(0);

    /// These, and one more.
    #[must_use]
    pub const fn with(self, condition: Condition) -> Self {
        Self(self.0 | condition.bit())
    }

    /// Whether a condition holds.
    pub const fn holds(self, condition: Condition) -> bool {
        use Condition as C;
        match condition {
            C::WithPeriod => self.has(C::RightBought) || self.has(C::Lease),
            C::CategoryWithoutDocument => {
                self.has(C::FreeCategory) || self.has(C::OwnUseCategory) || self.has(C::WarrantyCategory)
            }
            C::MovedAway => self.has(C::ToPartner) || self.has(C::ToOwnBranch),
            C::WithDocument => !self.has(C::WithoutDocument) && !self.holds(C::MovedAway),
            C::ForThirdParty
            | C::AfterOutage
            | C::Replacing
            | C::MixedBusiness
            | C::Recurring
            | C::RightBought
            | C::Lease
            | C::BesideForeignPlate
            | C::PlaceDiffers
            | C::InWords
            | C::FreeCategory
            | C::OwnUseCategory
            | C::WarrantyCategory
            | C::WithoutDocument
            | C::InvoiceToBusiness
            | C::ToPartner
            | C::ToOwnBranch
            | C::LeaseAmountDue
            | C::ByFiscalMachine => self.has(condition),
        }
    }

    const fn has(self, condition: Condition) -> bool {
        self.0 & condition.bit() != 0
    }
}

impl FromIterator<Condition> for Conditions {
    fn from_iter<I: IntoIterator<Item = Condition>>(conditions: I) -> Self {
        conditions.into_iter().fold(Self::NONE, Self::with)
    }
}
