//! One try, one look-up, and one page of the listing, over whatever transport there is. What they mean is decided elsewhere;
//! here bytes become [`Heard`], [`Found`] and [`ListedPage`].

use super::listing::{ListedCorrelation, ListedEntry, ListedFim, Listing};
use super::message::{ListQuery, Operation, Request};
use super::reply::{Answer, NO_CODE};
use super::transport::{HttpReply, HttpRequest, Transport, TransportError};
use crate::domain::difference::{Listed, ListedPage, ListedVehicle, PageWanted};
use crate::domain::document::DocumentName;
use crate::domain::entry::{Found, Heard, Hindrance, MessageKind, Sought, SoughtWhat};
use crate::domain::text::{Language, Text};
use crate::domain::time::Stamp;

/// Pages of one look-up; beyond it the look-up is incomplete and comes again. No listing of a real business is near it.
pub const PAGES_MAX: u32 = 10_000;

/// What one try came to, and its reply for the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What was heard.
    pub heard: Heard,
    /// Status and body, or the failure.
    pub reply: String,
}

/// Sends one request and reads what comes back.
pub async fn exchange(transport: &dyn Transport, kind: MessageKind, request: HttpRequest) -> Tried {
    let answered = transport.exchange(request).await;
    let reply = match &answered {
        Ok(reply) => format!("{}\n\n{}", reply.status, String::from_utf8_lossy(&reply.body)),
        Err(error) => error.to_string(),
    };
    Tried { heard: heard(kind, answered), reply }
}

fn heard(kind: MessageKind, answered: Result<HttpReply, TransportError>) -> Heard {
    let reply = match answered {
        Ok(reply) => reply,
        Err(TransportError::NeverSent(why)) => return Heard::NeverLeft { why: Text::new(&why) },
        Err(TransportError::Lost(why)) => return Heard::Lost { why: Text::new(&why) },
    };
    match Answer::read(operation(kind), &reply) {
        Answer::Accepted { id } => Heard::Accepted { id },
        Answer::Refused { errors } => {
            let code = errors.first().map_or(NO_CODE, |error| error.code.as_str()).to_owned();
            let words: Vec<String> = errors.iter().map(|error| error.told(Language::El)).collect();
            Heard::Refused { code, why: Text::new(&words.join(" · ")) }
        }
        Answer::Throttled => Heard::Throttled,
        Answer::Unauthorized => Heard::Unauthorized,
        Answer::BadRequest { text } => Heard::Refused { code: "400".to_owned(), why: text },
        Answer::Unknown { why } => Heard::Lost { why },
    }
}

const fn operation(kind: MessageKind) -> Operation {
    match kind {
        MessageKind::Create => Operation::Send,
        MessageKind::Update | MessageKind::Complete => Operation::Update,
        MessageKind::Correlate => Operation::Correlate,
        MessageKind::Cancel => Operation::Cancel,
    }
}

/// Reads the listing page by page until the sought thing is found or everything was read. One page is held at a time;
/// what breaks off says at which page, or a long listing over a bad line would never come to its end.
pub async fn look_up(transport: &dyn Transport, sought: &Sought) -> Found {
    let mut query = ListQuery { after: sought.after, token: sought.token.clone(), ..ListQuery::default() };
    for _ in 0..PAGES_MAX {
        let page = match read_page(transport, &query).await {
            Ok(page) => page,
            Err((why, hindrance)) => return broken_off(why, query.token, hindrance),
        };
        if let Some(id) = find(&page, &sought.what) {
            return Found::There { id };
        }
        match page.next(&query) {
            Some(next) if next != query => query = next,
            Some(_) => return broken_off(Text::new("the listing repeats its page"), None, Hindrance::Link),
            None => return Found::Absent,
        }
    }
    broken_off(Text::new("the listing has no end"), None, Hindrance::Link)
}

