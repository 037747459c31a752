//! How much of a thing is sold: counted, by the hour, by its size, by its weight. The quantity on a line is what these come
//! to; how it was found stays beside it, for the paper and for whoever doubts it.

use super::money::Quantity;
use serde::{Deserialize, Serialize};

/// What one of a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One piece.
    #[default]
    Piece,
    /// A square metre.
    SquareMetre,
    /// A kilogram.
    Kilogram,
    /// An hour.
    Hour,
}

impl Unit {
    /// Every unit, with its word in configurations.
    pub const WORDS: [(&str, Self); 4] =
        [("piece", Self::Piece), ("m2", Self::SquareMetre), ("kg", Self::Kilogram), ("hour", Self::Hour)];

    /// Its short sign on papers and screens; nothing for pieces, which are only counted.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Piece => "",
            Self::SquareMetre => "m²",
            Self::Kilogram => "kg",
            Self::Hour => "h",
        }
    }
}

/// How a quantity was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Measure {
    /// Counted.
    #[default]
    Count,
    /// By the clock.
    Time {
        /// Minutes.
        minutes: u32,
    },
    /// Rectangles, all of one size.
    Area {
        /// The length of one in centimetres.
        length_cm: u32,
        /// The width of one in centimetres.
        width_cm: u32,
        /// How many.
        pieces: u32,
    },
    /// Weighed.
    Weight {
        /// What lay on the scale, in grams.
        gross_g: u64,
        /// What of it is no ware: the basket, the trolley.
        tare_g: u64,
        /// No scale said so: a person typed it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_hand: bool,
    },
}

/// The longest side of anything that is measured: 100 m.
pub const SIDE_CM_MAX: u32 = 10_000;

/// The heaviest thing that is weighed: 1 t.
pub const WEIGHT_G_MAX: u64 = 1_000_000;

/// The longest time that is charged for at once, in minutes: more than two months.
pub const MINUTES_MAX: u32 = 100_000;

impl Measure {
    /// Counted: the ordinary case, of which nothing is written down.
    pub const fn is_count(&self) -> bool {
        matches!(self, Self::Count)
    }

    /// What one of it is.
    pub const fn unit(&self) -> Unit {
        match self {
            Self::Count => Unit::Piece,
            Self::Time { .. } => Unit::Hour,
            Self::Area { .. } => Unit::SquareMetre,
            Self::Weight { .. } => Unit::Kilogram,
        }
    }

    /// What it comes to; nothing where it comes to nothing or cannot be true, and nothing for what is counted. Each
    /// rectangle has square metres with two decimals, half a hundredth rounded up; kilograms have three; hours have two, and a
    /// started hundredth counts.
    pub fn quantity(&self) -> Option<Quantity> {
        match *self {
            Self::Count => None,
            Self::Time { minutes } => {
                let hundredths = (i64::from(minutes) * 100 + 59) / 60;
                (1..=MINUTES_MAX).contains(&minutes).then_some(Quantity(hundredths * 10))
            }
            Self::Area { length_cm, width_cm, pieces } => {
                let good = (1..=SIDE_CM_MAX).contains(&length_cm) && (1..=SIDE_CM_MAX).contains(&width_cm);
                let square_cm = i64::from(length_cm).checked_mul(i64::from(width_cm)).filter(|_| good)?;
                let hundredths = (square_cm + 50) / 100;
                let one = Some(hundredths * 10).filter(|one| *one > 0)?;
                (pieces > 0).then_some(Quantity(one.checked_mul(i64::from(pieces))?))
            }
            Self::Weight { gross_g, tare_g, .. } => {
                let net = gross_g.checked_sub(tare_g).filter(|net| *net > 0 && gross_g <= WEIGHT_G_MAX)?;
                i64::try_from(net).ok().map(Quantity)
            }
        }
    }
}
