//! The owner arranges a paper: what comes out of the printer from then on, who may do it, what is refused, and what a template of
//! another version of the program does.

use crate::world::{World, alone, cash, person, with_chief};
use tameio::app::effect::{Effect, Notice};
use tameio::app::input::{By, Input, Stamped, TemplateInput};
use tameio::app::refusal::{Refusal, TemplateRefusal};
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::event::Event;
use tameio::domain::operator::Right;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::template::{TemplateKind, TemplateText};
use tameio::paper::template::{What, shipped};
use tameio::store::Store;

const KIND: TemplateKind = TemplateKind::Slip;

fn owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

fn with(words: &str) -> Option<TemplateText> {
    Some(TemplateText::new(&format!("{}\n{words}", shipped(KIND))))
}

fn save(text: Option<TemplateText>, by: By) -> Input {
    Input::Template(TemplateInput::Save { kind: KIND, text, by })
}

/// The slip of one more sale.
fn slip(world: &mut World, plate: &str) -> String {
    let visit = world.comes(plate, Size::Small);
    world.takes(visit, "EXT");
    world.pays(visit, &[cash("8.00")]);
    world.pass(5);
    world.papers().into_iter().rev().find(|paper| paper.contains("ΣΗΜΕΙΩΜΑ ΠΛΗΡΩΜΗΣ")).expect("a slip")
}

fn refused(refusal: TemplateRefusal) -> Vec<Notice> {
    vec![Notice::Refused(Refusal::Template(refusal))]
}

#[test]
fn what_is_saved_is_printed_until_it_is_taken_back_with_one_touch() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { issuer: IssuerKind::TypedFim, ..settings });
    assert!(!slip(&mut world, "ΙΗΖ-4821").contains("Καλό ταξίδι"));
    assert_eq!(world.act(save(with("Καλό ταξίδι, {plate}"), owner())), []);
    assert!(slip(&mut world, "ΥΖΒ-3307").contains("Καλό ταξίδι, ΥΖΒ-3307"));
    // It is in the tables: after a crash it is still there.
    world.crash();
    assert!(slip(&mut world, "ΝΚΟ-9154").contains("Καλό ταξίδι, ΝΚΟ-9154"));
    let back = Input::Template(TemplateInput::TakeBack { kind: KIND, by: owner() });
    assert_eq!(world.act(back.clone()), []);
    assert!(!slip(&mut world, "ΖΜΥ-2211").contains("Καλό ταξίδι"));
    assert_eq!(world.act(back), []);
    assert!(slip(&mut world, "ΟΤΜ-1776").contains("Καλό ταξίδι"), "taken back twice");
    let versions = world.site().state().templates.last(KIND).unwrap().number;
    assert_eq!(versions, 3);
    world.check();
}

#[test]
fn only_the_owner_arranges_and_a_fault_is_never_saved() {
    let mut world = World::wash();
    assert_eq!(world.act(save(with("α"), alone())), [Notice::NeedsRight(Right::ArrangePapers)]);
    assert_eq!(world.act(save(with("α"), with_chief())), [Notice::NeedsRight(Right::ArrangePapers)]);
    let told = world.act(save(Some(TemplateText::new("[title]")), owner()));
    let [Notice::Refused(Refusal::Template(TemplateRefusal::Fault(fault)))] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(fault.what, What::Missing { part: "shop" });
    assert_eq!(world.act(save(None, owner())), refused(TemplateRefusal::NoChange));
    let built_in = Some(TemplateText::new(shipped(KIND)));
    assert_eq!(
        world.act(save(built_in, owner())),
        refused(TemplateRefusal::NoChange),
        "it is the built-in one"
    );
    let back = Input::Template(TemplateInput::TakeBack { kind: KIND, by: owner() });
    assert_eq!(world.act(back), refused(TemplateRefusal::NothingToTakeBack));
    let logo = TemplateInput::ChooseLogo { file: Some("../../etc/passwd".to_owned()), by: owner() };
    assert_eq!(world.act(Input::Template(logo)), refused(TemplateRefusal::NoSuchLogo));
    assert!(!world.events().iter().any(|event| matches!(event, Event::TemplateSaved { .. })));
}

#[test]
fn a_template_of_another_version_gives_way_and_it_is_said() {
    let mut world = World::wash();
    let terminal = world.site().terminal().settings().terminal.clone();
    let now = world.site().now();
    // Written as a program would that knows a part this one does not.
    let fresh = tempfile::tempdir().unwrap();
    let mut store = Store::open(fresh.path(), &terminal).unwrap();
    let text = Some(TemplateText::new("[hologram]"));
    store.commit(now, &[Event::TemplateSaved { kind: KIND, text, operator: person("owner") }], &[]).unwrap();
    let settings = world.site().terminal().settings().clone();
    let mut terminal = Terminal::new(settings, store).unwrap();
    let started = Stamped { at: now, chance: 1, input: Input::Started { version: "1".to_owned() } };
    let effects = terminal.step(&started).unwrap();
    let told = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Tell(Notice::TemplateBroken { kind: KIND, .. })));
    assert!(told, "{effects:?}");
}
