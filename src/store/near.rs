//! Vehicles that came before and are called almost the same as one a camera has read.

use super::StoreError;
use crate::domain::plate::{GREEK_ONLY, LATIN_TWINS, Plate, PlateEntry, PlateKind};
use crate::domain::sighting::KnownPlate;
use rusqlite::{Connection, OptionalExtension};

/// The vehicles that came before whose plate differs from this one in a single character, those that came most often first.
/// Whatever came no oftener than this very plate is left out: that one is no likelier, and a plate misread once is known too.
/// Each possible plate is looked up by its key: some hundreds of steps into one index.
///
/// # Errors
/// When the database cannot be read.
pub fn known_near(conn: &Connection, plate: &Plate, most: usize) -> Result<Vec<KnownPlate>, StoreError> {
    let mut visits = conn.prepare_cached("SELECT visits FROM vehicles WHERE plate_key = ?1")?;
    let mut known = |plate: &Plate| visits.query_row([plate.key()], |row| row.get::<_, u32>(0)).optional();
    let own = known(plate)?.unwrap_or(0);
    let mut found = Vec::new();
    for other in neighbours(plate) {
        if let Some(visits) = known(&other)?.filter(|visits| *visits > own) {
            found.push(KnownPlate { plate: other, visits });
        }
    }
    found.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.plate.cmp(&b.plate)));
    found.truncate(most);
    Ok(found)
}

/// Every plate that differs in one character. A Greek one may be a state plate by that, or be none any more.
fn neighbours(plate: &Plate) -> impl Iterator<Item = Plate> {
    let greek = matches!(plate.kind, PlateKind::Domestic | PlateKind::State);
    let letters = if greek { LATIN_TWINS } else { "ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
    let rare = if greek { GREEK_ONLY } else { "" };
    let characters: Vec<char> = letters.chars().chain(rare.chars()).chain('0'..='9').collect();
    plate.text.char_indices().flat_map(move |(at, own)| {
        let others = characters.clone().into_iter().filter(move |other| *other != own);
        others.filter_map(move |other| {
            let (before, after) = (&plate.text[..at], &plate.text[at + own.len_utf8()..]);
            let text = format!("{before}{other}{after}");
            match greek {
                true => Plate::parse(&PlateEntry::Greek, &text).ok(),
                false => Some(Plate { text, ..plate.clone() }),
            }
        })
    })
}
