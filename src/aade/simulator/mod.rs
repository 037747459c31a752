//! A registry of our own: AADE's paths, headers, schema, rules and state, stricter than the real one. It shares no
//! rule with the code that writes our messages: it reads XML by itself, has its own tables of fields and its own
//! rules, so that a mistake in one shows against the other.
//!
//! The core, [`Simulator::handle`], is a plain function of (state, now, request): deterministic, without network,
//! clock or chance of its own.
//!
//! | file | what it holds |
//! |---|---|
//! | `address` | which call, with which parameters |
//! | `afm` | the AFM's check digit |
//! | `xml` | reading a request's XML, with namespaces |
//! | [`schema`] | schema 1.1 as tables, and validation |
//! | [`rules`] | the business rules, one line each |
//! | [`state`] | entries and their life; everything accepted is a record |
//! | [`options`] | callers, switches, page size |
//! | [`delivery`] | what becomes of a request, and what a fault makes of it |
//! | [`faults`] | what goes wrong |
//! | [`script`] | the calls, and a script of faults for them |
//! | [`store`] | records in a file, durable before the answer leaves |
//! | `answer` | writing answers |
//! | `door` | the listening socket, and connections that can be cut |
//! | [`server`] | the simulator as a real HTTP server, with its control side |
//! | [`clockwork`] | the time and the waiting it is given |
//! | `page` | what a person sees in a browser |
//! | [`in_process`] | the simulator behind the transport's trait, without a socket |

pub(crate) mod address;
pub(crate) mod afm;
mod answer;
pub mod clockwork;
pub mod delivery;
mod door;
pub mod faults;
pub mod in_process;
pub mod options;
pub(crate) mod page;
pub mod rules;
pub mod schema;
pub mod script;
pub mod server;
pub mod state;
pub mod store;
pub(crate) mod xml;

pub use delivery::{Caller, Delivery, Seen, Service};
pub use faults::{Fault, Kind};
pub use options::{Account, CorrelationName, DEMO_AFM, Options};
pub use script::{Call, FaultRule, FaultScript};

use crate::aade::transport::{HttpRequest, Method};
use address::{Token, call_of, parse_address};
use delivery::{Outcome, Sayings, deliver, plain};
use faults::Player;
use jiff::Timestamp;
use rules::{Case, Rule, Violation};
use schema::Fields;
use serde::Serialize;
use state::{Entry, EntryState, Record, Registry, What};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use store::{Store, StoreError};

/// Marks the file of state as ours: "AADE" in ASCII.
const APPLICATION_ID: i64 = 0x4141_4445;

/// How many of what were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Requests by call.
    pub requests: BTreeMap<Call, u64>,
    /// Faults that struck.
    pub faults: u64,
    /// Requests carried out.
    pub accepted: u64,
    /// Requests refused by schema or rules.
    pub refused: u64,
}

/// The registry.
#[derive(Debug, Default)]
pub struct Simulator {
    options: Options,
    registry: Registry,
    script: FaultScript,
    faults: Player<Call>,
    store: Option<Store>,
    counts: Counts,
    seen: VecDeque<Seen>,
}

/// A request that got as far as a caller and a call.
struct Admitted<'a> {
    call: Call,
    afm: String,
    parameters: Fields,
    body: &'a [u8],
    now: Timestamp,
}

impl Simulator {
    /// A registry in memory.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// A registry in a file.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub fn open(options: Options, path: &Path) -> Result<Self, StoreError> {
        let (store, records) = Store::open(path, APPLICATION_ID)?;
        let mut registry = Registry::default();
        records.into_iter().for_each(|record| registry.apply(record));
        Ok(Self { options, registry, store: Some(store), ..Self::default() })
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

