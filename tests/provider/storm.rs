//! Hundreds of documents through a storm, to either kind of provider: each ends as exactly one document that holds, and the
//! MARK we hold is its own.

use super::{FAMILIES, ours, rules, simulator, wash, way};
use std::collections::BTreeMap;
use tameio::aade::simulator::in_process::InProcess;
use tameio::aade::simulator::{Fault, Kind};
use tameio::domain::issuing::{Issuing, News};
use tameio::domain::provider::{Family, ProviderRules};
use tameio::provider::request::{Handed, look_up, send};
use tameio::provider::simulator::{Call, FaultRule, FaultScript, Options, Seen, Simulator};
use tameio::provider::transport::Way;
use tameio::provider::worker;

/// So many steps a document may take; a storm of these seeds needs far fewer.
const STEPS_MAX: usize = 500;
const DOCUMENTS: u64 = 200;

/// What the loop does with a document, until nothing more happens by itself.
async fn bring_through(way: &Way<InProcess<Simulator>>, rules: &ProviderRules, handed: &Handed) -> Issuing {
    let mut state = Issuing::default();
    for _ in 0..STEPS_MAX {
        let news = match &state {
            Issuing::Queued { .. } => {
                state = state.after(News::Begun).unwrap();
                worker::send(way, rules, send(rules, handed).unwrap(), &handed.key).await.heard
            }
            Issuing::Unknown(_) | Issuing::Named { to_confirm: true, .. } => {
                state = state.after(News::Asked).unwrap();
                News::Found(worker::look_up(way, rules, look_up(rules, handed), &ours(handed)).await)
            }
            Issuing::Sending { .. } | Issuing::Asking(_) => News::Restarted,
            Issuing::Named { .. } | Issuing::Rejected { .. } | Issuing::Withdrawn { .. } => return state,
        };
        state = state.after(news).unwrap();
    }
    panic!("{} never ends: {state:?}", handed.invoice.identity);
}

fn storm(seed: u64) -> FaultScript {
    let mut rules = FaultRule::mixed(0.04);
    // A token that runs out before its time.
    let expired = Fault::new(Kind::Unauthorized, false);
    rules.push(FaultRule { call: Some(Call::Send), ..FaultRule::sometimes(0.1, expired) });
    FaultScript { seed, rules, down_ms: None }
}

#[tokio::test]
async fn hundreds_of_documents_through_a_storm() {
    for family in FAMILIES {
        for (at, options) in [
            Options::default(),
            Options { seen: Seen::Repeats, ..Options::default() },
            Options { slow_marks: true, ..Options::default() },
            Options { refuses_with_422: true, ..Options::default() },
        ]
        .into_iter()
        .enumerate()
        {
            let simulator = simulator(family, options);
            simulator.with(|s| s.set_faults(storm(at as u64 + 42)));
            let (way, mut rules) = (way(family, &simulator), rules(family));
            rules.meanings.pending = vec!["Pending".to_owned(), "pending".to_owned()];
            let mut held = BTreeMap::new();
            for number in 1..=DOCUMENTS {
                let handed = wash(number);
                let state = bring_through(&way, &rules, &handed).await;
                let named = state.named().unwrap_or_else(|| panic!("{}: {state:?}", handed.invoice.identity));
                assert!(named.authentication.is_some() && named.qr.is_some());
                held.insert(handed.invoice.uid().to_string(), named.mark);
            }
            let (live, counts) = simulator.with(|s| (s.live(), s.counts().clone()));
            assert!(counts.faults > 80, "{family:?} {at}: it was a storm: {counts:?}");
            let live: BTreeMap<String, i64> = live.into_iter().map(|live| (live.uid, live.mark)).collect();
            assert_eq!(live.len() as u64, DOCUMENTS, "{family:?} {at}");
            assert_eq!(held, live, "{family:?} {at}");
        }
    }
}

/// The first try arrives after two look-ups found nothing and the second was sent: the second is refused, and the first is
/// found under its own MARK.
#[tokio::test]
async fn a_first_try_that_comes_late_keeps_its_mark() {
    for family in FAMILIES {
        let shared = simulator(family, Options::default());
        let lost = FaultRule::nth(Call::Send, 1, Fault::new(Kind::Lose, false));
        shared.with(|s| s.set_faults(FaultScript { rules: vec![lost], ..FaultScript::default() }));
        let (way, rules) = (way(family, &shared), rules(family));
        let handed = wash(1);
        let sends =
            || async { worker::send(&way, &rules, send(&rules, &handed).unwrap(), &handed.key).await.heard };
        let asks = || async {
            News::Found(worker::look_up(&way, &rules, look_up(&rules, &handed), &ours(&handed)).await)
        };
        let mut state = Issuing::default().after(News::Begun).unwrap();
        state = state.after(sends().await).unwrap();
        for _ in 0..2 {
            state = state.after(News::Asked).unwrap().after(asks().await).unwrap();
        }
        assert_eq!(state, Issuing::Queued { again: true });
        // What was lost on the way out turns up.
        assert!(matches!(sends().await, News::Accepted { .. }));
        let first = shared.with(|s| s.live()[0].mark);
        state = state.after(News::Begun).unwrap().after(sends().await).unwrap();
        assert!(
            matches!(state, Issuing::Unknown(_)),
            "{family:?}: a refused second try proves nothing: {state:?}"
        );
        state = state.after(News::Asked).unwrap().after(asks().await).unwrap();
        assert_eq!(state.named().map(|named| named.mark), Some(first), "{family:?}");
        let (live, counts) = shared.with(|s| (s.live(), s.counts().clone()));
        assert_eq!((live.len(), counts.duplicates), (1, 1), "{family:?}");
    }
}

/// A token that ran out is had anew within the same try: no customer waits for it.
#[tokio::test]
async fn a_token_that_ran_out_is_had_anew_at_once() {
    let shared = simulator(Family::Json, Options::default());
    let expired = FaultRule::nth(Call::Send, 2, Fault::new(Kind::Unauthorized, false));
    shared.with(|s| s.set_faults(FaultScript { rules: vec![expired], ..FaultScript::default() }));
    let (way, rules) = (way(Family::Json, &shared), rules(Family::Json));
    for number in [1, 2] {
        let handed = wash(number);
        let heard = worker::send(&way, &rules, send(&rules, &handed).unwrap(), &handed.key).await.heard;
        assert!(matches!(heard, News::Accepted { .. }), "{heard:?}");
    }
    let counts = shared.with(|s| s.counts().clone());
    assert_eq!((counts.requests[&Call::Login], counts.requests[&Call::Send]), (2, 3));
    // Who is not let in with a fresh token is not let in: nothing is tried for ever.
    let always =
        FaultRule { call: Some(Call::Send), ..FaultRule::always(Fault::new(Kind::Unauthorized, false)) };
    shared.with(|s| s.set_faults(FaultScript { rules: vec![always], ..FaultScript::default() }));
    let handed = wash(3);
    let heard = worker::send(&way, &rules, send(&rules, &handed).unwrap(), &handed.key).await.heard;
    assert!(matches!(heard, News::PutOff { .. }), "{heard:?}");
    assert!(shared.with(|s| s.counts().requests[&Call::Send]) <= 5);
}
