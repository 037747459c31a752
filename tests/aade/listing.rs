//! Reading the registry's listing: whole or not at all, and times in any form it may write.

use super::{accepted, cancel, completion, correlate_xml, id, list, post, reply, simulator, wash};
use proptest::prelude::*;
use tameio::aade::listing::{Listing, read_instant};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::transport::{HttpReply, REPLY_BYTES_MAX};
use tameio::domain::entry::ClientType;

fn read(body: impl AsRef<[u8]>) -> Result<Listing, Answer> {
    Listing::read(&HttpReply { status: 200, body: body.as_ref().to_vec() })
}

/// A page with one record of each kind.
fn page() -> Vec<u8> {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001 κερί &amp; γυάλισμα"));
    accepted(&mut world, Operation::Update, &completion(entry));
    let mark = correlate_xml("<mark>400001960000777</mark>", &[entry]);
    accepted(&mut world, Operation::Correlate, &post(Operation::Correlate, &mark));
    let other = accepted(&mut world, Operation::Send, &wash("#7K3Q-000002"));
    accepted(&mut world, Operation::Cancel, &cancel(other));
    world.options_mut().page_size = 5;
    reply(&mut world, &list("DCLID=0")).body
}

#[test]
fn a_page_is_read_whole() {
    let listing = read(page()).unwrap();
    assert_eq!((listing.token.as_ref(), listing.entity_vat.unwrap().as_str()), (None, "999999993"));
    let entry = &listing.entries[0];
    assert_eq!((entry.id, entry.client_type, entry.branch), (id(1), Some(ClientType::ParkingWash), Some(0)));
    assert_eq!(entry.comments.as_ref().unwrap().as_str(), "#7K3Q-000001 κερί & γυάλισμα");
    assert_eq!((entry.plate.as_ref().unwrap().as_str(), entry.is_foreign), ("ΥΖΑ7319", false));
    assert_eq!(entry.merged.as_ref(), listing.updates.first());
    let update = &listing.updates[0];
    assert_eq!(
        (update.id, update.entry, update.completes, update.invoice_kind),
        (id(2), id(1), true, Some(3))
    );
    assert_eq!(listing.correlations[0].mark, Some(400_001_960_000_777));
    assert_eq!((listing.cancellations[0].id, listing.cancellations[0].entry), (id(5), id(4)));
}

#[test]
fn cancelled_entries_may_be_missing_from_the_entries() {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    accepted(&mut world, Operation::Cancel, &cancel(entry));
    world.options_mut().lists_cancelled = false;
    let listing = Listing::read(&reply(&mut world, &list("DCLID=0"))).unwrap();
    assert_eq!((listing.entries.len(), listing.cancellations.len()), (0, 1));
}

/// An item without a number might be the very one that is looked for.
#[test]
fn an_item_that_cannot_be_named_spoils_the_page() {
    let whole = String::from_utf8(page()).unwrap();
    for name in ["idDcl", "updateUniqueId", "initialDclId", "correlateId", "cancellationID", "dclid", "mark"]
    {
        for value in ["", "x", "-1"] {
            let Some((before, rest)) = whole.split_once(&format!("<{name}>")) else { panic!("no {name}") };
            let (_, after) = rest.split_once(&format!("</{name}>")).unwrap();
            // The entry's merged update does not need to repeat the entry; the update's own record does.
            let (before, after) = if name == "initialDclId" {
                (before.to_owned(), after.replace(&format!("<initialDclId>{}</initialDclId>", id(1)), ""))
            } else {
                (before.to_owned(), after.to_owned())
            };
            let spoilt = format!("{before}<{name}>{value}</{name}>{after}");
            let expected_whole = name == "mark" && value == "-1";
            assert_eq!(read(&spoilt).is_ok(), expected_whole, "{name} of {value:?}");
        }
    }
    assert!(read(whole.replace("InitialClientData", "ClientData")).is_err());
    assert!(
        read(whole.replace("<continuationToken>", "").replace(
            "<entityVatNumber>",
            &format!("<continuationToken>{}</continuationToken><entityVatNumber>", "a".repeat(5_000))
        ))
        .is_err()
    );
}

/// What is of a kind we do not know might be the very one that is looked for, under another name.
#[test]
fn an_item_of_an_unknown_kind_spoils_the_page() {
    let whole = String::from_utf8(page()).unwrap();
    let beside = |list: &str, other: &str| whole.replace(&format!("</{list}>"), &format!("{other}</{list}>"));
    for (list, item) in [
        ("clientsDoc", "DigitalClient"),
        ("updateclientRequestsDoc", "UpdateClientRequest"),
        ("clientcorrelationsRequestsDoc", "ClientCorrelationsRequest"),
        ("cancelClientRequestsDoc", "CancelClientRequest"),
    ] {
        assert!(read(whole.replace(list, "otherDoc")).is_err(), "{list} under another name");
        let start = list[..1].to_uppercase() + &list[1..];
        assert!(read(whole.replace(list, &start)).is_err(), "{list} under {start}");
        assert!(read(whole.replace(item, "Other")).is_err(), "{item} under another name");
        assert!(read(beside(list, "<Other/>")).is_err(), "something else beside {item}");
        assert!(read(beside(list, "none")).is_err(), "words beside {item}");
        let bare = |text: &str| text.replace(&format!("<{list}>"), "").replace(&format!("</{list}>"), "");
        assert!(read(bare(&whole)).is_err(), "{item} outside its list");
    }
    let word = whole.replace("<entityVatNumber>", "<pageSize>100</pageSize><entityVatNumber>");
    assert_eq!(read(word), read(&whole), "a new word of the registry's is its own affair");
}

