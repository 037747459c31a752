//! A rental that is paid in instalments: what is agreed, what is charged now, how long it goes on. Each payment is one of its
//! visit, so that its document is correlated with the visit's one entry, however many there are.

use super::{Decided, Draft, Stop, paper, price_is_open, rental, serve};
use crate::app::input::{By, LeaseInput, WantedLease};
use crate::app::refusal::{LeaseRefusal, Refusal};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::lease::{
    Every, INSTALMENTS_MAX, Instalment, Lease, LeasePart, OnExtension, number_of, of_terms,
};
use crate::domain::money::{AMOUNT_MAX, Cents};
use crate::domain::operator::Right;
use crate::domain::paper::Paper;
use crate::domain::sale::{Line, Sale};
use crate::domain::visit::Visit;
use jiff::civil::Date;

/// The most days of one period.
const PERIOD_DAYS_MAX: u16 = 366;

/// Something about a lease at the desk.
pub(super) fn decide(draft: &mut Draft, input: &LeaseInput) -> Decided {
    match input {
        LeaseInput::Agree { visit, wanted, by } => agree(draft, *visit, wanted, by),
        LeaseInput::Charge { visit, upto, .. } => charge(draft, *visit, *upto),
        LeaseInput::Extend { visit, last, rate, by } => extend(draft, *visit, *last, *rate, by),
    }
}

/// What is to be paid is agreed, or put right while nothing was paid. The same again changes nothing.
fn agree(draft: &mut Draft, id: VisitId, wanted: &WantedLease, by: &By) -> Decided {
    let visit = rental::rental_visit(draft, id)?;
    rental::check_payable(visit)?;
    let (period, every) = of_terms(&visit.terms).ok_or(LeaseRefusal::NotALease)?;
    let by_days = || wanted.every_days.filter(|days| (1..=PERIOD_DAYS_MAX).contains(days)).map(Every::Days);
    let every = every.or_else(by_days).ok_or(LeaseRefusal::Every)?;
    if !price_is_open(&visit.state) {
        return Err(LeaseRefusal::PaidAlready.into());
    }
    if wanted.deposit < Cents::ZERO || wanted.deposit > AMOUNT_MAX {
        return Err(Refusal::Amount.into());
    }
    let part = part(period.from, period.to, every, wanted.rate)?;
    if visit.rental.as_ref().is_some_and(|rental| rental.returned.is_some()) {
        return Err(LeaseRefusal::IsBack.into());
    }
    let known = visit.lease.as_deref();
    if known.is_some_and(|lease| lease.parts == [part] && lease.deposit == wanted.deposit) {
        return Ok(());
    }
    let lease = Lease {
        agreed: draft.at,
        approved_by: draft.require(Right::SetPrice, by)?,
        operator: by.operator.clone(),
        parts: vec![part],
        deposit: wanted.deposit,
        rules: draft.settings.rental.lease,
        ended: None,
        paid: Vec::new(),
        given_back: known.map(|lease| lease.given_back.clone()).unwrap_or_default(),
    };
    let due = lease.due_on(draft.at.date());
    let told = lease.told_amount();
    sell(draft, visit, &lease, &due);
    draft.event(Event::LeaseAgreed { visit: id, lease: Box::new(lease) });
    tell_amount(draft, visit, told)?;
    print_agreement(draft, visit);
    Ok(())
}

/// A part of a contract, checked.
fn part(first: Date, last: Date, every: Every, rate: Cents) -> Result<LeasePart, Stop> {
    if rate <= Cents::ZERO || rate > AMOUNT_MAX {
        return Err(LeaseRefusal::Rate.into());
    }
    let part = LeasePart { first, last, every, rate };
    if part.count() > INSTALMENTS_MAX {
        return Err(LeaseRefusal::TooMany.into());
    }
    Ok(part)
}

/// The registry is told the agreed amount, again where an extension changed it.
fn tell_amount(draft: &mut Draft, visit: &Visit, amount: Cents) -> Decided {
    if visit.amount == Some(amount) {
        return Ok(());
    }
    let now = draft.as_decided(visit)?;
    let category = now.category.clone();
    draft.event(Event::ServiceTold { visit: visit.id, category: category.clone(), amount: Some(amount) });
    serve::tell_service(draft, &now, category.as_ref(), Some(amount));
    Ok(())
}

fn print_agreement(draft: &mut Draft, visit: &Visit) {
    if visit.rental.is_some() {
        paper::ask_for(draft, Paper::HandOver { visit: visit.id });
    }
}

