//! What each event does to each thing. The open world in memory and the tables on disk both go through here, so that
//! they cannot disagree.

use super::document::{Document, DocumentName, IssuedFor};
use super::entry::{About, Link, Message, MessageKind, MessageState, Moment, Outbox, Told};
use super::event::{Event, Returned};
use super::ids::{DepositId, DocumentId, JobId, MessageId, OrderId, ShiftId, VisitId};
use super::issuing::{AtIssuer, Found, News};
use super::operator::OperatorId;
use super::paper::{JobState, PaperJob, PrintOutcome};
use super::parking::Stay;
use super::rental::Rental;
use super::sale::Sale;
use super::shift::{DrawerAsk, Shift};
use super::text::Text;
use super::ticket::TicketFate;
use super::time::Stamp;
use super::visit::{PaidDocument, Settlement, Step, StepRefused, ToldDocument, Visit, VisitState};
use super::work::WorkOrder;

impl Event {
    /// The visits this event changes: one, or two where one replaces the other.
    pub fn visits(&self) -> Vec<VisitId> {
        match self {
            Self::VisitOpened { visit } => vec![visit.id],
            Self::DocumentNumbered { document, .. } | Self::DocumentVoided { document, .. } => {
                document.issued_for.subject().visit().into_iter().collect()
            }
            Self::DocumentNamed { subject, .. } => subject.visit().into_iter().collect(),
            Self::MessageQueued { message } => message.about().visits(),
            Self::ServiceChosen { visit, .. }
            | Self::ServiceTold { visit, .. }
            | Self::VehicleHandedOver { visit, .. }
            | Self::VehicleReturned { visit, .. }
            | Self::WorkDescribed { visit, .. }
            | Self::WorkWritten { visit, .. }
            | Self::EstimateMade { visit, .. }
            | Self::EstimateApproved { visit, .. }
            | Self::PartsAwaited { visit, .. }
            | Self::ServiceDue { visit, .. }
            | Self::SupplementChosen { visit, .. }
            | Self::TicketGone { visit, .. }
            | Self::PricedTimeEdited { visit, .. }
            | Self::PriceAgreed { visit, .. }
            | Self::ReleasedOwing { visit, .. }
            | Self::ServiceStarted { visit }
            | Self::ServiceFinished { visit }
            | Self::VisitPlaced { visit, .. }
            | Self::VisitPromised { visit, .. }
            | Self::NoDocumentChosen { visit, .. }
            | Self::ContractChosen { visit, .. }
            | Self::VisitMoved { visit, .. }
            | Self::VisitClosed { visit, .. }
            | Self::VisitCancelled { visit, .. }
            | Self::PlateEdited { visit, .. }
            | Self::CorrectionAsked { visit, .. }
            | Self::VisitReplaced { visit, .. }
            | Self::EntryAdopted { visit, .. } => vec![*visit],
            Self::MessageAmended { .. }
            | Self::MessageWithdrawn { .. }
            | Self::MessageSent { .. }
            | Self::MessageConfirmed { .. }
            | Self::MessageRejected { .. }
            | Self::MessageReturned { .. }
            | Self::MessageUnknown { .. }
            | Self::LookupFoundNothing { .. }
            | Self::LookupIncomplete { .. } => self.about().map(About::visits).unwrap_or_default(),
            Self::TerminalStarted { .. }
            | Self::ClockStepped { .. }
            | Self::LinkLost { .. }
            | Self::LinkRestored
            | Self::CredentialsRefused
            | Self::ShiftOpened { .. }
            | Self::ShiftClosed { .. }
            | Self::ShiftRelieved { .. }
            | Self::ShiftSealed { .. }
            | Self::VarianceExplained { .. }
            | Self::DrawerMoved { .. }
            | Self::DayClosed { .. }
            | Self::PinSet { .. }
            | Self::PinRefused { .. }
            | Self::PinAccepted { .. }
            | Self::DrawerAsked { .. }
            | Self::DrawerReported { .. }
            | Self::CardAsked { .. }
            | Self::CardReported { .. }
            | Self::DrawerOpenedUnasked
            | Self::DeviceAssigned { .. }
            | Self::BarrierAsked { .. }
            | Self::BarrierReported { .. }
            | Self::BarrierOpenedUnasked { .. }
            | Self::DocumentMoved { .. }
            | Self::CreditNumbered { .. }
            | Self::IssuingBegun { .. }
            | Self::IssuingAdvanced { .. }
            | Self::DocumentHandedOver { .. }
            | Self::DepositTaken { .. }
            | Self::DepositReturned { .. }
            | Self::DepositMoved { .. }
            | Self::PaperAsked { .. }
            | Self::PaperRetried { .. }
            | Self::PaperReported { .. }
            | Self::PaperJudged { .. }
            | Self::DifferenceFound { .. }
            | Self::DifferenceSettled { .. }
            | Self::RegistryCompared { .. }
            | Self::PhotoKept { .. }
            | Self::PhotosDeleted { .. }
            | Self::OrderOpened { .. }
            | Self::OrderLineAdded { .. }
            | Self::OrderLineRemoved { .. }
            | Self::OrderDiscounted { .. }
            | Self::OrderTakenIn { .. }
            | Self::OrderFinished { .. }
            | Self::OrderFetched { .. }
            | Self::OrderCancelled { .. }
            | Self::TicketRefused { .. }
            | Self::RightRefused { .. } => Vec::new(),
        }
    }

