//! Writes `src/printer/database.rs` from `data/escpos-printer-capabilities.json`, after that file was replaced by a newer
//! one.

use std::error::Error;
use std::path::Path;

#[path = "../generate/database.rs"]
mod database;

fn main() -> Result<(), Box<dyn Error>> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let json = std::fs::read_to_string(package.join("data/escpos-printer-capabilities.json"))?;
    let code = database::generate(&json)?;
    std::fs::write(package.join("src/printer/database.rs"), &code)?;
    println!("{} models", code.matches("    Model {").count());
    Ok(())
}
