//! Templates: what is wrong with one is told with its line, what is right is printed, and nothing anybody writes loses a part the
//! law asks for.

use super::{NOTICE, check_absent, document, mark, settings, stamp, visit};
use proptest::prelude::*;
use tameio::domain::event::Event;
use tameio::domain::operator::OperatorId;
use tameio::domain::settings::Settings;
use tameio::domain::template::{Logo, TemplateKind, TemplateText, Templates};
use tameio::domain::text::{Language, Text};
use tameio::paper::picture::text;
use tameio::paper::sample::Sample;
use tameio::paper::template::logo::dots;
use tameio::paper::template::{Press, What, check, parts, shipped};
use tameio::paper::{Facts, sheet};
use tameio_drivers::printer::{Bitmap, Item, Profile};

fn saved(kind: TemplateKind, text: &str) -> Templates {
    let mut templates = Templates::default();
    let operator = OperatorId("owner".to_owned());
    let event = Event::TemplateSaved { kind, text: Some(TemplateText::new(text)), operator };
    templates.fold(&event, stamp().moved(-60));
    templates
}

/// A paper of a sample with a template of one's own, as its lines come out of the printer.
#[track_caller]
fn made(kind: TemplateKind, template: &str, profile: &str) -> String {
    let settings = settings();
    let checked = check(&settings, kind, template);
    let template = checked.template.unwrap_or_else(|| panic!("{:?}", checked.findings));
    let (profile, sample) = (Profile::named(profile).unwrap(), Sample::of(&settings, kind).unwrap());
    let press = Press::draft(&settings, &template, None);
    text(&sheet(press, sample.facts().unwrap(), profile.columns), &profile).unwrap()
}

/// What is wrong with a template, by line.
fn faults(kind: TemplateKind, template: &str) -> Vec<(usize, What)> {
    let findings = check(&settings(), kind, template).findings.into_iter();
    findings.map(|finding| (finding.line, finding.what)).collect()
}

#[test]
fn shipped_templates_have_no_fault_and_a_sample_each() {
    for kind in TemplateKind::ALL {
        assert_eq!(faults(kind, shipped(kind)), [], "{kind:?}");
        let sample = Sample::of(&settings(), kind).expect("there is a sample");
        assert!(sample.facts().is_some(), "{kind:?}");
        assert_eq!(TemplateKind::of_word(kind.word()), Some(kind));
        for part in parts(kind) {
            assert!(
                shipped(kind).contains(&format!("[{}]", part.name)),
                "{kind:?} ships without {}",
                part.name
            );
        }
    }
}

#[test]
fn lines_of_ones_own_stand_where_they_were_put() {
    let template = shipped(TemplateKind::Slip)
        .replace("[title]", "(centre bold) Καλώς ήρθατε, {plate}\n[title]")
        .replace("[notice]", "Έκδοση {date} {time} | {number}\n\n(centre large) Ευχαριστούμε");
    let paper = made(TemplateKind::Slip, &template, "epson-80");
    let at = |words: &str| paper.find(words).unwrap_or_else(|| panic!("{words} is missing in\n{paper}"));
    assert!(at("Καλώς ήρθατε, ΙΗΖ-4821") < at("ΣΗΜΕΙΩΜΑ ΠΛΗΡΩΜΗΣ"));
    let row = paper.lines().find(|line| line.starts_with("Έκδοση")).unwrap();
    assert_eq!(row, "Έκδοση 05/10/2026 18:42              7K3Q-000123");
    assert!(at("NOT A LEGAL RECEIPT") < at("Ευχαριστούμε"));
}

#[test]
fn conditions_decide_whether_a_line_stands() {
    let body = shipped(TemplateKind::Ticket);
    for (line, stands) in [
        ("(if plate) Α1", true),
        ("(unless plate) Α1", false),
        ("(until 5/10/2026) Α1", true),
        ("(until 4/10/2026) Α1", false),
        ("(from 2026-10-05) Α1", true),
        ("(from 6/10/2026) Α1", false),
        ("(if hours) Α1", false),
        ("Α1 {hours}", false),
        ("Α1 {hours} {plate}", true),
        ("# Α1", false),
        (r"\[Α1\]", true),
    ] {
        let paper = made(TemplateKind::Ticket, &format!("{body}{line}"), "epson-58");
        assert_eq!(paper.contains("Α1"), stands, "{line}");
    }
}