    /// The order this event changes.
    pub fn order(&self) -> Option<OrderId> {
        match self {
            Self::OrderOpened { order } => Some(order.id),
            Self::OrderLineAdded { order, .. }
            | Self::OrderLineRemoved { order, .. }
            | Self::OrderDiscounted { order, .. }
            | Self::OrderTakenIn { order, .. }
            | Self::OrderFinished { order, .. }
            | Self::OrderFetched { order, .. }
            | Self::OrderCancelled { order, .. } => Some(*order),
            Self::DocumentNumbered { document, .. } => document.issued_for.subject().order(),
            _ => None,
        }
    }

    /// The message this event changes.
    pub fn message(&self) -> Option<MessageId> {
        match self {
            Self::MessageQueued { message } => Some(message.id),
            _ => self.about().map(|about| about.message),
        }
    }

    /// What it says of a message that was queued before.
    const fn about(&self) -> Option<&About> {
        match self {
            Self::MessageAmended { about, .. }
            | Self::MessageWithdrawn { about, .. }
            | Self::MessageSent { about, .. }
            | Self::MessageConfirmed { about, .. }
            | Self::MessageRejected { about, .. }
            | Self::MessageReturned { about, .. }
            | Self::MessageUnknown { about, .. }
            | Self::LookupFoundNothing { about, .. }
            | Self::LookupIncomplete { about, .. } => Some(about),
            _ => None,
        }
    }

