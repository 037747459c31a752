//! Forms that ask what the registry wants to know beside the plate and the service. Which fields a form has, on which of
//! them it insists and what it offers is read from the registry's dated table ([`crate::aade::rules`]); only where a
//! person sees one question and the registry several fields (the terms), or where the registry has none (why a vehicle
//! comes a second time), is there a [`Key`] of our own.
//!
//! | file | what it holds |
//! |---|---|
//! | `fields` | the fields of a form under what was answered so far |
//! | `offers` | what is offered for a field, to be touched instead of typed |
//! | `lease` | what is asked of a lease |
//! | `rental` | what a rental desk asks when a vehicle goes and comes back |
//! | `answers` | what was answered, and what it means to the loop |

mod answers;
mod fields;
mod lease;
mod offers;
mod rental;

pub(super) use answers::Answers;
pub(super) use fields::{Asked, Editor, Subject, asked, conditions, moves_vehicles};
pub(super) use lease::{LeaseField, suggest as suggest_lease};
pub(super) use offers::{Offer, category_id, months_id, offers, purpose_id, terms_id, trade_id};
pub(super) use rental::{RentalField, suggest as suggest_rental};

use crate::aade::rules::Field;
use crate::app::refusal::Refusal;

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Purpose {
    /// A vehicle comes: the trade, the terms, a rental's trip, a foreign vehicle's maker.
    #[default]
    Arrival,
    /// What the registry is told of the service, apart from its price.
    Service,
    /// A garage's vehicle is moved away for further work.
    Move,
    /// A rental vehicle comes back away from the desk.
    Return,
    /// The document is issued elsewhere.
    Contract,
    /// A rental vehicle goes with its driver.
    HandOver,
    /// It comes back.
    TakeBack,
    /// What is paid of a lease.
    Lease,
    /// Until when a lease goes on.
    Extend,
}

/// One question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The kind of work, where a terminal does several.
    Trade,
    /// Why a vehicle that is inside comes once more.
    Again,
    /// Once, recurring, a right bought beforehand, a lease: three flags of the registry.
    Terms,
    /// The number of the entry this one follows, made at another establishment.
    Earlier,
    /// What a rental's driver signs.
    Rental(RentalField),
    /// What is paid of a lease.
    Lease(LeaseField),
    /// A field of the registry.
    Of(Field),
}

impl Key {
    /// The name the screen gives back.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Trade => "trade",
            Self::Again => "again",
            Self::Terms => "terms",
            Self::Earlier => "earlier",
            Self::Rental(field) => field.id(),
            Self::Lease(field) => field.id(),
            Self::Of(field) => field.element(),
        }
    }
}

/// A form as it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct AskForm {
    pub(super) purpose: Purpose,
    pub(super) answers: Answers,
    /// The field the keys go to; the first that lacks something when none was touched.
    pub(super) active: Option<Key>,
    /// Why it was not done.
    pub(super) refused: Option<Refusal>,
    /// It was sent and nothing has come of it yet: a second press is not a second try.
    pub(super) sent: bool,
    /// It was asked for on the page of a work order, and goes back there.
    pub(super) from_work: bool,
}

impl AskForm {
    pub(super) fn of(purpose: Purpose) -> Self {
        Self { purpose, ..Self::default() }
    }

    /// Something was touched: what was refused was another form.
    pub(super) fn touched(&mut self) {
        self.refused = None;
        self.sent = false;
    }

    /// Nothing is missing and nothing is wrong.
    pub(super) fn is_complete(&self, subject: &Subject<'_>) -> bool {
        asked(subject, self).iter().all(|field| field.is_good(&self.answers))
    }

    /// The field the keys go to.
    pub(super) fn active<'a>(&self, asked: &'a [Asked]) -> Option<&'a Asked> {
        let touched = asked.iter().find(|field| Some(field.key) == self.active);
        let lacking = || asked.iter().find(|field| !field.is_good(&self.answers));
        touched.or_else(lacking).or_else(|| asked.first())
    }
}
