//! Monthly parking: what is said of a subscriber's vehicle at the gate, the page it is sold and renewed at, the door book.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{DeviceInput, Input, SubscriberInput};
use crate::domain::device::DeviceId;
use crate::domain::door::Passage;
use crate::domain::ids::{OrderId, SubscriptionId, VisitId};
use crate::domain::plate::{self, Plate};
use crate::domain::subscription::{Subscription, WhyNotCovered};
use crate::view::desk::Asked;
use crate::view::form::{LaneForm, Said};
use crate::view::generated::{DoorFilter, Page, SubscriberField};
use crate::view::subscribers::{Editing, Filter, QUERY_MAX, SubscribersForm, Typing};
use jiff::civil::Date;

impl Controller {
    /// A subscriber's vehicle came in or went out: the next car may come at once.
    pub(super) fn passed(&mut self, number: u64, plate: &Plate, inward: bool, ends_in: Option<i32>) {
        if inward && self.form.page == Page::Lane {
            self.form.lane = LaneForm::default();
        }
        let (way, way_en) = if inward { ("μπήκε", "came in") } else { ("βγήκε", "went out") };
        let plate = plate.display();
        let (end, end_en) = match ends_in {
            None => (String::new(), String::new()),
            Some(..0) => (" Έχει λήξει: ανανέωσε.".to_owned(), " It has ended: renew it.".to_owned()),
            Some(0) => (" Λήγει σήμερα.".to_owned(), " It ends today.".to_owned()),
            Some(1) => (" Λήγει αύριο.".to_owned(), " It ends tomorrow.".to_owned()),
            Some(days) => (format!(" Λήγει σε {days} ημέρες."), format!(" It ends in {days} days.")),
        };
        self.say_in(
            format!("Συνδρομή {number}: {way} το {plate}.{end}"),
            format!("Subscription {number}: {plate} {way_en}.{end_en}"),
        );
    }

    /// A subscriber's vehicle came in as anybody, and why.
    pub(super) fn not_covered(&mut self, number: u64, why: WhyNotCovered) {
        let day = |date: Date| date.strftime("%-d/%-m/%Y").to_string();
        let (el, en) = match why {
            WhyNotCovered::NoPlace => {
                ("όλες οι θέσεις της είναι πιασμένες".to_owned(), "all its places are taken".to_owned())
            }
            WhyNotCovered::Ended { on } => {
                (format!("έληξε στις {}", day(on)), format!("it ended on {}", day(on)))
            }
            WhyNotCovered::Later { from } => {
                (format!("αρχίζει στις {}", day(from)), format!("it begins on {}", day(from)))
            }
            WhyNotCovered::NeverPaid => ("δεν έχει πληρωθεί".to_owned(), "it is not paid".to_owned()),
        };
        self.say_in(
            format!("Συνδρομή {number}: {el}. Το όχημα πληρώνει με την ώρα."),
            format!("Subscription {number}: {en}. The vehicle pays by the hour."),
        );
    }

    /// The barrier that did not open is told once more, for the car it was for.
    pub(super) fn barrier_again(&mut self, device: DeviceId) {
        let visit: Option<VisitId> =
            self.state().and_then(|state| state.live.barriers_for.get(&device).copied());
        let Some(visit) = visit else { return self.open_device(&device.to_string()) };
        let (reason, operator) = (String::new(), self.operator());
        self.send(Input::Device(DeviceInput::OpenBarrier { device, visit: Some(visit), reason, operator }));
    }
}

/// Rows of the door book that are read.
const DOOR_ROWS: i64 = 300;

impl Controller {
    pub(in crate::view) fn open_subscribers(&mut self) {
        self.form.subscribers = SubscribersForm::default();
        self.go(Page::Subscribers);
    }

    /// One of them, from a plate that was typed or a vehicle whose right is over.
    pub(super) fn show_subscription(&mut self, id: SubscriptionId) {
        self.form.subscribers = SubscribersForm { chosen: Some(id), ..SubscribersForm::default() };
        self.go(Page::Subscribers);
    }

    /// The one of the vehicle on the visit's page, whose right ended while it was inside.
    pub(super) fn right_is_over(&mut self, sentence: String) {
        let visit = self.form.visit.id.zip(self.state()).and_then(|(id, state)| state.visits.get(&id));
        let subscription = visit.and_then(|visit| visit.pass()).map(|pass| pass.subscription);
        if let Some(id) = subscription {
            self.show_subscription(id);
        }
        self.say(Said::Sentence(sentence));
    }

