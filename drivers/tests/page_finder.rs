//! The Greek page is found by looking at one test print.

use tameio_drivers::printer::greek::CodePage;
use tameio_drivers::printer::page_finder::PANGRAM;
use tameio_drivers::printer::profile::{Cutter, ImageCommand, PageSlot};
use tameio_drivers::printer::{
    Language, Model, PROFILE_NAMES, PageFinder, PaperReader, Profile, Sheet, encode,
};

use crate::profile;

#[path = "../generate/database.rs"]
mod database;

/// What the operator would answer: every numbered line of the paper that reads like the sentence on its page.
fn readable(finder: &PageFinder, printer: &Profile) -> Vec<usize> {
    let papers = PaperReader::read(printer, &finder.job().unwrap().bytes());
    assert_eq!(papers.len(), 1, "one test print");
    let text = papers[0].lines().join(" ");
    let starts: Vec<usize> = (1..=finder.candidates().len())
        .map(|number| text.find(&format!(" {number}) ")).unwrap_or_else(|| panic!("line {number}: {text}")))
        .collect();
    let end = text.find(" 0) ").unwrap_or_else(|| panic!("no end: {text}"));
    let parts = starts.iter().zip(starts.iter().skip(1).chain([&end]));
    parts
        .zip(finder.candidates())
        .enumerate()
        .filter(|(_, ((from, to), slot))| {
            let line = text[**from..**to].split_once(&format!("{}:{} ", slot.page.name(), slot.n)).unwrap().1;
            let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            words(line) == words(&PageFinder::sentence_on(slot.page))
        })
        .map(|(at, _)| at + 1)
        .collect()
}

#[test]
fn the_operators_answer_makes_the_profile_of_any_printer() {
    for name in PROFILE_NAMES {
        let printer = profile(name);
        // The till knows nothing of it but its language.
        let unknown = match printer.language {
            Language::Star => Profile { pages: Vec::new(), ..printer.clone() },
            Language::EscPos => {
                Profile { dots: printer.dots, columns: printer.columns, ..Profile::generic() }
            }
        };
        let finder = PageFinder::new(&unknown);
        let lines = readable(&finder, &printer);
        let pages: Vec<PageSlot> = lines.iter().map(|line| finder.candidates()[line - 1]).collect();
        assert_eq!(pages.len(), printer.pages.len(), "{name}: {pages:?}");
        assert!(pages.iter().all(|slot| printer.pages.contains(slot)), "{name}: {pages:?}");
        let Some(line) = lines.first() else { continue };
        let chosen = finder.chosen(*line).unwrap();
        let mut sheet = Sheet::new();
        sheet.line("Πλυντήριο Ψυχοφθόρας");
        let papers = PaperReader::read(&printer, &encode(&sheet, &chosen).unwrap().bytes());
        assert_eq!(papers[0].lines()[0], "Πλυντήριο Ψυχοφθόρας", "{name}");
        let letters = encode(&sheet, &chosen).unwrap().body.len();
        assert!(letters < 64, "{name}: {letters} bytes, not a picture");
    }
}

#[test]
fn the_picture_to_compare_with_reads_the_sentence() {
    let finder = PageFinder::new(&Profile::generic());
    let papers = PaperReader::read(&Profile::generic(), &finder.job().unwrap().bytes());
    let text = papers[0].lines().join(" ");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(PANGRAM), "{words}");
    assert!(papers[0].cut);
}

#[test]
fn an_answer_is_a_line_that_was_printed_or_none() {
    let finder = PageFinder::new(&profile("xprinter-80"));
    assert_eq!(finder.candidates()[0], PageSlot { page: CodePage::Windows1253, n: 7 }, "its own come first");
    assert_eq!(finder.setting(1).as_deref(), Some("greek=1253:7"));
    assert_eq!(finder.setting(0).as_deref(), Some("greek=none"));
    assert!(finder.chosen(0).unwrap().pages.is_empty());
    assert_eq!(finder.chosen(finder.candidates().len() + 1), None);
    let distinct = finder.candidates().iter().enumerate();
    assert!(distinct.into_iter().all(|(at, slot)| !finder.candidates()[..at].contains(slot)), "each once");
}

#[test]
fn a_page_without_a_letter_leaves_a_gap() {
    assert!(PageFinder::sentence_on(CodePage::Cp737).ends_with(" ϊϋ __ 12,50 _"));
    assert_eq!(PageFinder::sentence_on(CodePage::Windows1253), PANGRAM);
}

