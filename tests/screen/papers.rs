//! What stands on papers: the owner adds words by the pad and by a keyboard, sees the paper as it is printed, saves it with the
//! owner's right, prints one to try, and takes it back with one touch. What the law asks for cannot be taken out.

use crate::pages::{check, save};
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::app::engine::compose;
use tameio::app::input::{By, Input, TemplateInput};
use tameio::domain::operator::OperatorId;
use tameio::domain::paper::Paper;
use tameio::domain::template::{Dots, Logo, TemplateKind, TemplateText};
use tameio::domain::text::Text;
use tameio::paper::picture::text;
use tameio::paper::template::shipped;
use tameio::view::generated::{Page, PaperStep, Papers, Shell};
use tameio_drivers::printer::Profile;

const SIZE: (u32, u32) = (1024, 768);

fn open(stage: &Stage) {
    stage.tap_all(&["rail-devices", "papers"]);
}

fn step(stage: &Stage) -> PaperStep {
    stage.app().global::<Papers>().get_step()
}

fn saved(stage: &Stage) -> Option<String> {
    stage.state(|state| state.templates.text(TemplateKind::Slip).map(ToString::to_string))
}

/// A line below the title that says "ΚΑΛΗΜΕΡΑ" and the plate.
fn greet(stage: &Stage) {
    open(stage);
    stage.tap_all(&["paper-slip", "paper-line-3", "paper-add-words"]);
    for letter in "ΚΑΛΗΜΕΡΑ".chars() {
        stage.tap(&format!("paper-{letter}"));
    }
    stage.tap_all(&["paper-space", "paper-field-plate", "paper-bold", "papers-back"]);
}

fn save_as_owner(stage: &Stage) {
    stage.tap("paper-save");
    stage.tap_all(&["approve-owner", "approve"]);
}

#[test]
fn the_owner_adds_words_and_takes_them_back_with_one_touch() {
    let stage = Stage::of(wash(), SIZE);
    greet(&stage);
    assert_eq!(step(&stage), PaperStep::Lines);
    assert!(stage.is_enabled("paper-save"));
    save_as_owner(&stage);
    let text = saved(&stage).expect("it was saved");
    assert!(text.contains("[title]\n(bold centre) ΚΑΛΗΜΕΡΑ {plate}\n"), "{text}");
    assert!(!stage.is_enabled("paper-save"), "nothing is left to be saved");
    // What was saved is what comes out of the printer.
    stage.tap_all(&["papers-back"]);
    stage.tap_all(&["paper-slip", "paper-take-back", "approve-owner", "approve"]);
    assert_eq!(saved(&stage), None, "the built-in paper stands again");
    let lines = stage.app().global::<Papers>().get_lines();
    assert!(lines.iter().all(|line| !line.text.contains("ΚΑΛΗΜΕΡΑ")));
    stage.tap_all(&["paper-take-back", "approve-owner", "approve"]);
    assert_eq!(saved(&stage), Some(text), "taken back twice, it is there again");
}

#[test]
fn nobody_but_the_owner_saves_and_nothing_is_lost_by_the_question() {
    let stage = Stage::of(wash(), SIZE);
    greet(&stage);
    stage.tap("paper-save");
    assert!(stage.element("approve-chief").is_none() && stage.element("approve-owner").is_some());
    assert_eq!(saved(&stage), None);
    assert!(stage.app().global::<Papers>().get_lines().iter().any(|line| line.text.contains("ΚΑΛΗΜΕΡΑ")));
}

#[test]
fn what_the_law_asks_for_stays() {
    let stage = Stage::of(wash(), SIZE);
    open(&stage);
    stage.tap_all(&["paper-slip", "paper-line-1"]);
    assert!(!stage.is_enabled("paper-remove"), "the business stands on every paper");
    // Moved below the title, it is told, and the template cannot be saved.
    stage.tap_all(&["paper-down", "paper-down"]);
    assert!(!stage.is_enabled("paper-save"));
    assert!(stage.element("paper-finding-0").is_some());
    assert!(!stage.app().global::<Papers>().get_has_picture());
    stage.tap_all(&["paper-up", "paper-up"]);
    assert!(stage.app().global::<Papers>().get_has_picture());
    // The notice is the owner's own: it may go, and come back among the parts.
    stage.tap_all(&["paper-line-11", "paper-remove", "paper-add-part", "paper-offer-notice"]);
    assert!(!stage.is_enabled("paper-save"), "it is as it was");
}