    /// The document this event changes.
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::DocumentNumbered { document, .. }
            | Self::CreditNumbered { credit: document, .. }
            | Self::DocumentVoided { document, .. } => Some(document.id),
            Self::DocumentNamed { document, .. }
            | Self::DocumentMoved { document, .. }
            | Self::IssuingBegun { document, .. }
            | Self::IssuingAdvanced { document, .. }
            | Self::DocumentHandedOver { document, .. } => Some(*document),
            _ => None,
        }
    }

    /// The document that came to be with this event, and has its number.
    pub const fn numbered(&self) -> Option<&Document> {
        match self {
            Self::DocumentNumbered { document, .. } | Self::CreditNumbered { credit: document, .. } => {
                Some(document)
            }
            _ => None,
        }
    }
    /// The deposits this event changes.
    pub fn deposits(&self) -> Vec<DepositId> {
        match self {
            Self::DepositTaken { deposit, .. } => vec![deposit.id],
            Self::DepositReturned { deposit, .. } | Self::DepositMoved { deposit, .. } => vec![*deposit],
            Self::DocumentNumbered { document, .. } => document.payment.deposits().collect(),
            _ => Vec::new(),
        }
    }

    /// The shift this event changes.
    pub fn shift(&self) -> Option<ShiftId> {
        match self {
            Self::ShiftOpened { shift } => Some(shift.id),
            Self::ShiftClosed { shift, .. }
            | Self::ShiftRelieved { shift, .. }
            | Self::ShiftSealed { shift, .. }
            | Self::VarianceExplained { shift, .. }
            | Self::DrawerMoved { shift, .. }
            | Self::CreditNumbered { shift, .. }
            | Self::DocumentVoided { shift, .. }
            | Self::DepositTaken { shift, .. }
            | Self::DepositReturned { shift, .. } => Some(*shift),
            Self::DocumentNumbered { shift, .. } | Self::NoDocumentChosen { shift, .. } => *shift,
            _ => None,
        }
    }

    /// The drawer is opened without a sale and without cash that moves.
    pub const fn is_no_sale(&self) -> bool {
        matches!(self, Self::DrawerAsked { document: None, moving: false, .. })
    }

    /// Who did something an owner wants to see.
    pub const fn done_by(&self) -> Option<&OperatorId> {
        match self {
            Self::NoDocumentChosen { settlement: Settlement::NoDocument { approved_by, .. }, .. } => {
                Some(approved_by)
            }
            Self::DrawerAsked { document: None, moving: false, operator } => Some(operator),
            Self::CreditNumbered { credit, .. } => Some(&credit.operator),
            Self::PaperAsked { paper, operator: Some(operator), .. } if paper.copy() > 0 => Some(operator),
            Self::DocumentVoided { operator, .. }
            | Self::BarrierAsked { visit: None, operator, .. }
            | Self::TicketGone { fate: TicketFate::Lost, operator, .. }
            | Self::PricedTimeEdited { operator, .. }
            | Self::PriceAgreed { operator, .. }
            | Self::ReleasedOwing { operator, .. }
            | Self::VisitCancelled { operator, .. }
            | Self::OrderLineAdded { approved_by: Some(operator), .. }
            | Self::OrderCancelled { operator, .. }
            | Self::PlateEdited { operator, .. }
            | Self::VisitReplaced { operator, .. }
            | Self::PaperJudged { complete: false, operator, .. }
            | Self::PinRefused { operator }
            | Self::RightRefused { operator, .. } => Some(operator),
            Self::DepositReturned { returned, .. } => Some(&returned.operator),
            _ => None,
        }
    }

    /// The paper job this event changes.
    pub fn job(&self) -> Option<JobId> {
        match self {
            Self::PaperAsked { job, .. }
            | Self::PaperRetried { job }
            | Self::PaperReported { job, .. }
            | Self::PaperJudged { job, .. } => Some(*job),
            _ => None,
        }
    }
}

