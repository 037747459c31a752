//! No sentence of the screen is without its Greek, and none stands in the file that the screen no longer says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui")
}

fn slint_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the screen").flatten() {
        let path = entry.path();
        if path.is_dir() {
            slint_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "slint") {
            found.push(path);
        }
    }
}

/// The text between the quotes a string begins with, as it is written.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let body = text.trim_start().strip_prefix('"')?;
    let end = body.char_indices().find(|(at, c)| *c == '"' && !body[..*at].ends_with('\\'))?.0;
    Some((&body[..end], &body[end + 1..]))
}

/// Every sentence the screen says; one with a plural counts as both.
fn said() -> BTreeSet<String> {
    let mut files = Vec::new();
    slint_files(&ui(), &mut files);
    let mut sentences = BTreeSet::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a file of the screen");
        for call in source.split("@tr(").skip(1) {
            let (one, rest) =
                quoted(call).unwrap_or_else(|| panic!("{}: @tr without a text", file.display()));
            sentences.insert(one.to_owned());
            if let Some((many, _)) = rest.trim_start().strip_prefix('|').and_then(quoted) {
                sentences.insert(many.to_owned());
            }
        }
    }
    sentences
}

/// The file's sentences, with what each is in Greek.
fn translated() -> Vec<(String, Vec<String>)> {
    let file = fs::read_to_string(ui().join("lang/el/LC_MESSAGES/tameio.po")).expect("the Greek file");
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    for block in file.split("\n\n").skip(1) {
        let mut greek = Vec::new();
        let mut sentences = Vec::new();
        for line in block.lines() {
            let Some((word, rest)) = line.split_once(' ') else { continue };
            let text = quoted(rest).map(|(text, _)| text.to_owned()).unwrap_or_default();
            match word {
                "msgid" | "msgid_plural" => sentences.push(text),
                word if word.starts_with("msgstr") => greek.push(text),
                _ => {}
            }
        }
        entries.extend(sentences.into_iter().map(|sentence| (sentence, greek.clone())));
    }
    entries
}

#[test]
fn every_sentence_has_its_greek() {
    let known: BTreeSet<String> = translated().into_iter().map(|(sentence, _)| sentence).collect();
    let missing: Vec<String> = said().difference(&known).cloned().collect();
    assert!(missing.is_empty(), "without Greek: {missing:#?}");
}

/// Of two the first holds, and whoever mends the second wonders.
#[test]
fn no_sentence_stands_twice() {
    let mut seen = BTreeSet::new();
    for (sentence, _) in translated() {
        assert!(seen.insert(sentence.clone()), "{sentence:?} stands twice");
    }
}

#[test]
fn no_greek_is_left_over_or_empty() {
    let said = said();
    for (sentence, greek) in translated() {
        assert!(said.contains(&sentence), "nothing says {sentence:?} any more");
        assert!(greek.iter().all(|text| !text.is_empty()), "{sentence:?} is empty in Greek");
    }
}

/// A place for a number or a name that is lost in translation is a sentence without its point.
#[test]
fn greek_keeps_every_place() {
    let places = |text: &str| text.matches('{').count();
    for (sentence, greek) in translated() {
        let kept = greek.iter().all(|text| places(text) == places(&sentence));
        assert!(kept, "{sentence:?} has other places in Greek: {greek:?}");
    }
}