    pub(in crate::view) fn back_from_subscribers(&mut self) {
        self.go(Page::Lane);
    }

    /// The one that is looked at.
    pub(in crate::view) fn subscription(&self) -> Option<&Subscription> {
        self.state()?.subscriptions.get(&self.form.subscribers.chosen?)
    }

    /// Those that what was typed may mean, by number, name or plate.
    pub(in crate::view) fn subscriptions(&self) -> Vec<&Subscription> {
        let query = self.form.subscribers.query.to_uppercase();
        let key = plate::search_key(&query);
        let means = |one: &&Subscription| {
            query.is_empty()
                || one.number.to_string() == query
                || one.holding.name.as_str().to_uppercase().contains(&query)
                || (!key.is_empty() && one.holding.vehicles.iter().any(|own| own.key().contains(&key)))
        };
        self.state().map(|state| state.subscriptions.values().filter(means).collect()).unwrap_or_default()
    }

    pub(in crate::view) fn subscribers_key(&mut self, key: &str) {
        let form = &mut self.form.subscribers;
        match &mut form.editing {
            Some(editing) => {
                let digits = editing.typing == Typing::Phone;
                let (typed, most) = editing.typed();
                let room = most.saturating_sub(typed.chars().count());
                typed.extend(key.chars().filter(|c| !digits || c.is_ascii_digit()).take(room));
            }
            None => {
                form.chosen = None;
                if form.query.chars().count() < QUERY_MAX {
                    form.query.push_str(key);
                }
            }
        }
    }

    pub(in crate::view) fn subscribers_erase(&mut self) {
        let form = &mut self.form.subscribers;
        match &mut form.editing {
            Some(editing) => drop(editing.typed().0.pop()),
            None => drop(form.query.pop()),
        }
    }

    pub(in crate::view) fn subscribers_clear(&mut self) {
        let form = &mut self.form.subscribers;
        match &mut form.editing {
            Some(editing) => editing.typed().0.clear(),
            None => form.query.clear(),
        }
    }

    pub(in crate::view) fn choose_subscription(&mut self, id: &str) {
        self.form.subscribers.sent = false;
        self.form.subscribers.chosen = id.parse().ok();
    }

    /// Another period, with one touch: its order is paid at once.
    pub(in crate::view) fn renew_subscription(&mut self) {
        let Some(subscription) = self.form.subscribers.chosen else { return };
        if !std::mem::replace(&mut self.form.subscribers.sent, true) {
            self.form.subscribers.awaits_order = true;
            let operator = self.operator();
            self.send(Input::Subscriber(SubscriberInput::Renew { subscription, from: None, operator }));
        }
    }

    /// It is not renewed: by the hour from the end of its right on.
    pub(in crate::view) fn charge_by_hour(&mut self, visit: &str) {
        if let Ok(visit) = visit.parse() {
            let operator = self.operator();
            self.send(Input::Subscriber(SubscriberInput::ChargeByHour { visit, operator }));
        }
    }

    pub(in crate::view) fn close_subscription(&mut self, reason: &str) {
        let Some(subscription) = self.form.subscribers.chosen else { return };
        let (reason, by) = (reason.to_owned(), self.by());
        self.send_with_right(Input::Subscriber(SubscriberInput::Close { subscription, reason, by }));
    }

    pub(in crate::view) fn begin_subscription(&mut self) {
        let plan = self.settings.parking.subscriptions.plans.first().map(|plan| plan.code.clone());
        let mut editing = Editing::begin(&plan.unwrap_or_default());
        // What stands in the pad of the lane is whose it is, as a rule.
        if let Ok(plate) = self.form.lane.plate() {
            editing.vehicle = plate.text;
            editing.add();
        }
        self.form.subscribers.sent = false;
        self.form.subscribers.editing = Some(editing);
    }

    pub(in crate::view) fn change_subscription(&mut self) {
        let editing = self.subscription().map(Editing::of);
        self.form.subscribers.sent = false;
        self.form.subscribers.editing = editing;
    }

    pub(in crate::view) fn stop_editing(&mut self) {
        self.form.subscribers.editing = None;
        self.form.subscribers.sent = false;
    }

    fn editing(&mut self, change: impl FnOnce(&mut Editing)) {
        self.form.subscribers.sent = false;
        if let Some(editing) = &mut self.form.subscribers.editing {
            change(editing);
        }
    }

    pub(in crate::view) fn choose_subscriber_field(&mut self, field: SubscriberField) {
        self.editing(|editing| {
            editing.typing = match field {
                SubscriberField::Name => Typing::Name,
                SubscriberField::Phone => Typing::Phone,
                SubscriberField::Vehicle => Typing::Vehicle,
            };
        });
    }

