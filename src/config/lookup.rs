//! Looking up whom an invoice is for: which registers are asked, and with what.

use super::reader::Section;
use crate::domain::settings::LookUpRules;
use std::path::PathBuf;

/// Days an answer is good for, at most; a registry changes.
const DAYS_MAX: i64 = 3_650;

/// Where AADE's registry of businesses and VIES are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUpAt {
    /// Nobody is asked.
    Off,
    /// A simulator in this process, on loopback; practice.
    Simulated,
    /// The real ones, or a simulator elsewhere.
    Service {
        /// The simulator's address; nothing for the real ones.
        at: Option<String>,
        /// The file with the codes for AADE's registry; without it only VIES is asked.
        credentials: Option<PathBuf>,
    },
}

/// The rules, and where the registers are: in practice simulated and at work off, unless the file says otherwise.
pub(super) fn read(section: &Section<'_, '_>, practice: bool) -> (LookUpRules, LookUpAt) {
    let default = LookUpRules::default();
    let credentials = section.optional_text("credentials").map(PathBuf::from);
    let at = match section.optional_text("endpoint").as_deref() {
        None if practice => LookUpAt::Simulated,
        None | Some("off") => LookUpAt::Off,
        Some("simulated") if practice => LookUpAt::Simulated,
        Some("simulated") => {
            section.note("endpoint", "may be simulated only in practice: it invents businesses");
            LookUpAt::Off
        }
        Some("production") if practice => {
            // AADE tells a business that somebody asked about it: not for the sake of practising.
            section.note("endpoint", "cannot be production in practice: AADE tells whom was asked about");
            LookUpAt::Off
        }
        Some("production") => LookUpAt::Service { at: None, credentials },
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
            LookUpAt::Service { at: Some(url.to_owned()), credentials }
        }
        Some(_) => {
            let choices = "must be simulated, production, off, or an address that starts with http";
            section.note("endpoint", choices);
            LookUpAt::Off
        }
    };
    let days = section.number("days", 1..=DAYS_MAX, default.fresh_days.into());
    let fresh_days = u16::try_from(days).unwrap_or(default.fresh_days);
    (LookUpRules { on: at != LookUpAt::Off, fresh_days }, at)
}
