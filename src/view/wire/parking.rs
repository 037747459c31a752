//! A car park: stays, subscribers, the barrier's door, prices, and the shops that pay for their customers.

use super::Wire;
use crate::view::controller::Controller;
use crate::view::generated::{
    App, Door, Listed, Merchants, Parking, StayCase, Subscribers, Tariff, TariffEdit, Validation,
};
use slint::ComponentHandle;

pub(super) fn parking(app: &App, on: &Wire) {
    let parking = app.global::<Parking>();
    parking.on_keep_shown(on.tap(Controller::keep_shown));
    parking.on_take_now(on.tap(Controller::take_now));
    parking.on_leave(on.tap(Controller::leave));
    let tariff = app.global::<Tariff>();
    tariff.on_open(on.tap(Controller::open_tariff));
    tariff.on_choose_class(on.pick(Controller::choose_tariff_class));
    tariff.on_choose_span(on.pick(Controller::choose_tariff_span));
    tariff.on_back(on.tap(Controller::leave_tariff));
    tariff_edit(app, on);
    let subscribers = app.global::<Subscribers>();
    subscribers.on_open(on.tap(Controller::open_subscribers));
    subscribers.on_back(on.tap(Controller::back_from_subscribers));
    subscribers.on_key(on.text(Controller::subscribers_key));
    subscribers.on_erase(on.tap(Controller::subscribers_erase));
    subscribers.on_clear(on.tap(Controller::subscribers_clear));
    subscribers.on_choose(on.text(Controller::choose_subscription));
    subscribers.on_renew(on.tap(Controller::renew_subscription));
    subscribers.on_charge(on.text(Controller::charge_by_hour));
    subscribers.on_close(on.text(Controller::close_subscription));
    subscribers.on_begin(on.tap(Controller::begin_subscription));
    subscribers.on_change(on.tap(Controller::change_subscription));
    subscribers.on_stop_editing(on.tap(Controller::stop_editing));
    subscribers.on_choose_field(on.pick(Controller::choose_subscriber_field));
    subscribers.on_add_vehicle(on.tap(Controller::add_vehicle));
    subscribers.on_remove_vehicle(on.text(Controller::remove_vehicle));
    subscribers.on_more_places(on.pick(Controller::more_places));
    subscribers.on_choose_plan(on.text(Controller::choose_plan));
    subscribers.on_save(on.tap(Controller::save_subscription));
    let listed = app.global::<Listed>();
    listed.on_open(on.tap(Controller::open_listed));
    listed.on_back(on.tap(Controller::back_from_listed));
    listed.on_choose_field(on.pick(Controller::choose_list_field));
    listed.on_choose_kind(on.pick(Controller::choose_list_kind));
    listed.on_choose_reason(on.text(Controller::choose_list_reason));
    listed.on_key(on.text(Controller::listed_key));
    listed.on_erase(on.tap(Controller::listed_erase));
    listed.on_clear(on.tap(Controller::listed_clear));
    listed.on_put(on.tap(Controller::put_on_list));
    listed.on_take(on.text(Controller::take_off_list));
    let door = app.global::<Door>();
    door.on_open(on.tap(Controller::open_door));
    door.on_back(on.tap(Controller::back_from_door));
    door.on_choose_filter(on.pick(Controller::choose_door));
    let case = app.global::<StayCase>();
    case.on_open(on.tap(Controller::open_case));
    case.on_choose(on.pick(Controller::choose_case));
    case.on_key(on.text(Controller::case_key));
    case.on_erase(on.tap(Controller::case_erase));
    case.on_clear(on.tap(Controller::case_clear));
    case.on_choose_reason(on.text(Controller::choose_case_reason));
    case.on_reason_key(on.text(Controller::case_reason_key));
    case.on_reason_erase(on.tap(Controller::case_reason_erase));
    case.on_reason_clear(on.tap(Controller::case_reason_clear));
    case.on_name_key(on.text(Controller::case_name_key));
    case.on_name_erase(on.tap(Controller::case_name_erase));
    case.on_name_clear(on.tap(Controller::case_name_clear));
    case.on_take_known(on.tap(Controller::take_known_debtor));
    case.on_act(on.tap(Controller::case_act));
    case.on_back(on.tap(Controller::case_back));
}

