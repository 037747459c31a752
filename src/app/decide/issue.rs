//! Documents on their way to myDATA or to a provider: what is sent when, what an answer means, and what the customer is given
//! meanwhile. At myDATA what is sent again *replaces* what was sent before under another MARK, so nothing is before two
//! complete look-ups, a minute apart, found nothing; and no customer waits longer for the QR than a setting says.

use super::{Decided, Draft, LiveChange, name, paper, registry};
use crate::app::effect::{ArchivedRequest, Effect};
use crate::app::input::{Input, PaperInput, RegistryInput};
use crate::app::refusal::Refusal;
use crate::domain::document::Document;
use crate::domain::entry::Hindrance;
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, MessageId};
use crate::domain::issuing::{AtIssuer, Found, HandedOver, Issuing, News};
use crate::domain::paper::Paper;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::issuer::channel::{self, NotIssuable};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Requests to the issuer in the air at once.
const PARALLEL_MAX: usize = 4;

/// Failures in a row after which a customer does not wait for another try.
const HOPELESS_AFTER: u32 = 2;

/// How the issuer can be reached; only true of this run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct IssuerLine {
    /// Failures in a row.
    pub failures: u32,
    /// What stood in the way at the last one.
    pub hindrance: Option<Hindrance>,
    /// Nothing is sent before this instant.
    pub not_before: Option<Stamp>,
    /// Documents that are being looked up.
    pub asking: BTreeSet<DocumentId>,
    /// When something is due without anything happening.
    pub next: Option<Stamp>,
}

/// What the next step with a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// Its customer waits.
    Fresh,
    /// It is to be looked up.
    Ask,
    /// It is to be sent, and nobody waits.
    Backlog,
}

/// Gives the customers what they have waited for long enough, and begins what can begin. On a full disk no try can be written
/// down first, so none is made.
pub(super) fn pump(draft: &mut Draft, input: &Input) {
    let no_reason = input.is_of_a_device() || matches!(input, Input::Paper(PaperInput::PrinterSeen { .. }));
    if no_reason || draft.state.live.disk_full {
        return;
    }
    let mut documents: Vec<Document> = waiting(draft).into_iter().map(Cow::into_owned).collect();
    if documents.is_empty() {
        return;
    }
    for document in &mut documents {
        hand_over_when_due(draft, document);
    }
    begin(draft, &documents, *input == Input::Registry(RegistryInput::TryNow));
    let next = next_wake(draft, &waiting(draft));
    let line = draft.issuer_line();
    if line.next != next {
        draft.set_issuer_line(IssuerLine { next, ..line });
    }
}

/// The documents that are under way, as they are once this decision is carried out.
fn waiting<'a>(draft: &Draft<'a>) -> Vec<Cow<'a, Document>> {
    let mut changed: BTreeMap<DocumentId, Document> = BTreeMap::new();
    for event in &draft.decision.events {
        if let Some(document) = event.numbered() {
            changed.insert(document.id, document.clone());
        } else if let Some(id) = event.document() {
            if let Some(before) = draft.state.unnamed.get(&id) {
                changed.entry(id).or_insert_with(|| before.clone());
            }
            if let Some(document) = changed.get_mut(&id) {
                document.fold(event);
            }
        }
    }
    let unchanged = draft.state.unnamed.values().filter(|document| !changed.contains_key(&document.id));
    let mut all: Vec<Cow<'a, Document>> = unchanged.map(Cow::Borrowed).collect();
    all.extend(changed.into_values().map(Cow::Owned));
    let under_way = |document: &Document| document.at_issuer.as_ref().is_some_and(AtIssuer::is_under_way);
    all.retain(|document| document.waits_for_name() && under_way(document));
    all
}

