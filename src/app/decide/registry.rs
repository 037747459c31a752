//! The outbox: what is sent when, what an answer means, and how an unknown is resolved. Unknown is asked about, never
//! repeated: a second try needs two complete look-ups that found nothing, a minute apart.

use super::{Decided, Draft, LiveChange, arrive, compare, correct, depart, serve};
use crate::aade::compose::{Circumstances, compose, request};
use crate::aade::rules::{self, EntryFacts, EntryLife, Known, Number};
use crate::app::effect::{ArchivedRequest, Effect, MessageWish, Question};
use crate::app::input::{DeviceInput, Input, PaperInput, RegistryInput};
use crate::app::refusal::Refusal;
use crate::domain::entry::{
    Bookmark, Due, DueMessage, Found, Heard, Hindrance, Message, MessageKind, MessageState, Sought,
    SoughtWhat, Told,
};
use crate::domain::event::{Event, Returned};
use crate::domain::ids::MessageId;
use crate::domain::terms::{Earlier, ServiceTerms};
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Complete look-ups that must find nothing before a second try.
const LOOKUPS_BEFORE_RESEND: u8 = 2;

/// Failures in a row at one page of the listing before a look-up begins anew.
const PAGE_FAILURES_MAX: u8 = 20;

/// Codes that mean "already there" when they answer a second try of ours: already cancelled, completed, correlated,
/// or listed twice.
const ALREADY_THERE: [&str; 4] = ["207", "209", "210", "222"];

/// Begins what this decision queued and can go at once, and asks the store what else is due, when something may be sent
/// at all. On a full disk no try can be written down first, so none is made; a look at the disk or a device is no
/// reason to send.
pub(super) fn pump(draft: &mut Draft, input: &Input) {
    let no_reason = match input {
        // What was given up gave its place to what comes after it.
        Input::Registry(RegistryInput::Due(_)) => !gave_up(draft),
        Input::Device(DeviceInput::DiskSeen { .. }) | Input::Paper(PaperInput::PrinterSeen { .. }) => true,
        input if input.is_of_a_device() => true,
        _ => false,
    };
    if no_reason || draft.state.live.disk_full || !may_have_work(draft) || reads_first(draft) {
        return;
    }
    let (failures, not_before) = draft.failures();
    // A person waits at the lane: a new arrival is tried at once even while backing off, but alone. Where the credentials
    // are refused that is of no use to anybody, unless somebody says that they are right now.
    let turned_away = draft.state.link.unauthorized;
    let asked = match input {
        Input::Registry(RegistryInput::TryNow) => true,
        Input::OpenVisit(_) => !turned_away,
        _ => false,
    };
    let urgent = asked && in_air(draft) == 0;
    let waiting = not_before.is_some_and(|until| until > draft.at);
    if waiting && !urgent {
        return;
    }
    let rules = &draft.settings.registry;
    let alone = waiting || turned_away || failures >= rules.probe_after;
    let most = if alone { 1 } else { usize::from(rules.parallel_max) };
    let free = most.saturating_sub(in_air(draft));
    let more_waits = draft.state.outbox.queued + draft.state.outbox.unknown > 0;
    let begun = if free > 0 { begin_arrival(draft) } else { false };
    if begun && !more_waits {
        return;
    }
    if let Ok(limit @ 1..) = u8::try_from(free - usize::from(begun)) {
        let fresh_since = draft.at.moved(-draft.settings.registry.late_after_s);
        draft.ask(Question::Due { limit, fresh_since, ask_horizon: ask_horizon(draft) });
    }
}

/// What was read for this input is decided in the same step, and may withdraw what the store would call due now: the store is
/// asked after that.
fn reads_first(draft: &Draft) -> bool {
    let read = |effect: &Effect| {
        matches!(
            effect,
            Effect::Ask(Question::Visit { .. } | Question::VisitNumbered { .. } | Question::Visits { .. })
        )
    };
    draft.decision.effects.iter().any(read)
}

