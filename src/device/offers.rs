//! What is plugged into this machine, in the words of the terminal.

use crate::domain::device::{DeviceKind, DeviceOffer};
use crate::domain::text::Text;
use tameio_drivers::offer::{Offer, What, offers};
use tameio_drivers::supervisor::Places;

/// Everything that is plugged in and could be used here.
pub fn plugged_in(places: &Places) -> Vec<DeviceOffer> {
    offers(places).into_iter().map(of).collect()
}

fn of(offer: Offer) -> DeviceOffer {
    let (kind, certain) = match offer.what {
        What::Scanner => (DeviceKind::Scanner, true),
        What::Scale => (DeviceKind::Scale, true),
        What::PerhapsScale => (DeviceKind::Scale, false),
        What::Printer => (DeviceKind::Printer, true),
        What::Camera => (DeviceKind::Camera, true),
    };
    let usb = offer.found.usb.as_ref().map(|usb| usb.name.clone()).filter(|name| !name.is_empty());
    let node = offer.found.nodes.first().map(|node| node.display().to_string());
    DeviceOffer {
        kind,
        certain,
        name: Text::new(&usb.or(node).unwrap_or_default()),
        address: Text::new(&offer.address),
        udev: offer.missing_permission.as_deref().map(Text::new),
    }
}
