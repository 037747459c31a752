//! The owner changes the tariff. A version begins after it was put into force, so no stay that has begun is priced anew; what the
//! checker calls an error never holds, and a warning only when somebody says it is meant so.

use super::{Decided, Draft};
use crate::app::effect::Notice;
use crate::app::input::{By, TariffInput};
use crate::app::refusal::TariffRefusal;
use crate::app::tariff::broken;
use crate::domain::event::Event;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::tariff::concern::concerns;
use crate::domain::tariff::kept::{Begins, TEXT_BYTES_MAX, TariffAct, TariffText};
use crate::domain::tariff::rules::{LIST_MAX, Tariff, Version};
use crate::domain::time::Stamp;
use jiff::{SignedDuration, Timestamp};

/// How far ahead a version may begin, in days.
const AHEAD_DAYS_MAX: i64 = 366;

pub(super) fn change(draft: &mut Draft, input: &TariffInput) -> Decided {
    match input {
        TariffInput::PutIntoForce { text, begins, seen, accepted, by } => {
            put_into_force(draft, text, *begins, (*seen, *accepted), by)
        }
        TariffInput::Withdraw { version, by } => withdraw(draft, version, by),
    }
}

fn put_into_force(
    draft: &mut Draft,
    text: &TariffText,
    begins: Begins,
    (seen, accepted): (u32, bool),
    by: &By,
) -> Decided {
    let operator = draft.require(Right::SetTariff, by)?;
    let holds = draft.settings.parking.tariff.as_deref().ok_or(TariffRefusal::None)?;
    if seen != draft.state.tariff.number() {
        return Err(TariffRefusal::ChangedMeanwhile.into());
    }
    let from = first_instant(begins, draft.at)?;
    let version = Version { from, ..one_version(text)? };
    let today = holds.version_at(from).ok();
    if today.is_some_and(|today| today.is_like(&version)) {
        return Err(TariffRefusal::NoChange.into());
    }
    check(draft, holds, &version, accepted)?;
    // What was to begin at the same instant has priced nothing, and gives way.
    let others: Vec<Version> = holds.versions.iter().filter(|other| other.from != from).cloned().collect();
    let id = name(&others, from);
    let mut versions = others;
    versions.push(Version { id: id.clone(), ..version });
    let change = TariffAct::PutIntoForce { version: id, from: Stamp::new(from) };
    keep(draft, versions, change, operator)
}

/// What the checker calls an error never holds; a warning does when it is meant so.
fn check(draft: &Draft, holds: &Tariff, version: &Version, accepted: bool) -> Decided {
    let today = holds.version_at(draft.at.utc).ok();
    let found = concerns(holds, version, today, draft.at.utc);
    if let Some(error) = found.iter().find(|concern| concern.is_error()) {
        return Err(TariffRefusal::Error(Box::new(error.clone())).into());
    }
    if found.is_empty() || accepted {
        return Ok(());
    }
    Err(TariffRefusal::Warnings { count: found.len() }.into())
}

fn withdraw(draft: &mut Draft, id: &str, by: &By) -> Decided {
    let operator = draft.require(Right::SetTariff, by)?;
    let holds = draft.settings.parking.tariff.as_deref().ok_or(TariffRefusal::None)?;
    let (kept, out): (Vec<Version>, Vec<Version>) =
        holds.versions.iter().cloned().partition(|version| version.id != id || version.from <= draft.at.utc);
    if out.is_empty() || kept.is_empty() {
        return Err(TariffRefusal::NotComing.into());
    }
    keep(draft, kept, TariffAct::Withdrawn { version: id.to_owned() }, operator)
}

/// Writes down the whole tariff with its versions.
fn keep(draft: &mut Draft, versions: Vec<Version>, change: TariffAct, operator: OperatorId) -> Decided {
    let holds = draft.settings.parking.tariff.as_deref().ok_or(TariffRefusal::None)?;
    let mut tariff = Tariff { versions, ..holds.clone() };
    tariff.versions.sort_by_key(|version| version.from);
    let text = tariff.to_text();
    if tariff.versions.len() > LIST_MAX || text.len() > TEXT_BYTES_MAX {
        return Err(TariffRefusal::TooMany.into());
    }
    // What cannot be read again is never written down.
    if let Some(fault) = Tariff::parse(&text).err().and_then(|faults| faults.into_iter().next()) {
        return Err(TariffRefusal::Unreadable(fault).into());
    }
    draft.event(Event::TariffChanged { text: TariffText::new(text), change, operator });
    Ok(())
}

fn one_version(text: &TariffText) -> Result<Version, TariffRefusal> {
    if text.as_str().len() > TEXT_BYTES_MAX {
        return Err(TariffRefusal::TooMany);
    }
    let tariff = Tariff::parse(text.as_str()).map_err(|faults| {
        faults.into_iter().next().map_or(TariffRefusal::NotOne, TariffRefusal::Unreadable)
    })?;
    let mut versions = tariff.versions.into_iter();
    match (versions.next(), versions.next()) {
        (Some(version), None) => Ok(version),
        _ => Err(TariffRefusal::NotOne),
    }
}

/// The first instant a version holds: always after now.
fn first_instant(begins: Begins, now: Stamp) -> Result<Timestamp, TariffRefusal> {
    let begins = begins.instant(now).ok_or(TariffRefusal::TooFar)?;
    if begins.utc <= now.utc {
        return Err(TariffRefusal::Begun);
    }
    let ahead = begins.utc.duration_since(now.utc);
    if ahead > SignedDuration::from_hours(24 * AHEAD_DAYS_MAX) {
        return Err(TariffRefusal::TooFar);
    }
    Ok(begins.utc)
}

/// A name nobody has: the day, and a number where there are more of one day.
fn name(others: &[Version], from: Timestamp) -> String {
    let day = Stamp::new(from).date().to_string();
    let names = std::iter::once(day.clone()).chain((2..).map(|n| format!("{day}.{n}")));
    let mut free = names.filter(|name| others.iter().all(|other| other.id != *name));
    free.next().unwrap_or(day)
}

/// What was kept by another version of the program may not be read by this one: the file holds then, and somebody should know.
pub(super) fn after_restart(draft: &mut Draft) {
    if draft.settings.parking.tariff.is_some()
        && let Some(fault) = broken(&draft.state.tariff)
    {
        draft.tell(Notice::TariffBroken { fault });
    }
}
