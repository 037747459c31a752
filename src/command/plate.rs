//! `tameio plate IMAGE… [--json]`: the number plates in pictures.

use super::{Outcome, chain};
use serde::Serialize;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tameio_drivers::plate_reader::file::Photo;
use tameio_drivers::plate_reader::{PlateReader, Sight};

/// No file of a picture is larger.
const BYTES_MAX: u64 = 64 << 20;

/// Which pictures.
#[derive(Debug, clap::Args)]
pub(crate) struct PlateArgs {
    /// JPEG or PNG files
    #[arg(required = true, value_name = "IMAGE")]
    images: Vec<PathBuf>,
    /// Print a line of JSON for each plate; a picture without plates has none
    #[arg(long)]
    json: bool,
}

/// A line of JSON.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    plate: &'a str,
    confidence: f32,
    country: Option<&'static str>,
    /// Top left, top right, bottom right, bottom left, in points of the picture.
    #[serde(rename = "box")]
    corners: [[f32; 2]; 4],
    candidates: &'a [(String, f32)],
    ms: f64,
}

/// Why there is nothing to read in a file.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("it cannot be opened")]
    Opened(#[from] std::io::Error),
    #[error("it is larger than {} MB", BYTES_MAX >> 20)]
    TooLarge,
    #[error(transparent)]
    Unreadable(#[from] tameio_drivers::plate_reader::file::Unreadable),
}

pub(crate) fn run(args: &PlateArgs) -> Outcome {
    let reader = PlateReader::new()?;
    let mut out = std::io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    for image in &args.images {
        let name = image.to_string_lossy();
        match look(&reader, image) {
            Ok(sight) => say(&mut out, &name, &sight, args.json)?,
            Err(error) => {
                eprintln!("{name}: no plate could be looked for: {}.", chain(&error));
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

fn look(reader: &PlateReader, image: &Path) -> Result<Sight, Unusable> {
    let mut bytes = Vec::new();
    File::open(image)?.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Unusable::TooLarge);
    }
    Ok(reader.read(Photo::decode(&bytes)?.picture()))
}

fn say(out: &mut impl Write, file: &str, sight: &Sight, json: bool) -> std::io::Result<()> {
    let ms = sight.took.as_secs_f64() * 1000.0;
    if json {
        for plate in &sight.plates {
            let line = Line {
                file,
                plate: &plate.text,
                confidence: plate.confidence,
                country: plate.country,
                corners: plate.corners.0,
                candidates: &plate.candidates,
                ms: (ms * 10.0).round() / 10.0,
            };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
    } else if sight.plates.is_empty() {
        writeln!(out, "{file}: no plate")?;
    } else {
        for plate in &sight.plates {
            let country = plate.country.map(|country| format!(" ({country})")).unwrap_or_default();
            writeln!(out, "{file}: {}{country}, {:.0} % sure", plate.text, 100.0 * plate.confidence)?;
        }
    }
    out.flush()
}
