//! The window of the first set-up: the questions of [`crate::setup`] by touch. What reaches outside is done by whoever brings
//! the [`Hands`], away from the screen's thread.

use super::generated::{SetupBegin, SetupDeed, SetupOffer, SetupWay, SetupWindow};
use super::window::ViewError;
use crate::domain::settings::Trade;
use crate::domain::text::Language;
use crate::setup::step::{Offer, Way};
use crate::setup::{Answers, Step, words};
use slint::{ComponentHandle, ModelRc, SharedString, VecModel};
use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::thread;

/// The longest answer.
const TYPED_MAX: usize = 80;

/// What a set-up does outside. A sentence comes back, of what was done or of what keeps it from being done.
pub trait Hands: Send + Sync {
    /// The devices found for a question, each by its address.
    fn found(&self, step: Step) -> Vec<Offer>;
    /// Keeps the answers, so that an interrupted set-up goes on.
    fn keep(&self, answers: &Answers);
    /// Tries the account at AADE.
    ///
    /// # Errors
    /// Why it cannot be used.
    fn try_account(&self, answers: &Answers) -> Result<String, String>;
    /// Prints a test paper.
    ///
    /// # Errors
    /// Why nothing came out.
    fn print_test(&self, answers: &Answers) -> Result<String, String>;
    /// Writes the configuration.
    ///
    /// # Errors
    /// Why it was not written.
    fn write(&self, answers: &Answers) -> Result<String, String>;
}

/// The window of the first set-up.
pub struct Setup {
    ui: SetupWindow,
    begin: Rc<Cell<Option<SetupBegin>>>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").finish_non_exhaustive()
    }
}

/// What the terminal is told when it follows a set-up: to work with what was written, or to practise what is worked.
pub fn arguments(begin: SetupBegin, file: &Path, trade: Trade, kiosk: bool) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["run".into()];
    arguments.extend(kiosk.then(|| "--kiosk".into()));
    match begin {
        SetupBegin::Work => arguments.extend(["--config".into(), file.into()]),
        SetupBegin::Practice => {
            arguments.extend(["--trade".into(), format!("{trade:?}").to_lowercase().into()]);
        }
    }
    arguments
}

struct Asking {
    answers: Answers,
    hands: Arc<dyn Hands>,
    /// The devices found for the question that is up.
    found: Vec<Offer>,
    small: bool,
    fault: String,
    said: String,
    busy: bool,
    written: bool,
}

type Shared = Rc<RefCell<Asking>>;

impl Setup {
    /// Makes the window, at the question where an earlier set-up stopped.
    ///
    /// # Errors
    /// When nothing can be drawn here.
    pub fn new(answers: Answers, hands: Arc<dyn Hands>, kiosk: bool) -> Result<Self, ViewError> {
        let ui = SetupWindow::new().map_err(ViewError::NoDisplay)?;
        ui.set_kiosk(kiosk);
        let asking = Asking {
            answers,
            hands,
            found: Vec::new(),
            small: true,
            fault: String::new(),
            said: String::new(),
            busy: false,
            written: false,
        };
        let shared = Rc::new(RefCell::new(asking));
        shared.borrow_mut().look();
        connect(&ui, &shared);
        show(&ui, &shared.borrow());
        let begin = Rc::new(Cell::new(None));
        let chosen = Rc::clone(&begin);
        ui.on_leave(move |what| {
            chosen.set(Some(what));
            let _ = slint::quit_event_loop();
        });
        Ok(Self { ui, begin })
    }

    /// Shows the window until it is closed, and says what was chosen to follow; nothing where it was only closed.
    ///
    /// # Errors
    /// When the display goes away.
    pub fn run(self) -> Result<Option<SetupBegin>, ViewError> {
        self.ui.run().map_err(ViewError::Lost)?;
        Ok(self.begin())
    }

    /// What was chosen to follow.
    pub fn begin(&self) -> Option<SetupBegin> {
        self.begin.get()
    }

    /// The generated window, for whoever looks at it or touches it from outside.
    pub const fn ui(&self) -> &SetupWindow {
        &self.ui
    }
}

impl Asking {
    fn step(&self) -> Step {
        Step::at(self.answers.at)
    }

    fn look(&mut self) {
        self.found = self.hands.found(self.step());
    }

    fn go(&mut self, step: Step) {
        self.answers.at = step.place();
        self.fault.clear();
        self.said.clear();
        self.hands.keep(&self.answers);
        self.look();
    }

    fn next(&mut self) {
        match self.step().check(&self.answers) {
            Ok(()) => self.go(self.step().next(&self.answers)),
            Err(fault) => self.fault = fault,
        }
    }

    fn back(&mut self) {
        if let Some(before) = self.step().before(&self.answers) {
            self.go(before);
        }
    }

    fn choose(&mut self, id: &str) {
        self.step().choose(&mut self.answers, id);
        self.fault.clear();
    }

    fn key(&mut self, key: &str) {
        let small = self.small && self.step().way() == Way::Code;
        if let Some(text) = self.step().text(&mut self.answers)
            && text.chars().count() < TYPED_MAX
        {
            text.push_str(&if small { key.to_lowercase() } else { key.to_owned() });
        }
        self.fault.clear();
    }

