//! Signatures on the glass: kept as they were drawn, under exactly what stood there, and printed; and what is changed afterwards
//! is not signed.

use crate::world::{World, person};
use tameio::app::effect::Notice;
use tameio::app::input::{
    Input, OpenVisit, PaperInput, RentalInput, SignatureInput, WantedHandOver, WantedReturn, WorkInput,
};
use tameio::app::refusal::{Refusal, SignatureRefusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::ids::VisitId;
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::paper::Paper;
use tameio::domain::sale::PriceBasis;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::signature::{Matter, NoSignature, Point, Stroke};
use tameio::domain::text::Name;
use tameio::domain::work::{ApprovalWay, WantedLine, WorkKind};

fn shop(trade: Trade) -> Settings {
    Config::practice(trade).expect("practice is good").settings
}

fn drawn() -> Vec<Stroke> {
    let points = (0..20_u16).map(|at| Point(300 + at * 100, 300 + at % 2 * 200)).collect();
    vec![Stroke(points), Stroke(vec![Point(2_500, 700)])]
}

fn signs(visit: VisitId, matter: Matter, strokes: Vec<Stroke>) -> Input {
    let name = "John Smith".to_owned();
    Input::Signature(SignatureInput::Sign { visit, matter, name, strokes, operator: person("A") })
}

fn refused(said: &[Notice]) -> &Refusal {
    match said {
        [Notice::Refused(refusal)] => refusal,
        other => panic!("{other:?}"),
    }
}

fn hands_over(visit: VisitId, km: u32) -> Input {
    let wanted = WantedHandOver {
        driver: "John Smith".to_owned(),
        licence: "SMITH-901".to_owned(),
        licence_until: "2030-01-31".parse().ok(),
        days: 3,
        dashboard: Dashboard { km: Some(km), fuel: Eighths::new(8) },
        ..WantedHandOver::default()
    };
    Input::Rental(RentalInput::HandOver { visit, wanted: Box::new(wanted), operator: person("A") })
}

/// A rental vehicle that was handed over.
fn away(world: &mut World) -> VisitId {
    let visit = world.opens(OpenVisit::new("ΥΖΒ-3307", Size::Small, person("A")));
    assert_eq!(world.act(hands_over(visit, 12_000)), []);
    visit
}

/// The last paper with a title, printed anew as things stand.
fn reprinted(world: &mut World, paper: Paper, title: &str) -> String {
    world.pass(10);
    world.act(Input::Paper(PaperInput::Print { paper }));
    world.pass(10);
    let papers = world.papers();
    papers.into_iter().rfind(|paper| paper.contains(title)).unwrap_or_else(|| panic!("no {title}"))
}

#[test]
fn a_driver_signs_what_was_agreed_and_what_is_put_right_after_is_not_signed() {
    let mut world = World::with(shop(Trade::Rental));
    let visit = away(&mut world);
    let title = "ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ";
    let unsigned = reprinted(&mut world, Paper::HandOver { visit }, title);
    assert!(unsigned.contains("Υπογραφή οδηγού ...."), "{unsigned}");
    assert_eq!(world.act(signs(visit, Matter::HandOver, drawn())), []);
    let signing = world.visit(visit).signing(Matter::HandOver).cloned().expect("it is signed");
    assert_eq!(signing.strokes(), Some(drawn().as_slice()), "as it was drawn");
    let signed = reprinted(&mut world, Paper::HandOver { visit }, title);
    assert!(signed.contains("Υπέγραψε στην οθόνη") && signed.contains(&signing.sha256[..16]), "{signed}");
    assert!(!signed.contains("...."), "{signed}");
    // Another kilometre is another text.
    assert_eq!(world.act(hands_over(visit, 12_001)), []);
    let after = world.visit(visit);
    assert_eq!(after.signing(Matter::HandOver), None);
    assert!(after.is_signed_before_a_change(Matter::HandOver));
    let changed = reprinted(&mut world, Paper::HandOver { visit }, title);
    assert!(changed.contains("πριν από την τελευταία διόρθωση"), "{changed}");
    // Back as it was, it is what was signed.
    assert_eq!(world.act(hands_over(visit, 12_000)), []);
    assert_eq!(world.visit(visit).signing(Matter::HandOver), Some(&signing));
    world.drain();
    world.check();
}

#[test]
fn whoever_does_not_sign_is_written_down_with_the_reason_and_may_sign_after_all() {
    let mut world = World::with(shop(Trade::Rental));
    let visit = away(&mut world);
    let decline = |reason: &str| {
        let (matter, operator) = (Matter::HandOver, person("A"));
        Input::Signature(SignatureInput::Decline { visit, matter, reason: reason.to_owned(), operator })
    };
    assert_eq!(refused(&world.act(decline(" "))), &Refusal::ReasonMissing);
    assert_eq!(world.act(decline("βιάζεται")), []);
    let paper = reprinted(&mut world, Paper::HandOver { visit }, "ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ");
    assert!(paper.contains("Δεν υπέγραψε") && paper.contains("βιάζεται"), "{paper}");
    assert_eq!(world.act(signs(visit, Matter::HandOver, drawn())), []);
    assert!(world.visit(visit).signing(Matter::HandOver).is_some_and(|signing| signing.strokes().is_some()));
    // Both returns and hand-overs are signed, each by itself.
    let nothing = Refusal::Signature(SignatureRefusal::NothingToSign);
    assert_eq!(refused(&world.act(signs(visit, Matter::Return, drawn()))), &nothing);
    let dashboard = Dashboard { km: Some(12_400), fuel: Eighths::new(8) };
    let wanted = Box::new(WantedReturn { dashboard, ..WantedReturn::default() });
    world.act(Input::Rental(RentalInput::TakeBack { visit, wanted, operator: person("A") }));
    assert_eq!(world.act(signs(visit, Matter::Return, drawn())), []);
    assert!(world.visit(visit).signing(Matter::Return).is_some());
    world.drain();
    world.check();
}

#[test]
fn a_slip_of_the_finger_nobody_and_nothing_are_refused() {
    let mut world = World::with(shop(Trade::Rental));
    let visit = away(&mut world);
    let dot = vec![Stroke(vec![Point(5, 5); 3])];
    let little = Refusal::Signature(SignatureRefusal::NoSignature(NoSignature::TooLittle));
    assert_eq!(refused(&world.act(signs(visit, Matter::HandOver, dot))), &little);
    let nobody = Input::Signature(SignatureInput::Sign {
        visit,
        matter: Matter::HandOver,
        name: " ".to_owned(),
        strokes: drawn(),
        operator: person("A"),
    });
    assert_eq!(refused(&world.act(nobody)), &Refusal::NameMissing);
    let estimate = signs(visit, Matter::Estimate { version: 1 }, drawn());
    assert_eq!(refused(&world.act(estimate)), &Refusal::Signature(SignatureRefusal::NothingToSign));
    assert!(world.visit(visit).signings.is_empty());
    world.drain();
    world.check();
}

#[test]
fn a_signature_under_an_estimate_is_the_customers_yes() {
    let mut world = World::with(shop(Trade::Garage));
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let write = |cents: i64| {
        let line = WantedLine {
            kind: WorkKind::OwnPart,
            code: String::new(),
            name: Name::new("Τακάκια", "Pads"),
            quantity: Quantity::ONE,
            unit_price: Cents(cents),
            basis: PriceBasis::WithoutVat,
        };
        Input::Work(WorkInput::Write { visit, lines: vec![line] })
    };
    world.act(write(6_490));
    world.act(Input::Work(WorkInput::Estimate { visit, operator: person("A") }));
    // The lines changed since it was told: nobody signs what is not there any more.
    world.act(write(7_490));
    let version = |version| Matter::Estimate { version };
    assert_eq!(refused(&world.act(signs(visit, version(1), drawn()))), &Refusal::EstimateChanged);
    world.act(Input::Work(WorkInput::Estimate { visit, operator: person("A") }));
    assert_eq!(refused(&world.act(signs(visit, version(1), drawn()))), &Refusal::EstimateChanged);
    assert_eq!(world.act(signs(visit, version(2), drawn())), []);
    let work = world.visit(visit).work.expect("an order");
    let approval = work.estimate(2).and_then(|estimate| estimate.approved.clone()).expect("it is agreed to");
    assert_eq!((approval.name.as_str(), approval.way), ("John Smith", ApprovalWay::InPerson));
    assert!(work.estimate(1).is_some_and(|estimate| estimate.approved.is_none()));
    let paper = reprinted(&mut world, Paper::Estimate { visit, version: 2 }, "ΠΡΟΣΦΟΡΑ 2");
    assert!(paper.contains("Υπέγραψε στην οθόνη") && paper.contains("Αλλαγές από την προσφορά 1"), "{paper}");
    world.drain();
    world.check();
}
