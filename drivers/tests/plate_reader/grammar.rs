//! Forms of plates weigh what is seen, and never overrule it.

use proptest::prelude::*;
use tameio_drivers::plate_reader::alphabet::{ALPHABET, BLANK, CLASSES, fold, index};
use tameio_drivers::plate_reader::grammar::{Grammar, Guess};

/// What a reader sees that is sure of its characters but for those given with an alternative and its probability.
fn seen(characters: &[(char, Option<(char, f32)>)]) -> Vec<f32> {
    let mut steps = Vec::new();
    for (character, other) in characters {
        for blank in [false, true] {
            let mut step = [1e-6f32; CLASSES];
            let place = |character: char| index(character).unwrap_or(BLANK);
            if blank {
                step[BLANK] = 1.0;
            } else {
                step[place(*character)] = 1.0 - other.map_or(0.0, |(_, share)| share);
                if let Some((other, share)) = other {
                    step[place(*other)] = *share;
                }
            }
            steps.extend(step.iter().map(|share| share.ln()));
        }
    }
    steps
}

fn read(characters: &[(char, Option<(char, f32)>)]) -> Guess {
    let guesses = Grammar::default().read(&seen(characters));
    guesses.first().cloned().unwrap_or_else(|| panic!("something is read"))
}

fn plain(text: &str) -> Guess {
    read(&text.chars().map(|character| (character, None)).collect::<Vec<_>>())
}

#[test]
fn what_is_seen_well_is_read_whatever_its_form() {
    for (text, country) in [
        ("IHZ4821", Some("GR")),
        ("TAK1000", Some("GR")),
        ("AAA1111", Some("GR")),
        ("ΔΣ1234", Some("GR")),
        ("ΔOK1234", Some("GR")),
        ("B310VLV", Some("RO")),
        ("CB1234AB", None), // Bulgaria's letters, but North Macedonia's and Serbia's too
        ("AB123CD", None),  // Albania, Italy, France, Slovakia …
        ("D0O1Q", None),
        ("X1Y2Z3W", None),
        ("VVV0000", None), // no Greek letter, no Greek number
    ] {
        let guess = plain(text);
        assert_eq!(guess.text, text);
        assert!(guess.probability > 0.9, "{text}: {guess:?}");
        assert_eq!(guess.country, country, "{text}");
    }
}

#[test]
fn the_form_decides_where_the_eye_cannot() {
    let unsure = |a: char, b: char| (a, Some((b, 0.5)));
    let sure = |a: char| (a, None);
    let o = read(&[unsure('0', 'O'), sure('H'), sure('Z'), sure('4'), sure('8'), sure('2'), sure('1')]);
    assert_eq!((&o.text[..], o.country), ("OHZ4821", Some("GR")));
    let nought = read(&[sure('I'), sure('H'), sure('Z'), sure('4'), unsure('O', '0'), sure('2'), sure('1')]);
    assert_eq!(nought.text, "IHZ4021");
    let bucharest =
        read(&[unsure('8', 'B'), sure('3'), sure('1'), sure('0'), sure('V'), sure('L'), sure('V')]);
    assert_eq!((&bucharest.text[..], bucharest.country), ("B310VLV", Some("RO")));
}

#[test]
fn a_form_does_not_put_right_what_is_seen_well() {
    let mut letters: Vec<_> = "DQS1234".chars().map(|character| (character, None)).collect();
    letters[0].1 = Some(('O', 0.01));
    assert_eq!(read(&letters).text, "DQS1234", "a foreign plate stays foreign");
}

#[test]
fn greek_and_latin_typing_of_one_plate_meet() {
    assert_eq!(fold("ΙΗΖ-4821"), "IHZ4821");
    assert_eq!(fold("ihz 4821"), "IHZ4821");
    assert_eq!(fold("δσ 1234"), "ΔΣ1234");
    assert_eq!(fold("Ρ-12345"), "P12345", "a rho looks like a P and not like an R");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_answers_give_ordered_probabilities(values in prop::collection::vec(-30f32..0.0, CLASSES..CLASSES * 40)) {
        let guesses = Grammar::default().read(&values);
        prop_assert!(guesses.len() <= 8);
        prop_assert!(guesses.iter().map(|guess| guess.probability).sum::<f32>() <= 1.001);
        prop_assert!(guesses.windows(2).all(|pair| pair[0].probability >= pair[1].probability));
        prop_assert!(guesses.iter().all(|guess| guess.text.chars().all(|c| ALPHABET.contains(&c))));
    }
}