    fn change(&mut self, change: impl FnOnce(&mut String)) {
        if let Some(text) = self.step().text(&mut self.answers) {
            change(text);
        }
        self.fault.clear();
    }

    fn ended(&mut self, deed: SetupDeed, outcome: Result<String, String>) {
        self.busy = false;
        self.written |= deed == SetupDeed::Write && outcome.is_ok();
        match outcome {
            Ok(said) => self.said = said,
            Err(fault) => self.fault = fault,
        }
    }
}

fn perform(hands: &dyn Hands, deed: SetupDeed, answers: &Answers) -> Result<String, String> {
    match deed {
        SetupDeed::TryAccount => hands.try_account(answers),
        SetupDeed::PrintTest => hands.print_test(answers),
        SetupDeed::Write => hands.write(answers),
    }
}

fn connect(ui: &SetupWindow, shared: &Shared) {
    let on = |act: fn(&mut Asking)| {
        let (weak, shared) = (ui.as_weak(), Rc::clone(shared));
        move || touched(&weak, &shared, act)
    };
    ui.on_next(on(Asking::next));
    ui.on_back(on(Asking::back));
    ui.on_erase(on(|asking| asking.change(|text| _ = text.pop())));
    ui.on_clear(on(|asking| asking.change(String::clear)));
    let text = |act: fn(&mut Asking, &str)| {
        let (weak, shared) = (ui.as_weak(), Rc::clone(shared));
        move |text: SharedString| touched(&weak, &shared, |asking| act(asking, &text))
    };
    ui.on_choose(text(Asking::choose));
    ui.on_key(text(Asking::key));
    let (weak, small) = (ui.as_weak(), Rc::clone(shared));
    ui.on_choose_small(move |on| touched(&weak, &small, |asking| asking.small = on));
    let (weak, deeds) = (ui.as_weak(), Rc::clone(shared));
    ui.on_do(move |deed| begin(&weak, &deeds, deed));
    let (weak, ended) = (ui.as_weak(), Rc::clone(shared));
    ui.on_ended(move |deed, done, words| {
        let words = words.to_string();
        let outcome = if done { Ok(words) } else { Err(words) };
        touched(&weak, &ended, |asking| asking.ended(deed, outcome));
    });
}

fn touched(weak: &slint::Weak<SetupWindow>, shared: &Shared, act: impl FnOnce(&mut Asking)) {
    act(&mut shared.borrow_mut());
    if let Some(ui) = weak.upgrade() {
        show(&ui, &shared.borrow());
    }
}

/// A deed may take as long as a network does: the screen stays alive, and hears how it ended.
fn begin(weak: &slint::Weak<SetupWindow>, shared: &Shared, deed: SetupDeed) {
    let (hands, answers) = {
        let mut asking = shared.borrow_mut();
        if std::mem::replace(&mut asking.busy, true) {
            return;
        }
        asking.fault.clear();
        asking.said.clear();
        (Arc::clone(&asking.hands), asking.answers.clone())
    };
    touched(weak, shared, |_| {});
    let weak = weak.clone();
    thread::spawn(move || {
        let outcome = perform(&*hands, deed, &answers);
        let told = weak.upgrade_in_event_loop(move |ui| {
            let (done, words) = outcome.map_or_else(|fault| (false, fault), |said| (true, said));
            ui.invoke_ended(deed, done, words.into());
        });
        if told.is_err() {
            tracing::warn!("the set-up's window was closed before it heard how its last touch ended");
        }
    });
}

fn show(ui: &SetupWindow, asking: &Asking) {
    let (step, answers) = (asking.step(), &asking.answers);
    let language = answers.language;
    if let Err(error) = slint::select_bundled_translation(match language {
        Language::El => "el",
        Language::En => "en",
    }) {
        tracing::error!(%error, "the screen's language could not be chosen");
    }
    ui.set_question(words::title(step, language).into());
    ui.set_explanation(words::explanation(step, language).into());
    let typed = step.typed(answers);
    let hidden = "•".repeat(typed.chars().count());
    ui.set_typed(if step == Step::Key { hidden.as_str() } else { typed }.into());
    ui.set_way(match step.way() {
        Way::One => SetupWay::One,
        Way::Several => SetupWay::Several,
        Way::Words => SetupWay::Words,
        Way::Code => SetupWay::Code,
        Way::Digits => SetupWay::Digits,
        Way::Nothing => SetupWay::Nothing,
    });
    let offers = asking.found.iter().cloned().chain(words::offers(step, answers));
    let offers: Vec<SetupOffer> = offers
        .map(|Offer { id, text }| SetupOffer {
            chosen: step.is_chosen(answers, &id),
            id: id.into(),
            text: text.into(),
        })
        .collect();
    ui.set_offers(ModelRc::new(VecModel::from(offers)));
    let asked = |step: &&Step| step.is_asked(answers);
    let count = |steps: &[Step]| i32::try_from(steps.iter().filter(asked).count()).unwrap_or_default();
    ui.set_step(count(&Step::ALL[..=step.place()]));
    ui.set_steps(count(&Step::ALL));
    ui.set_fault(asking.fault.as_str().into());
    ui.set_said(asking.said.as_str().into());
    ui.set_busy(asking.busy);
    ui.set_latin(step.way() == Way::Code);
    ui.set_small(asking.small);
    ui.set_last(step == Step::Done);
    ui.set_written(asking.written);
}
