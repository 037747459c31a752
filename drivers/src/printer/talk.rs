//! One conversation with a printer over one open link: asking, sending, listening, and what it comes to.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::JobOutcome;
use super::command;
use super::encode::Job;
use super::fault::Fault;
use super::job::Patience;
use super::link::Link;
use super::marks::{Last, Marked};
use super::profile::{Language, Profile, StatusAbility};
use super::status::{Decoder, PORT_PAPER_OUT, Question, Reply, Status};

/// The most bytes handed to a link at once.
const CHUNK: usize = 4096;
/// How long one turn of sending or listening may take.
pub(crate) const TURN: Duration = Duration::from_millis(20);
/// Asks a Star printer how it is.
const STAR_QUESTION: [u8; 3] = [0x1B, 0x06, 1];
/// Makes a Star printer report every change by itself; it must not be asked meanwhile.
const STAR_REPORTS: [u8; 4] = [0x1B, 0x1E, 0x61, 1];
/// Ends that.
const STAR_SILENCE: [u8; 4] = [0x1B, 0x1E, 0x61, 0];

/// One conversation over one open link.
pub(crate) struct Talk<'a> {
    pub(crate) link: Box<dyn Link>,
    profile: &'a Profile,
    patience: Patience,
    decoder: Decoder,
    asked: VecDeque<Question>,
    pub(crate) status: Status,
    /// The printer port says that the roll is empty.
    port_out: bool,
    /// The link was lost.
    lost: bool,
    /// How many automatic status blocks came.
    blocks: usize,
    /// How many marks the printer answered.
    signs: usize,
    /// The job whose end was told by its name.
    ended: Option<[u8; 4]>,
    /// The count of a Star printer's end marks.
    counted: Option<u8>,
}

impl<'a> Talk<'a> {
    pub(crate) fn new(link: Box<dyn Link>, profile: &'a Profile, patience: Patience) -> Self {
        Self {
            link,
            profile,
            patience,
            decoder: Decoder::new(profile.language),
            asked: VecDeque::new(),
            status: Status::default(),
            port_out: false,
            lost: false,
            blocks: 0,
            signs: 0,
            ended: None,
            counted: None,
        }
    }

    /// Before anything prints: what would keep it from printing? Silence is not a fault; many printers never answer.
    pub(crate) fn check(&mut self) -> Result<(), Fault> {
        if self.profile.status != StatusAbility::None {
            self.listen(Duration::ZERO)?; // what is left from an earlier conversation
            self.status = Status::default();
            self.ask(&[Question::Offline, Question::Paper, Question::Error])?;
        }
        self.look_at_port();
        self.fault().map_or(Ok(()), Err)
    }

    /// What the printer, or the port it hangs on, says is wrong.
    fn fault(&self) -> Option<Fault> {
        self.status.fault().or_else(|| self.port_out.then_some(Fault::PaperOut))
    }

    fn look_at_port(&mut self) {
        if let Some(port) = self.link.port_status() {
            self.port_out = port & PORT_PAPER_OUT != 0;
        }
    }

    /// An earlier job broke off inside a command, and the printer waits for its rest: it gets noughts, which end a
    /// picture in white and mean nothing outside one. Without them it would take the head of the next job for it.
    pub(crate) fn finish_half(&mut self, bytes: usize) -> Result<(), Fault> {
        if bytes == 0 {
            return Ok(());
        }
        self.send_all(&vec![0; bytes])?;
        match self.profile.language {
            Language::EscPos => Ok(()),
            Language::Star => self.send_all(&[0x1B, 0x2A, 0x72, 0x42]),
        }
    }

    pub(crate) fn set_up(&mut self, setup: &[u8]) -> Result<(), Fault> {
        self.send_all(setup)?;
        if self.profile.status == StatusAbility::Automatic && self.status.answered() {
            match self.profile.language {
                Language::EscPos => self.send_all(&[0x1D, 0x61, 0xFF])?,
                Language::Star => {
                    self.blocks = 0;
                    self.send_all(&STAR_REPORTS)?;
                }
            }
            self.listen_until(self.patience.block, |talk| talk.blocks > 0)?;
        }
        self.fault().map_or(Ok(()), Err)
    }

    /// Sends the body once, and says too how many bytes the printer may be left waiting for. A printer that reports by
    /// itself is asked for a sign after every line, so that a paper that broke off can be named by its line; any other
    /// that answers, after the last one.
    pub(crate) fn send_body(&mut self, job: &Job, id: [u8; 4]) -> (JobOutcome, usize) {
        let marked = Marked::new(job, self.profile, self.blocks, id);
        (0..marked.sensors).for_each(|_| self.decoder.expect_marker());
        let (before, mut sent) = (self.counted, 0);
        let outcome = match self.send_counted(&marked.bytes, &mut sent) {
            Err(cause) if sent == 0 => JobOutcome::NotStarted { cause },
            // Every line was out of our hands before the link went: whether it was printed, only a person can see.
            Err(Fault::Disconnected) if marked.line_ends.last().is_some_and(|end| *end <= sent) => {
                JobOutcome::Unknown
            }
            Err(cause) => self.interrupted(cause, &marked, sent),
            // A Star printer that reports and does not count can never confirm.
            Ok(()) if marked.last == Last::Count && self.blocks > 0 && before.is_none() => {
                self.part_unconfirmed()
            }
            Ok(()) if marked.last != Last::None => self.await_end(&marked, before),
            Ok(()) => self.part_unconfirmed(),
        };
        // With a pulled cable even what was taken may not have arrived.
        let whole = sent == marked.bytes.len() && !self.lost;
        let half = if whole { 0 } else { command::longest(self.profile.language, &job.body) };
        (outcome, half)
    }

