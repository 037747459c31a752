//! The devices of the file: one address each, or a section with a name for each where a kind may have several.

use super::reader::Section;
use crate::device::{Configured, DeviceAddress};
use crate::domain::device::{DeviceId, DeviceKind};

/// Reads the section of devices.
pub(super) fn read(section: &Section<'_, '_>, practice: bool) -> Configured {
    let mut configured = Configured::new();
    for kind in DeviceKind::ALL {
        if section.is_section(kind.code()) {
            several(kind, &section.section(kind.code()), practice, &mut configured);
        } else if let Some(address) = section.parsed(kind.code(), |text| check(kind, text, practice)) {
            configured.insert(DeviceId::only(kind), address);
        }
    }
    configured
}

fn several(kind: DeviceKind, section: &Section<'_, '_>, practice: bool, configured: &mut Configured) {
    for (name, text) in section.entries() {
        match (DeviceId::named(kind, &name), check(kind, &text, practice)) {
            (None, _) if !kind.may_be_several() => {
                section.note(&name, "cannot be: there is only one of this kind");
            }
            (None, _) => section.note(&name, "must be a word of up to 20 Latin letters and digits"),
            (Some(_), Err(why)) => section.note(&name, why),
            (Some(device), Ok(address)) => {
                configured.insert(device, address);
            }
        }
    }
}

/// An address as written, once it can be read.
fn check(kind: DeviceKind, text: &str, practice: bool) -> Result<String, String> {
    let address = DeviceAddress::parse(kind, text).map_err(|why| format!(": {why}"))?;
    if address.is_simulated() && !practice {
        return Err(": a simulated device swallows what it is given; it is for practice only".to_owned());
    }
    Ok(text.trim().to_owned())
}
