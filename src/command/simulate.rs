//! `tameio simulate`: a whole working day without a screen, in simulated time.

use super::Outcome;
use super::sim::provider::Family;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tameio::app::clock::Stopwatch;
use tameio::config::Config;
use tameio::domain::provider::ProviderRules;
use tameio::domain::settings::{IssuerKind, Trade};
use tameio::domain::time::Stamp;
use tameio::simulate::day::{self, DayOptions, Weather};
use tameio::simulate::summary::Summary;

/// Every simulated day is this one, from 08:00 Athens time: a Saturday.
const MORNING: &str = "2026-03-14T06:00:00Z";

/// Work a whole day without a screen, in simulated time.
#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// Customers of the day
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    visits: u32,
    /// The same seed gives the same day
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What the site does
    #[arg(long, value_enum, default_value_t = SimulatedTrade::Wash)]
    trade: SimulatedTrade,
    /// Hand every document to a simulated provider that takes this form, instead of what the trade's practice does
    #[arg(long, value_enum, value_name = "FORM")]
    provider: Option<Family>,
    /// What goes wrong between here and AADE, myDATA or the provider
    #[arg(long, value_enum, default_value_t = Faults::None)]
    faults: Faults,
    /// Where everything is kept; a day that was killed goes on there. Without it, a folder that is thrown away
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Do not draw papers: quicker for very long days
    #[arg(long)]
    no_papers: bool,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SimulatedTrade {
    Wash,
    Parking,
    Garage,
    Rental,
    /// Wash and parking, a garage and a rental desk at one terminal, with every kind of contract
    Mixed,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Faults {
    None,
    Light,
    Storm,
}

pub(crate) fn run(args: &SimulateArgs) -> Outcome {
    let watch = Stopwatch::start();
    let (folder, throw_away) = match &args.out {
        Some(folder) => (folder.clone(), false),
        None => (std::env::temp_dir().join(format!("tameio-simulate-{}", std::process::id())), true),
    };
    let options = options(args, folder.clone())?;
    let morning = Stamp::new(MORNING.parse::<Timestamp>()?);
    let ran = day::run(&options, morning, |done| show_progress(done, args));
    if throw_away {
        let _ = std::fs::remove_dir_all(&folder);
    }
    let mut summary = ran?;
    summary.wall_ms = u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX);
    let json = serde_json::to_string(&summary)?;
    if !throw_away {
        std::fs::write(folder.join("summary.json"), &json)?;
    }
    if args.json {
        say!("{json}");
    } else {
        print_summary(&summary);
    }
    Ok(if summary.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options(args: &SimulateArgs, folder: PathBuf) -> Result<DayOptions, tameio::config::ConfigError> {
    let config = match args.trade {
        SimulatedTrade::Wash => Config::practice(Trade::Wash),
        SimulatedTrade::Parking => Config::practice(Trade::Parking),
        SimulatedTrade::Garage => Config::practice(Trade::Garage),
        SimulatedTrade::Rental => Config::practice(Trade::Rental),
        SimulatedTrade::Mixed => Config::practice_of_every_trade(),
    };
    let mut settings = config?.settings;
    settings.ticket_at_arrival = settings.trade == Trade::Parking;
    if let Some(family) = args.provider {
        settings.issuer = IssuerKind::Provider;
        // Some of the day's customers pay by card.
        settings.provider = ProviderRules { signs_cards: true, ..ProviderRules::usual(family.into()) };
    }
    Ok(DayOptions {
        settings,
        visits: args.visits,
        seed: args.seed,
        weather: match args.faults {
            Faults::None => Weather::None,
            Faults::Light => Weather::Light,
            Faults::Storm => Weather::Storm,
        },
        folder,
        keep_papers: !args.no_papers,
    })
}

fn show_progress(done: u32, args: &SimulateArgs) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() && (done.is_multiple_of(25) || done == args.visits) {
        let _ = write!(stderr, "\r{done} of {} visits", args.visits);
        if done == args.visits {
            let _ = writeln!(stderr);
        }
    }
}

fn print_summary(summary: &Summary) {
    let verdict =
        if summary.is_clean() { "Everything that was promised holds." } else { "Something is wrong." };
    say!("{verdict}");
    for difference in &summary.differences {
        say!("{difference}");
    }
    if summary.undone > 0 {
        say!("{} customers still wanted something when the day was over", summary.undone);
    }
    say!(
        "{} visits, {} documents, {} € (VAT {} €); cash {} €, card {} €",
        summary.visits,
        summary.documents,
        summary.gross_cents,
        summary.vat_cents,
        summary.tenders.cash,
        summary.tenders.card
    );
    if summary.packs_sold > 0 {
        say!(
            "{} packs sold, {} washes taken of them, {} given back",
            summary.packs_sold,
            summary.pack_uses,
            summary.packs_given_back
        );
    }
    say!(
        "AADE: {} live entries, {} duplicate, {} missing, {} wrong; {} rejected, {} unknown, {} resent blind",
        summary.entries_live,
        summary.entries_duplicate,
        summary.entries_missing,
        summary.entries_wrong_state,
        summary.rejected,
        summary.unknown,
        summary.resent_blind
    );
    say!(
        "whoever issues: {} documents there, {} missing, {} too many",
        summary.issued_there,
        summary.issued_missing,
        summary.issued_duplicate
    );
    say!(
        "{} requests, {} faults, {} kills; {} papers, {} twice; drawer {} € expected, {} € counted",
        summary.requests,
        summary.faults_injected,
        summary.kills,
        summary.papers,
        summary.papers_duplicate,
        summary.drawer_expected_cents,
        summary.drawer_counted_cents
    );
}
