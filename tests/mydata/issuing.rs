//! Where a document stands: every state with every piece of news, and the rule that nothing is sent twice blindly.

use tameio::domain::entry::Hindrance;
use tameio::domain::issuing::{Doubt, Found, Issuing, Named, News, Objection};
use tameio::domain::text::Text;
use tameio::mydata::reply::{Accepted, Answer, Technical};

fn errors() -> Vec<Objection> {
    vec![Objection { code: "203".to_owned(), message: Text::new("no") }]
}

fn doubt(absences: u8, refused: bool) -> Doubt {
    Doubt { why: Text::new("x"), absences, refused: if refused { errors() } else { Vec::new() } }
}

fn named(mark: i64) -> Named {
    Named { mark, uid: None, qr: Some("https://x/".to_owned()), authentication: None, formerly: Vec::new() }
}

fn states() -> Vec<Issuing> {
    let both = [false, true];
    let mut states = Vec::new();
    states.extend(both.map(|again| Issuing::Queued { again }));
    states.extend(both.map(|again| Issuing::Sending { again }));
    for absences in [0, 1] {
        states.extend(both.map(|refused| Issuing::Unknown(doubt(absences, refused))));
        states.extend(both.map(|refused| Issuing::Asking(doubt(absences, refused))));
    }
    states.extend(both.map(|to_confirm| Issuing::Named { named: named(7), to_confirm }));
    states.push(Issuing::Rejected { errors: errors() });
    states.push(Issuing::Withdrawn { mark: 7 });
    states
}

fn accepted(mark: i64) -> Answer {
    Answer::Accepted(Accepted { mark, uid: None, qr: None, authentication: None })
}

fn there(mark: i64) -> Found {
    Found::There { mark, uid: None, qr: None, authentication: None }
}

fn all_news() -> Vec<News> {
    let technical = Technical { status: 400, text: "General Exception Error".to_owned() };
    vec![
        News::Begun,
        News::from(accepted(8)),
        News::from(Answer::Refused { errors: errors() }),
        News::from(Answer::Throttled),
        News::from(Answer::Unauthorized),
        News::from(Answer::BadRequest(technical)),
        News::from(Answer::Unknown { why: Text::new("?"), technical: None }),
        News::Unfit { why: Text::new("no category") },
        News::NeverLeft,
        News::Lost(Text::new("reset")),
        News::Restarted,
        News::Asked,
        News::Found(there(7)),
        News::Found(there(9)),
        News::Found(Found::Cancelled { mark: 9 }),
        News::Found(Found::Absent),
        News::Found(Found::Incomplete { why: Text::new("?"), hindrance: Hindrance::Link }),
        News::Corrected,
    ]
}

/// What a state is called, in one word.
fn word(state: &Issuing) -> &'static str {
    match state {
        Issuing::Queued { .. } => "queued",
        Issuing::Sending { .. } => "sending",
        Issuing::Unknown(_) => "unknown",
        Issuing::Asking(_) => "asking",
        Issuing::Named { .. } => "named",
        Issuing::Rejected { .. } => "rejected",
        Issuing::Withdrawn { .. } => "withdrawn",
    }
}

/// Written again from the drawing, not from the code.
fn expected(state: &Issuing, news: &News) -> Option<&'static str> {
    match (state, news) {
        (Issuing::Queued { .. }, News::Begun) => Some("sending"),
        (Issuing::Queued { .. }, News::Unfit { .. }) => Some("rejected"),
        (Issuing::Sending { .. }, News::Accepted { .. }) => Some("named"),
        (Issuing::Sending { again: true }, News::Refused { .. }) => Some("unknown"),
        (Issuing::Sending { again: false }, News::Refused { .. }) => Some("rejected"),
        (Issuing::Sending { .. }, News::PutOff { .. }) => Some("queued"),
        (Issuing::Sending { .. }, News::Objected { .. }) => Some("unknown"),
        (Issuing::Sending { .. }, News::NeverLeft) => Some("queued"),
        (Issuing::Sending { .. }, News::Lost(_) | News::Restarted) => Some("unknown"),
        (Issuing::Asking(_), News::Restarted) => Some("unknown"),
        (state, News::Restarted) => Some(word(state)),
        (Issuing::Unknown(_), News::Asked) => Some("asking"),
        (Issuing::Asking(doubt), News::Found(found)) => Some(match found {
            Found::There { .. } => "named",
            Found::Cancelled { .. } => "withdrawn",
            Found::Incomplete { .. } => "unknown",
            Found::Absent if doubt.absences == 0 => "unknown",
            Found::Absent if doubt.refused.is_empty() => "queued",
            Found::Absent => "rejected",
        }),
        (Issuing::Named { .. }, News::Asked) => Some("named"),
        (Issuing::Named { .. }, News::Found(Found::Cancelled { .. })) => Some("withdrawn"),
        (Issuing::Named { .. }, News::Found(_)) => Some("named"),
        (Issuing::Rejected { .. }, News::Corrected) => Some("queued"),
        _ => None,
    }
}

