//! What happens to a document after its sale.

use super::By;
use crate::domain::document::DocumentName;
use crate::domain::ids::{DocumentId, VisitId};
use crate::domain::issuing::News;
use crate::domain::money::Cents;
use crate::domain::payment::Tender;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// What happens to a document after its sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum DocumentInput {
    /// Money goes back to a customer who has a document of ours.
    Refund {
        /// The document that is taken back.
        document: DocumentId,
        /// How much; all that is left where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Cents>,
        /// How it goes back.
        tenders: Vec<Tender>,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A payment nobody has been told of yet is taken back: the visit is to be paid anew.
    Void {
        /// Its document.
        document: DocumentId,
        /// Why.
        reason: String,
        /// Who.
        by: By,
    },
    /// Cash goes back to somebody without a document that is known here.
    RefundWithout {
        /// How much.
        amount: Cents,
        /// To whom: a name, a telephone number.
        given_to: String,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The authority's name of a document was typed or scanned.
    Name {
        /// The document.
        document: DocumentId,
        /// The name.
        name: TypedName,
        /// It was asked about a difference and meant it.
        even_if_different: bool,
    },
    /// A document issued elsewhere is for these visits.
    Correlate {
        /// Its name.
        name: TypedName,
        /// The visits.
        visits: Vec<VisitId>,
    },
    /// An issuer answered with a document's name.
    Reported {
        /// The document.
        document: DocumentId,
        /// The name.
        name: DocumentName,
        /// The address behind its QR.
        qr: Option<String>,
    },
    /// myDATA was heard of a document, or not.
    IssuerSaid {
        /// The document.
        document: DocumentId,
        /// How often it had been sent.
        n: u32,
        /// What is known of it now.
        news: News,
    },
    /// What myDATA refused was put right: the document is to be sent again.
    IssueAgain {
        /// The document.
        document: DocumentId,
    },
}

/// The authority's name of a document, as a person gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "typed", rename_all = "snake_case")]
pub enum TypedName {
    /// Anything a scanner read: a fiscal machine's QR, or a code with a MARK in it.
    Scanned {
        /// The code.
        code: String,
    },
    /// A MARK.
    Mark {
        /// As typed.
        mark: String,
    },
    /// A fiscal machine's receipt.
    Fim {
        /// Serial number of the machine.
        machine: String,
        /// Number of the receipt.
        number: String,
        /// Date and time on it; the instant of typing when left out.
        at: Option<civil::DateTime>,
    },
}
