//! Pictures in the making: light from 0 to 1.

use fastrand::Rng;

/// Chance as drawings want it.
pub trait Chance {
    /// Evenly between two numbers.
    fn between(&mut self, low: f32, high: f32) -> f32;
    /// Around nought, as errors are.
    fn normal(&mut self) -> f32;
    /// With this probability.
    fn chance(&mut self, probability: f32) -> bool;
    /// One of these.
    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T;
}

impl Chance for Rng {
    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.f32()
    }

    fn normal(&mut self) -> f32 {
        let radius = (-2.0 * self.f32().max(1e-7).ln()).sqrt();
        radius * (std::f32::consts::TAU * self.f32()).cos()
    }

    fn chance(&mut self, probability: f32) -> bool {
        self.f32() < probability
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.usize(..of.len())]
    }
}

/// A picture in the making.
#[derive(Clone)]
pub struct Sheet {
    pub width: usize,
    pub height: usize,
    pub points: Vec<f32>,
}

impl Sheet {
    pub fn new(width: usize, height: usize, light: f32) -> Self {
        Self { width, height, points: vec![light; width * height] }
    }

    /// Lays `light` over every point of a box as far as `cover` says (0 to 1); `cover` is given the point's middle.
    pub fn paint(&mut self, area: [f32; 4], light: f32, cover: impl Fn(f32, f32) -> f32) {
        let [left, top, right, bottom] = area;
        let clamp = |value: f32, max: usize| value.clamp(0.0, max as f32) as usize;
        let (x0, x1) = (clamp(left.floor(), self.width), clamp(right.ceil(), self.width));
        let (y0, y1) = (clamp(top.floor(), self.height), clamp(bottom.ceil(), self.height));
        for y in y0..y1 {
            for x in x0..x1 {
                let share = cover(x as f32 + 0.5, y as f32 + 0.5).clamp(0.0, 1.0);
                let point = &mut self.points[y * self.width + x];
                *point += (light - *point) * share;
            }
        }
    }

    /// A rectangle with soft edges.
    pub fn rectangle(&mut self, [left, top, right, bottom]: [f32; 4], light: f32) {
        self.paint([left - 1.0, top - 1.0, right + 1.0, bottom + 1.0], light, |x, y| {
            let across = (x - left + 0.5).min(right - x + 0.5).clamp(0.0, 1.0);
            across * (y - top + 0.5).min(bottom - y + 0.5).clamp(0.0, 1.0)
        });
    }

    /// An ellipse with soft edges, or its rim alone.
    pub fn ellipse(&mut self, [x0, y0]: [f32; 2], [rx, ry]: [f32; 2], light: f32, rim: Option<f32>) {
        let least = rx.min(ry).max(0.5);
        self.paint([x0 - rx - 1.0, y0 - ry - 1.0, x0 + rx + 1.0, y0 + ry + 1.0], light, |x, y| {
            let inside = (1.0 - ((x - x0) / rx.max(0.5)).hypot((y - y0) / ry.max(0.5))) * least + 0.5;
            rim.map_or(inside, |rim| inside.min(rim - inside))
        });
    }

    /// A line with soft edges.
    pub fn line(&mut self, [x0, y0]: [f32; 2], [x1, y1]: [f32; 2], thick: f32, light: f32) {
        let (dx, dy) = (x1 - x0, y1 - y0);
        let length = (dx * dx + dy * dy).max(1e-6);
        let area = [x0.min(x1) - thick, y0.min(y1) - thick, x0.max(x1) + thick, y0.max(y1) + thick];
        self.paint(area, light, |x, y| {
            let along = (((x - x0) * dx + (y - y0) * dy) / length).clamp(0.0, 1.0);
            thick / 2.0 + 0.5 - (x - x0 - along * dx).hypot(y - y0 - along * dy)
        });
    }

    /// The light between four points; the edge goes on beyond it.
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (fx, fy) = (x - left as f32, y - top as f32);
        let at = |x: usize, y: usize| self.points[y * self.width + x];
        let upper = at(left, top) + (at(right, top) - at(left, top)) * fx;
        let lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * fx;
        upper + (lower - upper) * fy
    }

    /// Multiplies with a slow change of light.
    pub fn shade(&mut self, rng: &mut Rng, depth: f32) {
        let (gx, gy) = (rng.normal() * depth / self.width as f32, rng.normal() * depth / self.height as f32);
        let waves: Vec<[f32; 4]> = (0..2)
            .map(|_| {
                let turn = std::f32::consts::TAU / self.width as f32;
                [
                    rng.between(0.3, 2.0) * turn,
                    rng.between(0.3, 2.0) * turn,
                    rng.f32() * 6.3,
                    rng.normal() * depth * 0.3,
                ]
            })
            .collect();
        let (cx, cy) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        for y in 0..self.height {
            for x in 0..self.width {
                let (fx, fy) = (x as f32, y as f32);
                let wave: f32 = waves.iter().map(|[a, b, c, d]| (a * fx + b * fy + c).sin() * d).sum();
                let light = 1.0 + gx * (fx - cx) + gy * (fy - cy) + wave;
                self.points[y * self.width + x] *= light.max(0.05);
            }
        }
    }
}
