//! Weighs with the scale of an address for a minute, and says what it is up to:
//! `cargo run -p tameio-drivers --example scale -- serial:/dev/ttyUSB1?protocol=8217`

use std::time::Duration;

use tameio_drivers::scale::{Address, Opener, Weighing};
use tameio_drivers::supervisor::{Notice, Places, State, supervise};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::env::args().nth(1).ok_or("say the scale's address, such as sim: or hid:0922:8003")?;
    let address: Address = text.parse()?;
    let (identity, class) = address.identity();
    let weighing = Weighing::default();
    weighing.set(true);
    let opener = Opener::new(address, weighing);
    let _scale = supervise("scale", identity, class, Places::default(), opener, |notice| match notice {
        Notice::Changed { state: State::Faulted(why), advice } => {
            println!("{why}");
            advice.iter().for_each(|line| println!("    {line}"));
        }
        Notice::Changed { state, .. } => println!("{state:?}"),
        Notice::Heard(sample) => match sample.reading.weight() {
            Some(weight) => println!("{weight}"),
            None => println!("no weight: {:?}", sample.reading),
        },
    })?;
    std::thread::sleep(Duration::from_secs(60));
    Ok(())
}
