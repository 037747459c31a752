//! The other side of a password, for simulated cameras: [`Lock`].

use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::auth::{Algorithm, Asked, parameters};
use super::server::{Caller, Request};

/// How a simulated camera asks who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// The password as it is.
    Basic,
    /// A proof.
    Digest(Algorithm),
}

/// A name and a password that are asked for.
#[derive(Debug)]
pub struct Lock {
    user: (String, String),
    scheme: Scheme,
    /// How many requests a challenge is good for.
    good_for: u32,
    state: Mutex<(u64, u32)>,
}

impl Lock {
    /// A lock that opens for one name and password. A challenge is good for so many requests.
    #[must_use]
    pub fn new(name: &str, word: &str, scheme: Scheme, good_for: u32) -> Self {
        Self { user: (name.to_owned(), word.to_owned()), scheme, good_for, state: Mutex::default() }
    }

    /// Whether a request may pass. It is sent away otherwise.
    ///
    /// # Errors
    /// When the caller is gone.
    pub fn opens(&self, request: &Request, caller: &mut Caller<'_>) -> std::io::Result<bool> {
        let field = request.head.field("authorization").unwrap_or_default();
        let opens = match self.scheme {
            Scheme::Basic => {
                let word = STANDARD.encode(format!("{}:{}", self.user.0, self.user.1));
                field == format!("Basic {word}")
            }
            Scheme::Digest(algorithm) => self.is_proof(field, &request.head.target, algorithm),
        };
        if !opens {
            caller.answer(401, &format!("WWW-Authenticate: {}\r\n", self.challenge()), b"")?;
        }
        Ok(opens)
    }

    fn is_proof(&self, field: &str, target: &str, algorithm: Algorithm) -> bool {
        let Some(rest) = field.strip_prefix("Digest ") else { return false };
        let said = parameters(rest);
        let say = |name: &str| said.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        let count = u32::from_str_radix(say("nc"), 16).unwrap_or(0);
        let asked = Asked { nonce: self.nonce(), ..self.asked(algorithm) };
        let proof = asked.proof(&self.user, "GET", target, count, say("cnonce"));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // A count that was used before is somebody who has listened.
        let fresh = count > state.1 && count <= self.good_for;
        let fits = say("username") == self.user.0 && say("uri") == target && say("response") == proof;
        if fits && fresh {
            state.1 = count;
        }
        fits && fresh
    }

    fn asked(&self, algorithm: Algorithm) -> Asked {
        Asked { realm: "camera".to_owned(), counted: true, algorithm, ..Asked::default() }
    }

    fn nonce(&self) -> String {
        format!("{:08x}", self.state.lock().unwrap_or_else(PoisonError::into_inner).0)
    }

    fn challenge(&self) -> String {
        match self.scheme {
            Scheme::Basic => "Basic realm=\"camera\"".to_owned(),
            Scheme::Digest(algorithm) => {
                let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                *state = (state.0 + 1, 0);
                format!(
                    "Digest realm=\"camera\", nonce=\"{:08x}\", qop=\"auth,auth-int\", algorithm={}",
                    state.0,
                    algorithm.name()
                )
            }
        }
    }
}
