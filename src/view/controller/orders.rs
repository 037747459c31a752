//! The list of sales without a vehicle that are not over.

use super::Controller;
use super::keys::reference_of;
use crate::app::engine::Query;
use crate::domain::order::Order;
use crate::view::desk::Asked;
use crate::view::generated::OrdersFilter;

/// The longest fragment searched.
const QUERY_MAX: usize = 20;

impl Controller {
    pub(in crate::view) fn orders_key(&mut self, key: &str) {
        if self.form.orders.query.chars().count() < QUERY_MAX {
            self.form.orders.query.push_str(key);
        }
    }

    pub(in crate::view) fn orders_erase(&mut self) {
        self.form.orders.query.pop();
    }

    pub(in crate::view) fn orders_clear(&mut self) {
        self.form.orders.query.clear();
    }

    pub(in crate::view) fn choose_orders(&mut self, filter: OrdersFilter) {
        self.form.orders.filter = filter;
    }

    /// The slip of an order was scanned.
    pub(super) fn slip_scanned(&mut self, code: &str) {
        let reference = reference_of(code);
        let open = self.state().and_then(|state| {
            state.orders.values().find(|order| order.reference.to_string() == reference).map(|order| order.id)
        });
        let number = reference.rsplit_once('-').and_then(|(_, number)| number.parse().ok());
        match (open, number) {
            (Some(order), _) => self.show_order_page(order),
            (None, Some(number)) => {
                self.ask(Query::OrderNumbered { number }, Asked::Slip(code.to_owned()));
            }
            (None, None) => self.scan_ticket(code),
        }
    }

    /// What the archive knows of a slip whose order is not open; what is of no order is a ticket.
    pub(super) fn slip_read(&mut self, code: &str, order: Option<Order>) {
        let reference = reference_of(code);
        match order.filter(|order| order.reference.to_string() == reference) {
            Some(order) => {
                let id = order.id;
                self.show_order_page(id);
                self.form.order.archived = Some(order);
            }
            None => self.scan_ticket(code),
        }
    }
}
