//! Every language makes something or nothing of any bytes, and never half a weight.

use proptest::prelude::*;
use tameio_drivers::scale::hid::read_report;
use tameio_drivers::scale::protocol::Heard;
use tameio_drivers::scale::{Kind, Options, Reading, Weight};

/// What a language hears in bytes that come in pieces of any size: nothing depends on the pieces, so it is one.
fn heard(kind: Kind, bytes: &[u8]) -> Vec<Heard> {
    let mut protocol = kind.protocol(&Options::default());
    protocol.ask();
    bytes.iter().map(|byte| protocol.hear(*byte)).collect()
}

/// Something like an answer: the bytes that matter to one language or another, mixed.
fn alike() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![0x01_u8, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0A, 0x0D, 0x11, 0x15, 0x18, 0x1B])
            .prop_map(|byte| vec![byte]),
        "[0-9]{1,6}(\\.[0-9]{1,3})?".prop_map(String::into_bytes),
        "(ST|US|OL|S S|S D|S I|S|N|G|\\?| |,|-|\\+|kg|KG|GS|NT|XXXXX|02|09|11|A|!)"
            .prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn total(bytes: &[u8]) {
    for kind in Kind::ALL {
        for heard in heard(kind, bytes) {
            if let Heard::Reading(Reading::Stable(load)) = heard {
                assert!(load.weight.digits() > 0);
                let digits = load.weight.digits().to_string();
                let written: String =
                    bytes.iter().filter(|byte| byte.is_ascii_digit()).map(|b| char::from(*b)).collect();
                assert!(
                    written.contains(&digits),
                    "{kind:?}: {digits} was never said in {}",
                    bytes.escape_ascii()
                );
            }
        }
    }
    if let Some(weight) = read_report(bytes).as_ref().and_then(Reading::weight) {
        assert!(
            bytes[1] == 4 && Weight::new(weight.digits(), weight.decimals(), weight.unit()) == Some(weight)
        );
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        total(&bytes);
    }

    #[test]
    fn bytes_like_answers(bytes in alike()) {
        total(&bytes);
    }
}
