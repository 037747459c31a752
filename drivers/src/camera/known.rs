//! Which plugged devices are cameras, and their addresses.

use std::path::Path;

use crate::supervisor::Found;

/// The address of a camera that was found; none when it has no node that shows pictures. A node that cannot be asked is not
/// ruled out: a missing permission is then told with it.
#[must_use]
pub fn address(found: &Found) -> Option<String> {
    let node = shows(found)?;
    Some(match &found.usb {
        Some(usb) => usb.address("v4l2"),
        None => format!("v4l2:{}", node.display()),
    })
}

#[cfg(target_os = "linux")]
fn shows(found: &Found) -> Option<&Path> {
    super::v4l2::choose(&found.nodes, super::v4l2::shows_pictures)
}

#[cfg(not(target_os = "linux"))]
fn shows(found: &Found) -> Option<&Path> {
    found.nodes.first().map(std::path::PathBuf::as_path)
}