fn tariff_edit(app: &App, on: &Wire) {
    let edit = app.global::<TariffEdit>();
    edit.on_open(on.tap(Controller::open_tariff_edit));
    edit.on_back(on.tap(Controller::tariff_edit_back));
    edit.on_choose_whose(on.pick(Controller::choose_tariff_whose));
    edit.on_set_apart(on.pick(Controller::set_tariff_apart));
    edit.on_choose(on.pick(Controller::choose_tariff_part));
    edit.on_choose_field(on.pick(Controller::choose_tariff_field));
    edit.on_key(on.text(Controller::tariff_key));
    edit.on_erase(on.tap(Controller::tariff_erase));
    edit.on_clear(on.tap(Controller::tariff_clear));
    edit.on_choose_unit(on.pick(Controller::choose_tariff_unit));
    edit.on_toggle_day(on.pick(Controller::toggle_tariff_day));
    edit.on_choose_way(on.pick(Controller::choose_tariff_way));
    edit.on_add(on.pick(Controller::add_tariff_part));
    edit.on_remove(on.tap(Controller::remove_tariff_part));
    edit.on_shift(on.pick(Controller::shift_tariff_part));
    edit.on_undo(on.tap(Controller::undo_tariff));
    edit.on_discard(on.tap(Controller::discard_tariff));
    edit.on_choose_arrival(on.pick(Controller::choose_tariff_arrival));
    edit.on_to_force(on.tap(Controller::tariff_to_force));
    edit.on_to_versions(on.tap(Controller::tariff_to_versions));
    edit.on_accept(on.tap(Controller::accept_tariff));
    edit.on_choose_begins(on.pick(Controller::choose_tariff_begins));
    edit.on_move_day(on.pick(Controller::move_tariff_day));
    edit.on_put(on.tap(Controller::put_tariff));
    edit.on_begin_with(on.text(Controller::begin_with_version));
    edit.on_withdraw(on.text(Controller::withdraw_version));
}

pub(super) fn merchants(app: &App, on: &Wire) {
    let merchants = app.global::<Merchants>();
    merchants.on_open(on.tap(Controller::open_merchants));
    merchants.on_back(on.tap(Controller::back_from_merchants));
    merchants.on_choose(on.text(Controller::choose_merchant));
    merchants.on_begin(on.tap(Controller::begin_merchant));
    merchants.on_change(on.tap(Controller::change_merchant));
    merchants.on_stop_editing(on.tap(Controller::stop_editing_merchant));
    merchants.on_choose_field(on.pick(Controller::choose_merchant_field));
    merchants.on_choose_kind(on.pick(Controller::choose_merchant_kind));
    merchants.on_choose_house(on.pick(Controller::choose_merchant_payer));
    merchants.on_toggle_adds_up(on.tap(Controller::toggle_adds_up));
    merchants.on_toggle_active(on.tap(Controller::toggle_merchant_active));
    merchants.on_toggle_day(on.pick(Controller::toggle_merchant_day));
    merchants.on_key(on.text(Controller::merchant_key));
    merchants.on_erase(on.tap(Controller::merchant_erase));
    merchants.on_clear(on.tap(Controller::merchant_clear));
    merchants.on_save(on.tap(Controller::save_merchant));
    merchants.on_older(on.tap(Controller::older_account));
    merchants.on_newer(on.tap(Controller::newer_account));
    merchants.on_print_account(on.tap(Controller::print_account));
    merchants.on_choose_count(on.pick(Controller::choose_voucher_count));
    merchants.on_choose_days(on.pick(Controller::choose_voucher_days));
    merchants.on_print_vouchers(on.tap(Controller::print_vouchers));
    let validation = app.global::<Validation>();
    validation.on_open(on.tap(Controller::open_validation));
    validation.on_back(on.tap(Controller::back_from_validation));
    validation.on_choose(on.text(Controller::choose_validation));
}
