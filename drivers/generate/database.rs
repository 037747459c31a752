//! Makes `src/printer/database.rs` from the ESC/POS printer database. Used by the example that writes the file and by
//! the test that compares it.

use serde_json::Value;
use std::fmt::Write as _;

/// Our names of the database's encodings, best Greek page first.
const PAGES: [(&str, &str); 5] = [
    ("CP1253", "Windows1253"),
    ("ISO_8859-7", "Iso8859_7"),
    ("CP869", "Cp869"),
    ("CP928", "Cp928"),
    ("CP737", "Cp737"),
];

/// Rust code for the whole database.
pub(crate) fn generate(json: &str) -> Result<String, serde_json::Error> {
    let database: Value = serde_json::from_str(json)?;
    let mut code = String::from(HEAD);
    for (id, profile) in database["profiles"].as_object().into_iter().flatten() {
        if is_printer(profile) {
            model(id, profile, &mut code);
        }
    }
    code.push_str("];\n");
    Ok(code)
}

const HEAD: &str =
    "//! Models of the ESC/POS printer database (receipt-print-hq, CC BY 4.0); see `data/README.md`.
//!
//! Made by `generate/database.rs`: do not edit.

use super::greek::CodePage;
use super::model::Model;
use super::profile::{Cutter, ImageCommand, Language, PageSlot};

/// Every printer in it, by its name there.
#[rustfmt::skip]
pub(crate) const MODELS: &[Model] = &[
";

/// Customer displays and the database's own stand-ins are no models of printers.
fn is_printer(profile: &Value) -> bool {
    let text = |key: &str| profile[key].as_str().unwrap_or_default();
    text("vendor") != "Generic" && !text("name").contains("Display")
}

fn model(id: &str, profile: &Value, code: &mut String) {
    let feature = |name: &str| profile["features"][name].as_bool().unwrap_or(false);
    let columns = |font: &str| profile["fonts"][font]["columns"].as_u64().unwrap_or(0);
    let head = profile["media"]["width"]["pixels"].as_u64();
    let dots = head.unwrap_or_else(|| columns("0") * 12).max(columns("0").min(16) * 12);
    // Some entries have a cell's width where the number of columns belongs.
    let fitting = |told: u64, cell: u64| if told < 16 { dots / cell } else { told.min(dots / cell) };
    let (vendor, name) = (profile["vendor"].as_str(), profile["name"].as_str());
    let language = if feature("starCommands") { "Star" } else { "EscPos" };
    let cutter = match (feature("paperPartCut"), feature("paperFullCut")) {
        (true, _) => "Partial",
        (false, true) => "Full",
        (false, false) => "None",
    };
    let image = if feature("bitImageRaster") { "Rows" } else { "Columns" };
    let pages: Vec<String> = PAGES.iter().filter_map(|(theirs, ours)| slot(profile, theirs, ours)).collect();
    let euro = slot(profile, "CP858", "Cp858").map_or("None".to_owned(), |slot| format!("Some({slot})"));
    let _ = write!(
        code,
        "    Model {{
        id: {id:?}, vendor: {:?}, name: {:?},
        language: Language::{language}, image: ImageCommand::{image},
        dots: {dots}, columns: {}, columns_small: {},
        pages: &[{}],
        euro: {euro},
        cutter: Cutter::{cutter}, native_qr: {}, native_code128: {},
    }},
",
        vendor.unwrap_or_default(),
        name.unwrap_or_default(),
        fitting(columns("0"), 12),
        fitting(columns("1"), 9),
        pages.join(", "),
        feature("qrCode"),
        feature("barcodeB") && language == "EscPos",
    );
}

/// The lowest number under which a printer knows a page.
fn slot(profile: &Value, theirs: &str, ours: &str) -> Option<String> {
    let known = profile["codePages"].as_object()?.iter().filter(|(_, name)| name.as_str() == Some(theirs));
    let n = known.filter_map(|(n, _)| n.parse::<u8>().ok()).min()?;
    Some(format!("PageSlot {{ page: CodePage::{ours}, n: {n} }}"))
}
