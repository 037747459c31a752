//! Training of the drivers' layers: forwards and backwards, with batch normalisation that becomes part of the weights.
//!
//! A batch is cut into shards, each worked on by a thread and normalised by itself; gradients are summed in the order
//! of the shards. So the result depends on the seed and the number of shards, not on how many threads there were.

use fastrand::Rng;
use tameio_drivers::plate_reader::net::{Extent, Layer, from_half, to_half};

use crate::product::{Weights, gather};
use crate::sheet::Chance;

/// Weights of a layer with scale and shift of its normalisation (the last layer: shift alone).
#[derive(Clone)]
pub struct Parameters {
    pub matrix: Vec<f32>,
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

/// A network in training.
pub struct Model {
    pub layers: Vec<Layer>,
    pub parameters: Vec<Parameters>,
    /// Running mean and variance of each normalised channel.
    pub means: Vec<Vec<f32>>,
    pub variances: Vec<Vec<f32>>,
}

/// What the way back needs of one layer and shard.
struct Trace {
    input: Vec<f32>,
    raw: Vec<f32>,
    mean: Vec<f32>,
    inverse: Vec<f32>,
    choice: Vec<u8>,
}

const EPSILON: f32 = 1e-4;

impl Model {
    pub fn new(layers: &[Layer], rng: &mut Rng) -> Self {
        let parameters = layers
            .iter()
            .map(|layer| {
                let deviation = (2.0 / layer.depth() as f32).sqrt();
                let matrix = (0..layer.depth() * layer.output).map(|_| rng.normal() * deviation).collect();
                Parameters { matrix, scale: vec![1.0; layer.output], shift: vec![0.0; layer.output] }
            })
            .collect();
        let each = |value: f32| layers.iter().map(|layer| vec![value; layer.output]).collect();
        Self { layers: layers.to_vec(), parameters, means: each(0.0), variances: each(1.0) }
    }

    /// All weights, one after the other.
    pub fn flat(&self) -> Vec<f32> {
        let parts = self.parameters.iter();
        parts.flat_map(|part| [&part.matrix, &part.scale, &part.shift]).flatten().copied().collect()
    }

    pub fn set(&mut self, flat: &[f32]) {
        let mut values = flat.iter().copied();
        for part in &mut self.parameters {
            for list in [&mut part.matrix, &mut part.scale, &mut part.shift] {
                list.iter_mut().zip(values.by_ref()).for_each(|(to, from)| *to = from);
            }
        }
    }

    /// The network whose weights lie in `bytes`, as [`Model::export`] wrote them, ready to be trained on. `pictures` show
    /// it what its channels usually hold, so that it starts with the very answers it gave.
    pub fn adopt(layers: &[Layer], bytes: &[u8], pictures: &[f32], count: usize, extent: Extent) -> Self {
        let mut model = Self::new(layers, &mut Rng::with_seed(0));
        let mut values = bytes.as_chunks().0.iter().map(|pair| from_half(u16::from_le_bytes(*pair)));
        for part in &mut model.parameters {
            for list in [&mut part.matrix, &mut part.shift] {
                list.iter_mut().zip(values.by_ref()).for_each(|(to, from)| *to = from);
            }
        }
        assert!(values.next().is_none(), "the weights are those of these layers");
        for index in 0..layers.len() - 1 {
            let forward = forward(&model, pictures, count, extent);
            let trace = &forward.traces[index];
            for c in 0..trace.mean.len() {
                model.means[index][c] = trace.mean[c];
                model.variances[index][c] = 1.0 / (trace.inverse[c] * trace.inverse[c]) - EPSILON;
                model.parameters[index].scale[c] = 1.0 / trace.inverse[c];
                model.parameters[index].shift[c] += trace.mean[c];
            }
        }
        model
    }

    /// Everything needed to go on later: weights, means and variances.
    pub fn state(&self) -> Vec<f32> {
        let statistics = self.means.iter().chain(&self.variances).flatten();
        self.flat().into_iter().chain(statistics.copied()).collect()
    }

