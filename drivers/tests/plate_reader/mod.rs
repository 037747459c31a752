//! Number plates: the layers against slow ones, the grammar, files of all kinds, drawn plates, real ones, cars over time.

mod drawn;
mod files;
mod grammar;
mod net;
mod photographs;
mod track;
mod watch;

use tameio_drivers::plate_reader::PlateReader;

fn reader() -> PlateReader {
    PlateReader::new().unwrap_or_else(|fault| panic!("{fault}"))
}
