//! Money taken before anything is owed, and given back.

use super::Controller;
use crate::app::input::{DepositInput, Input, PaperInput};
use crate::domain::deposit::Deposit;
use crate::domain::entry::ClientType;
use crate::domain::ids::DepositId;
use crate::domain::money::Cents;
use crate::domain::paper::Paper;
use crate::domain::payment::{Means, Tender};
use crate::view::deposit::DepositForm;
use crate::view::generated::{DepositSide, Page, TenderKind};
use crate::view::words;

impl Controller {
    /// The deposits that are held for the visit on the page, in the order of their numbers.
    pub(in crate::view) fn deposits(&self) -> Vec<&Deposit> {
        let (Some(visit), Some(state)) = (self.form.visit.id, self.state()) else { return Vec::new() };
        let mut held: Vec<&Deposit> = state.deposits_of(visit).collect();
        held.sort_by_key(|deposit| deposit.number);
        held
    }

    /// The deposit that goes back: the one that was touched, or the first.
    pub(in crate::view) fn chosen_deposit(&self) -> Option<&Deposit> {
        let held = self.deposits();
        let touched = held.iter().find(|deposit| Some(deposit.id) == self.form.deposit.chosen);
        touched.or(held.first()).copied()
    }

    /// What goes back: what is typed, or all of it.
    pub(in crate::view) fn given_back(&self) -> Option<Cents> {
        let deposit = self.chosen_deposit()?;
        Some(self.form.deposit.amount().unwrap_or_else(|| deposit.left()))
    }

    /// A kind of work that takes deposits, and a vehicle that is here (a rental's: away).
    pub(in crate::view) fn may_take_deposit(&self) -> bool {
        let of_work = |client_type| matches!(client_type, ClientType::Garage | ClientType::Rental);
        self.settings.deposits
            && self.visit().is_some_and(|visit| of_work(visit.client_type) && visit.state.is_inside())
    }

    /// What is usual comes first: where something is held and the price is settled, giving it back.
    pub(in crate::view) fn open_deposit(&mut self) {
        let settled = self.visit().is_none_or(|visit| visit.state.settlement().is_some());
        let back = !self.may_take_deposit() || settled && !self.deposits().is_empty();
        let side = if back { DepositSide::GiveBack } else { DepositSide::Take };
        let from_work = self.form.page == Page::Work;
        self.form.deposit = DepositForm { side, from_work, ..DepositForm::default() };
        self.go(Page::Deposit);
    }

    pub(in crate::view) fn choose_deposit_side(&mut self, side: DepositSide) {
        let from_work = self.form.deposit.from_work;
        self.form.deposit = DepositForm { side, from_work, ..DepositForm::default() };
    }

    /// Touching a deposit is giving it back.
    pub(in crate::view) fn choose_deposit(&mut self, id: &str) {
        let (chosen, from_work) = (deposit_id(id), self.form.deposit.from_work);
        let side = DepositSide::GiveBack;
        self.form.deposit = DepositForm { side, chosen, from_work, ..DepositForm::default() };
    }

    pub(in crate::view) fn deposit_key(&mut self, key: &str) {
        self.form.deposit.touched();
        words::add_digits(&mut self.form.deposit.typed, key, words::AMOUNT_DIGITS_MAX);
    }

    pub(in crate::view) fn deposit_erase(&mut self) {
        self.form.deposit.touched();
        self.form.deposit.typed.pop();
    }

    pub(in crate::view) fn deposit_clear(&mut self) {
        self.form.deposit.touched();
        self.form.deposit.typed.clear();
    }

    pub(in crate::view) fn take_deposit(&mut self, way: TenderKind) {
        let (Some(visit), Some(amount)) = (self.form.visit.id, self.form.deposit.amount()) else { return };
        let Some(tender) = self.tender_of(way, amount) else { return };
        if !std::mem::replace(&mut self.form.deposit.sent, true) {
            self.form.deposit.fault = None;
            let operator = self.operator();
            self.send(Input::Deposit(DepositInput::Take { visit, amount, tenders: vec![tender], operator }));
        }
    }

