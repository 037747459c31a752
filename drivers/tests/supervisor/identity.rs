//! A device is found again whatever number it has, in kernel tables made for the test.

use std::fs;
use std::path::Path;

use tameio_drivers::supervisor::identity::{Class, Identity, Places};
use tameio_drivers::supervisor::udev;
use tameio_drivers::wire::Fault;

/// A machine of our own: `/sys` and `/dev` in a folder.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["dev/input", "dev/usb", "sys/class/tty", "sys/class/hidraw", "sys/class/input"] {
            fs::create_dir_all(machine.folder.path().join(folder)).unwrap();
        }
        machine
    }

    fn places(&self) -> Places {
        Places { sys: self.folder.path().join("sys"), dev: self.folder.path().join("dev") }
    }

    /// Plugs a USB device into a socket.
    fn usb(&self, port: &str, ids: (&str, &str), serial: Option<&str>) {
        let device = self.folder.path().join("sys/devices/usb1").join(port);
        fs::create_dir_all(&device).unwrap();
        fs::write(device.join("idVendor"), format!("{}\n", ids.0)).unwrap();
        fs::write(device.join("idProduct"), format!("{}\n", ids.1)).unwrap();
        fs::write(device.join("product"), "Device\n").unwrap();
        if let Some(serial) = serial {
            fs::write(device.join("serial"), format!("{serial}\n")).unwrap();
        }
    }

    /// Gives the device in a socket a node.
    fn node(&self, port: &str, class: &str, name: &str, node: &str) {
        let below = self.folder.path().join("sys/devices/usb1").join(port).join(format!("{port}:1.0/{name}"));
        fs::create_dir_all(&below).unwrap();
        let entry = self.folder.path().join("sys/class").join(class).join(name);
        fs::create_dir_all(&entry).unwrap();
        std::os::unix::fs::symlink(below, entry.join("device")).unwrap();
        fs::write(self.folder.path().join("dev").join(node), "").unwrap();
    }

    fn unplug(&self, class: &str, name: &str, node: &str) {
        fs::remove_dir_all(self.folder.path().join("sys/class").join(class).join(name)).unwrap();
        fs::remove_file(self.folder.path().join("dev").join(node)).unwrap();
    }

    fn find(&self, identity: &Identity, class: Class) -> Result<Vec<String>, Fault> {
        let found = identity.find(class, &self.places())?.unwrap_or_default();
        let name = |node: &std::path::PathBuf| node.file_name().unwrap().to_string_lossy().into_owned();
        Ok(found.nodes.iter().map(name).collect())
    }
}

fn usb(vendor: u16, product: u16) -> Identity {
    Identity::Usb { vendor, product, serial: None, port: None }
}

#[test]
fn a_device_is_found_under_its_new_number() {
    let machine = Machine::new();
    machine.usb("1-1.4", ("1a86", "7523"), None);
    machine.node("1-1.4", "tty", "ttyUSB0", "ttyUSB0");
    let scale = usb(0x1a86, 0x7523);
    assert_eq!(machine.find(&scale, Class::Tty).unwrap(), ["ttyUSB0"]);
    assert_eq!(machine.find(&usb(0x1a86, 0x7524), Class::Tty).unwrap(), [""; 0]);
    machine.unplug("tty", "ttyUSB0", "ttyUSB0");
    assert_eq!(machine.find(&scale, Class::Tty).unwrap(), [""; 0]);
    machine.node("1-1.4", "tty", "ttyUSB1", "ttyUSB1");
    assert_eq!(machine.find(&scale, Class::Tty).unwrap(), ["ttyUSB1"]);
}

