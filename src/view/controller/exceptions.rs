//! What needs a look at the registry, and what is inside now.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{DocumentInput, Input, PaperInput, RegistryInput};
use crate::domain::difference::WayOut;
use crate::domain::ids::{DocumentId, MessageId};
use crate::domain::paper::Paper;
use crate::view::desk::Asked;
use crate::view::generated::Page;

impl Controller {
    pub(super) fn read_exceptions(&self) {
        self.ask(Query::Exceptions, Asked::Exceptions);
    }

    pub(in crate::view) fn try_now(&mut self) {
        self.send(Input::Registry(RegistryInput::TryNow));
    }

    pub(in crate::view) fn tell_again(&mut self, message: &str) {
        if let Ok(document) = message.parse::<DocumentId>()
            && self.state().is_some_and(|state| state.unnamed.contains_key(&document))
        {
            self.send(Input::Document(DocumentInput::IssueAgain { document }));
        } else if let Ok(message) = message.parse::<MessageId>() {
            self.send(Input::Registry(RegistryInput::TellAgain { message }));
        }
    }

    /// A document that came to nothing at myDATA gets its MARK by hand.
    pub(in crate::view) fn name_excepted(&mut self, document: &str) {
        self.go(Page::Documents);
        self.choose_unnamed(document);
    }

    pub(in crate::view) fn put_aside(&mut self, message: &str) {
        if let Ok(message) = message.parse::<MessageId>() {
            self.send_with_right(Input::Registry(RegistryInput::PutAside { message, by: self.by() }));
        }
    }

    pub(in crate::view) fn compare_now(&mut self) {
        self.send(Input::Registry(RegistryInput::CompareNow));
    }

    pub(in crate::view) fn adopt(&mut self, difference: &str) {
        self.settle(difference, WayOut::Adopt);
    }

    pub(in crate::view) fn cancel_there(&mut self, difference: &str) {
        self.settle(difference, WayOut::CancelThere);
    }

    pub(in crate::view) fn tell_anew(&mut self, difference: &str) {
        self.settle(difference, WayOut::TellAgain);
    }

    pub(in crate::view) fn leave_difference(&mut self, difference: &str) {
        self.settle(difference, WayOut::Leave);
    }

    fn settle(&mut self, difference: &str, way: WayOut) {
        let rows = self.form.exceptions.differences.iter().map(|(_, difference)| difference.id());
        if let Some(difference) = rows.into_iter().find(|id| id.as_str() == difference) {
            self.send_with_right(Input::Registry(RegistryInput::SettleDifference {
                difference,
                way,
                by: self.by(),
            }));
        }
    }

    pub(in crate::view) fn show_inside(&mut self) {
        self.go(Page::Inside);
    }

    pub(in crate::view) fn back_to_exceptions(&mut self) {
        self.go(Page::Exceptions);
    }

    pub(in crate::view) fn print_inside(&mut self) {
        if let Some(at) = self.world.as_ref().map(|world| world.at) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::Inside { at } }));
        }
    }
}
