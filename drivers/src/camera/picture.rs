//! A frame as points: light alone for what reads, colours for what shows.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::frame::{Format, Frame, SIDE_MAX, Size};

/// How good the JPEGs made here are: plates stay readable, and a picture is some 200 kB.
const QUALITY: u8 = 85;

/// Why a whole frame cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the picture cannot be decoded: {0}")]
pub struct Undecodable(String);

/// A picture of light: a byte a point, row by row, 0 is black.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    /// Its size.
    pub size: Size,
    /// Its points: as many as the size says.
    pub points: Vec<u8>,
}

/// A picture in colours: red, green and blue of each point, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Rgb {
    /// Its size.
    pub size: Size,
    /// Three bytes for each point.
    pub points: Vec<u8>,
}

impl std::fmt::Debug for Luma {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Luma({})", self.size)
    }
}

impl std::fmt::Debug for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rgb({})", self.size)
    }
}

impl Frame {
    /// The picture as light.
    ///
    /// # Errors
    /// When its JPEG holds something no decoder understands.
    pub fn luma(&self) -> Result<Luma, Undecodable> {
        let (size, bytes) = (self.size(), self.bytes());
        let count = size.points().unwrap_or(0);
        let points = match self.format() {
            Format::Jpeg => jpeg(bytes, ColorSpace::Luma)?,
            Format::Grey => bytes.to_vec(),
            Format::Nv12 | Format::I420 => bytes[..count].to_vec(),
            Format::Yuyv => bytes.iter().step_by(2).copied().collect(),
            Format::Rgb => bytes.as_chunks().0.iter().map(light).collect(),
        };
        checked(points, count).map(|points| Luma { size, points })
    }

    /// The picture in colours.
    ///
    /// # Errors
    /// When its JPEG holds something no decoder understands.
    pub fn rgb(&self) -> Result<Rgb, Undecodable> {
        let (size, bytes) = (self.size(), self.bytes());
        let points = match self.format() {
            Format::Jpeg => jpeg(bytes, ColorSpace::RGB)?,
            Format::Rgb => bytes.to_vec(),
            Format::Grey => bytes.iter().flat_map(|light| [*light; 3]).collect(),
            Format::Yuyv => {
                let pairs = bytes.as_chunks().0.iter();
                pairs
                    .flat_map(|[y0, u, y1, v]| [colours(*y0, *u, *v), colours(*y1, *u, *v)])
                    .flatten()
                    .collect()
            }
            format @ (Format::Nv12 | Format::I420) => planes(bytes, size, format),
        };
        checked(points, size.points().unwrap_or(0) * 3).map(|points| Rgb { size, points })
    }

    /// The picture in colours, small enough for a part of a screen: shrunk by a whole number until it is no larger than
    /// `most`.
    ///
    /// # Errors
    /// As [`Frame::rgb`].
    pub fn preview(&self, most: Size) -> Result<Rgb, Undecodable> {
        let rgb = self.rgb()?;
        let Size { width, height } = self.size();
        let by = width.div_ceil(most.width.max(1)).max(height.div_ceil(most.height.max(1)));
        Ok(if by <= 1 { rgb } else { rgb.shrunk(by) })
    }
}

impl Rgb {
    /// The part between left, top, right and bottom; at least a point of the picture, and nothing beyond it.
    #[must_use]
    pub fn part(&self, [left, top, right, bottom]: [u32; 4]) -> Self {
        let Size { width, height } = self.size;
        let (left, top) = (left.min(width.saturating_sub(1)), top.min(height.saturating_sub(1)));
        let size = Size::new(right.clamp(left + 1, width) - left, bottom.clamp(top + 1, height) - top);
        let row = |y: u32| {
            let from = (((top + y) * width + left) * 3) as usize;
            &self.points[from..from + (size.width * 3) as usize]
        };
        Self { size, points: (0..size.height).flat_map(row).copied().collect() }
    }

