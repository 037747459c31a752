//! Which tariff holds: the one the configuration names, until it is changed at the terminal; from then on the text that is kept
//! in the journal. Where the configuration names none, nothing is priced by one, whatever is kept.

use crate::config::reader::Fault;
use crate::domain::settings::Settings;
use crate::domain::tariff::concern::{Concern, concerns};
use crate::domain::tariff::kept::KeptTariff;
use crate::domain::tariff::rules::{Tariff, Version};
use jiff::Timestamp;
use std::borrow::Cow;
use std::sync::Arc;

/// The tariff that holds. A text that is kept and cannot be read by this version of the program gives way to the file:
/// [`broken`] says so.
#[must_use]
pub fn in_force(file: Option<&Arc<Tariff>>, kept: &KeptTariff) -> Option<Arc<Tariff>> {
    let file = file?;
    Some(read(kept).and_then(Result::ok).map_or_else(|| Arc::clone(file), Arc::new))
}

/// What keeps the text that is kept from being read; nothing where all is well.
#[must_use]
pub fn broken(kept: &KeptTariff) -> Option<Fault> {
    read(kept)?.err()?.into_iter().next()
}

fn read(kept: &KeptTariff) -> Option<Result<Tariff, Vec<Fault>>> {
    kept.text.as_ref().map(|text| Tariff::parse(text.as_str()))
}

/// The settings with the tariff that holds.
#[must_use]
pub fn with_tariff<'s>(settings: &'s Settings, kept: &KeptTariff) -> Cow<'s, Settings> {
    if kept.text.is_none() || settings.parking.tariff.is_none() {
        return Cow::Borrowed(settings);
    }
    let mut own = settings.clone();
    own.parking.tariff = in_force(settings.parking.tariff.as_ref(), kept);
    Cow::Owned(own)
}

/// Versions of the file that do not hold: it was changed by hand after somebody had changed the tariff at the terminal, or a
/// version of it was taken out there.
#[must_use]
pub fn not_holding<'t>(file: &'t Tariff, holds: &Tariff) -> Vec<&'t Version> {
    let stands = |version: &Version| {
        holds.versions.iter().any(|other| other.from == version.from && other.is_like(version))
    };
    file.versions.iter().filter(|version| !stands(version)).collect()
}

/// A version that is to follow another, to be looked at before it does.
#[derive(Debug, Clone)]
pub struct TariffLook {
    /// The tariff that holds.
    pub holds: Arc<Tariff>,
    /// The version.
    pub version: Version,
    /// When.
    pub at: Timestamp,
}

impl TariffLook {
    /// Everything to be said of it. Takes a while: the checker tries whole weeks of stays.
    #[must_use]
    pub fn concerns(&self) -> Vec<Concern> {
        // Versions begin with a minute.
        let minute = self.at.as_second().div_euclid(60) * 60;
        let from = Timestamp::from_second(minute).unwrap_or(self.at);
        let version = Version { from, ..self.version.clone() };
        concerns(&self.holds, &version, self.holds.version_at(self.at).ok(), self.at)
    }
}
