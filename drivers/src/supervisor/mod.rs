//! A device comes, goes, stutters and lies; one supervisor for each watches over it and says so in events.
//!
//! ```text
//!                    found                opened
//!   Absent ──────────────────▶ Opening ──────────▶ Ready
//!     ▲  ▲                      ▲    │ failed        │ failed
//!     │  │          time, or it │    ▼               │
//!     │  └──── gone ───────── Faulted ◀──────────────┘
//!     └─────── gone ──────────────────────────────── Ready
//! ```
//!
//! [`machine`] is that drawing as a pure type; [`identity`] finds a device again after it was pulled out, whatever number
//! it has then; [`watch`] wakes when something is plugged in; [`udev`] writes the line that gives permission; [`attendant`]
//! puts them together, one step at a time, and [`run`] does the steps on a thread of its own, so that a device that talks
//! nonsense hurts no neighbour.
//!
//! **Contract.** Whatever the device does, a step comes back within its turn; the handle is dropped before it is opened
//! again; it is never given up; and nothing is kept that grows with the number of faults.

pub mod attendant;
pub mod identity;
pub mod machine;
mod printer;
pub mod run;
pub mod udev;
pub mod watch;

pub use attendant::{Attend, Attendant, Find, Notice, Open};
pub use identity::{Class, Found, Identity, Places, UsbDevice};
pub use machine::{Machine, State};
pub use printer::PrinterPresence;
pub use run::{Supervisor, supervise};
