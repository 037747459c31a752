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
use crate::aade::simulator::xml::{self, Node};
use crate::aade::simulator::{Account, Caller, Delivery, Seen, Service};
use crate::aade::transport::{HttpRequest, Method};
use address::Parameters;
use answer::Verdict;
use jiff::Timestamp;
use rules::{Case, Violation};
use serde::Serialize;
use state::{Books, FIRST_MARK, Record, What};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

/// Marks the file of state as ours: "MYDT" in ASCII.
const APPLICATION_ID: i64 = 0x4D59_4454;
/// Most documents of one message.
const INVOICES_MAX: usize = 5_000;

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

/// A request that got as far as a caller and a call.
struct Admitted<'a> {
    channel: Channel,
    call: Call,
    afm: String,
    parameters: Parameters,
    body: &'a [u8],
    now: Timestamp,
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

    /// The AFM spoken for, where that is allowed.
    fn spoken_for(&self, caller: &str, entity: Option<&str>) -> Result<String, Vec<Violation>> {
        let afm = entity.filter(|entity| !entity.is_empty()).unwrap_or(caller).to_owned();
        let mandate = (caller.to_owned(), afm.clone());
        if caller == afm || self.options.mandates.contains(&mandate) {
            return Ok(afm);
        }
        let message = format!("User is not authorized for VAT number {afm}");
        Err(vec![Violation { code: 105, message }])
    }

    /// The documents of a message, or what to answer instead.
    fn read<'a>(
        &mut self,
        body: &[u8],
        document: &schema::Document,
        root: &'a mut Node,
    ) -> Result<&'a [Node], Outcome> {
        if body.is_empty() {
            return Err(Outcome::new(400, "General Exception Error".to_owned()));
        }
        let violations = match xml::parse(body) {
            Ok(read) => {
                *root = read;
                schema::violations(root, document)
            }
            Err(fault) => vec![fault],
        };
        if violations.is_empty() {
            return Ok(&root.children);
        }
        self.counts.refused += 1;
        Err(Outcome::new(200, answer::not_valid(&violations)))
    }

    fn send(&mut self, request: &Admitted<'_>) -> Outcome {
        let mut root = Node::default();
        let invoices = match self.read(request.body, &schema::INVOICES_DOC, &mut root) {
            Ok(invoices) => invoices,
            Err(outcome) => return outcome,
        };
        if invoices.len() > INVOICES_MAX {
            self.counts.refused += 1;
            let message = format!("More than {INVOICES_MAX} invoices");
            return Outcome::new(200, answer::refused(&[Violation { code: 265, message }]));
        }
        let mut uids = BTreeSet::new();
        let mut verdicts = Vec::new();
        for invoice in invoices {
            let uid = uid::uid(invoice);
            let mut violations = self.judge(request, invoice, &uid);
            if !uids.insert(uid.clone()) {
                let message = format!("UID {uid} stands twice in this message");
                violations.push(Violation { code: 275, message });
            }
            let verdict = if violations.is_empty() {
                self.take(request, invoice, uid)
            } else {
                self.counts.refused += 1;
                Ok(Verdict::Refused(violations))
            };
            match verdict {
                Ok(verdict) => verdicts.push(verdict),
                Err(outcome) => return outcome,
            }
        }
        Outcome::new(200, answer::sent(&verdicts))
    }

    fn judge(&self, request: &Admitted<'_>, invoice: &Node, uid: &str) -> Vec<Violation> {
        rules::judge(&Case {
            invoice,
            channel: request.channel,
            caller: &request.afm,
            uid,
            books: &self.books,
            today: answer::ATHENS.to_datetime(request.now).date(),
            options: &self.options,
        })
    }

    /// Gives a document its MARK, and cancels the one it replaces.
    fn take(&mut self, request: &Admitted<'_>, invoice: &Node, uid: String) -> Result<Verdict, Outcome> {
        let replaced = self.books.holding(&uid);
        let afm = invoice.child("issuer").and_then(|issuer| issuer.get("vatNumber")).unwrap_or_default();
        let what = What::Invoice { uid: uid.clone(), channel: request.channel, document: invoice.clone() };
        let mark = self.keep(afm, request.now, what)?;
        if let Some(earlier) = replaced {
            let what = What::Cancelled { mark: earlier, replaced_by: Some(mark) };
            self.keep(afm, request.now, what)?;
            self.counts.replaced += 1;
        }
        let authentication = match request.channel {
            Channel::Erp => None,
            Channel::Provider => Some(uid::authentication(invoice, &uid, mark)),
        };
        self.counts.accepted += 1;
        let qr = answer::qr(&self.options.qr_base, &uid);
        Ok(Verdict::Accepted { uid, mark, authentication, qr })
    }

    /// Makes a record durable before anything is answered.
    fn keep(&mut self, afm: &str, at: Timestamp, what: What) -> Result<i64, Outcome> {
        let record = Record { mark: self.books.next_mark(), afm: afm.to_owned(), at, what };
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.keep(record.mark, &record)) {
            tracing::warn!(%error, "the simulator could not keep a record");
            return Err(Outcome::new(500, "Internal server error".to_owned()));
        }
        let mark = record.mark;
        self.books.apply(record);
        Ok(mark)
    }

    fn cancel(&mut self, request: &Admitted<'_>) -> Outcome {
        let Some(mark) = request.parameters.get("mark").and_then(|mark| mark.parse().ok()) else {
            return Outcome::new(400, "mark is missing".to_owned());
        };
        let entity = request.parameters.get("entityVatNumber").map(String::as_str);
        let judged = self.spoken_for(&request.afm, entity).and_then(|afm| {
            let violations = rules::later::cancel(&self.books, &afm, mark);
            if violations.is_empty() { Ok(afm) } else { Err(violations) }
        });
        let what = What::Cancelled { mark, replaced_by: None };
        self.settle(judged, request.now, "cancellationMark", what)
    }

    fn pay(&mut self, request: &Admitted<'_>) -> Outcome {
        let mut root = Node::default();
        let payments = match self.read(request.body, &schema::PAYMENTS_DOC, &mut root) {
            Ok(payments) => payments,
            Err(outcome) => return outcome,
        };
        // A till tells one document's payments at a time, and so does this myDATA.
        let [payments] = payments else {
            let message = "More than one document".to_owned();
            return self.refuse(&[Violation { code: 265, message }]);
        };
        let judged = self.spoken_for(&request.afm, payments.get("entityVatNumber")).and_then(|afm| {
            let violations = rules::later::pay(&self.books, &afm, request.channel, payments);
            if violations.is_empty() { Ok(afm) } else { Err(violations) }
        });
        let mark = payments.get("invoiceMark").and_then(|mark| mark.parse().ok()).unwrap_or_default();
        let what = What::Paid { mark, payments: payments.clone() };
        self.settle(judged, request.now, "paymentMethodMark", what)
    }

    fn settle(
        &mut self,
        judged: Result<String, Vec<Violation>>,
        now: Timestamp,
        name: &str,
        what: What,
    ) -> Outcome {
        let afm = match judged {
            Ok(afm) => afm,
            Err(violations) => return self.refuse(&violations),
        };
        match self.keep(&afm, now, what) {
            Ok(mark) => {
                self.counts.accepted += 1;
                Outcome::new(200, answer::done(name, mark))
            }
            Err(outcome) => outcome,
        }
    }

    fn refuse(&mut self, violations: &[Violation]) -> Outcome {
        self.counts.refused += 1;
        Outcome::new(200, answer::refused(violations))
    }

    fn list(&mut self, request: &Admitted<'_>) -> Outcome {
        let entity = request.parameters.get("entityVatNumber").map(String::as_str);
        let afm = match self.spoken_for(&request.afm, entity) {
            Ok(afm) => afm,
            Err(violations) => return self.refuse(&violations),
        };
        let size = self.script.page_size.unwrap_or(self.options.page_size).max(1);
        let wanted = listing::Wanted::read(&request.parameters, afm, request.call == Call::RequestDocs);
        match wanted {
            Ok(wanted) => Outcome::new(200, wanted.page(&self.books, &self.options, size)),
            Err(words) => Outcome::new(400, words.to_owned()),
        }
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
