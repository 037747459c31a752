//! The configuration that the answers make: commented, and never handed over before it has passed its own check. Prices are
//! those of the files that ship, to be changed there.

use super::answers::{Answers, Service};
use super::step::{issuer_id, language_id, trade_id};
use crate::config::{Config, ConfigError, practice_text};
use crate::domain::settings::{IssuerKind, Trade};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The sections that are written from the answers and not taken from a shipped file.
const OWN: [&str; 9] =
    ["terminal", "business", "documents", "mydata", "registry", "devices", "operators", "also", "parking"];

/// The file of AADE's user and key, beside the configuration.
pub const CREDENTIALS: &str = "aade";

/// Why a set-up could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Nothing can be written there.
    #[error("{path} cannot be written: check its folder and permissions")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// One of that name is there already.
    #[error("{0} is there already: move it away, or name another file")]
    Exists(PathBuf),
    /// What was written does not pass the check: our fault.
    #[error("the configuration that was written has a fault")]
    Check(#[from] ConfigError),
}

/// Writes the configuration, the tariff it names and the file of AADE's key (mode 0600), and checks all of it. Nothing that
/// is there is overwritten.
///
/// # Errors
/// When something is in the way, or cannot be written.
pub fn write(answers: &Answers, config: &Path, terminal: &str) -> Result<Config, WriteError> {
    if config.exists() {
        return Err(WriteError::Exists(config.to_owned()));
    }
    let folder = config.parent().unwrap_or(Path::new("."));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Write { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let credentials = folder.join(CREDENTIALS);
    secret(&credentials, &format!("user = {:?}\nkey = {:?}\n", answers.user, answers.key))
        .map_err(failed(&credentials))?;
    if let Some((name, text)) = tariff(answers) {
        let file = folder.join("tariffs").join(name);
        std::fs::create_dir_all(folder.join("tariffs")).map_err(failed(&file))?;
        std::fs::write(&file, text).map_err(failed(&file))?;
    }
    // Checked under another name first: what does not pass never stands there as a configuration.
    let beside = config.with_extension("new");
    std::fs::write(&beside, text(answers, &credentials, terminal)).map_err(failed(&beside))?;
    let checked = Config::load(&beside)?;
    std::fs::rename(&beside, config).map_err(failed(config))?;
    Ok(checked)
}

/// A file that only its owner may read, from the first byte on.
fn secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The tariff's file, where there is a car park.
fn tariff(answers: &Answers) -> Option<(&'static str, &'static str)> {
    let shipped = [
        ("t1-continue.toml", include_str!("../../config/tariffs/t1-continue.toml")),
        ("t2.toml", include_str!("../../config/tariffs/t2.toml")),
        ("t3.toml", include_str!("../../config/tariffs/t3.toml")),
        ("t4.toml", include_str!("../../config/tariffs/t4.toml")),
        ("t5.toml", include_str!("../../config/tariffs/t5.toml")),
    ];
    let named = |(name, _): &(&str, &str)| name.strip_suffix(".toml") == Some(answers.tariff.as_str());
    shipped.into_iter().find(named).filter(|_| answers.does(Trade::Parking))
}

/// The text of the configuration; `terminal` are the four characters of its name.
pub fn text(answers: &Answers, credentials: &Path, terminal: &str) -> String {
    let mut out = String::new();
    head(&mut out, answers, terminal);
    documents(&mut out, answers);
    registry(&mut out, answers, credentials);
    devices(&mut out, answers);
    people(&mut out, answers);
    out.push_str(&prices(answers));
    out
}

fn head(out: &mut String, answers: &Answers, terminal: &str) {
    let main = answers.trades.first().copied().unwrap_or(Trade::Wash);
    let _ = write!(
        out,
        "# Written by `tameio setup`. Every setting is explained in the file terminal.toml that comes with Tameio; after a\n\
         # change, `tameio config check` names every fault with its line.\n\n\
         [terminal]\n\
         # No two terminals of one business may share this name.\n\
         name = {terminal:?}\npractice = false\ntrade = {:?}\nbranch = {}\nlanguage = {:?}\n\n\
         [business]\nname = {:?}\nafm = {:?}\naddress = {:?}\nphone = {:?}\n\n",
        trade_id(main),
        whole(&answers.branch),
        language_id(answers.language),
        answers.name.trim(),
        answers.afm,
        answers.address.trim(),
        answers.phone.trim(),
    );
    for trade in answers.trades.iter().skip(1) {
        let _ = write!(
            out,
            "# The establishment of this kind of work, as the tax registry numbers it.\n[[also]]\ntrade = {:?}\nbranch = {}\n\n",
            trade_id(*trade),
            whole(&answers.branch),
        );
    }
    if answers.does(Trade::Wash) {
        let _ = write!(out, "[wash]\nbays = {}\n\n", whole(&answers.bays));
    }
    if answers.does(Trade::Parking) {
        let _ = write!(
            out,
            "# What a stay costs, to begin with. What the owner changes at the screen holds above it: `tameio tariff export`.\n[parking]\ntariff = \"tariffs/{}.toml\"\n\n",
            answers.tariff
        );
    }
}

fn documents(out: &mut String, answers: &Answers) {
    let _ = write!(
        out,
        "[documents]\n# Who issues the tax document; ask your accountant before you change it.\nissuer = {:?}\nseries = \"A\"\nticket_at_arrival = {}\n\n",
        issuer_id(answers.issuer),
        answers.does(Trade::Parking),
    );
    if answers.issuer == IssuerKind::MyData {
        let _ = write!(
            out,
            "[mydata]\n# The owner has said that the accountant confirmed it.\nexemption_confirmed = {}\n\n",
            answers.exemption_confirmed
        );
    }
}

fn registry(out: &mut String, answers: &Answers, credentials: &Path) {
    let endpoint = match answers.service {
        Service::Test => "test",
        Service::Production => "production",
    };
    let mixed = answers.does(Trade::Wash) && answers.does(Trade::Parking);
    let _ = write!(
        out,
        "[registry]\n# test is AADE's test environment, where nothing counts; production is the real one.\nendpoint = {endpoint:?}\n\
         credentials = {:?}\nmixed = {mixed}\n\n",
        credentials.display().to_string(),
    );
}

fn devices(out: &mut String, answers: &Answers) {
    out.push_str("# `tameio devices` shows what is plugged in; all of it can be changed at the screen, too.\n[devices]\n");
    for (name, address) in [("printer", &answers.printer), ("scanner", &answers.scanner)] {
        if !address.is_empty() {
            let _ = writeln!(out, "{name} = {address:?}");
        }
    }
    out.push('\n');
}

fn people(out: &mut String, answers: &Answers) {
    let mut person = |id: &str, name: &str, role: &str| {
        let _ = write!(out, "[[operators]]\nid = {id:?}\nname = {:?}\nrole = {role:?}\n\n", name.trim());
    };
    if !answers.cashier.trim().is_empty() {
        person("A", &answers.cashier, "cashier");
    }
    person("owner", &answers.owner, "owner");
}

/// The price list of the kinds of work, as it ships, with the VAT rate that was chosen.
fn prices(answers: &Answers) -> String {
    let shipped = match answers.trades.as_slice() {
        [only] => practice_text(*only),
        _ => include_str!("../../config/mixed.toml"),
    };
    let mut out = String::from("# Prices as they ship with Tameio: put your own.\n");
    for block in blocks(shipped) {
        let name = block.lines().find_map(section).unwrap_or_default();
        let root = name.split('.').next().unwrap_or_default();
        let other = |trade: &Trade| {
            block.lines().any(|line| line.trim() == format!("trade = {:?}", trade_id(*trade)))
        };
        let elsewhere = super::step::TRADES.iter().any(|trade| !answers.does(*trade) && other(trade));
        if name.is_empty() || OWN.contains(&root) || root == "wash" || elsewhere {
            continue;
        }
        for line in block.lines() {
            let vat = name == "prices" && line.trim_start().starts_with("vat ");
            let line = if vat { format!("vat = {:?}", answers.vat) } else { line.to_owned() };
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The sections of a file, each with the comment above it.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut comment = String::new();
    for line in text.lines() {
        if section(line).is_some() {
            blocks.push(std::mem::take(&mut comment));
        } else if line.starts_with('#') {
            comment.push_str(line);
            comment.push('\n');
            continue;
        }
        if let Some(last) = blocks.last_mut() {
            last.push_str(&std::mem::take(&mut comment));
            last.push_str(line);
            last.push('\n');
        }
    }
    blocks.into_iter().map(|block| block.trim_end().to_owned()).collect()
}

/// The name of the section a line begins.
fn section(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?.trim_start_matches('[');
    name.split(']').next()
}

fn whole(typed: &str) -> u32 {
    typed.trim().parse().unwrap_or_default()
}
