//! What of V4L2 needs no camera: which node, which mode, rows, and what errors mean.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tameio_drivers::camera::v4l2::{choose, fault_of, format_of, nearest, shows_pictures, unpadded};
use tameio_drivers::camera::{Address, Format, Size};
use tameio_drivers::supervisor::Found;
use tameio_drivers::wire::Fault;

#[test]
fn the_node_that_shows_pictures_is_taken() {
    let nodes: Vec<PathBuf> = ["/dev/video0", "/dev/video1", "/dev/video2"].map(PathBuf::from).into();
    let chosen = |answers: [Option<bool>; 3]| {
        let at = |node: &Path| nodes.iter().position(|known| known == node).unwrap();
        choose(&nodes, |node| answers[at(node)]).map(at)
    };
    assert_eq!(chosen([Some(true), Some(false), Some(true)]), Some(0));
    assert_eq!(chosen([Some(false), Some(true), None]), Some(1), "data about pictures are none");
    assert_eq!(chosen([None, Some(false), Some(true)]), Some(2), "better than one that cannot be asked");
    assert_eq!(chosen([Some(false), None, None]), Some(1), "it is opened, and that says why");
    assert_eq!(chosen([Some(false); 3]), None);
}

#[test]
fn the_mode_that_comes_nearest_is_taken() {
    let all = [Format::Yuyv, Format::Jpeg, Format::Rgb];
    assert_eq!(nearest(Format::Yuyv, &all), Some(Format::Yuyv));
    assert_eq!(nearest(Format::Nv12, &all), Some(Format::Jpeg));
    assert_eq!(nearest(Format::Jpeg, &[Format::Grey, Format::Yuyv]), Some(Format::Yuyv));
    assert_eq!(nearest(Format::Jpeg, &[]), None);
    for (code, format) in [(b"MJPG", Format::Jpeg), (b"JPEG", Format::Jpeg), (b"GREY", Format::Grey)] {
        assert_eq!(format_of(*code), Some(format));
    }
    for unread in [b"H264", b"YU12", b"UVCH"] {
        assert_eq!(format_of(*unread), None);
    }
}

#[test]
fn room_between_rows_is_left_out() {
    let size = Size::new(4, 3);
    let row = |begin: u8| [begin, begin + 1, begin + 2, begin + 3];
    let wanted: Vec<u8> = [row(0), row(10), row(20)].concat();
    let padded: Vec<u8> = [0, 10, 20].iter().flat_map(|at| [&row(*at)[..], &[99, 99]].concat()).collect();
    assert_eq!(unpadded(&padded, Format::Grey, size, 6), wanted);
    // Room behind the last row, and none between them.
    assert_eq!(unpadded(&[&wanted[..], &[99; 50]].concat(), Format::Grey, size, 4), wanted);
    assert_eq!(unpadded(&wanted, Format::Grey, size, 0), wanted);
    // What is too short stays so, to be found out.
    assert_eq!(unpadded(&padded[..9], Format::Grey, size, 6).len(), 7);
    assert!(unpadded(&[], Format::Yuyv, size, 100).is_empty());
    // A JPEG is as long as it is.
    assert_eq!(unpadded(&[7; 100], Format::Jpeg, size, 6), [7; 100]);
    let nv12: Vec<u8> = (0..24).collect();
    assert_eq!(unpadded(&nv12, Format::Nv12, Size::new(4, 4), 4), nv12);
}

#[test]
fn errors_of_the_kernel_say_what_to_do() {
    let path = Path::new("/dev/video0");
    let fault = |number: i32| fault_of(&io::Error::from_raw_os_error(number), path);
    for gone in [19, 5, 71, 6, 108] {
        assert_eq!(fault(gone), Fault::Gone, "{gone}");
    }
    assert_eq!(fault(16), Fault::Busy);
    assert_eq!(fault(2), Fault::Missing);
    assert_eq!(fault(13), Fault::Permission(path.to_owned()));
    // Two of a kind on one hub.
    assert!(fault(28).to_string().contains("not into the same hub"), "{}", fault(28));
    assert!(fault(25).to_string().contains("/dev/video0 is no camera"), "{}", fault(25));
    assert!(fault(22).to_string().contains("another size or format"), "{}", fault(22));
}

/// A node that is none, opened as a camera.
#[test]
fn what_is_no_camera_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("video0");
    fs::write(&path, "").unwrap();
    assert_eq!(shows_pictures(&path), None);
    let address: Address = format!("v4l2:{}", path.display()).parse().unwrap();
    let open = |nodes: Vec<PathBuf>| address.open(&Found { nodes, ..Found::default() }).err().unwrap();
    assert!(open(vec![path.clone()]).to_string().contains("is no camera"));
    assert_eq!(open(Vec::new()), Fault::Missing);
    assert_eq!(open(vec![folder.path().join("video7")]), Fault::Missing);
}
