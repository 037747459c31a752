//! Addresses as people write them.

use tameio_drivers::printer::address::Flow;
use tameio_drivers::printer::greek::CodePage;
use tameio_drivers::printer::profile::{PageSlot, StatusAbility};
use tameio_drivers::printer::{Address, Fault, Place, link};

fn place(text: &str) -> Place {
    text.parse::<Address>().unwrap_or_else(|fault| panic!("{text}: {fault}")).place
}

fn fault(text: &str) -> String {
    text.parse::<Address>().unwrap_err().to_string()
}

#[test]
fn every_kind_is_read() {
    let tcp = |host: &str, port| Place::Tcp { host: host.to_owned(), port };
    assert_eq!(place("tcp://192.168.1.50:9100?profile=xprinter-80"), tcp("192.168.1.50", 9100));
    assert_eq!(place("tcp://printer.local"), tcp("printer.local", 9100));
    assert_eq!(place("tcp://[::1]:9101/"), tcp("::1", 9101));
    assert_eq!(place("tcp://[fe80::1]"), tcp("fe80::1", 9100));
    assert_eq!(place("file:/dev/usb/lp0"), Place::File("/dev/usb/lp0".into()));
    assert_eq!(place("usb:04b8:0e15"), Place::Usb { vendor: 0x04B8, product: 0x0E15, serial: None });
    let serial = place("usb:04b8:0e15?serial=J7NF1");
    assert!(matches!(serial, Place::Usb { serial: Some(serial), .. } if serial == "J7NF1"));
    assert_eq!(place("lp:TM-T20II"), Place::Lp { named: "TM-T20II".to_owned() });
    assert_eq!(place("sim:"), Place::Sim);
    let serial = place("serial:/dev/ttyUSB0?baud=19200&flow=rtscts");
    assert_eq!(serial, Place::Serial { path: "/dev/ttyUSB0".to_owned(), baud: 19200, flow: Flow::RtsCts });
}

#[test]
fn parameters_shape_the_profile() {
    let text = "tcp://p?profile=generic-80&columns=42&greek=737:24&status=none&drawer=5&drawer_open=low";
    let profile = text.parse::<Address>().unwrap().profile;
    assert_eq!((profile.name, profile.columns, profile.status), ("generic-80", 42, StatusAbility::None));
    assert_eq!(profile.pages, [PageSlot { page: CodePage::Cp737, n: 24 }]);
    assert_eq!((profile.drawer.pin, profile.drawer.open_is_high), (1, false));
}

#[test]
fn without_a_profile_nothing_is_assumed() {
    assert_eq!("tcp://p".parse::<Address>().unwrap().profile.name, "generic-80");
    assert_eq!("sim:".parse::<Address>().unwrap().profile.name, "epson-80");
}

#[test]
fn faults_are_sentences() {
    assert_eq!(
        fault("lpt1"),
        "\"lpt1\" is not a printer's address: it begins with tcp://, file:, lp:, serial:, usb: or sim:"
    );
    assert!(fault("tcp://p:99999").ends_with("the port is a number from 1 to 65535"));
    assert!(fault("tcp://:9100").ends_with("the host is missing"));
    assert!(fault("file:lp0").contains("a path from the root is needed"));
    assert!(fault("usb:epson").contains("usb:vendor:product in hexadecimal"));
    assert!(fault("sim:?profile=epson").starts_with("profile cannot be \"epson\": one of epson-80, "));
    assert!(fault("serial:/dev/ttyS0?baud=fast").starts_with("baud cannot be \"fast\""));
    assert!(
        fault("sim:?colour=red").starts_with("\"colour\" is not a parameter of a printer: known are profile")
    );
    assert!(fault("sim:?columns=1000").contains("a number from 16 to 64"));
}

#[test]
fn usb_by_number_is_reached_or_named_as_not_in_this_build() {
    let address: Address = "usb:04b8:ffff".parse().unwrap();
    match link::connector(&address) {
        // No device has this number.
        Ok(connect) if cfg!(feature = "usb") => assert!(connect.open().is_err()),
        Err(Fault::Unsupported(sentence)) if cfg!(not(feature = "usb")) => {
            assert!(sentence.contains("usb:04b8:ffff") && sentence.contains("lp:TM-T20II"), "{sentence}");
        }
        other => panic!("{}", other.is_ok()),
    }
}

#[test]
fn the_pulse_and_the_end_are_settings() {
    let profile = "tcp://p?drawer_ms=100/500&end=name&greek=none".parse::<Address>().unwrap().profile;
    assert_eq!((profile.drawer.on_2ms, profile.drawer.off_2ms, profile.names_jobs), (50, 250, true));
    assert!(profile.pages.is_empty());
    assert!(fault("tcp://p?drawer_ms=200/500").contains("at most one fifth on"), "the coil would burn");
    assert!(fault("tcp://p?drawer_ms=50/5000").starts_with("drawer_ms cannot be"));
    assert!(fault("lp:").contains("such as lp:TM-T20II"));
}
