//! Both protocols make something or nothing of any bytes, however they are cut, and never half an answer.

use proptest::prelude::*;
use tameio_drivers::card::ecr::{self, Ecr, Form};
use tameio_drivers::card::intent::AMOUNT_MAX_CENTS;
use tameio_drivers::card::pipe::{self, Pipe};
use tameio_drivers::card::protocol::{Message, Protocol, Wrong};
use tameio_drivers::card::{MaskedPan, Word};

fn heard(protocol: &mut dyn Protocol, bytes: &[u8]) -> Vec<Result<Message, Wrong>> {
    bytes.iter().filter_map(|byte| protocol.hear(*byte)).collect()
}

/// Both protocols, as they leave the factory.
fn protocols() -> [Box<dyn Protocol>; 2] {
    [
        Box::new(Ecr::new(ecr::Settings::new(Form::A1098))),
        Box::new(Pipe::new(pipe::Settings { receipt_id: Some(17), ..pipe::Settings::default() })),
    ]
}

/// Something like an answer: the pieces that matter to one protocol or the other, mixed.
fn alike() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "(POS0110|MEL0101|ECR0210|R/S|/C00|/D|/M|/T|/P|E/|X/|A/S|:|/|\\|)".prop_map(String::into_bytes),
        "(\\|810\\|00|\\|210\\|00\\|00|\\|710\\|00|\\|500|~RRN:|-?[0-9]{1,20}(\\.[0-9]{0,3})?)"
            .prop_map(String::into_bytes),
        "[0-9]{4}\\|".prop_map(String::into_bytes),
        (0_u8..120).prop_map(|length| vec![0, length]),
        prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Whether any row of digits in a text is long enough to be a card number.
fn shows_a_number(text: &str) -> bool {
    let row = |sign: &char| sign.is_ascii_digit() || matches!(sign, ' ' | '-' | '.');
    let signs: Vec<char> = text.chars().collect();
    signs.split(|sign| !row(sign)).any(|row| row.iter().filter(|sign| sign.is_ascii_digit()).count() >= 13)
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for mut protocol in protocols() {
            let said = heard(protocol.as_mut(), &bytes);
            // Wrong lasts.
            let first_wrong = said.iter().position(|said| *said == Err(Wrong)).unwrap_or(said.len());
            prop_assert!(said[first_wrong..].iter().all(|said| *said == Err(Wrong)));
        }
    }

    #[test]
    fn bytes_like_answers(bytes in alike()) {
        for mut protocol in protocols() {
            for message in heard(protocol.as_mut(), &bytes).into_iter().flatten() {
                if let Message::Result(answer) | Message::Last(answer) = message {
                    prop_assert!(answer.approval.is_none_or(|approval| approval.amount_cents <= AMOUNT_MAX_CENTS));
                }
            }
        }
    }

    /// A frame whose tail is cut off says nothing; the whole one says one thing.
    #[test]
    fn any_cut(body in "R/S[0-9]{6}/C00/D[A-Z]{4}:01:[0-9]{16}:[0-9]{1,9}(:[0-9A-Z]{1,12}){12}", cut in 0.0..1.0_f64) {
        let frame = ecr::frame("POS", "0110", &body);
        let rest = pipe::frame(&["000001", "210", "00", "00", &body.replace('|', "")]);
        for (mut protocol, bytes) in protocols().into_iter().zip([frame, rest]) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let end = (bytes.len() as f64 * cut) as usize;
            prop_assert_eq!(heard(protocol.as_mut(), &bytes[..end]), vec![]);
            let whole = heard(protocol.as_mut(), &bytes[end..]);
            prop_assert!(matches!(whole.as_slice(), [Ok(Message::Result(_))]), "{:?}", whole);
        }
    }

    #[test]
    fn any_text_as_a_body(body in "\\PC{0,60}") {
        let _ = ecr::parse(&body);
        let _ = pipe::parse(&body, &pipe::Settings::default());
    }

    #[test]
    fn no_number_survives(text in "(\\PC{0,12}|[0-9 .-]{0,40}|[0-9*xX•]{0,24}){0,4}") {
        prop_assert!(!shows_a_number(Word::new(&text).as_str()), "{}", Word::new(&text));
        if let Some(pan) = MaskedPan::new(&text) {
            let digits = pan.as_str().bytes().filter(u8::is_ascii_digit).count();
            prop_assert!(digits <= 10 && !shows_a_number(pan.as_str()), "{pan}");
        }
    }
}
