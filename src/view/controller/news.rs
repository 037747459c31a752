//! What the terminal says.

use super::Controller;
use crate::app::clock::Stopwatch;
use crate::app::effect::Notice;
use crate::app::engine::{Query, QueryAnswer, Snapshot};
use crate::app::refusal::{self, Refusal, SubscriptionRefusal};
use crate::domain::document::Document;
use crate::domain::entry::ClientType;
use crate::domain::ids::{DocumentId, VisitId};
use crate::domain::money::Cents;
use crate::domain::operator::Right;
use crate::domain::paper::Paper;
use crate::domain::plate::Plate;
use crate::domain::settings::Trade;
use crate::domain::time::Stamp;
use crate::domain::visit::{Settlement, Visit, VisitState};
use crate::view::ask::Purpose;
use crate::view::desk::{Asked, News};
use crate::view::form::{DoneForm, PayForm, Said, StepUpForm, VisitForm};
use crate::view::generated::Page;
use std::sync::Arc;

impl Controller {
    /// Takes everything out of the mailbox.
    pub(in crate::view) fn hear(&mut self) {
        while let Some(news) = self.mailbox.take() {
            match news {
                News::World(snapshot) => self.world_changed(snapshot),
                News::Notice(notice) => self.told(notice),
                News::Answer(asked, answer) => self.answered(&asked, *answer),
            }
        }
    }

    fn world_changed(&mut self, snapshot: Arc<Snapshot>) {
        self.world = Some(snapshot);
        self.heard = Stopwatch::start();
        self.follow_movement();
        self.follow_count();
        self.follow_naming();
        self.follow_document();
        self.follow_lease();
        self.follow_hand_over();
        self.follow_charge();
        self.follow_proposals();
        self.follow_order();
        self.follow_papers();
        self.follow_tariff();
        self.follow_work();
        self.follow_signature();
        match self.form.page {
            // Who has gone on to earlier pages reads there in peace.
            Page::Find if self.form.find.is_first_page() => self.search(),
            Page::Find => {}
            Page::Exceptions => self.read_exceptions(),
            Page::Visit | Page::Details | Page::Work | Page::Signature => self.follow_visit(),
            Page::Ask => self.follow_ask(),
            Page::StayCase => self.follow_case(),
            Page::Subscribers => self.follow_subscribers(),
            Page::Listed => self.follow_listed(),
            Page::Merchants => self.follow_merchants(),
            Page::Door => self.read_door(),
            Page::Group => self.read_group(),
            Page::Accounts => self.read_accounts(),
            Page::Receipts => self.read_receipts(),
            Page::Photos => {
                self.follow_visit();
                self.read_photos();
            }
            Page::Lane
            | Page::Board
            | Page::Arrival
            | Page::Pay
            | Page::Validate
            | Page::Tariff
            | Page::TariffEdit
            | Page::Done
            | Page::Inside
            | Page::Documents
            | Page::Orders
            | Page::Order
            | Page::Shift
            | Page::Movement
            | Page::Count
            | Page::Day
            | Page::Refund
            | Page::Control
            | Page::Deposit
            | Page::Deposits
            | Page::Packs
            | Page::Due
            | Page::Fleet
            | Page::Lease
            | Page::Devices
            | Page::Papers => {}
            Page::Device => self.follow_device(),
        }
    }

