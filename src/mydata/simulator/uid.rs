//! The UID and the authentication code, computed here apart from the code that computes ours.

use crate::aade::simulator::xml::Node;
use sha1::{Digest, Sha1};

/// The upper half of ISO-8859-7, from A0 on; a blank is a place without a character.
const UPPER: &str = "\u{A0}‘’£€₯¦§¨©ͺ«¬\u{AD} ―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ";

/// The UID of a document.
pub(super) fn uid(invoice: &Node) -> String {
    let part = |of: &str, name: &str| {
        invoice.child(of).and_then(|node| node.get(name)).unwrap_or_default().to_owned()
    };
    let header = |name: &str| part("invoiceHeader", name);
    let mut fields = vec![
        part("issuer", "vatNumber"),
        header("issueDate"),
        part("issuer", "branch"),
        header("invoiceType"),
        header("series"),
        header("aa"),
    ];
    fields.extend(Some(header("invoiceVariationType")).filter(|variation| !variation.is_empty()));
    sha1(&fields.join("-"))
}

/// The authentication code of a provider's document. Which fields it joins is documented, how is not.
pub(super) fn authentication(invoice: &Node, uid: &str, mark: i64) -> String {
    let total =
        |name| invoice.child("invoiceSummary").and_then(|summary| summary.get(name)).unwrap_or_default();
    sha1(&format!("{uid}-{mark}-{}-{}", total("totalGrossValue"), total("totalVatAmount")))
}

pub(super) fn sha1(text: &str) -> String {
    let bytes: Vec<u8> = text.chars().map(byte).collect();
    Sha1::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02X}"))
}

/// What the encoding does not have becomes a question mark.
fn byte(c: char) -> u8 {
    let upper = || UPPER.chars().position(|known| known == c).and_then(|at| u8::try_from(at + 0xA0).ok());
    if c.is_ascii() { c as u8 } else { upper().unwrap_or(b'?') }
}
