//! Shops whose customers park for less: kept on their page, and chosen for the stay that is to be paid.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, MerchantInput, PaperInput};
use crate::domain::ids::{MerchantId, VisitId};
use crate::domain::merchant::Merchant;
use crate::domain::paper::Paper;
use crate::domain::validation::{MerchantAccount, Month, Validation};
use crate::domain::voucher::PREFIX;
use crate::view::desk::Asked;
use crate::view::generated::{MerchantField, MerchantGives, Page};
use crate::view::merchants::{Editing, MerchantsForm};

impl Controller {
    pub(in crate::view) fn open_merchants(&mut self) {
        let month = self.now().map(|now| Month::of(now.date()));
        self.form.merchants = MerchantsForm { month, ..MerchantsForm::default() };
        self.go(Page::Merchants);
    }

    pub(in crate::view) fn back_from_merchants(&mut self) {
        self.go(Page::Tariff);
    }

    /// The one that is looked at.
    pub(in crate::view) fn merchant(&self) -> Option<&Merchant> {
        self.state()?.merchants.get(&self.form.merchants.chosen?)
    }

    /// All of them, by their numbers.
    pub(in crate::view) fn merchants(&self) -> Vec<&Merchant> {
        let mut all: Vec<&Merchant> =
            self.state().map(|state| state.merchants.values().collect()).unwrap_or_default();
        all.sort_by_key(|merchant| merchant.number);
        all
    }

    pub(in crate::view) fn choose_merchant(&mut self, id: &str) {
        self.form.merchants.chosen = id.parse().ok();
        self.read_account();
    }

    /// What the archive knows of the shop and the month; on another page nobody asks.
    pub(super) fn read_account(&self) {
        let number = self.merchant().map(|merchant| merchant.number);
        if let (Some(merchant), Some(month)) = (number, self.form.merchants.month) {
            self.ask(Query::MerchantAccount { merchant, month }, Asked::MerchantAccount(merchant, month));
        }
    }

    pub(super) fn account_read(&mut self, number: u64, account: MerchantAccount) {
        let wanted = self.merchant().map(|merchant| merchant.number) == Some(number);
        if wanted && self.form.merchants.month == Some(account.month) {
            self.form.merchants.account = Some((number, account));
        }
    }

    pub(in crate::view) fn older_account(&mut self) {
        self.move_account(-1);
    }

    pub(in crate::view) fn newer_account(&mut self) {
        self.move_account(1);
    }

    fn move_account(&mut self, by: i32) {
        let form = &mut self.form.merchants;
        form.month = form.month.map(|month| month.moved(by));
        form.account = None;
        self.read_account();
    }

    pub(in crate::view) fn print_account(&mut self) {
        let number = self.merchant().map(|merchant| merchant.number);
        let (Some(merchant), Some(month), Some(at)) = (number, self.form.merchants.month, self.now()) else {
            return;
        };
        let paper = Paper::MerchantAccount { merchant, month, at };
        if !self.is_printing(|printing| printing.word() == paper.word()) {
            self.send(Input::Paper(PaperInput::Print { paper }));
        }
    }

    pub(in crate::view) fn choose_voucher_count(&mut self, count: i32) {
        self.form.merchants.voucher_count = u32::try_from(count).unwrap_or_default();
    }

    pub(in crate::view) fn choose_voucher_days(&mut self, days: i32) {
        self.form.merchants.voucher_days = u16::try_from(days).unwrap_or_default();
    }

    /// A second press while they come out makes no more.
    pub(in crate::view) fn print_vouchers(&mut self) {
        let Some(merchant) = self.merchant().map(|merchant| merchant.id) else { return };
        if self.form.merchants.sent || self.is_printing(|paper| matches!(paper, Paper::Vouchers { .. })) {
            return;
        }
        self.form.merchants.sent = true;
        let (count, days) = (self.form.merchants.voucher_count, self.form.merchants.voucher_days);
        let by = self.by();
        self.send_with_right(Input::Merchant(MerchantInput::MakeVouchers { merchant, count, days, by }));
    }

    pub(in crate::view) fn begin_merchant(&mut self) {
        self.form.merchants.editing = Some(Editing::default());
    }

    pub(in crate::view) fn change_merchant(&mut self) {
        self.form.merchants.editing = self.merchant().map(Editing::of);
    }

    pub(in crate::view) fn stop_editing_merchant(&mut self) {
        self.form.merchants.editing = None;
    }

    fn edit_merchant(&mut self, change: impl FnOnce(&mut Editing)) {
        if let Some(editing) = &mut self.form.merchants.editing {
            editing.saving = false;
            change(editing);
        }
    }

    pub(in crate::view) fn choose_merchant_field(&mut self, field: MerchantField) {
        self.edit_merchant(|editing| editing.field = field);
    }

    /// What was typed meant something else: it is typed anew.
    pub(in crate::view) fn choose_merchant_kind(&mut self, kind: MerchantGives) {
        self.edit_merchant(|editing| {
            if editing.kind != kind {
                editing.kind = kind;
                editing.value.clear();
            }
            editing.field = MerchantField::Value;
        });
    }

    pub(in crate::view) fn choose_merchant_payer(&mut self, house: bool) {
        self.edit_merchant(|editing| editing.house = house);
    }

    pub(in crate::view) fn toggle_adds_up(&mut self) {
        self.edit_merchant(|editing| editing.adds_up = !editing.adds_up);
    }

    pub(in crate::view) fn toggle_merchant_active(&mut self) {
        self.edit_merchant(|editing| editing.active = !editing.active);
    }

    pub(in crate::view) fn toggle_merchant_day(&mut self, day: i32) {
        self.edit_merchant(|editing| {
            if let Some(on) = usize::try_from(day).ok().and_then(|day| editing.days.get_mut(day)) {
                *on = !*on;
            }
        });
    }