    fn told(&mut self, notice: Notice) {
        match notice {
            Notice::Refused(refusal) => {
                self.papers_answered();
                self.refused(&refusal);
            }
            Notice::NeedsRight(right) => {
                self.papers_answered();
                self.needs(right);
            }
            Notice::Opened { visit, .. } => self.opened(visit),
            Notice::Passed { number, plate, inward, ends_in, .. } => {
                self.passed(number, &plate, inward, ends_in);
            }
            Notice::NotCovered { number, why, .. } => self.not_covered(number, why),
            Notice::OrderOpened { order } if self.period_ordered(order) => {}
            Notice::OrderOpened { order } if self.pack_order_opened(order) => {}
            Notice::OrderOpened { order } => self.order_opened(order),
            Notice::Paid { document, change } => self.paid(document, change),
            Notice::TicketRead { visit } => self.ticket_read(visit),
            Notice::Validated { visit } => self.validated(visit),
            Notice::SlipRead { order } => self.show_order_page(order),
            Notice::PriceGrew { visit, shown, now } if self.form.visit.id == Some(visit) => {
                self.price_grew(shown, now);
            }
            Notice::PriceGrew { .. } => {}
            Notice::Refunded { document, amount } => self.refunded(document, amount),
            Notice::Scanned { device, code } => self.scanned(Some(device), &code),
            Notice::Barrier { device, opening } => self.barrier_unsure(device, opening),
            Notice::BarrierUp { device } => self.barrier_up(device),
            Notice::Card { session, outcome } => self.card_said(session, &outcome),
            Notice::PinRight { operator } => self.pin_right(&operator),
            Notice::PinSet { operator } => self.pin_was_set(&operator),
            Notice::DrawerOpen => self.drawer_open(),
            Notice::VisitsOpen { .. } => self.visits_open(),
            Notice::Voided { document, cash, card } => self.voided(document, cash, card),
            Notice::MayLook => self.show_control(),
            Notice::DayClosed { number } => self.day_closed(number),
            Notice::ApprovalNeeded { agreed, total } => {
                let refusal = Refusal::MoreThanAgreed { agreed, total };
                self.say(Said::Sentence(refusal.sentence(self.form.language)));
            }
            Notice::TemplateBroken { kind, fault } => {
                let (el, en) = refusal::template_broken(kind, &fault);
                self.say_in(el, en);
            }
            Notice::TariffBroken { fault } => {
                let (el, en) = refusal::tariff_broken(&fault);
                self.say_in(el, en);
            }
            Notice::LicenceEnds { until } => self.say_in(
                format!("Το δίπλωμα λήγει πριν από την επιστροφή: {}.", until.strftime("%-d/%-m/%Y")),
                format!("The driving licence ends before the return: {}.", until.strftime("%-d/%-m/%Y")),
            ),
            Notice::DepositTaken { number, .. } => self.deposit_done(
                format!("Λήφθηκε η προκαταβολή {number}."),
                format!("Deposit {number} was taken."),
            ),
            Notice::DepositReturned { number, amount } => self.deposit_done(
                format!("Επιστράφηκαν {} € της προκαταβολής {number}.", amount.with_comma()),
                format!("{} € of deposit {number} were given back.", amount.with_point()),
            ),
            Notice::DepositHeld { left } => {
                self.say_in(
                    format!("Έφυγε, και κρατούνται ακόμη {} € προκαταβολή.", left.with_comma()),
                    format!("It has left, and {} € of deposit are still held.", left.with_point()),
                );
                self.deposit_of_cancelled();
            }
            Notice::PhotoMissed { visit, why } => self.photo_missed(visit, why),
            Notice::PackSold { .. } | Notice::PackUsed { .. } | Notice::PackEndsSoon { .. } => {
                self.pack_news(&notice);
            }
            Notice::CounterpartyDropped => self.say(Said::AfmDropped),
            Notice::CorrectionWaits => self.say(Said::PlateWaits),
            Notice::TotalDiffers { ours, theirs, .. } => self.total_differs(ours, theirs),
        }
    }

    /// A refusal is said where the finger was: under the plate, beside the number, or in the tray.
    fn refused(&mut self, refusal: &Refusal) {
        if self.pin_refused(refusal) {
            return;
        }
        self.form.order.busy = false;
        let sentence = refusal.sentence(self.form.language);
        self.form.case.answered();
        self.subscribers_answered();
        self.tariff_answered();
        self.merchants_refused();
        self.lease_answered();
        match (refusal, self.form.page) {
            (Refusal::Subscription(SubscriptionRefusal::RightOver { .. }), _) => self.right_is_over(sentence),
            (Refusal::Ticket(_) | Refusal::Merchant(_), _) => self.say(Said::Sentence(sentence)),
            (Refusal::AlreadyInside { visit }, _) => self.show_visit_page(*visit),
            (_, Page::Ask | Page::Arrival) => self.ask_refused(refusal),
            (_, Page::Group) => self.group_refused(sentence),
            (Refusal::DocumentName(_), Page::Documents) => self.form.naming.fault = Some(sentence),
            (_, Page::Device) => self.device_refused(sentence),
            (_, Page::Refund) => self.refund_refused(sentence),
            // The lane says why already, beside the two answers.
            (Refusal::Listed { .. }, Page::Lane) if self.listed_here().is_some() => {}
            (_, Page::Lane) => self.form.lane.refused = Some(sentence),
            (_, Page::Pay) => self.pay_again(sentence),
            (_, Page::Packs) => self.pack_refused(sentence),
            (_, Page::Deposit) => self.deposit_refused(sentence),
            (_, Page::Work) => self.work_refused(sentence),
            (_, Page::Photos) => self.photos_refused(sentence),
            (_, Page::Signature) => self.signature_refused(sentence),
            (_, Page::Movement | Page::Count | Page::Day) => self.till_refused(sentence),
            _ => self.say(Said::Sentence(sentence)),
        }
    }

