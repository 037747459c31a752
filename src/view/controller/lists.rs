//! Search, and the tray of things that wait for a person.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, PaperInput, TillInput};
use crate::domain::ids::JobId;
use crate::view::desk::Asked;
use crate::view::form::Said;
use crate::view::generated::{FindFilter, NoticeAnswer};
use crate::view::show::notices::NoticeId;

/// The longest fragment searched.
const QUERY_MAX: usize = 20;

impl Controller {
    pub(in crate::view) fn find_key(&mut self, key: &str) {
        if self.form.find.query.chars().count() < QUERY_MAX {
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

    pub(in crate::view) fn choose_filter(&mut self, filter: FindFilter) {
        self.form.find.filter = filter;
    }

    pub(super) fn search(&self) {
        let fragment = self.form.find.query.clone();
        self.ask(Query::Search { fragment: fragment.clone() }, Asked::Search(fragment));
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