#[test]
fn every_state_with_every_piece_of_news() {
    for state in states() {
        for news in all_news() {
            let after = state.clone().after(news.clone());
            assert_eq!(after.as_ref().ok().map(word), expected(&state, &news), "{state:?} {news:?}");
            if let Err(refused) = after {
                assert_eq!((&refused.state, &refused.news), (&state, &news));
            }
            let text = serde_json::to_string(&state).unwrap();
            assert_eq!(serde_json::from_str::<Issuing>(&text).unwrap(), state);
        }
    }
}

fn walk(news: impl IntoIterator<Item = News>) -> Issuing {
    news.into_iter().fold(Issuing::default(), |state, news| state.after(news).unwrap())
}

/// Whatever happens: once something may have left, it is sent again only after two complete look-ups in a row of tries that
/// found nothing.
#[test]
fn nothing_is_sent_again_before_two_absences() {
    // Every walk of so many steps, with what was seen on it.
    let mut walks = vec![(Issuing::default(), false, 0)];
    for _ in 0..7 {
        let mut longer = Vec::new();
        for (state, in_doubt, absences) in &walks {
            for news in all_news() {
                let Ok(after) = state.clone().after(news.clone()) else { continue };
                if news == News::Begun {
                    assert!(!in_doubt || *absences >= 2, "{state:?} is sent again after {absences} absences");
                }
                let (in_doubt, absences) = match (&news, &after) {
                    (News::Begun, _) => (false, 0),
                    (News::Found(Found::Absent), _) => (*in_doubt, absences + 1),
                    (_, Issuing::Unknown(_)) => (true, *absences),
                    (News::Corrected, _) | (_, Issuing::Named { .. } | Issuing::Withdrawn { .. }) => {
                        (false, 0)
                    }
                    _ => (*in_doubt, *absences),
                };
                longer.push((after, in_doubt, absences));
            }
        }
        longer.sort_by_key(|walk| format!("{walk:?}"));
        longer.dedup();
        walks = longer;
    }
    assert!(walks.len() > 20, "the walks go somewhere");
}

#[test]
fn what_was_sent_twice_is_looked_up_once_more() {
    let lost = || News::Lost(Text::new("reset"));
    let absent = || News::Found(Found::Absent);
    let again = [News::Begun, lost(), News::Asked, absent(), News::Asked, absent(), News::Begun];
    let twice = walk(again.into_iter().chain([News::from(accepted(8))]));
    assert!(!twice.is_settled());
    assert_eq!(twice.named().unwrap().mark, 8);
    // The first came late, and replaced the second.
    let confirmed = twice.after(News::Found(there(9))).unwrap();
    assert!(confirmed.is_settled());
    assert_eq!((confirmed.named().unwrap().mark, &confirmed.named().unwrap().formerly), (9, &vec![8]));
    let once = walk([News::Begun, News::from(accepted(8))]);
    assert!(once.is_settled(), "what was sent once needs no confirming");
}

#[test]
fn a_wrong_request_is_refused_only_when_it_is_not_there() {
    let technical = Technical { status: 400, text: "General Exception Error".to_owned() };
    let wrong = || [News::Begun, News::from(Answer::BadRequest(technical.clone())), News::Asked];
    let there = walk(wrong().into_iter().chain([News::Found(there(9))]));
    assert_eq!(there.named().unwrap().mark, 9);
    let absent = [News::Found(Found::Absent), News::Asked, News::Found(Found::Absent)];
    let Issuing::Rejected { errors } = walk(wrong().into_iter().chain(absent)) else {
        panic!("it is refused")
    };
    assert_eq!(errors[0].code, "400");
}
