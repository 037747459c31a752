//! Money and its papers: paying, documents, the drawer and the shift.

use super::Wire;
use crate::view::controller::Controller;
use crate::view::generated::{
    App, Card, Control, Counterparty, Deposit, Documents, Done, Drawer, Naming, Packs, Pay, PinEntry,
    Receipts, Refund, Shift, StepUp,
};
use slint::ComponentHandle;

pub(super) fn pay(app: &App, on: &Wire) {
    let pay = app.global::<Pay>();
    pay.on_back(on.tap(Controller::back_from_paying));
    pay.on_exact(on.tap(Controller::pay_exact));
    pay.on_note(on.pick(Controller::pay_note));
    pay.on_key(on.text(Controller::pay_key));
    pay.on_erase(on.tap(Controller::pay_erase));
    pay.on_clear(on.tap(Controller::pay_clear));
    pay.on_cash(on.tap(Controller::pay_cash));
    pay.on_card(on.tap(Controller::pay_card));
    pay.on_tip(on.tap(Controller::pay_tip));
    pay.on_remove_tender(on.text(Controller::remove_tender));
    pay.on_choose_document(on.pick(Controller::choose_document));
    pay.on_afm_key(on.text(Controller::afm_key));
    pay.on_afm_erase(on.tap(Controller::afm_erase));
    let counterparty = app.global::<Counterparty>();
    counterparty.on_edit(on.tap(Controller::edit_counterparty));
    counterparty.on_ask_again(on.tap(Controller::ask_register_again));
    counterparty.on_choose_field(on.pick(Controller::counterparty_field));
    counterparty.on_key(on.text(Controller::counterparty_key));
    counterparty.on_erase(on.tap(Controller::counterparty_erase));
    counterparty.on_clear(on.tap(Controller::counterparty_clear));
    counterparty.on_keep(on.tap(Controller::keep_counterparty));
    counterparty.on_back(on.tap(Controller::leave_counterparty));
    counterparty.on_choose_foreign(on.pick(Controller::choose_foreign));
    counterparty.on_take_foreign(on.tap(Controller::take_foreign));
    let card = app.global::<Card>();
    card.on_cancel(on.tap(Controller::cancel_card));
    card.on_ask_again(on.tap(Controller::ask_card));
    card.on_settle(on.pick(Controller::settle_card));
    card.on_use(on.tap(Controller::use_card));
    card.on_other(on.pick(Controller::pay_other));
}

pub(super) fn done(app: &App, on: &Wire) {
    let done = app.global::<Done>();
    done.on_next(on.tap(Controller::next_vehicle));
    done.on_print_again(on.tap(Controller::print_again));
    done.on_leave(on.tap(Controller::leave));
    done.on_name_document(on.tap(Controller::name_paid_document));
}

pub(super) fn documents(app: &App, on: &Wire) {
    let documents = app.global::<Documents>();
    documents.on_choose(on.text(Controller::choose_unnamed));
    documents.on_name(on.tap(Controller::name_chosen));
    let receipts = app.global::<Receipts>();
    receipts.on_open(on.tap(Controller::open_receipts));
    receipts.on_back(on.tap(Controller::back_from_receipts));
    receipts.on_key(on.text(Controller::receipts_key));
    receipts.on_erase(on.tap(Controller::receipts_erase));
    receipts.on_clear(on.tap(Controller::receipts_clear));
    receipts.on_choose(on.text(Controller::choose_receipt));
    receipts.on_print(on.tap(Controller::print_receipt));
    receipts.on_refund(on.pick(Controller::open_refund));
    receipts.on_make_void(on.tap(Controller::open_void));
    receipts.on_name(on.tap(Controller::name_receipt));
    let refund = app.global::<Refund>();
    refund.on_back(on.tap(Controller::back_from_refund));
    refund.on_key(on.text(Controller::refund_key));
    refund.on_erase(on.tap(Controller::refund_erase));
    refund.on_clear(on.tap(Controller::refund_clear));
    refund.on_choose_in_cash(on.pick(Controller::refund_in_cash));
    refund.on_choose_reason(on.text(Controller::refund_reason));
    refund.on_type_text(on.pick(Controller::refund_type));
    refund.on_text_key(on.text(Controller::refund_text_key));
    refund.on_text_erase(on.tap(Controller::refund_text_erase));
    refund.on_text_clear(on.tap(Controller::refund_text_clear));
    refund.on_send(on.tap(Controller::refund_send));
    let naming = app.global::<Naming>();
    naming.on_choose_kind(on.pick(Controller::choose_naming));
    naming.on_choose_field(on.pick(Controller::choose_field));
    naming.on_key(on.text(Controller::naming_key));
    naming.on_erase(on.tap(Controller::naming_erase));
    naming.on_clear(on.tap(Controller::naming_clear));
}

