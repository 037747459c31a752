//! What the registry holds, as it lists it. A page is believed whole or not at all: an item that cannot be named, or
//! that is of no kind we know, makes the page unreadable, because "it is not there" must never rest on something we
//! failed to read.

use super::message::{ListQuery, Operation};
use super::reply::Answer;
use super::transport::HttpReply;
use super::xml::{self, Element};
use crate::domain::entry::ClientType;
use crate::domain::text::Text;
use crate::domain::time::ATHENS;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

/// Longest continuation token taken, in bytes.
const TOKEN_BYTES_MAX: usize = 2048;

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listing {
    /// There is more: ask the same again with this.
    pub token: Option<String>,
    /// Whose entries these are.
    pub entity_vat: Option<Text>,
    /// Entries, each with its updates merged.
    pub entries: Vec<ListedEntry>,
    /// Updates, one by one.
    pub updates: Vec<ListedUpdate>,
    /// Correlations.
    pub correlations: Vec<ListedCorrelation>,
    /// Cancellations. A cancelled entry may still stand among [`Listing::entries`].
    pub cancellations: Vec<ListedCancellation>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedEntry {
    /// Its number (`idDcl`).
    pub id: i64,
    /// Kind of business; absent when the registry knows more kinds than we do.
    pub client_type: Option<ClientType>,
    /// When it was made (or, after an outage, when the vehicle came).
    pub created: Option<Timestamp>,
    /// Establishment.
    pub branch: Option<u32>,
    /// It was sent after an outage.
    pub after_outage: bool,
    /// The plate, whichever field it stood in.
    pub plate: Option<Text>,
    /// The plate stood in the foreign field.
    pub is_foreign: bool,
    /// The entry it replaces or continues.
    pub replaces: Option<i64>,
    /// The recurring customer's AFM.
    pub customer_vat: Option<Text>,
    /// Its comments; ours begin with the visit's mark.
    pub comments: Option<Text>,
    /// All updates so far, merged.
    pub merged: Option<ListedUpdate>,
}

/// One update, or several merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUpdate {
    /// Its own number; of merged ones, the latest.
    pub id: i64,
    /// The entry.
    pub entry: i64,
    /// It completes the entry.
    pub completes: bool,
    /// When the registry took the completion.
    pub completed: Option<Timestamp>,
    /// Code of the kind of service.
    pub category: Option<i64>,
    /// Code of the kind of document.
    pub invoice_kind: Option<i64>,
    /// No document will be issued.
    pub no_document: bool,
    /// Code of the reason why not.
    pub reason: Option<i64>,
    /// The counterparty's AFM.
    pub counterparty: Option<Text>,
    /// Its comments.
    pub comments: Option<Text>,
}

/// One correlation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCorrelation {
    /// Its own number.
    pub id: i64,
    /// The document, by its MARK.
    pub mark: Option<i64>,
    /// The document, by its fiscal machine.
    pub fim: Option<ListedFim>,
    /// The entries.
    pub entries: Vec<i64>,
}

/// The receipt of a fiscal machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFim {
    /// The machine's number.
    pub number: Text,
    /// The receipt's number.
    pub aa: i64,
    /// Date on it.
    pub date: Option<civil::Date>,
    /// Time on it.
    pub time: Option<civil::Time>,
}

/// One cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCancellation {
    /// Its own number.
    pub id: i64,
    /// The entry.
    pub entry: i64,
    /// The day, in Athens.
    pub date: Option<civil::Date>,
}

impl Listing {
    /// Reads one page.
    ///
    /// # Errors
    /// With the answer's meaning when it is no page; that is never [`Answer::Accepted`].
    pub fn read(reply: &HttpReply) -> Result<Self, Answer> {
        if reply.status != 200 {
            return Err(Answer::from_status(reply.status, &reply.body));
        }
        let root = xml::read(&reply.body)
            .map_err(|error| Answer::unknown(&format!("AADE's listing cannot be read: {error}")))?;
        match root.name.as_str() {
            "RequestedDoc" => {
                page(&root).ok_or_else(|| Answer::unknown("an item of AADE's listing has no number"))
            }
            "ResponseDoc" => Err(Answer::from_response(Operation::List, &root)),
            other => Err(Answer::unknown(&format!("AADE's listing is a {other}"))),
        }
    }

