//! What the screen knows by itself of the device whose page is up, and what is the same for every device of a kind. A new
//! kind is an arm in each `match` here, and in `show::devices` and `ui/i18n-devices.slint`.

use super::generated::{DeviceStep, ModelGroup};
use crate::domain::device::{DeviceId, DeviceKind};
use crate::domain::ids::JobId;
use crate::domain::paper::JobState;
use std::fmt;
use std::str::FromStr;
use std::time::Instant;
use tameio_drivers::printer::{PROFILE_NAMES, model::Model};

/// The most characters an address may be typed with.
pub(super) const ADDRESS_MAX: usize = 120;
/// The same for the reason a barrier is opened for.
pub(super) const REASON_MAX: usize = 60;
/// Names offered for one of several.
const NAMES: [&str; 4] = ["entry", "exit", "desk", "bay"];

/// Whose page is up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// A device.
    Device(DeviceId),
    /// The drawer behind the printer.
    Drawer,
}

/// Text that names no device.
#[derive(Debug)]
pub(super) struct NoSuchSubject;

impl Subject {
    /// The device behind it: the drawer's is the printer.
    pub(super) const fn device(&self) -> Option<&DeviceId> {
        match self {
            Self::Device(device) => Some(device),
            Self::Drawer => None,
        }
    }

    pub(super) fn is(&self, kind: DeviceKind) -> bool {
        self.device().is_some_and(|device| device.kind == kind)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device(device) => device.fmt(f),
            Self::Drawer => f.write_str("drawer"),
        }
    }
}

impl FromStr for Subject {
    type Err = NoSuchSubject;

    fn from_str(text: &str) -> Result<Self, NoSuchSubject> {
        match text {
            "drawer" => Ok(Self::Drawer),
            other => other.parse().map(Self::Device).map_err(|_| NoSuchSubject),
        }
    }
}

/// The device whose page is up, and what was typed and chosen about it.
#[derive(Debug)]
pub(super) struct DeviceForm {
    pub(super) subject: Subject,
    pub(super) step: DeviceStep,
    /// An address or a name, as typed so far.
    pub(super) typed: String,
    /// Where a printer is, until its make is chosen.
    pub(super) place: Option<String>,
    /// What a printer called itself where it was found.
    pub(super) called: String,
    pub(super) group: ModelGroup,
    /// The address that is on its way to the loop; the inner nothing takes the device back.
    pub(super) sent: Option<Option<String>>,
    /// Why something was not done.
    pub(super) fault: Option<String>,
    pub(super) heard: Option<Heard>,
    pub(super) test: Test,
    pub(super) reason: String,
    /// When the camera's picture that is shown was taken.
    pub(super) shown_frame: Option<Instant>,
}

impl DeviceForm {
    pub(super) fn of(subject: Subject, step: DeviceStep) -> Self {
        Self {
            subject,
            step,
            typed: String::new(),
            place: None,
            called: String::new(),
            group: ModelGroup::Families,
            sent: None,
            fault: None,
            heard: None,
            test: Test::None,
            reason: String::new(),
            shown_frame: None,
        }
    }
}

/// A code that was shown instead of being acted upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// Which scanner; nothing for a keyboard, or a scanner that acts as one.
    pub(super) from: Option<DeviceId>,
    /// What it read.
    pub(super) code: String,
}

/// The test paper, followed from the press to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// None was asked for since the page came up.
    None,
    /// It was asked for and is not in the world yet.
    Asked,
    /// It is at the printer.
    Job(JobId, JobState),
    /// It left the world; whole, as far as anybody knows.
    Ended {
        /// It came out.
        whole: bool,
    },
}

/// Names for one more of a kind, those in use left out; the empty one is for the only one.
pub(super) fn names(
    kind: DeviceKind,
    taken: impl Fn(&DeviceId) -> bool,
    none_yet: bool,
) -> Vec<&'static str> {
    let free = |name: &&str| DeviceId::named(kind, name).is_some_and(|id| !taken(&id));
    none_yet.then_some("").into_iter().chain(NAMES.into_iter().filter(free)).collect()
}

/// Whether such a device says by itself that it is plugged in.
pub(super) const fn is_found_by_itself(kind: DeviceKind) -> bool {
    match kind {
        DeviceKind::Printer | DeviceKind::Scanner | DeviceKind::Camera | DeviceKind::Scale => true,
        DeviceKind::CardTerminal | DeviceKind::Display | DeviceKind::Barrier => false,
    }
}

