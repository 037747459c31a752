//! The text protocol between cash systems and terminals of A.1098/2022 (TCP, the terminal listens on port 4000), and its
//! older form (Mellon): fields between slashes, each with a letter, behind two bytes of length.
//!
//! ```text
//! 00 51  ECR0101  A/S000677/F2500:978:2/D20211122123652/R8/H121/T000677/G:0:0:0:0/M123456789     a sale of 25.00
//! 00 16  MEL0101  A/S000677/F2500                                                                taken
//! 00 14  MEL0101  R/S000677/C33                                                                  declined
//! ```
//!
//! The length counts what follows it. A head of seven letters says who speaks (`ECR` the till; `POS` or `MEL` the
//! terminal), the variant and the version. Frames and their order are from traces of real terminals; which codes mean what,
//! whether a terminal can be asked about a session (`O`), how a void names its sale and whether there is an abort differ
//! between acquirers: [`Settings`]. The check code `/Q` of a terminal paired with a fiscal device is not computed: its key
//! handling is not public. Such a terminal refuses what comes without it.

use super::Abilities;
use super::intent::{AMOUNT_MAX_CENTS, Intent, Kind, SessionNumber};
use super::outcome::{Answer, Approval, Codes, Named};
use super::pan::{MaskedPan, Word};
use super::protocol::{Message, Protocol, Wrong};
use crate::wire::Fault;

/// The port terminals listen on unless they are told otherwise.
pub const PORT: u16 = 4000;
/// Direction, variant and version.
const HEAD: usize = 7;
/// A result may carry the text of the slip; nothing is longer than this.
const FRAME_MAX: usize = 8192;
/// Euros, in cents.
const CURRENCY: &str = "978:2";

/// Which form of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A.1098/2022: `ECR0210`, `ECR0110`.
    A1098,
    /// The older one: `ECR0101`, with the amounts of VAT.
    Mellon,
}

/// What differs between terminals and acquirers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The form.
    pub form: Form,
    /// The till's number as the terminal knows it: at most eleven letters and digits.
    pub till: String,
    /// The cashier's number: at most eight letters and digits.
    pub operator: String,
    /// The terminal can be asked about a session (`O`).
    pub query: bool,
    /// A sale is voided by its session, sent as the receipt's number.
    pub void: bool,
    /// The control command that asks a running operation to end, such as `ABORT:1`.
    pub abort: Option<String>,
    /// What its codes mean.
    pub codes: Codes,
}

impl Settings {
    /// What is known of a form; everything that is not known is off.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self {
            form,
            till: "1".to_owned(),
            operator: "1".to_owned(),
            query: form == Form::A1098,
            void: false,
            abort: None,
            codes: Codes {
                approved: vec!["00".to_owned()],
                cancelled: Vec::new(),
                missing: Vec::new(),
                running: Vec::new(),
                refused: Vec::new(),
            },
        }
    }
}

/// The protocol, as a till speaks it.
#[derive(Clone, Debug)]
pub struct Ecr {
    settings: Settings,
    frames: Frames,
}

impl Ecr {
    /// With the settings of a terminal.
    #[must_use]
    pub const fn new(settings: Settings) -> Self {
        Self { settings, frames: Frames::new() }
    }

    /// A whole frame around a body.
    fn frame(&self, body: &str) -> Vec<u8> {
        let version = match (self.settings.form, body.as_bytes().first()) {
            (Form::Mellon, _) => "0101",
            (Form::A1098, Some(b'A' | b'V' | b'Z' | b'U')) => "0210",
            (Form::A1098, _) => "0110",
        };
        frame("ECR", version, body)
    }
}

/// A frame: who speaks, variant and version, and the body.
#[must_use]
pub fn frame(direction: &str, version: &str, body: &str) -> Vec<u8> {
    let text = format!("{direction}{version}{body}");
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend(text.into_bytes().into_iter().take(length.into()));
    bytes
}

