//! Reads the number plates in pictures: `cargo run --release -p tameio-drivers --features plates --example plate -- car.jpg`.

use tameio_drivers::plate_reader::PlateReader;
use tameio_drivers::plate_reader::file::Photo;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = PlateReader::new()?;
    for name in std::env::args().skip(1) {
        let photo = match Photo::decode(&std::fs::read(&name)?) {
            Ok(photo) => photo,
            Err(error) => {
                eprintln!("{name}: {error}");
                continue;
            }
        };
        let sight = reader.read(photo.picture());
        println!("{name}: {} in {:?}", sight.plates.len(), sight.took);
        for plate in sight.plates {
            println!("  {} {:?} {:.2}", plate.text, plate.country.unwrap_or("?"), plate.confidence);
            for (text, probability) in plate.candidates.iter().skip(1).take(3) {
                println!("    or {text} {probability:.3}");
            }
        }
    }
    Ok(())
}
