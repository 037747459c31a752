//! A signature while it is drawn.

use super::generated::{Page, SignStep};
use crate::domain::signature::{
    Answer, FIELD_HEIGHT, FIELD_WIDTH, Matter, POINTS_MAX, Point, Stroke, draw, height_of,
};
use crate::domain::visit::Visit;
use slint::{Image, Rgba8Pixel, SharedPixelBuffer};

/// Points of the picture a signature is shown in.
const SHOWN: usize = 960;
/// Width of the pen in them.
const PEN: usize = 5;
/// The most characters of a name.
const NAME_MAX: usize = 40;

/// Everything that is drawn, typed or up on the page of a signature.
#[derive(Debug)]
pub(super) struct SignatureForm {
    pub(super) matter: Matter,
    pub(super) step: SignStep,
    pub(super) name: String,
    strokes: Vec<Stroke>,
    /// The finger is on the glass.
    down: bool,
    shown: SharedPixelBuffer<Rgba8Pixel>,
    pub(super) fault: Option<String>,
    /// How many answers there were when it was sent: pressing again changes nothing.
    pub(super) sent: Option<usize>,
    /// Where it was asked for.
    pub(super) from: Page,
}

impl Default for SignatureForm {
    fn default() -> Self {
        Self::of(Matter::HandOver, String::new(), Page::Visit)
    }
}

impl SignatureForm {
    pub(super) fn of(matter: Matter, name: String, from: Page) -> Self {
        let step = if name.is_empty() { SignStep::Name } else { SignStep::Draw };
        Self {
            matter,
            step,
            name,
            strokes: Vec::new(),
            down: false,
            shown: blank(),
            fault: None,
            sent: None,
            from,
        }
    }

    /// What was drawn so far, without a stroke the finger only tapped at its end.
    pub(super) fn strokes(&self) -> Vec<Stroke> {
        self.strokes.clone()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// The picture of it.
    pub(super) fn picture(&self) -> Image {
        Image::from_rgba8_premultiplied(self.shown.clone())
    }

    pub(super) fn down(&mut self, x: f32, y: f32) {
        if self.sent.is_some() || self.points() >= POINTS_MAX {
            return;
        }
        self.fault = None;
        self.down = true;
        let stroke = Stroke(vec![point(x, y)]);
        ink(&mut self.shown, std::slice::from_ref(&stroke));
        self.strokes.push(stroke);
    }

    /// The finger moved: only the way since its last place is drawn.
    pub(super) fn moved(&mut self, x: f32, y: f32) {
        let full = self.points() >= POINTS_MAX;
        let Some(stroke) = self.strokes.last_mut().filter(|_| self.down && !full) else { return };
        let (from, to) = (stroke.0.last().copied(), point(x, y));
        if let Some(from) = from.filter(|from| *from != to) {
            stroke.0.push(to);
            ink(&mut self.shown, &[Stroke(vec![from, to])]);
        }
    }

    pub(super) const fn up(&mut self) {
        self.down = false;
    }

    /// Takes the last stroke back.
    pub(super) fn undo(&mut self) {
        self.strokes.pop();
        self.redraw();
    }

    pub(super) fn clear(&mut self) {
        self.strokes.clear();
        self.redraw();
    }

    fn redraw(&mut self) {
        self.fault = None;
        self.down = false;
        self.shown = blank();
        ink(&mut self.shown, &self.strokes);
    }

    pub(super) fn key(&mut self, key: &str) {
        self.fault = None;
        if self.name.chars().count() + key.chars().count() <= NAME_MAX {
            self.name.push_str(key);
        }
    }

    /// What was sent has become a fact.
    pub(super) fn is_done(&self, visit: &Visit) -> bool {
        self.sent.is_some_and(|before| visit.signings.len() > before)
    }

    fn points(&self) -> usize {
        self.strokes.iter().map(|stroke| stroke.0.len()).sum()
    }
}

/// Who signed and when, or why nobody did.
pub(super) fn said(answer: &Answer) -> &str {
    match answer {
        Answer::Signed { name, .. } => name.as_str(),
        Answer::Declined { reason } => reason.as_str(),
    }
}

fn blank() -> SharedPixelBuffer<Rgba8Pixel> {
    let side = |cells: usize| u32::try_from(cells).unwrap_or(1);
    SharedPixelBuffer::new(side(SHOWN), side(height_of(SHOWN)))
}

fn ink(shown: &mut SharedPixelBuffer<Rgba8Pixel>, strokes: &[Stroke]) {
    let pixels = shown.make_mut_slice();
    draw(strokes, SHOWN, PEN, |x, y| {
        if let Some(pixel) = pixels.get_mut(y * SHOWN + x) {
            *pixel = Rgba8Pixel { r: 0, g: 0, b: 0, a: 255 };
        }
    });
}

/// A share of the field's sides as a place in it; a finger that slides over the edge stays at the edge.
fn point(x: f32, y: f32) -> Point {
    let on = |share: f32, side: u16| (share.clamp(0.0, 1.0) * f32::from(side)).round() as u16;
    Point(on(x, FIELD_WIDTH), on(y, FIELD_HEIGHT))
}
