//! Days at a whole terminal, told in the words of the trade.

mod s01_rush;
mod s02_exceptions;
mod s02_parking;
mod s03_plates;
mod s04_outage;
mod s05_paper;
mod s06_contracts;
mod s07_deposit;
mod s07_garage;
mod s08_correction;
mod s08_documents;
mod s09_no_document;
mod s10_mydata;
mod s10_power;
mod s11_close;
mod s13_compare;
mod s_a_rental;
mod s_b_scale;
mod s_bays;
mod s_card;
mod s_copies;
mod s_f_rights;
mod s_g_inspection;
mod s_mydata;
mod s_plates;
mod s_refund;
