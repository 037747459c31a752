//! Photographs are written and deleted on a thread of their own: a slow disk holds up neither the loop nor a camera. One that a
//! person asked for is waited for on a thread of its own, as long as anybody stands there.

use super::Word;
use super::devices::Cameras;
use crate::app::clock::{self, Stopwatch};
use crate::app::input::{CameraInput, Input};
use crate::domain::device::DeviceId;
use crate::domain::ids::{PhotoId, VisitId};
use crate::domain::photo::{PhotoKind, PhotoMiss, Shot};
use crate::domain::time::Stamp;
use crate::store::photos::Photos;
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;
use tameio_drivers::camera::Frame;
use tameio_drivers::plate_reader::pictures::vehicle;

/// What is to be done with a photograph.
pub(super) enum PhotoOrder {
    /// Keep a picture.
    Keep { photo: PhotoId, chain: VisitId, kind: PhotoKind, at: Stamp, jpeg: Arc<Vec<u8>> },
    /// Keep a picture of a vehicle's condition.
    KeepShot { photo: PhotoId, visit: VisitId, chain: VisitId, shot: Shot, at: Stamp, jpeg: Vec<u8> },
    /// Delete some.
    Delete(Vec<PhotoId>),
}

/// Starts the thread; it ends when nobody can ask it any more. It first sweeps out what a crash has left.
pub(super) fn spawn(photos: Photos, conn: Connection, words: Sender<Word>) -> Sender<PhotoOrder> {
    let (orders, inbox) = mpsc::channel();
    thread::spawn(move || {
        match photos.sweep(&conn) {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "photos that nobody knew of were deleted"),
            Err(error) => tracing::warn!(%error, "the photos could not be looked through"),
        }
        drop(conn);
        for order in inbox {
            match order {
                PhotoOrder::Keep { photo, chain, kind, at, jpeg } => {
                    match photos.keep(photo, chain, kind, at, &jpeg) {
                        Ok(photo) => {
                            let _ = words.send(Word::Input(Input::Camera(CameraInput::PhotoKept {
                                photo: Box::new(photo),
                            })));
                        }
                        Err(error) => {
                            tracing::warn!(error = &error as &dyn std::error::Error, "a photo was not kept")
                        }
                    }
                }
                PhotoOrder::KeepShot { photo, visit, chain, shot, at, jpeg } => {
                    let kept = photos.keep_shot(photo, chain, shot, at, &jpeg);
                    let input = match kept {
                        Ok(photo) => CameraInput::PhotoKept { photo: Box::new(photo) },
                        Err(error) => {
                            tracing::warn!(error = &error as &dyn std::error::Error, "a photo was not kept");
                            CameraInput::PhotoMissed { visit, why: PhotoMiss::NotKept }
                        }
                    };
                    let _ = words.send(Word::Input(Input::Camera(input)));
                }
                PhotoOrder::Delete(gone) => photos.delete(&gone),
            }
        }
    });
    orders
}

/// A camera that shows nothing is waited for so long.
const PICTURE_WAIT: Duration = Duration::from_secs(4);
/// And looked at so often.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Takes a picture of a vehicle's condition and has it kept; what comes of it is said. The loop does not wait.
pub(super) fn take(
    cameras: Cameras,
    camera: DeviceId,
    orders: Sender<PhotoOrder>,
    words: Sender<Word>,
    wanted: Wanted,
) {
    thread::spawn(move || {
        let Wanted { photo, visit, chain, shot } = wanted;
        let missed = |why| {
            let _ = words.send(Word::Input(Input::Camera(CameraInput::PhotoMissed { visit, why })));
        };
        let Some(frame) = fresh(&cameras, &camera) else { return missed(PhotoMiss::NoPicture) };
        match vehicle(&frame) {
            Ok(jpeg) => {
                let at = clock::now();
                if orders.send(PhotoOrder::KeepShot { photo, visit, chain, shot, at, jpeg }).is_err() {
                    missed(PhotoMiss::NotKept);
                }
            }
            Err(error) => {
                tracing::warn!(device = %camera, %error, "a picture cannot be read");
                missed(PhotoMiss::Unreadable);
            }
        }
    });
}

/// A photograph that was asked for.
pub(super) struct Wanted {
    /// Which.
    pub(super) photo: PhotoId,
    /// Of which visit.
    pub(super) visit: VisitId,
    /// Of which chain.
    pub(super) chain: VisitId,
    /// What a person says of it.
    pub(super) shot: Shot,
}

/// The next picture of a camera; nothing where none comes.
fn fresh(cameras: &Cameras, camera: &DeviceId) -> Option<Frame> {
    let waited = Stopwatch::start();
    loop {
        match cameras.frame(camera) {
            Some(frame) => return Some(frame),
            None if waited.elapsed() >= PICTURE_WAIT => return None,
            None => clock::wait(LOOK_EVERY),
        }
    }
}
