//! `tameio accounts [--until DAY] [--on DAY] [--csv|--json]`: what is to be invoiced to customers on account, and what is odd about it.

use super::Outcome;
use crate::DataArgs;
use serde::Serialize;
use std::io::Write;
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
    /// A table for an office program: a header, then a row for each visit
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// One JSON object a line, for each customer
    #[arg(long)]
    json: bool,
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
    let mut out = std::io::stdout().lock();
    if args.csv {
        writeln!(out, "customer,country,name,reference,plate,day,gross,odd")?;
    }
    for proposal in &proposals {
        let row = row(proposal);
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&row)?)?;
        } else if args.csv {
            for visit in &proposal.visits {
                writeln!(out, "{}", csv(proposal, visit))?;
            }
        } else {
            let odd = if row.odd.is_empty() { String::new() } else { format!("  ! {}", row.odd.join(", ")) };
            writeln!(
                out,
                "{} {:<10} {:>4} visits  net {:>10}  VAT {:>9}  total {:>10}  by {}  {}{odd}",
                row.country,
                row.customer,
                row.visits,
                proposal.net().with_point(),
                (proposal.gross() - proposal.net()).with_point(),
                proposal.gross().with_point(),
                row.invoice_by,
                row.name,
            )?;
        }
    }
    if proposals.is_empty() && !args.json && !args.csv {
        writeln!(out, "Nothing until {until} waits for its invoice.")?;
    }
    Ok(ExitCode::SUCCESS)
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

/// Comma-separated as in RFC 4180. What a table program would run as a formula is text: it begins with an apostrophe.
fn csv(proposal: &Proposal, visit: &ProposedVisit) -> String {
    let odd: Vec<&str> = visit.odd.iter().map(|odd| odd.code()).collect();
    let fields = [
        proposal.customer.number.clone(),
        proposal.customer.country.clone(),
        quoted(proposal.name.as_str()),
        quoted(&visit.reference.to_string()),
        quoted(&visit.plate.display()),
        visit.day.to_string(),
        visit.gross.with_point(),
        odd.join(" "),
    ];
    fields.join(",")
}

fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    format!("\"{}\"", text.replace('"', "\"\""))
}
