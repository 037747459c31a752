//! Bytes taken apart into commands: the reading half of the virtual printer. Total over any bytes. ESC/POS stands here,
//! Star's languages in [`star_command`].

use super::picture::BAND;
use super::profile::Language;
use super::star_command;

/// One command with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// A letter of the current page.
    Letter(u8),
    /// End of line.
    LineFeed,
    /// `ESC @`.
    Initialise,
    /// `FS .`: leave Chinese mode; `FS &`: enter it.
    Chinese(bool),
    /// `ESC t n`.
    Page(u8),
    /// `ESC a n`.
    Align(u8),
    /// `ESC E n`.
    Bold(bool),
    /// `GS ! n`: whether letters are wide, and whether they are high.
    Size(bool, bool),
    /// `ESC M n`.
    Font(u8),
    /// `ESC 3 n`, or `ESC 2` for the default.
    Spacing(Option<u8>),
    /// `ESC d n`.
    FeedLines(u8),
    /// `ESC J n`.
    FeedDots(u8),
    /// `GS V …`: whether it cuts through.
    Cut(bool),
    /// `ESC p m on off`.
    Drawer(u8),
    /// `GS v 0`.
    Picture { row_bytes: usize, rows: usize, data: Vec<u8> },
    /// `ESC * 33`, or Star's `ESC X`: a band of 24 dots, column by column. The line feed after it moves the paper.
    Band(Vec<u8>),
    /// One row of Star's raster mode.
    Row(Vec<u8>),
    /// `GS ( k` of a QR code.
    Qr(Qr),
    /// `GS h n`.
    BarcodeHeight(u8),
    /// `GS w n`.
    BarcodeWidth(u8),
    /// `GS H n`: whether the text stands below.
    BarcodeText(bool),
    /// `GS k 73`: set, text.
    Code128(Vec<u8>),
    /// Star's bar code, all in one command.
    WholeCode128 { text: Vec<u8>, module_dots: u8, height: u8, told: bool },
    /// Star's raster mode begins or ends.
    Raster(bool),
    /// `GS a n`, or Star's `ESC RS a n`.
    Automatic(u8),
    /// `GS r n`.
    Sensor(u8),
    /// `GS I n`.
    Identity(u8),
    /// `GS ( H` function 48: answer this id when all before is printed.
    ProcessId([u8; 4]),
    /// Star's end-of-job mark (ETB).
    EndMark,
    /// `DLE EOT n`, `DLE ENQ n`, `DLE DC4 …`: obeyed on arrival, skipped in their turn.
    RealTime,
    /// Known by its length, without effect here.
    Ignored,
}

/// The five steps of a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Qr {
    ModuleDots(u8),
    Store(Vec<u8>),
    Print,
    /// Model and error level.
    Other,
}

/// The longest command of a stream: what a printer may still wait for when the stream broke off in it.
pub(crate) fn longest(language: Language, bytes: &[u8]) -> usize {
    let (mut rest, mut longest, mut raster) = (bytes, 0, false);
    while let Step::Command(command, length) = first(language, raster, rest) {
        if let Command::Raster(on) = command {
            raster = on;
        }
        longest = longest.max(length);
        rest = rest.get(length..).unwrap_or_default();
    }
    longest
}

/// What the first bytes are.
pub(crate) enum Step {
    /// A command and its length.
    Command(Command, usize),
    /// More bytes are needed.
    Incomplete,
}

/// The first command of a stream. A byte that begins no known command is skipped, like a printer does.
///
/// `raster` says whether a Star printer is in raster mode, where letters are rows.
pub(crate) fn first(language: Language, raster: bool, bytes: &[u8]) -> Step {
    match (language, raster) {
        (Language::EscPos, _) => first_escpos(bytes),
        (Language::Star, false) => star_command::first(bytes),
        (Language::Star, true) => star_command::first_raster(bytes),
    }
}

fn first_escpos(bytes: &[u8]) -> Step {
    match bytes {
        [] => Step::Incomplete,
        [b'\n', ..] => Step::Command(Command::LineFeed, 1),
        [0x10, rest @ ..] => real_time(rest),
        [0x1B, rest @ ..] => escape(rest),
        [0x1C, rest @ ..] => chinese(rest),
        [0x1D, rest @ ..] => group(rest),
        [0x00..=0x1F | 0x7F, ..] => Step::Command(Command::Ignored, 1),
        [letter, ..] => Step::Command(Command::Letter(*letter), 1),
    }
}

