//! Makes the weights of the plate reader, and measures it.

use std::path::{Path, PathBuf};

use tameio_drivers::plate_reader::PlateReader;

mod ctc;
mod finder;
mod glyph;
mod layers;
mod measure;
mod photograph;
mod plate;
mod reader;
mod scene;
mod sheet;
mod show;
mod street;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |at: usize, otherwise: usize| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(otherwise);
    let weights: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../drivers/src/plate_reader/weights");
    match words.first().map(String::as_str) {
        Some("reader") => reader::train(&weights, number(1, 6000), 1),
        Some("finder") => finder::train(&weights, number(1, 6000), 2),
        Some("measure") => {
            let bytes = |name: &str| std::fs::read(weights.join(name)).expect("the weights are there");
            let reader =
                PlateReader::with_weights(&bytes("finder.bin"), &bytes("reader.bin")).expect("they fit");
            let folder = words.get(1).expect("measure FOLDER");
            measure::measure(&reader, &measure::Photos::open(Path::new(folder)), Path::new("failures.png"));
        }
        Some("show") => {
            show::samples(Path::new("samples.png"));
            show::streets(Path::new("streets.png"));
        }
        _ => println!("reader [STEPS] | finder [STEPS] | measure FOLDER | show"),
    }
}
