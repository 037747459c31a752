//! One document for many visits: those that wait are chosen, the document is named once, and what comes of it is seen.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{DocumentInput, Input, TypedName};
use crate::domain::document::{FimQr, mark_in};
use crate::domain::ids::VisitId;
use crate::domain::settings::IssuerKind;
use crate::domain::terms::ServiceTerms;
use crate::domain::time::Stamp;
use crate::domain::visit::{Settlement, Visit, VisitState};
use crate::view::desk::Asked;
use crate::view::form::{GroupForm, GroupSent, NamingForm};
use crate::view::generated::{GroupFilter, NamingField, NamingKind, Page};

impl Controller {
    pub(in crate::view) fn show_group(&mut self) {
        if self.form.group.sent.is_none() {
            self.form.group = GroupForm { name: self.group_name(), ..GroupForm::default() };
        }
        self.go(Page::Group);
    }

    /// A name as this shop's documents have it, dated now.
    pub(super) fn group_name(&self) -> NamingForm {
        let now = self.world.as_ref().map(|world| world.at.local());
        let digits = |format: &str| now.map(|at| at.strftime(format).to_string()).unwrap_or_default();
        // An invoice has a MARK even where receipts are a fiscal machine's; the other is one touch away.
        let (date, time) = (digits("%d%m%Y"), digits("%H%M"));
        let machine = match self.settings.issuer {
            IssuerKind::TypedFim => self.form.naming.machine.clone(),
            IssuerKind::TypedMark | IssuerKind::MyData | IssuerKind::Provider | IssuerKind::Simulated => {
                String::new()
            }
        };
        NamingForm { date, time, machine, ..NamingForm::default() }
    }

    pub(super) fn read_group(&self) {
        match &self.form.group.sent {
            None => self.ask(Query::AwaitingDocument, Asked::Awaiting),
            Some(sent) => {
                self.ask(Query::Visits { ids: sent.before.keys().copied().collect() }, Asked::Grouped)
            }
        }
    }

    pub(super) fn grouped(&mut self, visits: Vec<Visit>) {
        if let Some(sent) = &mut self.form.group.sent {
            sent.visits = visits;
        }
    }

    /// Everything that may be chosen: settled by a contract and waiting, or inside on terms whose documents come before the
    /// vehicle leaves. Newest last.
    pub(in crate::view) fn awaiting(&self) -> Vec<&Visit> {
        let settled = self.form.group.waiting.iter().flatten();
        let here = self.state().into_iter().flat_map(|state| state.visits.values());
        let before_the_end = |visit: &&Visit| {
            let period = matches!(visit.terms, ServiceTerms::Continuous { .. } | ServiceTerms::Lease { .. });
            period
                && visit.right.is_none()
                && !matches!(visit.state.settlement(), Some(Settlement::ByContract { .. }))
        };
        let mut all: Vec<&Visit> = settled.chain(here.filter(before_the_end)).collect();
        all.sort_by_key(|visit| (visit.arrived, visit.id));
        all
    }

    /// What passes the filters.
    pub(in crate::view) fn group_rows(&self) -> Vec<&Visit> {
        let group = &self.form.group;
        let Some(now) = self.world.as_ref().map(|world| world.at) else { return Vec::new() };
        let wanted = |visit: &&Visit| {
            let customer = group.customer.as_deref();
            passes(group.filter, visit, now)
                && customer.is_none_or(|wanted| customer_of(visit) == Some(wanted))
        };
        self.awaiting().into_iter().filter(wanted).collect()
    }

    pub(in crate::view) fn group_filter(&mut self, filter: GroupFilter) {
        self.form.group.filter = filter;
        // What is not seen is not chosen.
        self.form.group.chosen.clear();
    }

    /// One customer, or all of them.
    pub(in crate::view) fn group_customer(&mut self, number: &str) {
        self.form.group.customer = (!number.is_empty()).then(|| number.to_owned());
        self.form.group.chosen.clear();
        self.close_sheet();
    }

