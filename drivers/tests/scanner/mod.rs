//! Scanners: how codes come, and what they say.

mod address;
mod any_bytes;
mod content;
mod frames;
mod gs1;
mod gtin;
mod hid_pos;
mod keys;
#[cfg(feature = "picture")]
mod picture;
#[cfg(target_os = "linux")]
mod plugged;
mod ticket;
mod wedge;
