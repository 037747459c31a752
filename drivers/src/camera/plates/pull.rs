//! A camera that is asked what it sees, and answers without an end.

use std::time::{Duration, Instant};

use super::address::Terms;
use super::gather::Gather;
use super::{Maker, PlateRead, dahua, hikvision};
use crate::camera::http::{Auth, Exchange, Multipart, Piece, Url, exchange};
use crate::wire::Fault;

/// How long a camera has to say that it will tell.
const ANSWER_WAIT: Duration = Duration::from_secs(5);

/// How long what it has said is looked at before the next look for more: pictures come right behind their plate.
const TURN: Duration = Duration::from_millis(50);

/// A camera that tells what it sees.
#[derive(Debug)]
pub struct Pull {
    exchange: Exchange,
    parts: Multipart,
    gather: Gather,
    heard: Instant,
    silence: Option<Duration>,
}

impl Pull {
    /// Asks a camera to tell, and makes sure that it will.
    ///
    /// # Errors
    /// When it is not there, does not let us in, or answers something else.
    pub fn open(maker: Maker, url: &Url, terms: &Terms) -> Result<Self, Fault> {
        let usual = match maker {
            Maker::Hikvision => hikvision::TARGET,
            Maker::Dahua => dahua::TARGET,
        };
        let url = if url.target == "/" { url.with_target(usual) } else { url.clone() };
        let mut auth = Auth::new(url.user.clone());
        loop {
            let mut exchange = Exchange::get(&url, &mut auth)?;
            let head = exchange.head(ANSWER_WAIT)?.ok_or(Fault::Silent)?;
            match head.status {
                200 => {
                    let kind = head.field("content-type").unwrap_or_default();
                    let parts = Multipart::of(kind).ok_or_else(|| Fault::SpeaksSomethingElse {
                        expected: "events of a camera that reads plates".to_owned(),
                    })?;
                    let gather = Gather::new(maker, terms.full(maker));
                    return Ok(Self {
                        exchange,
                        parts,
                        gather,
                        heard: Instant::now(),
                        silence: terms.silence,
                    });
                }
                // It gives up by itself when name and password are refused.
                401 => auth.challenged(&head)?,
                _ => return Err(exchange::refused(&head)),
            }
        }
    }

    /// The next plate; none within the wait.
    ///
    /// # Errors
    /// When the camera is gone, or has said nothing for too long.
    pub fn next(&mut self, wait: Duration) -> Result<Option<PlateRead>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            while let Some(part) = self.parts.part()? {
                self.gather.hear(part, Instant::now());
            }
            if let Some(read) = self.gather.next(Instant::now()) {
                return Ok(Some(read));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.exchange.body(left.min(TURN))? {
                Piece::Bytes(bytes) => {
                    self.heard = Instant::now();
                    self.parts.hear(&bytes);
                }
                Piece::Nothing if self.is_silent() => return Err(Fault::Silent),
                Piece::Nothing if left.is_zero() => return Ok(None),
                Piece::Nothing => {}
                Piece::Over | Piece::BrokenOff => return Err(Fault::Gone),
            }
        }
    }

    fn is_silent(&self) -> bool {
        self.silence.is_some_and(|silence| self.heard.elapsed() > silence)
    }
}
