//! Scenario 7: three days at a garage, a second site and back, under one work order; and what a work order promises beside.

use crate::world::{World, arrival, card, on, person, with_chief};
use tameio::aade::simulator::schema::Fields;
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::Notice;
use tameio::app::input::{Input, OpenVisit, PaperInput, WorkInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::entry::ServiceCategory;
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::paper::Paper;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::sale::PriceBasis;
use tameio::domain::settings::{GarageRules, Settings, Trade};
use tameio::domain::terms::{Earlier, OffSite};
use tameio::domain::text::{Name, Text};
use tameio::domain::visit::NoDocumentReason;
use tameio::domain::work::{ApprovalWay, NextService, PartsOfBoth, WantedLine, WorkKind};
use tameio::store::query;

fn line(kind: WorkKind, name: &str, thousandths: i64, cents: i64) -> WantedLine {
    WantedLine {
        kind,
        code: String::new(),
        name: Name::new(name, name),
        quantity: Quantity(thousandths),
        unit_price: Cents(cents),
        basis: PriceBasis::WithoutVat,
    }
}

/// Brakes: 299.00 net, 370.76 with 24 % VAT.
fn brakes() -> Vec<WantedLine> {
    vec![
        line(WorkKind::Labour, "Φρένα εμπρός", 2_500, 4_500),
        line(WorkKind::OwnPart, "Τακάκια", 1_000, 6_490),
        line(WorkKind::OwnPart, "Δίσκοι", 2_000, 5_840),
        line(WorkKind::Consumable, "Καθαριστικό", 1_000, 480),
    ]
}

fn garage() -> Settings {
    Settings { branch: 1, ..Config::practice(Trade::Garage).expect("practice is good").settings }
}

fn writes(world: &mut World, visit: VisitId, lines: Vec<WantedLine>) -> Vec<Notice> {
    world.act(Input::Work(WorkInput::Write { visit, lines }))
}

fn estimates(world: &mut World, visit: VisitId) {
    assert_eq!(world.act(Input::Work(WorkInput::Estimate { visit, operator: person("A") })), []);
}

fn approves(version: u32, visit: VisitId) -> Input {
    let name = "Μ. Παππά".to_owned();
    Input::Work(WorkInput::Approve { visit, version, name, way: ApprovalWay::Phone, operator: person("A") })
}

fn described(visit: VisitId) -> Input {
    let dashboard = Dashboard { km: Some(84_310), fuel: Eighths::new(3) };
    Input::Work(WorkInput::Describe {
        visit, complaint: "Φρένα: τρίζουν μπροστά".to_owned(), dashboard
    })
}

/// What the registry was last told of the kind of work.
fn category(world: &mut World, visit: VisitId) -> String {
    world.pass(2);
    let entry = world.entry_of(visit);
    let told: Vec<Fields> = world.told(&entry);
    told.iter().rev().find_map(|fields| fields.get("providedServiceCategory")).unwrap_or("none").to_owned()
}

fn refused(said: &[Notice]) -> &Refusal {
    match said {
        [Notice::Refused(refusal)] => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn three_days_two_sites_one_document() {
    let mut world = World::since(on("2026-03-10T08:00"), garage());
    world.until("2026-03-10T09:12");
    let first = world.comes("ΝΚΟ-9154", Size::Small);
    assert_eq!(world.act(described(first)), []);
    assert_eq!(category(&mut world, first), "3", "it is looked at");
    world.until("2026-03-10T11:20");
    writes(&mut world, first, brakes());
    let totals = world.visit(first).sale.totals();
    assert_eq!([totals.net(), totals.vat_amount(), totals.gross], [29_900, 7_176, 37_076].map(Cents));
    estimates(&mut world, first);
    assert_eq!(category(&mut world, first), "3", "nothing is agreed yet");
    world.until("2026-03-10T11:40");
    assert_eq!(world.act(approves(1, first)), []);
    assert_eq!(category(&mut world, first), "1");
    // The second site: its own entry is its own terminal's; here the vehicle is not inside while it is there.
    world.until("2026-03-11T08:00");
    assert_eq!(world.site().state().visits.len(), 1);
    world.until("2026-03-11T10:00");
    let to = OffSite::OwnBranch { branch: 2 };
    assert_eq!(world.act(Input::MoveOffSite { visit: first, to, operator: person("A") }), []);
    world.until("2026-03-11T12:00");
    assert!(world.site().state().visits.is_empty());
    world.until("2026-03-11T13:30");
    let follows = Some(Earlier::Visit { visit: first });
    let second = world.opens(OpenVisit { follows, ..arrival("ΝΚΟ-9154", Size::Small) });
    assert_eq!(world.visit(second).sale.totals().gross, Cents(37_076), "the order came back with it");
    assert_eq!(category(&mut world, second), "1");
    world.until("2026-03-13T08:00");
    assert_eq!(world.site().state().visits.len(), 1);
    world.until("2026-03-13T17:40");
    world.pays(second, &[card("370.76")]);
    world.leaves(second);
    world.drain();
    world.pass(5);
    // One document, correlated with every entry of this terminal's branch.
    let (first, second) = (world.entry_of(first), world.entry_of(second));
    assert_eq!((first.correlations.len(), second.correlations.len()), (1, 1));
    assert_eq!(first.state, EntryState::Completed);
    assert_eq!(second.initial.get("correlatedDclId"), Some(first.id.to_string().as_str()));
    assert_eq!((first.initial.get("branch"), second.initial.get("branch")), (Some("1"), Some("1")));
    let [document] = world.documents().try_into().expect("one document");
    let totals = document.totals;
    assert_eq!([totals.net(), totals.vat_amount(), totals.gross], [29_900, 7_176, 37_076].map(Cents));
    world.check();
}

#[test]
fn after_completion_nothing_more_is_told_and_the_reason_is_said() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    writes(&mut world, visit, brakes());
    world.pays(visit, &[card("370.76")]);
    world.leaves(visit);
    let tell = || Input::TellService { visit, category: Some(ServiceCategory::WithoutParts), amount: None };
    // Whether its completion is on its way or there.
    for _ in 0..2 {
        let said = world.act(tell());
        let Refusal::Registry(fault) = refused(&said) else { panic!("{said:?}") };
        assert_eq!(fault.code, 209);
        world.drain();
    }
    let entry = world.entry_of(visit);
    assert_eq!(entry.merged.get("providedServiceCategory"), Some("1"), "nothing was told after it");
    world.check();
}

#[test]
fn the_kind_of_work_follows_the_lines_until_a_person_says_otherwise() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(Input::StartService { visit });
    let labour = || line(WorkKind::Labour, "", 1_000, 4_500);
    let own = || line(WorkKind::OwnPart, "", 1_000, 1_000);
    let customers = || line(WorkKind::CustomersPart, "", 1_000, 0);
    let of = |world: &World| world.visit(visit).category.expect("told");
    for (lines, wanted) in [
        (vec![labour()], ServiceCategory::WithoutParts),
        (vec![labour(), customers()], ServiceCategory::WithCustomersParts),
        (vec![labour(), customers(), own()], ServiceCategory::WithParts),
        (vec![line(WorkKind::OutsideWork, "Τόρνος", 1_000, 3_000)], ServiceCategory::WithoutParts),
    ] {
        writes(&mut world, visit, lines);
        assert_eq!(of(&world), wanted);
    }
    let said = ServiceCategory::Other(Text::new("Φανοποιία και βαφή"));
    world.act(Input::TellService { visit, category: Some(said.clone()), amount: None });
    writes(&mut world, visit, vec![labour(), own()]);
    assert_eq!(of(&world), said, "a person's word stands");
    assert_eq!(category(&mut world, visit), "5");
    world.pays(visit, &[card("68.20")]);
    world.leaves(visit);
    world.drain();
    world.check();
    let in_words = GarageRules { parts_of_both: PartsOfBoth::InWords, ..garage().garage };
    let mut world = World::with(Settings { garage: in_words, ..garage() });
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(Input::StartService { visit });
    writes(&mut world, visit, vec![customers(), own()]);
    assert_eq!(category(&mut world, visit), "5");
}

#[test]
fn what_costs_more_than_agreed_takes_a_new_yes() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(described(visit));
    let pays =
        |euro: &str| Input::Pay { visit, tenders: vec![card(euro)], invoice_to: None, operator: person("A") };
    writes(&mut world, visit, brakes());
    estimates(&mut world, visit);
    estimates(&mut world, visit);
    let estimate = |world: &World| world.visit(visit).work.expect("an order").estimates;
    assert_eq!(estimate(&world).len(), 1, "the same lines are told once");
    assert_eq!(refused(&world.act(pays("370.76"))), &Refusal::EstimateNotApproved);
    assert_eq!(refused(&world.act(approves(2, visit))), &Refusal::EstimateChanged);
    world.act(approves(1, visit));
    assert_eq!(world.act(approves(1, visit)), [], "the second press is harmless");
    // Ten per cent of 370.76 may be added; 29.91 net are 37.09, one cent too much.
    let more = |cents| [brakes(), vec![line(WorkKind::OutsideWork, "Τόρνος", 1_000, cents)]].concat();
    assert_eq!(writes(&mut world, visit, more(2_990)), []);
    let beyond = Notice::ApprovalNeeded { agreed: Cents(37_076), total: Cents(40_785) };
    assert_eq!(writes(&mut world, visit, more(2_991)), [beyond]);
    let wanted = Refusal::MoreThanAgreed { agreed: Cents(37_076), total: Cents(40_785) };
    assert_eq!(refused(&world.act(pays("407.85"))), &wanted);
    estimates(&mut world, visit);
    assert_eq!(estimate(&world).iter().map(|estimate| estimate.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(refused(&world.act(pays("407.85"))), &wanted, "it was not agreed to yet");
    world.act(approves(2, visit));
    world.pass(5);
    let papers = world.papers();
    let paper = papers.iter().rfind(|paper| paper.contains("ΠΡΟΣΦΟΡΑ 2")).expect("the estimate on paper");
    for words in ["328,91", "78,94", "407,85", "2,50 x 45,00 χωρίς ΦΠΑ", "ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ"]
    {
        assert!(paper.contains(words), "{words} is missing in\n{paper}");
    }
    world.pays(visit, &[card("407.85")]);
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn an_order_is_written_with_care() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let bad = [
        (line(WorkKind::Labour, "", 0, 100), Refusal::Quantity),
        (line(WorkKind::Labour, "", -1_000, 100), Refusal::Quantity),
        (line(WorkKind::Labour, "", 1_001, 100), Refusal::Quantity),
        (line(WorkKind::Labour, "", 10_000_010, 100), Refusal::Quantity),
        (line(WorkKind::OwnPart, "", 1_000, -1), Refusal::Amount),
        (line(WorkKind::OwnPart, "", 10_000_000, 100_000_000), Refusal::Amount),
    ];
    for (line, wanted) in bad {
        assert_eq!(refused(&writes(&mut world, visit, vec![line])), &wanted);
    }
    let far = Dashboard { km: Some(2_000_001), fuel: None };
    let said =
        world.act(Input::Work(WorkInput::Describe { visit, complaint: String::new(), dashboard: far }));
    assert_eq!(refused(&said), &Refusal::Kilometres);
    assert_eq!(
        refused(&world.act(Input::Work(WorkInput::Estimate { visit, operator: person("A") }))),
        &Refusal::NoService
    );
    world.act(described(visit));
    writes(&mut world, visit, brakes());
    let awaits =
        |what: Option<&str>| Input::Work(WorkInput::AwaitParts { visit, what: what.map(str::to_owned) });
    assert_eq!(refused(&world.act(awaits(Some(" ")))), &Refusal::NameMissing);
    world.act(awaits(Some("Δίσκοι")));
    world.act(Input::Paper(PaperInput::Print { paper: Paper::WorkOrder { visit } }));
    world.pass(5);
    let papers = world.papers();
    let paper = papers.iter().rfind(|paper| paper.contains("ΕΝΤΟΛΗ ΕΡΓΑΣΙΑΣ")).expect("the order on paper");
    for words in ["Περιμένει ανταλλακτικά: Δίσκοι", "84310", "3/8", "τρίζουν", "2,50 ώρ.", "370,76"]
    {
        assert!(paper.contains(words), "{words} is missing in\n{paper}");
    }
    world.act(awaits(None));
    assert_eq!(world.visit(visit).work.expect("an order").parts_awaited, None);
    // The lines make the price: the list cannot overwrite it.
    let choice = tameio::app::input::ChooseService {
        visit,
        size: Size::Small,
        package: "SERVICE".to_owned(),
        extras: Vec::new(),
    };
    assert_eq!(refused(&world.act(Input::ChooseService(choice))), &Refusal::PricedByWorkOrder);
    world.pays(visit, &[card("370.76")]);
    assert_eq!(refused(&writes(&mut world, visit, Vec::new())), &Refusal::PriceFixed);
    world.leaves(visit);
    world.drain();
    world.check();
    let mut wash = World::wash();
    let visit = wash.comes("ΙΗΖ-4821", Size::Small);
    assert_eq!(refused(&writes(&mut wash, visit, brakes())), &Refusal::WorkOnlyAtGarages);
}

#[test]
fn when_it_can_be_fetched_is_said_once_and_said_again_when_it_is_later() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let now = world.site().now();
    let at = now.moved(5 * 3_600);
    let promise = |at| Input::Work(WorkInput::Promise { visit, at });
    let said = |world: &World| world.visit(visit).board.promised;
    world.act(promise(at));
    assert_eq!(said(&world), Some(at));
    let told = |world: &World| {
        world.events().iter().filter(|event| matches!(event, Event::VisitPromised { .. })).count()
    };
    assert_eq!(told(&world), 1);
    world.act(promise(at));
    assert_eq!(told(&world), 1, "a second press says nothing new");
    world.act(promise(at.moved(3_600)));
    assert_eq!(said(&world), Some(at.moved(3_600)));
    assert_eq!(refused(&world.act(promise(now))), &Refusal::PromisedPast);
    world.drain();
    world.check();
    let mut wash = World::wash();
    let visit = wash.comes("ΙΗΖ-4821", Size::Small);
    assert_eq!(
        refused(&wash.act(Input::Work(WorkInput::Promise { visit, at }))),
        &Refusal::WorkOnlyAtGarages
    );
}

#[test]
fn a_warranty_repair_keeps_its_order_and_has_no_document() {
    let mut world = World::with(garage());
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.act(described(visit));
    writes(&mut world, visit, brakes());
    world.act(Input::ChooseNoDocument {
        visit,
        reason: NoDocumentReason::Warranty,
        note: "Ελαττωματικά τακάκια".to_owned(),
        redo_of: None,
        by: with_chief(),
    });
    assert_eq!(category(&mut world, visit), "6");
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!((entry.merged.get("reasonNonIssueType"), entry.correlations.len()), (Some("3"), 0));
    assert!(world.documents().is_empty());
    world.check();
}

#[test]
fn the_next_service_is_kept_with_the_vehicle() {
    let mut world = World::with(garage());
    let plate = Plate::parse(&PlateEntry::Greek, "ΝΚΟ-9154").expect("a plate");
    let known = |world: &mut World| {
        let conn = world.site().terminal().store().connection();
        query::vehicle(conn, &plate).expect("it can be read").expect("it was here")
    };
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(described(visit));
    let due = |on: Option<&str>, km| NextService {
        on: on.map(|on| on.parse().expect("a date")),
        km,
        what: Text::new("Λάδια"),
        ..NextService::default()
    };
    for bad in [due(None, None), due(Some("2026-03-14"), None), due(None, Some(3_000_000))] {
        let said = world.act(Input::Work(WorkInput::NextService { visit, next: Some(bad) }));
        assert_eq!(refused(&said), &Refusal::NextService);
    }
    let next = due(Some("2027-03-14"), Some(99_000));
    world.act(Input::Work(WorkInput::NextService { visit, next: Some(next.clone()) }));
    writes(&mut world, visit, brakes());
    world.pays(visit, &[card("370.76")]);
    world.leaves(visit);
    world.drain();
    // It comes again, and is only looked at: what was due stays.
    world.pass(3_600);
    let again = world.comes("ΝΚΟ-9154", Size::Small);
    let dashboard = Dashboard { km: Some(84_500), fuel: None };
    world.act(Input::Work(WorkInput::Describe { visit: again, complaint: String::new(), dashboard }));
    let vehicle = known(&mut world);
    let km = vehicle.seen.map(|seen| seen.km);
    assert_eq!((km, vehicle.next_service, vehicle.visits), (Some(84_500), Some(next), 2));
    world.act(Input::Work(WorkInput::NextService { visit: again, next: None }));
    assert_eq!(known(&mut world).next_service, None);
    world.act(Input::CancelVisit { visit: again, reason: "έφυγε".to_owned(), by: with_chief() });
    world.drain();
    world.check();
}
