//! What others say, in the language of the screen.

use tameio::app::said::card_words;
use tameio::domain::card::{CardApproval, CardOutcome};
use tameio::domain::counterparty::{Finding, Hitch, Particulars};
use tameio::domain::text::{Language, Text};
use tameio_drivers::card::{NotStarted, SessionNumber, Why, Word};
use tameio_drivers::wire::Fault;

/// Letters of the Latin alphabet that are no number, name or code of somebody else.
fn is_greek(text: &str) -> bool {
    !text
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase()))
}

fn in_greek(english: &str) -> String {
    assert_eq!(card_words(english, Language::En), english, "English stays");
    card_words(english, Language::El)
}

/// Every sentence of the driver has a Greek one: a new one is missed here.
#[test]
fn a_card_terminals_driver_speaks_greek() {
    let word = || Word::new("E7");
    let session = SessionNumber::new(12).expect("a number");
    let why = [
        Why::NoAnswer,
        Why::ConnectionLost,
        Why::Garbled,
        Why::StoppedWaiting,
        Why::Error(word()),
        Why::OtherAmount { approved_cents: 1300 },
        Why::Contradiction,
        Why::CannotBeAsked,
        Why::NotReached(Fault::Gone),
    ];
    let not_started = [
        NotStarted::Fault(Fault::Missing),
        NotStarted::Fault(Fault::Busy),
        NotStarted::Fault(Fault::Silent),
        NotStarted::Fault(Fault::System("EIO".to_owned())),
        NotStarted::Unresolved(session),
        NotStarted::Amount(0),
        NotStarted::Refused(word()),
    ];
    let said = why.iter().map(ToString::to_string).chain(not_started.iter().map(ToString::to_string));
    for english in said {
        let greek = in_greek(&english);
        assert!(is_greek(&greek), "{english}: {greek}");
    }
    let inside = in_greek(&Why::NotReached(Fault::Gone).to_string());
    assert!(inside.ends_with("η συσκευή χάθηκε: δες το καλώδιό της"), "{inside}");
    assert!(in_greek(&NotStarted::Unresolved(session).to_string()).contains("000012"));
    assert_eq!(in_greek("ΔΙΚΑ ΤΟΥ ΛΟΓΙΑ"), "ΔΙΚΑ ΤΟΥ ΛΟΓΙΑ", "what is not known stays as it came");
}

#[test]
fn a_banks_no_is_said_in_words_and_its_own_stay_beside() {
    let declined = |words: &str| CardOutcome::Declined { words: Text::new(words) };
    let greek = |words| declined(words).why(Language::El).expect("a reason");
    assert_eq!(greek("51 INSUFFICIENT FUNDS"), "δεν υπάρχει αρκετό υπόλοιπο (51 INSUFFICIENT FUNDS)");
    assert_eq!(declined("54").why(Language::En).as_deref(), Some("the card has expired (54)"));
    assert_eq!(greek("Q9 ΑΓΝΩΣΤΟ"), "Q9 ΑΓΝΩΣΤΟ", "an acquirer's own code stays as it is");
    assert_eq!(greek("512 X"), "512 X", "a longer code is another");
    let approved = CardOutcome::Approved { approval: Box::new(CardApproval::default()) };
    for nothing in [approved, CardOutcome::Cancelled] {
        assert_eq!(nothing.why(Language::El), None);
    }
}

#[test]
fn a_register_is_heard_in_both_languages() {
    let business = |ended, day: Option<&str>| Finding::Business {
        particulars: Particulars::default(),
        ended,
        ended_on: day.map(|day| day.parse().expect("a day")),
    };
    assert_eq!(business(false, None).warning(Language::El), None, "nothing to look out for");
    let ended = business(true, Some("2020-12-31"));
    assert_eq!(ended.warning(Language::El).as_deref(), Some("Η επιχείρηση έχει κλείσει από 31/12/2020."));
    assert_eq!(ended.warning(Language::En).as_deref(), Some("The business ended on 31/12/2020."));
    for finding in [business(true, None), Finding::NoBusiness, Finding::Nobody, Finding::Unlisted] {
        let [el, en] = [Language::El, Language::En].map(|language| finding.warning(language));
        assert!(el.is_some() && en.is_some() && el != en, "{finding:?}");
    }
    let refused = |code: &str| Hitch::Refused { code: code.to_owned(), message: Text::new("Ε1") };
    let hitches = [
        Hitch::NotAsked,
        Hitch::NoCredentials,
        refused("TOKEN_USERNAME_NOT_AUTHENTICATED"),
        refused("MAX_DAILY_USERNAME_CALLS_EXCEEDED"),
        refused("NEVER_HEARD_OF"),
        Hitch::Silent { why: Text::new("x") },
    ];
    for hitch in hitches {
        let [el, en] = [Language::El, Language::En].map(|language| hitch.sentence(language));
        assert!(!el.is_empty() && !en.is_empty() && el != en, "{hitch:?}");
    }
    assert!(refused("SERVICE_NOT_ACTIVE").sentence(Language::El).ends_with("(Ε1)"), "its own words stay");
}
