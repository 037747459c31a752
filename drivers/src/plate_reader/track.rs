//! Cars over time: frames vote, a car that stays is read once, and its best frame is kept.

use std::time::Duration;

use super::PlateRead;
use super::rectify::Quad;
use super::vote::vote;

/// When a plate is told, and when it is forgotten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// So many frames must agree before a plate is told early.
    pub agreeing: usize,
    /// The best text must be so much likelier than the second (a logarithm) to be told early.
    pub margin: f32,
    /// After so long a car is told with what there is.
    pub patience: Duration,
    /// A car not seen for so long has left, when frames were read meanwhile.
    pub absence: Duration,
    /// The same plate seen again so soon after it left is the same visit.
    pub again: Duration,
    /// A plate less sure than this is not told without a second frame.
    pub least: f32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            agreeing: 2,
            margin: 3.0,
            patience: Duration::from_millis(1500),
            absence: Duration::from_secs(3),
            again: Duration::from_secs(20),
            least: 0.5,
        }
    }
}

/// A plate, told once for each car, and again when it has become another or much surer.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<F> {
    /// Which car: counts those before this camera from 1.
    pub car: u64,
    /// It was told before: this is what it is now believed to be.
    pub again: bool,
    /// The plate's key.
    pub text: String,
    /// The country whose form it has.
    pub country: Option<&'static str>,
    /// How sure it is: 0 to 1.
    pub confidence: f32,
    /// What it may be, the likeliest first.
    pub candidates: Vec<(String, f32)>,
    /// How many frames voted.
    pub frames: usize,
    /// How many of them read this text by themselves.
    pub agreeing: usize,
    /// Where it was in the best frame.
    pub corners: Quad,
    /// The frame that shows it best: sharp, and sure of it.
    pub frame: F,
}

/// A car in view, as far as it has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Firming {
    /// Which car.
    pub car: u64,
    /// What its plate is believed to be.
    pub text: String,
    /// How sure that is: 0 to 1.
    pub confidence: f32,
    /// It has been told.
    pub told: bool,
    /// Where its plate was last.
    pub corners: Quad,
}

/// A frame that shows a car's plate better than the one it was told with.
#[derive(Clone, Debug, PartialEq)]
pub struct Better<F> {
    /// Which car.
    pub car: u64,
    /// Where its plate is.
    pub corners: Quad,
    /// The frame.
    pub frame: F,
}

/// A car in view, or one that left a moment ago.
#[derive(Clone, Debug)]
struct Car<F> {
    number: u64,
    reads: Vec<PlateRead>,
    best: (F, PlateRead),
    /// The best frame is not the one that was told.
    better: bool,
    corners: Quad,
    first: Duration,
    last: Duration,
    /// Frames read since then.
    missed: usize,
    /// What was told, and how sure it was.
    told: Option<(String, f32)>,
}

/// Readings of one car that vote; later ones replace the least sure.
const READS_MAX: usize = 16;
/// So many frames must have been read without a car before it has left: on a busy machine a frame takes long.
const MISSED: usize = 2;
/// Cars watched at once; a picture has no more plates worth reading.
const CARS_MAX: usize = 32;
/// A frame takes the place of the best one when it is worth so much more: a picture is made of each.
const BETTER: f32 = 1.1;
/// A plate is told again when it is so much surer than it was.
const SURER: f32 = 0.15;

/// Follows the cars in front of one camera.
#[derive(Clone, Debug)]
pub struct Tracker<F> {
    rules: Rules,
    cars: Vec<Car<F>>,
    /// How many cars there have been.
    seen: u64,
    /// When it was last told anything.
    looked: Duration,
}

impl<F: Clone> Tracker<F> {
    /// Follows cars by these rules.
    #[must_use]
    pub const fn new(rules: Rules) -> Self {
        Self { rules, cars: Vec::new(), seen: 0, looked: Duration::ZERO }
    }

