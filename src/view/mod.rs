//! The screen: the only Rust that names Slint. The open world goes into the globals of `ui/state.slint`, what is touched
//! comes out of them as [`crate::app::input::Input`]s.
//!
//! | file | what it holds |
//! |---|---|
//! | [`desk`] | what the screen needs of the terminal behind it, and how news reaches the screen's thread |
//! | `ask` | what the registry wants to know beside plate and price, derived from its rules |
//! | `devices` | the device whose page is up, and what is the same for all of a kind |
//! | `find` | what is looked for in the past |
//! | `form` | what the screen knows by itself: what was typed so far, which page is up |
//! | `controller` | the form, the last snapshot and the desk together; a file per area says what a touch means |
//! | `show` | the controller into the globals; a file per area |
//! | `wire` | callbacks to the controller |
//! | `order` | what is typed about a sale without a vehicle |
//! | `papers` | a template of papers while it is arranged |
//! | `pin` | a PIN while it is typed |
//! | `parking` | a stay's price at the instant the person sees it |
//! | `counterparty` | what is typed about whom an invoice is for |
//! | `case` | what is out of the ordinary with a stay |
//! | `deposit` | a deposit while it is typed |
//! | `work` | what is typed about a garage's work order |
//! | `signature` | a signature while it is drawn |
//! | `photos` | photographs of a vehicle's condition while they are taken |
//! | `till` | what is typed and counted about the drawer and the day |
//! | `idle` | the till nobody touched for a while |
//! | `receipts` | what is typed about documents that were issued |
//! | `subscribers` | what is typed about monthly parking |
//! | `merchants` | what is typed about shops whose customers park for less |
//! | `second` | the life of a window beside the first |
//! | `keyboard` | a real keyboard, or a scanner that acts as one |
//! | `words` | money and numbers as text |
//!
//! Nothing here decides: a refusal, a price or a right comes from the loop. What is typed and not yet sent lives in the
//! form, and is the only thing lost when the power goes.

mod ask;
mod case;
mod controller;
mod counterparty;
mod deposit;
pub mod desk;
mod devices;
mod find;
mod form;
// Written by a compiler: our habits do not apply to it.
#[allow(missing_docs, unreachable_pub, unsafe_code, clippy::all, clippy::pedantic, clippy::unwrap_used)]
#[allow(clippy::expect_used, clippy::panic, clippy::todo, unused, rustdoc::all)]
pub mod generated;
mod idle;
mod keyboard;
mod merchants;
mod order;
mod packs;
mod papers;
mod parking;
mod photos;
mod pin;
mod receipts;
mod second;
pub mod setup;
mod show;
mod signature;
mod subscribers;
mod till;
mod window;
mod wire;
mod words;
mod work;

pub use controller::Beside;
pub use second::Place;
pub use window::{RegistrySite, ViewError, Window};
