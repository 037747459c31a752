//! Tameio.
