//! A card payment a linked terminal was asked for: at work, of unknown end, or approved and used by no receipt.

use super::Controller;
use crate::app::input::{CardInput, Input};
use crate::domain::card::{CardCharge, CardOutcome, CardSession};
use crate::domain::device::{DeviceId, DeviceKind};
use crate::domain::document::Subject;
use crate::domain::money::Cents;
use crate::domain::text::Language;
use crate::view::generated::Page;

impl Controller {
    /// A terminal is attached: a card is asked for there.
    pub(in crate::view) fn has_card_terminal(&self) -> bool {
        let device = DeviceId::only(DeviceKind::CardTerminal);
        self.state().is_some_and(|state| state.live.devices.contains_key(&device))
    }

    /// What was asked of a terminal for what is paid.
    pub(in crate::view) fn charge(&self) -> Option<&CardCharge> {
        let subject = self.paying()?;
        self.state()?.charges.values().find(|charge| charge.subject == subject)
    }

    pub(in crate::view) fn cancel_card(&mut self) {
        if self.charge().is_some() && !std::mem::replace(&mut self.form.pay.card_busy, true) {
            self.send(Input::Card(CardInput::Cancel));
        }
    }

    pub(in crate::view) fn ask_card(&mut self) {
        let Some(session) = self.charge().map(|charge| charge.session) else { return };
        if !std::mem::replace(&mut self.form.pay.card_busy, true) {
            self.send(Input::Card(CardInput::Ask { session }));
        }
    }

    /// A person has looked at the slip.
    pub(in crate::view) fn settle_card(&mut self, approved: bool) {
        let Some(session) = self.charge().map(|charge| charge.session) else { return };
        self.send_with_right(Input::Card(CardInput::Settle { session, approved, by: self.by() }));
    }

    pub(in crate::view) fn use_card(&mut self) {
        let Some(session) = self.charge().map(|charge| charge.session) else { return };
        if !std::mem::replace(&mut self.form.pay.card_busy, true) {
            self.send(Input::Card(CardInput::Use { session }));
        }
    }

    /// The notice of a charge leads to the page where something can be done about it.
    pub(super) fn show_charge(&mut self, session: CardSession) {
        let subject = self.state().and_then(|state| state.charges.get(&session)).map(|charge| charge.subject);
        match subject {
            Some(Subject::Visit(visit)) => {
                self.show_visit_page(visit);
                self.start_paying();
            }
            Some(Subject::Order(order)) => {
                self.show_order_page(order);
                self.pay_order();
            }
            Some(Subject::Refund(_)) | None => {}
        }
    }

    /// What a terminal said that came to no receipt. What is still open stands in the tray by itself, and on the page of its
    /// visit.
    pub(super) fn card_said(&mut self, session: CardSession, outcome: &CardOutcome) {
        let of = self.state().and_then(|state| state.charges.get(&session)).map(|charge| charge.subject);
        // Another vehicle may be paying by now: what was typed for it stays.
        let here = of.is_none_or(|subject| self.is_about(subject));
        let again = here && std::mem::take(&mut self.form.pay.card_busy);
        let why = |language| outcome.why(language).unwrap_or_default();
        let (el, en) = match outcome {
            CardOutcome::Unknown { .. } => {
                if again {
                    self.form.pay.asked_again = self.now();
                }
                return;
            }
            CardOutcome::Declined { .. } => {
                let [el, en] = [Language::El, Language::En].map(why);
                (format!("Η κάρτα δεν έγινε δεκτή: {el}"), format!("The card was declined: {en}"))
            }
            CardOutcome::Cancelled => {
                ("Η πληρωμή με κάρτα ακυρώθηκε.".to_owned(), "The card payment was cancelled.".to_owned())
            }
            CardOutcome::NotStarted { .. } => {
                let [el, en] = [Language::El, Language::En].map(why);
                (
                    format!("Δεν ζητήθηκε τίποτα από την κάρτα: {el}"),
                    format!("Nothing was asked of the card: {en}"),
                )
            }
            CardOutcome::Approved { approval } => (
                format!(
                    "Η κάρτα {session} πλήρωσε {} €, αλλά η είσπραξη δεν έγινε: δες το.",
                    approval.amount.with_comma()
                ),
                format!(
                    "Card payment {session} took {} €, and the sale was not booked: look at it.",
                    approval.amount.with_point()
                ),
            ),
        };
        if here {
            self.form.pay.begin_again();
        }
        self.say_in(el, en);
    }

    /// The payment that was just made is the one of the page that is up.
    pub(super) fn awaits_payment(&self) -> bool {
        self.form.page == Page::Pay && (self.form.pay.sent || self.charge().is_some())
    }

    /// The sale was paid while the person was elsewhere: the page stays, and it is said.
    pub(super) fn card_paid_meanwhile(&mut self, change: Cents) {
        let back = (change > Cents::ZERO).then(|| [change.with_comma(), change.with_point()]);
        let (el, en) = match back {
            Some([el, en]) => (
                format!("Η κάρτα έγινε δεκτή και η απόδειξη εκδόθηκε· ρέστα {el} €."),
                format!("The card was accepted and the sale is booked; change {en} €."),
            ),
            None => (
                "Η κάρτα έγινε δεκτή και η απόδειξη εκδόθηκε.".to_owned(),
                "The card was accepted and the sale is booked.".to_owned(),
            ),
        };
        self.say_in(el, en);
    }

    /// Whether the page that is up is the one this is paid on.
    pub(in crate::view) fn is_paying(&self, subject: Subject) -> bool {
        self.form.page == Page::Pay && self.is_about(subject)
    }

    /// Whether this is what the person is at.
    fn is_about(&self, subject: Subject) -> bool {
        self.paying() == Some(subject)
    }
}