/// No look-up is put off further than this: one that seems to be was, before the clock was set back.
fn ask_horizon(draft: &Draft) -> Stamp {
    let rules = &draft.settings.registry;
    let backoff_s = i64::try_from(rules.backoff_cap_ms / 1_000).unwrap_or(i64::MAX);
    draft.at.moved(rules.lookup_gap_s.max(backoff_s).saturating_add(1))
}

/// The end of a wait was an instant of a clock that no longer runs: what waits is tried now.
pub(super) fn clock_stepped(draft: &mut Draft) {
    let count = draft.state.live.failures;
    if draft.state.live.not_before.is_some() {
        draft.decision.live.push(LiveChange::Failures { count, not_before: None });
    }
}

fn gave_up(draft: &Draft) -> bool {
    draft.decision.events.iter().any(|event| matches!(event, Event::MessageWithdrawn { .. }))
}

/// Requests in the air when this decision is carried out, but for those it begins itself; a comparison reads one page at a
/// time and counts as one.
fn in_air(draft: &Draft) -> usize {
    messages_in_air(draft) + usize::from(draft.state.live.comparison.is_some())
}

/// Tries and look-ups alone.
pub(super) fn messages_in_air(draft: &Draft) -> usize {
    let landed = draft.decision.live.iter().filter(|change| matches!(change, LiveChange::Landed(_))).count();
    draft.state.live.in_air.len().saturating_sub(landed)
}

/// A vehicle that has just come is told in the commit that opens its visit: nothing can be before it. Says whether there
/// was one.
fn begin_arrival(draft: &mut Draft) -> bool {
    let events = &draft.decision.events;
    let is_opened = |id| events.iter().any(|e| matches!(e, Event::VisitOpened { visit } if visit.id == id));
    let first_of_its_chain = |event: &Event| match event {
        Event::MessageQueued { message }
            if message.chain == message.visit
                && is_told_without_asking(&message.told)
                && is_opened(message.visit) =>
        {
            Some(message.clone())
        }
        _ => None,
    };
    let Some(message) = events.iter().find_map(first_of_its_chain) else { return false };
    let replaces_entry = match &message.told {
        Told::Create { replaces: Some(Earlier::Entry { id }), .. } => Some(*id),
        _ => None,
    };
    let item =
        DueMessage { message: *message, entry: None, replaces_entry, also_entries: Vec::new(), gone: 0 };
    send(draft, &item);
    true
}

fn may_have_work(draft: &Draft) -> bool {
    let outbox = &draft.state.outbox;
    let new = draft.decision.events.iter().any(|event| {
        matches!(
            event,
            Event::MessageQueued { .. } | Event::MessageReturned { .. } | Event::MessageUnknown { .. }
        )
    });
    outbox.queued + outbox.unknown > 0 || new
}

/// A create that names no earlier visit of ours, whose entry only the store knows.
const fn is_told_without_asking(told: &Told) -> bool {
    matches!(told, Told::Create { replaces: None | Some(Earlier::Entry { .. }), .. })
}

/// The store said what is due: begin the tries and the look-ups.
pub(super) fn due(draft: &mut Draft, due: &Due) -> Decided {
    for item in due.send.iter().filter(|item| !item.is_moot()) {
        if may_begin(draft, &item.message) {
            send(draft, item);
        }
    }
    let mut next_ask = due.next_ask;
    for item in due.ask.iter().filter(|item| !item.is_moot()) {
        match too_early_until(draft, &item.message) {
            Some(ask_at) => {
                draft.event(Event::LookupIncomplete { about: item.message.about(), ask_at, bookmark: None });
                next_ask = next_ask.into_iter().chain([ask_at]).min();
            }
            None if may_begin(draft, &item.message) => look_up(draft, item),
            None => {}
        }
    }
    for item in due.send.iter().chain(&due.ask).filter(|item| item.is_moot()) {
        if !draft.state.live.in_air.contains_key(&item.message.id) {
            let (about, from) = (item.message.about(), item.message.state);
            draft.event(Event::MessageWithdrawn { about, from });
        }
    }
    draft.decision.live.push(LiveChange::DueKnown { next_ask, oldest: due.oldest });
    Ok(())
}