    fn needs(&mut self, right: Right) {
        self.form.case.answered();
        self.subscribers_answered();
        self.tariff_answered();
        self.merchants_answered();
        self.form.order.busy = false;
        if let Some(input) = self.form.asked.take() {
            self.forget_pin();
            self.form.step_up = Some(StepUpForm { right, input, chosen: None });
        }
    }

    fn paid(&mut self, document: DocumentId, change: Cents) {
        if !self.awaits_payment() {
            return self.card_paid_meanwhile(change);
        }
        self.form.done = Some(DoneForm {
            document,
            order: self.form.pay.order,
            change,
            facts: None,
            picture: None,
            pictured_named: None,
        });
        self.form.pay = PayForm::default();
        self.go(Page::Done);
        self.ask(Query::Document { id: document }, Asked::Document(document));
    }

    fn answered(&mut self, asked: &Asked, answer: QueryAnswer) {
        match (asked, answer) {
            (Asked::Vehicle(key), QueryAnswer::Vehicle(known)) if self.form.lane.asked_key == *key => {
                self.form.lane.known = known;
            }
            (Asked::VehicleOf(id), QueryAnswer::Vehicle(known)) if self.form.visit.id == Some(*id) => {
                self.form.visit.known = known;
            }
            (Asked::Past(wanted, after), QueryAnswer::Past(page)) => self.past_found(wanted, *after, page),
            (Asked::DocumentsOf(visit), QueryAnswer::Documents(documents)) => {
                self.documents_of_found(*visit, documents);
            }
            (Asked::Photos(id), QueryAnswer::ConditionPhotos(kept)) if self.form.visit.id == Some(*id) => {
                self.form.photos.read(kept);
            }
            (Asked::DueVehicles, QueryAnswer::DueVehicles(rows)) => self.due_read(rows),
            (Asked::MerchantAccount(..), QueryAnswer::MerchantAccount(number, account)) => {
                self.account_read(number, account);
            }
            (Asked::Accounts, QueryAnswer::Accounts(proposals)) => self.accounts_read(proposals),
            (Asked::Exceptions, QueryAnswer::Exceptions(rows)) => self.form.exceptions = rows,
            (Asked::Door, QueryAnswer::Door(rows)) => self.door_read(rows),
            (Asked::Visit(id), QueryAnswer::Visit(visit)) if self.form.visit.id == Some(*id) => {
                self.form.visit.archived = visit;
                if self.form.visit.earlier.is_none() {
                    self.ask_earlier();
                }
            }
            (Asked::Earlier(id), QueryAnswer::Visits(visits)) if self.form.visit.id == Some(*id) => {
                self.form.visit.earlier = self.earlier_of(*id, visits);
            }
            (Asked::Moved(key), QueryAnswer::Visits(visits)) if self.form.lane.asked_key == *key => {
                self.form.lane.moved = moved_away(key, &visits);
            }
            (Asked::Order(id), QueryAnswer::Order(order)) if self.form.order.id == Some(*id) => {
                self.form.order.archived = order;
            }
            (Asked::Awaiting, QueryAnswer::Visits(visits)) => self.form.group.waiting = Some(visits),
            (Asked::Grouped, QueryAnswer::Visits(visits)) => self.grouped(visits),
            (Asked::Document(id), QueryAnswer::Document(Some(document)))
                if self.form.packs.reading == Some(*id) =>
            {
                self.pack_document_read(&document);
            }
            (Asked::Document(id), QueryAnswer::Document(document)) => self.document_read(*id, document),
            (Asked::Picture(id), QueryAnswer::Picture(picture)) => {
                if let Some(done) = self.form.done.as_mut().filter(|done| done.document == *id) {
                    done.picture = picture;
                }
            }
            (Asked::Receipts(query), QueryAnswer::Documents(found)) if self.form.receipts.query == *query => {
                self.receipts_found(found);
            }
            (Asked::Receipt(id), QueryAnswer::Picture(picture)) if self.form.receipts.chosen == Some(*id) => {
                self.form.receipts.picture = picture;
            }
            (Asked::Draft(n), QueryAnswer::Draft(look)) => self.draft_seen(*n, *look),
            (Asked::Tariff, QueryAnswer::Concerns(concerns)) => self.tariff_looked_at(concerns),
            (Asked::DayCloses, QueryAnswer::DayCloses(rows)) => self.days_read(rows),
            (_, QueryAnswer::Failed(why)) => self.say(Said::Sentence(why)),
            _ => {}
        }
    }

