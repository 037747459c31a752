//! What is printed, as data: pure functions from stored facts to a [`Sheet`]. Nothing here knows a printer; a sheet is
//! turned into bytes by the drivers, and the preview ([`picture`]) is read back from those very bytes.
//!
//! | file | paper |
//! |---|---|
//! | [`ticket`] | what the driver holds while the vehicle is inside |
//! | [`intake`] | what is left here without a vehicle |
//! | [`slip`] | what was paid, where the tax document is issued elsewhere |
//! | [`receipt`] | the tax document with its MARK, or the particulars of a fiscal machine's receipt |
//! | `provider` | what stands on a document that a certified provider issued |
//! | [`work`] | a garage's work order and its estimates |
//! | `credit` | what stands on either of them where money was given back |
//! | `customer` | whom an invoice is for |
//! | [`void`] | a payment that was made void |
//! | [`rental`] | a vehicle handed over, and how it came back |
//! | [`mod@deposit`] | money on account: taken, and given back |
//! | [`due`] | the vehicles that should come again |
//! | [`merchant`] | vouchers of a shop whose customers park for less, and its account |
//! | [`pack`] | a pack of washes: bought, and what is left of it |
//! | [`inside`] | every vehicle inside now, with its number at the registry |
//! | [`till`] | how a shift stands, cash that moved without a sale, the day close |
//! | [`mod@test`] | a sample that shows whether a printer prints as it should |
//! | [`template`] | which lines stand where, and what the owner put between them |
//! | [`sample`] | made-up facts for every kind that has a template |
//! | [`layout`] | columns, wrapping, words in two languages |
//! | [`picture`] | any sheet as text and as a picture |
//! | [`pdf`] | documents as PDF files: as printed, and on A4 |
//!
//! Two rules. A paper that is not the tax document says so in Greek and English and looks like none: no VAT analysis,
//! no document series. And a copy differs from its original by its mark alone.

mod credit;
mod customer;
pub mod deposit;
pub mod due;
pub mod inside;
pub mod intake;
pub mod layout;
pub mod merchant;
pub mod pack;
pub mod pdf;
pub mod picture;
mod provider;
pub mod receipt;
pub mod rental;
pub mod sample;
mod signature;
pub mod slip;
pub mod template;
pub mod test;
pub mod ticket;
pub mod till;
pub mod void;
pub mod work;

use crate::domain::day::DayClose;
use crate::domain::deposit::{Deposit, Return};
use crate::domain::document::Document;
use crate::domain::merchant::Merchant;
use crate::domain::order::Order;
use crate::domain::pack::Pack;
use crate::domain::reminder::DueVehicle;
use crate::domain::shift::{Movement, Shift};
use crate::domain::time::Stamp;
use crate::domain::validation::MerchantAccount;
use crate::domain::visit::Visit;
use crate::domain::voucher::VoucherBatch;
use crate::domain::work::{Estimate, NextService};
use tameio_drivers::printer::Sheet;
use template::Press;

