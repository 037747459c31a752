//! What a terminal understands and says, from its own side of the line. It shares nothing with the parsers it is read by.

use super::super::address::Language;
use super::super::ecr::Form;
use super::super::intent::SessionNumber;
use super::Charge;

/// The code of an operation ended at the terminal.
pub(super) const CANCELLED_ECR: &str = "17";
pub(super) const CANCELLED_PIPE: &str = "UC";
/// The terminal's number at the acquirer.
const TERMINAL_ID: &str = "16038894";
/// The card everybody pays with: a number for tests, and how it is masked.
const CARD: &str = "4111111111111111";
const MASKED: &str = "411111******1111";

/// What goes over a line.
#[derive(Clone)]
pub(super) enum Said {
    /// Bytes.
    Bytes(Vec<u8>),
    /// The end of it.
    HangUp,
}

/// What bytes make.
pub(super) enum Frame {
    /// A request.
    Whole(String),
    /// Nothing a till would say.
    Nonsense,
}

/// What a till asks for.
pub(super) enum Asked {
    Operation(Request),
    Query {
        session: String,
    },
    LastReceipt {
        session: String,
    },
    Echo {
        text: String,
    },
    Abort,
    /// The till has the result of a session.
    Acknowledge {
        session: String,
    },
    Batch {
        session: String,
    },
    Nothing,
}

/// A request that moves money.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) session: String,
    pub(super) letter: char,
    pub(super) id: String,
    pub(super) cents: u64,
    receipt: String,
    till: String,
}

/// An operation as the terminal keeps it in its list.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) number: usize,
    pub(super) approved: bool,
    pub(super) code: String,
    pub(super) tip_cents: u64,
    pub(super) iris: bool,
    pub(super) unmasked: bool,
    pub(super) batch: u32,
    pub(super) request: Request,
}

impl Record {
    /// What the bank writes down.
    pub(super) fn charge(&self) -> Option<Charge> {
        let cents = i64::try_from(self.request.cents + self.tip_cents).ok()?;
        let session = SessionNumber::read(&self.request.session)?;
        let cents = if self.request.letter == 'A' { cents } else { -cents };
        Some(Charge { session, id: self.request.id.clone(), cents })
    }

    /// The same of another session, approved.
    pub(super) fn another(&self) -> Self {
        let mut another = self.clone();
        let session: u32 = self.request.session.parse().unwrap_or(0);
        another.request.session = format!("{:06}", (session + 500_000) % 1_000_000);
        another.request.id = "ANOTHERTILLSINTENTANOTHERTILLSIN".to_owned();
        (another.approved, another.code) = (true, "00".to_owned());
        another
    }

    fn card(&self) -> &'static str {
        match (self.iris, self.unmasked) {
            (true, _) => "****************",
            (false, true) => CARD,
            (false, false) => MASKED,
        }
    }

    fn scheme(&self) -> &'static str {
        if self.iris { "IRIS" } else { "VISA" }
    }

    fn rrn(&self) -> String {
        format!("{:012}", 108_813_000_000 + self.number)
    }

    /// What a careless maker prints beside everything else.
    fn careless(&self) -> &'static str {
        if self.unmasked { " 4111 1111 1111 1111" } else { "" }
    }
}

/// Cuts the next frame off; none while it is not whole.
pub(super) fn cut(language: &Language, heard: &mut Vec<u8>) -> Option<Frame> {
    let (from, to) = match language {
        Language::Ecr(_) => {
            let [high, low] = *heard.first_chunk::<2>()?;
            (2, 2 + (usize::from(high) << 8 | usize::from(low)))
        }
        Language::Pipe(_) => {
            let length: Option<usize> =
                std::str::from_utf8(heard.first_chunk::<4>()?).ok().and_then(|digits| digits.parse().ok());
            let Some(length) = length else {
                heard.clear();
                return Some(Frame::Nonsense);
            };
            (4, 4 + length)
        }
    };
    let text = String::from_utf8_lossy(heard.get(from..to)?).into_owned();
    heard.drain(..to);
    Some(Frame::Whole(text))
}

