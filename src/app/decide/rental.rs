//! A rental desk: a vehicle is handed over to its driver, and comes back.

use super::{Decided, Draft, Stop, lease, paper, price_is_open, serve};
use crate::app::effect::Notice;
use crate::app::input::{WantedHandOver, WantedReturn};
use crate::app::refusal::{Refusal, RentalRefusal};
use crate::domain::catalogue::Catalogue;
use crate::domain::entry::ClientType;
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::lease::Lease;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::paper::Paper;
use crate::domain::rental::{CHARGES, DAYS_MAX, Driver, HandOver, Rental, VehicleReturn, days_later};
use crate::domain::sale::{Line, Sale};
use crate::domain::settings::Trade;
use crate::domain::terms::MovementPurpose;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;

/// A vehicle goes with its driver: what is agreed, and how it is. Until it comes back it may be put right.
pub(super) fn hand_over(
    draft: &mut Draft,
    id: VisitId,
    wanted: &WantedHandOver,
    operator: &OperatorId,
) -> Decided {
    let visit = rental_visit(draft, id)?;
    let earlier = visit.rental.as_ref();
    if earlier.is_some_and(|rental| rental.returned.is_some()) {
        return Err(RentalRefusal::AlreadyReturned.into());
    }
    // A contract says itself how long it lasts.
    let contract = visit.lease.as_deref();
    let days = contract.map_or(wanted.days, Lease::days);
    if contract.is_none() && (days == 0 || days > DAYS_MAX) {
        return Err(RentalRefusal::Days.into());
    }
    if !wanted.dashboard.is_sane() {
        return Err(Refusal::Kilometres.into());
    }
    let at = earlier.map_or(draft.at, |rental| rental.hand_over.at);
    let due_back = contract.and_then(Lease::due_back).unwrap_or_else(|| days_later(at, days));
    let driver = driver(draft, visit, wanted)?;
    let ends_before = driver.licence_until.filter(|until| *until < due_back.date());
    let hand_over = HandOver {
        at,
        operator: operator.clone(),
        driver,
        days,
        due_back,
        dashboard: wanted.dashboard,
        accessories: Text::new(&wanted.accessories),
        damage: Text::new(&wanted.damage),
        terms: draft.settings.rental.terms_of(&visit.plate),
    };
    let same_price = earlier.is_some_and(|rental| rental.hand_over.days == days) || contract.is_some();
    if !price_is_open(&visit.state) && !same_price && is_let(visit) {
        return Err(Refusal::PriceFixed.into());
    }
    let rental = Rental { hand_over: hand_over.clone(), returned: None };
    let sale = sale(draft, visit, &rental)?;
    draft.event(Event::VehicleHandedOver { visit: id, hand_over: Box::new(hand_over) });
    sell(draft, visit, sale);
    if let Some(until) = ends_before {
        draft.tell(Notice::LicenceEnds { until });
    }
    paper::ask_for(draft, Paper::HandOver { visit: id });
    Ok(())
}

/// Whoever takes a vehicle away has a licence that holds; for somebody of the business the name is enough.
fn driver(draft: &Draft, visit: &Visit, wanted: &WantedHandOver) -> Result<Driver, RentalRefusal> {
    let (name, licence) = (Text::new(&wanted.driver), Text::new(&wanted.licence));
    if name.is_empty() {
        return Err(RentalRefusal::DriverMissing);
    }
    let own = purpose(visit) == MovementPurpose::OwnUse;
    if !own && (licence.is_empty() || wanted.licence_until.is_none()) {
        return Err(RentalRefusal::LicenceMissing);
    }
    if let Some(until) = wanted.licence_until.filter(|until| *until < draft.at.date()) {
        return Err(RentalRefusal::LicenceOver { until });
    }
    Ok(Driver { name, licence, licence_until: wanted.licence_until })
}

/// A vehicle comes back: compared with how it went, and what follows is charged. Until that is paid it may be put right; when
/// it came back stays.
pub(super) fn take_back(
    draft: &mut Draft,
    id: VisitId,
    wanted: &WantedReturn,
    operator: &OperatorId,
) -> Decided {
    let visit = rental_visit(draft, id)?;
    let Some(rental) = visit.rental.as_deref() else { return Err(RentalRefusal::NotHandedOver.into()) };
    let HandOver { dashboard, due_back, terms, .. } = &rental.hand_over;
    let backwards = wanted.dashboard.km.zip(dashboard.km).is_some_and(|(back, out)| back < out);
    if !wanted.dashboard.is_sane() || backwards {
        return Err(Refusal::Kilometres.into());
    }
    let at = rental.returned.as_ref().map_or(draft.at, |returned| returned.at);
    let lateness = terms.lateness(*due_back, at);
    let charges = if is_let(visit) {
        let day = match visit.lease.as_deref().and_then(|lease| lease.parts.last()) {
            Some(part) => part.price_of_a_day(),
            None => price_of_a_day(&draft.settings.catalogue, &visit.sale),
        };
        rental.hand_over.charges(lateness, wanted.dashboard, day, draft.settings.catalogue.vat)
    } else {
        Vec::new()
    };
    let place = wanted.place.as_deref().map(Text::new);
    if place.as_ref().is_some_and(Text::is_empty) {
        return Err(RentalRefusal::PlaceMissing.into());
    }
    let returned = VehicleReturn {
        at,
        operator: operator.clone(),
        dashboard: wanted.dashboard,
        damage: Text::new(&wanted.damage),
        place,
        lateness,
        charges: charges.clone(),
    };
    let after = Rental { hand_over: rental.hand_over.clone(), returned: Some(returned.clone()) };
    draft.event(Event::VehicleReturned { visit: id, returned: Box::new(returned) });
    if price_is_open(&visit.state) {
        let sale = match &visit.lease {
            Some(_) => with_what_is_owed(draft, visit, &visit.sale, charges, at),
            None => sale(draft, visit, &after)?,
        };
        sell(draft, visit, sale);
    } else if visit.is_paid() {
        charge_more(draft, visit, charges, at)?;
    }
    paper::ask_for(draft, Paper::VehicleReturn { visit: id });
    Ok(())
}

