//! `tameio replay FILE.jsonl`: what a list of recorded inputs leads to. A bug report is such a file.

use super::Outcome;
use crate::DataArgs;
use clap::Args;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tameio::app::input::Stamped;
use tameio::app::terminal::Terminal;
use tameio::store::Store;

/// Feed recorded inputs to a terminal and print the state they lead to.
#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    /// One JSON object a line: {"at": …, "chance": …, "input": {…}}
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
    /// Print the state as JSON
    #[arg(long)]
    json: bool,
}

/// A line that is no input.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of {} is not a recorded input: {why}", file.display())]
struct BadLine {
    file: PathBuf,
    line: usize,
    why: serde_json::Error,
}

pub(crate) fn run(args: &ReplayArgs) -> Outcome {
    let (config, _) = args.data.resolve()?;
    let scratch = Scratch::new(args.data.data.as_deref())?;
    let store = Store::open(scratch.folder(), &config.settings.terminal)?;
    let mut terminal = Terminal::new(config.settings, store)?;
    let file = std::fs::File::open(&args.file)
        .map_err(|e| format!("{} cannot be read: {e}", args.file.display()))?;
    let mut taken = 0;
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let bad = |why| BadLine { file: args.file.clone(), line: index + 1, why };
        let stamped: Stamped = serde_json::from_str(&line).map_err(bad)?;
        terminal.step(&stamped)?;
        taken += 1;
    }
    let state = serde_json::to_value(terminal.state())?;
    if args.json {
        say!("{state}");
    } else {
        say!("{taken} inputs taken.\n{}", serde_json::to_string_pretty(&state)?);
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder for the replay's database: the one asked for, which is kept, or one that goes away.
struct Scratch {
    folder: PathBuf,
    keep: bool,
}

impl Scratch {
    fn new(asked: Option<&Path>) -> std::io::Result<Self> {
        match asked {
            Some(folder) => Ok(Self { folder: folder.to_owned(), keep: true }),
            None => {
                let folder = std::env::temp_dir().join(format!("tameio-replay-{}", std::process::id()));
                std::fs::create_dir_all(&folder)?;
                Ok(Self { folder, keep: false })
            }
        }
    }

    fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
