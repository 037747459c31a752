//! Addresses of cameras.

use tameio_drivers::camera::{Address, Choice, Control, Controls, Format, Place, Size};
use tameio_drivers::supervisor::{Class, Identity};

fn address(text: &str) -> Address {
    text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn every_kind_of_camera_has_an_address() {
    let (identity, class) = address("v4l2:046d:0825?serial=2F1A&port=1-1.4").identity();
    let (serial, port) = (Some("2F1A".to_owned()), Some("1-1.4".to_owned()));
    assert_eq!(
        (identity, class),
        (Identity::Usb { vendor: 0x046d, product: 0x0825, serial, port }, Class::Camera)
    );
    for (text, path) in [
        ("v4l2:/dev/video0?size=1280x720", "/dev/video0"),
        ("v4l2:/dev/v4l/by-id/usb-046d_C270-video-index0", "/dev/v4l/by-id/usb-046d_C270-video-index0"),
        ("folder:/srv/pictures", "/srv/pictures"),
        ("file:/srv/day.mjpeg?fps=15", "/srv/day.mjpeg"),
    ] {
        assert_eq!(address(text).identity().0, Identity::Path(path.into()), "{text}");
    }
    for elsewhere in ["http://cam/snapshot.jpg", "nokhwa:0", "sim:"] {
        assert_eq!(address(elsewhere).identity().0, Identity::Elsewhere);
    }
}

#[test]
fn what_is_asked_of_a_camera_stands_in_its_address() {
    let mode = address("v4l2:/dev/video0").mode;
    assert_eq!((mode.size, mode.fps, mode.format), (Size::new(1280, 720), None, Format::Jpeg));
    let mode = address("v4l2:/dev/video0?size=640x480&fps=7.5&format=yuyv").mode;
    assert_eq!((mode.size, mode.fps, mode.format), (Size::new(640, 480), Some(7.5), Format::Yuyv));
    assert!(address("folder:/a?cycle=yes").mode.cycle);
}

/// Who decides stands before what is decided: a camera refuses an exposure while it exposes by itself.
#[test]
fn controls_are_told_in_the_order_cameras_want() {
    let text =
        "sim:?backlight=0&mains=50&white=4600&focus=30&gain=16&exposure=20&0x0098091b=3&0x00980900=128";
    let told = address(text).controls.in_order();
    let wanted = [
        (0x009a_0901, 1),
        (0x009a_0902, 20),
        (0x009a_0903, 0),
        (0x0098_0913, 16),
        (0x009a_090c, 0),
        (0x009a_090a, 30),
        (0x0098_090c, 0),
        (0x0098_091a, 4600),
        (0x0098_0918, 1),
        (0x0098_091c, 0),
        (0x0098_091b, 3),
        (0x0098_0900, 128),
    ];
    assert_eq!(told, wanted.map(|(control, value)| (Control(control), value)));
    let auto = address("sim:?exposure=auto&focus=auto&white=auto").controls;
    assert_eq!(auto.exposure, Some(Choice::Auto));
    let auto: Vec<_> = auto.in_order().into_iter().map(|(control, value)| (control.0, value)).collect();
    assert_eq!(auto, [(0x009a_0901, 3), (0x009a_0903, 0), (0x009a_090c, 1), (0x0098_090c, 1)]);
    assert_eq!(address("sim:").controls, Controls::default());
    assert!(address("sim:").controls.in_order().is_empty());
}

#[test]
fn a_web_address_keeps_its_own_question() {
    let camera = address("http://admin:p%40ss%3A%20w@192.168.1.64:8080/cgi-bin/snapshot.cgi?channel=1#fps=4");
    assert_eq!(camera.mode.fps, Some(4.0));
    let Place::Network(url) = camera.place else { panic!("it is in the network") };
    assert_eq!((url.host.as_str(), url.port), ("192.168.1.64", 8080));
    assert_eq!(url.target, "/cgi-bin/snapshot.cgi?channel=1");
    assert_eq!(url.user, Some(("admin".to_owned(), "p@ss: w".to_owned())));
    assert!(!format!("{url:?}").contains("p@ss"), "a password is not for a log");
    for (text, authority, target) in [
        ("http://cam", "cam", "/"),
        ("http://cam?a=b", "cam", "/?a=b"),
        ("http://[fe80::1]:81/x", "[fe80::1]:81", "/x"),
        ("http://[::1]", "[::1]", "/"),
    ] {
        let Place::Network(url) = address(text).place else { panic!("{text}") };
        assert_eq!((url.authority().as_str(), url.target.as_str()), (authority, target), "{text}");
    }
}

#[test]
fn a_wrong_address_says_what_is_wrong() {
    for (text, says) in [
        ("camera", "it begins with"),
        ("rtsp://cam/1", "it begins with"),
        ("https://cam/1", "it begins with"),
        ("v4l2:video0", "a node such as /dev/video0"),
        ("v4l2:046d", "a node such as /dev/video0"),
        ("nokhwa:first", "the first camera is 0"),
        ("folder:pictures", "from the root"),
        ("file:", "from the root"),
        ("sim:pictures", "sim:/path"),
        ("http:cam", "http://camera/path"),
        ("http://", "http://camera/path"),
        ("http://cam:0/", "http://camera/path"),
        ("http://a b/", "http://camera/path"),
        ("http://%zz@cam/", "http://camera/path"),
        ("http://cam/#colour=red", "known are size"),
        ("sim:?colour=red", "known are size"),
        ("sim:?0xzz=1", "known are size"),
        ("sim:?0x0098091b=much", "a number"),
        ("sim:?size=12", "1280x720"),
        ("sim:?size=90000x90000", "1280x720"),
        ("sim:?fps=0", "0.1 to 120"),
        ("sim:?fps=nan", "0.1 to 120"),
        ("sim:?format=png", "mjpeg, yuyv"),
        ("sim:?exposure=long", "tenths of a millisecond"),
        ("sim:?gain=-1", "a number"),
        ("sim:?mains=55", "50, 60 or none"),
        ("sim:?cycle=1", "yes or no"),
        ("folder:/a?plate=IKA1234", "simulated"),
    ] {
        let fault =
            text.parse::<Address>().err().unwrap_or_else(|| panic!("{text} is an address")).to_string();
        assert!(fault.contains(says), "{text}: {fault}");
    }
}
