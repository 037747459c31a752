//! Money, documents, and visits without one.

use super::{
    Decided, Draft, Stop, card, counterparty, depart, deposit, issue, listed, order, pack, paper, parking,
    rental, serve, validation, work,
};
use crate::app::effect::{Effect, Notice};
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::card::{CardApproval, CardSession, WantedPayment};
use crate::domain::credit::Credited;
use crate::domain::customer::TaxNumber;
use crate::domain::document::{Document, DocumentKind, IssuedFor, Subject};
use crate::domain::entry::{ClientType, ServiceCategory};
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, Reference, ShiftId, VisitId};
use crate::domain::issuing::AtIssuer;
use crate::domain::money::Cents;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::paper::Paper;
use crate::domain::parking::StaySpan;
use crate::domain::payment::{Payment, Tender};
use crate::domain::sale::Sale;
use crate::domain::settings::IssuerKind;
use crate::domain::shift::Shift;
use crate::domain::terms::MovementPurpose;
use crate::domain::text::Text;
use crate::domain::visit::{NoDocumentReason, Settlement, Step, StepRefused, Visit, VisitState};
use crate::issuer::channel;

/// Takes the money. A linked card terminal is asked first.
pub(super) fn pay(draft: &mut Draft, id: VisitId, payment: &WantedPayment) -> Decided {
    draft.require_disk()?;
    let visit = draft.payable(id)?;
    let customer = customer_of(visit, payment.invoice_to.as_ref())?;
    if counterparty::must_be_read(draft, Subject::Visit(id), payment, customer.as_ref()) {
        return Ok(());
    }
    let Some(payment) = parking::at_its_price(draft, visit, payment)? else { return Ok(()) };
    // What could not be paid in the end is not charged in the beginning.
    let document = document_for(draft, visit, &payment, None)?;
    check(draft, visit, &document)?;
    check_issuer(draft, &document)?;
    if card::asks_first(draft, Subject::Visit(id), &payment)? {
        return Ok(());
    }
    pay_with(draft, Subject::Visit(id), &payment, None)
}

/// Books a payment; of a card that has just been approved it is known here what the terminal said.
pub(super) fn pay_with(
    draft: &mut Draft,
    subject: Subject,
    payment: &WantedPayment,
    approved: Option<(CardSession, CardApproval)>,
) -> Decided {
    let id = match subject {
        Subject::Visit(id) => id,
        Subject::Order(id) => return order::pay_with(draft, id, payment, approved),
        // Nothing is charged to give money back.
        Subject::Refund(_) => return Err(Refusal::NoSuchDocument.into()),
    };
    let visit = draft.payable(id)?;
    card::check_sessions(draft, &payment.tenders, approved.as_ref().map(|(session, _)| *session))?;
    let document = document_for(draft, visit, payment, approved)?;
    check(draft, visit, &document)?;
    check_issuer(draft, &document)?;
    book(draft, visit, document, &payment.operator);
    let inside = visit.state.is_inside();
    let parked = visit.stay.is_some() || visit.pass().is_some();
    if inside && parked && draft.settings.parking.leaves_when_paid {
        depart::leave_paid(draft, visit, &payment.operator)?;
    }
    Ok(())
}

/// Whether a visit may end in this document.
fn check(draft: &Draft, visit: &Visit, document: &Document) -> Decided {
    if visit.is_past_its_price() || visit.has_left_owing() {
        // How the visit ends is said already; what is sold after that only needs to be there.
        return Ok(());
    }
    rental::check_payable(visit)?;
    work::check_agreed(draft, visit)?;
    visit.state.after(Step::Settle(settlement(document))).map_err(Refusal::Step)?;
    let ends = VisitState::Closed { settlement: settlement(document), departed: draft.at };
    let paid = visit.category.clone().filter(|category| !category.means_no_document());
    let category = paid.or_else(|| serve::category_of(draft.settings, visit, &document.sale));
    depart::check_departure(draft, &Visit { state: ends, category, ..visit.clone() })
}

