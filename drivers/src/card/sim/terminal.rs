//! What a terminal does between the till and the bank: [`Inner`].

use std::collections::VecDeque;
use std::time::Instant;

use super::super::address::Language;
use super::super::intent::SessionNumber;
use super::talk::{self, Record, Request, Said};
use super::{BUSY, Charge, Control, MISSING, Mishap, RUNNING};

pub(super) struct Inner {
    pub(super) language: Language,
    pub(super) control: Control,
    /// The bank's book: it outlives every restart.
    pub(super) ledger: Vec<Charge>,
    /// The terminal's own list, by which it answers questions.
    log: Vec<Record>,
    pub(super) running: Option<Running>,
    /// What waits to be said, and on which line.
    said: VecDeque<(u64, Said)>,
    /// The line that is open now; a newer one has ended the older.
    line: u64,
    /// A result that will come again.
    again: Option<Vec<u8>>,
    pub(super) batches: u32,
    pub(super) acknowledged: Vec<SessionNumber>,
    noise: u32,
}

/// An operation between the request and the bank's word.
pub(super) struct Running {
    request: Request,
    due: Instant,
    line: u64,
    mishap: Option<Mishap>,
    /// It has said that it is cancelled.
    denied: bool,
}

impl Inner {
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            control: Control::default(),
            ledger: Vec::new(),
            log: Vec::new(),
            running: None,
            said: VecDeque::new(),
            line: 0,
            again: None,
            batches: 0,
            acknowledged: Vec::new(),
            noise: 1,
        }
    }

    /// A new connection, which ends the older; none while the cable is pulled.
    pub(super) fn plug(&mut self) -> Option<u64> {
        if self.control.unplugged {
            return None;
        }
        self.line += 1;
        if matches!(&self.language, Language::Pipe(settings) if settings.ready_first) {
            self.say(self.line, self.ready());
        }
        Some(self.line)
    }

    /// It is switched off and on.
    pub(super) fn restart(&mut self, forgets: bool) {
        self.work();
        (self.running, self.again) = (None, None);
        if forgets {
            self.log.clear();
        }
        // Whoever was connected is not any more.
        self.line += 1;
    }

    /// What a connection brings now; none when it is dead.
    pub(super) fn spoken(&mut self, line: u64) -> Option<Vec<u8>> {
        self.work();
        if self.control.unplugged || self.line != line {
            return None;
        }
        let mut bytes = Vec::new();
        while let Some((_, said)) = self.said.pop_front() {
            match said {
                Said::Bytes(more) => bytes.extend(more),
                Said::HangUp => {
                    self.line += 1;
                    self.said.clear();
                    // What was said before it hung up still arrives.
                    return (!bytes.is_empty()).then_some(bytes);
                }
            }
        }
        Some(bytes)
    }

    /// The other end of a connection has gone.
    pub(super) fn hung_up(&mut self, line: u64) {
        self.work();
        if self.line == line {
            self.line += 1;
        }
    }

    /// What it hears is of no language.
    pub(super) fn hear_nonsense(&mut self, line: u64) {
        self.say_all(line, vec![Said::HangUp]);
    }

    fn say(&mut self, line: u64, bytes: Vec<u8>) {
        self.say_all(line, vec![Said::Bytes(bytes)]);
    }

    /// Only who is connected hears it.
    fn say_all(&mut self, line: u64, all: Vec<Said>) {
        self.said.retain(|(to, _)| *to == self.line);
        if line != self.line {
            return;
        }
        for said in all {
            let said = match said {
                Said::Bytes(_) if self.control.mute => continue,
                Said::Bytes(bytes) if self.control.garbage => Said::Bytes(self.noise(bytes.len())),
                said => said,
            };
            self.said.push_back((line, said));
        }
    }

    /// Noise that is the same in every run.
    fn noise(&mut self, length: usize) -> Vec<u8> {
        let byte = |_| {
            self.noise = self.noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            self.noise.to_be_bytes()[0]
        };
        (0..length.max(24)).map(byte).collect()
    }

    /// A frame came.
    pub(super) fn hear(&mut self, line: u64, text: &str) {
        self.work();
        match talk::read(&self.language, text) {
            talk::Asked::Operation(request) => self.begin(line, request),
            talk::Asked::Query { session } => {
                let answer = self.answer_about(&session);
                self.say(line, answer);
            }
            talk::Asked::LastReceipt { session } => {
                let receipt =
                    talk::last_receipt(&self.language, &session, self.log.iter().rev().find(|r| r.approved));
                self.say(line, receipt);
            }
            talk::Asked::Echo { text } => self.say(line, talk::echo(&self.language, &text)),
            talk::Asked::Abort => self.abort(line),
            talk::Asked::Acknowledge { session } => self.acknowledged.extend(SessionNumber::read(&session)),
            talk::Asked::Batch { session } => {
                self.batches += 1;
                self.say(line, talk::batch(&session));
            }
            talk::Asked::Nothing => {}
        }
    }

    fn begin(&mut self, line: u64, request: Request) {
        if self.running.is_some() {
            let busy = talk::busy(&self.language, &request, BUSY);
            return self.say(line, busy);
        }
        if let Some(again) = self.again.take() {
            self.say(line, again);
        }
        let mishap = self.control.mishap.take();
        if mishap == Some(Mishap::BreakBeforeBank) {
            return self.say_all(line, vec![Said::HangUp]);
        }
        let taken = match &self.language {
            Language::Ecr(_) => talk::taken(&self.language, &request),
            Language::Pipe(settings) if settings.ready_first => Vec::new(),
            Language::Pipe(_) => self.ready(),
        };
        self.say(line, taken);
        self.running =
            Some(Running { request, due: Instant::now() + self.control.delay, line, mishap, denied: false });
        self.work();
    }

    fn ready(&self) -> Vec<u8> {
        talk::ready(self.log.len())
    }

    /// What has become due since it was looked at last.
    pub(super) fn work(&mut self) {
        if self.running.as_ref().is_some_and(|running| running.due <= Instant::now())
            && let Some(running) = self.running.take()
        {
            self.decide(running);
        }
    }

    /// The bank has its say.
    fn decide(&mut self, Running { mut request, line, mishap, .. }: Running) {
        let approved = !self.control.cancelled && self.control.decline.is_none();
        if mishap == Some(Mishap::OtherAmount) {
            request.cents += 1;
        }
        let record = Record {
            number: self.log.len() + 1,
            approved,
            code: self.code(approved),
            tip_cents: if approved { self.control.tip_cents } else { 0 },
            iris: self.control.iris,
            unmasked: self.control.unmasked,
            batch: self.batches + 1,
            request,
        };
        if approved {
            self.ledger.extend(record.charge());
        }
        let result = talk::result(&self.language, &record);
        self.log.push(record);
        if line != self.line && matches!(self.language, Language::Ecr(_)) {
            // Nobody has heard it: it is said again to whoever asks for something next.
            self.again = Some(result.clone());
        }
        let said = self.spoil(&result, mishap);
        self.say_all(line, said);
    }

    /// The result, as the mishap lets it through.
    fn spoil(&mut self, result: &[u8], mishap: Option<Mishap>) -> Vec<Said> {
        let whole = Said::Bytes(result.to_vec());
        match mishap {
            Some(Mishap::BreakAfterBank) => vec![Said::HangUp],
            Some(Mishap::BreakInResult) => {
                vec![Said::Bytes(result[..result.len() / 2].to_vec()), Said::HangUp]
            }
            Some(Mishap::Repeat) => vec![whole.clone(), whole],
            Some(Mishap::RepeatNext) => {
                self.again = Some(result.to_vec());
                vec![whole]
            }
            Some(Mishap::Another) => {
                let another = self.log.last().map(|record| talk::result(&self.language, &record.another()));
                another.map(Said::Bytes).into_iter().chain([whole]).collect()
            }
            _ => vec![whole],
        }
    }

    fn code(&self, approved: bool) -> String {
        match (&self.language, &self.control.decline) {
            _ if approved => "00".to_owned(),
            (Language::Ecr(_), _) if self.control.cancelled => talk::CANCELLED_ECR.to_owned(),
            (Language::Pipe(_), _) if self.control.cancelled => talk::CANCELLED_PIPE.to_owned(),
            (_, code) => code.clone().unwrap_or_default(),
        }
    }

    fn answer_about(&self, session: &str) -> Vec<u8> {
        if self.running.as_ref().is_some_and(|running| running.request.session == session) {
            return talk::error(RUNNING);
        }
        match self.log.iter().rev().find(|record| record.request.session == session) {
            Some(record) => talk::result(&self.language, record),
            None => talk::error(MISSING),
        }
    }

    /// Somebody wants the running operation to end.
    fn abort(&mut self, line: u64) {
        let code = match &self.language {
            Language::Ecr(_) => talk::CANCELLED_ECR,
            Language::Pipe(_) => talk::CANCELLED_PIPE,
        };
        let Some(mut running) = self.running.take().filter(|running| !running.denied) else { return };
        let record = Record {
            number: self.log.len() + 1,
            approved: false,
            code: code.to_owned(),
            tip_cents: 0,
            iris: false,
            unmasked: self.control.unmasked,
            batch: self.batches + 1,
            request: running.request.clone(),
        };
        let result = talk::result(&self.language, &record);
        self.say(line, result);
        if running.mishap == Some(Mishap::ChargeAfterCancel) {
            running.denied = true;
            self.running = Some(running);
        } else {
            self.log.push(record);
        }
    }
}
