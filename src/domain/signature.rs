//! A signature drawn with the finger: its strokes, who signed and when, and the fingerprint of what was on the paper that was
//! signed. What is changed afterwards has another fingerprint: a signature never passes to what nobody had before them.
//!
//! It is a picture of a hand's movement that binds two people who know each other, and no qualified electronic signature.

use super::operator::OperatorId;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Width of the field a signature is drawn in, in its own units; a stroke lies within it.
pub const FIELD_WIDTH: u16 = 3_000;
/// Height of the field.
pub const FIELD_HEIGHT: u16 = 1_000;
/// The most points that are kept: a long signature has some hundreds.
pub const POINTS_MAX: usize = 4_000;
/// Fewer points are a slip of the finger.
const POINTS_MIN: usize = 8;
/// And so is what is not even a tenth of the field wide and high together.
const EXTENT_MIN: u16 = FIELD_HEIGHT / 5;

/// A place in the field, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point(
    /// To the right.
    pub u16,
    /// Downwards.
    pub u16,
);

/// What a finger drew between touching the glass and leaving it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stroke(pub Vec<Point>);

/// Strokes that cannot be a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSignature {
    /// Too little was drawn.
    #[error("too little was drawn")]
    TooLittle,
    /// More than anybody draws.
    #[error("too much was drawn")]
    TooMuch,
    /// A point is outside the field.
    #[error("a point lies outside the field")]
    Outside,
}

/// What a signature is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "matter", rename_all = "snake_case")]
pub enum Matter {
    /// What was agreed when a rental vehicle was handed over.
    HandOver,
    /// How it came back.
    Return,
    /// A version of a garage's estimate.
    Estimate {
        /// Which.
        version: u32,
    },
}

/// How a person answered when asked to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Signed.
    Signed {
        /// Who.
        name: Text,
        /// What was drawn.
        strokes: Vec<Stroke>,
    },
    /// Did not sign.
    Declined {
        /// Why, or what was said.
        reason: Text,
    },
}

/// A signature, or the fact that there is none, under what was on the paper then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// Under what.
    #[serde(flatten)]
    pub matter: Matter,
    /// SHA-256, in hexadecimal, of the facts it is under, as the journal has them.
    pub sha256: String,
    /// When.
    pub at: Stamp,
    /// Who asked for it.
    pub operator: OperatorId,
    /// What came of it.
    #[serde(flatten)]
    pub answer: Answer,
}

impl Signing {
    /// Whether it is under these facts, and not under others they were changed from.
    pub fn is_under(&self, sha256: &str) -> bool {
        self.sha256 == sha256
    }

    /// The strokes of a signature; nothing where none was given.
    pub fn strokes(&self) -> Option<&[Stroke]> {
        match &self.answer {
            Answer::Signed { strokes, .. } => Some(strokes),
            Answer::Declined { .. } => None,
        }
    }
}

/// Whether strokes can be a signature.
///
/// # Errors
/// When they are too little, too much, or outside the field.
pub fn check(strokes: &[Stroke]) -> Result<(), NoSignature> {
    let points = || strokes.iter().flat_map(|stroke| &stroke.0);
    let count = points().count();
    if count > POINTS_MAX {
        return Err(NoSignature::TooMuch);
    }
    if points().any(|Point(x, y)| *x > FIELD_WIDTH || *y > FIELD_HEIGHT) {
        return Err(NoSignature::Outside);
    }
    let extent = |axis: fn(&Point) -> u16| {
        let (least, most) = (points().map(axis).min(), points().map(axis).max());
        most.zip(least).map_or(0, |(most, least)| most - least)
    };
    if count < POINTS_MIN || extent(|point| point.0) + extent(|point| point.1) < EXTENT_MIN {
        return Err(NoSignature::TooLittle);
    }
    Ok(())
}

