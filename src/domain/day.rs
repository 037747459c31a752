//! The day: what happened since the last day close beside the documents, who did what, and the close itself. A close is
//! numbered, and never changed.

use super::event::Event;
use super::figures::Figures;
use super::money::Cents;
use super::operator::OperatorId;
use super::photo::PhotoKind;
use super::shift::{Closing, Movement, MovementKind, Shift};
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What happened since the last day close.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Day {
    /// The first thing that happened.
    pub began: Option<Stamp>,
    /// Vehicles that came.
    pub arrived: u32,
    /// Vehicles that left, served.
    pub left: u32,
    /// Visits that were cancelled.
    pub cancelled: u32,
    /// Plates that were corrected.
    pub corrected: u32,
    /// Copies of papers that were printed.
    pub copies: u32,
    /// Openings of the drawer or a barrier that nobody had asked for.
    pub unasked: u32,
    /// Steps of the clock.
    pub clock_steps: u32,
    /// Tickets that opened nothing: used, of another site, forged, torn.
    #[serde(default)]
    pub tickets_refused: u32,
    /// Vouchers that gave nothing: used, expired, of another site, forged, torn.
    #[serde(default)]
    pub vouchers_refused: u32,
    /// Vehicles at the exit that had no visit.
    #[serde(default)]
    pub found: u32,
    /// Vehicles that came of which a photograph was kept.
    #[serde(default)]
    pub photographed: u32,
    /// Second visits under a plate that was inside already.
    #[serde(default)]
    pub doubled: u32,
    /// Exits nobody saw, closed with an estimated time.
    #[serde(default)]
    pub exits_missed: u32,
    /// Subscribers' vehicles that came beyond their places or their period, and pay as anybody.
    #[serde(default)]
    pub not_covered: u32,
    /// What each person did that an owner wants to see.
    pub people: BTreeMap<OperatorId, Control>,
}

/// What one person did that an owner wants to see: where theft is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Control {
    /// Visits without a document.
    pub no_document: u32,
    /// Payments made void before anybody was told of them.
    #[serde(default)]
    pub voids: u32,
    /// What they came to.
    #[serde(default)]
    pub voided: Cents,
    /// Refunds.
    #[serde(default)]
    pub refunds: u32,
    /// What they came to.
    #[serde(default)]
    pub refunded: Cents,
    /// Papers printed again.
    #[serde(default)]
    pub reprints: u32,
    /// Drawer openings without a sale.
    pub no_sale: u32,
    /// Barriers opened by hand.
    pub barrier: u32,
    /// Subscriptions changed or closed.
    #[serde(default)]
    pub subscriptions: u32,
    /// Plates put on a list, or taken off.
    #[serde(default)]
    pub listed: u32,
    /// Vehicles let in that are warned of, or not to come in.
    #[serde(default)]
    pub let_in: u32,
    /// Visits cancelled.
    pub cancelled: u32,
    /// Plates corrected.
    pub corrected: u32,
    /// Orders given back untouched or come to nothing.
    #[serde(default)]
    pub orders_cancelled: u32,
    /// Weights typed that no scale said.
    #[serde(default)]
    pub weights_typed: u32,
    /// Papers given up.
    pub papers_dropped: u32,
    /// Things that person may not do, tried.
    pub refused: u32,
    /// Deposits given back.
    #[serde(default)]
    pub deposits_returned: u32,
    /// Wrong PINs typed in that person's name.
    #[serde(default)]
    pub wrong_pins: u32,
    /// Tickets said to be lost.
    #[serde(default)]
    pub lost_tickets: u32,
    /// Times of arrival that were put right for the price.
    #[serde(default)]
    pub edited_times: u32,
    /// Prices made by decision.
    #[serde(default)]
    pub edited_prices: u32,
    /// Vehicles let go that owe.
    #[serde(default)]
    pub released: u32,
    /// Changes of the parking tariff.
    #[serde(default, skip_serializing_if = "is_none_of_it")]
    pub tariff_changes: u32,
    /// Shops whose gift was given to a stay without a voucher.
    #[serde(default, skip_serializing_if = "is_none_of_it")]
    pub validated: u32,
    /// What shops gave and was taken back before it was paid.
    #[serde(default, skip_serializing_if = "is_none_of_it")]
    pub validations_taken: u32,
    /// Shops begun or changed, and vouchers made for them.
    #[serde(default, skip_serializing_if = "is_none_of_it")]
    pub merchants: u32,
}

