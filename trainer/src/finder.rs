//! Trains the finder.

use std::path::Path;
use std::time::Instant;

use fastrand::Rng;
use tameio_drivers::plate_reader::networks::{CELL, FINDER, FINDER_CLASSES, REACH};
use tameio_drivers::plate_reader::picture::Picture;
use tameio_drivers::plate_reader::rectify::{Homography, Lines, Quad};

use crate::glyph::{self, Face};
use crate::layers::{Forward, Model, Optimiser, Plan, backward, follow, forward, keep, resume, shards};
use crate::photograph::Hardness;
use crate::plate::Mix;
use crate::sheet::Chance;
use crate::street::{Street, Wanted, street};

const BATCH: usize = 16;
const SHARDS: usize = 2;
const SCENE: [usize; 2] = [160, 256];

/// What the finder ought to say of a cell.
#[derive(Clone, Copy)]
struct Cell {
    /// How near the middle of a plate is: 1 is here.
    near: f32,
    /// Whether nothing is learnt here.
    ignored: bool,
    two: f32,
    offsets: [f32; 8],
}

/// Trains for `steps` batches and keeps the weights in `folder`; goes on where it was stopped.
pub fn train(folder: &Path, steps: usize, seed: u64) {
    let faces = glyph::training();
    let mut model = Model::new(&FINDER, &mut Rng::with_seed(seed));
    if let Some(part) = model.parameters.last_mut() {
        part.shift[0] = -3.0; // a plate is rare
    }
    let mut optimiser = Optimiser::new(model.flat().len(), steps, 3e-3, Plan::Cycle);
    let started = Instant::now();
    let mut mean = [0f32; 2];
    let state = folder.join("finder.state");
    resume(&state, &mut model, &mut optimiser);
    for step in optimiser.step..steps {
        let parts = shards(SHARDS, |shard| {
            let seed = seed ^ ((step * SHARDS + shard + 1) as u64).wrapping_mul(0xd134_2543_de82_ef95);
            work(&model, &faces, seed)
        });
        let mut gradient = vec![0f32; model.flat().len()];
        for (forward, part, losses) in &parts {
            gradient.iter_mut().zip(part).for_each(|(sum, part)| *sum += part / SHARDS as f32);
            for (mean, loss) in mean.iter_mut().zip(losses) {
                *mean += (loss - *mean) * if step < 50 { 0.1 } else { 0.01 };
            }
            follow(&mut model, forward, 0.01);
        }
        optimiser.apply(&mut model, &mut gradient);
        if step % 50 == 0 {
            println!(
                "{step:6} heat {:.3} corners {:.4} {:.0} s",
                mean[0],
                mean[1],
                started.elapsed().as_secs_f32()
            );
        }
        if step % 250 == 249 || step + 1 == steps {
            std::fs::write(folder.join("finder.bin"), model.export()).expect("the weights are kept");
            keep(&state, &model, &optimiser);
        }
    }
}

/// A picture as the finder wants it.
pub fn work_scene(faces: &[Face], rng: &mut Rng) -> Street {
    let wanted = Wanted {
        width: SCENE[1],
        height: SCENE[0],
        wide: [18.0, 180.0],
        mix: Mix::Training,
        hardness: Hardness::Any,
    };
    let mut scene = street(&wanted, faces, rng);
    if rng.chance(0.1) {
        scene.points.iter_mut().for_each(|point| *point = 255 - *point / 2); // glaring, hardly a contrast
    }
    scene
}

fn work(model: &Model, faces: &[Face], seed: u64) -> (Forward, Vec<f32>, [f32; 2]) {
    let mut rng = Rng::with_seed(seed);
    let count = BATCH / SHARDS;
    let scenes: Vec<Street> = (0..count).map(|_| work_scene(faces, &mut rng)).collect();
    let pictures: Vec<f32> = scenes
        .iter()
        .flat_map(|scene| {
            let picture = Picture::new(scene.width, scene.height, &scene.points).expect("a scene has points");
            tameio_drivers::plate_reader::finder::prepare(picture)
        })
        .collect();
    let forward = forward(model, &pictures, count, SCENE);
    let size = forward.out.len() / count;
    let mut gradient = Vec::with_capacity(forward.out.len());
    let mut losses = [0.0; 2];
    for (scene, answers) in scenes.iter().zip(forward.out.chunks_exact(size)) {
        let cells = truth(scene);
        let (own, slope) = loss(answers, &cells);
        losses[0] += own[0] / count as f32;
        losses[1] += own[1] / count as f32;
        gradient.extend(slope.iter().map(|value| value / count as f32));
    }
    let gradient = backward(model, &forward, count, &gradient);
    (forward, gradient, losses)
}