/// Every number of the reference's table by family.
#[test]
fn the_table_of_pages_is_whole() {
    use CodePage::{Cp737, Cp869, Cp928, Iso8859_7, Windows1253};
    type Row = (&'static str, &'static [(CodePage, u8)], u8);
    let table: [Row; 21] = [
        ("epson-80", &[(Cp737, 14), (Iso8859_7, 15), (Cp869, 38), (Windows1253, 47)], 19),
        ("TM-T88V", &[(Cp737, 14), (Iso8859_7, 15), (Cp869, 38), (Windows1253, 47)], 19),
        ("epson-old-80", &[], 19),
        ("bixolon-80", &[(Cp737, 29), (Iso8859_7, 38), (Windows1253, 24)], 19),
        ("SRP-S300", &[(Cp869, 38), (Windows1253, 47)], 19),
        ("bixolon-old-80", &[], 19),
        ("citizen-80", &[], 19),
        ("pos5890-58", &[(Cp737, 64), (Cp869, 66), (Windows1253, 90)], 19),
        ("NT-5890K", &[(Cp737, 64), (Cp869, 66), (Windows1253, 90)], 19),
        ("P822D", &[(Cp737, 64), (Cp869, 66), (Cp928, 67)], 19),
        ("pos8360-80", &[(Cp737, 24), (Cp869, 66), (Windows1253, 7)], 19),
        ("xprinter-80", &[(Cp737, 24), (Windows1253, 7)], 19),
        ("rongta-80", &[(Cp737, 24), (Iso8859_7, 41), (Windows1253, 17)], 19),
        ("sunmi-58", &[(Cp737, 14), (Iso8859_7, 15)], 19),
        ("RP-F10-80mm", &[(Cp737, 14), (Windows1253, 47)], 19),
        ("KR-306", &[(Cp737, 42), (Cp869, 44), (Cp928, 45)], 14),
        ("YHD-8390", &[(Cp737, 29), (Cp869, 27)], 14),
        ("TH230", &[(Cp737, 10)], 6),
        ("youku-58", &[(Cp737, 24)], 19),
        ("star-escpos-80", &[], 19),
        ("star-80", &[(Cp737, 15), (Cp869, 17), (Cp928, 18)], 4),
    ];
    for (name, pages, euro) in table {
        let profile = profile(name);
        assert_eq!(profile.pages.len(), pages.len(), "{name}");
        for (page, n) in pages {
            assert!(profile.pages.contains(&PageSlot { page: *page, n: *n }), "{name}: {}:{n}", page.name());
        }
        let stray = PageSlot { page: CodePage::Cp858, n: euro };
        assert_eq!(profile.stray_page, Some(stray), "{name}");
    }
    assert_eq!(profile("datecs-58").pages, [PageSlot { page: Windows1253, n: 16 }]);
}

#[test]
fn the_models_are_what_the_database_says() {
    let file = |name: &str| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
    };
    let made = database::generate(&file("data/escpos-printer-capabilities.json")).unwrap();
    assert_eq!(
        made,
        file("src/printer/database.rs"),
        "cargo run -p tameio-drivers --example printer_database"
    );
}

#[test]
fn every_model_prints_its_greek() {
    assert!(Model::all().len() > 40);
    for model in Model::all() {
        let profile = profile(model.id);
        assert!(profile.columns * 12 <= profile.dots && profile.columns >= 30, "{}", model.id);
        assert!(profile.columns_small * 9 <= profile.dots, "{}", model.id);
        let mut sheet = Sheet::new();
        sheet.line("Ξεσκεπάζω 漢").line("Αθήνα").cut();
        let papers = PaperReader::read(&profile, &encode(&sheet, &profile).unwrap().bytes());
        assert!(papers[0].text().contains("Αθήνα") && papers[0].text().contains("Ξεσκεπάζω"), "{}", model.id);
        assert_eq!(papers[0].cut, profile.cutter != Cutter::None, "{}", model.id);
    }
    assert_eq!(profile("TM-U220").image, ImageCommand::Columns, "an impact printer");
    assert_eq!(profile("TSP600").language, Language::Star);
    assert!(Profile::named("AF-240").is_none(), "a display is no printer");
}
