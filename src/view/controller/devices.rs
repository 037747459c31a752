//! Devices: the list, the page of one, and how it is tried. How another is put in its place is in `device_change`.

use super::Controller;
use crate::app::input::{DeviceInput, Input, PaperInput, TillInput};
use crate::domain::device::{BarrierOpening, DeviceId, DeviceKind};
use crate::domain::ids::JobId;
use crate::domain::paper::{JobState, Paper};
use crate::view::devices::{DeviceForm, Heard, REASON_MAX, Subject, Test};
use crate::view::form::Said;
use crate::view::generated::{DeviceStep, Devices, Page};
use slint::{ComponentHandle, Image, Rgb8Pixel, SharedPixelBuffer};
use tameio_drivers::camera::Size;

/// A barrier is not asked twice within so long: the second press was the same wish.
const BARRIER_AGAIN_S: i64 = 2;

/// A camera's picture on its page: large enough to see a plate, small enough to draw fifteen times a second.
const PREVIEW: Size = Size::new(480, 270);

/// What a real keyboard types on a device's page.
enum Typing {
    /// An address or a name.
    Address,
    /// Why a barrier is opened.
    Reason,
}

impl Controller {
    /// The page of a device, from its row or from the strip.
    pub(in crate::view) fn open_device(&mut self, id: &str) {
        match id.parse() {
            Ok(subject) => self.show_device(subject, DeviceStep::View),
            Err(_) => self.go(Page::Devices),
        }
    }

    pub(super) fn show_device(&mut self, subject: Subject, step: DeviceStep) {
        self.form.device = Some(DeviceForm::of(subject, step));
        self.go(Page::Device);
    }

    /// One step back; from the device itself to the list.
    pub(in crate::view) fn device_back(&mut self) {
        let Some(form) = &self.form.device else { return self.go(Page::Devices) };
        let attached = self.is_attached(&form.subject);
        let kind = form.subject.device().map(|device| device.kind);
        let back = match form.step {
            DeviceStep::View | DeviceStep::Note | DeviceStep::Name => None,
            DeviceStep::Model => {
                Some(if form.typed.is_empty() { DeviceStep::Find } else { DeviceStep::Type })
            }
            DeviceStep::Type if kind.is_some_and(|kind| self.may_be_found(kind)) => Some(DeviceStep::Find),
            DeviceStep::Type | DeviceStep::Find | DeviceStep::Greek => attached.then_some(DeviceStep::View),
        };
        match (back, &mut self.form.device) {
            (Some(step), Some(form)) => {
                form.step = step;
                form.fault = None;
            }
            _ => self.go(Page::Devices),
        }
    }

    /// A camera's newest picture, small, while its page is up. The same picture is not drawn again.
    pub(in crate::view) fn watch(&mut self) {
        let (Some(app), Some(desk)) = (self.app.upgrade(), &self.desk) else { return };
        let Some(form) = &mut self.form.device else { return };
        let Some(camera) = form.subject.device().filter(|device| device.kind == DeviceKind::Camera) else {
            return;
        };
        let page = app.global::<Devices>();
        let frame = desk.frame(camera);
        let shown = frame.as_ref().map(tameio_drivers::camera::Frame::at);
        if shown.is_some() && shown == form.shown_frame {
            return;
        }
        form.shown_frame = shown;
        let picture = frame.and_then(|frame| frame.preview(PREVIEW).ok());
        page.set_sees(picture.is_some());
        if let Some(picture) = picture {
            let (width, height) = (picture.size.width, picture.size.height);
            let buffer = SharedPixelBuffer::<Rgb8Pixel>::clone_from_slice(&picture.points, width, height);
            page.set_picture(Image::from_rgb8(buffer));
        }
    }

    /// It is looked after now.
    pub(in crate::view) fn is_attached(&self, subject: &Subject) -> bool {
        let device = subject.device().cloned().unwrap_or_else(|| DeviceId::only(DeviceKind::Printer));
        self.state().is_some_and(|state| state.live.devices.contains_key(&device))
    }

    // ------------------------------------------------------------------------------------------ trying it

    pub(in crate::view) fn print_test(&mut self) {
        let Some(at) = self.world.as_ref().map(|world| world.at) else { return };
        if let Some(form) = &mut self.form.device {
            form.test = Test::Asked;
            form.fault = None;
            self.send(Input::Paper(PaperInput::Print { paper: Paper::Test { at } }));
        }
    }

    pub(in crate::view) fn open_drawer(&mut self) {
        self.send_with_right(Input::Till(TillInput::OpenDrawer { by: self.by() }));
    }

    pub(in crate::view) fn test_display(&mut self) {
        self.send(Input::Device(DeviceInput::TestDisplay));
    }

