//! Closing a day of many documents: from the touch to a close that survives a pulled plug, and its paper on the way.

use crate::figure::{self, Samples};
use crate::past;
use criterion::Criterion;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tameio::app::input::{By, Input, Stamped, TillInput};
use tameio::app::terminal::Terminal;
use tameio::domain::event::Event;
use tameio::domain::money::Cents;
use tameio::domain::operator::{OperatorId, Right};
use tameio::domain::settings::Settings;
use tameio::store::{Store, query};

/// Documents of the day.
const DOCUMENTS: u32 = 5_000;
/// Days closed.
const ROUNDS: u32 = 20;
/// The longest a close may take, at the median.
const BUDGET: Duration = Duration::from_millis(200);

pub(crate) fn bench(_criterion: &mut Criterion) {
    let day = counted_day();
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        // A day is closed once: each round closes a copy of it.
        let folder = past::new_folder("close-round");
        std::fs::copy(day.join("tameio.db"), folder.join("tameio.db")).expect("the disk takes a copy");
        let mut terminal = open(&folder);
        let owner = holder(terminal.settings());
        let wanted = TillInput::CloseDay {
            machine_z: None,
            even_with_open: true,
            by: By { operator: owner.clone(), approved_by: Some(owner) },
        };
        samples.take(|| act(&mut terminal, Input::Till(wanted)));
        let closes = query::day_closes(terminal.store().connection(), 1).expect("it is readable");
        let closed = closes.first().map(|close| close.figures.retail);
        assert_eq!(closed, Some(DOCUMENTS), "the whole day is on it");
    }
    figure::within(
        &format!("close: a day of {DOCUMENTS} documents, at the median"),
        samples.median(),
        BUDGET,
    );
}

/// The folder of a terminal whose only shift is counted and holds all documents.
fn counted_day() -> PathBuf {
    let folder = past::new_folder("close-day");
    let mut terminal = open(&folder);
    let operator = terminal.settings().operators.first().expect("somebody works here").id.clone();
    act(&mut terminal, Input::Till(TillInput::OpenShift { float: Cents::ZERO, operator: operator.clone() }));
    let shift = terminal.state().shift.as_ref().expect("it is open").id;
    let numbered = |document| Event::DocumentNumbered { document: Box::new(document), shift: Some(shift) };
    let events: Vec<Event> = past::documents(DOCUMENTS).into_iter().map(numbered).collect();
    let mut store = terminal.into_store();
    store.commit(past::present(), &events, &[]).expect("the disk takes it");
    drop(store);
    let mut terminal = open(&folder);
    let counted = terminal.state().shift.as_ref().expect("it is open").expected_cash();
    act(&mut terminal, Input::Till(TillInput::SealShift));
    let close = TillInput::CloseShift { shift: Some(shift), counted, pieces: Vec::new(), operator };
    act(&mut terminal, Input::Till(close));
    let mut store = terminal.into_store();
    store.checkpoint().expect("the disk takes it");
    folder
}

fn open(folder: &Path) -> Terminal {
    let settings = past::settings();
    let store = Store::open(folder, &settings.terminal).expect("the database is there");
    Terminal::new(settings, store).expect("the open world is readable")
}

fn holder(settings: &Settings) -> OperatorId {
    settings.holders(Right::CloseDay).next().expect("somebody may").id.clone()
}

fn act(terminal: &mut Terminal, input: Input) {
    let chance = terminal.store().last_seq().unsigned_abs();
    terminal.step(&Stamped { at: past::present(), chance, input }).expect("the disk takes it");
}
