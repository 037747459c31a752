//! One model of the open printer database as a [`Profile`]: [`Model`].

use super::database::MODELS;
use super::greek::CodePage;
use super::profile::{Cutter, ImageCommand, Language, PageSlot, Profile, StatusAbility};

/// A model as the database describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its name in the database, by which a profile is chosen.
    pub id: &'static str,
    /// Who makes it.
    pub vendor: &'static str,
    /// What its maker calls it.
    pub name: &'static str,
    /// What it understands.
    pub language: Language,
    /// How it takes pictures.
    pub image: ImageCommand,
    /// Width of the print head in dots.
    pub dots: usize,
    /// Columns of font A.
    pub columns: usize,
    /// Columns of font B.
    pub columns_small: usize,
    /// Its Greek pages, best first.
    pub pages: &'static [PageSlot],
    /// The page that has the €.
    pub euro: Option<PageSlot>,
    /// What ends a paper.
    pub cutter: Cutter,
    /// Whether it draws QR codes.
    pub native_qr: bool,
    /// Whether it draws Code 128.
    pub native_code128: bool,
}

impl Model {
    /// Every model of the database.
    #[must_use]
    pub fn all() -> &'static [Self] {
        MODELS
    }

    /// The model of that name, written as the database writes it.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        MODELS.iter().find(|model| model.id == id)
    }

    /// What the database does not say is taken for the worst: clones wake in Chinese mode, have small buffers on 58 mm,
    /// and report nothing by themselves.
    pub(crate) fn profile(&self) -> Profile {
        let major = matches!(self.vendor, "Epson" | "Star Micronics");
        let base = match self.language {
            Language::Star => Profile::named("star-80"),
            Language::EscPos => None,
        };
        let narrow = self.dots < 500;
        Profile {
            name: self.id,
            language: self.language,
            image: self.image,
            columns: self.columns,
            columns_small: self.columns_small,
            dots: self.dots,
            pages: self.pages.to_vec(),
            stray_page: self.euro,
            cutter: self.cutter,
            native_qr: self.native_qr,
            native_code128: self.native_code128,
            leaves_chinese: !major,
            strip_rows_max: if narrow && !major { 24 } else { 128 },
            status: if major { StatusAbility::Automatic } else { StatusAbility::RealTime },
            ..base.unwrap_or_else(Profile::generic)
        }
    }
}

/// Every number under which some printer of a language knows some Greek page, each once, in the order in which a test
/// print tries them: by page, the best first.
pub(crate) fn known_slots(language: Language) -> Vec<PageSlot> {
    let profiles = super::profile::PROFILE_NAMES.iter().filter_map(|name| Profile::named(name));
    let ours = profiles.filter(|profile| profile.language == language).flat_map(|profile| profile.pages);
    let theirs = MODELS.iter().filter(|model| model.language == language).flat_map(|model| model.pages);
    let mut slots: Vec<PageSlot> = ours.chain(theirs.copied()).collect();
    slots.sort_by_key(|slot| (rank(slot.page), slot.n));
    slots.dedup();
    slots
}

/// The best single page first.
fn rank(page: CodePage) -> usize {
    [CodePage::Windows1253, CodePage::Iso8859_7, CodePage::Cp869, CodePage::Cp928, CodePage::Cp737]
        .iter()
        .position(|known| *known == page)
        .unwrap_or(usize::MAX)
}
