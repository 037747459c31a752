//! Without an address: what is plugged in, with the address of each. With one: what the scanner reads, for a minute, and
//! what the codes say. `cargo run -p tameio-drivers --example scanner -- evdev:05e0:1200`

use std::time::Duration;

use tameio_drivers::offer::offers;
use tameio_drivers::scanner::{Address, Opener, Reader};
use tameio_drivers::supervisor::{Notice, Places, State, supervise};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(text) = std::env::args().nth(1) else {
        for offer in offers(&Places::default()) {
            println!("{:?}  {}", offer.what, offer.address);
            offer.missing_permission.iter().for_each(|line| println!("    not permitted: {line}"));
        }
        return Ok(());
    };
    let address: Address = text.parse()?;
    let (identity, class) = address.identity().ok_or("a scanner the window hears has no device to open")?;
    let reader = Reader::default();
    let opener = Opener::new(address);
    let _scanner =
        supervise("scanner", identity, class, Places::default(), opener, move |notice| match notice {
            Notice::Changed { state: State::Faulted(why), advice } => {
                println!("{why}");
                advice.iter().for_each(|line| println!("    {line}"));
            }
            Notice::Changed { state, .. } => println!("{state:?}"),
            Notice::Heard(scan) => {
                let scan: tameio_drivers::scanner::Scan = scan;
                println!("{:?} {}: {:?}", scan.symbology, scan.text, reader.recognise(&scan));
            }
        })?;
    std::thread::sleep(Duration::from_secs(60));
    Ok(())
}
