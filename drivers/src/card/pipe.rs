//! The text protocol of Cardlink's terminals that Viva's understand too ("ECR protocol"; TCP, the terminal listens, Viva's on
//! port 8080): fields between pipes behind four digits of length.
//!
//! ```text
//! 0063|002690|200|00|12345678901234567890123456789012|124.00|0000||||                                  a sale of 124.00
//! 0014|810|00|000032                                                                                   ready for the card
//! 0135|000065|210|00|00|Contactless/None~RRN:108813789134|VISA|406001******4011|789134|181644|000001|0.05|1010|…|16038894
//! 0093|000068|210|00|UC|Cancelled by User|||000000||000001|0.05|1010|…|16038894
//! ```
//!
//! The length counts what follows it, the pipe behind it included. Messages: 200/00 sale, 200/20 refund, 210 their result,
//! 810 ready, 700/00 the last receipt and 710 it, 500/20 close of the batch, 900 print a receipt again.
//!
//! Whether a terminal says "ready" by itself or only after the request, whether a result names our session or a count of
//! its own, and whether the last receipt names our id, is told differently in different papers: [`Settings`]. Without the
//! last one a terminal can only tell its last operation, and a person must compare.

use super::Abilities;
use super::intent::{AMOUNT_MAX_CENTS, Intent, Kind, SessionNumber};
use super::outcome::{Answer, Approval, Codes, Named};
use super::pan::{MaskedPan, Word};
use super::protocol::{Message, Protocol, Wrong};
use crate::wire::Fault;

/// The port Viva's terminals listen on unless they are told otherwise.
pub const PORT: u16 = 8080;
/// The digits of the length.
const LENGTH: usize = 4;
/// Shorter than any message.
const REST_MIN: usize = 4;

/// What differs between terminals and acquirers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// A terminal says "ready" when it is connected to, and takes no request before. Else it says so after the request.
    pub ready_first: bool,
    /// A result begins with our session. Else it begins with a count of the terminal's own, and the connection alone says
    /// whose it is.
    pub session_echoed: bool,
    /// Which field of the last receipt holds our id, counted from the length as 0.
    pub receipt_id: Option<usize>,
    /// The last receipt is asked for to see whether the terminal is there; else only the connection is opened.
    pub echo_by_receipt: bool,
    /// Message and code that ask a running operation to end, such as `100/00`.
    pub abort: Option<(String, String)>,
    /// What its codes mean.
    pub codes: Codes,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ready_first: false,
            session_echoed: true,
            receipt_id: None,
            echo_by_receipt: false,
            abort: None,
            codes: Codes {
                approved: vec!["00".to_owned()],
                cancelled: vec!["UC".to_owned()],
                missing: Vec::new(),
                running: Vec::new(),
                refused: Vec::new(),
            },
        }
    }
}

/// The protocol, as a till speaks it.
#[derive(Clone, Debug)]
pub struct Pipe {
    settings: Settings,
    frames: Frames,
}

impl Pipe {
    /// With the settings of a terminal.
    #[must_use]
    pub const fn new(settings: Settings) -> Self {
        Self { settings, frames: Frames::new() }
    }
}

/// A frame of these fields.
#[must_use]
pub fn frame(fields: &[&str]) -> Vec<u8> {
    let rest: String = fields.iter().flat_map(|field| ["|", field]).collect();
    format!("{:04}{rest}", rest.len()).into_bytes()
}

/// `124.00`.
#[must_use]
pub fn euros(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The cents of `124.00`, `124.0` or `124`; a minus is left out.
fn cents(euros: &str) -> Option<u64> {
    let euros = euros.trim().trim_start_matches('-');
    let (whole, part) = euros.split_once('.').unwrap_or((euros, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(part) && part.len() <= 2).then_some(())?;
    let part = part.parse::<u64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    let cents = whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(part)?;
    (cents <= AMOUNT_MAX_CENTS).then_some(cents)
}

/// The frame that prints the receipt of an order again, at the terminal. The code is the acquirer's, sixteen digits.
#[must_use]
pub fn reprint(session: SessionNumber, order_code: &str) -> Option<Vec<u8>> {
    let sound = order_code.len() == 16 && order_code.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| frame(&[&session.to_string(), "900", order_code]))
}

impl Protocol for Pipe {
    fn name(&self) -> &'static str {
        "the text protocol with pipes (pipe)"
    }

    fn codes(&self) -> &Codes {
        &self.settings.codes
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            void: false,
            query: self.settings.receipt_id.is_some(),
            close_batch: true,
            abort: self.settings.abort.is_some(),
        }
    }

    fn operation(&self, intent: &Intent) -> Result<Vec<u8>, Fault> {
        let code = match intent.kind {
            Kind::Sale => "00",
            Kind::Refund => "20",
            Kind::Void { .. } => {
                let why = "this terminal voids at its own menu only: void it there, or refund it";
                return Err(Fault::Unsupported(why.to_owned()));
            }
        };
        let (session, amount) = (intent.session.to_string(), euros(intent.amount_cents));
        let id = intent.id.as_str();
        Ok(frame(&[&session, "200", code, id, &amount, "0000", "", "", "", ""]))
    }

    fn query(&self, intent: &Intent) -> Option<Vec<u8>> {
        Some(frame(&[&intent.session.to_string(), "700", "00"]))
    }

    fn echo(&self) -> Option<Vec<u8>> {
        self.settings.echo_by_receipt.then(|| frame(&["000000", "700", "00"]))
    }

    fn abort(&self, intent: &Intent) -> Option<Vec<u8>> {
        let (message, code) = self.settings.abort.as_ref()?;
        Some(frame(&[&intent.session.to_string(), message, code]))
    }

    fn close_batch(&self, session: SessionNumber) -> Option<Vec<u8>> {
        Some(frame(&[&session.to_string(), "500", "20"]))
    }

    fn acknowledge(&self, _intent: &Intent) -> Option<Vec<u8>> {
        None
    }

    fn waits_for_ready(&self) -> bool {
        self.settings.ready_first
    }

    fn names_session(&self) -> bool {
        self.settings.session_echoed
    }

    fn hear(&mut self, byte: u8) -> Option<Result<Message, Wrong>> {
        Some(self.frames.hear(byte)?.map(|text| parse(&text, &self.settings)))
    }

    fn forget(&mut self) {
        self.frames = Frames::new();
    }
}