    /// The last paid visit of the same vehicle, if it is fresh enough to be made good.
    fn earlier_of(&self, id: VisitId, visits: Vec<Visit>) -> Option<crate::domain::ids::Reference> {
        let now = self.world.as_ref()?.at;
        let current = self.visit()?;
        let paid = |visit: &Visit| matches!(visit.state.settlement(), Some(Settlement::Paid { .. }));
        let same = |visit: &&Visit| visit.plate.key() == current.plate.key() && visit.id != id;
        let fresh = |visit: &&Visit| {
            now.seconds_since(&visit.arrived) <= 3600 * i64::from(self.settings.redo_within_h)
        };
        visits
            .iter()
            .filter(same)
            .filter(fresh)
            .find(|visit| paid(visit))
            .map(|visit| visit.reference.clone())
    }

    fn document_read(&mut self, id: DocumentId, document: Option<Document>) {
        let Some(done) = self.form.done.as_mut().filter(|done| done.document == id) else { return };
        done.facts = document;
        let Some(named) = done.facts.as_ref().map(is_on_paper) else { return };
        if done.pictured_named == Some(named) {
            return;
        }
        done.pictured_named = Some(named);
        let paper = self.paper_of(id, named);
        self.ask(Query::PaperPicture { paper }, Asked::Picture(id));
    }

    /// The paper that belongs to a document: with a name it is the receipt, before that a slip that says so.
    pub(super) fn paper_of(&self, document: DocumentId, named: bool) -> Paper {
        if named { Paper::Receipt { document, copy: 0 } } else { Paper::Slip { document, copy: 0 } }
    }

    /// The document on the done page got its name: its paper is another one now.
    fn follow_document(&mut self) {
        let Some(done) = &self.form.done else { return };
        let waiting = self.state().and_then(|state| state.unnamed.get(&done.document));
        let named = waiting.is_none_or(is_on_paper);
        if self.form.page == Page::Done && done.pictured_named != Some(named) {
            let id = done.document;
            self.ask(Query::Document { id }, Asked::Document(id));
        }
    }

    /// The visit on the page has left, or continues under another plate.
    fn follow_visit(&mut self) {
        let Some(id) = self.form.visit.id else { return };
        let Some(state) = self.state() else { return };
        if state.visits.contains_key(&id) {
            return self.ask_vehicle_of_visit();
        }
        match state.visits.values().find(|visit| visit.replaces == Some(id)).map(|visit| visit.id) {
            Some(next) => self.form.visit = VisitForm { id: Some(next), ..VisitForm::default() },
            None => self.ask(Query::Visit { id }, Asked::Visit(id)),
        }
    }

    /// What is remembered of a vehicle is asked once per plate.
    pub(super) fn ask_vehicle(&mut self, plate: Plate) {
        let key = plate.key();
        if self.form.lane.asked_key != key {
            self.form.lane.known = None;
            self.form.lane.moved = None;
            self.form.lane.asked_key.clone_from(&key);
            if self.settings.trades().any(|trade| trade == Trade::Garage) {
                self.ask(Query::Search { fragment: plate.greek() }, Asked::Moved(key.clone()));
            }
            self.ask(Query::Vehicle { plate }, Asked::Vehicle(key));
        }
    }

    /// A visit opened on a lease has an entry to tell its amount of.
    fn follow_lease(&mut self) {
        let here = self.visit().is_some_and(|visit| visit.state.is_inside());
        let rental = self.visit().is_some_and(|visit| visit.client_type == ClientType::Rental);
        if here && std::mem::take(&mut self.form.visit.agree) {
            self.begin(if rental { Purpose::Lease } else { Purpose::Service });
        }
    }
}

/// The customer gets the document itself: it has its name, or the connection was lost.
fn is_on_paper(document: &Document) -> bool {
    document.name.is_some() || document.lost_connection()
}

/// The last visit of a vehicle, if it was moved away for further work and has not come back.
fn moved_away(key: &str, visits: &[Visit]) -> Option<(VisitId, Stamp)> {
    let same =
        visits.iter().filter(|visit| visit.plate.key() == key && visit.client_type == ClientType::Garage);
    let last = same.max_by_key(|visit| visit.reference.number)?;
    match &last.state {
        VisitState::Moved { departed, .. } => Some((last.id, *departed)),
        _ => None,
    }
}
