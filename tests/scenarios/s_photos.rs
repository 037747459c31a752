//! Photographs of a vehicle's condition: taken when a person wants them, with what they say, kept apart from those of plates.

use crate::world::{World, person};
use tameio::app::effect::Notice;
use tameio::app::input::{CameraInput, DeviceInput, Input};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::device::{Condition, DeviceId};
use tameio::domain::ids::VisitId;
use tameio::domain::photo::{Occasion, PhotoKind, PhotoMiss, Shot, Side};
use tameio::domain::settings::{PlateRules, Settings, Trade};
use tameio::domain::text::Text;
use tameio::store::photos;

fn garage() -> Settings {
    Config::practice(Trade::Garage).expect("practice is good").settings
}

fn camera() -> DeviceId {
    "camera".parse().expect("a device")
}

fn takes(visit: VisitId, side: Side) -> Input {
    let shot = Shot { side, occasion: Occasion::Taken, caption: Text::new("γρατζουνιά") };
    Input::Camera(CameraInput::TakePhoto { visit, camera: camera(), shot, operator: person("A") })
}

fn camera_is(condition: Condition) -> Input {
    Input::Device(DeviceInput::Seen { device: camera(), condition })
}

fn attached(world: &mut World) {
    let address = Text::new("sim:");
    world.act(Input::Device(DeviceInput::Attached { device: camera(), address }));
    world.act(camera_is(Condition::Ready));
}

/// What is kept of a visit.
fn kept(world: &mut World, visit: VisitId) -> Vec<tameio::domain::photo::Photo> {
    let chain = world.visit(visit).chain;
    let conn = world.site().terminal().store().connection();
    photos::of_chain(conn, chain).expect("they can be read")
}

#[test]
fn a_picture_is_kept_with_its_side_and_its_words_for_as_long_as_its_own_setting_says() {
    let settings = garage();
    let plates = PlateRules { keep_photos_days: 1, keep_condition_photos_days: 3, ..settings.plates.clone() };
    let mut world = World::with(Settings { plates, ..settings });
    attached(&mut world);
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    assert_eq!(world.act(takes(visit, Side::Left)), []);
    world.pass(2);
    let [photo] = kept(&mut world, visit).try_into().expect("one picture");
    let shot = photo.shot.clone().expect("a person took it");
    assert_eq!(
        (photo.kind, shot.side, shot.caption.as_str()),
        (PhotoKind::Condition, Side::Left, "γρατζουνιά")
    );
    assert!(world.site().photos().picture(&photo).expect("it can be read").is_some());
    world.pass(2 * 86_400);
    assert_eq!(kept(&mut world, visit).len(), 1, "those of plates are gone by now");
    world.pass(2 * 86_400);
    assert!(kept(&mut world, visit).is_empty());
    assert_eq!(world.site().photos().picture(&photo).expect("the folder can be read"), None);
    world.drain();
    world.check();
}

#[test]
fn without_a_camera_it_is_said_and_the_work_goes_on() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let no_camera = [Notice::Refused(Refusal::NoCamera)];
    assert_eq!(world.act(takes(visit, Side::Front)), no_camera);
    attached(&mut world);
    world.act(camera_is(Condition::Absent));
    assert_eq!(world.act(takes(visit, Side::Front)), no_camera);
    world.act(camera_is(Condition::Ready));
    assert_eq!(world.act(takes(visit, Side::Front)), []);
    // It showed nothing for as long as anybody waits.
    let why = PhotoMiss::NoPicture;
    let said = world.act(Input::Camera(CameraInput::PhotoMissed { visit, why }));
    assert_eq!(said, [Notice::PhotoMissed { visit, why }]);
    world.takes(visit, "SERVICE");
    world.drain();
    world.check();
}
