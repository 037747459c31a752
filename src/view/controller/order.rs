//! The page of a sale without a vehicle: what is added, and what is done with it.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{AddToOrder, Input, OrderInput, PaperInput};
use crate::domain::catalogue::Item;
use crate::domain::device::{DeviceId, DeviceKind, ScaleReading};
use crate::domain::ids::OrderId;
use crate::domain::measure::Unit;
use crate::domain::order::{Order, Owner};
use crate::domain::paper::Paper;
use crate::domain::text::Text;
use crate::view::desk::Asked;
use crate::view::form::PayForm;
use crate::view::generated::{OrderField, OrderStep, Page};
use crate::view::order::{Adding, OrderForm};
use jiff::{Span, civil};

impl Controller {
    /// The order on the page: open, or as the archive had it.
    pub(in crate::view) fn order(&self) -> Option<&Order> {
        let id = self.form.order.id?;
        let open = self.state().and_then(|state| state.orders.get(&id));
        open.or_else(|| self.form.order.archived.as_ref().filter(|order| order.id == id))
    }

    pub(in crate::view) fn begin_order(&mut self) {
        self.form.order = OrderForm::default();
        self.go(Page::Order);
    }

    pub(in crate::view) fn show_order(&mut self, order: &str) {
        if let Ok(id) = order.parse() {
            self.show_order_page(id);
        }
    }

    pub(super) fn show_order_page(&mut self, id: OrderId) {
        self.form.order = OrderForm::of(Some(id));
        self.go(Page::Order);
        self.follow_order();
    }

    /// One step back; from the order itself to the list.
    pub(in crate::view) fn order_back(&mut self) {
        match self.form.order.step {
            OrderStep::Add => self.go(Page::Orders),
            OrderStep::TakeIn | OrderStep::Fetch | OrderStep::GiveBack => self.order_step(OrderStep::Add),
        }
    }

    /// The world moved: what was sent has come to something, or the order is over.
    pub(super) fn follow_order(&mut self) {
        let Some(id) = self.form.order.id else { return };
        let open = self.state().and_then(|state| state.orders.get(&id)).cloned();
        self.form.order.follow(open.as_ref());
        if open.is_none() && self.form.page == Page::Order && self.form.order.archived.is_none() {
            self.ask(Query::Order { id }, Asked::Order(id));
        }
    }

    /// The first thing began it.
    pub(super) fn order_opened(&mut self, id: OrderId) {
        if self.form.order.id.is_none() && self.form.order.added {
            self.form.order.id = Some(id);
        }
    }

    // ------------------------------------------------------------------------------------------ adding

    pub(in crate::view) fn item(&self) -> Option<&Item> {
        self.settings.catalogue.item(self.form.order.adding.item.as_deref()?)
    }

    /// Another thing; what was typed for the one before does not go with it.
    pub(in crate::view) fn choose_item(&mut self, item: &str) {
        let form = &mut self.form.order;
        form.adding = Adding { item: Some(item.to_owned()), ..form.adding.next() };
        form.step = OrderStep::Add;
        let has_scale = self.has_scale();
        let unit = self.item().map(|item| item.unit);
        let form = &mut self.form.order;
        form.adding.by_hand = unit == Some(Unit::Kilogram) && !has_scale;
        form.field = match unit {
            Some(Unit::SquareMetre) => OrderField::Length,
            Some(Unit::Kilogram) if !has_scale => OrderField::Weight,
            Some(Unit::Hour) => OrderField::Minutes,
            Some(Unit::Kilogram | Unit::Piece) | None => OrderField::None,
        };
    }

    pub(in crate::view) fn order_field(&mut self, field: OrderField) {
        self.form.order.field = field;
    }

    pub(in crate::view) fn order_key(&mut self, key: &str) {
        self.form.order.key(key);
    }

    pub(in crate::view) fn order_erase(&mut self) {
        self.form.order.erase();
    }

    pub(in crate::view) fn order_clear(&mut self) {
        self.form.order.clear();
    }

    pub(in crate::view) fn more_pieces(&mut self, by: i32) {
        self.form.order.adding.more_pieces(by);
    }

    /// A defect is noted, or taken back.
    pub(in crate::view) fn defect(&mut self, id: &str, words: &str) {
        let defects = &mut self.form.order.adding.defects;
        if defects.remove(id).is_none() {
            defects.insert(id.to_owned(), words.to_owned());
        }
    }

    /// What lies on the scale is the basket.
    pub(in crate::view) fn take_tare(&mut self) {
        if let Some(ScaleReading::Stable { grams }) = self.on_scale() {
            self.form.order.adding.tare = grams.to_string();
        }
    }

    pub(in crate::view) fn choose_by_hand(&mut self, by_hand: bool) {
        let form = &mut self.form.order;
        form.adding.by_hand = by_hand;
        form.adding.weight.clear();
        form.field = if by_hand { OrderField::Weight } else { OrderField::None };
    }

    pub(in crate::view) fn has_scale(&self) -> bool {
        let scale = DeviceId::only(DeviceKind::Scale);
        self.state().is_some_and(|state| state.live.devices.contains_key(&scale))
    }

