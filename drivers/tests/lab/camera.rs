//! Cameras: the kernel's virtual one (`vivid`) is there, at `/dev/video*`, and can be put into faults.

use std::fs;

use crate::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[("a virtual camera is there for the checks of a camera driver", there)];

fn there() -> Outcome {
    for entry in fs::read_dir("/sys/class/video4linux")?.flatten() {
        let name = fs::read_to_string(entry.path().join("name"))?;
        if name.contains("vivid") && name.contains("vid-cap") {
            return Ok(format!("/dev/{} is {}", entry.file_name().to_string_lossy(), name.trim()));
        }
    }
    Err("no video node is vivid's".into())
}
