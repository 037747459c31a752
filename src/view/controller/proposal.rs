//! Plates that cameras propose.

use super::Controller;
use crate::domain::plate::PlateEntry;
use crate::domain::sighting::{Gate, Sighting};
use crate::domain::visit::PlateSource;
use crate::view::form::LaneForm;
use crate::view::generated::{PadMode, Page};

impl Controller {
    /// A proposal stands in the pad to be looked at, unless somebody is typing or the lane is not up.
    pub(super) fn follow_proposals(&mut self) {
        let newest = self.state().and_then(|state| {
            let coming = |gate: Gate| gate == Gate::Entry;
            state.live.proposals.iter().rfind(|proposal| coming(proposal.gate)).map(|p| p.sighting.clone())
        });
        let idle = self.form.page == Page::Lane && self.form.lane.typed.is_empty();
        if let Some(sighting) = newest.filter(|sighting| idle && self.form.proposed < Some(sighting.id)) {
            self.form.proposed = Some(sighting.id);
            self.fill_in(&sighting);
        }
    }

    fn fill_in(&mut self, sighting: &Sighting) {
        let (mode, country) = match sighting.entry() {
            PlateEntry::Foreign { country } => (PadMode::Foreign, country),
            PlateEntry::Greek | PlateEntry::Chassis => (PadMode::Greek, String::new()),
        };
        self.form.lane = LaneForm { mode, country, ..LaneForm::default() };
        self.form.lane.add(&sighting.text);
        self.form.lane.source = PlateSource::Camera;
        self.form.lane.sighting = Some(sighting.id);
        self.plate_changed();
    }
}
