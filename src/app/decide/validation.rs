//! What a shop gives to a stay: chosen at the till or with a voucher, taken back, and used when the stay is paid.

use super::{Decided, Draft, merchant, price_is_open};
use crate::app::effect::Notice;
use crate::app::input::By;
use crate::app::refusal::{MerchantRefusal, Refusal};
use crate::domain::document::Subject;
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, MerchantId, VisitId};
use crate::domain::merchant::Merchant;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::plate::Plate;
use crate::domain::sale::Sale;
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::domain::validation::{ValidatedBy, Validation, ValidationUse, used};
use crate::domain::visit::{StepRefused, Visit};
use crate::domain::voucher::{PREFIX, VoucherFault, VoucherNumber};
use tameio_drivers::scanner::{TicketCheck, TicketCodes};

/// Somebody at the till chose the shop.
pub(super) fn by_hand(draft: &mut Draft, visit: VisitId, id: MerchantId, by: &By) -> Decided {
    let visit = draft.visit(visit)?;
    let merchant = merchant::known(draft, id)?;
    check(draft, visit, merchant)?;
    let approved_by = draft.require(Right::ValidateStay, by)?;
    give(draft, visit, merchant, ValidatedBy::Hand { operator: by.operator.clone(), approved_by });
    Ok(())
}

/// What was given is taken back: whoever is at the till may, for the price goes up by it.
pub(super) fn take_back(
    draft: &mut Draft,
    id: VisitId,
    merchant: MerchantId,
    operator: &OperatorId,
) -> Decided {
    let visit = draft.visit(id)?;
    check_open(draft, visit)?;
    if !given_to(visit).iter().any(|given| given.merchant == merchant) {
        return Err(MerchantRefusal::NotGiven.into());
    }
    draft.event(Event::ValidationTaken { visit: id, merchant, operator: operator.clone() });
    Ok(())
}

/// A voucher was scanned. One that gives nothing is written down: a forged one is seldom tried once.
pub(super) fn scanned(
    draft: &mut Draft,
    code: &str,
    visit: Option<VisitId>,
    operator: &OperatorId,
) -> Decided {
    let (merchant, number) = match read(draft, code, visit) {
        Ok(found) => found,
        Err(fault) => return refuse(draft, fault, code, operator),
    };
    let visit = draft.visit(visit.ok_or(MerchantRefusal::WhichVisit)?)?;
    if given_to(visit).iter().any(|given| given.merchant == merchant.id && given.voucher() == Some(number)) {
        // Scanned twice: it is there.
        draft.tell(Notice::Validated { visit: visit.id });
        return Ok(());
    }
    check(draft, visit, merchant)?;
    give(draft, visit, merchant, ValidatedBy::Voucher { number, operator: operator.clone() });
    Ok(())
}

fn give(draft: &mut Draft, visit: &Visit, merchant: &Merchant, how: ValidatedBy) {
    let terms = &merchant.terms;
    let validation = Box::new(Validation {
        merchant: merchant.id,
        number: merchant.number,
        name: terms.name.clone(),
        what: terms.gives,
        payer: terms.payer,
        adds_up: terms.adds_up,
        at: draft.at,
        how,
    });
    draft.event(Event::StayValidated { visit: visit.id, validation });
    draft.tell(Notice::Validated { visit: visit.id });
}

fn refuse(draft: &mut Draft, fault: VoucherFault, code: &str, operator: &OperatorId) -> Decided {
    // Only what stands before the check: whoever reads the journal makes no voucher of it.
    let number = Text::new(code.split('.').next().unwrap_or_default());
    draft.event(Event::VoucherRefused { number, fault: fault.clone(), operator: operator.clone() });
    draft.tell(Notice::Refused(MerchantRefusal::Voucher(fault).into()));
    Ok(())
}

/// What shops gave to a visit.
fn given_to(visit: &Visit) -> &[Validation] {
    visit.stay.as_ref().map_or(&[], |stay| &stay.validations)
}

/// Its price is the tariff's, and not paid yet.
fn check_open(draft: &Draft, visit: &Visit) -> Decided {
    let stay = visit.stay.as_ref().ok_or(Refusal::NoStay)?;
    // What a card terminal was asked for is the price as it was.
    if let Some(charge) = draft.state.charges.values().find(|one| one.subject == Subject::Visit(visit.id)) {
        return Err(Refusal::CardPending { session: charge.session }.into());
    }
    if visit.is_paid() {
        return Err(Refusal::Step(StepRefused::AlreadyPaid).into());
    }
    if !price_is_open(&visit.state) {
        return Err(Refusal::PriceFixed.into());
    }
    if stay.basis.is_tariff() { Ok(()) } else { Err(MerchantRefusal::NotByTariff.into()) }
}