/// What the issuer would certainly refuse is said before any money moves. What a card has paid already is booked all the same,
/// and stands on the list.
pub(super) fn check_issuer(draft: &Draft, document: &Document) -> Decided {
    if document.at_issuer.is_none() || document.is_charged() {
        return Ok(());
    }
    let told = channel::telling(draft.settings, document);
    told.map(|_| ()).map_err(|error| issue::refusal(&error).into())
}

fn book(draft: &mut Draft, visit: &Visit, document: Document, operator: &OperatorId) {
    if visit.is_past_its_price() {
        if visit.supplement != document.sale {
            draft.event(Event::SupplementChosen { visit: visit.id, sale: document.sale.clone() });
        }
    } else if visit.has_left_owing() {
        // What it owes was written down when it left.
    } else if visit.sale != document.sale
        || visit.category.as_ref().is_some_and(ServiceCategory::means_no_document)
    {
        sell(draft, visit, &document.sale);
    } else {
        work::follow(draft, visit, &VisitState::Ready);
    }
    if !visit.is_past_its_price() && !visit.has_left_owing() {
        validation::use_up(draft, visit, &document.sale, Some(document.id));
    }
    book_document(draft, document, operator);
}

/// The document gets its number in the same commit, and only then the drawer opens.
pub(super) fn book_document(draft: &mut Draft, document: Document, operator: &OperatorId) {
    let shift = Some(shift_for(draft, operator));
    let document = Document { shift, ..document };
    draft.event(Event::DocumentNumbered { document: Box::new(document.clone()), shift });
    if document.payment.cash != Cents::ZERO || document.payment.change != Cents::ZERO {
        draft.event(Event::DrawerAsked {
            document: Some(document.id),
            moving: false,
            operator: operator.clone(),
        });
        draft.effect(Effect::OpenDrawer);
    }
    draft.tell(Notice::Paid { document: document.id, change: document.payment.change });
    hand_over(draft, document);
}

/// Paper at once where the tax document is issued elsewhere; otherwise the issuer is asked first.
pub(super) fn hand_over(draft: &mut Draft, document: Document) {
    if document.at_issuer.is_some() {
        // It is sent with this very commit, and the paper waits a little for its QR.
        return;
    }
    match draft.settings.issuer {
        IssuerKind::TypedFim | IssuerKind::TypedMark | IssuerKind::MyData | IssuerKind::Provider => {
            paper::ask_for(draft, Paper::Slip { document: document.id, copy: 0 });
        }
        IssuerKind::Simulated => draft.effect(Effect::Issue { document: Box::new(document) }),
    }
}

/// What is paid is what was sold: a stay's price is known only now, and what was free is an ordinary service when the
/// customer pays after all.
fn sell(draft: &mut Draft, visit: &Visit, sale: &Sale) {
    let category = serve::category_of(draft.settings, visit, sale);
    draft.event(Event::ServiceChosen {
        visit: visit.id,
        size: visit.size,
        sale: sale.clone(),
        category: category.clone(),
    });
    serve::tell_service(draft, visit, category.as_ref(), visit.amount);
}

/// Settles a visit by a contract: nothing is paid at the lane, and the document comes from elsewhere.
pub(super) fn by_contract(
    draft: &mut Draft,
    id: VisitId,
    invoice_to: Option<&(String, String)>,
    operator: &OperatorId,
) -> Decided {
    let visit = draft.visit(id)?;
    pack::refuse_by_pack(visit)?;
    let customer = customer_of(visit, invoice_to)?;
    if visit.terms.is_one_off() && customer.is_none() {
        return Err(Refusal::NoContract.into());
    }
    let settlement = Settlement::ByContract { invoice_to: customer };
    check_settle(visit, &settlement)?;
    work::check_agreed(draft, visit)?;
    if visit.client_type == ClientType::Garage && visit.category.is_none() {
        return Err(Refusal::NoService.into());
    }
    let agreed = (visit.client_type == ClientType::ParkingWash).then_some(ServiceCategory::ByAgreement);
    let category = agreed.or_else(|| visit.category.clone());
    let state = VisitState::Closed { settlement: settlement.clone(), departed: draft.at };
    depart::check_departure(draft, &Visit { state, category: category.clone(), ..visit.clone() })?;
    draft.event(Event::ServiceTold { visit: id, category: category.clone(), amount: visit.amount });
    draft.event(Event::ContractChosen { visit: id, settlement, operator: operator.clone() });
    serve::tell_service(draft, visit, category.as_ref(), visit.amount);
    Ok(())
}

