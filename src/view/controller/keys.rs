//! A real keyboard, and scanners that act as one. Keys come here before anything on the page sees them; what they are,
//! typing or a scan, was told apart by their speed.

use super::Controller;
use super::merchants::is_voucher;
use super::naming::is_receipt;
use crate::app::input::{Input, ParkingInput};
use crate::domain::device::DeviceId;
use crate::domain::ids::VisitId;
use crate::domain::ticket::PREFIX;
use crate::view::generated::{NamingKind, PadMode, Page, Sheet};

impl Controller {
    /// A person typed this, key by key.
    pub(in crate::view) fn typed(&mut self, text: &str) {
        if self.wants_pin() {
            return self.pin_typed(text);
        }
        for key in text.chars() {
            match key {
                '\n' | '\r' => self.enter(),
                '\u{8}' | '\u{7f}' => self.erase(),
                '\u{1b}' => self.escape(),
                key if key.is_control() => {}
                key => self.typed_key(key),
            }
        }
    }

    /// A scanner read this; one that acts as a keyboard is nobody in particular.
    pub(in crate::view) fn scanned(&mut self, from: Option<DeviceId>, code: &str) {
        if self.is_locked() {
            return;
        }
        if self.code_is_tried(from, code) {
            return;
        }
        if is_ticket(code) {
            self.send(Input::Parking(ParkingInput::ScanTicket {
                code: code.to_owned(),
                operator: self.operator(),
            }));
        } else if is_voucher(code) {
            self.voucher_scanned(code);
        } else if is_receipt(code) {
            self.receipt_scanned(code);
        } else {
            self.plate_scanned(code);
        }
    }

    /// The visit of a ticket, or of a plate that was typed, comes up; at a car park its price, so that one touch pays it.
    pub(super) fn ticket_read(&mut self, visit: VisitId) {
        self.show_visit_page(visit);
        let stay = self.visit().is_some_and(|visit| self.settings.tariff_of(visit).is_some());
        if stay {
            self.start_paying();
        }
    }

    fn typed_key(&mut self, key: char) {
        let upper: String = key.to_uppercase().collect();
        let digit = key.is_ascii_digit();
        match (self.sheet(), self.form.page) {
            (Sheet::CorrectPlate, _) => self.correct_key(&upper),
            (Sheet::Discount, _) if digit => self.discount_key(&upper),
            (Sheet::None, Page::Lane) if key.is_alphanumeric() => self.plate_key(&upper),
            // The change was read: the next vehicle has begun.
            (Sheet::None, Page::Done) if key.is_alphanumeric() => {
                self.next_vehicle();
                self.plate_key(&upper);
            }
            (Sheet::None, Page::Find) if key.is_alphanumeric() => self.find_key(&upper),
            (Sheet::None, Page::Pay) if self.form.counterparty.editing => self.counterparty_key(&upper),
            (Sheet::None, Page::Pay) if self.wants_afm() => self.afm_key(&upper),
            (Sheet::None, Page::Pay) if digit => self.pay_key(&upper),
            (Sheet::None, Page::Orders) if key.is_alphanumeric() => self.orders_key(&upper),
            (Sheet::None, Page::Order) => self.order_key(&upper),
            (Sheet::None, Page::Work) => self.work_key(&upper),
            (Sheet::None, Page::Photos) => self.caption_key(&upper),
            (Sheet::None, Page::Signature) => self.sign_key(&upper),
            (Sheet::None, Page::Shift) if digit => self.shift_key(&upper),
            (Sheet::None, Page::Movement) if digit => self.move_key(&upper),
            (Sheet::None, Page::Receipts) if key.is_alphanumeric() => self.receipts_key(&upper),
            (Sheet::None, Page::Refund) => self.refund_typed(&upper),
            (Sheet::None, Page::Subscribers) => self.subscribers_key(&upper),
            (Sheet::None, Page::Listed) => self.listed_key(&upper),
            (Sheet::None, Page::Merchants) => self.merchant_key(&upper),
            (Sheet::None, Page::Count) if digit => self.count_key(&upper),
            (Sheet::None, Page::Day) if digit => self.z_key(&upper),
            (Sheet::None, Page::Ask | Page::Arrival) => self.ask_key(&upper),
            (Sheet::None, Page::Papers) => self.paper_key(&key.to_string()),
            (Sheet::None, Page::TariffEdit) if digit => self.tariff_key(&upper),
            // An address is written in small letters.
            (Sheet::None, Page::Device) => self.device_key(key),
            (Sheet::None, Page::Group) if digit || self.form.group.name.kind == NamingKind::Fim => {
                self.naming_key(&upper);
            }
            (Sheet::None, Page::Documents) if digit || self.form.naming.kind == NamingKind::Fim => {
                self.naming_key(&upper);
            }
            _ => {}
        }
    }

