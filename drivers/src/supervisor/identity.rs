//! Which device is meant, and where it is now: [`Identity`], looked up in the kernel's own tables.
//!
//! A number such as `ttyUSB0` changes when a cable is pulled and put back. Maker, model and serial number do not, and where
//! there is no serial number the socket of the hub does not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::wire::Fault;

/// Which device is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Whatever stands at a path, such as `/dev/ttyS0` or a stable name below `/dev/serial/by-id`.
    Path(PathBuf),
    /// A USB device by its numbers.
    Usb {
        /// Maker.
        vendor: u16,
        /// Model.
        product: u16,
        /// Serial number, where it has one.
        serial: Option<String>,
        /// The socket it is plugged into, such as `1-1.4`.
        port: Option<String>,
    },
    /// Something that is not plugged into this machine, such as a device in the network.
    Elsewhere,
}

/// What kind of node a device is used through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A serial line: `tty*`.
    Tty,
    /// Reports of a scanner: `hidraw*` with usage page 0x8C.
    HidScanner,
    /// Reports of a scale: `hidraw*` with usage page 0x8D.
    HidScale,
    /// Keys: `input/event*`.
    Input,
    /// A printer: `usb/lp*`.
    Printer,
    /// A camera: `video*`. Many have a second node for other data; both are its.
    Camera,
}

/// A device that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its nodes, in order; none for a device elsewhere. A scanner may have several.
    pub nodes: Vec<PathBuf>,
    /// What it says of itself, where it is a USB device.
    pub usb: Option<UsbDevice>,
    /// Which inode the first node is: another one under the same name is another plugging-in.
    pub inode: u64,
}

impl Found {
    /// The node to open.
    ///
    /// # Errors
    /// When there is none.
    pub fn node(&self) -> Result<&Path, Fault> {
        self.nodes.first().map(PathBuf::as_path).ok_or(Fault::Missing)
    }
}

/// A USB device, as the kernel tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsbDevice {
    /// Maker.
    pub vendor: u16,
    /// Model.
    pub product: u16,
    /// Serial number, where it has one.
    pub serial: Option<String>,
    /// The socket, such as `1-1.4`.
    pub port: String,
    /// Its name for people.
    pub name: String,
}

impl UsbDevice {
    /// An address of this kind by which this very device is found again: by its serial number, or by its socket where it has
    /// none, as most cheap ones.
    #[must_use]
    pub fn address(&self, kind: &str) -> String {
        let plain =
            |serial: &&String| serial.bytes().all(|byte| byte.is_ascii_graphic() && !b"?&=#".contains(&byte));
        let which = match self.serial.as_ref().filter(plain) {
            Some(serial) => format!("serial={serial}"),
            None => format!("port={}", self.port),
        };
        format!("{kind}:{:04x}:{:04x}?{which}", self.vendor, self.product)
    }
}

/// Where the kernel's tables and the device nodes are; elsewhere in tests.
#[derive(Clone, Debug)]
pub struct Places {
    /// Usually `/sys`.
    pub sys: PathBuf,
    /// Usually `/dev`.
    pub dev: PathBuf,
}

impl Default for Places {
    fn default() -> Self {
        Self { sys: PathBuf::from("/sys"), dev: PathBuf::from("/dev") }
    }
}

impl Identity {
    /// Where the device is now, `None` when it is not there.
    ///
    /// # Errors
    /// When several fit and it cannot be told which one is meant.
    pub fn find(&self, class: Class, places: &Places) -> Result<Option<Found>, Fault> {
        match self {
            Self::Elsewhere => Ok(Some(Found::default())),
            Self::Path(path) => Ok(at_path(path, class, places)),
            Self::Usb { .. } => self.among(&places.devices(class)),
        }
    }

    fn among(&self, devices: &[Found]) -> Result<Option<Found>, Fault> {
        let mut fitting = devices.iter().filter(|found| found.usb.as_ref().is_some_and(|usb| self.fits(usb)));
        match (fitting.next(), fitting.count()) {
            (first, 0) => Ok(first.cloned()),
            (_, others) => Err(Fault::Ambiguous(others + 1)),
        }
    }

    fn fits(&self, usb: &UsbDevice) -> bool {
        let Self::Usb { vendor, product, serial, port } = self else { return false };
        (usb.vendor, usb.product) == (*vendor, *product)
            && serial.as_ref().is_none_or(|serial| usb.serial.as_ref() == Some(serial))
            && port.as_ref().is_none_or(|port| usb.port == *port)
    }
}

