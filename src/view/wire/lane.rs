//! The lane, a visit, and what is asked on the way.

use super::Wire;
use crate::view::controller::Controller;
use crate::view::generated::{App, Ask, Details, Group, Lane, Shell, Sight, Tray, Visit};
use crate::view::keyboard::Keyboard;
use slint::ComponentHandle;
use std::rc::Rc;

pub(super) fn shell(app: &App, on: &Wire) {
    let shell = app.global::<Shell>();
    shell.on_go(on.pick(Controller::go));
    shell.on_choose_language(on.pick(Controller::choose_language));
    shell.on_wake(on.quietly(Controller::hear));
    let (keyboard, idle) = (Keyboard::of(&on.shared), Rc::clone(&on.idle));
    shell.on_key(move |text| {
        idle.touched();
        keyboard.pressed(&text)
    });
    app.global::<Tray>().on_answer(on.text_pick(Controller::answer_notice));
}

pub(super) fn lane(app: &App, on: &Wire) {
    let sight = app.global::<Sight>();
    sight.on_take(on.text(Controller::take_proposal));
    sight.on_choose(on.text_pick(Controller::choose_other));
    sight.on_ignore(on.text(Controller::ignore_proposal));
    sight.on_watch({
        let shared = Rc::clone(&on.shared);
        move || shared.borrow_mut().watch_lane()
    });
    let lane = app.global::<Lane>();
    lane.on_key(on.text(Controller::plate_key));
    lane.on_erase(on.tap(Controller::plate_erase));
    lane.on_clear(on.tap(Controller::plate_clear));
    lane.on_choose_mode(on.pick(Controller::choose_mode));
    lane.on_choose_size(on.pick(Controller::choose_size));
    lane.on_choose_country(on.text(Controller::choose_country));
    lane.on_choose_category(on.text(Controller::choose_category));
    lane.on_open_visit(on.tap(Controller::open_visit));
    lane.on_open_for(on.text(Controller::open_for));
    lane.on_ask(on.tap(Controller::ask_arrival));
    lane.on_open_usual(on.tap(Controller::open_usual));
    lane.on_follow_hint(on.pick_text(Controller::follow_hint));
    lane.on_show_visit(on.text(Controller::show_visit));
}

pub(super) fn visit(app: &App, on: &Wire) {
    let visit = app.global::<Visit>();
    visit.on_choose_service(on.text(Controller::choose_service));
    visit.on_choose_extra(on.text(Controller::choose_extra));
    visit.on_remove_line(on.text(Controller::choose_extra));
    visit.on_choose_size(on.pick(Controller::resize));
    visit.on_pay(on.tap(Controller::start_paying));
    visit.on_leave(on.tap(Controller::leave));
    visit.on_take_step(on.tap(Controller::take_step));
    visit.on_show_details(on.tap(Controller::show_details));
    visit.on_no_document(on.pick_text(Controller::no_document));
    visit.on_cancel(on.pick_text(Controller::cancel_visit));
    visit.on_print_ticket(on.tap(Controller::print_ticket));
    visit.on_correct_key(on.text(Controller::correct_key));
    visit.on_correct_erase(on.tap(Controller::correct_erase));
    visit.on_correct_now(on.tap(Controller::correct_now));
    visit.on_discount_key(on.text(Controller::discount_key));
    visit.on_discount_erase(on.tap(Controller::discount_erase));
    visit.on_choose_percent(on.pick(Controller::choose_percent));
    visit.on_discount_now(on.text(Controller::discount_now));
}

/// What the registry wants to know beside plate, service and money.
pub(super) fn flows(app: &App, on: &Wire) {
    let ask = app.global::<Ask>();
    ask.on_choose_field(on.text(Controller::ask_field));
    ask.on_offer(on.text(Controller::ask_offer));
    ask.on_key(on.text(Controller::ask_key));
    ask.on_erase(on.tap(Controller::ask_erase));
    ask.on_clear(on.tap(Controller::ask_clear));
    ask.on_send(on.tap(Controller::ask_send));
    ask.on_back(on.tap(Controller::ask_back));
    app.global::<Details>().on_act(on.pick(Controller::act));
    let group = app.global::<Group>();
    group.on_open(on.tap(Controller::show_group));
    group.on_choose_filter(on.pick(Controller::group_filter));
    group.on_choose_customer(on.text(Controller::group_customer));
    group.on_toggle(on.text(Controller::group_toggle));
    group.on_choose_all(on.tap(Controller::group_all));
    group.on_link(on.tap(Controller::group_link));
    group.on_again(on.tap(Controller::group_again));
    group.on_back(on.tap(Controller::back_from_group));
}
