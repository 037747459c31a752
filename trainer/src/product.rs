//! Patches as rows of a matrix, and its product with the weights: the drivers' sums, in the drivers' order, in a shape that
//! goes backwards too.

use std::ops::Range;

use tameio_drivers::plate_reader::net::{Extent, Layer};

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