    pub(in crate::view) fn add_vehicle(&mut self) {
        self.editing(Editing::add);
    }

    pub(in crate::view) fn remove_vehicle(&mut self, plate: &str) {
        self.editing(|editing| {
            let kept: Vec<bool> = editing.plates().iter().map(|own| own.display() != plate).collect();
            let mut kept = kept.into_iter();
            editing.vehicles.retain(|_| kept.next().unwrap_or(true));
            let most = u32::try_from(editing.vehicles.len()).unwrap_or(u32::MAX);
            editing.places = editing.places.min(most).max(1);
        });
    }

    pub(in crate::view) fn more_places(&mut self, by: i32) {
        self.editing(|editing| {
            let most = u32::try_from(editing.vehicles.len()).unwrap_or(u32::MAX).max(1);
            editing.places = editing.places.saturating_add_signed(by).clamp(1, most);
        });
    }

    pub(in crate::view) fn choose_plan(&mut self, code: &str) {
        self.editing(|editing| editing.plan = code.to_owned());
    }

    /// A new one is paid at once; a change may need a second person.
    pub(in crate::view) fn save_subscription(&mut self) {
        // A plate that is typed and not added is meant.
        self.editing(|editing| {
            if !editing.vehicle.is_empty() {
                editing.add();
            }
        });
        let Some(editing) = self.form.subscribers.editing.clone().filter(Editing::is_complete) else {
            return;
        };
        if std::mem::replace(&mut self.form.subscribers.sent, true) {
            return;
        }
        let (wanted, operator) = (editing.wanted(), self.operator());
        match editing.of {
            None => {
                self.form.subscribers.awaits_order = true;
                self.send(Input::Subscriber(SubscriberInput::Sell { wanted, from: None, operator }));
            }
            Some(subscription) => {
                let by = self.by();
                self.send_with_right(Input::Subscriber(SubscriberInput::Change { subscription, wanted, by }));
            }
        }
    }

    /// The order of a period waits to be paid; whether it was this page that asked for it.
    pub(super) fn period_ordered(&mut self, order: OrderId) -> bool {
        let mine = std::mem::take(&mut self.form.subscribers.awaits_order);
        if mine {
            self.form.subscribers.editing = None;
            self.form.subscribers.sent = false;
            self.form.order.id = Some(order);
            self.pay_order();
        }
        mine
    }

    /// Something was refused, or a second person must step in.
    pub(super) fn subscribers_answered(&mut self) {
        self.form.subscribers.sent = false;
        self.form.subscribers.awaits_order = false;
    }

    /// A change goes again with a second person's name: it is on its way once more.
    pub(super) fn remember_change(&mut self, input: &Input) {
        if matches!(input, Input::Subscriber(SubscriberInput::Change { .. })) {
            self.form.subscribers.sent = true;
        }
    }

    /// What was changed has become a fact, or the one that was looked at is closed.
    pub(super) fn follow_subscribers(&mut self) {
        let Some(state) = self.world.as_deref().map(|world| &world.state) else { return };
        let form = &mut self.form.subscribers;
        if let Some(id) = form.chosen
            && !state.subscriptions.contains_key(&id)
        {
            form.chosen = None;
        }
        let changed = form.editing.as_ref().is_some_and(|editing| {
            let known = editing.of.and_then(|id| state.subscriptions.get(&id));
            known.is_some_and(|known| form.sent && Editing::of(known).wanted() == editing.wanted())
        });
        if changed {
            form.editing = None;
            form.sent = false;
        }
    }

    // ------------------------------------------------------------------------------------------ the door book

    pub(in crate::view) fn open_door(&mut self) {
        self.go(Page::Door);
    }

    pub(in crate::view) fn back_from_door(&mut self) {
        self.go(Page::Subscribers);
    }

    pub(in crate::view) fn choose_door(&mut self, filter: DoorFilter) {
        self.form.subscribers.door.filter = match filter {
            DoorFilter::All => Filter::All,
            DoorFilter::Subscribers => Filter::Subscribers,
            DoorFilter::ByHand => Filter::ByHand,
            DoorFilter::Unasked => Filter::Unasked,
            DoorFilter::Listed => Filter::Listed,
        };
    }

    pub(super) fn read_door(&self) {
        self.ask(Query::Door { most: DOOR_ROWS }, Asked::Door);
    }

    pub(super) fn door_read(&mut self, rows: Vec<Passage>) {
        self.form.subscribers.door.rows = rows;
    }
}
