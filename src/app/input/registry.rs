//! What is heard of the registry, and what a person wants of it.

use super::By;
use crate::app::effect::MessageWish;
use crate::domain::difference::{Difference, DifferenceId, ListedPage, PageWanted, WayOut};
use crate::domain::entry::{Due, Found, Heard, Message};
use crate::domain::ids::MessageId;
use crate::domain::text::Text;
use crate::domain::visit::Visit;
use serde::{Deserialize, Serialize};

/// What is heard of the registry, and what a person wants of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RegistryInput {
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
    /// A page, as the store compared it for [`RegistryInput::Listed`].
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
    /// A message, as the store read it for [`RegistryInput::TellAgain`], [`RegistryInput::PutAside`] or [`RegistryInput::SettleDifference`].
    MessageRead {
        /// The message.
        message: Box<Message>,
        /// Its visit, if it has one.
        visit: Option<Box<Visit>>,
        /// What it was read for.
        wish: MessageWish,
    },
}
