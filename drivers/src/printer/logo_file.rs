//! A logo from a PNG file: made as small as the paper, grey, and then black and white.

use super::raster::Bitmap;
use png::{ColorType, Decoder, Limits, Transformations};
use std::io::Cursor;

/// The longest side of a file that is read.
pub const SIDE_MAX: u32 = 4_096;

/// Bytes the decoder may take: a file of a few hundred can claim to be a wall.
const DECODER_BYTES_MAX: usize = 128 << 20;

/// Why a file is no logo.
#[derive(Debug, thiserror::Error)]
pub enum LogoFault {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    File(String),
    /// It is no PNG, or a broken one.
    #[error("it is no whole PNG picture")]
    NotPng(#[from] png::DecodingError),
    /// It has no dot, or too many.
    #[error("it is too large")]
    TooLarge,
}

/// Reads a PNG of any colours as dots, at most so many wide and high; a smaller one keeps its size. What is transparent
/// is paper.
///
/// # Errors
/// When it is no PNG, or too large.
pub fn read(bytes: &[u8], width_max: usize, height_max: usize) -> Result<Bitmap, LogoFault> {
    let (width, height, grey) = grey(bytes)?;
    let (wide, high) = fitted((width, height), (width_max, height_max));
    let small = smaller(&grey, (width, height), (wide, high));
    Ok(whole_bytes(&Bitmap::dithered(wide, high, &small)))
}

/// The picture as grey values on white.
fn grey(bytes: &[u8]) -> Result<(usize, usize, Vec<u8>), LogoFault> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_BYTES_MAX });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX {
        return Err(LogoFault::TooLarge);
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(LogoFault::TooLarge)?];
    let frame = reader.next_frame(&mut pixels)?;
    let (samples, shade): (usize, fn(&[u8]) -> u8) = match frame.color_type {
        ColorType::Grayscale | ColorType::Indexed => (1, |pixel| pixel[0]),
        ColorType::GrayscaleAlpha => (2, |pixel| on_paper(u32::from(pixel[0]), pixel[1])),
        ColorType::Rgb => (3, |pixel| on_paper(luminance(pixel), 255)),
        ColorType::Rgba => (4, |pixel| on_paper(luminance(pixel), pixel[3])),
    };
    let grey = pixels[..frame.buffer_size()].chunks_exact(samples).map(shade).collect();
    let side = |dots: u32| usize::try_from(dots).unwrap_or_default();
    Ok((side(width), side(height), grey))
}

/// How light a colour is to the eye (ITU-R BT.601).
fn luminance(pixel: &[u8]) -> u32 {
    (299 * u32::from(pixel[0]) + 587 * u32::from(pixel[1]) + 114 * u32::from(pixel[2])) / 1000
}

fn on_paper(shade: u32, alpha: u8) -> u8 {
    let alpha = u32::from(alpha);
    u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}

/// As large as it may be, in its own proportions.
fn fitted((width, height): (usize, usize), (width_max, height_max): (usize, usize)) -> (usize, usize) {
    let (mut wide, mut high) = (width, height);
    if wide > width_max {
        (wide, high) = (width_max, high * width_max / wide);
    }
    if high > height_max {
        (wide, high) = (wide * height_max / high, height_max);
    }
    (wide.max(1), high.max(1))
}

/// Each dot is the mean of what it covers.
fn smaller(grey: &[u8], (width, height): (usize, usize), (wide, high): (usize, usize)) -> Vec<u8> {
    let span = |at: usize, from: usize, to: usize| {
        let start = at * from / to;
        start..((at + 1) * from / to).max(start + 1).min(from)
    };
    let mut small = Vec::with_capacity(wide * high);
    for y in 0..high {
        for x in 0..wide {
            let (rows, columns) = (span(y, height, high), span(x, width, wide));
            let covered = rows.flat_map(|y| grey[y * width..][columns.clone()].iter());
            let (sum, count) =
                covered.fold((0u32, 0u32), |(sum, count), shade| (sum + u32::from(*shade), count + 1));
            small.push(u8::try_from(sum / count.max(1)).unwrap_or(255));
        }
    }
    small
}

/// The same with rows of whole bytes, which is how it is stored and sent.
fn whole_bytes(picture: &Bitmap) -> Bitmap {
    Bitmap::packed(picture.row_bytes(), picture.height(), picture.packed_rows())
}
