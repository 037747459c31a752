//! USB devices without hardware: [`Gadget`] is one, made of the kernel's gadget functions (`configfs`) on a virtual
//! controller (`dummy_hcd`), so that it can have any numbers and its cable can be pulled.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Where gadgets are made.
const GADGETS: &str = "/sys/kernel/config/usb_gadget";

/// A socket is taken as long as its gadget exists, so that a gadget comes back where it was.
static SOCKETS: Mutex<[bool; 8]> = Mutex::new([false; 8]);

/// What a gadget does; it may do several things.
#[derive(Clone, Copy)]
pub(crate) enum Function {
    /// Reports, as described.
    Hid {
        /// The description of its reports.
        descriptor: &'static [u8],
        /// Bytes of a report.
        length: usize,
    },
    /// A serial line (CDC ACM).
    Line,
    /// A printer, with its IEEE-1284 text and how many blocks of 8192 bytes it buffers.
    Printer {
        /// What it says of itself.
        named: &'static str,
        /// Blocks.
        buffers: u8,
    },
}

/// A USB device. Dropping it pulls it out for good.
pub(crate) struct Gadget {
    folder: PathBuf,
    numbers: (u16, u16),
    socket: usize,
    functions: Vec<PathBuf>,
    plugged: bool,
}

impl Gadget {
    /// A device with its numbers, its name for people and its serial number, not plugged in yet.
    pub(crate) fn new(
        (vendor, product): (u16, u16),
        name: &str,
        serial: Option<&str>,
        functions: &[Function],
    ) -> io::Result<Self> {
        let socket = take_socket().ok_or_else(|| io::Error::other("every virtual socket is taken"))?;
        let folder = Path::new(GADGETS).join(format!("lab{socket}"));
        fs::create_dir(&folder)?;
        let mut gadget =
            Self { folder, numbers: (vendor, product), socket, functions: Vec::new(), plugged: false };
        gadget.set("idVendor", &format!("{vendor:#06x}"))?;
        gadget.set("idProduct", &format!("{product:#06x}"))?;
        fs::create_dir(gadget.folder.join("strings/0x409"))?;
        gadget.set("strings/0x409/product", name)?;
        if let Some(serial) = serial {
            gadget.set("strings/0x409/serialnumber", serial)?;
        }
        fs::create_dir(gadget.folder.join("configs/c.1"))?;
        for (number, function) in functions.iter().enumerate() {
            gadget.add(number, *function)?;
        }
        Ok(gadget)
    }

    fn set(&self, name: &str, value: &str) -> io::Result<()> {
        fs::write(self.folder.join(name), value)
    }

    fn add(&mut self, number: usize, function: Function) -> io::Result<()> {
        let kind = match function {
            Function::Hid { .. } => "hid",
            Function::Line => "acm",
            Function::Printer { .. } => "printer",
        };
        let folder = self.folder.join(format!("functions/{kind}.{}x{number}", self.socket));
        fs::create_dir(&folder)?;
        self.functions.push(folder.clone());
        match function {
            Function::Hid { descriptor, length } => {
                fs::write(folder.join("report_length"), length.to_string())?;
                fs::write(folder.join("report_desc"), descriptor)?;
            }
            Function::Line => {}
            Function::Printer { named, buffers } => {
                fs::write(folder.join("pnp_string"), named)?;
                fs::write(folder.join("q_len"), buffers.to_string())?;
            }
        }
        symlink(&folder, self.folder.join(format!("configs/c.1/{kind}{number}")))
    }

    /// Puts its cable in.
    pub(crate) fn plug(&mut self) -> io::Result<()> {
        self.set("UDC", &format!("dummy_udc.{}\n", self.socket))?;
        self.plugged = true;
        Ok(())
    }

    /// Pulls its cable.
    pub(crate) fn unplug(&mut self) -> io::Result<()> {
        self.plugged = false;
        self.set("UDC", "\n")
    }

    /// The node of a function's inside, while it is plugged in.
    pub(crate) fn node(&self, function: usize) -> io::Result<PathBuf> {
        let folder = &self.functions[function];
        if folder.join("port_num").exists() {
            let number = fs::read_to_string(folder.join("port_num"))?;
            return Ok(PathBuf::from(format!("/dev/ttyGS{}", number.trim())));
        }
        if !folder.join("dev").exists() {
            // A printer does not say its number; no check has two.
            return Ok(PathBuf::from("/dev/g_printer0"));
        }
        let numbers = fs::read_to_string(folder.join("dev"))?;
        let uevent = fs::read_to_string(format!("/sys/dev/char/{}/uevent", numbers.trim()))?;
        let name = uevent.lines().find_map(|line| line.strip_prefix("DEVNAME="));
        Ok(Path::new("/dev").join(name.unwrap_or_default()))
    }
}

impl Drop for Gadget {
    /// In the order the kernel wants.
    fn drop(&mut self) {
        if self.plugged {
            let _ = self.unplug();
        }
        for entry in fs::read_dir(self.folder.join("configs/c.1")).into_iter().flatten().flatten() {
            if entry.path().is_symlink() {
                let _ = fs::remove_file(entry.path());
            }
        }
        let rest = ["configs/c.1", "strings/0x409", ""].map(|name| self.folder.join(name));
        for folder in rest[..1].iter().chain(&self.functions).chain(&rest[1..]) {
            let _ = fs::remove_dir(folder);
        }
        self.forgotten();
        SOCKETS.lock().unwrap()[self.socket] = false;
    }
}

impl Gadget {
    /// Waits until the host has seen that it is gone, so that the next check finds an empty machine.
    fn forgotten(&self) {
        let number = |text: io::Result<String>| u16::from_str_radix(text.ok()?.trim(), 16).ok();
        let there = || {
            fs::read_dir("/sys/bus/usb/devices").into_iter().flatten().flatten().any(|device| {
                let read = |name| number(fs::read_to_string(device.path().join(name)));
                (read("idVendor"), read("idProduct")) == (Some(self.numbers.0), Some(self.numbers.1))
            })
        };
        let deadline = Instant::now() + Duration::from_secs(2);
        while there() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn take_socket() -> Option<usize> {
    let mut sockets = SOCKETS.lock().unwrap();
    let free = sockets.iter().position(|taken| !taken)?;
    sockets[free] = true;
    Some(free)
}
