//! Pictures as a printer's commands, and the [`Logo`] that is turned into them once.

use std::sync::{Arc, Mutex, PoisonError};

use super::profile::{ImageCommand, Language, Profile};
use super::raster::Bitmap;
use super::star;

/// The commands that print a picture at the left edge. White at the right is not sent.
pub(crate) fn bytes(bitmap: &Bitmap, profile: &Profile) -> Vec<u8> {
    let mut out = Vec::new();
    if bitmap.width() > 0 && bitmap.height() > 0 {
        match (profile.language, profile.image) {
            (Language::EscPos, ImageCommand::Rows) => escpos_rows(bitmap, profile.strip_rows_max, &mut out),
            (Language::EscPos, ImageCommand::Columns) => escpos_columns(bitmap, profile, &mut out),
            (Language::Star, ImageCommand::Rows) => star_rows(bitmap, &mut out),
            (Language::Star, ImageCommand::Columns) => star_columns(bitmap, &mut out),
        }
    }
    out
}

/// The commands that print a picture in the middle; what is wider than the paper is cut.
pub(crate) fn centred(bitmap: &Bitmap, profile: &Profile) -> Vec<u8> {
    let mut centred = Bitmap::white(profile.dots, bitmap.height());
    centred.paste(bitmap, profile.dots.saturating_sub(bitmap.width()) / 2, 0);
    bytes(&centred, profile)
}

/// Low byte, high byte: how the commands carry numbers. Sides are far below 65 536.
pub(crate) fn pair(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

/// In strips, because weak printers garble more than their buffer holds.
fn escpos_rows(bitmap: &Bitmap, strip_rows_max: usize, out: &mut Vec<u8>) {
    let (row, sent) = (bitmap.row_bytes(), bitmap.inked_row_bytes());
    for strip in bitmap.bytes().chunks(row * strip_rows_max.max(1)) {
        out.extend_from_slice(&[0x1D, 0x76, 0x30, 0]);
        out.extend_from_slice(&pair(sent));
        out.extend_from_slice(&pair(strip.len() / row));
        let start = out.len();
        strip.chunks(row).for_each(|bytes| out.extend_from_slice(&bytes[..sent]));
        defuse(&mut out[start..], Language::EscPos);
    }
}

/// Bands close to each other; the last one moves the paper by a whole line.
fn escpos_columns(bitmap: &Bitmap, profile: &Profile, out: &mut Vec<u8>) {
    let close = [0x1B, 0x33, BAND];
    let wide = [0x1B, 0x33, profile.line_spacing];
    bands(bitmap, [&close, &wide], out, |columns, out| {
        out.extend_from_slice(&[0x1B, 0x2A, 0x21]);
        out.extend_from_slice(&pair(columns.len() / 3));
        let start = out.len();
        out.extend_from_slice(columns);
        defuse(&mut out[start..], Language::EscPos);
        out.push(b'\n');
    });
}

/// The bands of a picture, each printed in turn between the two spacings.
fn bands(bitmap: &Bitmap, spacing: [&[u8]; 2], out: &mut Vec<u8>, print: impl Fn(&[u8], &mut Vec<u8>)) {
    let [close, wide] = spacing;
    let height = usize::from(BAND);
    for top in (0..bitmap.height()).step_by(height) {
        let last = top + height >= bitmap.height();
        if top == 0 && !last {
            out.extend_from_slice(close);
        } else if top > 0 && last {
            out.extend_from_slice(wide);
        }
        print(&band(bitmap, top), out);
    }
}

fn star_rows(bitmap: &Bitmap, out: &mut Vec<u8>) {
    out.extend_from_slice(&[0x1B, 0x2A, 0x72, 0x41, 0x1B, 0x2A, 0x72, 0x50, 0x30, 0]);
    for row in bitmap.bytes().chunks(bitmap.row_bytes()) {
        let sent = row.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
        out.push(0x62);
        out.extend_from_slice(&pair(sent));
        let start = out.len();
        out.extend_from_slice(&row[..sent]);
        defuse(&mut out[start..], Language::Star);
    }
    out.extend_from_slice(&[0x1B, 0x2A, 0x72, 0x42]);
}

fn star_columns(bitmap: &Bitmap, out: &mut Vec<u8>) {
    bands(bitmap, [&star::BAND_SPACING, &star::LINE_SPACING], out, |columns, out| {
        out.extend_from_slice(&[0x1B, 0x58]);
        out.extend_from_slice(&pair(columns.len() / 3));
        let start = out.len();
        out.extend_from_slice(columns);
        defuse(&mut out[start..], Language::Star);
        out.extend_from_slice(b"\n\r");
    });
}

/// Rows printed at once when a picture goes column by column.
pub(crate) const BAND: u8 = 24;

/// Three bytes for each column of a band, the uppermost dot in the highest bit, up to the last that is not white.
fn band(bitmap: &Bitmap, top: usize) -> Vec<u8> {
    let wide = (bitmap.inked_row_bytes() * 8).min(bitmap.width());
    let mut columns = Vec::with_capacity(wide * 3);
    for x in 0..wide {
        for part in 0..3 {
            let dots = (0..8).map(|y| bitmap.black(x, top + part * 8 + y));
            columns.push(dots.fold(0, |byte, black| byte << 1 | u8::from(black)));
        }
    }
    columns
}

/// A printer obeys real-time commands even inside a picture: `10 14` opens the drawer, `10 04` answers a question
/// nobody asked, `10 05` clears the buffer; Star's `1B 06` likewise. One more dot beside a black one breaks the pattern,
/// and no eye sees it.
fn defuse(data: &mut [u8], language: Language) {
    for at in 1..data.len() {
        match (language, data[at - 1], data[at]) {
            (Language::EscPos, 0x10, 0x04 | 0x05 | 0x14) => data[at - 1] = 0x18,
            (Language::Star, 0x1B, 0x06) => data[at - 1] = 0x1F,
            _ => {}
        }
    }
}

/// A picture that stands on every paper: dithered once, and turned into a printer's commands once for each printer.
#[derive(Debug, Default)]
pub struct Logo {
    picture: Bitmap,
    ready: Mutex<Vec<(Shape, Arc<[u8]>)>>,
}

/// What the commands for a picture depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    language: Language,
    image: ImageCommand,
    dots: usize,
    strip_rows_max: usize,
    line_spacing: u8,
}

