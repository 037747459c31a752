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
            match change(line.trim()) {
                Some(change) => control.change(change),
                None => eprintln!("grams, or one of: moving, rest, over, mute, garbage, well"),
            }
        }
    });
    serve(&listener, &scale)?;
    Ok(())
}

/// What a line asks for.
fn change(line: &str) -> Option<Box<dyn FnOnce(&mut Control)>> {
    if let Ok(grams) = line.parse() {
        return Some(Box::new(move |control| control.grams = grams));
    }
    Some(match line {
        "moving" => Box::new(|control| control.moving = true),
        "rest" => Box::new(|control| control.moving = false),
        "over" => Box::new(|control| control.overload = true),
        "mute" => Box::new(|control| control.mute = true),
        "garbage" => Box::new(|control| control.garbage = true),
        "well" => Box::new(|control| *control = Control { grams: control.grams, ..Control::default() }),
        _ => return None,
    })
}
