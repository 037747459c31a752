//! A job's body with the marks in it by which the printer says how far it is.

use super::encode::Job;
use super::profile::{Language, Profile, StatusAbility};

/// Star's end mark: counted when everything before it is printed.
const STAR_MARK: u8 = 0x17;
/// The end marker, `GS r 1`: answered in its turn, so that its answer means "everything before me is done".
const MARK: [u8; 3] = [0x1D, 0x72, 1];

/// The name of a job for `GS ( H`: four bytes from 0x20 to 0x7E, other ones for the next jobs.
pub(crate) fn process_id(number: u32) -> [u8; 4] {
    [24, 18, 12, 6].map(|shift| u8::try_from(number >> shift & 0x3F).unwrap_or(0) + 0x20)
}

/// What makes the printer say that all is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    /// It says nothing.
    None,
    /// The last of the sensor marks.
    Sensor,
    /// The job's own name.
    Named([u8; 4]),
    /// Star's count.
    Count,
}

/// A job's body with the marks that make the printer say how far it is.
pub(crate) struct Marked {
    pub(crate) bytes: Vec<u8>,
    /// Where in the bytes each line ends.
    pub(crate) line_ends: Vec<usize>,
    /// How many sensor marks stand in it.
    pub(crate) sensors: usize,
    pub(crate) last: Last,
}

impl Marked {
    pub(crate) fn new(job: &Job, profile: &Profile, blocks: usize, id: [u8; 4]) -> Self {
        let mut marked = Self {
            bytes: Vec::with_capacity(job.body.len() + 3 * job.line_ends.len() + 16),
            line_ends: Vec::with_capacity(job.line_ends.len()),
            sensors: 0,
            last: last(profile, id),
        };
        let each_line =
            profile.language == Language::EscPos && profile.status == StatusAbility::Automatic && blocks > 0;
        let mut start = 0;
        for end in &job.line_ends {
            marked.bytes.extend_from_slice(&job.body[start..*end]);
            marked.line_ends.push(marked.bytes.len());
            start = *end;
            if each_line {
                marked.mark();
            }
        }
        marked.bytes.extend_from_slice(&job.body[start..]);
        match marked.last {
            Last::None => {}
            Last::Sensor => marked.mark(),
            Last::Named(id) => {
                marked.bytes.extend_from_slice(&[0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30]);
                marked.bytes.extend_from_slice(&id);
            }
            Last::Count => marked.bytes.push(STAR_MARK),
        }
        marked
    }

    fn mark(&mut self) {
        self.bytes.extend_from_slice(&MARK);
        self.sensors += 1;
    }
}

fn last(profile: &Profile, id: [u8; 4]) -> Last {
    match (profile.status, profile.language) {
        (StatusAbility::None, _) => Last::None,
        (_, Language::Star) => Last::Count,
        (_, Language::EscPos) if profile.names_jobs => Last::Named(id),
        (_, Language::EscPos) => Last::Sensor,
    }
}
