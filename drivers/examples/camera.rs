//! Looks through a camera and says what comes: `cargo run -p tameio-drivers --example camera -- sim:`.
//!
//! Give it any address of a camera, and how many pictures to look at (30 unless said). Without an address it says which
//! cameras are plugged in. A third word is a file to save the last picture in, as it came.

use std::sync::mpsc::channel;
use std::time::Instant;

use tameio_drivers::camera::{Address, Event, Live, Opener};
use tameio_drivers::offer::{What, offers};
use tameio_drivers::supervisor::{Notice, Places, supervise};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let Some(address) = words.next() else {
        let cameras = offers(&Places::default()).into_iter().filter(|offer| offer.what == What::Camera);
        cameras.for_each(|offer| println!("{}  {:?}", offer.address, offer.found));
        return Ok(());
    };
    let address: Address = address.parse()?;
    let pictures: u64 = words.next().map_or(Ok(30), |number| number.parse())?;
    let save = words.next();
    let (identity, class) = address.identity();
    let (tell, notices) = channel();
    let tell = move |notice| tell.send(notice).unwrap_or(());
    let opener = Opener::new(address, Live::default());
    let _camera = supervise("camera", identity, class, Places::default(), opener, tell)?;
    let (begun, mut seen) = (Instant::now(), 0);
    for notice in notices {
        let ms = begun.elapsed().as_millis();
        match notice {
            Notice::Changed { state, advice } => {
                println!("{ms:>7} ms  {state:?} {}", advice.unwrap_or_default())
            }
            Notice::Heard(Event::Opened(opened)) => {
                println!("{ms:>7} ms  {} {}", opened.size, opened.format.name());
                opened.controls.iter().for_each(|control| println!("            {control}"));
            }
            Notice::Heard(Event::Frame(frame)) => {
                let (size, bytes) = (frame.size(), frame.bytes().len());
                println!("{ms:>7} ms  picture {} {size} {bytes} bytes, whole", frame.sequence());
                seen += 1;
                if seen == pictures {
                    return Ok(save.map_or(Ok(()), |path| std::fs::write(path, frame.bytes()))?);
                }
            }
        }
    }
    Ok(())
}