    pub(in crate::view) fn merchant_key(&mut self, key: &str) {
        self.edit_merchant(|editing| editing.add(key));
    }

    pub(in crate::view) fn merchant_erase(&mut self) {
        self.edit_merchant(Editing::erase);
    }

    pub(in crate::view) fn merchant_clear(&mut self) {
        self.edit_merchant(Editing::clear);
    }

    pub(in crate::view) fn save_merchant(&mut self) {
        let by = self.by();
        let form = &mut self.form.merchants;
        let Some(editing) = form.editing.as_mut().filter(|_| !form.sent) else { return };
        let (of, Some(wanted)) = (editing.of, editing.wanted()) else { return };
        let wanted = Box::new(wanted);
        editing.saving = true;
        form.sent = true;
        self.send_with_right(Input::Merchant(match of {
            Some(merchant) => MerchantInput::Change { merchant, wanted, by },
            None => MerchantInput::Open { wanted, by },
        }));
    }

    /// What was typed has become a fact: it is looked at. And what was used meanwhile stands in the account.
    pub(super) fn follow_merchants(&mut self) {
        let typed = self.form.merchants.editing.as_ref().filter(|editing| editing.saving);
        let saved = typed.and_then(Editing::wanted).and_then(|wanted| {
            let same = |one: &&&Merchant| {
                let terms = &one.terms;
                let afm = terms.tax_number.as_ref().map_or("", |number| number.number.as_str());
                (terms.name.as_str(), afm) == (wanted.name.as_str(), wanted.afm.as_str())
                    && (terms.gives, terms.payer, terms.active, terms.adds_up)
                        == (wanted.gives, wanted.payer, wanted.active, wanted.adds_up)
                    && (terms.per_day, terms.per_vehicle) == (wanted.per_day, wanted.per_vehicle)
                    && (terms.from, terms.to, &terms.hours) == (wanted.from, wanted.to, &wanted.hours)
            };
            self.merchants().iter().find(same).map(|one| one.id)
        });
        if let Some(id) = saved {
            self.form.merchants.editing = None;
            self.form.merchants.chosen = Some(id);
        }
        self.form.merchants.sent = false;
        self.read_account();
    }

    /// A second person is asked: the keys are free again.
    pub(super) fn merchants_answered(&mut self) {
        self.form.merchants.sent = false;
    }

    /// It was refused as it was sent.
    pub(super) fn merchants_refused(&mut self) {
        self.merchants_answered();
        if let Some(editing) = &mut self.form.merchants.editing {
            editing.saving = false;
        }
    }

    /// Shops that may give something to the stay on the page, and those that have.
    pub(in crate::view) fn shops_here(&self) -> Vec<&Merchant> {
        let Some(visit) = self.visit().filter(|visit| visit.stay.is_some()) else { return Vec::new() };
        let open = visit.state.is_inside() && visit.state.settlement().is_none();
        let given = self.given_here();
        let has = |one: &Merchant| given.iter().any(|validation| validation.merchant == one.id);
        let offered = self.merchants().into_iter().filter(|one| one.terms.active || has(one));
        if open { offered.collect() } else { Vec::new() }
    }

    /// What shops gave to the stay on the page.
    pub(in crate::view) fn given_here(&self) -> &[Validation] {
        self.visit().and_then(|visit| visit.stay.as_ref()).map_or(&[], |stay| &stay.validations)
    }

    pub(in crate::view) fn open_validation(&mut self) {
        if self.visit().is_some() {
            self.go(Page::Validate);
        }
    }

    pub(in crate::view) fn back_from_validation(&mut self) {
        self.start_paying();
    }

    /// A shop was touched: it gives, or what it gave is taken back.
    pub(in crate::view) fn choose_validation(&mut self, id: &str) {
        let (Some(visit), Ok(merchant)) = (self.form.visit.id, id.parse::<MerchantId>()) else { return };
        let given = self.given_here().iter().any(|given| given.merchant == merchant);
        if given {
            let operator = self.operator();
            self.send(Input::Merchant(MerchantInput::TakeBack { visit, merchant, operator }));
        } else {
            let by = self.by();
            self.send_with_right(Input::Merchant(MerchantInput::Validate { visit, merchant, by }));
        }
    }

    /// A voucher was scanned: it is for the visit on the page, whichever page of it is up.
    pub(super) fn voucher_scanned(&mut self, code: &str) {
        let of_a_visit = matches!(
            self.form.page,
            Page::Visit | Page::Pay | Page::Validate | Page::StayCase | Page::Details
        );
        let of_an_order = self.form.page == Page::Pay && self.form.pay.order.is_some();
        let visit = self.form.visit.id.filter(|_| of_a_visit && !of_an_order);
        let (code, operator) = (code.to_owned(), self.operator());
        self.send(Input::Merchant(MerchantInput::ScanVoucher { code, visit, operator }));
    }

    /// A shop gives something to a stay: its price is up, and one touch pays it.
    pub(super) fn validated(&mut self, visit: VisitId) {
        if self.form.visit.id == Some(visit) && self.form.page != Page::Pay {
            self.start_paying();
        }
    }
}

/// It begins as a voucher's code does, `V7K3Q-12-345…`; whether it is one, the loop says.
pub(super) fn is_voucher(code: &str) -> bool {
    let code = code.trim().to_ascii_uppercase();
    let body = code.strip_prefix(PREFIX).and_then(|body| body.split_once('-'));
    body.is_some_and(|(terminal, numbers)| {
        let named = terminal.len() == 4 && terminal.bytes().all(|b| b.is_ascii_alphanumeric());
        named && numbers.contains('-') && numbers.starts_with(|c: char| c.is_ascii_digit())
    })
}
