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
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (fx, fy) = (x - left as f32, y - top as f32);
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
        let part = |at: usize, tap: usize| (at as f32 + (tap as f32 + 0.5) / taps as f32) * scale - 0.5;
        let cell = |x: usize, y: usize| {
            let sum: f32 = (0..taps * taps)
                .map(|tap| self.between(from[0] + part(x, tap % taps), from[1] + part(y, tap / taps)))
                .sum();
            (sum / (taps * taps) as f32 + 0.5) as u8
        };
        (0..width * height).map(|at| cell(at % width, at / width)).collect()
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