/// Reads one page of a comparison, reduced to what a comparison needs.
///
/// # Errors
/// With what was seen when the page cannot be had or read.
pub async fn list(transport: &dyn Transport, wanted: &PageWanted) -> Result<ListedPage, Text> {
    let query = ListQuery { after: wanted.after, token: wanted.token.clone(), ..ListQuery::default() };
    let page = read_page(transport, &query).await.map_err(|(why, _)| why)?;
    let next = page.next(&query);
    if next.as_ref() == Some(&query) {
        return Err(Text::new("the listing repeats its page"));
    }
    let entries = page.entries.into_iter().map(|entry| Listed::Entry(vehicle(entry)));
    let updates = page.updates.into_iter().map(|update| match update.completes {
        true => Listed::Completion { id: update.id, entry: update.entry },
        false => Listed::Other { id: update.id },
    });
    let correlations = page.correlations.into_iter().map(|correlation| Listed::Other { id: correlation.id });
    let cancellations = page
        .cancellations
        .into_iter()
        .map(|cancellation| Listed::Cancellation { id: cancellation.id, entry: cancellation.entry });
    let listed = entries.chain(updates).chain(correlations).chain(cancellations).collect();
    Ok(ListedPage { listed, next: next.and_then(|query| query.token) })
}

fn vehicle(entry: ListedEntry) -> ListedVehicle {
    ListedVehicle {
        entry: entry.id,
        client_type: entry.client_type,
        branch: entry.branch,
        plate: entry.plate.unwrap_or_default(),
        is_foreign: entry.is_foreign,
        created: entry.created.map(Stamp::new),
        comments: entry.comments.unwrap_or_default(),
        completed: entry.merged.is_some_and(|merged| merged.completes),
    }
}

/// A question that was refused is not asked again at the same page: the listing may have forgotten its token.
fn broken_off(why: Text, token: Option<String>, hindrance: Hindrance) -> Found {
    let token = token.filter(|_| hindrance != Hindrance::Refused);
    Found::Incomplete { why, token, hindrance }
}

async fn read_page(transport: &dyn Transport, query: &ListQuery) -> Result<Listing, (Text, Hindrance)> {
    let request = Request::List(query.clone()).to_http();
    let reply = transport
        .exchange(request)
        .await
        .map_err(|error| (Text::new(&error.to_string()), Hindrance::Link))?;
    Listing::read(&reply).map_err(|answer| (Text::new(&format!("{answer:?}")), hindrance(&answer)))
}

/// Refused credentials and "later" are no loss of the line: nobody may be told that there was an outage.
const fn hindrance(answer: &Answer) -> Hindrance {
    match answer {
        Answer::Unauthorized => Hindrance::Credentials,
        Answer::Throttled => Hindrance::Throttled,
        Answer::BadRequest { .. } | Answer::Refused { .. } => Hindrance::Refused,
        Answer::Unknown { .. } | Answer::Accepted { .. } => Hindrance::Link,
    }
}

fn find(page: &Listing, what: &SoughtWhat) -> Option<i64> {
    match what {
        SoughtWhat::Entry { mark } => page
            .entries
            .iter()
            .find(|entry| {
                entry.comments.as_ref().is_some_and(|comments| starts_with_mark(comments.as_str(), mark))
            })
            .map(|entry| entry.id),
        SoughtWhat::Update { entry, completes } => page
            .updates
            .iter()
            .find(|update| update.entry == *entry && update.completes == *completes)
            .map(|update| update.id),
        SoughtWhat::Correlation { entries, name } => page
            .correlations
            .iter()
            .find(|correlation| {
                is_named(correlation, name) && entries.iter().all(|entry| correlation.entries.contains(entry))
            })
            .map(|correlation| correlation.id),
        SoughtWhat::Cancellation { entry } => {
            page.cancellations.iter().find(|cancellation| cancellation.entry == *entry).map(|c| c.id)
        }
    }
}

/// `#7K3Q-000123` must not be found in `#7K3Q-0001234`.
fn starts_with_mark(comments: &str, mark: &str) -> bool {
    comments.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn is_named(correlation: &ListedCorrelation, name: &DocumentName) -> bool {
    match name {
        DocumentName::Mark { mark } => correlation.mark == Some(*mark),
        DocumentName::Fim { machine, number, date, .. } => {
            correlation.fim.as_ref().is_some_and(|fim: &ListedFim| {
                fim.number.as_str() == machine
                    && fim.aa == *number
                    && fim.date.is_none_or(|listed| listed == *date)
            })
        }
    }
}
