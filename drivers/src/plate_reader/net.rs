//! The few layers the plate networks are made of, and how their weights lie in a file.
//!
//! A picture is rows of points of channels (height, width, channels). A convolution gathers the patch under each
//! point into a row ([`gather`]) and multiplies all rows with the weights ([`Weights::multiply`]). The product adds
//! in one fixed order and never fuses a multiplication with an addition, so that every processor computes the same
//! bits, whichever of its registers are used.

use std::ops::Range;

/// How a layer looks; its weights are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Rows and columns of the patch.
    pub kernel: [usize; 2],
    /// Every how many-th point of rows and columns there is an answer.
    pub stride: usize,
    /// Distance between the points of a patch, in rows and columns.
    pub dilation: [usize; 2],
    /// Rows and columns of noughts around the picture, on each side.
    pub pad: [usize; 2],
    /// Channels in.
    pub input: usize,
    /// Channels out.
    pub output: usize,
    /// Whether what is below nought becomes nought.
    pub relu: bool,
    /// Of how many rows and columns the greatest is kept afterwards; `[1, 1]` keeps all.
    pub pool: [usize; 2],
}

/// Height and width of a picture.
pub type Extent = [usize; 2];

impl Layer {
    /// Values in one patch: the height of the weights.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.kernel[0] * self.kernel[1] * self.input
    }

    /// The size after the convolution, before pooling.
    #[must_use]
    pub const fn convolved(&self, extent: Extent) -> Extent {
        let mut out = [0; 2];
        let mut axis = 0;
        while axis < 2 {
            let span = (self.kernel[axis] - 1) * self.dilation[axis] + 1;
            let room = extent[axis] + 2 * self.pad[axis];
            out[axis] = if room < span { 0 } else { (room - span) / self.stride + 1 };
            axis += 1;
        }
        out
    }

    /// The size after the convolution and pooling.
    #[must_use]
    pub const fn extent(&self, extent: Extent) -> Extent {
        let out = self.convolved(extent);
        [out[0] / self.pool[0], out[1] / self.pool[1]]
    }
}

/// Gathers the patches under `rows` of the answer, one patch of [`Layer::depth`] values after the other, into `patches`.
pub fn gather(layer: &Layer, picture: &[f32], extent: Extent, rows: Range<usize>, patches: &mut Vec<f32>) {
    let [height, width] = extent;
    let columns = layer.convolved(extent)[1];
    let channels = layer.input;
    patches.clear();
    patches.resize(rows.len() * columns * layer.depth(), 0.0);
    let mut patch = patches.chunks_exact_mut(layer.depth().max(1));
    for y in rows {
        for x in 0..columns {
            let Some(patch) = patch.next() else { return };
            let mut cell = patch.chunks_exact_mut(channels);
            for dy in 0..layer.kernel[0] {
                let from_y = (y * layer.stride + dy * layer.dilation[0]).wrapping_sub(layer.pad[0]);
                for dx in 0..layer.kernel[1] {
                    let Some(cell) = cell.next() else { return };
                    let from_x = (x * layer.stride + dx * layer.dilation[1]).wrapping_sub(layer.pad[1]);
                    if from_y < height && from_x < width {
                        let at = (from_y * width + from_x) * channels;
                        cell.copy_from_slice(&picture[at..at + channels]);
                    }
                }
            }
        }
    }
}

/// Columns of the weights multiplied at a time.
const LANES: usize = 16;
/// Rows multiplied at a time.
const ROWS: usize = 4;

/// A matrix made ready to be multiplied with from the left: in panels of [`LANES`] columns.
#[derive(Clone, Debug)]
pub struct Weights {
    depth: usize,
    columns: usize,
    panels: Vec<[f32; LANES]>,
}

impl Weights {
    /// Makes ready a matrix of `depth` rows and `columns` columns, stored row by row.
    ///
    /// # Panics
    /// When `matrix` is not `depth * columns` long.
    #[must_use]
    pub fn new(depth: usize, columns: usize, matrix: &[f32]) -> Self {
        assert_eq!(matrix.len(), depth * columns, "a matrix has as many values as rows times columns");
        let count = columns.div_ceil(LANES);
        let mut panels = vec![[0.0; LANES]; count * depth];
        for (row, values) in matrix.chunks_exact(columns.max(1)).enumerate() {
            for (index, part) in values.chunks(LANES).enumerate() {
                panels[index * depth + row][..part.len()].copy_from_slice(part);
            }
        }
        Self { depth, columns, panels }
    }

    /// `out = rows × self`, where `rows` has `count` rows whose values lie `step` apart, the rows `stride` apart.
    ///
    /// # Panics
    /// When `rows` or `out` is too short.
    pub fn multiply(&self, rows: &[f32], count: usize, stride: usize, step: usize, out: &mut [f32]) {
        assert!(out.len() >= count * self.columns, "the product has room");
        pulp::Arch::new().dispatch(Product { weights: self, rows, count, stride, step, out });
    }
}

