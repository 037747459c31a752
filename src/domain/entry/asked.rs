//! What was heard of a try; and where nothing usable was, what a look-up looks for in the registry's listing and what it finds.

use crate::domain::document::DocumentName;
use crate::domain::text::Text;
use serde::{Deserialize, Serialize};

/// What was heard of one try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "heard", rename_all = "snake_case")]
pub enum Heard {
    /// The registry has it.
    Accepted {
        /// The id given.
        id: i64,
    },
    /// The registry read it and refused.
    Refused {
        /// Code of the first error.
        code: String,
        /// All errors, in words.
        why: Text,
    },
    /// No byte left this machine.
    NeverLeft {
        /// What stopped it.
        why: Text,
    },
    /// "Later."
    Throttled,
    /// The credentials were refused before it was read.
    Unauthorized,
    /// It left and no usable answer came.
    Lost {
        /// What was seen.
        why: Text,
    },
}

/// What keeps a listing from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// The registry could not be reached, or not be understood.
    #[default]
    Link,
    /// "Later."
    Throttled,
    /// It read the question and refused it.
    Refused,
    /// It refused our credentials.
    Credentials,
}

/// What a look-up showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    /// It is there.
    There {
        /// Its id.
        id: i64,
    },
    /// Everything was read and it is not there.
    Absent,
    /// Not everything could be read.
    Incomplete {
        /// What was seen.
        why: Text,
        /// The listing's token of the page it broke off at; nothing when it must begin anew.
        #[serde(default)]
        token: Option<String>,
        /// What stood in the way.
        #[serde(default)]
        hindrance: Hindrance,
    },
}

/// Where a look-up broke off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The listing's token of the next page.
    pub token: String,
    /// How often in a row that page could not be read.
    pub failed: u8,
}

/// What a look-up looks for: everything of ours above `after`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// Exclusive cursor: the highest registry id confirmed before the first try.
    pub after: i64,
    /// The page an earlier look-up broke off at; the pages before it were read.
    #[serde(default)]
    pub token: Option<String>,
    /// What it looks like.
    pub what: SoughtWhat,
}

/// What a message looks like in the registry's listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum SoughtWhat {
    /// An entry whose comment starts with our mark.
    Entry {
        /// `#7K3Q-000123`.
        mark: String,
    },
    /// An update of this entry.
    Update {
        /// The entry.
        entry: i64,
        /// It completes the entry.
        completes: bool,
    },
    /// A correlation of these entries with this document.
    Correlation {
        /// The entries.
        entries: Vec<i64>,
        /// The document.
        name: DocumentName,
    },
    /// A cancellation of this entry.
    Cancellation {
        /// The entry.
        entry: i64,
    },
}
