//! Prints a sample receipt and saves its picture.
//!
//! ```text
//! cargo run -p tameio-drivers --example receipt -- sim:?profile=epson-58 receipt.png
//! cargo run -p tameio-drivers --example receipt -- tcp://192.168.1.50:9100?profile=xprinter-80
//! ```
//!
//! The picture always comes from the bytes that are sent, read by the virtual printer.

use std::error::Error;
use std::process::ExitCode;

use tameio_drivers::printer::{
    self, Address, Align, Code128Text, Item, PaperReader, Printer, Profile, QrText, Sheet, Style, encode,
};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "sim:".to_owned());
    let picture = arguments.next().unwrap_or_else(|| "receipt.png".to_owned());
    match run(&address, &picture) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str, picture: &str) -> Result<(), Box<dyn Error>> {
    let address: Address = address.parse()?;
    let job = encode(&receipt(&address.profile)?, &address.profile)?;
    let papers = PaperReader::read(&address.profile, &job.bytes());
    for paper in &papers {
        print!("{}", paper.text());
        std::fs::write(picture, paper.png())?;
    }
    println!("{} bytes, {} lines, picture in {picture}", job.bytes().len(), job.line_ends.len());
    let mut printer = printer::open("counter", &address)?;
    let outcome = printer.print(&job);
    println!("{}: {outcome:?}", printer.name());
    Ok(())
}

fn receipt(profile: &Profile) -> Result<Sheet, Box<dyn Error>> {
    let centre = Style { align: Align::Centre, ..Style::default() };
    let title = Style { bold: true, double_width: true, double_height: true, ..centre };
    let total = Style { bold: true, double_height: true, ..Style::default() };
    let row = |left: &str, right: &str| {
        let room = profile.columns.saturating_sub(left.chars().count() + right.chars().count());
        format!("{left}{}{right}", " ".repeat(room))
    };
    let mut sheet = Sheet::new();
    sheet.styled("Πλυντήριο", title);
    sheet.styled("Λεωφόρος Ψυχοφθόρας 12, 115 28 Αθήνα", centre).rule();
    sheet.line(&row("Εξωτερικό πλύσιμο, SUV", "14,00 €")).line(&row("Κέρωμα «λάμψη»", "6,50 €")).rule();
    sheet.styled(&row("ΣΥΝΟΛΟ", "20,50 €"), total);
    sheet.line("Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. ΆΈΉΊΌΎΏ ΪΫ ϊϋ ΐΰ 12,50 €");
    sheet.styled("small print: ABCDEFG abcdefg 0123456789 Ελληνικά", Style { small: true, ..centre });
    sheet
        .push(Item::Qr { data: QrText::new("https://example.org/receipt/400001234567890")?, module_dots: 6 });
    sheet.push(Item::Barcode128 { data: Code128Text::new("123456789012")? });
    sheet.cut();
    Ok(sheet)
}
