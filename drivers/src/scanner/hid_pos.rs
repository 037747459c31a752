//! Scanners on USB with reports of their own (HID usage page 0x8C): bytes and the kind of code, no keyboard.

use super::{Scan, text_of};

/// Usage page of scanners.
pub const USAGE_PAGE: u8 = 0x8C;

/// Bytes of a report with its number.
pub const REPORT_BYTES: usize = 64;

/// A code that goes on in another report is waited for so long, in milliseconds.
pub const CONTINUES_MS: u64 = 2000;

/// The most bytes a code may have.
const LENGTH_MAX: usize = 4096;

/// Number of the report with data, length, identifier(3), data(56), vendor, reserved, more.
const REPORT: u8 = 2;
const DATA_MAX: usize = 56;
const MORE: usize = 63;

/// Puts reports together to codes.
#[derive(Clone, Debug, Default)]
pub struct HidPos {
    identifier: Option<[u8; 3]>,
    /// Where the data begins in the reports of this code.
    start: Option<usize>,
    data: Vec<u8>,
    last_ms: u64,
}

impl HidPos {
    /// Hears a report, and gives the code that it ended.
    pub fn hear(&mut self, report: &[u8], at_ms: u64) -> Option<Scan> {
        if at_ms.saturating_sub(self.last_ms) > CONTINUES_MS {
            self.forget();
        }
        self.last_ms = at_ms;
        match report {
            [REPORT, length, rest @ ..] => self.with_identifier(usize::from(*length), rest, report)?,
            // Microscan: number, length, 62 bytes of data, and no identifier.
            [1, length, rest @ ..] => self.take(rest.get(..usize::from(*length).min(62))?),
            _ => return None,
        }
        let more = report.first() == Some(&REPORT) && report.get(MORE).is_some_and(|flags| flags & 1 == 1);
        if more { None } else { self.finish(at_ms) }
    }

    /// Whether the rest of a code is still to come.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        !self.data.is_empty()
    }

    /// The rest has not come: half a code is none.
    pub fn forget(&mut self) {
        self.data.clear();
        (self.identifier, self.start) = (None, None);
    }

    /// The identifier stands right behind the length, or one byte later; other makes have none there.
    fn with_identifier(&mut self, length: usize, rest: &[u8], report: &[u8]) -> Option<()> {
        let start = match self.start {
            // It goes on as it began, whether or not the identifier is repeated.
            Some(start) => start,
            None => match [0, 1].into_iter().find(|shift| rest.get(*shift) == Some(&b']')) {
                Some(shift) => {
                    self.identifier = rest.get(shift..shift + 3)?.try_into().ok();
                    2 + shift + 3
                }
                None => 2,
            },
        };
        self.start = Some(start);
        let length = length.min(DATA_MAX);
        // The flags at the end are no data.
        let end = (start + length).min(report.len()).min(MORE);
        self.take(report.get(start..end)?);
        Some(())
    }

    fn take(&mut self, data: &[u8]) {
        if self.data.len() + data.len() > LENGTH_MAX {
            self.forget();
        }
        self.data.extend_from_slice(data);
    }

    fn finish(&mut self, at_ms: u64) -> Option<Scan> {
        let identifier = self.identifier.take();
        self.start = None;
        let data = std::mem::take(&mut self.data);
        let data = data.strip_suffix(b"\r").unwrap_or(&data);
        if data.is_empty() {
            return None;
        }
        let mut code = identifier.map(|identifier| text_of(&identifier)).unwrap_or_default();
        code.push_str(&text_of(data));
        Some(Scan::of(&code, at_ms))
    }
}
