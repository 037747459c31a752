//! `tameio due [--on DAY] [--csv|--json]`: the vehicles that should come again for their service, and whom to call.

use super::Outcome;
use crate::DataArgs;
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;
use tameio::app::clock;
use tameio::domain::reminder::{DueVehicle, Standing};
use tameio::store::reminders;

/// Which list, and in which form.
#[derive(Debug, clap::Args)]
pub(crate) struct DueArgs {
    /// The day it is for, as 2026-03-14; today where it is left out
    #[arg(long, value_name = "DAY")]
    on: Option<jiff::civil::Date>,
    /// A table for an office program: a header, then a row for each vehicle
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// A vehicle, as it leaves the program.
#[derive(Debug, Serialize)]
struct Row<'a> {
    plate: String,
    standing: &'static str,
    on: Option<String>,
    days_left: Option<i32>,
    km: Option<u32>,
    km_left: Option<i64>,
    km_estimated: bool,
    what: &'a str,
    call_name: &'a str,
    call_phone: &'a str,
    last_here: String,
}

pub(crate) fn run(args: &DueArgs) -> Outcome {
    let (config, conn) = args.data.archive()?;
    let today = args.on.unwrap_or_else(|| clock::now().date());
    let due = reminders::due(&conn, today, config.settings.garage.reminders)?;
    let mut out = std::io::stdout().lock();
    if args.csv {
        writeln!(
            out,
            "plate,standing,on,days_left,km,km_left,km_estimated,what,call_name,call_phone,last_here"
        )?;
    }
    for row in due.iter().map(row) {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&row)?)?;
        } else if args.csv {
            writeln!(out, "{}", csv(&row))?;
        } else {
            let on = row.on.as_deref().unwrap_or("-");
            let km = row.km.map_or_else(|| "-".to_owned(), |km| km.to_string());
            let (name, phone) = (row.call_name, row.call_phone);
            writeln!(
                out,
                "{:<12} {:<5} {on:<10} {km:>7}  {}  {name} {phone}",
                row.plate, row.standing, row.what
            )?;
        }
    }
    if due.is_empty() && !args.json && !args.csv {
        writeln!(out, "No vehicle is due on {today}.")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn row(vehicle: &DueVehicle) -> Row<'_> {
    let DueVehicle { plate, last, next, reminder } = vehicle;
    Row {
        plate: plate.display(),
        standing: if reminder.standing == Standing::Due { "due" } else { "near" },
        on: next.on.map(|on| on.to_string()),
        days_left: reminder.days_left,
        km: next.km,
        km_left: reminder.km_left,
        km_estimated: reminder.km_estimated,
        what: next.what.as_str(),
        call_name: next.call_name.as_str(),
        call_phone: next.call_phone.as_str(),
        last_here: last.date().to_string(),
    }
}

/// Comma-separated as in RFC 4180. What a table program would run as a formula is text: it begins with an apostrophe.
fn csv(row: &Row<'_>) -> String {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let fields = [
        quoted(&row.plate),
        row.standing.to_owned(),
        row.on.clone().unwrap_or_default(),
        number(row.days_left.map(i64::from)),
        number(row.km.map(i64::from)),
        number(row.km_left),
        row.km_estimated.to_string(),
        quoted(row.what),
        quoted(row.call_name),
        quoted(row.call_phone),
        row.last_here.clone(),
    ];
    fields.join(",")
}

fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    format!("\"{}\"", text.replace('"', "\"\""))
}