/// Day closes are compared byte for byte with those before there was such a thing.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_none_of_it(count: &u32) -> bool {
    *count == 0
}

impl Control {
    /// Whether there is anything to see.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Day {
    /// Vehicles that came of which no photograph was kept; none where cameras keep none at all.
    pub const fn unphotographed(&self) -> u32 {
        if self.photographed == 0 { 0 } else { self.arrived.saturating_sub(self.photographed) }
    }

    /// Applies one event. The close begins a new day.
    pub fn fold(&mut self, event: &Event, at: Stamp) {
        if matches!(event, Event::DayClosed { .. }) {
            *self = Self::default();
            return;
        }
        self.began.get_or_insert(at);
        match event {
            // One that continues a visit under the right plate was counted with that one.
            Event::VisitOpened { visit } if visit.state.is_inside() && visit.replaces.is_none() => {
                self.arrived += 1;
                self.not_covered += u32::from(visit.subscriber.is_some() && visit.pass().is_none());
                self.doubled += u32::from(visit.second_because.is_some());
                self.found += u32::from(visit.stay.as_ref().is_some_and(|stay| !stay.basis.is_tariff()));
            }
            Event::SubscriberCame { .. } => self.arrived += 1,
            Event::SubscriberWent { .. } => self.left += 1,
            // It has not moved: what goes on with it is counted as having come.
            Event::RightOver { inside, .. } => self.left += u32::from(*inside),
            Event::VisitClosed { estimated, .. } => {
                self.left += 1;
                self.exits_missed += u32::from(*estimated);
            }
            Event::TicketRefused { .. } => self.tickets_refused += 1,
            Event::VoucherRefused { .. } => self.vouchers_refused += 1,
            Event::PhotoKept { photo } if photo.kind == PhotoKind::Vehicle => self.photographed += 1,
            Event::VisitCancelled { .. } => self.cancelled += 1,
            Event::PlateEdited { .. } | Event::VisitReplaced { .. } => self.corrected += 1,
            Event::PaperAsked { paper, .. } if paper.copy() > 0 => self.copies += 1,
            Event::DrawerOpenedUnasked | Event::BarrierOpenedUnasked { .. } => self.unasked += 1,
            Event::ClockStepped { .. } => self.clock_steps += 1,
            _ => {}
        }
        if let Some(operator) = event.done_by() {
            let control = self.people.entry(operator.clone()).or_default();
            match event {
                Event::NoDocumentChosen { .. } => control.no_document += 1,
                Event::DocumentVoided { document, .. } => {
                    control.voids += 1;
                    control.voided += document.totals.gross;
                }
                Event::CreditNumbered { credit, .. } => {
                    control.refunds += 1;
                    control.refunded += credit.totals.gross;
                }
                Event::PaperAsked { .. } => control.reprints += 1,
                Event::DrawerAsked { .. } => control.no_sale += 1,
                Event::BarrierAsked { .. } => control.barrier += 1,
                Event::SubscriptionChanged { .. } | Event::SubscriptionClosed { .. } => {
                    control.subscriptions += 1;
                }
                Event::PlateListed { .. } | Event::PlateUnlisted { .. } => control.listed += 1,
                Event::ListedCame { .. } => control.let_in += 1,
                Event::VisitCancelled { .. } => control.cancelled += 1,
                Event::OrderCancelled { .. } => control.orders_cancelled += 1,
                Event::OrderLineAdded { .. } => control.weights_typed += 1,
                Event::PlateEdited { .. } | Event::VisitReplaced { .. } => control.corrected += 1,
                Event::PaperJudged { .. } => control.papers_dropped += 1,
                Event::DepositReturned { .. } => control.deposits_returned += 1,
                Event::RightRefused { .. } => control.refused += 1,
                Event::PinRefused { .. } => control.wrong_pins += 1,
                Event::TicketGone { .. } => control.lost_tickets += 1,
                Event::PricedTimeEdited { .. } => control.edited_times += 1,
                Event::PriceAgreed { .. } => control.edited_prices += 1,
                Event::ReleasedOwing { .. } => control.released += 1,
                Event::TariffChanged { .. } => control.tariff_changes += 1,
                Event::StayValidated { .. } => control.validated += 1,
                Event::ValidationTaken { .. } => control.validations_taken += 1,
                Event::MerchantOpened { .. } | Event::MerchantChanged { .. } | Event::VouchersMade { .. } => {
                    control.merchants += 1
                }
                _ => {}
            }
        }
    }
}

