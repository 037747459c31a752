//! Whom an invoice is for: what is known, who said it, and what is typed.

use crate::domain::counterparty::{Counterparty as Known, LookUp};
use crate::domain::text::Language;
use crate::view::controller::Controller;
use crate::view::generated::{App, Counterparty, LookUpStand};
use slint::{ComponentHandle, SharedString};

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Counterparty>(), &controller.form.counterparty);
    let language = controller.form.language;
    let tax = &controller.form.pay.tax;
    page.set_foreign(tax.foreign);
    page.set_foreign_good(tax.possible().is_some());
    page.set_number(tax.typed.as_str().into());
    page.set_editing(form.editing);
    page.set_field(form.field);
    page.set_typed_name(form.name.as_str().into());
    page.set_typed_address(form.address.as_str().into());
    page.set_typed_activity(form.activity.as_str().into());
    page.set_typed_tax_office(form.tax_office.as_str().into());
    page.set_may_keep(controller.may_keep_counterparty());
    let look_up = controller.looked_up();
    let known = look_up.and_then(|look_up| look_up.known.particulars());
    page.set_stand(stand(controller, look_up));
    page.set_may_ask(look_up.is_some_and(|look_up| look_up.asking.is_none()));
    page.set_name(known.map(|known| known.name.as_str().into()).unwrap_or_default());
    page.set_address(known.map(|known| known.address.as_str().into()).unwrap_or_default());
    page.set_origin(look_up.and_then(|look_up| origin(&look_up.known, language)).unwrap_or_default());
    let sentence = look_up.and_then(|look_up| sentence(look_up, language));
    page.set_warned(sentence.is_some());
    page.set_sentence(sentence.unwrap_or_default().into());
}

fn stand(controller: &Controller, look_up: Option<&LookUp>) -> LookUpStand {
    match look_up {
        Some(look_up) if look_up.known.particulars().is_some() => LookUpStand::Known,
        Some(LookUp { asking: Some(_), .. }) => LookUpStand::Asking,
        Some(_) => LookUpStand::Unknown,
        None if controller.typed_number().is_some() => LookUpStand::Asking,
        None => LookUpStand::None,
    }
}

/// Whose word stands on the invoice, and of which day.
fn origin(known: &Known, language: Language) -> Option<SharedString> {
    let day = |at: crate::domain::time::Stamp| at.local().strftime("%-d/%-m/%Y").to_string();
    let written = known.written.as_ref().filter(|written| !written.particulars.is_empty());
    let looked = known.looked.as_ref();
    let by_hand = written.filter(|written| looked.is_none_or(|looked| written.at >= looked.at));
    let said = match (by_hand, looked) {
        (Some(written), _) => match language {
            Language::El => format!("Γραμμένο με το χέρι, {}", day(written.at)),
            Language::En => format!("Written by hand, {}", day(written.at)),
        },
        (None, Some(looked)) => format!("{}, {}", looked.register.called(language), day(looked.at)),
        (None, None) => return None,
    };
    Some(said.into())
}

/// What to look out for: of the register's answer, or why there is none.
fn sentence(look_up: &LookUp, language: Language) -> Option<String> {
    let LookUp { known, hitch, asking } = look_up;
    if let Some(hitch) = hitch.as_ref().filter(|_| known.particulars().is_none()) {
        return Some(hitch.sentence(language));
    }
    let looked = known.looked.as_ref().filter(|_| asking.is_none() || known.particulars().is_some());
    looked.and_then(|looked| looked.finding.warning(language))
}

/// Whose the number on a form is, in a line; or what is to be looked out for.
pub(super) fn in_a_line(controller: &Controller) -> String {
    let Some(look_up) = controller.looked_up() else { return String::new() };
    let language = controller.form.language;
    let warning = sentence(look_up, language);
    let name = look_up.known.particulars().map(|known| known.name.to_string());
    [name, warning].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