    /// Takes the plates of a frame seen at `now` (a clock of the caller's that only goes forward) and tells the cars whose
    /// plate has become sure.
    pub fn see(&mut self, plates: &[PlateRead], frame: &F, now: Duration) -> Vec<Told<F>> {
        self.looked = now;
        let mut taken = vec![false; self.cars.len()];
        for plate in plates {
            let nearest = (0..taken.len())
                .filter(|at| !taken[*at])
                .map(|at| (at, self.likeness(&self.cars[at], plate, now)))
                .filter(|(_, likeness)| *likeness > 0.0)
                .max_by(|a, b| a.1.total_cmp(&b.1));
            match nearest {
                Some((at, _)) => {
                    taken[at] = true;
                    self.cars[at].add(plate, frame, now);
                }
                None if self.cars.len() < CARS_MAX => {
                    self.seen += 1;
                    self.cars.push(Car::new(self.seen, plate, frame, now));
                }
                None => {}
            }
        }
        for (car, _) in self.cars.iter_mut().zip(&taken).filter(|(_, taken)| !**taken) {
            car.missed += 1;
        }
        self.tell(now)
    }

    /// Nothing moves before the camera: whatever was in view at the last look stays in view, without being read again, however
    /// long ago that was. What the last frames did not show has driven off, and does not stay.
    pub fn stay(&mut self, now: Duration) {
        let (rules, before) = (self.rules, std::mem::replace(&mut self.looked, now));
        let stays = |car: &&mut Car<F>| car.missed < MISSED && car.is_in_view(&rules, before);
        for car in self.cars.iter_mut().filter(stays) {
            car.last = now;
        }
    }

    /// The cars in view at `now`, as far as they have been read.
    #[must_use]
    pub fn firming(&self, now: Duration) -> Vec<Firming> {
        self.cars.iter().filter(|car| car.is_in_view(&self.rules, now)).map(Car::firming).collect()
    }

    /// The frames that show cars better than those they were told with; each is given once.
    pub fn better(&mut self) -> Vec<Better<F>> {
        let told = self.cars.iter_mut().filter(|car| car.told.is_some());
        told.filter_map(|car| {
            let (frame, read) = &car.best;
            let better = Better { car: car.number, corners: read.corners, frame: frame.clone() };
            std::mem::take(&mut car.better).then_some(better)
        })
        .collect()
    }

    /// How likely a plate belongs to a car: 0 is not at all.
    fn likeness(&self, car: &Car<F>, plate: &PlateRead, now: Duration) -> f32 {
        let same = car.told.as_ref().map_or(&car.best.1.text, |(text, _)| text) == &plate.text;
        let in_view = car.is_in_view(&self.rules, now);
        if same && (in_view || now.saturating_sub(car.last) <= self.rules.again) {
            return 3.0;
        }
        let width = car.corners.width().max(plate.corners.width());
        let ([x, y], [other_x, other_y]) = (car.corners.centre(), plate.corners.centre());
        let far = (x - other_x).hypot(y - other_y) / width.max(1.0);
        let alike = car.corners.width().min(plate.corners.width()) / width.max(1.0);
        let akin = car.reads.iter().any(|read| distance(&read.text, &plate.text) <= 3);
        if in_view && alike > 0.5 && far < 1.0 && akin { 2.0 - far } else { 0.0 }
    }

    fn tell(&mut self, now: Duration) -> Vec<Told<F>> {
        let rules = self.rules;
        self.cars.retain(|car| {
            let is_again = car.told.is_some() && now.saturating_sub(car.last) <= rules.again;
            is_again || car.is_in_view(&rules, now)
        });
        let mut told: Vec<Told<F>> = Vec::new();
        for at in 0..self.cars.len() {
            let car = &mut self.cars[at];
            if (car.told.is_some() && car.last != now) || !car.ripe(&rules, now) {
                continue;
            }
            let words = car.words();
            if car.is_news(&words) {
                car.told = Some((words.text.clone(), words.confidence));
                car.better = false;
                told.push(words);
            }
        }
        told
    }
}

