//! A provider of our own, for either family of them, with a myDATA of our own behind it: what it is handed goes there over
//! the channel of providers, under all of that channel's rules. It shares no rule with the code that writes our requests.
//!
//! The core, [`Simulator::handle`], is a plain function of (state, now, request): deterministic, without network, clock or
//! chance of its own.
//!
//! | file | what it holds |
//! |---|---|
//! | `door` | who is let in: a header, a form's field, or a token that runs out |
//! | `xml` | AADE's XML passed through |
//! | `json` | JSON read and made into AADE's XML |
//! | [`options`] | callers, switches |
//! | [`script`] | the calls, and a script of faults for them |
//! | `page` | what a person sees in a browser |

mod door;
mod json;
pub mod options;
mod page;
pub mod script;
mod xml;

pub use options::{Door, Options, Seen};
pub use script::{Call, FaultRule, FaultScript};

use crate::aade::simulator::delivery::{self, Outcome, Sayings, deliver, plain};
use crate::aade::simulator::faults::Player;
use crate::aade::simulator::store::{Store, StoreError};
use crate::aade::simulator::xml::Node;
use crate::aade::simulator::{Caller, Delivery, Service};
use crate::aade::transport::{HttpRequest, Method};
use crate::domain::provider::Family;
use crate::mydata::simulator::{self as mydata, Live};
use door::Tokens;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

/// Marks the file of state as ours: "PROV" in ASCII.
const APPLICATION_ID: i64 = 0x5052_4F56;

/// How many of what were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Requests by call.
    pub requests: BTreeMap<Call, u64>,
    /// Faults that struck.
    pub faults: u64,
    /// Documents accepted.
    pub accepted: u64,
    /// Documents refused.
    pub refused: u64,
    /// Requests with a key, or a document, that was there already.
    pub duplicates: u64,
}

/// A key, and the document it was used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Keyed {
    n: i64,
    key: String,
    uid: String,
}

/// The provider.
#[derive(Debug)]
pub struct Simulator {
    family: Family,
    options: Options,
    books: mydata::Simulator,
    keys: BTreeMap<String, Keyed>,
    tokens: Tokens,
    script: FaultScript,
    faults: Player<Call>,
    store: Option<Store>,
    counts: Counts,
    seen: VecDeque<delivery::Seen>,
}

/// What became of a document that was handed over.
enum Verdict {
    /// It is there.
    Taken(String),
    /// It was there before.
    There(String),
    /// It is not taken, and why.
    Refused(Vec<(String, String)>),
    /// Nobody knows.
    Failed,
}

impl Simulator {
    /// A provider in memory.
    pub fn new(family: Family, options: Options) -> Self {
        let books = mydata::Simulator::new(options.books.clone());
        Self {
            family,
            options,
            books,
            keys: BTreeMap::new(),
            tokens: Tokens::default(),
            script: FaultScript::default(),
            faults: Player::default(),
            store: None,
            counts: Counts::default(),
            seen: VecDeque::new(),
        }
    }

