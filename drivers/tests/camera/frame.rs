//! Pictures: whole or none, and their points.

use std::time::{Duration, Instant};

use tameio_drivers::camera::ends::Ends;
use tameio_drivers::camera::jpeg::{Broken, walk};
use tameio_drivers::camera::{Captured, Format, Frame, Incomplete, SimCamera, Size};

use super::{SMALL, jpeg, prove};

#[test]
fn a_picture_is_cut_at_its_end() {
    let whole = jpeg();
    let mut longer = whole.clone();
    longer.extend_from_slice(&whole[whole.len() / 2..]);
    longer.extend([0; 1000]);
    let frame = prove(&longer).unwrap();
    assert_eq!((frame.bytes(), frame.size()), (whole.as_slice(), SMALL));
    assert_eq!(walk(&whole).unwrap().end, whole.len());
}

#[test]
fn a_picture_that_breaks_off_anywhere_is_none() {
    let whole = jpeg();
    for length in 0..whole.len() {
        assert!(walk(&whole[..length]).is_err(), "{length} of {} bytes", whole.len());
    }
}

/// The end mark of a thumbnail is not the end of the picture.
#[test]
fn a_picture_in_a_picture_does_not_end_it() {
    let whole = jpeg();
    let mut with = whole[..2].to_vec();
    let length = u16::try_from(whole.len() + 2).unwrap();
    with.extend([0xFF, 0xE1]);
    with.extend(length.to_be_bytes());
    with.extend(&whole);
    with.extend(&whole[2..]);
    let mut longer = with.clone();
    longer.extend(&whole);
    assert_eq!(prove(&longer).unwrap().bytes(), with);
}

#[test]
fn what_is_wrong_with_a_picture_is_said() {
    let whole = jpeg();
    let scan = whole.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap();
    let with = |at: usize, bytes: &[u8]| [&whole[..at], bytes, &whole[at..]].concat();
    assert_eq!(walk(b"\x89PNG"), Err(Broken::Start));
    assert_eq!(walk(&[]), Err(Broken::Start));
    assert_eq!(walk(&whole[..scan]), Err(Broken::End));
    assert_eq!(walk(&with(2, &[0x00])), Err(Broken::Segment(2)));
    assert_eq!(walk(&with(2, &[0xFF, 0xE0, 0, 1])), Err(Broken::Segment(4)));
    assert_eq!(walk(&with(whole.len() - 2, &[0xFF, 0xD8])), Err(Broken::Another(whole.len() - 2)));
    assert_eq!(walk(&with(whole.len() - 2, &[0xFF, 0xD3])), Err(Broken::Order(whole.len() - 2)));
    assert!(walk(&with(whole.len() - 2, &[0xFF, 0xD0, 0xFF, 0xD1])).is_ok());
    assert_eq!(walk(&with(2, &[0xFF, 0xD9])), Err(Broken::Empty));
    assert_eq!(walk(&[&whole[..scan], &[0xFF, 0xD9]].concat()), Err(Broken::Empty));
    let arithmetic: Vec<u8> = {
        let at = whole.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
        [&whole[..at], &[0xFF, 0xC9], &whole[at + 2..]].concat()
    };
    assert_eq!(walk(&arithmetic), Err(Broken::Kind));
}

/// Where a driver gives its whole buffer, a picture that broke off ends with an older one. No marker says so.
#[test]
fn two_pictures_that_are_one_by_their_markers_are_told() {
    let sim = SimCamera::default();
    let (old, new) = (sim.picture(SMALL), sim.picture(SMALL));
    let scan = new.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap() + 20;
    let mut mixed = 0;
    for at in scan..new.len().min(old.len()) - 60 {
        let mut ends = Ends::default();
        assert!(!ends.is_left_over(&old));
        let buffer = [&new[..at], &old[at..]].concat();
        if walk(&buffer).is_ok() && buffer != old {
            mixed += 1;
            assert!(ends.is_left_over(&buffer), "broken off after {at} bytes");
            assert!(ends.is_left_over(&buffer), "and again");
        }
        // What is whole is not, with anything behind it, and as often as it comes.
        for whole in [&new, &new, &old] {
            let longer = [whole.as_slice(), &old[at..]].concat();
            assert!(!ends.is_left_over(&longer));
        }
    }
    assert!(mixed > 100, "{mixed}");
}

