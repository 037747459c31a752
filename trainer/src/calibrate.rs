//! How sure the reader may be: what its marks are worth, learnt from drawn streets it has not seen.

use fastrand::Rng;
use tameio_drivers::plate_reader::confidence::{MARKS, marks};
use tameio_drivers::plate_reader::picture::Picture;
use tameio_drivers::plate_reader::{PlateReader, is_given};

use crate::glyph;
use crate::photograph::Hardness;
use crate::plate::Mix;
use crate::street::{Street, Wanted, street};

/// Newton's steps: far fewer are needed.
const STEPS: usize = 30;
/// How much a mark is held back from counting, in readings.
const HOLD: f32 = 1.0;

/// Marks of a reading, and whether it was right.
type Judged = ([f32; MARKS], bool);

/// Prints what each mark is worth.
pub fn calibrate(reader: &PlateReader, scenes: usize) {
    let hands = glyph::strangers();
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
    println!("worth: {worth:.3?}");
    let loss = judged.iter().map(|(marks, right)| {
        let probability = probability(marks, &worth);
        -(if *right { probability } else { 1.0 - probability }).max(1e-6).ln()
    });
    println!("loss: {:.4}", loss.sum::<f32>() / judged.len() as f32);
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
        let mut guesses = reader.guesses(picture, &place.quad, place.lines);
        guesses.retain(is_given);
        let Some(best) = guesses.first() else { continue };
        let right =
            scene.plates.iter().any(|(quad, _, text)| quad.touches(&place.quad) && *text == best.text);
        judged.push((marks(&guesses, &place), right));
    }
}

fn probability(marks: &[f32; MARKS], worth: &[f32; MARKS]) -> f32 {
    let sum: f32 = marks.iter().zip(worth).map(|(mark, worth)| mark * worth).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Logistic regression by Newton's steps.
fn fit(judged: &[Judged]) -> [f32; MARKS] {
    let mut worth = [0f32; MARKS];
    for _ in 0..STEPS {
        let mut slope = [0f64; MARKS];
        let mut bend = [[0f64; MARKS]; MARKS];
        for at in 0..MARKS {
            slope[at] = f64::from(HOLD * worth[at]);
            bend[at][at] = f64::from(HOLD);
        }
        for (marks, right) in judged {
            let probability = probability(marks, &worth);
            let (error, weight) = (probability - f32::from(*right), probability * (1.0 - probability));
            for row in 0..MARKS {
                slope[row] += f64::from(error * marks[row]);
                for column in 0..MARKS {
                    bend[row][column] += f64::from(weight * marks[row] * marks[column]);
                }
            }
        }
        let step = solve(bend, slope);
        worth.iter_mut().zip(step).for_each(|(worth, step)| *worth -= step as f32);
    }
    worth
}

/// Solves a system of equations by elimination; the matrix is symmetric and positive.
fn solve(mut matrix: [[f64; MARKS]; MARKS], mut right: [f64; MARKS]) -> [f64; MARKS] {
    for at in 0..MARKS {
        for row in at + 1..MARKS {
            let factor = matrix[row][at] / matrix[at][at];
            for column in at..MARKS {
                matrix[row][column] -= factor * matrix[at][column];
            }
            right[row] -= factor * right[at];
        }
    }
    for at in (0..MARKS).rev() {
        let rest: f64 = (at + 1..MARKS).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - rest) / matrix[at][at];
    }
    right
}
