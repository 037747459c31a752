//! How a template looks before it is saved: on made-up facts, through the printer's own encoder.

use crate::domain::settings::Settings;
use crate::domain::template::{TemplateKind, TemplateText, Templates};
use crate::domain::text::Language;
use crate::paper;
use crate::paper::picture::{PaperPicture, picture};
use crate::paper::sample::Sample;
use crate::paper::template::{self, Press, Template};
use tameio_drivers::printer::{Profile, Sheet};

/// From so many columns on, paper is 80 mm wide.
const WIDE_COLUMNS: usize = 42;

/// The paper a template is looked at on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperWidth {
    /// 58 mm.
    Narrow,
    /// 80 mm.
    Wide,
}

/// How a template looks.
#[derive(Debug, Clone)]
pub struct DraftLook {
    /// The paper; nothing while the template has a fault.
    pub picture: Option<PaperPicture>,
    /// Faults and remarks, by line.
    pub findings: Vec<FoundOn>,
}

/// Something found on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOn {
    /// The line, from 1; 0 where it is about all of it.
    pub line: usize,
    /// The template cannot be printed with it.
    pub is_fault: bool,
    /// In Greek.
    pub el: String,
    /// In English.
    pub en: String,
}

/// Looks at a template; on the shop's own printer where that has such paper.
#[must_use]
pub fn look(
    settings: &Settings,
    templates: &Templates,
    wanted: (TemplateKind, &TemplateText, PaperWidth),
    profile: &Profile,
) -> DraftLook {
    let (kind, text, width) = wanted;
    let checked = template::check(settings, kind, text.as_str());
    let is_narrow = profile.columns < WIDE_COLUMNS;
    let other = match width {
        PaperWidth::Narrow if !is_narrow => Profile::named("epson-58"),
        PaperWidth::Wide if is_narrow => Profile::named("epson-80"),
        PaperWidth::Narrow | PaperWidth::Wide => None,
    };
    let profile = other.unwrap_or_else(|| profile.clone());
    let sheet =
        checked.template.and_then(|template| lay_out(settings, templates, &template, profile.columns));
    let findings = checked.findings.iter().map(|finding| FoundOn {
        line: finding.line,
        is_fault: finding.what.is_fault(),
        el: finding.sentence(Language::El),
        en: finding.sentence(Language::En),
    });
    DraftLook {
        picture: sheet.and_then(|sheet| picture(&sheet, &profile).ok()),
        findings: findings.collect(),
    }
}

/// A template on made-up facts, for the printer: the paper says that it is worth nothing.
pub(super) fn sample(
    settings: &Settings,
    templates: &Templates,
    kind: TemplateKind,
    text: &TemplateText,
    columns: usize,
) -> Option<Sheet> {
    let settings = Settings { practice: true, ..settings.clone() };
    let template = template::check(&settings, kind, text.as_str()).template?;
    lay_out(&settings, templates, &template, columns)
}

fn lay_out(settings: &Settings, templates: &Templates, template: &Template, columns: usize) -> Option<Sheet> {
    let sample = Sample::of(settings, template.kind())?;
    Some(paper::sheet(Press::draft(settings, template, templates.logo()), sample.facts()?, columns))
}