    fn erase(&mut self) {
        match (self.sheet(), self.form.page) {
            (Sheet::CorrectPlate, _) => self.correct_erase(),
            (Sheet::Discount, _) => self.discount_erase(),
            (Sheet::None, Page::Lane) => self.plate_erase(),
            (Sheet::None, Page::Find) => self.find_erase(),
            (Sheet::None, Page::Pay) if self.form.counterparty.editing => self.counterparty_erase(),
            (Sheet::None, Page::Pay) if self.wants_afm() => self.afm_erase(),
            (Sheet::None, Page::Pay) => self.pay_erase(),
            (Sheet::None, Page::Orders) => self.orders_erase(),
            (Sheet::None, Page::Order) => self.order_erase(),
            (Sheet::None, Page::Work) => self.work_erase(),
            (Sheet::None, Page::Photos) => self.caption_erase(),
            (Sheet::None, Page::Signature) => self.sign_erase(),
            (Sheet::None, Page::Shift) => self.shift_erase(),
            (Sheet::None, Page::Movement) => self.move_erase(),
            (Sheet::None, Page::Receipts) => self.receipts_erase(),
            (Sheet::None, Page::Refund) => self.refund_erased(),
            (Sheet::None, Page::Subscribers) => self.subscribers_erase(),
            (Sheet::None, Page::Listed) => self.listed_erase(),
            (Sheet::None, Page::Merchants) => self.merchant_erase(),
            (Sheet::None, Page::Count) => self.count_erase(),
            (Sheet::None, Page::Day) => self.z_erase(),
            (Sheet::None, Page::Documents | Page::Group) => self.naming_erase(),
            (Sheet::None, Page::Ask | Page::Arrival) => self.ask_erase(),
            (Sheet::None, Page::Device) => self.device_erase(),
            (Sheet::None, Page::Papers) => self.paper_erase(),
            (Sheet::None, Page::TariffEdit) => self.tariff_erase(),
            _ => {}
        }
    }

    /// Enter opens a visit and nothing else: money is never taken by a key that a scanner may send too.
    fn enter(&mut self) {
        let lane = self.sheet() == Sheet::None && self.form.page == Page::Lane;
        let country = self.form.lane.mode != PadMode::Foreign || !self.form.lane.country.is_empty();
        if lane && country && self.form.lane.plate().is_ok() {
            self.open_visit();
        }
    }

    fn escape(&mut self) {
        match (self.sheet(), self.form.page) {
            (Sheet::None, Page::Lane) => self.plate_clear(),
            (Sheet::None, Page::Pay) if self.form.counterparty.editing => self.leave_counterparty(),
            (Sheet::None, Page::Pay) => self.pay_clear(),
            (Sheet::None, Page::Ask | Page::Arrival) => self.ask_back(),
            (Sheet::None, Page::Order) => self.order_back(),
            (Sheet::None, Page::Papers) => self.papers_back(),
            (Sheet::None, Page::TariffEdit) => self.tariff_edit_back(),
            (Sheet::None, Page::Work) => self.work_back(),
            (Sheet::None, Page::Photos) => self.photos_back(),
            (Sheet::None, Page::Signature) => self.sign_back(),
            (Sheet::None, _) => self.go(Page::Lane),
            _ => self.close_sheet(),
        }
    }

    fn wants_afm(&self) -> bool {
        use crate::view::generated::DocumentKind;
        self.form.pay.document == DocumentKind::Invoice && self.form.pay.tax.number().is_none()
    }
}

/// It begins as a ticket's code does, `T7K3Q-0001…`; whose it is and whether it is whole, the loop says.
fn is_ticket(code: &str) -> bool {
    let body = code.trim().strip_prefix(PREFIX).and_then(|body| body.split_once('-'));
    body.is_some_and(|(terminal, number)| {
        let named = terminal.len() == 4 && terminal.bytes().all(|b| b.is_ascii_alphanumeric());
        named && number.starts_with(|c: char| c.is_ascii_digit())
    })
}
