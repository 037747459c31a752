//! Photographs of a vehicle's condition.

use crate::app::engine::SmallPhoto;
use crate::domain::entry::ClientType;
use crate::domain::photo::{Occasion, Side};
use crate::view::controller::{Controller, image};
use crate::view::generated::{self, App, PhotoView, Photos};
use slint::{ComponentHandle, Model, VecModel};
use std::rc::Rc;

/// The list of the page, with the photographs its rows are of: a picture is made once.
#[derive(Default)]
pub(super) struct PhotoLists {
    rows: Rc<VecModel<PhotoView>>,
}

impl PhotoLists {
    pub(super) fn attach(&self, app: &App) {
        app.global::<Photos>().set_rows(super::model(&self.rows));
    }
}

/// Whether the visit's page has a way there.
pub(super) fn show_on_visit(controller: &Controller, app: &App) {
    let offered = controller.visit().is_some_and(|visit| controller.takes_photos(visit));
    app.global::<Photos>().set_offered(offered);
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Photos>(), &controller.form.photos);
    let Some(visit) = controller.visit() else { return };
    controller.show_camera(app);
    page.set_plate(super::face(&visit.plate));
    page.set_both(visit.client_type == ClientType::Rental);
    page.set_side(side(form.side));
    page.set_occasion(occasion(form.occasion));
    page.set_caption(form.caption.as_str().into());
    page.set_typing(form.typing);
    page.set_busy(form.sent);
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    let may = controller.takes_photos(visit) && controller.ready_camera().is_some();
    page.set_may_take(may && !form.sent);
    page.set_count(i32::try_from(form.kept.len()).unwrap_or(i32::MAX));
    let rows = &controller.lists.photos.rows;
    let known: Vec<PhotoView> = rows.iter().collect();
    let row = |small: &SmallPhoto| {
        let id = small.photo.id.to_string();
        // A picture made anew is another one to the list, and would be drawn again.
        let made = known.iter().find(|row| row.id == id.as_str()).cloned();
        made.unwrap_or_else(|| view(controller, small))
    };
    super::sync(rows, form.kept.iter().rev().map(row).collect());
}

fn view(controller: &Controller, small: &SmallPhoto) -> PhotoView {
    let photo = &small.photo;
    let shot = photo.shot.as_ref();
    let at = controller.now().map_or_else(|| photo.at.clock(), |now| super::clock(photo.at, now));
    PhotoView {
        id: photo.id.to_string().into(),
        picture: small.picture.as_ref().map(|rgb| image(&rgb.points, rgb.size)).unwrap_or_default(),
        lost: small.picture.is_none(),
        side: shot.map_or(generated::Side::Detail, |shot| side(shot.side)),
        occasion: shot.map_or(generated::Occasion::Taken, |shot| occasion(shot.occasion)),
        caption: shot.map(|shot| shot.caption.as_str()).unwrap_or_default().into(),
        at: at.into(),
    }
}

const fn side(side: Side) -> generated::Side {
    match side {
        Side::Front => generated::Side::Front,
        Side::Left => generated::Side::Left,
        Side::Rear => generated::Side::Rear,
        Side::Right => generated::Side::Right,
        Side::Dashboard => generated::Side::Dashboard,
        Side::Detail => generated::Side::Detail,
    }
}

const fn occasion(occasion: Occasion) -> generated::Occasion {
    match occasion {
        Occasion::Taken => generated::Occasion::Taken,
        Occasion::Returned => generated::Occasion::Returned,
    }
}
