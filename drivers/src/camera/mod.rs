//! Cameras.
//!
//! Read in this order: [`frame`] (a picture, proven to be whole), [`jpeg`] (where one ends), [`picture`] (its points),
//! [`controls`] (what a camera is told), [`address`] (where it is), the sources (`v4l2`, [`network`], [`folder`],
//! [`mod@file`], `nokhwa`), [`capture`] and [`attended`] (a camera that comes and goes), [`sim`] (simulated ones). Cameras that
//! read number plates themselves are another kind of device: [`plates`].
//!
//! ```text
//! FrameSource ──Captured──▶ Frame::prove ──Frame──▶ Live (the newest) ──▶ screen, reader of plates, reader of codes
//! ```
//!
//! **Contract of [`FrameSource`].** `next` comes back with a picture, or without when its wait is over, whatever the camera
//! does. What it gives is what came, and nothing is mended. **Contract of [`Frame`].** It is whole: what is not is counted
//! and never handed on. Nothing behind its end is kept: that may be another person's number plate.
//!
//! Pictures are personal data. Nothing here writes one to a disk or into a log.

pub mod address;
pub mod attended;
pub mod capture;
pub mod controls;
pub mod cut;
pub mod ends;
pub mod file;
pub mod folder;
pub mod frame;
pub mod http;
pub mod jpeg;
pub mod known;
pub mod network;
#[cfg(feature = "nokhwa")]
pub mod nokhwa;
mod pace;
pub mod picture;
pub mod plates;
pub mod sim;
#[cfg(target_os = "linux")]
pub mod v4l2;
pub mod y4m;

pub use address::{Address, AddressError, Gate, Place};
pub use attended::{Attended, Event, Opener};
pub use capture::{Counts, Live};
pub use controls::{Applied, Choice, Control, Controls};
pub use frame::{Captured, Format, Frame, Incomplete, Size};
pub use picture::{Luma, Rgb, Undecodable};
pub use sim::SimCamera;

use std::time::Duration;

use crate::wire::Fault;

/// A camera, or what stands for one. Dropping it closes it.
pub trait FrameSource: Send {
    /// Waits for the next picture; none when it has not come within the wait.
    ///
    /// # Errors
    /// When the camera is gone.
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault>;

    /// Sets a control and says what it is then: a camera may round it.
    ///
    /// # Errors
    /// When the camera has no such control, refuses the value, or is gone.
    fn set_control(&mut self, _control: Control, _value: i32) -> Result<i32, Fault> {
        Err(Fault::Unsupported("this kind of camera has no controls".to_owned()))
    }

    /// After what time without a picture something is wrong; none where silence is usual.
    fn silence_max(&self) -> Option<Duration> {
        Some(frame::LIVE_MAX)
    }
}

/// Tells a camera what it is to be told, and asks what became of it. Nothing of it is a reason not to look at its pictures.
pub fn apply(source: &mut dyn FrameSource, controls: &Controls) -> Vec<Applied> {
    let told = controls.in_order().into_iter();
    told.map(|(control, wanted)| Applied { control, wanted, got: source.set_control(control, wanted) })
        .collect()
}
