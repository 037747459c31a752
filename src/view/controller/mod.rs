//! The form, the last snapshot and the desk together. A touch changes the form or sends an input; a file per area.
//!
//! | file | area |
//! |---|---|
//! | `news` | what the terminal says |
//! | `keys` | a real keyboard, and scanners that act as one |
//! | `lane` | typing a plate, opening a visit |
//! | `board` | the bays of a wash |
//! | `visit` | service, discount, no document, correction, leaving |
//! | `pay` | amounts, tenders, the invoice's customer |
//! | `deposit` | money taken before anything is owed |
//! | `work` | a garage's work order |
//! | `card` | a card payment a linked terminal was asked for |
//! | `case` | what is out of the ordinary with a stay |
//! | `subscribers` | monthly parking |
//! | `listed` | plates on a list |
//! | `merchants` | shops whose customers park for less |
//! | `tariff` | what stays cost |
//! | `tariff_edit` | changing what they cost |
//! | `ask` | what the registry wants to know of an arrival or a visit |
//! | `details` | what a visit is to the registry, and what can be done about it |
//! | `group` | one document for many visits |
//! | `lists` | search, the tray |
//! | `orders` | sales without a vehicle |
//! | `order` | one of them |
//! | `papers` | what stands on papers |
//! | `packs` | packs of washes: sold, used, given back |
//! | `exceptions` | what needs a look at the registry, what is inside now |
//! | `naming` | the authority's name of a document |
//! | `receipts` | documents that were issued, a copy of one |
//! | `refund` | money back |
//! | `devices` | what devices say, and how each is tried |
//! | `device_change` | another device in a device's place |
//! | `proposal` | plates that cameras propose, and what they see |
//! | `pin` | PINs, the locked till |
//! | `drawer` | cash without a sale, report, quick close, relief |
//! | `count` | the blind count, and why it differs |
//! | `day` | the day close |
//! | `counterparty` | whom an invoice is for |
//! | `control` | what each person did that an owner wants to see |
//! | `second` | the windows beside the till |
//! | `signature` | signatures on the glass |
//! | `fleet` | a rental desk's own vehicles |
//! | `accounts` | what is to be invoiced to customers on account |
//! | `lease` | rentals that are paid in instalments |
//! | `photos` | photographs of a vehicle's condition |
//! | `due` | vehicles that should come again |
//! | `shift` | shifts, and a second person's approval |

mod accounts;
mod ask;
mod board;
mod card;
mod case;
mod control;
mod count;
mod counterparty;
mod day;
mod deposit;
mod details;
mod device_change;
mod devices;
mod drawer;
mod due;
mod exceptions;
mod fleet;
mod group;
mod keys;
mod lane;
mod lease;
mod listed;
mod lists;
mod merchants;
mod naming;
mod news;
mod order;
mod orders;
mod packs;
mod papers;
mod pay;
mod photos;
mod pin;
mod proposal;
mod receipts;
mod refund;
mod second;
mod shift;
mod signature;
mod subscribers;
mod tariff;
mod tariff_edit;
mod visit;
mod work;

pub use second::Beside;

pub(super) use accounts::AccountsForm;
pub(super) use device_change::SIMULATED;
pub(super) use group::{customer_of, may_be_linked};
pub(super) use lease::{LeaseForm, OnLease};
pub(super) use listed::ListedForm;
pub(super) use naming::typed_instant;
pub(super) use papers::shown_kind as shown_paper_kind;
pub(super) use pay::means_id;
pub(super) use photos::image;
pub(super) use signature::{matter_of, show_field};
pub(super) use tariff::TariffForm;
pub(super) use tariff_edit::{OF_FILE, TariffEditForm};
pub(super) use visit::{extras, package, same_kind};

use super::desk::{Asked, Desk, Mailbox};
use super::form::{Form, Said};
use super::generated::{self, App, Page, Sheet, Shell};
use super::show::{Lists, customer::CustomerView, wall::WallView};
use super::window::RegistrySite;
use crate::app::clock::Stopwatch;
use crate::app::engine::{Query, Snapshot};
use crate::app::input::{By, Input};
use crate::app::state::State;
use crate::device::Configured;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::settings::Settings;
use crate::domain::tariff::Tariff;
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use slint::ComponentHandle;
use std::sync::Arc;

/// All the screen's thread knows.
pub(super) struct Controller {
    pub(super) settings: Settings,
    pub(super) site: RegistrySite,
    /// The tariff the configuration names; the one that holds stands in the settings.
    pub(super) tariff_file: Option<Arc<Tariff>>,
    /// The last change of it this window knows of.
    tariff_number: Option<u32>,
    /// The addresses of the configuration.
    pub(super) configured: Configured,
    pub(super) form: Form,
    /// The world as last heard; nothing before the terminal has spoken.
    pub(super) world: Option<Arc<Snapshot>>,
    /// Since the world was last heard of.
    heard: Stopwatch,
    /// Where the newest plate before a camera is.
    boxed: Option<proposal::Boxed>,
    pub(super) lists: Lists,
    desk: Option<Box<dyn Desk>>,
    mailbox: Mailbox,
    pub(super) app: slint::Weak<App>,
    /// The window that faces the customer, where there is one.
    pub(super) customer: Option<CustomerView>,
    /// The board on the wall, where there is one.
    pub(super) wall: Option<WallView>,
    /// What the configuration says of both.
    pub(super) beside: Beside,
}

