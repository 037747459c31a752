//! Takes money with a card.
//!
//! ```text
//! cargo run -p tameio-drivers --example card -- sim: 14.00
//! cargo run -p tameio-drivers --example card -- "tcp://127.0.0.1:4000?protocol=ecr&approved=yes" 14.00 intents.txt
//! ```
//!
//! Every intent is written into a file before the terminal hears of it, and what became of it after. Whatever is open in
//! that file when the program starts is asked about first: end the program in the middle of a sale and try.

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, SystemTime};

use tameio_drivers::card::{
    self, Address, Cancel, CardTerminal, Found, Intent, Kind, LocalTime, Outcome, SessionNumber, UniqueId,
};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "sim:".to_owned());
    let amount = arguments.next().unwrap_or_else(|| "14.00".to_owned());
    let file = arguments.next().unwrap_or_else(|| "card-intents.txt".to_owned());
    match run(&address, &amount, Path::new(&file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str, amount: &str, file: &Path) -> Result<(), Box<dyn Error>> {
    let address: Address = address.parse()?;
    let amount_cents = cents(amount).ok_or("an amount is written 14.00")?;
    let mut book = Book::open(file)?;
    let mut terminal = card::open(&address)?;
    println!("{:?}", terminal.echo()?);
    settle(terminal.as_mut(), &mut book)?;

    let session = book.last.map_or(SessionNumber::new(1), |last| Some(last.next())).ok_or("a session")?;
    let id = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_nanos() << 32
        | u128::from(std::process::id());
    let intent =
        Intent { session, id: UniqueId::from_u128(id), kind: Kind::Sale, amount_cents, at: local_time()? };
    let committed = intent.commit_with(|intent| book.write(&line(intent)))?;
    match terminal.start(committed, &Cancel::default(), &mut |event| println!("{event:?}")) {
        Ok(Outcome::Unknown(why)) => println!("{why}: start again to ask about it"),
        Ok(outcome) => {
            book.write(&format!("ended {session} {outcome:?}"))?;
            println!("{outcome:#?}");
        }
        Err(never) => {
            book.write(&format!("ended {session} nothing was sent"))?;
            return Err(never.into());
        }
    }
    Ok(())
}

/// Asks about every intent that has no end yet.
fn settle(terminal: &mut dyn CardTerminal, book: &mut Book) -> Result<(), Box<dyn Error>> {
    for intent in &book.open {
        terminal.adopt(intent);
    }
    for intent in std::mem::take(&mut book.open) {
        let found = loop {
            match terminal.query(&intent, &mut |event| println!("{event:?}")) {
                Found::Running => std::thread::sleep(Duration::from_secs(1)),
                found => break found,
            }
        };
        println!("session {}: {found:?}", intent.session);
        match found {
            Found::Outcome(outcome) => book.write(&format!("ended {} {outcome:?}", intent.session))?,
            _ => println!("  look at the slip, then add the line: ended {} by hand", intent.session),
        }
    }
    Ok(())
}

/// The file: what is open, and the last session's number.
struct Book {
    file: File,
    open: Vec<Intent>,
    last: Option<SessionNumber>,
}

impl Book {
    fn open(path: &Path) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let ended = |session| text.lines().any(|line| line.starts_with(&format!("ended {session} ")));
        let all: Vec<Intent> = text.lines().filter_map(read).collect();
        let last = all.last().map(|intent| intent.session);
        let open = all.into_iter().filter(|intent| !ended(intent.session)).collect();
        Ok(Self { file: OpenOptions::new().create(true).append(true).open(path)?, open, last })
    }

    /// Written down means that it outlives a pulled plug.
    fn write(&mut self, line: &str) -> std::io::Result<()> {
        writeln!(self.file, "{line}")?;
        self.file.sync_all()
    }
}

fn line(intent: &Intent) -> String {
    let Intent { session, id, amount_cents, at, .. } = intent;
    format!("sale {session} {} {amount_cents} {}", id.as_str(), at.as_str())
}

fn read(line: &str) -> Option<Intent> {
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        ["sale", session, id, cents, at] => Some(Intent {
            session: SessionNumber::read(session)?,
            id: UniqueId::new(id)?,
            kind: Kind::Sale,
            amount_cents: cents.parse().ok()?,
            at: LocalTime::new(at)?,
        }),
        _ => None,
    }
}

fn cents(amount: &str) -> Option<u64> {
    let (euros, cents) = amount.split_once('.')?;
    let cents = (cents.len() == 2).then(|| cents.parse::<u64>().ok())??;
    euros.parse::<u64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// The wall's time, from the system's own calendar.
fn local_time() -> Result<LocalTime, Box<dyn Error>> {
    let said = Command::new("date").arg("+%Y%m%d%H%M%S").output()?;
    Ok(LocalTime::new(String::from_utf8(said.stdout)?.trim()).ok_or("the system does not tell the time")?)
}
