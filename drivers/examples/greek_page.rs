//! Finds the Greek page of a printer: prints the test print, and turns the number of a line into the address to use.
//!
//! ```text
//! cargo run -p tameio-drivers --example greek_page -- tcp://192.168.1.50:9100
//! cargo run -p tameio-drivers --example greek_page -- tcp://192.168.1.50:9100 3
//! ```

use std::error::Error;
use std::process::ExitCode;

use tameio_drivers::printer::{self, Address, PageFinder, Printer};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let text =
        arguments.first().ok_or("the printer's address is missing, such as tcp://192.168.1.50:9100")?;
    let address: Address = text.parse()?;
    let finder = PageFinder::new(&address.profile);
    let Some(line) = arguments.get(1) else {
        let mut printer = printer::open("printer", &address)?;
        println!("{} lines: {:?}", finder.candidates().len(), printer.print(&finder.job()?));
        println!("run this again with the number of a line that reads like the picture, or 0 when none does");
        return Ok(());
    };
    let setting = finder.setting(line.parse()?).ok_or("there is no such line")?;
    println!("{text}{}{setting}", if text.contains('?') { '&' } else { '?' });
    Ok(())
}