/// More printers than a till has; one more starts the list afresh.
const SHAPES_MAX: usize = 8;

impl Logo {
    /// A picture of black and white.
    #[must_use]
    pub fn new(picture: Bitmap) -> Self {
        Self { picture, ready: Mutex::default() }
    }

    /// A picture of grey values (0 black, 255 white), dithered.
    #[must_use]
    pub fn dithered(width: usize, height: usize, grey: &[u8]) -> Self {
        Self::new(Bitmap::dithered(width, height, grey))
    }

    /// The picture.
    #[must_use]
    pub fn picture(&self) -> &Bitmap {
        &self.picture
    }

    /// The commands that print it in the middle of a printer's paper.
    pub(crate) fn bytes(&self, profile: &Profile) -> Arc<[u8]> {
        let shape = Shape {
            language: profile.language,
            image: profile.image,
            dots: profile.dots,
            strip_rows_max: profile.strip_rows_max,
            line_spacing: profile.line_spacing,
        };
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = ready.iter().find(|(known, _)| *known == shape) {
            return Arc::clone(bytes);
        }
        if ready.len() >= SHAPES_MAX {
            ready.clear();
        }
        let bytes: Arc<[u8]> = centred(&self.picture, profile).into();
        ready.push((shape, Arc::clone(&bytes)));
        bytes
    }
}

impl PartialEq for Logo {
    fn eq(&self, other: &Self) -> bool {
        self.picture == other.picture
    }
}

impl Eq for Logo {}
