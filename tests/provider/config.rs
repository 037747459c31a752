//! The section of a provider: what is left out is usual, and every fault has its line.

use tameio::config::{Config, practice_text};
use tameio::domain::provider::{Family, Heard, Said};
use tameio::domain::settings::{IssuerKind, Trade};
use tameio::provider::auth::Auth;

fn text(section: &str) -> String {
    let text = practice_text(Trade::Wash);
    let issuer = "issuer = \"simulated\"";
    assert!(text.contains(issuer));
    format!("{}\n{section}\n", text.replacen(issuer, "issuer = \"provider\"", 1))
}

fn faults(section: &str) -> Vec<String> {
    let faults = Config::parse(&text(section)).expect_err("it has faults");
    faults.into_iter().map(|fault| fault.what).collect()
}

const SIMULATED: &str = "[provider]\nendpoint = \"simulated\"\n";

#[test]
fn what_is_left_out_is_usual() {
    for (word, family) in [("xml", Family::Xml), ("json", Family::Json)] {
        let config = Config::parse(&text(&format!("{SIMULATED}family = \"{word}\""))).expect("it is right");
        assert_eq!(config.settings.issuer, IssuerKind::Provider);
        assert_eq!(config.settings.provider, super::rules(family));
        let site = config.provider.expect("it is somewhere");
        assert_eq!((site.base, site.auth), (None, Auth::usual(family)));
    }
}

#[test]
fn everything_can_be_said_otherwise() {
    let config = Config::parse(&text(
        r#"[provider]
family = "json"
endpoint = "https://api.provider.example"
test_environment = true
credentials = "/etc/tameio/provider"
invoices = false
card_signed_by_provider = true
send_path = "/v9/invoices"
look_up_path = "/v9/invoices?external_id={key}"
key_header = "X-Request-Key"
auth = "header"
auth_header = "Authorization"
auth_prefix = "Token"
yes = ["OK"]
no_http = ["400", "422"]
absent_http = 410
name = "Πάροχος Α.Ε."
wait_s = 9
voucher_as = 5
series_as = { A = "7f3c" }
payment_as = { 3 = "cash" }
said = { key = "reference", currency = "currency", date = "" }
heard = { mark = "data.mark", total = "" }
"#,
    ))
    .expect("it is right");
    let rules = &config.settings.provider;
    assert_eq!((rules.invoices, rules.signs_cards, rules.send.as_str()), (false, true, "/v9/invoices"));
    assert_eq!(rules.key_header.as_deref(), Some("X-Request-Key"));
    assert_eq!((rules.name_of(Said::Key), rules.name_of(Said::Date)), (Some("reference"), None));
    assert_eq!((rules.path_of(Heard::Mark), rules.path_of(Heard::Total)), (Some("data.mark"), None));
    assert_eq!(rules.meanings.yes, ["OK"]);
    assert_eq!((rules.meanings.no_http.as_slice(), rules.meanings.absent_http), (&[400, 422][..], Some(410)));
    assert_eq!((rules.series_as["A"].as_str(), rules.payment_as[&3].as_str()), ("7f3c", "cash"));
    assert_eq!((config.settings.issuing.wait_s, config.settings.issuing.voucher), (9, Some(5)));
    let site = config.provider.expect("it is somewhere");
    assert_eq!(site.base.as_deref(), Some("https://api.provider.example"));
    let auth = Auth::Header { header: "Authorization".to_owned(), prefix: "Token".to_owned() };
    assert_eq!(site.auth, auth);
}

#[test]
fn every_fault_is_named() {
    assert!(faults("")[0].contains("write a section [provider]"), "{:?}", faults(""));
    for (more, words) in [
        ("family = \"soap\"", "provider.family must be one of xml, json"),
        ("", "provider.family is missing"),
        ("family = \"xml\"\nsend_path = \"api\"", "provider.send_path must be the part"),
        ("family = \"xml\"\nlook_up_path = \"/x?series={series}\"", "must name one document"),
        ("family = \"xml\"\nlook_up_path = \"/x/{mark}\"", "has {mark}: there are {key}"),
        ("family = \"xml\"\nlook_up_path = \"/x/{key}\"", "nothing tells the provider the key"),
        ("family = \"xml\"\nauth = \"form\"", "a key never stands in an address"),
        ("family = \"xml\"\nkey_header = \"a b\"", "must be the name of a header"),
        ("family = \"xml\"\nno_http = [\"401\"]", "must be a list of statuses"),
        ("family = \"xml\"\nheard = { mark = \"\" }", "must have a name"),
        ("family = \"xml\"\nheard = { uid = \"a..b\" }", "names with dots"),
        ("family = \"json\"\nform_field = \"xml\"", "for the family xml alone"),
        ("family = \"json\"\nsaid = { net = \"total_amount\" }", "two things are called \"total_amount\""),
        ("family = \"json\"\nsaid = { nett = \"x\" }", "provider.said.nett is not a setting"),
        ("family = \"json\"\npayment_as = { 9 = \"x\" }", "1 to 8"),
        ("family = \"json\"\nwait_s = 61", "provider.wait_s must be between"),
        ("family = \"json\"\nclassifications = { FULL = \"category1_9 E3_1\" }", "no classification"),
        ("family = \"json\"\nkey = \"secret\"", "provider.key is not a setting"),
    ] {
        let found = faults(&format!("{SIMULATED}{more}"));
        assert!(found.iter().any(|what| what.contains(words)), "{more}: {found:?}");
    }
    for (endpoint, words) in [
        ("https://p.example/api", "what follows it stands in the paths"),
        ("ftp://p.example", "must be simulated, or a host"),
        ("https://p.example", "provider.credentials is missing"),
        ("https://p.example", "test_environment = true"),
    ] {
        let found = faults(&format!("[provider]\nfamily = \"xml\"\nendpoint = \"{endpoint}\""));
        assert!(found.iter().any(|what| what.contains(words)), "{endpoint}: {found:?}");
    }
    // At work nothing is simulated.
    let work =
        text(&format!("{SIMULATED}family = \"xml\"")).replacen("practice = true", "practice = false", 1);
    let found = Config::parse(&work).expect_err("it has faults");
    assert!(found.iter().any(|fault| fault.what.contains("in practice only")), "{found:?}");
}