impl Visit {
    /// Applies an event that names this visit.
    ///
    /// # Errors
    /// When the event does not fit the state: the journal is then not one this program wrote.
    pub fn fold(&mut self, event: &Event) -> Result<(), StepRefused> {
        match event {
            Event::ServiceChosen { size, sale, category, .. } => {
                self.size = *size;
                self.sale = sale.clone();
                self.category.clone_from(category);
            }
            Event::ServiceTold { category, amount, .. } => {
                if let Some(work) = &mut self.work {
                    work.category_said |= *category != self.category;
                }
                self.category.clone_from(category);
                self.amount = *amount;
            }
            Event::ServiceStarted { .. } => self.step(Step::Start)?,
            Event::ServiceFinished { .. } => self.step(Step::Finish)?,
            Event::VisitPlaced { place, at, .. } => {
                self.board.place = *place;
                self.board.since = Some(*at);
            }
            Event::VisitPromised { promised, .. } => self.board.promised = Some(*promised),
            Event::SupplementChosen { sale, .. } => self.supplement = sale.clone(),
            Event::TicketGone { fate, .. } => self.change_stay(|stay| stay.ticket = *fate),
            Event::PricedTimeEdited { from, .. } => self.change_stay(|stay| stay.from = Some(from.clone())),
            Event::PriceAgreed { basis, .. } => self.change_stay(|stay| stay.basis = basis.clone()),
            Event::ReleasedOwing { debt, .. } => {
                if !self.is_paid() {
                    self.step(Step::Settle(Settlement::Owed))?;
                }
                self.debt = Some(debt.clone());
            }
            Event::DocumentNumbered { document, .. } => self.take_document(document)?,
            Event::DocumentVoided { .. } => self.give_document_back()?,
            Event::NoDocumentChosen { settlement, .. } | Event::ContractChosen { settlement, .. } => {
                self.step(Step::Settle(settlement.clone()))?;
            }
            Event::VisitMoved { to, departed, .. } => self.step(Step::Move(to.clone(), *departed))?,
            Event::DocumentNamed { document, name, .. } => self.set_name(*document, name),
            Event::VisitClosed { departed, returned_at, estimated, .. } => {
                self.step(Step::Depart(*departed))?;
                self.change_stay(|stay| stay.estimated = *estimated);
                if let Some(trip) = &mut self.trip {
                    trip.returned_at.clone_from(returned_at);
                }
            }
            Event::VisitCancelled { reason, .. } => self.step(Step::Cancel(reason.clone()))?,
            Event::VisitReplaced { by, .. } => {
                self.correction = None;
                self.step(Step::Replace(*by))?;
            }
            Event::PlateEdited { plate, vehicle, .. } => {
                self.plate = plate.clone();
                self.vehicle = vehicle.clone();
                self.correction = None;
            }
            Event::CorrectionAsked { correction, .. } => self.correction = Some(correction.clone()),
            Event::EntryAdopted { entry, .. } => self.entry.id = Some(*entry),
            Event::VehicleHandedOver { hand_over, .. } => {
                let hand_over = (**hand_over).clone();
                self.rental = Some(Box::new(Rental { hand_over, returned: None }));
            }
            Event::VehicleReturned { returned, .. } => {
                if let Some(rental) = &mut self.rental {
                    rental.returned = Some((**returned).clone());
                }
            }
            Event::WorkDescribed { .. }
            | Event::WorkWritten { .. }
            | Event::EstimateMade { .. }
            | Event::EstimateApproved { .. }
            | Event::PartsAwaited { .. }
            | Event::ServiceDue { .. } => self.work.get_or_insert_default().fold(event),
            _ => self.fold_message(event),
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Result<(), StepRefused> {
        self.state = self.state.after(step)?;
        Ok(())
    }

    fn change_stay(&mut self, change: impl FnOnce(&mut Stay)) {
        if let Some(stay) = &mut self.stay {
            change(stay);
        }
    }

    /// The first document settles the visit; each one after it pays what was sold since.
    fn take_document(&mut self, document: &Document) -> Result<(), StepRefused> {
        if self.is_paid() {
            if self.supplement.is_empty() {
                return Err(StepRefused::AlreadyPaid);
            }
            self.supplement = Sale::default();
            self.further.push(PaidDocument::from(document));
        } else {
            let PaidDocument { document, kind, total, name } = PaidDocument::from(document);
            let paid = Settlement::Paid { document, kind, total, name };
            match &mut self.state {
                // It left owing, and is paid after all.
                VisitState::Closed { settlement: owed @ Settlement::Owed, .. } => *owed = paid,
                _ => self.step(Step::Settle(paid))?,
            }
        }
        self.debt = None;
        self.change_stay(|stay| stay.take(document));
        Ok(())
    }

    /// Its only document was made void: it is to be paid anew, with what was sold since.
    fn give_document_back(&mut self) -> Result<(), StepRefused> {
        if !self.further.is_empty() {
            return Err(StepRefused::AlreadyPaid);
        }
        self.step(Step::Reopen)?;
        let since = std::mem::take(&mut self.supplement);
        self.sale.lines.extend(since.lines);
        if let Some(stay) = &mut self.stay {
            stay.paid = None;
        }
        Ok(())
    }

    fn set_name(&mut self, of: DocumentId, given: &DocumentName) {
        if let Some(paid) = self.further.iter_mut().find(|paid| paid.document == of) {
            paid.name = Some(given.clone());
        } else if let VisitState::Settled { settlement } | VisitState::Closed { settlement, .. } =
            &mut self.state
            && let Settlement::Paid { document, name, .. } = settlement
            && *document == of
        {
            *name = Some(given.clone());
        }
    }

    fn fold_message(&mut self, event: &Event) {
        match event {
            Event::MessageQueued { message } => {
                let shared = !message.told.also().is_empty();
                let moment =
                    Moment { message: message.id, state: MessageState::Queued, tried: false, shared };
                *self.entry.moment_mut(message.told.kind()) = Some(moment);
                self.keep_document(&message.told);
            }
            Event::MessageConfirmed { about, registry_id, .. } => {
                if about.kind == MessageKind::Create {
                    self.entry.id = Some(*registry_id);
                }
                self.set_moment(about, MessageState::Confirmed);
            }
            Event::MessageSent { about, .. } => {
                self.set_moment(about, MessageState::Sending);
                self.set_tried(about, true);
            }
            Event::MessageWithdrawn { about, .. } => self.set_moment(about, MessageState::Withdrawn),
            Event::MessageRejected { about, .. } => self.set_moment(about, MessageState::Rejected),
            Event::MessageReturned { about, .. } => {
                self.set_moment(about, MessageState::Queued);
                // What provably never got there is as good as never sent: it may still be changed or withdrawn.
                self.set_tried(about, false);
            }
            Event::MessageUnknown { about, .. } => self.set_moment(about, MessageState::Unknown),
            _ => {}
        }
    }

    fn keep_document(&mut self, told: &Told) {
        if let Told::Correlate { document, name, .. } = told
            && !self.documents.iter().any(|kept| kept.name == *name)
        {
            self.documents.push(ToldDocument { document: *document, name: name.clone() });
        }
    }

    fn set_tried(&mut self, about: &About, tried: bool) {
        if let Some(moment) = self.moment_of(about) {
            moment.tried = tried;
        }
    }

    fn set_moment(&mut self, about: &About, state: MessageState) {
        if let Some(moment) = self.moment_of(about) {
            moment.state = state;
        }
    }

    /// The moment of a message, unless a later message of its kind took the place.
    fn moment_of(&mut self, about: &About) -> Option<&mut Moment> {
        self.entry.moment_mut(about.kind).as_mut().filter(|moment| moment.message == about.message)
    }
}

impl WorkOrder {
    /// Applies an event that is about it.
    fn fold(&mut self, event: &Event) {
        match event {
            Event::WorkDescribed { complaint, dashboard, .. } => {
                self.complaint = complaint.clone();
                self.dashboard = *dashboard;
            }
            Event::WorkWritten { lines, .. } => self.lines.clone_from(lines),
            Event::EstimateMade { estimate, .. } => self.estimates.push((**estimate).clone()),
            Event::EstimateApproved { version, approval, .. } => {
                let approved = self.estimates.iter_mut().find(|estimate| estimate.version == *version);
                if let Some(estimate) = approved {
                    estimate.approved = Some(approval.clone());
                }
            }
            Event::PartsAwaited { what, .. } => self.parts_awaited.clone_from(what),
            Event::ServiceDue { next, .. } => self.next_service.clone_from(next),
            _ => {}
        }
    }
}

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
const fn moved(event: &Event) -> Option<(Option<MessageState>, MessageState)> {
    match event {
        Event::MessageQueued { .. } => Some((None, MessageState::Queued)),
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
