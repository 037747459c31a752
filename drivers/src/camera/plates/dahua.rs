//! What Dahua's cameras say: lines of `Events[0].x=y` when asked, JSON when they call (ITSAPI).

use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::fields::Fields;
use super::{Direction, PlateRead, of_hundred, plate};
use crate::camera::frame::{Captured, Format, Frame, JPEG_BYTES_MAX, Size};

/// Where a camera is asked for what it sees. It says that it is there every five seconds.
pub const TARGET: &str =
    "/cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=[TrafficJunction]&heartbeat=5";

/// How sure a camera can be.
pub const FULL: u16 = 255;

/// More events than one answer has.
const EVENTS_MAX: usize = 16;

/// The plates in an answer, one for each of its events that is one.
#[must_use]
pub fn read(fields: &Fields, full: u16, at: Instant) -> Vec<PlateRead> {
    (0..EVENTS_MAX).filter_map(|number| event(fields, number, full, at)).collect()
}

fn event(fields: &Fields, number: usize, full: u16, at: Instant) -> Option<PlateRead> {
    let get = |name: &str| {
        let usual = fields.get(&format!("Events[{number}].{name}"));
        usual.or_else(|| fields.get(&format!("ReturnEvents[{number}].{name}")))
    };
    let kind = get("EventBaseInfo.Code").or_else(|| get("Code"));
    if kind.is_some_and(|kind| !kind.starts_with("Traffic")) {
        return None;
    }
    let any = |names: &[&str]| names.iter().find_map(|name| get(name)).map(str::to_owned);
    Some(PlateRead {
        text: plate(&any(&["TrafficCar.PlateNumber", "Object.Text"])?)?,
        country: any(&["CommInfo.Country", "TrafficCar.Country", "Object.Country"])
            .filter(|text| !text.is_empty()),
        confidence: get("Object.Confidence").and_then(|text| of_hundred(text, full)),
        direction: any(&["TrafficCar.DrivingDirection[0]", "DrivingDirection[0]", "VehicleDirection"])
            .and_then(|word| direction(&word)),
        lane: any(&["Lane", "TrafficCar.Lane"]).and_then(|lane| lane.parse().ok()),
        camera_time: any(&["UTC", "TrafficCar.UTC", "PTS"]),
        pictures: Vec::new(),
        at,
    })
}

/// The plate in a call to `/NotificationInfo/TollgateInfo`, with the pictures in it.
#[must_use]
pub fn pushed(fields: &Fields, full: u16, at: Instant) -> Option<PlateRead> {
    let get = |name: &str| fields.get(&format!("Picture.{name}")).filter(|text| !text.is_empty());
    if get("Plate.IsExist") == Some("false") {
        return None;
    }
    let pictures = ["CutoutPic.Content", "NormalPic.Content", "VehiclePic.Content"];
    Some(PlateRead {
        text: plate(get("Plate.PlateNumber")?)?,
        country: get("Plate.Region").or_else(|| get("Plate.Country")).map(str::to_owned),
        confidence: get("Plate.Confidence").and_then(|text| of_hundred(text, full)),
        direction: get("SnapInfo.Direction").and_then(direction),
        lane: get("SnapInfo.LanNo").or_else(|| get("SnapInfo.Lane")).and_then(|lane| lane.parse().ok()),
        camera_time: get("SnapInfo.AccurateTime").or_else(|| get("SnapInfo.SnapTime")).map(str::to_owned),
        pictures: pictures.iter().filter_map(|name| picture(get(name)?)).collect(),
        at,
    })
}

fn picture(text: &str) -> Option<Frame> {
    let fits = text.len() / 4 * 3 <= JPEG_BYTES_MAX;
    let bytes = STANDARD.decode(Some(text).filter(|_| fits)?.as_bytes()).ok()?;
    Frame::prove(Captured::now(bytes, Format::Jpeg, Size::default()), 1).ok()
}

fn direction(word: &str) -> Option<Direction> {
    match word.to_ascii_lowercase().as_str() {
        "approach" | "head" | "obverse" | "approaching" => Some(Direction::Approaching),
        "leave" | "tail" | "reverse" | "leaving" => Some(Direction::Leaving),
        _ => None,
    }
}
