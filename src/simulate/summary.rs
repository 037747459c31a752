//! What came of a simulated day. Entries are counted by reading the registry's own book, money by what the customers
//! handed over, papers by what lies in the folder: never by asking the terminal about itself.

use super::agreement::Books;
use super::day::{DayOptions, holders, tenders};
use super::flows::{self, Flows};
use super::holder;
use super::plan::Customer;
use super::site::{Site, SiteError};
use crate::aade::simulator::state::{Entry, EntryState};
use crate::app::input::{Input, TillInput};
use crate::domain::catalogue::{Catalogue, Size};
use crate::domain::entry::About;
use crate::domain::event::Event;
use crate::domain::ids::MessageId;
use crate::domain::money::{Cents, Rate};
use crate::domain::operator::OperatorId;
use crate::domain::payment::Tender;
use crate::domain::plate::Plate;
use crate::domain::settings::Settings;
use crate::domain::shift::Pieces;
use crate::domain::visit::{Visit, VisitState};
use crate::store::journal;
use crate::store::query;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// So many differences are said in words; the others are only counted.
const DIFFERENCES_MAX: usize = 5;

/// The figures of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Where chance began.
    pub seed: u64,
    /// Visits in the terminal's book.
    pub visits: u64,
    /// Documents.
    pub documents: u64,
    /// Their sum.
    pub gross_cents: Cents,
    /// Their VAT.
    pub vat_cents: Cents,
    /// What was paid by which means.
    pub tenders: Tenders,
    /// Packs and memberships that were sold.
    pub packs_sold: u64,
    /// Washes that were taken of them.
    pub pack_uses: u64,
    /// Those of them whose unused part was given back.
    pub packs_given_back: u64,
    /// Entries at the registry that are not cancelled.
    pub entries_live: u64,
    /// Live entries beyond the first with the same reference.
    pub entries_duplicate: u64,
    /// Visits that should have a live entry and have none.
    pub entries_missing: u64,
    /// Entries that are not what their customer came for: another state, another kind of business, another field, or not
    /// correlated with exactly the documents there are.
    pub entries_wrong_state: u64,
    /// The first of those, in words.
    pub differences: Vec<String>,
    /// Customers who still wanted something when the day was over.
    pub undone: u64,
    /// Messages the registry refused.
    pub rejected: u64,
    /// Messages nobody knows about.
    pub unknown: u64,
    /// Tries that followed an unknown one without two complete look-ups in between.
    pub resent_blind: u64,
    /// Which ways of being served happened, and how often.
    pub flows: Flows,
    /// Documents that hold at whoever issues them, by its own book; none where nobody is told.
    pub issued_there: u64,
    /// Documents of ours that are not there, or over another amount.
    pub issued_missing: u64,
    /// Documents there beyond one for each of ours.
    pub issued_duplicate: u64,
    /// Requests the registry saw in this run.
    pub requests: u64,
    /// Faults it played in this run.
    pub faults_injected: u64,
    /// Times the day was begun again after it had been killed.
    pub kills: u64,
    /// Papers that came out: one for each document, pack, wash of a pack, and ticket.
    pub papers: u64,
    /// Papers that came out twice without being a copy.
    pub papers_duplicate: u64,
    /// "ok", or the number of the event where the chain is broken.
    pub journal: Journal,
    /// Cash that should be in the drawer.
    pub drawer_expected_cents: Cents,
    /// Cash the customers left there, and the float.
    pub drawer_counted_cents: Cents,
    /// How long it took.
    pub wall_ms: u64,
}

/// What was paid by which means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tenders {
    /// Cash, change taken off.
    pub cash: Cents,
    /// Cards.
    pub card: Cents,
    /// Tips, which are no revenue.
    pub tips: Cents,
}

/// Whether the chain is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    /// It is.
    Whole,
    /// It is broken at this event.
    BrokenAt(i64),
}

impl Serialize for Journal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole => serializer.serialize_str("ok"),
            Self::BrokenAt(seq) => serializer.serialize_i64(*seq),
        }
    }
}

impl Summary {
    /// Everything that was promised holds.
    pub fn is_clean(&self) -> bool {
        self.entries_duplicate == 0
            && self.entries_missing == 0
            && self.entries_wrong_state == 0
            && self.undone == 0
            && self.rejected == 0
            && self.unknown == 0
            && self.resent_blind == 0
            && self.issued_missing == 0
            && self.issued_duplicate == 0
            && self.papers_duplicate == 0
            && self.journal == Journal::Whole
            && self.drawer_expected_cents == self.drawer_counted_cents
    }

