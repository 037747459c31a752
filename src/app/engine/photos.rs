//! Photographs are written and deleted on a thread of their own: a slow disk holds up neither the loop nor a camera.

use super::Word;
use crate::app::input::{CameraInput, Input};
use crate::domain::ids::{PhotoId, VisitId};
use crate::domain::photo::PhotoKind;
use crate::domain::time::Stamp;
use crate::store::photos::Photos;
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

/// What is to be done with a photograph.
pub(super) enum PhotoOrder {
    /// Keep a picture.
    Keep { photo: PhotoId, chain: VisitId, kind: PhotoKind, at: Stamp, jpeg: Arc<Vec<u8>> },
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
                PhotoOrder::Delete(gone) => photos.delete(&gone),
            }
        }
    });
    orders
}
