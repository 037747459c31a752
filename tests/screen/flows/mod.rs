//! What the registry wants to know beside plate, service and money, by touch alone: against the terminal and a registry
//! that has every rule switched on.
//!
//! | file | flows |
//! |---|---|
//! | `arrival` | several trades, terms, makers, a second visit, a rental's trip |
//! | `visit` | steps of service, kind of service, contracts, leaving for elsewhere and coming back |
//! | `group` | one document for many visits |
//! | `pages` | the pages of these flows draw, in both languages, at the sizes in use |

mod arrival;
pub(crate) mod group;
mod pages;
mod visit;

use crate::stage::Stage;
use slint::ComponentHandle;
use std::cell::RefCell;
use std::rc::Rc;
use tameio::app::engine::Query;
use tameio::app::input::Input;
use tameio::domain::operator::OperatorId;
use tameio::domain::pin::PinHash;
use tameio::view::desk::{Asked, Desk};
use tameio::view::generated::{Page, Shell};

/// A business that may be a customer.
const FLEET: &str = "999999981";

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

/// Types digits or letters on the pad of a form.
fn type_in(stage: &Stage, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("ask-{key}"));
    }
}

/// What stands in a field of a form.
fn answer(stage: &Stage, field: &str) -> String {
    let element = stage.element(&format!("ask-{field}")).unwrap_or_else(|| panic!("{field} is not asked"));
    element.accessible_value().unwrap_or_default().to_string()
}

/// Opens a visit by hand and leaves its page up.
fn open(stage: &Stage, plate: &str) {
    stage.tap("rail-lane");
    stage.type_plate(plate);
    stage.tap("open-visit");
}

/// The only visit inside.
fn only<T>(stage: &Stage, read: impl FnOnce(&tameio::domain::visit::Visit) -> T) -> T {
    stage.state(|state| {
        assert_eq!(state.visits.len(), 1, "one visit is inside");
        read(state.visits.values().next().expect("a visit"))
    })
}

/// A terminal that takes inputs and says nothing yet: a slow disk, a busy machine.
#[derive(Clone, Default)]
struct Slow(Rc<RefCell<Vec<Input>>>);

impl Desk for Slow {
    fn send(&self, input: Input) {
        self.0.borrow_mut().push(input);
    }

    fn ask(&self, _: Query, _: Asked) {}

    fn frame(&self, _: &tameio::domain::device::DeviceId) -> Option<tameio_drivers::camera::Frame> {
        None
    }

    fn check_pin(&self, _: OperatorId, _: String, _: PinHash) {}

    fn set_pin(&self, _: OperatorId, _: String, _: OperatorId) {}
}

impl Slow {
    /// From now on the stage's terminal is slow.
    fn on(stage: &Stage) -> Self {
        let slow = Self::default();
        stage.window.serve(Box::new(slow.clone()));
        slow
    }

    fn heard(&self) -> usize {
        self.0.borrow().len()
    }
}
