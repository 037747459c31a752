//! Drivers for the devices of a point of sale, usable on their own: nothing here knows what is sold.
//!
//! One module per kind of device; in each, the trait and its contract in `mod.rs`, every real driver in its own file,
//! and a simulator beside them that speaks the real protocol and can be put into every fault.
//!
//! * [`scale`]: scales in a dozen languages over serial lines, sockets and USB; simulated ones.
//! * [`scanner`]: bar-code scanners read by their keys, their reports or a serial line, and those that only type; what a
//!   code says.
//! * [`camera`]: cameras at the machine and in the network, their pictures proven to be whole; those that read number plates
//!   themselves.
//! * [`offer`]: what is plugged in, with the address to use it by.
//! * [`supervisor`]: devices that come and go, watched over and told about in events; [`wire`]: the bytes in between.
//! * [`printer`]: receipt printers that speak ESC/POS or Star's languages, Greek included, over TCP, device files, USB and
//!   serial lines; the cash drawer; a virtual printer that turns the bytes back into text and pictures.
//! * `plate_reader` (feature `plates`): number plates in pictures, found and read on this machine alone.
//! * [`display`]: customer displays of two lines, Greek even where they have no Greek.
//! * [`drawer`]: the cash drawer behind a printer or on a relay, and whether it opened.
//! * [`card`]: card terminals of Greek acquirers over TCP, simulated ones, and one that stands apart.
//! * [`relay`]: relay boards, and the barrier or drawer behind one.
//!
//! Rules kept everywhere: a parser of device bytes is total; every wait has an end; what was sent is never sent again
//! by itself; a fault is a type of its own and reads as a sentence.

pub mod camera;
pub mod card;
pub mod display;
pub mod drawer;
pub mod offer;
#[cfg(feature = "plates")]
pub mod plate_reader;
pub mod printer;
pub mod relay;
pub mod scale;
pub mod scanner;
pub mod supervisor;
pub mod wire;
