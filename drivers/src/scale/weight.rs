//! What a scale has weighed, exactly as it said it: [`Weight`], never a float and never rounded.

use std::fmt;

/// The unit a scale weighs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// mg
    Milligram,
    /// g
    Gram,
    /// kg
    #[default]
    Kilogram,
    /// t
    Tonne,
    /// oz
    Ounce,
    /// lb
    Pound,
}

impl Unit {
    /// The unit by its sign, in any case, as scales write it.
    #[must_use]
    pub fn named(sign: &str) -> Option<Self> {
        match sign.to_ascii_lowercase().as_str() {
            "mg" => Some(Self::Milligram),
            "g" => Some(Self::Gram),
            "kg" => Some(Self::Kilogram),
            "t" => Some(Self::Tonne),
            "oz" => Some(Self::Ounce),
            "lb" => Some(Self::Pound),
            _ => None,
        }
    }

    /// Its sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Milligram => "mg",
            Self::Gram => "g",
            Self::Kilogram => "kg",
            Self::Tonne => "t",
            Self::Ounce => "oz",
            Self::Pound => "lb",
        }
    }

    /// How many milligrams it has; none for units that are not metric.
    const fn milligrams(self) -> Option<u64> {
        match self {
            Self::Milligram => Some(1),
            Self::Gram => Some(1000),
            Self::Kilogram => Some(1_000_000),
            Self::Tonne => Some(1_000_000_000),
            Self::Ounce | Self::Pound => None,
        }
    }
}

/// A weight: more than nothing, in the scale's own unit and division.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weight {
    digits: u32,
    decimals: u8,
    unit: Unit,
}

/// The most decimals any scale has.
pub const DECIMALS_MAX: u8 = 6;

impl Weight {
    /// `1234` with 3 decimals in kg is 1.234 kg. None for nothing at all: that is no weight.
    #[must_use]
    pub const fn new(digits: u32, decimals: u8, unit: Unit) -> Option<Self> {
        if digits == 0 || decimals > DECIMALS_MAX { None } else { Some(Self { digits, decimals, unit }) }
    }

    /// All its digits, without the point.
    #[must_use]
    pub const fn digits(self) -> u32 {
        self.digits
    }

    /// How many of them stand after the point: the scale's division.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The scale's unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Whole milligrams; none where that would need rounding, or in a unit that is not metric.
    #[must_use]
    pub fn milligrams(self) -> Option<u64> {
        let all = u64::from(self.digits) * self.unit.milligrams()?;
        let divisor = 10_u64.pow(u32::from(self.decimals));
        all.is_multiple_of(divisor).then_some(all / divisor)
    }

    /// Whole grams; none where that would need rounding, or in a unit that is not metric.
    #[must_use]
    pub fn grams(self) -> Option<u64> {
        self.milligrams().filter(|all| all.is_multiple_of(1000)).map(|all| all / 1000)
    }
}

/// As the scale shows it: `1.234 kg`.
impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let divisor = 10_u32.pow(u32::from(self.decimals));
        write!(f, "{}", self.digits / divisor)?;
        if self.decimals > 0 {
            write!(f, ".{:0width$}", self.digits % divisor, width = usize::from(self.decimals))?;
        }
        write!(f, " {}", self.unit.sign())
    }
}

impl fmt::Debug for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