    /// What the scale says now; nothing where there is none.
    pub(in crate::view) fn on_scale(&self) -> Option<ScaleReading> {
        if !self.has_scale() {
            return None;
        }
        let weighed = self.state().and_then(|state| state.live.weighed);
        let reading = weighed.zip(self.now()).map(|(weighed, now)| weighed.now(now));
        Some(reading.unwrap_or(ScaleReading::NoAnswer))
    }

    /// The scale is asked while something is weighed here.
    pub(super) fn weighs(&self) -> bool {
        let form = &self.form.order;
        let by_weight = self.item().is_some_and(|item| item.unit == Unit::Kilogram);
        self.form.page == Page::Order && form.step == OrderStep::Add && by_weight && !form.adding.by_hand
    }

    pub(in crate::view) fn add_line(&mut self) {
        let Some(item) = self.item() else { return };
        let adding = &self.form.order.adding;
        let Some(how_much) = adding.how_much(item.unit) else { return };
        if self.form.order.busy {
            return;
        }
        let defects: Vec<&str> = adding.defects.values().map(String::as_str).collect();
        let add = AddToOrder {
            order: self.form.order.id,
            item: item.code.clone(),
            how_much,
            pieces: adding.pieces,
            defects: defects.join(", "),
            by: self.by(),
        };
        self.form.order.added = true;
        self.form.order.busy = true;
        self.send_with_right(Input::Order(OrderInput::Add(add)));
    }

    pub(in crate::view) fn remove_line(&mut self, line: i32) {
        if let (Some(order), Ok(line)) = (self.form.order.id, usize::try_from(line)) {
            self.send(Input::Order(OrderInput::Remove { order, line }));
        }
    }

    // ------------------------------------------------------------------------------------------ what is done with it

    /// Another part of the page; what it asks for begins with what is most likely.
    pub(in crate::view) fn order_step(&mut self, step: OrderStep) {
        let here: Vec<u32> = self
            .order()
            .map(|order| order.lines.iter().map(|line| line.here()).collect())
            .unwrap_or_default();
        let codes = self.order().map(|order| order.lines.iter().map(|line| line.line.code.as_str()));
        let days = codes.and_then(|codes| self.settings.catalogue.days_for(codes));
        let form = &mut self.form.order;
        form.step = step;
        form.field = OrderField::None;
        match step {
            OrderStep::TakeIn => {
                form.field = OrderField::Owner;
                form.days = days.map(u32::from);
            }
            OrderStep::Fetch => form.fetching = here.into_iter().enumerate().collect(),
            OrderStep::Add | OrderStep::GiveBack => {}
        }
    }

    pub(in crate::view) fn more_days(&mut self, by: i32) {
        self.form.order.more_days(by);
    }

    /// The day that is about to be promised.
    pub(in crate::view) fn promising(&self) -> Option<civil::Date> {
        let days = self.form.order.days?;
        self.now()?.date().checked_add(Span::new().days(i64::from(days))).ok()
    }

    pub(in crate::view) fn take_in(&mut self) {
        let (Some(order), promised) = (self.form.order.id, self.promising()) else { return };
        let form = &self.form.order;
        let owner = Owner { name: Text::new(&form.owner), phone: Text::new(&form.phone) };
        self.send_once(Input::Order(OrderInput::TakeIn {
            order,
            owner,
            promised,
            operator: self.operator(),
        }));
    }

    pub(in crate::view) fn finish_order(&mut self) {
        if let Some(order) = self.form.order.id {
            self.send_once(Input::Order(OrderInput::Finish { order, operator: self.operator() }));
        }
    }

    pub(in crate::view) fn print_intake(&mut self) {
        if let Some(order) = self.form.order.id {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::Intake { order } }));
        }
    }

    /// One more, or one less, of what is here of a line.
    pub(in crate::view) fn fetch_more(&mut self, line: i32, by: i32) {
        let Ok(at) = usize::try_from(line) else { return };
        let here = self.order().and_then(|order| order.lines.get(at)).map_or(0, |line| line.here());
        let fetching = self.form.order.fetching.entry(at).or_default();
        *fetching = fetching.saturating_add_signed(by).min(here);
    }

    pub(in crate::view) fn fetch(&mut self) {
        if let Some(order) = self.form.order.id {
            let fetched = self.form.order.fetched();
            self.send_once(Input::Order(OrderInput::HandOver { order, fetched, operator: self.operator() }));
        }
    }

    pub(in crate::view) fn give_back(&mut self, reason: &str) {
        if let Some(order) = self.form.order.id {
            self.form.order.busy = true;
            self.send_with_right(Input::Order(OrderInput::Cancel {
                order,
                reason: reason.to_owned(),
                by: self.by(),
            }));
        }
    }

    pub(in crate::view) fn pay_order(&mut self) {
        self.form.pay = PayForm { order: self.form.order.id, ..PayForm::default() };
        self.go(Page::Pay);
    }

    /// A finger that lands twice meant it once.
    fn send_once(&mut self, input: Input) {
        if !std::mem::replace(&mut self.form.order.busy, true) {
            self.send(input);
        }
    }
}
