//! Search, and the tray of things that wait for a person.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, PaperInput, TillInput};
use crate::domain::document::Document;
use crate::domain::ids::{JobId, VisitId};
use crate::store::past::{After, Page, Wanted};
use crate::view::desk::Asked;
use crate::view::form::Said;
use crate::view::generated::{FindAct, FindFilter, FindPeriod, NoticeAnswer};
use crate::view::show::notices::NoticeId;
use crate::view::words;

/// The longest fragment searched.
const QUERY_MAX: usize = 20;

impl Controller {
    pub(in crate::view) fn find_key(&mut self, key: &str) {
        if self.form.find.by_amount {
            words::add_digits(&mut self.form.find.query, key, words::AMOUNT_DIGITS_MAX);
        } else if self.form.find.query.chars().count() < QUERY_MAX {
            self.form.find.query.push_str(key);
        }
        self.search();
    }

    pub(in crate::view) fn find_erase(&mut self) {
        self.form.find.query.pop();
        self.search();
    }

    pub(in crate::view) fn find_clear(&mut self) {
        self.form.find.query.clear();
        self.search();
    }

    pub(in crate::view) fn find_by_amount(&mut self, by_amount: bool) {
        self.form.find.by_amount = by_amount;
        self.find_clear();
    }

    pub(in crate::view) fn choose_filter(&mut self, filter: FindFilter) {
        self.form.find.filter = filter;
        self.search();
    }

    pub(in crate::view) fn choose_period(&mut self, period: FindPeriod) {
        self.form.find.period = period;
        self.search();
    }

    pub(in crate::view) fn choose_act(&mut self, act: FindAct) {
        self.form.find.act = act;
    }

    /// The first page anew: what was typed has changed, or the page came up.
    pub(super) fn search(&mut self) {
        self.form.find.next = None;
        self.ask_past(None);
    }

    pub(in crate::view) fn find_more(&mut self) {
        if let Some(after) = self.form.find.next.take() {
            self.ask_past(Some(after));
        }
    }

    fn ask_past(&self, after: Option<After>) {
        let wanted = self.form.find.wanted(self.now());
        self.ask(Query::Past { wanted: wanted.clone(), after }, Asked::Past(wanted, after));
    }

    /// A page came; one that nobody wants any more is dropped.
    pub(super) fn past_found(&mut self, wanted: &Wanted, after: Option<After>, page: Page) {
        if *wanted != self.form.find.wanted(self.now()) {
            return;
        }
        if after.is_none() {
            self.form.find.found.clear();
        }
        self.form.find.found.extend(page.visits);
        self.form.find.next = page.next;
    }

    /// A touch on a visit that was found does what was chosen; the next one opens again.
    pub(in crate::view) fn found_touched(&mut self, visit: &str) {
        let act = std::mem::take(&mut self.form.find.act);
        let Ok(id) = visit.parse::<VisitId>() else { return };
        match act {
            FindAct::Open => self.show_visit(visit),
            FindAct::Correct => {
                self.show_visit(visit);
                self.open_correction();
            }
            FindAct::Copy | FindAct::Credit => {
                self.form.find.acting = Some((id, act));
                self.ask(Query::DocumentsOf { visit: id }, Asked::DocumentsOf(id));
            }
        }
    }

    /// The documents of the visit that was touched: a copy of the last one comes out, or money of it goes back.
    pub(super) fn documents_of_found(&mut self, visit: VisitId, documents: Vec<Document>) {
        let Some((_, act)) = self.form.find.acting.take_if(|(acting, _)| *acting == visit) else { return };
        let last = documents.iter().rfind(|document| !document.is_credit()).map(|document| document.id);
        let Some(last) = last else {
            return self.say_in(
                "Αυτή η επίσκεψη δεν έχει παραστατικό.".to_owned(),
                "This visit has no document.".to_owned(),
            );
        };
        self.open_receipts_with(documents, last);
        if act == FindAct::Copy {
            self.print_receipt();
        } else {
            self.open_refund(false);
        }
    }

    /// A notice was answered.
    pub(in crate::view) fn answer_notice(&mut self, notice: &str, answer: NoticeAnswer) {
        match notice.parse() {
            Ok(NoticeId::Job(job)) => self.answer_job(job, answer),
            Ok(NoticeId::Drawer) if answer == NoticeAnswer::Yes => {
                self.send(Input::Till(TillInput::OfferDrawer))
            }
            Ok(NoticeId::Drawer) => self.send(Input::Till(TillInput::DrawerReported { opened: true })),
            Ok(NoticeId::Clock) => {
                self.form.clock_seen_s = self.state().map_or(0, |state| state.live.clock_stepped_s);
            }
            Ok(NoticeId::Charge(session)) => self.show_charge(session),
            Ok(NoticeId::Said(at)) if at < self.form.said.len() => {
                let said = self.form.said.remove(at);
                if let (Said::Barrier { device, .. }, NoticeAnswer::Continue) = (said, answer) {
                    self.barrier_again(device);
                }
            }
            _ => {}
        }
    }

    fn answer_job(&self, job: JobId, answer: NoticeAnswer) {
        let operator = self.operator();
        self.send(match answer {
            NoticeAnswer::Yes => Input::Paper(PaperInput::Judge { job, complete: true, operator }),
            NoticeAnswer::No => Input::Paper(PaperInput::Judge { job, complete: false, operator }),
            NoticeAnswer::Continue => Input::Paper(PaperInput::Continue { job }),
            NoticeAnswer::Drop | NoticeAnswer::Dismiss => Input::Paper(PaperInput::Drop { job, operator }),
        });
    }
}
