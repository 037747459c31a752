//! Bytes of all kinds: a picture or a sentence, and no plate where there is none.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tameio_drivers::plate_reader::file::Photo;
use tameio_drivers::plate_reader::picture::Picture;

use super::reader;

/// A drawn plate, GR, as a JPEG.
const JPEG: &[u8] = include_bytes!("plate.jpg");

fn refused(bytes: &[u8]) -> String {
    Photo::decode(bytes).err().map(|fault| fault.to_string()).unwrap_or_default()
}

fn png(width: u32, height: u32, points: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap_or_else(|fault| panic!("{fault}"));
    writer.write_image_data(points).unwrap_or_else(|fault| panic!("{fault}"));
    drop(writer);
    out
}

#[test]
fn a_picture_is_known_by_its_bytes() {
    let photo = Photo::decode(JPEG).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(photo.picture().width() > 100);
    let points: Vec<u8> = (0..64 * 32).map(|at| (at % 251) as u8).collect();
    let photo = Photo::decode(&png(64, 32, &points)).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(photo.picture().points(), points);
}

#[test]
fn other_kinds_are_named() {
    for (bytes, word) in [
        (&b"GIF89a\x01\x00\x01\x00"[..], "a GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP"),
        (b"BM\x00\x00", "a BMP"),
        (b"", "empty"),
        (b"#!/bin/sh\n", "something else"),
        (b"\xff\xd8", "something else"),
    ] {
        let said = refused(bytes);
        assert!(said.contains(word) && said.contains("JPEG or PNG"), "{said}");
    }
}

#[test]
fn a_hundred_megapixels_are_refused_before_they_are_made() {
    let mut large = png(8, 8, &[0; 64]);
    large[16..24].copy_from_slice(&[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
    let mut checked = b"IHDR".to_vec();
    checked.extend_from_slice(&large[16..29]);
    let sum = crc(&checked);
    large[29..33].copy_from_slice(&sum.to_be_bytes());
    let said = refused(&large);
    assert!(said.contains("10000×10000"), "{said}");
    let mut jpeg = JPEG.to_vec();
    let frame =
        jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap_or_else(|| panic!("a baseline JPEG"));
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    let said = refused(&jpeg);
    assert!(said.contains("10000×10000"), "{said}");
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn a_picture_cut_short_is_a_sentence() {
    assert!(refused(&JPEG[..JPEG.len() / 2]).contains("damaged or cut short"));
    let whole = png(64, 64, &[7; 64 * 64]);
    assert!(refused(&whole[..whole.len() / 2]).contains("damaged or cut short"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_bytes_and_any_damage_end(cut in 0..JPEG.len(), at in 0..JPEG.len(), with in any::<u8>()) {
        let mut bytes = JPEG[..cut].to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte = with;
        }
        let _ = Photo::decode(&bytes);
    }
}

/// The light at a point.
type Face = dyn Fn(usize, usize) -> u8;

#[test]
fn where_there_is_no_plate_nothing_is_read() {
    let reader = reader();
    let ramp = |x: usize, y: usize| ((x + y) * 255 / 2000) as u8;
    let bars = |x: usize, _: usize| [40, 210][x / 20 % 2];
    let noise = |x: usize, y: usize| ((x * 7919 + y * 104_729) ^ (x * y * 31)) as u8;
    let faces: [(&str, &Face); 5] =
        [("black", &|_, _| 0), ("white", &|_, _| 255), ("a ramp", &ramp), ("bars", &bars), ("noise", &noise)];
    for (name, face) in faces {
        for (width, height) in [(1, 1), (9, 700), (2000, 3), (1280, 720)] {
            let points: Vec<u8> = (0..width * height).map(|at| face(at % width, at / width)).collect();
            let picture = Picture::new(width, height, &points).unwrap_or_else(|| panic!("a picture"));
            let started = Instant::now();
            let sight = reader.read(picture);
            assert_eq!(sight.plates, [], "{name} {width}×{height}");
            assert!(started.elapsed() < Duration::from_secs(10), "{name}: {:?}", started.elapsed());
        }
    }
}
