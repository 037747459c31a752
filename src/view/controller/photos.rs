//! Photographs of a vehicle's condition.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{CameraInput, Input};
use crate::domain::device::{Condition, DeviceId, DeviceKind};
use crate::domain::entry::ClientType;
use crate::domain::ids::VisitId;
use crate::domain::photo::{Occasion, PhotoMiss, Shot, Side};
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::view::desk::Asked;
use crate::view::generated::{self, App, Page, Photos};
use crate::view::photos::PhotosForm;
use slint::{ComponentHandle, Image, Rgb8Pixel, SharedPixelBuffer};
use tameio_drivers::camera::{Frame, Size};

/// The largest picture of what the camera sees now.
const PREVIEW: Size = Size::new(640, 480);
/// A vehicle that went so long ago is photographed as it comes back.
const GONE_S: i64 = 3_600;

impl Controller {
    /// A garage photographs what it takes over, and a rental desk what it hands over and takes back.
    pub(in crate::view) fn takes_photos(&self, visit: &Visit) -> bool {
        matches!(visit.client_type, ClientType::Garage | ClientType::Rental) && visit.state.is_inside()
    }

    /// The camera that is ready; those that look at the lane may be used too.
    pub(in crate::view) fn ready_camera(&self) -> Option<DeviceId> {
        let devices = &self.state()?.live.devices;
        let ready = devices
            .iter()
            .find(|(id, seen)| id.kind == DeviceKind::Camera && seen.condition == Condition::Ready);
        ready.map(|(id, _)| id.clone())
    }

    pub(in crate::view) fn open_photos(&mut self) {
        let Some((visit, now)) = self.visit().zip(self.now()) else { return };
        let occasion = occasion_of(visit, now);
        let from = if self.form.page == Page::Work { Page::Work } else { Page::Visit };
        self.form.photos = PhotosForm::of(occasion, from);
        self.go(Page::Photos);
        self.read_photos();
    }

    pub(super) fn read_photos(&self) {
        if let Some(visit) = self.visit() {
            self.ask(Query::ConditionPhotos { chain: visit.chain }, Asked::Photos(visit.id));
        }
    }

    pub(in crate::view) fn photos_back(&mut self) {
        if self.form.photos.typing {
            self.form.photos.typing = false;
        } else {
            self.go(self.form.photos.from);
        }
    }

    pub(in crate::view) fn choose_side(&mut self, side: generated::Side) {
        self.form.photos.fault = None;
        self.form.photos.side = match side {
            generated::Side::Front => Side::Front,
            generated::Side::Left => Side::Left,
            generated::Side::Rear => Side::Rear,
            generated::Side::Right => Side::Right,
            generated::Side::Dashboard => Side::Dashboard,
            generated::Side::Detail => Side::Detail,
        };
    }

    pub(in crate::view) fn choose_occasion(&mut self, occasion: generated::Occasion) {
        self.form.photos.occasion = match occasion {
            generated::Occasion::Taken => Occasion::Taken,
            generated::Occasion::Returned => Occasion::Returned,
        };
    }

    pub(in crate::view) fn type_caption(&mut self, typing: bool) {
        self.form.photos.typing = typing;
    }

    pub(in crate::view) fn caption_key(&mut self, key: &str) {
        if self.form.photos.typing {
            self.form.photos.key(key);
        }
    }

    pub(in crate::view) fn caption_erase(&mut self) {
        self.form.photos.caption.pop();
    }

    pub(in crate::view) fn caption_clear(&mut self) {
        self.form.photos.caption.clear();
    }

    /// A finger that lands twice meant it once.
    pub(in crate::view) fn take_photo(&mut self) {
        let (Some(visit), Some(camera)) = (self.form.visit.id, self.ready_camera()) else { return };
        let operator = self.operator();
        let form = &mut self.form.photos;
        if std::mem::replace(&mut form.sent, true) {
            return;
        }
        form.fault = None;
        let shot = Shot { side: form.side, occasion: form.occasion, caption: Text::new(&form.caption) };
        self.send(Input::Camera(CameraInput::TakePhoto { visit, camera, shot, operator }));
    }

    /// It was not kept: said where the finger was, or in the tray when the person has gone on.
    pub(super) fn photo_missed(&mut self, visit: VisitId, why: PhotoMiss) {
        let (el, en) = match why {
            PhotoMiss::NoPicture => (
                "Η κάμερα δεν έδωσε εικόνα: δοκίμασε ξανά, ή συνέχισε χωρίς φωτογραφία.",
                "The camera gave no picture: try again, or go on without one.",
            ),
            PhotoMiss::Unreadable => (
                "Η εικόνα της κάμερας δεν διαβάζεται: δοκίμασε ξανά, ή δες τις συσκευές.",
                "The camera's picture cannot be read: try again, or look at the devices.",
            ),
            PhotoMiss::NotKept => (
                "Η φωτογραφία δεν φυλάχτηκε: ο δίσκος δεν έχει χώρο ή δεν γράφεται.",
                "The photograph was not kept: the disk has no room or cannot be written.",
            ),
        };
        if self.form.page == Page::Photos && self.form.visit.id == Some(visit) {
            self.photos_refused(self.in_language(el, en));
        } else {
            self.say_in(el.to_owned(), en.to_owned());
        }
    }

    pub(super) fn photos_refused(&mut self, sentence: String) {
        self.form.photos.sent = false;
        self.form.photos.fault = Some(sentence);
    }

    /// What the camera sees now, while the page is up. The same picture is not drawn again.
    pub(in crate::view) fn watch_photos(&mut self) {
        let (Some(app), Some(desk), Some(camera)) = (self.app.upgrade(), &self.desk, self.ready_camera())
        else {
            return;
        };
        let frame = desk.frame(&camera);
        app.global::<Photos>().set_sees(frame.is_some());
        let shown = frame.as_ref().map(Frame::at);
        if shown.is_some() && shown == self.form.photos.frame {
            return;
        }
        self.form.photos.frame = shown;
        if let Some(picture) = frame.and_then(|frame| frame.preview(PREVIEW).ok()) {
            app.global::<Photos>().set_picture(image(&picture.points, picture.size));
        }
    }

    /// Whether a camera is ready, for the frame of the page.
    pub(in crate::view) fn show_camera(&self, app: &App) {
        app.global::<Photos>().set_camera(self.ready_camera().is_some());
    }
}

/// As it goes, until a rental has been away for a while.
fn occasion_of(visit: &Visit, now: Stamp) -> Occasion {
    let back = visit
        .rental
        .as_ref()
        .is_some_and(|rental| rental.returned.is_some() || now.seconds_since(&rental.hand_over.at) > GONE_S);
    if back { Occasion::Returned } else { Occasion::Taken }
}

/// Points of red, green and blue as the screen's picture.
pub(in crate::view) fn image(points: &[u8], size: Size) -> Image {
    Image::from_rgb8(SharedPixelBuffer::<Rgb8Pixel>::clone_from_slice(points, size.width, size.height))
}