fn at_path(path: &Path, class: Class, places: &Places) -> Option<Found> {
    let inode = inode(&fs::metadata(path).ok()?);
    // A link of udev's points at the node the tables know.
    let node = fs::canonicalize(path).ok()?;
    let usb = places
        .devices(class)
        .into_iter()
        .find(|found| found.nodes.contains(&node))
        .and_then(|found| found.usb);
    Some(Found { nodes: vec![path.to_owned()], usb, inode })
}

#[cfg(unix)]
fn inode(meta: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
const fn inode(_meta: &fs::Metadata) -> u64 {
    0
}

impl Places {
    /// Every device of a class that is plugged in, the nodes of one USB device together.
    #[must_use]
    pub fn devices(&self, class: Class) -> Vec<Found> {
        let mut devices: BTreeMap<String, Found> = BTreeMap::new();
        for (name, folder) in self.nodes_of(class) {
            let node = self.dev.join(class.below_dev()).join(&name);
            let Ok(meta) = fs::metadata(&node) else { continue };
            let usb = usb_above(&folder);
            // A device of no bus is one by itself.
            let key = usb.as_ref().map_or_else(|| name.clone(), |usb| usb.port.clone());
            let found =
                devices.entry(key).or_insert_with(|| Found { inode: inode(&meta), usb, nodes: Vec::new() });
            found.nodes.push(node);
        }
        devices.into_values().collect()
    }

    /// The names of a class's nodes, with the folder of the device behind each.
    fn nodes_of(&self, class: Class) -> Vec<(String, PathBuf)> {
        let entries =
            fs::read_dir(self.sys.join("class").join(class.folder())).into_iter().flatten().flatten();
        let mut nodes: Vec<_> = entries
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
            .filter(|(name, _)| name.starts_with(class.prefix()))
            .filter_map(|(name, path)| Some((name, class.device_of(&path)?)))
            .filter(|(_, folder)| class.fits(folder))
            .collect();
        nodes.sort();
        nodes
    }
}

impl Class {
    /// Whether a device has reports of this kind: a scanner may also be a keyboard, on another node.
    fn fits(self, folder: &Path) -> bool {
        let page = match self {
            Self::HidScanner => 0x8C,
            Self::HidScale => 0x8D,
            Self::Tty | Self::Input | Self::Printer | Self::Camera => return true,
        };
        // One that cannot be read is not ruled out.
        fs::read(folder.join("report_descriptor"))
            .map_or(true, |descriptor| has_usage_page(&descriptor, page))
    }

    /// The folder of the device behind a node. A camera that is only software, such as a loopback, has none but its own.
    fn device_of(self, node: &Path) -> Option<PathBuf> {
        let device = fs::canonicalize(node.join("device")).ok();
        device.or_else(|| (self == Self::Camera).then(|| fs::canonicalize(node).ok())?)
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Tty => "tty",
            Self::HidScanner | Self::HidScale => "hidraw",
            Self::Input => "input",
            Self::Printer => "usbmisc",
            Self::Camera => "video4linux",
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Tty => "tty",
            Self::HidScanner | Self::HidScale => "hidraw",
            Self::Input => "event",
            Self::Printer => "lp",
            Self::Camera => "video",
        }
    }

    const fn below_dev(self) -> &'static str {
        match self {
            Self::Tty | Self::HidScanner | Self::HidScale | Self::Camera => "",
            Self::Input => "input",
            Self::Printer => "usb",
        }
    }
}

/// Whether the descriptor of a device's reports names a usage page. Any bytes are read; what is cut off ends them.
#[must_use]
pub fn has_usage_page(descriptor: &[u8], page: u8) -> bool {
    let mut rest = descriptor;
    while let Some((item, after)) = rest.split_first() {
        let length = match item {
            // A long item says its length itself.
            0xFE => after.first().map_or(0, |length| 2 + usize::from(*length)),
            item => [0, 1, 2, 4][usize::from(item & 3)],
        };
        let Some((data, after)) = after.split_at_checked(length) else { return false };
        let is_page = item & 0xFC == 0x04 && *item != 0xFE;
        if is_page && data.first() == Some(&page) && data.iter().skip(1).all(|byte| *byte == 0) {
            return true;
        }
        rest = after;
    }
    false
}

/// The USB device a folder of the kernel's tree belongs to: the first one above it that has a maker and a model.
fn usb_above(folder: &Path) -> Option<UsbDevice> {
    let read = |folder: &Path, name: &str| {
        fs::read_to_string(folder.join(name))
            .ok()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let number = |folder: &Path, name| u16::from_str_radix(&read(folder, name)?, 16).ok();
    folder.ancestors().find_map(|above| {
        Some(UsbDevice {
            vendor: number(above, "idVendor")?,
            product: number(above, "idProduct")?,
            serial: read(above, "serial"),
            port: above.file_name()?.to_string_lossy().into_owned(),
            name: read(above, "product").unwrap_or_default(),
        })
    })
}
