//! Measures the plate reader on photographs with known plates, and shows what went wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tameio_drivers::plate_reader::file::Photo;
use tameio_drivers::plate_reader::finder::Found;
use tameio_drivers::plate_reader::picture::Picture;
use tameio_drivers::plate_reader::rectify::{Lines, Quad};
use tameio_drivers::plate_reader::{MARGIN, PlateRead, PlateReader};

use crate::show;

/// A plate somebody read by eye.
#[derive(Clone, Debug)]
pub struct Truth {
    pub file: String,
    /// Empty: not readable by eye.
    pub text: String,
    pub area: Quad,
    pub sequence: String,
}

/// Photographs with what is on them, file by file.
pub struct Photos {
    pub folder: PathBuf,
    pub plates: BTreeMap<String, Vec<Truth>>,
}

impl Photos {
    /// Reads `manifest.csv`: file, plate, x, y, w, h, width, height, country, source, file there, sequence, …
    pub fn open(folder: &Path) -> Self {
        let manifest =
            std::fs::read_to_string(folder.join("manifest.csv")).expect("the folder has a manifest");
        let mut plates: BTreeMap<String, Vec<Truth>> = BTreeMap::new();
        for line in manifest.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |at: usize| cells[at].parse::<f32>().expect("a number");
            let area = Quad::upright(number(2), number(3), number(4), number(5));
            let truth =
                Truth { file: cells[0].into(), text: cells[1].into(), area, sequence: cells[11].into() };
            plates.entry(truth.file.clone()).or_default().push(truth);
        }
        Self { folder: folder.to_owned(), plates }
    }

    pub fn photo(&self, file: &str) -> Photo {
        let bytes = std::fs::read(self.folder.join("images").join(file)).expect("the photo is there");
        Photo::decode(&bytes).unwrap_or_else(|fault| panic!("{file}: {fault}"))
    }
}

/// How one plate fared.
struct Outcome {
    truth: Truth,
    light: f32,
    found: bool,
    /// What the reader alone says of the true box.
    given: String,
    read: Option<PlateRead>,
}

impl Outcome {
    fn right(&self) -> bool {
        self.read.as_ref().is_some_and(|read| read.text == self.truth.text)
    }
}

fn within(quad: &Quad, [x, y]: [f32; 2]) -> bool {
    let [left, top, right, bottom] = quad.bounds();
    (left..right).contains(&x) && (top..bottom).contains(&y)
}

/// Prints the table and writes the sheet of failures.
pub fn measure(reader: &PlateReader, photos: &Photos, sheet: &Path) {
    let mut outcomes = Vec::new();
    let mut strays: Vec<(String, PlateRead)> = Vec::new();
    let mut times = Vec::new();
    for (file, truths) in &photos.plates {
        let photo = photos.photo(file);
        let picture = photo.picture();
        let sight = reader.read(picture);
        // Others use the processor too: the least of three is nearer to what it takes.
        let took = (0..2).map(|_| reader.read(picture).took).fold(sight.took, Duration::min);
        times.push(took.as_secs_f32() * 1000.0);
        let places = reader.finder().find(picture, tameio_drivers::plate_reader::PLACE_MIN);
        for truth in truths.iter().filter(|truth| !truth.text.is_empty()) {
            let near = |quad: &Quad| within(&truth.area, quad.centre());
            let given = reader.guesses(picture, &truth.area, Lines::One);
            outcomes.push(Outcome {
                truth: truth.clone(),
                light: mean(picture, &truth.area),
                found: places.iter().any(|place: &Found| near(&place.quad)),
                given: given.first().map(|guess| guess.text.clone()).unwrap_or_default(),
                read: sight.plates.iter().find(|plate| near(&plate.corners)).cloned(),
            });
        }
        for plate in sight.plates {
            if !truths.iter().any(|truth| within(&truth.area.grown(0.2, 0.3), plate.corners.centre())) {
                strays.push((file.clone(), plate));
            }
        }
    }
    table(&outcomes);
    sure(&outcomes, &strays);
    votes(&outcomes);
    times.sort_by(f32::total_cmp);
    println!("ms a picture: median {:.1}, most {:.1}", times[times.len() / 2], times[times.len() - 1]);
    failures(photos, &outcomes, &strays, sheet);
}

/// The light of a plate: 0 is black, 255 white.
pub fn mean(picture: Picture<'_>, area: &Quad) -> f32 {
    let [left, top, right, bottom] = area.bounds();
    let at = |part: usize, low: f32, high: f32| low + (high - low) * (part as f32 + 0.5) / 20.0;
    let sum: f32 =
        (0..400).map(|cell| picture.between(at(cell % 20, left, right), at(cell / 20, top, bottom))).sum();
    sum / 400.0
}

