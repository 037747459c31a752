//! From a quadrangle in a picture to the small upright picture the reader looks at.

use super::picture::Picture;

/// Four corners in points of the picture: top left, top right, bottom right, bottom left, as the plate is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [[f32; 2]; 4]);

impl Quad {
    /// An upright rectangle.
    #[must_use]
    pub const fn upright(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
    }

    /// The middle of the four corners.
    #[must_use]
    pub fn centre(&self) -> [f32; 2] {
        [0, 1].map(|axis| self.0.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0)
    }

    /// The mean length of the upper and lower edge.
    #[must_use]
    pub fn width(&self) -> f32 {
        let [a, b, c, d] = self.0;
        f32::midpoint(distance(a, b), distance(d, c))
    }

    /// The mean length of the left and right edge.
    #[must_use]
    pub fn height(&self) -> f32 {
        let [a, b, c, d] = self.0;
        f32::midpoint(distance(a, d), distance(b, c))
    }

    /// The least upright rectangle around it: left, top, right, bottom.
    #[must_use]
    pub fn bounds(&self) -> [f32; 4] {
        let over = |axis: usize, best: fn(f32, f32) -> f32| {
            self.0.iter().map(|corner| corner[axis]).reduce(best).unwrap_or_default()
        };
        [over(0, f32::min), over(1, f32::min), over(0, f32::max), over(1, f32::max)]
    }

    /// Grown outwards by these parts of its width and height on each side, in its own perspective.
    #[must_use]
    pub fn grown(&self, sideways: f32, upwards: f32) -> Self {
        let to = Homography::from_unit(self);
        let (x, y) = ([-sideways, 1.0 + sideways], [-upwards, 1.0 + upwards]);
        Self([to.map(x[0], y[0]), to.map(x[1], y[0]), to.map(x[1], y[1]), to.map(x[0], y[1])])
    }

    /// Whether the middle of either lies within the upright rectangle around the other.
    #[must_use]
    pub fn touches(&self, other: &Self) -> bool {
        let within = |quad: &Self, [x, y]: [f32; 2]| {
            let [left, top, right, bottom] = quad.bounds();
            (left..right).contains(&x) && (top..bottom).contains(&y)
        };
        within(self, other.centre()) || within(other, self.centre())
    }

    /// How much of the upright rectangles around both is shared: 0 to 1.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f32 {
        let (a, b) = (self.bounds(), other.bounds());
        let side = |low: usize| (a[low + 2].min(b[low + 2]) - a[low].max(b[low])).max(0.0);
        let area = |r: [f32; 4]| (r[2] - r[0]) * (r[3] - r[1]);
        let shared = side(0) * side(1);
        shared / (area(a) + area(b) - shared).max(1e-6)
    }
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// A map of the plane that keeps lines straight.
#[derive(Clone, Copy, Debug)]
pub struct Homography([f32; 8]);

impl Homography {
    /// The map of the unit square (top left at the origin) onto a quadrangle.
    #[must_use]
    pub fn from_unit(quad: &Quad) -> Self {
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad.0;
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (dx1, dx2, dy1, dy2) = (x1 - x2, x3 - x2, y1 - y2, y3 - y2);
        let det = dx1 * dy2 - dx2 * dy1;
        let det = if det.abs() < 1e-9 { 1e-9 } else { det };
        let g = (sx * dy2 - dx2 * sy) / det;
        let h = (dx1 * sy - sx * dy1) / det;
        Self([x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h])
    }

    /// Where a point of the unit square lies.
    #[must_use]
    pub fn map(&self, u: f32, v: f32) -> [f32; 2] {
        let [a, b, c, d, e, f, g, h] = self.0;
        let w = g * u + h * v + 1.0;
        let w = if w.abs() < 1e-6 { 1e-6 } else { w };
        [(a * u + b * v + c) / w, (d * u + e * v + f) / w]
    }

    /// The point of the unit square that lies at `x`, `y`.
    #[must_use]
    pub fn unmap(&self, x: f32, y: f32) -> [f32; 2] {
        let [a, b, c, d, e, f, g, h] = self.0;
        let (p, q, r, s) = (a - g * x, b - h * x, d - g * y, e - h * y);
        let det = p * s - q * r;
        let det = if det.abs() < 1e-12 { 1e-12 } else { det };
        let (m, n) = (x - c, y - f);
        [(m * s - q * n) / det, (p * n - m * r) / det]
    }
}

/// Height and width of what the reader looks at.
pub const CROP: [usize; 2] = [32, 144];

/// How a plate is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// All characters in one line.
    One,
    /// Two lines, read one after the other.
    Two,
}

/// The plate within `quad`, as the reader wants it: [`CROP`] points of mean nought and deviation one. Two lines are
/// laid side by side, as if the plate had one.
#[must_use]
pub fn crop(picture: Picture<'_>, quad: &Quad, lines: Lines) -> Vec<f32> {
    let [height, width] = CROP;
    let to = Homography::from_unit(quad);
    let (across, up) = match lines {
        Lines::One => (quad.width() / width as f32, quad.height() / height as f32),
        Lines::Two => (2.0 * quad.width() / width as f32, quad.height() / 2.0 / height as f32),
    };
    let taps = |ratio: f32| (ratio.ceil().clamp(1.0, 4.0)) as usize;
    let (nx, ny) = (taps(across), taps(up));
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0.0;
            for j in 0..ny {
                for i in 0..nx {
                    let u = (x as f32 + (i as f32 + 0.5) / nx as f32) / width as f32;
                    let v = (y as f32 + (j as f32 + 0.5) / ny as f32) / height as f32;
                    let [u, v] = match lines {
                        Lines::One => [u, v],
                        Lines::Two if u < 0.5 => [2.0 * u, v / 2.0],
                        Lines::Two => [2.0 * u - 1.0, f32::midpoint(1.0, v)],
                    };
                    let [px, py] = to.map(u, v);
                    sum += picture.between(px - 0.5, py - 0.5);
                }
            }
            out.push(sum / (nx * ny) as f32);
        }
    }
    normalise(&mut out);
    out
}

/// Makes the mean nought and the deviation one; an even picture becomes all noughts.
pub fn normalise(points: &mut [f32]) {
    let count = points.len().max(1) as f32;
    let mean = points.iter().sum::<f32>() / count;
    let variance = points.iter().map(|point| (point - mean).powi(2)).sum::<f32>() / count;
    let scale = 1.0 / (variance.sqrt() + 1.0);
    for point in points {
        *point = (*point - mean) * scale;
    }
}

/// How sharp a [`crop`] is: how much neighbouring points differ on the average, in parts of its deviation. About 0.1 is
/// blurred beyond reading and 0.5 is as sharp as the crop can show; light and contrast do not matter.
#[must_use]
pub fn sharpness(crop: &[f32]) -> f32 {
    let steps = crop.chunks(CROP[1]).flat_map(|row| row.windows(2)).map(|pair| (pair[1] - pair[0]).abs());
    let (sum, count) = steps.fold((0.0, 0u32), |(sum, count), step| (sum + step, count + 1));
    sum / count.max(1) as f32
}
