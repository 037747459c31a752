//! Schema v2.0.1 of invoices and payments as tables, and validation against them. One violation per fault, as a validator
//! gives them; every violation answers 101. Expense classifications and the life of a delivery note, which the real schema
//! has too, are not in the tables: who only sells never sends them.

use super::lists;
use crate::aade::simulator::schema::{boolean, is_amount, is_date, is_time};
use crate::aade::simulator::xml::Node;

/// Namespace of invoices.
pub(super) const INVOICE: &str = "http://www.aade.gr/myDATA/invoice/v1.0";
/// Namespace of income classifications, spelt as AADE spells it.
pub(super) const INCOME: &str = "https://www.aade.gr/myDATA/incomeClassificaton/v1.0";
/// Namespace of payments told afterwards.
pub(super) const PAYMENTS: &str = "https://www.aade.gr/myDATA/paymentMethod/v1.0";

/// What an element may hold.
enum Kind {
    Text,
    /// At most so many characters.
    Max(usize),
    /// Exactly so many characters.
    Exactly(usize),
    /// An integer from … to, both included.
    Int(i64, i64),
    Date,
    Time,
    Boolean,
    /// Not negative, two decimals, fifteen digits.
    Amount,
    /// Greater than nothing.
    Positive,
    /// Greater than nothing, up to 50000, five decimals.
    ExchangeRate,
    /// One of these words.
    OneOf(&'static str),
    Group(&'static [Item]),
}

/// How often an element stands in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    /// Once, or not.
    May,
    /// Once.
    Must,
    /// As often as one likes.
    Any,
    /// At least once.
    Some,
}

/// One element of a sequence.
struct Item {
    namespace: &'static str,
    name: &'static str,
    times: Times,
    kind: Kind,
}

const fn inv(name: &'static str, times: Times, kind: Kind) -> Item {
    Item { namespace: INVOICE, name, times, kind }
}

const fn icls(name: &'static str, times: Times, kind: Kind) -> Item {
    Item { namespace: INCOME, name, times, kind }
}

const fn pay(name: &'static str, times: Times, kind: Kind) -> Item {
    Item { namespace: PAYMENTS, name, times, kind }
}

use Kind::{Amount, Boolean, Date, Exactly, ExchangeRate, Group, Int, Max, OneOf, Positive, Text, Time};
use Times::{Any, May, Must, Some as AtLeastOne};

const INT: Kind = Int(i32::MIN as i64, i32::MAX as i64);
const BYTE: Kind = Int(i8::MIN as i64, i8::MAX as i64);
const LONG: Kind = Int(i64::MIN, i64::MAX);

const ADDRESS: &[Item] = &[
    inv("street", May, Max(150)),
    inv("number", May, Text),
    inv("postalCode", Must, Text),
    inv("city", Must, Max(150)),
];

const PARTY: &[Item] = &[
    inv("vatNumber", Must, Max(30)),
    inv("country", Must, OneOf(lists::COUNTRIES)),
    inv("branch", Must, INT),
    inv("name", May, Max(200)),
    inv("address", May, Group(ADDRESS)),
    inv("documentIdNo", May, Max(100)),
    inv("supplyAccountNo", May, Max(100)),
    inv("countryDocumentId", May, OneOf(lists::COUNTRIES)),
];

const ENTITY: &[Item] = &[inv("type", Must, Int(1, 6)), inv("entityData", Must, Group(PARTY))];

const DELIVERY: &[Item] = &[
    inv("loadingAddress", Must, Group(ADDRESS)),
    inv("deliveryAddress", Must, Group(ADDRESS)),
    inv("startShippingBranch", May, INT),
    inv("completeShippingBranch", May, INT),
];

const HEADER: &[Item] = &[
    inv("series", Must, Max(50)),
    inv("aa", Must, Max(50)),
    inv("issueDate", Must, Date),
    inv("invoiceType", Must, OneOf(lists::INVOICE_TYPES)),
    inv("vatPaymentSuspension", May, Boolean),
    inv("currency", May, OneOf(lists::CURRENCIES)),
    inv("exchangeRate", May, ExchangeRate),
    inv("correlatedInvoices", Any, LONG),
    inv("selfPricing", May, Boolean),
    inv("dispatchDate", May, Date),
    inv("dispatchTime", May, Time),
    inv("vehicleNumber", May, Max(150)),
    inv("movePurpose", May, Int(1, 20)),
    inv("fuelInvoice", May, Boolean),
    inv("specialInvoiceCategory", May, Int(1, 13)),
    inv("invoiceVariationType", May, Int(1, 4)),
    inv("otherCorrelatedEntities", Any, Group(ENTITY)),
    inv("otherDeliveryNoteHeader", May, Group(DELIVERY)),
    inv("isDeliveryNote", May, Boolean),
    inv("otherMovePurposeTitle", May, Max(150)),
    inv("thirdPartyCollection", May, Boolean),
    inv("multipleConnectedMarks", Any, LONG),
    inv("tableAA", May, Max(50)),
    inv("totalCancelDeliveryOrders", May, Boolean),
    inv("reverseDeliveryNote", May, Boolean),
    inv("reverseDeliveryNotePurpose", May, Int(1, 5)),
    inv("toWeigh", May, Boolean),
];

const PROVIDERS_SIGNATURE: &[Item] = &[
    inv("SigningAuthor", Must, Max(20)),
    inv("Signature", Must, Text),
    inv("EndToEndReferenceID", May, Text),
];

const ECR_TOKEN: &[Item] = &[inv("SigningAuthor", Must, Max(15)), inv("SessionNumber", Must, Exactly(6))];

const PAYMENT: &[Item] = &[
    inv("type", Must, Int(1, 8)),
    inv("amount", Must, Amount),
    inv("paymentMethodInfo", May, Text),
    inv("tipAmount", May, Amount),
    inv("transactionId", May, Text),
    inv("tid", May, Max(200)),
    inv("ProvidersSignature", May, Group(PROVIDERS_SIGNATURE)),
    inv("ECRToken", May, Group(ECR_TOKEN)),
];

const PAYMENT_METHODS: &[Item] = &[inv("paymentMethodDetails", AtLeastOne, Group(PAYMENT))];

const INCOME_CLASSIFICATION: &[Item] = &[
    icls("classificationType", May, OneOf(lists::INCOME_TYPES)),
    icls("classificationCategory", Must, OneOf(lists::INCOME_CATEGORIES)),
    icls("amount", Must, Amount),
    icls("id", May, BYTE),
];

const SHIP: &[Item] = &[
    inv("applicationId", Must, Text),
    inv("applicationDate", Must, Date),
    inv("doy", May, Max(150)),
    inv("shipId", Must, Text),
];

const LINE: &[Item] = &[
    inv("lineNumber", Must, Int(1, i32::MAX as i64)),
    inv("recType", May, Int(1, 7)),
    inv("TaricNo", May, Exactly(10)),
    inv("itemCode", May, Max(50)),
    inv("itemDescr", May, Max(300)),
    inv("fuelCode", May, OneOf(lists::FUELS)),
    inv("quantity", May, Positive),
    inv("measurementUnit", May, Int(1, 7)),
    inv("invoiceDetailType", May, Int(1, 2)),
    inv("netValue", Must, Amount),
    inv("vatCategory", Must, Int(1, 10)),
    inv("vatAmount", Must, Amount),
    inv("vatExemptionCategory", May, Int(1, 31)),
    inv("dienergia", May, Group(SHIP)),
    inv("discountOption", May, Boolean),
    inv("withheldAmount", May, Amount),
    inv("withheldPercentCategory", May, Int(1, 18)),
    inv("stampDutyAmount", May, Amount),
    inv("stampDutyPercentCategory", May, Int(1, 4)),
    inv("feesAmount", May, Amount),
    inv("feesPercentCategory", May, Int(1, 22)),
    inv("otherTaxesPercentCategory", May, Int(1, 30)),
    inv("otherTaxesAmount", May, Amount),
    inv("deductionsAmount", May, Amount),
    inv("lineComments", May, Max(150)),
    inv("incomeClassification", Any, Group(INCOME_CLASSIFICATION)),
    inv("quantity15", May, Positive),
    inv("otherMeasurementUnitQuantity", May, INT),
    inv("otherMeasurementUnitTitle", May, Max(150)),
    inv("notVAT195", May, Boolean),
    inv("movePurposeLine", May, Int(1, 20)),
    inv("otherMovePurposeLineTitle", May, Max(150)),
];

const TAX: &[Item] = &[
    inv("taxType", Must, Int(1, 5)),
    inv("taxCategory", May, Int(1, i32::MAX as i64)),
    inv("underlyingValue", May, Amount),
    inv("taxAmount", Must, Amount),
    inv("id", May, BYTE),
];

const TAXES: &[Item] = &[inv("taxes", AtLeastOne, Group(TAX))];

const SUMMARY: &[Item] = &[
    inv("totalNetValue", Must, Amount),
    inv("totalVatAmount", Must, Amount),
    inv("totalWithheldAmount", Must, Amount),
    inv("totalFeesAmount", Must, Amount),
    inv("totalStampDutyAmount", Must, Amount),
    inv("totalOtherTaxesAmount", Must, Amount),
    inv("totalDeductionsAmount", Must, Amount),
    inv("totalGrossValue", Must, Amount),
    inv("incomeClassification", Any, Group(INCOME_CLASSIFICATION)),
];

const INVOICE_ITEMS: &[Item] = &[
    inv("uid", May, Text),
    inv("mark", May, LONG),
    inv("cancelledByMark", May, LONG),
    inv("authenticationCode", May, Text),
    inv("transmissionFailure", May, Int(1, 4)),
    inv("issuer", May, Group(PARTY)),
    inv("counterpart", May, Group(PARTY)),
    inv("invoiceHeader", Must, Group(HEADER)),
    inv("paymentMethods", May, Group(PAYMENT_METHODS)),
    inv("invoiceDetails", AtLeastOne, Group(LINE)),
    inv("taxesTotals", May, Group(TAXES)),
    inv("invoiceSummary", Must, Group(SUMMARY)),
    inv("qrCodeUrl", May, Text),
    inv("downloadingInvoiceUrl", May, Text),
    inv("invoiceDeliveryStatus", May, Int(1, 8)),
];

const PAID: &[Item] = &[
    pay("invoiceMark", Must, LONG),
    pay("paymentMethodMark", May, LONG),
    pay("entityVatNumber", May, Text),
    pay("paymentMethodDetails", AtLeastOne, Group(PAYMENT)),
];

/// A document: its root, and what stands in it.
pub(super) struct Document {
    root: &'static str,
    namespace: &'static str,
    items: &'static [Item],
}

pub(super) const INVOICES_DOC: Document = Document {
    root: "InvoicesDoc",
    namespace: INVOICE,
    items: &[inv("invoice", AtLeastOne, Group(INVOICE_ITEMS))],
};

pub(super) const PAYMENTS_DOC: Document = Document {
    root: "PaymentMethodsDoc",
    namespace: PAYMENTS,
    items: &[pay("paymentMethods", AtLeastOne, Group(PAID))],
};

/// Every way in which a document breaks the schema; none when it is valid.
pub(super) fn violations(root: &Node, document: &Document) -> Vec<String> {
    if root.name != document.root || root.namespace != document.namespace {
        let (namespace, name) = (&root.namespace, &root.name);
        return vec![format!("Could not find schema information for the element '{namespace}:{name}'.")];
    }
    let mut violations = Vec::new();
    group(root, document.items, &mut violations);
    violations
}

/// Walks the children along the sequence: each must stand at the place of the one before, where that repeats, or after it.
fn group(node: &Node, items: &[Item], violations: &mut Vec<String>) {
    own(node, violations);
    if !node.text.trim().is_empty() {
        violations.push(format!("The element '{}' cannot contain text.", node.name));
    }
    let (mut place, mut stood) = (0, false);
    for child in &node.children {
        let fits = |(at, item): &(usize, &Item)| {
            let again = *at == place && stood && !matches!(item.times, Any | AtLeastOne);
            item.name == child.name && item.namespace == child.namespace && !again
        };
        match items.iter().enumerate().skip(place).find(fits) {
            Some((at, item)) => {
                missing(node, items.get((place + usize::from(stood)).min(at)..at), violations);
                (place, stood) = (at, true);
                value(child, &item.kind, violations);
            }
            None => violations
                .push(format!("The element '{}' has invalid child element '{}'.", node.name, child.name)),
        }
    }
    missing(node, items.get(place + usize::from(stood)..), violations);
}

fn missing(node: &Node, items: Option<&[Item]>, violations: &mut Vec<String>) {
    let required = |item: &&Item| matches!(item.times, Must | AtLeastOne);
    for item in items.into_iter().flatten().filter(required) {
        let (holder, name) = (&node.name, item.name);
        violations.push(format!("The element '{holder}' has incomplete content: '{name}' expected."));
    }
}

fn own(node: &Node, violations: &mut Vec<String>) {
    for attribute in &node.attributes {
        violations.push(format!("The '{attribute}' attribute is not declared."));
    }
}

fn value(node: &Node, kind: &Kind, violations: &mut Vec<String>) {
    if let Group(items) = kind {
        return group(node, items, violations);
    }
    own(node, violations);
    if !node.children.is_empty() || !kind.allows(&node.text) {
        let (name, text) = (&node.name, &node.text);
        violations.push(format!("The '{name}' element is invalid: '{text}' is not a valid value."));
    }
}

impl Kind {
    fn allows(&self, text: &str) -> bool {
        let trimmed = text.trim();
        match self {
            Text => true,
            Max(max) => text.chars().count() <= *max,
            Exactly(count) => text.chars().count() == *count,
            Int(from, to) => trimmed.parse::<i64>().is_ok_and(|number| (*from..=*to).contains(&number)),
            // libxml2 takes no white space around a date, and neither does this.
            Date => is_date(text),
            Time => is_time(trimmed),
            Boolean => boolean(trimmed).is_some(),
            Amount => is_amount(trimmed),
            Positive => is_positive(trimmed),
            ExchangeRate => is_positive(trimmed) && is_exchange_rate(trimmed),
            OneOf(words) => words.split(' ').any(|word| word == text),
            Group(_) => false,
        }
    }
}

fn is_positive(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
        && digits.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

fn is_exchange_rate(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.trim_end_matches('0');
    let whole: u64 = whole.trim_start_matches('+').parse().unwrap_or_default();
    decimals.len() <= 5 && (whole < 50_000 || (whole == 50_000 && decimals.is_empty()))
}