fn table(outcomes: &[Outcome]) {
    println!("{:<24} {:>6} {:>7} {:>7} {:>7} {:>7}", "", "plates", "found", "given", "exact", "wrong");
    let wide = |low: f32, high: f32| move |o: &Outcome| (low..high).contains(&o.truth.area.width());
    let row = |name: &str, keep: &dyn Fn(&Outcome) -> bool| {
        let part: Vec<&Outcome> = outcomes.iter().filter(|outcome| keep(outcome)).collect();
        let share = |count: usize| 100.0 * count as f32 / part.len().max(1) as f32;
        let count = |of: &dyn Fn(&&&Outcome) -> bool| share(part.iter().filter(of).count());
        let (found, right) = (count(&|o| o.found), count(&|o| o.right()));
        let given = count(&|o| o.given == o.truth.text);
        let wrong = count(&|o| o.read.is_some() && !o.right());
        println!("{name:<24} {:>6} {found:>7.1} {given:>7.1} {right:>7.1} {wrong:>7.1}", part.len());
    };
    row("all", &|_| true);
    row("phone photographs", &|o| o.truth.file.starts_with("oabr"));
    row("road, day", &|o| o.truth.file.starts_with("ro_day"));
    row("road, night", &|o| o.truth.file.starts_with("ro_") && !o.truth.file.starts_with("ro_day"));
    row("width under 70", &wide(0.0, 70.0));
    row("70 to 99", &wide(70.0, 100.0));
    row("100 to 139", &wide(100.0, 140.0));
    row("140 to 199", &wide(140.0, 200.0));
    row("200 and more", &wide(200.0, 1e9));
    row("plate dark (under 80)", &|o| o.light < 80.0);
    row("plate medium", &|o| (80.0..160.0).contains(&o.light));
    row("plate bright (160 up)", &|o| o.light >= 160.0);
}

/// How far sureness can be trusted.
fn sure(outcomes: &[Outcome], strays: &[(String, PlateRead)]) {
    for least in [0.5, 0.8, 0.9, 0.95] {
        let reads = outcomes.iter().filter(|o| o.read.as_ref().is_some_and(|read| read.confidence >= least));
        let (right, all) = reads.fold((0, 0), |(right, all), o| (right + usize::from(o.right()), all + 1));
        let astray = strays.iter().filter(|(_, read)| read.confidence >= least).count();
        println!(
            "confidence {least} and more: {all} plates ({:.1} % of all), {} wrong, {astray} where no plate is known",
            100.0 * all as f32 / outcomes.len() as f32,
            all - right
        );
    }
}

/// Cars seen in at least three frames, when their frames vote.
fn votes(outcomes: &[Outcome]) {
    let mut cars: BTreeMap<(&str, &str), Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| !outcome.truth.sequence.is_empty()) {
        cars.entry((&outcome.truth.sequence, &outcome.truth.text)).or_default().push(outcome);
    }
    cars.retain(|_, frames| frames.len() >= 3);
    let mut right = 0;
    for ((_, plate), frames) in &cars {
        let mut scores: BTreeMap<&str, f32> = BTreeMap::new();
        for (text, probability) in frames.iter().filter_map(|frame| frame.read.as_ref()).flat_map(|read| {
            read.candidates.iter().map(move |(text, probability)| (text, probability * read.confidence))
        }) {
            *scores.entry(text).or_default() += probability;
        }
        let best = scores.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(text, _)| *text);
        right += usize::from(best == Some(*plate));
        if best != Some(*plate) {
            println!("  car {plate}: {} frames say {best:?}", frames.len());
        }
    }
    println!("voting: {right} of {} cars with three frames and more", cars.len());
}

/// Each failure as the reader saw it: the true box above, what was found below.
fn failures(photos: &Photos, outcomes: &[Outcome], strays: &[(String, PlateRead)], path: &Path) {
    let (wide, tall, columns) = (220, 140, 6);
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.right()).collect();
    let count = failed.len() + strays.len();
    let rows = count.div_ceil(columns).max(1);
    let mut sheet = vec![0u8; rows * tall * columns * wide];
    let mut draw = |cell: usize, top: usize, file: &str, quad: &Quad| {
        let photo = photos.photo(file);
        let picture = photo.picture();
        let to = tameio_drivers::plate_reader::rectify::Homography::from_unit(quad);
        for y in 0..tall / 2 - 4 {
            for x in 0..wide - 4 {
                let [px, py] = to.map(x as f32 / (wide - 4) as f32, y as f32 / (tall / 2 - 4) as f32);
                let at = (cell / columns * tall + top + y) * columns * wide + cell % columns * wide + x;
                sheet[at] = picture.between(px - 0.5, py - 0.5) as u8;
            }
        }
    };
    for (cell, outcome) in failed.iter().enumerate() {
        let read = outcome.read.as_ref();
        draw(cell, 0, &outcome.truth.file, &outcome.truth.area.grown(0.1, 0.2));
        if let Some(read) = read {
            draw(cell, tall / 2, &outcome.truth.file, &read.corners.grown(MARGIN[0], MARGIN[1]));
        }
        println!(
            "{cell:3} {} {:4.0} px {} read {:?} sure {:.2} given the box {}{}",
            outcome.truth.file,
            outcome.truth.area.width(),
            outcome.truth.text,
            read.map(|read| &read.text[..]).unwrap_or_default(),
            read.map_or(0.0, |read| read.confidence),
            outcome.given,
            if outcome.found { "" } else { " NOT FOUND" }
        );
    }
    for (cell, (file, read)) in strays.iter().enumerate() {
        draw(failed.len() + cell, tall / 2, file, &read.corners.grown(0.1, 0.2));
        println!(
            "{:3} {file} no plate known: {} sure {:.2}",
            failed.len() + cell,
            read.text,
            read.confidence
        );
    }
    show::write(path, columns * wide, rows * tall, &sheet);
}
