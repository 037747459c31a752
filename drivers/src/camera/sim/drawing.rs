//! What a simulated camera shows: a lane, a car that comes nearer, its number plate.

use std::collections::BTreeMap;

use jpeg_encoder::{ColorType, Encoder};

use crate::camera::frame::Size;
use crate::printer::raster::{Cell, glyph};

/// Pictures of a car that drives up; each is drawn and encoded once.
pub(super) const PICTURES: u64 = 12;
/// The step at which no car is there.
pub(super) const NO_CAR: u64 = PICTURES;

const QUALITY: u8 = 80;

/// Pictures of one size, with what was drawn already.
pub(super) struct Drawings {
    size: Size,
    plate: Option<String>,
    drawn: BTreeMap<u64, Vec<u8>>,
}

impl Drawings {
    pub(super) const fn new(size: Size) -> Self {
        Self { size, plate: None, drawn: BTreeMap::new() }
    }

    /// The picture at a step, drawn now or before.
    pub(super) fn drawn(&mut self, step: u64, plate: Option<&str>) -> Vec<u8> {
        if self.plate.as_deref() != plate {
            self.drawn.clear();
            self.plate = plate.map(str::to_owned);
        }
        if let Some(picture) = self.drawn.get(&step) {
            return picture.clone();
        }
        let picture = self.draw(step, plate);
        self.drawn.insert(step, picture.clone());
        picture
    }

    pub(super) fn draw(&self, step: u64, plate: Option<&str>) -> Vec<u8> {
        let mut canvas = Canvas::new(self.size);
        let Size { width, height } = self.size;
        canvas.fill(0, height / 2, width, height / 2, [96, 98, 96]);
        if step == NO_CAR {
            return canvas.encoded();
        }
        let step = (step % PICTURES) as u32;
        let (wide, high) = (width / 3 + step * width / 60, height / 3 + step * height / 60);
        let (left, top) = ((width - wide) / 2, height / 3);
        canvas.fill(left, top, wide, high, [40, 60, 130]);
        canvas.fill(left + wide / 8, top + high / 8, wide * 3 / 4, high / 4, [30, 30, 36]);
        if let Some(plate) = plate {
            // A long plate is 520 by 110 millimetres.
            let (plate_wide, plate_high) = (wide / 2, wide * 11 / 104);
            let (x, y) = (left + wide / 4, top + high * 5 / 8);
            let band = plate_wide / 11;
            canvas.fill(x, y, plate_wide, plate_high, [24, 24, 24]);
            canvas.fill(x + 1, y + 1, plate_wide - 2, plate_high - 2, [238, 238, 234]);
            canvas.fill(x + 1, y + 1, band, plate_high - 2, [20, 60, 150]);
            canvas.write(plate, x + band, y, plate_wide - band, plate_high);
        }
        canvas.encoded()
    }
}

struct Canvas {
    size: Size,
    points: Vec<u8>,
}

impl Canvas {
    /// A sky that grows lighter downwards.
    fn new(size: Size) -> Self {
        let row = |y: u32| {
            let light = 120 + (y * 100 / size.height.max(1)) as u8;
            std::iter::repeat_n([light, light, light.saturating_add(20)], size.width as usize).flatten()
        };
        Self { size, points: (0..size.height).flat_map(row).collect() }
    }

    fn fill(&mut self, x: u32, y: u32, wide: u32, high: u32, colour: [u8; 3]) {
        for row in y..(y + high).min(self.size.height) {
            for column in x..(x + wide).min(self.size.width) {
                self.put(column, row, colour);
            }
        }
    }

    fn put(&mut self, x: u32, y: u32, colour: [u8; 3]) {
        let at = (y * self.size.width + x) as usize * 3;
        if let Some(point) = self.points.get_mut(at..at + 3) {
            point.copy_from_slice(&colour);
        }
    }

    /// Text in the middle of a field, as large as fits.
    fn write(&mut self, text: &str, x: u32, y: u32, wide: u32, high: u32) {
        let letters = text.chars().count().max(1) as u32;
        // A cell is twice as high as it is wide.
        let step = (wide / (letters + 1)).min(high / 2).max(1);
        let cell = Cell { width: step as usize, height: step as usize * 2 };
        let (mut left, top) =
            (x + wide.saturating_sub(step * letters) / 2, y + (high - high.min(step * 2)) / 2);
        for letter in text.chars() {
            if matches!(letter, 'I' | '1') {
                // The font gives both feet that no plate has: its reader would see a T or a 3.
                self.bar(letter, left, top, step);
                left += step;
                continue;
            }
            let ink = glyph(letter, cell);
            for (column, row) in (0..step).flat_map(|column| (0..step * 2).map(move |row| (column, row))) {
                if ink.black(column as usize, row as usize) {
                    self.put(left + column, top + row, [20; 3]);
                }
            }
            left += step;
        }
    }

    /// An I, or a 1 with its flag, as plates have them.
    fn bar(&mut self, letter: char, left: u32, top: u32, step: u32) {
        let thick = (step / 5).max(1);
        let (x, y, high) = (left + (step - thick) / 2, top + step * 2 / 5, step * 7 / 5);
        self.fill(x, y, thick, high, [20; 3]);
        for down in 0..if letter == '1' { step / 2 } else { 0 } {
            self.fill(x.saturating_sub(down * 2 / 3), y + down, thick, thick, [20; 3]);
        }
    }

    fn encoded(&self) -> Vec<u8> {
        let mut jpeg = Vec::new();
        let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
        let (width, height) = (side(self.size.width), side(self.size.height));
        let encoded = Encoder::new(&mut jpeg, QUALITY).encode(&self.points, width, height, ColorType::Rgb);
        // A size that no JPEG has cannot be asked for; if it were, the picture would be counted as broken.
        if let Err(error) = encoded {
            tracing::error!("the simulated camera cannot encode its picture: {error}");
        }
        jpeg
    }
}
