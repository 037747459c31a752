//! The few layers the plate networks are made of, and how their weights lie in a file.
//!
//! A picture is rows of points of channels (height, width, channels), with noughts around it for the layer that looks at
//! it ([`Padded`]): so a patch is a few stretches of it, which are multiplied where they lie. A convolution adds in one
//! fixed order and never fuses a multiplication with an addition, so that every processor computes the same bits,
//! whichever of its registers are used.

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

/// Channels out that are worked on at a time.
const LANES: usize = 16;
/// Points that are worked on at a time, at most.
const POINTS_MAX: usize = 6;

/// A layer with its weights and what is added to each channel.
#[derive(Clone, Debug)]
struct Trained {
    layer: Layer,
    /// For [`LANES`] channels out after the other, their weights for each value of a patch.
    panels: Vec<[f32; LANES]>,
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
            Trained { layer: *layer, panels: panels(layer, &matrix), bias }
        });
        Ok(Self(trained.collect()))
    }

    /// What the network makes of a picture, and its size.
    #[must_use]
    pub fn run(&self, picture: &[f32], extent: Extent) -> (Vec<f32>, Extent) {
        let mut layers = self.0.iter().map(|trained| &trained.layer);
        let first = layers.next();
        let (mut from, mut to, mut lines) = (Padded::default(), Padded::default(), Vec::new());
        from.clear(extent, first.map_or(1, |layer| layer.input), first);
        from.fill(picture);
        for trained in &self.0 {
            to.clear(trained.layer.extent(from.extent), trained.layer.output, layers.next());
            let pass = Pass { trained, from: &from, to: &mut to, lines: &mut lines };
            pulp::Arch::new().dispatch(pass);
            std::mem::swap(&mut from, &mut to);
        }
        (from.values, from.extent)
    }
}

/// The weights of a layer, which lie channel by channel for each value of a patch, in panels.
fn panels(layer: &Layer, matrix: &[f32]) -> Vec<[f32; LANES]> {
    let depth = layer.depth();
    let mut panels = vec![[0.0; LANES]; layer.output.div_ceil(LANES) * depth];
    for (row, values) in matrix.chunks_exact(layer.output.max(1)).enumerate() {
        for (index, part) in values.chunks(LANES).enumerate() {
            panels[index * depth + row][..part.len()].copy_from_slice(part);
        }
    }
    panels
}

/// A picture with noughts around it.
#[derive(Default)]
struct Padded {
    values: Vec<f32>,
    /// Its size without them.
    extent: Extent,
    /// Rows and columns of them on each side.
    pad: [usize; 2],
    channels: usize,
}

impl Padded {
    /// Noughts for a picture of this size that a layer will look at, or nobody more.
    fn clear(&mut self, extent: Extent, channels: usize, layer: Option<&Layer>) {
        (self.extent, self.channels) = (extent, channels);
        self.pad = layer.map_or([0, 0], |layer| layer.pad);
        // At the end of a row points are looked at that are none, and forgotten.
        let beyond = layer.map_or(0, |layer| (POINTS_MAX - 1) * layer.stride * channels);
        self.values.clear();
        self.values.resize((extent[0] + 2 * self.pad[0]) * self.line() + beyond, 0.0);
    }

    /// Values of a row and its noughts.
    const fn line(&self) -> usize {
        (self.extent[1] + 2 * self.pad[1]) * self.channels
    }

    /// A row of the picture.
    fn row(&mut self, y: usize) -> &mut [f32] {
        let from = (y + self.pad[0]) * self.line() + self.pad[1] * self.channels;
        &mut self.values[from..from + self.extent[1] * self.channels]
    }

    fn fill(&mut self, picture: &[f32]) {
        let width = (self.extent[1] * self.channels).max(1);
        for (y, row) in picture.chunks_exact(width).take(self.extent[0]).enumerate() {
            self.row(y).copy_from_slice(row);
        }
    }
}

/// A layer's way over a picture, in the widest registers the processor has.
struct Pass<'a> {
    trained: &'a Trained,
    from: &'a Padded,
    to: &'a mut Padded,
    /// Room for the rows before they are pooled.
    lines: &'a mut Vec<f32>,
}

impl pulp::WithSimd for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, simd: S) {
        // As many points at a time as leave all their sums in registers.
        match S::F32_LANES {
            16 => self.run::<S, 6, 1>(simd),
            8 => self.run::<S, 4, 2>(simd),
            4 => self.run::<S, 4, 4>(simd),
            _ => self.run::<S, 1, LANES>(simd),
        }
    }
}

