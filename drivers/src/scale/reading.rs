//! What a scale said when it was asked: [`Reading`]. Only one of the answers holds a weight.

use std::time::{Duration, Instant};

use super::number::Number;
use super::weight::{Unit, Weight};

/// The answer of a scale. Nothing that is not a weight at rest, above zero, can be turned into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A weight at rest.
    Stable(Load),
    /// Nothing lies on it, at rest.
    Zero,
    /// It has not come to rest.
    Moving,
    /// Less than nothing: something was taken off that was on it at zero.
    Negative,
    /// More than it can weigh. Some scales say the same below zero.
    Overload,
    /// It must be set to zero before it can weigh.
    NeedsZero,
    /// It reports a fault of its own.
    Defect,
    /// It did not answer.
    NoAnswer,
}

/// A weight at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// How much.
    pub weight: Weight,
    /// With or without the container.
    pub basis: Basis,
    /// What a price-computing scale made of it.
    pub price: Option<Price>,
}

/// Whether a tare has been taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The scale does not say.
    #[default]
    Unsaid,
    /// Everything that lies on it.
    Gross,
    /// Without the tare.
    Net,
}

/// The price a price-computing scale has computed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// For one unit, in the currency's smallest coin.
    pub unit_cents: u32,
    /// To pay, in the currency's smallest coin.
    pub amount_cents: u32,
}

impl Reading {
    /// The weight, if it is one.
    #[must_use]
    pub const fn weight(&self) -> Option<Weight> {
        match self {
            Self::Stable(load) => Some(load.weight),
            Self::Zero
            | Self::Moving
            | Self::Negative
            | Self::Overload
            | Self::NeedsZero
            | Self::Defect
            | Self::NoAnswer => None,
        }
    }

    /// What a number on the scale means. Motion comes first: what moves is nothing yet.
    pub(super) fn of(number: Number, unit: Unit, basis: Basis, at_rest: bool) -> Self {
        match (at_rest, Weight::new(number.digits, number.decimals, unit)) {
            (false, _) => Self::Moving,
            (true, None) if number.digits == 0 => Self::Zero,
            (true, None) => Self::Defect,
            (true, Some(_)) if number.negative => Self::Negative,
            (true, Some(weight)) => Self::Stable(Load { weight, basis, price: None }),
        }
    }

    /// With the price the scale computed.
    pub(super) const fn priced(self, price: Price) -> Self {
        match self {
            Self::Stable(load) => Self::Stable(Load { price: Some(price), ..load }),
            other => other,
        }
    }
}

/// How long a reading may be shown as what lies on the scale now.
pub const FRESH_MAX: Duration = Duration::from_secs(2);

/// A reading with its time: it grows stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What the scale said.
    pub reading: Reading,
    /// When.
    pub at: Instant,
}

impl Sample {
    /// What the scale says now: what it said, or nothing once that is too old.
    #[must_use]
    pub fn reading_at(&self, now: Instant) -> Reading {
        if now.saturating_duration_since(self.at) <= FRESH_MAX { self.reading } else { Reading::NoAnswer }
    }
}
