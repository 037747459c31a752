//! The status block of Star printers ([`StarBlock`]): seven to fifteen bytes that come when asked for, on every change,
//! and when the end-of-job mark is printed.

use super::status::{Head, Reply};

/// The longest block: its length is told in four bits.
const LENGTH_MAX: usize = 15;
/// The shortest that says anything about paper.
const LENGTH_MIN: usize = 6;

/// A status block, heads counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarBlock {
    bytes: [u8; LENGTH_MAX],
    length: usize,
}

impl StarBlock {
    /// A byte of the block; nought beyond its end.
    #[must_use]
    pub fn byte(&self, at: usize) -> u8 {
        if at < self.length { self.bytes[at] } else { 0 }
    }

    /// The version of the status: 4 and up is StarPRNT.
    #[must_use]
    pub fn version(&self) -> u8 {
        told(self.bytes[1])
    }

    /// How many end-of-job marks were printed, up to 31 and then from nought again; none on printers that do not count.
    #[must_use]
    pub fn marks(&self) -> Option<u8> {
        let byte = self.byte(7);
        (self.length > 7).then_some((byte >> 2) & 0x18 | (byte >> 1) & 0x07)
    }
}

/// The number a head carries in its bits 1, 2, 3 and 5.
fn told(head: u8) -> u8 {
    (head >> 1) & 7 | (head >> 2) & 8
}

/// What the first waiting bytes are.
pub(crate) fn head(waiting: &[u8]) -> Head {
    let Some(first) = waiting.first() else { return Head::Incomplete };
    let length = usize::from(told(*first));
    if first & 0x91 != 0x01 || length < LENGTH_MIN {
        return Head::Noise;
    }
    // Bit 0 is set in the first head alone: a byte that has it begins something else.
    let rest = &waiting[1..waiting.len().min(length)];
    if rest.iter().enumerate().any(|(at, byte)| byte & if at == 0 { 0x11 } else { 0x01 } != 0) {
        return Head::Noise;
    }
    match waiting.get(..length) {
        None => Head::Incomplete,
        Some(block) => {
            let mut bytes = [0; LENGTH_MAX];
            bytes[..length].copy_from_slice(block);
            Head::Reply(Reply::Star(StarBlock { bytes, length }), length)
        }
    }
}
