//! Codes of our own tickets, which nobody can make who has not the key: [`TicketCodes`].
//!
//! `T7K3Q-000123.0G4T1M2P`: a prefix of the shop's choice, the ticket's number, a point, and eight characters that only the
//! holder of the key can compute (HMAC-SHA256, the first forty bits). Capital letters, digits and `-` `.` only: short in a
//! QR, possible in a Code 128, and typed by any scanner under any layout. It holds no name and no plate.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the check: a guess is right once in a million million times.
const CHECK_BYTES: usize = 5;
/// Characters of the check.
const CHECK_CHARS: usize = 8;
/// Crockford's digits: no letter that looks like another.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes and reads the codes of tickets.
#[derive(Clone)]
pub struct TicketCodes {
    prefix: String,
    key: Vec<u8>,
}

/// What a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketCheck {
    /// A ticket of ours, with its number.
    Ours {
        /// Its number.
        number: String,
    },
    /// It looks like a ticket of ours and was not made with our key: misread, of another shop, or forged.
    NotMadeHere,
    /// Something else.
    Other,
}

/// Why there is no code for a number, or no codes at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTicket {
    /// The key is too short to be one.
    #[error("the key of the tickets has less than 16 bytes")]
    Key,
    /// Prefix or number has characters that not every scanner types.
    #[error(
        "a ticket's code has capital letters, digits and dashes only, 1 to 4 in its prefix and 1 to 20 in its number"
    )]
    Characters,
}

impl TicketCodes {
    /// Codes with a prefix, made with a key.
    ///
    /// # Errors
    /// When the prefix or the key cannot be one.
    pub fn new(prefix: &str, key: &[u8]) -> Result<Self, BadTicket> {
        if key.len() < 16 {
            return Err(BadTicket::Key);
        }
        if !is_plain(prefix, 4) {
            return Err(BadTicket::Characters);
        }
        Ok(Self { prefix: prefix.to_owned(), key: key.to_owned() })
    }

    /// The code of a ticket's number.
    ///
    /// # Errors
    /// When the number has characters that are not typed everywhere.
    pub fn code(&self, number: &str) -> Result<String, BadTicket> {
        if !is_plain(number, 20) {
            return Err(BadTicket::Characters);
        }
        let check =
            self.mac(number).map(|mac| written(&mac.finalize().into_bytes())).ok_or(BadTicket::Key)?;
        Ok(format!("{}{number}.{check}", self.prefix))
    }

    /// What a scanned or typed code is. Small letters are read as capitals, and in the check O as 0, I and L as 1.
    #[must_use]
    pub fn read(&self, code: &str) -> TicketCheck {
        let code = code.trim().to_ascii_uppercase();
        let parts = code.strip_prefix(&self.prefix).and_then(|rest| rest.rsplit_once('.'));
        let Some((number, check)) =
            parts.filter(|(number, check)| is_plain(number, 20) && check.len() == CHECK_CHARS)
        else {
            return TicketCheck::Other;
        };
        let good = bytes_of(check)
            .zip(self.mac(number))
            .is_some_and(|(check, mac)| mac.verify_truncated_left(&check).is_ok());
        if good { TicketCheck::Ours { number: number.to_owned() } } else { TicketCheck::NotMadeHere }
    }

    /// The prefix is part of what is checked: a code of one kind is none of another under the same key.
    fn mac(&self, number: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(self.prefix.as_bytes());
        mac.update(&[0]);
        mac.update(number.as_bytes());
        Some(mac)
    }
}

impl std::fmt::Debug for TicketCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TicketCodes({:?}, …)", self.prefix)
    }
}

fn is_plain(text: &str, max: usize) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=max).contains(&text.len()) && text.bytes().all(plain)
}

/// Forty bits in eight characters of five bits each.
fn written(mac: &[u8]) -> String {
    let bits = mac.iter().take(CHECK_BYTES).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let digit = |place: usize| DIGITS[usize::try_from(bits >> (5 * place) & 31).unwrap_or(0)];
    (0..CHECK_CHARS).rev().map(|place| char::from(digit(place))).collect()
}

fn bytes_of(check: &str) -> Option<[u8; CHECK_BYTES]> {
    let mut bits = 0_u64;
    for character in check.bytes() {
        let character = match character {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let digit = DIGITS.iter().position(|digit| *digit == character)?;
        bits = bits << 5 | u64::try_from(digit).ok()?;
    }
    bits.to_be_bytes()[8 - CHECK_BYTES..].try_into().ok()
}
