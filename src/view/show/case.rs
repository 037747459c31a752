//! The page of what is out of the ordinary with a stay.

use crate::view::controller::Controller;
use crate::view::generated::{App, StayCase, StayCaseKind};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<StayCase>(), &controller.form.case);
    let found = form.kind == StayCaseKind::Found;
    let visit = controller.visit().filter(|_| !found);
    let face = visit.map_or_else(|| super::lane::typed_face(controller), |visit| super::face(&visit.plate));
    page.set_plate(face.text);
    page.set_country(face.country);
    let kinds = visit.map(|visit| controller.cases(visit)).unwrap_or_else(|| vec![StayCaseKind::Found]);
    super::sync(&controller.lists.cases, kinds);
    page.set_kind(form.kind);
    page.set_wants_time(form.wants_time());
    page.set_wants_amount(form.wants_amount());
    page.set_wants_reason(form.wants_reason());
    page.set_wants_name(form.wants_name());
    let typed = if form.wants_time() { time(&form.digits) } else { amount(controller) };
    page.set_typed(typed.into());
    let now = controller.now();
    let instant = now.and_then(|now| form.instant(now));
    page.set_instant(instant.map(|at| at.printed()).unwrap_or_default().into());
    page.set_reason(form.reason.as_str().into());
    page.set_name(form.name.as_str().into());
    page.set_known(controller.known_debtor().unwrap_or_default().into());
    let fee = controller.lost_fee().filter(|_| found);
    page.set_fee(fee.map(|fee| words::money(fee, controller.form.language)).unwrap_or_default().into());
    page.set_may_do(controller.case_is_complete());
    page.set_busy(form.sent);
}

/// Digits as far as they go: `0815` is `08:15`, `14030815` is `14/03 08:15`.
fn time(digits: &str) -> String {
    match digits.len() {
        0..=4 => words::time_mask(digits),
        _ => format!(
            "{} {}",
            words::date_mask(&digits[..4]).trim_end_matches('/'),
            words::time_mask(&digits[4..])
        ),
    }
}

fn amount(controller: &Controller) -> String {
    words::typed_money(&controller.form.case.digits, controller.form.language)
}