    fn tender_of(&self, way: TenderKind, amount: Cents) -> Option<Tender> {
        let tip = Cents::ZERO;
        match means_of(way)? {
            Means::Cash => Some(Tender::Cash { given: amount }),
            Means::Card if self.has_card_terminal() => {
                Some(Tender::CardLinked { amount, tip, session: None })
            }
            Means::Card => Some(Tender::CardApart { amount, tip }),
            Means::Iris => Some(Tender::Iris { amount }),
            Means::Bank => Some(Tender::Bank { amount }),
            Means::Voucher | Means::Account | Means::Deposit => None,
        }
    }

    pub(in crate::view) fn give_deposit_back(&mut self, way: TenderKind) {
        let Some((deposit, amount)) = self.chosen_deposit().map(|one| one.id).zip(self.given_back()) else {
            return;
        };
        let Some(means) = means_of(way) else { return };
        if !std::mem::replace(&mut self.form.deposit.sent, true) {
            self.form.deposit.fault = None;
            let (reason, by) = (String::new(), self.by());
            self.send_with_right(Input::Deposit(DepositInput::Return { deposit, amount, means, reason, by }));
        }
    }

    pub(in crate::view) fn print_deposit(&mut self, id: &str) {
        let wanted = deposit_id(id);
        let number = self.deposits().iter().find(|held| Some(held.id) == wanted).map(|held| held.number);
        if let Some(number) = number
            && !self
                .is_printing(|paper| matches!(paper, Paper::Deposit { number: one, .. } if *one == number))
        {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::Deposit { number, copy: 0 } }));
        }
    }

    pub(in crate::view) fn back_from_deposit(&mut self) {
        self.go(if self.form.deposit.from_work { Page::Work } else { Page::Visit });
    }

    /// The visit was cancelled and money of its driver is still here: giving it back comes up, and the person may leave it.
    pub(super) fn deposit_of_cancelled(&mut self) {
        let cancelled = self.form.page == Page::Visit && !self.deposits().is_empty();
        if cancelled {
            self.form.deposit = DepositForm { side: DepositSide::GiveBack, ..DepositForm::default() };
            self.go(Page::Deposit);
        }
    }

    /// The money is where it belongs, and its paper is being printed.
    pub(super) fn deposit_done(&mut self, el: String, en: String) {
        if self.form.page == Page::Deposit {
            // One more may be held of a visit that is over.
            let more = self.visit().is_none_or(|visit| !visit.state.is_inside()) && self.deposits().len() > 1;
            let from_work = self.form.deposit.from_work;
            self.form.deposit =
                DepositForm { side: DepositSide::GiveBack, from_work, ..DepositForm::default() };
            if !more {
                self.back_from_deposit();
            }
        } else {
            // It was done while the person was elsewhere: a card took its time.
            self.say_in(el, en);
        }
    }

    pub(super) fn deposit_refused(&mut self, sentence: String) {
        self.form.deposit.sent = false;
        self.form.deposit.fault = Some(sentence);
    }

    /// Every deposit that is held.
    pub(in crate::view) fn open_deposits(&mut self) {
        self.go(Page::Deposits);
    }

    /// The visit a deposit is held for, which may have left, and what can be done about the money.
    pub(in crate::view) fn show_deposit(&mut self, id: &str) {
        let wanted = deposit_id(id);
        let held = self.state().and_then(|state| state.deposits.get(&wanted?));
        if let Some(visit) = held.map(|deposit| deposit.visit) {
            self.show_visit_page(visit);
            self.open_deposit();
            self.form.deposit =
                DepositForm { side: DepositSide::GiveBack, chosen: wanted, ..DepositForm::default() };
        }
    }
}

fn deposit_id(text: &str) -> Option<DepositId> {
    text.parse().ok()
}

const fn means_of(way: TenderKind) -> Option<Means> {
    match way {
        TenderKind::Cash => Some(Means::Cash),
        TenderKind::Card => Some(Means::Card),
        TenderKind::Iris => Some(Means::Iris),
        TenderKind::Bank => Some(Means::Bank),
        TenderKind::Voucher | TenderKind::Account | TenderKind::Deposit | TenderKind::Tip => None,
    }
}
