//! Packs and memberships: sold by an order, used by visits, given back, ended. What the registry is told of them is in
//! [`crate::domain::pack`].

use super::{Decided, Draft, LiveChange, Stop, credit, order, paper};
use crate::app::effect::{Notice, Question};
use crate::app::input::{Input, PackInput};
use crate::app::refusal::{OrderRefusal, PackRefusal, Refusal};
use crate::domain::document::{Document, DocumentName};
use crate::domain::entry::{ClientType, Outcome, ServiceCategory, Told};
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, OrderId, PackId, VisitId};
use crate::domain::money::{Cents, Quantity, spread};
use crate::domain::operator::OperatorId;
use crate::domain::order::{Order, OrderLine, OrderState};
use crate::domain::pack::{
    ByRight, Carrier, OtherPackage, Pack, PackEnd, PackOffer, PackUse, PackVehicle, PackWanted,
};
use crate::domain::paper::Paper;
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::sale::{Discount, DiscountAmount, Line, Sale};
use crate::domain::settings::Trade;
use crate::domain::terms::ServiceTerms;
use crate::domain::text::{Name, Text};
use crate::domain::visit::{Part, Settlement, Step, StepRefused, Visit};

/// The code of the line for what a package costs more than the pack is worth.
const DIFFERENCE_CODE: &str = "PACKDIFF";

/// What a person does with packs.
pub(super) fn decide(draft: &mut Draft, input: &PackInput) -> Decided {
    match input {
        PackInput::Sell { order, offer, plates, holder, operator } => {
            sell(draft, *order, offer, plates, holder, operator)
        }
        PackInput::AddVehicle { pack, plate, entry, operator } => {
            add_vehicle(draft, *pack, plate, entry, operator)
        }
        PackInput::Use { visit, operator } => take(draft, *visit, operator),
        PackInput::GiveBack { visit, operator } => give_back(draft, *visit, operator),
        PackInput::Refund { pack, .. } => refund_wanted(draft, *pack, input),
    }
}

/// Writes a pack on an order; it is the customer's once that is paid.
fn sell(
    draft: &mut Draft,
    id: Option<OrderId>,
    offer: &str,
    plates: &[(PlateEntry, String)],
    holder: &str,
    operator: &OperatorId,
) -> Decided {
    draft.require_disk()?;
    let offer = draft.settings.packs.offer(offer).ok_or(PackRefusal::NoSuchOffer)?.clone();
    let mut vehicles: Vec<Plate> = Vec::new();
    for (entry, typed) in plates {
        let plate = Plate::parse(entry, typed).map_err(Refusal::Plate)?;
        if !vehicles.iter().any(|known| known.key() == plate.key()) {
            vehicles.push(plate);
        }
    }
    if vehicles.len() > usize::from(offer.vehicles) {
        return Err(PackRefusal::NoRoom { vehicles: offer.vehicles }.into());
    }
    let wanted =
        PackWanted { worth: worth(draft, &offer)?, plates: vehicles, holder: Text::new(holder), offer };
    let catalogue = &draft.settings.catalogue;
    let line = OrderLine {
        line: Line::new(
            &wanted.offer.code,
            wanted.offer.name.clone(),
            Quantity::ONE,
            wanted.offer.price,
            catalogue.vat,
        ),
        pieces: 0,
        fetched: 0,
        defects: Text::default(),
        pack: Some(Box::new(wanted)),
        document: None,
    };
    let order = match id {
        Some(id) => writable(draft.order(id)?)?.id,
        None => order::begin(draft, operator, None),
    };
    let (line, operator) = (Box::new(line), operator.clone());
    draft.event(Event::OrderLineAdded { order, line, operator, approved_by: None });
    if id.is_none() {
        draft.tell(Notice::OrderOpened { order });
    }
    Ok(())
}

fn writable(order: &Order) -> Result<&Order, Refusal> {
    if order.state == OrderState::Open { Ok(order) } else { Err(OrderRefusal::NoSuch.into()) }
}

/// What one wash of an offer costs without it.
fn worth(draft: &Draft, offer: &PackOffer) -> Result<Cents, Stop> {
    let catalogue = &draft.settings.catalogue;
    let trades = draft.settings.trades_of(ClientType::ParkingWash);
    let lines = catalogue.lines(offer.size, &offer.package, &[], &trades).map_err(Refusal::NotOffered)?;
    let discounts = catalogue.automatic_discount(offer.size).into_iter().collect();
    Ok(Sale { lines, discounts, catalogue: catalogue.version.clone() }.totals().gross)
}

