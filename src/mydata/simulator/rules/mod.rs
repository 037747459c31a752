//! The business rules, by the codes of the official list v2.0.2. Every rule looks at a document that passed the schema and
//! says everything it finds; none stops another.
//!
//! | file | what it judges |
//! |---|---|
//! | `parties` | who issues, to whom, and what the header may say |
//! | `lines` | lines, their VAT, and the sums |
//! | `classification` | what the lines are in the income books |
//! | `links` | documents a document names, replaces or takes back |
//! | `payment` | how it was paid |
//! | [`later`] | the calls about a document told before |

mod classification;
pub(super) mod later;
mod lines;
mod links;
mod parties;
mod payment;

use super::options::Options;
use super::state::{Books, Channel};
use crate::aade::simulator::xml::Node;
use jiff::civil::Date;

/// One reason for a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Violation {
    pub(super) code: u16,
    pub(super) message: String,
}

/// One document before its judges.
pub(super) struct Case<'a> {
    pub(super) invoice: &'a Node,
    pub(super) channel: Channel,
    /// AFM of the account that calls.
    pub(super) caller: &'a str,
    pub(super) uid: &'a str,
    pub(super) books: &'a Books,
    /// The day, in Athens.
    pub(super) today: Date,
    pub(super) options: &'a Options,
}

/// What the judges found.
#[derive(Default)]
pub(super) struct Found(Vec<Violation>);

impl Found {
    pub(super) fn says(&mut self, code: u16, message: impl Into<String>) {
        self.0.push(Violation { code, message: message.into() });
    }

    pub(super) fn says_if(&mut self, wrong: bool, code: u16, message: &str) {
        if wrong {
            self.says(code, message);
        }
    }

    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.0
    }
}

impl Case<'_> {
    fn header(&self) -> &Node {
        self.invoice.child("invoiceHeader").unwrap_or(self.invoice)
    }

    fn summary(&self) -> &Node {
        self.invoice.child("invoiceSummary").unwrap_or(self.invoice)
    }

    fn kind(&self) -> &str {
        self.header().get("invoiceType").unwrap_or_default()
    }

    /// A family of types: `11.` or `1.`.
    fn is_of(&self, family: &str) -> bool {
        self.kind().starts_with(family)
    }

    fn lines(&self) -> impl Iterator<Item = &Node> {
        self.invoice.children("invoiceDetails")
    }

    fn payments(&self) -> impl Iterator<Item = &Node> {
        let methods = self.invoice.children("paymentMethods");
        methods.flat_map(|methods| methods.children("paymentMethodDetails"))
    }
}

/// Everything that is wrong with a document, in the order it is looked for.
pub(super) fn judge(case: &Case<'_>) -> Vec<Violation> {
    let mut found = Found::default();
    for rule in [
        parties::judge,
        payment::is_told,
        lines::judge,
        lines::sums,
        classification::judge,
        links::judge,
        payment::judge,
    ] {
        rule(case, &mut found);
    }
    found.into_violations()
}

/// An amount the schema allowed, in cents; what is absent is nothing.
fn cents(node: &Node, name: &str) -> i64 {
    let Some(text) = node.get(name) else { return 0 };
    let (euro, rest) = text.split_once('.').unwrap_or((text, ""));
    let euro: i64 = euro.trim_start_matches('+').parse().unwrap_or(0);
    let cent: i64 = format!("{rest:0<2}").get(..2).and_then(|cent| cent.parse().ok()).unwrap_or(0);
    euro * 100 + cent
}
