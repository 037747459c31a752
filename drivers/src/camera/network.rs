//! A camera in the network, over HTTP: a picture at a time, or a stream of them without an end. Which of the two it is, its
//! answer says.

use std::time::{Duration, Instant};

use super::FrameSource;
use super::frame::{Captured, Format, JPEG_BYTES_MAX, LIVE_MAX, Size};
use super::http::{Auth, Exchange, Head, Multipart, Piece, Url, exchange};
use super::pace::Pace;
use crate::wire::Fault;

/// Pictures a second, where each is asked for.
const FPS: f32 = 2.0;

/// How long a camera has for an answer, and for the whole of a single picture.
const ANSWER_WAIT: Duration = Duration::from_secs(5);

/// A camera that answers with pictures.
pub struct Network {
    url: Url,
    auth: Auth,
    pace: Pace,
    state: State,
}

enum State {
    /// The next picture is to be asked for, when it is due.
    Idle,
    /// It was asked for again, with the password: at once.
    Again,
    /// It was asked for.
    Asked(Exchange, Instant),
    /// It is coming.
    Still(Exchange, Instant, Vec<u8>),
    /// One after another is coming.
    Stream(Exchange, Multipart),
}

impl Network {
    /// The camera at a URL. It is called when the first picture is wanted.
    #[must_use]
    pub fn new(url: Url, fps: Option<f32>) -> Self {
        let auth = Auth::new(url.user.clone());
        Self { url, auth, pace: Pace::of(fps.unwrap_or(FPS)), state: State::Idle }
    }

    /// One step; a picture, or whether to go on at once.
    fn step(&mut self, wait: Duration) -> Result<Step, Fault> {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Idle if !self.pace.wait(wait) => Ok(Step::Wait),
            State::Idle | State::Again => {
                let exchange = Exchange::get(&self.url, &mut self.auth)?;
                self.state = State::Asked(exchange, Instant::now());
                Ok(Step::On)
            }
            State::Asked(mut exchange, since) => match exchange.head(wait)? {
                Some(head) => self.answered(exchange, since, &head),
                None if since.elapsed() > ANSWER_WAIT => Err(Fault::Silent),
                None => {
                    self.state = State::Asked(exchange, since);
                    Ok(Step::Wait)
                }
            },
            State::Still(exchange, since, bytes) => self.still(exchange, since, bytes, wait),
            State::Stream(exchange, parts) => self.stream(exchange, parts, wait),
        }
    }

    fn answered(&mut self, exchange: Exchange, since: Instant, head: &Head) -> Result<Step, Fault> {
        match head.status {
            200 => {}
            401 => {
                self.auth.challenged(head)?;
                self.state = State::Again;
                return Ok(Step::On);
            }
            _ => return Err(exchange::refused(head)),
        }
        let kind = head.field("content-type").unwrap_or_default();
        self.state = match Multipart::of(kind) {
            Some(parts) => State::Stream(exchange, parts),
            None if kind.trim_start().to_ascii_lowercase().starts_with("text/") => {
                return Err(Fault::Unsupported(
                    "the camera answers with a page instead of a picture: take the address of its picture"
                        .to_owned(),
                ));
            }
            None => State::Still(exchange, since, Vec::new()),
        };
        Ok(Step::On)
    }

    fn still(
        &mut self,
        mut exchange: Exchange,
        since: Instant,
        mut bytes: Vec<u8>,
        wait: Duration,
    ) -> Result<Step, Fault> {
        let step = match exchange.body(wait)? {
            Piece::Bytes(more) => {
                bytes.extend(more);
                Step::On
            }
            Piece::Nothing => Step::Wait,
            // One that breaks off is given too, to be counted.
            Piece::Over | Piece::BrokenOff => return Ok(Step::Picture(jpeg(bytes))),
        };
        if since.elapsed() > ANSWER_WAIT || bytes.len() > JPEG_BYTES_MAX {
            return Ok(Step::Picture(jpeg(bytes)));
        }
        self.state = State::Still(exchange, since, bytes);
        Ok(step)
    }

    fn stream(
        &mut self,
        mut exchange: Exchange,
        mut parts: Multipart,
        wait: Duration,
    ) -> Result<Step, Fault> {
        if let Some(part) = parts.part()? {
            self.state = State::Stream(exchange, parts);
            return Ok(if part.is_jpeg() { Step::Picture(jpeg(part.body)) } else { Step::On });
        }
        let step = match exchange.body(wait)? {
            Piece::Bytes(more) => {
                parts.hear(&more);
                Step::On
            }
            Piece::Nothing => Step::Wait,
            Piece::Over | Piece::BrokenOff => return Err(Fault::Gone),
        };
        self.state = State::Stream(exchange, parts);
        Ok(step)
    }
}

enum Step {
    Picture(Captured),
    On,
    Wait,
}

impl FrameSource for Network {
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.step(left)? {
                Step::Picture(captured) => return Ok(Some(captured)),
                Step::On if left > Duration::ZERO => {}
                Step::On | Step::Wait => return Ok(None),
            }
        }
    }

    fn silence_max(&self) -> Option<Duration> {
        Some(LIVE_MAX.max(self.pace.every() * 3))
    }
}

fn jpeg(bytes: Vec<u8>) -> Captured {
    Captured::now(bytes, Format::Jpeg, Size::default())
}
