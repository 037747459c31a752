//! No load is sold twice: [`OncePerLoad`].

use super::reading::Reading;
use super::weight::Weight;

/// Lets a load be taken once. The next one counts only after the scale was empty or the weight was another.
#[derive(Clone, Copy, Debug, Default)]
pub struct OncePerLoad {
    taken: Option<Weight>,
}

impl OncePerLoad {
    /// Hears every reading, and says which weight may be sold now.
    pub fn hear(&mut self, reading: &Reading) -> Option<Weight> {
        let weight = reading.weight();
        if matches!(reading, Reading::Zero | Reading::Negative) || (weight.is_some() && weight != self.taken)
        {
            self.taken = None;
        }
        weight.filter(|_| self.taken.is_none())
    }

    /// This weight was sold.
    pub const fn take(&mut self, weight: Weight) {
        self.taken = Some(weight);
    }
}
