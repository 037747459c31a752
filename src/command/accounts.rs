//! `tameio accounts [--until DAY] [--on DAY] [--csv|--json]`: what is to be invoiced to customers on account, and what is odd about it.

use super::Outcome;
use super::list::{Form, FormArgs, say_json, say_row};
use crate::DataArgs;
use serde::Serialize;
use std::error::Error;
use std::process::ExitCode;
use tameio::app::clock;
use tameio::domain::account::{Oddity, Proposal, ProposedVisit, end_of_last_month};
use tameio::store::accounts;

/// Which list, and in which form.
#[derive(Debug, clap::Args)]
pub(crate) struct AccountsArgs {
    /// Visits until this day, as 2026-03-31; until the end of last month where it is left out
    #[arg(long, value_name = "DAY")]
    until: Option<jiff::civil::Date>,
    /// The day it is for; today where it is left out
    #[arg(long, value_name = "DAY")]
    on: Option<jiff::civil::Date>,
    #[command(flatten)]
    form: FormArgs,
    #[command(flatten)]
    data: DataArgs,
}

/// A customer, as it leaves the program.
#[derive(Debug, Serialize)]
struct Row<'a> {
    customer: &'a str,
    country: &'a str,
    name: &'a str,
    visits: usize,
    kept_back: usize,
    net_cents: i64,
    vat_cents: i64,
    gross_cents: i64,
    invoice_by: String,
    odd: Vec<&'static str>,
    visits_of: Vec<VisitRow>,
}

/// A visit of it.
#[derive(Debug, Serialize)]
struct VisitRow {
    reference: String,
    plate: String,
    day: String,
    gross_cents: i64,
    odd: Vec<&'static str>,
}

pub(crate) fn run(args: &AccountsArgs) -> Outcome {
    let (config, conn) = args.data.archive()?;
    let today = args.on.unwrap_or_else(|| clock::now().date());
    let until = args.until.unwrap_or_else(|| end_of_last_month(today));
    let proposals = accounts::proposals(&conn, &config.settings.accounts, until, today)?;
    let form = args.form.form();
    if form == Form::Table {
        say_row(["customer", "country", "name", "reference", "plate", "day", "gross", "odd"])?;
    }
    for proposal in &proposals {
        match form {
            Form::Json => say_json(&row(proposal))?,
            Form::Table => proposal.visits.iter().try_for_each(|visit| say_visit(proposal, visit))?,
            Form::Lines => say_line(proposal),
        }
    }
    if proposals.is_empty() && form == Form::Lines {
        say!("Nothing until {until} waits for its invoice.");
    }
    Ok(ExitCode::SUCCESS)
}

fn say_line(proposal: &Proposal) {
    let row = row(proposal);
    let odd = if row.odd.is_empty() { String::new() } else { format!("  ! {}", row.odd.join(", ")) };
    say!(
        "{} {:<10} {:>4} visits  net {:>10}  VAT {:>9}  total {:>10}  by {}  {}{odd}",
        row.country,
        row.customer,
        row.visits,
        proposal.net().with_point(),
        (proposal.gross() - proposal.net()).with_point(),
        proposal.gross().with_point(),
        row.invoice_by,
        row.name,
    );
}

fn row(proposal: &Proposal) -> Row<'_> {
    let taken = proposal.taken().count();
    Row {
        customer: &proposal.customer.number,
        country: &proposal.customer.country,
        name: proposal.name.as_str(),
        visits: taken,
        kept_back: proposal.visits.len() - taken,
        net_cents: proposal.net().0,
        vat_cents: (proposal.gross() - proposal.net()).0,
        gross_cents: proposal.gross().0,
        invoice_by: proposal.by.to_string(),
        odd: proposal.oddities().into_iter().map(Oddity::code).collect(),
        visits_of: proposal.visits.iter().map(visit_row).collect(),
    }
}

fn visit_row(visit: &ProposedVisit) -> VisitRow {
    VisitRow {
        reference: visit.reference.to_string(),
        plate: visit.plate.display(),
        day: visit.day.to_string(),
        gross_cents: visit.gross.0,
        odd: visit.odd.iter().map(|odd| odd.code()).collect(),
    }
}

fn say_visit(proposal: &Proposal, visit: &ProposedVisit) -> Result<(), Box<dyn Error>> {
    let odd: Vec<&str> = visit.odd.iter().map(|odd| odd.code()).collect();
    let row = visit_row(visit);
    say_row([
        &proposal.customer.number,
        &proposal.customer.country,
        proposal.name.as_str(),
        &row.reference,
        &row.plate,
        &row.day,
        &visit.gross.with_point(),
        &odd.join(" "),
    ])
}