#[test]
fn two_of_the_same_make_are_told_apart_by_serial_number_or_socket() {
    let machine = Machine::new();
    machine.usb("1-1", ("0403", "6001"), Some("A1"));
    machine.usb("1-2", ("0403", "6001"), Some("B2"));
    machine.node("1-1", "tty", "ttyUSB0", "ttyUSB0");
    machine.node("1-2", "tty", "ttyUSB1", "ttyUSB1");
    assert_eq!(machine.find(&usb(0x403, 0x6001), Class::Tty), Err(Fault::Ambiguous(2)));
    let by = |serial: Option<&str>, port: Option<&str>| Identity::Usb {
        vendor: 0x403,
        product: 0x6001,
        serial: serial.map(str::to_owned),
        port: port.map(str::to_owned),
    };
    assert_eq!(machine.find(&by(Some("B2"), None), Class::Tty).unwrap(), ["ttyUSB1"]);
    assert_eq!(machine.find(&by(None, Some("1-1")), Class::Tty).unwrap(), ["ttyUSB0"]);
    assert_eq!(machine.find(&by(Some("C3"), None), Class::Tty).unwrap(), [""; 0]);
}

#[test]
fn a_scanner_has_all_its_nodes() {
    let machine = Machine::new();
    machine.usb("1-3", ("05e0", "1200"), None);
    machine.node("1-3", "input", "event5", "input/event5");
    machine.node("1-3", "input", "event6", "input/event6");
    // No event node: a mouse's other name, and what is no USB device.
    machine.node("1-3", "input", "mouse0", "input/mouse0");
    assert_eq!(machine.find(&usb(0x5e0, 0x1200), Class::Input).unwrap(), ["event5", "event6"]);
}

/// A scanner that is also a keyboard has two raw nodes: only one has the reports.
#[test]
fn raw_nodes_are_told_apart_by_their_reports() {
    let machine = Machine::new();
    machine.usb("1-3", ("0c2e", "0b81"), None);
    machine.node("1-3", "hidraw", "hidraw0", "hidraw0");
    machine.node("1-3", "hidraw", "hidraw1", "hidraw1");
    let describe = |name: &str, bytes: &[u8]| {
        let device = machine.folder.path().join("sys/class/hidraw").join(name).join("device");
        fs::write(device.join("report_descriptor"), bytes).unwrap();
    };
    describe("hidraw0", &[0x05, 0x01, 0x09, 0x06]);
    describe("hidraw1", &[0x05, 0x8C, 0x09, 0x02]);
    assert_eq!(machine.find(&usb(0x0c2e, 0x0b81), Class::HidScanner).unwrap(), ["hidraw1"]);
    assert_eq!(machine.find(&usb(0x0c2e, 0x0b81), Class::HidScale).unwrap(), [""; 0]);
}

#[test]
fn a_link_tells_the_device_behind_it() {
    let machine = Machine::new();
    machine.usb("1-1", ("0403", "6001"), Some("A1"));
    machine.node("1-1", "tty", "ttyUSB0", "ttyUSB0");
    let link = machine.places().dev.join("pos-scale");
    std::os::unix::fs::symlink("ttyUSB0", &link).unwrap();
    let identity = Identity::Path(link.clone());
    // The kernel's tables know canonical names only.
    let places = Places { dev: machine.places().dev.canonicalize().unwrap(), ..machine.places() };
    let found = identity.find(Class::Tty, &places).unwrap().unwrap();
    assert_eq!(found.nodes, std::slice::from_ref(&link));
    assert_eq!(found.usb.as_ref().unwrap().serial.as_deref(), Some("A1"));
    let line = udev::line(&link, Some(&found));
    assert_eq!(
        line,
        "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"0403\", ATTRS{idProduct}==\"6001\", ATTRS{serial}==\"A1\", \
         GROUP=\"pos\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\""
    );
    machine.unplug("tty", "ttyUSB0", "ttyUSB0");
    assert_eq!(identity.find(Class::Tty, &places).unwrap(), None);
}

