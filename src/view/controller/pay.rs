//! Amounts, tenders, the invoice's customer. What is typed goes to the means pressed next; without it, all that is left
//! goes there. As soon as nothing is left the payment is sent: a cashier never says "done" twice.

use super::Controller;
use crate::app::input::{Input, OrderInput, PaperInput};
use crate::domain::card::{ShownPrice, WantedPayment};
use crate::domain::document::Subject;
use crate::domain::ids::{OrderId, VisitId};
use crate::domain::money::Cents;
use crate::domain::payment::{Means, Tender};
use crate::view::counterparty::TaxForm;
use crate::view::form::Said;
use crate::view::generated::{DocumentKind, Page, TenderKind};
use crate::view::parking::Grew;
use crate::view::{show, words};

impl Controller {
    /// What is paid for: the sale without a vehicle, or the visit whose page was up.
    pub(in crate::view) fn paying(&self) -> Option<Subject> {
        let order = self.form.pay.order.map(Subject::Order);
        order.or_else(|| self.form.visit.id.map(Subject::Visit))
    }

    /// What it owes.
    pub(in crate::view) fn due(&self) -> Cents {
        if self.form.pay.order.is_some() {
            return self.order().map_or(Cents::ZERO, |order| show::due(self, order));
        }
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
            "deposit" => pay.deposits.clear(),
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
            TenderKind::Deposit => return self.set_off_deposits(),
            TenderKind::Cash | TenderKind::Card | TenderKind::Tip => return,
        };
        let left = self.form.pay.left(self.due());
        let amount = self.form.pay.typed_cents().unwrap_or(left);
        *self.form.pay.others.entry(means).or_default() += amount;
        self.form.pay.typed.clear();
        self.finish_when_paid();
    }

    /// What is held of the visit's deposits pays it first, as far as it goes; the rest is asked for. The person sees it among
    /// what was given, and may take it off again.
    pub(super) fn set_off_deposits(&mut self) {
        self.form.pay.deposits.clear();
        let mut left = self.form.pay.left(self.due());
        let mut set_off = Vec::new();
        for deposit in self.deposits() {
            let amount = deposit.left().min(left);
            if amount > Cents::ZERO {
                set_off.push((deposit.id, amount));
                left -= amount;
            }
        }
        self.form.pay.deposits = set_off;
    }

    /// Choosing the invoice again begins its number again. Without an invoice nobody owes.
    pub(in crate::view) fn choose_document(&mut self, document: DocumentKind) {
        self.form.pay.document = document;
        if document == DocumentKind::Receipt {
            self.form.pay.others.remove(&Means::Account);
        }
        self.form.pay.tax = TaxForm { foreign: self.form.pay.tax.foreign, ..TaxForm::default() };
    }

    pub(in crate::view) fn afm_key(&mut self, key: &str) {
        self.form.pay.tax.add(key);
    }

    pub(in crate::view) fn afm_erase(&mut self) {
        self.form.pay.tax.erase();
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
        let Some(subject) = self.paying() else { return };
        let pay = &self.form.pay;
        let invoice_to = (pay.document == DocumentKind::Invoice).then(|| pay.tax.parts());
        let tenders = pay.tenders(self.has_card_terminal());
        self.form.pay.sent = true;
        match subject {
            Subject::Visit(visit) => self.send_payment(visit, tenders, invoice_to),
            Subject::Order(order) => {
                self.send(Input::Order(OrderInput::Pay {
                    order,
                    tenders,
                    invoice_to,
                    operator: self.operator(),
                }));
            }
            // Nobody pays a refund on this page.
            Subject::Refund(_) => {}
        }
    }

    /// A price that grows by itself goes with the instant it was shown at.
    fn send_payment(&self, visit: VisitId, tenders: Vec<Tender>, invoice_to: Option<(String, String)>) {
        let operator = self.operator();
        let stay = self.visit().is_some_and(|visit| self.settings.tariff_of(visit).is_some());
        let Some(at) = self.priced_at().filter(|_| stay) else {
            return self.send(Input::Pay { visit, tenders, invoice_to, operator });
        };
        let shown = Some(ShownPrice { at, meant: self.form.pay.grew.is_some() });
        let payment =
            WantedPayment { tenders, invoice_to, operator, shown, deposit: None, counterparty: None };
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
        match self.form.done.take().and_then(|done| done.order) {
            Some(order) => self.after_order(order),
            None => self.go(Page::Lane),
        }
    }

    /// What is still here is dealt with next; otherwise the lane is ready.
    fn after_order(&mut self, order: OrderId) {
        let open = self.state().is_some_and(|state| state.orders.contains_key(&order));
        if open { self.show_order_page(order) } else { self.go(Page::Orders) }
    }

    pub(in crate::view) fn print_again(&mut self) {
        if let Some(done) = &self.form.done {
            let named = done.facts.as_ref().is_some_and(|facts| facts.name.is_some());
            self.send(Input::Paper(PaperInput::Print { paper: self.paper_of(done.document, named) }));
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
        Means::Deposit => "deposit",
    }
}