/// Whether a shop gives something to a stay now.
fn check(draft: &Draft, visit: &Visit, merchant: &Merchant) -> Decided {
    check_open(draft, visit)?;
    let (terms, today) = (&merchant.terms, draft.at.date());
    let name = || terms.name.clone();
    if given_to(visit).iter().any(|given| given.merchant == merchant.id) {
        return Err(MerchantRefusal::GivenAlready { name: name() }.into());
    }
    if !terms.active {
        return Err(MerchantRefusal::NotActive { name: name() }.into());
    }
    if !terms.holds_on(today) {
        return Err(MerchantRefusal::NotToday { name: name(), from: terms.from, to: terms.to }.into());
    }
    let version =
        draft.settings.tariff_of(visit).and_then(|tariff| tariff.version_at(visit.arrived.utc).ok());
    let holidays = version.map_or(&[][..], |version| &version.holidays);
    if !terms.holds_at(draft.at, holidays) {
        return Err(MerchantRefusal::NotNow { name: name(), hours: terms.hours.clone() }.into());
    }
    let (all, own) = given_today(draft, merchant, &visit.plate);
    let reached = |most: u32, given: usize| most > 0 && given >= usize::try_from(most).unwrap_or(usize::MAX);
    if reached(terms.per_day, all) {
        return Err(MerchantRefusal::DayIsFull { name: name(), most: terms.per_day }.into());
    }
    if reached(terms.per_vehicle, own) {
        return Err(MerchantRefusal::VehicleIsFull { name: name(), most: terms.per_vehicle }.into());
    }
    Ok(())
}

/// Stays a shop made cheaper today, with those that are still to be paid; and those of one vehicle among them.
fn given_today(draft: &Draft, merchant: &Merchant, plate: &Plate) -> (usize, usize) {
    let (all, own) = merchant.used_on(draft.at.date(), plate);
    let waits = |visit: &&Visit| {
        visit.state.settlement().is_none()
            && given_to(visit).iter().any(|given| given.merchant == merchant.id)
    };
    let waiting = draft.state.visits.values().filter(waits);
    let key = plate.key();
    waiting.fold((all, own), |(all, own), visit| (all + 1, own + usize::from(visit.plate.key() == key)))
}

/// Which voucher a code is, or why it gives nothing to a visit.
fn read<'a>(
    draft: &Draft<'a>,
    code: &str,
    visit: Option<VisitId>,
) -> Result<(&'a Merchant, u64), VoucherFault> {
    let number = check_code(draft.settings, code)?;
    let mut merchants = draft.state.merchants.values();
    let merchant =
        merchants.find(|merchant| merchant.number == number.merchant).ok_or(VoucherFault::Unknown)?;
    let voucher = number.voucher;
    let Some(batch) = merchant.batch_of(voucher) else {
        let printed = (1..=merchant.vouchers_made).contains(&voucher);
        return Err(if printed { VoucherFault::Expired { until: None } } else { VoucherFault::Unknown });
    };
    if let Some(spent) = merchant.spent(voucher) {
        return Err(VoucherFault::Used { plate: spent.plate.clone(), at: spent.at });
    }
    if batch.until < draft.at.date() {
        return Err(VoucherFault::Expired { until: Some(batch.until) });
    }
    let has = |other: &&Visit| {
        let mut given = given_to(other).iter();
        let own = given.any(|given| given.merchant == merchant.id && given.voucher() == Some(voucher));
        own && other.state.settlement().is_none() && Some(other.id) != visit
    };
    match draft.state.visits.values().find(has) {
        Some(other) => Err(VoucherFault::Held { plate: other.plate.clone() }),
        None => Ok((merchant, voucher)),
    }
}

/// What stands on it, if it was printed here.
fn check_code(settings: &Settings, code: &str) -> Result<VoucherNumber, VoucherFault> {
    let code = code.trim().to_ascii_uppercase();
    let body = code.strip_prefix(PREFIX).unwrap_or_default().split('.').next().unwrap_or_default();
    let number: Option<VoucherNumber> = body.parse().ok();
    let codes = settings.ticket_key.as_ref().and_then(|key| TicketCodes::new(PREFIX, key.bytes()).ok());
    let (Some(number), Some(codes)) = (number, codes) else { return Err(VoucherFault::Torn) };
    let here = number.terminal == settings.terminal;
    match codes.read(&code) {
        TicketCheck::Ours { .. } if here => Ok(number),
        TicketCheck::Ours { .. } => Err(VoucherFault::OtherTerminal { terminal: number.terminal }),
        TicketCheck::NotMadeHere if here => Err(VoucherFault::Forged),
        TicketCheck::NotMadeHere => Err(VoucherFault::OtherSite),
        // Without its check, or with half of it.
        TicketCheck::Other => Err(VoucherFault::Torn),
    }
}

/// The stay is paid, or leaves free or owing, at the price of this sale: what shops gave of it stands in their accounts.
pub(super) fn use_up(draft: &mut Draft, visit: &Visit, sale: &Sale, document: Option<DocumentId>) {
    let at = draft.at;
    let of = |(given, worth): (Validation, crate::domain::money::Cents)| ValidationUse {
        merchant: given.merchant,
        number: given.number,
        plate: visit.plate.clone(),
        reference: visit.reference.clone(),
        at,
        what: given.what,
        payer: given.payer,
        worth,
        by: given.how,
        document,
    };
    let uses: Vec<ValidationUse> = used(given_to(visit), sale).into_iter().map(of).collect();
    if !uses.is_empty() {
        draft.event(Event::ValidationsUsed { visit: visit.id, uses });
    }
}
