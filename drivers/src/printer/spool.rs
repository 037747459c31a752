//! Papers that survive a crash: [`Spool`] keeps each job in a file until its outcome is known.
//!
//! ```text
//!  add ─▶ waiting ─▶ begun ─▶ printed: the file goes
//!            ▲         ├────▶ unsure: broke off, no answer, or the program ended meanwhile
//!            │         │         ├─ reprint ─▶ a new job, marked as a copy
//!            └ nothing ┘         └─ forget ──▶ the file goes
//!              was sent
//! ```
//!
//! The state is the file's name, and a name changes in one step: at whatever moment the power goes, a job is in one of
//! these states and in no other. **What was begun is never begun again by itself**: a person looks at the paper and says.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::encode::{EncodeError, Job, encode};
use super::profile::Profile;
use super::sheet::Sheet;
use super::{JobOutcome, Printer};

/// The most jobs that are kept: a printer that is away for days must not fill the disk.
pub const JOBS_MAX: usize = 1000;
/// The largest file that is read back. No paper is longer.
const FILE_BYTES_MAX: u64 = 16 << 20;

/// Names a job for as long as the spool exists; no number is used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

/// Why the spool could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The disk.
    #[error("the spool in {folder} cannot {action}")]
    Disk {
        /// Where the spool is.
        folder: PathBuf,
        /// What it tried.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// Another program has the folder.
    #[error("the spool in {0} is in use by another program")]
    InUse(PathBuf),
    /// Too many jobs.
    #[error("{JOBS_MAX} papers are waiting already: mend the printer, or forget some of them")]
    Full,
    /// No such job, or not in the state for this.
    #[error("there is no paper {0} of which it is unsure whether it was printed")]
    NoSuchJob(JobId),
    /// The mark of a copy cannot be encoded.
    #[error("the mark of a copy cannot be printed")]
    Mark(#[source] EncodeError),
}

/// The states that are names of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Begun,
    Unsure,
    /// The file is not what was written: kept for whoever looks, printed never.
    Damaged,
}

impl State {
    const ALL: [Self; 4] = [Self::Waiting, Self::Begun, Self::Unsure, Self::Damaged];

    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Begun => "begun",
            Self::Unsure => "unsure",
            Self::Damaged => "damaged",
        }
    }
}

/// Jobs in a folder of their own, for one printer.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    jobs: Vec<(JobId, State)>,
    next: u64,
    /// Held for as long as the spool is open.
    _lock: File,
}

impl Spool {
    /// Opens the spool of a folder, which is made if it is not there. Jobs that were begun when the program last ended
    /// are unsure.
    ///
    /// # Errors
    /// When the folder cannot be used or another program has it.
    pub fn open(folder: &Path) -> Result<Self, SpoolError> {
        let disk = |action| {
            let folder = folder.to_owned();
            move |source| SpoolError::Disk { folder, action, source }
        };
        fs::create_dir_all(folder).map_err(disk("make its folder"))?;
        let lock = File::create(folder.join("lock")).map_err(disk("be locked"))?;
        lock.try_lock().map_err(|_| SpoolError::InUse(folder.to_owned()))?;
        let (mut jobs, mut last) = (Vec::new(), 0);
        for entry in fs::read_dir(folder).map_err(disk("be read"))? {
            let path = entry.map_err(disk("be read"))?.path();
            if let Some(job) = job_of(&path) {
                last = last.max(job.0.0);
                jobs.push(job);
            } else if path.extension().is_some_and(|kind| kind == "new") {
                // Written half when the power went: nobody was told that it is kept.
                fs::remove_file(&path).map_err(disk("remove what is half written"))?;
            }
        }
        jobs.sort_unstable_by_key(|(id, _)| *id);
        let mut spool = Self { folder: folder.to_owned(), jobs, next: last + 1, _lock: lock };
        for id in spool.in_state(State::Begun) {
            spool.change(id, State::Unsure)?;
        }
        Ok(spool)
    }

    /// Keeps a job. When this returns, the job survives whatever happens.
    ///
    /// # Errors
    /// When it cannot be written, or [`JOBS_MAX`] are kept already.
    pub fn add(&mut self, job: &Job) -> Result<JobId, SpoolError> {
        if self.jobs.len() >= JOBS_MAX {
            return Err(SpoolError::Full);
        }
        let id = JobId(self.next);
        let half = self.folder.join(format!("{id}.new"));
        let whole = self.path(id, State::Waiting);
        let written = File::create(&half).and_then(|mut file| {
            file.write_all(&to_bytes(job))?;
            file.sync_all()?;
            fs::rename(&half, &whole)
        });
        written.and_then(|()| self.sync()).map_err(|source| self.disk("keep a paper", source))?;
        self.next += 1;
        self.jobs.push((id, State::Waiting));
        Ok(id)
    }

