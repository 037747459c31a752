//! How documents are handed to a certified e-invoicing provider (ΥΠΑΗΕΣ). Every provider has paths, names and ways of its own,
//! and few write them down for everybody: whatever differs between two of them is said here by the owner, from the
//! provider's own papers, and has a usual value only where several do the same.

use super::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In which form a provider takes documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// AADE's own XML, passed through.
    #[default]
    Xml,
    /// JSON with the provider's names.
    Json,
}

/// How the XML is posted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Posted {
    /// It is the body.
    #[default]
    Plain,
    /// It is a field of a form.
    Form {
        /// The field.
        field: String,
    },
}

/// How a look-up asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Everything stands in the address.
    #[default]
    Get,
    /// What stands behind the question mark is posted as a form.
    Post,
}

/// What a look-up's address may say of a document, as words in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// `{key}`: the name that we gave the request.
    Key,
    /// `{uid}`: the UID.
    Uid,
    /// `{afm}`: the issuer.
    Afm,
    /// `{branch}`: the establishment.
    Branch,
    /// `{type}`: the document's type, `11.2`.
    Type,
    /// `{series}`.
    Series,
    /// `{number}`: the number in the series.
    Number,
    /// `{date}`: the day of issue, `2026-10-05`.
    Date,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Key, Self::Uid, Self::Afm, Self::Branch, Self::Type, Self::Series, Self::Number, Self::Date];

    /// As it stands in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Key => "{key}",
            Self::Uid => "{uid}",
            Self::Afm => "{afm}",
            Self::Branch => "{branch}",
            Self::Type => "{type}",
            Self::Series => "{series}",
            Self::Number => "{number}",
            Self::Date => "{date}",
        }
    }

    /// Whether these places name one document and no other.
    pub fn name_one(places: &[Self]) -> bool {
        let has = |place| places.contains(&place);
        has(Self::Key) || has(Self::Uid) || has(Self::Type) && has(Self::Series) && has(Self::Number)
    }
}

/// The places an address has.
///
/// # Errors
/// Gives back words in braces that are no place.
pub fn places(address: &str) -> Result<Vec<Place>, String> {
    let mut found = Vec::new();
    let mut rest = address;
    while let Some((_, tail)) = rest.split_once('{') {
        let (word, after) = tail.split_once('}').ok_or_else(|| format!("{{{tail}"))?;
        let word = format!("{{{word}}}");
        found.push(Place::ALL.into_iter().find(|place| place.word() == word).ok_or(word)?);
        rest = after;
    }
    Ok(found)
}

/// A thing we say in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The key: a second request with it does nothing.
    Key,
    /// The type, `11.2`.
    Type,
    /// The series, or what the provider calls it ([`ProviderRules::series_as`]).
    Series,
    /// The number.
    Number,
    /// The day.
    Date,
    /// The AFM that issues.
    Issuer,
    /// The establishment.
    Branch,
    /// `EUR`.
    Currency,
    /// It was handed over without a connection: 1.
    LostConnection,
    /// The customer's AFM.
    CustomerAfm,
    /// … country.
    CustomerCountry,
    /// … establishment.
    CustomerBranch,
    /// MARKs of what a credit takes back.
    Correlated,
    /// Without VAT.
    Net,
    /// The VAT.
    Vat,
    /// The whole.
    Total,
    /// What is to be paid.
    Payable,
    /// The list of payments.
    Payments,
    /// Of a payment: its means.
    PaymentType,
    /// … its amount.
    PaymentAmount,
    /// … its tip.
    PaymentTip,
    /// The only means of payment, for a provider without a list of them.
    OnlyPayment,
    /// The list of lines.
    Lines,
    /// Of a line: its number.
    LineNumber,
    /// … what was sold.
    LineName,
    /// … how many: always 1, of what the line comes to.
    LineQuantity,
    /// … price of one, without VAT.
    LinePrice,
    /// … without VAT.
    LineNet,
    /// … the rate, in per cent.
    LineVatRate,
    /// … AADE's number of the rate.
    LineVatCategory,
    /// … the VAT.
    LineVat,
    /// … the whole.
    LineTotal,
    /// … AADE's category of income.
    LineCategory,
    /// … AADE's E3 type.
    LineE3,
    /// … why there is no VAT, 1 to 31.
    LineExemption,
}

