//! What each event does to each thing. The open world in memory and the tables on disk both go through here, so that
//! they cannot disagree.
//!
//! | file | holds |
//! |---|---|
//! | [`about`] | which things an event is about |
//! | [`visit`] | a visit and its work |
//! | this one | everything else |

mod about;
mod visit;

use super::document::{Document, IssuedFor};
use super::entry::{Link, Message, MessageState, Outbox};
use super::event::{Event, Returned};
use super::issuing::{AtIssuer, Found, News};
use super::paper::{JobState, PaperJob, PrintOutcome};
use super::shift::{DrawerAsk, Shift};
use super::text::Text;
use super::time::Stamp;

impl Message {
    /// Applies an event that names this message.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::MessageAmended { told, .. } => self.told = told.clone(),
            Event::MessageWithdrawn { .. } => self.state = MessageState::Withdrawn,
            Event::MessageSent { n, cursor, .. } => {
                self.state = MessageState::Sending;
                self.tries = *n;
                self.cursor = Some(self.cursor.map_or(*cursor, |first| first.min(*cursor)));
                self.absent = 0;
                self.bookmark = None;
                self.ask_at = None;
                self.why = None;
            }
            Event::MessageConfirmed { registry_id, .. } => {
                self.state = MessageState::Confirmed;
                self.registry_id = Some(*registry_id);
                self.why = None;
                self.ask_at = None;
            }
            Event::MessageRejected { code, why, .. } => {
                self.state = MessageState::Rejected;
                self.code = Some(code.clone());
                self.why = Some(why.clone());
                self.ask_at = None;
            }
            Event::MessageReturned { why, .. } => {
                self.state = MessageState::Queued;
                self.code = None;
                self.why = Some(Text::new(returned_word(*why)));
                self.ask_at = None;
            }
            Event::MessageUnknown { why, ask_at, .. } => {
                self.state = MessageState::Unknown;
                self.absent = 0;
                self.bookmark = None;
                self.why = Some(why.clone());
                self.ask_at = Some(*ask_at);
            }
            Event::LookupFoundNothing { ask_at, .. } => {
                self.absent = self.absent.saturating_add(1);
                // The next one proves something only if it reads everything again.
                self.bookmark = None;
                self.ask_at = Some(*ask_at);
            }
            Event::LookupIncomplete { ask_at, bookmark, .. } => {
                self.bookmark.clone_from(bookmark);
                self.ask_at = Some(*ask_at);
            }
            _ => {}
        }
    }
}

const fn returned_word(why: Returned) -> &'static str {
    match why {
        Returned::NeverLeft => "never left",
        Returned::Throttled => "throttled",
        Returned::Unauthorized => "credentials refused",
        Returned::VerifiedAbsent => "verified absent",
        Returned::ToldAgain => "told again",
    }
}

impl Document {
    /// Applies an event that names this document.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::DocumentNamed { name, qr, .. } => {
                self.name = Some(name.clone());
                if qr.is_some() {
                    self.qr.clone_from(qr);
                }
            }
            Event::CreditNumbered { credit, .. } => self.credited.add(credit),
            Event::DocumentVoided { reason, .. } => self.void = Some(reason.clone()),
            Event::DocumentMoved { to, .. } => {
                if let IssuedFor::Visit { visit, .. } = &mut self.issued_for {
                    *visit = *to;
                }
            }
            _ => {
                if let Some(at_issuer) = &mut self.at_issuer {
                    at_issuer.fold(event);
                }
            }
        }
    }
}

impl AtIssuer {
    /// Applies an event that names this document.
    fn fold(&mut self, event: &Event) {
        match event {
            Event::IssuingBegun { n, cursor, at, .. } => {
                if self.tries == 0 {
                    self.cursor = *cursor;
                }
                self.tries = *n;
                self.hear(News::Begun, *at);
            }
            Event::IssuingAdvanced { news, at, .. } => self.hear(news.clone(), *at),
            Event::DocumentHandedOver { given, .. } => self.handed_over = Some(*given),
            _ => {}
        }
    }
}

/// The largest MARK myDATA has given a document of ours: what is told from now on is above it.
pub fn highest_mark(known: i64, event: &Event) -> i64 {
    match event {
        Event::IssuingAdvanced {
            news: News::Accepted { mark, .. } | News::Found(Found::There { mark, .. }),
            ..
        } => known.max(*mark),
        _ => known,
    }
}

impl Shift {
    /// Applies an event that names this shift, or a drawer opening while it is open.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::DocumentNumbered { document, .. } | Event::CreditNumbered { credit: document, .. } => {
                self.figures.add(document);
            }
            Event::DocumentVoided { document, .. } => self.figures.void(document),
            Event::DepositTaken { deposit, .. } => self.figures.add_deposit(deposit),
            Event::DepositReturned { returned, .. } => self.figures.add_return(returned),
            Event::NoDocumentChosen { .. } => self.figures.no_document += 1,
            Event::ShiftRelieved { operator, .. } => self.relieved_by = Some(operator.clone()),
            Event::ShiftSealed { sealed, .. } => self.sealed = Some(*sealed),
            Event::ShiftClosed { closing, .. } => self.closed = Some(closing.clone()),
            Event::VarianceExplained { explanation, .. } => {
                if let Some(closing) = &mut self.closed {
                    closing.explained = Some(explanation.clone());
                }
            }
            Event::DrawerMoved { movement, .. } => self.movements.push(movement.clone()),
            event if event.is_no_sale() => self.figures.no_sale += 1,
            _ => {}
        }
    }
}

