//! One try and one look-up over whatever transport there is. What they mean is decided in [`crate::domain::issuing`]; here bytes
//! become [`News`], [`Heard`] and [`Found`].

use super::identity::Identity;
use super::invoice::Invoice;
use super::kinds::InvoiceType;
use super::reply::Answer;
use super::request::{Cancellation, LaterPayments, Layout, Operation, Request, TransmittedQuery};
use super::transmitted::{ListedInvoice, Transmitted};
use crate::aade::transport::{HttpReply, HttpRequest, Transport, TransportError};
use crate::domain::entry::Hindrance;
use crate::domain::issuing::{Found, News, Objection};
use crate::domain::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Pages of one look-up; beyond it the look-up is incomplete.
pub const PAGES_MAX: u32 = 10_000;

/// What one try came to, and its reply for the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<H> {
    /// What was heard.
    pub heard: H,
    /// Status and body, or the failure.
    pub reply: String,
}

/// What was heard of a call about a document that has its MARK: its cancellation, or its payments. It is no [`News`] of the
/// document itself, whose MARK the answer does not give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "heard", rename_all = "snake_case")]
pub enum Heard {
    /// Done.
    Done {
        /// The number of the cancellation, or of the payments.
        mark: i64,
    },
    /// Refused; the same again would be refused again.
    Refused {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// Nothing was done: it may be tried again.
    NotDone {
        /// What stood in the way.
        why: Text,
    },
    /// It may have been done: [`look_up`] shows whether a document was cancelled, [`look_up_payments`] whether its
    /// payments were told.
    Unknown {
        /// What was seen.
        why: Text,
    },
}

/// Which document is looked up, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// The document.
    pub identity: Identity,
    /// The largest MARK that was known before it was first sent.
    pub after: i64,
    /// Only documents of its own day and type are listed. A narrower list is shorter; whether AADE's filter goes by the day
    /// of issue is not written anywhere, so that it is a setting.
    pub narrow: bool,
}

impl Sought {
    fn query(&self) -> TransmittedQuery {
        let day: Option<Date> = self.narrow.then_some(self.identity.date);
        let kind: Option<InvoiceType> = self.narrow.then_some(self.identity.kind);
        TransmittedQuery { after: self.after, day, kind, ..TransmittedQuery::default() }
    }
}

/// Sends one document.
pub async fn send(transport: &dyn Transport, layout: Layout, invoice: &Invoice) -> Tried<News> {
    let request = Request::Send(vec![invoice.clone()]);
    let answered = transport.exchange(request.to_http(layout)).await;
    let reply = archived(&answered);
    let heard = match answered {
        Ok(reply) => Answer::read(Operation::Send, &reply).into(),
        Err(TransportError::NeverSent(_)) => News::NeverLeft,
        Err(TransportError::Lost(why)) => News::Lost(Text::new(&why)),
    };
    Tried { heard, reply }
}

/// Cancels one document, which only makes sense before it was handed over.
pub async fn cancel(transport: &dyn Transport, layout: Layout, mark: i64) -> Tried<Heard> {
    call(transport, layout, Request::Cancel(Cancellation { mark, entity_vat: None })).await
}

/// Tells payments of a document told before.
pub async fn pay(transport: &dyn Transport, layout: Layout, payments: LaterPayments) -> Tried<Heard> {
    call(transport, layout, Request::Pay(payments)).await
}

async fn call(transport: &dyn Transport, layout: Layout, request: Request) -> Tried<Heard> {
    let answered = transport.exchange(request.to_http(layout)).await;
    let reply = archived(&answered);
    let heard = match answered {
        Ok(reply) => match Answer::read(request.operation(), &reply) {
            Answer::Accepted(accepted) => Heard::Done { mark: accepted.mark },
            Answer::Refused { errors } => Heard::Refused { errors },
            Answer::Throttled => Heard::NotDone { why: Text::new("AADE says: later") },
            Answer::Unauthorized => Heard::NotDone { why: Text::new("AADE does not accept user and key") },
            Answer::BadRequest(technical) => Heard::Unknown { why: Text::new(&technical.text) },
            Answer::Unknown { why, .. } => Heard::Unknown { why },
        },
        Err(error @ TransportError::NeverSent(_)) => Heard::NotDone { why: Text::new(&error.to_string()) },
        Err(error @ TransportError::Lost(_)) => Heard::Unknown { why: Text::new(&error.to_string()) },
    };
    Tried { heard, reply }
}

