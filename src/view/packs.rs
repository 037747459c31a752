//! What is typed and chosen about packs of washes, until it is sent.

use crate::domain::ids::{DocumentId, PackId};
use crate::domain::plate::{Plate, PlateEntry};

/// What is typed and chosen about packs of washes.
#[derive(Debug, Default)]
pub(super) struct PacksForm {
    /// A plate, or a part of one.
    pub(super) typed: String,
    /// The vehicles named for the pack about to be sold.
    pub(super) named: Vec<String>,
    /// The pack whose keys are up.
    pub(super) chosen: Option<PackId>,
    /// The pack an order was begun for.
    pub(super) selling: bool,
    /// The document that is read to give the chosen one back.
    pub(super) reading: Option<DocumentId>,
    /// Why the last touch came to nothing.
    pub(super) fault: Option<String>,
}

impl PacksForm {
    /// The plate typed, where it is one.
    pub(super) fn plate(&self) -> Option<Plate> {
        Plate::parse(&PlateEntry::Greek, &self.typed).ok()
    }

    /// Every vehicle of the pack about to be sold: those that were named, and the one typed.
    pub(super) fn vehicles(&self) -> Vec<String> {
        let typed = self.plate().map(|_| self.typed.clone());
        let mut all = self.named.clone();
        all.extend(typed.filter(|typed| !self.named.contains(typed)));
        all
    }
}
