//! Cameras that read number plates themselves and tell what they have read.
//!
//! [`fields`] takes their words apart (XML, JSON, lines), [`hikvision`] and [`dahua`] say what they mean, [`gather`] puts the
//! pictures to them and [`repeats`] drops what is told again. A camera is asked ([`pull`]: one answer without an end) or calls
//! ([`push`]); which of the two, its [`address`] says. [`sim`] is a camera that does either.
//!
//! **Contract.** What a camera has read is told once, as the camera wrote it, with its pictures if they came. It is what a
//! camera believes and no more: whether it is so, a person or a list decides. A camera that says nothing for as long as it
//! should not is a fault, so that a lane without cars and a lane without a camera are two things.
//!
//! A plate is personal data: none is written into a log here.

pub mod address;
pub mod attended;
pub mod dahua;
pub mod fields;
pub mod gather;
pub mod hikvision;
pub mod pull;
pub mod push;
pub mod repeats;
pub mod sim;

pub use address::{Address, AddressError, Place};
pub use attended::{Attended, Opener};
pub use repeats::Repeats;
pub use sim::{SimReader, Told};

use std::time::Instant;

use super::frame::Frame;

/// The language of a camera's maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Maker {
    /// Hikvision: ISAPI.
    Hikvision,
    /// Dahua, and those who sell its cameras under other names: its HTTP API and ITSAPI.
    Dahua,
}

/// What a camera has read.
#[derive(Clone, PartialEq, Eq)]
pub struct PlateRead {
    /// The plate as the camera wrote it, without spaces around it.
    pub text: String,
    /// The country it believes the plate to be of, in its maker's words: a number, a code, a name.
    pub country: Option<String>,
    /// How sure it is, of 100.
    pub confidence: Option<u8>,
    /// Whether the car comes or goes.
    pub direction: Option<Direction>,
    /// The lane.
    pub lane: Option<u16>,
    /// When it was, by the camera's clock and in its words. That clock is often wrong.
    pub camera_time: Option<String>,
    /// The pictures that came with it, in the camera's order: usually the plate, then the car.
    pub pictures: Vec<Frame>,
    /// When it came here.
    pub at: Instant,
}

impl std::fmt::Debug for PlateRead {
    /// Without the plate: it is personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { confidence, direction, lane, pictures, .. } = self;
        write!(
            f,
            "PlateRead(lane {lane:?}, {direction:?}, {confidence:?} of 100, {} pictures)",
            pictures.len()
        )
    }
}

/// Which way a car went, as its camera sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards the camera.
    Approaching,
    /// Away from it.
    Leaving,
}

/// The plate in a camera's words; none where they say that there is none.
fn plate(text: &str) -> Option<String> {
    const NONE: [&str; 7] = ["unknown", "noplate", "none", "null", "nil", "unlicensed", "<unknown>"];
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(32).collect();
    let bare = text.replace([' ', '_', '-'], "").to_ascii_lowercase();
    (text.chars().any(char::is_alphanumeric) && !NONE.contains(&bare.as_str())).then_some(text)
}

/// So many of `full` as so many of 100.
fn of_hundred(text: &str, full: u16) -> Option<u8> {
    let said: f64 = text.trim().parse().ok().filter(|said| *said >= 0.0)?;
    Some((said * 100.0 / f64::from(full.max(1))).round().min(100.0) as u8)
}
