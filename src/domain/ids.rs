//! Names of things. Ids are made by the loop (UUIDv7: a time and the loop's chance), never by a database and
//! never from a clock read here, so that a replay makes the same ones again.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// One stay of one vehicle.
    VisitId
);
id!(
    /// One sale without a vehicle.
    OrderId
);
id!(
    /// One tax document, whoever issues it.
    DocumentId
);
id!(
    /// One deposit.
    DepositId
);
id!(
    /// One subscription of a car park.
    SubscriptionId
);
id!(
    /// One pack of washes, or membership.
    PackId
);
id!(
    /// One shop whose customers park for less.
    MerchantId
);
id!(
    /// One message of the outbox.
    MessageId
);
id!(
    /// One paper asked of a printer; a second try of the same paper keeps it.
    JobId
);
id!(
    /// One cashier's duty.
    ShiftId
);
id!(
    /// One photograph.
    PhotoId
);

/// One car before one camera, in this run of the program: they are counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SightingId(pub u64);

/// Makes ids out of one input's instant and chance. The same two numbers give the same ids for ever: a recorded
/// input carries both, which is why the generator is these few lines (SplitMix64) and not a library whose stream
/// may change.
#[derive(Debug, Clone)]
pub struct IdSource {
    at_ms: u64,
    chance: u64,
}

impl IdSource {
    /// A source for one input at `at_ms` (Unix milliseconds) with its recorded chance.
    pub const fn new(at_ms: u64, chance: u64) -> Self {
        Self { at_ms, chance }
    }

    /// The next 64 random bits.
    pub const fn bits(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to and including `max`.
    pub const fn up_to(&mut self, max: u64) -> u64 {
        if max == u64::MAX { self.bits() } else { self.bits() % (max + 1) }
    }

    /// The next id.
    pub fn uuid(&mut self) -> Uuid {
        let (high, low) = (self.bits().to_be_bytes(), self.bits().to_be_bytes());
        let mut random = [0; 10];
        random[..8].copy_from_slice(&high);
        random[8..].copy_from_slice(&low[..2]);
        uuid::Builder::from_unix_timestamp_millis(self.at_ms, &random).into_uuid()
    }
}

/// The four characters that name this terminal on papers and in the registry's comments. No two terminals of one
/// business may share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TerminalId(String);

/// A terminal name that is not four capitals or digits.
#[derive(Debug, thiserror::Error)]
#[error("terminal name {0:?} must be four Latin capitals or digits, for instance 7K3Q")]
pub struct BadTerminalId(String);

impl TryFrom<String> for TerminalId {
    type Error = BadTerminalId;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let good = text.len() == 4 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if good { Ok(Self(text)) } else { Err(BadTerminalId(text)) }
    }
}

impl From<TerminalId> for String {
    fn from(id: TerminalId) -> Self {
        id.0
    }
}

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What people say and print for a visit, `7K3Q-000123`; with `#` in front it starts the registry's comment and
/// makes a look-up there exact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The terminal that opened the visit.
    pub terminal: TerminalId,
    /// Counts the terminal's visits from 1.
    pub number: u64,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:06}", self.terminal, self.number)
    }
}

impl Reference {
    /// The mark at the head of the registry's comment: `#7K3Q-000123`.
    pub fn mark(&self) -> String {
        format!("#{self}")
    }

    /// The reference whose mark a comment of the registry begins with.
    pub fn at_head_of(comment: &str) -> Option<Self> {
        let marked = comment.strip_prefix('#')?;
        let (terminal, rest) = (marked.get(..4)?, marked.get(4..)?.strip_prefix('-')?);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let is_whole = digits >= 6 && !after.starts_with(|c: char| c.is_ascii_alphanumeric());
        let reference =
            Self { terminal: TerminalId::try_from(terminal.to_owned()).ok()?, number: number.parse().ok()? };
        (is_whole && reference.mark().len() == digits + 6).then_some(reference)
    }
}

/// Text that is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a visit's number is written as 7K3Q-000123")]
pub struct BadReference;

impl std::str::FromStr for Reference {
    type Err = BadReference;

    fn from_str(text: &str) -> Result<Self, BadReference> {
        let (terminal, number) = text.split_once('-').ok_or(BadReference)?;
        let whole = number.len() >= 6 && number.bytes().all(|b| b.is_ascii_digit());
        let terminal = TerminalId::try_from(terminal.to_owned()).map_err(|_| BadReference)?;
        let number = number.parse().ok().filter(|_| whole).ok_or(BadReference)?;
        Ok(Self { terminal, number })
    }
}
