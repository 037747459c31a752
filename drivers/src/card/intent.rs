//! What is to be charged, and the witness that it was written down first: [`Intent`], [`Committed`].

use std::fmt;

/// The number of one operation between till and terminal: six digits, as myDATA wants it in an `ECRToken`
/// (`SessionNumber`, exactly six characters) and both protocols carry it. Counted by the till; it comes round again after a
/// million, which is why each intent has a [`UniqueId`] too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionNumber(u32);

impl SessionNumber {
    /// The largest.
    pub const MAX: u32 = 999_999;

    /// A session's number; `None` above [`Self::MAX`].
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if number <= Self::MAX { Some(Self(number)) } else { None }
    }

    /// From six digits, or fewer with noughts understood.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok().map(Self)).flatten()
    }

    /// The next one, round the corner.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(if self.0 == Self::MAX { 0 } else { self.0 + 1 })
    }
}

impl fmt::Display for SessionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// The name of an intent that no other ever has: thirty-two letters and digits, best made [from](Self::from_u128) a UUID.
/// The terminal hands it on to the acquirer and, where the protocol allows, back to us.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UniqueId(String);

/// A row of so many digits could be a card number, and a name is shown and logged.
const DIGIT_ROW_MAX: usize = 12;

impl UniqueId {
    /// How long one is.
    pub const LENGTH: usize = 32;

    /// From thirty-two ASCII letters and digits, with no more than twelve digits in a row.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let plain = text.len() == Self::LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let row = text.split(|sign: char| !sign.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        (plain && row <= DIGIT_ROW_MAX).then(|| Self(text.to_owned()))
    }

    /// A number such as a UUID in thirty-two letters, `A` for 0 to `P` for 15: no digits, so that it never looks like a card
    /// number.
    #[must_use]
    pub fn from_u128(number: u128) -> Self {
        let letter = |place: u32| char::from(b'A' + u8::try_from(number >> (4 * place) & 0xF).unwrap_or(0));
        Self((0..32).rev().map(letter).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The till's date and time as the terminal is told it: `yyyyMMddHHmmss`, local time. The driver keeps no calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime(String);

impl LocalTime {
    /// From fourteen digits.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        (text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What can be asked for, and approved: seven digits of euros. A longer row of digits is no amount, and could be a card's
/// number in the wrong field.
pub const AMOUNT_MAX_CENTS: u64 = 999_999_999;

/// What is to be done with the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Money is taken.
    Sale,
    /// Money is given back, whenever it was taken.
    Refund,
    /// A sale of the same batch is undone as if it had not been, where the protocol can.
    Void {
        /// The sale's session.
        original: SessionNumber,
    },
}

/// One operation that moves money, as it is written into the till's database before the terminal hears of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// Its number.
    pub session: SessionNumber,
    /// Its name.
    pub id: UniqueId,
    /// What is to be done.
    pub kind: Kind,
    /// How much, in cents; never zero.
    pub amount_cents: u64,
    /// When it was made.
    pub at: LocalTime,
}

impl Intent {
    /// Writes the intent down and gives the witness without which no terminal can be started. The function is the caller's
    /// own commit: when it comes back with `Ok`, the intent must outlive a pulled plug. It is made only once: after a
    /// restart a stored intent can be asked about ([`super::CardTerminal::query`]), not started again.
    ///
    /// # Errors
    /// Those of the commit; nothing can be started then.
    pub fn commit_with<E>(self, commit: impl FnOnce(&Self) -> Result<(), E>) -> Result<Committed, E> {
        commit(&self)?;
        Ok(Committed(self))
    }
}

/// An intent that stands in the database. It is used up by starting it and cannot be copied: a second sale from the same
/// intent does not compile.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "an intent that was committed and is not started must be ended in the database"]
pub struct Committed(Intent);

impl Committed {
    /// The intent.
    #[must_use]
    pub const fn intent(&self) -> &Intent {
        &self.0
    }
}
