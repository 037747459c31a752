//! Where a card terminal is, as one line of text: [`Address`].
//!
//! ```text
//! tcp://192.168.1.70?protocol=ecr&approved=yes                  the text protocol of A.1098, port 4000
//! tcp://192.168.1.70:4000?protocol=ecr&form=mellon&approved=yes its older form
//! tcp://192.168.1.70:8080?protocol=pipe&approved=yes            Cardlink's, and Viva's "ECR protocol"
//! manual:                                                       a terminal apart; the cashier says what it printed
//! sim:?protocol=pipe                                            a simulated one
//! ```
//!
//! `approved=yes` says that the acquirer and AADE have agreed to the connection; without it nothing but `sim:` and `manual:` is
//! opened. `tid=NUMBER` is the terminal's number at the acquirer, `wait=SECONDS` how long a result is waited for.
//!
//! What a maker's paper for the terminal says otherwise: `codes_approved`, `codes_cancelled`, `codes_missing`,
//! `codes_running`, `codes_refused` (with commas between). For ecr: `form=a1098|mellon`, `till=…`, `operator=…`,
//! `query=yes|no`, `void=receipt|no`, `abort=COMMAND:VALUE`. For pipe: `ready=first|after`, `session=echoed|counted`,
//! `receipt_id=FIELD`, `echo=receipt|connect`, `abort=MESSAGE/CODE`.

use std::time::Duration;

use super::line::Connect;
use super::manual::{Cashier, ManualTerminal};
use super::protocol::Protocol;
use super::sim::{self, SimTerminal};
use super::{CardTerminal, LinkedTerminal, Patience, ecr, pipe};
use crate::scale::address::host_and_port;
use crate::supervisor::{Class, Identity};
use crate::wire::{self, Fault};

/// Where a terminal is and what it speaks.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// What it speaks; of no meaning for one that stands apart.
    pub language: Language,
    /// Acquirer and AADE have agreed to the connection.
    pub approved: bool,
    /// Its number at the acquirer.
    pub terminal_id: Option<String>,
    /// How long a result is waited for.
    pub wait: Duration,
}

/// How a terminal is reached.
#[derive(Clone, Debug)]
pub enum Place {
    /// Over the network.
    Tcp {
        /// Name or number of the host.
        host: String,
        /// Its port.
        port: u16,
    },
    /// By a person.
    Manual(Cashier),
    /// A simulated terminal, in this process.
    Sim(SimTerminal),
}

/// What a terminal speaks, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Language {
    /// The text protocol of A.1098 and its older form.
    Ecr(ecr::Settings),
    /// The one with pipes.
    Pipe(pipe::Settings),
}

/// Why a line is not an address of a card terminal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins with no known kind.
    #[error("{0:?} is not a card terminal's address: it begins with tcp://, manual: or sim:")]
    Kind(String),
    /// What stands after the kind is wrong.
    #[error("the address {0:?} is wrong: it is written tcp://host:port?protocol=ecr")]
    Place(String),
    /// It does not say what the terminal speaks.
    #[error("the address {0:?} does not say what the terminal speaks: add protocol=ecr or protocol=pipe")]
    NoProtocol(String),
    /// A parameter nobody knows, or not for this protocol.
    #[error("{name:?} is not a parameter of {of}: known are {known}")]
    Parameter {
        /// The parameter.
        name: String,
        /// Of what.
        of: &'static str,
        /// The known ones.
        known: &'static str,
    },
    /// A parameter with a value it cannot have.
    #[error("{name} cannot be {value:?}: {expected}")]
    Value {
        /// The parameter.
        name: String,
        /// What was written.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
}

const MANUAL: &str = "none";
const ECR: &str = "protocol, approved, tid, wait, codes_approved, codes_cancelled, codes_missing, codes_running, codes_refused, \
                   form, till, operator, query, void, abort";
const PIPE: &str = "protocol, approved, tid, wait, codes_approved, codes_cancelled, codes_missing, codes_running, codes_refused, \
                    ready, session, receipt_id, echo, abort";
