//! Which plugged devices are cameras.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use tameio_drivers::camera::Address;
use tameio_drivers::offer::{What, offers};
use tameio_drivers::supervisor::{Class, Places, udev};

/// The kernel's folders for a camera: its device and the nodes it has, as `sysfs` links them.
fn plug(root: &Path, port: &str, serial: Option<&str>, nodes: &[&str]) {
    let device = root.join("sys/devices/usb1").join(port);
    let interface = device.join(format!("{port}:1.0"));
    fs::create_dir_all(&interface).unwrap();
    for (name, value) in [("idVendor", "046d"), ("idProduct", "0825"), ("product", "Webcam C270")] {
        fs::write(device.join(name), format!("{value}\n")).unwrap();
    }
    if let Some(serial) = serial {
        fs::write(device.join("serial"), format!("{serial}\n")).unwrap();
    }
    for name in nodes {
        let node = interface.join("video4linux").join(name);
        fs::create_dir_all(&node).unwrap();
        symlink(&interface, node.join("device")).unwrap();
        link(root, &node, name);
    }
}

fn link(root: &Path, node: &Path, name: &str) {
    let class = root.join("sys/class/video4linux");
    fs::create_dir_all(&class).unwrap();
    fs::create_dir_all(root.join("dev")).unwrap();
    symlink(node, class.join(name)).unwrap();
    fs::write(root.join("dev").join(name), "").unwrap();
}

fn places(root: &Path) -> Places {
    Places { sys: root.join("sys"), dev: root.join("dev") }
}

#[test]
fn a_camera_is_offered_once_with_an_address_by_which_it_is_found() {
    let root = tempfile::tempdir().unwrap();
    plug(root.path(), "1-1", Some("2F1A"), &["video0", "video1"]);
    plug(root.path(), "1-4.2", None, &["video2", "video3"]);
    // Only software, such as a loopback: it hangs on no device.
    let loopback = root.path().join("sys/devices/virtual/video4linux/video9");
    fs::create_dir_all(&loopback).unwrap();
    link(root.path(), &loopback, "video9");
    // Not a camera's.
    let radio = root.path().join("sys/devices/virtual/video4linux/radio0");
    fs::create_dir_all(&radio).unwrap();
    link(root.path(), &radio, "radio0");

    let places = places(root.path());
    let offered = offers(&places);
    assert!(offered.iter().all(|offer| offer.what == What::Camera));
    let addresses: Vec<_> = offered.iter().map(|offer| offer.address.clone()).collect();
    let node = root.path().join("dev/video9");
    let loopback = format!("v4l2:{}", node.display());
    assert_eq!(addresses, ["v4l2:046d:0825?serial=2F1A", "v4l2:046d:0825?port=1-4.2", &loopback]);
    for (offer, nodes) in offered.iter().zip([2, 2, 1]) {
        let (identity, class) = offer.address.parse::<Address>().unwrap().identity();
        assert_eq!(class, Class::Camera);
        let found = identity.find(class, &places).unwrap().unwrap();
        assert_eq!((found.nodes.len(), &found.nodes), (nodes, &offer.found.nodes));
    }
    // Without a word about which, it cannot be told.
    let (identity, class) = "v4l2:046d:0825".parse::<Address>().unwrap().identity();
    assert!(identity.find(class, &places).is_err());
}

#[test]
fn the_line_that_gives_a_camera_names_its_kind() {
    let root = tempfile::tempdir().unwrap();
    plug(root.path(), "1-1", Some("2F1A"), &["video0"]);
    let found = &places(root.path()).devices(Class::Camera)[0];
    assert_eq!(
        udev::line(&found.nodes[0], Some(found)),
        "SUBSYSTEM==\"video4linux\", ATTRS{idVendor}==\"046d\", ATTRS{idProduct}==\"0825\", \
         ATTRS{serial}==\"2F1A\", GROUP=\"pos\", MODE=\"0660\""
    );
}
