//! Plates that cameras propose, and what they see.

use super::Controller;
use crate::app::clock::Stopwatch;
use crate::app::input::{CameraInput, Input};
use crate::domain::device::{DeviceId, DeviceKind};
use crate::domain::plate::PlateEntry;
use crate::domain::sighting::{Gate, Proposal, Sighting};
use crate::domain::visit::PlateSource;
use crate::view::form::LaneForm;
use crate::view::generated::{PadMode, Page, Sight};
use slint::{ComponentHandle, Image, Rgb8Pixel, SharedPixelBuffer, SharedString};
use std::time::Duration;
use tameio_drivers::camera::{Frame, Size};

/// The lane's picture: large enough to know the car by.
const PREVIEW: Size = Size::new(362, 204);
/// The box around a plate stands so long after it was last told where it is: then the car has moved.
const BOX_STANDS: Duration = Duration::from_secs(3);

/// Where the newest plate was last seen, and since when nothing newer was said.
#[derive(Debug)]
pub(in crate::view) struct Boxed {
    corners: [[i32; 2]; 4],
    since: Stopwatch,
}

impl Controller {
    /// What cameras propose, the newest first.
    pub(in crate::view) fn proposals(&self) -> Vec<&Proposal> {
        let Some(world) = &self.world else { return Vec::new() };
        let all = world.state.live.proposals.iter().rev();
        all.filter(|proposal| proposal.stands(world.at)).collect()
    }

    fn proposal(&self, id: &str) -> Option<Proposal> {
        let of_it = |proposal: &&Proposal| proposal.sighting.id.0.to_string() == id;
        self.proposals().into_iter().find(of_it).cloned()
    }

    /// A proposal stands in the pad to be looked at, unless somebody is typing or the lane is not up.
    pub(super) fn follow_proposals(&mut self) {
        self.note_box();
        let newest = self.proposals().into_iter().find(|proposal| proposal.gate == Gate::Entry);
        let newest = newest.map(|proposal| proposal.sighting.clone());
        let idle = self.form.page == Page::Lane && self.form.lane.typed.is_empty();
        if let Some(sighting) = newest.filter(|sighting| idle && self.form.proposed < Some(sighting.id)) {
            self.form.proposed = Some(sighting.id);
            self.fill_in(&sighting, &sighting.text);
        }
    }

    fn note_box(&mut self) {
        let corners = self.proposals().first().and_then(|proposal| proposal.sighting.corners);
        if corners != self.boxed.as_ref().map(|boxed| boxed.corners) {
            self.boxed = corners.map(|corners| Boxed { corners, since: Stopwatch::start() });
        }
    }

    fn fill_in(&mut self, sighting: &Sighting, text: &str) {
        let (mode, country) = match sighting.entry() {
            PlateEntry::Foreign { country } => (PadMode::Foreign, country),
            PlateEntry::Greek | PlateEntry::Chassis => (PadMode::Greek, String::new()),
        };
        self.form.lane = LaneForm { mode, country, ..LaneForm::default() };
        self.form.lane.add(text);
        self.form.lane.source = PlateSource::Camera;
        self.form.lane.sighting = Some(sighting.id);
        self.plate_changed();
    }

    /// It is right: its visit is opened; at the exit the one that leaves comes up. A vehicle at the exit that is not inside
    /// is looked at in the pad.
    pub(in crate::view) fn take_proposal(&mut self, id: &str) {
        let Some(proposal) = self.proposal(id) else { return };
        let leaving = self.state().and_then(|state| state.leaving(&proposal)).map(|visit| visit.id);
        let sighting = &proposal.sighting;
        match (proposal.gate, leaving) {
            (Gate::Exit, Some(visit)) => {
                self.send(Input::Camera(CameraInput::IgnorePlate { sighting: sighting.id }));
                self.show_visit_page(visit);
            }
            (Gate::Exit, None) => self.fill_in(sighting, &sighting.text),
            (Gate::Entry, _) => {
                self.form.proposed = self.form.proposed.max(Some(sighting.id));
                self.fill_in(sighting, &sighting.text);
                self.open_visit();
            }
        }
    }

