//! The bytes of three command sets. Each write is both lines in full, placed by number: never a line feed, and never a
//! mode in which other commands mean something else.

use super::COLUMNS;
use super::text::{self, DRAWN, Greek};

/// What a display understands. Most can be switched to any of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommandSet {
    /// Epson DM-D, called "ESC/POS" by others.
    #[default]
    Epson,
    /// CD5220.
    Cd5220,
    /// UTC, standard mode.
    Utc,
}

/// How a display is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What it understands.
    pub commands: CommandSet,
    /// How it shows Greek.
    pub greek: Greek,
    /// Brightness, 1 to 4; as it is when none. UTC has no such command.
    pub brightness: Option<u8>,
    /// Whether it hangs behind the printer, which passes on what is meant for it.
    pub behind_printer: bool,
    /// Whether the uppermost dot of a defined character is bit 6 instead of bit 0: manuals differ.
    pub top_dot_is_high: bool,
}

/// Puts a display into a known state: empty, no cursor, overwriting, Greek ready.
#[must_use]
pub fn set_up(settings: &Settings) -> Vec<u8> {
    let mut bytes = match settings.commands {
        CommandSet::Epson => vec![0x1B, 0x40, 0x1F, 0x01, 0x1F, 0x43, 0, 0x0C],
        CommandSet::Cd5220 => vec![0x0C, 0x1B, 0x40, 0x1B, 0x11, 0x1B, 0x5F, 0, 0x0C],
        CommandSet::Utc => vec![0x11, 0x14, 0x1F],
    };
    brightness(settings, &mut bytes);
    greek(settings, &mut bytes);
    for_display(settings, &bytes)
}

/// Shows two lines.
#[must_use]
pub fn show(settings: &Settings, upper: &str, lower: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2 * COLUMNS + 16);
    for (row, line) in [upper, lower].into_iter().enumerate() {
        place(settings.commands, row, &mut bytes);
        bytes.extend_from_slice(&text::line(line, settings.greek));
    }
    for_display(settings, &bytes)
}

fn brightness(settings: &Settings, bytes: &mut Vec<u8>) {
    let Some(level) = settings.brightness.map(|level| level.clamp(1, 4)) else { return };
    match settings.commands {
        CommandSet::Epson => bytes.extend_from_slice(&[0x1F, 0x58, level]),
        CommandSet::Cd5220 => bytes.extend_from_slice(&[0x1B, 0x2A, level]),
        CommandSet::Utc => {}
    }
}

fn greek(settings: &Settings, bytes: &mut Vec<u8>) {
    match (settings.greek, settings.commands) {
        (Greek::Page(slot), CommandSet::Epson) => bytes.extend_from_slice(&[0x1B, 0x74, slot.n]),
        (Greek::Page(slot), CommandSet::Cd5220) => bytes.extend_from_slice(&[0x1B, 0x63, slot.n]),
        (Greek::Capitals, CommandSet::Epson | CommandSet::Cd5220) => {
            if settings.commands == CommandSet::Epson {
                bytes.extend_from_slice(&[0x1B, 0x74, 0]); // page 437
            }
            DRAWN.iter().for_each(|(_, code, dots)| define(*code, *dots, settings, bytes));
            bytes.extend_from_slice(&[0x1B, 0x25, 1]);
        }
        // UTC selects no page and defines no character; Latin needs neither.
        (Greek::Latin, _) | (_, CommandSet::Utc) => {}
    }
}

fn define(code: u8, dots: [u8; 5], settings: &Settings, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(&[0x1B, 0x26, 1, code, code, 5]);
    bytes.extend(
        dots.map(|column| if settings.top_dot_is_high { column.reverse_bits() >> 1 } else { column }),
    );
}

/// The first place of a row.
fn place(commands: CommandSet, row: usize, bytes: &mut Vec<u8>) {
    match (commands, row) {
        (CommandSet::Epson, 0) => bytes.extend_from_slice(&[0x1F, 0x24, 1, 1]),
        (CommandSet::Epson, _) => bytes.extend_from_slice(&[0x1F, 0x24, 1, 2]),
        (CommandSet::Cd5220, 0) => bytes.extend_from_slice(&[0x1B, 0x6C, 1, 1]),
        (CommandSet::Cd5220, _) => bytes.extend_from_slice(&[0x1B, 0x6C, 1, 2]),
        (CommandSet::Utc, 0) => bytes.extend_from_slice(&[0x10, 0]),
        (CommandSet::Utc, _) => bytes.extend_from_slice(&[0x10, 20]),
    }
}

/// A printer passes bytes on between these two commands.
fn for_display(settings: &Settings, bytes: &[u8]) -> Vec<u8> {
    if settings.behind_printer {
        [&[0x1B, 0x3D, 2], bytes, &[0x1B, 0x3D, 1]].concat()
    } else {
        bytes.to_vec()
    }
}
