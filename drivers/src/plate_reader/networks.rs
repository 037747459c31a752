//! The shapes of the two networks.

use super::alphabet::CLASSES;
use super::net::Layer;

const fn layer(kernel: [usize; 2], input: usize, output: usize) -> Layer {
    Layer {
        kernel,
        stride: 1,
        dilation: [1, 1],
        pad: [kernel[0] / 2, kernel[1] / 2],
        input,
        output,
        relu: true,
        pool: [1, 1],
    }
}

/// Answers of the reader side by side: a bar beside a bar needs a step for each and one between them, and bars stand closer
/// than its cells are wide.
pub const STEPS_PER_CELL: usize = 2;

/// Reads a crop of 32 by 144 points: 72 steps from left to right, [`CLASSES`] answers each.
pub const READER: [Layer; 9] = [
    Layer { pool: [2, 2], ..layer([3, 3], 1, 16) },
    Layer { pool: [2, 2], ..layer([3, 3], 16, 32) },
    layer([3, 3], 32, 64),
    Layer { pool: [2, 1], ..layer([3, 3], 64, 64) },
    layer([3, 3], 64, 96),
    Layer { pad: [0, 0], ..layer([4, 1], 96, 128) },
    layer([1, 5], 128, 128),
    Layer { dilation: [1, 2], pad: [0, 4], ..layer([1, 5], 128, 128) },
    Layer { relu: false, ..layer([1, 1], 128, STEPS_PER_CELL * CLASSES) },
];

/// Points of the finder's picture per cell of its answer, in each direction.
pub const CELL: usize = 8;

/// Answers of the finder for each cell: how much it looks like the middle of a plate, whether the plate has two lines,
/// and the eight offsets of its corners from the middle of the cell in units of [`REACH`].
pub const FINDER_CLASSES: usize = 10;

/// The unit of the finder's offsets, in points of its picture.
pub const REACH: f32 = 32.0;

/// Finds plates of 20 to 110 points' width in a picture of any size.
pub const FINDER: [Layer; 8] = [
    Layer { stride: 2, ..layer([3, 3], 1, 12) },
    Layer { stride: 2, ..layer([3, 3], 12, 24) },
    Layer { stride: 2, ..layer([3, 3], 24, 48) },
    layer([3, 3], 48, 48),
    Layer { dilation: [1, 2], pad: [1, 4], ..layer([3, 5], 48, 48) },
    Layer { dilation: [2, 2], pad: [2, 2], ..layer([3, 3], 48, 48) },
    layer([3, 3], 48, 48),
    Layer { relu: false, ..layer([1, 1], 48, FINDER_CLASSES) },
];