#[test]
fn every_fault_is_told_with_its_line_and_the_nearest_name() {
    let known = |name: &str| Some(name.to_owned());
    let template = "[sller]\n[title]\n[title]\n{plat} {xyzzyxyz}\n(bod) α\n(until soon) α\n{plate";
    let found = faults(TemplateKind::Receipt, template);
    let expected = [
        (1, What::UnknownPart { name: "sller".to_owned(), nearest: known("seller") }),
        (3, What::Twice { part: "title" }),
        (4, What::UnknownField { name: "plat".to_owned(), nearest: known("plate") }),
        (4, What::UnknownField { name: "xyzzyxyz".to_owned(), nearest: None }),
        (5, What::UnknownWord { word: "bod".to_owned(), nearest: known("bold") }),
        (6, What::NoDay { text: "soon".to_owned() }),
        (7, What::NotClosed),
    ];
    assert_eq!(found[..expected.len()], expected);
    let missing: Vec<_> = found[expected.len()..].iter().map(|(line, what)| (*line, what.clone())).collect();
    let missed =
        ["seller", "particulars", "lines", "total", "origin"].map(|part| (0, What::Missing { part }));
    assert_eq!(missing, missed);
    let backwards = "[seller]\n[particulars]\n[title]\n[lines]\n[total]\n[origin]";
    let order = What::OutOfOrder { part: "particulars", after: "title" };
    assert_eq!(faults(TemplateKind::Receipt, backwards), [(3, order)]);
    for (_, what) in found {
        assert!(!what.sentence(Language::El).is_empty() && !what.sentence(Language::En).is_empty());
    }
}

#[test]
fn a_line_that_is_too_wide_is_told_by_how_much_and_printed_on_two() {
    let body = shipped(TemplateKind::Slip);
    let template = format!("{}\n{body}", "α".repeat(40));
    assert_eq!(faults(TemplateKind::Slip, &template), [(1, What::TooWide { mm: 58, by: 8 })]);
    let wide = format!("(wide) {}\n{body}", "α".repeat(25));
    let both = [(1, What::TooWide { mm: 58, by: 9 }), (1, What::TooWide { mm: 80, by: 1 })];
    assert_eq!(faults(TemplateKind::Slip, &wide), both);
    let small = format!("(small) {}\n{body}", "α".repeat(42));
    assert_eq!(faults(TemplateKind::Slip, &small), []);
    // A row counts both sides and the space between; a plate has eight characters.
    let row = format!("{} | {{plate}}\n{body}", "α".repeat(24));
    assert_eq!(faults(TemplateKind::Slip, &row), [(1, What::TooWide { mm: 58, by: 1 })]);
    assert_eq!(
        made(TemplateKind::Slip, &template, "epson-58").matches('α').count() % 40,
        made(TemplateKind::Slip, body, "epson-58").matches('α').count() % 40
    );
}

#[test]
fn nobody_writes_the_laws_own_words() {
    for (line, reserved) in [
        ("Απόδειξη παροχής υπηρεσιών", true),
        ("(centre large) ΤΙΜΟΛΟΓΙΟ   ΠΩΛΗΣΗΣ", true),
        ("This is a legal receipt", true),
        ("Ζητήστε την απόδειξή σας", false),
    ] {
        let template = format!("{line}\n{}", shipped(TemplateKind::Slip));
        let found = faults(TemplateKind::Slip, &template);
        let is_reserved = found.iter().any(|(at, what)| *at == 1 && matches!(what, What::Reserved { .. }));
        assert_eq!(is_reserved, reserved, "{line}");
    }
    let long = format!("(qr) {}\n{}", "x".repeat(201), shipped(TemplateKind::Slip));
    assert_eq!(faults(TemplateKind::Slip, &long), [(1, What::QrTooLong { characters: 201 })]);
}

#[test]
fn a_broken_template_gives_way_to_the_built_in_paper() {
    let settings = settings();
    let (document, templates) = (document(mark()), saved(TemplateKind::Receipt, "[title]\nμόνο αυτό"));
    let facts = Facts::Receipt { document: &document, copy: 0 };
    let own = sheet(Press::saved(&settings, &templates), facts, 48);
    assert_eq!(own, sheet(&settings, facts, 48));
}

#[test]
fn a_copy_looks_like_its_original_whatever_was_saved_since() {
    let settings = settings();
    let body = shipped(TemplateKind::Receipt);
    let mut templates = saved(TemplateKind::Receipt, &format!("{body}πρώτη έκδοση"));
    let later = Event::TemplateSaved {
        kind: TemplateKind::Receipt,
        text: Some(TemplateText::new(&format!("{body}δεύτερη έκδοση"))),
        operator: OperatorId("owner".to_owned()),
    };
    templates.fold(&later, stamp().moved(60));
    let document = document(mark());
    let printed = |copy| {
        let facts = Facts::Receipt { document: &document, copy };
        let profile = Profile::named("epson-80").unwrap();
        text(&sheet(Press::saved(&settings, &templates), facts, 48), &profile).unwrap()
    };
    let (original, copy) = (printed(0), printed(1));
    assert!(original.contains("πρώτη έκδοση") && !original.contains("δεύτερη"));
    assert!(copy.contains("ΑΝΤΙΓΡΑΦΟ 1") && copy.contains("πρώτη έκδοση"));
    assert_eq!(templates.last(TemplateKind::Receipt).unwrap().number, 2);
    assert_eq!(
        templates.before(TemplateKind::Receipt),
        Some(&TemplateText::new(&format!("{body}πρώτη έκδοση")))
    );
}