/// A product in the widest registers the processor has.
struct Product<'a> {
    weights: &'a Weights,
    rows: &'a [f32],
    count: usize,
    stride: usize,
    step: usize,
    out: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { weights, rows, count, stride, step, out } = self;
        let Weights { depth, columns, panels } = weights;
        let (depth, columns) = (*depth, *columns);
        let mut block = vec![[0f32; ROWS]; depth];
        for first in (0..count).step_by(ROWS) {
            let live = ROWS.min(count - first);
            for row in 0..ROWS {
                let from = &rows[(first + row.min(live - 1)) * stride..];
                if step == 1 {
                    for (cell, value) in block.iter_mut().zip(&from[..depth]) {
                        cell[row] = *value;
                    }
                } else {
                    for (cell, value) in block.iter_mut().zip(from.iter().step_by(step)) {
                        cell[row] = *value;
                    }
                }
            }
            for (index, panel) in panels.chunks_exact(depth.max(1)).enumerate() {
                let mut sums = [[0f32; LANES]; ROWS];
                for (values, factors) in panel.iter().zip(&block) {
                    for row in 0..ROWS {
                        for lane in 0..LANES {
                            sums[row][lane] += factors[row] * values[lane];
                        }
                    }
                }
                let from = index * LANES;
                let width = LANES.min(columns - from);
                for (row, sum) in sums.iter().enumerate().take(live) {
                    let at = (first + row) * columns + from;
                    out[at..at + width].copy_from_slice(&sum[..width]);
                }
            }
        }
    }
}

/// A layer with its weights and what is added to each channel.
#[derive(Clone, Debug)]
struct Trained {
    layer: Layer,
    weights: Weights,
    bias: Vec<f32>,
}

/// A network: one layer after the other.
#[derive(Clone, Debug)]
pub struct Net(Vec<Trained>);

/// Why weights are none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the weights of a plate network have {found} bytes instead of {wanted}: make them anew with the trainer"
)]
pub struct WrongWeights {
    found: usize,
    wanted: usize,
}

/// Values of patches gathered at a time: as many as stay in the cache near the processor.
const STRIP: usize = 96 * 1024;

impl Net {
    /// A network of `layers`, whose weights and then biases lie in `bytes` layer after layer, as 16-bit floats.
    ///
    /// # Errors
    /// When there are more or fewer bytes than the layers need.
    pub fn new(layers: &[Layer], bytes: &[u8]) -> Result<Self, WrongWeights> {
        let wanted = 2 * layers.iter().map(|layer| (layer.depth() + 1) * layer.output).sum::<usize>();
        if bytes.len() != wanted {
            return Err(WrongWeights { found: bytes.len(), wanted });
        }
        let mut values = bytes.as_chunks().0.iter().map(|pair| from_half(u16::from_le_bytes(*pair)));
        let trained = layers.iter().map(|layer| {
            let matrix: Vec<f32> = values.by_ref().take(layer.depth() * layer.output).collect();
            let bias = values.by_ref().take(layer.output).collect();
            Trained { layer: *layer, weights: Weights::new(layer.depth(), layer.output, &matrix), bias }
        });
        Ok(Self(trained.collect()))
    }

    /// What the network makes of a picture, and its size.
    #[must_use]
    pub fn run(&self, picture: &[f32], extent: Extent) -> (Vec<f32>, Extent) {
        let mut state = (picture.to_vec(), extent);
        let mut patches = Vec::new();
        for trained in &self.0 {
            state = trained.run(&state.0, state.1, &mut patches);
        }
        state
    }
}

impl Trained {
    fn run(&self, picture: &[f32], extent: Extent, patches: &mut Vec<f32>) -> (Vec<f32>, Extent) {
        let layer = &self.layer;
        let [height, width] = layer.convolved(extent);
        let mut out = vec![0.0; height * width * layer.output];
        let row = width * layer.output;
        let strip = (STRIP / (width * layer.depth()).max(1)).max(1);
        for first in (0..height).step_by(strip) {
            let rows = first..height.min(first + strip);
            gather(layer, picture, extent, rows.clone(), patches);
            let part = &mut out[rows.start * row..rows.end * row];
            self.weights.multiply(patches, rows.len() * width, layer.depth(), 1, part);
        }
        for point in out.chunks_exact_mut(layer.output) {
            for (value, bias) in point.iter_mut().zip(&self.bias) {
                *value += bias;
                if layer.relu {
                    *value = value.max(0.0);
                }
            }
        }
        (pool(&out, [height, width], layer.output, layer.pool), layer.extent(extent))
    }
}

/// Keeps the greatest of each `pool` points.
fn pool(picture: &[f32], extent: Extent, channels: usize, pool: [usize; 2]) -> Vec<f32> {
    if pool == [1, 1] {
        return picture.to_vec();
    }
    let [height, width] = [extent[0] / pool[0], extent[1] / pool[1]];
    let mut out = vec![f32::NEG_INFINITY; height * width * channels];
    for (index, point) in out.chunks_exact_mut(channels).enumerate() {
        let (y, x) = (index / width * pool[0], index % width * pool[1]);
        for dy in 0..pool[0] {
            for dx in 0..pool[1] {
                let at = ((y + dy) * extent[1] + x + dx) * channels;
                for (best, value) in point.iter_mut().zip(&picture[at..at + channels]) {
                    *best = best.max(*value);
                }
            }
        }
    }
    out
}

/// The 16-bit float nearest to `value` (IEEE 754 binary16); what is too great becomes the greatest, what is too small nought.
#[must_use]
pub fn to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = ((bits >> 16) & 0x8000) as u16;
    let magnitude = bits & 0x7fff_ffff;
    if magnitude < 0x3880_0000 {
        return sign; // below the least normal number, 2⁻¹⁴
    }
    let rounded = (magnitude - 0x3800_0000 + 0x0fff + ((magnitude >> 13) & 1)) >> 13;
    sign | rounded.min(0x7bff) as u16
}

/// The value of a 16-bit float that [`to_half`] made.
#[must_use]
pub fn from_half(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = u32::from(half & 0x7fff);
    if magnitude == 0 {
        return f32::from_bits(sign);
    }
    f32::from_bits(sign | ((magnitude << 13) + 0x3800_0000))
}