pub(super) fn shift(app: &App, on: &Wire) {
    let shift = app.global::<Shift>();
    shift.on_choose_person(on.text(Controller::choose_person));
    shift.on_key(on.text(Controller::shift_key));
    shift.on_erase(on.tap(Controller::shift_erase));
    shift.on_clear(on.tap(Controller::shift_clear));
    shift.on_open(on.tap(Controller::open_shift));
    let step_up = app.global::<StepUp>();
    step_up.on_choose(on.text(Controller::choose_approver));
    step_up.on_approve(on.tap(Controller::approve));
    step_up.on_refuse(on.tap(Controller::refuse_step_up));
    let pin = app.global::<PinEntry>();
    pin.on_key(on.text(Controller::pin_key));
    pin.on_erase(on.tap(Controller::pin_erase));
    pin.on_clear(on.tap(Controller::pin_clear));
    pin.on_open(on.tap(Controller::open_pin));
    pin.on_choose(on.text(Controller::choose_pin_of));
    pin.on_choose_prover(on.text(Controller::choose_prover));
    pin.on_next(on.tap(Controller::pin_next));
    pin.on_choose_opener(on.text(Controller::choose_opener));
    pin.on_unlock(on.tap(Controller::unlock));
}

pub(super) fn till(app: &App, on: &Wire) {
    let drawer = app.global::<Drawer>();
    drawer.on_open_movement(on.tap(Controller::open_movement));
    drawer.on_print_report(on.tap(Controller::print_report));
    drawer.on_seal(on.tap(Controller::seal_shift));
    drawer.on_relieve(on.text(Controller::relieve));
    drawer.on_open_count(on.text(Controller::open_count));
    drawer.on_open_day(on.tap(Controller::open_day));
    drawer.on_back(on.tap(Controller::back_to_shift));
    drawer.on_choose_kind(on.pick(Controller::choose_movement));
    drawer.on_choose_reason(on.text(Controller::choose_move_reason));
    drawer.on_reason_key(on.text(Controller::move_reason_key));
    drawer.on_reason_erase(on.tap(Controller::move_reason_erase));
    drawer.on_reason_clear(on.tap(Controller::move_reason_clear));
    drawer.on_key(on.text(Controller::move_key));
    drawer.on_erase(on.tap(Controller::move_erase));
    drawer.on_clear(on.tap(Controller::move_clear));
    drawer.on_move(on.tap(Controller::move_now));
    drawer.on_piece(on.pick(Controller::count_piece));
    drawer.on_piece_key(on.text(Controller::count_key));
    drawer.on_piece_erase(on.tap(Controller::count_erase));
    drawer.on_piece_clear(on.tap(Controller::count_clear));
    drawer.on_close(on.tap(Controller::close_shift));
    drawer.on_explain(on.text(Controller::explain));
    drawer.on_z_key(on.text(Controller::z_key));
    drawer.on_z_erase(on.tap(Controller::z_erase));
    drawer.on_z_clear(on.tap(Controller::z_clear));
    drawer.on_close_day(on.tap(Controller::close_day));
    drawer.on_close_day_anyway(on.tap(Controller::close_day_anyway));
    drawer.on_print_day(on.pick(Controller::print_day));
    let control = app.global::<Control>();
    control.on_show(on.tap(Controller::want_control));
    control.on_back(on.tap(Controller::back_from_control));
    control.on_older(on.tap(Controller::older_control));
    control.on_newer(on.tap(Controller::newer_control));
}

pub(super) fn deposit(app: &App, on: &Wire) {
    let packs = app.global::<Packs>();
    packs.on_open(on.tap(Controller::open_packs));
    packs.on_back(on.tap(Controller::packs_back));
    packs.on_key(on.text(Controller::packs_key));
    packs.on_erase(on.tap(Controller::packs_erase));
    packs.on_clear(on.tap(Controller::packs_clear));
    packs.on_name_vehicle(on.tap(Controller::packs_name_vehicle));
    packs.on_sell(on.text(Controller::sell_pack));
    packs.on_choose(on.text(Controller::choose_pack));
    packs.on_add_vehicle(on.tap(Controller::add_pack_vehicle));
    packs.on_print(on.tap(Controller::print_pack));
    packs.on_refund(on.tap(Controller::refund_pack));
    packs.on_use(on.tap(Controller::use_pack));
    packs.on_give_back(on.tap(Controller::give_pack_back));
    let deposit = app.global::<Deposit>();
    deposit.on_open(on.tap(Controller::open_deposit));
    deposit.on_back(on.tap(Controller::back_from_deposit));
    deposit.on_choose_side(on.pick(Controller::choose_deposit_side));
    deposit.on_choose(on.text(Controller::choose_deposit));
    deposit.on_print(on.text(Controller::print_deposit));
    deposit.on_key(on.text(Controller::deposit_key));
    deposit.on_erase(on.tap(Controller::deposit_erase));
    deposit.on_clear(on.tap(Controller::deposit_clear));
    deposit.on_take(on.pick(Controller::take_deposit));
    deposit.on_give(on.pick(Controller::give_deposit_back));
    deposit.on_open_all(on.tap(Controller::open_deposits));
    deposit.on_show(on.text(Controller::show_deposit));
}
