//! What is looked up and set up: the past, lists, devices, the words on papers.

use super::Wire;
use crate::view::controller::Controller;
use crate::view::generated::{App, Devices, Exceptions, Find, Inside, Papers, SecondWindows};
use slint::ComponentHandle;
use std::rc::Rc;

pub(super) fn lists(app: &App, on: &Wire) {
    let find = app.global::<Find>();
    find.on_key(on.text(Controller::find_key));
    find.on_erase(on.tap(Controller::find_erase));
    find.on_clear(on.tap(Controller::find_clear));
    find.on_choose_filter(on.pick(Controller::choose_filter));
    find.on_choose_amount(on.pick(Controller::find_by_amount));
    find.on_choose_period(on.pick(Controller::choose_period));
    find.on_choose_act(on.pick(Controller::choose_act));
    find.on_show_more(on.tap(Controller::find_more));
    find.on_show_visit(on.text(Controller::found_touched));
    let exceptions = app.global::<Exceptions>();
    exceptions.on_look_up(on.text(|controller, _| controller.try_now()));
    exceptions.on_resend(on.text(Controller::tell_again));
    exceptions.on_dismiss(on.text(Controller::put_aside));
    exceptions.on_show_visit(on.text(Controller::show_visit));
    exceptions.on_compare(on.tap(Controller::compare_now));
    exceptions.on_adopt(on.text(Controller::adopt));
    exceptions.on_cancel_there(on.text(Controller::cancel_there));
    exceptions.on_tell_anew(on.text(Controller::tell_anew));
    exceptions.on_name(on.text(Controller::name_excepted));
    exceptions.on_leave(on.text(Controller::leave_difference));
    exceptions.on_show_inside(on.tap(Controller::show_inside));
    let inside = app.global::<Inside>();
    inside.on_back(on.tap(Controller::back_to_exceptions));
    inside.on_print(on.tap(Controller::print_inside));
    inside.on_show_visit(on.text(Controller::show_visit));
}

pub(super) fn devices(app: &App, on: &Wire) {
    let devices = app.global::<Devices>();
    app.global::<SecondWindows>().on_touch(on.pick(Controller::touch_second));
    devices.on_open(on.text(Controller::open_device));
    devices.on_add(on.pick(Controller::add_device));
    devices.on_back(on.tap(Controller::device_back));
    devices.on_print_test(on.tap(Controller::print_test));
    devices.on_open_drawer(on.tap(Controller::open_drawer));
    devices.on_test_display(on.tap(Controller::test_display));
    devices.on_open_barrier(on.text(Controller::open_barrier));
    devices.on_reason_key(on.text(Controller::reason_key));
    devices.on_reason_erase(on.tap(Controller::reason_erase));
    devices.on_reason_clear(on.tap(Controller::reason_clear));
    devices.on_watch({
        let shared = Rc::clone(&on.shared);
        move || shared.borrow_mut().watch()
    });
    devices.on_refresh(on.quietly(|_| ()));
    devices.on_change(on.tap(Controller::change_device));
    devices.on_look(on.tap(Controller::look_for_devices));
    devices.on_take_offer(on.text(Controller::take_offer));
    devices.on_type_address(on.tap(Controller::type_address));
    devices.on_key(on.text(Controller::address_key));
    devices.on_erase(on.tap(Controller::address_erase));
    devices.on_clear(on.tap(Controller::address_clear));
    devices.on_use_typed(on.tap(Controller::use_typed));
    devices.on_choose_name(on.text(Controller::choose_name));
    devices.on_choose_group(on.pick(Controller::choose_group));
    devices.on_choose_model(on.text(Controller::choose_model));
    devices.on_find_greek(on.tap(Controller::find_greek));
    devices.on_print_greek(on.tap(Controller::print_greek));
    devices.on_choose_line(on.pick(Controller::choose_line));
    devices.on_back_to_configuration(on.tap(Controller::back_to_configuration));
}

/// What stands on papers.
pub(super) fn papers(app: &App, on: &Wire) {
    let papers = app.global::<Papers>();
    papers.on_open(on.tap(Controller::open_papers));
    papers.on_open_kind(on.pick(Controller::open_paper));
    papers.on_choose(on.pick(Controller::choose_paper_line));
    papers.on_shift(on.pick(Controller::shift_paper_line));
    papers.on_remove(on.tap(Controller::remove_paper_line));
    papers.on_write(on.tap(Controller::write_paper_line));
    papers.on_add_words(on.tap(Controller::add_paper_words));
    papers.on_add_rule(on.tap(Controller::add_paper_rule));
    papers.on_show_parts(on.tap(Controller::show_paper_parts));
    papers.on_add_part(on.text(Controller::add_paper_part));
    papers.on_key(on.text(Controller::paper_key));
    papers.on_erase(on.tap(Controller::paper_erase));
    papers.on_clear(on.tap(Controller::paper_clear));
    papers.on_add_field(on.text(Controller::add_paper_field));
    papers.on_toggle(on.text(Controller::toggle_paper_mark));
    papers.on_built_in(on.tap(Controller::paper_built_in));
    papers.on_save(on.tap(Controller::save_paper));
    papers.on_take_back(on.tap(Controller::take_back_paper));
    papers.on_print(on.tap(Controller::print_paper_sample));
    papers.on_choose_width(on.pick(Controller::choose_paper_width));
    papers.on_show_logo(on.tap(Controller::show_logos));
    papers.on_choose_logo(on.text(Controller::choose_logo));
    papers.on_no_logo(on.tap(Controller::no_logo));
    papers.on_back(on.tap(Controller::papers_back));
}
