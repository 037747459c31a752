//! Pages of a PDF file, drawn in points from the top left corner.
//!
//! What is drawn is kept until all of it is known, so that a page can say how many pages there are.

use super::PdfError;
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use ttf_parser::Face;

/// A font with the widths of its letters.
pub(super) struct Type {
    font: Font,
    face: Face<'static>,
}

impl Type {
    /// A font that is built in.
    pub(super) fn new(bytes: &'static [u8]) -> Result<Self, PdfError> {
        let font = Font::new(bytes.into(), 0).ok_or(PdfError::Font)?;
        let face = Face::parse(bytes, 0).map_err(|_| PdfError::Font)?;
        Ok(Self { font, face })
    }

    /// How wide a text is at a size, in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.glyphs(text).iter().map(|glyph| glyph.x_advance * size).sum()
    }

    /// Its glyphs, one for a letter. A letter the font lacks is a question mark: the archival kind allows no empty boxes.
    fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let em = f32::from(self.face.units_per_em());
        let glyph = |(at, c): (usize, char)| {
            let known = [c, '?'].into_iter().find_map(|c| self.face.glyph_index(c));
            let id = known.unwrap_or_default();
            let advance = f32::from(self.face.glyph_hor_advance(id).unwrap_or(0)) / em;
            let range = at..at + c.len_utf8();
            KrillaGlyph::new(GlyphId::new(u32::from(id.0)), advance, 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }

    /// The text cut at words so that no line is wider; a word wider than a line is cut where it must be.
    pub(super) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        let fits = |line: &str| self.width(line, size) <= width;
        for word in text.split_whitespace() {
            let line = lines.last().map_or("", String::as_str);
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                lines.pop();
                lines.push(longer);
                continue;
            }
            if line.is_empty() {
                lines.pop();
            }
            lines.push(String::new());
            for c in word.chars() {
                let line = lines.last().map_or("", String::as_str);
                if !line.is_empty() && !fits(&format!("{line}{c}")) {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(c);
                }
            }
        }
        lines
    }
}

/// How a text is drawn.
#[derive(Clone, Copy)]
pub(super) struct Hand<'a> {
    /// The font.
    pub(super) font: &'a Type,
    /// Its size in points.
    pub(super) size: f32,
    /// Thickness added to the strokes, in points: a font without a heavy cut is made heavier with it.
    pub(super) heavier: f32,
    /// Times as wide, times as high.
    pub(super) stretch: (f32, f32),
    /// 0 black to 255 white.
    pub(super) grey: u8,
}

impl<'a> Hand<'a> {
    /// Black, as the font is.
    pub(super) const fn new(font: &'a Type, size: f32) -> Self {
        Self { font, size, heavier: 0.0, stretch: (1.0, 1.0), grey: 0 }
    }

    /// The same, lighter.
    pub(super) const fn grey(self, grey: u8) -> Self {
        Self { grey, ..self }
    }
}

enum Mark<'a> {
    Text { x: f32, y: f32, text: String, hand: Hand<'a> },
    Boxes { boxes: Vec<Rect>, grey: u8 },
}

/// One page.
pub(super) struct Page<'a> {
    width: f32,
    height: f32,
    marks: Vec<Mark<'a>>,
}

impl<'a> Page<'a> {
    /// A white page of a size in points.
    pub(super) const fn new(width: f32, height: f32) -> Self {
        Self { width, height, marks: Vec::new() }
    }

    /// A text that begins at `x`; `y` is where its letters stand.
    pub(super) fn text(&mut self, x: f32, y: f32, text: &str, hand: Hand<'a>) {
        if !text.is_empty() {
            self.marks.push(Mark::Text { x, y, text: text.to_owned(), hand });
        }
    }

    /// A text that ends at `x`.
    pub(super) fn text_to(&mut self, x: f32, y: f32, text: &str, hand: Hand<'a>) {
        self.text(x - hand.font.width(text, hand.size) * hand.stretch.0, y, text, hand);
    }

