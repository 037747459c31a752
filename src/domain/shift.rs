//! One cashier's duty over one drawer, and the figures it adds up. Figures are sums of stored document figures, never
//! computed again from totals.

use super::document::{Document, DocumentKind};
use super::ids::{DocumentId, ShiftId};
use super::money::Cents;
use super::operator::OperatorId;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// What a shift's documents add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Retail documents.
    pub retail: u32,
    /// Invoices.
    pub invoices: u32,
    /// Sum of the documents, VAT included.
    pub gross: Cents,
    /// Sum of their net amounts.
    pub net: Cents,
    /// Sum of their VAT.
    pub vat: Cents,
    /// What cash paid, change taken off.
    pub cash: Cents,
    /// What cards paid.
    pub card: Cents,
    /// Tips, apart from revenue.
    pub tips: Cents,
    /// What discounts took off.
    pub discounts: Cents,
    /// Visits settled without a document.
    pub no_document: u32,
    /// Drawer openings without a sale.
    pub no_sale: u32,
}

impl Figures {
    /// Adds one document's stored figures.
    pub fn add(&mut self, document: &Document) {
        match document.kind {
            DocumentKind::Retail => self.retail += 1,
            DocumentKind::Invoice { .. } => self.invoices += 1,
        }
        self.gross += document.totals.gross;
        self.net += document.totals.net();
        self.vat += document.totals.vat_amount();
        self.cash += document.payment.cash;
        self.card += document.payment.card;
        self.tips += document.payment.tips;
        self.discounts += document.totals.discount;
    }
}

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Its name.
    pub id: ShiftId,
    /// Who answers for the drawer.
    pub operator: OperatorId,
    /// When it began.
    pub opened: Stamp,
    /// Cash in the drawer at the start.
    pub float: Cents,
    /// What happened since.
    pub figures: Figures,
    /// Its end, once counted.
    pub closed: Option<Closing>,
}

/// The end of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Stamp,
    /// What the cashier counted, before the expected sum was shown.
    pub counted: Cents,
    /// What the figures say.
    pub expected: Cents,
}

impl Shift {
    /// Cash that should be in the drawer.
    pub fn expected_cash(&self) -> Cents {
        self.float + self.figures.cash
    }
}

/// A drawer opening that has not reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerAsk {
    /// For this document.
    pub document: Option<DocumentId>,
    /// It failed, or was asked for in an earlier run: the cashier is offered it again.
    pub stale: bool,
}