    pub(in crate::view) fn reason_key(&mut self, key: &str) {
        if let Some(form) = &mut self.form.device
            && form.reason.chars().count() < REASON_MAX
        {
            form.reason.push_str(key);
        }
    }

    pub(in crate::view) fn reason_erase(&mut self) {
        if let Some(form) = &mut self.form.device {
            form.reason.pop();
        }
    }

    pub(in crate::view) fn reason_clear(&mut self) {
        if let Some(form) = &mut self.form.device {
            form.reason.clear();
        }
    }

    /// A key of a real keyboard, where something is typed.
    pub(super) fn device_key(&mut self, key: char) {
        match self.typing() {
            Some(Typing::Address) => self.address_key(&key.to_string()),
            Some(Typing::Reason) => self.reason_key(&key.to_string()),
            None => {}
        }
    }

    pub(super) fn device_erase(&mut self) {
        match self.typing() {
            Some(Typing::Address) => self.address_erase(),
            Some(Typing::Reason) => self.reason_erase(),
            None => {}
        }
    }

    fn typing(&self) -> Option<Typing> {
        let form = self.form.device.as_ref()?;
        match form.step {
            DeviceStep::Type | DeviceStep::Name => Some(Typing::Address),
            DeviceStep::View if form.subject.is(DeviceKind::Barrier) => Some(Typing::Reason),
            DeviceStep::View
            | DeviceStep::Note
            | DeviceStep::Find
            | DeviceStep::Model
            | DeviceStep::Greek => None,
        }
    }

    /// Opens the barrier whose page is up. A finger that lands twice meant it once.
    pub(in crate::view) fn open_barrier(&mut self, reason: &str) {
        let Some(device) = self.form.device.as_ref().and_then(|form| form.subject.device().cloned()) else {
            return;
        };
        let Some(world) = &self.world else { return };
        let asked = world.state.live.barriers_asked.get(&device);
        if asked.is_some_and(|asked| (0..BARRIER_AGAIN_S).contains(&world.at.seconds_since(asked))) {
            return;
        }
        let (reason, operator) = (reason.to_owned(), self.operator());
        if let Some(form) = &mut self.form.device {
            form.reason.clear();
            form.fault = None;
        }
        self.send(Input::Device(DeviceInput::OpenBarrier { device, visit: None, reason, operator }));
    }

    /// Where codes are tried they are shown, and nothing comes of them.
    pub(super) fn code_is_tried(&mut self, from: Option<DeviceId>, code: &str) -> bool {
        let up = self.form.page == Page::Device;
        let form = self.form.device.as_mut().filter(|form| up && form.subject.is(DeviceKind::Scanner));
        let Some(form) = form.filter(|form| form.step == DeviceStep::View) else { return false };
        form.heard = Some(Heard { from, code: code.to_owned() });
        true
    }

    /// The scale is asked for as long as its page is up, or something is weighed, however that ends.
    pub(super) fn follow_weighing(&mut self) {
        let up = self.form.page == Page::Device;
        let form = self.form.device.as_ref().filter(|form| up && form.step == DeviceStep::View);
        let wanted = form.is_some_and(|form| form.subject.is(DeviceKind::Scale));
        let wanted = wanted || self.weighs();
        if self.form.weighing != wanted {
            self.form.weighing = wanted;
            self.send(Input::Device(DeviceInput::Weigh { on: wanted }));
        }
    }

    /// The world moved while a device's page is up.
    pub(super) fn follow_device(&mut self) {
        self.follow_test();
        self.follow_assignment();
    }

    fn follow_test(&mut self) {
        let Some(state) = self.state() else { return };
        let job = state.papers.values().find(|job| matches!(job.paper, Paper::Test { .. }));
        let job: Option<(JobId, JobState)> = job.map(|job| (job.id, job.state.clone()));
        let Some(form) = &mut self.form.device else { return };
        form.test = match (job, &form.test) {
            (_, Test::None) => Test::None,
            (Some((id, state)), _) => Test::Job(id, state),
            (None, Test::Job(_, JobState::Waiting { .. })) => Test::Ended { whole: false },
            (None, Test::Job(..)) => Test::Ended { whole: true },
            (None, other) => other.clone(),
        };
    }

    // ------------------------------------------------------------------------------------------ what they say

    /// A barrier did not open for sure: a person must look.
    pub(super) fn barrier_unsure(&mut self, device: DeviceId, opening: BarrierOpening) {
        self.say(Said::Barrier { device, opening });
    }

    /// A barrier is up and nobody had asked for it.
    pub(super) fn barrier_up(&mut self, device: DeviceId) {
        self.say(Said::BarrierUp(device));
    }

    /// The drawer is open and nobody had asked for it.
    pub(super) fn drawer_open(&mut self) {
        self.say(Said::DrawerOpen);
    }
}
