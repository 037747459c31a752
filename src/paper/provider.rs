//! What stands on the paper of a document that a certified e-invoicing provider issued: its UID and authentication code, who
//! the provider is and by which licence; and the words where it could not be reached.

use super::layout::{Layout, Words};
use super::receipt::LOST_CONNECTION;
use crate::domain::document::Document;
use crate::domain::issuing::Channel;
use crate::domain::settings::Settings;
use crate::domain::text::Text;

/// A document of a provider.
fn is_of_a_provider(document: &Document) -> bool {
    document.at_issuer.as_ref().is_some_and(|at_issuer| at_issuer.channel == Channel::Provider)
}

/// The words on a document that was handed over without a connection.
pub(super) fn lost_connection<'a>(settings: &'a Settings, document: &Document) -> &'a str {
    if is_of_a_provider(document) {
        settings.provider.paper.lost_connection.as_str()
    } else {
        LOST_CONNECTION
    }
}

/// What each part is called, and the part; nothing on what no provider issued.
pub(super) fn words(settings: &Settings, document: &Document) -> Vec<(Words, String)> {
    if !is_of_a_provider(document) {
        return Vec::new();
    }
    let named = document.at_issuer.as_ref().and_then(|at_issuer| at_issuer.state.named());
    let uid = named.and_then(|named| named.uid.clone());
    let code = named.and_then(|named| named.authentication.as_ref()).map(ToString::to_string);
    let paper = &settings.provider.paper;
    let text = |text: &Text| Some(text.to_string()).filter(|text| !text.is_empty());
    let all = [
        (Words("UID", "UID"), uid),
        (Words("Κωδικός αυθεντικοποίησης", "Authentication code"), code),
        (Words("Πάροχος", "Provider"), text(&paper.name)),
        (Words("Άδεια παρόχου", "Provider's licence"), text(&paper.licence)),
        (Words("Ιστότοπος παρόχου", "Provider's site"), text(&paper.site)),
    ];
    all.into_iter().filter_map(|(words, text)| Some((words, text?))).collect()
}

/// Line by line; what does not fit beside its name stands below it.
pub(super) fn lines(paper: &mut Layout, settings: &Settings, document: &Document) {
    for (words, text) in words(settings, document) {
        let words = paper.say(words).to_owned();
        if words.chars().count() + 1 + text.chars().count() <= paper.columns() {
            paper.row(&words, &text);
        } else {
            paper.line(&words);
            paper.line(&text);
        }
    }
}
