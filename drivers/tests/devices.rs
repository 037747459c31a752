//! Which printer is which: what it says of itself, and where the kernel put it.

use proptest::prelude::*;
use tameio_drivers::printer::Fault;
use tameio_drivers::printer::Language;
use tameio_drivers::printer::device_id::DeviceId;
use tameio_drivers::printer::link::Connect;
use tameio_drivers::printer::lp::{Lp, Ports};
use tameio_drivers::printer::usb_link::{Interface, best_interface};

fn id(text: &str) -> DeviceId {
    DeviceId::parse(text.as_bytes())
}

#[test]
fn the_text_names_maker_model_and_language() {
    let epson = id("MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;DES:EPSON TM-T20II;SN:J7NF1;");
    assert_eq!(
        (epson.maker(), epson.model(), epson.serial()),
        (Some("EPSON"), Some("TM-T20II"), Some("J7NF1"))
    );
    assert_eq!((epson.language(), epson.suggestion()), (Some(Language::EscPos), Some("TM-T20II")));
    let star = id("MANUFACTURER:Star;COMMAND SET:STAR;MODEL:TSP143 (STR_T-001);CLASS:PRINTER;");
    assert_eq!((star.language(), star.model()), (Some(Language::Star), Some("TSP143 (STR_T-001)")));
    let clone = id("MFG:Printer;MDL:POS-80;");
    assert_eq!((clone.language(), clone.suggestion()), (None, None), "nothing is guessed");
    assert_eq!(id("MDL:TM-T88IV;").suggestion(), Some("TM-T88IV"), "the longest name that fits");
    assert_eq!(id("MDL:TM-T88IV;CMD:STAR;").suggestion(), None, "the language must fit too");
}

#[test]
fn an_answer_counts_its_length_first() {
    let answer = [&[0, 12][..], b"MDL:TM-T88;garbage"].concat();
    assert_eq!(DeviceId::of_answer(&answer).model(), Some("TM-T88"));
    let wrong = [&[0xFF, 0xFF][..], b"MDL:A;"].concat();
    assert_eq!(DeviceId::of_answer(&wrong).model(), Some("A"));
    assert_eq!(DeviceId::of_answer(&[7]), DeviceId::default());
}

/// The kernel's folders for two printers: links into the tree of devices, as `sysfs` has them.
fn plugged(printers: &[(&str, &str, Option<&str>)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let class = root.path().join("sys/class/usbmisc");
    std::fs::create_dir_all(&class).unwrap();
    std::fs::create_dir_all(root.path().join("dev/usb")).unwrap();
    for (at, (name, id, serial)) in printers.iter().enumerate() {
        let device = root.path().join(format!("sys/devices/usb1/1-{at}"));
        let interface = device.join(format!("1-{at}:1.0"));
        std::fs::create_dir_all(interface.join("usbmisc").join(name)).unwrap();
        std::fs::write(interface.join("ieee1284_id"), id).unwrap();
        if let Some(serial) = serial {
            std::fs::write(device.join("serial"), format!("{serial}\n")).unwrap();
        }
        std::os::unix::fs::symlink(&interface, interface.join("usbmisc").join(name).join("device")).unwrap();
        std::os::unix::fs::symlink(interface.join("usbmisc").join(name), class.join(name)).unwrap();
        std::fs::write(root.path().join("dev/usb").join(name), "").unwrap();
    }
    root
}

const EPSON: &str = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;";
const CLONE: &str = "MFG:Printer;MDL:POS-58;";

#[test]
fn a_printer_is_found_by_name_wherever_it_is_plugged_in() {
    for printers in [
        [("lp0", EPSON, Some("J7")), ("lp1", CLONE, None)],
        [("lp3", CLONE, None), ("lp4", EPSON, Some("J7"))],
    ] {
        let root = plugged(&printers);
        let ports = Ports::below(root.path());
        let listed = ports.list();
        assert_eq!(listed.len(), 2);
        let epson = listed.iter().find(|printer| printer.serial.as_deref() == Some("J7")).unwrap();
        assert_eq!(epson.address().as_deref(), Some("lp:J7?profile=TM-T20II"));
        for name in ["J7", "TM-T20II", "T20"] {
            let mut link = Lp::new(name, ports.clone()).open().unwrap();
            link.send(b"x", std::time::Duration::ZERO).unwrap();
            assert_eq!(std::fs::read(&epson.path).unwrap().last(), Some(&b'x'), "{name}");
        }
        assert_eq!(Lp::new("TSP100", ports).open().err(), Some(Fault::NotFound));
    }
}

#[test]
fn two_of_a_kind_are_told_apart_by_serial_number_or_refused() {
    let root = plugged(&[("lp0", EPSON, Some("A1")), ("lp1", EPSON, Some("A2"))]);
    let ports = Ports::below(root.path());
    assert!(Lp::new("A2", ports.clone()).open().is_ok());
    let Err(Fault::Unsupported(sentence)) = Lp::new("TM-T20II", ports).open() else { panic!("which one?") };
    assert!(sentence.contains("serial number"), "{sentence}");
    assert_eq!(Ports::below(std::path::Path::new("/nowhere")).list(), []);
}

#[test]
fn the_interface_of_the_printer_class_is_taken_and_not_the_first() {
    let interface = |number, class, output, input| Interface { number, setting: 0, class, output, input };
    let keyboard = interface(0, 3, None, Some(0x81));
    let vendor = interface(1, 255, Some(0x02), Some(0x82));
    let one_way = interface(2, 7, Some(0x03), None);
    let printer = interface(3, 7, Some(0x01), Some(0x84));
    assert_eq!(best_interface(&[keyboard, vendor, one_way, printer]), Some(printer));
    assert_eq!(best_interface(&[keyboard, vendor, one_way]), Some(one_way), "a bridge to a parallel port");
    assert_eq!(best_interface(&[keyboard, vendor]), Some(vendor));
    assert_eq!(
        best_interface(&[keyboard, interface(4, 8, Some(1), Some(0x81))]),
        None,
        "not onto a memory stick"
    );
}

proptest! {
    #[test]
    fn any_text_is_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let id = DeviceId::of_answer(&bytes);
        let told = [id.maker(), id.model(), id.serial()];
        prop_assert!(told.iter().flatten().all(|text| !text.is_empty() && !text.chars().any(char::is_control)));
    }
}
