//! What can be read on a window beside the till.

use i_slint_backend_testing::{ElementHandle, ElementQuery, ElementRoot};
use slint::SharedString;

/// What the text with this id says, where it is there.
pub(crate) fn reads(window: &impl ElementRoot, id: &str) -> Option<String> {
    let wanted = SharedString::from(id);
    ElementQuery::from_root(window)
        .match_predicate(move |element| element.accessible_id().as_ref() == Some(&wanted))
        .find_first()
        .map(|element| element.accessible_label().unwrap_or_default().to_string())
}

/// The texts whose ids begin so, from above.
pub(crate) fn all_beginning(window: &impl ElementRoot, start: &str) -> Vec<ElementHandle> {
    let start = start.to_owned();
    ElementQuery::from_root(window)
        .match_predicate(move |element| {
            element.accessible_id().is_some_and(|id| id.starts_with(start.as_str()))
        })
        .find_all()
}

/// Everything that can be read there.
pub(crate) fn text(window: &impl ElementRoot) -> String {
    let texts = ElementQuery::from_root(window).match_inherits("Text").find_all();
    let texts = texts.iter().filter_map(ElementHandle::accessible_label);
    texts.map(|text| text.to_string()).collect::<Vec<_>>().join("\n")
}
