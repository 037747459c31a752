//! From a document of ours to an invoice of myDATA, or the reason why it is none. What would certainly be refused is
//! refused here, in words; nothing is corrected on the way.
//!
//! Amounts come from the document's own figures: for each rate net and VAT are those printed, and where things of one rate
//! are classified differently they are spread over the classifications to the cent, so that the lines add up to exactly
//! what the customer holds.

use super::classification::Classification;
use super::identity::{BadSeries, Identity, Series};
use super::invoice::{Binding, Invoice, InvoiceLine, Party, PaymentDetail};
use super::issue::{Issue, Original, Terms};
use super::kinds::{EXEMPT, InvoiceType, PaymentMeans};
use crate::domain::customer::{BadTaxNumber, TaxNumber};
use crate::domain::document::{Document, DocumentKind};
use crate::domain::money::{Cents, Rate, VatRow, spread};
use crate::domain::payment::Means;
use std::collections::BTreeMap;

/// Characters of a fiscal machine's session.
const SESSION_CHARS: usize = 6;
/// Longest serial number of a fiscal machine.
const MACHINE_CHARS_MAX: usize = 15;
/// Longest number of a provider.
const PROVIDER_CHARS_MAX: usize = 20;
/// Longest number of a terminal.
const TERMINAL_CHARS_MAX: usize = 200;

