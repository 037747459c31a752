//! Makes the weights of the plate reader, and measures it.

use std::path::{Path, PathBuf};

use tameio_drivers::plate_reader::PlateReader;

mod calibrate;
mod ctc;
mod finder;
mod glyph;
mod greek;
mod grow;
mod hand;
mod layers;
mod measure;
mod photograph;
mod plate;
mod product;
mod reader;
mod scene;
mod sheet;
mod show;
mod street;

fn trained(weights: &Path) -> PlateReader {
    let bytes = |name: &str| std::fs::read(weights.join(name)).expect("the weights are there");
    PlateReader::with_weights(&bytes("finder.bin"), &bytes("reader.bin")).expect("they fit")
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |at: usize, otherwise: usize| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(otherwise);
    let weights: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../drivers/src/plate_reader/weights");
    match words.first().map(String::as_str) {
        Some("weights") => {
            finder::train(&weights, number(1, 3000), 2);
            reader::train(&weights, number(2, 4200), 1);
            for seed in [11, 12] {
                let earlier = std::fs::read(weights.join("reader.bin")).expect("it was just trained");
                let steps = number(3, 3500);
                reader::refine(&weights, &earlier, steps, number(4, steps * 3 / 7), seed);
            }
        }
        Some("reader") => reader::train(&weights, number(1, 4200), 1),
        Some("refine") => {
            let earlier =
                std::fs::read(words.get(1).expect("refine WEIGHTS")).expect("the weights are there");
            let steps = number(2, 6000);
            reader::refine(&weights, &earlier, steps, number(3, steps / 2), number(4, 11) as u64);
        }
        Some("finder") => finder::train(&weights, number(1, 3000), 2),
        Some("calibrate") => calibrate::calibrate(&trained(&weights), number(1, 1200)),
        Some("measure") => {
            let reader = trained(&weights);
            let folder = words.get(1).expect("measure FOLDER");
            measure::measure(&reader, &measure::Photos::open(Path::new(folder)), Path::new("failures.png"));
        }
        Some("drawn") => {
            show::drawn(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../drivers/tests/plate_reader"));
        }
        Some("greek") => greek::measure(&trained(&weights), number(1, 1000)),
        Some("show") => {
            show::samples(Path::new("samples.png"));
            show::streets(Path::new("streets.png"));
            show::hands(Path::new("hands.png"));
        }
        _ => println!(
            "weights | reader [STEPS] | refine WEIGHTS [STEPS [DOWN [SEED]]] | finder [STEPS] | calibrate [SCENES] | measure FOLDER | greek [SCENES] | drawn | show"
        ),
    }
}
