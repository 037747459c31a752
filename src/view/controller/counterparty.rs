//! Whom an invoice is for: a number that is typed to its end is looked up by itself, and the words are typed where no
//! register says them. Nobody waits for any of it.

use super::Controller;
use crate::app::input::{CounterpartyInput, Input};
use crate::domain::counterparty::LookUp;
use crate::domain::customer::TaxNumber;
use crate::view::ask::Editor;
use crate::view::case::CaseForm;
use crate::view::counterparty::TaxForm;
use crate::view::generated::{CounterpartyField, DocumentKind, Page};

impl Controller {
    /// The tax number on the page, once it is typed to its end.
    pub(in crate::view) fn typed_number(&self) -> Option<TaxNumber> {
        match self.form.page {
            Page::Pay if self.form.pay.document == DocumentKind::Invoice => self.form.pay.tax.number(),
            Page::Ask | Page::Arrival => {
                let field = self.active_field().filter(|field| field.editor == Editor::Afm)?;
                self.asking().answers.tax_number(field.key)
            }
            // Who owes is written in words; a tax number among them is one all the same.
            Page::StayCase if self.form.case.wants_name() => tax_number_in(&self.form.case.name),
            _ => None,
        }
    }

    /// Whose the tax number is that stands in the words of who owes, while they do not say it themselves.
    pub(in crate::view) fn known_debtor(&self) -> Option<String> {
        let name = self.looked_up()?.known.particulars()?.name.to_string();
        let new = self.form.page == Page::StayCase && !self.form.case.name.contains(&name);
        Some(name).filter(|name| new && !name.is_empty())
    }

    /// The name goes before what was typed.
    pub(in crate::view) fn take_known_debtor(&mut self) {
        if let Some(name) = self.known_debtor() {
            let typed = std::mem::take(&mut self.form.case.name);
            CaseForm::add_words(&mut self.form.case.name, &format!("{name} {typed}"));
        }
    }

    /// What is known of it.
    pub(in crate::view) fn looked_up(&self) -> Option<&LookUp> {
        let number = self.typed_number()?;
        self.state()?.live.look_up(&number)
    }

    /// A number that has just been typed to its end is looked up, once.
    pub(super) fn follow_number(&mut self) {
        let number = self.typed_number();
        if number.is_none() {
            self.form.counterparty.asked = None;
            self.form.counterparty.editing = false;
        } else if number != self.form.counterparty.asked {
            self.form.counterparty.asked.clone_from(&number);
            self.form.counterparty.editing = false;
            self.look_up(number, false);
        }
    }

    fn look_up(&self, number: Option<TaxNumber>, again: bool) {
        if let Some(TaxNumber { country, number }) = number {
            let operator = self.operator();
            let wanted = CounterpartyInput::LookUp { country, number, again, operator };
            self.send(Input::Counterparty(wanted));
        }
    }

    pub(in crate::view) fn ask_register_again(&mut self) {
        self.look_up(self.typed_number(), true);
    }

    pub(in crate::view) fn edit_counterparty(&mut self) {
        let known = self.looked_up().and_then(|look_up| look_up.known.particulars()).cloned();
        self.form.counterparty.edit(&known.unwrap_or_default());
    }

    pub(in crate::view) fn counterparty_field(&mut self, field: CounterpartyField) {
        self.form.counterparty.field = field;
    }

    pub(in crate::view) fn counterparty_key(&mut self, key: &str) {
        self.form.counterparty.add(key);
    }

    pub(in crate::view) fn counterparty_erase(&mut self) {
        self.form.counterparty.text().pop();
    }

    pub(in crate::view) fn counterparty_clear(&mut self) {
        self.form.counterparty.text().clear();
    }

    /// The words differ from what is known.
    pub(in crate::view) fn may_keep_counterparty(&self) -> bool {
        let known = self.looked_up().and_then(|look_up| look_up.known.particulars()).cloned();
        self.form.counterparty.particulars() != known.unwrap_or_default()
    }

    /// From now on they stand on its invoices. A second press finds nothing new to keep.
    pub(in crate::view) fn keep_counterparty(&mut self) {
        let Some(TaxNumber { country, number }) = self.typed_number() else { return };
        if !self.may_keep_counterparty() {
            return;
        }
        let (particulars, operator) = (self.form.counterparty.particulars(), self.operator());
        let write = CounterpartyInput::Write { country, number, particulars, operator };
        self.send(Input::Counterparty(write));
        self.form.counterparty.editing = false;
    }

    pub(in crate::view) fn leave_counterparty(&mut self) {
        self.form.counterparty.editing = false;
    }

    /// The number is of another country of the Union, or a Greek one after all.
    pub(in crate::view) fn choose_foreign(&mut self, foreign: bool) {
        self.form.pay.tax = TaxForm { foreign, ..TaxForm::default() };
    }

    /// The foreign number is typed to its end.
    pub(in crate::view) fn take_foreign(&mut self) {
        self.form.pay.tax.taken = self.form.pay.tax.possible().is_some();
    }
}

/// The Greek tax number among a few words: nine digits by themselves whose check digit fits.
fn tax_number_in(words: &str) -> Option<TaxNumber> {
    words.split(|c: char| !c.is_ascii_digit()).find_map(|run| TaxNumber::parse("GR", run).ok())
}