/// Draws strokes into a grid that is as wide as the field and high in proportion: calls `ink` for each cell a pen of so many
/// cells touches, some of them more than once.
pub fn draw(strokes: &[Stroke], width: usize, pen: usize, mut ink: impl FnMut(usize, usize)) {
    let (width, height) = (width.max(1), height_of(width).max(1));
    let scale = |units: u16, cells: usize, field: u16| {
        (usize::from(units.min(field)) * (cells - 1) + usize::from(field / 2)) / usize::from(field)
    };
    let cell = |Point(x, y): &Point| (scale(*x, width, FIELD_WIDTH), scale(*y, height, FIELD_HEIGHT));
    let reach = pen.max(1);
    let mut dot = |x: usize, y: usize| {
        for down in 0..reach {
            for across in 0..reach {
                let (x, y) = (x + across, y + down);
                let (x, y) = (x.saturating_sub(reach / 2), y.saturating_sub(reach / 2));
                if x < width && y < height {
                    ink(x, y);
                }
            }
        }
    };
    for stroke in strokes {
        let cells: Vec<(usize, usize)> = stroke.0.iter().map(cell).collect();
        if let [only] = cells.as_slice() {
            dot(only.0, only.1);
        }
        for pair in cells.windows(2) {
            if let [from, to] = pair {
                line(*from, *to, &mut dot);
            }
        }
    }
}

/// How high a grid of a width is.
pub fn height_of(width: usize) -> usize {
    width * usize::from(FIELD_HEIGHT) / usize::from(FIELD_WIDTH)
}

/// Every cell between two, both among them.
fn line(from: (usize, usize), to: (usize, usize), dot: &mut impl FnMut(usize, usize)) {
    let (across, down) = (from.0.abs_diff(to.0), from.1.abs_diff(to.1));
    let steps = across.max(down).max(1);
    let between = |from: usize, to: usize, step: usize| {
        let moved = from.abs_diff(to) * step / steps;
        if to < from { from - moved } else { from + moved }
    };
    for step in 0..=steps {
        dot(between(from.0, to.0, step), between(from.1, to.1, step));
    }
}

/// The fingerprint of facts: SHA-256 of their JSON as the journal has it, in hexadecimal.
pub fn fingerprint<T: Serialize>(facts: &T) -> String {
    // What the journal takes can be written; nothing else is ever signed.
    let json = serde_json::to_vec(facts).unwrap_or_default();
    Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(points: &[(u16, u16)]) -> Stroke {
        Stroke(points.iter().map(|(x, y)| Point(*x, *y)).collect())
    }

    fn wave() -> Stroke {
        stroke(&[
            (100, 100),
            (200, 300),
            (300, 100),
            (400, 300),
            (500, 100),
            (600, 300),
            (700, 100),
            (800, 300),
        ])
    }

    #[test]
    fn a_tap_is_no_signature_and_neither_is_a_dot_held_long() {
        assert_eq!(check(&[]), Err(NoSignature::TooLittle));
        assert_eq!(check(&[stroke(&[(10, 10), (11, 10)])]), Err(NoSignature::TooLittle));
        assert_eq!(check(&[stroke(&[(10, 10); 50])]), Err(NoSignature::TooLittle));
        assert_eq!(check(&[wave()]), Ok(()));
    }

    #[test]
    fn what_is_drawn_stays_in_the_grid_and_reaches_its_corners() {
        let corners = stroke(&[(0, 0), (FIELD_WIDTH, FIELD_HEIGHT)]);
        let mut cells = Vec::new();
        draw(&[corners], 30, 1, |x, y| cells.push((x, y)));
        assert_eq!((cells.first(), cells.last()), (Some(&(0, 0)), Some(&(29, 9))));
        for pen in [1, 2, 3, 7] {
            draw(&[wave(), stroke(&[(FIELD_WIDTH, FIELD_HEIGHT)])], 30, pen, |x, y| {
                assert!(x < 30 && y < 10, "{x} {y} with a pen of {pen}");
            });
        }
        draw(&[wave()], 0, 0, |x, y| assert_eq!((x, y), (0, 0)));
    }

    #[test]
    fn what_is_outside_or_endless_is_refused() {
        let outside = stroke(&[(100, FIELD_HEIGHT + 1); 9]);
        assert_eq!(check(&[wave(), outside]), Err(NoSignature::Outside));
        assert_eq!(check(&vec![wave(); POINTS_MAX]), Err(NoSignature::TooMuch));
    }

    #[test]
    fn a_signature_is_under_one_text_only() {
        let (three, four) = (fingerprint(&("days", 3)), fingerprint(&("days", 4)));
        assert_eq!(three.len(), 64);
        assert_ne!(three, four);
        assert_eq!(three, fingerprint(&("days", 3)));
    }
}