/// A second look-up proves something only if the gap really passed since the first. After a step of the clock nobody can
/// tell until it has passed once more.
fn too_early_until(draft: &Draft, message: &Message) -> Option<Stamp> {
    let gap_s = draft.settings.registry.lookup_gap_s;
    let since = draft.state.live.steady_since.filter(|_| message.absent > 0)?;
    (draft.at.seconds_since(&since) <= gap_s).then(|| since.moved(gap_s + 1))
}

/// It is not in the air, and there is room: two questions of one step may have been answered before either was acted on.
fn may_begin(draft: &Draft, message: &Message) -> bool {
    let begun = draft.decision.live.iter().filter(|change| matches!(change, LiveChange::Launched(_))).count();
    !draft.state.live.in_air.contains_key(&message.id)
        && in_air(draft) + begun < usize::from(draft.settings.registry.parallel_max)
}

fn send(draft: &mut Draft, item: &DueMessage) {
    let message = &item.message;
    let circumstances = circumstances(draft, item);
    let Some(request) = compose(&message.told, &circumstances, &draft.settings.registry) else {
        return without_entry(draft, message);
    };
    let n = message.tries + 1;
    let text = request.archived();
    let sent = Event::MessageSent {
        about: message.about(),
        n,
        cursor: draft.state.outbox.highest_id,
        request_sha256: hex(&Sha256::digest(text.as_bytes())),
    };
    let mut launched = message.clone();
    launched.fold(&sent);
    draft.event(sent);
    draft.decision.requests.push(ArchivedRequest { message: message.id, n, text });
    draft.decision.live.push(LiveChange::Launched(Box::new(launched)));
    draft.effect(Effect::Exchange { message: message.id, n, kind: message.told.kind(), request });
}

/// The number an entry is called by while it has none: the rules only look at what is known of it.
const UNNUMBERED: i64 = 1;

/// Whether the registry would take a message, as far as that can be known here.
pub(super) fn check(draft: &Draft, visit: &Visit, told: &Told) -> Decided {
    let entry = visit.entry.id.unwrap_or(UNNUMBERED);
    let replaces = match visit.follows {
        Some(Earlier::Entry { id }) => Some(id),
        Some(Earlier::Visit { .. }) | None => None,
    };
    let circumstances = Circumstances {
        now: draft.at,
        entry: Some(entry),
        replaces,
        also: Vec::new(),
        gone: 0,
        outage: false,
    };
    let Some(request) = request(told, &circumstances, &draft.settings.registry) else { return Ok(()) };
    let known = Known::at(draft.at.utc).with(entry, Number::Entry(facts(visit)));
    match rules::check(&request, &known).into_iter().next() {
        Some(fault) => Err(Refusal::Registry(fault).into()),
        None => Ok(()),
    }
}

/// What is known of a visit's entry.
fn facts(visit: &Visit) -> EntryFacts {
    let completed = visit.entry.complete.as_ref().is_some_and(|m| m.state == MessageState::Confirmed);
    let cancelled = visit.entry.cancel.as_ref().is_some_and(|m| m.state == MessageState::Confirmed);
    EntryFacts {
        recurring_customer: visit.terms.customer().cloned(),
        lease: matches!(visit.terms, ServiceTerms::Lease { .. }),
        amount_told: visit.amount.is_some(),
        life: match (cancelled, completed) {
            (true, _) => EntryLife::Cancelled,
            (false, true) => EntryLife::Completed,
            (false, false) => EntryLife::Open,
        },
        ..EntryFacts::new(visit.client_type)
    }
}

