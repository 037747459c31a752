//! `tameio setup`: the questions a terminal must have answered before it can work, by touch; ends with a configuration.

use super::Outcome;
use clap::Args;
use std::path::PathBuf;

/// Set a terminal up: questions by touch, and a checked configuration at the end.
#[derive(Debug, Args)]
pub(crate) struct SetupArgs {
    /// The configuration to write; without it, tameio/terminal.toml in the user's configuration folder
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Fill the whole screen
    #[arg(long)]
    pub(crate) kiosk: bool,
    /// Try the account at this address instead of AADE, for instance a simulator's
    #[arg(long, value_name = "URL")]
    pub(crate) at: Option<String>,
}

#[cfg(not(feature = "screen"))]
pub(crate) fn run(_args: &SetupArgs) -> Outcome {
    Err("this build has no screen: build it with default features, or copy config/terminal.toml and change it".into())
}

#[cfg(feature = "screen")]
pub(crate) use with_screen::run;

#[cfg(feature = "screen")]
mod with_screen {
    use super::{Outcome, SetupArgs};
    use std::path::{Path, PathBuf};
    use std::process::{Command, ExitCode};
    use std::sync::Arc;
    use tameio::aade::credentials::Credentials;
    use tameio::aade::message::{ListQuery, Request};
    use tameio::aade::transport::{Endpoint, HttpTransport, Transport};
    use tameio::app::clock;
    use tameio::config::Config;
    use tameio::device::offers::plugged_in;
    use tameio::domain::device::DeviceKind;
    use tameio::domain::ids::IdSource;
    use tameio::domain::text::Language;
    use tameio::paper::{self, Facts};
    use tameio::setup::answers::Service;
    use tameio::setup::step::Offer;
    use tameio::setup::{Answers, Step, write};
    use tameio::view::generated::SetupBegin;
    use tameio::view::setup::{self, Hands, Setup};
    use tameio_drivers::printer::{self, JobOutcome, Printer};
    use tameio_drivers::supervisor::Places;

    pub(crate) fn run(args: &SetupArgs) -> Outcome {
        let file = args.file.clone().unwrap_or_else(default_file);
        if file.exists() {
            return Err(write::WriteError::Exists(file).into());
        }
        let hands = Outside { draft: file.with_extension("setup"), file, at: args.at.clone() };
        let answers = Answers::resume(&hands.draft);
        let begin = Setup::new(answers, Arc::new(hands.clone()), args.kiosk)?.run()?;
        if !hands.file.exists() {
            say!("Not finished: `tameio setup {}` goes on where it stopped.", hands.file.display());
            return Ok(ExitCode::SUCCESS);
        }
        say!("tameio --config {}", hands.file.display());
        begin.map_or(Ok(ExitCode::SUCCESS), |begin| follow(begin, &hands.file, args.kiosk))
    }

