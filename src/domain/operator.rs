//! People and what each may do.

use super::text::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Short name of a person in the configuration and the journal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OperatorId(pub String);

impl fmt::Display for OperatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person is here for. Each role may do what the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// At the counter.
    Cashier,
    /// Of the shift.
    Chief,
    /// Of the site.
    Manager,
    /// Of the business.
    Owner,
}

/// A person who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Short name.
    pub id: OperatorId,
    /// Full name, for the screen and papers.
    pub name: Text,
    /// The role.
    pub role: Role,
}

/// Something not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// A discount by hand up to ten per cent.
    SmallDiscount,
    /// A discount by hand above that.
    LargeDiscount,
    /// A visit without a document: courtesy, redo, warranty.
    NoDocument,
    /// Cancelling an entry, or correcting a plate that was already sent.
    CorrectEntry,
    /// Opening the drawer without a sale.
    NoSale,
    /// Taking cash out of the drawer for something that was bought.
    PaidOut,
    /// Giving money back the way it came.
    Refund,
    /// Giving cash back for what no cash paid, or to somebody without a document.
    RefundInCash,
    /// Closing the day.
    CloseDay,
    /// Accepting why a count differs.
    ExplainVariance,
    /// Typing a weight that no scale said.
    ManualWeight,
    /// Saying what became of a card payment whose terminal does not.
    SettleCard,
    /// Putting right the time a stay is charged from.
    EditPricedTime,
    /// Making the price of a stay.
    SetPrice,
    /// Closing a visit whose vehicle nobody saw leave.
    CloseMissed,
    /// Changing what a subscription holds, or closing it.
    KeepSubscriptions,
    /// Putting a plate on a list, or taking it off.
    KeepLists,
    /// Giving a stay, without a voucher, what a shop gives.
    ValidateStay,
    /// Keeping the shops that give something, and making their vouchers.
    KeepMerchants,
    /// Letting in a vehicle that is not to come in.
    LetStoppedIn,
    /// Seeing what the drawer should hold, and the figures of a day.
    SeeExpected,
    /// Arranging what stands on papers.
    ArrangePapers,
    /// Changing the tariff of a car park.
    SetTariff,
}

impl Right {
    /// The lowest role that has it.
    pub const fn needs(self) -> Role {
        match self {
            Self::SmallDiscount
            | Self::NoDocument
            | Self::CorrectEntry
            | Self::NoSale
            | Self::PaidOut
            | Self::Refund
            | Self::SettleCard
            | Self::ManualWeight
            | Self::EditPricedTime
            | Self::KeepSubscriptions
            | Self::ValidateStay
            | Self::CloseDay => Role::Chief,
            Self::LargeDiscount
            | Self::RefundInCash
            | Self::ExplainVariance
            | Self::KeepLists
            | Self::KeepMerchants
            | Self::LetStoppedIn
            | Self::SetPrice
            | Self::CloseMissed
            | Self::SeeExpected => Role::Manager,
            Self::ArrangePapers | Self::SetTariff => Role::Owner,
        }
    }

    /// Whether a role has it.
    pub fn is_held_by(self, role: Role) -> bool {
        role >= self.needs()
    }
}
