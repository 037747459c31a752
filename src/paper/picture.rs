//! Any sheet as text and as a picture. Both are read back from the bytes a printer would get, so that a preview shows
//! what comes out and not what was meant.

use tameio_drivers::printer::{EncodeError, Paper, PaperReader, Profile, Sheet, encode};

/// A paper to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPicture {
    /// Its lines in their columns.
    pub text: String,
    /// Width in pixels; one pixel is one dot of the printer.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Rows of one byte a pixel: 0 black, 255 white.
    pub grey: Vec<u8>,
}

/// The sheet as this printer would print it.
///
/// # Errors
/// When a code on it is wider than the paper.
pub fn picture(sheet: &Sheet, profile: &Profile) -> Result<PaperPicture, EncodeError> {
    let papers = print(sheet, profile)?;
    let text = papers.iter().map(Paper::text).collect();
    let Some(bitmap) = papers.first().map(Paper::bitmap) else {
        return Ok(PaperPicture { text, width: 0, height: 0, grey: Vec::new() });
    };
    let (width, height) = (bitmap.width(), bitmap.height());
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let grey = pixels.map(|(x, y)| if bitmap.black(x, y) { 0 } else { 255 }).collect();
    let side = |dots: usize| u32::try_from(dots).unwrap_or(u32::MAX);
    Ok(PaperPicture { text, width: side(width), height: side(height), grey })
}

/// The sheet's lines in their columns.
///
/// # Errors
/// When a code on it is wider than the paper.
pub fn text(sheet: &Sheet, profile: &Profile) -> Result<String, EncodeError> {
    Ok(print(sheet, profile)?.iter().map(Paper::text).collect())
}

/// The sheet as a PNG file; empty when nothing stands on it.
///
/// # Errors
/// When a code on it is wider than the paper.
pub fn png(sheet: &Sheet, profile: &Profile) -> Result<Vec<u8>, EncodeError> {
    Ok(print(sheet, profile)?.first().map(Paper::png).unwrap_or_default())
}

/// Encoded, sent to nobody, and read back.
pub(super) fn print(sheet: &Sheet, profile: &Profile) -> Result<Vec<Paper>, EncodeError> {
    Ok(PaperReader::read(profile, &encode(sheet, profile)?.bytes()))
}