/// The makers' papers: a bank may be slow, and more than 150 s must be waited.
const WAIT_MIN_S: u64 = 150;
const WAIT_MAX_S: u64 = 900;

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = address.trim().split_once('?').unwrap_or((address.trim(), ""));
        let (scheme, rest) = place.split_once(':').ok_or_else(|| AddressError::Kind(address.to_owned()))?;
        let pairs: Vec<(&str, &str)> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .collect();
        let find = |wanted| pairs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let language = language(scheme, find("protocol"), find("form"), address)?;
        let wait = Patience::default().result;
        let place = match scheme {
            "manual" => Place::Manual(Cashier::default()),
            "sim" => Place::Sim(SimTerminal::new(language.clone())),
            _ => tcp(rest, &language).ok_or_else(|| AddressError::Place(address.to_owned()))?,
        };
        let mut parsed = Self { place, language, approved: false, terminal_id: None, wait };
        for (name, value) in pairs {
            parsed.set(name, value)?;
        }
        if let Place::Sim(terminal) = &mut parsed.place {
            // It speaks as it was told to.
            *terminal = SimTerminal::new(parsed.language.clone());
        }
        Ok(parsed)
    }
}

/// The language that is named, with what is known of it.
fn language(
    scheme: &str,
    protocol: Option<&str>,
    form: Option<&str>,
    address: &str,
) -> Result<Language, AddressError> {
    let form = match form {
        None | Some("a1098") => ecr::Form::A1098,
        Some("mellon") => ecr::Form::Mellon,
        Some(other) => return Err(wrong("form", other, "a1098 or mellon")),
    };
    match (scheme, protocol) {
        ("tcp", None) => Err(AddressError::NoProtocol(address.to_owned())),
        ("tcp", Some("ecr")) | ("manual", None) => Ok(Language::Ecr(ecr::Settings::new(form))),
        ("tcp", Some("pipe")) => Ok(Language::Pipe(pipe::Settings::default())),
        ("sim", None | Some("ecr")) => Ok(Language::Ecr(sim::ecr_settings(form))),
        ("sim", Some("pipe")) => Ok(Language::Pipe(sim::pipe_settings())),
        ("manual", Some(_)) => Err(parameter("protocol", "manual:", MANUAL)),
        ("tcp" | "sim", Some(other)) => Err(wrong("protocol", other, "ecr or pipe")),
        _ => Err(AddressError::Kind(address.to_owned())),
    }
}

/// `//host` or `//host:port`.
fn tcp(rest: &str, language: &Language) -> Option<Place> {
    let port = match language {
        Language::Ecr(_) => ecr::PORT,
        Language::Pipe(_) => pipe::PORT,
    };
    let (host, port) = host_and_port(rest).or_else(|| {
        let host = rest.strip_prefix("//")?.trim_end_matches('/');
        (!host.is_empty() && !host.contains(':')).then(|| (host.to_owned(), port))
    })?;
    Some(Place::Tcp { host, port })
}

fn wrong(name: &str, value: &str, expected: &'static str) -> AddressError {
    AddressError::Value { name: name.to_owned(), value: value.to_owned(), expected }
}

fn parameter(name: &str, of: &'static str, known: &'static str) -> AddressError {
    AddressError::Parameter { name: name.to_owned(), of, known }
}

/// One of two words.
fn either(
    name: &str,
    value: &str,
    yes: &str,
    no: &str,
    expected: &'static str,
) -> Result<bool, AddressError> {
    match value {
        value if value == yes => Ok(true),
        value if value == no => Ok(false),
        _ => Err(wrong(name, value, expected)),
    }
}

/// Letters and digits that can stand in a field without ending it.
fn plain(name: &str, value: &str, max: usize, expected: &'static str) -> Result<String, AddressError> {
    let sound = (1..=max).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    sound.then(|| value.to_owned()).ok_or_else(|| wrong(name, value, expected))
}

impl Address {
    /// Which device is meant, for its supervisor: nothing that is plugged in here.
    #[must_use]
    pub const fn identity(&self) -> (Identity, Class) {
        (Identity::Elsewhere, Class::Tty)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), AddressError> {
        if matches!(self.place, Place::Manual(_)) {
            return Err(parameter(name, "manual:", MANUAL));
        }
        let list = || value.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let codes = match &mut self.language {
            Language::Ecr(settings) => &mut settings.codes,
            Language::Pipe(settings) => &mut settings.codes,
        };
        match name {
            "protocol" | "form" => {}
            "approved" => self.approved = either(name, value, "yes", "no", "yes or no")?,
            "tid" => self.terminal_id = Some(plain(name, value, 16, "at most 16 letters and digits")?),
            "wait" => {
                let seconds = value.parse().ok().filter(|s| (WAIT_MIN_S..=WAIT_MAX_S).contains(s));
                self.wait = Duration::from_secs(
                    seconds.ok_or_else(|| wrong(name, value, "a number of seconds from 150 to 900"))?,
                );
            }
            "codes_approved" => codes.approved = list(),
            "codes_cancelled" => codes.cancelled = list(),
            "codes_missing" => codes.missing = list(),
            "codes_running" => codes.running = list(),
            "codes_refused" => codes.refused = list(),
            _ => {
                return match &mut self.language {
                    Language::Ecr(settings) => set_ecr(settings, name, value),
                    Language::Pipe(settings) => set_pipe(settings, name, value),
                };
            }
        }
        Ok(())
    }
}

