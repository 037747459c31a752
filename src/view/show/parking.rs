//! A car park's stay on the pages of its visit.

use crate::domain::money::Cents;
use crate::domain::tariff::sentence::duration;
use crate::domain::visit::Visit;
use crate::view::controller::Controller;
use crate::view::generated::{App, Parking, StayStep};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App, visit: Option<&Visit>) {
    let page = app.global::<Parking>();
    let language = controller.form.language;
    let visit = visit.filter(|visit| controller.settings.tariff_of(visit).is_some());
    page.set_stay(visit.is_some());
    let grew = controller.form.pay.grew;
    page.set_grew(grew.is_some());
    if let Some(grew) = grew {
        page.set_shown(words::money(grew.shown, language).into());
        page.set_now(words::money(grew.now, language).into());
    }
    let bill = visit.map(|visit| controller.bill_of(visit)).transpose();
    page.set_fault(bill.as_ref().err().map(|why| why.sentence(language)).unwrap_or_default().into());
    let bill = bill.ok().flatten().unwrap_or_default();
    page.set_free(visit.is_some_and(|visit| controller.may_leave(visit)));
    page.set_top_up(visit.is_some_and(Visit::is_paid));
    page.set_may_tell(visit.is_some_and(|visit| !controller.cases(visit).is_empty()));
    page.set_span(visit.map(|visit| span(controller, visit)).unwrap_or_default().into());
    let steps = bill.sale.lines.iter().map(|line| StayStep {
        name: line.name.get(language).as_str().into(),
        amount: words::money(line.gross(), language).into(),
    });
    let taken = bill.sale.discounts.iter().zip(bill.sale.discount_amounts());
    let off = taken.filter(|(_, amount)| *amount > Cents::ZERO).map(|(discount, amount)| StayStep {
        name: discount.reason.as_str().into(),
        amount: words::money(-amount, language).into(),
    });
    super::sync(&controller.lists.steps, steps.chain(off).collect());
    super::merchants::show_way(controller, app);
}

/// `09:03 – 11:20 · 2 hours 17 minutes`; with dates where the stay goes over midnight.
fn span(controller: &Controller, visit: &Visit) -> String {
    let language = controller.form.language;
    let until = visit.state.departed().or_else(|| controller.priced_at()).unwrap_or(visit.arrived);
    let span = visit.stay_span(until);
    let one_day = span.from.date() == span.until.date();
    let told = |stamp: crate::domain::time::Stamp| {
        if one_day { stamp.clock() } else { stamp.local().strftime("%-d/%-m %H:%M").to_string() }
    };
    format!("{} – {} · {}", told(span.from), told(span.until), duration(span.minutes(), language))
}
