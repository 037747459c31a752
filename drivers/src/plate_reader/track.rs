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
    /// A car not seen for so long has left.
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

/// A plate, told once for each car.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<F> {
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
    /// Where it was in the best frame.
    pub corners: Quad,
    /// The frame in which it was surest.
    pub frame: F,
}

/// A car in view, or one that left a moment ago.
#[derive(Clone, Debug)]
struct Car<F> {
    reads: Vec<PlateRead>,
    best: (F, PlateRead),
    corners: Quad,
    first: Duration,
    last: Duration,
    told: Option<String>,
}

/// Readings of one car that vote; later ones replace the least sure.
const READS_MAX: usize = 16;
/// Cars watched at once; a picture has no more plates worth reading.
const CARS_MAX: usize = 32;

/// Follows the cars in front of one camera.
#[derive(Clone, Debug)]
pub struct Tracker<F> {
    rules: Rules,
    cars: Vec<Car<F>>,
}

impl<F: Clone> Tracker<F> {
    /// Follows cars by these rules.
    #[must_use]
    pub const fn new(rules: Rules) -> Self {
        Self { rules, cars: Vec::new() }
    }

    /// Takes the plates of a frame seen at `now` (a clock of the caller's that only goes forward) and tells the cars whose
    /// plate has become sure.
    pub fn see(&mut self, plates: &[PlateRead], frame: &F, now: Duration) -> Vec<Told<F>> {
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
                None if self.cars.len() < CARS_MAX => self.cars.push(Car::new(plate, frame, now)),
                None => {}
            }
        }
        self.tell(now)
    }

    /// How likely a plate belongs to a car: 0 is not at all.
    fn likeness(&self, car: &Car<F>, plate: &PlateRead, now: Duration) -> f32 {
        let same = car.told.as_ref().unwrap_or(&car.best.1.text) == &plate.text;
        let in_view = now.saturating_sub(car.last) <= self.rules.absence;
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
            let since = now.saturating_sub(car.last);
            since <= if car.told.is_some() { rules.again.max(rules.absence) } else { rules.absence }
        });
        let mut told: Vec<Told<F>> = Vec::new();
        for at in 0..self.cars.len() {
            let car = &self.cars[at];
            if car.told.is_some() || !car.ripe(&rules, now) {
                continue;
            }
            let words = car.words();
            self.cars[at].told = Some(words.text.clone());
            told.push(words);
        }
        told
    }
}

impl<F: Clone> Car<F> {
    fn new(plate: &PlateRead, frame: &F, now: Duration) -> Self {
        Self {
            reads: vec![plate.clone()],
            best: (frame.clone(), plate.clone()),
            corners: plate.corners,
            first: now,
            last: now,
            told: None,
        }
    }

    fn add(&mut self, plate: &PlateRead, frame: &F, now: Duration) {
        self.corners = plate.corners;
        self.last = now;
        if plate.confidence > self.best.1.confidence {
            self.best = (frame.clone(), plate.clone());
        }
        if self.reads.len() < READS_MAX {
            self.reads.push(plate.clone());
        } else if let Some(least) = self.reads.iter_mut().min_by(|a, b| a.confidence.total_cmp(&b.confidence))
            && least.confidence < plate.confidence
        {
            *least = plate.clone();
        }
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
            country: agreeing.clone().find_map(|read| read.country),
            confidence: share * (1.0 - doubt),
            candidates,
            frames: self.reads.len(),
            corners: self.best.1.corners,
            frame: self.best.0.clone(),
            text,
        }
    }
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
