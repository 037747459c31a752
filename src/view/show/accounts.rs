//! What is to be invoiced to customers on account: a row for each.

use crate::domain::account::{Oddity, Proposal};
use crate::view::controller::Controller;
use crate::view::generated::{AccountRow, Accounts, App};
use crate::view::words;
use slint::{ComponentHandle, VecModel};
use std::rc::Rc;

/// The list of the page.
#[derive(Default)]
pub(super) struct AccountLists {
    rows: Rc<VecModel<AccountRow>>,
}

impl AccountLists {
    pub(super) fn attach(&self, app: &App) {
        app.global::<Accounts>().set_rows(super::model(&self.rows));
    }
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Accounts>(), &controller.form.accounts);
    page.set_reading(form.proposals.is_none());
    page.set_until_today(form.until_today);
    let rows = form.proposals.iter().flatten().map(|proposal| row(controller, proposal)).collect();
    super::sync(&controller.lists.accounts.rows, rows);
}

fn row(controller: &Controller, proposal: &Proposal) -> AccountRow {
    let language = controller.form.language;
    let odd = proposal.oddities();
    let of = |wanted: Oddity| {
        let count = proposal.visits.iter().filter(|visit| visit.odd.contains(&wanted)).count();
        i32::try_from(count).unwrap_or(i32::MAX)
    };
    let taken = proposal.taken().count();
    AccountRow {
        id: proposal.customer.number.as_str().into(),
        name: proposal.name.as_str().into(),
        number: proposal.customer.to_string().into(),
        visits: i32::try_from(taken).unwrap_or(i32::MAX),
        net: words::money(proposal.net(), language).into(),
        vat: words::money(proposal.gross() - proposal.net(), language).into(),
        gross: words::money(proposal.gross(), language).into(),
        by: proposal.by.strftime("%-d/%-m/%Y").to_string().into(),
        not_checked: odd.contains(&Oddity::NotChecked),
        too_late: odd.contains(&Oddity::TooLate),
        no_price: of(Oddity::NoPrice),
        not_registered: of(Oddity::NotRegistered),
        cancelled: of(Oddity::EntryCancelled),
        may_invoice: taken > 0,
    }
}