    pub fn restore(&mut self, state: &[f32]) {
        self.set(state);
        let mut values = state.iter().skip(self.flat().len()).copied().collect::<Vec<_>>().into_iter();
        for list in self.means.iter_mut().chain(&mut self.variances) {
            list.iter_mut().zip(values.by_ref()).for_each(|(to, from)| *to = from);
        }
    }

    /// The weights with the normalisation in them, as the drivers read them.
    pub fn export(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let last = self.layers.len() - 1;
        for (index, part) in self.parameters.iter().enumerate() {
            let factors: Vec<f32> = (0..part.scale.len())
                .map(|c| {
                    if index == last {
                        1.0
                    } else {
                        part.scale[c] / (self.variances[index][c] + EPSILON).sqrt()
                    }
                })
                .collect();
            let folded =
                part.matrix.iter().zip(factors.iter().cycle()).map(|(weight, factor)| weight * factor);
            let bias = (0..part.shift.len()).map(|c| {
                if index == last { part.shift[c] } else { part.shift[c] - self.means[index][c] * factors[c] }
            });
            out.extend(folded.chain(bias).flat_map(|value| to_half(value).to_le_bytes()));
        }
        out
    }
}

/// The answer for a shard of pictures, and what the way back needs.
pub struct Forward {
    pub out: Vec<f32>,
    traces: Vec<Trace>,
    extents: Vec<Extent>,
}

impl Forward {
    /// Mean and variance of the layers' channels in this shard.
    pub fn statistics(&self) -> impl Iterator<Item = (&[f32], &[f32])> {
        self.traces.iter().map(|trace| (&trace.mean[..], &trace.inverse[..]))
    }
}

/// Runs `count` pictures through the network.
pub fn forward(model: &Model, pictures: &[f32], count: usize, extent: Extent) -> Forward {
    let mut state = pictures.to_vec();
    let mut extents = vec![extent];
    let mut traces = Vec::new();
    let mut patches = Vec::new();
    let last = model.layers.len() - 1;
    for (index, (layer, part)) in model.layers.iter().zip(&model.parameters).enumerate() {
        let extent = extents[index];
        let convolved = layer.convolved(extent);
        let points = convolved[0] * convolved[1];
        let weights = Weights::new(layer.depth(), layer.output, &part.matrix);
        let mut raw = vec![0.0; count * points * layer.output];
        let size = extent[0] * extent[1] * layer.input;
        for (picture, out) in state.chunks_exact(size).zip(raw.chunks_exact_mut(points * layer.output)) {
            gather(layer, picture, extent, 0..convolved[0], &mut patches);
            weights.multiply(&patches, points, layer.depth(), 1, out);
        }
        let channels = layer.output;
        let (mean, inverse) =
            if index == last { (vec![0.0; channels], vec![1.0; channels]) } else { moments(&raw, channels) };
        let factor: Vec<f32> =
            (0..channels).map(|c| if index == last { 1.0 } else { part.scale[c] * inverse[c] }).collect();
        let offset: Vec<f32> = (0..channels).map(|c| part.shift[c] - mean[c] * factor[c]).collect();
        let mut active = raw.clone();
        for point in active.chunks_exact_mut(channels) {
            for ((value, factor), offset) in point.iter_mut().zip(&factor).zip(&offset) {
                *value = *value * factor + offset;
                if layer.relu {
                    *value = value.max(0.0);
                }
            }
        }
        let (pooled, choice) = pool(active, count, convolved, layer);
        traces.push(Trace { input: std::mem::replace(&mut state, pooled), raw, mean, inverse, choice });
        extents.push(layer.extent(extent));
    }
    Forward { out: state, traces, extents }
}

fn moments(raw: &[f32], channels: usize) -> (Vec<f32>, Vec<f32>) {
    let count = (raw.len() / channels) as f64;
    let (mut sums, mut squares) = (vec![0f64; channels], vec![0f64; channels]);
    for block in raw.chunks(channels * 256) {
        let (mut part, mut square) = (vec![0f32; channels], vec![0f32; channels]);
        for point in block.chunks_exact(channels) {
            for c in 0..channels {
                part[c] += point[c];
                square[c] += point[c] * point[c];
            }
        }
        for c in 0..channels {
            sums[c] += f64::from(part[c]);
            squares[c] += f64::from(square[c]);
        }
    }
    let mean: Vec<f32> = sums.iter().map(|sum| (sum / count) as f32).collect();
    let inverse = (0..channels)
        .map(|c| {
            let variance = (squares[c] / count - (sums[c] / count).powi(2)).max(0.0) as f32;
            1.0 / (variance + EPSILON).sqrt()
        })
        .collect();
    (mean, inverse)
}

fn pool(active: Vec<f32>, count: usize, extent: Extent, layer: &Layer) -> (Vec<f32>, Vec<u8>) {
    if layer.pool == [1, 1] {
        return (active, Vec::new());
    }
    let channels = layer.output;
    let [height, width] = [extent[0] / layer.pool[0], extent[1] / layer.pool[1]];
    let mut out = vec![f32::NEG_INFINITY; count * height * width * channels];
    let mut choice = vec![0u8; out.len()];
    for (index, (point, chosen)) in
        out.chunks_exact_mut(channels).zip(choice.chunks_exact_mut(channels)).enumerate()
    {
        let (picture, rest) = (index / (height * width), index % (height * width));
        let (y, x) = (rest / width * layer.pool[0], rest % width * layer.pool[1]);
        for tap in 0..layer.pool[0] * layer.pool[1] {
            let (dy, dx) = (tap / layer.pool[1], tap % layer.pool[1]);
            let at = ((picture * extent[0] + y + dy) * extent[1] + x + dx) * channels;
            for c in 0..channels {
                if active[at + c] > point[c] {
                    point[c] = active[at + c];
                    chosen[c] = tap as u8;
                }
            }
        }
    }
    (out, choice)
}

/// The gradient of all weights, in the order of [`Model::flat`], from the gradient of the answer.
pub fn backward(model: &Model, forward: &Forward, count: usize, gradient: &[f32]) -> Vec<f32> {
    let mut gradient = gradient.to_vec();
    let mut parts = Vec::new();
    let (mut patches, mut spread) = (Vec::new(), Vec::new());
    let last = model.layers.len() - 1;
    for index in (0..model.layers.len()).rev() {
        let (layer, part, trace) = (&model.layers[index], &model.parameters[index], &forward.traces[index]);
        let extent = forward.extents[index];
        let convolved = layer.convolved(extent);
        let channels = layer.output;
        let mut active = unpool(&gradient, count, convolved, layer, &trace.choice);
        let mut scale = vec![0f32; channels];
        let mut shift = vec![0f32; channels];
        let factor: Vec<f32> = (0..channels)
            .map(|c| if index == last { 1.0 } else { part.scale[c] * trace.inverse[c] })
            .collect();
        let (mean, inverse) = (&trace.mean[..channels], &trace.inverse[..channels]);
        let offset = &part.shift[..channels];
        for (point, raw) in active.chunks_exact_mut(channels).zip(trace.raw.chunks_exact(channels)) {
            let (scale, shift, factor) =
                (&mut scale[..channels], &mut shift[..channels], &factor[..channels]);
            for c in 0..channels {
                let centred = raw[c] - mean[c];
                let shut = layer.relu && centred * factor[c] + offset[c] <= 0.0;
                let slope = if shut { 0.0 } else { point[c] };
                point[c] = slope;
                scale[c] += slope * centred * inverse[c];
                shift[c] += slope;
            }
        }
        if index != last {
            let total = (active.len() / channels) as f32;
            let scaled: Vec<f32> = (0..channels).map(|c| inverse[c] * scale[c] / total).collect();
            let shifted: Vec<f32> = shift.iter().map(|shift| shift / total).collect();
            for (point, raw) in active.chunks_exact_mut(channels).zip(trace.raw.chunks_exact(channels)) {
                let (scaled, shifted, factor) =
                    (&scaled[..channels], &shifted[..channels], &factor[..channels]);
                for c in 0..channels {
                    point[c] = factor[c] * (point[c] - shifted[c] - (raw[c] - mean[c]) * scaled[c]);
                }
            }
        } else {
            scale.fill(0.0);
        }
        let depth = layer.depth();
        let points = convolved[0] * convolved[1];
        let size = extent[0] * extent[1] * layer.input;
        let transposed: Vec<f32> =
            (0..channels * depth).map(|at| part.matrix[at % depth * channels + at / depth]).collect();
        let back = Weights::new(channels, depth, &transposed);
        let mut matrix = vec![0f32; depth * channels];
        let mut product = vec![0f32; depth * channels];
        let mut next = vec![0f32; if index == 0 { 0 } else { count * size }];
        for sample in 0..count {
            let answer = &active[sample * points * channels..(sample + 1) * points * channels];
            gather(
                layer,
                &trace.input[sample * size..(sample + 1) * size],
                extent,
                0..convolved[0],
                &mut patches,
            );
            Weights::new(points, channels, answer).multiply(&patches, depth, 1, depth, &mut product);
            matrix.iter_mut().zip(&product).for_each(|(sum, part)| *sum += part);
            if index > 0 {
                spread.clear();
                spread.resize(points * depth, 0.0);
                back.multiply(answer, points, channels, 1, &mut spread);
                scatter(layer, &spread, extent, &mut next[sample * size..(sample + 1) * size]);
            }
        }
        parts.push([matrix, scale, shift]);
        gradient = next;
    }
    parts.into_iter().rev().flatten().flatten().collect()
}

fn unpool(gradient: &[f32], count: usize, extent: Extent, layer: &Layer, choice: &[u8]) -> Vec<f32> {
    if layer.pool == [1, 1] {
        return gradient.to_vec();
    }
    let channels = layer.output;
    let [height, width] = [extent[0] / layer.pool[0], extent[1] / layer.pool[1]];
    let mut out = vec![0f32; count * extent[0] * extent[1] * channels];
    for (index, (point, chosen)) in
        gradient.chunks_exact(channels).zip(choice.chunks_exact(channels)).enumerate()
    {
        let (picture, rest) = (index / (height * width), index % (height * width));
        let (y, x) = (rest / width * layer.pool[0], rest % width * layer.pool[1]);
        for c in 0..channels {
            let (dy, dx) = (usize::from(chosen[c]) / layer.pool[1], usize::from(chosen[c]) % layer.pool[1]);
            out[((picture * extent[0] + y + dy) * extent[1] + x + dx) * channels + c] = point[c];
        }
    }
    out
}

/// The opposite of [`gather`]: adds patches back to where they came from.
fn scatter(layer: &Layer, patches: &[f32], extent: Extent, picture: &mut [f32]) {
    let [height, width] = extent;
    let [rows, columns] = layer.convolved(extent);
    let channels = layer.input;
    let mut cells = patches.chunks_exact(channels);
    for y in 0..rows {
        for x in 0..columns {
            for dy in 0..layer.kernel[0] {
                let to_y = (y * layer.stride + dy * layer.dilation[0]).wrapping_sub(layer.pad[0]);
                for dx in 0..layer.kernel[1] {
                    let Some(cell) = cells.next() else { return };
                    let to_x = (x * layer.stride + dx * layer.dilation[1]).wrapping_sub(layer.pad[1]);
                    if to_y < height && to_x < width {
                        let at = (to_y * width + to_x) * channels;
                        picture[at..at + channels].iter_mut().zip(cell).for_each(|(to, from)| *to += from);
                    }
                }
            }
        }
    }
}

/// Batches until the steps of [`Plan::Level`] are as steep as can be.
const LEVEL_UP: f32 = 150.0;
/// How much each batch changes the mean of what the network was.
const REMEMBERED: f32 = 0.003;

/// How steep the steps are over time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Up within the first tenth, then down to next to nothing along a cosine.
    Cycle,
    /// As steep as can be from early on, and down to next to nothing along a cosine from this step on.
    Level(usize),
}

