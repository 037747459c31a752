//! Every page says what it is for: two sentences and a picture of the way, in both languages; one touch there, one back.

use crate::pages::check;
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use std::collections::BTreeSet;
use tameio::view::generated::{HelpWords, Language, Page, Sheet, Shell};

const PAGES: [Page; 43] = [
    Page::Lane,
    Page::Arrival,
    Page::Visit,
    Page::Details,
    Page::Ask,
    Page::Pay,
    Page::StayCase,
    Page::Tariff,
    Page::TariffEdit,
    Page::Done,
    Page::Find,
    Page::Exceptions,
    Page::Inside,
    Page::Documents,
    Page::Group,
    Page::Shift,
    Page::Movement,
    Page::Count,
    Page::Day,
    Page::Devices,
    Page::Device,
    Page::Receipts,
    Page::Refund,
    Page::Control,
    Page::Orders,
    Page::Order,
    Page::Board,
    Page::Deposit,
    Page::Deposits,
    Page::Papers,
    Page::Subscribers,
    Page::Door,
    Page::Listed,
    Page::Merchants,
    Page::Validate,
    Page::Work,
    Page::Due,
    Page::Signature,
    Page::Fleet,
    Page::Lease,
    Page::Accounts,
    Page::Photos,
    Page::Packs,
];

/// The names of pages in `ui/state.slint`: whoever adds one writes its help too.
fn pages() -> Vec<String> {
    let state = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/state.slint");
    let text = std::fs::read_to_string(state).expect("it can be read");
    let body =
        text.split_once("export enum Page {").and_then(|(_, rest)| rest.split_once('}')).expect("pages");
    body.0.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn every_page_has_its_help_in_both_languages() {
    let words = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/i18n-help.slint");
    let words = std::fs::read_to_string(words).expect("it can be read");
    for page in pages() {
        let times = words.matches(&format!("page == Page.{page} ")).count();
        assert_eq!(times, 4, "{page} needs a title, two sentences and a way in ui/i18n-help.slint");
    }
}

#[test]
fn no_help_is_empty_and_none_is_anothers() {
    let stage = Stage::of(wash(), (1024, 768));
    let help = stage.app().global::<HelpWords>();
    let mut said = BTreeSet::new();
    for language in [Language::Greek, Language::English] {
        stage.app().global::<Shell>().invoke_choose_language(language);
        for page in PAGES {
            let sentences = [help.invoke_first(page), help.invoke_second(page)];
            for sentence in sentences {
                let greek = sentence.chars().any(|c| ('\u{370}'..'\u{400}').contains(&c));
                assert_eq!(greek, language == Language::Greek, "{page:?}: {sentence}");
                assert!(said.insert(sentence.to_string()), "{page:?} says what another says: {sentence}");
            }
            assert!(!help.invoke_title(page).is_empty());
            let way = help.invoke_way(page);
            assert!((3..=4).contains(&way.row_count()), "{page:?}");
            assert!(way.iter().all(|step| step.icon.size().width > 0 && !step.word.is_empty()), "{page:?}");
        }
    }
}

#[test]
fn one_touch_there_and_one_back_from_wherever_one_is() {
    let stage = Stage::of(wash(), (1024, 768));
    let shell = stage.app().global::<Shell>();
    for from in ["rail-lane", "rail-find", "rail-exceptions", "rail-documents", "rail-shift", "rail-devices"]
    {
        stage.tap(from);
        let page = shell.get_page();
        stage.tap("help");
        assert!(stage.element("help-first").is_some(), "{from}");
        stage.tap("help-sheet-close");
        assert_eq!((shell.get_page(), shell.get_sheet()), (page, Sheet::None));
    }
    // The next vehicle does not wait: a scan closes it.
    stage.tap("help");
    stage.burst("IHZ4821\n");
    assert_eq!((shell.get_page(), shell.get_sheet()), (Page::Lane, Sheet::None));
}

#[test]
fn the_help_draws() {
    let open = |stage: &Stage| stage.tap("help");
    check("help-lane", &wash(), open, &["help-sheet-close"]);
    let papers = |stage: &Stage| stage.tap_all(&["rail-devices", "papers", "help"]);
    check("help-papers", &wash(), papers, &["help-sheet-close"]);
}