/// What the registry must be told beside the message itself. The outage flag is set only when there was an outage since
/// the create was there to be told, and it is late because of it: a plate corrected hours after the arrival is not.
fn circumstances(draft: &Draft, item: &DueMessage) -> Circumstances {
    let link = &draft.state.link;
    let late = |since: &Stamp| draft.at.seconds_since(since) > draft.settings.registry.late_after_s;
    let outage = match &item.message.told {
        Told::Create { .. } => {
            let since = item.message.queued;
            late(&since) && (link.lost.is_some() || link.restored.is_some_and(|restored| restored >= since))
        }
        _ => false,
    };
    Circumstances {
        now: draft.at,
        entry: item.entry,
        replaces: item.replaces_entry,
        also: item.also_entries.clone(),
        gone: item.gone,
        outage,
    }
}

/// The entry this message speaks of never came to be: a person decides.
fn without_entry(draft: &mut Draft, message: &Message) {
    reject(draft, message, MessageState::Queued, "-", Text::new("the entry was never registered"));
}

fn look_up(draft: &mut Draft, item: &DueMessage) {
    let message = &item.message;
    let after = message.cursor.unwrap_or_default();
    let token = message.bookmark.as_ref().map(|bookmark| bookmark.token.clone());
    let entry = item.entry.unwrap_or_default();
    let what = match &message.told {
        Told::Create { mark, .. } => SoughtWhat::Entry { mark: mark.clone() },
        Told::Update { .. } => SoughtWhat::Update { entry, completes: false },
        Told::Complete { .. } => SoughtWhat::Update { entry, completes: true },
        Told::Correlate { name, .. } => {
            let entries = item.entry.into_iter().chain(item.also_entries.iter().copied()).collect();
            SoughtWhat::Correlation { entries, name: name.clone() }
        }
        Told::Cancel { entry: other } => SoughtWhat::Cancellation { entry: other.unwrap_or(entry) },
    };
    draft.decision.live.push(LiveChange::Launched(Box::new(message.clone())));
    draft.effect(Effect::LookUp { message: message.id, sought: Sought { after, token, what } });
}

/// A try was answered, or not.
pub(super) fn heard(draft: &mut Draft, id: MessageId, n: u32, heard: &Heard) -> Decided {
    // An answer that comes twice, or to a try given up long ago, changes nothing.
    let awaited = |message: &&Message| message.tries == n && message.state == MessageState::Sending;
    let Some(message) = draft.state.live.in_air.get(&id).filter(awaited) else {
        return Ok(());
    };
    draft.decision.live.push(LiveChange::Landed(id));
    match heard {
        Heard::Accepted { id } => {
            draft.reached();
            confirm(draft, message, *id, false);
        }
        Heard::Refused { code, .. } if n > 1 && ALREADY_THERE.contains(&code.as_str()) => {
            draft.reached();
            unknown(draft, message, Text::new(&format!("already there: {code}")));
        }
        Heard::Refused { code, why } => {
            draft.reached();
            reject(draft, message, MessageState::Sending, code, why.clone());
        }
        Heard::NeverLeft { why } => {
            draft.lost(why);
            draft.give_back(message, Returned::NeverLeft);
        }
        Heard::Throttled => {
            draft.put_off();
            draft.give_back(message, Returned::Throttled);
        }
        Heard::Unauthorized => {
            draft.unauthorized();
            draft.give_back(message, Returned::Unauthorized);
        }
        Heard::Lost { why } => {
            draft.lost(why);
            unknown(draft, message, why.clone());
        }
    }
    Ok(())
}

fn confirm(draft: &mut Draft, message: &Message, registry_id: i64, adopted: bool) {
    draft.event(Event::MessageConfirmed { about: message.about(), registry_id, adopted });
    if message.told.kind() == MessageKind::Create {
        correct::create_confirmed(draft, message.visit, registry_id);
    }
}

fn reject(draft: &mut Draft, message: &Message, from: MessageState, code: &str, why: Text) {
    draft.event(Event::MessageRejected { about: message.about(), from, code: code.to_owned(), why });
}

/// Asked about as soon as the back-off allows.
fn unknown(draft: &mut Draft, message: &Message, why: Text) {
    draft.event(Event::MessageUnknown { about: message.about(), why, ask_at: draft.at });
}

