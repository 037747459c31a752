//! Photographs of a vehicle's condition at the screen: taken by touch, one side after another, and what is said without a camera.

use crate::pages::{check, check_at};
use crate::stage::{Stage, shop};
use slint::{ComponentHandle, Model};
use tameio::app::input::{CameraInput, Input};
use tameio::domain::photo::PhotoMiss;
use tameio::domain::settings::Trade;
use tameio::view::generated::{Page, Photos, Shell, Side};
use tameio_drivers::camera::{Captured, Format, Frame, SimCamera, Size};

const SIZE: (u32, u32) = (1024, 768);
const DEVICES: [(&str, &str); 2] =
    [("printer", "file:/dev/usb/lp0?profile=epson-80"), ("camera", "simulated:")];

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn garage(size: (u32, u32)) -> Stage {
    let stage = Stage::with(shop(Trade::Garage), size, &DEVICES);
    let jpeg = SimCamera::default().picture(Size::new(640, 480));
    let captured = Captured::now(jpeg, Format::Jpeg, Size::new(640, 480));
    *stage.sees.borrow_mut() = Frame::prove(captured, 1).ok();
    stage
}

fn opened(stage: &Stage) {
    stage.type_plate("NKO9154");
    stage.tap_all(&["open-visit", "photos"]);
    stage.app().global::<Photos>().invoke_watch();
}

fn taken(stage: &Stage) {
    opened(stage);
    stage.tap("photo-take");
    stage.pass(1);
    stage.tap("photo-caption");
    for key in "ΡΩΓΜΗ".chars() {
        stage.tap(&format!("photo-{key}"));
    }
    stage.tap_all(&["photo-take", "photo-take"]);
    stage.pass(1);
}

#[test]
fn one_side_after_another_is_taken_and_shown() {
    let stage = garage(SIZE);
    taken(&stage);
    let photos = stage.app().global::<Photos>();
    let rows: Vec<_> = photos.get_rows().iter().collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].side, rows[0].caption.as_str()), (Side::Left, "ΡΩΓΜΗ"), "the newest first");
    assert_eq!((rows[1].side, rows[1].lost), (Side::Front, false));
    assert_eq!((photos.get_side(), photos.get_caption().as_str()), (Side::Rear, ""), "the next side");
    stage.tap("photos-back");
    assert_eq!(page(&stage), Page::Visit);
    stage.tap_all(&["work-order", "work-photos"]);
    assert_eq!(photos.get_rows().row_count(), 2, "they are there from the order, too");
    stage.tap("photos-back");
    assert_eq!(page(&stage), Page::Work);
}

#[test]
fn a_camera_that_gives_nothing_is_said_and_may_be_tried_again() {
    let stage = garage(SIZE);
    opened(&stage);
    let visit = crate::pages::newest(&stage);
    stage.happen(Input::Camera(CameraInput::PhotoMissed { visit, why: PhotoMiss::NoPicture }));
    assert!(!stage.text("photo-fault").is_empty());
    assert!(stage.is_enabled("photo-take"));
}

#[test]
fn without_a_camera_the_page_says_so_and_the_way_on_is_there() {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    opened(&stage);
    assert!(!stage.is_enabled("photo-take"));
    assert!(stage.element("photo-camera").is_some());
    stage.tap("photos-back");
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn what_it_looks_like() {
    let keys = ["photos-back", "side-front", "side-detail", "photo-caption", "photo-take"];
    check_at("photos", garage, opened, &keys);
    check_at("photos-taken", garage, taken, &keys);
    let typing = |stage: &Stage| {
        opened(stage);
        stage.tap("photo-caption");
    };
    check_at("photos-words", garage, typing, &["photo-take", "photo-Ω", "photo-space"]);
    check("photos-none", &shop(Trade::Garage), opened, &["photos-back", "photo-caption"]);
}
