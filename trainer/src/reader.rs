//! Trains the reader.

use std::path::Path;
use std::time::Instant;

use fastrand::Rng;
use tameio_drivers::plate_reader::alphabet::{CLASSES, index};
use tameio_drivers::plate_reader::net::Net;
use tameio_drivers::plate_reader::networks::READER;
use tameio_drivers::plate_reader::rectify::CROP;

use crate::ctc;
use crate::glyph::{self, Face};
use crate::grow;
use crate::layers::{Forward, Model, Optimiser, Plan, backward, follow, forward, keep, resume, shards};
use crate::plate::Mix;
use crate::scene::{Sample, sample};

const BATCH: usize = 64;
/// Plates that show an earlier network what its channels usually hold.
const SETTLING: usize = 256;
/// Fixed, so that the result does not depend on how many processors there are.
const SHARDS: usize = 2;

/// Trains for `steps` batches and keeps the weights in `folder`; goes on where it was stopped.
pub fn train(folder: &Path, steps: usize, seed: u64) {
    let model = Model::new(&READER, &mut Rng::with_seed(seed));
    let optimiser = Optimiser::new(model.flat().len(), steps, 3e-3, Plan::Cycle);
    go_on(folder, "reader.state", model, optimiser, seed, false);
}

/// Trains a reader's weights on for `steps` batches, the last of them from `down` on in smaller and smaller
/// steps; what is kept is the mean of what the network was.
pub fn refine(folder: &Path, earlier: &[u8], steps: usize, down: usize, seed: u64) {
    let faces = glyph::training();
    let mut rng = Rng::with_seed(seed);
    let pictures: Vec<f32> =
        (0..SETTLING).flat_map(|_| sample(Mix::Training, &faces, &mut rng).crop).collect();
    // Weights of the first reader's shape are given today's.
    let today = Net::new(&READER, earlier).is_ok();
    let earlier = if today { earlier.to_vec() } else { grow::reader(earlier, &mut rng) };
    let model = Model::adopt(&READER, &earlier, &pictures, SETTLING, CROP);
    println!("as it was: {}", report(&model.export()));
    let optimiser = Optimiser::new(model.flat().len(), steps, 1.5e-3, Plan::Level(down));
    go_on(folder, &format!("reader-{seed}.state"), model, optimiser, seed, true);
}

/// Trains until the optimiser's last step. `averaged`: what is kept is the mean of what the network was.
fn go_on(folder: &Path, state: &str, mut model: Model, mut optimiser: Optimiser, seed: u64, averaged: bool) {
    let faces = glyph::training();
    let (started, steps) = (Instant::now(), optimiser.steps);
    let mut mean = 0.0;
    let state = folder.join(state);
    resume(&state, &mut model, &mut optimiser);
    for step in optimiser.step..steps {
        let parts = shards(SHARDS, |shard| {
            let seed = seed ^ ((step * SHARDS + shard + 1) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            work(&model, &faces, seed)
        });
        let mut gradient = vec![0f32; model.flat().len()];
        let mut loss = 0.0;
        for (forward, part, part_loss) in &parts {
            gradient.iter_mut().zip(part).for_each(|(sum, part)| *sum += part / SHARDS as f32);
            loss += part_loss / SHARDS as f32;
            follow(&mut model, forward, 0.01);
        }
        optimiser.apply(&mut model, &mut gradient);
        if averaged {
            optimiser.remember(&model);
        }
        mean += (loss - mean) * if step % 250 < 50 { 0.2 } else { 0.02 };
        if step % 50 == 0 {
            println!("{step:6} loss {mean:.3} {:.0} s", started.elapsed().as_secs_f32());
        }
        if step % 250 == 249 || step + 1 == steps {
            keep(&state, &model, &optimiser);
            let now = model.state();
            if averaged {
                model.restore(&optimiser.average);
            }
            let weights = model.export();
            model.restore(&now);
            std::fs::write(folder.join("reader.bin"), &weights).expect("the weights are kept");
            println!("{step:6} {}", report(&weights));
        }
    }
}

fn work(model: &Model, faces: &[Face], seed: u64) -> (Forward, Vec<f32>, f32) {
    let mut rng = Rng::with_seed(seed);
    let count = BATCH / SHARDS;
    let samples: Vec<Sample> = (0..count).map(|_| sample(Mix::Training, faces, &mut rng)).collect();
    let pictures: Vec<f32> = samples.iter().flat_map(|sample| sample.crop.iter().copied()).collect();
    let forward = forward(model, &pictures, count, CROP);
    let size = forward.out.len() / count;
    let mut loss = 0.0;
    let mut gradient = Vec::with_capacity(forward.out.len());
    for (sample, answers) in samples.iter().zip(forward.out.chunks_exact(size)) {
        let target: Vec<usize> = sample.text.chars().filter_map(index).collect();
        let (own, slope) = ctc::loss(answers, &target);
        loss += own / count as f32;
        gradient.extend(slope.iter().map(|value| value / count as f32));
    }
    let gradient = backward(model, &forward, count, &gradient);
    (forward, gradient, loss)
}

/// How many plates of hands it has not seen are read letter for letter, without a grammar.
fn report(weights: &[u8]) -> String {
    let net = Net::new(&READER, weights).expect("the weights fit");
    let faces = glyph::held_out();
    let rate = |mix: Mix| {
        let mut rng = Rng::with_seed(77);
        let right = (0..400).filter(|_| {
            let sample = sample(mix, &faces, &mut rng);
            let (answers, _) = net.run(&sample.crop, CROP);
            debug_assert_eq!(answers.len() % CLASSES, 0);
            ctc::greedy(&answers) == sample.text.chars().filter_map(index).collect::<Vec<_>>()
        });
        right.count() as f32 / 4.0
    };
    format!("exact on unseen hands: all {:.1} %, Greek {:.1} %", rate(Mix::Training), rate(Mix::Greek))
}
