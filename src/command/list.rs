//! The form in which a list leaves the program: lines for people, a table for an office program, a JSON object a line.

use serde::Serialize;
use std::error::Error;

/// Which form is wanted.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct FormArgs {
    /// A table for an office program: a header, then rows
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Lines,
    /// Comma-separated values.
    Table,
    /// JSON.
    Json,
}

impl FormArgs {
    /// The form that is wanted.
    pub(crate) const fn form(self) -> Form {
        match self {
            Self { csv: true, .. } => Form::Table,
            Self { json: true, .. } => Form::Json,
            Self { .. } => Form::Lines,
        }
    }
}

/// Says a row of a table.
pub(crate) fn say_row<const N: usize>(fields: [&str; N]) -> Result<(), Box<dyn Error>> {
    let mut row = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    row.write_record(fields.map(as_text))?;
    let row = String::from_utf8(row.into_inner().map_err(|error| error.into_error())?)?;
    say!("{}", row.trim_end_matches('\n'));
    Ok(())
}

/// Says an object.
pub(crate) fn say_json(row: &impl Serialize) -> Result<(), Box<dyn Error>> {
    say!("{}", serde_json::to_string(row)?);
    Ok(())
}

/// What a table program would run as a formula begins with an apostrophe: then it is text.
fn as_text(field: &str) -> String {
    let number = field.parse::<f64>().is_ok();
    let formula = !number && field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{field}") } else { field.to_owned() }
}
