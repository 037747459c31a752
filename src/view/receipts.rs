//! What is typed and chosen about documents that were issued, until it is sent.

use crate::app::engine::PaperPicture;
use crate::domain::document::Document;
use crate::domain::ids::{DocumentId, PackId};
use crate::domain::money::Cents;
use crate::domain::payment::{Means, Tender};

/// The longest fragment searched.
pub(super) const QUERY_MAX: usize = 20;
/// The most characters a reason or a name may be typed with.
pub(super) const TEXT_MAX: usize = 60;

/// The list, and the document on it.
#[derive(Debug, Default)]
pub(super) struct ReceiptsForm {
    pub(super) query: String,
    /// Somebody came from the page of a visit, and goes back there.
    pub(super) of_visit: bool,
    pub(super) found: Vec<Document>,
    pub(super) chosen: Option<DocumentId>,
    /// How much of a document should go back, as somebody has worked out.
    pub(super) suggested: Option<(DocumentId, Cents)>,
    /// The paper of the chosen one.
    pub(super) picture: Option<PaperPicture>,
    /// What was just given back, of it by card.
    pub(super) given: Option<(Cents, Cents)>,
    /// Money is being given back.
    pub(super) refund: RefundForm,
}

impl ReceiptsForm {
    /// The chosen document.
    pub(super) fn document(&self) -> Option<&Document> {
        self.found.iter().find(|document| Some(document.id) == self.chosen)
    }
}

/// Money that goes back.
#[derive(Debug, Default)]
pub(super) struct RefundForm {
    /// The document, as it stands; nothing where nobody knows it.
    pub(super) original: Option<Document>,
    pub(super) typed: String,
    /// What stands there is the whole of what is left: the first digit begins anew.
    pub(super) begins: bool,
    /// It is made void.
    pub(super) voiding: bool,
    pub(super) in_cash: bool,
    /// The pack whose unused part it is; how much is the pack's to say.
    pub(super) pack: Option<PackId>,
    pub(super) reason: String,
    pub(super) person: String,
    pub(super) typing: Typing,
    pub(super) fault: Option<String>,
    pub(super) sent: bool,
}

/// Which text is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Typing {
    #[default]
    Nothing,
    Reason,
    Person,
}

impl RefundForm {
    /// All that is left of a document, or nothing yet without one.
    pub(super) fn of(original: Option<Document>) -> Self {
        let left = original.as_ref().map(|document| document.left().0.to_string());
        Self { typed: left.unwrap_or_default(), begins: true, original, ..Self::default() }
    }

    /// How much of it should go back; it can be typed anew.
    pub(super) fn suggest(&mut self, suggested: Option<(DocumentId, Cents)>) {
        let own = self.original.as_ref().map(|document| document.id);
        if let Some((_, amount)) = suggested.filter(|(document, _)| own == Some(*document)) {
            self.typed = amount.0.to_string();
        }
    }

    /// The unused part of a pack.
    pub(super) fn of_pack(original: Document, pack: PackId, unused: Cents) -> Self {
        let typed = unused.min(original.left()).0.to_string();
        Self { typed, pack: Some(pack), begins: false, ..Self::of(Some(original)) }
    }

    /// All of a payment that is made void.
    pub(super) fn void(original: Document) -> Self {
        Self { voiding: true, ..Self::of(Some(original)) }
    }

    /// What is typed.
    pub(super) fn amount(&self) -> Cents {
        self.typed.parse().map_or(Cents::ZERO, Cents)
    }

    /// How it goes back: as it was paid, what was not paid in cash first; or all of it in cash.
    pub(super) fn ways(&self) -> Vec<(Means, Cents)> {
        let amount = self.amount();
        let Some(original) = self.original.as_ref().filter(|_| !self.in_cash) else {
            return vec![(Means::Cash, amount)];
        };
        let mut left = amount;
        let mut ways = Vec::new();
        for means in [Means::Card, Means::Iris, Means::Bank, Means::Voucher, Means::Account] {
            let part = original.left_by(means).clamp(Cents::ZERO, left);
            left -= part;
            ways.push((means, part));
        }
        // What a deposit paid goes back in cash, too.
        ways.push((Means::Cash, left));
        ways.retain(|(_, part)| !part.is_zero());
        ways
    }

    /// The same as tenders.
    pub(super) fn tenders(&self) -> Vec<Tender> {
        let tender = |(means, amount): (Means, Cents)| match means {
            Means::Cash | Means::Deposit => Tender::Cash { given: amount },
            Means::Card => Tender::CardApart { amount, tip: Cents::ZERO },
            Means::Iris => Tender::Iris { amount },
            Means::Bank => Tender::Bank { amount },
            Means::Voucher => Tender::Voucher { amount },
            Means::Account => Tender::OnAccount { amount },
        };
        self.ways().into_iter().map(tender).collect()
    }

    /// Some of it was not paid in cash.
    pub(super) fn may_choose(&self) -> bool {
        let original = self.original.as_ref().filter(|_| !self.voiding);
        original.is_some_and(|document| document.left_by(Means::Cash) < document.left())
    }

    /// Everything that must be said is said.
    pub(super) fn is_complete(&self) -> bool {
        let amount = self.amount();
        let most = self.original.as_ref().map(Document::left);
        let named = self.original.is_some() || !self.person.trim().is_empty();
        let fits = amount > Cents::ZERO && most.is_none_or(|most| amount <= most);
        fits && named && !self.reason.trim().is_empty()
    }

    /// The text being typed.
    pub(super) const fn text(&mut self) -> Option<&mut String> {
        match self.typing {
            Typing::Nothing => None,
            Typing::Reason => Some(&mut self.reason),
            Typing::Person => Some(&mut self.person),
        }
    }
}
