//! The characters a plate may hold.

/// Every character the reader knows, in the order of its answers. The fourteen letters that Greek and Latin share are
/// Latin here, as in the key of a plate; Δ, Λ, Ξ, Π and Σ have no Latin twin and stay Greek.
pub const ALPHABET: [char; 41] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K',
    'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Δ', 'Λ', 'Ξ', 'Π', 'Σ',
];

/// The reader's answer for "no new character here".
pub const BLANK: usize = ALPHABET.len();

/// Answers of the reader for each step.
pub const CLASSES: usize = ALPHABET.len() + 1;

/// The fourteen letters of ordinary Greek plates.
pub const GREEK_LETTERS: &str = "ABEZHIKMNOPTYX";

/// The place of a character in [`ALPHABET`].
#[must_use]
pub fn index(character: char) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == character)
}

/// A plate as its key: capitals and digits alone; a Greek letter that looks like a Latin one is that one.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).filter_map(fold_character).collect()
}

fn fold_character(character: char) -> Option<char> {
    let twin = match character {
        'Α' => 'A',
        'Β' => 'B',
        'Ε' => 'E',
        'Ζ' => 'Z',
        'Η' => 'H',
        'Ι' => 'I',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Ο' => 'O',
        'Ρ' => 'P',
        'Τ' => 'T',
        'Υ' => 'Y',
        'Χ' => 'X',
        other => other,
    };
    twin.is_alphanumeric().then_some(twin)
}
