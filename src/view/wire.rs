//! Callbacks to the controller: every one changes something and then shows what it came to.

use super::controller::Controller;
use super::generated::{
    App, Ask, Board, Card, Control, Counterparty, Deposit, Details, Devices, Documents, Done, Door, Drawer, Due, Exceptions, Find, Fleet, Group, Inside, Lane, Lease, Listed, Merchants, Naming, Order, Orders, Packs, Papers, Parking, Pay, Photos, PinEntry, Receipts, Refund, SecondWindows, Shell, Shift, Sight, Signature, StayCase, StepUp, Subscribers, Tariff, TariffEdit, Tray, Validation, Visit, Work, Accounts,
};
use super::idle::Idle;
use super::keyboard::Keyboard;
use slint::{ComponentHandle, SharedString};
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
    shell(app, &on);
    lane(app, &on);
    visit(app, &on);
    pay(app, &on);
    parking(app, &on);
    merchants(app, &on);
    done(app, &on);
    lists(app, &on);
    documents(app, &on);
    flows(app, &on);
    shift(app, &on);
    till(app, &on);
    deposit(app, &on);
    work(app, &on);
    signature(app, &on);
    devices(app, &on);
    orders(app, &on);
    board(app, &on);
    papers(app, &on);
}

fn shell(app: &App, on: &Wire) {
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

fn lane(app: &App, on: &Wire) {
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

fn visit(app: &App, on: &Wire) {
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

fn pay(app: &App, on: &Wire) {
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

fn parking(app: &App, on: &Wire) {
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

fn merchants(app: &App, on: &Wire) {
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

fn done(app: &App, on: &Wire) {
    let done = app.global::<Done>();
    done.on_next(on.tap(Controller::next_vehicle));
    done.on_print_again(on.tap(Controller::print_again));
    done.on_leave(on.tap(Controller::leave));
    done.on_name_document(on.tap(Controller::name_paid_document));
}

fn lists(app: &App, on: &Wire) {
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

fn documents(app: &App, on: &Wire) {
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

/// What the registry wants to know beside plate, service and money.
fn flows(app: &App, on: &Wire) {
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

fn shift(app: &App, on: &Wire) {
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

fn till(app: &App, on: &Wire) {
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

fn deposit(app: &App, on: &Wire) {
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

fn work(app: &App, on: &Wire) {
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

fn signature(app: &App, on: &Wire) {
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

fn devices(app: &App, on: &Wire) {
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

fn orders(app: &App, on: &Wire) {
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

fn board(app: &App, on: &Wire) {
    let board = app.global::<Board>();
    board.on_show_visit(on.text(Controller::show_visit));
    board.on_into_bay(on.text(Controller::send_to_bay));
    board.on_fill(on.pick(Controller::fill_bay));
    board.on_ready_now(on.text(Controller::ready_now));
    board.on_take_back(on.text(Controller::take_back));
    board.on_pay(on.text(Controller::pay_from_board));
    board.on_leave(on.text(Controller::leave_from_board));
}

/// What stands on papers.
fn papers(app: &App, on: &Wire) {
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
