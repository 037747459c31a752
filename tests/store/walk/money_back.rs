//! Money given back: rightly, twice, too much, of anything, by anybody.

use super::Walk;
use crate::store::person;
use tameio::app::input::{By, DocumentInput, Input};
use tameio::domain::document::Document;
use tameio::domain::ids::DocumentId;
use tameio::domain::money::Cents;
use tameio::domain::payment::{Means, Tender};
use tameio::store::query;
use uuid::Uuid;

impl Walk {
    pub(super) fn money_back(&mut self) -> Input {
        let owner = By { operator: person("A"), approved_by: Some(person("owner")) };
        let by = if self.chance.up_to(2) == 0 { self.by() } else { owner };
        let reason = self.pick(&["παράπονο", "παράπονο", ""]).unwrap_or_default().to_owned();
        if self.chance.up_to(3) == 0 {
            let waiting: Vec<_> = self.terminal().state().unnamed.keys().copied().collect();
            let document = self.pick(&waiting).unwrap_or(DocumentId(Uuid::nil()));
            return Input::Document(DocumentInput::Void { document, reason, by });
        }
        if self.chance.up_to(5) == 0 {
            let given_to = self.word();
            let amount = Cents(i64::try_from(self.chance.up_to(3_000)).unwrap_or_default() - 100);
            return Input::Document(DocumentInput::RefundWithout { amount, given_to, reason, by });
        }
        let Some(original) = self.any_document() else {
            let document = DocumentId(Uuid::nil());
            return Input::Document(DocumentInput::Refund {
                document,
                amount: None,
                tenders: Vec::new(),
                reason,
                by,
            });
        };
        let left = original.left();
        let some = Cents(i64::try_from(self.chance.up_to(1_500)).unwrap_or_default());
        let amount = self.pick(&[None, None, Some(some), Some(left + Cents(1))]).flatten();
        let back = amount.unwrap_or(left);
        let card = original.left_by(Means::Card).min(back);
        let ways = [
            vec![Tender::CardApart { amount: card, tip: Cents::ZERO }, Tender::Cash { given: back - card }],
            vec![Tender::CardApart { amount: card, tip: Cents::ZERO }, Tender::Cash { given: back - card }],
            vec![Tender::Cash { given: back }],
            vec![Tender::OnAccount { amount: back }],
            vec![Tender::CardApart { amount: back, tip: Cents(1) }],
        ];
        let tenders = self.pick(&ways).unwrap_or_default();
        Input::Document(DocumentInput::Refund { document: original.id, amount, tenders, reason, by })
    }

    /// Any document there is, a credit perhaps.
    fn any_document(&mut self) -> Option<Document> {
        let mut documents = Vec::new();
        let sql = self.terminal().store().connection();
        query::each_document(sql, |document| documents.push(document)).expect("they can be read");
        self.pick(&documents)
    }

    /// Nothing was given back twice.
    pub(super) fn check_money_back(&self) {
        let sql = self.terminal().store().connection();
        let mut documents = Vec::new();
        query::each_document(sql, |document| documents.push(document)).expect("they can be read");
        for original in documents.iter().filter(|document| !document.is_credit()) {
            let credits = documents.iter().filter(|credit| credit.takes_back() == Some(original.id));
            let back: Cents = credits.map(|credit| credit.totals.gross).sum();
            assert_eq!(original.credited.gross(), back);
            assert!(back <= original.totals.gross, "more went back than came in");
        }
    }
}