    fn interrupted(&self, cause: Fault, marked: &Marked, sent: usize) -> JobOutcome {
        let lines = marked.line_ends.len();
        let line = (marked.sensors > 1).then(|| (self.signs + 1).min(lines.max(1)));
        JobOutcome::Interrupted { cause, taken: marked.line_ends.partition_point(|end| *end <= sent), line }
    }

    fn part_unconfirmed(&mut self) -> JobOutcome {
        match self.link.drain(self.patience.stall) {
            Ok(()) => JobOutcome::SentUnconfirmed,
            Err(_) => JobOutcome::Unknown,
        }
    }

    /// Whether the printer said that everything is printed.
    fn finished(&self, marked: &Marked, before: Option<u8>) -> bool {
        match marked.last {
            Last::None => false,
            Last::Sensor => self.signs >= marked.sensors,
            Last::Named(id) => self.ended == Some(id),
            Last::Count => self.counted.is_some() && self.counted == before.map(|count| (count + 1) % 32),
        }
    }

    fn await_end(&mut self, marked: &Marked, before: Option<u8>) -> JobOutcome {
        let lines = u32::try_from(marked.line_ends.len()).unwrap_or(u32::MAX);
        let deadline = Instant::now() + self.patience.stall + self.patience.line.saturating_mul(lines);
        let mut trouble = Trouble::default();
        let mut next_question = Instant::now() + self.patience.answer;
        while Instant::now() < deadline {
            // A quick printer has answered while the last bytes went out.
            if self.finished(marked, before) {
                return self.confirmed();
            }
            // A lost link after the last byte: it may well have been printed.
            if self.listen(TURN).is_err() {
                return JobOutcome::Unknown;
            }
            self.look_at_port();
            if let Some(cause) = trouble.lasting(self.fault(), self.patience.pause) {
                return self.interrupted(cause, marked, marked.bytes.len());
            }
            if self.blocks == 0 && Instant::now() >= next_question {
                next_question = Instant::now() + self.patience.answer;
                if self.ask_all(&[Question::Offline, Question::Paper, Question::Error]).is_err() {
                    return JobOutcome::Unknown;
                }
            }
        }
        if self.finished(marked, before) { self.confirmed() } else { JobOutcome::Unknown }
    }

    fn confirmed(&mut self) -> JobOutcome {
        // Printed is printed: what happens to the link now changes nothing.
        let quiet = match self.profile.language {
            Language::EscPos => Ok(()),
            Language::Star => self.send_all(&STAR_SILENCE),
        };
        if let Err(fault) = quiet.and_then(|()| self.link.drain(TURN * 10)) {
            tracing::debug!("after a confirmed job: {fault}");
        }
        JobOutcome::Confirmed
    }

    /// Sends everything, listening in between, and counts what was taken.
    fn send_counted(&mut self, bytes: &[u8], sent: &mut usize) -> Result<(), Fault> {
        let (mut stalled, mut trouble) = (Instant::now(), Trouble::default());
        while *sent < bytes.len() {
            let chunk = &bytes[*sent..bytes.len().min(*sent + CHUNK)];
            let taken = self.link.send(chunk, TURN).inspect_err(|_| self.lost = true)?;
            *sent += taken;
            self.listen(Duration::ZERO)?;
            if taken > 0 {
                stalled = Instant::now();
                continue;
            }
            self.look_at_port();
            if let Some(cause) = trouble.lasting(self.fault(), self.patience.pause) {
                return Err(cause);
            } else if self.fault().is_none() && stalled.elapsed() >= self.patience.stall {
                return Err(self.cause_of_stall());
            }
        }
        Ok(())
    }

    /// The job is given up: a printer that does not report by itself is asked once why it takes nothing more. Not before,
    /// because a question in the middle of a command could become part of it.
    fn cause_of_stall(&mut self) -> Fault {
        if self.profile.status == StatusAbility::None || self.blocks > 0 {
            return Fault::Timeout;
        }
        let questions: &[Question] = match self.profile.language {
            Language::EscPos => &[Question::Offline, Question::Paper, Question::Error],
            Language::Star => &[],
        };
        self.asked.clear();
        for question in questions {
            // Real-time questions have room of their own, if the link still moves.
            if self.link.send(&question.bytes(), TURN) != Ok(question.bytes().len()) {
                break;
            }
            self.asked.push_back(*question);
        }
        let _ = self.listen_until(self.patience.answer, |talk| talk.asked.is_empty());
        self.fault().unwrap_or(Fault::Timeout)
    }

    pub(crate) fn send_all(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.send_counted(bytes, &mut 0)
    }

    /// Asks how the printer is, in its language, and waits for the answers.
    pub(crate) fn ask(&mut self, questions: &[Question]) -> Result<(), Fault> {
        match self.profile.language {
            Language::EscPos => self.ask_until_silent(questions),
            Language::Star => {
                self.blocks = 0;
                self.send_all(&STAR_QUESTION)?;
                self.listen_until(self.patience.answer, |talk| talk.blocks > 0)
            }
        }
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
        if self.profile.language == Language::Star {
            return self.send_all(&STAR_QUESTION);
        }
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
        let count = self.link.receive(&mut buffer, wait).inspect_err(|_| self.lost = true)?;
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
            Reply::Star(block) => {
                self.blocks += 1;
                self.counted = block.marks();
                self.status.learn_star(block);
            }
            Reply::Sensor(byte) => {
                self.signs += 1;
                self.status.learn_sensor(*byte);
            }
            Reply::Text(0x37, text) => {
                if let [0x22, id @ ..] = text.as_slice() {
                    self.ended = id.try_into().ok();
                }
            }
            Reply::Room(_) | Reply::Text(..) => {}
        }
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
