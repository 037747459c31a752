//! Listens to a camera that reads number plates and says what it tells:
//! `cargo run -p tameio-drivers --example plates -- hikvision://admin:word@192.168.1.64`.
//!
//! Any address of such a camera; it ends with Ctrl-C. `dahua-push://0.0.0.0:8082` waits for one that calls.

use std::sync::mpsc::channel;

use tameio_drivers::camera::plates::{Address, Opener};
use tameio_drivers::supervisor::{Notice, Places, supervise};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address =
        std::env::args().nth(1).ok_or("say the address of a camera, such as dahua://admin:word@camera")?;
    let address: Address = address.parse()?;
    let (identity, class) = address.identity();
    let (tell, notices) = channel();
    let tell = move |notice| tell.send(notice).unwrap_or(());
    let _camera = supervise("plates", identity, class, Places::default(), Opener::new(address), tell)?;
    for notice in notices {
        match notice {
            Notice::Changed { state, .. } => println!("{state:?}"),
            Notice::Heard(read) => {
                let sizes: Vec<String> =
                    read.pictures.iter().map(|picture| picture.size().to_string()).collect();
                println!("{:<12} {read:?} {:?} {sizes:?}", read.text, read.camera_time);
            }
        }
    }
    Ok(())
}
