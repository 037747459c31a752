//! A grey picture, lent.

/// A grey picture that belongs to somebody else: a byte a point, row by row, 0 is black.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    width: usize,
    height: usize,
    points: &'a [u8],
}

impl std::fmt::Debug for Picture<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

impl<'a> Picture<'a> {
    /// A picture of `width` by `height` points; `None` when `points` are not as many, or none.
    #[must_use]
    pub fn new(width: usize, height: usize, points: &'a [u8]) -> Option<Self> {
        let count = width.checked_mul(height)?;
        (count > 0 && points.len() == count).then_some(Self { width, height, points })
    }

    /// One whose size has been looked at.
    pub(super) const fn of(width: usize, height: usize, points: &'a [u8]) -> Self {
        Self { width, height, points }
    }

    /// Its width in points.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Its height in points.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// Its points, row by row.
    #[must_use]
    pub const fn points(&self) -> &'a [u8] {
        self.points
    }

    /// The light between four points; beyond the edge the edge goes on.
    #[inline]
    #[must_use]
    pub fn between(&self, x: f32, y: f32) -> f32 {
        self.mix(neighbours(x, self.width), neighbours(y, self.height))
    }

    /// The light at a part of the way between two columns and two rows.
    #[inline]
    fn mix(&self, (left, right, fx): (usize, usize, f32), (top, bottom, fy): (usize, usize, f32)) -> f32 {
        let at = |x: usize, y: usize| f32::from(self.points[y * self.width + x]);
        let upper = at(left, top) + (at(right, top) - at(left, top)) * fx;
        let lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * fx;
        upper + (lower - upper) * fy
    }

    /// A part of the picture whose top left is `from`, at one point for `scale` by `scale` of its own; beyond the edge the
    /// edge goes on.
    #[must_use]
    pub fn window(&self, from: [f32; 2], scale: f32, width: usize, height: usize) -> Vec<u8> {
        let taps = scale.ceil().clamp(1.0, 2.0) as usize; // each tap is itself between four points
        let along = |from: f32, size: usize, count: usize| -> Vec<(usize, usize, f32)> {
            let part = |at: usize, tap: usize| (at as f32 + (tap as f32 + 0.5) / taps as f32) * scale - 0.5;
            (0..count * taps).map(|at| neighbours(from + part(at / taps, at % taps), size)).collect()
        };
        let (columns, rows) = (along(from[0], self.width, width), along(from[1], self.height, height));
        let mut out = Vec::with_capacity(width * height);
        for rows in rows.chunks_exact(taps) {
            out.extend(columns.chunks_exact(taps).map(|columns| {
                let sum: f32 =
                    rows.iter().flat_map(|row| columns.iter().map(|column| self.mix(*column, *row))).sum();
                (sum / (taps * taps) as f32 + 0.5) as u8
            }));
        }
        out
    }

    /// The picture at `factor` times its size (at most 1), each point the mean of what it covers.
    #[must_use]
    pub fn shrunk(&self, width: usize, height: usize) -> Vec<u8> {
        let columns = spans(self.width, width);
        let rows = spans(self.height, height);
        let mut out = Vec::with_capacity(width * height);
        let mut sums = vec![0f32; self.width];
        for (first, weights) in &rows {
            sums.fill(0.0);
            for (row, weight) in weights.iter().enumerate() {
                let from = (first + row) * self.width;
                for (sum, point) in sums.iter_mut().zip(&self.points[from..from + self.width]) {
                    *sum += f32::from(*point) * weight;
                }
            }
            out.extend(columns.iter().map(|(first, weights)| {
                let sum: f32 = weights.iter().zip(&sums[*first..]).map(|(weight, sum)| weight * sum).sum();
                (sum + 0.5) as u8
            }));
        }
        out
    }
}

/// The points before and after a place among `size` points, and which part of the way it lies.
#[inline]
fn neighbours(at: f32, size: usize) -> (usize, usize, f32) {
    let at = at.clamp(0.0, (size - 1) as f32);
    let before = at as usize;
    (before, (before + 1).min(size - 1), at - before as f32)
}

/// For each of `to` points, the first of `from` points it covers and how much of each.
fn spans(from: usize, to: usize) -> Vec<(usize, Vec<f32>)> {
    let ratio = from as f32 / to.max(1) as f32;
    (0..to)
        .map(|index| {
            let (start, end) = (index as f32 * ratio, (index as f32 + 1.0) * ratio);
            let first = (start as usize).min(from - 1);
            let last = (end.ceil() as usize).clamp(first + 1, from);
            let share = |at: usize| ((at as f32 + 1.0).min(end) - (at as f32).max(start)).max(0.0);
            let mut weights: Vec<f32> = (first..last).map(share).collect();
            let sum: f32 = weights.iter().sum::<f32>().max(1e-6);
            weights.iter_mut().for_each(|weight| *weight /= sum);
            (first, weights)
        })
        .collect()
}