/// What a frame asks for.
pub(super) fn read(language: &Language, text: &str) -> Asked {
    match language {
        Language::Ecr(settings) => {
            let Some(body) = text.strip_prefix("ECR").and_then(|rest| rest.get(4..)) else {
                return Asked::Nothing;
            };
            let field = |letter: char| {
                let found = body.split('/').skip(1).find_map(|field| field.strip_prefix(letter));
                found.unwrap_or_default().to_owned()
            };
            match body.chars().next() {
                Some('X') => Asked::Echo { text: body.get(2..).unwrap_or_default().to_owned() },
                Some('R') => Asked::Acknowledge { session: field('S') },
                Some('O') if settings.query => Asked::Query { session: field('S') },
                Some('U') if settings.abort.as_ref().is_some_and(|abort| *abort == field('C')) => {
                    Asked::Abort
                }
                Some(letter @ ('A' | 'V' | 'Z')) => Asked::Operation(Request {
                    letter,
                    session: field('S'),
                    id: field('M'),
                    cents: field('F').split(':').next().and_then(|cents| cents.parse().ok()).unwrap_or(0),
                    receipt: field('T'),
                    till: field('R'),
                }),
                _ => Asked::Nothing,
            }
        }
        Language::Pipe(settings) => {
            let fields: Vec<&str> = text.split('|').skip(1).collect();
            let aborts = |message: &str, code: &str| {
                settings
                    .abort
                    .as_ref()
                    .is_some_and(|abort| (abort.0.as_str(), abort.1.as_str()) == (message, code))
            };
            match fields.as_slice() {
                [session, "200", code @ ("00" | "20"), id, euros, ..] => Asked::Operation(Request {
                    letter: if *code == "00" { 'A' } else { 'Z' },
                    session: (*session).to_owned(),
                    id: (*id).to_owned(),
                    cents: euros.replace('.', "").parse().unwrap_or(0),
                    receipt: String::new(),
                    till: String::new(),
                }),
                [session, "700", "00"] => Asked::LastReceipt { session: (*session).to_owned() },
                [session, "500", "20"] => Asked::Batch { session: (*session).to_owned() },
                [_, message, code] if aborts(message, code) => Asked::Abort,
                _ => Asked::Nothing,
            }
        }
    }
}

fn slashes(direction: &str, version: &str, body: &str) -> Vec<u8> {
    let text = [direction, version, body].concat();
    let mut bytes = u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes().to_vec();
    bytes.extend(text.bytes());
    bytes
}

fn speaks(language: &Language) -> (&'static str, &'static str) {
    match language {
        Language::Ecr(settings) if settings.form == Form::Mellon => ("MEL", "0101"),
        _ => ("POS", "0110"),
    }
}

fn pipes(rest: &str) -> Vec<u8> {
    format!("{:04}{rest}", rest.len()).into_bytes()
}

pub(super) fn echo(language: &Language, text: &str) -> Vec<u8> {
    let (direction, version) = speaks(language);
    slashes(direction, version, &format!("X/{text}/T{TERMINAL_ID}:1.2.3"))
}

pub(super) fn ready(operations: usize) -> Vec<u8> {
    pipes(&format!("|810|00|{:06}", operations + 1))
}

pub(super) fn batch(session: &str) -> Vec<u8> {
    pipes(&format!("|{session}|510|00"))
}

pub(super) fn error(code: &str) -> Vec<u8> {
    slashes("POS", "0110", &format!("E/{code}"))
}

pub(super) fn taken(language: &Language, request: &Request) -> Vec<u8> {
    let (direction, version) = speaks(language);
    let Request { session, cents, receipt, till, .. } = request;
    let more = if direction == "POS" { format!("/R{till}/T{receipt}") } else { String::new() };
    slashes(direction, version, &format!("A/S{session}/F{cents}{more}"))
}