/// Steps down the gradient (AdamW), as steep as its plan says.
pub struct Optimiser {
    pub step: usize,
    pub steps: usize,
    pub peak: f32,
    plan: Plan,
    /// The mean of what the network was, the later the more: what is kept of it when it has one.
    pub average: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Optimiser {
    pub fn new(size: usize, steps: usize, peak: f32, plan: Plan) -> Self {
        Self {
            step: 0,
            steps,
            peak,
            plan,
            average: Vec::new(),
            mean: vec![0.0; size],
            square: vec![0.0; size],
        }
    }

    fn rate(&self) -> f32 {
        let (up, down) = match self.plan {
            Plan::Cycle => (self.steps as f32 * 0.1, self.steps as f32 * 0.1),
            Plan::Level(down) => (LEVEL_UP, down as f32),
        };
        let done = self.step as f32;
        let climbed = 0.04 + 0.96 * (done / up.max(1.0)).min(1.0);
        let rest = ((done - down) / (self.steps as f32 - down).max(1.0)).clamp(0.0, 1.0);
        self.peak * climbed * (0.002 + 0.998 * 0.5 * (1.0 + (std::f32::consts::PI * rest).cos()))
    }

    /// Takes what the network is now into the mean of what it was.
    pub fn remember(&mut self, model: &Model) {
        let state = model.state();
        if self.average.is_empty() {
            self.average = state;
            return;
        }
        for (average, value) in self.average.iter_mut().zip(state) {
            *average += (value - *average) * REMEMBERED;
        }
    }

    pub fn apply(&mut self, model: &mut Model, gradient: &mut [f32]) {
        let norm = gradient.iter().map(|value| f64::from(value * value)).sum::<f64>().sqrt() as f32;
        if !norm.is_finite() {
            return;
        }
        let clip = (5.0 / (norm + 1e-6)).min(1.0);
        let rate = self.rate();
        self.step += 1;
        let (first, second) = (0.9f32, 0.99f32);
        let (c1, c2) = (1.0 - first.powi(self.step as i32), 1.0 - second.powi(self.step as i32));
        let mut flat = model.flat();
        for (index, weight) in flat.iter_mut().enumerate() {
            let slope = gradient[index] * clip;
            self.mean[index] = first * self.mean[index] + (1.0 - first) * slope;
            self.square[index] = second * self.square[index] + (1.0 - second) * slope * slope;
            let step = (self.mean[index] / c1) / ((self.square[index] / c2).sqrt() + 1e-8);
            *weight -= rate * (step + 1e-3 * *weight);
        }
        model.set(&flat);
    }
}

/// Works on each shard, on a thread of its own unless `TRAINER_THREADS` is 1, and gives the answers in order.
pub fn shards<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if std::env::var("TRAINER_THREADS").is_ok_and(|threads| threads == "1") {
        return (0..count).map(work).collect();
    }
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..count).map(|shard| scope.spawn(move || work(shard))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a shard is worked on")).collect()
    })
}

