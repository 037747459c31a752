//! Codes in pictures: a camera instead of a scanner.

use rxing::BarcodeFormat;

use super::{Scan, Symbology};
use crate::camera::Frame;

/// Reads one code in a camera's picture. None when there is none, or the picture cannot be decoded.
#[must_use]
pub fn read_frame(frame: &Frame, at_ms: u64) -> Option<Scan> {
    let luma = frame.luma().ok()?;
    read(&luma.points, luma.size.width, luma.size.height, at_ms)
}

/// Reads one code in a grey picture, a byte a point, row by row. None when there is none, or the picture is not as large as
/// it says. Takes some milliseconds for 1280 × 720 in a release build: enough for every third picture of a camera.
#[must_use]
pub fn read(grey: &[u8], width: u32, height: u32, at_ms: u64) -> Option<Scan> {
    let points = usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?;
    if points == 0 || points != grey.len() {
        return None;
    }
    let found = rxing::helpers::detect_in_luma_slice(grey, width, height, None).ok()?;
    let scan = Scan::of(found.getText(), at_ms);
    Some(Scan { symbology: scan.symbology.or_else(|| kind(*found.getBarcodeFormat())), ..scan })
}

const fn kind(format: BarcodeFormat) -> Option<Symbology> {
    match format {
        BarcodeFormat::QR_CODE | BarcodeFormat::MICRO_QR_CODE => Some(Symbology::Qr),
        BarcodeFormat::DATA_MATRIX => Some(Symbology::DataMatrix),
        BarcodeFormat::EAN_13 | BarcodeFormat::UPC_A | BarcodeFormat::UPC_E => Some(Symbology::Ean13),
        BarcodeFormat::EAN_8 => Some(Symbology::Ean8),
        BarcodeFormat::CODE_128 => Some(Symbology::Code128),
        BarcodeFormat::CODE_39 => Some(Symbology::Code39),
        BarcodeFormat::CODE_93 => Some(Symbology::Code93),
        BarcodeFormat::CODABAR => Some(Symbology::Codabar),
        BarcodeFormat::ITF => Some(Symbology::Itf),
        _ => None,
    }
}