/// The document with its QR is best; who has waited long enough is given what there is.
fn hand_over_when_due(draft: &mut Draft, document: &mut Document) {
    let Some(at_issuer) = document.at_issuer.as_ref().filter(|it| it.handed_over.is_none()) else { return };
    // The clock may have been set back meanwhile: then it is as if the wait had begun now.
    let waited = draft.at.seconds_since(&document.issued);
    let line = draft.issuer_line();
    // It could not leave, and not for the first time: more waiting helps nobody.
    let hopeless = at_issuer.tries > 0
        && line.failures >= HOPELESS_AFTER
        && matches!(at_issuer.state, Issuing::Queued { .. });
    if (0..draft.settings.issuing.wait_s).contains(&waited) && !hopeless {
        return;
    }
    let put_off = line.hindrance.is_some_and(|hindrance| hindrance != Hindrance::Link);
    let given = match at_issuer.state {
        // It answers: there is no lost connection, and nothing may say that there is.
        Issuing::Queued { .. } if put_off => HandedOver::NotIssued,
        _ => HandedOver::ConnectionLost,
    };
    hand_over(draft, document, given);
}

fn hand_over(draft: &mut Draft, document: &mut Document, given: HandedOver) {
    let event = Event::DocumentHandedOver { document: document.id, given };
    document.fold(&event);
    draft.event(event);
    paper::ask_for(
        draft,
        match given {
            HandedOver::ConnectionLost => Paper::Receipt { document: document.id, copy: 0 },
            HandedOver::NotIssued => Paper::Slip { document: document.id, copy: 0 },
        },
    );
}

/// Begins look-ups and tries, as many as may be in the air.
fn begin(draft: &mut Draft, documents: &[Document], try_now: bool) {
    let line = draft.issuer_line();
    let wait = !try_now && line.not_before.is_some_and(|until| until > draft.at);
    let alone = wait || line.failures > 0;
    let sending = documents.iter().filter(|document| is_sending(document)).count();
    let most = if alone { 1 } else { PARALLEL_MAX };
    let mut free = most.saturating_sub(sending + line.asking.len());
    let mut due: Vec<(Due, u64, &Document)> = documents
        .iter()
        .filter_map(|document| {
            let due = due(draft, document)?;
            Some((due, document.number, document))
        })
        // A customer who waits is tried for at once, whatever failed before.
        .filter(|(due, _, document)| !wait || *due == Due::Fresh && is_new(draft, document.id))
        .collect();
    due.sort_by_key(|(due, number, _)| (*due, *number));
    for (due, _, document) in due {
        if free == 0 {
            break;
        }
        free -= 1;
        match due {
            Due::Ask => look_up(draft, document),
            Due::Fresh | Due::Backlog => send(draft, document),
        }
    }
}

fn is_sending(document: &Document) -> bool {
    let state = document.at_issuer.as_ref().map(|at_issuer| &at_issuer.state);
    matches!(state, Some(Issuing::Sending { .. }))
}

/// It was numbered in this very decision.
fn is_new(draft: &Draft, id: DocumentId) -> bool {
    let numbered = |event: &Event| event.numbered().is_some_and(|document| document.id == id);
    draft.decision.events.iter().any(numbered)
}

/// A document of an issuer that is not chosen any more waits until it is again.
fn due(draft: &Draft, document: &Document) -> Option<Due> {
    let at_issuer = own(draft, document)?;
    match &at_issuer.state {
        Issuing::Queued { .. } if at_issuer.handed_over.is_none() => Some(Due::Fresh),
        Issuing::Queued { .. } => Some(Due::Backlog),
        Issuing::Unknown(_) | Issuing::Named { to_confirm: true, .. } => {
            let asked = draft.issuer_line().asking.contains(&document.id);
            (!asked && ask_at(draft, at_issuer) <= draft.at).then_some(Due::Ask)
        }
        _ => None,
    }
}

/// Where a document stands at the issuer that is chosen now.
fn own<'a>(draft: &Draft, document: &'a Document) -> Option<&'a AtIssuer> {
    let chosen = channel::chosen(draft.settings);
    document.at_issuer.as_ref().filter(|at_issuer| chosen == Some(at_issuer.channel))
}

/// A second look-up proves something only if the gap really passed since the first; after a step of the clock nobody can tell
/// until it has passed once more.
fn ask_at(draft: &Draft, at_issuer: &AtIssuer) -> Stamp {
    let first = matches!(&at_issuer.state, Issuing::Unknown(doubt) if doubt.absences == 0);
    if first {
        return draft.at;
    }
    let steady = draft.state.live.steady_since.filter(|steady| *steady > at_issuer.since);
    let since = steady.unwrap_or(at_issuer.since);
    since.moved(draft.settings.registry.lookup_gap_s)
}