    /// Counts a finished day and closes its shift with what is really in the drawer.
    pub(super) fn of(
        site: &mut Site,
        options: &DayOptions,
        customers: &[Customer],
        undone: u64,
        cashier: &OperatorId,
        float: Cents,
    ) -> Result<Self, SiteError> {
        let counted = float
            + cash_left_by(customers, &options.settings)
            + cash_of_stays(site, &options.settings, customers)?;
        if site.state().shift.is_some() {
            site.act(Input::Till(TillInput::CloseShift {
                shift: None,
                counted,
                pieces: Pieces::new(),
                operator: cashier.clone(),
            }))?;
        }
        let mut summary = Self::of_documents(site, options.seed, float)?;
        summary.drawer_counted_cents = counted;
        summary.undone = undone;
        summary.flows = flows::of(site)?;
        summary.count_entries(site, &options.settings, customers)?;
        summary.count_issued(site)?;
        summary.count_journal(site)?;
        summary.count_papers(&options.folder.join("papers"));
        let outbox = site.state().outbox;
        (summary.rejected, summary.unknown) =
            (outbox.rejected, outbox.unknown + outbox.sending + outbox.queued);
        Ok(summary)
    }

    fn of_documents(site: &Site, seed: u64, float: Cents) -> Result<Self, SiteError> {
        let (mut documents, mut gross, mut vat) = (0, Cents::ZERO, Cents::ZERO);
        let mut tenders = Tenders::default();
        query::each_document(site.terminal().store().connection(), |document| {
            if document.void.is_some() {
                return;
            }
            let signed = |amount: Cents| if document.is_credit() { -amount } else { amount };
            documents += 1;
            gross += signed(document.totals.gross);
            vat += signed(document.totals.vat_amount());
            tenders.cash += signed(document.payment.cash);
            tenders.card += signed(document.payment.card);
            tenders.tips += document.payment.tips;
        })?;
        Ok(Self {
            seed,
            visits: query::visits_opened(site.terminal().store().connection())?,
            documents,
            gross_cents: gross,
            vat_cents: vat,
            tenders,
            packs_sold: 0,
            pack_uses: 0,
            packs_given_back: 0,
            entries_live: 0,
            entries_duplicate: 0,
            entries_missing: 0,
            entries_wrong_state: 0,
            differences: Vec::new(),
            undone: 0,
            flows: Flows::new(),
            rejected: 0,
            unknown: 0,
            resent_blind: 0,
            issued_there: 0,
            issued_missing: 0,
            issued_duplicate: 0,
            requests: 0,
            faults_injected: 0,
            kills: 0,
            papers: 0,
            papers_duplicate: 0,
            journal: Journal::Whole,
            drawer_expected_cents: float + tenders.cash,
            drawer_counted_cents: Cents::ZERO,
            wall_ms: 0,
        })
    }

    fn count_entries(
        &mut self,
        site: &Site,
        settings: &Settings,
        customers: &[Customer],
    ) -> Result<(), SiteError> {
        let mut books = Books::new(settings, customers);
        site.registry().with(|simulator| {
            simulator.entries().for_each(|entry| books.take_entry(entry));
            simulator.records().for_each(|record| books.take_record(record));
            self.requests = simulator.counts().requests.values().sum();
            self.faults_injected = simulator.counts().faults;
        });
        let conn = site.terminal().store().connection();
        query::each_visit(conn, |visit| books.take_visit(&visit))?;
        for pack in holders::sold(site)? {
            self.packs_sold += 1;
            self.pack_uses += pack.uses.len() as u64;
            self.packs_given_back += u64::from(pack.credit().is_some());
            books.take_pack(&pack);
        }
        query::each_document(conn, |document| {
            if document.void.is_none() {
                books.take_document(&document);
            }
        })?;
        query::each_visit(conn, |visit| self.judge(&visit, &books))?;
        // An entry that carries no reference of ours is one without a visit.
        self.entries_duplicate += books.strangers();
        Ok(())
    }

    fn judge(&mut self, visit: &Visit, books: &Books<'_>) {
        let live = books.entries_of(visit).iter().filter(|entry| entry.state != EntryState::Cancelled);
        let live: Vec<&Entry> = live.collect();
        self.entries_live += live.len() as u64;
        self.entries_duplicate += live.len().saturating_sub(1) as u64;
        // A wash under the entry of a pack has none of its own.
        let under = visit.under().is_some();
        let gone = under || matches!(visit.state, VisitState::Cancelled { .. } | VisitState::Replaced { .. });
        let differences = match live.first() {
            None if gone => return,
            None => {
                self.entries_missing += 1;
                return;
            }
            Some(_) if gone => vec![format!("{}: it must be cancelled and is not", visit.reference.mark())],
            Some(entry) => books.differences(visit, entry),
        };
        self.entries_wrong_state += u64::from(!differences.is_empty());
        let room = DIFFERENCES_MAX.saturating_sub(self.differences.len());
        self.differences.extend(differences.into_iter().take(room));
    }

    /// One document at the issuer for each of ours that is told there, over the same amount, and none besides.
    fn count_issued(&mut self, site: &Site) -> Result<(), SiteError> {
        let mut there: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for live in site.documents_there() {
            self.issued_there += 1;
            there.entry((live.series, live.number)).or_default().push(live.gross);
        }
        query::each_document(site.terminal().store().connection(), |document| {
            if document.at_issuer.is_none() || document.void.is_some() {
                return;
            }
            let held = there.remove(&(document.series.clone(), document.number.to_string()));
            let held = held.unwrap_or_default();
            let wanted = document.totals.gross.with_point();
            self.issued_missing += u64::from(!held.contains(&wanted));
            self.issued_duplicate += held.len().saturating_sub(1) as u64;
        })?;
        self.issued_duplicate += there.values().map(|strangers| strangers.len() as u64).sum::<u64>();
        Ok(())
    }

