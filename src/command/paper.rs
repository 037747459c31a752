//! `tameio paper DOCUMENT --as txt|png|pdf|a4|escpos`: a stored paper again, marked as the copy it is.

use super::Outcome;
use crate::DataArgs;
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use tameio::domain::document::{Document, DocumentKind};
use tameio::domain::ids::DocumentId;
use tameio::domain::paper::Paper;
use tameio::paper::{self, Facts, pdf};
use tameio::store::{StoreError, open_reader, query};
use tameio_drivers::printer::{Profile, encode};

/// A stored paper again, marked as a copy.
#[derive(Debug, Args)]
pub(crate) struct PaperArgs {
    /// Series and number, as printed, or the document's id
    document: String,
    /// In which form
    #[arg(long = "as", value_enum, default_value_t = Form::Txt)]
    form: Form,
    /// The printer it is laid out for
    #[arg(long, default_value = "epson-80")]
    profile: String,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Lines of text
    Txt,
    /// A picture
    Png,
    /// A PDF file: invoices on A4, receipts as wide as the roll
    Pdf,
    /// A PDF file on A4, whatever the document is
    A4,
    /// The printer's own bytes
    Escpos,
}

pub(crate) fn run(args: &PaperArgs) -> Outcome {
    let (config, folder) = args.data.resolve()?;
    let conn = open_reader(&folder)?;
    let profile = Profile::named(&args.profile).ok_or_else(|| {
        format!("there is no printer {:?}: see `tameio doctor` for the known ones", args.profile)
    })?;
    let document = find(&conn, &args.document)?.ok_or_else(|| {
        format!(
            "there is no document {:?}: write series and number as printed, for instance A-12",
            args.document
        )
    })?;
    // Whatever leaves through this command is a copy: the original is the one the customer holds.
    let printed = match document.name {
        Some(_) => Paper::Receipt { document: document.id, copy: 0 },
        None => Paper::Slip { document: document.id, copy: 0 },
    };
    let copy = query::complete_prints(&conn, &printed)?.max(1);
    let settings = &config.settings;
    let sheet = paper::sheet(settings, Facts::Receipt { document: &document, copy }, profile.columns);
    let on_a4 = matches!(document.kind, DocumentKind::Invoice { .. }) || matches!(args.form, Form::A4);
    let bytes = match args.form {
        Form::Pdf | Form::A4 if on_a4 => pdf::a4(settings, &document, copy, &profile)?,
        Form::Pdf | Form::A4 => pdf::roll(settings, &document, copy, &profile)?,
        Form::Txt => paper::picture::text(&sheet, &profile)?.into_bytes(),
        Form::Png => paper::picture::png(&sheet, &profile)?,
        Form::Escpos => encode(&sheet, &profile)?.bytes(),
    };
    let mut stdout = std::io::stdout().lock();
    if !matches!(args.form, Form::Txt) && stdout.is_terminal() {
        return Err("this form is not text: send it to a file with > FILE".into());
    }
    stdout.write_all(&bytes)?;
    Ok(ExitCode::SUCCESS)
}

fn find(conn: &rusqlite::Connection, name: &str) -> Result<Option<Document>, StoreError> {
    if let Ok(id) = name.parse::<DocumentId>() {
        return query::document(conn, id);
    }
    match name.rsplit_once('-').and_then(|(series, number)| Some((series, number.parse().ok()?))) {
        Some((series, number)) => query::document_numbered(conn, series, number),
        None => Ok(None),
    }
}
