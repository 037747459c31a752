//! The life of a job: [`EscPosPrinter`] asks first, sends once, and finds out what became of it.
//!
//! ```text
//! open ─▶ ask (cover? paper? knife?) ─▶ set up ─▶ send the body ─▶ last mark ─▶ its answer: Confirmed
//!   │            │                         │            │               ├─▶ cover, paper, knife: Interrupted
//!   └────────────┴── NotStarted ───────────┘            │               ├─▶ nothing in time: Unknown
//!                                                       └─▶ Interrupted └─▶ printer never answers: SentUnconfirmed
//! ```
//!
//! The rule: **nothing is ever sent a second time by itself.** A printer keeps its buffer and may finish the paper when
//! the roll is changed; whether to print again is for a person who has looked.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::encode::{Job, drawer_pulse};
use super::fault::Fault;
use super::link::{Connect, Link};
use super::profile::{Profile, StatusAbility};
use super::status::{Decoder, Question, Reply, Status};
use super::{JobOutcome, Printer};

/// The most bytes handed to a link at once.
const CHUNK: usize = 4096;
/// How long one turn of sending or listening may take.
const TURN: Duration = Duration::from_millis(20);
/// Between two pulses the drawer's coil must cool: the pulse's own rest is 0.5 s.
const PULSE_INTERVAL: Duration = Duration::from_millis(600);

/// How long a job waits for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the answer to a real-time question.
    pub answer: Duration,
    /// For the first automatic status block.
    pub block: Duration,
    /// For room in the printer's buffer, and for the end marker's answer beyond the time printing takes.
    pub stall: Duration,
    /// After a cover or paper fault in the middle of a job, for a quick hand to mend it, before the job is given up.
    pub pause: Duration,
    /// The time one printed line may take.
    pub line: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_millis(700),
            block: Duration::from_secs(2),
            stall: Duration::from_secs(5),
            pause: Duration::from_millis(1500),
            line: Duration::from_millis(100),
        }
    }
}

/// A printer that speaks ESC/POS, at the end of any link.
pub struct EscPosPrinter {
    name: String,
    profile: Profile,
    connect: Box<dyn Connect>,
    patience: Patience,
    last_pulse: Option<Instant>,
}

impl EscPosPrinter {
    /// A printer behind a connector, under the name people know it by.
    #[must_use]
    pub fn new(name: &str, profile: Profile, connect: Box<dyn Connect>) -> Self {
        Self { name: name.to_owned(), profile, connect, patience: Patience::default(), last_pulse: None }
    }

    /// The same printer with other deadlines.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    fn talk(&self) -> Result<Talk<'_>, Fault> {
        Ok(Talk::new(self.connect.open()?, &self.profile, self.patience))
    }

    fn run(&self, job: &Job) -> JobOutcome {
        let started = self.talk().and_then(|mut talk| {
            talk.check()?;
            talk.set_up(&job.setup)?;
            Ok(talk)
        });
        match started {
            Ok(mut talk) => talk.send_body(job),
            Err(cause) => JobOutcome::NotStarted { cause },
        }
    }

    /// The pulse that is obeyed even by a printer without paper: the till must open for the change.
    fn pulse_at_once(&self) -> JobOutcome {
        let sent = self
            .talk()
            .and_then(|mut talk| talk.send_all(&[0x10, 0x14, 1, self.profile.drawer.pin.min(1), 1]));
        match sent {
            Ok(()) => JobOutcome::SentUnconfirmed,
            Err(cause) => JobOutcome::NotStarted { cause },
        }
    }

    fn cool_coil(&mut self) {
        if let Some(last) = self.last_pulse {
            std::thread::sleep(PULSE_INTERVAL.saturating_sub(last.elapsed()));
        }
        self.last_pulse = Some(Instant::now());
    }
}

impl Printer for EscPosPrinter {
    fn name(&self) -> &str {
        &self.name
    }

    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn print(&mut self, job: &Job) -> JobOutcome {
        self.run(job)
    }

    fn open_drawer(&mut self) -> JobOutcome {
        self.cool_coil();
        let pulse = Job { body: drawer_pulse(&self.profile), ..Job::default() };
        match self.run(&pulse) {
            JobOutcome::NotStarted {
                cause: Fault::PaperOut | Fault::CoverOpen | Fault::CutterJam | Fault::Printer,
            } => self.pulse_at_once(),
            outcome => outcome,
        }
    }

    fn status(&mut self) -> Result<Status, Fault> {
        let mut talk = self.talk()?;
        if self.profile.status != StatusAbility::None {
            talk.ask_until_silent(&Question::ALL)?;
        }
        Ok(talk.status)
    }

