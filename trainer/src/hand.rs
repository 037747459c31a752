//! Letters drawn here, as technical lettering draws them: straight strokes whose corners are rounded more or less.
//! Plates of many countries (the squarish O of Brazil, the round one of DIN 1451) lie between these.

use fastrand::Rng;

use crate::sheet::Chance;

/// Points of a stroke in parts of the letter's box; `true`: the corner is round.
type Stroke = &'static [(f32, f32, bool)];

/// Strokes of a letter, and how wide it is for one of middling width.
fn strokes(character: char, hand: &Hand) -> (&'static [Stroke], f32) {
    const R: bool = true;
    const S: bool = false;
    let flat = hand.flat;
    match character {
        'A' if hand.odd[0] => (
            &[&[(0., 1., S), (0.38, 0., S), (0.62, 0., S), (1., 1., S)], &[(0.12, 0.7, S), (0.88, 0.7, S)]],
            1.05,
        ),
        'D' if hand.odd[1] => {
            (&[&[(0.5, 0., S), (1., 0., R), (1., 1., R), (0., 1., S), (0., 0., S), (0.5, 0., S)]], 0.95)
        }
        'G' if hand.odd[2] => (
            &[&[
                (1., 0.25, S),
                (1., 0., R),
                (0., 0., R),
                (0., 1., R),
                (1., 1., S),
                (1., 0.55, S),
                (0.6, 0.55, S),
            ]],
            1.0,
        ),
        'I' if hand.serif => {
            (&[&[(0.5, 0., S), (0.5, 1., S)], &[(0., 0., S), (1., 0., S)], &[(0., 1., S), (1., 1., S)]], 0.45)
        }
        'J' if hand.odd[3] => (&[&[(0., 0.75, S), (0., 1., R), (1., 1., R), (1., 0., S), (0.4, 0., S)]], 0.9),
        'M' if hand.odd[0] => (&[&[(0., 1., S), (0., 0., S), (0.5, 1., S), (1., 0., S), (1., 1., S)]], 1.25),
        'M' if hand.odd[1] => {
            (&[&[(0., 1., S), (0., 0., S), (0.5, 0.45, S), (1., 0., S), (1., 1., S)]], 1.15)
        }
        'Q' if hand.odd[3] => (
            &[
                &[(0.5, 0., S), (1., 0., R), (1., 1., R), (0., 1., R), (0., 0., R), (0.5, 0., S)],
                &[(0.7, 0.85, S), (0.95, 1.12, S)],
            ],
            1.0,
        ),
        'R' if hand.odd[2] => (
            &[
                &[(0., 1., S), (0., 0., S), (1., 0., R), (1., 0.52, R), (0., 0.52, S)],
                &[(0.7, 0.52, S), (1., 1., S)],
            ],
            1.0,
        ),
        'W' if hand.odd[0] => {
            (&[&[(0., 0., S), (0.25, 1., S), (0.5, 0., S), (0.75, 1., S), (1., 0., S)]], 1.4)
        }
        'W' if hand.odd[1] => {
            (&[&[(0., 0., S), (0., 1., S), (0.5, 0.35, S), (1., 1., S), (1., 0., S)]], 1.25)
        }
        'Y' if hand.odd[2] => {
            (&[&[(0., 0., S), (0.5, 0.62, S), (1., 0., S)], &[(0.5, 0.62, S), (0.5, 1., S)]], 1.05)
        }
        '1' if hand.flag < 0.06 => (&[&[(0.5, 0., S), (0.5, 1., S)]], 0.0),
        '1' if hand.serif && hand.odd[3] => {
            (&[&[(0., 0.2, S), (0.5, 0., S), (0.5, 1., S)], &[(0., 1., S), (1., 1., S)]], 0.7)
        }
        '4' if hand.odd[1] => (&[&[(1., 0.7, S), (0., 0.7, S), (0.75, 0., S), (0.75, 1., S)]], 0.95),
        '7' if hand.odd[2] => {
            (&[&[(0., 0.2, S), (0., 0., S), (1., 0., S), (0.4, 0.55, S), (0.35, 1., S)]], 0.9)
        }
        'A' => (&[&[(0., 1., S), (0.5, 0., S), (1., 1., S)], &[(0.18, 0.68, S), (0.82, 0.68, S)]], 1.05),
        'B' => (
            &[
                &[(0., 0., S), (0.95, 0., R), (0.95, 0.48, R), (0., 0.48, S), (0., 0., S)],
                &[(0., 0.48, S), (1., 0.48, R), (1., 1., R), (0., 1., S), (0., 0.48, S)],
            ],
            1.0,
        ),
        'C' => (&[&[(1., 0.25, S), (1., 0., R), (0., 0., R), (0., 1., R), (1., 1., R), (1., 0.75, S)]], 1.0),
        'D' => (&[&[(0., 0., S), (1., 0., R), (1., 1., R), (0., 1., S), (0., 0., S)]], 1.0),
        'E' => (
            &[&[(1., 0., S), (0., 0., S), (0., 1., S), (1., 1., S)], &[(0., 0.48, S), (0.85, 0.48, S)]],
            0.85,
        ),
        'F' => (&[&[(1., 0., S), (0., 0., S), (0., 1., S)], &[(0., 0.48, S), (0.85, 0.48, S)]], 0.85),
        'G' => (
            &[&[
                (1., 0.22, S),
                (1., 0., R),
                (0., 0., R),
                (0., 1., R),
                (1., 1., R),
                (1., 0.52, S),
                (0.55, 0.52, S),
            ]],
            1.0,
        ),
        'H' => (
            &[&[(0., 0., S), (0., 1., S)], &[(1., 0., S), (1., 1., S)], &[(0., 0.48, S), (1., 0.48, S)]],
            1.0,
        ),
        'I' => (&[&[(0.5, 0., S), (0.5, 1., S)]], 0.0),
        'J' => (&[&[(0., 0.75, S), (0., 1., R), (1., 1., R), (1., 0., S)]], 0.85),
        'K' => (
            &[&[(0., 0., S), (0., 1., S)], &[(1., 0., S), (0., 0.62, S)], &[(0.32, 0.42, S), (1., 1., S)]],
            1.0,
        ),
        'L' => (&[&[(0., 0., S), (0., 1., S), (1., 1., S)]], 0.85),
        'M' => (&[&[(0., 1., S), (0., 0., S), (0.5, 0.65, S), (1., 0., S), (1., 1., S)]], 1.2),
        'N' => (&[&[(0., 1., S), (0., 0., S), (1., 1., S), (1., 0., S)]], 1.0),
        'O' => (&[&[(0.5, 0., S), (1., 0., R), (1., 1., R), (0., 1., R), (0., 0., R), (0.5, 0., S)]], 1.0),
        '0' => (&[&[(0.5, 0., S), (1., 0., R), (1., 1., R), (0., 1., R), (0., 0., R), (0.5, 0., S)]], 0.92),
        'P' => (&[&[(0., 1., S), (0., 0., S), (1., 0., R), (1., 0.55, R), (0., 0.55, S)]], 1.0),
        'Q' => (
            &[
                &[(0.5, 0., S), (1., 0., R), (1., 1., R), (0., 1., R), (0., 0., R), (0.5, 0., S)],
                &[(0.58, 0.72, S), (1.03, 1.03, S)],
            ],
            1.0,
        ),
        'R' => (
            &[
                &[(0., 1., S), (0., 0., S), (1., 0., R), (1., 0.55, R), (0., 0.55, S)],
                &[(0.45, 0.55, S), (1., 1., S)],
            ],
            1.0,
        ),
        'S' => (
            &[&[
                (1., 0.22, S),
                (1., 0., R),
                (0., 0., R),
                (0., 0.48, R),
                (1., 0.48, R),
                (1., 1., R),
                (0., 1., R),
                (0., 0.78, S),
            ]],
            1.0,
        ),
        'T' => (&[&[(0., 0., S), (1., 0., S)], &[(0.5, 0., S), (0.5, 1., S)]], 1.0),
        'U' => (&[&[(0., 0., S), (0., 1., R), (1., 1., R), (1., 0., S)]], 1.0),
        'V' => (&[&[(0., 0., S), (0.5, 1., S), (1., 0., S)]], 1.05),
        'W' => (&[&[(0., 0., S), (0.25, 1., S), (0.5, 0.2, S), (0.75, 1., S), (1., 0., S)]], 1.4),
        'X' => (&[&[(0., 0., S), (1., 1., S)], &[(1., 0., S), (0., 1., S)]], 1.0),
        'Y' => (&[&[(0., 0., S), (0.5, 0.5, S), (1., 0., S)], &[(0.5, 0.5, S), (0.5, 1., S)]], 1.0),
        'Z' => (&[&[(0., 0., S), (1., 0., S), (0., 1., S), (1., 1., S)]], 0.95),
        '1' if flat => (&[&[(0., 0.24, S), (1., 0., S), (1., 1., S)]], hand.flag),
        // In Brazil hardly wider than an I.
        '1' => (&[&[(0., 0.14, S), (1., 0., S), (1., 1., S)]], hand.flag),
        '2' => (&[&[(0., 0.25, S), (0., 0., R), (1., 0., R), (1., 0.45, R), (0., 1., S), (1., 1., S)]], 0.92),
        '3' if flat => (
            &[&[
                (0., 0., S),
                (1., 0., S),
                (0.45, 0.4, S),
                (1., 0.42, R),
                (1., 1., R),
                (0., 1., R),
                (0., 0.8, S),
            ]],
            0.92,
        ),
        '3' => (
            &[
                &[(0., 0.2, S), (0., 0., R), (1., 0., R), (1., 0.47, R), (0.4, 0.47, S)],
                &[(0.4, 0.47, S), (1., 0.47, R), (1., 1., R), (0., 1., R), (0., 0.8, S)],
            ],
            0.92,
        ),
        '4' => (&[&[(1., 0.72, S), (0., 0.72, S), (0.6, 0., S)], &[(0.72, 0.42, S), (0.72, 1., S)]], 0.95),
        '5' => (
            &[&[
                (0.95, 0., S),
                (0.1, 0., S),
                (0.05, 0.42, S),
                (1., 0.38, R),
                (1., 1., R),
                (0., 1., R),
                (0., 0.8, S),
            ]],
            0.92,
        ),
        '6' if flat => (
            &[
                &[(0.7, 0., S), (0., 0.6, S)],
                &[(0.5, 0.42, S), (1., 0.42, R), (1., 1., R), (0., 1., R), (0., 0.42, R), (0.5, 0.42, S)],
            ],
            0.92,
        ),
        '6' => (
            &[&[
                (1., 0.2, S),
                (1., 0., R),
                (0., 0., R),
                (0., 1., R),
                (1., 1., R),
                (1., 0.42, R),
                (0., 0.42, S),
            ]],
            0.92,
        ),
        '7' => (&[&[(0., 0., S), (1., 0., S), (0.35, 1., S)]], 0.92),
        '8' => (
            &[
                &[(0.5, 0., S), (0.95, 0., R), (0.95, 0.47, R), (0.05, 0.47, R), (0.05, 0., R), (0.5, 0., S)],
                &[(0.5, 0.47, S), (1., 0.47, R), (1., 1., R), (0., 1., R), (0., 0.47, R), (0.5, 0.47, S)],
            ],
            0.92,
        ),
        '9' if flat => (
            &[
                &[(0.3, 1., S), (1., 0.4, S)],
                &[(0.5, 0., S), (1., 0., R), (1., 0.58, R), (0., 0.58, R), (0., 0., R), (0.5, 0., S)],
            ],
            0.92,
        ),
        '9' => (
            &[&[
                (0., 0.8, S),
                (0., 1., R),
                (1., 1., R),
                (1., 0., R),
                (0., 0., R),
                (0., 0.58, R),
                (1., 0.58, S),
            ]],
            0.92,
        ),
        'Δ' => (&[&[(0., 1., S), (0.5, 0., S), (1., 1., S), (0., 1., S)]], 1.1),
        'Λ' => (&[&[(0., 1., S), (0.5, 0., S), (1., 1., S)]], 1.05),
        'Ξ' => (
            &[&[(0., 0., S), (1., 0., S)], &[(0.1, 0.5, S), (0.9, 0.5, S)], &[(0., 1., S), (1., 1., S)]],
            0.9,
        ),
        'Π' => (&[&[(0., 1., S), (0., 0., S), (1., 0., S), (1., 1., S)]], 1.0),
        'Σ' => (&[&[(1., 0., S), (0., 0., S), (0.6, 0.5, S), (0., 1., S), (1., 1., S)]], 0.95),
        other => panic!("{other} is not on plates"),
    }
}

