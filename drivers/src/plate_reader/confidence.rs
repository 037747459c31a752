//! How often a reading is right.

use super::finder::Found;
use super::grammar::Guess;

/// Readings less sure than this are not given at all.
pub const LEAST: f32 = 0.05;

/// The mark for the place counts up to this.
const HEAT_MAX: f32 = 0.5;
/// The mark for how well it is seen counts down to this, that for agreement to the other.
const SEEN_MIN: f32 = -12.0;
const AGREED_MIN: f32 = -6.0;

/// Marks of a reading.
pub const MARKS: usize = 8;

/// What a reading is judged by, each about between -6 and 5: one, how far the second guess is behind, how well the reader
/// alone sees it, the plate's width, how much the place looks like a plate, whether the text is short, how far the looks
/// agree, and whether it has the form of one country's plates.
#[must_use]
pub fn marks(guesses: &[Guess], place: &Found) -> [f32; MARKS] {
    let Some(best) = guesses.first() else { return [0.0; MARKS] };
    let second = guesses.get(1).map_or(1e-6, |guess| guess.probability.max(1e-6));
    let margin = (best.probability.max(1e-6) / second).ln().min(10.0);
    // Beyond a point it only says that the plate looks like a drawn one.
    let heat = (place.score.max(1e-4) / (1.0 - place.score).max(1e-4)).ln().min(HEAT_MAX);
    let wide = (place.quad.width().max(1.0) / 100.0).ln();
    let short = f32::from(u8::from(best.text.chars().count() < 6));
    let form = f32::from(u8::from(best.country.is_some()));
    [1.0, margin / 2.0, best.seen.max(SEEN_MIN), wide, heat / 2.0, short, best.agreed.max(AGREED_MIN), form]
}

/// How much each mark counts, as `trainer calibrate` found on drawn streets.
const WEIGHTS: [f32; MARKS] = [0.066, 0.761, 0.662, -0.184, 3.585, 0.418, 0.847, 1.386];

/// The probability that the first guess is what is on the plate.
#[must_use]
pub fn of(guesses: &[Guess], place: &Found) -> f32 {
    let sum: f32 = marks(guesses, place).iter().zip(WEIGHTS).map(|(mark, weight)| mark * weight).sum();
    if guesses.is_empty() { 0.0 } else { 1.0 / (1.0 + (-sum).exp()) }
}