    /// The request for the page after this one; nothing after the last.
    pub fn next(&self, asked: &ListQuery) -> Option<ListQuery> {
        self.token.clone().map(|token| ListQuery { token: Some(token), ..asked.clone() })
    }

    /// The highest number on the page: the cursor of whoever has seen it all.
    pub fn highest(&self) -> Option<i64> {
        let entries = self.entries.iter().map(|entry| entry.id);
        let updates = self.updates.iter().map(|update| update.id);
        let correlations = self.correlations.iter().map(|correlation| correlation.id);
        let cancellations = self.cancellations.iter().map(|cancellation| cancellation.id);
        entries.chain(updates).chain(correlations).chain(cancellations).max()
    }

    /// Adds what a later page holds; its token takes the place of ours.
    pub fn extend(&mut self, later: Self) {
        self.token = later.token;
        self.entity_vat = later.entity_vat.or_else(|| self.entity_vat.take());
        self.entries.extend(later.entries);
        self.updates.extend(later.updates);
        self.correlations.extend(later.correlations);
        self.cancellations.extend(later.cancellations);
    }
}

/// The lists of a page, and what each holds.
const LISTS: [(&str, &str); 4] = [
    ("clientsDoc", "DigitalClient"),
    ("updateclientRequestsDoc", "UpdateClientRequest"),
    ("clientcorrelationsRequestsDoc", "ClientCorrelationsRequest"),
    ("cancelClientRequestsDoc", "CancelClientRequest"),
];

fn page(root: &Element) -> Option<Listing> {
    let [entries, updates, correlations, cancellations] = LISTS;
    if root.children.iter().any(has_unknown) {
        return None;
    }
    Some(Listing {
        token: token(root)?,
        entity_vat: text(root, "entityVatNumber"),
        entries: each(root, entries, entry)?,
        updates: each(root, updates, |item| update(item, None))?,
        correlations: each(root, correlations, correlation)?,
        cancellations: each(root, cancellations, cancellation)?,
    })
}

/// Whether something of a kind we do not know stands where items stand: a list under another name, another kind of item,
/// or words. The registry's words of its own, which hold nothing, may be any.
fn has_unknown(child: &Element) -> bool {
    match LISTS.iter().find(|(list, _)| *list == child.name) {
        Some((_, item)) => {
            child.children.iter().any(|found| found.name != *item) || !child.text.trim().is_empty()
        }
        None => !child.children.is_empty(),
    }
}

/// The token, if there is one; nothing when it cannot be followed. One cut short would lead to the wrong place, and one
/// overlooked to the end.
fn token(root: &Element) -> Option<Option<String>> {
    let mut written = root.values("continuationToken");
    match (written.next(), written.next()) {
        (Some(token), None) if token.len() <= TOKEN_BYTES_MAX => Some(Some(token.to_owned())),
        (None, _) => Some(None),
        (Some(_), _) => None,
    }
}

/// Reads every item of a list; nothing as soon as one cannot be read.
fn each<T>(
    root: &Element,
    (list, item): (&str, &str),
    read: impl Fn(&Element) -> Option<T>,
) -> Option<Vec<T>> {
    root.children(list).flat_map(|list| list.children(item)).map(read).collect()
}

fn entry(item: &Element) -> Option<ListedEntry> {
    let initial = only(item, "InitialClientData")?;
    let id = id(initial, "idDcl")?;
    let vehicle = initial.child("useCase").and_then(|use_case| use_case.children.first());
    let plate = |name| vehicle.and_then(|vehicle| text(vehicle, name));
    let (domestic, foreign) = (plate("vehicleRegistrationNumber"), plate("foreignVehicleRegistrationNumber"));
    let merged = match item.child("UpdatedClientData") {
        Some(merged) => Some(update(merged, Some(id))?),
        None => None,
    };
    Some(ListedEntry {
        id,
        client_type: number(initial, "clientServiceType").and_then(ClientType::from_code),
        created: instant(initial, "creationDateTime"),
        branch: number(initial, "branch").and_then(|branch| u32::try_from(branch).ok()),
        after_outage: number(initial, "transmissionFailure") == Some(1),
        is_foreign: domestic.is_none() && foreign.is_some(),
        plate: domestic.or(foreign),
        replaces: number(initial, "correlatedDclId"),
        customer_vat: text(initial, "customerVatNumber"),
        comments: text(initial, "comments"),
        merged,
    })
}

