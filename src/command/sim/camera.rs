//! A camera in the network: pictures at `/snapshot.jpg` and a stream at `/stream.mjpg`. And one that reads number plates
//! itself, as two makes do.

use super::{hand, listen_on};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tameio::app::clock;
use tameio_drivers::camera::SimCamera;
use tameio_drivers::camera::address::Mode;
use tameio_drivers::camera::plates::sim::serve_plates;
use tameio_drivers::camera::plates::{Maker, SimReader, Told};
use tameio_drivers::camera::sim::server::{Dialect, serve_pictures};

const WORDS: &str = "plate TEXT (a car comes; none: it leaves), unplug, plug, freeze, moves";

/// Nothing ends these but the hand that started them.
const FOR_EVER: Duration = Duration::from_secs(3_600);

pub(super) fn run(listen: SocketAddr, pictures: Option<&Path>) -> Outcome {
    let camera = pictures.map_or_else(SimCamera::default, SimCamera::playing);
    let serving =
        serve_pictures(listen_on(listen)?, camera.clone(), Mode::default(), Dialect::default(), None)?;
    say!("http://{}/stream.mjpg", serving.at());
    hand(WORDS, move |line| {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "plate" => {
                camera.change(|scene| scene.plate = Some(rest.to_owned()).filter(|plate| !plate.is_empty()))
            }
            "unplug" => camera.change(|scene| scene.unplugged = true),
            "plug" => camera.change(|scene| scene.unplugged = false),
            "freeze" => camera.change(|scene| scene.frozen = true),
            "moves" => camera.change(|scene| scene.frozen = false),
            _ => return false,
        }
        true
    });
    loop {
        clock::wait(FOR_EVER);
    }
}

/// Each line of the standard input is a plate that passes.
pub(super) fn run_plates(listen: SocketAddr, maker: &str) -> Outcome {
    let kind = match maker {
        "hikvision" => Maker::Hikvision,
        "dahua" => Maker::Dahua,
        _ => return Err("choose hikvision or dahua".into()),
    };
    let sim = SimReader::default();
    let serving = serve_plates(listen_on(listen)?, kind, sim.clone(), None)?;
    say!("{maker}://{}", serving.at());
    for line in std::io::stdin().lines() {
        sim.pass(Told::plate(line?.trim()));
    }
    Ok(ExitCode::SUCCESS)
}
