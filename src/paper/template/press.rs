//! A template and facts become a paper.

use super::check::{Template, check};
use super::field::Known;
use super::kind::{LOGO, shipped};
use super::line::{Line, Own, Piece, When};
use super::logo;
use crate::domain::settings::Settings;
use crate::domain::template::{Logo, TemplateKind, Templates};
use crate::domain::time::Stamp;
use crate::paper::layout::Layout;
use tameio_drivers::printer::{Item, Sheet};

/// What papers are printed with: the settings, and whose templates.
#[derive(Debug, Clone, Copy)]
pub struct Press<'a> {
    /// The settings.
    pub settings: &'a Settings,
    source: Source<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    /// The papers as they are without an owner's hand.
    BuiltIn,
    /// What was saved, each paper with the version that held at its instant.
    Saved(&'a Templates),
    /// One that is being tried.
    Draft(&'a Template, Option<&'a Logo>),
}

impl<'a> From<&'a Settings> for Press<'a> {
    fn from(settings: &'a Settings) -> Self {
        Self { settings, source: Source::BuiltIn }
    }
}

impl<'a> Press<'a> {
    /// With the templates that were saved.
    #[must_use]
    pub const fn saved(settings: &'a Settings, templates: &'a Templates) -> Self {
        Self { settings, source: Source::Saved(templates) }
    }

    /// With one that is being tried; papers of another kind are the built-in ones.
    #[must_use]
    pub const fn draft(settings: &'a Settings, template: &'a Template, logo: Option<&'a Logo>) -> Self {
        Self { settings, source: Source::Draft(template, logo) }
    }

    /// The template for a paper of an instant. One that was saved and has a fault today gives way to the built-in one: a
    /// paper is never lost.
    fn template(self, kind: TemplateKind, at: Stamp) -> Template {
        let own = match self.source {
            Source::BuiltIn => None,
            Source::Draft(template, _) if template.kind() == kind => Some(template.clone()),
            Source::Draft(..) => None,
            Source::Saved(templates) => templates.text_at(kind, at).and_then(|text| {
                let checked = check(self.settings, kind, text.as_str());
                if checked.template.is_none() {
                    tracing::warn!(
                        kind = kind.word(),
                        "a template has faults: the built-in paper is printed"
                    );
                }
                checked.template
            }),
        };
        own.or_else(|| check(self.settings, kind, shipped(kind)).template)
            .unwrap_or_else(|| Template::every_part(kind))
    }

    fn logo(self, at: Stamp) -> Option<&'a Logo> {
        match self.source {
            Source::BuiltIn => None,
            Source::Draft(_, logo) => logo,
            Source::Saved(templates) => templates.logo_at(at),
        }
    }
}

/// A part of a kind of paper: its name in a template, and what it puts on the paper from the facts.
pub(in crate::paper) struct Part<F> {
    pub(in crate::paper) name: &'static str,
    pub(in crate::paper) lawful: bool,
    put: fn(&mut Layout, &Settings, &F),
}

impl<F> Part<F> {
    /// One the law asks for, or the paper cannot do its work without.
    pub(in crate::paper) const fn lawful(name: &'static str, put: fn(&mut Layout, &Settings, &F)) -> Self {
        Self { name, lawful: true, put }
    }

    /// One the owner may leave out.
    pub(in crate::paper) const fn free(name: &'static str, put: fn(&mut Layout, &Settings, &F)) -> Self {
        Self { name, lawful: false, put }
    }
}

/// What a paper is made of, beside its parts.
pub(in crate::paper) struct Wanted<'a> {
    pub(in crate::paper) press: Press<'a>,
    pub(in crate::paper) kind: TemplateKind,
    pub(in crate::paper) columns: usize,
    pub(in crate::paper) known: Known,
}

impl Wanted<'_> {
    /// The paper, not cut yet.
    pub(in crate::paper) fn lay_out<F>(&self, parts: &[Part<F>], facts: &F) -> Layout {
        let settings = self.press.settings;
        let mut paper = Layout::new(settings, self.columns);
        for line in self.press.template(self.kind, self.known.at).lines() {
            match line {
                Line::Note => {}
                Line::Blank => paper.push(Item::Feed(1)),
                Line::Rule => paper.rule(),
                Line::Part(name) if name == LOGO => self.put_logo(&mut paper),
                Line::Part(name) => {
                    if let Some(part) = parts.iter().find(|part| part.name == name) {
                        (part.put)(&mut paper, settings, facts);
                    }
                }
                Line::Own(own) => self.put_own(&mut paper, own),
            }
        }
        paper
    }

    /// The same, cut.
    pub(in crate::paper) fn sheet<F>(&self, parts: &[Part<F>], facts: &F) -> Sheet {
        self.lay_out(parts, facts).finish()
    }

    fn put_logo(&self, paper: &mut Layout) {
        let logo = self.press.logo(self.known.at).and_then(|logo| logo::ready(logo, self.columns));
        if let Some(logo) = logo {
            paper.push(Item::Logo(logo));
        }
    }

    fn put_own(&self, paper: &mut Layout, own: &Own) {
        let is_empty = |field| self.known.value(self.press.settings, field).is_empty();
        let today = self.known.at.date();
        let stands = own.when.iter().all(|when| match when {
            When::Has(field) => !is_empty(*field),
            When::Lacks(field) => is_empty(*field),
            When::From(day) => today >= *day,
            When::Until(day) => today <= *day,
        });
        let mut fields = own.fields().peekable();
        let says_nothing = fields.peek().is_some() && fields.all(is_empty);
        if !stands || says_nothing {
            return;
        }
        let text = self.text(&own.text);
        match &own.right {
            _ if own.qr => paper.qr(&text),
            Some(right) => paper.styled_row(&text, &self.text(right), own.style),
            None => paper.styled(&text, own.style),
        }
    }

    fn text(&self, pieces: &[Piece]) -> String {
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Field(field) => self.known.value(self.press.settings, *field),
        });
        pieces.collect()
    }
}