/// An order is paid: what it sells of packs is the customer's from now on.
pub(super) fn sold(draft: &mut Draft, order: &Order, document: &Document) {
    let grosses = document.sale.grosses();
    let off = spread(document.totals.discount, &grosses);
    let paid = grosses.into_iter().zip(off).map(|(gross, off)| gross - off);
    let unpaid = order.lines.iter().filter(|line| line.document.is_none());
    let packs: Vec<(PackWanted, Cents)> =
        unpaid.zip(paid).filter_map(|(line, paid)| Some(((**line.pack.as_ref()?).clone(), paid))).collect();
    for (n, (wanted, paid)) in (1..).zip(packs) {
        let Some(period) = wanted.offer.lasts.from(draft.at.date()) else { continue };
        let number = draft.state.packs_sold + n;
        let vehicles = wanted.plates.into_iter().map(|plate| PackVehicle { plate, carrier: None });
        let pack = Pack {
            id: PackId(draft.ids.uuid()),
            number,
            order: order.id,
            document: document.id,
            kind: document.kind.clone(),
            name: None,
            offer: wanted.offer,
            worth: wanted.worth,
            paid,
            period,
            vehicles: vehicles.collect(),
            holder: wanted.holder,
            sold: draft.at,
            operator: document.operator.clone(),
            uses: Vec::new(),
            ended: None,
            credit_named: false,
        };
        draft.event(Event::PackSold { pack: Box::new(pack) });
        draft.tell(Notice::PackSold { number });
        paper::ask_for(draft, Paper::Pack { number, copy: 0 });
    }
}

/// One more vehicle may use a pack.
fn add_vehicle(
    draft: &mut Draft,
    id: PackId,
    typed: &str,
    entry: &PlateEntry,
    operator: &OperatorId,
) -> Decided {
    let pack = open(draft, id)?;
    let plate = Plate::parse(entry, typed).map_err(Refusal::Plate)?;
    if pack.vehicle(&plate).is_some() {
        return Err(PackRefusal::VehicleThere.into());
    }
    if !pack.has_room() {
        return Err(PackRefusal::NoRoom { vehicles: pack.offer.vehicles }.into());
    }
    draft.event(Event::PackVehicleAdded { pack: id, plate, operator: operator.clone() });
    Ok(())
}

fn open<'a>(draft: &Draft<'a>, id: PackId) -> Result<&'a Pack, Refusal> {
    draft.state.packs.get(&id).filter(|pack| pack.is_open()).ok_or(PackRefusal::NoSuch.into())
}

/// On which terms a vehicle comes that comes by a pack, and under which entry; both follow from its first wash of it.
pub(super) fn right_of(
    draft: &Draft,
    id: PackId,
    trade: Trade,
    plate: &Plate,
) -> Result<(ServiceTerms, ByRight), Stop> {
    let pack = open(draft, id)?;
    if trade != Trade::Wash {
        return Err(PackRefusal::OnlyAtTheWash.into());
    }
    pack.covers(plate, draft.at.date()).map_err(PackRefusal::NotCovered)?;
    let under = pack.vehicle(plate).and_then(|vehicle| vehicle.carrier.as_ref()).map(|carrier| carrier.part);
    Ok((ServiceTerms::Continuous { period: pack.period }, ByRight { pack: id, under }))
}

/// A vehicle came by a pack: its entry, where this visit carries it, is correlated at once, for the document is there
/// already; and what will soon be over is said.
pub(super) fn came(draft: &mut Draft, visit: &Visit) {
    let Some(pack) = visit.right.and_then(|right| draft.state.packs.get(&right.pack)) else { return };
    if let Some(name) = pack.name.clone().filter(|_| visit.is_carrier()) {
        draft.queue(visit, Told::Correlate { document: Some(pack.document), name, also: Vec::new() });
    }
    let (left, days) = (pack.left(), pack.ends_soon(draft.at.date()));
    if days.is_some() || left == Some(1) {
        draft.tell(Notice::PackEndsSoon { number: pack.number, left, until: pack.period.to });
    }
}