    fn discard(&mut self) -> Result<(), Fault> {
        let mut talk = self.talk()?;
        talk.send_all(&[0x10, 0x05, 2])?;
        talk.link.drain(TURN * 10)
    }
}

/// One conversation over one open link.
struct Talk<'a> {
    link: Box<dyn Link>,
    profile: &'a Profile,
    patience: Patience,
    decoder: Decoder,
    asked: VecDeque<Question>,
    status: Status,
    blocks: usize,
    /// How many marks the printer answered.
    signs: usize,
}

impl<'a> Talk<'a> {
    fn new(link: Box<dyn Link>, profile: &'a Profile, patience: Patience) -> Self {
        let (decoder, asked) = (Decoder::default(), VecDeque::new());
        Self { link, profile, patience, decoder, asked, status: Status::default(), blocks: 0, signs: 0 }
    }

    /// Before anything prints: what would keep it from printing? Silence is not a fault; many printers never answer.
    fn check(&mut self) -> Result<(), Fault> {
        if self.profile.status == StatusAbility::None {
            return Ok(());
        }
        self.listen(Duration::ZERO)?; // what is left from an earlier conversation
        self.status = Status::default();
        self.ask_until_silent(&[Question::Offline, Question::Paper, Question::Error])?;
        self.status.fault().map_or(Ok(()), Err)
    }

    fn set_up(&mut self, setup: &[u8]) -> Result<(), Fault> {
        self.send_all(setup)?;
        if self.profile.status == StatusAbility::Automatic && self.status.answered() {
            self.send_all(&[0x1D, 0x61, 0xFF])?;
            self.listen_until(self.patience.block, |talk| talk.blocks > 0)?;
        }
        self.status.fault().map_or(Ok(()), Err)
    }

    /// Sends the body once. A printer that reports by itself is asked for a sign after every line, so that a paper that
    /// broke off can be named by its line; any other that answers, after the last one.
    fn send_body(&mut self, job: &Job) -> JobOutcome {
        let ability = match self.profile.status {
            StatusAbility::Automatic if self.blocks == 0 => StatusAbility::RealTime,
            ability => ability,
        };
        let marked = Marked::new(job, ability);
        (0..marked.marks).for_each(|_| self.decoder.expect_marker());
        let mut sent = 0;
        match self.send_counted(&marked.bytes, &mut sent) {
            Err(cause) if sent == 0 => JobOutcome::NotStarted { cause },
            // Every line was out of our hands before the link went: whether it was printed, only a person can see.
            Err(Fault::Disconnected) if marked.line_ends.last().is_some_and(|end| *end <= sent) => {
                JobOutcome::Unknown
            }
            Err(cause) => self.interrupted(cause, &marked, sent),
            Ok(()) if marked.marks > 0 => self.await_last_mark(&marked),
            Ok(()) => self.part_unconfirmed(),
        }
    }

    fn interrupted(&self, cause: Fault, marked: &Marked, sent: usize) -> JobOutcome {
        let lines = marked.line_ends.len();
        let line = (marked.marks > 1).then(|| (self.signs + 1).min(lines.max(1)));
        JobOutcome::Interrupted { cause, taken: marked.line_ends.partition_point(|end| *end <= sent), line }
    }

    fn part_unconfirmed(&mut self) -> JobOutcome {
        match self.link.drain(self.patience.stall) {
            Ok(()) => JobOutcome::SentUnconfirmed,
            Err(_) => JobOutcome::Unknown,
        }
    }

    fn await_last_mark(&mut self, marked: &Marked) -> JobOutcome {
        let lines = u32::try_from(marked.line_ends.len()).unwrap_or(u32::MAX);
        let deadline = Instant::now() + self.patience.stall + self.patience.line.saturating_mul(lines);
        let mut trouble = Trouble::default();
        let mut next_question = Instant::now() + self.patience.answer;
        while Instant::now() < deadline {
            // A quick printer has answered while the last bytes went out.
            if self.signs >= marked.marks {
                return self.confirmed();
            }
            // A lost link after the last byte: it may well have been printed.
            if self.listen(TURN).is_err() {
                return JobOutcome::Unknown;
            }
            if let Some(cause) = trouble.lasting(self.status.fault(), self.patience.pause) {
                return self.interrupted(cause, marked, marked.bytes.len());
            }
            if self.blocks == 0 && Instant::now() >= next_question {
                next_question = Instant::now() + self.patience.answer;
                if self.ask_all(&[Question::Offline, Question::Paper, Question::Error]).is_err() {
                    return JobOutcome::Unknown;
                }
            }
        }
        if self.signs >= marked.marks { self.confirmed() } else { JobOutcome::Unknown }
    }