/// Instalments are to be paid now. Pressed twice it is the same sale.
fn charge(draft: &mut Draft, id: VisitId, upto: Option<u16>) -> Decided {
    draft.require_disk()?;
    let visit = draft.visit(id)?;
    let lease = visit.lease.as_deref().ok_or(LeaseRefusal::NotAgreed)?;
    if !price_is_open(&visit.state) && !visit.is_paid() {
        // By a contract, or without a document: nothing of it is paid here.
        return Err(Refusal::PriceFixed.into());
    }
    let mut wanted = lease.unpaid();
    if wanted.is_empty() {
        return Err(LeaseRefusal::NothingToPay.into());
    }
    match upto {
        Some(upto) if wanted.iter().any(|one| one.number == upto) => {
            wanted.retain(|one| one.number <= upto);
        }
        Some(_) => return Err(LeaseRefusal::NoSuchInstalment.into()),
        None => {
            let due = lease.due_on(draft.at.date());
            if due.is_empty() {
                wanted.truncate(1);
            } else {
                wanted = due;
            }
        }
    }
    sell(draft, visit, lease, &wanted);
    Ok(())
}

/// The contract goes on, at the rate it had or at another one.
fn extend(draft: &mut Draft, id: VisitId, last: Date, rate: Option<Cents>, by: &By) -> Decided {
    let visit = rental::rental_visit(draft, id)?;
    let lease = visit.lease.as_deref().ok_or(LeaseRefusal::NotAgreed)?;
    let before = lease.parts.last().ok_or(LeaseRefusal::NotAgreed)?;
    if visit.rental.as_ref().is_some_and(|rental| rental.returned.is_some()) {
        return Err(LeaseRefusal::IsBack.into());
    }
    if lease.rules.on_extension == OnExtension::NewEntry {
        return Err(LeaseRefusal::NewEntryWanted.into());
    }
    if last <= before.last {
        return Err(LeaseRefusal::NotLater { last: before.last }.into());
    }
    let first = before.last.tomorrow().map_err(|_| LeaseRefusal::TooMany)?;
    let part = part(first, last, before.every, rate.unwrap_or(before.rate))?;
    let all: usize = lease.parts.iter().map(|part| part.count()).sum();
    if all + part.count() > INSTALMENTS_MAX {
        return Err(LeaseRefusal::TooMany.into());
    }
    let approved_by = draft.require(Right::SetPrice, by)?;
    let extended = Event::LeaseExtended { visit: id, part, operator: by.operator.clone(), approved_by };
    draft.event(extended);
    let now = draft.as_decided(visit)?;
    let amount = now.lease.as_deref().map_or(Cents::ZERO, Lease::told_amount);
    tell_amount(draft, visit, amount)?;
    print_agreement(draft, visit);
    Ok(())
}

/// What is sold of a lease now: these instalments, and what stands beside them.
fn sell(draft: &mut Draft, visit: &Visit, lease: &Lease, wanted: &[Instalment]) {
    let catalogue = &draft.settings.catalogue;
    let is_package = |line: &Line| catalogue.package(&line.code).is_some();
    let instalments = lease.lines(wanted, catalogue.vat);
    let open = price_is_open(&visit.state);
    let before = if open { &visit.sale } else { &visit.supplement };
    let beside = before.lines.iter().filter(|line| !is_instalment(line) && !is_package(line)).cloned();
    let sale = Sale {
        lines: instalments.into_iter().chain(beside).collect(),
        discounts: before.discounts.clone(),
        catalogue: catalogue.version.clone(),
    };
    if sale == *before {
        return;
    }
    if open {
        let category = visit.category.clone();
        draft.event(Event::ServiceChosen { visit: visit.id, size: visit.size, sale, category });
    } else {
        draft.event(Event::SupplementChosen { visit: visit.id, sale });
    }
}

/// The line of an instalment.
pub(super) fn is_instalment(line: &Line) -> bool {
    number_of(&line.code).is_some()
}

/// What a vehicle that comes back on a day still owes of its contract, as lines.
pub(super) fn owed_at_return(draft: &Draft, visit: &Visit, on: Date) -> Vec<Line> {
    let Some(lease) = visit.lease.as_deref() else { return Vec::new() };
    let mut lease = lease.clone();
    lease.end(on);
    lease.lines(&lease.unpaid(), draft.settings.catalogue.vat)
}
