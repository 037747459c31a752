//! The tariff's page.

use super::Controller;
use crate::domain::tariff::check::Finding;
use crate::view::generated::{Page, TariffClass, TariffSpan};

/// What is looked at.
#[derive(Debug)]
pub(in crate::view) struct TariffForm {
    pub(in crate::view) class: TariffClass,
    pub(in crate::view) span: TariffSpan,
    /// What the checker found when the page was opened.
    pub(in crate::view) findings: Vec<Finding>,
}

impl Default for TariffForm {
    fn default() -> Self {
        Self { class: TariffClass::Car, span: TariffSpan::Day, findings: Vec::new() }
    }
}

impl Controller {
    pub(in crate::view) fn open_tariff(&mut self) {
        if let Some(tariff) = &self.settings.parking.tariff {
            self.form.tariff = TariffForm { findings: tariff.check(), ..TariffForm::default() };
            self.go(Page::Tariff);
        }
    }

    pub(in crate::view) fn choose_tariff_class(&mut self, class: TariffClass) {
        self.form.tariff.class = class;
    }

    pub(in crate::view) fn choose_tariff_span(&mut self, span: TariffSpan) {
        self.form.tariff.span = span;
    }

    pub(in crate::view) fn leave_tariff(&mut self) {
        self.go(Page::Lane);
    }
}
