//! What is plugged in is offered with an address by which it is found again.

use tameio_drivers::scale::{Address, known};
use tameio_drivers::supervisor::{Class, Found, UsbDevice};

#[test]
fn a_scale_or_what_may_have_one_behind_it() {
    let found = |vendor, product, serial: Option<&str>| Found {
        usb: Some(UsbDevice {
            vendor,
            product,
            serial: serial.map(str::to_owned),
            port: "1-2".to_owned(),
            name: String::new(),
        }),
        ..Found::default()
    };
    let offered = |found: &Found, class| {
        let address = known::address(found, class)?;
        assert!(address.parse::<Address>().is_ok(), "{address}");
        Some(address)
    };
    let dymo = found(0x0922, 0x8003, Some("1"));
    assert_eq!(offered(&dymo, Class::HidScale).as_deref(), Some("hid:0922:8003?serial=1"));
    let cable = found(0x1a86, 0x7523, None);
    assert_eq!(offered(&cable, Class::Tty).as_deref(), Some("usb:1a86:7523?port=1-2"));
    assert_eq!(offered(&cable, Class::Input), None);
    assert_eq!(offered(&found(0x1eab, 0x1a06, None), Class::Tty), None, "a scanner's line is no adapter");
    assert_eq!(offered(&Found::default(), Class::Tty), None);
}
