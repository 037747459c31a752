//! A scale to try with, on a TCP port: `cargo run -p tameio-drivers --example sim_scale -- 8217 127.0.0.1:4001`. Lines on
//! its standard input change it: grams, `moving`, `rest`, `over`, `mute`, `garbage`, `well`.

use std::io::BufRead;
use std::net::TcpListener;

use tameio_drivers::scale::{Control, Kind, SimScale, serve};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let known = || format!("say a protocol: {}", Kind::ALL.map(Kind::name).join(", "));
    let kind = words.next().and_then(|name| Kind::named(&name)).ok_or_else(known)?;
    let listener = TcpListener::bind(words.next().unwrap_or_else(|| "127.0.0.1:0".to_owned()))?;
    println!("tcp://{}?protocol={}", listener.local_addr()?, kind.name());
    let scale = SimScale::new(kind);
    let control = scale.clone();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let mut known = true;
            control.change(|scale| known = change(scale, line.trim()));
            if !known {
                eprintln!("grams, or one of: moving, rest, over, mute, garbage, well");
            }
        }
    });
    serve(&listener, &scale)?;
    Ok(())
}

/// Does what a line asks for; false where it asks for nothing known.
fn change(scale: &mut Control, line: &str) -> bool {
    match line {
        "moving" => scale.moving = true,
        "rest" => scale.moving = false,
        "over" => scale.overload = true,
        "mute" => scale.mute = true,
        "garbage" => scale.garbage = true,
        "well" => *scale = Control { grams: scale.grams, ..Control::default() },
        _ => match line.parse() {
            Ok(grams) => scale.grams = grams,
            Err(_) => return false,
        },
    }
    true
}
