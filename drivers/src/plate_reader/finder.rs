//! Finds plates: a small network looks at the picture at several sizes and says where plates are and how they lie.

use super::net::{Net, WrongWeights};
use super::networks::{CELL, FINDER, FINDER_CLASSES, REACH};
use super::picture::Picture;
use super::rectify::{Lines, Quad};

/// A place that looks like a plate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Its corners.
    pub quad: Quad,
    /// How it is laid out.
    pub lines: Lines,
    /// How much it looks like one: 0 to 1.
    pub score: f32,
}

/// Finds plates.
#[derive(Clone, Debug)]
pub struct Finder(Net);

/// Width at which a picture is looked at first, unless it is narrower; then at half and at a quarter of that.
const WIDTH: usize = 640;
/// Height looked at: a picture that is higher still is squeezed, as nothing but a hostile one is.
const HEIGHT_MAX: usize = 4 * WIDTH;
/// Places kept at most.
const PLACES_MAX: usize = 8;

/// Width and height of the second look, and how wide the plate is in it.
const CLOSE: [usize; 2] = [208, 128];
const CLOSE_WIDTH: f32 = 84.0;
/// What a place must score in the second look.
const PLACE_AGAIN: f32 = 0.1;

impl Finder {
    /// A finder with these weights.
    ///
    /// # Errors
    /// When they are those of another network.
    pub fn new(weights: &[u8]) -> Result<Self, WrongWeights> {
        Net::new(&FINDER, weights).map(Self)
    }

    /// The places in a picture that score at least `least`, the best first.
    #[must_use]
    pub fn find(&self, picture: Picture<'_>, least: f32) -> Vec<Found> {
        let mut places = Vec::new();
        for part in [1, 2, 4] {
            let width = WIDTH.min(picture.width()) / part;
            let height = (picture.height() * width / picture.width()).min(HEIGHT_MAX / part);
            if width < CELL || height < CELL {
                continue;
            }
            let shrunk = picture.shrunk(width, height);
            if let Some(small) = Picture::new(width, height, &shrunk) {
                let back = [picture.width() as f32 / width as f32, picture.height() as f32 / height as f32];
                places.extend(self.look(small, least).into_iter().map(|place| {
                    let quad = Quad(place.quad.0.map(|[x, y]| [x * back[0], y * back[1]]));
                    Found { quad, ..place }
                }));
            }
        }
        let places = distinct(places).into_iter().map(|place| self.closer(picture, &place).unwrap_or(place));
        distinct(places.collect())
    }

    /// Looks again where a place was found, at the size at which corners are met best.
    fn closer(&self, picture: Picture<'_>, place: &Found) -> Option<Found> {
        let [width, height] = CLOSE;
        let scale =
            place.quad.width() / if place.lines == Lines::Two { CLOSE_WIDTH * 0.7 } else { CLOSE_WIDTH };
        let centre = place.quad.centre();
        let from = [centre[0] - scale * width as f32 / 2.0, centre[1] - scale * height as f32 / 2.0];
        let points = picture.window(from, scale, width, height);
        let near = self.look(Picture::new(width, height, &points)?, PLACE_AGAIN);
        let back = |at: [f32; 2]| [0, 1].map(|axis| from[axis] + scale * at[axis]);
        near.into_iter()
            .map(|near| Found {
                quad: Quad(near.quad.0.map(back)),
                score: near.score.max(place.score),
                ..near
            })
            .filter(|near| near.quad.overlap(&place.quad) > 0.2)
            .max_by(|a, b| a.quad.overlap(&place.quad).total_cmp(&b.quad.overlap(&place.quad)))
    }

    /// The places in a picture at its own size.
    fn look(&self, picture: Picture<'_>, least: f32) -> Vec<Found> {
        let (answers, [rows, columns]) = self.0.run(&prepare(picture), [picture.height(), picture.width()]);
        let heat = |x: usize, y: usize| answers[(y * columns + x) * FINDER_CLASSES];
        let threshold = (least / (1.0 - least)).ln();
        let mut places = Vec::new();
        for y in 0..rows {
            for x in 0..columns {
                let own = heat(x, y);
                let around = (y.saturating_sub(1)..rows.min(y + 2))
                    .flat_map(|y| (x.saturating_sub(1)..columns.min(x + 2)).map(move |x| (x, y)));
                if own < threshold || around.into_iter().any(|(x, y)| heat(x, y) > own) {
                    continue;
                }
                let answer = &answers[(y * columns + x) * FINDER_CLASSES..][..FINDER_CLASSES];
                places.push(place(answer, [x, y]));
            }
        }
        places
    }
}

/// What one cell says.
fn place(answer: &[f32], [x, y]: [usize; 2]) -> Found {
    let middle = [x, y].map(|at| (at as f32 + 0.5) * CELL as f32);
    let corner = |index: usize| [0, 1].map(|axis| middle[axis] + answer[2 + 2 * index + axis] * REACH);
    Found {
        quad: Quad([corner(0), corner(1), corner(2), corner(3)]),
        lines: if answer[1] > 0.0 { Lines::Two } else { Lines::One },
        score: 1.0 / (1.0 + (-answer[0]).exp()),
    }
}

/// The best of places that lie over one another.
fn distinct(mut places: Vec<Found>) -> Vec<Found> {
    places.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Found> = Vec::new();
    for place in places {
        let sane = place.quad.width() > 8.0 && place.quad.height() > 4.0;
        if sane && kept.len() < PLACES_MAX && kept.iter().all(|other| other.quad.overlap(&place.quad) < 0.3) {
            kept.push(place);
        }
    }
    kept
}

/// A picture as the finder wants it: its own mean is nought, its own deviation one.
#[must_use]
pub fn prepare(picture: Picture<'_>) -> Vec<f32> {
    let mut points: Vec<f32> = picture.points().iter().map(|point| f32::from(*point)).collect();
    super::rectify::normalise(&mut points);
    points
}
