//! The size of a receipt, and its time as a printed figure: a bound on time would judge the machine.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tameio_drivers::printer::{Item, Logo, Profile, Sheet, encode};

use crate::{profile, receipt};

const ROUNDS: u32 = 200;

/// How long one encoding takes, tables and letters being at hand.
fn time(sheet: &Sheet, profile: &Profile) -> Duration {
    assert!(encode(sheet, profile).is_ok(), "the first one builds the tables");
    let start = Instant::now();
    for _ in 0..ROUNDS {
        assert!(encode(sheet, profile).is_ok());
    }
    start.elapsed() / ROUNDS
}

#[test]
fn a_receipt_of_forty_lines_stays_below_two_kilobytes() {
    for name in ["epson-80", "epson-58", "xprinter-80", "star-80"] {
        let profile = profile(name);
        let sheet = receipt(&profile);
        let each = time(&sheet, &profile);
        let job = encode(&sheet, &profile).unwrap();
        println!("{name}: {} bytes, {} lines, {each:?} each", job.bytes().len(), job.line_ends.len());
        assert!(job.line_ends.len() >= 40, "{} lines", job.line_ends.len());
        assert!(job.bytes().len() <= 2048, "{name}: {} bytes", job.bytes().len());
    }
}

#[test]
fn a_logo_is_prepared_once() {
    let profile = profile("epson-80");
    let grey: Vec<u8> = (0..384 * 128).map(|at: u32| u8::try_from(at * 7 % 256).unwrap()).collect();
    let logo = Arc::new(Logo::dithered(384, 128, &grey));
    let mut cached = receipt(&profile);
    cached.items.insert(0, Item::Logo(Arc::clone(&logo)));
    let mut anew = receipt(&profile);
    anew.items.insert(0, Item::Picture(logo.picture().clone()));
    let bytes = encode(&cached, &profile).unwrap().bytes();
    assert_eq!(bytes, encode(&anew, &profile).unwrap().bytes(), "the same paper");
    println!("with a logo: {} bytes, {:?} each", bytes.len(), time(&cached, &profile));
    println!("with a logo drawn anew: {:?} each", time(&anew, &profile));
    let drawn = crate::profile("raster-80");
    println!("all drawn: {:?} each", time(&receipt(&drawn), &drawn));
}