#[test]
fn uncompressed_pictures_are_as_long_as_their_size_says() {
    let size = Size::new(6, 4);
    for (format, length) in
        [(Format::Yuyv, 48), (Format::Grey, 24), (Format::Nv12, 36), (Format::I420, 36), (Format::Rgb, 72)]
    {
        let frame = |length: usize| Frame::prove(Captured::now(vec![128; length], format, size), 1);
        let whole = frame(length).unwrap();
        let (luma, rgb) = (whole.luma().unwrap(), whole.rgb().unwrap());
        assert_eq!(luma.points, [128; 24], "{format:?}");
        assert!(rgb.points.len() == 72 && rgb.points.iter().all(|colour| (125..=132).contains(colour)));
        for wrong in [length - 1, length + 1, 0] {
            assert_eq!(
                frame(wrong),
                Err(Incomplete::Length { got: wrong, wanted: length, size, format }),
                "{format:?}"
            );
        }
    }
    // Sizes that nobody has.
    for size in [Size::new(0, 4), Size::new(100_000, 1), Size::new(8192, 8192), Size::new(5, 0)] {
        let frame = Frame::prove(Captured::now(Vec::new(), Format::Grey, size), 1);
        assert_eq!(frame, Err(Incomplete::Size(size)));
    }
    // Planes of a size that is not even, to the last point.
    for format in [Format::Nv12, Format::I420] {
        let odd = Size::new(5, 3);
        let bytes = vec![128; format.bytes(odd).unwrap()];
        let frame = Frame::prove(Captured::now(bytes, format, odd), 1).unwrap();
        assert_eq!(frame.rgb().unwrap().points.len(), 45);
    }
}

#[test]
fn colours_are_where_they_were() {
    // Red, green, blue and white, as a camera writes them in light and two differences.
    let known = [(82, 90, 240, [255, 0, 0]), (145, 54, 34, [0, 255, 0]), (41, 240, 110, [0, 0, 255])];
    for (y, u, v, colour) in known {
        let yuyv = Captured::now(vec![y, u, y, v], Format::Yuyv, Size::new(2, 1));
        let rgb = Frame::prove(yuyv, 1).unwrap().rgb().unwrap();
        for (got, wanted) in rgb.points.iter().zip(colour.iter().chain(&colour)) {
            assert!(got.abs_diff(*wanted) <= 2, "{:?} for {colour:?}", rgb.points);
        }
        let nv12 = Captured::now(vec![y, y, y, y, u, v], Format::Nv12, Size::new(2, 2));
        let i420 = Captured::now(vec![y, y, y, y, u, v], Format::I420, Size::new(2, 2));
        for captured in [nv12, i420] {
            let other = Frame::prove(captured, 1).unwrap().rgb().unwrap();
            assert_eq!(other.points[..6], rgb.points[..6]);
        }
    }
}

#[test]
fn a_preview_is_shrunk_to_fit() {
    let frame = prove(&jpeg()).unwrap();
    for (most, wanted) in [
        (Size::new(80, 80), Size::new(80, 60)),
        (Size::new(50, 500), Size::new(40, 30)),
        (Size::new(160, 120), SMALL),
        (Size::new(1, 1), Size::new(1, 1)),
        (Size::new(0, 0), Size::new(1, 1)),
    ] {
        let preview = frame.preview(most).unwrap();
        assert_eq!(preview.size, wanted, "{most}");
        assert_eq!(preview.points.len(), preview.size.points().unwrap() * 3);
    }
    // The sky is bluish grey and the lane is not, also when small.
    let small = frame.preview(Size::new(40, 40)).unwrap();
    let (sky, lane) = (&small.points[..3], &small.points[small.points.len() - 3..]);
    assert!(sky[2] > sky[0] + 10 && lane[2].abs_diff(lane[0]) < 10, "{sky:?} {lane:?}");
}

#[test]
fn a_picture_grows_old() {
    let two_seconds_ago = Instant::now().checked_sub(Duration::from_millis(2001)).unwrap();
    let old = Captured { at: two_seconds_ago, ..Captured::now(jpeg(), Format::Jpeg, Size::default()) };
    assert!(!Frame::prove(old, 1).unwrap().is_live());
    assert!(prove(&jpeg()).unwrap().is_live());
}

/// Pictures are personal data: what is written for a person to debug with holds none.
#[test]
fn a_picture_does_not_get_into_a_log() {
    let frame = prove(&jpeg()).unwrap();
    let text = format!("{frame:?} {:?} {:?}", frame.luma().unwrap(), frame.rgb().unwrap());
    assert!(text.len() < 200, "{text}");
}
