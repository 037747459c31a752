//! Whatever comes over a cable or a network is read to something or nothing, in any cut, and never more than once or past
//! its end.

use std::time::Instant;

use proptest::prelude::*;
use tameio_drivers::camera::cut::Cut;
use tameio_drivers::camera::http::auth::challenges;
use tameio_drivers::camera::http::body::Body;
use tameio_drivers::camera::http::{Head, Multipart, Part, Url};
use tameio_drivers::camera::jpeg::walk;
use tameio_drivers::camera::plates::fields::Fields;
use tameio_drivers::camera::plates::{Maker, dahua, gather::Gather, hikvision};
use tameio_drivers::camera::y4m::Header;
use tameio_drivers::camera::{Captured, Format, Frame, Size};

use super::jpeg;

/// Bytes that look like pictures, parts, heads and words, mixed.
fn alike() -> impl Strategy<Value = Vec<u8>> {
    let whole = jpeg();
    let length = whole.len();
    let picture = (0..length, 0..length).prop_map(move |(a, b)| whole[a.min(b)..a.max(b)].to_vec());
    let words = prop::sample::select(vec![
        "--box\r\n",
        "\r\n--box",
        "--box--\r\n",
        "box\n",
        "\r\n\r\n",
        "\n\n",
        "Content-Length: 5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Type: image/jpeg\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 401 .\r\n",
        "GET / HTTP/1.1\r\n",
        "Transfer-Encoding: chunked\r\n",
        "5\r\nhello\r\n",
        "0\r\n\r\n",
        "ffffffffffffffff\r\n",
        "<EventNotificationAlert>",
        "<eventType>ANPR</eventType>",
        "<ANPR><licensePlate>",
        "IKA1234",
        "</licensePlate>",
        "</ANPR></EventNotificationAlert>",
        "&amp;&#x0;&#99999999;",
        "{\"eventType\":\"ANPR\",\"ANPR\":{\"licensePlate\":\"A1\"}}",
        "Events[0].TrafficCar.PlateNumber=IKA1234\r\n",
        "Events[0].Code=TrafficJunction\r\n",
        "[[[[[[[[",
        "<a><a><a><a>",
        "YUV4MPEG2 W4 H4 F1:1\n",
        "FRAME\n",
        "Digest realm=\"a\", nonce=\"b\"",
        "Basic",
        "=\"",
    ])
    .prop_map(|word| word.as_bytes().to_vec());
    let mark =
        prop::sample::select(vec![0xC0_u8, 0xC4, 0xD0, 0xD1, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE1, 0xFF, 0x00])
            .prop_map(|mark| vec![0xFF, mark]);
    let piece = prop_oneof![picture, words, mark, prop::collection::vec(any::<u8>(), 0..40)];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// The same bytes in other pieces.
fn pieces<'a>(bytes: &'a [u8], sizes: &'a [usize]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = bytes;
    let mut sizes = sizes.iter().cycle();
    std::iter::from_fn(move || {
        let size = sizes.next().copied().unwrap_or(1).clamp(1, rest.len().max(1));
        let (piece, after) = rest.split_at_checked(size)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn parts<'a>(bytes: impl Iterator<Item = &'a [u8]>) -> Vec<Part> {
    let Some(mut parts) = Multipart::with_boundary("box") else { return Vec::new() };
    let mut found = Vec::new();
    for piece in bytes {
        parts.hear(piece);
        while let Ok(Some(part)) = parts.part() {
            found.push(part);
        }
    }
    found
}

fn cuts<'a>(bytes: impl Iterator<Item = &'a [u8]>) -> Vec<Vec<u8>> {
    let mut cut = Cut::default();
    let mut found = Vec::new();
    for piece in bytes {
        cut.hear(piece);
        found.extend(std::iter::from_fn(|| cut.picture()));
    }
    found
}

fn walked(bytes: &[u8]) {
    if let Ok(found) = walk(bytes) {
        assert!(bytes[..found.end].starts_with(&[0xFF, 0xD8]) && bytes[..found.end].ends_with(&[0xFF, 0xD9]));
        assert_eq!(walk(&bytes[..found.end]), Ok(found), "what is behind it does not matter");
        assert!(walk(&bytes[..found.end - 1]).is_err());
    }
    let frame = Frame::prove(Captured::now(bytes.to_vec(), Format::Jpeg, Size::default()), 1);
    if let Ok(frame) = frame {
        // Whole is not always readable; but it is never a panic, and what is read has the size that was said.
        let points = frame.size().points().unwrap();
        if points <= 1 << 18 {
            assert!(frame.luma().is_ok_and(|luma| luma.points.len() == points) || frame.luma().is_err());
            assert!(frame.rgb().is_ok_and(|rgb| rgb.points.len() == points * 3) || frame.rgb().is_err());
        }
    }
}

fn framed(bytes: &[u8]) {
    for head in [Head::of_answer(bytes), Head::of_request(bytes)].into_iter().flatten().flatten() {
        let (head, length) = head;
        assert!(length <= bytes.len());
        let Ok(mut body) = Body::of_answer(&head) else { continue };
        let (mut out, rest) = (Vec::new(), &bytes[length..]);
        if let Ok(taken) = body.hear(rest, &mut out) {
            assert!(taken <= rest.len() && out.len() <= taken && (taken == rest.len() || body.is_over()));
        }
    }
}

fn told(bytes: &[u8]) {
    let (fields, now) = (Fields::read(bytes), Instant::now());
    let reads = hikvision::read(&fields, 100, now).map(|(read, _)| read).into_iter();
    for read in reads.chain(dahua::read(&fields, 255, now)).chain(dahua::pushed(&fields, 255, now)) {
        assert!(read.text.chars().any(char::is_alphanumeric) && !read.text.contains(char::is_control));
        assert!(read.confidence.is_none_or(|sure| sure <= 100));
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = (challenges(&text), Url::read(&text), Header::read(&mut &*bytes));
    for maker in [Maker::Hikvision, Maker::Dahua] {
        let mut gather = Gather::new(maker, 100);
        for part in parts(std::iter::once(bytes)) {
            gather.hear(part, now);
        }
        gather.end();
        while gather.next(now).is_some() {}
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        walked(&bytes);
        framed(&bytes);
        told(&bytes);
    }

    #[test]
    fn bytes_like_those_of_cameras(bytes in alike()) {
        walked(&bytes);
        framed(&bytes);
        told(&bytes);
    }

    #[test]
    fn pieces_do_not_matter(bytes in alike(), sizes in prop::collection::vec(1_usize..90, 1..8)) {
        prop_assert_eq!(parts(pieces(&bytes, &sizes)), parts(std::iter::once(bytes.as_slice())));
        let whole = |found: Vec<Vec<u8>>| found.into_iter().filter(|jpeg| walk(jpeg).is_ok()).collect::<Vec<_>>();
        prop_assert_eq!(whole(cuts(pieces(&bytes, &sizes))), whole(cuts(std::iter::once(bytes.as_slice()))));
    }

    #[test]
    fn a_flipped_byte_is_a_picture_or_none(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = jpeg();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        walked(&bytes);
    }

    #[test]
    fn any_bytes_of_any_size_are_uncompressed_pictures_or_none(
        bytes in prop::collection::vec(any::<u8>(), 0..200), width in 0_u32..12, height in 0_u32..12, way in 0_usize..5,
    ) {
        let format = [Format::Yuyv, Format::Grey, Format::Nv12, Format::I420, Format::Rgb][way];
        let size = Size::new(width, height);
        if let Ok(frame) = Frame::prove(Captured::now(bytes, format, size), 1) {
            prop_assert_eq!(frame.luma().unwrap().points.len(), (width * height) as usize);
            prop_assert_eq!(frame.rgb().unwrap().points.len(), (width * height * 3) as usize);
            prop_assert!(frame.preview(Size::new(3, 3)).is_ok());
        }
    }
}