impl Protocol for Ecr {
    fn name(&self) -> &'static str {
        match self.settings.form {
            Form::A1098 => "the text protocol of A.1098 (ecr)",
            Form::Mellon => "the older text protocol (ecr, form=mellon)",
        }
    }

    fn codes(&self) -> &Codes {
        &self.settings.codes
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            void: self.settings.void,
            query: self.settings.query,
            close_batch: false,
            abort: self.settings.abort.is_some(),
        }
    }

    fn operation(&self, intent: &Intent) -> Result<Vec<u8>, Fault> {
        let (letter, receipt) = match intent.kind {
            Kind::Sale => ('A', intent.session),
            Kind::Refund => ('Z', intent.session),
            Kind::Void { original } if self.settings.void => ('V', original),
            Kind::Void { .. } => {
                let why = "this terminal is not set up to void a sale: void it at its own menu, or refund it";
                return Err(Fault::Unsupported(why.to_owned()));
            }
        };
        let vat = if self.settings.form == Form::Mellon { "/G:0:0:0:0" } else { "" };
        Ok(self.frame(&format!(
            "{letter}/S{}/F{}:{CURRENCY}/D{}/R{}/H{}/T{receipt}{vat}/M{}",
            intent.session,
            intent.amount_cents,
            intent.at.as_str(),
            self.settings.till,
            self.settings.operator,
            intent.id.as_str(),
        )))
    }

    fn query(&self, intent: &Intent) -> Option<Vec<u8>> {
        self.settings.query.then(|| {
            let (session, cents, till) = (intent.session, intent.amount_cents, &self.settings.till);
            self.frame(&format!("O/S{session}/F{cents}:{CURRENCY}/R{till}/T{session}"))
        })
    }

    fn echo(&self) -> Option<Vec<u8>> {
        Some(self.frame(&format!("X/{}", self.settings.till)))
    }

    fn abort(&self, _intent: &Intent) -> Option<Vec<u8>> {
        let command = self.settings.abort.as_ref()?;
        Some(self.frame(&format!("U/R{}/C{command}", self.settings.till)))
    }

    fn close_batch(&self, _session: SessionNumber) -> Option<Vec<u8>> {
        None
    }

    /// The terminal of A.1098 is told that its result has come; else it may send it again.
    fn acknowledge(&self, intent: &Intent) -> Option<Vec<u8>> {
        (self.settings.form == Form::A1098).then(|| {
            let (session, cents, till) = (intent.session, intent.amount_cents, &self.settings.till);
            self.frame(&format!("R/S{session}/R{till}/F{cents}/T{session}"))
        })
    }

    fn waits_for_ready(&self) -> bool {
        false
    }

    fn names_session(&self) -> bool {
        true
    }

    fn hear(&mut self, byte: u8) -> Option<Result<Message, Wrong>> {
        Some(self.frames.hear(byte)?.map(|body| parse(&body)))
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

    /// Hears a byte: the body of a frame when it was its last, without the head.
    pub fn hear(&mut self, byte: u8) -> Option<Result<String, Wrong>> {
        if self.wrong {
            return Some(Err(Wrong));
        }
        self.waiting.push(byte);
        let (length, rest) = self.waiting.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        // Said as early as it shows: a device that speaks something else would keep us waiting for its "length".
        if !(HEAD + 1..=FRAME_MAX).contains(&length) || !begins_well(rest) {
            (self.wrong, self.waiting) = (true, Vec::new());
            return Some(Err(Wrong));
        }
        if rest.len() < length {
            return None;
        }
        // Fields are ASCII; a merchant's name on the slip may be in any page.
        let body = rest.get(HEAD..).unwrap_or_default().iter().map(|byte| char::from(*byte)).collect();
        self.waiting.clear();
        Some(Ok(body))
    }
}