impl Said {
    /// All of them, with the words of the configuration and the usual names. What is not usual is left out.
    pub const ALL: [(Self, &'static str, &'static str); 35] = [
        (Self::Key, "key", "external_id"),
        (Self::Type, "type", "invoice_type_code"),
        (Self::Series, "series", "billing_book_id"),
        (Self::Number, "number", "num"),
        (Self::Date, "date", "issue_date"),
        (Self::Issuer, "issuer", "issuer_vat"),
        (Self::Branch, "branch", "branch"),
        (Self::Currency, "currency", ""),
        (Self::LostConnection, "lost_connection", "transmission_failure"),
        (Self::CustomerAfm, "customer_vat", "counterpart.vat"),
        (Self::CustomerCountry, "customer_country", "counterpart.country_code"),
        (Self::CustomerBranch, "customer_branch", "counterpart.branch"),
        (Self::Correlated, "correlated", "correlated_invoices"),
        (Self::Net, "net", "net_total_amount"),
        (Self::Vat, "vat", "vat_total_amount"),
        (Self::Total, "total", "total_amount"),
        (Self::Payable, "payable", "payable_total_amount"),
        (Self::Payments, "payments", "payment_methods"),
        (Self::PaymentType, "payment_type", "type"),
        (Self::PaymentAmount, "payment_amount", "amount"),
        (Self::PaymentTip, "payment_tip", "tip_amount"),
        (Self::OnlyPayment, "only_payment", ""),
        (Self::Lines, "lines", "invoice_lines"),
        (Self::LineNumber, "line_number", "line_number"),
        (Self::LineName, "line_name", "name"),
        (Self::LineQuantity, "line_quantity", "quantity"),
        (Self::LinePrice, "line_price", "unit_price"),
        (Self::LineNet, "line_net", "net_total_price"),
        (Self::LineVatRate, "line_vat_rate", "vat_rate"),
        (Self::LineVatCategory, "line_vat_category", ""),
        (Self::LineVat, "line_vat", "vat_total"),
        (Self::LineTotal, "line_total", "subtotal"),
        (Self::LineCategory, "line_category", "classification_category"),
        (Self::LineE3, "line_e3", "classification_type"),
        (Self::LineExemption, "line_exemption", "vat_exemption_code"),
    ];
}

/// A thing an answer says, as a path of names with dots between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// How it went.
    Status,
    /// The MARK.
    Mark,
    /// The UID.
    Uid,
    /// The authentication code.
    Authentication,
    /// The address behind the QR.
    Qr,
    /// The code of each error.
    ErrorCode,
    /// The words of each error.
    ErrorText,
    /// Of a look-up: what the document comes to, to be compared with ours.
    Total,
    /// Of a look-up: the document's number, to be compared with ours.
    Number,
}

impl Heard {
    /// All of them, with the words of the configuration and the usual names in XML (AADE's own) and in JSON.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 9] = [
        (Self::Status, "status", "response.statusCode", "status"),
        (Self::Mark, "mark", "response.invoiceMark", "my_data_mark"),
        (Self::Uid, "uid", "response.invoiceUid", "my_data_uid"),
        (Self::Authentication, "authentication", "response.authenticationCode", "authentication_code"),
        (Self::Qr, "qr", "response.qrUrl", "qr_url"),
        (Self::ErrorCode, "error_code", "response.errors.error.code", "errors.code"),
        (Self::ErrorText, "error_text", "response.errors.error.message", "errors.message"),
        (Self::Total, "total", "", "total_amount"),
        (Self::Number, "number", "", "num"),
    ];
}

/// What the words of an answer mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meanings {
    /// Values of [`Heard::Status`] that say yes; a yes without a MARK is none.
    pub yes: Vec<String>,
    /// … that say no.
    pub no: Vec<String>,
    /// … that say that it is being dealt with: it is asked about later.
    pub pending: Vec<String>,
    /// Values of [`Heard::Status`] or [`Heard::ErrorCode`] by which a look-up says that it is not there.
    pub absent: Vec<String>,
    /// Statuses of HTTP under which a request was read and refused.
    pub no_http: Vec<u16>,
    /// The status of HTTP by which a look-up says that it is not there.
    pub absent_http: Option<u16>,
}

