//! The first set-up by touch alone: every question of a wash with a car park answered, back and forth, and the
//! configuration written at the end.

use crate::glass::without_display;
use crate::pages::save;
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::{ComponentHandle, PhysicalSize, SharedString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tameio::config::Config;
use tameio::domain::settings::Trade;
use tameio::setup::step::Offer;
use tameio::setup::{Answers, Step, write};
use tameio::view::generated::{SetupBegin, SetupDeed};
use tameio::view::setup::{Hands, Setup, arguments};

/// A folder, a printer that was found, and what was kept last.
struct Outside {
    file: PathBuf,
    kept: Mutex<Answers>,
}

impl Hands for Outside {
    fn found(&self, step: Step) -> Vec<Offer> {
        let printer = Offer { id: "usb:04b8:0e15".to_owned(), text: "TM-T20II · usb:04b8:0e15".to_owned() };
        if step == Step::Printer { vec![printer] } else { Vec::new() }
    }

    fn keep(&self, answers: &Answers) {
        *self.kept.lock().expect("nobody panicked") = answers.clone();
    }

    fn try_account(&self, _: &Answers) -> Result<String, String> {
        Ok("δουλεύει".to_owned())
    }

    fn print_test(&self, _: &Answers) -> Result<String, String> {
        Ok("τυπώθηκε".to_owned())
    }

    fn write(&self, answers: &Answers) -> Result<String, String> {
        write::write(answers, &self.file, "7K3Q").map(|_| String::new()).map_err(|error| error.to_string())
    }
}

struct Screen {
    setup: Setup,
    outside: Arc<Outside>,
    _folder: tempfile::TempDir,
}

impl Screen {
    fn of(answers: Answers) -> Self {
        without_display();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("terminal.toml");
        let outside = Arc::new(Outside { file, kept: Mutex::default() });
        let setup = Setup::new(answers, Arc::<Outside>::clone(&outside), false).expect("a window");
        setup.ui().window().set_size(PhysicalSize::new(1024, 768));
        setup.ui().show().expect("it is shown");
        Self { setup, outside, _folder: folder }
    }

    fn element(&self, id: &str) -> Option<ElementHandle> {
        let wanted = SharedString::from(id);
        ElementQuery::from_root(self.setup.ui())
            .match_predicate(move |element| element.accessible_id().as_ref() == Some(&wanted))
            .find_first()
    }

    fn tap(&self, id: &str) {
        let element = self.element(id).unwrap_or_else(|| panic!("there is no {id}"));
        element.invoke_accessible_default_action();
    }

    fn types(&self, keys: &[&str]) {
        keys.iter().for_each(|key| self.tap(&format!("setup-{key}")));
    }

    fn next(&self) {
        self.tap("setup-next");
    }

    fn question(&self) -> String {
        self.setup.ui().get_question().to_string()
    }

    fn picture(&self, name: &str) {
        save(&self.setup.ui().window().take_snapshot().expect("it is drawn"), name);
    }

    fn kept(&self) -> Answers {
        self.outside.kept.lock().expect("nobody panicked").clone()
    }
}

#[test]
fn a_wash_with_a_car_park_is_set_up_by_touch_alone() {
    let screen = Screen::of(Answers::default());
    assert!(screen.question().contains("Γλώσσα"));
    screen.picture("setup-language");
    screen.next();
    screen.next();
    assert!(!screen.setup.ui().get_fault().is_empty(), "no kind of work is chosen");
    screen.types(&["offer-0", "offer-1"]);
    screen.picture("setup-trades");
    screen.next();
    screen.picture("setup-exemptions");
    screen.next();
    screen.types(&["Α", "Β"]);
    screen.picture("setup-name");
    screen.next();
    screen.types(&["9", "9", "9", "9", "9", "9", "9", "9", "0"]);
    screen.next();
    assert!(screen.setup.ui().get_fault().contains("ΑΦΜ"), "its check digit is wrong");
    screen.picture("setup-afm");
    screen.types(&["erase", "3"]);
    screen.next();
    screen.types(&["Ο"]);
    screen.next();
    // Back and forth: what was answered stands.
    screen.tap("setup-back");
    assert_eq!(screen.setup.ui().get_typed(), "Ο");
    for _ in 0..5 {
        screen.next();
    }
    assert_eq!(
        screen.kept().at,
        Step::Bays.place(),
        "no word of the accountant is asked where nobody needs it"
    );
    screen.next();
    screen.picture("setup-tariff");
    screen.next();
    screen.picture("setup-printer");
    screen.types(&["offer-0"]);
    screen.next();
    screen.next();
    screen.types(&["Ι"]);
    screen.next();
    screen.next();
    screen.next();
    screen.types(&["D", "E", "M", "O"]);
    screen.picture("setup-user");
    screen.next();
    screen.types(&["D", "E", "M", "O"]);
    assert_eq!(screen.setup.ui().get_typed(), "••••", "nobody reads it over a shoulder");
    screen.next();
    assert!(screen.setup.ui().get_last());
    screen.picture("setup-done");
    let answers = screen.kept();
    assert_eq!((answers.user.as_str(), answers.printer.as_str()), ("demo", "usb:04b8:0e15"));
    screen.outside.write(&answers).expect("it is written");
    screen.setup.ui().invoke_ended(SetupDeed::Write, true, "tameio --config terminal.toml".into());
    assert!(screen.setup.ui().get_written());
    screen.picture("setup-written");
    assert!(screen.element("setup-next").is_none(), "it is not written twice");
    assert_eq!(screen.setup.begin(), None);
    screen.tap("setup-practice");
    assert_eq!(screen.setup.begin(), Some(SetupBegin::Practice));
    screen.tap("setup-work");
    assert_eq!(screen.setup.begin(), Some(SetupBegin::Work));
    let config = Config::load(&screen.outside.file).expect("it passes");
    assert_eq!(config.settings.trades().collect::<Vec<_>>(), [Trade::Wash, Trade::Parking]);
}

/// The program takes what it is told then: without a display it comes as far as the window, and says that.
#[test]
fn what_follows_is_work_with_the_file_or_practice_of_its_trade() {
    let work = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/garage.toml");
    let follow = |begin, kiosk| arguments(begin, &work, Trade::Garage, kiosk);
    assert_eq!(follow(SetupBegin::Practice, false), ["run", "--trade", "garage"]);
    assert_eq!(follow(SetupBegin::Work, false)[..2], ["run", "--config"]);
    assert_eq!(Path::new(&follow(SetupBegin::Work, true)[3]), work);
    for (begin, kiosk) in [(SetupBegin::Practice, true), (SetupBegin::Work, false)] {
        let home = tempfile::tempdir().expect("a folder");
        let mut terminal = Command::new(env!("CARGO_BIN_EXE_tameio"));
        terminal
            .args(follow(begin, kiosk))
            .env_clear()
            .env("HOME", home.path())
            .env("SLINT_BACKEND", "winit");
        let ended = terminal.output().expect("the program starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(said.contains("no window can be opened"), "{begin:?}: {said}");
    }
}

#[test]
fn it_goes_on_where_it_stopped_in_the_language_chosen() {
    let answers = Answers {
        at: Step::Afm.place(),
        language: tameio::domain::text::Language::En,
        trades: vec![Trade::Garage],
        ..Answers::default()
    };
    let screen = Screen::of(answers);
    assert_eq!(screen.question(), "AFM");
    screen.picture("setup-english");
}
