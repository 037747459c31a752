//! Packs of washes: sold, used, put right, given back, and what the terminal says of them.

use super::Controller;
use crate::app::effect::Notice;
use crate::app::engine::Query;
use crate::app::input::{Input, PackInput, PaperInput};
use crate::domain::document::Document;
use crate::domain::ids::{OrderId, PackId};
use crate::domain::money::Cents;
use crate::domain::paper::Paper;
use crate::domain::plate::PlateEntry;
use crate::domain::settings::Trade;
use crate::domain::text::Language;
use crate::view::ask::{self, Key};
use crate::view::desk::Asked;
use crate::view::form::{AfterOpening, PLATE_TYPED_MAX};
use crate::view::generated::Page;
use crate::view::packs::PacksForm;
use crate::view::receipts::RefundForm;

impl Controller {
    /// A pack was sold or used, or has soon nothing more to give.
    pub(super) fn pack_news(&mut self, notice: &Notice) {
        match notice {
            Notice::PackSold { number } => self.say_in(
                format!("Το πακέτο {number} είναι του πελάτη: τυπώθηκε η κάρτα του."),
                format!("Pack {number} is the customer's: its card was printed."),
            ),
            Notice::PackUsed { number, left, difference } => {
                let more = |el: bool| on_top(*difference, el);
                self.say_in(
                    format!("Χρεώθηκε στο πακέτο {number}{}.{}", left_in(*left, Language::El), more(true)),
                    format!("Taken from pack {number}{}.{}", left_in(*left, Language::En), more(false)),
                );
            }
            Notice::PackEndsSoon { number, left, until } => {
                let until = until.strftime("%-d/%-m/%Y");
                self.say_in(
                    format!("Το πακέτο {number} λήγει στις {until}{}.", left_in(*left, Language::El)),
                    format!("Pack {number} ends on {until}{}.", left_in(*left, Language::En)),
                );
            }
            _ => {}
        }
    }
}

/// How many washes are left, after a comma; nothing where they are not counted.
pub(in crate::view) fn left_in(left: Option<u32>, language: Language) -> String {
    match (left, language) {
        (None, _) => String::new(),
        (Some(1), Language::El) => ", μένει 1 πλύσιμο".to_owned(),
        (Some(n), Language::El) => format!(", μένουν {n} πλυσίματα"),
        (Some(1), Language::En) => ", 1 wash left".to_owned(),
        (Some(n), Language::En) => format!(", {n} washes left"),
    }
}

fn on_top(difference: Cents, greek: bool) -> String {
    match (difference.is_zero(), greek) {
        (true, _) => String::new(),
        (false, true) => format!(" Πληρώνονται επιπλέον {} €.", difference.with_comma()),
        (false, false) => format!(" {} € are paid on top.", difference.with_comma()),
    }
}

impl Controller {
    /// The page of packs, for the vehicle that is typed at the lane.
    pub(in crate::view) fn open_packs(&mut self) {
        let typed = self.form.lane.typed.clone();
        self.form.packs = PacksForm { typed, ..PacksForm::default() };
        self.go(Page::Packs);
    }

    pub(in crate::view) fn packs_back(&mut self) {
        self.go(Page::Lane);
    }

    pub(in crate::view) fn packs_key(&mut self, key: &str) {
        let form = &mut self.form.packs;
        if form.typed.chars().count() + key.chars().count() <= PLATE_TYPED_MAX {
            form.typed.push_str(key);
        }
        form.fault = None;
        self.choose_only_pack();
    }

    pub(in crate::view) fn packs_erase(&mut self) {
        self.form.packs.typed.pop();
        self.form.packs.fault = None;
        self.choose_only_pack();
    }

    pub(in crate::view) fn packs_clear(&mut self) {
        self.form.packs = PacksForm::default();
    }

    /// What was chosen for another plate is not chosen for this one.
    fn choose_only_pack(&mut self) {
        let chosen = self.form.packs.chosen;
        let meant: Vec<PackId> = self.packs_meant().into_iter().map(|pack| pack.id).collect();
        self.form.packs.chosen = chosen.filter(|chosen| meant.contains(chosen));
    }

