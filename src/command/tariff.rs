//! `tameio tariff check FILE`: what is wrong with a parking tariff. `tameio tariff price FILE --from … --to …`, which is
//! also `tameio price --tariff FILE …`: what a stay costs, and the steps that made it. `tameio tariff export`: the tariff that holds
//! at a terminal, as a file.

use super::Outcome;
use crate::DataArgs;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tameio::app::tariff::in_force;
use tameio::config::tariff::instant;
use tameio::domain::tariff::check::Finding;
use tameio::domain::tariff::kept::{KeptTariff, TariffAct, TariffChange};
use tameio::domain::tariff::{Price, Step, Tariff, VehicleClass};
use tameio::domain::text::Language;
use tameio::domain::time::Stamp;
use tameio::store::{DATABASE, StoreError, open_reader, query};

/// A parking tariff.
#[derive(Debug, Subcommand)]
pub(crate) enum TariffCommand {
    /// Check a file: faults with their lines, durations without a price, falls in price, rules that never act
    Check {
        /// The tariff's file
        file: PathBuf,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// The tariff that holds at this terminal, as the text of a file: the configuration's, or what was made of it at the screen
    Export {
        #[command(flatten)]
        data: DataArgs,
    },
    /// What a stay costs, and the steps that made it
    Price {
        /// The tariff's file
        file: PathBuf,
        #[command(flatten)]
        stay: StayArgs,
    },
}

/// What a stay costs, and the steps that made it.
#[derive(Debug, Args)]
pub(crate) struct PriceArgs {
    /// The tariff's file
    #[arg(long, value_name = "FILE")]
    tariff: PathBuf,
    #[command(flatten)]
    stay: StayArgs,
}

/// A stay.
#[derive(Debug, Args)]
pub(crate) struct StayArgs {
    /// Arrival, in Athens (2026-03-14T19:30) or with an offset (2026-10-25T03:30+03:00)
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    from: Timestamp,
    /// Departure
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    to: Timestamp,
    /// motorcycle, car, van or lorry
    #[arg(long, default_value = "car", value_parser = class)]
    class: VehicleClass,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(command: &TariffCommand) -> Outcome {
    match command {
        TariffCommand::Check { file, json } => check(file, *json),
        TariffCommand::Export { data } => export(data),
        TariffCommand::Price { file, stay } => price(file, stay),
    }
}

pub(crate) fn run_price(args: &PriceArgs) -> Outcome {
    price(&args.tariff, &args.stay)
}

fn check(file: &Path, json: bool) -> Outcome {
    let tariff = Tariff::load(file)?;
    let findings = tariff.check();
    if json {
        let findings: Vec<Value> = findings.iter().map(finding_as_json).collect();
        say!("{}", Value::Array(findings));
    } else {
        for finding in &findings {
            say!("line {}: {}", finding.line, finding.sentence(Language::En));
        }
    }
    if !findings.is_empty() {
        return Err(format!("{} has {} to mend", file.display(), plural(findings.len())).into());
    }
    if !json {
        say!("{} is good: {}, {}", file.display(), tariff.code, versions(&tariff));
    }
    Ok(ExitCode::SUCCESS)
}

/// The tariff that holds; what was changed at the screen, and by whom, stands above it as a remark.
fn export(data: &DataArgs) -> Outcome {
    let (config, folder) = data.resolve()?;
    let kept = kept(&folder)?;
    let holds = in_force(config.settings.parking.tariff.as_ref(), &kept)
        .ok_or("the configuration names no tariff: write tariff = \"…\" in its section [parking]")?;
    for change in &kept.changes {
        say!("{}", remark(change));
    }
    say!("{}", holds.to_text().trim_end());
    Ok(ExitCode::SUCCESS)
}

/// What is kept of a tariff at a terminal; nothing where none has run yet.
pub(super) fn kept(folder: &Path) -> Result<KeptTariff, StoreError> {
    if folder.join(DATABASE).exists() {
        query::kept_tariff(&open_reader(folder)?)
    } else {
        Ok(KeptTariff::default())
    }
}

fn remark(change: &TariffChange) -> String {
    let TariffChange { number, act, at, operator } = change;
    let (at, who) = (at.printed(), &operator.0);
    match act {
        TariffAct::PutIntoForce { version, from } => {
            format!("# {number}. {at}, {who}: version {version} put into force from {}", from.printed())
        }
        TariffAct::Withdrawn { version } => {
            format!("# {number}. {at}, {who}: version {version} taken out again")
        }
    }
}

fn plural(findings: usize) -> String {
    if findings == 1 { "1 thing".to_owned() } else { format!("{findings} things") }
}

fn versions(tariff: &Tariff) -> String {
    let ids: Vec<&str> = tariff.versions.iter().map(|version| version.id.as_str()).collect();
    format!("version {}", ids.join(", "))
}

fn finding_as_json(finding: &Finding) -> Value {
    json!({
        "line": finding.line,
        "version": finding.version,
        "class": finding.class,
        "part": finding.part,
        "what": finding.what.code(),
        "el": finding.sentence(Language::El),
        "en": finding.sentence(Language::En),
        "arrived": Stamp::new(finding.example.arrived),
        "minutes": finding.example.minutes,
        "price_cents": finding.example.price,
    })
}

fn price(file: &Path, stay: &StayArgs) -> Outcome {
    let tariff = Tariff::load(file)?;
    let price = tariff.price(stay.class, stay.from, stay.to)?;
    if stay.json {
        say!("{}", as_json(&price, stay));
    } else {
        say!("{}, {}", price.catalogue(), stay.class.code());
        price.sentences(Language::En).iter().for_each(|line| say!("{line}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(price: &Price<'_>, stay: &StayArgs) -> Value {
    json!({
        "tariff": price.tariff.code,
        "version": price.version.id,
        "class": stay.class,
        "from": Stamp::new(stay.from),
        "to": Stamp::new(stay.to),
        "minutes": price.minutes,
        "total_cents": price.total.0,
        "steps": price.steps.iter().map(|step| step_as_json(price, step)).collect::<Vec<_>>(),
    })
}

fn step_as_json(price: &Price<'_>, step: &Step) -> Value {
    json!({
        "rule": step.rule.code(),
        "name": price.name(step),
        "from_minute": step.from,
        "to_minute": step.to,
        "count": step.count,
        "unit_cents": step.unit.0,
        "amount_cents": step.amount.0,
    })
}

fn class(word: &str) -> Result<VehicleClass, String> {
    VehicleClass::from_code(word).ok_or_else(|| "choose motorcycle, car, van or lorry".to_owned())
}