    fn confirmed(&mut self) -> JobOutcome {
        // Printed is printed: what happens to the link now changes nothing.
        if let Err(fault) = self.link.drain(TURN * 10) {
            tracing::debug!("after a confirmed job: {fault}");
        }
        JobOutcome::Confirmed
    }

    /// Sends everything, listening in between, and counts what was taken.
    fn send_counted(&mut self, bytes: &[u8], sent: &mut usize) -> Result<(), Fault> {
        let (mut stalled, mut trouble) = (Instant::now(), Trouble::default());
        while *sent < bytes.len() {
            let chunk = &bytes[*sent..bytes.len().min(*sent + CHUNK)];
            let taken = self.link.send(chunk, TURN)?;
            *sent += taken;
            self.listen(Duration::ZERO)?;
            if taken > 0 {
                stalled = Instant::now();
            } else if let Some(cause) = trouble.lasting(self.status.fault(), self.patience.pause) {
                return Err(cause);
            } else if self.status.fault().is_none() && stalled.elapsed() >= self.patience.stall {
                return Err(Fault::Timeout);
            }
        }
        Ok(())
    }

    fn send_all(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.send_counted(bytes, &mut 0)
    }

    /// Asks one question after the other and stops at the first that is not answered.
    fn ask_until_silent(&mut self, questions: &[Question]) -> Result<(), Fault> {
        for question in questions {
            self.ask_all(&[*question])?;
            self.listen_until(self.patience.answer, |talk| talk.asked.is_empty())?;
            if !self.asked.is_empty() {
                break;
            }
        }
        self.asked.clear();
        Ok(())
    }

    fn ask_all(&mut self, questions: &[Question]) -> Result<(), Fault> {
        self.asked.clear(); // an answer that has not come by now is not waited for
        questions.iter().try_for_each(|question| {
            self.asked.push_back(*question);
            self.send_all(&question.bytes())
        })
    }

    fn listen_until(&mut self, wait: Duration, done: impl Fn(&Self) -> bool) -> Result<(), Fault> {
        let deadline = Instant::now() + wait;
        while !done(self) && Instant::now() < deadline {
            self.listen(TURN)?;
        }
        Ok(())
    }

    fn listen(&mut self, wait: Duration) -> Result<(), Fault> {
        let mut buffer = [0; 256];
        let count = self.link.receive(&mut buffer, wait)?;
        for reply in self.decoder.push(&buffer[..count]) {
            self.learn(&reply);
        }
        Ok(())
    }

    fn learn(&mut self, reply: &Reply) {
        match reply {
            Reply::RealTime(byte) => {
                if let Some(question) = self.asked.pop_front() {
                    self.status.learn_real_time(question, *byte);
                }
            }
            Reply::Block(block) => {
                self.blocks += 1;
                self.status.learn_block(*block);
            }
            Reply::Sensor(byte) => {
                self.signs += 1;
                self.status.learn_sensor(*byte);
            }
            Reply::Room(_) | Reply::Text(..) => {}
        }
    }
}

/// The end marker, `GS r 1`: answered in its turn, so that its answer means "everything before me is done".
const MARK: [u8; 3] = [0x1D, 0x72, 1];

/// A job's body with the marks that make the printer say how far it is.
struct Marked {
    bytes: Vec<u8>,
    /// Where in the bytes each line ends.
    line_ends: Vec<usize>,
    marks: usize,
}

impl Marked {
    fn new(job: &Job, ability: StatusAbility) -> Self {
        let mut marked =
            Self { bytes: Vec::with_capacity(job.body.len() + 3), line_ends: Vec::new(), marks: 0 };
        let mut start = 0;
        for end in &job.line_ends {
            marked.bytes.extend_from_slice(&job.body[start..*end]);
            marked.line_ends.push(marked.bytes.len());
            start = *end;
            if ability == StatusAbility::Automatic {
                marked.mark();
            }
        }
        marked.bytes.extend_from_slice(&job.body[start..]);
        if ability > StatusAbility::None {
            marked.mark();
        }
        marked
    }

    fn mark(&mut self) {
        self.bytes.extend_from_slice(&MARK);
        self.marks += 1;
    }
}

/// A fault that comes and goes is mended by a quick hand; one that stays ends the job.
#[derive(Default)]
struct Trouble {
    since: Option<Instant>,
}

impl Trouble {
    fn lasting(&mut self, fault: Option<Fault>, pause: Duration) -> Option<Fault> {
        if fault.is_none() {
            self.since = None;
            return None;
        }
        let since = *self.since.get_or_insert_with(Instant::now);
        fault.filter(|_| since.elapsed() >= pause)
    }
}
