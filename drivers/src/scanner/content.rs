//! What a code is, whatever scanner read it: [`Reader`].
//!
//! It recognises, it does not interpret: the receipt of a fiscal machine, or a document with a MARK, is called one and handed
//! on as it is, to whoever books it.

use super::Scan;
use super::gs1::{self, Elements};
use super::gtin::Gtin;
use super::in_store::{InStore, InStoreItem};
use super::ticket::{TicketCheck, TicketCodes};

/// What a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A ticket of ours, with its number.
    Ticket {
        /// Its number.
        number: String,
    },
    /// It looks like one of ours and was not made with our key.
    ForeignTicket,
    /// The code on a paper of the Greek tax office's.
    TaxPaper(TaxPaper),
    /// Something of the shop's own label scale.
    InStore(InStoreItem),
    /// An article.
    Article(Gtin),
    /// Fields by the rules of GS1.
    Gs1(Elements),
    /// Anything else.
    Text,
}

/// Which of the tax office's papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxPaper {
    /// A receipt of a fiscal machine (ΦΗΜ): machine, number, signature and total are in the code.
    FiscalReceipt,
    /// A document with its MARK in the code.
    Mark,
    /// A document on myDATA's pages whose MARK only those pages tell.
    MydataPage,
}

/// Recognises codes by what they say.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The shop's tickets, if it has any.
    pub tickets: Option<TicketCodes>,
    /// The shop's own labels.
    pub in_store: InStore,
}

impl Default for Reader {
    fn default() -> Self {
        Self { tickets: None, in_store: InStore::greece() }
    }
}

impl Reader {
    /// What a code is.
    #[must_use]
    pub fn recognise(&self, scan: &Scan) -> Content {
        match self.tickets.as_ref().map(|tickets| tickets.read(&scan.text)) {
            Some(TicketCheck::Ours { number }) => return Content::Ticket { number },
            Some(TicketCheck::NotMadeHere) => return Content::ForeignTicket,
            Some(TicketCheck::Other) | None => {}
        }
        if let Some(paper) = tax_paper(scan) {
            return Content::TaxPaper(paper);
        }
        if let Some(elements) = gs1_of(scan) {
            return Content::Gs1(elements);
        }
        match Gtin::parse(&scan.text) {
            Some(gtin) => self.in_store.read(gtin).map_or(Content::Article(gtin), Content::InStore),
            None => Content::Text,
        }
    }
}

fn gs1_of(scan: &Scan) -> Option<Elements> {
    let by_rule = scan.symbology.is_some_and(super::Symbology::is_gs1) || scan.data.contains(super::keys::GS);
    if by_rule { Some(gs1::parse(&scan.data)) } else { gs1::parse_link(&scan.text) }
}

/// Machine (3 letters, 8 digits), number (8), signature (40).
const SIGNED: usize = 59;
/// A MARK has fifteen digits and begins with 4.
const MARK_DIGITS: usize = 15;

fn tax_paper(scan: &Scan) -> Option<TaxPaper> {
    let gs1 = scan.symbology.is_some_and(super::Symbology::is_gs1);
    let upper = scan.text.to_ascii_uppercase();
    if upper.split_once("SIG=").is_some_and(|(_, rest)| is_signed(rest)) {
        Some(TaxPaper::FiscalReceipt)
    } else if !gs1 && scan.text.split(|c: char| !c.is_ascii_digit()).any(is_mark) {
        Some(TaxPaper::Mark)
    } else if upper.contains("/TIMOLOGIOQR/") {
        Some(TaxPaper::MydataPage)
    } else {
        None
    }
}

fn is_mark(run: &str) -> bool {
    run.len() == MARK_DIGITS && run.starts_with('4')
}

fn is_signed(rest: &str) -> bool {
    let Some(signed) = rest.as_bytes().get(..SIGNED) else { return false };
    let (machine, rest) = signed.split_at(3);
    let (numbers, signature) = rest.split_at(16);
    machine.iter().all(u8::is_ascii_uppercase)
        && numbers.iter().all(u8::is_ascii_digit)
        && signature.iter().all(u8::is_ascii_hexdigit)
}
