//! What the makers' cameras say of a car, as their papers and other people's programs show it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Habits, Told};
use crate::camera::http::Part;
use crate::camera::plates::{Direction, Maker};

/// The parts of a car: the words, then its pictures.
#[must_use]
pub fn parts(maker: Maker, told: &Told, habits: &Habits) -> Vec<Part> {
    let part =
        |kind: &str, body: Vec<u8>| Part { fields: vec![("Content-Type".to_owned(), kind.to_owned())], body };
    let words = match maker {
        Maker::Hikvision if habits.json => part("application/json", hikvision_json(told).into_bytes()),
        Maker::Hikvision => part("application/xml; charset=\"UTF-8\"", hikvision_xml(told).into_bytes()),
        Maker::Dahua => part("text/plain", dahua_lines(told).into_bytes()),
    };
    let pictures = told.pictures.iter().map(|picture| {
        let length = if habits.cut { picture.len() / 2 } else { picture.len() };
        part("image/jpeg", picture[..length].to_vec())
    });
    std::iter::once(words).chain(pictures).collect()
}

/// The part by which a camera says that it is there.
#[must_use]
pub fn heartbeat(maker: Maker, habits: &Habits) -> Part {
    let (kind, body) = match maker {
        Maker::Hikvision if habits.json => (
            "application/json",
            r#"{"ipAddress":"192.168.1.64","eventType":"videoloss","eventState":"inactive","activePostCount":0}"#,
        ),
        Maker::Hikvision => (
            "application/xml",
            "<EventNotificationAlert version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\">\r\n\
             <eventType>videoloss</eventType>\r\n<eventState>inactive</eventState>\r\n\
             <activePostCount>0</activePostCount>\r\n</EventNotificationAlert>\r\n",
        ),
        Maker::Dahua => ("text/plain", "Heartbeat"),
    };
    Part { fields: vec![("Content-Type".to_owned(), kind.to_owned())], body: body.as_bytes().to_vec() }
}

fn hikvision_direction(told: &Told) -> &'static str {
    match told.direction {
        Some(Direction::Approaching) => "forward",
        Some(Direction::Leaving) => "reverse",
        None => "unknown",
    }
}

fn picture_name(at: usize) -> &'static str {
    ["licensePlatePicture.jpg", "detectionPicture.jpg"].get(at).unwrap_or(&"picture.jpg")
}

/// Hikvision's words as XML.
#[must_use]
pub fn hikvision_xml(told: &Told) -> String {
    let list: String = (0..told.pictures.len())
        .map(|at| format!("<pictureInfo><fileName>{}</fileName></pictureInfo>\r\n", picture_name(at)))
        .collect();
    let plate = told.plate.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
         <EventNotificationAlert version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\">\r\n\
         <ipAddress>192.168.1.64</ipAddress>\r\n<channelID>1</channelID>\r\n\
         <dateTime>2026-11-26T10:15:00+02:00</dateTime>\r\n<activePostCount>1</activePostCount>\r\n\
         <eventType>ANPR</eventType>\r\n<eventState>active</eventState>\r\n<ANPR>\r\n<country>28</country>\r\n\
         <licensePlate>{plate}</licensePlate>\r\n<line>{}</line>\r\n<direction>{}</direction>\r\n\
         <confidenceLevel>{}</confidenceLevel>\r\n<pictureInfoList>\r\n{list}</pictureInfoList>\r\n</ANPR>\r\n\
         </EventNotificationAlert>\r\n",
        told.lane,
        hikvision_direction(told),
        told.confidence,
    )
}

/// Hikvision's words as JSON.
#[must_use]
pub fn hikvision_json(told: &Told) -> String {
    let pictures: Vec<_> =
        (0..told.pictures.len()).map(|at| serde_json::json!({ "fileName": picture_name(at) })).collect();
    serde_json::json!({
        "ipAddress": "192.168.1.64", "channelID": 1, "dateTime": "2026-11-26T10:15:00+02:00",
        "activePostCount": 1, "eventType": "ANPR", "eventState": "active",
        "ANPR": {
            "country": 28, "licensePlate": told.plate, "line": told.lane,
            "direction": hikvision_direction(told), "confidenceLevel": told.confidence,
            "pictureInfoList": pictures,
        },
    })
    .to_string()
}

/// Dahua's words when it is asked.
#[must_use]
pub fn dahua_lines(told: &Told) -> String {
    let direction = match told.direction {
        Some(Direction::Approaching) => "Events[0].TrafficCar.DrivingDirection[0]=Approach\r\n",
        Some(Direction::Leaving) => "Events[0].TrafficCar.DrivingDirection[0]=Leave\r\n",
        None => "",
    };
    format!(
        "Events[0].EventBaseInfo.Code=TrafficJunction\r\nEvents[0].EventBaseInfo.Action=Pulse\r\n\
         Events[0].UTC=1795680900\r\nEvents[0].Object.Confidence={}\r\nEvents[0].Object.Text={}\r\n\
         Events[0].Lane={}\r\nEvents[0].TrafficCar.PlateNumber={}\r\n{direction}\r\n",
        told.confidence, told.plate, told.lane, told.plate,
    )
}

/// Dahua's words when it calls, with the pictures in them.
#[must_use]
pub fn dahua_json(told: &Told) -> String {
    let picture = |at: usize| STANDARD.encode(told.pictures.get(at).map_or(&[][..], Vec::as_slice));
    let direction = match told.direction {
        Some(Direction::Approaching) => "Obverse",
        Some(Direction::Leaving) => "Reverse",
        None => "Unknown",
    };
    serde_json::json!({
        "Picture": {
            "CutoutPic": { "Content": picture(0), "PicName": "plate.jpg" },
            "NormalPic": { "Content": picture(1), "PicName": "car.jpg" },
            "Plate": {
                "IsExist": true, "PlateNumber": told.plate, "Confidence": told.confidence, "Region": "GRC",
            },
            "SnapInfo": {
                "DeviceID": "8D0A7B2PAZ1", "LanNo": told.lane, "Direction": direction,
                "AccurateTime": "2026-11-26 10:15:00.120",
            },
        },
    })
    .to_string()
}