/// A paper with the facts it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facts<'a> {
    /// The ticket of a visit.
    Ticket(&'a Visit),
    /// The intake slip of an order.
    Intake(&'a Order),
    /// The slip of a sale.
    Slip {
        /// The sale's document, named or not.
        document: &'a Document,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A payment that was made void.
    Void {
        /// Its document.
        document: &'a Document,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// The receipt of a sale.
    Receipt {
        /// The document; without a name it can only be a slip, unless the connection was lost.
        document: &'a Document,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A garage's work order.
    WorkOrder {
        /// Its visit.
        visit: &'a Visit,
        /// What the vehicle was to come for by now.
        due: Option<&'a NextService>,
        /// The deposits that are held for it.
        deposits: &'a [Deposit],
    },
    /// A version of a garage's estimate.
    Estimate {
        /// Its visit.
        visit: &'a Visit,
        /// It.
        estimate: &'a Estimate,
    },
    /// What stands inside.
    Inside {
        /// The open visits, oldest arrival first.
        visits: &'a [Visit],
        /// When it was asked for.
        at: Stamp,
    },
    /// The vehicles that should come again.
    DueVehicles {
        /// The most urgent first.
        vehicles: &'a [DueVehicle],
        /// When it was asked for.
        at: Stamp,
    },
    /// Vouchers of a shop.
    Vouchers {
        /// The shop.
        merchant: &'a Merchant,
        /// Which.
        batch: &'a VoucherBatch,
    },
    /// What a shop's customers did not pay in a month.
    MerchantAccount {
        /// The shop.
        merchant: &'a Merchant,
        /// The month, and its stays.
        account: &'a MerchantAccount,
        /// When it was asked for.
        at: Stamp,
    },
    /// How a shift stands.
    ShiftReport {
        /// The shift.
        shift: &'a Shift,
        /// When it was asked for.
        at: Stamp,
    },
    /// Cash that moved without a sale.
    Movement(&'a Movement),
    /// A rental vehicle that was handed over.
    HandOver {
        /// The visit.
        visit: &'a Visit,
        /// What is held for it.
        deposits: &'a [Deposit],
    },
    /// One that came back.
    VehicleReturn(&'a Visit),
    /// A deposit that was taken.
    Deposit {
        /// It.
        deposit: &'a Deposit,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A deposit that was given back.
    DepositReturn {
        /// It.
        deposit: &'a Deposit,
        /// How.
        returned: &'a Return,
    },
    /// A pack that was sold.
    Pack {
        /// It.
        pack: &'a Pack,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A wash of a pack.
    PackUse {
        /// It.
        pack: &'a Pack,
        /// Which of its washes, from 0.
        nth: usize,
    },
    /// A day close.
    DayClose {
        /// It.
        close: &'a DayClose,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A sample.
    Test {
        /// When it was asked for.
        at: Stamp,
    },
}

/// The sheet of a paper, for a printer with so many columns: with the built-in templates from settings alone, with the owner's
/// from a [`Press`].
#[must_use]
pub fn sheet<'a>(press: impl Into<Press<'a>>, facts: Facts<'_>, columns: usize) -> Sheet {
    let press = press.into();
    let settings = press.settings;
    match facts {
        Facts::Ticket(visit) => ticket::ticket(press, visit, columns),
        Facts::WorkOrder { visit, due, deposits } => work::order(press, visit, due, deposits, columns),
        Facts::Estimate { visit, estimate } => work::estimate(press, visit, estimate, columns),
        Facts::Intake(order) => intake::intake(press, order, columns),
        Facts::Inside { visits, at } => inside::inside(settings, visits, at, columns),
        Facts::DueVehicles { vehicles, at } => due::due(settings, vehicles, at, columns),
        Facts::Vouchers { merchant, batch } => merchant::vouchers(settings, merchant, batch, columns),
        Facts::MerchantAccount { merchant, account, at } => {
            merchant::account(settings, merchant, account, at, columns)
        }
        Facts::ShiftReport { shift, at } => till::report(settings, shift, at, columns),
        Facts::Movement(movement) => till::movement(settings, movement, columns),
        Facts::HandOver { visit, deposits } => rental::hand_over(press, visit, deposits, columns),
        Facts::VehicleReturn(visit) => rental::returned(press, visit, columns),
        Facts::Deposit { deposit, copy } => deposit::taken(press, deposit, copy, columns),
        Facts::DepositReturn { deposit, returned } => deposit::returned(settings, deposit, returned, columns),
        Facts::Pack { pack, copy } => pack::sold(settings, pack, copy, columns),
        Facts::PackUse { pack, nth } => pack::used(settings, pack, nth, columns),
        Facts::DayClose { close, copy } => till::day_close(settings, close, copy, columns),
        Facts::Test { at } => test::test(settings, at, columns),
        Facts::Void { document, copy } => void::void(settings, document, copy, columns),
        Facts::Receipt { document, copy } if document.has_receipt() => {
            receipt::receipt(press, document, copy, columns)
        }
        // A document nobody has named yet is no tax document, whatever was asked for.
        Facts::Slip { document, copy } | Facts::Receipt { document, copy } => {
            slip::slip(press, document, copy, columns)
        }
    }
}

/// A sheet as a copy: the mark stands above everything else.
#[must_use]
pub fn marked<'a>(press: impl Into<Press<'a>>, sheet: Sheet, copy: u32, columns: usize) -> Sheet {
    let mut head = layout::Layout::bare(press.into().settings, columns);
    head.copy_mark(copy);
    let mut marked = head.into_sheet();
    marked.items.extend(sheet.items);
    marked
}
