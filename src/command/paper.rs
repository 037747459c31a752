//! `tameio paper DOCUMENT --as txt|png|pdf|a4|escpos`: a stored paper again, marked as the copy it is; `tameio paper check FILE`:
//! what is wrong with a template of a paper, and the paper it makes; `tameio paper template KIND`: the template that is built in.

use super::Outcome;
use crate::DataArgs;
use clap::{Args, Subcommand, ValueEnum};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tameio::domain::document::{Document, DocumentKind};
use tameio::domain::ids::DocumentId;
use tameio::domain::paper::Paper;
use tameio::domain::settings::Settings;
use tameio::domain::template::{TemplateKind, TemplateText};
use tameio::domain::text::Language;
use tameio::paper::sample::Sample;
use tameio::paper::template::{self, Press};
use tameio::paper::{self, Facts, pdf};
use tameio::store::{StoreError, query};
use tameio_drivers::printer::{Profile, encode};

/// A stored paper again, marked as a copy; or a template of papers.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct PaperArgs {
    #[command(subcommand)]
    command: Option<PaperCommand>,
    /// Series and number, as printed, or the document's id
    #[arg(required = true)]
    document: Option<String>,
    /// In which form
    #[arg(long = "as", value_enum, default_value_t = Form::Txt)]
    form: Form,
    /// The printer it is laid out for
    #[arg(long, default_value = "epson-80")]
    profile: String,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Subcommand)]
enum PaperCommand {
    /// Look for faults in a template, and print what it makes of made-up facts
    Check {
        /// The template's file; its name says the kind of paper (receipt.txt), unless --kind does
        file: PathBuf,
        /// The kind of paper
        #[arg(long, value_parser = parse_kind)]
        kind: Option<TemplateKind>,
        /// The printer it is laid out for
        #[arg(long, default_value = "epson-80")]
        profile: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Print the template that is built in, to begin a file of one's own with
    Template {
        /// The kind of paper
        #[arg(value_parser = parse_kind)]
        kind: TemplateKind,
    },
}

fn parse_kind(word: &str) -> Result<TemplateKind, String> {
    TemplateKind::of_word(word).ok_or_else(kinds)
}

fn kinds() -> String {
    format!("choose {}", TemplateKind::ALL.map(TemplateKind::word).join(", "))
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
    match &args.command {
        Some(PaperCommand::Check { file, kind, profile, data }) => check(file, *kind, profile, data),
        Some(PaperCommand::Template { kind }) => {
            say!("{}", template::shipped(*kind).trim_end());
            Ok(ExitCode::SUCCESS)
        }
        None => again(args),
    }
}

fn profile(name: &str) -> Result<Profile, String> {
    let unknown = || format!("there is no printer {name:?}: see `tameio doctor` for the known ones");
    Profile::named(name).ok_or_else(unknown)
}

/// Every finding with its line on stderr, the paper on stdout.
fn check(file: &Path, kind: Option<TemplateKind>, printer: &str, data: &DataArgs) -> Outcome {
    let (config, _) = data.resolve()?;
    let profile = profile(printer)?;
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let kind = kind.or_else(|| TemplateKind::of_word(stem)).ok_or_else(|| {
        format!(
            "which kind of paper {} is a template of is not known: say --kind, and {}",
            file.display(),
            kinds()
        )
    })?;
    let raw = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let settings = Settings { practice: true, ..config.settings };
    let checked = template::check(&settings, kind, TemplateText::new(&raw).as_str());
    for finding in &checked.findings {
        let word = if finding.what.is_fault() { "fault" } else { "remark" };
        eprintln!("{}: {word}: {}", file.display(), finding.sentence(Language::En));
    }
    let Some(template) = checked.template else {
        return Err("the template has faults: until they are mended the built-in paper is printed".into());
    };
    let sample = Sample::of(&settings, kind);
    if let Some(facts) = sample.as_ref().and_then(Sample::facts) {
        let sheet = paper::sheet(Press::draft(&settings, &template, None), facts, profile.columns);
        say!("{}", paper::picture::text(&sheet, &profile)?.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// A stored paper again.
fn again(args: &PaperArgs) -> Outcome {
    let (config, conn) = args.data.archive()?;
    let profile = profile(&args.profile)?;
    let name = args.document.as_deref().unwrap_or_default();
    let document = find(&conn, name)?.ok_or_else(|| {
        format!("there is no document {name:?}: write series and number as printed, for instance A-12")
    })?;
    // Whatever leaves through this command is a copy: the original is the one the customer holds.
    let printed = match document.name {
        Some(_) => Paper::Receipt { document: document.id, copy: 0 },
        None => Paper::Slip { document: document.id, copy: 0 },
    };
    let copy = query::complete_prints(&conn, &printed)?.max(1);
    let templates = query::templates(&conn)?;
    let settings = Press::saved(&config.settings, &templates);
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