    /// The jobs of which nothing was sent yet, oldest first.
    #[must_use]
    pub fn waiting(&self) -> Vec<JobId> {
        self.in_state(State::Waiting)
    }

    /// The jobs that may or may not be on paper, oldest first: a person must look.
    #[must_use]
    pub fn unsure(&self) -> Vec<JobId> {
        self.in_state(State::Unsure)
    }

    /// The jobs whose files were changed by something else, oldest first.
    #[must_use]
    pub fn damaged(&self) -> Vec<JobId> {
        self.in_state(State::Damaged)
    }

    /// Prints the oldest waiting job, once. Nothing when none waits, or while one is unsure: papers keep their order,
    /// and a printer in trouble is not fed.
    ///
    /// # Errors
    /// When the disk fails before the job is sent; then nothing is. After it is sent, the outcome is given even when the
    /// disk then fails, and the job is unsure at the next start.
    pub fn print_next(
        &mut self,
        printer: &mut dyn Printer,
    ) -> Result<Option<(JobId, JobOutcome)>, SpoolError> {
        if !self.unsure().is_empty() {
            return Ok(None);
        }
        let Some((id, job)) = self.next_whole()? else { return Ok(None) };
        self.change(id, State::Begun)?;
        let outcome = printer.print(&job);
        let kept = match &outcome {
            JobOutcome::Confirmed | JobOutcome::SentUnconfirmed => self.remove(id),
            JobOutcome::NotStarted { .. } => self.change(id, State::Waiting),
            JobOutcome::Interrupted { .. } | JobOutcome::Unknown => self.change(id, State::Unsure),
        };
        if let Err(fault) = kept {
            tracing::error!("paper {id} was sent ({outcome:?}), and that could not be kept: {fault}");
        }
        Ok(Some((id, outcome)))
    }

    /// Prints an unsure job again, after a person said so: as a new job that says on its first line that it is a copy.
    ///
    /// # Errors
    /// When there is no such unsure job, or the disk fails.
    pub fn reprint(&mut self, id: JobId, mark: &str, profile: &Profile) -> Result<JobId, SpoolError> {
        self.check_unsure(id)?;
        let job = self.load(id, State::Unsure)?.ok_or(SpoolError::NoSuchJob(id))?;
        // First the new one: if the power goes between, both are there, and the old one still waits for a person.
        let copy = self.add(&job.as_copy(mark, profile).map_err(SpoolError::Mark)?)?;
        self.remove(id)?;
        Ok(copy)
    }

    /// Lets an unsure job go, after a person has seen it on paper or does not want it.
    ///
    /// # Errors
    /// When there is no such unsure job, or the disk fails.
    pub fn forget(&mut self, id: JobId) -> Result<(), SpoolError> {
        self.check_unsure(id)?;
        self.remove(id)
    }

    fn check_unsure(&self, id: JobId) -> Result<(), SpoolError> {
        let known = self.jobs.contains(&(id, State::Unsure)) || self.jobs.contains(&(id, State::Damaged));
        if known { Ok(()) } else { Err(SpoolError::NoSuchJob(id)) }
    }

    /// The oldest waiting job that can be read; the others before it are damaged.
    fn next_whole(&mut self) -> Result<Option<(JobId, Job)>, SpoolError> {
        while let Some(id) = self.waiting().first().copied() {
            match self.load(id, State::Waiting)? {
                Some(job) => return Ok(Some((id, job))),
                None => {
                    tracing::error!("the file of paper {id} was damaged: it is not printed");
                    self.change(id, State::Damaged)?;
                }
            }
        }
        Ok(None)
    }

    fn load(&self, id: JobId, state: State) -> Result<Option<Job>, SpoolError> {
        let mut bytes = Vec::new();
        let read = File::open(self.path(id, state))
            .and_then(|file| file.take(FILE_BYTES_MAX).read_to_end(&mut bytes));
        read.map_err(|source| self.disk("read a paper", source))?;
        Ok(job_from_bytes(&bytes))
    }

