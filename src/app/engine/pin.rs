//! PINs are hashed here, off the loop: Argon2id with 19 MiB and two passes takes some milliseconds, and the PIN itself must not
//! become an input, which is written down.

use super::secret;
use crate::domain::pin::{PIN_DIGITS, PinHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::io;
use std::path::{Path, PathBuf};

/// Memory in KiB, passes, lanes: what OWASP asks for at least.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

/// A secret that is not in the database: whoever copies that alone cannot try PINs.
#[derive(Debug, Clone)]
pub(super) struct Pepper(PathBuf);

/// Why a PIN cannot be checked or set.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// Not so many digits.
    #[error("a PIN has {} to {} digits", PIN_DIGITS.start(), PIN_DIGITS.end())]
    Shape,
    /// The file beside the database.
    #[error("the secret beside the database cannot be used: check {0}")]
    Pepper(PathBuf, #[source] io::Error),
    /// The library.
    #[error("the PIN cannot be hashed: {0}")]
    Hash(String),
}

impl Pepper {
    /// The secret of a data folder, in a file only its owner may read.
    pub(super) fn of(data: &Path) -> Self {
        Self(data.join("pin.key"))
    }

    /// Reads it, or makes it.
    fn bytes(&self) -> Result<Vec<u8>, PinError> {
        secret::read_or_make(&self.0).map_err(|error| PinError::Pepper(self.0.clone(), error))
    }

    /// Hashes a new PIN.
    pub(super) fn hash(&self, pin: &str) -> Result<PinHash, PinError> {
        if !(PIN_DIGITS.contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit())) {
            return Err(PinError::Shape);
        }
        let salt = secret::random(SALT_BYTES);
        let hash = self.derive(pin, &salt)?;
        Ok(PinHash { salt: hex(&salt), hash: hex(&hash) })
    }

    /// Whether a PIN is the one that was hashed.
    pub(super) fn is(&self, pin: &str, kept: &PinHash) -> Result<bool, PinError> {
        let salt =
            bytes_of(&kept.salt).ok_or_else(|| PinError::Hash("the kept salt is damaged".to_owned()))?;
        let hash = hex(&self.derive(pin, &salt)?);
        // Every byte is looked at, however early one differs.
        let differing = hash.bytes().zip(kept.hash.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        Ok(differing == 0 && hash.len() == kept.hash.len())
    }

    fn derive(&self, pin: &str, salt: &[u8]) -> Result<[u8; HASH_BYTES], PinError> {
        let failed = |error: argon2::Error| PinError::Hash(error.to_string());
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, Some(HASH_BYTES)).map_err(failed)?;
        let pepper = self.bytes()?;
        let argon =
            Argon2::new_with_secret(&pepper, Algorithm::Argon2id, Version::V0x13, params).map_err(failed)?;
        let mut hash = [0; HASH_BYTES];
        argon.hash_password_into(pin.as_bytes(), salt, &mut hash).map_err(failed)?;
        Ok(hash)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
