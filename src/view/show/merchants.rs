//! Shops whose customers park for less, on their own page and at the exit.

use crate::domain::merchant::{Merchant, Payer};
use crate::domain::money::Cents;
use crate::domain::tariff::timetable::Hours;
use crate::domain::validation::{Month, ValidatedBy, ValidationUse};
use crate::view::controller::Controller;
use crate::view::generated::{App, MerchantRow, MerchantUse, Merchants, Validation, ValidationChoice};
use crate::view::merchants::Editing;
use crate::view::words;
use slint::{ComponentHandle, VecModel};
use std::rc::Rc;

/// The lists of the pages.
#[derive(Default)]
pub(super) struct MerchantLists {
    rows: Rc<VecModel<MerchantRow>>,
    uses: Rc<VecModel<MerchantUse>>,
    days: Rc<VecModel<bool>>,
    shops: Rc<VecModel<ValidationChoice>>,
}

impl MerchantLists {
    pub(super) fn attach(&self, app: &App) {
        app.global::<Merchants>().set_rows(super::model(&self.rows));
        app.global::<Merchants>().set_uses(super::model(&self.uses));
        app.global::<Merchants>().set_days(super::model(&self.days));
        app.global::<Validation>().set_rows(super::model(&self.shops));
    }
}

/// The page of the shops.
pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form, language) =
        (app.global::<Merchants>(), &controller.form.merchants, controller.form.language);
    let row = |merchant: &&Merchant| row(controller, merchant);
    let lists = &controller.lists.merchants;
    super::sync(&lists.rows, controller.merchants().iter().map(row).collect());
    page.set_busy(form.sent);
    page.set_editing(form.editing.is_some());
    if let Some(editing) = &form.editing {
        edit(controller, app, editing);
    }
    let chosen = controller.merchant();
    page.set_chosen(chosen.map(|merchant| merchant.id.to_string()).unwrap_or_default().into());
    let Some(merchant) = chosen else { return };
    page.set_one(self::row(controller, merchant));
    page.set_agreed(agreed(controller, merchant).into());
    let month = form.month.unwrap_or(Month { year: 2000, month: 1 });
    page.set_month(format!("{:02}/{}", month.month, month.year).into());
    page.set_may_newer(controller.now().is_some_and(|now| month < Month::of(now.date())));
    let account = form.account.as_ref().filter(|(number, _)| *number == merchant.number);
    page.set_reading(account.is_none());
    let uses = account.map(|(_, account)| account.uses.as_slice()).unwrap_or_default();
    super::sync(&lists.uses, uses.iter().map(|used| used_row(controller, used)).collect());
    let settings = &controller.settings;
    let rules = settings.parking.validations;
    let owed = account.map(|(_, account)| account.settled(settings.catalogue.vat, rules.owed_basis).gross);
    page.set_owed(words::money(owed.unwrap_or_default(), language).into());
    let given = account.map(|(_, account)| account.given()).filter(|given| *given > Cents::ZERO);
    page.set_given(given.map(|given| words::money(given, language)).unwrap_or_default().into());
    page.set_voucher_count(i32::try_from(form.voucher_count).unwrap_or_default());
    page.set_voucher_days(form.voucher_days.into());
    page.set_may_vouchers(merchant.terms.active);
}

fn row(controller: &Controller, merchant: &Merchant) -> MerchantRow {
    let terms = &merchant.terms;
    MerchantRow {
        id: merchant.id.to_string().into(),
        number: merchant.number.to_string().into(),
        name: terms.name.as_str().into(),
        gives: terms.gives.words(controller.form.language).into(),
        house: terms.payer == Payer::House,
        active: terms.active,
    }
}

/// `ΑΦΜ 094014201 · 09:00–17:00 · 1/3/2026 – 31/3/2026`: what there is of it.
fn agreed(controller: &Controller, merchant: &Merchant) -> String {
    let terms = &merchant.terms;
    let say = |el: &'static str, en: &'static str| match controller.form.language {
        crate::domain::text::Language::El => el,
        crate::domain::text::Language::En => en,
    };
    let day = |day: Option<jiff::civil::Date>| {
        day.map(|day| day.strftime("%-d/%-m/%Y").to_string()).unwrap_or_default()
    };
    let days = (terms.from.is_some() || terms.to.is_some())
        .then(|| format!("{} – {}", day(terms.from), day(terms.to)));
    let hours: Vec<String> = terms.hours.iter().map(Hours::printed).collect();
    let many = |most: u32, words: &str| (most > 0).then(|| format!("{most} {words}"));
    let parts = [
        terms.tax_number.as_ref().map(|number| format!("{} {}", say("ΑΦΜ", "VAT no."), number.number)),
        Some(hours.join(", ")).filter(|hours| !hours.is_empty()),
        days,
        many(terms.per_day, say("την ημέρα", "a day")),
        many(terms.per_vehicle, say("ανά όχημα", "a vehicle")),
        terms.adds_up.then(|| say("αθροίζεται", "adds up").to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn used_row(controller: &Controller, used: &ValidationUse) -> MerchantUse {
    let language = controller.form.language;
    MerchantUse {
        when: used.at.local().strftime("%-d/%-m %H:%M").to_string().into(),
        plate: used.plate_in_short().into(),
        gives: used.what.words(language).into(),
        voucher: matches!(used.by, ValidatedBy::Voucher { .. }),
        worth: words::money(used.worth, language).into(),
    }
}

fn edit(controller: &Controller, app: &App, editing: &Editing) {
    let (page, language) = (app.global::<Merchants>(), controller.form.language);
    page.set_is_new(editing.of.is_none());
    page.set_kind(editing.kind);
    page.set_house(editing.house);
    page.set_adds_up(editing.adds_up);
    page.set_active(editing.active);
    page.set_field(editing.field);
    page.set_name(editing.name.as_str().into());
    page.set_afm(editing.afm.as_str().into());
    page.set_value(editing.value_words(language).into());
    page.set_per_day(editing.per_day.as_str().into());
    page.set_per_vehicle(editing.per_vehicle.as_str().into());
    page.set_hours(editing.hours_words().into());
    page.set_from(Editing::day_words(&editing.from).into());
    page.set_to(Editing::day_words(&editing.to).into());
    super::sync(&controller.lists.merchants.days, editing.days.to_vec());
    page.set_may_save(editing.wanted().is_some());
}

/// Whether a shop may give something to the stay on the page, for the way there.
pub(super) fn show_way(controller: &Controller, app: &App) {
    app.global::<Validation>().set_offered(!controller.shops_here().is_empty());
}

/// The page where a shop is chosen for a stay.
pub(super) fn show_validation(controller: &Controller, app: &App) {
    let (page, language) = (app.global::<Validation>(), controller.form.language);
    let face = controller.visit().map(|visit| super::face(&visit.plate)).unwrap_or_default();
    page.set_plate(face.text);
    page.set_country(face.country);
    let due = controller.visit().and_then(|visit| controller.bill_of(visit).ok()).unwrap_or_default().due();
    page.set_due(words::money(due, language).into());
    let given = controller.given_here();
    let choice = |merchant: &&Merchant| {
        let validation = given.iter().find(|given| given.merchant == merchant.id);
        ValidationChoice {
            id: merchant.id.to_string().into(),
            name: merchant.terms.name.as_str().into(),
            // What was given is as it was given.
            gives: validation.map_or(merchant.terms.gives, |given| given.what).words(language).into(),
            given: validation.is_some(),
        }
    };
    super::sync(&controller.lists.merchants.shops, controller.shops_here().iter().map(choice).collect());
}
