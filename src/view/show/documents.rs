//! Paid documents that wait for their name, and the form to give it.

use crate::domain::document::{Document, DocumentName};
use crate::domain::issuing::Issuing;
use crate::view::controller::{self, Controller};
use crate::view::form::NamingForm;
use crate::view::generated::{
    App, DocumentStand, Documents, Naming, NamingField, NamingFieldView, NamingKind, UnnamedDocument,
};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Documents>(), &controller.form.naming);
    page.set_chosen(form.chosen.map(|id| id.to_string()).unwrap_or_default().into());
    page.set_differs(form.differs);
    show_name(controller, app, form);
    if let (Some(state), Some(world)) = (controller.state(), &controller.world) {
        let mut waiting: Vec<&Document> = state.unnamed.values().collect();
        waiting.sort_by_key(|document| std::cmp::Reverse(document.number));
        let rows = waiting.into_iter().map(|document| row(controller, document, world.at)).collect();
        super::sync(&controller.lists.unnamed, rows);
    }
}

/// A name while it is typed.
pub(super) fn show_name(controller: &Controller, app: &App, form: &NamingForm) {
    let naming = app.global::<Naming>();
    naming.set_kind(form.kind);
    naming.set_fault(form.fault.as_deref().unwrap_or_default().into());
    let fields = fields(form);
    naming.set_may_name(form.differs || fields.iter().all(|field| field.good));
    super::sync(&controller.lists.fields, fields);
}

fn row(controller: &Controller, document: &Document, now: crate::domain::time::Stamp) -> UnnamedDocument {
    let language = controller.form.language;
    let names: Vec<&str> = document.sale.lines.iter().map(|line| line.name.get(language).as_str()).collect();
    UnnamedDocument {
        id: document.id.to_string().into(),
        plate: document.issued_for.plate().map(super::face).unwrap_or_default(),
        number: format!("{}-{}", document.series, document.number).into(),
        time: super::clock(document.issued, now).into(),
        amount: words::money(document.totals.gross, language).into(),
        summary: names.join(", ").into(),
        stand: stand(document),
        by_hand: document.is_named_by_hand(),
    }
}

/// Where a document without a name stands.
pub(super) fn stand(document: &Document) -> DocumentStand {
    match document.at_issuer.as_ref().map(|at_issuer| &at_issuer.state) {
        None | Some(Issuing::Named { .. }) => DocumentStand::Elsewhere,
        Some(Issuing::Sending { .. }) => DocumentStand::Sending,
        Some(Issuing::Queued { .. }) => DocumentStand::Waiting,
        Some(Issuing::Unknown(_) | Issuing::Asking(_)) => DocumentStand::Unknown,
        Some(Issuing::Rejected { .. }) => DocumentStand::Refused,
        Some(Issuing::Withdrawn { .. }) => DocumentStand::Withdrawn,
    }
}

fn fields(form: &NamingForm) -> Vec<NamingFieldView> {
    let view = |field, text: String, good| NamingFieldView {
        field,
        text: text.into(),
        active: form.active == field,
        good,
    };
    match form.kind {
        NamingKind::Mark => {
            vec![view(NamingField::Mark, form.mark.clone(), DocumentName::mark(&form.mark).is_ok())]
        }
        NamingKind::Fim => {
            let instant = controller::typed_instant(&form.date, &form.time).is_some();
            vec![
                view(NamingField::Machine, form.machine.clone(), machine_is_good(&form.machine)),
                view(NamingField::DailyNumber, form.number.clone(), !form.number.is_empty()),
                view(NamingField::Date, words::date_mask(&form.date), instant),
                view(NamingField::Time, words::time_mask(&form.time), instant),
            ]
        }
    }
}

/// Three letters and eight digits; the loop has the last word.
fn machine_is_good(machine: &str) -> bool {
    machine.len() == 11
        && machine.bytes().take(3).all(|b| b.is_ascii_uppercase())
        && machine.bytes().skip(3).all(|b| b.is_ascii_digit())
}
