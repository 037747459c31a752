//! A form that asks what the registry wants to know.

use crate::domain::text::Language;
use crate::view::ask::{self, AskForm, Asked, Editor, Key, Purpose, Subject};
use crate::view::controller::Controller;
use crate::view::generated::{App, Ask, AskEditor, AskField, AskOffer, AskPurpose, Page};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Ask>(), controller.asking());
    let Some(subject) = controller.subject() else { return };
    let asked = ask::asked(&subject, form);
    let active = form.active(&asked);
    page.set_purpose(match form.purpose {
        Purpose::Arrival => AskPurpose::Arrival,
        Purpose::Service => AskPurpose::Service,
        Purpose::Move => AskPurpose::Move,
        Purpose::Return => AskPurpose::GiveBack,
        Purpose::Contract => AskPurpose::Contract,
        Purpose::HandOver => AskPurpose::HandOver,
        Purpose::TakeBack => AskPurpose::TakeBack,
        Purpose::Lease => AskPurpose::Lease,
        Purpose::Extend => AskPurpose::Extend,
    });
    page.set_plate(plate(controller));
    let refused = form.refused.as_ref().map(|refusal| refusal.sentence(controller.form.language));
    page.set_refused(refused.unwrap_or_default().into());
    page.set_busy(form.sent);
    page.set_may_send(form.is_complete(&subject) && !form.sent && has_plate(controller));
    page.set_editor(active.map_or(AskEditor::None, |field| editor(field.editor)));
    page.set_typed(active.map(|field| typed(controller, form, field)).unwrap_or_default().into());
    page.set_active_label(
        active.map(|field| label(field.key, controller.form.language)).unwrap_or_default().into(),
    );
    page.set_active_id(active.map(|field| field.key.id()).unwrap_or_default().into());
    if let Some(field) = active.filter(|field| field.editor == Editor::Afm) {
        page.set_afm(super::pay::afm_state(form.answers.get(field.key)));
        page.set_customer(super::counterparty::in_a_line(controller).into());
    }
    let rows = asked.iter().map(|field| row(controller, form, field, active)).collect();
    super::sync(&controller.lists.ask_fields, rows);
    super::sync(
        &controller.lists.ask_offers,
        active.map(|field| offered(&subject, form, field)).unwrap_or_default(),
    );
}

fn plate(controller: &Controller) -> crate::view::generated::PlateFace {
    match controller.form.page {
        Page::Ask => controller.visit().map(|visit| super::face(&visit.plate)).unwrap_or_default(),
        _ => super::lane::typed_face(controller),
    }
}

/// Before there is a plate there is nothing to open.
fn has_plate(controller: &Controller) -> bool {
    controller.form.page == Page::Ask || controller.form.lane.plate().is_ok()
}

const fn editor(editor: Editor) -> AskEditor {
    match editor {
        Editor::Choices => AskEditor::Choices,
        Editor::Words => AskEditor::Words,
        Editor::Digits => AskEditor::Digits,
        Editor::Money => AskEditor::Money,
        Editor::Day => AskEditor::Day,
        Editor::Afm => AskEditor::Afm,
        Editor::ForeignTax => AskEditor::ForeignTax,
    }
}

/// The table's own word for a field; what is no field of the registry the screen puts into words.
fn label(key: Key, language: Language) -> &'static str {
    match key {
        Key::Of(field) => field.label(language),
        Key::Trade | Key::Again | Key::Terms | Key::Earlier | Key::Rental(_) | Key::Lease(_) => "",
    }
}

fn row(controller: &Controller, form: &AskForm, field: &Asked, active: Option<&Asked>) -> AskField {
    let answer = form.answers.get(field.key);
    let choice = field.editor == Editor::Choices;
    AskField {
        id: field.key.id().into(),
        label: label(field.key, controller.form.language).into(),
        text: if choice { Default::default() } else { typed(controller, form, field).into() },
        choice: if choice { answer.into() } else { Default::default() },
        must: field.must,
        good: !answer.is_empty() && field.is_good(&form.answers),
        wrong: is_wrong(form, field),
        active: active.is_some_and(|active| active.key == field.key),
    }
}

/// Typed to its end, and cannot be right.
fn is_wrong(form: &AskForm, field: &Asked) -> bool {
    let whole = form.answers.get(field.key).chars().count() >= field.max;
    let checked = matches!(field.editor, Editor::Afm | Editor::Day);
    checked && whole && !field.is_good(&form.answers)
}

/// An answer as it reads.
fn typed(controller: &Controller, form: &AskForm, field: &Asked) -> String {
    let answer = form.answers.get(field.key);
    match field.editor {
        Editor::Money => words::typed_money(answer, controller.form.language),
        Editor::Day => words::date_mask(answer),
        Editor::Choices | Editor::Words | Editor::Digits | Editor::Afm | Editor::ForeignTax => {
            answer.to_owned()
        }
    }
}

fn offered(subject: &Subject<'_>, form: &AskForm, field: &Asked) -> Vec<AskOffer> {
    let said = form.answers.get(field.key);
    let offer = |offer: ask::Offer| AskOffer {
        chosen: said == offer.answer,
        id: offer.id.into(),
        text: offer.text.into(),
    };
    ask::offers(subject, form, field).into_iter().map(offer).collect()
}
