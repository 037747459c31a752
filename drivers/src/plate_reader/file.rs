//! Picture files: JPEG and PNG, as light. Any bytes give a picture or a sentence, in bounded memory and time.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::picture::Picture;

/// A picture has at most as many points: a photograph of a good telephone. More would need memory without bound.
pub const POINTS_MAX: usize = 32_000_000;

/// Why a file is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Neither JPEG nor PNG.
    #[error("it is {0} and no JPEG or PNG: save it as one of these")]
    OtherKind(&'static str),
    /// Too many points.
    #[error("it has {width}×{height} points, more than {} million: make it smaller", POINTS_MAX / 1_000_000)]
    TooLarge {
        /// Points in a row.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// Cut short or damaged.
    #[error("it is damaged or cut short: {0}")]
    Damaged(String),
}

/// The light of a picture file.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    width: usize,
    height: usize,
    points: Vec<u8>,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({}x{})", self.width, self.height)
    }
}

impl Photo {
    /// Decodes the bytes of a file; what kind it is, they say, and not its name.
    ///
    /// # Errors
    /// When they are no picture that can be read; see [`Unreadable`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => jpeg(bytes),
            [0x89, b'P', b'N', b'G', ..] => png(bytes),
            [b'G', b'I', b'F', b'8', ..] => Err(Unreadable::OtherKind("a GIF")),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                Err(Unreadable::OtherKind("a WebP"))
            }
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Err(Unreadable::OtherKind("a HEIC, AVIF or film")),
            [b'B', b'M', ..] => Err(Unreadable::OtherKind("a BMP")),
            [] => Err(Unreadable::OtherKind("empty")),
            _ => Err(Unreadable::OtherKind("something else")),
        }
    }

    /// The picture, lent.
    #[must_use]
    pub fn picture(&self) -> Picture<'_> {
        Picture::of(self.width, self.height, &self.points)
    }

    fn checked(width: usize, height: usize, points: Vec<u8>) -> Result<Self, Unreadable> {
        match width * height == points.len() && !points.is_empty() {
            true => Ok(Self { width, height, points }),
            false => Err(Unreadable::Damaged(format!("{} points instead of {width}×{height}", points.len()))),
        }
    }
}

fn bounded(width: usize, height: usize) -> Result<usize, Unreadable> {
    let count = width.checked_mul(height).filter(|count| *count <= POINTS_MAX);
    count.ok_or(Unreadable::TooLarge { width, height })
}

fn jpeg(bytes: &[u8]) -> Result<Photo, Unreadable> {
    let damaged = |error: zune_jpeg::errors::DecodeErrors| Unreadable::Damaged(error.to_string());
    let options = DecoderOptions::default()
        .set_max_width(1 << 16)
        .set_max_height(1 << 16)
        .set_strict_mode(true)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) =
        decoder.dimensions().ok_or_else(|| Unreadable::Damaged("it does not say how large it is".into()))?;
    bounded(width, height)?;
    Photo::checked(width, height, decoder.decode().map_err(damaged)?)
}

fn png(bytes: &[u8]) -> Result<Photo, Unreadable> {
    let damaged = |error: png::DecodingError| Unreadable::Damaged(error.to_string());
    let mut decoder =
        png::Decoder::new_with_limits(std::io::Cursor::new(bytes), png::Limits { bytes: 4 * POINTS_MAX });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(damaged)?;
    bounded(header.width as usize, header.height as usize)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size =
        reader.output_buffer_size().ok_or_else(|| Unreadable::Damaged("it is larger than memory".into()))?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).map_err(damaged)?;
    buffer.truncate(frame.buffer_size());
    let points = match frame.color_type {
        png::ColorType::Rgb => buffer.as_chunks().0.iter().map(|[r, g, b]| light(*r, *g, *b)).collect(),
        png::ColorType::Rgba => buffer.as_chunks().0.iter().map(|[r, g, b, _]| light(*r, *g, *b)).collect(),
        png::ColorType::GrayscaleAlpha => buffer.as_chunks().0.iter().map(|[grey, _]| *grey).collect(),
        png::ColorType::Grayscale | png::ColorType::Indexed => buffer,
    };
    Photo::checked(frame.width as usize, frame.height as usize, points)
}

/// The light of a point (ITU-R BT.601).
fn light(red: u8, green: u8, blue: u8) -> u8 {
    ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
}