    fn change(&mut self, id: JobId, to: State) -> Result<(), SpoolError> {
        let Some(at) = self.jobs.iter().position(|(known, _)| *known == id) else { return Ok(()) };
        let from = self.jobs[at].1;
        fs::rename(self.path(id, from), self.path(id, to))
            .and_then(|()| self.sync())
            .map_err(|source| self.disk("change a paper's state", source))?;
        self.jobs[at].1 = to;
        Ok(())
    }

    fn remove(&mut self, id: JobId) -> Result<(), SpoolError> {
        let Some(at) = self.jobs.iter().position(|(known, _)| *known == id) else { return Ok(()) };
        fs::remove_file(self.path(id, self.jobs[at].1))
            .and_then(|()| self.sync())
            .map_err(|source| self.disk("remove a paper", source))?;
        self.jobs.remove(at);
        Ok(())
    }

    /// Names of files are on disk only when their folder is.
    fn sync(&self) -> io::Result<()> {
        if cfg!(unix) { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }

    fn path(&self, id: JobId, state: State) -> PathBuf {
        self.folder.join(format!("{id}.{}", state.name()))
    }

    fn disk(&self, action: &'static str, source: io::Error) -> SpoolError {
        SpoolError::Disk { folder: self.folder.clone(), action, source }
    }

    fn in_state(&self, wanted: State) -> Vec<JobId> {
        self.jobs.iter().filter(|(_, state)| *state == wanted).map(|(id, _)| *id).collect()
    }
}

fn job_of(path: &Path) -> Option<(JobId, State)> {
    let kind = path.extension()?.to_str()?;
    let state = State::ALL.into_iter().find(|state| state.name() == kind)?;
    Some((JobId(path.file_stem()?.to_str()?.parse().ok()?), state))
}

impl Job {
    /// The same paper with a line above it that says it is a copy, large and in the middle. The printer is put into its
    /// first state again after that line.
    ///
    /// # Errors
    /// Never for a profile that can print text at all.
    pub fn as_copy(&self, mark: &str, profile: &Profile) -> Result<Self, EncodeError> {
        let style = super::Style {
            align: super::Align::Centre,
            bold: true,
            double_height: true,
            ..super::Style::default()
        };
        let mut sheet = Sheet::new();
        sheet.styled(mark, style);
        let head = encode(&sheet, profile)?;
        let before = head.body.len() + self.setup.len();
        let line_ends = head.line_ends.iter().copied().chain(self.line_ends.iter().map(|end| before + end));
        Ok(Self {
            setup: head.setup,
            body: [head.body.as_slice(), &self.setup, &self.body].concat(),
            line_ends: line_ends.collect(),
        })
    }
}

/// What a file begins with, its version in it.
const MAGIC: &[u8; 8] = b"paper 1\n";

/// The file of a job: magic, check, three lengths, then the three parts. Numbers are little-endian, of 4 bytes.
fn to_bytes(job: &Job) -> Vec<u8> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let mut content = Vec::with_capacity(job.setup.len() + job.body.len() + 4 * job.line_ends.len() + 12);
    for length in [job.setup.len(), job.body.len(), job.line_ends.len()] {
        content.extend_from_slice(&number(length));
    }
    content.extend_from_slice(&job.setup);
    content.extend_from_slice(&job.body);
    job.line_ends.iter().for_each(|end| content.extend_from_slice(&number(*end)));
    [MAGIC.as_slice(), &crc32(&content).to_le_bytes(), &content].concat()
}

/// The job a file holds; none when it is not exactly what was written. Total.
#[must_use]
pub fn job_from_bytes(file: &[u8]) -> Option<Job> {
    let (check, content) = file.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
    if crc32(content) != u32::from_le_bytes(*check) {
        return None;
    }
    let (setup, rest) = length(content)?;
    let (body, rest) = length(rest)?;
    let (lines, rest) = length(rest)?;
    let (setup, rest) = rest.split_at_checked(setup)?;
    let (body, rest) = rest.split_at_checked(body)?;
    if rest.len() != lines.checked_mul(4)? {
        return None;
    }
    let line_ends: Vec<usize> = rest.chunks_exact(4).filter_map(|bytes| Some(length(bytes)?.0)).collect();
    let sound = line_ends.is_sorted() && line_ends.last().is_none_or(|end| *end <= body.len());
    sound.then(|| Job { setup: setup.to_vec(), body: body.to_vec(), line_ends })
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_le_bytes(*number)).ok()?, rest))
}

/// The check of ISO 3309, bit by bit: a paper is a few thousand bytes.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |check, byte| {
        (0..8).fold(check ^ u32::from(*byte), |check, _| {
            (check >> 1) ^ if check & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}
