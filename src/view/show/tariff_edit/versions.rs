//! From when the draft is to hold, and the versions there have been.

use crate::app::tariff::not_holding;
use crate::domain::tariff::rules::{Tariff, Version};
use crate::domain::time::Stamp;
use crate::view::controller::{Controller, OF_FILE};
use crate::view::generated::{TariffEdit, TariffVersion, VersionStand};
use crate::view::show::till;

pub(super) fn show_force(controller: &Controller, holds: &Tariff, now: Stamp, page: &TariffEdit<'_>) {
    let form = &controller.form.tariff_edit;
    page.set_begins(form.begins);
    let from = controller.tariff_begins().instant(now);
    page.set_from(from.map(moment).unwrap_or_default().into());
    let next = holds.versions.iter().find(|version| from.is_some_and(|from| version.from > from.utc));
    page.set_next(next.map(|next| moment(Stamp::new(next.from))).unwrap_or_default().into());
}

/// `15/3/2026`, with the time where that is not its beginning.
pub(in crate::view) fn moment(at: Stamp) -> String {
    let midnight = Stamp::midnight(at.date()).is_some_and(|midnight| midnight.utc == at.utc);
    let form = if midnight { "%-d/%-m/%Y" } else { "%-d/%-m/%Y %H:%M" };
    at.local().strftime(form).to_string()
}

/// Newest first; at last those the file names that do not hold.
pub(super) fn versions(controller: &Controller, holds: &Tariff, now: Stamp) -> Vec<TariffVersion> {
    let kept = controller.state().map(|state| &state.tariff);
    let in_force = holds.version_at(now.utc).ok().map(|version| version.id.as_str());
    let row = |(place, version): (usize, &Version)| {
        let came = kept.and_then(|kept| kept.came(&version.id));
        let until = holds.versions.get(place + 1).map(|next| moment(Stamp::new(next.from)));
        let stand = match in_force {
            _ if version.from > now.utc => VersionStand::Coming,
            Some(id) if id == version.id => VersionStand::Holds,
            _ => VersionStand::Over,
        };
        let person = came
            .map(|change| format!("{}, {}", till::name(controller, &change.operator), change.at.printed()));
        TariffVersion {
            key: version.id.as_str().into(),
            id: version.id.as_str().into(),
            since: moment(Stamp::new(version.from)).into(),
            until: until.unwrap_or_default().into(),
            person: person.unwrap_or_default().into(),
            stand,
        }
    };
    let mut rows: Vec<TariffVersion> = holds.versions.iter().enumerate().map(row).rev().collect();
    let file = controller.tariff_file.as_deref();
    let left = file.map(|file| not_holding(file, holds)).unwrap_or_default();
    rows.extend(left.into_iter().map(|version| TariffVersion {
        key: format!("{OF_FILE}{}", version.id).into(),
        id: version.id.as_str().into(),
        since: moment(Stamp::new(version.from)).into(),
        until: "".into(),
        person: "".into(),
        stand: VersionStand::OfFile,
    }));
    rows
}
