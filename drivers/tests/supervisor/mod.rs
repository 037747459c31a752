//! Devices that come and go.

mod day;
mod identity;
mod machine;
mod plugs;
mod watch;
