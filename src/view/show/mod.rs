//! The controller into the globals. Everything a page shows is set on every change; a list row that stayed the same is
//! left alone, so that only what changed is drawn again.
//!
//! | file | globals |
//! |---|---|
//! | `models` | the lists of all of them |
//! | `visit_card` | a visit as a card, wherever one stands |
//! | `strip` | Shell, Strip |
//! | `notices` | Tray |
//! | `devices` | Devices |
//! | `lane` | Lane |
//! | `sight` | Sight |
//! | `board` | Board |
//! | `visit` | Visit |
//! | `pay` | Pay, Done |
//! | `card` | Card |
//! | `parking` | Parking |
//! | `deposit` | Deposit |
//! | `work` | Work |
//! | `due` | Due |
//! | `photos` | Photos |
//! | `fleet` | Fleet |
//! | `lease` | Lease |
//! | `accounts` | Accounts |
//! | `signature` | Signature |
//! | `packs` | Packs |
//! | `lists` | Find |
//! | `orders`, `order` | Orders, Order |
//! | `exceptions` | Exceptions, Inside |
//! | `ask`, `details`, `group` | Ask, Details, Group |
//! | `documents` | Documents, Naming |
//! | `receipts` | Receipts, Refund |
//! | `subscribers` | Subscribers, Door |
//! | `listed` | Listed |
//! | `merchants` | Merchants, Validation |
//! | `pin` | PinEntry |
//! | `shift` | Shift, StepUp |
//! | `till` | Drawer |
//! | `control` | Control |
//! | `customer` | Customer, of the window that faces the customer |
//! | `wall` | Wall, of the board on the wall |
//! | `second` | SecondWindows |

mod accounts;
mod ask;
mod board;
mod card;
mod case;
mod control;
mod counterparty;
pub(super) mod customer;
mod deposit;
mod details;
mod devices;
mod documents;
mod due;
mod exceptions;
mod fleet;
mod group;
mod lane;
mod lease;
mod listed;
mod lists;
mod merchants;
mod models;
pub(super) mod notices;
mod order;
mod orders;
mod packs;
mod papers;
mod parking;
mod pay;
mod photos;
mod pin;
mod receipts;
mod second;
mod shift;
mod sight;
mod signature;
mod strip;
mod subscribers;
mod tariff;
mod tariff_edit;
mod till;
mod visit;
mod visit_card;
pub(super) mod wall;
mod work;

use super::controller::Controller;
use super::generated::Page;

use models::{model, sync};
use visit_card::{amount, card, clock, customer, face, id_text, paid, service_names};

pub(super) use models::Lists;
pub(super) use order::due;
pub(super) use visit_card::{catalogue_size, size};

impl Controller {
    /// Puts everything the present page shows into the globals.
    pub(super) fn show(&self) {
        let Some(app) = self.app.upgrade() else { return };
        strip::show(self, &app);
        notices::show(self);
        shift::show_step_up(self, &app);
        pin::show(self, &app);
        match self.form.page {
            Page::Lane => {
                lane::show(self, &app);
                sight::show(self, &app);
            }
            Page::Board => board::show(self, &app),
            Page::Arrival | Page::Ask => ask::show(self, &app),
            Page::Visit => visit::show(self, &app),
            Page::Details => details::show(self, &app),
            Page::Group => group::show(self, &app),
            Page::Pay => pay::show(self, &app),
            Page::StayCase => case::show(self, &app),
            Page::Tariff => tariff::show(self, &app),
            Page::TariffEdit => tariff_edit::show(self, &app),
            Page::Subscribers => subscribers::show(self, &app),
            Page::Door => subscribers::show_door(self, &app),
            Page::Listed => listed::show(self, &app),
            Page::Merchants => merchants::show(self, &app),
            Page::Validate => merchants::show_validation(self, &app),
            Page::Done => pay::show_done(self, &app),
            Page::Find => lists::show_find(self, &app),
            Page::Exceptions => exceptions::show(self, &app),
            Page::Inside => exceptions::show_inside(self),
            Page::Documents => documents::show(self, &app),
            Page::Receipts => receipts::show(self, &app),
            Page::Refund => receipts::show_refund(self, &app),
            Page::Orders => orders::show(self, &app),
            Page::Order => order::show(self, &app),
            Page::Shift => shift::show(self, &app),
            Page::Movement => till::show_movement(self, &app),
            Page::Count => till::show_count(self, &app),
            Page::Day => till::show_day(self, &app),
            Page::Control => control::show(self, &app),
            Page::Deposit => deposit::show(self, &app),
            Page::Deposits => deposit::show_all(self, &app),
            Page::Work => work::show(self, &app),
            Page::Due => due::show(self, &app),
            Page::Photos => photos::show(self, &app),
            Page::Fleet => fleet::show(self, &app),
            Page::Lease => lease::show(self, &app),
            Page::Accounts => accounts::show(self, &app),
            Page::Signature => signature::show(self, &app),
            Page::Packs => packs::show(self, &app),
            Page::Devices => {
                devices::show_list(self);
                second::show(self);
            }
            Page::Papers => papers::show(self, &app),
            Page::Device => devices::show_one(self, &app),
        }
    }
}