/// A look-up ended.
pub(super) fn looked_up(draft: &mut Draft, id: MessageId, found: &Found) -> Decided {
    let Some(message) = draft.state.live.in_air.get(&id).filter(|m| m.state == MessageState::Unknown) else {
        return Ok(());
    };
    draft.decision.live.push(LiveChange::Landed(id));
    let about = message.about();
    match found {
        Found::There { id } => {
            draft.reached();
            confirm(draft, message, *id, true);
        }
        Found::Absent if message.absent + 1 < LOOKUPS_BEFORE_RESEND => {
            draft.reached();
            let ask_at = draft.at.moved(draft.settings.registry.lookup_gap_s);
            draft.event(Event::LookupFoundNothing { about, ask_at });
        }
        Found::Absent => {
            draft.reached();
            proven_absent(draft, message);
        }
        Found::Incomplete { why, token, hindrance } => {
            let ask_at = match hindrance {
                Hindrance::Link => draft.lost(why),
                Hindrance::Throttled | Hindrance::Refused => draft.put_off(),
                Hindrance::Credentials => draft.unauthorized(),
            };
            let bookmark = token.as_ref().and_then(|token| bookmark(message, token));
            draft.event(Event::LookupIncomplete { about, ask_at, bookmark });
        }
    }
    Ok(())
}

/// Where the next look-up goes on. A page that cannot be read over and over may be one the listing has forgotten: then
/// everything is read anew.
fn bookmark(message: &Message, token: &str) -> Option<Bookmark> {
    let before = message.bookmark.as_ref().filter(|bookmark| bookmark.token == token);
    let failed = before.map_or(1, |bookmark| bookmark.failed.saturating_add(1));
    (failed < PAGE_FAILURES_MAX).then(|| Bookmark { token: token.to_owned(), failed })
}

/// It may be sent once more, unless the registry itself said that it has it: then only a person can tell.
fn proven_absent(draft: &mut Draft, message: &Message) {
    let contradiction = message.why.as_ref().is_some_and(|why| why.as_str().starts_with("already there"));
    if contradiction {
        let why = message.why.clone().unwrap_or_default();
        return reject(draft, message, MessageState::Unknown, "-", why);
    }
    draft.give_back(message, Returned::VerifiedAbsent);
}

/// A person acts on a refused message: its row is read first.
pub(super) fn read_message(draft: &mut Draft, message: MessageId, wish: MessageWish) -> Decided {
    draft.ask(Question::Message { message, wish });
    Ok(())
}

/// The message was read: a refused one is told again in its place among its visit's messages, as the facts are now, or put
/// aside.
pub(super) fn message_read(
    draft: &mut Draft,
    message: &Message,
    visit: Option<&Visit>,
    wish: &MessageWish,
) -> Decided {
    if let MessageWish::TellAnew { difference, operator } = wish {
        return compare::tell_anew(draft, message, difference, operator);
    }
    if message.state != MessageState::Rejected {
        return Err(Refusal::NoSuchMessage.into());
    }
    if *wish == MessageWish::PutAside {
        draft.event(Event::MessageWithdrawn { about: message.about(), from: MessageState::Rejected });
    } else {
        let told = visit.and_then(|visit| as_it_is_now(draft, visit, &message.told));
        if let Some(told) = told.filter(|told| *told != message.told) {
            draft.event(Event::MessageAmended { about: message.about(), told });
        }
        draft.give_back(message, Returned::ToldAgain);
    }
    Ok(())
}

/// What a refused message tells once its cause was put right: in the visit, or in the settings. Nothing where it says all by
/// itself.
fn as_it_is_now(draft: &Draft, visit: &Visit, told: &Told) -> Option<Told> {
    match told {
        Told::Create { replaces: earlier, note, .. } => {
            let placed = Visit { branch: branch_now(draft, visit), ..visit.clone() };
            let mut told = arrive::create(draft, &placed, note.clone());
            if let Told::Create { replaces, .. } = &mut told {
                *replaces = *earlier;
            }
            Some(told)
        }
        Told::Update { after_all: before, .. } => {
            let mut told = serve::update_of(visit, visit.category.as_ref(), visit.amount)?;
            if let Told::Update { after_all, .. } = &mut told {
                *after_all = *before;
            }
            Some(told)
        }
        Told::Complete { .. } => depart::departure(draft.settings, visit),
        Told::Correlate { .. } | Told::Cancel { .. } => None,
    }
}

