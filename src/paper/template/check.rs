//! A template as a whole: every fault with its line, and what else the owner should know.

use super::field::Field;
use super::kind::{self, PartName};
use super::line::{self, Line, Own, Piece, When};
use crate::domain::settings::Settings;
use crate::domain::template::TemplateKind;
use crate::paper::layout::room;
use tameio_drivers::printer::sheet::QR_BYTES_MAX;

/// The papers a line is measured on: millimetres, and the characters that fit.
const PAPERS: [(u16, usize); 2] = [(58, 32), (80, 48)];

/// The longest text of one's own QR code: more would make its squares too small to be read.
const OWN_QR_CHARS_MAX: usize = 200;

/// Words only a tax document may carry in its own name, without accents. A line of one's own that has them would make any other
/// paper look like one.
const RESERVED: [&str; 9] = [
    "ΑΠΟΔΕΙΞΗ ΛΙΑΝΙΚ",
    "ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ",
    "ΤΙΜΟΛΟΓΙΟ ΠΩΛ",
    "ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ",
    "ΠΙΣΤΩΤΙΚΟ",
    "ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ",
    "ΑΝΤΙΓΡΑΦΟ",
    "ΜΑΡΚ:",
    "LEGAL RECEIPT",
];

/// What is wrong on a line, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// No part of this paper has the name.
    UnknownPart {
        /// The name.
        name: String,
        /// The one that was meant, where one is near.
        nearest: Option<String>,
    },
    /// No field of this paper has the name.
    UnknownField {
        /// The name.
        name: String,
        /// The one that was meant, where one is near.
        nearest: Option<String>,
    },
    /// A word in round brackets that means nothing.
    UnknownWord {
        /// It.
        word: String,
        /// The one that was meant, where one is near.
        nearest: Option<String>,
    },
    /// What should be a day is none.
    NoDay {
        /// It.
        text: String,
    },
    /// A brace is open at the end of the line.
    NotClosed,
    /// A part stands there a second time.
    Twice {
        /// Its name.
        part: &'static str,
    },
    /// A part the law asks for stands before another it must follow.
    OutOfOrder {
        /// Its name.
        part: &'static str,
        /// It must stand after this one.
        after: &'static str,
    },
    /// A part the law asks for is missing.
    Missing {
        /// Its name.
        part: &'static str,
    },
    /// Words that only the law's own parts may say.
    Reserved {
        /// They.
        words: &'static str,
    },
    /// A QR code of one's own with too much in it.
    QrTooLong {
        /// Characters it has.
        characters: usize,
    },
    /// The line is wider than a paper: it is printed on two.
    TooWide {
        /// Width of the paper.
        mm: u16,
        /// Columns by which it is too wide.
        by: usize,
    },
}

impl What {
    /// The template cannot be printed with it.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        !matches!(self, Self::TooWide { .. })
    }
}

/// Something found on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line, from 1; 0 where it is about all of it.
    pub line: usize,
    /// What.
    pub what: What,
}

/// A template without a fault. Only [`check`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    kind: TemplateKind,
    lines: Vec<Line>,
}

impl Template {
    /// Every part one after another, whatever its text: what is printed should nothing else be.
    pub(super) fn every_part(kind: TemplateKind) -> Self {
        let lines = kind::parts(kind).into_iter().map(|part| Line::Part(part.name.to_owned())).collect();
        Self { kind, lines }
    }

    /// The kind of paper it is for.
    #[must_use]
    pub const fn kind(&self) -> TemplateKind {
        self.kind
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

/// What came of checking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The template, where it has no fault.
    pub template: Option<Template>,
    /// Faults and remarks, by line.
    pub findings: Vec<Finding>,
}

/// Checks a template for a kind of paper.
#[must_use]
pub fn check(settings: &Settings, kind: TemplateKind, text: &str) -> Checked {
    let mut check =
        Check { settings, kind, parts: kind::parts(kind), seen: Vec::new(), findings: Vec::new() };
    let lines: Vec<Line> = text.lines().enumerate().map(|(at, text)| check.line(at + 1, text)).collect();
    check.missing();
    let findings = check.findings;
    let is_good = !findings.iter().any(|finding| finding.what.is_fault());
    Checked { template: is_good.then_some(Template { kind, lines }), findings }
}

struct Check<'a> {
    settings: &'a Settings,
    kind: TemplateKind,
    parts: Vec<PartName>,
    /// Indices of the parts that stood so far.
    seen: Vec<usize>,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn say(&mut self, line: usize, what: What) {
        self.findings.push(Finding { line, what });
    }