    /// How it behaves.
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// How it behaves, to be changed.
    pub const fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// All entries of everyone, by id within each AFM.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.registry.books().flat_map(|(_, book)| book.entries())
    }

    /// How many entries that were not cancelled carry each caller's mark, `#7K3Q-000123`: one each, if all is well.
    pub fn live_by_mark(&self) -> BTreeMap<String, usize> {
        let live = self.entries().filter(|entry| entry.state != EntryState::Cancelled);
        let mut count = BTreeMap::new();
        for mark in live.filter_map(Entry::mark) {
            *count.entry(mark.to_owned()).or_default() += 1;
        }
        count
    }

    /// Everything accepted, by id within each AFM.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.registry.books().flat_map(|(_, book)| book.range(0, i64::MAX))
    }

    /// How many of what were seen.
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The latest requests, oldest first.
    pub fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter()
    }

    /// Everything it holds.
    pub fn state(&self) -> serde_json::Value {
        serde_json::json!({
            "entries": self.entries().collect::<Vec<_>>(),
            "records": self.records().collect::<Vec<_>>(),
            "counts": self.counts,
            "faults": self.script,
            "options": self.options,
            "seen": self.seen,
        })
    }

    /// Answers one request, or does to it what the script says.
    pub fn handle(&mut self, now: Timestamp, request: &HttpRequest, caller: &Caller) -> Delivery {
        let (path, parameters) = parse_address(&request.path_and_query);
        let Some(call) = call_of(&path) else { return plain(404, "Resource not found") };
        *self.counts.requests.entry(call).or_default() += 1;
        let page = Token::of(&parameters).map_or(1, |token| token.page);
        let fault = self.faults.next(call, page);
        self.counts.faults += u64::from(fault.is_some());
        let before = self.counts.accepted;
        let outcome = fault
            .is_none_or(|fault| fault.stores())
            .then(|| self.answer(call, now, request, parameters, caller));
        let stored = self.counts.accepted > before;
        let yes = answer::success(call, state::FIRST_ID, CorrelationName::Schema);
        let delivery = deliver(outcome, fault, stored, Sayings { yes, technical: answer::technical() });
        Seen::note(&mut self.seen, now, request, fault, &delivery);
        delivery
    }

    fn answer(
        &mut self,
        call: Call,
        now: Timestamp,
        request: &HttpRequest,
        parameters: Fields,
        caller: &Caller,
    ) -> Outcome {
        let expected = if call == Call::RequestClients { Method::Get } else { Method::Post };
        if request.method != expected {
            return Outcome::new(405, "Method not allowed".to_owned());
        }
        match self.afm_of(caller) {
            Ok(afm) => self.carry_out(Admitted { call, afm, parameters, body: &request.body, now }),
            Err(words) => Outcome::new(401, words.to_owned()),
        }
    }

    /// Rules T1 and T2.
    fn afm_of(&self, caller: &Caller) -> Result<String, &'static str> {
        let user = caller.user.as_deref().ok_or("Aade-user-id header is missing")?;
        let known =
            |account: &&Account| account.user == user && Some(account.key.as_str()) == caller.key.as_deref();
        let account = self.options.accounts.iter().find(known);
        account.map(|account| account.afm.clone()).ok_or("Access Key does not correspond to given User Id")
    }

    fn carry_out(&mut self, request: Admitted<'_>) -> Outcome {
        match request.call {
            Call::SendClient => self.take(request, &schema::SEND, &rules::SEND, What::Created),
            Call::UpdateClient => self.take(request, &schema::UPDATE, &rules::UPDATE, What::Updated),
            Call::ClientCorrelations => {
                self.take(request, &schema::CORRELATE, &rules::CORRELATE, What::Correlated)
            }
            Call::CancelClient => self.cancel(&request),
            Call::RequestClients => self.list(&request),
        }
    }

    /// A call with a document: rules T3 and T4, then those of the call.
    fn take(
        &mut self,
        request: Admitted<'_>,
        document: &'static schema::Document,
        rules: &'static [Rule],
        what: fn(Fields) -> What,
    ) -> Outcome {
        if request.body.is_empty() {
            return Outcome::new(400, "General Exception Error".to_owned());
        }
        let read = xml::parse(request.body).map_err(|fault| vec![fault]);
        let fields = match read.and_then(|root| schema::validate(&root, document)) {
            Ok(fields) => fields,
            Err(violations) => return self.not_valid(&violations),
        };
        match self.check(&request, &fields, fields.get("entityVatNumber"), rules, document.particles) {
            Ok(afm) => self.accept(request.call, afm, request.now, what(fields)),
            Err(violations) => self.refuse(&violations),
        }
    }

    fn cancel(&mut self, request: &Admitted<'_>) -> Outcome {
        let fields = &request.parameters;
        match self.check(request, fields, fields.get("entityVatNumber"), &rules::CANCEL, &[]) {
            Ok(afm) => {
                let entry = fields.number("DCLID").unwrap_or_default();
                self.accept(request.call, afm, request.now, What::Cancelled(entry))
            }
            Err(violations) => self.refuse(&violations),
        }
    }

    fn list(&mut self, request: &Admitted<'_>) -> Outcome {
        let fields = &request.parameters;
        let checked = self.check(request, fields, fields.get("entityVatNumber"), &rules::LIST, &[]);
        let token = Token::of(fields);
        match checked {
            Err(violations) => self.refuse(&violations),
            Ok(_) if fields.has("continuationToken") && token.is_none() => {
                let message = "continuationToken is not valid".to_owned();
                self.refuse(&[Violation { rule: "R3", code: self.options.code("R3", 103), message }])
            }
            Ok(afm) => Outcome::new(200, self.page(&afm, fields, token)),
        }
    }

    /// Rules T5 and T6, then those of the call; the AFM spoken for when all hold.
    fn check(
        &self,
        request: &Admitted<'_>,
        fields: &Fields,
        entity: Option<&str>,
        rules: &'static [Rule],
        particles: &[schema::Particle],
    ) -> Result<String, Vec<Violation>> {
        let afm = entity.map_or_else(|| request.afm.clone(), str::to_owned);
        let mut violations = self.check_afm(&request.afm, &afm);
        if violations.is_empty() {
            let book = self.registry.book(&afm);
            let case = Case { fields, book, now: request.now, options: &self.options };
            violations = rules::check(rules, particles, &case);
        }
        if violations.is_empty() { Ok(afm) } else { Err(violations) }
    }

    fn check_afm(&self, caller: &str, afm: &str) -> Vec<Violation> {
        let mandate = (caller.to_owned(), afm.to_owned());
        if caller != afm && !self.options.mandates.contains(&mandate) {
            let message = format!("VAT {caller} is not authorised to run this method for VAT {afm}");
            return vec![Violation { rule: "T6", code: self.options.code("T6", 105), message }];
        }
        if self.options.inactive.contains(afm) {
            let message = format!("VAT {afm} does not belong to an active corporation");
            return vec![Violation { rule: "T5", code: self.options.code("T5", 102), message }];
        }
        Vec::new()
    }

    /// Gives the next id, keeps the record, and only then says yes.
    fn accept(&mut self, call: Call, afm: String, at: Timestamp, what: What) -> Outcome {
        let record = Record { id: self.registry.next_id(), afm, at, what };
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.keep(record.id, &record)) {
            tracing::warn!(%error, "the simulator could not keep a record");
            return Outcome::new(500, "Internal server error".to_owned());
        }
        let body = answer::success(call, record.id, self.correlation_name());
        self.registry.apply(record);
        self.counts.accepted += 1;
        Outcome::new(200, body)
    }

    fn refuse(&mut self, violations: &[Violation]) -> Outcome {
        self.counts.refused += 1;
        Outcome::new(200, answer::refused(violations))
    }

    fn not_valid(&mut self, violations: &[String]) -> Outcome {
        self.counts.refused += 1;
        Outcome::new(200, answer::not_valid(violations, self.options.code("T4", 101)))
    }

    /// Records above the cursor (or the token's), at most a page of them.
    fn page(&self, afm: &str, fields: &Fields, token: Option<Token>) -> String {
        let asked = fields.number("DCLID").unwrap_or_default();
        let after = token.as_ref().map_or(asked, |token| token.after);
        let up_to = fields.number("maxdclid").unwrap_or(i64::MAX);
        let book = self.registry.book(afm);
        let size = self.script.page_size.unwrap_or(self.options.page_size).max(1);
        let range = book.into_iter().flat_map(|book| book.range(after, up_to));
        let mut records: Vec<&Record> = range.take(size + 1).collect();
        let more = records.len() > size;
        records.truncate(size);
        let page = token.map_or(1, |token| token.page).saturating_add(1);
        let next = records.last().filter(|_| more).map(|last| Token { page, after: last.id }.written());
        let page = answer::Page { afm, book, records: &records, token: next.as_deref() };
        page.write(self.correlation_name(), self.options.lists_cancelled)
    }

    fn correlation_name(&self) -> CorrelationName {
        self.script.correlation_name.unwrap_or(self.options.correlation_name)
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
        serde_json::json!(self.fault_script())
    }

    fn play(&mut self, script: &[u8]) -> Result<Option<u64>, serde_json::Error> {
        let script: FaultScript = serde_json::from_slice(script)?;
        let down_ms = script.down_ms;
        self.set_faults(script);
        Ok(down_ms)
    }
}