/// What was paid stays; what the return is charged with is owed beside it, until that is paid too.
fn charge_more(draft: &mut Draft, visit: &Visit, charges: Vec<Line>, at: Stamp) -> Decided {
    let is_owed = visit.supplement.lines.iter().any(is_charge);
    let before = visit.rental.as_ref().and_then(|rental| rental.returned.as_ref());
    let paid = before.is_some_and(|returned| !returned.charges.is_empty()) && !is_owed;
    if paid {
        return Err(Refusal::PriceFixed.into());
    }
    let owed = with_what_is_owed(draft, visit, &visit.supplement, charges, at).lines;
    if owed != visit.supplement.lines {
        let sale = supplement(draft, owed);
        draft.event(Event::SupplementChosen { visit: visit.id, sale });
    }
    Ok(())
}

/// What is sold at a return: what a contract is owed until then, what was sold beside, and what the return is charged with.
fn with_what_is_owed(draft: &Draft, visit: &Visit, before: &Sale, charges: Vec<Line>, at: Stamp) -> Sale {
    let beside = before.lines.iter().filter(|line| !is_charge(line) && !lease::is_instalment(line)).cloned();
    let owed = lease::owed_at_return(draft, visit, at.date());
    Sale { lines: owed.into_iter().chain(beside).chain(charges).collect(), ..before.clone() }
}

fn supplement(draft: &Draft, lines: Vec<Line>) -> Sale {
    if lines.is_empty() {
        return Sale::default();
    }
    Sale { lines, discounts: Vec::new(), catalogue: draft.settings.catalogue.version.clone() }
}

/// Extras that are sold to a paid visit, beside what its return is charged with.
pub(super) fn beside_charges(draft: &Draft, visit: &Visit, extras: Sale) -> Sale {
    let stays = |line: &&Line| is_charge(line) || lease::is_instalment(line);
    let charges = visit.supplement.lines.iter().filter(stays).cloned();
    let lines: Vec<Line> = extras.lines.iter().cloned().chain(charges).collect();
    if lines == extras.lines { extras } else { supplement(draft, lines) }
}

fn is_charge(line: &Line) -> bool {
    CHARGES.contains(&line.code.as_str())
}

/// What is sold with an agreement: the package that was chosen or else the first of the list, for every day.
fn sale(draft: &Draft, visit: &Visit, rental: &Rental) -> Result<Sale, Refusal> {
    let catalogue = &draft.settings.catalogue;
    if !is_let(visit) || visit.lease.is_some() {
        return Ok(visit.sale.clone());
    }
    let mut listed: Vec<Line> = visit.sale.lines.iter().filter(|line| !is_charge(line)).cloned().collect();
    if !listed.iter().any(|line| catalogue.package(&line.code).is_some()) {
        let first = catalogue.packages_of(&[Trade::Rental]).next().ok_or(Refusal::NoService)?;
        let lines = catalogue.lines(visit.size, &first.code, &[], &[Trade::Rental]);
        listed.splice(0..0, lines.map_err(Refusal::NotOffered)?);
    }
    let lines = rental.sold(listed, |code| catalogue.package(code).is_some());
    Ok(Sale { lines, discounts: visit.sale.discounts.clone(), catalogue: catalogue.version.clone() })
}

fn sell(draft: &mut Draft, visit: &Visit, sale: Sale) {
    if price_is_open(&visit.state) && sale != visit.sale {
        let category = visit.category.clone();
        draft.event(Event::ServiceChosen { visit: visit.id, size: visit.size, sale, category });
        serve::tell_service(draft, visit, visit.category.as_ref(), visit.amount);
    }
}

fn price_of_a_day(catalogue: &Catalogue, sale: &Sale) -> Cents {
    let packages = sale.lines.iter().filter(|line| catalogue.package(&line.code).is_some());
    packages.map(|line| line.unit_price).sum()
}

/// A vehicle that was handed over leaves the books when it was taken back: what is owed then is known.
pub(super) fn check_returned(visit: &Visit) -> Result<(), RentalRefusal> {
    match &visit.rental {
        Some(rental) if rental.returned.is_none() => Err(RentalRefusal::NotReturned),
        _ => Ok(()),
    }
}

/// The business's own use, and what is lent free of charge, has no document: so the registry was told when it left.
pub(super) fn check_payable(visit: &Visit) -> Result<(), RentalRefusal> {
    if is_let(visit) { Ok(()) } else { Err(RentalRefusal::TripWithoutDocument) }
}

/// Whether it is let to a customer. What is no rental is no trip either.
fn is_let(visit: &Visit) -> bool {
    purpose(visit) == MovementPurpose::Rental
}

/// Why the vehicle left.
pub(super) fn purpose(visit: &Visit) -> MovementPurpose {
    visit.trip.as_ref().map(|trip| trip.purpose).unwrap_or_default()
}

/// An open visit of a rental desk.
pub(super) fn rental_visit<'a>(draft: &Draft<'a>, id: VisitId) -> Result<&'a Visit, Stop> {
    let visit = draft.visit(id)?;
    if visit.client_type == ClientType::Rental {
        Ok(visit)
    } else {
        Err(RentalRefusal::OnlyAtRentalDesks.into())
    }
}
