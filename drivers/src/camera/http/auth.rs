//! Names and passwords: basic (RFC 7617) and digest (RFC 7616). Nothing is sent before it is asked for, and of what is asked
//! for the strongest is chosen.

use std::hash::{BuildHasher, Hasher, RandomState};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use sha2::Sha256;

use super::Head;
use crate::wire::Fault;

/// What a camera asks for before it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// The password as it is.
    Basic,
    /// A proof that the password is known.
    Digest(Asked),
}

/// What a digest is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Where the name is known.
    pub realm: String,
    /// What is new in every challenge.
    pub nonce: String,
    /// Given back as it came.
    pub opaque: Option<String>,
    /// The answer counts the requests (`qop=auth`).
    pub counted: bool,
    /// How it is digested.
    pub algorithm: Algorithm,
}

/// How a digest is made. In this order they are preferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// What most cameras know.
    #[default]
    Md5,
    /// What new ones know.
    Sha256,
}

impl Algorithm {
    /// Its name in a field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    fn hex(self, text: &str) -> String {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(&Sha256::digest(text)),
        }
    }
}

impl Asked {
    /// The proof for a request: `count` requests were made with this challenge, this one included.
    #[must_use]
    pub fn proof(
        &self,
        user: &(String, String),
        method: &str,
        target: &str,
        count: u32,
        ours: &str,
    ) -> String {
        let (name, word) = user;
        let hex = |text: String| self.algorithm.hex(&text);
        let (who, what) = (hex(format!("{name}:{}:{word}", self.realm)), hex(format!("{method}:{target}")));
        match self.counted {
            true => hex(format!("{who}:{}:{count:08x}:{ours}:auth:{what}", self.nonce)),
            false => hex(format!("{who}:{}:{what}", self.nonce)),
        }
    }
}

/// Who asks, and what the camera has asked back.
#[derive(Clone, Default)]
pub struct Auth {
    user: Option<(String, String)>,
    challenge: Option<Challenge>,
    count: u32,
}

impl Auth {
    /// With a name and a password, or without.
    #[must_use]
    pub const fn new(user: Option<(String, String)>) -> Self {
        Self { user, challenge: None, count: 0 }
    }

    /// The field that goes with a request, where one was asked for.
    pub fn field(&mut self, method: &str, target: &str) -> Option<String> {
        let user = self.user.as_ref()?;
        let asked = match self.challenge.as_ref()? {
            Challenge::Basic => {
                return Some(format!("Basic {}", STANDARD.encode(format!("{}:{}", user.0, user.1))));
            }
            Challenge::Digest(asked) => asked,
        };
        self.count += 1;
        // Chance of its own for each process, as the standard library's tables have it.
        let ours = format!("{:016x}", RandomState::new().build_hasher().finish());
        let proof = asked.proof(user, method, target, self.count, &ours);
        let Asked { realm, nonce, .. } = asked;
        let name = user.0.replace('\\', "\\\\").replace('"', "\\\"");
        let mut field = format!(
            "Digest username=\"{name}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{target}\", response=\"{proof}\", algorithm={}",
            asked.algorithm.name()
        );
        if asked.counted {
            field += &format!(", qop=auth, nc={:08x}, cnonce=\"{ours}\"", self.count);
        }
        if let Some(opaque) = &asked.opaque {
            field += &format!(", opaque=\"{opaque}\"");
        }
        Some(field)
    }

    /// Takes what an answer of 401 asks for. The request is to be made again then.
    ///
    /// # Errors
    /// When name and password are missing or were refused, or something unknown is asked for.
    pub fn challenged(&mut self, head: &Head) -> Result<(), Fault> {
        let says = |why: &str| Err(Fault::Unsupported(why.to_owned()));
        if self.user.is_none() {
            return says(
                "the camera wants a name and a password: put them into the address, http://name:password@…",
            );
        }
        let asked = head.all("www-authenticate").flat_map(challenges);
        let strongest = asked.max_by_key(|challenge| match challenge {
            Challenge::Basic => None,
            Challenge::Digest(asked) => Some(asked.algorithm),
        });
        let Some(challenge) = strongest else {
            return says(
                "the camera wants to know who asks in a way that is not known here: set it to digest",
            );
        };
        // A challenge that was answered before has only run out, and not every camera says so. One whose first answer is
        // refused is refused.
        let refused = self.count == 1 && head.all("www-authenticate").all(|text| !is_stale(text));
        if refused || self.challenge == Some(Challenge::Basic) {
            self.challenge = None;
            self.count = 0;
            return says("the camera refuses the name or the password");
        }
        self.challenge = Some(challenge);
        self.count = 0;
        Ok(())
    }
}

fn is_stale(text: &str) -> bool {
    text.to_ascii_lowercase().replace([' ', '"'], "").contains("stale=true")
}

/// What a field asks for; several may stand in one. Any text is read.
#[must_use]
pub fn challenges(text: &str) -> Vec<Challenge> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((word, after)) = token(rest) {
        rest = after;
        if word.eq_ignore_ascii_case("basic") {
            found.push(Challenge::Basic);
        } else if word.eq_ignore_ascii_case("digest") {
            let mut asked = Asked::default();
            let mut known = true;
            while let Some((name, value, after)) = parameter(rest) {
                rest = after;
                known &= asked.set(&name, value);
            }
            if known && !asked.nonce.is_empty() {
                found.push(Challenge::Digest(asked));
            }
        }
    }
    found
}

impl Asked {
    /// Takes a parameter; false when it asks for what is not known here.
    fn set(&mut self, name: &str, value: String) -> bool {
        match name {
            "realm" => self.realm = value,
            "nonce" => self.nonce = value,
            "opaque" => self.opaque = Some(value),
            "qop" => {
                self.counted = value.split(',').any(|word| word.trim() == "auth");
                return self.counted;
            }
            "algorithm" if value.eq_ignore_ascii_case("MD5") => self.algorithm = Algorithm::Md5,
            "algorithm" if value.eq_ignore_ascii_case("SHA-256") => self.algorithm = Algorithm::Sha256,
            "algorithm" => return false,
            _ => {}
        }
        true
    }
}

/// Every `name=value` at the beginning of a text.
pub(super) fn parameters(text: &str) -> Vec<(String, String)> {
    let mut rest = text;
    let next = || {
        let (name, value, after) = parameter(rest)?;
        rest = after;
        Some((name, value))
    };
    std::iter::from_fn(next).collect()
}

/// The next word, and what stands behind it.
fn token(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(|c: char| c == ',' || c == '"' || c == '=' || c.is_whitespace());
    let end =
        text.find(|c: char| c == ',' || c == '"' || c == '=' || c.is_whitespace()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// `name=value` or `name="value"`, and what stands behind it; none where the next word is none.
fn parameter(text: &str) -> Option<(String, String, &str)> {
    let (name, rest) = token(text)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let (value, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => rest.split_at(rest.find([',', ' ']).unwrap_or(rest.len())),
    };
    Some((name.to_ascii_lowercase(), value.to_owned(), rest))
}
