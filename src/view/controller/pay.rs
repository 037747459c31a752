//! Amounts, tenders, the invoice's customer. What is typed goes to the means pressed next; without it, all that is left
//! goes there. As soon as nothing is left the payment is sent: a cashier never says "done" twice.

use super::Controller;
use crate::app::input::Input;
use crate::domain::card::{CardOutcome, CardSession};
use crate::domain::money::Cents;
use crate::view::form::{PayForm, Said};
use crate::view::generated::{DocumentKind, Page};
use crate::view::words;

/// Digits of a Greek tax number.
const AFM_DIGITS: usize = 9;
/// The country of a tax number typed on the pad.
const GREECE: &str = "GR";

impl Controller {
    /// What a card terminal said that came to no document.
    pub(super) fn card_said(&mut self, session: CardSession, outcome: &CardOutcome) {
        let (el, en) = match outcome {
            CardOutcome::Declined { words } => {
                (format!("Η κάρτα δεν έγινε δεκτή: {words}"), format!("The card was declined: {words}"))
            }
            CardOutcome::Cancelled => {
                ("Η πληρωμή με κάρτα ακυρώθηκε.".to_owned(), "The card payment was cancelled.".to_owned())
            }
            CardOutcome::NotStarted { why } => (
                format!("Δεν ζητήθηκε τίποτα από την κάρτα: {why}"),
                format!("Nothing was asked of the card: {why}"),
            ),
            CardOutcome::Unknown { why } => (
                format!("Δεν ξέρουμε αν πέρασε η κάρτα {session}: δες την απόδειξη του τερματικού. ({why})"),
                format!(
                    "Nobody knows whether card payment {session} went through: look at the terminal's slip. ({why})"
                ),
            ),
            CardOutcome::Approved { approval } => (
                format!(
                    "Η κάρτα {session} πλήρωσε {} €, αλλά η είσπραξη δεν έγινε: δες την επίσκεψη.",
                    approval.amount.with_comma()
                ),
                format!(
                    "Card payment {session} took {} €, and the sale was not booked: look at the visit.",
                    approval.amount.with_comma()
                ),
            ),
        };
        self.say_in(el, en);
    }

    /// What the visit on the page owes.
    pub(in crate::view) fn due(&self) -> Cents {
        self.visit().map_or(Cents::ZERO, |visit| {
            let settled_free = visit.state.settlement().is_some();
            if settled_free { visit.sale.totals().gross } else { visit.due() }
        })
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
            _ => pay.tip = Cents::ZERO,
        }
    }

    /// Choosing the invoice again begins its number again.
    pub(in crate::view) fn choose_document(&mut self, document: DocumentKind) {
        self.form.pay.document = document;
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
        if self.form.pay.left(due) > Cents::ZERO {
            return;
        }
        let Some(visit) = self.form.visit.id else { return };
        let pay = &self.form.pay;
        let invoice_to =
            (pay.document == DocumentKind::Invoice).then(|| (GREECE.to_owned(), pay.afm.clone()));
        self.send(Input::Pay { visit, tenders: pay.tenders(), invoice_to, operator: self.operator() });
    }

    /// The payment was refused: what was given is asked for again, so that the next key does not add to it.
    pub(super) fn pay_again(&mut self, sentence: String) {
        let PayForm { document, afm, .. } = std::mem::take(&mut self.form.pay);
        self.form.pay = PayForm { document, afm, ..PayForm::default() };
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