/// A visit takes a wash: one tap. What its package costs more is paid on top, or refused, as the owner decided.
fn take(draft: &mut Draft, id: VisitId, operator: &OperatorId) -> Decided {
    draft.require_disk()?;
    let visit = draft.visit(id)?;
    let right = visit.right.ok_or(PackRefusal::NoPack)?;
    let pack = open(draft, right.pack)?;
    let settlement = Settlement::ByPack { pack: pack.id };
    if matches!(visit.state.settlement(), Some(Settlement::ByPack { .. })) {
        return Err(PackRefusal::AlreadyUsed.into());
    }
    visit.state.after(Step::Settle(settlement)).map_err(Refusal::Step)?;
    if visit.sale.is_empty() {
        return Err(Refusal::NoService.into());
    }
    pack.covers(&visit.plate, draft.at.date()).map_err(PackRefusal::NotCovered)?;
    let supplement = on_top(draft, visit, pack)?;
    let used = PackUse {
        visit: id,
        reference: visit.reference.clone(),
        plate: visit.plate.clone(),
        at: draft.at,
        operator: operator.clone(),
        difference: supplement.totals().gross,
    };
    let left = pack.left().map(|left| left.saturating_sub(1));
    let (number, difference) = (pack.number, used.difference);
    let event = Event::PackUsed { pack: pack.id, visit: id, used: Box::new(used), supplement };
    draft.event(event);
    draft.tell(Notice::PackUsed { number, left, difference });
    paper::ask_for(draft, Paper::PackUse { number, visit: id });
    Ok(())
}

/// What is paid on top of the pack: the difference of another package, and the extras.
fn on_top(draft: &Draft, visit: &Visit, pack: &Pack) -> Result<Sale, Stop> {
    let is_extra = |line: &&Line| draft.settings.catalogue.package(&line.code).is_none();
    let extras: Vec<Line> = visit.sale.lines.iter().filter(is_extra).cloned().collect();
    let washed: Vec<Line> = visit.sale.lines.iter().filter(|line| !is_extra(line)).cloned().collect();
    let same = washed.iter().all(|line| line.code == pack.offer.package)
        && visit.size.priced_as() == pack.offer.size.priced_as();
    if !same && draft.settings.packs.other_package == OtherPackage::Refuse {
        return Err(PackRefusal::OtherPackage { name: pack.offer.name.clone() }.into());
    }
    let priced = Sale { lines: washed, discounts: visit.sale.discounts.clone(), ..visit.sale.clone() };
    let more = priced.totals().gross - pack.worth;
    let mut lines = Vec::new();
    if !same && more > Cents::ZERO {
        let name = Name::new(
            &format!("Διαφορά από πακέτο {}", pack.number),
            &format!("Difference to pack {}", pack.number),
        );
        lines.push(Line::new(DIFFERENCE_CODE, name, Quantity::ONE, more, draft.settings.catalogue.vat));
    }
    // The difference has its discount in it already.
    let is_percent = |discount: &Discount| matches!(discount.amount, DiscountAmount::Percent(_));
    let discounts = if lines.is_empty() {
        visit.sale.discounts.iter().filter(|discount| is_percent(discount)).cloned().collect()
    } else {
        Vec::new()
    };
    lines.extend(extras);
    if lines.is_empty() {
        return Ok(Sale::default());
    }
    Ok(Sale { lines, discounts, catalogue: visit.sale.catalogue.clone() })
}

/// The customer pays otherwise after all, or the finger slipped: while the vehicle is here and nothing was paid on top, the
/// wash is the customer's again.
fn give_back(draft: &mut Draft, id: VisitId, operator: &OperatorId) -> Decided {
    let visit = draft.visit(id)?;
    let Some(Settlement::ByPack { pack }) = visit.state.settlement() else {
        return Err(PackRefusal::NotUsed.into());
    };
    if !visit.further.is_empty() {
        return Err(Refusal::Step(StepRefused::AlreadyPaid).into());
    }
    draft.event(Event::PackGivenBack { pack: *pack, visit: id, gone: false, operator: operator.clone() });
    Ok(())
}

/// The visit is cancelled: the wash it took is the customer's again, and the next one carries the entry.
pub(super) fn cancelled(draft: &mut Draft, visit: &Visit, operator: &OperatorId) -> Decided {
    let Some(right) = visit.right else { return Ok(()) };
    if !visit.further.is_empty() {
        return Err(Refusal::Step(StepRefused::AlreadyPaid).into());
    }
    let (pack, operator) = (right.pack, operator.clone());
    draft.event(Event::PackGivenBack { pack, visit: visit.id, gone: true, operator });
    Ok(())
}

/// What does not go together with a pack, which has its own way.
pub(super) fn refuse_by_pack(visit: &Visit) -> Result<(), Refusal> {
    if visit.right.is_some() { Err(PackRefusal::CameByPack.into()) } else { Ok(()) }
}

/// A vehicle of a pack has left: perhaps it was the last wash.
pub(super) fn left(draft: &mut Draft, visit: &Visit) {
    let Some(pack) = visit.right.and_then(|right| draft.state.packs.get(&right.pack)) else { return };
    end_if_over(draft, pack, Some(visit.id));
}

