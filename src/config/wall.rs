//! The section `[wall]`: the board on the wall, a second window for whoever waits.

use super::optional_choice;
use super::reader::Section;
use crate::domain::settings::{Settings, Trade};
use crate::domain::text::Language;

/// Characters of a plate that stand on the wall, unless the file says another number.
const PLATE_CHARS: u8 = 4;

/// Seconds a page stands, unless the file says another number.
const TURN_S: u16 = 10;

/// Whoever waits reads one of them, or both in turn.
const SPOKEN: [(&str, &[Language]); 3] =
    [("el", &[Language::El]), ("en", &[Language::En]), ("both", &[Language::El, Language::En])];

/// What the board on the wall shows: one of them fills a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WallShows {
    /// The bays of a wash, who is next and who is ready.
    Wash,
    /// The vehicles of a garage: in, waiting for parts, ready.
    Garage,
    /// The numbers of orders that can be fetched.
    Orders,
}

impl WallShows {
    /// All of them, in the order of the wall.
    pub const ALL: [Self; 3] = [Self::Wash, Self::Garage, Self::Orders];

    const fn word(self) -> &'static str {
        match self {
            Self::Wash => "wash",
            Self::Garage => "garage",
            Self::Orders => "orders",
        }
    }

    /// There is such work at this terminal.
    fn is_here(self, settings: &Settings) -> bool {
        match self {
            Self::Wash => settings.bays > 0,
            Self::Garage => settings.trades().any(|trade| trade == Trade::Garage),
            Self::Orders => settings.catalogue.items.iter().any(|item| !item.goods),
        }
    }

    /// What there is to show at a terminal, in the order of the wall.
    pub fn of(settings: &Settings) -> Vec<Self> {
        Self::ALL.into_iter().filter(|shows| shows.is_here(settings)).collect()
    }
}

/// What the file says of the board on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wall {
    /// Where it goes: `window`, or the name of a display. Nothing: it is opened by hand alone.
    pub window: Option<String>,
    /// So many characters of a plate, from its end, stand there; 0 is the whole plate.
    pub plate_chars: u8,
    /// The languages it speaks, one after another: one or two, never none.
    pub languages: Vec<Language>,
    /// Seconds a page stands before the next one; 0: nothing moves.
    pub turn_s: u16,
    /// What it shows, in this order.
    pub shows: Vec<WallShows>,
}

impl Wall {
    /// As a terminal has it whose file says nothing of a wall.
    pub fn usual(settings: &Settings) -> Self {
        Self {
            window: None,
            plate_chars: PLATE_CHARS,
            languages: vec![settings.language],
            turn_s: TURN_S,
            shows: WallShows::of(settings),
        }
    }
}

/// What the file says; what it leaves out is as usual. Asked for before the settings are whole, because a key nobody asks for
/// counts as unknown.
#[derive(Debug)]
pub(super) struct Said {
    window: Option<String>,
    plate_chars: u8,
    languages: Option<Vec<Language>>,
    turn_s: u16,
    shows: Vec<WallShows>,
}

pub(super) fn read(section: &Section<'_, '_>) -> Said {
    let turn_s = section.number("turn_s", 0..=600, TURN_S.into());
    let languages = optional_choice(section, "language", &SPOKEN).map(<[Language]>::to_vec);
    if (1..3).contains(&turn_s) {
        section.note("turn_s", "must be 0 or at least 3: nobody reads a page faster");
    }
    if turn_s == 0 && languages.as_ref().is_some_and(|languages| languages.len() > 1) {
        section.note("language", "cannot be both with turn_s = 0: one language takes the place of the other");
    }
    Said {
        window: section.optional_text("window").filter(|place| !place.is_empty()),
        plate_chars: u8::try_from(section.number("plate_chars", 0..=20, PLATE_CHARS.into()))
            .unwrap_or(PLATE_CHARS),
        languages,
        turn_s: u16::try_from(turn_s).unwrap_or(TURN_S),
        shows: section.texts("shows").iter().filter_map(|word| shown(section, word)).collect(),
    }
}

fn shown(section: &Section<'_, '_>, word: &str) -> Option<WallShows> {
    let found = WallShows::ALL.into_iter().find(|shows| shows.word() == word);
    if found.is_none() {
        section.note("shows", format!(": {word:?} is none of wash, garage, orders"));
    }
    found
}

impl Said {
    /// With what there is at this terminal.
    pub(super) fn with(self, settings: &Settings, section: &Section<'_, '_>) -> Wall {
        let usual = Wall::usual(settings);
        let none = self.shows.iter().find(|shows| !shows.is_here(settings));
        if let Some(none) = none {
            let why = match none {
                WallShows::Wash => "a wash needs bays in [wash]",
                WallShows::Garage => "there is no garage here",
                WallShows::Orders => "nothing of [[items]] is left here",
            };
            section.note("shows", format!(": {why}"));
        }
        if self.window.is_some() && usual.shows.is_empty() {
            section.note("window", "has nothing to show: a wash needs bays in [wash]");
        }
        let mut shows = if self.shows.is_empty() { usual.shows } else { self.shows };
        if self.turn_s == 0 && shows.len() > 1 {
            if section.has("shows") {
                section.note("shows", "must be one of them with turn_s = 0: the others would never be seen");
            }
            shows.truncate(1);
        }
        Wall {
            window: self.window,
            plate_chars: self.plate_chars,
            languages: self.languages.unwrap_or(usual.languages),
            turn_s: self.turn_s,
            shows,
        }
    }
}
