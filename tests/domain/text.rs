//! Text from outside, cleaned once: what is left may stand on paper and in XML, and cleaning it again changes nothing.

use proptest::prelude::*;
use tameio::domain::text::{TEXT_CHARS_MAX, Text};

/// Characters nobody sees, or that turn what is seen around, or that mean a command to a printer.
const NEVER: [(char, char); 21] = [
    ('\u{0}', '\u{1F}'),
    ('\u{7F}', '\u{9F}'),
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{E000}', '\u{F8FF}'),
    ('\u{FDD0}', '\u{FDEF}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{FFFE}', '\u{FFFF}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{10FFFF}'),
];

fn is_never(c: char) -> bool {
    NEVER.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

#[test]
fn ordinary_words_stay_as_they_are() {
    for word in ["Πλύσιμο & στάθμευση", "ΔΕΙΓΜΑ ΜΟΝ. ΙΚΕ", "a<b>\"c'", "Ωραία Ελένη", "100 % «ναι»", "😀"]
    {
        assert_eq!(Text::new(word).as_str(), word);
    }
}

#[test]
fn what_must_not_pass_is_dropped() {
    for (raw, clean) in [
        ("\u{1b}p\u{0}2", "p2"),
        ("a\u{202E}b", "ab"),
        ("a\r\n\tb", "a   b"),
        ("  a  ", "a"),
        ("\u{2003}a\u{3000}", "a"),
        ("\u{FEFF}\u{200B}", ""),
        ("α\u{301}", "ά"),
        ("α\u{200B}\u{301}", "ά"),
        ("👨\u{200D}👩", "👨👩"),
        ("a\u{E0041}b", "ab"),
    ] {
        assert_eq!(Text::new(raw).as_str(), clean, "{raw:?}");
    }
}

#[test]
fn long_text_is_cut() {
    assert_eq!(Text::new(&"ά".repeat(10_000)).as_str().chars().count(), TEXT_CHARS_MAX);
    assert_eq!(Text::new(&"α\u{301}".repeat(10_000)).as_str().chars().count(), TEXT_CHARS_MAX);
}

/// Any text, with the worst characters far likelier than chance would have them, and marks that combine.
fn any_raw() -> impl Strategy<Value = String> {
    let worst = prop::sample::select(NEVER.to_vec())
        .prop_map(|(from, to)| if from == '\u{0}' { '\u{1B}' } else { to.min(from) });
    let mark = prop::sample::select(vec!['\u{301}', '\u{308}', '\u{345}', '\u{327}', '\u{323}']);
    let letter = prop::sample::select("αεΑΙ aeSс한가ᄀ\u{1161}\u{11A8}".chars().collect::<Vec<_>>());
    let one = prop_oneof![2 => worst, 2 => mark, 3 => letter, 2 => any::<char>()];
    prop::collection::vec(one, 0..400).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn nothing_that_must_not_pass_survives(raw in any_raw()) {
        let clean = Text::new(&raw);
        prop_assert!(!clean.as_str().chars().any(is_never), "{clean:?}");
        prop_assert!(clean.as_str().chars().all(|c| c == ' ' || !c.is_whitespace()), "{clean:?}");
        prop_assert!(clean.as_str().chars().count() <= TEXT_CHARS_MAX);
        prop_assert_eq!(clean.as_str().trim(), clean.as_str());
    }

    /// A stored text is cleaned again when it is read: the terminal in memory and the one after a restart would differ
    /// otherwise.
    #[test]
    fn cleaning_twice_changes_nothing(raw in any_raw()) {
        let clean = Text::new(&raw);
        prop_assert_eq!(&Text::new(clean.as_str()), &clean);
        prop_assert_eq!(&serde_json::from_str::<Text>(&serde_json::to_string(&clean)?)?, &clean);
    }
}
