//! The screen, without a display: the real window over a whole simulated terminal, touched through hit-testing.
//!
//! | module | promise |
//! |---|---|
//! | `board` | the bays of a wash by touch alone |
//! | `contrast` | every ink can be read on its ground |
//! | `customer` | the window that faces the customer shows one sale, and never another's |
//! | `deposit` | money on account is taken, set off and given back by touch, and never out of sight |
//! | `devices` | every device is shown as it is, tried, and swapped by touch alone |
//! | `due` | whom to call for a service |
//! | `fleet` | a desk's own vehicles: one touch hands one over or takes it back |
//! | `accounts` | what is to be invoiced on account, and whose vehicle comes |
//! | `lease` | a rental that is paid in instalments by touch alone |
//! | `lists` | only the rows in sight exist, and every row can be pushed into sight |
//! | `fit` | every page fits every window, also turned on its side and with larger text |
//! | `flows` | what the registry wants to know beside plate, service and money, by touch alone |
//! | `gallery` | every component in every state, look and language; what is pressed shows it |
//! | `help` | every page says what it is for, in both languages, with a picture of the way |
//! | `golden` | every page still looks as it was kept, in both languages and all looks |
//! | `journeys` | a cashier's day by touch alone, with the number of taps it takes |
//! | `keyboard` | a scanner acting as a keyboard works from any page, and so does a keyboard |
//! | `orders` | sales without a vehicle by touch alone |
//! | `parking` | a car park by touch alone: the price grows on the page, and what is paid is what was shown |
//! | `monkey` | whoever taps at random breaks nothing, and is never stuck |
//! | `pages` | every page draws, in both languages, at the sizes in use; the pictures are kept to be looked at |
//! | `papers` | the owner puts words and a logo on papers by touch alone, sees them as printed, and takes them back |
//! | `photos` | how a vehicle is, one side after another, by touch |
//! | `sight` | what a camera proposes is taken, corrected and waved away with one touch |
//! | `signature` | drawn with the finger, taken back, declined |
//! | `rental` | a rental vehicle goes and comes back by touch alone |
//! | `taps` | what each way through the day costs in taps, on the bad days too |
//! | `till` | cards, PINs, the drawer and the day by touch alone |
//! | `work` | a garage's work order by touch alone |
//! | `touch` | whatever answers a finger has an id, a label and an action for programs and screen readers |
//! | `wall` | the board on the wall: who is next and who is ready, and nothing that is nobody's business |
//! | `words` | no sentence of the screen is without its Greek |

// A test says what it expected and stops there.
#![allow(clippy::expect_used, clippy::panic)]

mod accounts;
mod beside;
mod board;
mod contrast;
mod customer;
mod deposit;
mod devices;
mod due;
mod fit;
mod fleet;
mod flows;
mod gallery;
mod glass;
mod golden;
mod help;
mod journeys;
mod keyboard;
mod lease;
mod lists;
mod monkey;
mod orders;
mod packs;
mod pages;
mod papers;
mod parking;
mod photos;
mod rental;
mod setup;
mod sight;
mod signature;
mod stage;
mod taps;
mod till;
mod touch;
mod wall;
mod words;
mod work;
