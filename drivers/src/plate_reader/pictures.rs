//! The pictures of a plate that are worth keeping: the whole car, and the plate cut out sharply.

use super::rectify::Quad;
use crate::camera::picture::{Rgb, Undecodable};
use crate::camera::{Frame, Size};

/// The picture of a car is made no larger.
const VEHICLE: Size = Size::new(1920, 1080);
/// What is cut out around a plate, in parts of its width and height.
const AROUND: [f32; 2] = [0.12, 0.35];

/// Two pictures of one plate, as JPEG.
#[derive(Clone, PartialEq, Eq)]
pub struct Pictures {
    /// The whole of what the camera saw.
    pub vehicle: Vec<u8>,
    /// The plate and a little around it, point for point.
    pub plate: Vec<u8>,
}

impl std::fmt::Debug for Pictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pictures({} and {} bytes)", self.vehicle.len(), self.plate.len())
    }
}

/// The pictures of the plate with these corners.
///
/// # Errors
/// When the frame cannot be decoded.
pub fn pictures(frame: &Frame, corners: &Quad) -> Result<Pictures, Undecodable> {
    let rgb = frame.rgb()?;
    let [left, top, right, bottom] = corners.grown(AROUND[0], AROUND[1]).bounds();
    let plate = rgb.part([left, top, right, bottom].map(|side| side.max(0.0) as u32)).jpeg()?;
    Ok(Pictures { vehicle: small(rgb).jpeg()?, plate })
}

/// A picture of a car that came without a place in it.
///
/// # Errors
/// When the frame cannot be decoded.
pub fn vehicle(frame: &Frame) -> Result<Vec<u8>, Undecodable> {
    small(frame.rgb()?).jpeg()
}

fn small(rgb: Rgb) -> Rgb {
    let by = rgb.size.width.div_ceil(VEHICLE.width).max(rgb.size.height.div_ceil(VEHICLE.height));
    if by <= 1 { rgb } else { rgb.shrunk(by) }
}