    /// A text in the middle of the page.
    pub(super) fn centred(&mut self, y: f32, text: &str, hand: Hand<'a>) {
        let x = (self.width - hand.font.width(text, hand.size) * hand.stretch.0) / 2.0;
        self.text(x, y, text, hand);
    }

    /// Filled rectangles: left, top, width, height.
    pub(super) fn boxes(&mut self, boxes: impl IntoIterator<Item = (f32, f32, f32, f32)>, grey: u8) {
        let boxes = boxes.into_iter().filter_map(|(x, y, w, h)| Rect::from_xywh(x, y, w, h)).collect();
        self.marks.push(Mark::Boxes { boxes, grey });
    }

    /// A thin line across.
    pub(super) fn rule(&mut self, left: f32, right: f32, y: f32, grey: u8) {
        self.boxes([(left, y, right - left, 0.6)], grey);
    }

    fn draw(&self, surface: &mut Surface<'_>) {
        for mark in &self.marks {
            match mark {
                Mark::Text { x, y, text, hand } => draw_text(surface, (*x, *y), text, hand),
                Mark::Boxes { boxes, grey } => {
                    let mut path = PathBuilder::new();
                    boxes.iter().for_each(|one| path.push_rect(*one));
                    surface.set_fill(Some(fill(*grey)));
                    if let Some(path) = path.finish() {
                        surface.draw_path(&path);
                    }
                }
            }
        }
    }
}

fn draw_text(surface: &mut Surface<'_>, (x, y): (f32, f32), text: &str, hand: &Hand<'_>) {
    surface.set_fill(Some(fill(hand.grey)));
    let stroke = (hand.heavier > 0.0).then(|| Stroke {
        paint: luma::Color::new(hand.grey).into(),
        width: hand.heavier,
        ..Stroke::default()
    });
    surface.set_stroke(stroke);
    let (wide, high) = hand.stretch;
    surface.push_transform(&Transform::from_row(wide, 0.0, 0.0, high, x, y));
    let glyphs = hand.font.glyphs(text);
    surface.draw_glyphs(Point::from_xy(0.0, 0.0), &glyphs, hand.font.font.clone(), text, hand.size, false);
    surface.pop();
    surface.set_stroke(None);
}

fn fill(grey: u8) -> Fill {
    Fill { paint: luma::Color::new(grey).into(), ..Fill::default() }
}

/// What the file says of itself.
pub(super) struct About<'a> {
    /// What it is.
    pub(super) title: String,
    /// Who made the document.
    pub(super) author: &'a str,
    /// Its language.
    pub(super) language: Language,
    /// When the document was made: the same document gives the same file at any time.
    pub(super) at: Stamp,
    /// A name no other document has.
    pub(super) id: String,
}

/// The pages as a file of the archival kind PDF/A-2u: everything needed to show it is in it, and its text can be searched.
pub(super) fn file(pages: &[Page<'_>], about: About<'_>) -> Result<Vec<u8>, PdfError> {
    let archival = ConfigurationBuilder::new().with_archival_validator(Archival::A2_U);
    let configuration = archival.finish().map_err(|why| PdfError::Written(format!("{why:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(about));
    for page in pages {
        let size = PageSettings::from_wh(page.width, page.height).ok_or(PdfError::Size)?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        page.draw(&mut surface);
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|why| PdfError::Written(format!("{why:?}")))
}

fn metadata(about: About<'_>) -> Metadata {
    let at = jiff::tz::Offset::UTC.to_datetime(about.at.utc);
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let language = match about.language {
        Language::El => "el",
        Language::En => "en",
    };
    Metadata::new()
        .title(about.title)
        .authors(vec![about.author.to_owned()])
        .language(language.to_owned())
        .creator("Tameio".to_owned())
        .creation_date(made)
        .document_id(about.id)
}