impl<F: Clone> Car<F> {
    fn new(number: u64, plate: &PlateRead, frame: &F, now: Duration) -> Self {
        Self {
            number,
            reads: vec![plate.clone()],
            best: (frame.clone(), plate.clone()),
            better: false,
            corners: plate.corners,
            first: now,
            last: now,
            missed: 0,
            told: None,
        }
    }

    fn add(&mut self, plate: &PlateRead, frame: &F, now: Duration) {
        self.corners = plate.corners;
        self.last = now;
        self.missed = 0;
        if worth(plate) > BETTER * worth(&self.best.1) {
            self.best = (frame.clone(), plate.clone());
            self.better = true;
        }
        if self.reads.len() < READS_MAX {
            self.reads.push(plate.clone());
        } else if let Some(least) = self.reads.iter_mut().min_by(|a, b| a.confidence.total_cmp(&b.confidence))
            && least.confidence < plate.confidence
        {
            *least = plate.clone();
        }
    }

    /// Whether it has not left: it was seen a moment ago, or there was hardly a look at where it was since.
    fn is_in_view(&self, rules: &Rules, now: Duration) -> bool {
        let since = now.saturating_sub(self.last);
        since <= rules.absence || self.missed < MISSED && since <= rules.again
    }

    /// Whether it is worth telling: for the first time, another text, or a much surer one.
    fn is_news(&self, words: &Told<F>) -> bool {
        self.told.as_ref().is_none_or(|(text, confidence)| {
            let surer = words.confidence >= confidence + SURER;
            surer || (words.text != *text && words.confidence > *confidence)
        })
    }

    fn firming(&self) -> Firming {
        let words = self.words();
        let told = self.told.is_some();
        let (text, confidence) = match &self.told {
            Some((text, confidence)) => (text.clone(), confidence.max(words.confidence)),
            None => (words.text, words.confidence),
        };
        Firming { car: self.number, text, confidence, told, corners: self.corners }
    }

    fn ballot(&self) -> Vec<(String, f32)> {
        vote(self.reads.iter().map(|read| (&read.candidates[..], read.confidence.max(0.1))))
    }

    fn ripe(&self, rules: &Rules, now: Duration) -> bool {
        let ballot = self.ballot();
        let Some((text, best)) = ballot.first() else { return false };
        let second = ballot.get(1).map_or(0.0, |(_, probability)| *probability);
        let agreeing = self.reads.iter().filter(|read| read.text == *text).count();
        let margin = (best / second.max(1e-6)).ln();
        let sure = self.reads.iter().any(|read| read.confidence >= rules.least);
        agreeing >= rules.agreeing && margin >= rules.margin && sure
            || now.saturating_sub(self.first) >= rules.patience && (sure || agreeing >= rules.agreeing)
    }

    fn words(&self) -> Told<F> {
        let candidates = self.ballot();
        let (text, share) = candidates.first().cloned().unwrap_or_default();
        let agreeing = self.reads.iter().filter(|read| read.text == text);
        // Each frame that agrees halves what is left of the doubt at best: frames of one car share their faults.
        let doubt = agreeing
            .clone()
            .map(|read| 1.0 - read.confidence)
            .fold(1.0, |left: f32, doubt| if left == 1.0 { doubt } else { left * doubt.max(0.5) });
        Told {
            car: self.number,
            again: self.told.is_some(),
            country: agreeing.clone().find_map(|read| read.country),
            confidence: share * (1.0 - doubt),
            candidates,
            frames: self.reads.len(),
            agreeing: agreeing.count(),
            corners: self.best.1.corners,
            frame: self.best.0.clone(),
            text,
        }
    }
}

/// How much a frame is worth as the picture of a plate.
fn worth(read: &PlateRead) -> f32 {
    read.confidence * read.sharpness
}

/// How many characters must be changed, added or taken away to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
