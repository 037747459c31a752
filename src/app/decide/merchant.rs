//! Shops whose customers park for less: begun, changed, and their vouchers made.

use super::{Decided, Draft, Stop, paper, validation};
use crate::app::input::{By, MerchantInput, WantedMerchant};
use crate::app::refusal::{MerchantRefusal, Refusal};
use crate::domain::customer::TaxNumber;
use crate::domain::event::Event;
use crate::domain::ids::MerchantId;
use crate::domain::merchant::{Merchant, MerchantTerms};
use crate::domain::operator::Right;
use crate::domain::paper::Paper;
use crate::domain::text::Text;
use crate::domain::voucher::{VOUCHER_DAYS_MAX, VOUCHERS_MAX, VoucherBatch};
use jiff::Span;

/// Something about the shops, or what one gives.
pub(super) fn decide(draft: &mut Draft, input: &MerchantInput) -> Decided {
    match input {
        MerchantInput::Open { wanted, by } => open(draft, wanted, by),
        MerchantInput::Change { merchant, wanted, by } => change(draft, *merchant, wanted, by),
        MerchantInput::MakeVouchers { merchant, count, days, by } => {
            make_vouchers(draft, *merchant, *count, *days, by)
        }
        MerchantInput::Validate { visit, merchant, by } => validation::by_hand(draft, *visit, *merchant, by),
        MerchantInput::TakeBack { visit, merchant, operator } => {
            validation::take_back(draft, *visit, *merchant, operator)
        }
        MerchantInput::ScanVoucher { code, visit, operator } => {
            validation::scanned(draft, code, *visit, operator)
        }
    }
}

pub(super) fn known<'a>(draft: &Draft<'a>, id: MerchantId) -> Result<&'a Merchant, Stop> {
    draft.state.merchants.get(&id).ok_or_else(|| MerchantRefusal::NoSuch.into())
}

fn open(draft: &mut Draft, wanted: &WantedMerchant, by: &By) -> Decided {
    draft.require_disk()?;
    let terms = terms(draft, wanted, None)?;
    let approved_by = draft.require(Right::KeepMerchants, by)?;
    let number = draft.state.merchants.values().map(|merchant| merchant.number).max().unwrap_or_default() + 1;
    let merchant = Box::new(Merchant::new(MerchantId(draft.ids.uuid()), number, terms));
    draft.event(Event::MerchantOpened { merchant, operator: by.operator.clone(), approved_by });
    Ok(())
}

fn change(draft: &mut Draft, id: MerchantId, wanted: &WantedMerchant, by: &By) -> Decided {
    let merchant = known(draft, id)?;
    let terms = terms(draft, wanted, Some(id))?;
    if terms == merchant.terms {
        return Ok(());
    }
    let approved_by = draft.require(Right::KeepMerchants, by)?;
    let (operator, terms) = (by.operator.clone(), Box::new(terms));
    draft.event(Event::MerchantChanged { merchant: id, terms, operator, approved_by });
    Ok(())
}

/// What was typed, checked.
fn terms(draft: &Draft, wanted: &WantedMerchant, own: Option<MerchantId>) -> Result<MerchantTerms, Stop> {
    let name = Text::new(&wanted.name);
    if name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    let others = draft.state.merchants.values().filter(|other| Some(other.id) != own);
    if others.into_iter().any(|other| other.terms.name == name) {
        return Err(MerchantRefusal::NameTaken.into());
    }
    if !wanted.gives.is_sound() {
        return Err(MerchantRefusal::Gives.into());
    }
    if wanted.from.zip(wanted.to).is_some_and(|(from, to)| to < from) {
        return Err(MerchantRefusal::Days.into());
    }
    let number = Some(wanted.afm.trim()).filter(|afm| !afm.is_empty());
    let number = number.map(|afm| TaxNumber::parse("GR", afm)).transpose().map_err(Refusal::TaxNumber)?;
    Ok(MerchantTerms {
        name,
        tax_number: number,
        gives: wanted.gives,
        payer: wanted.payer,
        per_day: wanted.per_day,
        per_vehicle: wanted.per_vehicle,
        hours: wanted.hours.clone(),
        from: wanted.from,
        to: wanted.to,
        adds_up: wanted.adds_up,
        active: wanted.active,
    })
}

/// Their numbers go on where the last ones ended, and they come out at once.
fn make_vouchers(draft: &mut Draft, id: MerchantId, count: u32, days: u16, by: &By) -> Decided {
    draft.require_disk()?;
    let merchant = known(draft, id)?;
    if draft.settings.ticket_key.is_none() {
        return Err(MerchantRefusal::NoKey.into());
    }
    if !(1..=VOUCHERS_MAX).contains(&count) || !(1..=VOUCHER_DAYS_MAX).contains(&days) {
        return Err(MerchantRefusal::Vouchers.into());
    }
    if !merchant.terms.active {
        return Err(MerchantRefusal::NotActive { name: merchant.terms.name.clone() }.into());
    }
    let last = draft.at.date().checked_add(Span::new().days(i64::from(days) - 1));
    let until = last.map_err(|_| MerchantRefusal::Vouchers)?;
    let approved_by = draft.require(Right::KeepMerchants, by)?;
    let batch = VoucherBatch {
        number: merchant.batches_made + 1,
        first: merchant.vouchers_made + 1,
        count,
        until,
        made: draft.at,
        spent: Vec::new(),
    };
    let paper = Paper::Vouchers { merchant: merchant.number, batch: batch.number };
    let (operator, batch) = (by.operator.clone(), Box::new(batch));
    draft.event(Event::VouchersMade { merchant: id, batch, operator, approved_by });
    paper::ask_for(draft, paper);
    Ok(())
}
