//! Tameio.
pub mod domain;