/// What `doctor` and `devices` of a program show.
#[test]
fn what_is_plugged_in_is_offered() {
    use tameio_drivers::offer::{What, offers};
    let machine = Machine::new();
    machine.usb("1-1", ("1a86", "7523"), None);
    machine.node("1-1", "tty", "ttyUSB0", "ttyUSB0");
    machine.usb("1-2", ("05e0", "1200"), None);
    machine.node("1-2", "input", "event5", "input/event5");
    machine.usb("1-3", ("0922", "8003"), None);
    machine.node("1-3", "hidraw", "hidraw0", "hidraw0");
    let device = machine.folder.path().join("sys/class/hidraw/hidraw0/device");
    fs::write(device.join("report_descriptor"), [0x05, 0x8D]).unwrap();
    machine.usb("1-4", ("04b8", "0e15"), None);
    fs::create_dir_all(machine.folder.path().join("sys/class/usbmisc")).unwrap();
    machine.node("1-4", "usbmisc", "lp0", "usb/lp0");
    machine.usb("1-5", ("046d", "c31c"), None);
    machine.node("1-5", "input", "event0", "input/event0");
    let offers = offers(&machine.places());
    let offered: Vec<_> = offers.iter().map(|offer| (offer.what, offer.address.as_str())).collect();
    let printer = format!("file:{}", machine.places().dev.join("usb/lp0").display());
    let wanted = [
        (What::Scanner, "evdev:05e0:1200?port=1-2"),
        (What::Scale, "hid:0922:8003?port=1-3"),
        (What::PerhapsScale, "usb:1a86:7523?port=1-1"),
        (What::Printer, &printer),
    ];
    assert_eq!(offered, wanted);
    assert!(offers.iter().all(|offer| offer.missing_permission.is_none()));
}

/// The number of its device file changes with every plug, its own and others'.
#[test]
fn a_printer_is_offered_by_what_it_says_of_itself() {
    use tameio_drivers::offer::offers;
    let machine = Machine::new();
    fs::create_dir_all(machine.folder.path().join("sys/class/usbmisc")).unwrap();
    let plug = |port: &str, lp: &str, says: &str| {
        machine.usb(port, ("04b8", "0e15"), None);
        machine.node(port, "usbmisc", lp, &format!("usb/{lp}"));
        let device = machine.folder.path().join("sys/class/usbmisc").join(lp).join("device");
        fs::write(device.join("ieee1284_id"), says).unwrap();
    };
    let offered = || offers(&machine.places()).into_iter().map(|offer| offer.address).collect::<Vec<_>>();
    plug("1-1", "lp0", "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;");
    assert_eq!(offered(), ["lp:TM-T88V?profile=TM-T88V"]);
    // Two that say the same are told apart by their device files alone.
    plug("1-2", "lp1", "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;");
    let file = |lp: &str| format!("file:{}", machine.places().dev.join("usb").join(lp).display());
    assert_eq!(offered(), [file("lp0"), file("lp1")]);
    plug("1-3", "lp2", "MFG:EPSON;MDL:TM-P20;SN:J7NF1234;");
    assert!(offered()[2].starts_with("lp:J7NF1234"), "{:?}", offered());
}

#[test]
fn a_udev_line_fits_its_node_and_cannot_be_ended_by_a_serial_number() {
    assert_eq!(
        udev::line(Path::new("/dev/hidraw0"), None),
        "SUBSYSTEM==\"hidraw\", KERNEL==\"hidraw0\", GROUP=\"pos\", MODE=\"0660\""
    );
    assert!(udev::line(Path::new("/dev/input/event3"), None).contains("LIBINPUT_IGNORE_DEVICE"));
    assert!(udev::line(Path::new("/dev/usb/lp0"), None).contains("usbmisc"));
    let machine = Machine::new();
    machine.usb("1-1", ("0403", "6001"), Some("A\", RUN+=\"/bin/evil"));
    machine.node("1-1", "tty", "ttyUSB0", "ttyUSB0");
    let found = usb(0x403, 0x6001).find(Class::Tty, &machine.places()).unwrap();
    assert!(!udev::line(Path::new("/dev/ttyUSB0"), found.as_ref()).contains("evil"));
}
