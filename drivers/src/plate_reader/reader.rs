//! Reads an upright plate: what stands at each of 72 steps from left to right.

use super::alphabet::CLASSES;
use super::net::{Net, WrongWeights};
use super::networks::READER;
use super::rectify::CROP;

/// Reads crops.
#[derive(Clone, Debug)]
pub struct Reader(Net);

impl Reader {
    /// A reader with these weights.
    ///
    /// # Errors
    /// When they are those of another network.
    pub fn new(weights: &[u8]) -> Result<Self, WrongWeights> {
        Net::new(&READER, weights).map(Self)
    }

    /// The logarithms of the probabilities of each class at each step, from [`crop`](super::rectify::crop)'s points.
    #[must_use]
    pub fn read(&self, crop: &[f32]) -> Vec<f32> {
        let (mut answers, _) = self.0.run(crop, CROP);
        for step in answers.chunks_exact_mut(CLASSES) {
            let most = step.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let sum = step.iter().map(|value| (value - most).exp()).sum::<f32>().ln() + most;
            step.iter_mut().for_each(|value| *value -= sum);
        }
        answers
    }
}
