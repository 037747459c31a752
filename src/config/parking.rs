//! The section `[parking]`: how a car park works here.

use super::reader::Section;
use crate::domain::parking::ParkingRules;
use crate::domain::tariff::Tariff;
use crate::domain::tariff::check::What;
use crate::domain::text::{Language, Text};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where tariffs named in a configuration are read from.
#[derive(Debug, Clone)]
pub(super) enum Tariffs {
    /// Those that ship, compiled in; practice needs no file.
    Shipped,
    /// Files, named from the configuration's own folder.
    Beside(PathBuf),
}

/// The tariffs that ship, by the names a configuration in `config/` has for them.
const SHIPPED: [(&str, &str); 7] = [
    ("tariffs/every-part.toml", include_str!("../../config/tariffs/every-part.toml")),
    ("tariffs/t1-continue.toml", include_str!("../../config/tariffs/t1-continue.toml")),
    ("tariffs/t1-restart.toml", include_str!("../../config/tariffs/t1-restart.toml")),
    ("tariffs/t2.toml", include_str!("../../config/tariffs/t2.toml")),
    ("tariffs/t3.toml", include_str!("../../config/tariffs/t3.toml")),
    ("tariffs/t4.toml", include_str!("../../config/tariffs/t4.toml")),
    ("tariffs/t5.toml", include_str!("../../config/tariffs/t5.toml")),
];

impl Tariffs {
    /// For a configuration file.
    pub(super) fn beside(config: &Path) -> Self {
        Self::Beside(config.parent().unwrap_or(Path::new(".")).to_owned())
    }

    /// A tariff that can price every stay, or why it cannot be used.
    fn read(&self, name: &str) -> Result<Tariff, String> {
        let tariff = match self {
            Self::Shipped => {
                let text = SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text);
                let text = text.ok_or_else(|| format!("{name:?}: there is no such tariff here"))?;
                Tariff::parse(text).map_err(|faults| format!("{name:?} has {} faults", faults.len()))?
            }
            Self::Beside(folder) => Tariff::load(&folder.join(name)).map_err(|why| format!(": {why}"))?,
        };
        match tariff.check().into_iter().find(|finding| finding.what == What::Gap) {
            Some(gap) => Err(format!(": {}", gap.sentence(Language::En))),
            None => Ok(tariff),
        }
    }
}

pub(super) fn read(section: &Section<'_, '_>, tariffs: &Tariffs) -> ParkingRules {
    let default = ParkingRules::default();
    ParkingRules {
        tariff: section.parsed("tariff", |name| tariffs.read(name)).map(Arc::new),
        price_holds_s: section.number("price_holds_s", 0..=3_600, default.price_holds_s),
        leaves_when_paid: section.flag("leaves_when_paid", default.leaves_when_paid),
        places: u32::try_from(section.number("places", 0..=100_000, 0)).unwrap_or_default(),
        hours: Text::new(&section.optional_text("hours").unwrap_or_default()),
        ticket_terms: Text::new(&section.optional_text("ticket_terms").unwrap_or_default()),
        valet_stub: section.flag("valet_stub", default.valet_stub),
    }
}
