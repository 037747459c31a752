//! Visits that are not paid once at the lane: fleets, prepaid rights, leases, garage work in several places, rental trips.
//! Each is told to a registry that has every rule switched on, and refused here first where it would be refused there.

use crate::world::{World, arrival, card, person, with_chief};
use tameio::aade::simulator::schema::Fields;
use tameio::aade::simulator::state::{Entry, EntryState, What};
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{DocumentInput, Input, OpenVisit, TypedName};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::customer::TaxNumber;
use tameio::domain::entry::ServiceCategory;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::settings::Trade;
use tameio::domain::terms::{Earlier, MovementPurpose, OffSite, Period, Periodicity, ServiceTerms, Trip};
use tameio::domain::text::{Language, Text};
use tameio::domain::visit::{NoDocumentReason, VisitState};

const FLEET: &str = "999999981";

fn fleet() -> TaxNumber {
    TaxNumber::parse("GR", FLEET).expect("a good number")
}

fn march() -> Period {
    Period { from: "2026-03-01".parse().expect("a day"), to: "2026-03-31".parse().expect("a day") }
}

fn on(terms: ServiceTerms, plate: &str) -> OpenVisit {
    OpenVisit { terms, ..arrival(plate, Size::Suv) }
}

fn by_contract(visit: VisitId, invoice_to: Option<&str>) -> Input {
    let invoice_to = invoice_to.map(|number| ("GR".to_owned(), number.to_owned()));
    Input::SettleByContract { visit, invoice_to, operator: person("A") }
}

fn mark(last: u32) -> TypedName {
    TypedName::Mark { mark: format!("4000019600{last:05}") }
}

/// The fields of the last update of an entry.
fn last_told(world: &World, entry: &Entry) -> Fields {
    world.told(entry).pop().expect("it was updated")
}

fn told_of(fields: &Fields, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| fields.get(name).unwrap_or("-").to_owned()).collect()
}

fn done(world: &mut World) {
    world.drain();
    assert_eq!(world.site().state().outbox.rejected, 0, "nothing was refused");
    world.check();
}

/// How many entries each correlation of a MARK named.
fn groups(world: &mut World) -> Vec<usize> {
    world.site().registry().with(|registry| {
        let correlated = registry.records().filter_map(|record| match &record.what {
            What::Correlated(fields) => Some(fields.all("correlatedDCLids").count()),
            _ => None,
        });
        correlated.collect()
    })
}

/// Sixty visits of one fleet and one invoice at the end of the month: fifty entries in one message, ten in another.
#[test]
fn a_fleets_month_is_one_invoice_for_sixty_entries() {
    let mut world = World::wash();
    let mut visits = Vec::new();
    for bus in 0..60 {
        let terms = ServiceTerms::Recurring { customer: fleet() };
        let visit = world.opens(on(terms, &format!("ΤΑΒ-{}", 1_000 + bus * 10)));
        world.takes(visit, "FULL");
        let other = world.act(by_contract(visit, Some("999999970")));
        let differs = Notice::Refused(Refusal::OtherCustomer { customer: fleet() });
        assert_eq!(other, [differs], "the registry would answer 208");
        world.act(by_contract(visit, None));
        world.pass(300);
        world.leaves(visit);
        visits.push(visit);
    }
    world.drain();
    let entry = world.entry_of(visits[0]);
    assert_eq!(
        told_of(&entry.initial, &["recurringService", "customerVatNumber", "customerCountry"]),
        ["true", FLEET, "GR"]
    );
    let told = last_told(&world, &entry);
    assert_eq!(
        told_of(&told, &["providedServiceCategory", "invoiceKind", "invoiceCounterparty", "entryCompletion"]),
        ["8", "2", FLEET, "true"]
    );
    assert!(
        world
            .act(Input::Document(DocumentInput::Correlate { name: mark(1), visits: visits.clone() }))
            .is_empty()
    );
    done(&mut world);
    assert_eq!(groups(&mut world), [50, 10]);
    for visit in visits {
        assert_eq!(world.entry_of(visit).correlations.len(), 1, "all sixty are linked");
    }
    assert!(world.documents().is_empty(), "no money was taken at the lane");
}

