//! Text cannot command a printer.

use proptest::prelude::*;
use tameio_drivers::printer::sheet::{CodeError, TEXT_CHARS_MAX, wrap};
use tameio_drivers::printer::{
    Align, Code128Text, Item, Language, Line, PaperReader, Printable, QrText, Sheet, Style, encode,
};

use crate::profile;

#[test]
fn commands_typed_as_a_name_stay_a_name() {
    assert_eq!(Printable::new("Νίκος\u{1B}@\u{1D}V\0\u{10}\u{14}\u{1}").as_str(), "Νίκος@V");
    assert_eq!(Printable::new("α\u{202E}β\u{200B}γ\u{FEFF}δ\u{85}ε\u{9B}ζ\u{7F}").as_str(), "αβγδ εζ");
    assert_eq!(Printable::new("δύο\nγραμμές\tκαι\u{2028}τρεις").as_str(), "δύο γραμμές και τρεις");
}

#[test]
fn text_is_composed_and_has_an_end() {
    assert_eq!(Printable::new("α\u{301}").as_str(), "ά");
    assert_eq!(
        Printable::new("ξ\u{301}\u{301}").as_str(),
        "ξ",
        "an accent with no letter to sit on is dropped"
    );
    assert_eq!(Printable::new(&"ω".repeat(5000)).columns(), TEXT_CHARS_MAX);
}

#[test]
fn codes_refuse_what_they_cannot_hold() {
    assert_eq!(QrText::new(""), Err(CodeError::Empty));
    assert_eq!(QrText::new("a\u{10}b"), Err(CodeError::Character('\u{10}')));
    assert_eq!(QrText::new(&"a".repeat(2332)), Err(CodeError::TooLong { given: 2332, max: 2331 }));
    assert_eq!(Code128Text::new("Ω1"), Err(CodeError::Character('Ω')));
    assert!(Code128Text::new(&"1".repeat(81)).is_err());
}

#[test]
fn long_lines_break_at_words() {
    assert_eq!(wrap("Εξωτερικό πλύσιμο με κερί", 18), ["Εξωτερικό πλύσιμο", "με κερί"]);
    assert_eq!(wrap("ένα  δύο", 4), ["ένα", "δύο"]);
    assert_eq!(wrap("  εσοχή εδώ", 8), ["  εσοχή", "εδώ"]);
    assert_eq!(wrap("Κωνσταντινουπολίτισσα", 10), ["Κωνσταντιν", "ουπολίτισσ", "α"]);
    assert_eq!(wrap("", 10), [""]);
    assert_eq!(wrap("αβ", 0), ["α", "β"]);
}

proptest! {
    #[test]
    fn nothing_printable_has_a_control_character(text in any::<String>()) {
        let clean = Printable::new(&text);
        prop_assert!(clean.as_str().chars().all(|c| !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}')), "{:?}", clean);
        prop_assert_eq!(Printable::new(clean.as_str()), clean, "cleaning twice changes nothing");
    }

    #[test]
    fn wrapping_loses_no_letter(text in "[α-ω ]{0,80}", columns in 1usize..50) {
        let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        let lines = wrap(&text, columns);
        prop_assert!(lines.iter().all(|line| line.chars().count() <= columns));
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
    }

    /// Whatever the text, an independent walk over the bytes finds only the commands the encoder uses for text, and
    /// outside pictures no byte that is not one of them, a letter, or an end of line.
    #[test]
    fn any_text_becomes_letters_or_pictures_and_nothing_else(
        text in any::<String>(),
        style in style(),
        name in prop::sample::select(tameio_drivers::printer::PROFILE_NAMES),
    ) {
        let mut sheet = Sheet::new();
        sheet.push(Item::Line(Line { text: Printable::new(&text), style }));
        let body = encode(&sheet, &profile(name)).unwrap().body;
        let mut rest = body.as_slice();
        let star = profile(name).language == Language::Star;
        while let Some(length) = if star { star_text_command(rest) } else { text_command(rest) } {
            rest = &rest[length..];
        }
        prop_assert!(rest.is_empty(), "unexpected {:02x?} on {name}", &rest[..rest.len().min(8)]);
        let obeyed = |pair: &[u8]| match star {
            true => pair == [0x1B, 6],
            false => pair[0] == 0x10 && matches!(pair[1], 4 | 5 | 0x14),
        };
        prop_assert!(!body.windows(2).any(obeyed));
    }

    #[test]
    fn letters_come_back_from_the_paper(text in "[Α-ΡΣ-Ωα-ω0-9ΆΈΉΊΌΎΏάέήίόύώ€,.-]{1,30}") {
        let profile = profile("epson-80");
        let mut sheet = Sheet::new();
        sheet.line(&text);
        let papers = PaperReader::read(&profile, &encode(&sheet, &profile).unwrap().bytes());
        prop_assert_eq!(papers[0].lines(), [text]);
    }
}

fn style() -> impl Strategy<Value = Style> {
    let align = prop::sample::select(vec![Align::Left, Align::Centre, Align::Right]);
    (align, any::<[bool; 4]>()).prop_map(|(align, [bold, double_width, double_height, small])| Style {
        align,
        bold,
        double_width,
        double_height,
        small,
    })
}

/// The length of the first command, if it is one that text may cause.
fn text_command(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\n' | 0x20..=0x7E | 0x80..=0xFF, ..] => Some(1),
        [0x1B, b't' | b'a' | b'E' | b'M', _, ..] | [0x1D, b'!', _, ..] => Some(3),
        [0x1D, b'v', b'0', 0, xl, xh, yl, yh, ..] => {
            let side = |low: u8, high: u8| usize::from(low) + 256 * usize::from(high);
            Some(8 + side(*xl, *xh) * side(*yl, *yh)).filter(|length| *length <= bytes.len())
        }
        _ => None,
    }
}

/// The same of Star's languages.
fn star_text_command(bytes: &[u8]) -> Option<usize> {
    let number = |low: u8, high: u8| usize::from(low) + 256 * usize::from(high);
    match bytes {
        [0x1B, 0x1D, b't' | b'a', _, ..] | [0x1B, 0x1E, b'F', _, ..] | [0x1B, b'i', 0..=1, 0..=1, ..] => {
            Some(4)
        }
        [0x1B, b'E' | b'F' | b'0', ..] => Some(2),
        [0x1B, b'z', _, ..] => Some(3),
        [0x1B, b'*', b'r', b'A' | b'B', ..] => Some(4),
        [0x1B, b'*', b'r', b'P', b'0', 0, ..] => Some(6),
        // A row of raster mode; outside it only letters begin with a b, and those are one byte.
        [b'b', low, high, ..] if (1..=72).contains(&number(*low, *high)) && *high == 0 => {
            Some(3 + number(*low, *high)).filter(|length| *length <= bytes.len())
        }
        [0x1B, b'X', low, high, ..] => {
            let length = 4 + 3 * number(*low, *high);
            Some(length + 2).filter(|_| bytes.get(length..length + 2) == Some(b"\n\r"))
        }
        [b'\n' | 0x20..=0x7E | 0x80..=0xFF, ..] => Some(1),
        _ => None,
    }
}