    /// One more vehicle for the pack about to be sold.
    pub(in crate::view) fn packs_name_vehicle(&mut self) {
        let form = &mut self.form.packs;
        if form.plate().is_some() {
            form.named.push(std::mem::take(&mut form.typed));
        }
    }

    /// The pack goes on an order, which is paid as any other.
    pub(in crate::view) fn sell_pack(&mut self, offer: &str) {
        let vehicles = self.form.packs.vehicles();
        if vehicles.is_empty() || std::mem::replace(&mut self.form.packs.selling, true) {
            return;
        }
        let plates = vehicles.into_iter().map(|typed| (PlateEntry::Greek, typed)).collect();
        self.send(Input::Pack(PackInput::Sell {
            order: None,
            offer: offer.to_owned(),
            plates,
            holder: String::new(),
            operator: self.operator(),
        }));
    }

    /// The order of a pack was begun: it is paid next.
    pub(super) fn pack_order_opened(&mut self, order: OrderId) -> bool {
        let ours = std::mem::take(&mut self.form.packs.selling);
        if ours {
            self.form.packs = PacksForm::default();
            self.show_order_page(order);
        }
        ours
    }

    pub(in crate::view) fn choose_pack(&mut self, id: &str) {
        let id = id.parse().ok();
        let form = &mut self.form.packs;
        form.chosen = if form.chosen == id { None } else { id };
        form.fault = None;
    }

    pub(in crate::view) fn add_pack_vehicle(&mut self) {
        if let Some(pack) = self.pack_chosen().map(|pack| pack.id) {
            let plate = self.form.packs.typed.clone();
            let (entry, operator) = (PlateEntry::Greek, self.operator());
            self.send(Input::Pack(PackInput::AddVehicle { pack, plate, entry, operator }));
        }
    }

    pub(in crate::view) fn print_pack(&mut self) {
        if let Some(number) = self.pack_chosen().map(|pack| pack.number) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::Pack { number, copy: 0 } }));
        }
    }

    /// The document it was sold with is read, and the page that gives money back comes up with it.
    pub(in crate::view) fn refund_pack(&mut self) {
        if let Some(id) = self.pack_chosen().map(|pack| pack.document) {
            self.form.packs.reading = Some(id);
            self.ask(Query::Document { id }, Asked::Document(id));
        }
    }

    /// The document was read: how much goes back is the pack's to say.
    pub(super) fn pack_document_read(&mut self, document: &Document) {
        if self.form.packs.reading.take() != Some(document.id) {
            return;
        }
        let Some((id, unused)) = self
            .pack_chosen()
            .zip(self.world.as_ref())
            .map(|(pack, world)| (pack.id, pack.unused(self.settings.packs.refund, world.at.date())))
        else {
            return;
        };
        self.form.receipts.given = None;
        self.form.receipts.refund = RefundForm::of_pack(document.clone(), id, unused);
        self.go(Page::Refund);
    }

    /// A wash of the pack the vehicle came by; what is on top is paid next.
    pub(in crate::view) fn use_pack(&mut self) {
        if let Some(visit) = self.form.visit.id {
            self.send(Input::Pack(PackInput::Use { visit, operator: self.operator() }));
        }
    }

    pub(in crate::view) fn give_pack_back(&mut self) {
        if let Some(visit) = self.form.visit.id {
            self.send(Input::Pack(PackInput::GiveBack { visit, operator: self.operator() }));
        }
    }

    /// The vehicle comes by its pack: one touch opens, and the pack's own package is chosen at once.
    pub(super) fn open_by_pack(&mut self, pack: PackId) {
        let package = self.state().and_then(|state| Some(state.packs.get(&pack)?.offer.package.clone()));
        if let Some(package) = package {
            self.form.lane.pack = Some(pack);
            self.form.lane.arrival.answers.set(Key::Trade, ask::trade_id(Trade::Wash));
            self.open_then(AfterOpening::Chosen(package));
        }
    }

    /// Said where the finger was.
    pub(super) fn pack_refused(&mut self, sentence: String) {
        self.form.packs.selling = false;
        self.form.packs.fault = Some(sentence);
    }
}