/// A credit note later is one more correlation of the same entry.
#[test]
fn a_later_document_is_correlated_with_the_same_entry() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "EXT");
    world.pays(visit, &[card("8.00")]);
    world.pass(10);
    world.leaves(visit);
    world.drain();
    world.act(Input::Document(DocumentInput::Correlate { name: mark(3), visits: vec![visit, visit] }));
    done(&mut world);
    assert_eq!(world.entry_of(visit).correlations.len(), 2, "the receipt, and the note once");
    assert_eq!(
        world.act(Input::Document(DocumentInput::Correlate { name: mark(4), visits: Vec::new() })),
        [Notice::Refused(Refusal::NoVisits)]
    );
}

/// What is not registered spoils no message: it is named, and nothing is sent.
#[test]
fn a_visit_without_an_entry_is_named_and_nothing_is_sent() {
    let mut world = World::wash();
    world.network(false);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    let said = world.act(Input::Document(DocumentInput::Correlate { name: mark(5), visits: vec![visit] }));
    assert!(matches!(said.as_slice(), [Notice::Refused(Refusal::NotRegistered { .. })]), "{said:?}");
    assert!(groups(&mut world).is_empty());
}

/// Bought beforehand: the document is correlated long before the entry is completed.
#[test]
fn a_prepaid_month_is_correlated_before_it_ends() {
    let mut world = World::of(Trade::Parking);
    let visit = world.opens(on(ServiceTerms::Continuous { period: march() }, "ΧΑΝ-8080"));
    world.pass(10);
    world.act(Input::Document(DocumentInput::Correlate { name: mark(6), visits: vec![visit] }));
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Open, 1));
    assert_eq!(
        told_of(&entry.initial, &["continuousService", "fromAgreedPeriodDate", "toAgreedPeriodDate"]),
        ["true", "2026-03-01", "2026-03-31"]
    );
    world.act(by_contract(visit, None));
    world.leaves(visit);
    done(&mut world);
    assert_eq!(world.entry_of(visit).state, EntryState::Completed);
}

#[test]
fn a_lease_tells_its_amount_and_how_often_it_is_invoiced() {
    let mut world = World::of(Trade::Parking);
    let terms = ServiceTerms::Lease { period: march(), every: Periodicity::Months(1) };
    let visit = world.opens(on(terms, "ΧΑΝ-8080"));
    let category = Some(ServiceCategory::ByAgreement);
    world.act(Input::TellService { visit, category, amount: Some(Cents(9_000)) });
    world.act(by_contract(visit, Some(FLEET)));
    world.pass(10);
    world.leaves(visit);
    done(&mut world);
    let entry = world.entry_of(visit);
    assert_eq!(told_of(&entry.initial, &["continuousLeaseService", "periodicity"]), ["true", "1"]);
    assert_eq!(told_of(&entry.merged, &["amount", "invoiceCounterparty"]), ["90.00", FLEET]);
}

#[test]
fn a_walk_in_has_no_contract() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    assert_eq!(world.act(by_contract(visit, None)), [Notice::Refused(Refusal::NoContract)]);
    let free = Some(ServiceCategory::Free);
    assert_eq!(
        world.act(Input::TellService { visit, category: free, amount: None }),
        [Notice::Refused(Refusal::CategoryNotHere)],
        "without a document goes its own way"
    );
    world.act(by_contract(visit, Some(FLEET)));
    world.leaves(visit);
    done(&mut world);
    assert_eq!(told_of(&last_told(&world, &world.entry_of(visit)), &["invoiceKind"]), ["2"]);
}

fn moved(visit: VisitId, to: OffSite) -> Input {
    Input::MoveOffSite { visit, to, operator: person("A") }
}

