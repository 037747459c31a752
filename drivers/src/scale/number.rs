//! Numbers as scales write them: padded, with or without a sign, with or without a point.

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// A minus stood before it.
    pub(super) negative: bool,
    /// Its digits, without the point.
    pub(super) digits: u32,
    /// How many of them stand after the point.
    pub(super) decimals: u8,
}

/// Reads a number that is all of the text; `implied` decimals where no point is written.
pub(super) fn parse(text: &[u8], implied: u8) -> Option<Number> {
    let (number, rest) = split(text, implied)?;
    rest.trim_ascii().is_empty().then_some(number)
}

/// Reads the number at the front of a text and gives what follows it.
pub(super) fn split(text: &[u8], implied: u8) -> Option<(Number, &[u8])> {
    let text = text.trim_ascii_start();
    let (negative, text) = match text.split_first() {
        Some((b'-', rest)) => (true, rest.trim_ascii_start()),
        Some((b'+', rest)) => (false, rest.trim_ascii_start()),
        _ => (false, text),
    };
    let end = text.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b',')).unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let mut parts = written.splitn(2, |byte| matches!(byte, b'.' | b','));
    let (whole, fraction) = (parts.next()?, parts.next());
    let decimals = fraction.map_or(Some(implied), |fraction| u8::try_from(fraction.len()).ok())?;
    let digits = [whole, fraction.unwrap_or_default()].concat();
    // A second point is no digit.
    let digits = std::str::from_utf8(&digits).ok()?.parse().ok()?;
    Some((Number { negative, digits, decimals }, rest))
}

/// A number of exactly these digits, nothing else.
pub(super) fn digits(text: &[u8]) -> Option<u32> {
    let all = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    all.then(|| std::str::from_utf8(text).ok()?.parse().ok()).flatten()
}