/// Why a document cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// The series.
    #[error(transparent)]
    Series(#[from] BadSeries),
    /// The issuer's own number.
    #[error("the AFM of the business cannot be right: {0}")]
    Issuer(#[source] BadTaxNumber),
    /// An invoice to nobody.
    #[error("a document of type {0} names the business it goes to")]
    NoCounterpart(InvoiceType),
    /// A receipt to a business.
    #[error("a document of type {0} names nobody: issue an invoice to a business")]
    Counterpart(InvoiceType),
    /// An invoice across a border.
    #[error("a document of type {0} goes to a Greek business, not to {1}")]
    Foreign(InvoiceType, TaxNumber),
    /// An invoice to oneself.
    #[error("the business would send this document to itself")]
    ToItself,
    /// A rate without a category.
    #[error("myDATA has no VAT category for {} on that day: look at the VAT rates", .0.printed())]
    Rate(Rate),
    /// No VAT, and no reason.
    #[error("nothing says why there is no VAT: the accountant knows the exemption (1 to 31)")]
    Exemption,
    /// A classification the table does not have.
    #[error("{classification} may not stand on a document of type {kind}")]
    Classification {
        /// The type that decides: of a credit, its original's.
        kind: InvoiceType,
        /// The classification.
        classification: Classification,
    },
    /// A credit of nothing, or of what it cannot take back.
    #[error("a document of type {0} takes back one document that it can take back, by its MARK")]
    Original(InvoiceType),
    /// A link that this type may not have.
    #[error("a document of type {0} names no other documents")]
    Connected(InvoiceType),
    /// An amount below zero.
    #[error("an amount of the document is below zero")]
    Negative,
    /// The figures contradict each other.
    #[error("the figures of the document do not add up")]
    Totals,
    /// Payments that pay something else.
    #[error("{} was paid, and the document is over {}", paid.with_comma(), gross.with_comma())]
    Payments {
        /// The sum of the payments.
        paid: Cents,
        /// What was to be paid.
        gross: Cents,
    },
    /// A deposit set off, and nobody has said as what it is told.
    #[error("nothing says as which means of payment a deposit is told: the accountant knows it (1 to 8)")]
    Deposit,
    /// A voucher, and nobody has said as what it is told.
    #[error("nothing says as which means of payment a voucher is told: the accountant knows it (1 to 8)")]
    Voucher,
    /// What a card terminal said cannot be told.
    #[error("what the card terminal said cannot be right: {0}")]
    Card(&'static str),
}

/// Makes the invoice.
///
/// # Errors
/// Says why there is none.
pub fn compose(issue: &Issue<'_>, terms: &Terms) -> Result<Invoice, ComposeError> {
    let payments = payments(issue, terms)?;
    Ok(Invoice {
        identity: identity(issue, terms)?,
        lost_connection: issue.lost_connection,
        counterpart: counterpart(issue, &terms.issuer.afm)?,
        correlated: correlated(issue)?,
        connected: connected(issue)?,
        payments,
        lines: lines(issue, terms)?,
    })
}

fn identity(issue: &Issue<'_>, terms: &Terms) -> Result<Identity, ComposeError> {
    let Document { series, number, issued, .. } = issue.document;
    TaxNumber::parse("GR", &terms.issuer.afm).map_err(ComposeError::Issuer)?;
    Ok(Identity {
        issuer: terms.issuer.afm.clone(),
        date: issued.date(),
        branch: terms.issuer.branch,
        kind: issue.kind,
        series: Series::try_from(series.clone())?,
        number: *number,
    })
}

fn counterpart(issue: &Issue<'_>, issuer: &str) -> Result<Option<Party>, ComposeError> {
    match (&issue.document.kind, issue.kind.names_counterpart()) {
        (DocumentKind::Retail, false) => Ok(None),
        (DocumentKind::Retail, true) => Err(ComposeError::NoCounterpart(issue.kind)),
        (DocumentKind::Invoice { .. }, false) => Err(ComposeError::Counterpart(issue.kind)),
        (DocumentKind::Invoice { customer }, true) if customer.country != "GR" => {
            Err(ComposeError::Foreign(issue.kind, customer.clone()))
        }
        (DocumentKind::Invoice { customer }, true) if customer.number == issuer => {
            Err(ComposeError::ToItself)
        }
        (DocumentKind::Invoice { customer }, true) => {
            Ok(Some(Party { afm: customer.number.clone(), branch: issue.counterpart_branch }))
        }
    }
}

/// The type whose classifications a document carries.
fn classified_as(issue: &Issue<'_>) -> Result<InvoiceType, ComposeError> {
    match (issue.kind.is_credit(), issue.original) {
        (false, None) => Ok(issue.kind),
        (true, Some(original)) if is_taken_back(issue.kind, original) => Ok(original.kind),
        (true, _) | (false, Some(_)) => Err(ComposeError::Original(issue.kind)),
    }
}

/// A credit of an invoice names it. A retail credit may take back what has no MARK.
fn is_taken_back(kind: InvoiceType, original: Original) -> bool {
    let is_named = original.mark.map_or(kind == InvoiceType::RetailCredit, |mark| mark > 0);
    kind.credits().contains(&original.kind) && is_named
}

fn correlated(issue: &Issue<'_>) -> Result<Vec<i64>, ComposeError> {
    classified_as(issue)?;
    let is_correlated = issue.kind == InvoiceType::Credit;
    Ok(issue.original.filter(|_| is_correlated).and_then(|original| original.mark).into_iter().collect())
}

fn connected(issue: &Issue<'_>) -> Result<Vec<i64>, ComposeError> {
    let original = issue.original.filter(|_| issue.kind == InvoiceType::RetailCredit);
    match issue.kind {
        InvoiceType::Credit | InvoiceType::RetailSale | InvoiceType::RetailService
            if !issue.connected.is_empty() =>
        {
            Err(ComposeError::Connected(issue.kind))
        }
        _ => Ok(original
            .and_then(|original| original.mark)
            .into_iter()
            .chain(issue.connected.clone())
            .collect()),
    }
}

/// What each classification of one rate has of the lines before discounts, in the order of the lines.
type Shares = Vec<(Classification, Cents)>;

fn lines(issue: &Issue<'_>, terms: &Terms) -> Result<Vec<InvoiceLine>, ComposeError> {
    let document = issue.document;
    let rows = &document.totals.vat;
    let adds_up = rows.iter().all(|row| row.net + row.vat == row.gross)
        && rows.iter().map(|row| row.gross).sum::<Cents>() == document.totals.gross;
    if !adds_up || rows.is_empty() {
        return Err(ComposeError::Totals);
    }
    let shares = shares(issue, terms)?;
    let mut lines = Vec::new();
    for row in rows {
        let shares = shares.get(&row.rate).ok_or(ComposeError::Totals)?;
        lines.extend(split(row, shares, issue, terms)?);
    }
    if lines.iter().map(|line| line.net + line.vat).sum::<Cents>() != document.totals.gross {
        return Err(ComposeError::Totals);
    }
    // What a discount took whole is told only when nothing else is left to tell.
    if lines.iter().any(|line| line.net + line.vat != Cents::ZERO) {
        lines.retain(|line| line.net + line.vat != Cents::ZERO);
    }
    Ok(lines)
}

fn shares(issue: &Issue<'_>, terms: &Terms) -> Result<BTreeMap<Rate, Shares>, ComposeError> {
    let kind = classified_as(issue)?;
    let mut by_rate: BTreeMap<Rate, Shares> = BTreeMap::new();
    let sale = &issue.document.sale;
    for (line, gross) in sale.lines.iter().zip(sale.grosses()) {
        let classification = terms.classifications.of(&line.code, kind);
        if !classification.is_allowed_on(kind) {
            return Err(ComposeError::Classification { kind, classification });
        }
        let shares = by_rate.entry(line.vat).or_default();
        match shares.iter_mut().find(|(known, _)| *known == classification) {
            Some((_, sum)) => *sum += gross,
            None => shares.push((classification, gross)),
        }
    }
    Ok(by_rate)
}

/// One rate's figures over its classifications. Net and gross are spread by the same shares, and a share of the net is
/// never more than the same share of the gross.
fn split(
    row: &VatRow,
    shares: &Shares,
    issue: &Issue<'_>,
    terms: &Terms,
) -> Result<Vec<InvoiceLine>, ComposeError> {
    let vat_category =
        terms.vat.of(row.rate, issue.document.issued.date()).ok_or(ComposeError::Rate(row.rate))?;
    let exemption = match (vat_category == EXEMPT, terms.exemption) {
        (true, Some(reason @ 1..=31)) => Some(reason),
        (true, _) => return Err(ComposeError::Exemption),
        (false, _) => None,
    };
    let amounts: Vec<Cents> = shares.iter().map(|(_, gross)| *gross).collect();
    if amounts.iter().chain([&row.net, &row.vat]).any(|amount| *amount < Cents::ZERO) {
        return Err(ComposeError::Negative);
    }
    // Things that cost nothing have no proportion to spread by; what they come to is nothing.
    let gross = spread(row.gross, &amounts);
    let net = spread(row.net, &gross);
    let parts = shares.iter().zip(net.into_iter().zip(gross));
    Ok(parts
        .map(|((classification, _), (net, gross))| InvoiceLine {
            net,
            vat_category,
            vat: gross - net,
            exemption,
            classification: classification.clone(),
        })
        .collect())
}

fn payments(issue: &Issue<'_>, terms: &Terms) -> Result<Vec<PaymentDetail>, ComposeError> {
    let payments = match &issue.payments {
        Some(payments) => payments.clone(),
        None => paid(issue.document, terms)?,
    };
    if payments.iter().any(|payment| payment.amount < Cents::ZERO || payment.tip < Cents::ZERO) {
        return Err(ComposeError::Negative);
    }
    let (paid, gross) = (payments.iter().map(|payment| payment.amount).sum(), issue.document.totals.gross);
    if paid != gross || payments.is_empty() {
        return Err(ComposeError::Payments { paid, gross });
    }
    payments.iter().try_for_each(check_card)?;
    Ok(payments)
}

/// What our own payment says. Nothing to pay is told as no cash.
fn paid(document: &Document, terms: &Terms) -> Result<Vec<PaymentDetail>, ComposeError> {
    let payment = &document.payment;
    let detail = |means, amount, tip| PaymentDetail { means, amount, tip, card: None };
    let mut paid = Vec::new();
    if payment.cash != Cents::ZERO {
        paid.push(detail(PaymentMeans::Cash, payment.cash, Cents::ZERO));
    }
    if payment.card != Cents::ZERO || payment.tips != Cents::ZERO {
        paid.push(detail(PaymentMeans::Card, payment.card, payment.tips));
    }
    for (means, amount) in &payment.others {
        let means = match means {
            Means::Cash => PaymentMeans::Cash,
            Means::Card => PaymentMeans::Card,
            Means::Iris => PaymentMeans::Iris,
            Means::Bank => PaymentMeans::DomesticAccount,
            Means::Voucher => terms.voucher.ok_or(ComposeError::Voucher)?,
            Means::Account => PaymentMeans::OnCredit,
            Means::Deposit => terms.deposit.ok_or(ComposeError::Deposit)?,
        };
        paid.push(detail(means, *amount, Cents::ZERO));
    }
    if paid.is_empty() {
        paid.push(detail(PaymentMeans::Cash, Cents::ZERO, Cents::ZERO));
    }
    Ok(paid)
}

pub(super) fn check_card(payment: &PaymentDetail) -> Result<(), ComposeError> {
    let Some(card) = &payment.card else { return Ok(()) };
    if !matches!(payment.means, PaymentMeans::Card | PaymentMeans::Iris) {
        return Err(ComposeError::Card("it stands beside another means of payment"));
    }
    let chars = |text: &crate::domain::text::Text| text.as_str().chars().count();
    if card.terminal_id.as_ref().is_some_and(|text| chars(text) > TERMINAL_CHARS_MAX) {
        return Err(ComposeError::Card("the terminal's number is too long"));
    }
    match &card.bound_by {
        Some(Binding::FiscalMachine { session, .. }) if chars(session) != SESSION_CHARS => {
            Err(ComposeError::Card("the session of the fiscal machine has six characters"))
        }
        Some(Binding::FiscalMachine { author, .. })
            if author.is_empty() || chars(author) > MACHINE_CHARS_MAX =>
        {
            Err(ComposeError::Card("the number of the fiscal machine has up to 15 characters"))
        }
        Some(Binding::Provider { author, signature, .. })
            if author.is_empty() || chars(author) > PROVIDER_CHARS_MAX || signature.is_empty() =>
        {
            Err(ComposeError::Card("the provider signs with its number and a signature"))
        }
        Some(Binding::Provider { end_to_end: Some(_), .. }) if payment.means == PaymentMeans::Card => {
            Err(ComposeError::Card("the reference of IRIS stands beside a card"))
        }
        _ => Ok(()),
    }
}
