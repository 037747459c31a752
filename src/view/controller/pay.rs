//! Amounts, tenders, the invoice's customer. What is typed goes to the means pressed next; without it, all that is left
//! goes there. As soon as nothing is left the payment is sent: a cashier never says "done" twice.

use super::Controller;
use crate::app::input::Input;
use crate::domain::card::{ShownPrice, WantedPayment};
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::payment::{Means, Tender};
use crate::view::form::Said;
use crate::view::generated::{DocumentKind, Page, TenderKind};
use crate::view::parking::Grew;
use crate::view::words;

/// Digits of a Greek tax number.
const AFM_DIGITS: usize = 9;
/// The country of a tax number typed on the pad.
const GREECE: &str = "GR";

impl Controller {
    /// What the visit on the page owes.
    pub(in crate::view) fn due(&self) -> Cents {
        let bill = self.visit().and_then(|visit| self.bill_of(visit).ok());
        bill.map_or(Cents::ZERO, |bill| bill.due())
    }

    pub(in crate::view) fn pay_exact(&mut self) {
        let left = self.form.pay.left(self.due());
        self.take_cash(left);
    }

    pub(in crate::view) fn pay_note(&mut self, cents: i32) {
        self.take_cash(Cents(i64::from(cents)));
    }

    pub(in crate::view) fn pay_key(&mut self, key: &str) {
        words::add_digits(&mut self.form.pay.typed, key, words::AMOUNT_DIGITS_MAX);
    }

    pub(in crate::view) fn pay_erase(&mut self) {
        self.form.pay.typed.pop();
    }

    pub(in crate::view) fn pay_clear(&mut self) {
        self.form.pay.typed.clear();
    }

    pub(in crate::view) fn pay_cash(&mut self) {
        if let Some(typed) = self.form.pay.typed_cents() {
            self.take_cash(typed);
        }
    }

    pub(in crate::view) fn pay_card(&mut self) {
        let left = self.form.pay.left(self.due());
        let amount = self.form.pay.typed_cents().unwrap_or(left);
        self.form.pay.card += amount;
        self.form.pay.typed.clear();
        self.finish_when_paid();
    }

    /// A tip goes over the card, on top of what is paid with it.
    pub(in crate::view) fn pay_tip(&mut self) {
        if let Some(tip) = self.form.pay.typed_cents() {
            self.form.pay.tip = tip;
            self.form.pay.typed.clear();
        }
    }

    pub(in crate::view) fn remove_tender(&mut self, tender: &str) {
        let pay = &mut self.form.pay;
        match tender {
            "cash" => pay.cash = Cents::ZERO,
            "card" => pay.card = Cents::ZERO,
            "tip" => pay.tip = Cents::ZERO,
            other => pay.others.retain(|means, _| means_id(*means) != other),
        }
    }

    /// IRIS, a transfer, a voucher, or owed: what is typed, or all that is left.
    pub(in crate::view) fn pay_other(&mut self, tender: TenderKind) {
        let means = match tender {
            TenderKind::Iris => Means::Iris,
            TenderKind::Bank => Means::Bank,
            TenderKind::Voucher => Means::Voucher,
            TenderKind::Account => Means::Account,
            TenderKind::Cash | TenderKind::Card | TenderKind::Tip => return,
        };
        let left = self.form.pay.left(self.due());
        let amount = self.form.pay.typed_cents().unwrap_or(left);
        *self.form.pay.others.entry(means).or_default() += amount;
        self.form.pay.typed.clear();
        self.finish_when_paid();
    }

    /// Choosing the invoice again begins its number again. Without an invoice nobody owes.
    pub(in crate::view) fn choose_document(&mut self, document: DocumentKind) {
        self.form.pay.document = document;
        if document == DocumentKind::Receipt {
            self.form.pay.others.remove(&Means::Account);
        }
        self.form.pay.afm.clear();
    }

    pub(in crate::view) fn afm_key(&mut self, key: &str) {
        let afm = &mut self.form.pay.afm;
        let room = AFM_DIGITS.saturating_sub(afm.len());
        afm.extend(key.chars().filter(char::is_ascii_digit).take(room));
    }

    pub(in crate::view) fn afm_erase(&mut self) {
        self.form.pay.afm.pop();
    }

    fn take_cash(&mut self, amount: Cents) {
        self.form.pay.cash += amount;
        self.form.pay.typed.clear();
        self.finish_when_paid();
    }

    fn finish_when_paid(&mut self) {
        let due = self.due();
        if self.form.pay.left(due) > Cents::ZERO || self.form.pay.sent {
            return;
        }
        let Some(visit) = self.form.visit.id else { return };
        let pay = &self.form.pay;
        let invoice_to =
            (pay.document == DocumentKind::Invoice).then(|| (GREECE.to_owned(), pay.afm.clone()));
        let tenders = pay.tenders(self.has_card_terminal());
        self.form.pay.sent = true;
        self.send_payment(visit, tenders, invoice_to);
    }

    /// A price that grows by itself goes with the instant it was shown at.
    fn send_payment(&self, visit: VisitId, tenders: Vec<Tender>, invoice_to: Option<(String, String)>) {
        let operator = self.operator();
        let stay = self.visit().is_some_and(|visit| self.settings.tariff_of(visit).is_some());
        let Some(at) = self.priced_at().filter(|_| stay) else {
            return self.send(Input::Pay { visit, tenders, invoice_to, operator });
        };
        let shown = Some(ShownPrice { at, meant: self.form.pay.grew.is_some() });
        let payment = WantedPayment { tenders, invoice_to, operator, shown };
        self.send(Input::PayShown { visit, payment });
    }

    /// The price has grown under the customer's hands: the person is asked which one is paid.
    pub(super) fn price_grew(&mut self, shown: Cents, now: Cents) {
        self.form.pay.sent = false;
        self.form.pay.grew = Some(Grew { shown, now });
    }

    /// What was shown is paid: the same payment goes once more, and means it.
    pub(in crate::view) fn keep_shown(&mut self) {
        self.finish_when_paid();
    }

    /// The price now is paid: what was given is asked for again.
    pub(in crate::view) fn take_now(&mut self) {
        self.form.pay.begin_again();
    }

    /// The payment was refused: what was given is asked for again, so that the next key does not add to it.
    pub(super) fn pay_again(&mut self, sentence: String) {
        self.form.pay.begin_again();
        self.say(Said::Sentence(sentence));
    }

    pub(in crate::view) fn next_vehicle(&mut self) {
        self.form.done = None;
        self.go(Page::Lane);
    }

    pub(in crate::view) fn print_again(&mut self) {
        if let Some(done) = &self.form.done {
            let named = done.facts.as_ref().is_some_and(|facts| facts.name.is_some());
            self.send(Input::PrintPaper { paper: self.paper_of(done.document, named) });
        }
    }
}

/// The id a means has in the list of tenders.
pub(in crate::view) const fn means_id(means: Means) -> &'static str {
    match means {
        Means::Cash => "cash",
        Means::Card => "card",
        Means::Iris => "iris",
        Means::Bank => "bank",
        Means::Voucher => "voucher",
        Means::Account => "account",
    }
}
