//! Paying, and what stays on the screen after it.

use crate::app::engine::PaperPicture;
use crate::domain::customer::BadTaxNumber;
use crate::domain::document::{Document, DocumentKind};
use crate::domain::money::Cents;
use crate::domain::paper::{JobState, PrinterTrouble};
use crate::domain::payment::Means;
use crate::domain::text::Language;
use crate::domain::visit::VisitState;
use crate::view::controller::{Controller, means_id};
use crate::view::counterparty::TaxForm;
use crate::view::form::{DoneForm, PayForm};
use crate::view::generated::{
    self, AfmState, App, Done, NamingState, NoteKey, PaperState, Pay, TenderKind, TenderLine,
};
use crate::view::words;
use slint::ComponentHandle;

/// Notes people hand over, in cents.
const NOTES: [i64; 4] = [500, 1000, 2000, 5000];

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form, language) = (app.global::<Pay>(), &controller.form.pay, controller.form.language);
    super::card::show(controller, app);
    super::parking::show(controller, app, controller.visit());
    let due = controller.due();
    let left = form.left(due);
    let order = controller.order().filter(|_| form.order.is_some());
    let visit = controller.visit().filter(|_| form.order.is_none());
    page.set_plate(visit.map(|visit| super::face(&visit.plate)).unwrap_or_default());
    page.set_reference(order.map(|order| order.reference.to_string()).unwrap_or_default().into());
    let summary = order.map(|order| super::orders::summary(order, language));
    let summary = summary.or_else(|| visit.map(|visit| super::service_names(controller, visit)));
    page.set_summary(summary.unwrap_or_default().into());
    page.set_due(words::money(due, language).into());
    page.set_left(words::money(left.max(Cents::ZERO), language).into());
    let bill = visit.map(|visit| controller.bill_of(visit).unwrap_or_default()).unwrap_or_default();
    let owed = order.is_some_and(|order| super::order::is_owed(controller, order));
    page.set_may_finish(owed || !controller.settings.leaves_free(&bill));
    let open =
        |state: &VisitState| matches!(state, VisitState::Open | VisitState::InService | VisitState::Ready);
    page.set_may_no_document(visit.is_some_and(|visit| open(&visit.state)));
    let held: Cents = controller.deposits().iter().map(|deposit| deposit.left()).sum();
    let held = held - form.set_off();
    page.set_deposit_held(if held > Cents::ZERO {
        words::money(held, language).into()
    } else {
        Default::default()
    });
    typed(form, left, language, &page);
    page.set_document(form.document);
    page.set_afm(form.tax.typed.as_str().into());
    page.set_afm_state(tax_state(&form.tax));
    super::counterparty::show(controller, app);
    super::sync(&controller.lists.tenders, given(form, language));
    super::sync(&controller.lists.notes, NOTES.map(|cents| note(Cents(cents), left, language)).into());
}

fn typed(form: &PayForm, left: Cents, language: Language, page: &Pay<'_>) {
    let amount = form.typed_cents();
    let over = amount.unwrap_or_default() - left;
    page.set_typed(words::typed_money(&form.typed, language).into());
    page.set_typed_enough(amount.is_some() && over >= Cents::ZERO);
    page.set_typed_outcome(words::money(Cents(over.0.abs()), language).into());
}

fn note(amount: Cents, left: Cents, language: Language) -> NoteKey {
    let over = amount - left;
    NoteKey {
        cents: i32::try_from(amount.0).unwrap_or_default(),
        note: format!("{} €", amount.0 / 100).into(),
        enough: over >= Cents::ZERO,
        outcome: words::money(Cents(over.0.abs()), language).into(),
    }
}

fn given(form: &PayForm, language: Language) -> Vec<TenderLine> {
    let first = [
        ("cash", TenderKind::Cash, form.cash),
        ("card", TenderKind::Card, form.card),
        ("tip", TenderKind::Tip, form.tip),
    ];
    let deposit = [("deposit", TenderKind::Deposit, form.set_off())];
    let others = form.others.iter().map(|(means, amount)| (means_id(*means), tender_kind(*means), *amount));
    let row = |(id, kind, amount): (&str, TenderKind, Cents)| TenderLine {
        id: id.into(),
        kind,
        amount: words::money(amount, language).into(),
    };
    deposit
        .into_iter()
        .chain(first)
        .chain(others)
        .filter(|(_, _, amount)| *amount > Cents::ZERO)
        .map(row)
        .collect()
}

pub(super) fn afm_state(afm: &str) -> AfmState {
    match super::customer(afm) {
        Ok(_) => AfmState::Good,
        Err(_) if afm.is_empty() => AfmState::Empty,
        Err(BadTaxNumber::Shape | BadTaxNumber::Foreign | BadTaxNumber::Country) => AfmState::Typing,
        // The filler of anonymous retail agrees with its check digit and is nobody.
        Err(BadTaxNumber::Check) if afm.bytes().all(|digit| digit == b'0') => AfmState::Refused,
        Err(BadTaxNumber::Check) => AfmState::Wrong,
    }
}

/// The same of a number that may be of another country.
pub(super) fn tax_state(tax: &TaxForm) -> AfmState {
    match (tax.foreign, tax.number()) {
        (false, _) => afm_state(&tax.typed),
        (true, Some(_)) => AfmState::Good,
        (true, None) if tax.typed.is_empty() => AfmState::Empty,
        (true, None) => AfmState::Typing,
    }
}