/// Three days at a garage: diagnosis, parts, another branch for alignment, and back. One document for both entries.
#[test]
fn a_garage_job_in_two_parts_is_one_document_for_both_entries() {
    let mut world = World::of(Trade::Garage);
    let first = world.comes("ΝΚΟ-9154", Size::Small);
    let diagnosis = Some(ServiceCategory::WithoutParts);
    world.act(Input::TellService { visit: first, category: diagnosis, amount: None });
    world.takes(first, "SERVICE+OIL");
    world.drain();
    assert_eq!(told_of(&last_told(&world, &world.entry_of(first)), &["providedServiceCategory"]), ["1"]);
    world.act(moved(first, OffSite::OwnBranch { branch: 2 }));
    assert!(world.site().state().visits.is_empty(), "it is not inside while it is away");
    world.drain();
    let entry = world.entry_of(first);
    assert_eq!(entry.state, EntryState::Completed);
    assert_eq!(told_of(&last_told(&world, &entry), &["offSiteProvidedService", "otherBranch"]), ["2", "2"]);
    world.pass(3_600);
    let back =
        OpenVisit { follows: Some(Earlier::Visit { visit: first }), ..arrival("ΝΚΟ-9154", Size::Small) };
    let second = world.opens(back);
    world.takes(second, "SERVICE+OIL");
    world.pays(second, &[card("158.00")]);
    world.pass(10);
    world.leaves(second);
    done(&mut world);
    let entry = world.entry_of(second);
    let first = world.entry_of(first);
    assert_eq!(told_of(&entry.initial, &["correlatedDclId"]), [first.id.to_string()]);
    assert_eq!((first.correlations.len(), entry.correlations.len()), (1, 1), "one document, both entries");
    assert_eq!(world.documents().len(), 1);
}

/// What an entry follows cannot be told later: while nobody knows whether the earlier one exists, the next one waits; where it
/// will never exist, the next one goes without it.
#[test]
fn a_vehicle_that_is_back_too_soon_waits_for_the_entry_it_follows() {
    for (fault, kind) in [(Kind::Lose, "lost"), (Kind::BadRequest, "refused")] {
        let mut world = World::of(Trade::Garage);
        world.pass(60);
        let stored = kind == "lost";
        let rules = vec![FaultRule::nth(Call::SendClient, 1, Fault::new(fault, stored))];
        let quiet = FaultRule::always(Fault::new(Kind::Status { status: 503 }, false));
        let quiet = FaultRule { call: Some(Call::RequestClients), times: Some(2), ..quiet };
        let rules = rules.into_iter().chain([quiet]).collect();
        world.faults(FaultScript { rules, ..FaultScript::default() });
        let first = world.comes("ΝΚΟ-9154", Size::Small);
        world.takes(first, "SERVICE+OIL");
        world.act(moved(first, OffSite::OwnBranch { branch: 2 }));
        let back = OpenVisit {
            follows: Some(Earlier::Visit { visit: first }),
            ..arrival("ΝΚΟ-9154", Size::Small)
        };
        let second = world.opens(back);
        if kind == "lost" {
            world.pass(1);
            let create = world.visit(second).entry.create.expect("it was queued");
            assert!(!create.tried, "nobody knows yet what it follows");
        }
        world.pass(600);
        let entry = world.entry_of(second);
        let earlier = world.visit(first).entry.id;
        assert_eq!(earlier.is_some(), kind == "lost");
        let named = entry.initial.get("correlatedDclId").map(str::to_owned);
        assert_eq!(named, earlier.map(|id| id.to_string()), "{kind}");
    }
}

