//! What is to be invoiced to customers on account.

use super::Controller;
use crate::aade::rules::Field;
use crate::app::engine::Query;
use crate::domain::account::{AccountCustomer, Proposal, end_of_last_month};
use crate::domain::entry::ClientType;
use crate::domain::terms::ServiceTerms;
use crate::view::ask::{self, Key};
use crate::view::desk::Asked;
use crate::view::form::GroupForm;
use crate::view::generated::{GroupFilter, Page};

/// What is proposed, as the archive last had it.
#[derive(Debug, Default)]
pub(in crate::view) struct AccountsForm {
    /// Nothing before the archive has answered.
    pub(in crate::view) proposals: Option<Vec<Proposal>>,
    /// Until today, and not only until the end of last month.
    pub(in crate::view) until_today: bool,
}

impl Controller {
    pub(in crate::view) fn open_accounts(&mut self) {
        self.form.accounts = AccountsForm::default();
        self.go(Page::Accounts);
    }

    pub(super) fn read_accounts(&self) {
        let Some(today) = self.now().map(|now| now.date()) else { return };
        let until = if self.form.accounts.until_today { today } else { end_of_last_month(today) };
        self.ask(Query::Accounts { until, today }, Asked::Accounts);
    }

    pub(super) fn accounts_read(&mut self, proposals: Vec<Proposal>) {
        self.form.accounts.proposals = Some(proposals);
    }

    pub(in crate::view) fn accounts_until_today(&mut self, until_today: bool) {
        self.form.accounts = AccountsForm { until_today, proposals: None };
        self.read_accounts();
    }

    pub(in crate::view) fn back_from_accounts(&mut self) {
        self.go(Page::Documents);
    }

    /// One customer: its visits are chosen, and its document is named once. Whoever is left alone stays proposed.
    pub(in crate::view) fn invoice_customer(&mut self, number: &str) {
        let proposals = self.form.accounts.proposals.iter().flatten();
        let Some(proposal) = proposals.into_iter().find(|one| one.customer.number == number) else { return };
        let chosen = proposal.taken().map(|visit| visit.visit).collect();
        self.form.group = GroupForm {
            name: self.group_name(),
            customer: Some(number.to_owned()),
            filter: GroupFilter::All,
            chosen,
            from_accounts: true,
            ..GroupForm::default()
        };
        self.go(Page::Group);
    }

    /// The vehicle being typed is a known customer's, and comes for work that is done on account.
    pub(in crate::view) fn account_here(&self) -> Option<&AccountCustomer> {
        let plate = self.form.lane.plate().ok()?;
        let rental = self.arriving_for().client_type() == ClientType::Rental;
        self.settings.accounts.of(&plate).filter(|_| !rental)
    }

    /// It goes on account, unless other terms were chosen.
    pub(super) fn suggest_account(&mut self) {
        let known = self.account_here().map(|customer| customer.number.clone());
        let lane = &mut self.form.lane;
        let answers = &mut lane.arrival.answers;
        let (country, number) = (Key::Of(Field::CustomerCountry), Key::Of(Field::Customer));
        // What was proposed for the plate before, and nobody has changed.
        if let Some(before) = lane.on_account.take()
            && answers.get_said(number) == Some(before.number.as_str())
        {
            answers.forget(&[Key::Terms, country, number]);
        }
        let said = answers.get_said(Key::Terms).is_some();
        if let Some(customer) = known.filter(|_| !said) {
            answers.set(country, &customer.country);
            answers.set(number, &customer.number);
            answers.set(Key::Terms, ask::terms_id(&ServiceTerms::Recurring { customer: customer.clone() }));
            lane.on_account = Some(customer);
        }
    }
}