/// Whom an invoice is for: as typed, or as the terms say. Where both speak they must agree, or the registry answers 208.
fn customer_of(visit: &Visit, typed: Option<&(String, String)>) -> Result<Option<TaxNumber>, Stop> {
    let typed = typed.map(|(country, number)| TaxNumber::parse(country, number)).transpose();
    let typed = typed.map_err(Refusal::TaxNumber)?;
    match (typed, visit.terms.customer()) {
        (Some(typed), Some(agreed)) if typed != *agreed => {
            Err(Refusal::OtherCustomer { customer: agreed.clone() }.into())
        }
        (typed, agreed) => Ok(typed.or_else(|| agreed.cloned())),
    }
}

fn document_for(
    draft: &mut Draft,
    visit: &Visit,
    wanted: &WantedPayment,
    approved: Option<(CardSession, CardApproval)>,
) -> Result<Document, Stop> {
    let bill = parking::bill(draft, visit, wanted.shown.map_or(draft.at, |shown| shown.at))?;
    if draft.settings.leaves_free(&bill) {
        return Err(nothing_to_pay(draft, visit).into());
    }
    let owed = Owed {
        issued_for: IssuedFor::Visit {
            visit: visit.id,
            chain: visit.chain,
            parts: visit.parts.clone(),
            under: visit.under(),
            plate: visit.plate.clone(),
        },
        reference: visit.reference.clone(),
        branch: visit.branch,
        customer: customer_of(visit, wanted.invoice_to.as_ref())?,
        sale: bill.sale,
        span: bill.span,
    };
    document(draft, owed, wanted, approved)
}

/// What a document is to say, before it is paid.
pub(super) struct Owed {
    /// What it is for.
    pub issued_for: IssuedFor,
    /// The reference of that.
    pub reference: Reference,
    /// The branch it is sold at.
    pub branch: u32,
    /// Whom an invoice is for.
    pub customer: Option<TaxNumber>,
    /// What is sold.
    pub sale: Sale,
    /// The time a stay is charged for.
    pub span: Option<StaySpan>,
}

/// The document that says so, where the tenders pay it.
pub(super) fn document(
    draft: &mut Draft,
    owed: Owed,
    wanted: &WantedPayment,
    approved: Option<(CardSession, CardApproval)>,
) -> Result<Document, Stop> {
    let Owed { issued_for, reference, branch, customer, sale, span } = owed;
    let tenders = &wanted.tenders;
    let kind = customer.map_or(DocumentKind::Retail, |customer| DocumentKind::Invoice { customer });
    let counterparty =
        wanted.counterparty.clone().filter(|known| kind != DocumentKind::Retail && !known.is_empty());
    let channel = channel::way_of(draft.settings, &kind, draft.at.date());
    let totals = sale.totals();
    let mut payment = Payment::settle(totals.gross, tenders.to_vec()).map_err(Refusal::Payment)?;
    let owes = tenders.iter().any(|tender| matches!(tender, Tender::OnAccount { .. }));
    if owes && kind == DocumentKind::Retail {
        return Err(Refusal::AccountWithoutCustomer.into());
    }
    deposit::check_set_off(draft, issued_for.subject().visit(), tenders)?;
    payment.approvals = card::approvals(draft, tenders, approved);
    Ok(Document {
        id: DocumentId(draft.ids.uuid()),
        issued_for,
        reference,
        series: draft.settings.series.clone(),
        number: draft.state.next_number(&draft.settings.series),
        kind,
        counterparty,
        sale,
        span,
        totals,
        payment,
        issued: draft.at,
        operator: wanted.operator.clone(),
        name: None,
        qr: None,
        branch,
        at_issuer: channel.map(|channel| AtIssuer::queued(channel, draft.at)),
        shift: None,
        void: None,
        credit: None,
        credited: Credited::default(),
    })
}

