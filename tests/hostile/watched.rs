//! Bytes of card terminals and cameras, as `parsers` has those of everything else.

#![allow(unreachable_pub, reason = "the fuzzer is another crate, and names them")]

use super::parsers::Parser;
use std::time::Instant;
use tameio_drivers::camera::cut::Cut;
use tameio_drivers::camera::http::auth::challenges;
use tameio_drivers::camera::http::body::Body;
use tameio_drivers::camera::http::{Head, Multipart, Url};
use tameio_drivers::camera::jpeg::walk;
use tameio_drivers::camera::plates::fields::Fields;
use tameio_drivers::camera::plates::{dahua, hikvision};
use tameio_drivers::camera::y4m::Header;
use tameio_drivers::camera::{Captured, Format, Frame, Size};
use tameio_drivers::card::ecr::{self, Ecr, Form};
use tameio_drivers::card::intent::AMOUNT_MAX_CENTS;
use tameio_drivers::card::pipe::{self, Pipe};
use tameio_drivers::card::protocol::{Message, Protocol};

/// All of them.
pub const PARSERS: [Parser; 3] = [("card", card), ("picture", picture), ("camera", camera)];

/// What a card terminal says, in either language: no amount beyond what it can be asked for, and no card number.
pub fn card(bytes: &[u8]) {
    let protocols: [Box<dyn Protocol>; 2] = [
        Box::new(Ecr::new(ecr::Settings::new(Form::A1098))),
        Box::new(Pipe::new(pipe::Settings { receipt_id: Some(17), ..pipe::Settings::default() })),
    ];
    for mut protocol in protocols {
        for message in bytes.iter().filter_map(|byte| protocol.hear(*byte)).flatten() {
            let (Message::Result(answer) | Message::Last(answer)) = message else { continue };
            if let Some(approval) = answer.approval {
                assert!(approval.amount_cents <= AMOUNT_MAX_CENTS);
                let shown = approval.pan.iter().map(|pan| pan.as_str()).collect::<String>();
                assert!(shown.chars().filter(char::is_ascii_digit).count() <= 10, "{shown}");
            }
        }
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = (ecr::parse(&text), pipe::parse(&text, &pipe::Settings::default()));
}

/// A picture from a camera: whole and cut at its own end, or none; and what is whole has the points it says.
pub fn picture(bytes: &[u8]) {
    if let Ok(found) = walk(bytes) {
        assert!(bytes[..found.end].ends_with(&[0xFF, 0xD9]));
        assert_eq!(walk(&bytes[..found.end]), Ok(found), "what is behind it does not matter");
    }
    if let Ok(frame) = Frame::prove(Captured::now(bytes.to_vec(), Format::Jpeg, Size::default()), 1)
        && let Some(points) = frame.size().points().filter(|points| *points <= 1 << 16)
    {
        assert!(frame.luma().is_err() || frame.luma().is_ok_and(|luma| luma.points.len() == points));
    }
    let mut cut = Cut::default();
    cut.hear(bytes);
    let mut left = bytes.len();
    // Broken ones are given too, to be counted; but nothing is given twice.
    while let Some(picture) = cut.picture() {
        assert!(picture.starts_with(&[0xFF, 0xD8]) && picture.len() <= left);
        left -= picture.len();
    }
    let mut rest = bytes;
    let _ = Header::read(&mut rest);
}

/// What a camera in the network says: heads, bodies, parts, events with plates in three kinds of writing.
pub fn camera(bytes: &[u8]) {
    for head in [Head::of_answer(bytes), Head::of_request(bytes)].into_iter().flatten().flatten() {
        let (head, length) = head;
        assert!(length <= bytes.len());
        if let Ok(mut body) = Body::of_answer(&head) {
            let mut out = Vec::new();
            if let Ok(taken) = body.hear(&bytes[length..], &mut out) {
                assert!(taken <= bytes.len() - length);
            }
        }
    }
    if let Some(mut parts) = Multipart::with_boundary("box") {
        parts.hear(bytes);
        while let Ok(Some(part)) = parts.part() {
            assert!(part.body.len() <= bytes.len());
        }
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = (challenges(&text), Url::read(&text));
    #[allow(
        clippy::disallowed_methods,
        reason = "a reading carries the instant it came at, whichever that is"
    )]
    let now = Instant::now();
    let fields = Fields::read(bytes);
    let reads = hikvision::read(&fields, 100, now).map(|(read, _)| read).into_iter();
    for read in reads.chain(dahua::read(&fields, 255, now)).chain(dahua::pushed(&fields, 255, now)) {
        assert!(read.text.chars().any(char::is_alphanumeric) && !read.text.contains(char::is_control));
        assert!(read.confidence.is_none_or(|percent| percent <= 100));
    }
}
