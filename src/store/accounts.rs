//! What is to be invoiced to customers on account.

use super::{StoreError, query};
use crate::domain::account::{AccountRules, Proposal, customer_of, propose};
use crate::domain::text::Text;
use jiff::civil::Date;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The proposals on a day, of visits until another, per customer.
///
/// # Errors
/// When the database cannot be read.
pub fn proposals(
    conn: &Connection,
    rules: &AccountRules,
    until: Date,
    today: Date,
) -> Result<Vec<Proposal>, StoreError> {
    let visits = query::awaiting_document(conn)?;
    let mut called: BTreeMap<String, Text> = BTreeMap::new();
    for number in visits.iter().filter_map(customer_of) {
        if let Some(known) = query::counterparty(conn, number)?
            && let Some(particulars) = known.particulars()
        {
            called.insert(number.to_string(), particulars.name.clone());
        }
    }
    Ok(propose(&visits, until, today, rules, |number| called.get(&number.to_string()).cloned()))
}