fn archived(answered: &Result<HttpReply, TransportError>) -> String {
    match answered {
        Ok(reply) => format!("{}\n\n{}", reply.status, String::from_utf8_lossy(&reply.body)),
        Err(error) => error.to_string(),
    }
}

/// Reads everything that was told after the cursor and says what became of a document. It always reads to the end: a later
/// page may hold what replaced, or cancelled, what an earlier page holds.
pub async fn look_up(transport: &dyn Transport, layout: Layout, sought: &Sought) -> Found {
    let mut seen = Seen::default();
    match read_all(transport, layout, sought.query(), |page| seen.take(page, &sought.identity)).await {
        Ok(()) => seen.found(),
        Err((why, hindrance)) => Found::Incomplete { why, hindrance },
    }
}

/// The number under which payments of a document were told after a cursor; none where there are none.
///
/// # Errors
/// When not everything could be read: what was seen, and what stood in the way.
pub async fn look_up_payments(
    transport: &dyn Transport,
    layout: Layout,
    mark: i64,
    after: i64,
) -> Result<Option<i64>, (Text, Hindrance)> {
    let mut latest = None;
    let query = TransmittedQuery { after, ..TransmittedQuery::default() };
    read_all(transport, layout, query, |page| {
        let told = page.payments.iter().filter(|told| told.mark == mark).map(|told| told.payments);
        latest = latest.max(told.max());
    })
    .await?;
    Ok(latest)
}

/// Reads every page of an answer, one at a time.
async fn read_all(
    transport: &dyn Transport,
    layout: Layout,
    mut query: TransmittedQuery,
    mut take: impl FnMut(Transmitted),
) -> Result<(), (Text, Hindrance)> {
    for _ in 0..PAGES_MAX {
        let page = read_page(transport, Request::Transmitted(query.clone()).to_http(layout)).await?;
        let next = page.next(&query);
        take(page);
        match next {
            Some(next) if next != query => query = next,
            Some(_) => return Err((Text::new("the listing repeats its page"), Hindrance::Link)),
            None => return Ok(()),
        }
    }
    Err((Text::new("the listing has no end"), Hindrance::Link))
}

/// What the pages so far held of one document.
#[derive(Default)]
struct Seen {
    documents: Vec<ListedInvoice>,
    cancelled: BTreeSet<i64>,
}

impl Seen {
    fn take(&mut self, page: Transmitted, identity: &Identity) {
        self.cancelled.extend(page.cancellations.into_iter().map(|cancellation| cancellation.mark));
        self.documents.extend(page.invoices.into_iter().filter(|invoice| invoice.is(identity)));
    }

    /// The latest that was not cancelled.
    fn found(self) -> Found {
        let cancelled = self.cancelled;
        let holds =
            |invoice: &&ListedInvoice| invoice.cancelled_by.is_none() && !cancelled.contains(&invoice.mark);
        let latest = self.documents.iter().filter(holds).max_by_key(|invoice| invoice.mark);
        match (latest, self.documents.iter().map(|invoice| invoice.mark).max()) {
            (Some(there), _) => {
                let uid = there.uid.as_ref().map(ToString::to_string);
                Found::There { mark: there.mark, uid, qr: there.qr.clone(), authentication: None }
            }
            (None, Some(mark)) => Found::Cancelled { mark },
            (None, None) => Found::Absent,
        }
    }
}

async fn read_page(
    transport: &dyn Transport,
    request: HttpRequest,
) -> Result<Transmitted, (Text, Hindrance)> {
    let broken_off = |why: &str, hindrance| (Text::new(why), hindrance);
    let reply =
        transport.exchange(request).await.map_err(|error| broken_off(&error.to_string(), Hindrance::Link))?;
    Transmitted::read(&reply).map_err(|answer| broken_off(&format!("{answer:?}"), hindrance(&answer)))
}

/// Refused credentials and "later" are no loss of the line: nobody may be told that there was an outage.
const fn hindrance(answer: &Answer) -> Hindrance {
    match answer {
        Answer::Unauthorized => Hindrance::Credentials,
        Answer::Throttled => Hindrance::Throttled,
        Answer::BadRequest(_) | Answer::Refused { .. } => Hindrance::Refused,
        Answer::Unknown { .. } | Answer::Accepted(_) => Hindrance::Link,
    }
}