pub(super) fn show_done(controller: &Controller, app: &App) {
    let (page, language) = (app.global::<Done>(), controller.form.language);
    let Some(done) = &controller.form.done else { return };
    let change = if done.change > Cents::ZERO { words::money(done.change, language) } else { String::new() };
    page.set_change(change.into());
    page.set_paper_state(paper_state(controller, done));
    page.set_naming(naming_state(controller, done));
    page.set_may_leave(done.order.is_none() && may_leave(controller));
    page.set_paper(done.picture.as_ref().map(image).unwrap_or_default());
    let facts = document(controller, done);
    page.set_plate(
        facts.and_then(|document| document.issued_for.plate()).map(super::face).unwrap_or_default(),
    );
    page.set_reference(
        done.order.and(facts.map(|facts| facts.reference.to_string())).unwrap_or_default().into(),
    );
    page.set_total(
        facts.map(|document| words::money(document.totals.gross, language)).unwrap_or_default().into(),
    );
    page.set_number(
        facts.map(|document| format!("{}-{}", document.series, document.number)).unwrap_or_default().into(),
    );
    page.set_kind(match facts.map(|document| &document.kind) {
        Some(DocumentKind::Invoice { .. }) => generated::DocumentKind::Invoice,
        Some(DocumentKind::Retail) | None => generated::DocumentKind::Receipt,
    });
    super::sync(
        &controller.lists.paid_with,
        facts.map(|facts| paid_with(facts, language)).unwrap_or_default(),
    );
}

/// The document just paid, and what goes back of the money.
pub(super) fn document_done(controller: &Controller) -> Option<(&Document, Cents)> {
    let done = controller.form.done.as_ref()?;
    Some((document(controller, done)?, done.change))
}

/// The document just paid: at once while its name is not known, otherwise as the archive hands it over.
fn document<'a>(controller: &'a Controller, done: &'a DoneForm) -> Option<&'a Document> {
    let waiting = controller.state().and_then(|state| state.unnamed.get(&done.document));
    waiting.or(done.facts.as_ref())
}

fn paid_with(document: &Document, language: Language) -> Vec<TenderLine> {
    let line = |kind, amount: Cents| TenderLine {
        id: Default::default(),
        kind,
        amount: words::money(amount, language).into(),
    };
    let rows = document.payment.tenders.iter().flat_map(|tender| {
        let (means, amount, tip) = tender.parts();
        [(tender_kind(means), amount), (TenderKind::Tip, tip)]
    });
    rows.filter(|(_, amount)| *amount > Cents::ZERO).map(|(kind, amount)| line(kind, amount)).collect()
}

pub(super) const fn tender_kind(means: Means) -> TenderKind {
    match means {
        Means::Cash => TenderKind::Cash,
        Means::Card => TenderKind::Card,
        Means::Iris => TenderKind::Iris,
        Means::Bank => TenderKind::Bank,
        Means::Voucher => TenderKind::Voucher,
        Means::Account => TenderKind::Account,
        Means::Deposit => TenderKind::Deposit,
    }
}

fn paper_state(controller: &Controller, done: &DoneForm) -> PaperState {
    let jobs = controller.state().map(|state| state.papers.values());
    let job = jobs.into_iter().flatten().find(|job| job.paper.document() == Some(done.document));
    match job.map(|job| &job.state) {
        Some(JobState::Printing) => PaperState::Printing,
        Some(JobState::Waiting { trouble: PrinterTrouble::Gone }) => PaperState::NoPrinter,
        Some(JobState::Waiting { .. } | JobState::Asking) => PaperState::Waiting,
        Some(JobState::Done { .. }) | None => PaperState::Printed,
    }
}

fn naming_state(controller: &Controller, done: &DoneForm) -> NamingState {
    match controller.state().and_then(|state| state.unnamed.get(&done.document)) {
        None => NamingState::Named,
        Some(document) if document.is_named_by_hand() => NamingState::Waiting,
        Some(document) if document.lost_connection() => NamingState::Late,
        Some(_) => NamingState::Issuing,
    }
}

fn may_leave(controller: &Controller) -> bool {
    controller.visit().is_some_and(|visit| visit.state.settlement().is_some() && controller.may_leave(visit))
}

/// A paper as the screen's picture, at half the printer's dots: each pixel is the mean of four, so that small letters
/// stay readable.
pub(super) fn image(picture: &PaperPicture) -> slint::Image {
    let (width, height) = (picture.width / 2, picture.height / 2);
    let mut pixels = slint::SharedPixelBuffer::<slint::Rgb8Pixel>::new(width, height);
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    for (pixel, (x, y)) in pixels.make_mut_slice().iter_mut().zip(places) {
        let grey = mean_of_four(picture, 2 * x, 2 * y);
        *pixel = slint::Rgb8Pixel { r: grey, g: grey, b: grey };
    }
    slint::Image::from_rgb8(pixels)
}

fn mean_of_four(picture: &PaperPicture, x: u32, y: u32) -> u8 {
    let dot = |dx: u32, dy: u32| {
        let at = u64::from(y + dy) * u64::from(picture.width) + u64::from(x + dx);
        usize::try_from(at).ok().and_then(|at| picture.grey.get(at)).map_or(255, |grey| u16::from(*grey))
    };
    u8::try_from((dot(0, 0) + dot(1, 0) + dot(0, 1) + dot(1, 1)) / 4).unwrap_or(255)
}