#[test]
fn the_logo_stands_where_the_template_has_it_at_both_widths() {
    let picture = |width| Bitmap::dithered(width, 80, &vec![90; width * 80]);
    let (wide, narrow) = (dots(&picture(512)), dots(&picture(384)));
    let logo = Logo { name: Text::new("a.png"), wide, narrow };
    let mut templates = Templates::default();
    let operator = OperatorId("owner".to_owned());
    let event = Event::LogoChosen { logo: Some(Box::new(logo)), operator: operator.clone() };
    templates.fold(&event, stamp().moved(-60));
    templates.fold(&Event::LogoChosen { logo: None, operator }, stamp().moved(60));
    let (settings, visit) = (settings(), visit());
    for (columns, width) in [(32, 384), (42, 512), (48, 512)] {
        let sheet = sheet(Press::saved(&settings, &templates), Facts::Ticket(&visit), columns);
        let Some(Item::Logo(logo)) = sheet.items.first() else { panic!("no logo at {columns}") };
        assert_eq!(logo.picture().width(), width);
    }
    assert!(templates.logo().is_none(), "it was taken off since");
}

#[test]
fn a_logo_is_made_of_any_png_and_of_nothing_else() {
    use tameio_drivers::printer::logo_file::{LogoFault, read};
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1_000, 500);
    encoder.set_color(png::ColorType::Rgba);
    let half: Vec<u8> =
        (0..500_000).flat_map(|dot| if dot % 1_000 < 500 { [0, 0, 0, 255] } else { [0; 4] }).collect();
    encoder.write_header().unwrap().write_image_data(&half).unwrap();
    let logo = read(&bytes, 384, 240).unwrap();
    assert_eq!((logo.width(), logo.height()), (384, 192));
    assert!(logo.black(10, 100), "what is black is black");
    assert!(!logo.black(300, 100), "what is transparent is paper");
    let high = read(&bytes, 512, 100).unwrap();
    assert_eq!((high.width(), high.height()), (200, 100));
    assert!(matches!(read(&bytes[..200], 384, 240), Err(LogoFault::NotPng(_))));
    assert!(matches!(read(b"hello", 384, 240), Err(LogoFault::NotPng(_))));
}

proptest! {
    /// Whatever is written, and however the parts are shuffled: no panic, and what can be printed has every part the law asks for.
    #[test]
    fn nothing_anybody_writes_loses_a_lawful_part(
        lines in prop::collection::vec(prop_oneof![
            any::<String>(),
            prop::sample::select(shipped(TemplateKind::Slip).lines().map(str::to_owned).collect::<Vec<_>>()),
            prop::sample::select(vec!["(qr) {plate}", "(small right) {total} | {x", "\\", "(if", "|", "[]"])
                .prop_map(str::to_owned),
        ], 0..24),
        whole in any::<bool>(),
    ) {
        let mut text = lines.join("\n");
        if whole {
            text = format!("{}\n{}", shipped(TemplateKind::Slip), lines.into_iter().filter(|line| !line.starts_with('[')).collect::<Vec<_>>().join("\n"));
        }
        let settings = Settings { notice: Text::default(), ..settings() };
        let templates = saved(TemplateKind::Slip, &text);
        let document = document(None);
        let profile = Profile::named("epson-58").unwrap();
        let facts = Facts::Slip { document: &document, copy: 1 };
        let sheet = sheet(Press::saved(&settings, &templates), facts, profile.columns);
        let said: Vec<&str> = sheet.items.iter().filter_map(|item| match item {
            Item::Line(line) => Some(line.text.as_str()),
            _ => None,
        }).collect();
        let said = said.join(" ");
        for words in ["Πλυντήριο Παράδειγμα", "ΑΝΤΙΓΡΑΦΟ 1", "ΙΗΖ-4821", "34,55 €", NOTICE[0], NOTICE[1]] {
            prop_assert!(super::flowing(&said).contains(words), "{words:?} is missing");
        }
    }
}

#[test]
fn english_and_greek_have_a_sentence_for_every_kind() {
    for kind in TemplateKind::ALL {
        let words = tameio::paper::template::words(kind);
        check_absent(words.0, &[words.1]);
    }
}
