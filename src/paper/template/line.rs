//! One line of a template, read. What cannot be read is told, and stands as the words it is.

use super::check::What;
use super::field::Field;
use jiff::civil::Date;
use tameio_drivers::printer::{Align, Style};

/// The words that may stand in round brackets.
const WORDS: [&str; 13] = [
    "left", "centre", "right", "bold", "wide", "high", "large", "small", "qr", "if", "unless", "from",
    "until",
];

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// An empty one.
    Blank,
    /// A note: it is not printed.
    Note,
    /// A line across.
    Rule,
    /// A part of the paper, by its name.
    Part(String),
    /// A line of one's own.
    Own(Own),
}

/// A line of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// When it stands there.
    pub when: Vec<When>,
    /// How it looks.
    pub style: Style,
    /// It is a QR code.
    pub qr: bool,
    /// What it says, at the left where there is a right.
    pub text: Vec<Piece>,
    /// What it says at the right edge.
    pub right: Option<Vec<Piece>>,
}

/// When a line stands on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The field has something.
    Has(Field),
    /// It has nothing.
    Lacks(Field),
    /// From this day.
    From(Date),
    /// To the end of this day.
    Until(Date),
}

/// A piece of what a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// A field.
    Field(Field),
}

/// Reads a line. What is wrong with it comes beside it.
#[must_use]
pub fn read(text: &str) -> (Line, Vec<What>) {
    let text = text.trim();
    let is_rule = text.len() >= 3 && text.bytes().all(|byte| byte == b'-');
    let named = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match (text, named) {
        ("", _) => (Line::Blank, Vec::new()),
        (note, _) if note.starts_with('#') => (Line::Note, Vec::new()),
        (_, Some(name)) => (Line::Part(name.trim().to_lowercase()), Vec::new()),
        _ if is_rule => (Line::Rule, Vec::new()),
        _ => own(text),
    }
}

fn own(text: &str) -> (Line, Vec<What>) {
    let mut wrong = Vec::new();
    let mut own = Own::default();
    let said = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((words, rest)) => {
            look(words, &mut own, &mut wrong);
            rest.trim_start()
        }
        None => text,
    };
    let mut sides = pieces(said, &mut wrong).into_iter();
    own.text = sides.next().unwrap_or_default();
    own.right = sides.next();
    (Line::Own(own), wrong)
}

/// What stands in the round brackets.
fn look(words: &str, own: &mut Own, wrong: &mut Vec<What>) {
    let mut words = words.split([' ', ',']).filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        let style = &mut own.style;
        match word.to_lowercase().as_str() {
            "left" => style.align = Align::Left,
            "centre" | "center" => style.align = Align::Centre,
            "right" => style.align = Align::Right,
            "bold" => style.bold = true,
            "wide" => style.double_width = true,
            "high" => style.double_height = true,
            "large" => (style.double_width, style.double_height) = (true, true),
            "small" => style.small = true,
            "qr" => own.qr = true,
            "if" => own.when.extend(condition(words.next(), wrong).map(When::Has)),
            "unless" => own.when.extend(condition(words.next(), wrong).map(When::Lacks)),
            "from" => own.when.extend(day(words.next(), wrong).map(When::From)),
            "until" => own.when.extend(day(words.next(), wrong).map(When::Until)),
            unknown => {
                let nearest = nearest(unknown, WORDS);
                wrong.push(What::UnknownWord { word: unknown.to_owned(), nearest });
            }
        }
    }
}

fn condition(name: Option<&str>, wrong: &mut Vec<What>) -> Option<Field> {
    let name = name.unwrap_or_default();
    let field = Field::named(name.trim_matches(['{', '}']));
    if field.is_none() {
        wrong.push(unknown_field(name));
    }
    field
}

fn day(text: Option<&str>, wrong: &mut Vec<What>) -> Option<Date> {
    let text = text.unwrap_or_default();
    let read = Date::strptime("%d/%m/%Y", text).ok().or_else(|| text.parse().ok());
    if read.is_none() {
        wrong.push(What::NoDay { text: text.to_owned() });
    }
    read
}

/// A field nobody knows.
pub(super) fn unknown_field(name: &str) -> What {
    let nearest = nearest(name, Field::ALL.map(Field::name));
    What::UnknownField { name: name.to_owned(), nearest }
}

/// The name that was meant, where one is near enough.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known = known.into_iter().map(|known| (strsim::damerau_levenshtein(known, name), known));
    known.min().filter(|(distance, _)| *distance <= 3).map(|(_, known)| known.to_owned())
}

/// What a line says: one side, or two.
fn pieces(text: &str, wrong: &mut Vec<What>) -> Vec<Vec<Piece>> {
    let mut sides = vec![Vec::new()];
    let mut words = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => words.extend(signs.next()),
            '|' if sides.len() == 1 => {
                close(&mut sides, &mut words);
                sides.push(Vec::new());
            }
            '{' => {
                close(&mut sides, &mut words);
                let rest = signs.as_str();
                let Some((name, after)) = rest.split_once('}') else {
                    wrong.push(What::NotClosed);
                    words.push_str(rest);
                    break;
                };
                signs = after.chars();
                match Field::named(name.trim()) {
                    Some(field) => {
                        sides.last_mut().into_iter().for_each(|side| side.push(Piece::Field(field)))
                    }
                    None => wrong.push(unknown_field(name.trim())),
                }
            }
            other => words.push(other),
        }
    }
    close(&mut sides, &mut words);
    if sides.len() == 2 {
        trim(&mut sides);
    }
    sides
}

/// The words so far become a piece of the side that is being read.
fn close(sides: &mut [Vec<Piece>], words: &mut String) {
    if let Some(side) = sides.last_mut().filter(|_| !words.is_empty()) {
        side.push(Piece::Words(std::mem::take(words)));
    }
}

/// The spaces around the bar between two sides belong to neither.
fn trim(sides: &mut [Vec<Piece>]) {
    if let Some(Piece::Words(words)) = sides.first_mut().and_then(|side| side.last_mut()) {
        *words = words.trim_end().to_owned();
    }
    if let Some(Piece::Words(words)) = sides.last_mut().and_then(|side| side.first_mut()) {
        *words = words.trim_start().to_owned();
    }
}
