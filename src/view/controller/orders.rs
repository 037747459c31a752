//! The list of sales without a vehicle that are not over.

use super::Controller;
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
}