    /// The picture as a JPEG.
    ///
    /// # Errors
    /// When it has a size that no JPEG has.
    pub fn jpeg(&self) -> Result<Vec<u8>, Undecodable> {
        let side =
            |side: u32| u16::try_from(side).map_err(|_| Undecodable("it is too large for a JPEG".into()));
        let (width, height) = (side(self.size.width)?, side(self.size.height)?);
        let mut jpeg = Vec::new();
        jpeg_encoder::Encoder::new(&mut jpeg, QUALITY)
            .encode(&self.points, width, height, jpeg_encoder::ColorType::Rgb)
            .map_err(|error| Undecodable(error.to_string()))?;
        Ok(jpeg)
    }

    /// The picture shrunk by a whole number: each point is the middle of four of those it stands for. A rest at the right and
    /// bottom is left out; no side is ever less than a point.
    #[must_use]
    pub fn shrunk(&self, by: u32) -> Self {
        let by = by.clamp(1, self.size.width.min(self.size.height).max(1));
        let size = Size::new(self.size.width / by, self.size.height / by);
        let row = self.size.width as usize * 3;
        let (by, half) = (by as usize, (by / 2) as usize);
        let mut points = Vec::with_capacity(size.points().unwrap_or(0) * 3);
        for y in 0..size.height as usize {
            let upper = &self.points[y * by * row..][..row];
            let lower = &self.points[(y * by + half) * row..][..row];
            for x in 0..size.width as usize {
                let (left, right) = (x * by * 3, (x * by + half) * 3);
                for colour in 0..3 {
                    let sum = u16::from(upper[left + colour])
                        + u16::from(upper[right + colour])
                        + u16::from(lower[left + colour])
                        + u16::from(lower[right + colour]);
                    points.push((sum / 4) as u8);
                }
            }
        }
        Self { size, points }
    }
}

fn jpeg(bytes: &[u8], colours: ColorSpace) -> Result<Vec<u8>, Undecodable> {
    let side = SIDE_MAX as usize;
    let options =
        DecoderOptions::default().set_max_width(side).set_max_height(side).jpeg_set_out_colorspace(colours);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode().map_err(|error| Undecodable(error.to_string()))
}

/// A decoder that gives another picture than was asked for must not be trusted with a size.
fn checked(points: Vec<u8>, wanted: usize) -> Result<Vec<u8>, Undecodable> {
    match points.len() == wanted {
        true => Ok(points),
        false => Err(Undecodable(format!("{} bytes of points instead of {wanted}", points.len()))),
    }
}

fn light([red, green, blue]: &[u8; 3]) -> u8 {
    let sum = 77 * u32::from(*red) + 150 * u32::from(*green) + 29 * u32::from(*blue);
    (sum >> 8) as u8
}

/// The colours of a point by ITU-R BT.601 with room at both ends, as cameras send it.
fn colours(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (298 * (i32::from(y) - 16), i32::from(u) - 128, i32::from(v) - 128);
    [y + 409 * v, y - 100 * u - 208 * v, y + 516 * u].map(|sum| ((sum + 128) >> 8).clamp(0, 255) as u8)
}

fn planes(bytes: &[u8], size: Size, format: Format) -> Vec<u8> {
    let (width, height) = (size.width as usize, size.height as usize);
    let (lights, chroma) = bytes.split_at((width * height).min(bytes.len()));
    let (columns, quarter) = (width.div_ceil(2), width.div_ceil(2) * height.div_ceil(2));
    let mut points = Vec::with_capacity(lights.len() * 3);
    for (at, y) in lights.iter().enumerate() {
        let place = (at / width / 2) * columns + (at % width) / 2;
        let (u, v) = match format {
            Format::Nv12 => (chroma[place * 2], chroma[place * 2 + 1]),
            _ => (chroma[place], chroma[quarter + place]),
        };
        points.extend(colours(*y, u, v));
    }
    points
}
