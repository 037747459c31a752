//! What one trade alone does: work orders, sales without a vehicle, bays, signatures.

use super::Wire;
use crate::view::controller::Controller;
use crate::view::generated::{
    Accounts, App, Board, Due, Fleet, Lease, Order, Orders, Photos, Signature, Work,
};
use slint::ComponentHandle;
use std::rc::Rc;

pub(super) fn work(app: &App, on: &Wire) {
    let work = app.global::<Work>();
    work.on_open(on.tap(Controller::open_work));
    work.on_back(on.tap(Controller::work_back));
    work.on_go(on.pick(Controller::work_step));
    work.on_choose_field(on.pick(Controller::work_field));
    work.on_key(on.text(Controller::work_key));
    work.on_erase(on.tap(Controller::work_erase));
    work.on_clear(on.tap(Controller::work_clear));
    work.on_quick(on.text(Controller::quick_line));
    work.on_edit(on.pick(Controller::edit_line));
    work.on_remove(on.pick(Controller::remove_work_line));
    work.on_choose_kind(on.pick(Controller::choose_line_kind));
    work.on_choose_with_vat(on.pick(Controller::choose_line_vat));
    work.on_put(on.tap(Controller::put_line));
    work.on_choose_fuel(on.pick(Controller::choose_fuel));
    work.on_choose_way(on.pick(Controller::choose_way));
    work.on_choose_promise_day(on.pick(Controller::choose_promise_day));
    work.on_promise_at(on.pick(Controller::promise_at));
    work.on_due_in(on.pick(Controller::due_in));
    work.on_due_after(on.pick(Controller::due_after));
    work.on_send(on.tap(Controller::send_step));
    work.on_take_back(on.tap(Controller::take_back_step));
    work.on_estimate(on.tap(Controller::make_estimate));
    work.on_print_version(on.pick(Controller::print_estimate));
    work.on_print(on.tap(Controller::print_work));
    work.on_tell_aade(on.tap(Controller::tell_work));
    work.on_move_away(on.tap(Controller::move_away));
    work.on_pay(on.tap(Controller::start_paying));
    let fleet = app.global::<Fleet>();
    fleet.on_choose_filter(on.pick(Controller::choose_fleet_filter));
    fleet.on_act(on.text(Controller::act_on_fleet));
    let accounts = app.global::<Accounts>();
    accounts.on_open(on.tap(Controller::open_accounts));
    accounts.on_back(on.tap(Controller::back_from_accounts));
    accounts.on_choose_until_today(on.pick(Controller::accounts_until_today));
    accounts.on_invoice(on.text(Controller::invoice_customer));
    let lease = app.global::<Lease>();
    lease.on_open_list(on.tap(Controller::open_leases));
    lease.on_open(on.tap(Controller::open_lease_of_visit));
    lease.on_back(on.tap(Controller::back_from_leases));
    lease.on_choose(on.text(Controller::choose_lease));
    lease.on_upto(on.pick(Controller::choose_instalment));
    lease.on_take_payment(on.tap(Controller::take_instalments));
    lease.on_extend(on.tap(Controller::extend_lease));
    lease.on_agree(on.tap(Controller::put_lease_right));
    lease.on_show_visit(on.tap(Controller::show_lease_visit));
    lease.on_receipts(on.tap(Controller::lease_receipts));
    lease.on_give_back(on.tap(Controller::give_lease_back));
    lease.on_print(on.tap(Controller::print_lease));
    let photos = app.global::<Photos>();
    photos.on_open(on.tap(Controller::open_photos));
    photos.on_back(on.tap(Controller::photos_back));
    photos.on_watch({
        let shared = Rc::clone(&on.shared);
        move || shared.borrow_mut().watch_photos()
    });
    photos.on_choose_side(on.pick(Controller::choose_side));
    photos.on_choose_occasion(on.pick(Controller::choose_occasion));
    photos.on_type_caption(on.pick(Controller::type_caption));
    photos.on_key(on.text(Controller::caption_key));
    photos.on_erase(on.tap(Controller::caption_erase));
    photos.on_clear(on.tap(Controller::caption_clear));
    photos.on_take(on.tap(Controller::take_photo));
    let due = app.global::<Due>();
    due.on_open(on.tap(Controller::open_due));
    due.on_back(on.tap(Controller::back_from_due));
    due.on_print(on.tap(Controller::print_due));
    due.on_choose(on.text(Controller::choose_due));
}

pub(super) fn orders(app: &App, on: &Wire) {
    let orders = app.global::<Orders>();
    orders.on_show(on.text(Controller::show_order));
    orders.on_begin(on.tap(Controller::begin_order));
    orders.on_choose_filter(on.pick(Controller::choose_orders));
    orders.on_key(on.text(Controller::orders_key));
    orders.on_erase(on.tap(Controller::orders_erase));
    orders.on_clear(on.tap(Controller::orders_clear));
    let order = app.global::<Order>();
    order.on_back(on.tap(Controller::order_back));
    order.on_choose(on.text(Controller::choose_item));
    order.on_choose_field(on.pick(Controller::order_field));
    order.on_key(on.text(Controller::order_key));
    order.on_erase(on.tap(Controller::order_erase));
    order.on_clear(on.tap(Controller::order_clear));
    order.on_more_pieces(on.pick(Controller::more_pieces));
    order.on_defect(on.two_texts(Controller::defect));
    order.on_take_tare(on.tap(Controller::take_tare));
    order.on_choose_by_hand(on.pick(Controller::choose_by_hand));
    order.on_add(on.tap(Controller::add_line));
    order.on_remove(on.pick(Controller::remove_line));
    order.on_pay(on.tap(Controller::pay_order));
    order.on_go(on.pick(Controller::order_step));
    order.on_more_days(on.pick(Controller::more_days));
    order.on_take_in(on.tap(Controller::take_in));
    order.on_finish(on.tap(Controller::finish_order));
    order.on_print_slip(on.tap(Controller::print_intake));
    order.on_fetch_more(on.two(Controller::fetch_more));
    order.on_fetch(on.tap(Controller::fetch));
    order.on_give_back(on.text(Controller::give_back));
}

pub(super) fn board(app: &App, on: &Wire) {
    let board = app.global::<Board>();
    board.on_show_visit(on.text(Controller::show_visit));
    board.on_into_bay(on.text(Controller::send_to_bay));
    board.on_fill(on.pick(Controller::fill_bay));
    board.on_ready_now(on.text(Controller::ready_now));
    board.on_take_back(on.text(Controller::take_back));
    board.on_pay(on.text(Controller::pay_from_board));
    board.on_leave(on.text(Controller::leave_from_board));
}

pub(super) fn signature(app: &App, on: &Wire) {
    let signature = app.global::<Signature>();
    signature.on_open(on.tap(Controller::open_signature));
    signature.on_back(on.tap(Controller::sign_back));
    signature.on_go(on.pick(Controller::sign_step));
    signature.on_down(on.place(Controller::sign_down));
    signature.on_moved(on.place(Controller::sign_moved));
    signature.on_up(on.tap(Controller::sign_up));
    signature.on_undo(on.tap(Controller::sign_undo));
    signature.on_clear(on.tap(Controller::sign_clear));
    signature.on_key(on.text(Controller::sign_key));
    signature.on_erase(on.tap(Controller::sign_erase));
    signature.on_clear_name(on.tap(Controller::sign_clear_name));
    signature.on_sign(on.tap(Controller::sign_now));
    signature.on_decline(on.text(Controller::sign_decline));
}
