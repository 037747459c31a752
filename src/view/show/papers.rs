//! What stands on papers: the kinds, and one while it is arranged.

use crate::app::draft::{Looks, TemplateDraft};
use crate::app::engine::PaperWidth;
use crate::domain::template::TemplateKind;
use crate::domain::text::Language;
use crate::view::controller::{Controller, shown_paper_kind};
use crate::view::generated::{App, PaperFinding, PaperLine, PaperLineKind, PaperRow, Papers};
use slint::{ComponentHandle, SharedString};

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Papers>();
    let form = &controller.form.papers;
    page.set_step(form.step);
    page.set_narrow(form.width == PaperWidth::Narrow);
    super::sync(&controller.lists.papers, TemplateKind::ALL.map(|kind| row(controller, kind)).to_vec());
    show_logos(controller, &page);
    if let Some(draft) = &form.draft {
        show_draft(controller, draft, &page);
        show_look(controller, draft, &page);
    }
}

fn row(controller: &Controller, kind: TemplateKind) -> PaperRow {
    let version = controller.templates().and_then(|templates| templates.last(kind));
    PaperRow {
        kind: shown_paper_kind(kind),
        version: version.map_or(0, |version| i32::try_from(version.number).unwrap_or(i32::MAX)),
        since: version.map(|version| version.since.printed()).unwrap_or_default().into(),
        own: version.is_some_and(|version| version.text.is_some()),
        broken: version
            .and_then(|version| version.text.as_ref())
            .is_some_and(|text| crate::app::draft::has_fault(&controller.settings, kind, text)),
    }
}

fn show_logos(controller: &Controller, page: &Papers<'_>) {
    let logo = controller.templates().and_then(|templates| templates.logo());
    page.set_logo(logo.map(|logo| logo.name.as_str()).unwrap_or_default().into());
    let found = controller.state().and_then(|state| state.live.logos.as_ref());
    page.set_looking(found.is_none());
    let names = found.into_iter().flatten().map(SharedString::from).collect();
    super::sync(&controller.lists.logos, names);
}

fn show_draft(controller: &Controller, draft: &TemplateDraft, page: &Papers<'_>) {
    let form = &controller.form.papers;
    let version = controller.templates().and_then(|templates| templates.last(draft.kind()));
    page.set_kind(shown_paper_kind(draft.kind()));
    page.set_version(version.map_or(0, |version| i32::try_from(version.number).unwrap_or(i32::MAX)));
    page.set_chosen(i32::try_from(draft.chosen()).unwrap_or_default());
    page.set_typed(draft.words().into());
    let marks = draft.marks();
    page.set_centre(marks.centre);
    page.set_bold(marks.bold);
    page.set_large(marks.large);
    page.set_qr(marks.qr);
    page.set_may_write(draft.may_write());
    page.set_may_remove(draft.may_remove());
    page.set_is_built_in(draft.is_built_in());
    page.set_may_take_back(version.is_some() && !draft.is_changed() && !form.sent);
    page.set_printing(controller.prints_sample());
    let names = |names: Vec<&'static str>| names.into_iter().map(SharedString::from).collect();
    super::sync(&controller.lists.paper_fields, names(draft.fields()));
    super::sync(&controller.lists.left_out, names(draft.left_out()));
}

fn show_look(controller: &Controller, draft: &TemplateDraft, page: &Papers<'_>) {
    let look = controller.form.papers.look.as_ref();
    let found = look.map(|look| look.findings.as_slice()).unwrap_or_default();
    let picture = look.and_then(|look| look.picture.as_ref());
    page.set_has_picture(picture.is_some());
    if let Some(picture) = picture {
        page.set_paper(super::pay::image(picture));
    }
    let has_fault = found.iter().any(|finding| finding.is_fault);
    page.set_may_save(draft.is_changed() && look.is_some() && !has_fault && !controller.form.papers.sent);
    let finding = |finding: &crate::app::engine::FoundOn| PaperFinding {
        text: match controller.form.language {
            Language::El => finding.el.as_str().into(),
            Language::En => finding.en.as_str().into(),
        },
        fault: finding.is_fault,
    };
    super::sync(&controller.lists.paper_findings, found.iter().map(finding).collect());
    let lines = draft.lines().into_iter().enumerate().map(|(at, (looks, text))| {
        let faulty = found.iter().any(|finding| finding.is_fault && finding.line == at + 1);
        line(looks, text, faulty)
    });
    super::sync(&controller.lists.paper_lines, lines.collect());
}

fn line(looks: Looks, text: &str, faulty: bool) -> PaperLine {
    let (kind, text, lawful) = match looks {
        Looks::Part { name, lawful } => (PaperLineKind::Part, name, lawful),
        Looks::Rule => (PaperLineKind::Rule, String::new(), false),
        Looks::Blank => (PaperLineKind::Blank, String::new(), false),
        Looks::Note => (PaperLineKind::Note, text.to_owned(), false),
        Looks::Own => (PaperLineKind::Own, text.to_owned(), false),
    };
    PaperLine { kind, text: text.into(), lawful, faulty }
}