fn nothing_to_pay(draft: &Draft, visit: &Visit) -> Refusal {
    match draft.settings.tariff_of(visit) {
        _ if visit.is_past_its_price() => Refusal::Step(StepRefused::AlreadyPaid),
        Some(_) => Refusal::NothingDue,
        None => Refusal::NoService,
    }
}

fn settlement(document: &Document) -> Settlement {
    Settlement::Paid {
        document: document.id,
        kind: document.kind.clone(),
        total: document.totals.gross,
        name: None,
    }
}

/// The open shift. Money never waits for one: without it a shift begins here, with nothing counted in the drawer.
pub(super) fn shift_for(draft: &mut Draft, operator: &OperatorId) -> ShiftId {
    if let Some(shift) = &draft.state.shift {
        return shift.id;
    }
    let shift = Shift::new(ShiftId(draft.ids.uuid()), operator.clone(), draft.at, Cents::ZERO);
    let id = shift.id;
    draft.event(Event::ShiftOpened { shift });
    id
}

/// Settles a visit without a document. The registry hears of it in the update already.
pub(super) fn no_document(
    draft: &mut Draft,
    id: VisitId,
    reason: NoDocumentReason,
    note: &str,
    redo_of: Option<&Reference>,
    by: &By,
) -> Decided {
    let visit = draft.visit(id)?;
    pack::refuse_by_pack(visit)?;
    let note = Text::new(note);
    if reason == NoDocumentReason::Warranty && visit.client_type != ClientType::Garage {
        return Err(Refusal::WarrantyOnlyAtGarages.into());
    }
    let approved_by = who_may(draft, visit, reason, by)?;
    if note.is_empty() && reason != NoDocumentReason::OwnUse {
        return Err(Refusal::ReasonMissing.into());
    }
    let settlement = Settlement::NoDocument { reason, note, approved_by, redo_of: redo_of.cloned() };
    check_settle(visit, &settlement)?;
    let category =
        (visit.client_type != ClientType::Rental).then(|| ServiceCategory::without_document(reason));
    let shift = draft.state.shift.as_ref().map(|shift| shift.id);
    draft.event(Event::ServiceChosen {
        visit: id,
        size: visit.size,
        sale: visit.sale.clone(),
        category: category.clone(),
    });
    draft.event(Event::NoDocumentChosen { visit: id, settlement, shift });
    serve::tell_service(draft, visit, category.as_ref(), visit.amount);
    Ok(())
}

fn check_settle(visit: &Visit, settlement: &Settlement) -> Decided {
    if matches!(visit.state, VisitState::Settled { .. }) {
        return Err(Refusal::PriceFixed.into());
    }
    visit
        .state
        .after(Step::Settle(settlement.clone()))
        .map(|_| ())
        .map_err(|refused| Refusal::Step(refused).into())
}

/// The business's own vehicles need no right, nor does a trip the registry knows as own use; everything else without a document does.
fn who_may(draft: &Draft, visit: &Visit, reason: NoDocumentReason, by: &By) -> Result<OperatorId, Stop> {
    let own_trip = rental::purpose(visit) == MovementPurpose::OwnUse;
    if reason == NoDocumentReason::OwnUse && (own_trip || listed::exempt(draft, visit).is_some()) {
        return Ok(by.operator.clone());
    }
    draft.require(Right::NoDocument, by)
}
