//! Codes in pictures.

use qrcodegen::{QrCode, QrCodeEcc};
use tameio_drivers::camera::{Captured, Format, Frame, Size};
use tameio_drivers::scanner::{Symbology, picture};

/// A QR code in the middle of a white picture, so many points a module.
fn drawn(text: &str, points: usize) -> (Vec<u8>, u32) {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
    let modules = usize::try_from(code.size()).unwrap() + 8;
    let side = modules * points;
    let dark = |at: usize| {
        let module = |at: usize| i32::try_from(at / points).unwrap() - 4;
        code.get_module(module(at % side), module(at / side))
    };
    let grey = (0..side * side).map(|at| if dark(at) { 20 } else { 230 }).collect();
    (grey, u32::try_from(side).unwrap())
}

#[test]
fn a_qr_code_is_read() {
    for (text, points) in [("T7K3Q-000123.0G4T1M2P", 3), ("https://example.org/Πλύσιμο", 5)] {
        let (grey, side) = drawn(text, points);
        let scan = picture::read(&grey, side, side, 9).unwrap();
        assert_eq!((scan.text.as_str(), scan.symbology, scan.at_ms), (text, Some(Symbology::Qr), 9));
    }
}

/// As a camera sends it: grey, or with colours between the points of light.
#[test]
fn a_qr_code_is_read_in_a_cameras_picture() {
    let (grey, side) = drawn("T7K3Q-000123.0G4T1M2P", 4);
    let size = Size::new(side, side);
    let yuyv: Vec<u8> = grey.iter().flat_map(|light| [*light, 128]).collect();
    for (bytes, format) in [(grey, Format::Grey), (yuyv, Format::Yuyv)] {
        let frame = Frame::prove(Captured::now(bytes, format, size), 1).unwrap();
        let scan = picture::read_frame(&frame, 9).unwrap();
        assert_eq!((scan.text.as_str(), scan.at_ms), ("T7K3Q-000123.0G4T1M2P", 9), "{format:?}");
    }
}

#[test]
fn a_picture_without_a_code_or_of_another_size_has_none() {
    assert_eq!(picture::read(&[230; 64 * 64], 64, 64, 0), None);
    assert_eq!(picture::read(&[0; 10], 64, 64, 0), None);
    assert_eq!(picture::read(&[], 0, 0, 0), None);
    let noise: Vec<u8> =
        (0..128_u32 * 128).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    assert_eq!(picture::read(&noise, 128, 128, 0), None);
}
