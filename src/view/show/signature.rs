//! A signature on the glass, and what the visit's page says of it.

use crate::domain::rental::HandOver;
use crate::domain::signature::{Answer, Matter};
use crate::domain::visit::Visit;
use crate::view::controller::{Controller, matter_of, show_field};
use crate::view::generated::{App, SignMatter, SignStand, Signature};
use crate::view::{signature, words};
use slint::ComponentHandle;

/// What the visit's page says of it.
pub(super) fn show_on_visit(controller: &Controller, app: &App) {
    let page = app.global::<Signature>();
    let visit = controller.visit();
    let Some((visit, matter)) = visit.and_then(|visit| Some((visit, matter_of(visit)?))) else {
        page.set_stand(SignStand::None);
        return;
    };
    page.set_matter(shown(matter));
    page.set_stand(stand(visit, matter));
    let answer = visit.signing(matter).zip(controller.now());
    let answer = answer.map(|(signing, now)| {
        format!("{} · {}", signature::said(&signing.answer), super::clock(signing.at, now))
    });
    page.set_answer(answer.unwrap_or_default().into());
}

fn stand(visit: &Visit, matter: Matter) -> SignStand {
    match visit.signing(matter).map(|signing| &signing.answer) {
        Some(Answer::Signed { .. }) => SignStand::Signed,
        Some(Answer::Declined { .. }) => SignStand::Declined,
        None if visit.is_signed_before_a_change(matter) => SignStand::Changed,
        None => SignStand::Open,
    }
}

const fn shown(matter: Matter) -> SignMatter {
    match matter {
        Matter::HandOver => SignMatter::HandOver,
        Matter::Return => SignMatter::GiveBack,
        Matter::Estimate { .. } => SignMatter::Estimate,
    }
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Signature>(), &controller.form.signature);
    let Some(visit) = controller.visit() else { return };
    page.set_matter(shown(form.matter));
    page.set_plate(super::face(&visit.plate));
    page.set_step(form.step);
    page.set_what(what(controller, visit, form.matter).into());
    page.set_name(form.name.as_str().into());
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    page.set_busy(form.sent.is_some());
    page.set_may_sign(!form.is_empty() && !form.name.trim().is_empty() && form.sent.is_none());
    show_field(controller, app);
}

/// What is signed, in a line: figures, and no words of any language.
fn what(controller: &Controller, visit: &Visit, matter: Matter) -> String {
    let language = controller.form.language;
    let sum = || words::money(visit.sale.totals().gross, language);
    match matter {
        Matter::Estimate { version } => {
            let total = visit.work.as_ref().and_then(|work| work.estimate(version)).map(|one| one.total);
            let total = total.map(|total| words::money(total, language)).unwrap_or_default();
            format!("{version} · {total}")
        }
        Matter::HandOver => {
            let until = visit.rental.as_ref().map(|rental| {
                let HandOver { due_back, .. } = &rental.hand_over;
                due_back.local().strftime("%-d/%-m/%Y %H:%M").to_string()
            });
            format!("→ {} · {}", until.unwrap_or_default(), sum())
        }
        Matter::Return => {
            let back = visit.rental.as_ref().and_then(|rental| rental.returned.as_ref());
            let back = back.map(|back| back.at.local().strftime("%-d/%-m/%Y %H:%M").to_string());
            format!("{} · {}", back.unwrap_or_default(), sum())
        }
    }
}