    pub(in crate::view) fn group_toggle(&mut self, visit: &str) {
        let Ok(id) = visit.parse::<VisitId>() else { return };
        let registered = self.group_rows().iter().any(|visit| visit.id == id && may_be_linked(visit));
        let group = &mut self.form.group;
        group.name.fault = None;
        if registered && !group.chosen.remove(&id) {
            group.chosen.insert(id);
        }
    }

    /// All that are seen; when all are chosen already, none.
    pub(in crate::view) fn group_all(&mut self) {
        let all = self
            .group_rows()
            .into_iter()
            .filter(|visit| may_be_linked(visit))
            .map(|visit| visit.id)
            .collect();
        let group = &mut self.form.group;
        group.name.fault = None;
        group.chosen = if group.chosen == all { Default::default() } else { all };
    }

    /// "Link" was pressed: the document goes to every visit chosen.
    pub(in crate::view) fn group_link(&mut self) {
        let group = &self.form.group;
        if group.chosen.is_empty() || group.sent.is_some() {
            return;
        }
        let correlation = |visit: &&Visit| visit.entry.correlate.as_ref().map(|moment| moment.message);
        let rows = self.awaiting();
        let chosen = rows.iter().filter(|visit| group.chosen.contains(&visit.id));
        let before = chosen.map(|visit| (visit.id, correlation(visit))).collect();
        let (name, visits) = (typed_name(&group.name), group.chosen.iter().copied().collect());
        self.form.group.sent = Some(GroupSent { before, visits: Vec::new() });
        self.send(Input::Document(DocumentInput::Correlate { name, visits }));
    }

    pub(in crate::view) fn back_from_group(&mut self) {
        self.go(if self.form.group.from_accounts { Page::Accounts } else { Page::Documents });
    }

    pub(super) fn group_refused(&mut self, sentence: String) {
        self.form.group.sent = None;
        self.form.group.name.fault = Some(sentence);
    }

    /// The result was seen: the next document.
    pub(in crate::view) fn group_again(&mut self) {
        self.form.group.sent = None;
        if self.form.group.from_accounts {
            return self.go(Page::Accounts);
        }
        self.show_group();
    }

    /// A document's code was scanned on the page: its number stands in the form, and a person still links it.
    pub(super) fn group_scanned(&mut self, code: &str) {
        let name = &mut self.form.group.name;
        name.fault = None;
        if let Ok(qr) = FimQr::parse(code) {
            name.kind = NamingKind::Fim;
            name.active = NamingField::Time;
            name.machine = qr.machine;
            name.number = qr.number.to_string();
        } else if let Some(mark) = mark_in(code) {
            name.kind = NamingKind::Mark;
            name.active = NamingField::Mark;
            name.mark = mark.to_string();
        }
    }
}

/// A visit without a live entry would spoil the message it is in.
pub(in crate::view) fn may_be_linked(visit: &Visit) -> bool {
    let gone = matches!(visit.state, VisitState::Cancelled { .. } | VisitState::Replaced { .. });
    visit.entry.id.is_some() && !gone
}

/// Whom the document of a visit is for, by tax number.
pub(in crate::view) fn customer_of(visit: &Visit) -> Option<&str> {
    let settled = match visit.state.settlement() {
        Some(Settlement::ByContract { invoice_to }) => invoice_to.as_ref(),
        _ => None,
    };
    settled.or_else(|| visit.terms.customer()).map(|customer| customer.number.as_str())
}

fn passes(filter: GroupFilter, visit: &Visit, now: Stamp) -> bool {
    let (day, today) = (visit.arrived.date(), now.date());
    let last_month = today.first_of_month().yesterday().unwrap_or(today);
    match filter {
        GroupFilter::All => true,
        GroupFilter::Today => day == today,
        GroupFilter::ThisMonth => day.first_of_month() == today.first_of_month(),
        GroupFilter::LastMonth => day.first_of_month() == last_month.first_of_month(),
    }
}

/// The name as typed.
fn typed_name(name: &NamingForm) -> TypedName {
    match name.kind {
        NamingKind::Mark => TypedName::Mark { mark: name.mark.clone() },
        NamingKind::Fim => TypedName::Fim {
            machine: name.machine.clone(),
            number: name.number.clone(),
            at: super::typed_instant(&name.date, &name.time),
        },
    }
}
