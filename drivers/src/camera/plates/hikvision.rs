//! What Hikvision's cameras say (ISAPI, `EventNotificationAlert`), as XML or JSON by firmware.

use std::time::Instant;

use super::fields::Fields;
use super::{Direction, PlateRead, of_hundred, plate};

/// Where a camera is asked for what it sees.
pub const TARGET: &str = "/ISAPI/Event/notification/alertStream";

/// How sure a camera can be.
pub const FULL: u16 = 100;

/// A plate that was read, and how many pictures belong to it where that is said; none when the event is another or tells
/// that the camera is there (a heartbeat is an event `videoloss` that is not active).
#[must_use]
pub fn read(fields: &Fields, full: u16, at: Instant) -> Option<(PlateRead, Option<usize>)> {
    let get = |name: &str| {
        let wrapped = || fields.get(&format!("EventNotificationAlert.{name}"));
        fields.get(name).or_else(wrapped)
    };
    let kind = get("eventType")?;
    // The second is what passes a camera that only watches.
    if !kind.eq_ignore_ascii_case("ANPR") && !kind.eq_ignore_ascii_case("vehicleDetection") {
        return None;
    }
    let anpr = |name: &str| get(&format!("ANPR.{name}"));
    let read = PlateRead {
        text: plate(anpr("licensePlate").or_else(|| anpr("originalLicensePlate"))?)?,
        country: anpr("country").map(str::to_owned),
        confidence: anpr("confidenceLevel").and_then(|text| of_hundred(text, full)),
        direction: anpr("direction").and_then(direction),
        lane: anpr("line").and_then(|line| line.parse().ok()),
        camera_time: get("dateTime").map(str::to_owned),
        pictures: Vec::new(),
        at,
    };
    let listed = ["ANPR.pictureInfoList", "EventNotificationAlert.ANPR.pictureInfoList"];
    let names = listed.iter().map(|list| pictures(fields, list)).sum();
    let said = get("detectionPicturesNumber").and_then(|count| count.parse().ok());
    Some((read, if names > 0 { Some(names) } else { said }))
}

/// How many pictures a list names: each once with its file.
fn pictures(fields: &Fields, list: &str) -> usize {
    let xml = format!("{list}.pictureInfo.fileName");
    let json = |at: usize| fields.get(&format!("{list}[{at}].fileName")).is_some();
    fields.count(&xml) + (0..16).take_while(|at| json(*at)).count()
}

fn direction(word: &str) -> Option<Direction> {
    match word.to_ascii_lowercase().as_str() {
        "forward" => Some(Direction::Approaching),
        "reverse" => Some(Direction::Leaving),
        _ => None,
    }
}
