//! Five hundred documents through a storm: each ends as exactly one document that holds, and the MARK we hold is its own.

use super::{now, receipt};
use std::collections::BTreeMap;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::clockwork::{Clockwork, Wait};
use tameio::aade::simulator::in_process::{InProcess, Shared};
use tameio::aade::simulator::{Caller, Fault, Kind};
use tameio::domain::issuing::{ABSENCES_NEEDED, Issuing, News};
use tameio::mydata::invoice::Invoice;
use tameio::mydata::request::{Layout, Request};
use tameio::mydata::simulator::{Call, FaultRule, FaultScript, Options, Simulator};
use tameio::mydata::worker::{Sought, look_up, send};

/// So many steps a document may take; a storm of these seeds needs far fewer.
const STEPS_MAX: usize = 500;

fn at_once() -> Clockwork {
    Clockwork::new(now, |_| -> Wait { Box::pin(std::future::ready(())) })
}

fn transport(simulator: &Shared<Simulator>) -> InProcess<Simulator> {
    InProcess::new(simulator.clone(), at_once(), &Credentials::demo())
}

/// What the loop does with a document, until nothing more happens by itself.
async fn bring_through(transport: &InProcess<Simulator>, invoice: &Invoice, after: i64) -> Issuing {
    let sought = Sought {
        identity: invoice.identity.clone(),
        after,
        narrow: invoice.identity.number.is_multiple_of(2),
    };
    let mut state = Issuing::default();
    for _ in 0..STEPS_MAX {
        let news = match &state {
            Issuing::Queued { .. } => {
                state = state.after(News::Begun).unwrap();
                send(transport, Layout::Production, invoice).await.heard
            }
            Issuing::Unknown(_) | Issuing::Named { to_confirm: true, .. } => {
                state = state.after(News::Asked).unwrap();
                News::Found(look_up(transport, Layout::Test, &sought).await)
            }
            Issuing::Sending { .. } | Issuing::Asking(_) => News::Restarted,
            Issuing::Named { .. } | Issuing::Rejected { .. } | Issuing::Withdrawn { .. } => return state,
        };
        state = state.after(news).unwrap();
    }
    panic!("{} never ends: {state:?}", invoice.identity);
}

#[tokio::test]
async fn five_hundred_documents_through_a_storm() {
    let simulator = Shared::new(Simulator::new(Options::default()));
    // Twice the storm, and pages so small that every look-up has several.
    let rules = FaultRule::mixed(0.04);
    simulator.with(|s| {
        s.set_faults(FaultScript { seed: 42, rules, page_size: Some(7), down_ms: None });
    });
    let transport = transport(&simulator);
    let (mut held, mut after) = (BTreeMap::new(), 0);
    for number in 1..=500 {
        let invoice = receipt(number);
        let state = bring_through(&transport, &invoice, after).await;
        let named = state.named().unwrap_or_else(|| panic!("{}: {state:?}", invoice.identity));
        after = after.max(named.mark);
        held.insert(invoice.uid().to_string(), named.mark);
    }
    let (live, counts) = simulator.with(|s| (s.live(), s.counts().clone()));
    assert!(counts.faults > 200, "it was a storm: {counts:?}");
    let live: BTreeMap<String, i64> = live.into_iter().map(|live| (live.uid, live.mark)).collect();
    assert_eq!(live.len(), 500);
    assert_eq!(held, live);
    assert_eq!(counts.replaced, 0, "nothing that was there was sent again");
}

/// Why nothing is sent again blindly: here the same document is not refused but gets another MARK, and the one that stands on
/// the customer's paper is dead.
#[tokio::test]
async fn a_blind_second_try_changes_the_mark() {
    let simulator = Shared::new(Simulator::new(Options::default()));
    let once = FaultRule { times: Some(1), ..FaultRule::always(Fault::new(Kind::Lose, true)) };
    simulator.with(|s| s.set_faults(FaultScript { rules: vec![once], ..FaultScript::default() }));
    let transport = transport(&simulator);
    let invoice = receipt(1);
    let lost = send(&transport, Layout::Production, &invoice).await.heard;
    assert!(matches!(lost, News::Lost(_)), "{lost:?}");
    let first = simulator.with(|s| s.live()[0].mark);
    let blind = send(&transport, Layout::Production, &invoice).await.heard;
    let state = Issuing::Sending { again: true }.after(blind).unwrap();
    assert_ne!(state.named().unwrap().mark, first);
    assert_eq!(simulator.with(|s| s.live().len()), 1);
    // By the state's own way the first is found, and keeps its MARK.
    let simulator = Shared::new(Simulator::new(Options::default()));
    let once = FaultRule::nth(Call::SendInvoices, 1, Fault::new(Kind::Lose, true));
    simulator.with(|s| s.set_faults(FaultScript { rules: vec![once], ..FaultScript::default() }));
    let transport = self::transport(&simulator);
    let state = bring_through(&transport, &invoice, 0).await;
    let (live, counts) = simulator.with(|s| (s.live(), s.counts().clone()));
    assert_eq!(state.named().unwrap().mark, live[0].mark);
    assert!(state.named().unwrap().qr.is_some(), "the listing had the address of the QR");
    assert_eq!((counts.replaced, counts.requests[&Call::SendInvoices]), (0, 1));
}

/// The first copy was only slow: it arrives after the second was accepted, and replaces it. One more look-up says so.
#[tokio::test]
async fn a_first_try_that_comes_late_is_noticed() {
    let shared = Shared::new(Simulator::new(Options::default()));
    let lost = FaultRule::nth(Call::SendInvoices, 1, Fault::new(Kind::Lose, false));
    shared.with(|s| s.set_faults(FaultScript { rules: vec![lost], ..FaultScript::default() }));
    let transport = transport(&shared);
    let invoice = receipt(1);
    let sought = Sought { identity: invoice.identity.clone(), after: 0, narrow: false };
    let mut state = Issuing::default().after(News::Begun).unwrap();
    state = state.after(send(&transport, Layout::Production, &invoice).await.heard).unwrap();
    for _ in 0..ABSENCES_NEEDED {
        state = state.after(News::Asked).unwrap();
        state = state.after(News::Found(look_up(&transport, Layout::Production, &sought).await)).unwrap();
    }
    state = state.after(News::Begun).unwrap();
    state = state.after(send(&transport, Layout::Production, &invoice).await.heard).unwrap();
    let second = state.named().unwrap().mark;
    // What was lost on the way out turns up.
    let late = Request::Send(vec![invoice.clone()]).to_http(Layout::Production);
    shared.with(|s| s.handle(now(), &late, &Caller::demo()));
    assert!(!state.is_settled());
    state = state.after(News::Asked).unwrap();
    state = state.after(News::Found(look_up(&transport, Layout::Production, &sought).await)).unwrap();
    let live = shared.with(|s| s.live());
    assert_eq!((live.len(), state.named().unwrap().mark), (1, live[0].mark));
    assert_eq!(state.named().unwrap().formerly, [second]);
    assert!(state.is_settled());
}
