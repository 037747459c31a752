//! One try and one look-up over whatever transport there is. What they mean is decided in [`super::issuing`]; here bytes
//! become [`News`] and [`Found`].

use super::identity::Identity;
use super::invoice::Invoice;
use super::issuing::{Found, News};
use super::kinds::InvoiceType;
use super::reply::Answer;
use super::request::{Cancellation, LaterPayments, Layout, Request, TransmittedQuery};
use super::transmitted::{ListedInvoice, Transmitted};
use crate::aade::transport::{HttpReply, HttpRequest, Transport, TransportError};
use crate::domain::entry::Hindrance;
use crate::domain::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Pages of one look-up; beyond it the look-up is incomplete.
pub const PAGES_MAX: u32 = 10_000;

/// What one try came to, and its reply for the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What happened.
    pub news: News,
    /// Status and body, or the failure.
    pub reply: String,
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
pub async fn send(transport: &dyn Transport, layout: Layout, invoice: &Invoice) -> Tried {
    exchange(transport, layout, Request::Send(vec![invoice.clone()])).await
}

/// Cancels one document, which only makes sense before it was handed over.
pub async fn cancel(transport: &dyn Transport, layout: Layout, mark: i64) -> Tried {
    exchange(transport, layout, Request::Cancel(Cancellation { mark, entity_vat: None })).await
}

/// Tells payments of a document told before.
pub async fn pay(transport: &dyn Transport, layout: Layout, payments: LaterPayments) -> Tried {
    exchange(transport, layout, Request::Pay(payments)).await
}

async fn exchange(transport: &dyn Transport, layout: Layout, request: Request) -> Tried {
    let operation = request.operation();
    let answered = transport.exchange(request.to_http(layout)).await;
    let reply = match &answered {
        Ok(reply) => format!("{}\n\n{}", reply.status, String::from_utf8_lossy(&reply.body)),
        Err(error) => error.to_string(),
    };
    let news = match answered {
        Ok(reply) => News::Answered(Answer::read(operation, &reply)),
        Err(TransportError::NeverSent(_)) => News::NeverLeft,
        Err(TransportError::Lost(why)) => News::Lost(Text::new(&why)),
    };
    Tried { news, reply }
}

/// Reads everything that was told after the cursor and says what became of a document. It always reads to the end: a later
/// page may hold what replaced, or cancelled, what an earlier page holds.
pub async fn look_up(transport: &dyn Transport, layout: Layout, sought: &Sought) -> Found {
    let mut query = sought.query();
    let mut seen = Seen::default();
    for _ in 0..PAGES_MAX {
        let page = match read_page(transport, Request::Transmitted(query.clone()).to_http(layout)).await {
            Ok(page) => page,
            Err(found) => return found,
        };
        let next = page.next(&query);
        seen.take(page, &sought.identity);
        match next {
            Some(next) if next != query => query = next,
            Some(_) => return broken_off("the listing repeats its page", Hindrance::Link),
            None => return seen.found(),
        }
    }
    broken_off("the listing has no end", Hindrance::Link)
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
                Found::There { mark: there.mark, uid: there.uid.clone(), qr: there.qr.clone() }
            }
            (None, Some(mark)) => Found::Cancelled { mark },
            (None, None) => Found::Absent,
        }
    }
}

fn broken_off(why: &str, hindrance: Hindrance) -> Found {
    Found::Incomplete { why: Text::new(why), hindrance }
}

async fn read_page(transport: &dyn Transport, request: HttpRequest) -> Result<Transmitted, Found> {
    let reply: HttpReply =
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