fn send(draft: &mut Draft, document: &Document) {
    let Some(at_issuer) = &document.at_issuer else { return };
    let telling = match channel::telling(draft.settings, document) {
        Ok(telling) => telling,
        Err(error) => return unfit(draft, document, &error),
    };
    let text = telling.archived();
    let n = at_issuer.tries + 1;
    draft.event(Event::IssuingBegun {
        document: document.id,
        n,
        cursor: draft.state.highest_mark,
        request_sha256: registry::hex(&Sha256::digest(text.as_bytes())),
        at: draft.at,
    });
    // A document is kept in the archive of requests under its own name.
    draft.decision.requests.push(ArchivedRequest { message: MessageId(document.id.0), n, text });
    draft.effect(Effect::TellDocument { document: document.id, n, telling: Box::new(telling) });
}

/// It was checked before it was paid, so the settings have changed since: a person decides.
fn unfit(draft: &mut Draft, document: &Document, error: &NotIssuable) {
    let mut document = document.clone();
    advance(draft, &mut document, News::Unfit { why: Text::new(&error.to_string()) });
}

fn look_up(draft: &mut Draft, document: &Document) {
    let asking = match channel::asking(draft.settings, document) {
        Ok(asking) => asking,
        // What was sent once can be composed; if not any more, it stays unknown until the settings are right again.
        Err(_) => return,
    };
    let n = document.at_issuer.as_ref().map_or(0, |at_issuer| at_issuer.tries);
    draft.event(Event::IssuingAdvanced { document: document.id, news: News::Asked, at: draft.at });
    let mut line = draft.issuer_line();
    line.asking.insert(document.id);
    draft.set_issuer_line(line);
    draft.effect(Effect::LookUpDocument { document: document.id, n, asking: Box::new(asking) });
}

/// The issuer was heard of a document, or not. What comes late, twice, or to a try given up long ago changes nothing.
pub(super) fn said(draft: &mut Draft, id: DocumentId, n: u32, news: &News) -> Decided {
    let mut line = draft.issuer_line();
    let was_asked = line.asking.remove(&id);
    if was_asked && matches!(news, News::Found(_)) {
        draft.set_issuer_line(line);
    }
    let Some(document) = draft.state.unnamed.get(&id) else { return Ok(()) };
    let Some(at_issuer) = document.at_issuer.as_ref().filter(|at_issuer| at_issuer.tries == n) else {
        return Ok(());
    };
    if matches!(news, News::Begun | News::Asked | News::Restarted | News::Corrected | News::Unfit { .. })
        || matches!(news, News::Found(_)) && !was_asked
        || at_issuer.state.clone().after(news.clone()).is_err()
    {
        return Ok(());
    }
    listen(draft, news);
    let mut document = document.clone();
    advance(draft, &mut document, news.clone());
    Ok(())
}

/// Takes down what is known of a document now, and does what follows from it.
fn advance(draft: &mut Draft, document: &mut Document, news: News) {
    let event = Event::IssuingAdvanced { document: document.id, news, at: draft.at };
    document.fold(&event);
    draft.event(event);
    let Some(at_issuer) = document.at_issuer.clone() else { return };
    match at_issuer.state {
        Issuing::Named { named, to_confirm: false } => {
            let has_qr = named.qr.is_some();
            name::issued(draft, document, named);
            if at_issuer.handed_over.is_none() {
                let (document, copy) = (document.id, 0);
                paper::ask_for(
                    draft,
                    match has_qr {
                        true => Paper::Receipt { document, copy },
                        // Without the QR it may not be handed over as the document.
                        false => Paper::Slip { document, copy },
                    },
                );
            }
        }
        Issuing::Rejected { .. } | Issuing::Withdrawn { .. } if at_issuer.handed_over.is_none() => {
            hand_over(draft, document, HandedOver::NotIssued);
        }
        _ => {}
    }
}