/// `entry` is the entry it stands in, for merged updates that do not repeat it.
fn update(item: &Element, entry: Option<i64>) -> Option<ListedUpdate> {
    Some(ListedUpdate {
        id: id(item, "updateUniqueId")?,
        entry: id(item, "initialDclId").or(entry)?,
        completes: flag(item, "entryCompletion"),
        completed: instant(item, "completionDateTime"),
        category: number(item, "providedServiceCategory"),
        invoice_kind: number(item, "invoiceKind"),
        no_document: flag(item, "nonIssueInvoice"),
        reason: number(item, "reasonNonIssueType"),
        counterparty: text(item, "invoiceCounterparty"),
        comments: text(item, "comments"),
    })
}

/// A correlation whose document cannot be read might be the very one that is looked for: it spoils the page.
fn correlation(item: &Element) -> Option<ListedCorrelation> {
    let entries: Option<Vec<i64>> =
        item.children("correlatedDCLids").map(|id| id.own_text()?.parse().ok()).collect();
    let (mark, fim) = (number(item, "mark"), item.child("FIM").and_then(fim));
    if mark.is_none() && fim.is_none() {
        return None;
    }
    let id = id(item, "correlateId").or_else(|| id(item, "clientCorrelationID"))?;
    Some(ListedCorrelation { id, mark, fim, entries: entries? })
}

fn fim(item: &Element) -> Option<ListedFim> {
    Some(ListedFim {
        // One of invisible signs alone is nobody's of ours, and no reason to disbelieve the page.
        number: item.value("FIMNumber").map(Text::new)?,
        aa: number(item, "FIMAA")?,
        date: item.value("FIMIssueDate").and_then(|date| date.get(..10)?.parse().ok()),
        time: item.value("FIMIssueTime").and_then(|time| time.get(..8)?.parse().ok()),
    })
}

fn cancellation(item: &Element) -> Option<ListedCancellation> {
    Some(ListedCancellation {
        id: id(item, "cancellationID")?,
        entry: id(item, "dclid")?,
        date: item.value("cancellationDate").and_then(|date| date.get(..10)?.parse().ok()),
    })
}

fn number(item: &Element, name: &str) -> Option<i64> {
    item.value(name)?.parse().ok()
}

/// The one child of a name. Of two, nobody can say which is meant.
fn only<'a>(item: &'a Element, name: &'a str) -> Option<&'a Element> {
    let mut named = item.children(name);
    named.next().filter(|_| named.next().is_none())
}

fn id(item: &Element, name: &str) -> Option<i64> {
    only(item, name)?.own_text()?.parse().ok().filter(|id| *id > 0)
}

fn flag(item: &Element, name: &str) -> bool {
    matches!(item.value(name), Some("true" | "1"))
}

fn text(item: &Element, name: &str) -> Option<Text> {
    item.value(name).map(Text::new).filter(|text| !text.is_empty())
}

fn instant(item: &Element, name: &str) -> Option<Timestamp> {
    read_instant(item.value(name)?)
}

/// An instant as the registry may write it: with `Z` or an offset, or, as a rule, in Athens time without one; with
/// or without a fraction. In the hour that comes twice in autumn the first of the two is meant.
pub fn read_instant(written: &str) -> Option<Timestamp> {
    if let Ok(instant) = written.parse::<Timestamp>() {
        return Some(instant);
    }
    let local: civil::DateTime = written.parse().ok()?;
    ATHENS.to_timestamp(local).ok()
}