/// Keeps where the training stands.
pub fn keep(path: &std::path::Path, model: &Model, optimiser: &Optimiser) {
    let values = [optimiser.step as f32].into_iter().chain(model.state());
    let all = values.chain(optimiser.mean.iter().chain(&optimiser.square).chain(&optimiser.average).copied());
    let bytes: Vec<u8> = all.flat_map(f32::to_le_bytes).collect();
    let beside = path.with_extension("new");
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, path))
        .expect("the state can be kept");
}

/// Goes on from where the training stood, if it did.
pub fn resume(path: &std::path::Path, model: &mut Model, optimiser: &mut Optimiser) {
    let Ok(bytes) = std::fs::read(path) else { return };
    let values: Vec<f32> = bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
    let (state, moments) = (model.state().len(), optimiser.mean.len());
    let known = [1 + state + 2 * moments, 1 + 2 * state + 2 * moments];
    assert!(known.contains(&values.len()), "{} belongs to another network", path.display());
    optimiser.step = values[0] as usize;
    optimiser.average = values[known[0]..].to_vec();
    model.restore(&values[1..=state]);
    optimiser.mean.copy_from_slice(&values[1 + state..1 + state + moments]);
    optimiser.square.copy_from_slice(&values[1 + state + moments..known[0]]);
}

/// Lets the running mean and variance follow those of a batch.
pub fn follow(model: &mut Model, forward: &Forward, share: f32) {
    for (index, (mean, inverse)) in forward.statistics().enumerate() {
        for c in 0..mean.len() {
            let variance = 1.0 / (inverse[c] * inverse[c]) - EPSILON;
            model.means[index][c] += (mean[c] - model.means[index][c]) * share;
            model.variances[index][c] += (variance - model.variances[index][c]) * share;
        }
    }
}