impl PaperJob {
    /// The job as it begins.
    pub fn asked(event: &Event, at: Stamp) -> Option<Self> {
        match event {
            Event::PaperAsked { job, paper, .. } => {
                Some(Self { id: *job, paper: paper.clone(), asked: at, tries: 1, state: JobState::Printing })
            }
            _ => None,
        }
    }

    /// Applies an event that names this job.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::PaperRetried { .. } => {
                self.tries += 1;
                self.state = JobState::Printing;
            }
            Event::PaperJudged { complete, .. } => self.state = JobState::Done { complete: *complete },
            Event::PaperReported { outcome, .. } => self.state = state_after(outcome),
            _ => {}
        }
    }
}

fn state_after(outcome: &PrintOutcome) -> JobState {
    match outcome {
        PrintOutcome::Confirmed | PrintOutcome::Unconfirmed => JobState::Done { complete: true },
        PrintOutcome::Interrupted { trouble, .. } | PrintOutcome::NotStarted { trouble } => {
            JobState::Waiting { trouble: trouble.clone() }
        }
        PrintOutcome::Unknown => JobState::Asking,
    }
}

impl Link {
    /// Applies an event.
    pub fn fold(&mut self, event: &Event, at: Stamp) {
        match event {
            Event::LinkLost { .. } => self.lost = Some(at),
            Event::LinkRestored => {
                if self.lost.is_some() {
                    self.restored = Some(at);
                }
                self.lost = None;
                self.unauthorized = false;
            }
            Event::CredentialsRefused => {
                // Who refuses answers: the outage is over.
                if self.lost.take().is_some() {
                    self.restored = Some(at);
                }
                self.unauthorized = true;
            }
            // What is remembered moves with the clock: a vehicle that comes after it was set back came after the outage.
            Event::ClockStepped { by_s } => {
                self.lost = self.lost.map(|at| at.moved(*by_s));
                self.restored = self.restored.map(|at| at.moved(*by_s));
            }
            _ => {}
        }
    }
}

impl DrawerAsk {
    /// What is asked of the drawer after an event.
    pub fn after(now: Option<Self>, event: &Event) -> Option<Self> {
        match event {
            Event::DrawerAsked { document, .. } => Some(Self { document: *document, stale: false }),
            Event::DrawerReported { opened: true } => None,
            Event::DrawerReported { opened: false } | Event::TerminalStarted { .. } => {
                now.map(|ask| Self { stale: true, ..ask })
            }
            _ => now,
        }
    }
}

impl Outbox {
    /// Applies an event.
    pub fn fold(&mut self, event: &Event) {
        if let Some((before, after)) = moved(event) {
            self.count(before, -1);
            self.count(Some(after), 1);
        }
        if let Event::MessageConfirmed { registry_id, .. } = event {
            self.highest_id = self.highest_id.max(*registry_id);
        }
    }

    fn count(&mut self, state: Option<MessageState>, by: i64) {
        let slot = match state {
            Some(MessageState::Queued) => &mut self.queued,
            Some(MessageState::Sending) => &mut self.sending,
            Some(MessageState::Unknown) => &mut self.unknown,
            Some(MessageState::Rejected) => &mut self.rejected,
            Some(MessageState::Confirmed | MessageState::Withdrawn) | None => return,
        };
        *slot = slot.saturating_add_signed(by);
    }
}

/// The state a message leaves and the one it enters.
fn moved(event: &Event) -> Option<(Option<MessageState>, MessageState)> {
    match event {
        Event::MessageQueued { message } => Some((None, message.state)),
        Event::MessageSent { .. } => Some((Some(MessageState::Queued), MessageState::Sending)),
        Event::MessageWithdrawn { from, .. } => Some((Some(*from), MessageState::Withdrawn)),
        Event::MessageConfirmed { adopted: true, .. } => {
            Some((Some(MessageState::Unknown), MessageState::Confirmed))
        }
        Event::MessageConfirmed { adopted: false, .. } => {
            Some((Some(MessageState::Sending), MessageState::Confirmed))
        }
        Event::MessageRejected { from, .. } => Some((Some(*from), MessageState::Rejected)),
        Event::MessageReturned { why: Returned::VerifiedAbsent, .. } => {
            Some((Some(MessageState::Unknown), MessageState::Queued))
        }
        Event::MessageReturned { why: Returned::ToldAgain, .. } => {
            Some((Some(MessageState::Rejected), MessageState::Queued))
        }
        Event::MessageReturned { .. } => Some((Some(MessageState::Sending), MessageState::Queued)),
        Event::MessageUnknown { .. } => Some((Some(MessageState::Sending), MessageState::Unknown)),
        _ => None,
    }
}