/// What an address of this kind is made of: beginnings first, then settings.
pub(super) const fn pieces(kind: DeviceKind) -> &'static [&'static str] {
    match kind {
        DeviceKind::Printer => &[
            "tcp://",
            "tcp://192.168.",
            "lp:",
            "usb:",
            "file:/dev/usb/lp0",
            "serial:/dev/ttyS0",
            "?baud=19200",
            "&columns=",
        ],
        DeviceKind::Scanner => &[
            "serial:/dev/ttyACM0",
            "serial:/dev/ttyUSB0",
            "usb:",
            "evdev:",
            "hidpos:",
            "wedge:",
            "?baud=9600",
            "&suffix=enter",
        ],
        DeviceKind::Scale => &[
            "serial:/dev/ttyUSB0",
            "serial:/dev/ttyS0",
            "tcp://",
            "hid:",
            "?protocol=8217",
            "?protocol=cas",
            "?protocol=nci",
            "&baud=9600",
        ],
        DeviceKind::Camera => &[
            "v4l2:/dev/video0",
            "http://192.168.",
            "folder:/",
            "?size=1280x720",
            "&plates=yes",
            "&gate=exit",
            "&mains=50",
            "&focus=auto",
        ],
        DeviceKind::CardTerminal => &[
            "tcp://192.168.",
            "manual:",
            "?protocol=ecr",
            "?protocol=pipe",
            "&approved=yes",
            "&form=mellon",
            "&tid=",
            "&wait=90",
        ],
        DeviceKind::Display => &[
            "serial:/dev/ttyUSB0",
            "serial:/dev/ttyS0",
            "tcp://",
            "?commands=epson",
            "?commands=cd5220",
            "?commands=utc",
            "&greek=capitals",
            "&baud=9600",
        ],
        DeviceKind::Barrier => &[
            "tcp://192.168.",
            "serial:/dev/ttyUSB0",
            "?board=modbus",
            "?board=lcus",
            "?board=hw667",
            "&relay=1",
            "&relay=2",
            "&seen=1",
        ],
    }
}

/// The address of a simulated device, for practice.
pub(super) const fn simulated(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Scale => "sim:?protocol=8217",
        DeviceKind::CardTerminal => "sim:?protocol=pipe",
        DeviceKind::Printer
        | DeviceKind::Scanner
        | DeviceKind::Camera
        | DeviceKind::Display
        | DeviceKind::Barrier => "sim:",
    }
}

/// A profile a printer can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Make {
    pub(super) id: &'static str,
    /// Who makes it; empty for a family.
    pub(super) maker: &'static str,
}

/// The makes of a group, in the order of the drivers' lists.
pub(super) fn makes(group: ModelGroup) -> Vec<Make> {
    let of = |wanted: fn(&Model) -> bool| {
        let make = |model: &Model| Make { id: model.id, maker: model.vendor };
        Model::all().iter().filter(|model| wanted(model)).map(make).collect()
    };
    match group {
        ModelGroup::Families => PROFILE_NAMES.iter().map(|id| Make { id, maker: "" }).collect(),
        ModelGroup::Epson => of(|model| model.vendor == "Epson"),
        ModelGroup::Star => of(|model| model.vendor == "Star Micronics"),
        ModelGroup::Others => of(|model| !matches!(model.vendor, "Epson" | "Star Micronics")),
    }
}

/// The model a printer calls itself by, if the database has it: the longest name that fits.
pub(super) fn suggested(called: &str) -> Option<Make> {
    let plain = |text: &str| text.to_ascii_lowercase().replace([' ', '-'], "");
    let called = plain(called);
    Model::all()
        .iter()
        .filter(|model| model.id.len() >= 4 && called.contains(&plain(model.id)))
        .max_by_key(|model| model.id.len())
        .map(|model| Make { id: model.id, maker: model.vendor })
}

/// A printer's place with the profile that fits it.
pub(super) fn with_profile(place: &str, profile: &str) -> String {
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("profile="));
    let pairs: Vec<String> = others.map(str::to_owned).chain([format!("profile={profile}")]).collect();
    format!("{place}?{}", pairs.join("&"))
}

/// What a code reads like: signs nobody can see are named.
pub(super) fn readable(code: &str) -> String {
    code.chars().fold(String::new(), |mut text, c| {
        match c {
            '\u{1d}' => text.push_str("<GS>"),
            c if c.is_control() => text.push('·'),
            c => text.push(c),
        }
        text
    })
}
