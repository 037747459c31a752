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

use std::time::{Duration, Instant};

use super::encode::{Job, drawer_pulse};
use super::fault::Fault;
use super::link::Connect;
use super::marks::process_id;
use super::profile::{Language, Profile, StatusAbility};
use super::status::{Question, Status};
use super::talk::{TURN, Talk};
use super::{JobOutcome, Printer};

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

/// A printer that speaks ESC/POS or Star's languages, at the end of any link.
pub struct EscPosPrinter {
    name: String,
    profile: Profile,
    connect: Box<dyn Connect>,
    patience: Patience,
    last_pulse: Option<Instant>,
    /// The last job broke off in the middle of a command: how many bytes the printer may still wait for.
    half: usize,
    /// How many jobs were sent; names the next one.
    jobs: u32,
}

impl EscPosPrinter {
    /// A printer behind a connector, under the name people know it by.
    #[must_use]
    pub fn new(name: &str, profile: Profile, connect: Box<dyn Connect>) -> Self {
        let (name, patience) = (name.to_owned(), Patience::default());
        Self { name, profile, connect, patience, last_pulse: None, half: 0, jobs: 0 }
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

    fn run(&mut self, job: &Job) -> JobOutcome {
        let half = self.half;
        self.jobs = self.jobs.wrapping_add(1);
        let name = process_id(self.jobs);
        let started = self.talk().and_then(|mut talk| {
            talk.check()?;
            talk.finish_half(half)?;
            talk.set_up(&job.setup)?;
            Ok(talk)
        });
        let (outcome, half) = match started {
            Ok(mut talk) => talk.send_body(job, name),
            Err(cause) => return JobOutcome::NotStarted { cause },
        };
        self.half = half;
        outcome
    }

    /// The pulse that is obeyed even by a printer without paper: the till must open for the change. Star has none.
    fn pulse_at_once(&self, cause: Fault) -> JobOutcome {
        if self.profile.language == Language::Star {
            return JobOutcome::NotStarted { cause };
        }
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
                cause: cause @ (Fault::PaperOut | Fault::CoverOpen | Fault::CutterJam | Fault::Printer),
            } => self.pulse_at_once(cause),
            outcome => outcome,
        }
    }

    fn status(&mut self) -> Result<Status, Fault> {
        let mut talk = self.talk()?;
        if self.profile.status != StatusAbility::None {
            talk.ask(&Question::ALL)?;
        }
        if let Some(port) = talk.link.port_status() {
            talk.status.learn_port(port);
        }
        Ok(talk.status)
    }

    fn discard(&mut self) -> Result<(), Fault> {
        let mut talk = self.talk()?;
        match self.profile.language {
            Language::EscPos => talk.send_all(&[0x10, 0x05, 2])?,
            Language::Star => talk.send_all(&[0x1B, 0x06, 0x18])?,
        }
        talk.link.drain(TURN * 10)
    }
}