/// What stands on papers of a provider's documents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProviderPaper {
    /// The provider's name.
    pub name: Text,
    /// The text of its licence.
    pub licence: Text,
    /// Its address in the web.
    pub site: Text,
    /// The words where the provider could not be reached.
    pub lost_connection: Text,
}

/// The words on a paper when the business could not reach its provider, unless the owner writes others.
pub const LOST_CONNECTION: &str = "Απώλεια Διασύνδεσης Οντότητας – Παρόχου";

/// How documents are handed to the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderRules {
    /// The form.
    pub family: Family,
    /// Invoices to businesses go this way too; otherwise their MARK is typed.
    pub invoices: bool,
    /// The provider drives the card terminal, or signs the payment, by itself: then card payments are told. Otherwise such a
    /// sale is refused before any money moves.
    pub signs_cards: bool,
    /// Below the host: where documents are posted.
    pub send: String,
    /// Below the host: where one is asked for, with [`Place`]s.
    pub look_up: String,
    /// How it is asked for.
    pub asked: Asked,
    /// How XML is posted.
    pub posted: Posted,
    /// The header that carries the key of a request.
    pub key_header: Option<String>,
    /// What the provider calls a series of ours, where it has a name of its own for it.
    pub series_as: BTreeMap<String, String>,
    /// What the provider calls a means of payment, by AADE's number; its number where nothing is said.
    pub payment_as: BTreeMap<u8, String>,
    /// The names we say things by; without one a thing is left out.
    pub said: BTreeMap<Said, String>,
    /// The names we hear things by; without one a thing is not looked for.
    pub heard: BTreeMap<Heard, String>,
    /// What the words of an answer mean.
    pub meanings: Meanings,
    /// What stands on papers.
    pub paper: ProviderPaper,
}

impl ProviderRules {
    /// What is usual in a family; the simulators do it so.
    pub fn usual(family: Family) -> Self {
        let named = |name: &'static str| Some(name.to_owned()).filter(|name| !name.is_empty());
        let said = Said::ALL.into_iter().filter_map(|(said, _, name)| Some((said, named(name)?)));
        let heard = Heard::ALL.into_iter().filter_map(|(heard, _, xml, json)| {
            Some((heard, named(if family == Family::Xml { xml } else { json })?))
        });
        let (send, look_up) = match family {
            Family::Xml => (
                "/api/send",
                "/api/status?issuer_vatNumber={afm}&branch={branch}&invoiceType={type}&issueDate={date}&series={series}&aa={number}",
            ),
            Family::Json => ("/api/v1/invoices", "/api/v1/invoices/by-external-id/{key}"),
        };
        Self {
            family,
            invoices: true,
            signs_cards: false,
            send: send.to_owned(),
            look_up: look_up.to_owned(),
            asked: Asked::Get,
            posted: Posted::Plain,
            key_header: None,
            series_as: BTreeMap::new(),
            payment_as: BTreeMap::new(),
            said: said.collect(),
            heard: heard.collect(),
            meanings: Meanings::usual(family),
            paper: ProviderPaper { lost_connection: Text::new(LOST_CONNECTION), ..ProviderPaper::default() },
        }
    }

    /// The name we say a thing by.
    pub fn name_of(&self, said: Said) -> Option<&str> {
        self.said.get(&said).map(String::as_str)
    }

    /// The path an answer says a thing at.
    pub fn path_of(&self, heard: Heard) -> Option<&str> {
        self.heard.get(&heard).map(String::as_str)
    }
}

impl Default for ProviderRules {
    fn default() -> Self {
        Self::usual(Family::default())
    }
}

impl Meanings {
    fn usual(family: Family) -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match family {
            Family::Xml => Self {
                yes: words(&["Success"]),
                no: words(&["ValidationError", "XMLSyntaxError"]),
                pending: Vec::new(),
                absent: words(&["104"]),
                no_http: Vec::new(),
                absent_http: None,
            },
            Family::Json => Self {
                yes: words(&["issued"]),
                no: words(&["rejected"]),
                pending: words(&["pending"]),
                absent: Vec::new(),
                no_http: vec![409, 422],
                absent_http: Some(404),
            },
        }
    }
}