/// A hand drawn here.
#[derive(Clone, Copy)]
pub struct Hand {
    /// Width of a middling letter in heights of a capital, with its strokes.
    pub wide: f32,
    /// How far corners are rounded, in heights of a capital.
    pub round: f32,
    /// How thick the strokes are.
    pub stroke: f32,
    /// Whether the 3 has a flat top and 6 and 9 straight backs.
    pub flat: bool,
    /// How wide the flag of the 1 is in widths of a middling letter; less than 0.06: it is a bar.
    pub flag: f32,
    /// Whether the I has serifs.
    pub serif: bool,
    /// Which letters have their rarer shape, four groups of them.
    pub odd: [bool; 4],
    /// How far up the waists lie (1: as drawn), how much letters lean and spread downwards.
    pub bend: [f32; 3],
    /// Widths of single letters differ by about this part.
    pub uneven: f32,
}

/// The hand that gives fonts the Greek capitals without a Latin twin.
pub const GREEK: Hand = Hand {
    wide: 0.56,
    round: 0.3,
    stroke: 0.145,
    flat: true,
    flag: 0.4,
    serif: false,
    odd: [false; 4],
    bend: [1.0, 0.0, 0.0],
    uneven: 0.0,
};

impl Hand {
    /// A hand by chance: from narrow to wide, from squarish to round, from thin to thick; of five one has a bar for a 1.
    pub fn any(rng: &mut Rng) -> Self {
        let wide = rng.between(0.42, 0.7);
        Self {
            wide,
            round: rng.between(0.04, 0.36),
            stroke: rng.between(0.09, 0.1 + 0.15 * wide),
            flat: rng.bool(),
            flag: match rng.f32() {
                share if share < 0.2 => 0.0,
                share if share < 0.55 => rng.between(0.1, 0.25),
                _ => rng.between(0.25, 0.5),
            },
            serif: rng.chance(0.1),
            odd: std::array::from_fn(|_| rng.chance(0.3)),
            bend: [(rng.normal() * 0.08).exp(), rng.normal() * 0.03, rng.normal() * 0.03],
            uneven: 0.06,
        }
    }

