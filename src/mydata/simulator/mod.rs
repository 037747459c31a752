//! A myDATA of our own: AADE's paths, headers, schema, rules and state, stricter than the real one. It shares no rule with
//! the code that writes our documents: it reads XML by itself, has its own tables and its own rules, so that a mistake in
//! one shows against the other. What it shares with the simulated registry is how bytes travel, and what goes wrong on the
//! way.
//!
//! The core, [`Simulator::handle`], is a plain function of (state, now, request): deterministic, without network, clock or
//! chance of its own.
//!
//! | file | what it holds |
//! |---|---|
//! | `address` | which call, over which channel, with which parameters |
//! | `calls` | what each call does |
//! | `listing` | which records a page holds |
//! | `schema`, `lists` | schema 2.0.1 as tables, and validation |
//! | `rules` | the business rules, by their codes |
//! | `combinations.txt` | AADE's table of income classifications |
//! | `uid` | the UID, and the authentication code |
//! | `state` | documents and their life; everything accepted is a record |
//! | [`options`] | callers, switches, page size |
//! | [`script`] | the calls, and a script of faults for them |
//! | `answer` | writing answers |
//! | `page` | what a person sees in a browser |

mod address;
mod answer;
mod calls;
mod listing;
mod lists;
pub mod options;
mod page;
mod rules;
mod schema;
pub mod script;
mod state;
mod uid;

pub use options::Options;
pub use script::{Call, FaultRule, FaultScript};
pub use state::Channel;

use crate::aade::simulator::delivery::{Outcome, Sayings, deliver, plain};
use crate::aade::simulator::faults::Player;
use crate::aade::simulator::store::{Store, StoreError};
use crate::aade::simulator::xml::Node;
use crate::aade::simulator::{Account, Caller, Delivery, Seen, Service};
use crate::aade::transport::{HttpRequest, Method};
use address::Parameters;
use calls::Admitted;
use jiff::Timestamp;
use serde::Serialize;
use state::{Books, FIRST_MARK, What};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

/// Marks the file of state as ours: "MYDT" in ASCII.
const APPLICATION_ID: i64 = 0x4D59_4454;
/// How many of what were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Requests by call.
    pub requests: BTreeMap<Call, u64>,
    /// Faults that struck.
    pub faults: u64,
    /// Documents, cancellations and payments accepted.
    pub accepted: u64,
    /// Documents, cancellations and payments refused.
    pub refused: u64,
    /// Documents that replaced an earlier one.
    pub replaced: u64,
}

/// One document that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Its MARK.
    pub mark: i64,
    /// Its UID.
    pub uid: String,
    /// Code of its type.
    pub kind: String,
    /// Its series.
    pub series: String,
    /// Its number.
    pub number: String,
    /// What it is over, as it was told.
    pub gross: String,
}

/// A document that holds, as whoever told it knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) mark: i64,
    pub(crate) uid: String,
    pub(crate) authentication: String,
    pub(crate) qr: String,
    pub(crate) number: String,
    pub(crate) gross: String,
}

/// myDATA.
#[derive(Debug, Default)]
pub struct Simulator {
    options: Options,
    books: Books,
    script: FaultScript,
    faults: Player<Call>,
    store: Option<Store>,
    counts: Counts,
    seen: VecDeque<Seen>,
}

