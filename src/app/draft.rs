//! A template while it is worked on at the screen: its lines, which one is chosen, and what a touch does to them. Pure: nothing of
//! it is saved before somebody presses Save.

use crate::domain::settings::Settings;
use crate::domain::template::{LINES_MAX, TemplateKind, TemplateText};
use crate::paper::template::line::{Line, read};
use crate::paper::template::{check, fields, parts, shipped};

/// What a line is, for whoever looks at the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looks {
    /// A part, by its name; the law asks for some.
    Part {
        /// Its name.
        name: String,
        /// It cannot be taken out.
        lawful: bool,
    },
    /// A line across.
    Rule,
    /// An empty line.
    Blank,
    /// A note.
    Note,
    /// A line of one's own.
    Own,
}

/// How a line of one's own looks, of what the keys can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// In the middle.
    pub centre: bool,
    /// Heavy.
    pub bold: bool,
    /// Twice as large.
    pub large: bool,
    /// A QR code.
    pub qr: bool,
}

/// A template being worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateDraft {
    kind: TemplateKind,
    lines: Vec<String>,
    chosen: usize,
    /// The text it began as.
    began: TemplateText,
}

impl TemplateDraft {
    /// Begins with what is on the paper now; nothing saved means the built-in one.
    #[must_use]
    pub fn new(kind: TemplateKind, saved: Option<&TemplateText>) -> Self {
        let began = saved.cloned().unwrap_or_else(|| TemplateText::new(shipped(kind)));
        let lines = began.lines().map(str::to_owned).collect();
        Self { kind, lines, chosen: 0, began }
    }

    /// The kind of paper.
    #[must_use]
    pub const fn kind(&self) -> TemplateKind {
        self.kind
    }

    /// The text as it stands.
    #[must_use]
    pub fn text(&self) -> TemplateText {
        TemplateText::of_lines(self.lines.iter().map(String::as_str))
    }

    /// Whether anything was changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text() != self.began
    }

    /// Whether it is the built-in paper.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.text() == TemplateText::new(shipped(self.kind))
    }

    /// The built-in paper again, not saved yet.
    pub fn to_built_in(&mut self) {
        self.lines = shipped(self.kind).lines().map(str::to_owned).collect();
        self.chosen = 0;
    }

    /// Its lines, with what each is.
    #[must_use]
    pub fn lines(&self) -> Vec<(Looks, &str)> {
        self.lines.iter().map(|line| (self.looks(line), line.as_str())).collect()
    }

    fn looks(&self, line: &str) -> Looks {
        match read(line).0 {
            Line::Part(name) => {
                let lawful = parts(self.kind).iter().any(|part| part.name == name && part.lawful);
                Looks::Part { name, lawful }
            }
            Line::Rule => Looks::Rule,
            Line::Blank => Looks::Blank,
            Line::Note => Looks::Note,
            Line::Own(_) => Looks::Own,
        }
    }

    /// Which line is chosen, from 0.
    #[must_use]
    pub const fn chosen(&self) -> usize {
        self.chosen
    }

    /// Chooses a line.
    pub fn choose(&mut self, line: usize) {
        self.chosen = line.min(self.lines.len().saturating_sub(1));
    }

    /// Whether the chosen line can be written on.
    #[must_use]
    pub fn may_write(&self) -> bool {
        self.lines.get(self.chosen).is_some_and(|line| match self.looks(line) {
            Looks::Own | Looks::Blank | Looks::Note => true,
            // What is typed may look like a part on the way to something else.
            Looks::Part { name, .. } => !parts(self.kind).iter().any(|part| part.name == name),
            Looks::Rule => false,
        })
    }

    /// Whether the chosen line can be taken out: what the law asks for cannot.
    #[must_use]
    pub fn may_remove(&self) -> bool {
        let looks = self.lines.get(self.chosen).map(|line| self.looks(line));
        looks.is_some_and(|looks| !matches!(looks, Looks::Part { lawful: true, .. }))
    }

    /// Moves the chosen line up or down; at an end it stays.
    pub fn shift(&mut self, by: i32) {
        let to = self.chosen.checked_add_signed(isize::try_from(by).unwrap_or_default());
        if let Some(to) = to.filter(|to| *to < self.lines.len()) {
            self.lines.swap(self.chosen, to);
            self.chosen = to;
        }
    }

    /// Takes the chosen line out.
    pub fn remove(&mut self) {
        if self.may_remove() {
            self.lines.remove(self.chosen);
            self.choose(self.chosen);
        }
    }

    /// Puts a line below the chosen one, and chooses it.
    fn put(&mut self, line: &str) {
        if self.lines.len() < LINES_MAX {
            let at = (self.chosen + 1).min(self.lines.len());
            self.lines.insert(at, line.to_owned());
            self.chosen = at;
        }
    }

    /// An empty line of one's own below the chosen one, in the middle.
    pub fn add_words(&mut self) {
        self.put("(centre) ");
    }

    /// A line across below the chosen one.
    pub fn add_rule(&mut self) {
        self.put("---");
    }

    /// A part that is not on the paper, below the chosen line.
    pub fn add_part(&mut self, name: &str) {
        if self.left_out().contains(&name) {
            self.put(&format!("[{name}]"));
        }
    }

    /// The parts that are not on the paper.
    #[must_use]
    pub fn left_out(&self) -> Vec<&'static str> {
        let stands = |name: &str| self.lines.iter().any(|line| read(line).0 == Line::Part(name.to_owned()));
        parts(self.kind).into_iter().map(|part| part.name).filter(|name| !stands(name)).collect()
    }

    /// The fields of this kind of paper.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static str> {
        fields(self.kind).into_iter().map(|field| field.name()).collect()
    }

    /// What the chosen line says, without how it looks.
    #[must_use]
    pub fn words(&self) -> &str {
        self.lines.get(self.chosen).map_or("", |line| split(line).1)
    }

    /// Writes on the chosen line.
    pub fn write(&mut self, words: &str) {
        if self.may_write()
            && let Some(line) = self.lines.get_mut(self.chosen)
        {
            let (marks, _) = split(line);
            *line = join(marks, words);
        }
    }

    /// How the chosen line looks.
    #[must_use]
    pub fn marks(&self) -> Marks {
        let words = self.lines.get(self.chosen).map_or("", |line| split(line).0);
        let has = |word: &str| words.split([' ', ',']).any(|known| known == word);
        Marks {
            centre: has("centre") || has("center"),
            bold: has("bold"),
            large: has("large"),
            qr: has("qr"),
        }
    }

    /// Makes the chosen line look so, or not so any more.
    pub fn toggle(&mut self, mark: &str) {
        if !self.may_write() {
            return;
        }
        let Some(line) = self.lines.get_mut(self.chosen) else { return };
        let (marks, words) = split(line);
        let mut marks: Vec<&str> = marks.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let before = marks.len();
        marks.retain(|known| *known != mark);
        if marks.len() == before {
            marks.insert(0, mark);
        }
        *line = join(&marks.join(" "), words);
    }
}

/// The words in round brackets, and the rest.
fn split(line: &str) -> (&str, &str) {
    match line.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((marks, words)) => (marks, words.strip_prefix(' ').unwrap_or(words)),
        None => ("", line),
    }
}

fn join(marks: &str, words: &str) -> String {
    if marks.is_empty() { words.to_owned() } else { format!("({marks}) {words}") }
}

/// Whether a saved text has a fault in this version of the program.
#[must_use]
pub fn has_fault(settings: &Settings, kind: TemplateKind, text: &TemplateText) -> bool {
    check(settings, kind, text.as_str()).template.is_none()
}
