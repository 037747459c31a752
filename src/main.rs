//! The command line; the only place that knows all the parts.

mod command;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use tameio::domain::settings::Trade;

/// The cashier's touchscreen for Greek car washes, car parks, garages and rental desks.
///
/// Without a command it runs the terminal; without a configuration it runs in practice: simulated devices, a simulated
/// AADE, its own database.
#[derive(Debug, Parser)]
// What stands before a command would be the terminal's, and nobody means that.
#[command(version, about, long_about = None, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: command::run::RunArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the terminal in a window
    Run(command::run::RunArgs),
    /// Set a terminal up: questions by touch, and a checked configuration at the end
    Setup(command::setup::SetupArgs),
    /// Work a whole day without a screen, in simulated time
    Simulate(command::simulate::SimulateArgs),
    /// Feed recorded inputs to a terminal and print the state they lead to
    Replay(command::replay::ReplayArgs),
    /// A simulator as a program of its own, on a real socket
    #[command(subcommand)]
    Sim(command::sim::SimCommand),
    /// Look whether everything a terminal needs is there
    Doctor(command::doctor::DoctorArgs),
    /// Say what is plugged in, and the line to put into the configuration
    Devices(command::devices::DevicesArgs),
    /// A stored paper again
    Paper(command::paper::PaperArgs),
    /// The number plates in pictures
    Plate(command::plate::PlateArgs),
    /// Vehicles that should come again for their service, and whom to call
    Due(command::due::DueArgs),
    /// Shops whose customers park for less: what each gives, and what it owes
    Merchant(command::merchant::MerchantArgs),
    /// What is to be invoiced to customers on account, and what is odd about it
    Accounts(command::accounts::AccountsArgs),
    /// The journal: verify its chain, or export it as open JSON lines
    #[command(subcommand)]
    Journal(command::journal::JournalCommand),
    /// The configuration
    #[command(subcommand)]
    Config(command::config::ConfigCommand),
    /// A parking tariff: check its file, price a stay, or write out what holds here
    #[command(subcommand)]
    Tariff(command::tariff::TariffCommand),
    /// What a stay costs, and the steps that made it
    Price(command::tariff::PriceArgs),
}

/// Where the database is, for commands that read it.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DataArgs {
    /// The configuration file; without it, practice
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder; without it, the configuration's or the user's
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The trade practice is for
    #[arg(long, default_value = "wash", value_parser = parse_trade)]
    trade: Trade,
}

fn parse_trade(word: &str) -> Result<Trade, String> {
    match word {
        "wash" => Ok(Trade::Wash),
        "parking" => Ok(Trade::Parking),
        "garage" => Ok(Trade::Garage),
        "rental" => Ok(Trade::Rental),
        _ => Err("choose wash, parking, garage or rental".to_owned()),
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging();
    let done = match cli.command {
        None => command::run::run(&cli.run),
        Some(Command::Run(args)) => command::run::run(&args),
        Some(Command::Setup(args)) => command::setup::run(&args),
        Some(Command::Simulate(args)) => command::simulate::run(&args),
        Some(Command::Replay(args)) => command::replay::run(&args),
        Some(Command::Sim(sim)) => command::sim::run(&sim),
        Some(Command::Doctor(args)) => command::doctor::run(&args),
        Some(Command::Devices(args)) => command::devices::run(&args),
        Some(Command::Paper(args)) => command::paper::run(&args),
        Some(Command::Plate(args)) => command::plate::run(&args),
        Some(Command::Due(args)) => command::due::run(&args),
        Some(Command::Merchant(args)) => command::merchant::run(&args),
        Some(Command::Accounts(args)) => command::accounts::run(&args),
        Some(Command::Journal(journal)) => command::journal::run(&journal),
        Some(Command::Config(config)) => command::config::run(&config),
        Some(Command::Tariff(tariff)) => command::tariff::run(&tariff),
        Some(Command::Price(args)) => command::tariff::run_price(&args),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tameio: {}", command::chain(&*error));
            ExitCode::FAILURE
        }
    }
}

/// Logs go to stderr; `RUST_LOG` chooses how much.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,tameio=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