/// Cuts frames out of bytes. Total: any bytes make frames, nothing yet, or [`Wrong`], which lasts.
#[derive(Clone, Debug)]
pub struct Frames {
    waiting: Vec<u8>,
    wrong: bool,
}

impl Frames {
    /// Before the first byte of a connection.
    #[must_use]
    pub const fn new() -> Self {
        Self { waiting: Vec::new(), wrong: false }
    }

    /// Hears a byte: a whole frame with its length when it was its last.
    pub fn hear(&mut self, byte: u8) -> Option<Result<String, Wrong>> {
        if self.wrong {
            return Some(Err(Wrong));
        }
        // Some programs end a line that needs no end.
        if self.waiting.is_empty() && matches!(byte, b'\r' | b'\n') {
            return None;
        }
        self.waiting.push(byte);
        match progress(&self.waiting) {
            Some(false) => None,
            Some(true) => Some(Ok(std::mem::take(&mut self.waiting).into_iter().map(char::from).collect())),
            None => {
                (self.wrong, self.waiting) = (true, Vec::new());
                Some(Err(Wrong))
            }
        }
    }
}

impl Default for Frames {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a frame is whole; `None` when it is none.
fn progress(bytes: &[u8]) -> Option<bool> {
    let (length, rest) = bytes.split_at(bytes.len().min(LENGTH));
    length.iter().all(u8::is_ascii_digit).then_some(())?;
    if length.len() < LENGTH {
        return Some(false);
    }
    let length = length.iter().fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
    (length >= REST_MIN && rest.first().is_none_or(|first| *first == b'|')).then_some(())?;
    Some(rest.len() >= length)
}

/// What a frame says. Total.
#[must_use]
pub fn parse(frame: &str, settings: &Settings) -> Message {
    let fields: Vec<&str> = frame.split('|').collect();
    let at = |place: usize| fields.get(place).copied().unwrap_or_default();
    // Ready is the only one without a session.
    if at(1) == "810" {
        return Message::Ready;
    }
    let session = SessionNumber::read(at(1));
    match at(2) {
        "210" => Message::Result(result(session.filter(|_| settings.session_echoed), &at)),
        "710" => Message::Last(last(&at, settings)),
        "510" | "500" => Message::Batch { session, code: Word::new(at(3)) },
        "900" => Message::Other,
        _ => Message::Other,
    }
}

fn result<'a>(session: Option<SessionNumber>, at: &dyn Fn(usize) -> &'a str) -> Answer {
    let (words, named_rrn) =
        at(5).split_once("~RRN:").map_or((at(5), None), |(words, rrn)| (words, Some(rrn)));
    let approval = cents(at(11)).map(|amount_cents| Approval {
        amount_cents,
        tip_cents: cents(at(13)).unwrap_or(0),
        pan: MaskedPan::new(at(7)),
        by_hand: false,
        iris: at(6).trim().eq_ignore_ascii_case("IRIS"),
        scheme: Word::given(at(6)),
        auth_code: Word::given(at(9)),
        rrn: named_rrn.and_then(Word::given).or_else(|| Word::given(at(8))),
        stan: Word::given(at(8)),
        batch: Word::given(at(10)),
        terminal_id: Word::given(at(19)),
        bank: None,
        at: None,
    });
    Answer { session, names: Named::Nobody, code: Word::new(at(4)), words: Word::new(words), approval }
}

fn last<'a>(at: &dyn Fn(usize) -> &'a str, settings: &Settings) -> Answer {
    let approval = cents(at(4)).map(|amount_cents| Approval {
        amount_cents,
        tip_cents: cents(at(5)).unwrap_or(0),
        rrn: Word::given(at(6)),
        pan: MaskedPan::new(at(7)),
        at: Word::given(at(8)),
        ..Approval::default()
    });
    Answer {
        session: None,
        names: settings.receipt_id.map_or(Named::Nobody, |place| Named::read(at(place))),
        code: Word::new(at(3)),
        words: Word::default(),
        approval,
    }
}
