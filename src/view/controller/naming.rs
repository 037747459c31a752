//! The authority's name of a document: scanned, or typed field by field.

use super::Controller;
use crate::app::input::{DocumentInput, Input, TypedName};
use crate::app::refusal::Refusal;
use crate::domain::document::{Document, mark_in};
use crate::domain::ids::DocumentId;
use crate::domain::money::Cents;
use crate::domain::settings::IssuerKind;
use crate::view::form::{NamingForm, Said};
use crate::view::generated::{NamingField, NamingKind, Page};
use crate::view::words;
use jiff::civil;

impl Controller {
    pub(in crate::view) fn choose_unnamed(&mut self, document: &str) {
        let Ok(id) = document.parse::<DocumentId>() else { return };
        if self.state().and_then(|state| state.unnamed.get(&id)).is_some_and(|it| !it.is_named_by_hand()) {
            return self.say(Said::Sentence(Refusal::StillBeingIssued.sentence(self.form.language)));
        }
        let scanned = self.form.naming.scanned.take();
        self.begin_naming(id);
        if let Some(code) = scanned {
            self.name(id, TypedName::Scanned { code });
        }
    }

    /// The form for one document: its own date and time stand in it already.
    fn begin_naming(&mut self, id: DocumentId) {
        let kind = match self.settings.issuer {
            IssuerKind::TypedFim => NamingKind::Fim,
            IssuerKind::TypedMark | IssuerKind::MyData | IssuerKind::Provider | IssuerKind::Simulated => {
                NamingKind::Mark
            }
        };
        let issued =
            self.state().and_then(|state| state.unnamed.get(&id)).map(|document| document.issued.local());
        let digits = |format: &str| issued.map(|at| at.strftime(format).to_string()).unwrap_or_default();
        self.form.naming = NamingForm {
            chosen: Some(id),
            date: digits("%d%m%Y"),
            time: digits("%H%M"),
            // The machine of this shop is the machine of the last receipt.
            machine: std::mem::take(&mut self.form.naming.machine),
            ..NamingForm::default()
        };
        self.choose_naming(kind);
    }

    /// The name being typed: of one document, or of one for many visits.
    const fn naming(&mut self) -> &mut NamingForm {
        match self.form.page {
            Page::Group => &mut self.form.group.name,
            _ => &mut self.form.naming,
        }
    }

    pub(in crate::view) fn choose_naming(&mut self, kind: NamingKind) {
        let naming = self.naming();
        naming.kind = kind;
        naming.active = match kind {
            NamingKind::Mark => NamingField::Mark,
            NamingKind::Fim if naming.machine.is_empty() => NamingField::Machine,
            NamingKind::Fim => NamingField::DailyNumber,
        };
        naming.fault = None;
    }

    pub(in crate::view) fn choose_field(&mut self, field: NamingField) {
        self.naming().active = field;
    }

    pub(in crate::view) fn naming_key(&mut self, key: &str) {
        let naming = self.naming();
        naming.fault = None;
        naming.differs = false;
        naming.scanned = None;
        let (field, max) = active(naming);
        let room = max.saturating_sub(field.len());
        field.extend(
            key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(room),
        );
    }

    pub(in crate::view) fn naming_erase(&mut self) {
        let naming = self.naming();
        naming.fault = None;
        active(naming).0.pop();
    }

    pub(in crate::view) fn naming_clear(&mut self) {
        let naming = self.naming();
        naming.fault = None;
        active(naming).0.clear();
    }

    /// "Link the receipt" was pressed.
    pub(in crate::view) fn name_chosen(&mut self) {
        let naming = &self.form.naming;
        let Some(document) = naming.chosen else { return };
        let name = match (&naming.scanned, naming.kind) {
            (Some(code), _) => TypedName::Scanned { code: code.clone() },
            (None, NamingKind::Mark) => TypedName::Mark { mark: naming.mark.clone() },
            (None, NamingKind::Fim) => TypedName::Fim {
                machine: naming.machine.clone(),
                number: naming.number.clone(),
                at: typed_instant(&naming.date, &naming.time),
            },
        };
        self.name(document, name);
    }

