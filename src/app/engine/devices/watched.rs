//! Scanners, scales and cameras: the drivers' supervisor watches over them, and here its words become inputs.

use super::{Report, gate_of};
use crate::app::clock::Stopwatch;
use crate::app::engine::sightings::{CarPictures, Sightings};
use crate::app::input::{CameraInput, DeviceInput, Input};
use crate::domain::device::{Condition, DeviceTrouble, ScaleReading};
use crate::domain::sighting::Sighting;
use crate::domain::text::Text;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tameio_drivers::camera::plates::{self, PlateRead};
use tameio_drivers::camera::{self, Frame, Live};
use tameio_drivers::plate_reader::pictures;
use tameio_drivers::scale::{self, Reading, Sample, Weighing};
use tameio_drivers::scanner;
use tameio_drivers::supervisor::{Notice, Places, State, Supervisor, supervise};
use tameio_drivers::wire::Fault;

/// A reading that stays the same is told again so often, before it grows stale.
const SAME_AGAIN: Duration = Duration::from_millis(800);

/// Looks after a scanner; nothing where the window hears it.
pub(super) fn scanner(
    address: scanner::Address,
    places: Places,
    report: Report,
) -> io::Result<Option<Supervisor>> {
    let Some((identity, class)) = address.identity() else {
        report.is(Condition::Ready);
        return Ok(None);
    };
    let name = report.device.to_string();
    let opener = scanner::Opener::new(address);
    let tell = move |notice| match notice {
        Notice::Changed { state, advice } => {
            report.is(condition(state, advice));
        }
        Notice::Heard(scan) => {
            let scan: scanner::Scan = scan;
            report
                .say(Input::Device(DeviceInput::Scanned { device: report.device.clone(), code: scan.text }));
        }
    };
    supervise(&name, identity, class, places, opener, tell).map(Some)
}

/// Looks after a scale.
pub(super) fn scale(
    address: scale::Address,
    weighing: Weighing,
    places: Places,
    report: Report,
) -> io::Result<Supervisor> {
    let (identity, class) = address.identity();
    let name = report.device.to_string();
    let opener = scale::Opener::new(address, weighing);
    let mut told: Option<(ScaleReading, Stopwatch)> = None;
    let tell = move |notice: Notice<Sample>| match notice {
        Notice::Changed { state, advice } => {
            told = None;
            report.is(condition(state, advice));
        }
        Notice::Heard(sample) => {
            let reading = reading(&sample);
            let fresh =
                |(last, since): &(ScaleReading, Stopwatch)| *last == reading && since.elapsed() < SAME_AGAIN;
            if !told.as_ref().is_some_and(fresh) {
                told = Some((reading, Stopwatch::start()));
                report.say(Input::Device(DeviceInput::Weighed { reading }));
            }
        }
    };
    supervise(&name, identity, class, places, opener, tell)
}

/// Looks after a camera. Its pictures go to whoever looks and not through the loop.
pub(super) fn camera(
    address: camera::Address,
    live: Live,
    places: Places,
    report: Report,
) -> io::Result<Supervisor> {
    let (identity, class) = address.identity();
    let name = report.device.to_string();
    let opener = camera::Opener::new(address, live);
    let tell = move |notice| match notice {
        Notice::Changed { state, advice } => {
            report.is(condition(state, advice));
        }
        Notice::Heard(camera::Event::Opened(how)) => tracing::info!(device = %report.device, ?how, "opened"),
        Notice::Heard(camera::Event::Frame(_)) => {}
    };
    supervise(&name, identity, class, places, opener, tell)
}

/// Looks after a camera that reads number plates itself.
pub(super) fn plate_camera(
    address: plates::Address,
    places: Places,
    sightings: Sightings,
    report: Report,
) -> io::Result<Supervisor> {
    let (identity, class) = address.identity();
    let name = report.device.to_string();
    let gate = gate_of(address.terms.gate);
    let opener = plates::Opener::new(address);
    let tell = move |notice| match notice {
        Notice::Changed { state, advice } => {
            report.is(condition(state, advice));
        }
        Notice::Heard(read) => {
            let read: PlateRead = read;
            let id = sightings.next();
            sightings.keep(id, car_pictures(&read.pictures));
            let sighting = Sighting {
                id,
                text: read.text,
                country: read.country,
                confidence: read.confidence,
                // What the camera made of its own pictures is one opinion.
                agreeing: 1,
                candidates: Vec::new(),
                corners: None,
            };
            report.say(Input::Camera(CameraInput::PlateSeen {
                device: report.device.clone(),
                gate,
                sighting,
                again: false,
            }));
        }
    };
    supervise(&name, identity, class, places, opener, tell)
}

/// Of the pictures a camera sends the largest shows the car, and the smallest its plate.
fn car_pictures(sent: &[Frame]) -> CarPictures {
    let points = |frame: &&Frame| frame.size().points();
    let jpeg = |frame: &Frame| pictures::vehicle(frame).ok().map(Arc::new);
    let vehicle = sent.iter().max_by_key(points);
    let plate = sent.iter().min_by_key(points).filter(|_| sent.len() > 1);
    CarPictures { vehicle: vehicle.and_then(jpeg), plate: plate.and_then(jpeg) }
}

/// A weight that is no whole number of grams is none: nothing is rounded.
fn reading(sample: &Sample) -> ScaleReading {
    match sample.reading {
        Reading::Stable(load) => {
            load.weight.grams().map_or(ScaleReading::Defect, |grams| ScaleReading::Stable { grams })
        }
        Reading::Zero => ScaleReading::Zero,
        Reading::Moving => ScaleReading::Moving,
        Reading::Negative => ScaleReading::Negative,
        Reading::Overload => ScaleReading::Overload,
        Reading::NeedsZero => ScaleReading::NeedsZero,
        Reading::Defect => ScaleReading::Defect,
        Reading::NoAnswer => ScaleReading::NoAnswer,
    }
}

/// A supervisor's state in the words of the domain.
pub(super) fn condition(state: State, advice: Option<String>) -> Condition {
    match state {
        State::Absent => Condition::Absent,
        State::Opening => Condition::Opening,
        State::Ready => Condition::Ready,
        State::Faulted(fault) => faulted(fault, advice),
    }
}

/// A fault in the words of the domain. What is not there is no fault.
pub(super) fn faulted(fault: Fault, advice: Option<String>) -> Condition {
    let trouble = match fault {
        Fault::Missing | Fault::Gone => return Condition::Absent,
        Fault::Busy => DeviceTrouble::Busy,
        Fault::Permission(_) => DeviceTrouble::NotPermitted { udev: advice.as_deref().map(Text::new) },
        Fault::Silent => DeviceTrouble::Silent,
        Fault::SpeaksSomethingElse { expected } => {
            DeviceTrouble::SpeaksSomethingElse { expected: Text::new(&expected) }
        }
        Fault::Ambiguous(_) => DeviceTrouble::Ambiguous,
        Fault::Unsupported(why) | Fault::System(why) => DeviceTrouble::Other { text: Text::new(&why) },
    };
    Condition::Faulted { trouble }
}
