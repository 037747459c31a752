//! Which Greek page a printer has, found by looking: [`PageFinder`].
//!
//! One test print has a numbered line for every page under every number some printer knows it by, each holding the same
//! sentence, and above them the sentence as a picture. The operator names a line that reads like the picture, and the
//! answer makes the profile. No database decides this: two of them disagree about several clones, and firmware of one
//! model differs.

use super::encode::{EncodeError, Job, encode};
use super::greek::{CodePage, page_prefix};
use super::model::known_slots;
use super::profile::{PageSlot, Profile};
use super::sheet::{Sheet, wrap};

/// The sentence of the test print: every letter, every accented one, and the signs that tell pages apart.
pub const PANGRAM: &str = "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. ΆΈΉΊΌΎΏ ΪΫ ϊϋ ΐΰ 12,50 €";

/// What stands where a page has no place for a character of the sentence: a gap, not a wrong letter.
const GAP: u8 = b'_';

/// The test print and what its lines stand for.
#[derive(Clone, Debug)]
pub struct PageFinder {
    profile: Profile,
    candidates: Vec<PageSlot>,
}

impl PageFinder {
    /// For a printer: the pages its profile names come first, then every other known one.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        let mut candidates = profile.pages.clone();
        for slot in known_slots(profile.language) {
            if !candidates.contains(&slot) {
                candidates.push(slot);
            }
        }
        Self { profile: profile.clone(), candidates }
    }

    /// The pages in the order of their lines; the first is line 1.
    #[must_use]
    pub fn candidates(&self) -> &[PageSlot] {
        &self.candidates
    }

    /// The test print.
    ///
    /// # Errors
    /// Never for a profile that can print at all: there is no code on it.
    pub fn job(&self) -> Result<Job, EncodeError> {
        let mut head = Sheet::new();
        head.line("Ποια γραμμή διαβάζεται όπως αυτή; / Which line reads like this one?");
        // Without a page everything Greek is drawn: the picture to compare with.
        let drawn = Profile { pages: Vec::new(), stray_page: None, ..self.profile.clone() };
        head.line(PANGRAM).rule();
        let mut job = encode(&head, &drawn)?;
        for (at, slot) in self.candidates.iter().enumerate() {
            self.line(at + 1, *slot, &mut job);
        }
        let mut end = Sheet::new();
        end.line("0) καμία / none").cut();
        let end = encode(&end, &drawn)?;
        let start = job.body.len();
        job.body.extend_from_slice(&end.body);
        job.line_ends.extend(end.line_ends.iter().map(|end| start + end));
        Ok(job)
    }

    /// One candidate: its number and name in ASCII, then the sentence on its page. The page is selected anew for each
    /// line of paper, as some clones drop it.
    fn line(&self, number: usize, slot: PageSlot, job: &mut Job) {
        job.body.extend_from_slice(format!("{number}) {}:{}\n", slot.page.name(), slot.n).as_bytes());
        job.line_ends.push(job.body.len());
        for part in wrap(PANGRAM, self.profile.columns) {
            job.body.extend_from_slice(page_prefix(self.profile.language));
            job.body.push(slot.n);
            job.body.extend(part.chars().map(|c| slot.page.encode(c).unwrap_or(GAP)));
            job.body.push(b'\n');
            job.line_ends.push(job.body.len());
        }
    }

    /// What a line should read, for a page: the sentence with gaps where the page has no letter.
    #[must_use]
    pub fn sentence_on(page: CodePage) -> String {
        PANGRAM.chars().map(|c| if page.encode(c).is_some() { c } else { char::from(GAP) }).collect()
    }

    /// The operator's answer as a profile: the line's page and no other. Nought, "none reads like it", makes every Greek
    /// line a drawn one. None when there is no such line.
    #[must_use]
    pub fn chosen(&self, line: usize) -> Option<Profile> {
        match line.checked_sub(1) {
            None => Some(Profile { pages: Vec::new(), ..self.profile.clone() }),
            Some(at) => self.candidates.get(at).map(|slot| self.profile.clone().with_page(*slot)),
        }
    }

    /// The answer as an address's parameter, such as `greek=737:24`; `greek=none` for nought.
    #[must_use]
    pub fn setting(&self, line: usize) -> Option<String> {
        let profile = self.chosen(line)?;
        Some(
            profile.pages.first().map_or_else(
                || "greek=none".to_owned(),
                |slot| format!("greek={}:{}", slot.page.name(), slot.n),
            ),
        )
    }
}