    /// A terminal of its own: nothing of the set-up is left in it.
    fn follow(begin: SetupBegin, file: &Path, kiosk: bool) -> Outcome {
        let trade = Config::load(file)?.settings.trade;
        let mut terminal = Command::new(std::env::current_exe()?);
        terminal.args(setup::arguments(begin, file, trade, kiosk));
        let ended = terminal.status()?;
        Ok(if ended.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn default_file() -> PathBuf {
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
        let base = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        base.or_else(home).unwrap_or_else(|| PathBuf::from(".")).join("tameio").join("terminal.toml")
    }

    /// The world outside the window.
    #[derive(Debug, Clone)]
    struct Outside {
        file: PathBuf,
        draft: PathBuf,
        at: Option<String>,
    }

    /// In the language chosen.
    fn say(answers: &Answers, el: &str, en: &str) -> String {
        match answers.language {
            Language::El => el.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    impl Hands for Outside {
        fn found(&self, step: Step) -> Vec<Offer> {
            let kind = match step {
                Step::Printer => DeviceKind::Printer,
                Step::Scanner => DeviceKind::Scanner,
                _ => return Vec::new(),
            };
            let offers = plugged_in(&Places::default()).into_iter().filter(|offer| offer.kind == kind);
            offers
                .map(|offer| Offer {
                    id: offer.address.to_string(),
                    text: format!("{} · {}", offer.name, offer.address),
                })
                .collect()
        }

        fn keep(&self, answers: &Answers) {
            if let Err(error) = answers.keep(&self.draft) {
                tracing::warn!(%error, draft = %self.draft.display(), "the answers could not be kept");
            }
        }

        fn try_account(&self, answers: &Answers) -> Result<String, String> {
            let endpoint = match (&self.at, answers.service) {
                (Some(at), _) => Endpoint::At(at.clone()),
                (None, Service::Test) => Endpoint::Test,
                (None, Service::Production) => Endpoint::Production,
            };
            let status = ask(&endpoint, answers).map_err(|error| {
                format!(
                    "{} ({error})",
                    say(
                        answers,
                        "Η υπηρεσία δεν απάντησε: δοκίμασε πάλι αργότερα.",
                        "The service did not answer: try again later."
                    )
                )
            })?;
            match status {
                200 => Ok(say(answers, "Ο λογαριασμός δουλεύει.", "The account works.")),
                401 | 403 => Err(say(
                    answers,
                    "Η ΑΑΔΕ δεν δέχεται αυτόν τον χρήστη και κωδικό: γύρνα πίσω και γράψε τους πάλι.",
                    "AADE refuses this user and key: go back and type them again.",
                )),
                other => Err(format!(
                    "{} ({other})",
                    say(answers, "Η υπηρεσία απάντησε με σφάλμα.", "The service answered with an error.")
                )),
            }
        }

        fn print_test(&self, answers: &Answers) -> Result<String, String> {
            if answers.printer.is_empty() {
                return Err(say(answers, "Δεν διάλεξες εκτυπωτή.", "No printer was chosen."));
            }
            let settings = Config::parse(&write::text(answers, &self.file, "TEST"))
                .map_err(|_| {
                    say(answers, "Λείπουν απαντήσεις: γύρνα πίσω.", "Answers are missing: go back.")
                })?
                .settings;
            let address: printer::Address = answers.printer.parse().map_err(|error| format!("{error}"))?;
            let mut printer = printer::open("printer", &address).map_err(|fault| fault.to_string())?;
            let columns = printer.profile().columns;
            let sheet = paper::sheet(&settings, Facts::Test { at: clock::now() }, columns);
            let job = printer::encode(&sheet, printer.profile()).map_err(|error| error.to_string())?;
            match printer.print(&job) {
                JobOutcome::Confirmed => {
                    Ok(say(answers, "Τυπώθηκε ένα δοκιμαστικό.", "A test paper was printed."))
                }
                JobOutcome::SentUnconfirmed | JobOutcome::Unknown => Ok(say(
                    answers,
                    "Στάλθηκε ένα δοκιμαστικό: κοίτα αν βγήκε ολόκληρο.",
                    "A test paper was sent: look whether all of it came out.",
                )),
                JobOutcome::Interrupted { cause, .. } | JobOutcome::NotStarted { cause } => {
                    Err(cause.to_string())
                }
            }
        }

        fn write(&self, answers: &Answers) -> Result<String, String> {
            write::write(answers, &self.file, &terminal_name())
                .map_err(|error| crate::command::chain(&error))?;
            // What was asked is answered: nothing is left to go on with.
            let _ = std::fs::remove_file(&self.draft);
            let practice = say(
                answers,
                "Η εξάσκηση δεν αλλάζει τίποτα: κάνε πρώτα μία επίσκεψη εκεί. Η δουλειά ξεκινά και με:",
                "Practice changes nothing: make a visit there first. Work begins with this, too:",
            );
            Ok(format!("{practice} tameio --config {}", self.file.display()))
        }
    }

    /// Four capitals or digits by chance: no two terminals of one business may share a name.
    fn terminal_name() -> String {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut chance = IdSource::new(0, clock::chance());
        (0..4)
            .map(|_| {
                let at = usize::try_from(chance.up_to(31)).unwrap_or_default();
                char::from(LETTERS[at])
            })
            .collect()
    }

    /// A listing above the highest possible id asks nothing, and answers whether we are let in.
    fn ask(endpoint: &Endpoint, answers: &Answers) -> Result<u16, Box<dyn std::error::Error>> {
        let credentials = Credentials::new(answers.user.trim(), answers.key.trim());
        let transport = HttpTransport::new(endpoint, &credentials)?;
        let request = Request::List(ListQuery { after: i64::MAX - 1, ..ListQuery::default() }).to_http();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(runtime.block_on(transport.exchange(request))?.status)
    }
}
