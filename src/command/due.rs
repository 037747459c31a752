//! `tameio due [--on DAY] [--csv|--json]`: the vehicles that should come again for their service, and whom to call.

use super::Outcome;
use super::list::{Form, FormArgs, say_json, say_row};
use crate::DataArgs;
use serde::Serialize;
use std::error::Error;
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
    #[command(flatten)]
    form: FormArgs,
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
    let form = args.form.form();
    if form == Form::Table {
        say_row([
            "plate",
            "standing",
            "on",
            "days_left",
            "km",
            "km_left",
            "km_estimated",
            "what",
            "call_name",
            "call_phone",
            "last_here",
        ])?;
    }
    for row in due.iter().map(row) {
        match form {
            Form::Json => say_json(&row)?,
            Form::Table => say_vehicle(&row)?,
            Form::Lines => {
                let on = row.on.as_deref().unwrap_or("-");
                let km = row.km.map_or_else(|| "-".to_owned(), |km| km.to_string());
                let Row { plate, standing, what, call_name, call_phone, .. } = &row;
                say!("{plate:<12} {standing:<5} {on:<10} {km:>7}  {what}  {call_name} {call_phone}");
            }
        }
    }
    if due.is_empty() && form == Form::Lines {
        say!("No vehicle is due on {today}.");
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

fn say_vehicle(row: &Row<'_>) -> Result<(), Box<dyn Error>> {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    say_row([
        &row.plate,
        row.standing,
        row.on.as_deref().unwrap_or_default(),
        &number(row.days_left.map(i64::from)),
        &number(row.km.map(i64::from)),
        &number(row.km_left),
        &row.km_estimated.to_string(),
        row.what,
        row.call_name,
        row.call_phone,
        &row.last_here,
    ])
}
