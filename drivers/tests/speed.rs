//! The size of a receipt, and its time as a printed figure: a bound on time would judge the machine.

use std::time::Instant;

use tameio_drivers::printer::encode;

use crate::{profile, receipt};

#[test]
fn a_receipt_of_forty_lines_stays_below_two_kilobytes() {
    for name in ["epson-80", "epson-58", "xprinter-80"] {
        let profile = profile(name);
        let sheet = receipt(&profile);
        assert!(encode(&sheet, &profile).is_ok(), "the first one builds the tables");
        let start = Instant::now();
        let rounds = 200;
        for _ in 0..rounds {
            assert!(encode(&sheet, &profile).is_ok());
        }
        let each = start.elapsed() / rounds;
        let job = encode(&sheet, &profile).unwrap();
        println!("{name}: {} bytes, {} lines, {each:?} each", job.bytes().len(), job.line_ends.len());
        assert!(job.line_ends.len() >= 40, "{} lines", job.line_ends.len());
        assert!(job.bytes().len() <= 2048, "{name}: {} bytes", job.bytes().len());
    }
}
