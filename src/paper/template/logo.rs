//! The stored logo as dots that a printer gets. A logo is turned into a printer's commands once and then kept, because it
//! stands on every paper.

use crate::domain::template::{Dots, Logo};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::sync::{Arc, Mutex, PoisonError};
use tameio_drivers::printer::{self, Bitmap};

/// From so many columns on, the logo for wide paper fits.
const WIDE_COLUMNS: usize = 42;
/// The widest logo for wide paper: the narrowest head of such paper has 512 dots.
pub const WIDE_DOTS: usize = 512;
/// … and for 58 mm.
pub const NARROW_DOTS: usize = 384;
/// The highest: 3 cm, so that a logo does not cost more paper than the receipt.
pub const HIGH_DOTS: usize = 240;

/// A picture as it is stored.
#[must_use]
pub fn dots(picture: &Bitmap) -> Dots {
    let bytes = picture.packed_rows();
    let side = |dots: usize| u32::try_from(dots).unwrap_or(u32::MAX);
    Dots { width: side(picture.width()), height: side(picture.height()), data: STANDARD.encode(bytes) }
}

/// What is ready for printers, with the dots it was made of: both widths of the last logos.
static READY: Mutex<Vec<(Dots, Arc<printer::Logo>)>> = Mutex::new(Vec::new());

/// More than are ever in use at a time; one more starts afresh.
const READY_MAX: usize = 8;

/// The logo for paper of so many columns; nothing where what is stored is damaged.
#[must_use]
pub fn ready(logo: &Logo, columns: usize) -> Option<Arc<printer::Logo>> {
    let dots = if columns >= WIDE_COLUMNS { &logo.wide } else { &logo.narrow };
    let mut ready = READY.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, known)) = ready.iter().find(|(known, _)| known == dots) {
        return Some(Arc::clone(known));
    }
    let made = Arc::new(printer::Logo::new(bitmap(dots)?));
    if ready.len() >= READY_MAX {
        ready.clear();
    }
    ready.push((dots.clone(), Arc::clone(&made)));
    Some(made)
}

fn bitmap(dots: &Dots) -> Option<Bitmap> {
    let bytes = STANDARD.decode(&dots.data).ok()?;
    let (width, height) = (usize::try_from(dots.width).ok()?, usize::try_from(dots.height).ok()?);
    let row_bytes = width.div_ceil(8);
    (width > 0 && width <= WIDE_DOTS && height <= HIGH_DOTS && bytes.len() == row_bytes * height)
        .then(|| Bitmap::packed(row_bytes, height, &bytes))
}
