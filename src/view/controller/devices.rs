//! Devices: what they say, and what is asked of them.

use super::Controller;
use crate::domain::device::{BarrierOpening, DeviceId};
use crate::domain::text::Language;
use crate::view::form::Said;

impl Controller {
    /// A barrier did not open for sure: a person must look.
    pub(super) fn barrier_unsure(&mut self, device: &DeviceId, opening: &BarrierOpening) {
        let (el, en) = match opening {
            BarrierOpening::NotOpened { text } => (
                format!("Η μπάρα {device} δεν άνοιξε: {text}"),
                format!("The barrier {device} did not open: {text}"),
            ),
            BarrierOpening::Stuck { text } => (
                format!("Η επαφή της μπάρας {device} έμεινε κλειστή, δες την μπάρα: {text}"),
                format!("The contact of barrier {device} stayed closed, look at the barrier: {text}"),
            ),
            BarrierOpening::Unknown
            | BarrierOpening::SeenOpen
            | BarrierOpening::Confirmed
            | BarrierOpening::Sent => (
                format!("Δεν ξέρουμε αν άνοιξε η μπάρα {device}: δες την, και πάτα ξανά αν χρειάζεται."),
                format!("Nobody knows whether barrier {device} opened: look, and press again if needed."),
            ),
        };
        self.say_in(el, en);
    }

    /// A barrier is up and nobody had asked for it.
    pub(super) fn barrier_up(&mut self, device: &DeviceId) {
        self.say_in(
            format!("Η μπάρα {device} άνοιξε χωρίς να τη ζητήσει κανείς."),
            format!("Barrier {device} opened and nobody had asked for it."),
        );
    }

    /// The drawer is open and nobody had asked for it.
    pub(super) fn drawer_open(&mut self) {
        self.say_in(
            "Το συρτάρι άνοιξε χωρίς να το ζητήσει κανείς.".to_owned(),
            "The drawer opened and nobody had asked for it.".to_owned(),
        );
    }

    pub(super) fn say_in(&mut self, el: String, en: String) {
        self.say(Said::Sentence(match self.form.language {
            Language::El => el,
            Language::En => en,
        }));
    }
}
