//! Frames as the makers' papers and packet traces give them.

use tameio_drivers::scale::protocol::Heard;
use tameio_drivers::scale::{Basis, Kind, Reading};

use super::{heard, kilograms, weight};

fn reading(kind: Kind, bytes: &[u8]) -> Reading {
    match heard(kind, bytes) {
        Some(Heard::Reading(reading)) => reading,
        other => panic!("{kind:?}: {other:?} is no reading of {}", bytes.escape_ascii()),
    }
}

fn wrong(kind: Kind, bytes: &[u8]) {
    let heard = heard(kind, bytes);
    assert!(matches!(heard, Some(Heard::Wrong) | None), "{kind:?}: {heard:?} of {}", bytes.escape_ascii());
}

#[test]
fn mettler_8217() {
    let kind = Kind::Mettler8217;
    assert_eq!(weight(heard(kind, b"\x0201.234\r")), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, b"\x0201234\r")), kilograms(1234, 3), "without its point");
    let Reading::Stable(net) = reading(kind, b"\x0200.500N\r") else { panic!("at rest") };
    assert_eq!(net.basis, Basis::Net);
    for (status, wanted) in [
        (b'a', Reading::Moving),
        (b'b', Reading::Overload),
        (b'd', Reading::Negative),
        (b'h', Reading::Zero),
        (b'i', Reading::Moving),
        (b'e', Reading::Negative),
    ] {
        assert_eq!(reading(kind, &[2, b'?', status, b'\r']), wanted, "{}", char::from(status));
    }
    for bytes in [&b"\x02-1.234\r"[..], b"\x02E\r", b"\x02\r", b"01.234\r", b"\x0201.2.4\r", b"\x02 1.234 \r"]
    {
        wrong(kind, bytes);
    }
    assert_eq!(weight(heard(kind, b"\x0299\x0201.234\r")), kilograms(1234, 3), "cut off and begun again");
}

#[test]
fn mt_sics() {
    let kind = Kind::MtSics;
    assert_eq!(weight(heard(kind, b"S S      1.234 kg\r\n")), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, b"S S      1.234 Kg\r\n")), kilograms(1234, 3));
    assert_eq!(reading(kind, b"S D      1.234 kg\r\n"), Reading::Moving);
    assert_eq!(reading(kind, b"S I\r\n"), Reading::Moving);
    assert_eq!(reading(kind, b"S +\r\n"), Reading::Overload);
    assert_eq!(reading(kind, b"S -\r\n"), Reading::Negative);
    assert_eq!(reading(kind, b"S S     -0.002 kg\r\n"), Reading::Negative);
    assert_eq!(reading(kind, b"S S     -0.000 kg\r\n"), Reading::Zero);
    for bytes in [&b"ES\r\n"[..], b"S S 1.234\r\n", b"S S 1.234 pcs\r\n", b"S S kg\r\n", b"T S 1.234 kg\r\n"]
    {
        wrong(kind, bytes);
    }
}

/// The verified example, and everything one bit away from it.
#[test]
fn cas_is_checked_to_the_bit() {
    let kind = Kind::Cas;
    let ask: &[u8] = &[0x06];
    let frame = [0x01, 0x02, 0x53, 0x20, 0x30, 0x31, 0x2E, 0x32, 0x33, 0x34, 0x6B, 0x67, 0x65, 0x03, 0x04];
    assert_eq!(weight(heard(kind, &[ask, &frame].concat())), kilograms(1234, 3));
    for place in 0..frame.len() {
        for bit in 0..8 {
            let mut damaged = frame;
            damaged[place] ^= 1 << bit;
            let heard = heard(kind, &[ask, &damaged].concat());
            assert!(!matches!(heard, Some(Heard::Reading(Reading::Stable(_)))), "{place}.{bit}: {heard:?}");
        }
    }
    assert_eq!(reading(kind, &[0x15]), Reading::Moving, "not ready");
    wrong(kind, &frame);
}

