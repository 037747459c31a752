//! The tariff's page: the sign, the table of what each duration costs, its curve, and the checker's findings.

use super::tariff_edit::moment;
use crate::domain::money::Cents;
use crate::domain::tariff::sentence::duration;
use crate::domain::tariff::table::Row;
use crate::domain::tariff::{Tariff as Rules, VehicleClass};
use crate::domain::time::Stamp;
use crate::view::controller::Controller;
use crate::view::generated::{App, CurveStep, StayStep, Tariff, TariffClass, TariffSpan};
use crate::view::words;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Tariff>();
    let (Some(tariff), Some(now)) = (controller.settings.parking.tariff.as_deref(), controller.now()) else {
        return;
    };
    let (form, language) = (&controller.form.tariff, controller.form.language);
    page.set_name(tariff.name.get(language).as_str().into());
    page.set_class(form.class);
    page.set_span(form.span);
    sign(controller, tariff, now, &page);
    let minutes = minutes(form.span);
    page.set_half(duration(minutes / 2, language).into());
    page.set_whole(duration(minutes, language).into());
    let table = tariff.table(class_of(form.class), now.utc, minutes);
    page.set_fault(table.as_ref().err().map(|why| why.sentence(language)).unwrap_or_default().into());
    let table = table.unwrap_or_default();
    let dearest = table.iter().map(|row| row.price).max().unwrap_or_default();
    page.set_dearest(words::money(dearest, language).into());
    super::sync(&controller.lists.curve, curve(&table, dearest, minutes));
    let row = |row: &Row| StayStep {
        name: duration(row.to, language).into(),
        amount: words::money(row.price, language).into(),
    };
    super::sync(&controller.lists.tariff_rows, table.iter().map(row).collect());
    let findings = form.findings.iter().map(|finding| finding.sentence(language).into());
    super::sync(&controller.lists.findings, findings.collect());
}

/// What holds now, and when the next one begins.
fn sign(controller: &Controller, tariff: &Rules, now: Stamp, page: &Tariff<'_>) {
    let (form, language) = (&controller.form.tariff, controller.form.language);
    let day = |at| moment(Stamp::new(at));
    let next = tariff.versions.iter().find(|version| version.from > now.utc);
    page.set_next(next.map(|version| day(version.from)).unwrap_or_default().into());
    let Ok(version) = tariff.version_at(now.utc) else {
        page.set_version(tariff.code.as_str().into());
        page.set_since("–".into());
        super::sync(&controller.lists.tariff_sign, Vec::new());
        return super::sync(&controller.lists.tariff_classes, vec![TariffClass::Car]);
    };
    page.set_version(format!("{} {}", tariff.code, version.id).into());
    page.set_since(day(version.from).into());
    let apart = |class: &VehicleClass| *class == VehicleClass::Car || version.classes.contains_key(class);
    let classes = VehicleClass::ALL.into_iter().filter(apart).map(shown);
    super::sync(&controller.lists.tariff_classes, classes.collect());
    let rows = version.sign(class_of(form.class)).into_iter().map(|(name, price)| StayStep {
        name: name.get(language).as_str().into(),
        amount: price.map(|price| words::money(price, language)).unwrap_or_default().into(),
    });
    super::sync(&controller.lists.tariff_sign, rows.collect());
}

/// The rows as steps of a curve; flat along the bottom where all is free.
fn curve(table: &[Row], dearest: Cents, minutes: u32) -> Vec<CurveStep> {
    let part = |of: f64, whole: f64| (of / whole.max(1.0)) as f32;
    let at = |minute: u32| part(f64::from(minute), f64::from(minutes));
    let step = |row: &Row| CurveStep {
        from: at(row.from.saturating_sub(1)),
        to: at(row.to),
        price: part(row.price.0 as f64, dearest.0 as f64),
    };
    table.iter().map(step).collect()
}

const fn minutes(span: TariffSpan) -> u32 {
    match span {
        TariffSpan::Day => 1_440,
        TariffSpan::ThreeDays => 3 * 1_440,
        TariffSpan::Week => 7 * 1_440,
    }
}

const fn shown(class: VehicleClass) -> TariffClass {
    match class {
        VehicleClass::Motorcycle => TariffClass::Motorcycle,
        VehicleClass::Car => TariffClass::Car,
        VehicleClass::Van => TariffClass::Van,
        VehicleClass::Lorry => TariffClass::Lorry,
    }
}

const fn class_of(class: TariffClass) -> VehicleClass {
    match class {
        TariffClass::Motorcycle => VehicleClass::Motorcycle,
        TariffClass::Car => VehicleClass::Car,
        TariffClass::Van => VehicleClass::Van,
        TariffClass::Lorry => VehicleClass::Lorry,
    }
}