    /// Where a point of a letter's box lies in this hand.
    fn bent(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let [waist, lean, spread] = self.bend;
        let down = y.clamp(0.0, 1.0).powf(waist) + (y - y.clamp(0.0, 1.0));
        (x + lean * (0.5 - down) + spread * (x - 0.5) * (down - 0.5), down)
    }

    /// How much wider than others a letter is: the same each time.
    fn width(&self, character: char) -> f32 {
        let mut rng = Rng::with_seed(u64::from(u32::from(character)) ^ u64::from(self.wide.to_bits()) << 8);
        1.0 + self.uneven * rng.normal().clamp(-2.0, 2.0)
    }
}

/// Lines in parts of the letter's box, and how wide its ink is in heights of a capital.
pub fn lines(character: char, hand: &Hand) -> (Vec<[f32; 4]>, f32) {
    let (strokes, share) = strokes(character, hand);
    let inner = (hand.wide - hand.stroke) * share * hand.width(character);
    let (across, down) = (inner.max(1e-3), 1.0 - hand.stroke);
    let mut out = Vec::new();
    for stroke in strokes {
        let points = rounded(stroke, [across, down], hand.round);
        let points: Vec<_> = points.into_iter().map(|[x, y]| hand.bent((x, y))).collect();
        out.extend(points.windows(2).map(|pair| [pair[0].0, pair[0].1, pair[1].0, pair[1].1]));
    }
    (out, inner + hand.stroke)
}

/// The stroke with its round corners as short lines.
fn rounded(stroke: Stroke, size: [f32; 2], radius: f32) -> Vec<[f32; 2]> {
    let mut out = Vec::new();
    for (index, (x, y, round)) in stroke.iter().copied().enumerate() {
        if !round {
            out.push([x, y]);
            continue;
        }
        let (before, after) = (stroke[index - 1], stroke[index + 1]);
        let cut = |other: (f32, f32, bool)| {
            let (dx, dy) = ((other.0 - x) * size[0], (other.1 - y) * size[1]);
            let long = dx.hypot(dy).max(1e-6);
            let share = if other.2 { 0.5 } else { 0.9 };
            let part = (radius / long).min(share);
            [x + (other.0 - x) * part, y + (other.1 - y) * part]
        };
        let (from, to) = (cut(before), cut(after));
        for step in 0..=5 {
            // A quarter of an ellipse around the corner that lies across.
            let turn = step as f32 / 5.0 * std::f32::consts::FRAC_PI_2;
            let (a, b) = (1.0 - turn.sin(), 1.0 - turn.cos());
            out.push([x + (from[0] - x) * a + (to[0] - x) * b, y + (from[1] - y) * a + (to[1] - y) * b]);
        }
    }
    out
}