fn set_ecr(settings: &mut ecr::Settings, name: &str, value: &str) -> Result<(), AddressError> {
    match name {
        "till" => settings.till = plain(name, value, 11, "at most 11 letters and digits")?,
        "operator" => settings.operator = plain(name, value, 8, "at most 8 letters and digits")?,
        "query" => settings.query = either(name, value, "yes", "no", "yes or no")?,
        "void" => settings.void = either(name, value, "receipt", "no", "receipt or no")?,
        "abort" => {
            let expected = "a command with its value, such as ABORT:1";
            let (command, to) = value.split_once(':').ok_or_else(|| wrong(name, value, expected))?;
            for part in [command, to] {
                part.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                    .then_some(())
                    .ok_or_else(|| wrong(name, value, expected))?;
            }
            settings.abort = Some(value.to_owned());
        }
        _ => return Err(parameter(name, "a terminal with protocol=ecr", ECR)),
    }
    Ok(())
}

fn set_pipe(settings: &mut pipe::Settings, name: &str, value: &str) -> Result<(), AddressError> {
    match name {
        "ready" => settings.ready_first = either(name, value, "first", "after", "first or after")?,
        "session" => {
            settings.session_echoed = either(name, value, "echoed", "counted", "echoed or counted")?;
        }
        "echo" => {
            settings.echo_by_receipt = either(name, value, "receipt", "connect", "receipt or connect")?;
        }
        "receipt_id" => {
            let place = value.parse().ok().filter(|place| (4..64).contains(place));
            settings.receipt_id =
                Some(place.ok_or_else(|| wrong(name, value, "the place of a field, from 4 to 63"))?);
        }
        "abort" => {
            let expected = "a message and its code, such as 100/00";
            let (message, code) = value.split_once('/').ok_or_else(|| wrong(name, value, expected))?;
            settings.abort = Some((plain(name, message, 3, expected)?, plain(name, code, 2, expected)?));
        }
        _ => return Err(parameter(name, "a terminal with protocol=pipe", PIPE)),
    }
    Ok(())
}

/// A port nobody listens on reads as "in use" with printers, which serve one program at a time.
fn refused(fault: Fault, host: &str, port: u16) -> Fault {
    match fault {
        Fault::Busy => Fault::System(format!(
            "nobody listens at {host}:{port}; switch on the terminal's connection to cash systems (ECR), and compare the \
             address and the port it shows"
        )),
        other => other,
    }
}

/// What is needed before a till may be tied to a terminal.
const NOT_APPROVED: &str = "this card terminal may not be driven yet: the acquirer must open it to this till (its own \
     connection paper, the terminal's number and port), and the maker's declaration of compatibility for acquirer and model \
     must be filed with AADE (A.1054/2024); when both are done, add approved=yes to its address";

/// The terminal at an address. Nothing is sent and nothing is connected to: whether it is there shows an echo.
///
/// # Errors
/// When it may not be driven yet: see [`Address::approved`].
pub fn open(address: &Address) -> Result<Box<dyn CardTerminal>, Fault> {
    let connect: Connect = match &address.place {
        Place::Manual(cashier) => return Ok(Box::new(ManualTerminal::new(cashier.clone()))),
        Place::Sim(terminal) => {
            let terminal = terminal.clone();
            Box::new(move || terminal.connect())
        }
        Place::Tcp { .. } if !address.approved => return Err(Fault::Unsupported(NOT_APPROVED.to_owned())),
        Place::Tcp { host, port } => {
            let (host, port) = (host.clone(), *port);
            Box::new(move || wire::tcp(&host, port).map_err(|fault| refused(fault, &host, port)))
        }
    };
    let protocol: Box<dyn Protocol> = match &address.language {
        Language::Ecr(settings) => Box::new(ecr::Ecr::new(settings.clone())),
        Language::Pipe(settings) => Box::new(pipe::Pipe::new(settings.clone())),
    };
    let patience = Patience { result: address.wait, ..Patience::default() };
    let terminal = LinkedTerminal::new(connect, protocol).with_patience(patience);
    Ok(Box::new(terminal.expecting(address.terminal_id.clone())))
}
