//! What a vehicle's dashboard says when it is taken over or given back.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The most kilometres that are believed; beyond them a slip of the finger is likelier.
pub const KM_MAX: u32 = 2_000_000;

/// Fuel in the tank, in eighths: 0 is empty, 8 is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Eighths(u8);

impl Eighths {
    /// A full tank.
    pub const FULL: Self = Self(8);

    /// So many eighths; nothing above a full tank.
    pub const fn new(eighths: u8) -> Option<Self> {
        if eighths <= Self::FULL.0 { Some(Self(eighths)) } else { None }
    }

    /// How many.
    pub const fn count(self) -> u8 {
        self.0
    }

    /// How many fewer these are than others.
    pub const fn missing_from(self, full: Self) -> u8 {
        full.0.saturating_sub(self.0)
    }
}

impl fmt::Display for Eighths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/8", self.0)
    }
}

/// More eighths than a tank has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tank has eight eighths")]
pub struct MoreThanFull;

impl TryFrom<u8> for Eighths {
    type Error = MoreThanFull;

    fn try_from(eighths: u8) -> Result<Self, MoreThanFull> {
        Self::new(eighths).ok_or(MoreThanFull)
    }
}

impl From<Eighths> for u8 {
    fn from(eighths: Eighths) -> Self {
        eighths.0
    }
}

/// Kilometres and fuel, as far as somebody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dashboard {
    /// Kilometres driven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub km: Option<u32>,
    /// Fuel in the tank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuel: Option<Eighths>,
}

impl Dashboard {
    /// The kilometres can be believed.
    pub fn is_sane(&self) -> bool {
        self.km.is_none_or(|km| km <= KM_MAX)
    }
}
