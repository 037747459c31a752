//! What is plugged into this machine, who would drive it, and the address to put into a configuration: [`offers`].

use std::path::Path;

use crate::supervisor::{Class, Found, Places, udev};
use crate::{camera, scale, scanner};

/// Something that is plugged in and can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is.
    pub what: What,
    /// Its address, for a configuration.
    pub address: String,
    /// Where it is.
    pub found: Found,
    /// The udev line to install, where this user may not open it.
    pub missing_permission: Option<String>,
}

/// What a plugged device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A scanner.
    Scanner,
    /// A scale that says so itself.
    Scale,
    /// A serial line that may have a scale behind it: [`scale::probe()`] tells.
    PerhapsScale,
    /// A receipt printer, probably.
    Printer,
    /// A camera.
    Camera,
}

/// Everything that is plugged in and can be used, in the order of the kernel's tables.
#[must_use]
pub fn offers(places: &Places) -> Vec<Offer> {
    let classes =
        [Class::Input, Class::HidScanner, Class::HidScale, Class::Tty, Class::Printer, Class::Camera];
    let found = classes
        .into_iter()
        .flat_map(|class| places.devices(class).into_iter().map(move |found| (class, found)));
    found.filter_map(|(class, found)| offer(class, found, places)).collect()
}

fn offer(class: Class, found: Found, places: &Places) -> Option<Offer> {
    let node = found.nodes.first()?.clone();
    let (what, address) = if let Some(address) = scanner::known::address(&found, class) {
        (What::Scanner, address)
    } else if let Some(address) = scale::known::address(&found, class) {
        (if class == Class::HidScale { What::Scale } else { What::PerhapsScale }, address)
    } else if class == Class::Printer {
        (What::Printer, printer_address(&node, places))
    } else if class == Class::Camera {
        (What::Camera, camera::known::address(&found)?)
    } else {
        return None;
    };
    let missing_permission = (!may_open(&node, class)).then(|| udev::line(&node, Some(&found)));
    Some(Offer { what, address, found, missing_permission })
}

/// A printer by what it says of itself: the number of its device file changes with every plug, its own and others'.
#[cfg(unix)]
fn printer_address(node: &Path, places: &Places) -> String {
    let named = crate::printer::lp::Ports::at(places).address_of(node);
    named.unwrap_or_else(|| format!("file:{}", node.display()))
}

#[cfg(not(unix))]
fn printer_address(node: &Path, _places: &Places) -> String {
    format!("file:{}", node.display())
}

/// Whether this user may open a node, without opening it: that alone can make a device do something.
#[cfg(unix)]
fn may_open(node: &Path, class: Class) -> bool {
    use rustix::fs::{Access, access};
    let needs = match class {
        Class::HidScanner | Class::HidScale => Access::READ_OK,
        Class::Input | Class::Tty | Class::Printer | Class::Camera => Access::READ_OK | Access::WRITE_OK,
    };
    access(node, needs).is_ok()
}

#[cfg(not(unix))]
const fn may_open(_node: &Path, _class: Class) -> bool {
    true
}