#[test]
fn a_partner_an_entry_of_another_branch_and_work_in_words() {
    let mut world = World::of(Trade::Garage);
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let words = Some(ServiceCategory::Other(Text::new("φρένα και βαφή")));
    world.act(Input::TellService { visit, category: words, amount: None });
    world.act(moved(visit, OffSite::Partner { vat: Text::new(FLEET) }));
    done(&mut world);
    let told = last_told(&world, &world.entry_of(visit));
    assert_eq!(
        told_of(&told, &["providedServiceCategory", "providedServiceCategoryOther", "cooperatingVatNumber"]),
        ["5", "φρένα και βαφή", FLEET]
    );
    let id = world.entry_of(visit).id;
    let next = world
        .opens(OpenVisit { follows: Some(Earlier::Entry { id }), ..arrival("ΝΚΟ-9154", Size::Small) });
    world.drain();
    assert_eq!(told_of(&world.entry_of(next).initial, &["correlatedDclId"]), [id.to_string()]);
    let mut wash = World::wash();
    let visit = wash.comes("ΝΚΟ-9154", Size::Small);
    assert_eq!(
        wash.act(moved(visit, OffSite::OwnBranch { branch: 2 })),
        [Notice::Refused(Refusal::OffSiteOnlyAtGarages)]
    );
}

#[test]
fn a_warranty_repair_is_told_without_a_document() {
    let mut world = World::of(Trade::Garage);
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.act(Input::ChooseNoDocument {
        visit,
        reason: NoDocumentReason::Warranty,
        note: "εγγύηση".to_owned(),
        redo_of: None,
        by: with_chief(),
    });
    world.leaves(visit);
    done(&mut world);
    let told = last_told(&world, &world.entry_of(visit));
    assert_eq!(
        told_of(&told, &["providedServiceCategory", "nonIssueInvoice", "reasonNonIssueType"]),
        ["6", "true", "3"]
    );
}

/// Handed over at the airport and brought back to the port; no category is ever told.
#[test]
fn a_rental_trip_tells_where_it_begins_and_ends() {
    let mut world = World::of(Trade::Rental);
    let trip = Trip { picked_up_at: Some(Text::new("Αεροδρόμιο")), ..Trip::default() };
    let visit = world.opens(OpenVisit { trip: Some(trip), ..arrival("ΥΖΒ-3307", Size::Small) });
    world.takes(visit, "DAY");
    world.pays(visit, &[card("35.00")]);
    world.pass(60);
    let returned_at = Some("Λιμάνι".to_owned());
    world.act(Input::Depart { visit, operator: person("A"), returned_at });
    done(&mut world);
    let entry = world.entry_of(visit);
    let begins = ["vehicleMovementPurpose", "isDiffVehPickupLocation", "vehiclePickupLocation"];
    assert_eq!(told_of(&entry.initial, &begins), ["1", "true", "Αεροδρόμιο"]);
    let ends = ["isDiffVehReturnLocation", "vehicleReturnLocation", "providedServiceCategory"];
    assert_eq!(told_of(&entry.merged, &ends), ["true", "Λιμάνι", "-"]);
    assert_eq!(world.told(&entry).len(), 1, "a desk tells nothing in between");
    assert!(matches!(world.visit(visit).state, VisitState::Closed { .. }));
}

#[test]
fn an_own_trip_has_its_purpose_and_no_document() {
    let mut world = World::of(Trade::Rental);
    let trip = Trip { purpose: MovementPurpose::OwnUse, ..Trip::default() };
    let visit = world.opens(OpenVisit { trip: Some(trip), ..arrival("ΖΜΥ-2210", Size::Small) });
    world.act(Input::ChooseNoDocument {
        visit,
        reason: NoDocumentReason::OwnUse,
        note: String::new(),
        redo_of: None,
        by: with_chief(),
    });
    world.leaves(visit);
    done(&mut world);
    let entry = world.entry_of(visit);
    assert_eq!(told_of(&entry.initial, &["vehicleMovementPurpose"]), ["2"]);
    assert_eq!(told_of(&entry.merged, &["nonIssueInvoice", "reasonNonIssueType"]), ["true", "2"]);
}