    /// It is another one: a vehicle that is inside comes up, anything else stands in the pad to be looked at.
    pub(in crate::view) fn choose_other(&mut self, id: &str, key: SharedString) {
        let Some(proposal) = self.proposal(id) else { return };
        let inside = self
            .state()
            .and_then(|state| state.visits.values().find(|visit| visit.plate.key() == key.as_str()));
        match inside.map(|visit| visit.id) {
            Some(visit) => {
                self.send(Input::Camera(CameraInput::IgnorePlate { sighting: proposal.sighting.id }));
                self.show_visit_page(visit);
            }
            None => {
                self.form.proposed = self.form.proposed.max(Some(proposal.sighting.id));
                // The country stands beside the pad, not in it.
                let text = key.split_once(':').map_or(key.as_str(), |(_, text)| text);
                self.fill_in(&proposal.sighting, text);
            }
        }
    }

    /// It is nothing; what it put into the pad goes with it.
    pub(in crate::view) fn ignore_proposal(&mut self, id: &str) {
        let Some(proposal) = self.proposal(id) else { return };
        if self.form.lane.sighting == Some(proposal.sighting.id) {
            self.form.lane = LaneForm::default();
        }
        self.send(Input::Camera(CameraInput::IgnorePlate { sighting: proposal.sighting.id }));
    }

    /// The newest picture of the lane, small, while the lane is up. The same picture is not drawn again.
    pub(in crate::view) fn watch_lane(&mut self) {
        let (Some(app), Some(desk), Some(camera)) = (self.app.upgrade(), &self.desk, self.lane_camera())
        else {
            return;
        };
        let sight = app.global::<Sight>();
        let frame = desk.frame(&camera);
        sight.set_sees(frame.is_some());
        let (wide, high) = frame.as_ref().map_or((1, 1), |frame| (frame.size().width, frame.size().height));
        let fresh = self.boxed.as_ref().filter(|boxed| boxed.since.elapsed() < BOX_STANDS);
        let of_it = self.proposals().first().is_some_and(|proposal| proposal.device == camera);
        sight.set_boxed(fresh.is_some() && of_it);
        if let Some(boxed) = fresh {
            let [left, top, right, bottom] = edges(boxed.corners);
            sight.set_left(share(left, wide));
            sight.set_top(share(top, high));
            sight.set_wide(share(right - left, wide));
            sight.set_high(share(bottom - top, high));
        }
        let shown = frame.as_ref().map(Frame::at);
        if shown.is_some() && shown == self.form.lane_frame {
            return;
        }
        self.form.lane_frame = shown;
        if let Some(picture) = frame.and_then(|frame| frame.preview(PREVIEW).ok()) {
            let (width, height) = (picture.size.width, picture.size.height);
            let buffer = SharedPixelBuffer::<Rgb8Pixel>::clone_from_slice(&picture.points, width, height);
            sight.set_picture(Image::from_rgb8(buffer));
        }
    }

    /// The camera of the newest proposal, otherwise the first there is.
    fn lane_camera(&self) -> Option<DeviceId> {
        let proposing = self.proposals().first().map(|proposal| proposal.device.clone());
        let cameras = || self.state()?.live.devices.keys().find(|d| d.kind == DeviceKind::Camera).cloned();
        proposing.or_else(cameras)
    }
}

/// Left, top, right and bottom of a plate that may lean.
fn edges(corners: [[i32; 2]; 4]) -> [i32; 4] {
    let [xs, ys] = [0, 1].map(|axis| corners.map(|corner| corner[axis]));
    let least = |values: [i32; 4]| values.into_iter().min().unwrap_or_default();
    let most = |values: [i32; 4]| values.into_iter().max().unwrap_or_default();
    [least(xs), least(ys), most(xs), most(ys)]
}

/// Points as a share of a side of the picture.
fn share(points: i32, side: u32) -> f32 {
    let of = |value: i64| i16::try_from(value).map(f32::from).unwrap_or(f32::MAX);
    of(i64::from(points)) / of(i64::from(side)).max(1.0)
}