/// Once a day it is looked which packs' period is over.
pub(super) fn look_when_due(draft: &mut Draft, input: &Input) {
    let today = draft.at.date();
    if !matches!(input, Input::Started { .. } | Input::Tick) {
        return;
    }
    if draft.state.live.packs_looked == Some(today) || draft.state.live.disk_full {
        return;
    }
    draft.decision.live.push(LiveChange::PacksLooked(today));
    let state = draft.state;
    for pack in state.packs.values() {
        end_if_over(draft, pack, None);
    }
}

/// Ends a pack that has nothing more to give, once no vehicle is here by it; `gone` has just left.
fn end_if_over(draft: &mut Draft, pack: &Pack, gone: Option<VisitId>) {
    let by_it = |visit: &&Visit| visit.right.is_some_and(|right| right.pack == pack.id);
    let here = draft.state.visits.values().filter(by_it).any(|visit| Some(visit.id) != gone);
    if let Some(how) = pack.is_over(draft.at.date()).filter(|_| pack.is_open() && !here) {
        end(draft, pack, how);
    }
}

/// The right is over: every entry of it is completed, in the chain of its own messages.
fn end(draft: &mut Draft, pack: &Pack, how: PackEnd) {
    draft.event(Event::PackEnded { pack: pack.id, how });
    let outcome = match pack.invoiced_to() {
        Some(customer) => Outcome::Invoice { customer: customer.clone() },
        None if draft.settings.issuer.gives_marks() => Outcome::Retail,
        None => Outcome::FiscalMachine,
    };
    for carrier in carriers(pack) {
        let told = Told::Complete {
            client_type: ClientType::ParkingWash,
            category: Some(ServiceCategory::ByPriceList),
            outcome: outcome.clone(),
            departed: draft.at,
            mark: carrier.reference.mark(),
            amount: None,
            off_site: None,
            returned_at: None,
        };
        draft.queue_in(carrier.part.visit, carrier.part.chain, told);
    }
}

fn carriers(pack: &Pack) -> impl Iterator<Item = &Carrier> {
    pack.vehicles.iter().filter_map(|vehicle| vehicle.carrier.as_ref())
}

/// The authority's name of a document is known: of one that sold packs, and of one that gave their money back, every entry
/// of theirs is told.
pub(super) fn correlate(draft: &mut Draft, document: DocumentId, name: &DocumentName) {
    let of_it = |pack: &&Pack| pack.document == document || pack.credit() == Some(document);
    let parts: Vec<Part> =
        draft.state.packs.values().filter(of_it).flat_map(carriers).map(|carrier| carrier.part).collect();
    for part in parts {
        let told = Told::Correlate { document: Some(document), name: name.clone(), also: Vec::new() };
        draft.queue_in(part.visit, part.chain, told);
    }
}

/// The unused part is to be given back: the document is read first.
fn refund_wanted(draft: &mut Draft, id: PackId, input: &PackInput) -> Decided {
    let pack = open(draft, id)?;
    let here = draft.state.visits.values().any(|visit| visit.right.is_some_and(|right| right.pack == id));
    if here {
        return Err(PackRefusal::VehicleHere.into());
    }
    if pack.unused(draft.settings.packs.refund, draft.at.date()).is_zero() {
        return Err(PackRefusal::NothingUnused.into());
    }
    draft.require_disk()?;
    credit::open_shift(draft)?;
    draft.ask(Question::Document { document: pack.document, wanted: Box::new(Input::Pack(input.clone())) });
    Ok(())
}

/// … and was read: a credit of its own takes the unused part back, and the pack ends with it.
pub(super) fn refund(draft: &mut Draft, original: &Document, input: &PackInput) -> Decided {
    let PackInput::Refund { pack, tenders, reason, by } = input else { return Ok(()) };
    let pack = open(draft, *pack)?;
    let unused = pack.unused(draft.settings.packs.refund, draft.at.date()).min(original.left());
    credit::refund(draft, original, credit::Wanted { amount: Some(unused), tenders, reason, by })?;
    let credit = draft.decision.events.iter().find_map(|event| match event {
        Event::CreditNumbered { credit, .. } => Some(credit.id),
        _ => None,
    });
    if let Some(credit) = credit {
        end(draft, pack, PackEnd::Refunded { credit });
    }
    Ok(())
}

/// A document that sold a pack which may still be used is not given back beside it.
pub(super) fn check_refund(draft: &Draft, document: DocumentId) -> Decided {
    let sold = draft.state.packs.values().find(|pack| pack.document == document && pack.is_open());
    sold.map_or(Ok(()), |pack| Err(PackRefusal::RefundThePack { number: pack.number }.into()))
}
