//! Number plates in pictures: found, read and judged on this machine alone.
//!
//! A small network ([`finder`]) says where plates are and how they lie; each is laid upright ([`rectify`]); a second one
//! ([`reader`]) says what it sees from left to right; the [`grammar`] weighs that with how plates are composed, country by
//! country ([`patterns`]), and [`confidence`] says how often such a reading is right. [`track`] lets several frames vote and
//! reads a car that stays in view once; [`watch`] does that with what a camera shows, and rests while nothing moves.
//! [`pictures`] keeps what a plate looked like, and [`advice`] says what is wrong with a camera's picture.
//!
//! The weights in `weights/` are made by the package `trainer/` of this repository from plates it draws itself.

pub mod advice;
pub mod alphabet;
pub mod background;
pub mod confidence;
pub mod file;
pub mod finder;
pub mod grammar;
pub mod net;
pub mod networks;
pub mod patterns;
pub mod picture;
pub mod pictures;
pub mod reader;
pub mod rectify;
pub mod track;
pub mod vote;
pub mod watch;

use std::time::{Duration, Instant};

use finder::{Finder, Found};
use grammar::{Grammar, Guess};
use net::WrongWeights;
use picture::Picture;
use reader::Reader;
use rectify::{Lines, Quad, crop};

/// What the reader wants around a plate, in parts of its width and height.
pub const MARGIN: [f32; 2] = [0.03, 0.08];

/// How far the looks at a plate reach around it, about [`MARGIN`].
const LOOKS: [[f32; 2]; 2] = [[0.015, 0.03], [0.045, 0.13]];

/// A plate read.
#[derive(Clone, Debug, PartialEq)]
pub struct PlateRead {
    /// Its key: Latin capitals and digits, and Greek capitals that have no Latin twin.
    pub text: String,
    /// The country whose form it has, when no other is likely: `GR`, `RO`, `D` …
    pub country: Option<&'static str>,
    /// How often such a reading is right: 0 to 1.
    pub confidence: f32,
    /// The plate's corners in points of the picture.
    pub corners: Quad,
    /// Whether it has one line or two.
    pub lines: Lines,
    /// What it may be, the likeliest first, with probabilities; the first is `text`.
    pub candidates: Vec<(String, f32)>,
    /// How sharp its picture is, whatever its light; see [`rectify::sharpness`].
    pub sharpness: f32,
}

/// The plates of one picture.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The plates, the surest first.
    pub plates: Vec<PlateRead>,
    /// How long it took.
    pub took: Duration,
}

/// Finds and reads plates. Make one and keep it.
#[derive(Clone, Debug)]
pub struct PlateReader {
    finder: Finder,
    reader: Reader,
    grammar: Grammar,
}

/// A shorter text is not given, nor one without a digit: cars and walls carry many words, and grilles read as a letter or two.
const LENGTH_MIN: usize = 5;
/// A place is looked at once only when that look alone makes a reading no surer than this.
const HOPE: f32 = 0.005;
/// Places that score less are not looked at.
pub const PLACE_MIN: f32 = 0.12;

/// Whether such a text is given at all.
#[must_use]
pub fn is_given(guess: &Guess) -> bool {
    guess.text.chars().count() >= LENGTH_MIN && guess.text.contains(|c: char| c.is_ascii_digit())
}

impl PlateReader {
    /// A reader with the weights that are part of this program.
    ///
    /// # Errors
    /// When the program was built with weights of other networks.
    pub fn new() -> Result<Self, WrongWeights> {
        Self::with_weights(include_bytes!("weights/finder.bin"), include_bytes!("weights/reader.bin"))
    }

    /// A reader with other weights, as the trainer makes them.
    ///
    /// # Errors
    /// When they are those of other networks.
    pub fn with_weights(finder: &[u8], reader: &[u8]) -> Result<Self, WrongWeights> {
        Ok(Self { finder: Finder::new(finder)?, reader: Reader::new(reader)?, grammar: Grammar::default() })
    }

    /// The plates in a picture; none when there is none.
    #[must_use]
    pub fn read(&self, picture: Picture<'_>) -> Sight {
        let started = Instant::now();
        let mut plates: Vec<PlateRead> = Vec::new();
        for place in self.finder.find(picture, PLACE_MIN) {
            let Some(read) = self.read_place(picture, &place) else { continue };
            plates.push(read);
        }
        plates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let mut apart: Vec<PlateRead> = Vec::new();
        for plate in plates {
            if apart.iter().all(|other| !other.corners.touches(&plate.corners)) {
                apart.push(plate);
            }
        }
        Sight { plates: apart, took: started.elapsed() }
    }

    /// The plate at a place; `None` when nothing is written there.
    #[must_use]
    pub fn read_place(&self, picture: Picture<'_>, place: &Found) -> Option<PlateRead> {
        let first = self.look(picture, &place.quad, place.lines, LOOKS[0]);
        // Most places are no plates, and one look shows it.
        let given: Vec<Guess> = first.iter().filter(|guess| is_given(guess)).cloned().collect();
        if confidence::of(&given, place) < HOPE {
            return None;
        }
        let mut guesses = grammar::together(&[first, self.look(picture, &place.quad, place.lines, LOOKS[1])]);
        guesses.retain(is_given);
        let best = guesses.first()?;
        let confidence = confidence::of(&guesses, place);
        if confidence < confidence::LEAST {
            return None;
        }
        Some(PlateRead {
            text: best.text.clone(),
            country: best.country,
            confidence,
            corners: place.quad,
            lines: place.lines,
            candidates: guesses.iter().map(|guess| (guess.text.clone(), guess.probability)).collect(),
            sharpness: rectify::sharpness(&crop(picture, &place.quad, place.lines)),
        })
    }

    /// What may be written on a plate with these corners, the likeliest first: what a closer and a wider look say together.
    #[must_use]
    pub fn guesses(&self, picture: Picture<'_>, quad: &Quad, lines: Lines) -> Vec<Guess> {
        grammar::together(&LOOKS.map(|around| self.look(picture, quad, lines, around)))
    }

    fn look(&self, picture: Picture<'_>, quad: &Quad, lines: Lines, around: [f32; 2]) -> Vec<Guess> {
        let crop = crop(picture, &quad.grown(around[0], around[1]), lines);
        self.grammar.read(&self.reader.read(&crop))
    }

    /// The finder, to look at alone.
    #[must_use]
    pub const fn finder(&self) -> &Finder {
        &self.finder
    }
}