/// The branch of the visit, unless the settings have no such branch for its kind of business any more: a wrong number there
/// is the commonest cause of a refusal.
fn branch_now(draft: &Draft, visit: &Visit) -> u32 {
    let trades = draft.settings.trades_of(visit.client_type);
    let branches: Vec<u32> = trades
        .into_iter()
        .filter_map(|trade| draft.settings.establishment(Some(trade)))
        .map(|place| place.branch)
        .collect();
    match branches.first() {
        Some(first) if !branches.contains(&visit.branch) => *first,
        _ => visit.branch,
    }
}

impl Draft<'_> {
    /// Failures as they will be after this decision.
    fn failures(&self) -> (u32, Option<Stamp>) {
        let decided = self.decision.live.iter().rev().find_map(|change| match change {
            LiveChange::Failures { count, not_before } => Some((*count, *not_before)),
            _ => None,
        });
        decided.unwrap_or((self.state.live.failures, self.state.live.not_before))
    }

    /// The registry answered: whatever was wrong with the link is over.
    fn reached(&mut self) {
        let live = &self.state.live;
        if live.failures > 0 || live.not_before.is_some() {
            self.decision.live.push(LiveChange::Failures { count: 0, not_before: None });
        }
        if self.state.link.lost.is_some() || self.state.link.unauthorized {
            self.event(Event::LinkRestored);
        }
    }

    /// The registry could not be reached; says when to try again.
    fn lost(&mut self, why: &Text) -> Stamp {
        if self.state.link.lost.is_none() {
            self.event(Event::LinkLost { why: why.clone() });
        }
        self.failed()
    }

    /// It answered, but not now. An outage is over then, and what is late from now on is not late because of it.
    fn put_off(&mut self) -> Stamp {
        if self.state.link.lost.is_some() {
            self.event(Event::LinkRestored);
        }
        self.failed()
    }

    /// One more failure in a row: wait a random time that grows (full jitter).
    fn failed(&mut self) -> Stamp {
        let rules = &self.settings.registry;
        let doubled = rules.backoff_base_ms.saturating_mul(1 << self.state.live.failures.min(20));
        let wait_ms = self.ids.up_to(doubled.min(rules.backoff_cap_ms));
        let until = milliseconds_later(self.at, i64::try_from(wait_ms).unwrap_or(i64::MAX));
        let count = self.state.live.failures.saturating_add(1);
        self.decision.live.push(LiveChange::Failures { count, not_before: Some(until) });
        until
    }

    /// Sending stops; it is tried again after the longest wait, or when a person says so.
    fn unauthorized(&mut self) -> Stamp {
        if !self.state.link.unauthorized || self.state.link.lost.is_some() {
            self.event(Event::CredentialsRefused);
        }
        let cap = i64::try_from(self.settings.registry.backoff_cap_ms).unwrap_or(i64::MAX);
        let count = self.state.live.failures.saturating_add(1);
        let until = milliseconds_later(self.at, cap);
        self.decision.live.push(LiveChange::Failures { count, not_before: Some(until) });
        until
    }

    /// The registry does not have it: it waits again, and a correction that waited for this is carried out.
    fn give_back(&mut self, message: &Message, why: Returned) {
        self.event(Event::MessageReturned { about: message.about(), why });
        if message.told.kind() == MessageKind::Create {
            correct::create_absent(self, message.visit);
        }
    }
}

pub(super) fn milliseconds_later(at: Stamp, ms: i64) -> Stamp {
    let later = at.utc.checked_add(jiff::SignedDuration::from_millis(ms));
    later.map_or(at, Stamp::new)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
