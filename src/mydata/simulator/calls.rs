//! What each call does: who is spoken for, what the rules say, and what is kept before anything is answered.

use super::address::Parameters;
use super::answer::{self, Verdict};
use super::rules::{self, Case, Violation};
use super::script::Call;
use super::state::{Channel, Record, What};
use super::{Simulator, listing, schema, uid};
use crate::aade::simulator::delivery::Outcome;
use crate::aade::simulator::xml::{self, Node};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Most documents of one message.
const INVOICES_MAX: usize = 5_000;

/// A request that got as far as a caller and a call.
pub(super) struct Admitted<'a> {
    pub(super) channel: Channel,
    pub(super) call: Call,
    pub(super) afm: String,
    pub(super) parameters: Parameters,
    pub(super) body: &'a [u8],
    pub(super) now: Timestamp,
}

impl Simulator {
    /// The AFM spoken for, where that is allowed.
    fn spoken_for(&self, caller: &str, entity: Option<&str>) -> Result<String, Vec<Violation>> {
        let afm = entity.filter(|entity| !entity.is_empty()).unwrap_or(caller).to_owned();
        let mandate = (caller.to_owned(), afm.clone());
        if caller == afm || self.options.mandates.contains(&mandate) {
            return Ok(afm);
        }
        let message = format!("User is not authorized for VAT number {afm}");
        Err(vec![Violation { code: 105, message }])
    }

