//! What is wrong with a camera's picture where plates are to be read from it, measured: [`Measured`], and what to change.

use super::PlateRead;
use super::picture::Picture;

/// A plate should be so wide, in points: below it reading fails more and more often.
pub const PLATE_WIDTH_MIN: f32 = 100.0;
/// A picture whose mean light lies outside of this is too dark or too light.
const LIGHT: std::ops::RangeInclusive<f32> = 40.0..=215.0;
/// So much of a picture may be burnt out or black.
const LOST_MAX: f32 = 0.35;
/// A picture whose lines are softer than this is out of focus, or everything in it moves.
const SHARPNESS_MIN: f32 = 2.0;
/// A plate whose crop is softer than this is blurred; see [`super::rectify::sharpness`].
const PLATE_SHARPNESS_MIN: f32 = 0.16;

/// What was measured in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its width and height in points.
    pub size: [usize; 2],
    /// The mean light, 0 to 255.
    pub light: f32,
    /// The part of its points that are as light as can be.
    pub burnt: f32,
    /// The part of its points that are black.
    pub black: f32,
    /// How much light differs from point to point along its sharpest lines: the mean of the steepest hundredth.
    pub sharpness: f32,
    /// The surest plate in it: how wide it is in points, and how sharp.
    pub plate: Option<(f32, f32)>,
}

/// What to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// It is too dark.
    TooDark,
    /// It is too light, or much of it is burnt out.
    TooLight,
    /// It is out of focus, or smeared by motion.
    Blurred,
    /// The plate is too small in it.
    PlateSmall,
    /// The plate is smeared while the rest is sharp.
    PlateSmeared,
}

impl std::fmt::Display for Advice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::TooDark => "it is too dark: put a light over the lane, or a longer exposure (exposure=) or more gain (gain=) into its address",
            Self::TooLight => "much of it is burnt out: turn the camera away from the sky and lamps, or put a shorter exposure (exposure=) into its address",
            Self::Blurred => "it is not sharp: clean the lens and focus it at the plate (focus= where it has a motor)",
            Self::PlateSmall => "the plate is too small in it: move the camera nearer, zoom in, or ask it for more points (size=1920x1080)",
            Self::PlateSmeared => "the plate is smeared: a shorter exposure (exposure=20 is 1/500 s) with more light, or a place where cars stand",
        })
    }
}

impl Measured {
    /// Measures a picture and the plates that were read in it.
    #[must_use]
    pub fn of(picture: Picture<'_>, plates: &[PlateRead]) -> Self {
        let points = picture.points();
        let count = points.len() as f32;
        let part =
            |wanted: fn(u8) -> bool| points.iter().filter(|point| wanted(**point)).count() as f32 / count;
        let best = plates.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        Self {
            size: [picture.width(), picture.height()],
            light: points.iter().map(|point| f32::from(*point)).sum::<f32>() / count,
            burnt: part(|point| point >= 250),
            black: part(|point| point <= 8),
            sharpness: sharpness(picture),
            plate: best.map(|plate| (plate.corners.width(), plate.sharpness)),
        }
    }

    /// What to change, the worst first; nothing where it is good.
    #[must_use]
    pub fn advice(&self) -> Vec<Advice> {
        let small = self.plate.is_some_and(|(width, _)| width < PLATE_WIDTH_MIN);
        let smeared = self.plate.is_some_and(|(_, sharpness)| sharpness < PLATE_SHARPNESS_MIN);
        let blurred = self.sharpness < SHARPNESS_MIN;
        let found = [
            (self.light < *LIGHT.start() || self.black > LOST_MAX, Advice::TooDark),
            (self.light > *LIGHT.end() || self.burnt > LOST_MAX, Advice::TooLight),
            (blurred, Advice::Blurred),
            (small, Advice::PlateSmall),
            (smeared && !blurred && !small, Advice::PlateSmeared),
        ];
        found.into_iter().filter_map(|(is, advice)| is.then_some(advice)).collect()
    }
}

/// The mean of the steepest hundredth of the steps from point to point along the rows.
fn sharpness(picture: Picture<'_>) -> f32 {
    let mut counts = [0u64; 256];
    for row in picture.points().chunks(picture.width()) {
        for pair in row.windows(2) {
            counts[usize::from(pair[0].abs_diff(pair[1]))] += 1;
        }
    }
    let wanted = (counts.iter().sum::<u64>() / 100).max(1);
    let (mut left, mut sum) = (wanted, 0);
    for (step, count) in counts.iter().enumerate().rev() {
        let taken = left.min(*count);
        sum += taken * step as u64;
        left -= taken;
    }
    sum as f32 / wanted as f32
}
