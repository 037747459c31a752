//! USB printers as the kernel lists them, found again after every unplugging by what they say of themselves and not by
//! the number of their device file, which changes.

use std::path::{Path, PathBuf};

use super::address::Address;
use super::device_id::DeviceId;
use super::fault::Fault;
use super::file::DeviceFile;
use super::link::{Connect, Link};
use crate::supervisor::Places;

/// A USB printer that has a device file now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LpPrinter {
    /// Its device file.
    pub path: PathBuf,
    /// What it says of itself.
    pub id: DeviceId,
    /// The serial number of its USB device, where it has one.
    pub serial: Option<String>,
}

impl LpPrinter {
    /// The address that finds this printer again, wherever it is plugged in.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let name = self.name()?;
        let profile = self.id.suggestion().map(|profile| format!("?profile={profile}"));
        Some(format!("lp:{name}{}", profile.unwrap_or_default()))
    }

    /// What it is told from others by.
    fn name(&self) -> Option<&str> {
        self.serial.as_deref().or_else(|| self.id.serial()).or_else(|| self.id.model())
    }

    fn is(&self, named: &str) -> bool {
        let serials = [self.serial.as_deref(), self.id.serial()];
        serials.contains(&Some(named)) || self.id.model().is_some_and(|model| model.contains(named))
    }
}

/// Where the kernel lists devices, and where their files are.
#[derive(Clone, Debug)]
pub struct Ports {
    system: PathBuf,
    devices: PathBuf,
}

impl Default for Ports {
    fn default() -> Self {
        Self::below(Path::new("/"))
    }
}

impl Ports {
    /// Below another root than `/`.
    #[must_use]
    pub fn below(root: &Path) -> Self {
        Self { system: root.join("sys/class/usbmisc"), devices: root.join("dev/usb") }
    }

    /// Where a supervisor looks.
    #[must_use]
    pub fn at(places: &Places) -> Self {
        Self { system: places.sys.join("class/usbmisc"), devices: places.dev.join("usb") }
    }

    /// The address that finds the printer at a device file again; none when it says too little of itself, or another one
    /// says the same.
    #[must_use]
    pub fn address_of(&self, path: &Path) -> Option<String> {
        let printers = self.list();
        let printer = printers.iter().find(|printer| printer.path == path)?;
        let name = printer.name()?;
        let alone = printers.iter().filter(|other| other.is(name)).count() == 1;
        printer.address().filter(|address| alone && address.parse::<Address>().is_ok())
    }

    /// The printers that are plugged in, by their device files.
    #[must_use]
    pub fn list(&self) -> Vec<LpPrinter> {
        let Ok(entries) = std::fs::read_dir(&self.system) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.starts_with("lp")).collect();
        names.sort();
        names.iter().map(|name| self.printer(name)).collect()
    }

    fn printer(&self, name: &str) -> LpPrinter {
        let interface = self.system.join(name).join("device");
        let id = std::fs::read(interface.join("ieee1284_id")).unwrap_or_default();
        // The link to the interface is followed first: the device is the folder around it.
        let device = std::fs::canonicalize(&interface).unwrap_or_default();
        let serial = device.parent().and_then(|device| std::fs::read_to_string(device.join("serial")).ok());
        let serial = serial.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        LpPrinter { path: self.devices.join(name), id: DeviceId::parse(&id), serial }
    }
}

/// Opens the printer that has a serial number, or whose model is named so.
#[derive(Clone, Debug)]
pub struct Lp {
    named: String,
    ports: Ports,
}

impl Lp {
    /// A printer by its serial number or a part of its model's name.
    #[must_use]
    pub fn new(named: &str, ports: Ports) -> Self {
        Self { named: named.to_owned(), ports }
    }
}

impl Connect for Lp {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        let printers = self.ports.list();
        let mut named = printers.iter().filter(|printer| printer.is(&self.named));
        match (named.next(), named.next()) {
            (Some(printer), None) => DeviceFile::new(&printer.path).open(),
            (None, _) => Err(Fault::NotFound),
            (Some(_), Some(_)) => Err(Fault::Unsupported(format!(
                "several printers are called {:?}: name this one by its serial number",
                self.named
            ))),
        }
    }
}