#[test]
fn cas_in_22_characters() {
    let kind = Kind::CasStream;
    let frame = |state: &str, lamp: u8, weight: &str| {
        [state.as_bytes(), b",GS,", &[0x31, lamp], b",", weight.as_bytes(), b" kg\r\n"].concat()
    };
    assert_eq!(frame("ST", 0x40, "+  1.234").len(), 22);
    assert_eq!(weight(heard(kind, &frame("ST", 0x40, "+  1.234"))), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, &frame("ST", 0x40, "   1.234"))), kilograms(1234, 3));
    assert_eq!(
        reading(kind, &frame("ST", 0x50, "+  1.234")),
        Reading::Moving,
        "a held value is not this moment's"
    );
    assert_eq!(reading(kind, &frame("US", 0, "+  1.234")), Reading::Moving);
    assert_eq!(reading(kind, &frame("OL", 0, "+  1.234")), Reading::Overload);
    assert_eq!(reading(kind, &frame("ST", 0x40, "-  1.234")), Reading::Negative);
    // A lamp that looks like the end of a line, and a frame whose beginning was missed.
    assert_eq!(weight(heard(kind, &frame("ST", 0x0D, "+  1.234"))), kilograms(1234, 3));
    let cut = [&frame("ST", 0x40, "+ 11.234")[12..], &frame("ST", 0x40, "+  1.234")].concat();
    assert_eq!(weight(heard(kind, &cut)), kilograms(1234, 3));
    wrong(kind, &b"00001234\r\n".repeat(8));
}

#[test]
fn nci() {
    let kind = Kind::Nci;
    assert_eq!(weight(heard(kind, b"\n01.234KG\r\nS00\r\x03")), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, b"\n01.234KG\r\n00\r\x03")), kilograms(1234, 3), "NCI general");
    for (answer, wanted) in [
        (&b"\nS10\r\x03"[..], Reading::Moving),
        (b"\nS20\r\x03", Reading::Zero),
        (b"\nS30\r\x03", Reading::Moving),
        (b"\nS01\r\x03", Reading::Negative),
        (b"\nS02\r\x03", Reading::Overload),
        (b"\nS40\r\x03", Reading::Defect),
        (b"\nS08\r\x03", Reading::Defect),
        (b"\n^^^^^^\r\nS00\r\x03", Reading::Overload),
        (b"\n______\r\nS00\r\x03", Reading::Negative),
        (b"\n---------\r\nS00\r\x03", Reading::NeedsZero),
        (b"\n-01.234kg\r\nS00\r\x03", Reading::Negative),
        (b"\n01.234KG\r\nS0p8\r\x03", Reading::NeedsZero),
    ] {
        let answer: Vec<u8> = match answer {
            // The first byte is bits, not digits: 1 is motion, 2 zero, 4 memory.
            [b'\n', b'S', first @ b'1'..=b'4', rest @ ..] => {
                [b"\nS", &[0x30 | (first - b'0')][..], rest].concat()
            }
            other => other.to_vec(),
        };
        assert_eq!(reading(kind, &answer), wanted, "{}", answer.escape_ascii());
    }
    for bytes in [&b"\n?\r\x03"[..], b"\n01.234KG\r\x03", b"\nS00\r\x03", b"\n01.234XX\r\nS00\r\x03"] {
        wrong(kind, bytes);
    }
}

#[test]
fn dollar() {
    let kind = Kind::Dollar;
    let frame = |state: char, weight: &str| format!("\x02{state}{weight}\r\x03").into_bytes();
    assert_eq!(weight(heard(kind, &frame('A', "0001.234"))), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, &frame('B', "0001.234"))), kilograms(1234, 3));
    // Others look for capital letters only and miss these.
    for state in ['!', '"', ')', '*'] {
        assert_eq!(reading(kind, &frame(state, "0001.234")), Reading::Moving, "{state}");
    }
    for state in ['I', 'J'] {
        assert_eq!(reading(kind, &frame(state, "0000.000")), Reading::Zero, "{state}");
    }
    assert_eq!(reading(kind, &frame('A', "--------")), Reading::Overload);
    assert_eq!(reading(kind, &frame('B', "-001.234")), Reading::Negative);
    for bytes in
        [frame('C', "0001.234"), frame('P', "0001.234"), frame('A', "001.234"), frame('A', "        ")]
    {
        wrong(kind, &bytes);
    }
    let kind = Kind::DollarB;
    assert_eq!(weight(heard(kind, b"001.234\r")), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, b"0001234\r")), kilograms(1234, 3));
    assert_eq!(reading(kind, b"AAAAAAA\r"), Reading::Overload);
    for bytes in [&b"01.234\r"[..], b"0001.234\r", b"-01.234x\r"] {
        wrong(kind, bytes);
    }
}