    /// A provider in a file; myDATA behind it has one beside it, whose name ends in `.books`.
    ///
    /// # Errors
    /// When a file cannot be opened or read.
    pub fn open(family: Family, options: Options, path: &Path) -> Result<Self, StoreError> {
        let (store, keyed) = Store::open::<Keyed>(path, APPLICATION_ID)?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(".books");
        let books = mydata::Simulator::open(options.books.clone(), Path::new(&beside))?;
        let keys = keyed.into_iter().map(|keyed| (keyed.key.clone(), keyed)).collect();
        Ok(Self { books, keys, store: Some(store), ..Self::new(family, options) })
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

    /// How it behaves, to be changed; what myDATA behind it does is changed there.
    pub const fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// The myDATA behind it.
    pub const fn books_mut(&mut self) -> &mut mydata::Simulator {
        &mut self.books
    }

    /// How many of what were seen.
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The documents that hold, by MARK.
    pub fn live(&self) -> Vec<Live> {
        self.books.live()
    }

    /// Everything it holds.
    pub fn state(&self) -> serde_json::Value {
        serde_json::json!({
            "family": self.family,
            "live": self.live(),
            "keys": self.keys,
            "counts": self.counts,
            "faults": self.script,
            "options": self.options,
            "seen": self.seen,
            "books": self.books.state(),
        })
    }

    /// Answers one request, or does to it what the script says.
    pub fn handle(&mut self, now: Timestamp, request: &HttpRequest, caller: &Caller) -> Delivery {
        let (path, query) = request.path_and_query.split_once('?').unwrap_or((&request.path_and_query, ""));
        if path.contains("/TimologioQR/") {
            // The QRs on the papers lead here.
            return self.books.handle(now, request, caller);
        }
        let Some(call) = self.call_of(path, request.method) else { return plain(404, "Not found") };
        *self.counts.requests.entry(call).or_default() += 1;
        let fault = self.faults.next(call, 1);
        self.counts.faults += u64::from(fault.is_some());
        let before = self.counts.accepted;
        let outcome = fault
            .is_none_or(|fault| fault.stores())
            .then(|| self.answer(call, now, path, query, request, caller));
        let stored = self.counts.accepted > before;
        let sayings = match self.family {
            Family::Xml => Sayings { yes: xml::yes(), technical: xml::technical() },
            Family::Json => Sayings { yes: json::yes(), technical: json::technical() },
        };
        let delivery = deliver(outcome, fault, stored, sayings);
        delivery::Seen::note(&mut self.seen, now, request, fault, &delivery);
        delivery
    }

    fn call_of(&self, path: &str, method: Method) -> Option<Call> {
        match (self.family, method, path) {
            (_, Method::Post, door::LOGIN) => Some(Call::Login),
            (Family::Xml, Method::Post, xml::SEND) => Some(Call::Send),
            (Family::Xml, _, xml::STATUS) => Some(Call::LookUp),
            (Family::Json, Method::Post, json::INVOICES) => Some(Call::Send),
            (Family::Json, Method::Get, path) if path.starts_with(json::BY_KEY) => Some(Call::LookUp),
            _ => None,
        }
    }

    fn answer(
        &mut self,
        call: Call,
        now: Timestamp,
        path: &str,
        query: &str,
        request: &HttpRequest,
        caller: &Caller,
    ) -> Outcome {
        if call == Call::Login {
            return self.log_in(now, &request.body);
        }
        let form = door::form(&request.body);
        if !self.lets_in(now, caller, &form) {
            return Outcome::new(401, "not let in".to_owned());
        }
        match (self.family, call) {
            (Family::Xml, Call::Send) => self.send_xml(now, &request.body, &form, caller),
            (Family::Xml, _) => self.xml_status(&door::form(query.as_bytes()), &form),
            (Family::Json, Call::Send) => self.send_json(now, &request.body, caller),
            (Family::Json, _) => self.json_status(path.strip_prefix(json::BY_KEY).unwrap_or_default()),
        }
    }

    /// The UID of the document a key was used for, if that holds.
    fn held_by_key(&self, key: &str) -> Option<String> {
        let keyed = self.keys.get(&key.to_lowercase())?;
        self.books.held(&keyed.uid).map(|held| held.uid)
    }

    /// Hands a document on to myDATA, under a key where it has one. The key is kept first: whoever asks by it after a crash
    /// finds what is there.
    fn hand_on(&mut self, now: Timestamp, document: &str, uid: &str, key: Option<&str>) -> Verdict {
        if let Some(uid) = key.and_then(|key| self.held_by_key(key)) {
            self.counts.duplicates += 1;
            return Verdict::There(uid);
        }
        if let Some(key) = key {
            let n = i64::try_from(self.keys.len()).unwrap_or(i64::MAX) + 1;
            let key = key.to_lowercase();
            let n = self.keys.get(&key).map_or(n, |keyed| keyed.n);
            let keyed = Keyed { n, key: key.clone(), uid: uid.to_owned() };
            let is_new = !self.keys.contains_key(&key);
            if is_new && self.store.as_ref().is_some_and(|store| store.keep(n, &keyed).is_err()) {
                return Verdict::Failed;
            }
            self.keys.insert(key, keyed);
        }
        let request = HttpRequest {
            method: Method::Post,
            path_and_query: "/myDataProvider/SendInvoices".to_owned(),
            body: document.as_bytes().to_vec(),
        };
        match self.books.handle(now, &request, &Caller::demo()) {
            Delivery::Reply { status: 200, body, .. } => self.judged(&body, uid),
            Delivery::Reply { .. } | Delivery::Lost { .. } | Delivery::Refused => Verdict::Failed,
        }
    }

    /// What myDATA answered.
    fn judged(&mut self, body: &[u8], uid: &str) -> Verdict {
        let Ok(root) = crate::aade::simulator::xml::parse(body) else { return Verdict::Failed };
        let Some(response) = root.child("response") else { return Verdict::Failed };
        match response.get("statusCode") {
            Some("Success") => {
                self.counts.accepted += 1;
                Verdict::Taken(response.get("invoiceUid").unwrap_or_default().to_owned())
            }
            Some("ValidationError" | "XMLSyntaxError") => {
                self.counts.refused += 1;
                let errors: Vec<(String, String)> = errors(response);
                let is_there = errors.iter().any(|(code, _)| code == "233") && self.books.held(uid).is_some();
                self.counts.duplicates += u64::from(is_there);
                Verdict::Refused(errors)
            }
            _ => Verdict::Failed,
        }
    }
}

/// Codes and words of a refusal.
fn errors(response: &Node) -> Vec<(String, String)> {
    let listed = response.children("errors").flat_map(|errors| errors.children("error"));
    let text = |error: &Node, name| error.get(name).unwrap_or_default().to_owned();
    listed.map(|error| (text(error, "code"), text(error, "message"))).collect()
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
