//! Addresses of scanners, and who is probably one.

use tameio_drivers::scanner::address::{Address, Device, Place};
use tameio_drivers::scanner::known;
use tameio_drivers::supervisor::{Class, Found, Identity, UsbDevice};
use tameio_drivers::wire::Format;

fn address(text: &str) -> Address {
    text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn every_kind_of_scanner_has_an_address() {
    let (identity, class) = address("evdev:05e0:1200?port=1-1.4").identity().unwrap();
    let wanted =
        Identity::Usb { vendor: 0x05e0, product: 0x1200, serial: None, port: Some("1-1.4".to_owned()) };
    assert_eq!((identity, class), (wanted, Class::Input));
    assert!(
        matches!(address("serial:/dev/ttyACM0").place, Place::Line(Device::Node(path)) if path.ends_with("ttyACM0"))
    );
    assert_eq!(address("usb:1eab:1a06").identity().unwrap().1, Class::Tty);
    assert_eq!(address("hidpos:0c2e:0b81").identity().unwrap().1, Class::HidScanner);
    assert!(address("wedge:").identity().is_none());
    assert!(address("sim:").identity().is_some());
    let line = address("serial:/dev/ttyS0?baud=115200&format=7e1").line;
    assert_eq!((line.baud, line.format), (115_200, Format::E7));
}

#[test]
fn a_keyboard_is_set_by_its_address() {
    let keys = address("evdev:05e0:1200?suffix=tab&gs=f8").keys;
    assert_eq!((keys.suffixes, keys.separator_key), (vec![15], Some(66)));
    assert_eq!(address("evdev:05e0:1200?suffix=none").keys.silence_ms, 100);
    assert_eq!(address("evdev:05e0:1200?gs=~").keys.separator_char, Some('~'));
}

#[test]
fn a_wrong_address_says_what_is_wrong() {
    for (text, says) in [
        ("scanner", "it begins with"),
        ("lpt:1", "it begins with"),
        ("serial:ttyACM0", "vendor:product"),
        ("evdev:05e0", "vendor:product"),
        ("sim:?colour=red", "known are serial"),
        ("sim:?baud=x", "115200"),
        ("sim:?format=x", "8n1"),
        ("sim:?suffix=space", "enter"),
        ("sim:?gs=", "one character"),
    ] {
        let fault = text.parse::<Address>().unwrap_err().to_string();
        assert!(fault.contains(says), "{text}: {fault}");
    }
}

#[test]
fn what_is_plugged_in_is_offered_with_its_address() {
    let found = |vendor, product, serial: Option<&str>, name: &str| Found {
        usb: Some(UsbDevice {
            vendor,
            product,
            serial: serial.map(str::to_owned),
            port: "1-1.4".to_owned(),
            name: name.to_owned(),
        }),
        ..Found::default()
    };
    let symbol = found(0x05e0, 0x1200, None, "Symbol");
    assert_eq!(known::address(&symbol, Class::Input).as_deref(), Some("evdev:05e0:1200?port=1-1.4"));
    let newland = found(0x1eab, 0x1a06, Some("N1"), "HR22");
    assert_eq!(known::address(&newland, Class::Tty).as_deref(), Some("usb:1eab:1a06?serial=N1"));
    assert!(known::address(&found(0x1234, 1, None, "USB Barcode Reader"), Class::Input).is_some());
    assert_eq!(known::address(&found(0x046d, 0xc31c, None, "USB Keyboard"), Class::Input), None);
    let mut offered = [symbol, newland].into_iter().filter_map(|found| known::address(&found, Class::Input));
    assert!(offered.all(|address| address.parse::<Address>().is_ok()));
    // A serial number that would be read as another parameter is not used.
    let odd = found(0x1eab, 1, Some("A&port=9"), "x");
    assert_eq!(known::address(&odd, Class::Tty).as_deref(), Some("usb:1eab:0001?port=1-1.4"));
}