    fn name(&mut self, document: DocumentId, name: TypedName) {
        if let TypedName::Scanned { code } = &name {
            self.form.naming.scanned = Some(code.clone());
        }
        let even_if_different = self.form.naming.differs;
        self.send(Input::Document(DocumentInput::Name { document, name, even_if_different }));
    }

    /// From the done page to the document just paid.
    pub(in crate::view) fn name_paid_document(&mut self) {
        let Some(id) = self.form.done.as_ref().map(|done| done.document) else { return };
        self.go(Page::Documents);
        self.begin_naming(id);
    }

    /// A receipt's code was scanned: it goes to the document at hand, or waits until one is chosen.
    pub(super) fn receipt_scanned(&mut self, code: &str) {
        if self.form.page == Page::Group && self.form.group.sent.is_none() {
            return self.group_scanned(code);
        }
        match self.document_at_hand() {
            Some(id) => {
                if self.form.naming.chosen != Some(id) {
                    self.begin_naming(id);
                }
                self.name(id, TypedName::Scanned { code: code.to_owned() });
            }
            None => {
                self.go(Page::Documents);
                self.form.naming = NamingForm { scanned: Some(code.to_owned()), ..NamingForm::default() };
                self.say(Said::ChooseReceipt);
            }
        }
    }

    /// Chosen in the list, just paid, or the only one that waits.
    fn document_at_hand(&self) -> Option<DocumentId> {
        let waiting = &self.state()?.unnamed;
        let chosen = self.form.naming.chosen.filter(|_| self.form.page == Page::Documents);
        let paid = self.form.done.as_ref().map(|done| done.document);
        let by_hand = |id: &DocumentId| waiting.get(id).is_some_and(Document::is_named_by_hand);
        let mut all = waiting.keys().copied().filter(by_hand);
        let only = all.next().filter(|_| all.next().is_none());
        chosen.or(paid).filter(by_hand).or(only)
    }

    pub(super) fn total_differs(&mut self, ours: Cents, theirs: Cents) {
        let language = self.form.language;
        self.form.naming.differs = true;
        self.form.naming.fault =
            Some(format!("{} ≠ {}", words::money(ours, language), words::money(theirs, language)));
        self.go(Page::Documents);
    }

    /// The document that was being named has its name: the list is shown again.
    pub(super) fn follow_naming(&mut self) {
        let waits = |id: &DocumentId| self.state().is_some_and(|state| state.unnamed.contains_key(id));
        if self.form.naming.chosen.as_ref().is_some_and(|id| !waits(id)) {
            let machine = std::mem::take(&mut self.form.naming.machine);
            self.form.naming = NamingForm { machine, ..NamingForm::default() };
        }
    }
}

/// Whether a scanned code is of a receipt: a fiscal machine's, or one that carries a MARK.
pub(super) fn is_receipt(code: &str) -> bool {
    code.to_ascii_uppercase().contains("SIG=") || mark_in(code).is_some()
}

/// The field the keys go to, and how long it may be.
const fn active(naming: &mut NamingForm) -> (&mut String, usize) {
    match naming.active {
        NamingField::Mark => (&mut naming.mark, 15),
        NamingField::Machine => (&mut naming.machine, 11),
        NamingField::DailyNumber => (&mut naming.number, 8),
        NamingField::Date => (&mut naming.date, 8),
        NamingField::Time => (&mut naming.time, 4),
    }
}

/// Date and time as typed; nothing when they are not a day and a time.
pub(in crate::view) fn typed_instant(date: &str, time: &str) -> Option<civil::DateTime> {
    let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let day = civil::Date::new(number(date, 4, 8)?, small(date, 2, 4)?, small(date, 0, 2)?).ok()?;
    let time = civil::Time::new(small(time, 0, 2)?, small(time, 2, 4)?, 0, 0).ok()?;
    Some(day.to_datetime(time))
}
