//! Cameras: one contract for every source, pictures that are whole or none, and the bytes of the network.

mod address;
mod any_bytes;
mod contract;
mod frame;
mod http;
mod offered;
mod plates;
mod speed;
mod supervised;
#[cfg(target_os = "linux")]
mod v4l2;

use tameio_drivers::camera::{Captured, Format, Frame, SimCamera, Size};

/// Small, so that it is drawn quickly.
const SMALL: Size = Size::new(160, 120);

/// A picture as a camera makes it.
fn jpeg() -> Vec<u8> {
    SimCamera::default().picture(SMALL)
}

fn prove(bytes: &[u8]) -> Result<Frame, String> {
    Frame::prove(Captured::now(bytes.to_vec(), Format::Jpeg, Size::default()), 1)
        .map_err(|broken| broken.to_string())
}
