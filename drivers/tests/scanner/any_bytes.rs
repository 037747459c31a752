//! Whatever bytes come, something or nothing is made of them.

use proptest::prelude::*;
use tameio_drivers::scanner::frames::Frames;
use tameio_drivers::scanner::hid_pos::HidPos;
use tameio_drivers::scanner::keys::{KeySettings, Keys, events};
use tameio_drivers::scanner::{Content, Reader, Scan, gs1};
use tameio_drivers::supervisor::identity::has_usage_page;

fn plain(scan: &Scan) {
    assert!(!scan.text.contains(char::is_control) && scan.text.len() <= 3 * 4096);
    assert_eq!(scan.data.replace('\u{1d}', ""), scan.text);
}

proptest! {
    #[test]
    fn key_events(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let mut keys = Keys::new(KeySettings::default());
        events(&bytes).filter_map(|event| keys.hear(event)).for_each(|scan| plain(&scan));
        keys.flush().iter().for_each(plain);
        prop_assert!(!keys.is_waiting());
    }

    #[test]
    fn keys_of_a_keyboard(codes in prop::collection::vec((0..130_u16, 0..3_i32), 0..300)) {
        let mut keys = Keys::new(KeySettings::default());
        for (code, value) in codes {
            let event = tameio_drivers::scanner::keys::KeyEvent { kind: 1, code, value, at_ms: 0 };
            keys.hear(event).iter().for_each(plain);
        }
    }

    #[test]
    fn reports(reports in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..70), 0..20), first in 0..4_u8) {
        let mut pos = HidPos::default();
        for (at, mut report) in reports.into_iter().enumerate() {
            if let Some(number) = report.first_mut() {
                *number = first;
            }
            pos.hear(&report, u64::try_from(at).unwrap()).iter().for_each(plain);
        }
    }

    #[test]
    fn lines(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let mut frames = Frames::default();
        bytes.iter().filter_map(|byte| frames.hear(*byte, 0)).for_each(|scan| plain(&scan));
        frames.flush(0).iter().for_each(plain);
    }

    #[test]
    fn codes(text in prop_oneof!["\\PC{0,60}", "[0-9]{0,40}", "(01|10|17|3103|392[0-9]|[0-9]{2}|\u{1d}|A){0,12}",
        "https?://[a-z]{0,5}/(01/[0-9]{8,14}|10/%?[0-9A-F]{0,3}|/|x){0,4}"]) {
        let scan = Scan::of(&text, 0);
        plain(&scan);
        let _ = Reader::default().recognise(&scan);
        let elements = gs1::parse(&scan.data);
        // Nothing is lost: fields and rest are the code without its separators.
        let whole: String = elements.list.iter().map(|field| format!("{}{}", field.ai, field.value)).collect();
        prop_assert_eq!(&(whole + &elements.rest).replace('\u{1d}', ""), &scan.text);
        if let Content::Gs1(elements) = Reader::default().recognise(&scan) {
            let _ = (elements.gtin(), elements.net_weight(), elements.price_cents(), elements.count(), elements.day("17"));
        }
    }

    #[test]
    fn descriptors(bytes in prop::collection::vec(any::<u8>(), 0..200), page in any::<u8>()) {
        let _ = has_usage_page(&bytes, page);
    }
}

#[test]
fn a_usage_page_is_found_in_its_descriptor() {
    // Of a scale: usage page 0x8D, usage 0x20, application.
    assert!(has_usage_page(&[0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01], 0x8D));
    assert!(has_usage_page(&[0x09, 0x8D, 0x06, 0x8C, 0x00], 0x8C));
    // A maker's own page that only looks alike, a usage of that number, and a cut one.
    assert!(!has_usage_page(&[0x06, 0x8C, 0xFF], 0x8C));
    assert!(!has_usage_page(&[0x09, 0x8D], 0x8D));
    assert!(!has_usage_page(&[0x05], 0x8D));
    assert!(has_usage_page(&[0xFE, 1, 0, 0x05, 0x05, 0x8D], 0x8D));
}
