//! Tameio.
fn main() {}