fn truth(scene: &Street) -> Vec<Cell> {
    let (columns, rows) = (scene.width / CELL, scene.height / CELL);
    let nothing = Cell { near: 0.0, ignored: false, two: 0.0, offsets: [0.0; 8] };
    let mut cells = vec![nothing; columns * rows];
    for (quad, lines, _) in &scene.plates {
        let wide = quad.width() * if *lines == Lines::Two { 1.4 } else { 1.0 };
        let centre = quad.centre();
        let to = Homography::from_unit(quad);
        let own = [(centre[0] / CELL as f32) as usize, (centre[1] / CELL as f32) as usize];
        for (index, cell) in cells.iter_mut().enumerate() {
            let (x, y) = (index % columns, index / columns);
            let middle = [(x as f32 + 0.5) * CELL as f32, (y as f32 + 0.5) * CELL as f32];
            let [u, v] = to.unmap(middle[0], middle[1]);
            let spread = [(0.12f32).max(4.0 / quad.width()), (0.2f32).max(3.5 / quad.height())];
            let far = ((u - 0.5) / spread[0]).powi(2) + ((v - 0.5) / spread[1]).powi(2);
            let near = if [x, y] == own { 1.0 } else { (-0.5 * far).exp() * 0.95 };
            if !near.is_finite() || near < 0.01 || (middle[0] - centre[0]).abs() > quad.width() {
                continue;
            }
            if wide > 150.0 {
                continue;
            }
            if wide > 110.0 {
                cell.ignored = true;
            }
            if near > cell.near {
                let offsets = offsets(quad, middle);
                *cell = Cell { near, offsets, two: f32::from(*lines == Lines::Two), ..*cell };
            }
        }
    }
    cells
}

fn offsets(quad: &Quad, middle: [f32; 2]) -> [f32; 8] {
    std::array::from_fn(|at| (quad.0[at / 2][at % 2] - middle[at % 2]) / REACH)
}

fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + (-value).exp())
}

/// The loss of the heat and of the corners, and the gradient of both.
fn loss(answers: &[f32], cells: &[Cell]) -> ([f32; 2], Vec<f32>) {
    let mut gradient = vec![0f32; answers.len()];
    let plates = cells.iter().filter(|cell| cell.near >= 1.0).count().max(1) as f32;
    let mut losses = [0.0; 2];
    for ((answer, cell), slope) in
        answers.chunks_exact(FINDER_CLASSES).zip(cells).zip(gradient.chunks_exact_mut(FINDER_CLASSES))
    {
        if cell.ignored {
            continue;
        }
        let p = sigmoid(answer[0]).clamp(1e-5, 1.0 - 1e-5);
        if cell.near >= 1.0 {
            losses[0] -= (1.0 - p).powi(2) * p.ln() / plates;
            slope[0] = (1.0 - p) * (2.0 * p * p.ln() - (1.0 - p)) * (1.0 - p) / plates;
        } else {
            let weight = (1.0 - cell.near).powi(4);
            losses[0] -= weight * p * p * (1.0 - p).ln() / plates;
            slope[0] = weight * p * (p * p - 2.0 * p * (1.0 - p) * (1.0 - p).ln()) / plates;
        }
        if cell.near > 0.4 {
            let weight = cell.near / plates;
            slope[1] = 0.3 * weight * (sigmoid(answer[1]) - cell.two);
            // The length the error is measured by: a small plate must be met more exactly.
            let size = (cell.offsets[3] - cell.offsets[5])
                .abs()
                .max((cell.offsets[1] - cell.offsets[7]).abs())
                .max(0.1);
            for at in 0..8 {
                let error = (answer[2 + at] - cell.offsets[at]) / size.sqrt();
                let bend = 0.05;
                losses[1] += weight
                    * if error.abs() < bend {
                        error * error / (2.0 * bend)
                    } else {
                        error.abs() - bend / 2.0
                    };
                slope[2 + at] = weight * (error / bend).clamp(-1.0, 1.0) / size.sqrt();
            }
        }
    }
    (losses, gradient)
}
