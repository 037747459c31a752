//! Reads plates from what a camera shows, on a thread of its own that stands back behind every other. It takes the newest
//! picture whenever it has done with the one before: what comes meanwhile is left out, and neither the camera, its preview
//! nor the lane waits for it.

use super::Report;
use crate::app::clock::{self, Stopwatch};
use crate::app::engine::sightings::{CarPictures, InView, Sightings};
use crate::app::input::{CameraInput, Input};
use crate::domain::ids::SightingId;
use crate::domain::sighting::{Candidate, Gate, Sighting};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tameio_drivers::camera::{Frame, Live};
use tameio_drivers::plate_reader::patterns::iso;
use tameio_drivers::plate_reader::pictures::pictures;
use tameio_drivers::plate_reader::rectify::Quad;
use tameio_drivers::plate_reader::track::{Rules, Told};
use tameio_drivers::plate_reader::watch::{Look, Watch};
use tameio_drivers::plate_reader::{PlateReader, background};

/// Pictures are taken at most so often while something moves: five in a second are more than the votes of a car need.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// And so often while nothing moves, to see when something does.
const REST_EVERY: Duration = Duration::from_millis(250);
/// Of a slow machine half of one core is used at most: after each picture it rests as long as that took, up to this.
const REST_MAX: Duration = Duration::from_secs(1);
/// Names of cars before a camera are forgotten but for the last so many.
const CARS_MAX: usize = 64;

/// Plates are being read; dropping this ends it.
pub(super) struct Reading(Arc<AtomicBool>);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Begins to read what a camera shows.
///
/// # Errors
/// When the operating system gives no thread.
pub(super) fn read(
    live: Live,
    gate: Gate,
    reader: Arc<PlateReader>,
    sightings: Sightings,
    report: Report,
) -> io::Result<Reading> {
    let stop = Arc::new(AtomicBool::new(false));
    let watch = Watch::new(reader, Rules::default());
    let reading = Arc::clone(&stop);
    let eye = Eye { gate, watch, sightings, report, cars: BTreeMap::new() };
    thread::Builder::new().name("plates".to_owned()).spawn(move || eye.read(&live, &reading))?;
    Ok(Reading(stop))
}

struct Eye {
    gate: Gate,
    watch: Watch,
    sightings: Sightings,
    report: Report,
    /// The cars of this camera among those of all cameras.
    cars: BTreeMap<u64, SightingId>,
}

impl Eye {
    fn read(mut self, live: &Live, stop: &AtomicBool) {
        background::stand_back();
        let running = Stopwatch::start();
        let mut last = None;
        while !stop.load(Ordering::SeqCst) {
            let Some(frame) = live.frame().filter(|frame| last != Some(frame.at())) else {
                clock::wait(LOOK_EVERY);
                continue;
            };
            last = Some(frame.at());
            let begun = Stopwatch::start();
            let look = self.watch.look(&frame, running.elapsed());
            // Whoever has taken the camera away meanwhile wants to hear nothing more of it.
            if stop.load(Ordering::SeqCst) {
                break;
            }
            let read = match look {
                Ok(look) => self.say(&frame, look),
                Err(error) => {
                    tracing::debug!(device = %self.report.device, %error, "a picture cannot be read");
                    false
                }
            };
            let took = begun.elapsed();
            let rest = if read { LOOK_EVERY.saturating_sub(took).max(took) } else { REST_EVERY };
            clock::wait(rest.min(REST_MAX));
        }
        self.sightings.sees(&self.report.device, None);
    }

    /// Says what a picture has come to; whether it was read.
    fn say(&mut self, frame: &Frame, look: Look) -> bool {
        let in_view = InView { cars: look.firming, size: frame.size(), at: frame.at() };
        self.sightings.sees(&self.report.device, Some(in_view));
        for told in look.told {
            let car = self.car(told.car);
            self.photograph(car, &told.frame, &told.corners);
            let again = told.again;
            let input = Input::Camera(CameraInput::PlateSeen {
                device: self.report.device.clone(),
                gate: self.gate,
                sighting: sighting(car, told),
                again,
            });
            self.report.say(input);
        }
        for better in look.better {
            let car = self.car(better.car);
            self.photograph(car, &better.frame, &better.corners);
        }
        look.read
    }

    fn car(&mut self, number: u64) -> SightingId {
        let car = *self.cars.entry(number).or_insert_with(|| self.sightings.next());
        while self.cars.len() > CARS_MAX {
            self.cars.pop_first();
        }
        car
    }

    fn photograph(&self, car: SightingId, frame: &Frame, corners: &Quad) {
        match pictures(frame, corners) {
            Ok(taken) => self.sightings.keep(
                car,
                CarPictures { vehicle: Some(Arc::new(taken.vehicle)), plate: Some(Arc::new(taken.plate)) },
            ),
            Err(error) => tracing::debug!(device = %self.report.device, %error, "a car has no picture"),
        }
    }
}

/// A plate the tracker has told, in the words of the domain.
fn sighting(id: SightingId, told: Told<Frame>) -> Sighting {
    let percent = |part: f32| (part * 100.0).clamp(0.0, 100.0) as u8;
    let candidate = |(text, share): (String, f32)| Candidate { text, percent: percent(share) };
    Sighting {
        id,
        country: told.country.map(|country| iso(country).unwrap_or(country).to_owned()),
        confidence: Some(percent(told.confidence)),
        agreeing: u16::try_from(told.agreeing).unwrap_or(u16::MAX),
        candidates: told
            .candidates
            .into_iter()
            .map(candidate)
            .filter(|other| other.percent > 0)
            .take(5)
            .collect(),
        corners: Some(told.corners.0.map(|corner| corner.map(|axis| axis.round() as i32))),
        text: told.text,
    }
}