/// What is said to a till that asks for money while another operation runs.
pub(super) fn busy(language: &Language, request: &Request, code: &str) -> Vec<u8> {
    match language {
        Language::Ecr(_) => error(code),
        Language::Pipe(_) => {
            let session = &request.session;
            pipes(&format!(
                "|{session}|210|00|{code}|Busy|||000000||000001|0.00|1010|00|00|00|00|00|00|{TERMINAL_ID}"
            ))
        }
    }
}

/// The result of an operation.
pub(super) fn result(language: &Language, record: &Record) -> Vec<u8> {
    match language {
        Language::Ecr(_) => result_with_slashes(language, record),
        Language::Pipe(settings) => result_with_pipes(settings.session_echoed, record),
    }
}

fn result_with_slashes(language: &Language, record: &Record) -> Vec<u8> {
    let (direction, version) = speaks(language);
    let Request { session, cents, receipt, till, id, .. } = &record.request;
    let mut body = format!("R/S{session}");
    if direction == "POS" {
        body += &format!("/R{till}/T{receipt}/M{id}");
    }
    body += &format!("/C{}", record.code);
    if record.approved {
        let (scheme, card, tip, batch) = (record.scheme(), record.card(), record.tip_cents, record.batch);
        let (rrn, number, total) = (record.rrn(), record.number, cents + tip);
        body += &format!(
            "/D{scheme}{}:01:{card}:{cents}:{total}:{tip}:0:0:GR01:{TERMINAL_ID}:{batch:06}:{rrn}:{number:06}:A{number:05}\
             :20261126101500:00/P{scheme} {card}/13 Athens",
            record.careless(),
        );
    }
    slashes(direction, version, &body)
}

fn result_with_pipes(echoed: bool, record: &Record) -> Vec<u8> {
    let number = record.number;
    let first = if echoed { record.request.session.clone() } else { format!("{number:06}") };
    let euros = euros(record.request.cents);
    let batch = record.batch;
    let rest = if record.approved {
        format!(
            "|{first}|210|00|00|Contactless/None{}~RRN:{}|{}|{}|{number:06}|{:06}|{batch:06}|{euros}|1010|{}|00|00|00|00|00|{TERMINAL_ID}",
            record.careless(),
            record.rrn(),
            record.scheme(),
            record.card(),
            100_000 + number,
            self::euros(record.tip_cents),
        )
    } else {
        let words = if record.code == CANCELLED_PIPE { "Cancelled by User" } else { "Declined" };
        format!(
            "|{first}|210|00|{}|{words}{}|||000000||{batch:06}|{euros}|1010|00|00|00|00|00|00|{TERMINAL_ID}",
            record.code,
            record.careless(),
        )
    };
    pipes(&rest)
}

/// The last receipt, or that there is none.
pub(super) fn last_receipt(language: &Language, session: &str, record: Option<&Record>) -> Vec<u8> {
    let Some(record) = record else { return pipes(&format!("|{session}|710|01")) };
    let named = match language {
        Language::Pipe(settings) => settings.receipt_id,
        Language::Ecr(_) => None,
    };
    let mut fields: Vec<String> = ["", session, "710", "00"].map(str::to_owned).to_vec();
    fields.extend([
        euros(record.request.cents),
        euros(record.tip_cents),
        record.rrn(),
        record.card().to_owned(),
        "2026-11-26T10:15:00.000+02:00".to_owned(),
    ]);
    fields
        .extend(["A0000000031010", "EL096019265", "Kifisias 10, Athens", "ACME", "true"].map(str::to_owned));
    while fields.len() < 32 {
        fields.push("null".to_owned());
    }
    if let Some(place) = named.and_then(|place| fields.get_mut(place)) {
        place.clone_from(&record.request.id);
    }
    pipes(&fields.join("|"))
}

fn euros(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
