//! Money back: how much, in which way, why, to whom.

use super::Controller;
use crate::app::input::{DocumentInput, Input, PackInput};
use crate::domain::ids::DocumentId;
use crate::domain::money::Cents;
use crate::domain::payment::Means;
use crate::view::generated::{Page, RefundText};
use crate::view::receipts::{RefundForm, TEXT_MAX, Typing};
use crate::view::words;

impl Controller {
    const fn refunding(&mut self) -> &mut RefundForm {
        &mut self.form.receipts.refund
    }

    pub(in crate::view) fn back_from_refund(&mut self) {
        let of_pack = self.refunding().pack.is_some();
        self.go(if of_pack { Page::Packs } else { Page::Receipts });
    }

    pub(in crate::view) fn refund_key(&mut self, key: &str) {
        let form = self.refunding();
        if form.pack.is_some() {
            return;
        }
        form.fault = None;
        if std::mem::take(&mut form.begins) {
            form.typed.clear();
        }
        words::add_digits(&mut form.typed, key, words::AMOUNT_DIGITS_MAX);
    }

    pub(in crate::view) fn refund_erase(&mut self) {
        let form = self.refunding();
        if form.pack.is_some() {
            return;
        }
        if std::mem::take(&mut form.begins) {
            form.typed.clear();
        }
        form.typed.pop();
    }

    pub(in crate::view) fn refund_clear(&mut self) {
        let form = self.refunding();
        if form.pack.is_some() {
            return;
        }
        form.begins = false;
        form.typed.clear();
    }

    pub(in crate::view) fn refund_in_cash(&mut self, in_cash: bool) {
        self.refunding().in_cash = in_cash;
    }

    pub(in crate::view) fn refund_reason(&mut self, reason: &str) {
        reason.clone_into(&mut self.refunding().reason);
    }

    pub(in crate::view) fn refund_type(&mut self, text: RefundText) {
        self.refunding().typing = match text {
            RefundText::None => Typing::Nothing,
            RefundText::Reason => Typing::Reason,
            RefundText::Person => Typing::Person,
        };
    }

    pub(in crate::view) fn refund_text_key(&mut self, key: &str) {
        if let Some(text) = self.refunding().text().filter(|text| text.chars().count() < TEXT_MAX) {
            text.push_str(key);
        }
    }

    pub(in crate::view) fn refund_text_erase(&mut self) {
        if let Some(text) = self.refunding().text() {
            text.pop();
        }
    }

    pub(in crate::view) fn refund_text_clear(&mut self) {
        if let Some(text) = self.refunding().text() {
            text.clear();
        }
    }

    /// A real keyboard writes where the finger pointed: a text, or the amount.
    pub(super) fn refund_typed(&mut self, key: &str) {
        if self.refunding().typing == Typing::Nothing {
            self.refund_key(key);
        } else {
            self.refund_text_key(key);
        }
    }

    pub(super) fn refund_erased(&mut self) {
        if self.refunding().typing == Typing::Nothing {
            self.refund_erase();
        } else {
            self.refund_text_erase();
        }
    }

    pub(in crate::view) fn refund_send(&mut self) {
        let by = self.by();
        let form = self.refunding();
        if !form.is_complete() || std::mem::replace(&mut form.sent, true) {
            return;
        }
        form.fault = None;
        let (amount, reason) = (form.amount(), form.reason.clone());
        let input = match (&form.original, form.pack) {
            (Some(original), _) if form.voiding => {
                Input::Document(DocumentInput::Void { document: original.id, reason, by })
            }
            (Some(_), Some(pack)) => {
                Input::Pack(PackInput::Refund { pack, tenders: form.tenders(), reason, by })
            }
            (Some(original), None) => Input::Document(DocumentInput::Refund {
                document: original.id,
                amount: Some(amount),
                tenders: form.tenders(),
                reason,
                by,
            }),
            (None, _) => Input::Document(DocumentInput::RefundWithout {
                amount,
                given_to: form.person.clone(),
                reason,
                by,
            }),
        };
        self.send_with_right(input);
    }

    /// It was not done: said where the finger was, and it can be sent again.
    pub(super) fn refund_refused(&mut self, sentence: String) {
        let form = self.refunding();
        form.sent = false;
        form.fault = Some(sentence);
    }

    /// Nobody stepped in, or the page was left.
    pub(super) fn refund_again(&mut self) {
        self.refunding().sent = false;
    }

    /// A payment was made void: it stands on the list as that.
    pub(super) fn voided(&mut self, document: DocumentId, cash: Cents, card: Cents) {
        self.form.receipts.given = Some((cash + card, card));
        if self.form.page == Page::Refund {
            self.show_credit(document);
        }
    }

    /// Money was given back.
    pub(super) fn refunded(&mut self, credit: DocumentId, amount: Cents) {
        let form = std::mem::take(self.refunding());
        let by_card = form.ways().into_iter().filter(|(means, _)| *means == Means::Card);
        self.form.receipts.given = Some((amount, by_card.map(|(_, part)| part).sum()));
        if self.form.page == Page::Refund {
            self.show_credit(credit);
        }
    }
}
