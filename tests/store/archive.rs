//! What was said to the registry and what was heard, to the byte, for as long as the owner wants it.

use super::{Till, settings, tries};
use tameio::domain::entry::Heard;
use tameio::store::archive::{self, Archived};

fn kept(till: &Till) -> Vec<Archived> {
    let mut kept = Vec::new();
    archive::each(till.sql(), |archived| kept.push(archived)).expect("it can be read");
    kept
}

fn bytes_on_disk(till: &Till) -> i64 {
    let sum = "SELECT sum(length(request) + ifnull(length(reply), 0)) FROM requests";
    till.sql().query_row(sum, [], |row| row.get(0)).expect("it can be read")
}

/// A hundred tries, half of them answered.
fn busy() -> Till {
    let mut till = Till::new();
    for number in 1_000..1_100 {
        let one = tries(&till.open(&format!("ΙΗΖ-{number}")).1)[0];
        if number % 2 == 0 {
            let reply =
                format!("200\n\n<ResponseDoc><newClientDclID>{number}</newClientDclID></ResponseDoc>");
            till.terminal.keep_reply(one.0, one.1, reply);
        }
        till.hear(one, Heard::Accepted { id: number });
        till.pass(400);
    }
    till
}

#[test]
fn a_try_reads_the_same_before_and_after_it_is_packed() {
    let mut till = busy();
    let (loose, size) = (kept(&till), bytes_on_disk(&till));
    assert!(loose.len() >= 100 && loose[0].request.contains("ΙΗΖ1000"), "{:?}", loose[0]);
    assert!(loose[0].reply.as_ref().is_some_and(|reply| reply.contains("newClientDclID>1000<")));
    till.pass(2 * 3_600);
    till.tidy();
    assert_eq!(kept(&till), loose);
    assert!(bytes_on_disk(&till) * 10 < size * 7, "packed to less than seven tenths");
    // An answer that comes late finds its request packed, and is packed beside it.
    till.terminal.keep_reply(loose[1].message, loose[1].n, "200\n\nαργά".to_owned());
    till.open("ΧΑΝ-8080");
    assert_eq!(kept(&till)[1].reply.as_deref(), Some("200\n\nαργά"));
}

#[test]
fn what_is_older_than_the_setting_is_forgotten_and_the_journal_is_not() {
    let mut settings = settings();
    settings.registry.keep_requests_days = 30;
    let mut till = Till::with(settings);
    till.open("ΙΗΖ-4821");
    till.pass(29 * 86_400);
    till.tidy();
    assert_eq!(kept(&till).len(), 1);
    till.pass(2 * 86_400);
    till.open("ΧΑΝ-8080");
    till.tidy();
    let left = kept(&till);
    assert!(left.iter().all(|archived| !archived.request.contains("ΙΗΖ4821")), "{left:?}");
    assert!(!left.is_empty(), "what is young stays");
    assert!(till.terminal.store().verify(true).expect("it can be read").is_whole());
}

/// User and key travel in headers; not a byte of them is in what is kept.
#[test]
fn no_credentials_are_in_it() {
    for archived in kept(&busy()) {
        for secret in ["aade-user-id", "ocp-apim-subscription-key", "demo"] {
            assert!(!archived.request.to_lowercase().contains(secret), "{}", archived.request);
        }
    }
}
