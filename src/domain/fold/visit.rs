//! What each event does to a visit and its work.

use crate::domain::document::{Document, DocumentName};
use crate::domain::entry::{About, MessageKind, MessageState, Moment, Told};
use crate::domain::event::Event;
use crate::domain::ids::DocumentId;
use crate::domain::parking::Stay;
use crate::domain::rental::Rental;
use crate::domain::sale::Sale;
use crate::domain::subscription::{Pass, Subscriber};
use crate::domain::visit::{PaidDocument, Settlement, Step, StepRefused, ToldDocument, Visit, VisitState};
use crate::domain::work::WorkOrder;

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
            Event::StayValidated { validation, .. } => {
                self.change_stay(|stay| stay.validations.push((**validation).clone()));
            }
            Event::ValidationTaken { merchant, .. } => {
                self.change_stay(|stay| stay.validations.retain(|given| given.merchant != *merchant));
            }
            Event::ReleasedOwing { debt, .. } => {
                if !self.is_paid() {
                    self.step(Step::Settle(Settlement::Owed))?;
                }
                self.debt = Some(debt.clone());
            }
            Event::PackUsed { pack, supplement, .. } => {
                self.step(Step::Settle(Settlement::ByPack { pack: *pack }))?;
                self.supplement = supplement.clone();
            }
            Event::PackGivenBack { gone: false, .. } => {
                self.supplement = Sale::default();
                self.step(Step::Reopen)?;
            }
            Event::DocumentNumbered { document, .. } => self.take_document(document)?,
            Event::DocumentVoided { document, .. } => self.give_document_back(document.id)?,
            Event::NoDocumentChosen { settlement, .. } | Event::ContractChosen { settlement, .. } => {
                self.step(Step::Settle(settlement.clone()))?;
            }
            Event::SubscriberCame { at, .. } => {
                self.step(Step::ComeIn)?;
                self.change_pass(|pass| pass.come_in(*at));
            }
            Event::SubscriberWent { at, .. } => self.step(Step::GoOut(*at))?,
            Event::RightOver { departed, .. } => self.step(Step::Depart(*departed))?,
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
                if let Some(lease) = &mut self.lease {
                    lease.end(returned.at.date());
                }
            }
            Event::LeaseAgreed { lease, .. } => {
                self.lease = Some(lease.clone());
                self.follow_lease();
            }
            Event::LeaseExtended { part, .. } => {
                if let Some(lease) = &mut self.lease {
                    lease.parts.push(*part);
                }
                self.follow_lease();
            }
            Event::CreditNumbered { credit, .. } => {
                if let (Some(lease), Some(of)) = (&mut self.lease, credit.takes_back()) {
                    lease.give_back(of, credit.totals.gross);
                }
            }
            Event::SignatureGiven { signing, .. } => self.signings.push((**signing).clone()),
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

    /// What was handed over is to be back when its contract ends.
    fn follow_lease(&mut self) {
        let (Some(rental), Some(lease)) = (&mut self.rental, &self.lease) else { return };
        rental.hand_over.days = lease.days();
        if let Some(due_back) = lease.due_back() {
            rental.hand_over.due_back = due_back;
        }
    }

    fn change_stay(&mut self, change: impl FnOnce(&mut Stay)) {
        if let Some(stay) = &mut self.stay {
            change(stay);
        }
    }

    fn change_pass(&mut self, change: impl FnOnce(&mut Pass)) {
        if let Some(Subscriber::Covered { pass }) = self.subscriber.as_deref_mut() {
            change(pass);
        }
    }

    /// The first document settles the visit; each one after it pays what was sold since.
    fn take_document(&mut self, document: &Document) -> Result<(), StepRefused> {
        if self.is_past_its_price() {
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
        if let Some(lease) = &mut self.lease {
            lease.take(document);
        }
        self.change_stay(|stay| stay.take(document));
        self.change_pass(|pass| pass.take(document));
        Ok(())
    }

    /// Its only document was made void: it is to be paid anew, with what was sold since.
    fn give_document_back(&mut self, document: DocumentId) -> Result<(), StepRefused> {
        if !self.further.is_empty() {
            return Err(StepRefused::AlreadyPaid);
        }
        if let Some(lease) = &mut self.lease {
            lease.forget(document);
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
