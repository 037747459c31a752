//! How sure the reader may be: what its marks are worth, learnt from drawn streets it has not seen.

use fastrand::Rng;
use tameio_drivers::plate_reader::PlateReader;
use tameio_drivers::plate_reader::confidence::{MARKS, marks};
use tameio_drivers::plate_reader::picture::Picture;

use crate::glyph;
use crate::photograph::Hardness;
use crate::plate::Mix;
use crate::street::{Street, Wanted, street};

/// Marks of a reading, and whether it was right.
type Judged = ([f32; MARKS], bool);

/// Prints what each mark is worth.
pub fn calibrate(reader: &PlateReader, scenes: usize) {
    let hands = glyph::held_out();
    let mut rng = Rng::with_seed(4242);
    let mut judged = Vec::new();
    for _ in 0..scenes {
        let wanted = Wanted {
            width: 640,
            height: 384,
            wide: [50.0, 260.0],
            mix: if rng.bool() { Mix::Known } else { Mix::Greek },
            hardness: Hardness::Any,
        };
        judge(reader, &street(&wanted, &hands, &mut rng), &mut judged);
    }
    let right = judged.iter().filter(|(_, right)| *right).count();
    println!("{} readings, {right} right", judged.len());
    let worth = fit(&judged);
    println!("worth: {worth:?}");
    for least in [0.5, 0.8, 0.9, 0.95, 0.99] {
        let sure: Vec<&Judged> =
            judged.iter().filter(|(marks, _)| probability(marks, &worth) >= least).collect();
        let wrong = sure.iter().filter(|(_, right)| !right).count();
        println!(
            "{least}: {} readings, {:.2} % wrong",
            sure.len(),
            100.0 * wrong as f32 / sure.len().max(1) as f32
        );
    }
}

fn judge(reader: &PlateReader, scene: &Street, judged: &mut Vec<Judged>) {
    let picture = Picture::new(scene.width, scene.height, &scene.points).expect("a scene has points");
    for place in reader.finder().find(picture, tameio_drivers::plate_reader::PLACE_MIN) {
        let guesses = reader.guesses(picture, &place.quad, place.lines);
        let Some(best) = guesses.first().filter(|guess| guess.text.chars().count() >= 5) else { continue };
        let right =
            scene.plates.iter().any(|(quad, _, text)| quad.touches(&place.quad) && *text == best.text);
        judged.push((marks(&guesses, &place), right));
    }
}

fn probability(marks: &[f32; MARKS], worth: &[f32; MARKS]) -> f32 {
    let sum: f32 = marks.iter().zip(worth).map(|(mark, worth)| mark * worth).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Logistic regression by steps down the gradient.
fn fit(judged: &[Judged]) -> [f32; MARKS] {
    let mut worth = [0f32; MARKS];
    for step in 0..6000 {
        let mut slope = [0f32; MARKS];
        for (marks, right) in judged {
            let error = probability(marks, &worth) - f32::from(*right);
            slope.iter_mut().zip(marks).for_each(|(sum, mark)| *sum += error * mark);
        }
        let rate = 0.3 / (1.0 + step as f32 / 1500.0);
        for (worth, slope) in worth.iter_mut().zip(slope) {
            *worth -= rate * (slope / judged.len() as f32 + 1e-4 * *worth);
        }
    }
    worth
}
