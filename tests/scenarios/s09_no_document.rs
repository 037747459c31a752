//! Visits without a document: free, own use, warranty. The registry hears of it in the update already, and no
//! correlation follows.

use crate::world::{World, alone, arrival, card, cash, with_chief};
use tameio::aade::simulator::Call;
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::Notice;
use tameio::app::input::{By, Input, TillInput};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::ids::{Reference, VisitId};
use tameio::domain::operator::Right;
use tameio::domain::settings::Trade;
use tameio::domain::visit::{NoDocumentReason, Settlement};

fn without(
    visit: VisitId,
    reason: NoDocumentReason,
    note: &str,
    redo_of: Option<Reference>,
    by: By,
) -> Input {
    Input::ChooseNoDocument { visit, reason, note: note.to_owned(), redo_of, by }
}

/// Leaves without a document; what the registry was told: category and reason, flagged in every call.
fn check(world: &mut World, visit: VisitId, category: &str, reason: &str) {
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    let told = world.told(&entry);
    let [update, complete] = told.as_slice() else { panic!("one update, one completion: {told:?}") };
    for fields in [update, complete] {
        assert_eq!(fields.get("providedServiceCategory"), Some(category));
        assert!(fields.is_true("nonIssueInvoice"), "flagged already in the update: {fields:?}");
        assert!(!fields.has("invoiceKind") && !fields.has("invoiceCounterparty"), "{fields:?}");
    }
    assert_eq!(complete.get("reasonNonIssueType"), Some(reason));
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 0), "no correlation follows");
    assert!(world.site().state().unnamed.is_empty(), "it is not among what waits for a number");
    world.check();
}

#[test]
fn a_redo_is_free_linked_to_the_first_visit_and_needs_the_chief() {
    let mut world = World::wash();
    let first = world.comes("ΝΚΟ-9154", Size::Small);
    world.takes(first, "FULL");
    world.pays(first, &[cash("20.00")]);
    world.pass(5);
    world.leaves(first);
    world.pass(24 * 3_600);
    let reference = world.visit(first).reference;
    let again = world.comes("ΝΚΟ-9154", Size::Small);
    world.takes(again, "FULL");
    let redo = |by| without(again, NoDocumentReason::Free, "παράπονο", Some(reference.clone()), by);
    // The update with category 7 has not left yet: it is changed instead of told twice.
    assert_eq!(world.act(redo(alone())), [Notice::NeedsRight(Right::NoDocument)]);
    assert_eq!(world.act(redo(with_chief())), []);
    let visit = world.visit(again);
    let Some(Settlement::NoDocument { redo_of, approved_by, note, .. }) = visit.state.settlement() else {
        panic!("{:?}", visit.state)
    };
    assert_eq!((redo_of, approved_by.0.as_str(), note.as_str()), (&Some(reference), "chief", "παράπονο"));
    check(&mut world, again, "4", "1");
    assert_eq!(world.documents().len(), 1, "the first visit's alone");
}

#[test]
fn the_businesss_own_van_needs_nobody() {
    let mut world = World::wash();
    let visit = world.comes("ΖΜΥ-2210", Size::Van);
    assert_eq!(world.act(without(visit, NoDocumentReason::OwnUse, "", None, alone())), []);
    check(&mut world, visit, "9", "2");
}

#[test]
fn somebody_elses_van_is_not_our_own_use() {
    let mut world = World::wash();
    let visit = world.comes("ΥΖΒ-3307", Size::Van);
    let said = world.act(without(visit, NoDocumentReason::OwnUse, "", None, alone()));
    assert_eq!(said, [Notice::NeedsRight(Right::NoDocument)]);
    assert_eq!(world.visit(visit).category, None, "nothing was changed");
}

#[test]
fn a_warranty_repair_at_the_garage() {
    let mut world = World::of(Trade::Garage);
    let visit = world.opens(arrival("ΥΖΒ-3307", Size::Small));
    let warranty = without(visit, NoDocumentReason::Warranty, "εγγύηση κατασκευαστή", None, with_chief());
    assert_eq!(world.act(warranty), []);
    check(&mut world, visit, "6", "3");
}

#[test]
fn there_is_no_warranty_at_the_wash() {
    let mut world = World::wash();
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    let said = world.act(without(visit, NoDocumentReason::Warranty, "εγγύηση", None, with_chief()));
    assert_eq!(said, [Notice::Refused(Refusal::WarrantyOnlyAtGarages)]);
    world.drain();
    assert_eq!(world.requests(Call::UpdateClient), 0, "nothing AADE would refuse was sent");
    world.check();
}

#[test]
fn a_reason_in_words_is_wanted() {
    let mut world = World::wash();
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    for note in ["", "  ", "\u{200B}\u{1b}"] {
        let said = world.act(without(visit, NoDocumentReason::Free, note, None, with_chief()));
        assert_eq!(said, [Notice::Refused(Refusal::ReasonMissing)], "{note:?}");
    }
}

#[test]
fn who_pays_after_all_gets_a_document() {
    let mut world = World::wash();
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.takes(visit, "EXT");
    world.drain();
    world.act(without(visit, NoDocumentReason::Free, "δώρο", None, with_chief()));
    world.drain();
    world.pays(visit, &[card("8.00")]);
    world.pass(5);
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    let categories: Vec<String> = world
        .told(&entry)
        .iter()
        .filter_map(|told| told.get("providedServiceCategory").map(str::to_owned))
        .collect();
    assert_eq!(categories, ["7", "4", "7", "7"], "chosen, free, paid after all, completed");
    let complete = world.told(&entry).pop().expect("a completion");
    assert_eq!((complete.get("invoiceKind"), complete.has("nonIssueInvoice")), (Some("1"), false));
    let stands = entry.merged.get("nonIssueInvoice");
    assert_eq!(stands, Some("false"), "AADE keeps what is left out: that no document follows is taken back");
    assert_eq!((world.documents().len(), entry.correlations.len()), (1, 1));
    world.check();
}

#[test]
fn each_is_counted_in_its_shift() {
    let mut world = World::wash();
    world.act(Input::Till(TillInput::OpenShift {
        float: tameio::domain::money::Cents(15_000),
        operator: crate::world::person("A"),
    }));
    for plate in ["ΝΚΟ-9154", "ΥΖΒ-3307"] {
        let visit = world.comes(plate, Size::Small);
        world.act(without(visit, NoDocumentReason::Free, "δώρο", None, with_chief()));
    }
    let figures = world.site().state().shift.clone().expect("a shift").figures;
    assert_eq!((figures.no_document, figures.retail, figures.gross.0), (2, 0, 0));
}