pub(crate) fn done(command: Command, length: usize) -> Step {
    Step::Command(command, length)
}

/// A command of two bytes and one argument.
pub(crate) fn one(rest: &[u8], make: impl Fn(u8) -> Command) -> Step {
    rest.get(1).map_or(Step::Incomplete, |n| done(make(*n), 3))
}

fn real_time(rest: &[u8]) -> Step {
    match rest {
        [] | [0x04 | 0x05 | 0x14] => Step::Incomplete,
        [0x04, 7 | 8 | 18, ..] => sized(rest.len(), 3, 4, || Command::RealTime),
        [0x04 | 0x05, ..] => done(Command::RealTime, 3),
        [0x14, 1, ..] => sized(rest.len(), 4, 5, || Command::RealTime),
        [0x14, 8, ..] => sized(rest.len(), 9, 10, || Command::RealTime),
        [0x14, ..] => done(Command::RealTime, 3),
        _ => done(Command::Ignored, 1),
    }
}

pub(crate) fn sized(have: usize, need: usize, length: usize, command: impl Fn() -> Command) -> Step {
    if have < need { Step::Incomplete } else { done(command(), length) }
}

fn escape(rest: &[u8]) -> Step {
    match rest {
        [] => Step::Incomplete,
        [b'@', ..] => done(Command::Initialise, 2),
        [b'2', ..] => done(Command::Spacing(None), 2),
        [b't', ..] => one(rest, Command::Page),
        [b'a', ..] => one(rest, Command::Align),
        [b'E', ..] => one(rest, |n| Command::Bold(n & 1 == 1)),
        [b'M', ..] => one(rest, Command::Font),
        [b'3', ..] => one(rest, |n| Command::Spacing(Some(n))),
        [b'd', ..] => one(rest, Command::FeedLines),
        [b'J', ..] => one(rest, Command::FeedDots),
        [b'*', ..] => columns(rest),
        [b'p', ..] => rest.get(1..4).map_or(Step::Incomplete, |args| done(Command::Drawer(args[0]), 5)),
        [b'i' | b'm', ..] => done(Command::Cut(false), 2),
        [b'R' | b'-' | b'G' | b'{' | b'!' | b'=' | b' ' | b'V' | b'S' | b'r' | b'%' | b'?', ..] => {
            one(rest, |_| Command::Ignored)
        }
        [b'$' | b'\\' | b'B' | b'c', ..] => sized(rest.len(), 3, 4, || Command::Ignored),
        _ => done(Command::Ignored, 2),
    }
}

/// `ESC * m nL nH`: three bytes a column in the modes of 24 dots, one in those of 8.
fn columns(rest: &[u8]) -> Step {
    let [_, mode, low, high, data @ ..] = rest else { return Step::Incomplete };
    let bytes = usize::from(BAND / 8);
    match mode {
        32 | 33 if number(*low, *high) <= ROW_BYTES_MAX * 8 => band(data, number(*low, *high) * bytes, 5),
        0 | 1 => sized(data.len(), number(*low, *high), 5 + number(*low, *high), || Command::Ignored),
        _ => done(Command::Ignored, 3),
    }
}

/// A band of so many bytes after a head of so many.
pub(crate) fn band(data: &[u8], length: usize, head: usize) -> Step {
    let whole = data.get(..length);
    whole.map_or(Step::Incomplete, |data| done(Command::Band(data.to_vec()), head + length))
}

fn chinese(rest: &[u8]) -> Step {
    match rest {
        [] => Step::Incomplete,
        [b'.', ..] => done(Command::Chinese(false), 2),
        [b'&', ..] => done(Command::Chinese(true), 2),
        [b'!' | b'-' | b'C', ..] => one(rest, |_| Command::Ignored),
        _ => done(Command::Ignored, 2),
    }
}