impl Simulator {
    /// A myDATA in memory.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// A myDATA in a file.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub fn open(options: Options, path: &Path) -> Result<Self, StoreError> {
        let (store, records) = Store::open(path, APPLICATION_ID)?;
        let mut books = Books::default();
        records.into_iter().for_each(|record| books.apply(record));
        Ok(Self { options, books, store: Some(store), ..Self::default() })
    }

    /// Plays a script of faults from its beginning.
    pub fn set_faults(&mut self, script: FaultScript) {
        self.faults = Player::new(script.seed, script.rules.clone());
        self.script = script;
    }

    /// The script being played.
    pub const fn fault_script(&self) -> &FaultScript {
        &self.script
    }

    /// How it behaves, to be changed.
    pub const fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// How many of what were seen.
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The documents that hold, by MARK.
    pub fn live(&self) -> Vec<Live> {
        let told = |document: &Node, of: &str, name: &str| {
            document.child(of).and_then(|node| node.get(name)).unwrap_or_default().to_owned()
        };
        let live = self.books.live().map(|(mark, uid, document)| Live {
            mark,
            uid: uid.to_owned(),
            kind: told(document, "invoiceHeader", "invoiceType"),
            series: told(document, "invoiceHeader", "series"),
            number: told(document, "invoiceHeader", "aa"),
            gross: told(document, "invoiceSummary", "totalGrossValue"),
        });
        live.collect()
    }

    /// The document that holds under a UID.
    pub(crate) fn held(&self, uid: &str) -> Option<Held> {
        let mark = self.books.holding(uid)?;
        let (_, document) = self.books.document(mark)?;
        let told = |of: &str, name: &str| document.child(of).and_then(|node| node.get(name));
        Some(Held {
            mark,
            uid: uid.to_owned(),
            authentication: uid::authentication(document, uid, mark),
            qr: answer::qr(&self.options.qr_base, uid),
            number: told("invoiceHeader", "aa").unwrap_or_default().to_owned(),
            gross: told("invoiceSummary", "totalGrossValue").unwrap_or_default().to_owned(),
        })
    }

    /// The UID of what issues, when, where, as what, under which series and number.
    pub(crate) fn uid_of(fields: [&str; 6]) -> String {
        uid::sha1(&fields.join("-"))
    }

    /// Everything it holds.
    pub fn state(&self) -> serde_json::Value {
        serde_json::json!({
            "live": self.live(),
            "records": self.books.records().collect::<Vec<_>>(),
            "counts": self.counts,
            "faults": self.script,
            "options": self.options,
            "seen": self.seen,
        })
    }

    /// Answers one request, or does to it what the script says.
    pub fn handle(&mut self, now: Timestamp, request: &HttpRequest, caller: &Caller) -> Delivery {
        if let Some(uid) = address::qr_of(&request.path_and_query) {
            return self.qr_page(&uid);
        }
        let (path, parameters) = address::split(&request.path_and_query);
        let Some((channel, call)) = address::call_of(path) else { return plain(404, "Resource not found") };
        *self.counts.requests.entry(call).or_default() += 1;
        let page = listing::page_number(&parameters);
        let fault = self.faults.next(call, page);
        self.counts.faults += u64::from(fault.is_some());
        let before = self.counts.accepted;
        let asked = (channel, call, parameters);
        let outcome =
            fault.is_none_or(|fault| fault.stores()).then(|| self.answer(asked, now, request, caller));
        let stored = self.counts.accepted > before;
        let yes = answer::done("invoiceMark", FIRST_MARK);
        let delivery = deliver(outcome, fault, stored, Sayings { yes, technical: answer::technical() });
        Seen::note(&mut self.seen, now, request, fault, &delivery);
        delivery
    }

    fn answer(
        &mut self,
        (channel, call, parameters): (Channel, Call, Parameters),
        now: Timestamp,
        request: &HttpRequest,
        caller: &Caller,
    ) -> Outcome {
        let is_listing = matches!(call, Call::RequestTransmittedDocs | Call::RequestDocs);
        if request.method != if is_listing { Method::Get } else { Method::Post } {
            return Outcome::new(405, "Method not allowed".to_owned());
        }
        let afm = match self.afm_of(caller) {
            Ok(afm) => afm,
            Err(words) => return Outcome::new(401, words.to_owned()),
        };
        let admitted = Admitted { channel, call, afm, parameters, body: &request.body, now };
        match call {
            Call::SendInvoices => self.send(&admitted),
            Call::CancelInvoice => self.cancel(&admitted),
            Call::SendPaymentsMethod => self.pay(&admitted),
            Call::RequestTransmittedDocs | Call::RequestDocs => self.list(&admitted),
        }
    }

    fn afm_of(&self, caller: &Caller) -> Result<String, &'static str> {
        let user = caller.user.as_deref().ok_or("aade-user-id header is missing")?;
        let known =
            |account: &&Account| account.user == user && Some(account.key.as_str()) == caller.key.as_deref();
        let account = self.options.accounts.iter().find(known);
        account.map(|account| account.afm.clone()).ok_or("Subscription key does not belong to this user")
    }

    fn qr_page(&self, uid: &str) -> Delivery {
        let latest = self
            .books
            .records()
            .filter(|record| matches!(&record.what, What::Invoice { uid: of, .. } if of == uid));
        match latest.last().and_then(|record| self.books.document(record.mark)) {
            Some((record, document)) => {
                let cancelled = self.books.cancelled_by(record.mark).is_some();
                plain(200, &answer::qr_page(record, document, cancelled))
            }
            None => plain(404, "There is no such document"),
        }
    }
}

impl Service for Simulator {
    fn handle(&mut self, now: Timestamp, request: &HttpRequest, caller: &Caller) -> Delivery {
        Self::handle(self, now, request, caller)
    }

    fn page(&self) -> String {
        page::render(self)
    }

    fn state(&self) -> serde_json::Value {
        Self::state(self)
    }

    fn script(&self) -> serde_json::Value {
        serde_json::json!(self.script)
    }

    fn play(&mut self, script: &[u8]) -> Result<Option<u64>, serde_json::Error> {
        let script: FaultScript = serde_json::from_slice(script)?;
        let down_ms = script.down_ms;
        self.set_faults(script);
        Ok(down_ms)
    }
}