    /// A second try is blind unless what came between proves that the first did not reach the registry.
    fn count_journal(&mut self, site: &Site) -> Result<(), SiteError> {
        let store = site.terminal().store();
        let mut unanswered: BTreeSet<MessageId> = BTreeSet::new();
        let mut absent: BTreeMap<MessageId, u32> = BTreeMap::new();
        let mut starts = 0;
        let verified = store.verify(false)?;
        self.journal = verified.broken.map_or(Journal::Whole, Journal::BrokenAt);
        journal::each(store.connection(), store.terminal(), 0, |entry| {
            match entry.event()? {
                Event::TerminalStarted { .. } => starts += 1,
                Event::MessageSent { about: About { message, .. }, .. } => {
                    let proven = absent.remove(&message).unwrap_or_default() >= 2;
                    self.resent_blind += u64::from(!unanswered.insert(message) && !proven);
                }
                Event::LookupFoundNothing { about: About { message, .. }, .. } => {
                    *absent.entry(message).or_default() += 1
                }
                Event::MessageReturned { about: About { message, .. }, why } => match why {
                    crate::domain::event::Returned::VerifiedAbsent => {
                        *absent.entry(message).or_default() += 1
                    }
                    _ => {
                        unanswered.remove(&message);
                    }
                },
                _ => {}
            }
            Ok(())
        })?;
        self.kills = u64::try_from(starts - 1).unwrap_or_default();
        Ok(())
    }

    fn count_papers(&mut self, folder: &Path) {
        let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for name in names.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
            self.papers += u64::from(name.ends_with(".txt"));
            self.papers_duplicate += u64::from(name.ends_with("-again.txt"));
        }
    }
}

/// The cash the plan's customers left: prices worked out here, from the price list, not asked of the terminal.
fn cash_left_by(customers: &[Customer], settings: &Settings) -> Cents {
    let due = |customer: &Customer| match &customer.pack {
        Some(holder) => holder::leaves(customer, holder, settings),
        None => due_of(customer, &settings.catalogue),
    };
    customers.iter().map(|customer| cash_of(customer, due(customer))).sum()
}

/// … and for parking: what the tariff says of the times on the documents, less what it said on the one before.
fn cash_of_stays(site: &Site, settings: &Settings, customers: &[Customer]) -> Result<Cents, SiteError> {
    let Some(tariff) = &settings.parking.tariff else { return Ok(Cents::ZERO) };
    let keyed = |customer: &'_ Customer| Some(Plate::parse(&customer.entry, &customer.plate).ok()?.key());
    let by_plate: BTreeMap<String, &Customer> =
        customers.iter().filter_map(|customer| Some((keyed(customer)?, customer))).collect();
    let (mut said, mut cash) = (BTreeMap::new(), Cents::ZERO);
    query::each_document(site.terminal().store().connection(), |document| {
        let Some(plate) = document.issued_for.plate().map(Plate::key) else { return };
        let (Some(span), Some(customer)) = (document.span, by_plate.get(&plate)) else { return };
        let price = tariff.price(customer.size.into(), span.from.utc, span.until.utc);
        let price = price.map(|price| price.total).unwrap_or_default();
        let due = match said.insert(plate, price) {
            Some(before) => price - before,
            None => price + extras_of(customer, &settings.catalogue),
        };
        cash += cash_of(customer, due);
    })?;
    Ok(cash)
}

fn extras_of(customer: &Customer, catalogue: &Catalogue) -> Cents {
    let taken = catalogue.extras.iter().filter(|extra| customer.extras.contains(&extra.code));
    taken.map(|extra| extra.price).sum()
}

fn cash_of(customer: &Customer, due: Cents) -> Cents {
    let given = |tender: &Tender| tender.parts().1;
    let tenders = tenders(customer.settles, due);
    let paid: Cents = tenders.iter().map(given).sum();
    let cash: Cents = tenders.iter().filter(|t| matches!(t, Tender::Cash { .. })).map(given).sum();
    if tenders.is_empty() { Cents::ZERO } else { cash - (paid - due) }
}

fn due_of(customer: &Customer, catalogue: &Catalogue) -> Cents {
    if !customer.pays() || customer.stands_s > 0 {
        return Cents::ZERO;
    }
    let size = if customer.size == Size::Taxi { Size::Small } else { customer.size };
    let package = catalogue.packages.iter().find(|package| Some(&package.code) == customer.package.as_ref());
    let base = package.and_then(|package| package.prices.get(&size)).copied().unwrap_or_default();
    let sum = base + extras_of(customer, catalogue);
    let off = catalogue.size_discounts.get(&customer.size).copied().unwrap_or(Rate(0));
    // Half a cent counts up, as on paper.
    sum - Cents((sum.0 * i64::from(off.0) + 5_000) / 10_000)
}