impl Pass<'_> {
    /// The way by `POINTS` points at a time, whose sums are `WIDE` registers each.
    #[inline(always)]
    fn run<S: pulp::Simd, const POINTS: usize, const WIDE: usize>(self, simd: S) {
        let Self { trained, from, to, lines } = self;
        let layer = &trained.layer;
        let stretches = stretches(layer, from);
        let pool = layer.pool;
        let line =
            |y: usize, out: &mut [f32]| line::<S, POINTS, WIDE>(simd, trained, from, &stretches, y, out);
        if pool == [1, 1] {
            for y in 0..to.extent[0] {
                line(y, to.row(y));
            }
            return;
        }
        let length = layer.convolved(from.extent)[1] * layer.output;
        lines.clear();
        lines.resize(pool[0] * length, 0.0);
        for y in 0..to.extent[0] {
            for (at, row) in lines.chunks_exact_mut(length.max(1)).enumerate() {
                line(y * pool[0] + at, row);
            }
            greatest(lines, length, pool[1], layer.output, to.row(y));
        }
    }
}

/// Where the stretches of a patch begin, from its first value on, and how long they are.
fn stretches(layer: &Layer, from: &Padded) -> Vec<(usize, usize)> {
    let [rows, columns] = layer.kernel;
    let row = |dy: usize| dy * layer.dilation[0] * from.line();
    if layer.dilation[1] == 1 {
        return (0..rows).map(|dy| (row(dy), columns * layer.input)).collect();
    }
    let place = |at: usize| row(at / columns) + at % columns * layer.dilation[1] * layer.input;
    (0..rows * columns).map(|at| (place(at), layer.input)).collect()
}

/// One row of the answer, before pooling.
#[inline(always)]
fn line<S: pulp::Simd, const POINTS: usize, const WIDE: usize>(
    simd: S,
    trained: &Trained,
    from: &Padded,
    stretches: &[(usize, usize)],
    y: usize,
    out: &mut [f32],
) {
    let Trained { layer, panels, bias } = trained;
    let width = out.len() / layer.output.max(1);
    let step = layer.input * layer.stride;
    let least = if layer.relu { 0.0 } else { f32::NEG_INFINITY };
    for (index, panel) in panels.chunks_exact(layer.depth().max(1)).enumerate() {
        let channels = index * LANES..layer.output.min((index + 1) * LANES);
        let panel = S::as_simd_f32s(panel.as_flattened()).0.as_chunks::<WIDE>().0;
        for first in (0..width).step_by(POINTS) {
            let start = y * layer.stride * from.line() + first * step;
            let mut sums = [[simd.splat_f32s(0.0); WIDE]; POINTS];
            let mut rest = panel;
            for (offset, length) in stretches {
                let (weights, after) = rest.split_at(*length);
                rest = after;
                let values = &from.values[start + offset..];
                let points: [&[f32]; POINTS] =
                    std::array::from_fn(|point| &values[point * step..][..weights.len()]);
                for at in 0..weights.len() {
                    for point in 0..POINTS {
                        let value = simd.splat_f32s(points[point][at]);
                        for wide in 0..WIDE {
                            let product = simd.mul_f32s(value, weights[at][wide]);
                            sums[point][wide] = simd.add_f32s(sums[point][wide], product);
                        }
                    }
                }
            }
            for (point, sum) in sums.iter().enumerate().take(width - first) {
                let to = &mut out[(first + point) * layer.output..][channels.clone()];
                let mut row = [0f32; LANES];
                S::as_mut_simd_f32s(&mut row).0.copy_from_slice(sum);
                for ((value, sum), bias) in to.iter_mut().zip(row).zip(&bias[channels.clone()]) {
                    *value = (sum + bias).max(least);
                }
            }
        }
    }
}

/// Keeps the greatest of the points of each `wide` columns of some rows of `length` values.
#[inline(always)]
fn greatest(rows: &[f32], length: usize, wide: usize, channels: usize, out: &mut [f32]) {
    out.fill(f32::NEG_INFINITY);
    for row in rows.chunks_exact(length.max(1)) {
        for (points, out) in row.chunks_exact(wide * channels).zip(out.chunks_exact_mut(channels)) {
            for point in points.chunks_exact(channels) {
                for (best, value) in out.iter_mut().zip(point) {
                    *best = best.max(*value);
                }
            }
        }
    }
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
