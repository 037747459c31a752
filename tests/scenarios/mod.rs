//! Days at a whole terminal, told in the words of the trade.

mod s04_outage;
mod s10_power;