#[test]
fn a_real_keyboard_writes_too_and_a_field_goes_at_once() {
    let stage = Stage::of(wash(), SIZE);
    open(&stage);
    stage.tap_all(&["paper-slip", "paper-add-words"]);
    // Three keys and an editing key are a person, not a scan.
    for piece in ["Ευx\u{8}", "χαx\u{8}", "ρ,x\u{8}", " x\u{8}"] {
        stage.burst(piece);
    }
    stage.tap("paper-field-plate");
    let typed = |stage: &Stage| stage.app().global::<Papers>().get_typed().to_string();
    assert_eq!(typed(&stage), "Ευχαρ, {plate}", "small letters stay small");
    stage.tap("paper-erase");
    assert_eq!(typed(&stage), "Ευχαρ, ");
    stage.burst("\u{1b}");
    assert_eq!(step(&stage), PaperStep::Lines, "Escape is one step back");
}

#[test]
fn one_is_printed_to_try_and_says_that_it_is_worth_nothing() {
    let stage = Stage::of(wash(), SIZE);
    greet(&stage);
    stage.tap("paper-print");
    let sample = |stage: &Stage| {
        let is_sample = |paper: &Paper| matches!(paper, Paper::Sample { .. });
        stage.state(|state| state.papers.values().map(|job| job.paper.clone()).find(is_sample))
    };
    let paper = sample(&stage).expect("it is on its way");
    assert!(!stage.is_enabled("paper-print"), "a second press is the same wish");
    stage.pass(5);
    assert!(sample(&stage).is_none() && stage.is_enabled("paper-print"));
    let (site, profile) = (stage.site.borrow(), Profile::generic());
    let conn = site.terminal().store().connection();
    let sheet = compose(conn, site.terminal().settings(), &paper, profile.columns).expect("it can be read");
    let printed = text(&sheet.expect("there is a sheet"), &profile).expect("it can be printed");
    assert!(printed.contains("ΚΑΛΗΜΕΡΑ ΙΗΖ-4821") && printed.contains("ΧΩΡΙΣ ΑΞΙΑ"), "{printed}");
}

fn owner() -> By {
    let owner = OperatorId("owner".to_owned());
    By { operator: owner.clone(), approved_by: Some(owner) }
}

fn with_logo(stage: &Stage) {
    let ring = |width: u32| {
        let high = 96;
        let bytes: Vec<u8> =
            (0..width / 8 * high).map(|at| if (at / (width / 8)) % 8 < 4 { 0xF0 } else { 0x3C }).collect();
        use base64::Engine;
        Dots { width, height: high, data: base64::engine::general_purpose::STANDARD.encode(bytes) }
    };
    let logo = Logo { name: Text::new("sima.png"), wide: ring(320), narrow: ring(240) };
    let files = vec!["sima.png".to_owned(), "plyntirio-logo.png".to_owned()];
    stage.happen(Input::Template(TemplateInput::LogosFound { files }));
    stage.happen(Input::Template(TemplateInput::LogoRead { logo: Ok(Box::new(logo)), by: owner() }));
}

#[test]
fn the_pages_draw() {
    let kinds = |stage: &Stage| {
        let text = TemplateText::new(&format!("{}(centre) Ευχαριστούμε", shipped(TemplateKind::Ticket)));
        let input = TemplateInput::Save { kind: TemplateKind::Ticket, text: Some(text), by: owner() };
        stage.happen(Input::Template(input));
        open(stage);
    };
    check("papers", &wash(), kinds, &["paper-slip", "paper-deposit", "papers-back"]);
    let lines = |stage: &Stage| {
        with_logo(stage);
        greet(stage);
    };
    let keys = ["paper-save", "paper-print", "paper-write", "paper-logo", "paper-58"];
    check("papers-lines", &wash(), lines, &keys);
    let words = |stage: &Stage| {
        lines(stage);
        stage.tap("paper-write");
    };
    check("papers-words", &wash(), words, &["paper-typed", "paper-field-plate", "paper-bold"]);
    let faults = |stage: &Stage| {
        open(stage);
        stage.tap_all(&["paper-receipt", "paper-line-1", "paper-down", "paper-down", "paper-58"]);
    };
    check("papers-faults", &wash(), faults, &["paper-finding-0", "papers-back"]);
    let logos = |stage: &Stage| {
        with_logo(stage);
        open(stage);
        stage.tap_all(&["paper-receipt", "paper-logo"]);
        with_logo(stage);
    };
    check("papers-logo", &wash(), logos, &["paper-offer-sima.png", "paper-no-logo"]);
}

#[test]
fn every_step_has_one_way_out() {
    let stage = Stage::of(wash(), SIZE);
    open(&stage);
    for key in ["paper-add-words", "paper-logo", "paper-line-0"] {
        stage.tap_all(&["paper-ticket", key]);
        while step(&stage) != PaperStep::Kinds {
            stage.tap("papers-back");
        }
    }
    stage.tap("papers-back");
    assert_eq!(stage.app().global::<Shell>().get_page(), Page::Devices);
    save(&stage.picture(), "papers-left");
}