#[test]
fn dialog_without_its_checksum() {
    let kind = Kind::Dialog;
    let after_price = b"\x06\x0202\x1b3\x1b01234\x1b000000\x1b000000\x03";
    assert_eq!(weight(heard(kind, after_price)), kilograms(1234, 3));
    assert!(matches!(heard(kind, b"\x06"), Some(Heard::Say(bytes)) if bytes == [4, 5]));
    assert!(matches!(heard(kind, b"\x06\x15"), Some(Heard::Say(bytes)) if bytes == b"\x04\x0208\x03"));
    for (why, wanted) in [
        ("20", Reading::Moving),
        ("21", Reading::Moving),
        ("30", Reading::Zero),
        ("31", Reading::Negative),
        ("32", Reading::Overload),
    ] {
        assert_eq!(reading(kind, format!("\x06\x15\x0209\x1b{why}\x03").as_bytes()), wanted, "{why}");
    }
    // It is asked again three times, and then it is moving.
    let unfinished = b"\x15\x0209\x1b22\x03".repeat(4);
    assert_eq!(reading(kind, &[b"\x06", &unfinished[..]].concat()), Reading::Moving);
    assert!(matches!(heard(kind, b"\x06\x0211\x1b47\x03"), Some(Heard::Unsupported(_))));
    // Another price, another unit, a figure too few.
    for record in [
        "02\x1b3\x1b01234\x1b000100\x1b000123",
        "02\x1b0\x1b01234\x1b000000\x1b000000",
        "02\x1b3\x1b1234\x1b000000\x1b000000",
    ] {
        wrong(kind, format!("\x06\x02{record}\x03").as_bytes());
    }
}

#[test]
fn tpv4() {
    let kind = Kind::Tpv4;
    let greeting = b"\x06\x06\x02";
    assert_eq!(weight(heard(kind, &[greeting, &b"01234000000000000\r\n"[..]].concat())), kilograms(1234, 3));
    assert_eq!(reading(kind, &[greeting, &b"XXXXX000000000000\r\n"[..]].concat()), Reading::Moving);
    wrong(kind, &[greeting, &b"01234000990000000\r\n"[..]].concat());
    wrong(kind, &[greeting, &b"01234000000000001\r\n"[..]].concat());
}

#[test]
fn ohaus_and_its_question_mark() {
    let kind = Kind::Ohaus;
    assert_eq!(weight(heard(kind, b"     1.234 kg\r\n")), kilograms(1234, 3));
    assert_eq!(weight(heard(kind, b"     1.234 kg   N\r\n")), kilograms(1234, 3));
    assert_eq!(reading(kind, b"     1.234 kg ?\r\n"), Reading::Moving);
    assert_eq!(reading(kind, b"     1.234 kg ? G\r\n"), Reading::Moving);
    assert_eq!(reading(kind, b"-    1.234 kg\r\n"), Reading::Negative);
    for bytes in [&b"ES\r\n"[..], b"1.234\r\n", b"1.234 kg PT\r\n", b"1.234 PCS\r\n"] {
        wrong(kind, bytes);
    }
}

#[test]
fn and_in_grams() {
    use tameio_drivers::scale::{Unit, Weight};
    let kind = Kind::And;
    assert_eq!(weight(heard(kind, b"ST,+00012.34  g\r\n")), Weight::new(1234, 2, Unit::Gram).unwrap());
    assert_eq!(reading(kind, b"US,+00012.34  g\r\n"), Reading::Moving);
    assert_eq!(reading(kind, b"ST,-00012.34  g\r\n"), Reading::Negative);
    assert_eq!(reading(kind, b"OL,+9999999E+19\r\n"), Reading::Overload);
    wrong(kind, b"QT,+00000012 PC\r\n");
}

#[test]
fn a_generic_line() {
    let kind = Kind::Stream;
    // The first line may have been cut off at its front.
    let line = |text: &str| format!("4kg\r\n{text}\r\n").into_bytes();
    for text in ["ST,GS,+  1.234kg", "S,1.234 kg", "ST,NT,   1.234", "ST,+01234"] {
        assert_eq!(weight(heard(kind, &line(text))), kilograms(1234, 3), "{text}");
    }
    assert_eq!(reading(kind, &line("US,GS,+  1.234kg")), Reading::Moving);
    assert_eq!(reading(kind, &line("OL,GS,+  1.234kg")), Reading::Overload);
    assert_eq!(reading(kind, &line("ST,GS,-  1.234kg")), Reading::Negative);
    // A word nobody knows, or none: it is not known to be at rest.
    assert_eq!(reading(kind, &line("XX,GS,+  1.234kg")), Reading::Moving);
    assert_eq!(reading(kind, &line("00001234")), Reading::Moving);
    for text in ["ST,TR,+  1.234kg", "ST", "ST,GS", "ST,GS,1.234kg,7", "ST,GS,1.234stone"] {
        wrong(kind, &line(text));
    }
    wrong(kind, b"ST,GS,+  1.234kg\r\n");
}