impl Default for Frames {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether bytes can be the beginning of what a terminal says.
fn begins_well(bytes: &[u8]) -> bool {
    let alike = |who: &[u8]| bytes.iter().zip(who).all(|(byte, wanted)| byte == wanted);
    let version = bytes.iter().take(HEAD).skip(3);
    (alike(b"POS") || alike(b"MEL")) && version.clone().all(u8::is_ascii_digit)
}

/// What the body of a frame says. Total.
#[must_use]
pub fn parse(body: &str) -> Message {
    let (letter, rest) = body.split_once('/').unwrap_or((body, ""));
    match letter {
        "X" => echo(rest),
        "A" | "V" | "Z" | "P" | "I" | "M" | "H" => Message::Taken { session: session(rest) },
        "R" => Message::Result(answer(rest)),
        "E" => Message::Error { code: Word::new(rest) },
        _ => Message::Other,
    }
}

fn echo(rest: &str) -> Message {
    let terminal = rest.rsplit_once("/T").map_or("", |(_, terminal)| terminal);
    let (id, version) = terminal.split_once(':').unwrap_or((terminal, ""));
    Message::Echo { terminal_id: Word::given(id), version: Word::given(version) }
}

/// The first field with a letter. The slip's text, which comes last, may hold slashes of its own.
fn field(rest: &str, letter: char) -> Option<&str> {
    let before_slip = rest.split('/').take_while(|field| !field.starts_with('P'));
    before_slip.into_iter().find_map(|field| field.strip_prefix(letter))
}

fn session(rest: &str) -> Option<SessionNumber> {
    field(rest, 'S').and_then(SessionNumber::read)
}

fn answer(rest: &str) -> Answer {
    Answer {
        session: session(rest),
        names: field(rest, 'M').map_or(Named::Nobody, Named::read),
        code: Word::new(field(rest, 'C').unwrap_or_default()),
        words: Word::default(),
        approval: field(rest, 'D').and_then(approval),
    }
}

/// `20221122101500` as `2022-11-22 10:15:00`: fourteen digits in a row could be a card's, and a time is not to be masked for
/// one. Anything else stays as it is.
fn written_out(time: &str) -> String {
    let within = |from: usize, least: u8, most: u8| {
        time.get(from..from + 2)
            .and_then(|two| two.parse().ok())
            .is_some_and(|two| (least..=most).contains(&two))
    };
    let is_time = time.len() == 14
        && time.bytes().all(|byte| byte.is_ascii_digit())
        && within(0, 20, 20)
        && within(4, 1, 12)
        && within(6, 1, 31)
        && within(8, 0, 23)
        && within(10, 0, 59)
        && within(12, 0, 60);
    if !is_time {
        return time.to_owned();
    }
    let part = |from: usize, to: usize| time.get(from..to).unwrap_or_default();
    format!("{}-{}-{} {}:{}:{}", part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14))
}

/// `card type:txn type:masked PAN:amount:final amount:tip:loyalty:cashback:bank:terminal:batch:rrn:stan:auth:time:status`;
/// the time may hold colons of its own.
fn approval(data: &str) -> Option<Approval> {
    let fields: Vec<&str> = data.split(':').collect();
    let at = |place: usize| fields.get(place).copied().unwrap_or_default();
    let cents = |place| {
        let cents = at(place).trim().trim_start_matches('-').parse::<u64>().ok();
        cents.filter(|cents| *cents <= AMOUNT_MAX_CENTS)
    };
    let time = fields.get(14..fields.len().saturating_sub(1)).unwrap_or_default().join(":");
    Some(Approval {
        amount_cents: cents(3)?,
        tip_cents: cents(5).unwrap_or(0),
        pan: MaskedPan::new(at(2)),
        by_hand: false,
        iris: at(0).trim().eq_ignore_ascii_case("IRIS"),
        scheme: Word::given(at(0)),
        bank: Word::given(at(8)),
        terminal_id: Word::given(at(9)),
        batch: Word::given(at(10)),
        rrn: Word::given(at(11)),
        stan: Word::given(at(12)),
        auth_code: Word::given(at(13)),
        at: Word::given(&written_out(&time)),
    })
}