    /// The documents of a message, or what to answer instead.
    fn read<'a>(
        &mut self,
        body: &[u8],
        document: &schema::Document,
        root: &'a mut Node,
    ) -> Result<&'a [Node], Outcome> {
        if body.is_empty() {
            return Err(Outcome::new(400, "General Exception Error".to_owned()));
        }
        let violations = match xml::parse(body) {
            Ok(read) => {
                *root = read;
                schema::violations(root, document)
            }
            Err(fault) => vec![fault],
        };
        if violations.is_empty() {
            return Ok(&root.children);
        }
        self.counts.refused += 1;
        Err(Outcome::new(200, answer::not_valid(&violations)))
    }

    pub(super) fn send(&mut self, request: &Admitted<'_>) -> Outcome {
        let mut root = Node::default();
        let invoices = match self.read(request.body, &schema::INVOICES_DOC, &mut root) {
            Ok(invoices) => invoices,
            Err(outcome) => return outcome,
        };
        if invoices.len() > INVOICES_MAX {
            self.counts.refused += 1;
            let message = format!("More than {INVOICES_MAX} invoices");
            return Outcome::new(200, answer::refused(&[Violation { code: 265, message }]));
        }
        let mut uids = BTreeSet::new();
        let mut verdicts = Vec::new();
        for invoice in invoices {
            let uid = uid::uid(invoice);
            let mut violations = self.judge(request, invoice, &uid);
            if !uids.insert(uid.clone()) {
                let message = format!("UID {uid} stands twice in this message");
                violations.push(Violation { code: 275, message });
            }
            let verdict = if violations.is_empty() {
                self.take(request, invoice, uid)
            } else {
                self.counts.refused += 1;
                Ok(Verdict::Refused(violations))
            };
            match verdict {
                Ok(verdict) => verdicts.push(verdict),
                Err(outcome) => return outcome,
            }
        }
        Outcome::new(200, answer::sent(&verdicts))
    }

    fn judge(&self, request: &Admitted<'_>, invoice: &Node, uid: &str) -> Vec<Violation> {
        rules::judge(&Case {
            invoice,
            channel: request.channel,
            caller: &request.afm,
            uid,
            books: &self.books,
            today: answer::ATHENS.to_datetime(request.now).date(),
            options: &self.options,
        })
    }

    /// Gives a document its MARK, and cancels the one it replaces.
    fn take(&mut self, request: &Admitted<'_>, invoice: &Node, uid: String) -> Result<Verdict, Outcome> {
        let replaced = self.books.holding(&uid);
        let afm = invoice.child("issuer").and_then(|issuer| issuer.get("vatNumber")).unwrap_or_default();
        let what = What::Invoice { uid: uid.clone(), channel: request.channel, document: invoice.clone() };
        let mark = self.keep(afm, request.now, what)?;
        if let Some(earlier) = replaced {
            let what = What::Cancelled { mark: earlier, replaced_by: Some(mark) };
            self.keep(afm, request.now, what)?;
            self.counts.replaced += 1;
        }
        let authentication = match request.channel {
            Channel::Erp => None,
            Channel::Provider => Some(uid::authentication(invoice, &uid, mark)),
        };
        self.counts.accepted += 1;
        let qr = answer::qr(&self.options.qr_base, &uid);
        Ok(Verdict::Accepted { uid, mark, authentication, qr })
    }

    /// Makes a record durable before anything is answered.
    fn keep(&mut self, afm: &str, at: Timestamp, what: What) -> Result<i64, Outcome> {
        let record = Record { mark: self.books.next_mark(), afm: afm.to_owned(), at, what };
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.keep(record.mark, &record)) {
            tracing::warn!(%error, "the simulator could not keep a record");
            return Err(Outcome::new(500, "Internal server error".to_owned()));
        }
        let mark = record.mark;
        self.books.apply(record);
        Ok(mark)
    }

    pub(super) fn cancel(&mut self, request: &Admitted<'_>) -> Outcome {
        let Some(mark) = request.parameters.get("mark").and_then(|mark| mark.parse().ok()) else {
            return Outcome::new(400, "mark is missing".to_owned());
        };
        let entity = request.parameters.get("entityVatNumber").map(String::as_str);
        let judged = self.spoken_for(&request.afm, entity).and_then(|afm| {
            let violations = rules::later::cancel(&self.books, &afm, mark);
            if violations.is_empty() { Ok(afm) } else { Err(violations) }
        });
        let what = What::Cancelled { mark, replaced_by: None };
        self.settle(judged, request.now, "cancellationMark", what)
    }

    pub(super) fn pay(&mut self, request: &Admitted<'_>) -> Outcome {
        let mut root = Node::default();
        let payments = match self.read(request.body, &schema::PAYMENTS_DOC, &mut root) {
            Ok(payments) => payments,
            Err(outcome) => return outcome,
        };
        // A till tells one document's payments at a time, and so does this myDATA.
        let [payments] = payments else {
            let message = "More than one document".to_owned();
            return self.refuse(&[Violation { code: 265, message }]);
        };
        let judged = self.spoken_for(&request.afm, payments.get("entityVatNumber")).and_then(|afm| {
            let violations = rules::later::pay(&self.books, &afm, request.channel, payments);
            if violations.is_empty() { Ok(afm) } else { Err(violations) }
        });
        let mark = payments.get("invoiceMark").and_then(|mark| mark.parse().ok()).unwrap_or_default();
        let what = What::Paid { mark, payments: payments.clone() };
        self.settle(judged, request.now, "paymentMethodMark", what)
    }

    fn settle(
        &mut self,
        judged: Result<String, Vec<Violation>>,
        now: Timestamp,
        name: &str,
        what: What,
    ) -> Outcome {
        let afm = match judged {
            Ok(afm) => afm,
            Err(violations) => return self.refuse(&violations),
        };
        match self.keep(&afm, now, what) {
            Ok(mark) => {
                self.counts.accepted += 1;
                Outcome::new(200, answer::done(name, mark))
            }
            Err(outcome) => outcome,
        }
    }

    fn refuse(&mut self, violations: &[Violation]) -> Outcome {
        self.counts.refused += 1;
        Outcome::new(200, answer::refused(violations))
    }

    pub(super) fn list(&mut self, request: &Admitted<'_>) -> Outcome {
        let entity = request.parameters.get("entityVatNumber").map(String::as_str);
        let afm = match self.spoken_for(&request.afm, entity) {
            Ok(afm) => afm,
            Err(violations) => return self.refuse(&violations),
        };
        let size = self.script.page_size.unwrap_or(self.options.page_size).max(1);
        let wanted = listing::Wanted::read(&request.parameters, afm, request.call == Call::RequestDocs);
        match wanted {
            Ok(wanted) => Outcome::new(200, wanted.page(&self.books, &self.options, size)),
            Err(words) => Outcome::new(400, words.to_owned()),
        }
    }
}