/// Of two, nobody can say which is meant.
#[test]
fn a_number_given_twice_spoils_the_page() {
    let whole = String::from_utf8(page()).unwrap();
    for name in ["idDcl", "updateUniqueId", "correlateId", "cancellationID", "dclid"] {
        let start = format!("<{name}>");
        assert!(
            read(whole.replacen(&start, &format!("<{name}>7</{name}>{start}"), 1)).is_err(),
            "{name} twice"
        );
        assert!(
            read(whole.replacen(&start, &format!("{start}<b/>"), 1)).is_err(),
            "{name} with something in it"
        );
    }
    assert!(
        read(whole.replacen("<InitialClientData>", "<InitialClientData/><InitialClientData>", 1)).is_err()
    );
    let token =
        |tokens: &str| read(whole.replace("<entityVatNumber>", &format!("{tokens}<entityVatNumber>")));
    let one = "<continuationToken>a</continuationToken>";
    assert_eq!(token(one).unwrap().token.as_deref(), Some("a"));
    assert_eq!(token("<continuationToken/>").unwrap().token, None);
    assert!(token(&one.repeat(2)).is_err());
    assert!(token("<continuationToken>a<b/>c</continuationToken>").is_err());
}

/// Everything that is no page, with what it is instead: never a page without entries.
#[test]
fn what_is_no_listing_says_what_it_is() {
    let status = |status, body: &str| Listing::read(&HttpReply { status, body: body.as_bytes().to_vec() });
    let unknown = |what: &str, body: &str| {
        assert!(matches!(read(body), Err(Answer::Unknown { .. })), "{what}: {:?}", read(body));
    };
    let json = r#"{ "statusCode": 401, "message": "Access denied due to invalid subscription key." }"#;
    let html = "<!DOCTYPE html><html><body>Bad gateway<br></body></html>";
    assert_eq!(status(401, json), Err(Answer::Unauthorized));
    assert_eq!(status(429, json), Err(Answer::Throttled));
    assert!(matches!(status(400, "no"), Err(Answer::BadRequest { .. })));
    for other in [0, 201, 204, 302, 403, 404, 500, 502, 503] {
        let whole = String::from_utf8(page()).unwrap();
        assert!(matches!(status(other, html), Err(Answer::Unknown { .. })), "{other}");
        assert!(matches!(status(other, &whole), Err(Answer::Unknown { .. })), "a page under status {other}");
    }
    let whole = String::from_utf8(page()).unwrap();
    let bare = whole.split_once("?>").unwrap().1;
    unknown("nothing", "");
    unknown("HTML", html);
    unknown("HTML that is XML", "<html/>");
    unknown("JSON", json);
    unknown("too long", &format!("{whole}{}", " ".repeat(REPLY_BYTES_MAX)));
    unknown("a document type", &format!("<!DOCTYPE RequestedDoc>{bare}"));
    unknown("another root", &whole.replace("RequestedDoc", "DigitalClientsDoc"));
    unknown("two documents", &format!("{whole}{bare}"));
    let response = |inside: &str| format!("<ResponseDoc><response>{inside}</response></ResponseDoc>");
    unknown("a status alone", &response("<statusCode>Success</statusCode>"));
    unknown(
        "an answer to a new entry",
        &response("<newClientDclID>7</newClientDclID><statusCode>Success</statusCode>"),
    );
    unknown(
        "an answer to a cancellation",
        &response("<cancellationID>7</cancellationID><statusCode>Success</statusCode>"),
    );
    unknown("another status", &response("<statusCode>TechnicalError</statusCode>"));
    let no = response("<statusCode>ValidationError</statusCode>");
    unknown("two responses", &no.replace("</ResponseDoc>", "<response/></ResponseDoc>"));
    unknown(
        "a refusal with a number",
        &no.replace("<response>", "<response><newClientDclID>7</newClientDclID>"),
    );
    assert!(matches!(read(no), Err(Answer::Refused { .. })));
    let mut world = simulator();
    assert!(matches!(Listing::read(&reply(&mut world, &list(""))), Err(Answer::Refused { .. })));
}

#[test]
fn half_a_listing_is_never_believed() {
    let whole = page();
    for end in 0..whole.len() {
        assert!(read(&whole[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn times_in_every_form() {
    for (written, utc) in [
        ("2026-07-14T11:31:05", "2026-07-14T08:31:05Z"),
        ("2026-07-14T11:31:05.1234567", "2026-07-14T08:31:05.1234567Z"),
        ("2026-07-14T11:31:05+03:00", "2026-07-14T08:31:05Z"),
        ("2026-07-14T08:31:05Z", "2026-07-14T08:31:05Z"),
        ("2026-07-14 11:31:05", "2026-07-14T08:31:05Z"),
        ("2026-07-14T11:31", "2026-07-14T08:31:00Z"),
        ("2026-01-11T00:30:00", "2026-01-10T22:30:00Z"),
        // The hour that comes twice: the first of the two.
        ("2026-10-25T03:30:00", "2026-10-25T00:30:00Z"),
        // The hour that never comes: what the clock shows after it.
        ("2026-03-29T03:30:00", "2026-03-29T01:30:00Z"),
    ] {
        assert_eq!(read_instant(written), Some(utc.parse().unwrap()), "{written}");
    }
    for bad in ["", "yesterday", "14/07/2026 11:31", "2026-13-01T00:00:00", "2026-07-14T25:00:00"] {
        assert_eq!(read_instant(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn any_bytes_have_a_meaning(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn a_damaged_page_does_no_harm(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut damaged = page();
        let at = at.index(damaged.len());
        damaged[at] = byte;
        if let Ok(listing) = read(&damaged) {
            prop_assert!(listing.entries.len() <= 2 && listing.updates.len() <= 1);
        }
    }
}