/// A day close: everything an accountant adds up and an inspector asks for, as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClose {
    /// Its number, from 1, without gaps.
    pub number: u64,
    /// When.
    pub at: Stamp,
    /// Who closed.
    pub operator: OperatorId,
    /// The documents of all its shifts.
    pub figures: Figures,
    /// Its shifts, each with its count.
    pub shifts: Vec<ShiftLine>,
    /// What happened beside the documents.
    pub day: Day,
    /// How the registry stood.
    pub registry: RegistryStanding,
    /// Documents that still waited for their name.
    pub unnamed: u32,
    /// Vehicles that were inside.
    pub inside: u32,
    /// Visits whose vehicle has left and whose price is still owed.
    #[serde(default)]
    pub owing: u32,
    /// What they owe.
    #[serde(default)]
    pub owed: Cents,
    /// Deposits that were held, neither set off nor given back.
    #[serde(default)]
    pub deposits_held: Cents,
    /// Number of the fiscal machine's own Z, where there is one: a reference, no more.
    pub machine_z: Option<Text>,
    /// The journal up to here.
    pub seal: Seal,
}

/// A shift as it stands on a day close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftLine {
    /// Who answered for the drawer.
    pub operator: OperatorId,
    /// When it began.
    pub opened: Stamp,
    /// Cash at the start.
    pub float: Cents,
    /// What cash sales brought, less what was given back.
    pub cash: Cents,
    /// What was given back in cash.
    #[serde(default)]
    pub refunded: Cents,
    /// What deposits brought in cash, less what was given back.
    #[serde(default)]
    pub deposits: Cents,
    /// Cash in and out without a sale, by kind.
    pub moved: BTreeMap<MovementKind, Cents>,
    /// It was forgotten and ended by force.
    pub forced: bool,
    /// Its count.
    pub closing: Closing,
}

impl ShiftLine {
    /// Of a shift; nothing of one that was not counted.
    pub fn of(shift: &Shift) -> Option<Self> {
        let mut moved = BTreeMap::new();
        for Movement { kind, amount, .. } in &shift.movements {
            *moved.entry(*kind).or_default() += *amount;
        }
        Some(Self {
            operator: shift.operator.clone(),
            opened: shift.opened,
            float: shift.float,
            cash: shift.figures.cash,
            refunded: shift.figures.refunded_cash,
            deposits: shift.figures.deposits.cash(),
            moved,
            forced: shift.sealed.is_some_and(|sealed| sealed.forced),
            closing: shift.closed.clone()?,
        })
    }
}

/// How the registry stood at a close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RegistryStanding {
    /// Messages that waited to be sent.
    pub waiting: u64,
    /// Messages nobody knew the fate of.
    pub unknown: u64,
    /// Messages that were refused.
    pub refused: u64,
    /// What this terminal and the registry did not agree on.
    pub differing: u32,
}

/// The end of the journal: whoever has it can tell whether anything before was changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seal {
    /// Number of the last event.
    pub seq: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}