/// What an answer says of the line.
fn listen(draft: &mut Draft, news: &News) {
    let hindrance = match news {
        News::NeverLeft | News::Lost(_) => Some(Hindrance::Link),
        News::PutOff { hindrance } | News::Found(Found::Incomplete { hindrance, .. }) => Some(*hindrance),
        _ => None,
    };
    let line = draft.issuer_line();
    let Some(hindrance) = hindrance else {
        return draft.set_issuer_line(IssuerLine { failures: 0, hindrance: None, not_before: None, ..line });
    };
    let rules = &draft.settings.registry;
    let doubled = rules.backoff_base_ms.saturating_mul(1 << line.failures.min(20));
    let wait_ms = match hindrance {
        Hindrance::Credentials => rules.backoff_cap_ms,
        _ => draft.ids.up_to(doubled.min(rules.backoff_cap_ms)),
    };
    let not_before = registry::milliseconds_later(draft.at, i64::try_from(wait_ms).unwrap_or(i64::MAX));
    let failures = line.failures.saturating_add(1);
    draft.set_issuer_line(IssuerLine {
        failures,
        hindrance: Some(hindrance),
        not_before: Some(not_before),
        ..line
    });
}

/// What a person is told of a document that would certainly be refused.
pub(super) fn refusal(error: &NotIssuable) -> Refusal {
    match error {
        NotIssuable::CardNotSigned => Refusal::CardNotSigned,
        other => Refusal::NotIssuable(other.to_string()),
    }
}

/// A person has put right what was refused.
pub(super) fn again(draft: &mut Draft, id: DocumentId) -> Decided {
    let document = draft.state.unnamed.get(&id).ok_or(Refusal::NoSuchDocument)?;
    let state = document.at_issuer.as_ref().map(|at_issuer| &at_issuer.state);
    if !matches!(state, Some(Issuing::Rejected { .. })) {
        return Err(Refusal::NoSuchDocument.into());
    }
    // What would be refused again is said at once.
    channel::telling(draft.settings, document).map_err(|error| refusal(&error))?;
    draft.event(Event::IssuingAdvanced { document: id, news: News::Corrected, at: draft.at });
    Ok(())
}

/// Tries and look-ups without an answer when the program died: nobody knows, so they are asked about.
pub(super) fn after_restart(draft: &mut Draft) {
    for document in draft.state.unnamed.values() {
        let state = document.at_issuer.as_ref().map(|at_issuer| &at_issuer.state);
        if matches!(state, Some(Issuing::Sending { .. } | Issuing::Asking(_))) {
            let news = News::Restarted;
            draft.event(Event::IssuingAdvanced { document: document.id, news, at: draft.at });
        }
    }
}

/// The clock was set: the end of a wait was an instant of a clock that no longer runs.
pub(super) fn clock_stepped(draft: &mut Draft) {
    let line = draft.issuer_line();
    if line.not_before.is_some() {
        draft.set_issuer_line(IssuerLine { not_before: None, ..line });
    }
}

/// When there is next something to do by itself.
fn next_wake(draft: &Draft, documents: &[Cow<'_, Document>]) -> Option<Stamp> {
    let line = draft.issuer_line();
    let held_up = |at: Stamp| line.not_before.map_or(at, |until| until.max(at));
    let of = |document: &Document| {
        let at_issuer = own(draft, document)?;
        let given = at_issuer.handed_over.is_none();
        let given = given.then(|| document.issued.moved(draft.settings.issuing.wait_s));
        let step = match at_issuer.state {
            Issuing::Queued { .. } => Some(held_up(draft.at)),
            Issuing::Unknown(_) | Issuing::Named { .. } if !line.asking.contains(&document.id) => {
                Some(held_up(ask_at(draft, at_issuer)))
            }
            _ => None,
        };
        given.into_iter().chain(step).min()
    };
    documents.iter().filter_map(|document| of(document)).filter(|at| *at > draft.at).min()
}

impl Draft<'_> {
    /// The line to the issuer as it will be after this decision.
    fn issuer_line(&self) -> IssuerLine {
        let decided = self.decision.live.iter().rev().find_map(|change| match change {
            LiveChange::Issuer(line) => Some((**line).clone()),
            _ => None,
        });
        decided.unwrap_or_else(|| self.state.live.issuer.clone())
    }

    fn set_issuer_line(&mut self, line: IssuerLine) {
        self.decision.live.push(LiveChange::Issuer(Box::new(line)));
    }
}
