//! Plates on a wall everybody reads: their ends.

use crate::domain::plate::{Plate, PlateKind};
use crate::domain::visit::Visit;
use slint::SharedString;
use std::collections::BTreeMap;

/// So much of a chassis number, at most: it has no place where a plate would.
const CHASSIS_CHARS: usize = 6;
/// A shortened plate lacks at least so many characters.
const HIDDEN_MIN: usize = 2;

/// What each vehicle is called on the wall, by the keys of the plates.
#[derive(Debug)]
pub(super) struct Plates(BTreeMap<String, SharedString>);

impl Plates {
    /// The last `chars` characters of each (0: all of it); where two would look alike, as many more as tell them apart, though
    /// never all.
    pub(super) fn of(visits: &[&Visit], chars: u8) -> Self {
        let plates: Vec<Lettered<'_>> = visits.iter().map(|visit| Lettered::of(&visit.plate)).collect();
        let name = |plate: &Lettered<'_>| (plate.of.key(), plate.shown(&plates, chars.into()).into());
        Self(plates.iter().map(name).collect())
    }

    pub(super) fn shown(&self, plate: &Plate) -> SharedString {
        self.0.get(&plate.key()).cloned().unwrap_or_default()
    }
}

/// A plate and its letters, as people read them.
struct Lettered<'a> {
    of: &'a Plate,
    letters: Vec<char>,
}

impl<'a> Lettered<'a> {
    fn of(plate: &'a Plate) -> Self {
        let letters = match plate.kind {
            PlateKind::Domestic | PlateKind::State => plate.greek().chars().collect(),
            PlateKind::Foreign { .. } | PlateKind::Chassis => plate.text.chars().collect(),
        };
        Self { of: plate, letters }
    }

    fn end(&self, chars: usize) -> &[char] {
        &self.letters[self.letters.len().saturating_sub(chars)..]
    }

    fn shown(&self, all: &[Self], chars: usize) -> String {
        let wanted = match self.of.kind {
            PlateKind::Chassis if chars == 0 => CHASSIS_CHARS,
            PlateKind::Chassis => chars.min(CHASSIS_CHARS),
            _ if chars == 0 => return self.of.display(),
            PlateKind::Domestic | PlateKind::State | PlateKind::Foreign { .. } => chars,
        };
        let most = self.letters.len().saturating_sub(HIDDEN_MIN).max(1);
        let alike =
            |chars: usize| all.iter().any(|other| other.of != self.of && other.end(chars) == self.end(chars));
        let enough = (wanted.min(most)..most).find(|chars| !alike(*chars)).unwrap_or(most);
        format!("…{}", self.end(enough).iter().collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plate::PlateEntry;

    fn names(typed: &[&str], chars: usize) -> Vec<String> {
        let parse = |text: &&str| match text.strip_prefix("VIN:") {
            Some(number) => Plate::parse(&PlateEntry::Chassis, number),
            None => Plate::parse(&PlateEntry::Greek, text),
        };
        let plates: Vec<Plate> = typed.iter().map(parse).collect::<Result<_, _>>().expect("plates");
        let all: Vec<Lettered<'_>> = plates.iter().map(Lettered::of).collect();
        all.iter().map(|plate| plate.shown(&all, chars)).collect()
    }

    #[test]
    fn the_end_of_a_plate_and_never_all_of_it() {
        assert_eq!(names(&["IHZ4821"], 4), ["…4821"]);
        assert_eq!(names(&["OTM776"], 4), ["…Μ776"]);
        assert_eq!(names(&["OTM776"], 20), ["…Μ776"], "two characters are missing whatever is asked for");
        assert_eq!(names(&["AB"], 4), ["…Β"]);
        assert_eq!(names(&["IHZ4821"], 0), ["ΙΗΖ-4821"], "unless the whole plate is asked for");
        assert_eq!(names(&["VIN:ZAPM4580000123456"], 0), ["…123456"], "a chassis number never stands there");
    }

    #[test]
    fn two_that_end_alike_are_told_apart() {
        assert_eq!(names(&["IHZ4821", "YXB4821", "NKO9154"], 4), ["…Ζ4821", "…Β4821", "…9154"]);
        assert_eq!(
            names(&["IHZ4821", "AHZ4821"], 4),
            ["…Ζ4821", "…Ζ4821"],
            "as far as that shows neither whole"
        );
    }
}
