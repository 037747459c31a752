//! Documents that were issued: finding one, its paper, a copy of it.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, PaperInput};
use crate::domain::document::{Document, Subject};
use crate::domain::ids::DocumentId;
use crate::view::desk::Asked;
use crate::view::generated::Page;
use crate::view::receipts::{QUERY_MAX, ReceiptsForm, RefundForm};

impl Controller {
    pub(in crate::view) fn open_receipts(&mut self) {
        self.form.receipts = ReceiptsForm::default();
        self.go(Page::Receipts);
    }

    /// Those of the vehicle on the visit's page.
    pub(super) fn open_receipts_of_visit(&mut self) {
        let Some(query) = self.visit().map(|visit| visit.plate.text.clone()) else { return };
        self.form.receipts = ReceiptsForm { query, of_visit: true, ..ReceiptsForm::default() };
        self.go(Page::Receipts);
    }

    /// A document that was found by its visit, with those beside it.
    pub(super) fn open_receipts_with(&mut self, found: Vec<Document>, chosen: DocumentId) {
        let number = found.iter().find(|document| document.id == chosen).map(|document| document.number);
        let query = number.map(|number| number.to_string()).unwrap_or_default();
        self.form.receipts = ReceiptsForm { query, found, chosen: Some(chosen), ..ReceiptsForm::default() };
        self.go(Page::Receipts);
    }

    pub(in crate::view) fn back_from_receipts(&mut self) {
        self.go(if self.form.receipts.of_visit { Page::Details } else { Page::Documents });
    }

    pub(in crate::view) fn receipts_key(&mut self, key: &str) {
        if self.form.receipts.query.chars().count() < QUERY_MAX {
            self.form.receipts.query.push_str(key);
        }
        self.read_receipts();
    }

    pub(in crate::view) fn receipts_erase(&mut self) {
        self.form.receipts.query.pop();
        self.read_receipts();
    }

    pub(in crate::view) fn receipts_clear(&mut self) {
        self.form.receipts.query.clear();
        self.read_receipts();
    }

    pub(super) fn read_receipts(&self) {
        let fragment = self.form.receipts.query.clone();
        self.ask(Query::Receipts { fragment: fragment.clone() }, Asked::Receipts(fragment));
    }

    /// What was found. A document whose name has just come has another paper now.
    pub(super) fn receipts_found(&mut self, found: Vec<Document>) {
        let named = |form: &ReceiptsForm| form.document().map(Document::has_receipt);
        let before = named(&self.form.receipts);
        self.form.receipts.found = found;
        let after = named(&self.form.receipts);
        if after.is_some() && (before != after || self.form.receipts.picture.is_none()) {
            self.picture_receipt();
        }
    }

    pub(in crate::view) fn choose_receipt(&mut self, document: &str) {
        self.form.receipts.given = None;
        self.form.receipts.picture = None;
        self.form.receipts.chosen = document.parse().ok();
        self.picture_receipt();
    }

    fn picture_receipt(&self) {
        let Some(document) = self.form.receipts.document() else { return };
        let paper = self.paper_of(document.id, document.has_receipt());
        self.ask(Query::PaperPicture { paper }, Asked::Receipt(document.id));
    }

    /// Once more: the loop counts what came out, so that there is never a second original.
    pub(in crate::view) fn print_receipt(&mut self) {
        let Some(document) = self.form.receipts.document() else { return };
        let paper = self.paper_of(document.id, document.has_receipt());
        self.send(Input::Paper(PaperInput::Print { paper }));
    }

    /// A paper of the chosen document is on its way.
    pub(in crate::view) fn prints_receipt(&self) -> bool {
        let chosen = self.form.receipts.chosen;
        chosen.is_some() && self.is_printing(|paper| paper.document() == chosen)
    }

    pub(in crate::view) fn name_receipt(&mut self) {
        let Some(id) = self.form.receipts.chosen else { return };
        self.go(Page::Documents);
        self.choose_unnamed(&id.to_string());
    }

    /// Nobody was told of the chosen document, and its vehicle or its things are here; the loop has the last word.
    pub(in crate::view) fn may_void(&self) -> bool {
        let (Some(document), Some(state)) = (self.form.receipts.document(), self.state()) else {
            return false;
        };
        let waits = state.unnamed.get(&document.id).is_some_and(Document::is_named_by_hand);
        waits
            && match document.issued_for.subject() {
                Subject::Visit(visit) => {
                    state.visits.get(&visit).is_some_and(|visit| visit.is_paid_by(document.id))
                }
                // One that is over has to be read first.
                Subject::Order(order) => {
                    state.orders.get(&order).is_none_or(|order| order.without(document).is_some())
                }
                Subject::Refund(_) => false,
            }
    }

    pub(in crate::view) fn open_void(&mut self) {
        if let Some(original) = self.form.receipts.document().cloned() {
            self.form.receipts.given = None;
            self.form.receipts.refund = RefundForm::void(original);
            self.go(Page::Refund);
        }
    }

    pub(in crate::view) fn open_refund(&mut self, without: bool) {
        let original = self.form.receipts.document().filter(|_| !without).cloned();
        if without || original.is_some() {
            self.form.receipts.given = None;
            let suggested = self.form.receipts.suggested.take();
            self.form.receipts.refund = RefundForm::of(original);
            self.form.receipts.refund.suggest(suggested);
            self.go(Page::Refund);
        }
    }

    /// The credit is a fact: it is shown, and its paper comes.
    pub(super) fn show_credit(&mut self, credit: DocumentId) {
        if !self.form.receipts.of_visit {
            self.form.receipts.query.clear();
        }
        self.form.receipts.chosen = Some(credit);
        self.form.receipts.picture = None;
        self.go(Page::Receipts);
    }
}