fn group(rest: &[u8]) -> Step {
    match rest {
        [] => Step::Incomplete,
        [b'!', ..] => one(rest, |n| Command::Size(n & 0x70 != 0, n & 0x07 != 0)),
        [b'a', ..] => one(rest, Command::Automatic),
        [b'r', ..] => one(rest, Command::Sensor),
        [b'I', ..] => one(rest, Command::Identity),
        [b'h', ..] => one(rest, Command::BarcodeHeight),
        [b'w', ..] => one(rest, Command::BarcodeWidth),
        [b'H', ..] => one(rest, |n| Command::BarcodeText(n & 3 != 0)),
        [b'f' | b'B' | b'b' | b'T', ..] => one(rest, |_| Command::Ignored),
        [b'L' | b'W' | b'P' | b'$' | b'\\', ..] => sized(rest.len(), 3, 4, || Command::Ignored),
        [b'V', ..] => cut(rest),
        [b'v', ..] => picture(rest),
        [b'k', ..] => barcode(rest),
        [b'(', ..] => extended(rest),
        _ => done(Command::Ignored, 2),
    }
}

fn cut(rest: &[u8]) -> Step {
    match rest {
        [_] => Step::Incomplete,
        [_, 65 | 66 | 97 | 98 | 103 | 104] => Step::Incomplete,
        [_, mode @ (65 | 66 | 97 | 98 | 103 | 104), _, ..] => done(Command::Cut(mode % 2 == 1), 4),
        [_, mode, ..] => done(Command::Cut(matches!(mode, 0 | b'0')), 3),
        [] => Step::Incomplete,
    }
}

pub(crate) fn number(low: u8, high: u8) -> usize {
    usize::from(u16::from_le_bytes([low, high]))
}

/// No print head is wider, and no picture a printer takes is higher.
pub(crate) const ROW_BYTES_MAX: usize = 128;
const ROWS_MAX: usize = 4096;

fn picture(rest: &[u8]) -> Step {
    let [_, b'0', _mode, xl, xh, yl, yh, data @ ..] = rest else {
        return if rest.len() >= 2 && rest[1] != b'0' { done(Command::Ignored, 2) } else { Step::Incomplete };
    };
    let (row_bytes, rows) = (number(*xl, *xh), number(*yl, *yh));
    if !(1..=ROW_BYTES_MAX).contains(&row_bytes) || !(1..=ROWS_MAX).contains(&rows) {
        // Nonsense: waiting for gigabytes would swallow every later paper, and thousands of rows of nothing cost time.
        return done(Command::Ignored, 8);
    }
    match data.get(..row_bytes * rows) {
        Some(data) => done(Command::Picture { row_bytes, rows, data: data.to_vec() }, 8 + data.len()),
        None => Step::Incomplete,
    }
}

/// The longest bar code of the old kind that ends in a nought, which is counted.
const CODE_BYTES_MAX: usize = 256;

fn barcode(rest: &[u8]) -> Step {
    match rest {
        // The end is not looked for beyond the longest code, or the paper would depend on the pieces the bytes came in.
        [_, 0..=6, data @ ..] => match data.iter().take(CODE_BYTES_MAX).position(|byte| *byte == 0) {
            Some(end) => done(Command::Ignored, 3 + end + 1),
            None if data.len() >= CODE_BYTES_MAX => done(Command::Ignored, 3),
            None => Step::Incomplete,
        },
        [_, kind, length, data @ ..] => match data.get(..usize::from(*length)) {
            Some(text) if *kind == 73 => done(Command::Code128(text.to_vec()), 4 + text.len()),
            Some(text) => done(Command::Ignored, 4 + text.len()),
            None => Step::Incomplete,
        },
        _ => Step::Incomplete,
    }
}

/// `GS ( x pL pH …`: the length is always told, so that even an unknown one is skipped whole.
fn extended(rest: &[u8]) -> Step {
    let [_, kind, low, high, data @ ..] = rest else { return Step::Incomplete };
    let Some(data) = data.get(..number(*low, *high)) else { return Step::Incomplete };
    let command = match (kind, data) {
        (b'k', [49, 67, dots, ..]) => Command::Qr(Qr::ModuleDots(*dots)),
        (b'k', [49, 80, _, text @ ..]) => Command::Qr(Qr::Store(text.to_vec())),
        (b'k', [49, 81, ..]) => Command::Qr(Qr::Print),
        (b'k', [49, ..]) => Command::Qr(Qr::Other),
        (b'H', [48, 48, a, b, c, d]) => Command::ProcessId([*a, *b, *c, *d]),
        _ => Command::Ignored,
    };
    done(command, 5 + data.len())
}
