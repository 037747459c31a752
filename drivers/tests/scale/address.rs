//! Addresses of scales.

use tameio_drivers::scale::{Address, Kind, Place, Unit};
use tameio_drivers::supervisor::{Class, Identity};
use tameio_drivers::wire::Format;

fn address(text: &str) -> Address {
    text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn a_line_has_the_settings_of_its_language_unless_told_otherwise() {
    let scale = address("serial:/dev/ttyUSB1?protocol=8217");
    assert_eq!(scale.kind, Some(Kind::Mettler8217));
    assert_eq!((scale.settings().baud, scale.settings().format), (9600, Format::E7));
    let scale = address("serial:/dev/ttyUSB1?protocol=and&baud=9600&format=8n1&decimals=2&unit=g");
    assert_eq!((scale.settings().baud, scale.settings().format), (9600, Format::N8));
    assert_eq!((scale.options.decimals, scale.options.unit), (2, Unit::Gram));
    assert_eq!(address("serial:/dev/ttyS0").kind, None, "to be asked");
    assert_eq!(address("sim:?protocol=nci").kind, Some(Kind::Nci));
}

#[test]
fn every_language_has_a_name() {
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(kind));
        assert_eq!(address(&format!("tcp://h:1?protocol={}", kind.name())).kind, Some(kind));
    }
}

#[test]
fn a_usb_device_is_meant_by_its_numbers() {
    let (identity, class) = address("usb:1a86:7523?protocol=cas&port=1-1.4").identity();
    assert_eq!(class, Class::Tty);
    let wanted =
        Identity::Usb { vendor: 0x1a86, product: 0x7523, serial: None, port: Some("1-1.4".to_owned()) };
    assert_eq!(identity, wanted);
    assert_eq!(address("hid:0922:8003").identity().1, Class::HidScale);
    assert!(matches!(address("tcp://[::1]:4001").place, Place::Tcp { host, port: 4001 } if host == "::1"));
}

#[test]
fn a_generic_line_is_described_in_its_address() {
    let words = address("serial:/dev/ttyS0?protocol=stream&stable=OK,S&overload=HI&separator=;&ask=500D0A")
        .options
        .words;
    assert_eq!(words.stable, ["OK", "S"]);
    assert_eq!((words.separator, words.ask.as_deref()), (b';', Some(&b"P\r\n"[..])));
}

#[test]
fn a_wrong_address_says_what_is_wrong() {
    for (text, says) in [
        ("scale", "it begins with"),
        ("ftp://x", "it begins with"),
        ("serial:", "serial:/dev/ttyUSB0"),
        ("hid:0922", "vendor:product"),
        ("tcp://host", "host:port"),
        ("hidraw:x", "hidraw:/dev/hidraw0"),
        ("sim:?colour=red", "known are protocol"),
        ("sim:?protocol=morse", "one of cas-stream"),
        ("sim:?format=9z1", "8n1"),
        ("sim:?baud=1", "9600"),
        ("sim:?decimals=9", "0 to 6"),
        ("sim:?ask=5", "hexadecimal"),
        ("sim:?unit=stone", "kg"),
        ("sim:?separator=", "one character"),
    ] {
        let fault = text.parse::<Address>().unwrap_err().to_string();
        assert!(fault.contains(says), "{text}: {fault}");
    }
}
