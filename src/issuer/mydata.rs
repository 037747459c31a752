//! Documents this program tells myDATA itself, for a business that may do so: which ones they are, and as what they are told.

use super::channel::{Asking, Issuer, NotIssuable, Telling};
use crate::domain::document::{Document, DocumentKind, DocumentName};
use crate::domain::money::Rate;
use crate::domain::sale::Line;
use crate::domain::settings::{IssuingRules, Settings};
use crate::mydata::classification::{Classification, Classifications, SERVICES};
use crate::mydata::compose::{ComposeError, compose};
use crate::mydata::invoice::{Invoice, Party};
use crate::mydata::issue::{Issue, Original, Terms};
use crate::mydata::kinds::{InvoiceType, LostConnection, PaymentMeans, VatCategories};
use crate::mydata::request::Layout;
use crate::mydata::worker::Sought;
use jiff::civil::Date;

/// myDATA, told by this program for the business.
#[derive(Debug, Clone, Copy)]
pub struct MyData;

impl Issuer for MyData {
    /// Invoices go this way only as long as the law lets them: the owner writes the last day down.
    fn issues(&self, settings: &Settings, kind: &DocumentKind, day: Date) -> bool {
        match kind {
            DocumentKind::Retail => true,
            DocumentKind::Invoice { .. } => settings.issuing.invoices_until.is_some_and(|last| day <= last),
        }
    }

    fn telling(&self, settings: &Settings, document: &Document) -> Result<Telling, NotIssuable> {
        let invoice = invoice(settings, document, LostConnection::ToMyData)?;
        Ok(Telling::MyData { layout: layout(&settings.issuing), invoice: Box::new(invoice) })
    }

    fn asking(&self, settings: &Settings, document: &Document) -> Result<Asking, NotIssuable> {
        let sought = sought(settings, document)?;
        Ok(Asking::MyData { layout: layout(&settings.issuing), sought: Box::new(sought) })
    }
}

/// As which type a document is told.
fn kind_of(settings: &Settings, document: &Document) -> InvoiceType {
    match (&document.kind, document.is_credit()) {
        (_, false) => sale_kind(settings, document),
        (DocumentKind::Retail, true) => InvoiceType::RetailCredit,
        (DocumentKind::Invoice { .. }, true) => InvoiceType::Credit,
    }
}

/// As which type a sale is told, or the one that a credit takes back: goods on it make a sale of goods of the whole.
pub(super) fn sale_kind(settings: &Settings, document: &Document) -> InvoiceType {
    let has_goods = document.sale.lines.iter().any(|line| settings.catalogue.is_goods(line));
    match (&document.kind, has_goods) {
        (DocumentKind::Retail, true) => InvoiceType::RetailSale,
        (DocumentKind::Retail, false) => InvoiceType::RetailService,
        (DocumentKind::Invoice { .. }, true) => InvoiceType::Sale,
        (DocumentKind::Invoice { .. }, false) => InvoiceType::Service,
    }
}

/// The document as myDATA takes it, whoever tells it; `lost` is the connection that was lost, where one was.
///
/// # Errors
/// Says why there is none: it would certainly be refused.
pub(super) fn invoice(
    settings: &Settings,
    document: &Document,
    lost: LostConnection,
) -> Result<Invoice, ComposeError> {
    let kind = kind_of(settings, document);
    let terms = terms(settings, document);
    let lost_connection = document.lost_connection().then_some(lost);
    let original = document.credit.as_ref().map(|credit| {
        let mark = match credit.of.as_ref().map(|original| &original.name) {
            Some(DocumentName::Mark { mark }) => Some(*mark),
            // A fiscal machine's receipt has no MARK that could be named.
            Some(DocumentName::Fim { .. }) | None => None,
        };
        Original { mark, kind: sale_kind(settings, document) }
    });
    compose(&Issue { lost_connection, original, ..Issue::new(document, kind) }, &terms)
}

/// What a look-up looks for: everything above what was known before the first try is read, whatever its day.
///
/// # Errors
/// As [`invoice`].
fn sought(settings: &Settings, document: &Document) -> Result<Sought, ComposeError> {
    let after = document.at_issuer.as_ref().map_or(0, |at_issuer| at_issuer.cursor);
    let identity = invoice(settings, document, LostConnection::ToMyData)?.identity;
    Ok(Sought { identity, after, narrow: false })
}

/// Where the calls stand.
const fn layout(rules: &IssuingRules) -> Layout {
    if rules.test_environment { Layout::Test } else { Layout::Production }
}

/// What in the settings could never be told, over whatever way: a rate without a category, a classification myDATA does not have. A sentence for
/// each.
pub fn faults(settings: &Settings) -> Vec<String> {
    let rates = VatCategories::default();
    let has_category = |rate: Rate| rates.0.iter().any(|row| row.rate == rate);
    let mut faults = Vec::new();
    let vat = settings.catalogue.vat;
    if !has_category(vat) {
        faults.push(format!("myDATA has no VAT category for {}", vat.printed()));
    }
    if vat == Rate(0) && settings.issuing.exemption.is_none() {
        faults.push("nothing says why there is no VAT: write vat_exemption, 1 to 31".to_owned());
    }
    for (code, (category, e3)) in &settings.issuing.classifications {
        let classification = Classification::new(category, e3);
        if !InvoiceType::ALL.into_iter().any(|kind| classification.is_allowed_on(kind)) {
            faults.push(format!("{code}: myDATA has no classification {classification}"));
        }
    }
    faults
}

pub(super) fn terms(settings: &Settings, document: &Document) -> Terms {
    let kind = sale_kind(settings, document);
    let issuer = Party { afm: settings.business.afm.clone(), branch: document.branch };
    let rules = &settings.issuing;
    let by_code = document.sale.lines.iter().map(|line| {
        let told = rules.classifications.get(&line.code);
        let told = told.map(|(category, e3)| Classification::new(category, e3));
        (line.code.clone(), told.unwrap_or_else(|| usual(settings, line, kind)))
    });
    Terms {
        exemption: rules.exemption,
        deposit: rules.deposit.and_then(PaymentMeans::from_code),
        voucher: rules.voucher.and_then(PaymentMeans::from_code),
        classifications: Classifications { all: None, by_code: by_code.collect() },
        ..Terms::new(issuer)
    }
}

/// Labour keeps its own category on a document of goods.
fn usual(settings: &Settings, line: &Line, kind: InvoiceType) -> Classification {
    let usual = Classification::usual(kind);
    if settings.catalogue.is_goods(line) {
        usual
    } else {
        Classification { category: SERVICES.to_owned(), ..usual }
    }
}
