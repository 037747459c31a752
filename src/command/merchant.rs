//! `tameio merchant list`, `tameio merchant account NUMBER`: the shops whose customers park for less, and what each owes.

use super::Outcome;
use super::list::{Form, FormArgs, say_json, say_row};
use crate::DataArgs;
use serde::Serialize;
use std::error::Error;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use tameio::app::clock;
use tameio::domain::merchant::{Merchant, Payer};
use tameio::domain::money::Cents;
use tameio::domain::settings::Settings;
use tameio::domain::text::Language;
use tameio::domain::validation::{MerchantAccount, Month, ValidatedBy, ValidationUse};
use tameio::paper::{self, Facts, pdf};
use tameio::store::merchants;
use tameio_drivers::printer::Profile;

/// What is wanted of the shops.
#[derive(Debug, clap::Args)]
pub(crate) struct MerchantArgs {
    #[command(subcommand)]
    command: MerchantCommand,
}

#[derive(Debug, clap::Subcommand)]
enum MerchantCommand {
    /// Every shop: what it gives, and what it owes for a month
    List {
        /// The month, as 2026-03; this one where it is left out
        #[arg(long, value_name = "MONTH")]
        month: Option<Month>,
        #[command(flatten)]
        form: FormArgs,
        #[command(flatten)]
        data: DataArgs,
    },
    /// What a shop's customers did not pay in a month, stay by stay
    Account {
        /// The shop's number, as `tameio merchant list` shows it
        number: u64,
        /// The month, as 2026-03; this one where it is left out
        #[arg(long, value_name = "MONTH")]
        month: Option<Month>,
        #[command(flatten)]
        form: FormArgs,
        /// A PDF file on A4, to be sent to the shop
        #[arg(long, conflicts_with_all = ["csv", "json"])]
        a4: bool,
        #[command(flatten)]
        data: DataArgs,
    },
}

pub(crate) fn run(args: &MerchantArgs) -> Outcome {
    match &args.command {
        MerchantCommand::List { month, form, data } => list(*month, form.form(), data),
        MerchantCommand::Account { number, month, form, a4, data } => {
            account(*number, *month, (!a4).then(|| form.form()), data)
        }
    }
}

fn this_month() -> Month {
    Month::of(clock::now().date())
}

/// A shop, as it leaves the program.
#[derive(Debug, Serialize)]
struct ShopRow<'a> {
    number: u64,
    name: &'a str,
    afm: &'a str,
    gives: String,
    payer: &'static str,
    active: bool,
    month: String,
    stays: usize,
    owed_cents: i64,
    given_cents: i64,
}

fn list(month: Option<Month>, form: Form, data: &DataArgs) -> Outcome {
    let (_, conn) = data.archive()?;
    let month = month.unwrap_or_else(this_month);
    let shops = merchants::all(&conn)?;
    if form == Form::Table {
        say_row(["number", "name", "afm", "gives", "payer", "active", "month", "stays", "owed", "given"])?;
    }
    for shop in &shops {
        let account = merchants::account(&conn, shop.number, month)?;
        let row = shop_row(shop, &account);
        let ShopRow { number, name, afm, gives, payer, active, month, stays, .. } = &row;
        let (owed, given) = (account.owed(), account.given());
        match form {
            Form::Json => say_json(&row)?,
            Form::Table => {
                let [number, active, stays] = [number.to_string(), active.to_string(), stays.to_string()];
                let (owed, given) = (owed.to_string(), given.to_string());
                say_row([&number, name, afm, gives, payer, &active, month, &stays, &owed, &given])?;
            }
            Form::Lines => {
                let off = if *active { "" } else { "  (inactive)" };
                say!("{number:>4}  {name}  {gives}  {stays} stays, owes {owed}{off}");
            }
        }
    }
    if shops.is_empty() && form == Form::Lines {
        say!("No shop gives its customers anything.");
    }
    Ok(ExitCode::SUCCESS)
}

fn shop_row<'a>(shop: &'a Merchant, account: &MerchantAccount) -> ShopRow<'a> {
    let terms = &shop.terms;
    ShopRow {
        number: shop.number,
        name: terms.name.as_str(),
        afm: terms.tax_number.as_ref().map(|number| number.number.as_str()).unwrap_or_default(),
        gives: terms.gives.words(Language::En),
        payer: payer(terms.payer),
        active: terms.active,
        month: account.month.to_string(),
        stays: account.uses.len(),
        owed_cents: account.owed().0,
        given_cents: account.given().0,
    }
}

const fn payer(payer: Payer) -> &'static str {
    match payer {
        Payer::Merchant => "merchant",
        Payer::House => "house",
    }
}

/// A stay, as it leaves the program.
#[derive(Debug, Serialize)]
struct UseRow {
    at: String,
    plate: String,
    visit: String,
    gives: String,
    payer: &'static str,
    how: &'static str,
    voucher: Option<u64>,
    worth_cents: i64,
    #[serde(skip)]
    worth: Cents,
}

/// `form`: none is the PDF.
fn account(number: u64, month: Option<Month>, form: Option<Form>, data: &DataArgs) -> Outcome {
    let (config, conn) = data.archive()?;
    let month = month.unwrap_or_else(this_month);
    let shops = merchants::all(&conn)?;
    let shop = shops
        .into_iter()
        .find(|shop| shop.number == number)
        .ok_or_else(|| format!("there is no shop {number}: `tameio merchant list` shows their numbers"))?;
    let account = merchants::account(&conn, number, month)?;
    let rows = account.uses.iter().map(use_row);
    match form {
        None => {
            let mut out = std::io::stdout().lock();
            if out.is_terminal() {
                return Err("this form is not text: send it to a file with > FILE".into());
            }
            out.write_all(&pdf::account(&config.settings, &shop, &account, clock::now())?)?;
        }
        Some(Form::Lines) => say!("{}", as_text(&config.settings, &shop, &account)?.trim_end()),
        Some(Form::Json) => rows.into_iter().try_for_each(|row| say_json(&row))?,
        Some(Form::Table) => {
            say_row(["at", "plate", "visit", "gives", "payer", "how", "voucher", "worth"])?;
            rows.into_iter().try_for_each(|row| say_use(&row))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The paper of it, in lines.
fn as_text(
    settings: &Settings,
    merchant: &Merchant,
    account: &MerchantAccount,
) -> Result<String, Box<dyn std::error::Error>> {
    let profile = Profile::named("generic-80").ok_or("the paper's width is not known")?;
    let facts = Facts::MerchantAccount { merchant, account, at: clock::now() };
    Ok(paper::picture::text(&paper::sheet(settings, facts, profile.columns), &profile)?)
}

fn use_row(used: &ValidationUse) -> UseRow {
    let (how, voucher) = match used.by {
        ValidatedBy::Hand { .. } => ("hand", None),
        ValidatedBy::Voucher { number, .. } => ("voucher", Some(number)),
    };
    UseRow {
        at: used.at.local().strftime("%Y-%m-%d %H:%M").to_string(),
        plate: used.plate_in_short(),
        visit: used.reference.to_string(),
        gives: used.what.words(Language::En),
        payer: payer(used.payer),
        how,
        voucher,
        worth_cents: used.worth.0,
        worth: used.worth,
    }
}

fn say_use(row: &UseRow) -> Result<(), Box<dyn Error>> {
    let voucher = row.voucher.map(|number| number.to_string()).unwrap_or_default();
    let UseRow { at, plate, visit, gives, payer, how, worth, .. } = row;
    say_row([at, plate, visit, gives, payer, how, &voucher, &worth.to_string()])
}
