//! Star Line Mode and StarPRNT bytes taken apart into the commands of [`command`](super::command). Total over any bytes.

use super::command::{Command, Qr, ROW_BYTES_MAX, Step, band, done, number, one, sized};
use super::picture::BAND;

/// The longest bar code, its end counted.
const CODE_BYTES_MAX: usize = 256;

/// The first command of a stream.
pub(crate) fn first(bytes: &[u8]) -> Step {
    match bytes {
        [] => Step::Incomplete,
        [b'\n', ..] => done(Command::LineFeed, 1),
        [0x07, ..] => done(Command::Drawer(0), 1),
        [0x1A, ..] => done(Command::Drawer(1), 1),
        [0x17, ..] => done(Command::EndMark, 1),
        [0x1B, rest @ ..] => escape(rest),
        [0x00..=0x1F | 0x7F, ..] => done(Command::Ignored, 1),
        // A row of raster mode begins with a letter: the reader knows whether it is in that mode.
        [letter, ..] => done(Command::Letter(*letter), 1),
    }
}

/// The first command in raster mode: rows, and what ends them.
pub(crate) fn first_raster(bytes: &[u8]) -> Step {
    match bytes {
        [] | [b'b'] | [b'b', _] => Step::Incomplete,
        [b'b', low, high, data @ ..] => row(number(*low, *high), data),
        [0x1B, rest @ ..] => escape(rest),
        _ => done(Command::Ignored, 1),
    }
}

fn row(length: usize, data: &[u8]) -> Step {
    if length > ROW_BYTES_MAX {
        return done(Command::Ignored, 3);
    }
    data.get(..length).map_or(Step::Incomplete, |data| done(Command::Row(data.to_vec()), 3 + length))
}

fn escape(rest: &[u8]) -> Step {
    match rest {
        [] => Step::Incomplete,
        [b'@', ..] => done(Command::Initialise, 2),
        [b'E', ..] => done(Command::Bold(true), 2),
        [b'F', ..] => done(Command::Bold(false), 2),
        [b'0', ..] => done(Command::Spacing(Some(BAND)), 2),
        [b'z', ..] => one(rest, |n| Command::Spacing(Some(if n & 1 == 1 { 32 } else { BAND }))),
        [b'a', ..] => one(rest, Command::FeedLines),
        [b'd', ..] => one(rest, |n| Command::Cut(n % 2 == 0)),
        [0x07, ..] => sized(rest.len(), 3, 4, || Command::Ignored),
        [b'-' | b'R', ..] => one(rest, |_| Command::Ignored),
        [0x06, ..] => one(rest, |_| Command::RealTime),
        [b'i', ..] => {
            rest.get(1..3).map_or(Step::Incomplete, |size| done(Command::Size(size[1] != 0, size[0] != 0), 4))
        }
        [0x1D, rest @ ..] => group(rest),
        [0x1E, rest @ ..] => record(rest),
        [b'#', b'*', ..] => sized(rest.len(), 4, 5, || Command::Ignored),
        [b'#'] => Step::Incomplete,
        [b'X', ..] => columns(rest),
        [b'b', ..] => barcode(rest),
        [b'*', rest @ ..] => raster(rest),
        _ => done(Command::Ignored, 2),
    }
}

fn group(rest: &[u8]) -> Step {
    match rest {
        [] | [b't' | b'a'] => Step::Incomplete,
        [b't', n, ..] => done(Command::Page(*n), 4),
        [b'a', n, ..] => done(Command::Align(*n), 4),
        [b'y', rest @ ..] => qr(rest),
        _ => done(Command::Ignored, 3),
    }
}

fn record(rest: &[u8]) -> Step {
    match rest {
        [] | [b'F' | b'a'] => Step::Incomplete,
        [b'F', n, ..] => done(Command::Font(*n), 4),
        [b'a', n, ..] => done(Command::Automatic(*n), 4),
        _ => done(Command::Ignored, 3),
    }
}

fn qr(rest: &[u8]) -> Step {
    match rest {
        [] | [b'S'] | [b'S', _] | [b'D'] => Step::Incomplete,
        [b'S', b'2', dots, ..] => done(Command::Qr(Qr::ModuleDots(*dots)), 6),
        [b'S', _, _, ..] => done(Command::Qr(Qr::Other), 6),
        [b'P', ..] => done(Command::Qr(Qr::Print), 4),
        [b'D', b'1', _, low, high, data @ ..] => {
            let text = data.get(..number(*low, *high));
            text.map_or(Step::Incomplete, |text| done(Command::Qr(Qr::Store(text.to_vec())), 8 + text.len()))
        }
        [b'D', b'1', ..] => Step::Incomplete,
        _ => done(Command::Ignored, 4),
    }
}

/// `ESC X nL nH`: a band of 24 dots.
fn columns(rest: &[u8]) -> Step {
    match rest {
        [_, low, high, data @ ..] if number(*low, *high) <= ROW_BYTES_MAX * 8 => {
            band(data, number(*low, *high) * usize::from(BAND / 8), 4)
        }
        [_, _, _, ..] => done(Command::Ignored, 4),
        _ => Step::Incomplete,
    }
}

/// `ESC b kind text width height data RS`.
fn barcode(rest: &[u8]) -> Step {
    let [_, kind, told, width, height, data @ ..] = rest else { return Step::Incomplete };
    match data.iter().take(CODE_BYTES_MAX).position(|byte| *byte == 0x1E) {
        Some(end) if *kind == 6 => {
            let code = Command::WholeCode128 {
                text: data[..end].to_vec(),
                module_dots: width.clamp(&1, &3) + 1,
                height: *height,
                told: *told % 2 == 0,
            };
            done(code, 6 + end + 1)
        }
        Some(end) => done(Command::Ignored, 6 + end + 1),
        None if data.len() >= CODE_BYTES_MAX => done(Command::Ignored, 6),
        None => Step::Incomplete,
    }
}

/// `ESC * r …`: into raster mode, out of it, and settings that end in a nought.
fn raster(rest: &[u8]) -> Step {
    match rest {
        [] | [b'r'] => Step::Incomplete,
        [b'r', b'A', ..] => done(Command::Raster(true), 4),
        [b'r', b'B', ..] => done(Command::Raster(false), 4),
        [b'r', _, text @ ..] => match text.iter().take(8).position(|byte| *byte == 0) {
            Some(end) => done(Command::Ignored, 4 + end + 1),
            None if text.len() >= 8 => done(Command::Ignored, 4),
            None => Step::Incomplete,
        },
        _ => done(Command::Ignored, 3),
    }
}