    fn line(&mut self, at: usize, text: &str) -> Line {
        let (line, wrong) = line::read(text);
        for what in wrong {
            self.say(at, what);
        }
        match &line {
            Line::Part(name) => self.part(at, name),
            Line::Own(own) => self.own(at, own),
            Line::Blank | Line::Note | Line::Rule => {}
        }
        line
    }

    fn part(&mut self, at: usize, name: &str) {
        let Some(index) = self.parts.iter().position(|part| part.name == name) else {
            let nearest = line::nearest(name, self.parts.iter().map(|part| part.name));
            return self.say(at, What::UnknownPart { name: name.to_owned(), nearest });
        };
        let part = self.parts[index];
        if self.seen.contains(&index) {
            return self.say(at, What::Twice { part: part.name });
        }
        let later = self.seen.iter().copied().filter(|seen| *seen > index && self.parts[*seen].lawful).min();
        if let Some(later) = later.filter(|_| part.lawful) {
            let (part, after) = (self.parts[later].name, part.name);
            self.say(at, What::OutOfOrder { part, after });
        }
        self.seen.push(index);
    }

    fn missing(&mut self) {
        let missing: Vec<&'static str> = (self.parts.iter().enumerate())
            .filter(|(index, part)| part.lawful && !self.seen.contains(index))
            .map(|(_, part)| part.name)
            .collect();
        for part in missing {
            self.say(0, What::Missing { part });
        }
    }

    fn own(&mut self, at: usize, own: &Own) {
        let known = kind::fields(self.kind);
        let conditions = own.when.iter().filter_map(|when| match when {
            When::Has(field) | When::Lacks(field) => Some(*field),
            When::From(_) | When::Until(_) => None,
        });
        let used: Vec<Field> = conditions.chain(own.fields()).collect();
        for field in used.into_iter().filter(|field| !known.contains(field)) {
            let nearest = None;
            self.say(at, What::UnknownField { name: field.name().to_owned(), nearest });
        }
        let words = plain(&own.words());
        if let Some(words) = RESERVED.into_iter().find(|reserved| words.contains(reserved)) {
            self.say(at, What::Reserved { words });
        }
        if own.qr { self.qr(at, own) } else { self.width(at, own) }
    }

    fn qr(&mut self, at: usize, own: &Own) {
        let characters = own.columns(self.settings);
        if characters > OWN_QR_CHARS_MAX.min(QR_BYTES_MAX) {
            self.say(at, What::QrTooLong { characters });
        }
    }

    /// Where it does not fit it is printed on two lines: nothing is lost, but it may not look as meant.
    fn width(&mut self, at: usize, own: &Own) {
        let needed = own.columns(self.settings);
        for (mm, columns) in PAPERS {
            let by = needed.saturating_sub(room(columns, own.style));
            if by > 0 {
                self.say(at, What::TooWide { mm, by });
            }
        }
    }
}

impl Own {
    /// Every piece of it.
    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.text.iter().chain(self.right.iter().flatten())
    }

    /// The fields it shows.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> {
        self.pieces().filter_map(|piece| match piece {
            Piece::Field(field) => Some(*field),
            Piece::Words(_) => None,
        })
    }

    /// What it says whatever the paper.
    fn words(&self) -> String {
        let words = self.pieces().map(|piece| match piece {
            Piece::Words(words) => words.as_str(),
            Piece::Field(_) => " ",
        });
        words.collect()
    }

    /// Characters it usually has; two sides have a space between them.
    fn columns(&self, settings: &Settings) -> usize {
        let columns = self.pieces().map(|piece| match piece {
            Piece::Words(words) => words.chars().count(),
            Piece::Field(field) => field.columns(settings),
        });
        columns.sum::<usize>() + usize::from(self.right.is_some())
    }
}

/// Capitals without accents, single spaces: as people compare words.
fn plain(text: &str) -> String {
    let capitals = text.to_uppercase();
    let plain = capitals.chars().map(|c| match c {
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' | 'Ϊ' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' | 'Ϋ' => 'Υ',
        'Ώ' => 'Ω',
        other => other,
    });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