/// The code AADE would give for what was refused here.
fn code_of(said: &[Notice]) -> u16 {
    match said {
        [Notice::Refused(Refusal::Registry(fault))] => {
            for language in [Language::El, Language::En] {
                assert!(fault.told(language).len() > 20, "a sentence: {}", fault.told(language));
            }
            fault.code
        }
        other => panic!("it was not refused by a rule: {other:?}"),
    }
}

/// What the registry would refuse is refused at the counter, with its code and a sentence, and nothing is sent.
#[test]
fn a_mistake_is_refused_here_with_the_registrys_own_code() {
    let mut world = World::of(Trade::Parking);
    let backwards = Period { from: march().to, to: march().from };
    let terms = ServiceTerms::Continuous { period: backwards };
    assert_eq!(code_of(&world.act(Input::OpenVisit(on(terms, "ΧΑΝ-8080")))), 213);
    let words = Periodicity::Other(Text::new(&"κάθε τόσο ".repeat(20)));
    let terms = ServiceTerms::Lease { period: march(), every: words };
    let said = world.act(Input::OpenVisit(on(terms, "ΧΑΝ-8080")));
    assert!([101, 215].contains(&code_of(&said)), "{said:?}");
    let wrong = TaxNumber { country: "GR".to_owned(), number: "999999990".to_owned() };
    let terms = ServiceTerms::Recurring { customer: wrong };
    assert_eq!(code_of(&world.act(Input::OpenVisit(on(terms, "ΧΑΝ-8080")))), 202);
    let terms = ServiceTerms::Lease { period: march(), every: Periodicity::Months(1) };
    let lease = world.opens(on(terms, "ΧΑΝ-8080"));
    assert_eq!(code_of(&world.act(by_contract(lease, Some(FLEET)))), 203, "the amount was never told");
    world.takes(lease, "HOUR");
    let paid =
        Input::Pay { visit: lease, tenders: vec![card("5.00")], invoice_to: None, operator: person("A") };
    assert_eq!(code_of(&world.act(paid)), 203, "nor is it paid at the lane without");
    let category = Some(ServiceCategory::WithParts);
    assert_eq!(code_of(&world.act(Input::TellService { visit: lease, category, amount: None })), 214);
    world.drain();
    assert_eq!(world.entries().len(), 1, "only what was right was sent");

    let mut garage = World::of(Trade::Garage);
    let visit = garage.comes("ΝΚΟ-9154", Size::Small);
    garage.takes(visit, "SERVICE");
    let partner = OffSite::Partner { vat: Text::new("999999990") };
    assert_eq!(code_of(&garage.act(moved(visit, partner))), 202);
    assert_eq!(garage.visit(visit).state, VisitState::Open, "it is still here");

    let mut desk = World::of(Trade::Rental);
    let trip = Trip { purpose: MovementPurpose::OwnUse, ..Trip::default() };
    let terms = ServiceTerms::Recurring { customer: fleet() };
    let open = OpenVisit { trip: Some(trip), terms, ..arrival("ΖΜΥ-2210", Size::Small) };
    assert_eq!(code_of(&desk.act(Input::OpenVisit(open))), 216);
    assert!(desk.site().state().visits.is_empty() && desk.entries().is_empty());
}

/// `UK` and `EL` are countries in the street and none in the registry's list.
#[test]
fn an_invoice_to_a_country_the_registry_does_not_know_is_refused_before_money_is_taken() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "EXT");
    let to = |country: &str| Input::Pay {
        visit,
        tenders: vec![card("8.00")],
        invoice_to: Some((country.to_owned(), "123456789".to_owned())),
        operator: person("A"),
    };
    assert_eq!(code_of(&world.act(to("UK"))), 101);
    assert!(world.documents().is_empty(), "no number was given");
    let said = world.act(to("GB"));
    assert!(matches!(said.as_slice(), [Notice::Paid { .. }, ..]), "{said:?}");
}
