//! Callbacks to the controller: every one changes something and then shows what it came to.
//!
//! | file | whose callbacks |
//! |---|---|
//! | `lane` | the lane, a visit, and what is asked on the way |
//! | `till` | paying, documents, the drawer, the shift |
//! | `parking` | stays, subscribers, the door, prices, shops |
//! | `trades` | work orders, sales without a vehicle, bays, signatures |
//! | `house` | the past, lists, devices, the words on papers |

mod house;
mod lane;
mod parking;
mod till;
mod trades;

use super::controller::Controller;
use super::generated::App;
use super::idle::Idle;
use slint::SharedString;
use std::cell::RefCell;
use std::rc::Rc;

/// The controller, shared by the window's callbacks; all of them run on the screen's thread, one after another.
pub(super) type Shared = Rc<RefCell<Controller>>;

struct Wire {
    shared: Shared,
    idle: Rc<Idle>,
}

impl Wire {
    /// Something that happens without a person.
    fn quietly(&self, act: fn(&mut Controller)) -> impl Fn() + 'static {
        let shared = Rc::clone(&self.shared);
        move || shared.borrow_mut().touched(act)
    }

    fn tap(&self, act: fn(&mut Controller)) -> impl Fn() + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move || {
            idle.touched();
            shared.borrow_mut().touched(act);
        }
    }

    fn text(&self, act: fn(&mut Controller, &str)) -> impl Fn(SharedString) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |text| {
            idle.touched();
            shared.borrow_mut().touched(|controller| act(controller, &text));
        }
    }

    fn pick<T: 'static>(&self, act: fn(&mut Controller, T)) -> impl Fn(T) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |choice| {
            idle.touched();
            shared.borrow_mut().touched(|controller| act(controller, choice));
        }
    }

    fn pick_text<T: 'static>(&self, act: fn(&mut Controller, T, &str)) -> impl Fn(T, SharedString) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |choice, text| {
            idle.touched();
            shared.borrow_mut().touched(|controller| act(controller, choice, &text));
        }
    }

    fn two_texts(
        &self,
        act: fn(&mut Controller, &str, &str),
    ) -> impl Fn(SharedString, SharedString) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |first, second| {
            idle.touched();
            shared.borrow_mut().touched(|controller| act(controller, &first, &second));
        }
    }

    fn two(&self, act: fn(&mut Controller, i32, i32)) -> impl Fn(i32, i32) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |first, second| {
            idle.touched();
            shared.borrow_mut().touched(|controller| act(controller, first, second));
        }
    }

    /// A finger on its way: nothing but what it draws changes.
    fn place(&self, act: fn(&mut Controller, f32, f32)) -> impl Fn(f32, f32) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |x, y| {
            idle.touched();
            act(&mut shared.borrow_mut(), x, y);
        }
    }

    fn text_pick<T: 'static>(&self, act: fn(&mut Controller, &str, T)) -> impl Fn(SharedString, T) + 'static {
        let (shared, idle) = (Rc::clone(&self.shared), Rc::clone(&self.idle));
        move |text, choice| {
            idle.touched();
            shared.borrow_mut().touched(|controller| act(controller, &text, choice));
        }
    }
}

/// Connects every callback of the window.
pub(super) fn connect(app: &App, shared: &Shared) {
    let on = Wire { shared: Rc::clone(shared), idle: Rc::new(Idle::of(shared)) };
    lane::shell(app, &on);
    lane::lane(app, &on);
    lane::visit(app, &on);
    till::pay(app, &on);
    parking::parking(app, &on);
    parking::merchants(app, &on);
    till::done(app, &on);
    house::lists(app, &on);
    till::documents(app, &on);
    lane::flows(app, &on);
    till::shift(app, &on);
    till::till(app, &on);
    till::deposit(app, &on);
    trades::work(app, &on);
    trades::signature(app, &on);
    house::devices(app, &on);
    trades::orders(app, &on);
    trades::board(app, &on);
    house::papers(app, &on);
}