impl Controller {
    pub(in crate::view) fn new(settings: Settings, app: &App, mailbox: Mailbox) -> Self {
        let site = if settings.practice { RegistrySite::Simulated } else { RegistrySite::Production };
        let form = Form::new(settings.language);
        let lists = Lists::attached_to(app);
        let heard = Stopwatch::start();
        let configured = Configured::new();
        let beside = Beside::usual(&settings);
        Self {
            tariff_file: settings.parking.tariff.clone(),
            tariff_number: None,
            settings,
            site,
            configured,
            form,
            world: None,
            heard,
            boxed: None,
            lists,
            desk: None,
            mailbox,
            app: app.as_weak(),
            customer: None,
            wall: None,
            beside,
        }
    }

    /// From now on inputs and questions go there.
    pub(in crate::view) fn serve(&mut self, desk: Box<dyn Desk>) {
        self.desk = Some(desk);
    }

    /// A touch: it is acted on, and what came of it is shown.
    pub(in crate::view) fn touched(&mut self, act: impl FnOnce(&mut Self)) {
        act(self);
        self.follow_weighing();
        self.follow_number();
        self.price_now();
        self.show();
        if let Some(customer) = &self.customer {
            customer.follow(self);
        }
        if let Some(wall) = &self.wall {
            wall.follow(self);
        }
    }

    /// A page was asked for.
    pub(in crate::view) fn go(&mut self, page: Page) {
        self.form.page = page;
        // What was being asked belonged to the page before: the next car does not wait for it.
        self.form.step_up = None;
        self.forget_pin();
        self.form.till.fault = None;
        self.till_again();
        self.close_sheet();
        match page {
            Page::Find => self.search(),
            Page::Exceptions => self.read_exceptions(),
            Page::Group => self.read_group(),
            Page::Accounts => self.read_accounts(),
            Page::Day | Page::Control => self.read_days(),
            Page::Receipts => self.read_receipts(),
            Page::Door => self.read_door(),
            Page::Refund => self.refund_again(),
            Page::Lane
            | Page::Board
            | Page::Arrival
            | Page::Visit
            | Page::Details
            | Page::Ask
            | Page::Pay
            | Page::Done
            | Page::StayCase
            | Page::Tariff
            | Page::TariffEdit
            | Page::Subscribers
            | Page::Listed
            | Page::Merchants
            | Page::Validate
            | Page::Inside
            | Page::Documents
            | Page::Orders
            | Page::Order
            | Page::Shift
            | Page::Movement
            | Page::Count
            | Page::Deposit
            | Page::Deposits
            | Page::Work
            | Page::Due
            | Page::Photos
            | Page::Fleet
            | Page::Lease
            | Page::Signature
            | Page::Packs
            | Page::Devices
            | Page::Papers
            | Page::Device => {}
        }
    }

    /// The screen's language; papers keep the one of the configuration.
    pub(in crate::view) fn choose_language(&mut self, language: generated::Language) {
        self.form.language = match language {
            generated::Language::Greek => Language::El,
            generated::Language::English => Language::En,
        };
        self.select_translation();
    }

    /// Puts the language's sentences on the screen.
    pub(in crate::view) fn select_translation(&self) {
        let code = match self.form.language {
            Language::El => "el",
            Language::En => "en",
        };
        if let Err(error) = slint::select_bundled_translation(code) {
            tracing::error!(%error, "the screen's language could not be chosen");
        }
    }

    /// The open world, once there is one.
    pub(super) fn state(&self) -> Option<&State> {
        self.world.as_deref().map(|snapshot| &snapshot.state)
    }

    /// Now, as far as can be told: the world's instant, and the time that has run since it was heard of.
    pub(super) fn now(&self) -> Option<Stamp> {
        let then = self.world.as_ref()?.at;
        let since = self.desk.as_ref().map_or_else(|| self.heard.elapsed(), |desk| desk.since(self.heard));
        then.utc.checked_add(since).map(Stamp::new).ok()
    }

    /// Who is at the till: whose shift it is or who relieves that person, or who was chosen to open one.
    pub(super) fn operator(&self) -> OperatorId {
        let on_duty =
            self.state().and_then(|state| state.shift.as_ref()).map(|shift| shift.at_the_till().clone());
        on_duty
            .or_else(|| self.form.shift.person.clone())
            .or_else(|| self.settings.operators.first().map(|operator| operator.id.clone()))
            .unwrap_or_else(|| OperatorId("-".to_owned()))
    }

    /// Whoever is at the till may do it alone.
    pub(super) fn has_right(&self, right: Right) -> bool {
        let id = self.operator();
        let person = self.settings.operators.iter().find(|person| person.id == id);
        person.is_some_and(|person| right.is_held_by(person.role))
    }

    pub(super) fn by(&self) -> By {
        By { operator: self.operator(), approved_by: None }
    }

    fn send(&self, input: Input) {
        if let Some(desk) = &self.desk {
            desk.send(input);
        }
    }

    /// Sends something that may need a second person; it is kept until the answer.
    fn send_with_right(&mut self, input: Input) {
        self.form.asked = Some(input.clone());
        self.send(input);
    }

    fn ask(&self, query: Query, asked: Asked) {
        if let Some(desk) = &self.desk {
            desk.ask(query, asked);
        }
    }

    /// Puts a sentence into the tray; the same one stands there once.
    fn say(&mut self, said: Said) {
        if !self.form.said.contains(&said) {
            self.form.said.push(said);
        }
    }

    fn in_language(&self, el: &str, en: &str) -> String {
        match self.form.language {
            Language::El => el.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    /// Says a sentence that has no code of its own.
    fn say_in(&mut self, el: String, en: String) {
        self.say(Said::Sentence(match self.form.language {
            Language::El => el,
            Language::En => en,
        }));
    }

    fn sheet(&self) -> Sheet {
        self.app.upgrade().map_or(Sheet::None, |app| app.global::<Shell>().get_sheet())
    }

    fn close_sheet(&self) {
        if let Some(app) = self.app.upgrade() {
            app.global::<Shell>().set_sheet(Sheet::None);
        }
    }
}
