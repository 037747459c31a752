//! Handing documents to a certified provider: its address, its ways and its names, as its own papers have them.

use super::issuing;
use super::reader::Section;
use super::{choice, optional_choice};
use crate::domain::provider::{
    Asked, Family, Heard, Meanings, Place, Posted, ProviderPaper, ProviderRules, Said, places,
};
use crate::domain::settings::{IssuerKind, IssuingRules, Settings};
use crate::domain::text::Text;
use crate::issuer::provider;
use crate::provider::auth::{Auth, Login};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where a provider is and how it lets us in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSite {
    /// Scheme and host; nothing for a simulator in this process.
    pub base: Option<String>,
    /// It is the provider's test environment: what is issued there counts for nothing.
    pub test: bool,
    /// How it lets us in.
    pub auth: Auth,
    /// The file with the user and the key it gave.
    pub credentials: Option<PathBuf>,
}

const FAMILIES: [(&str, Family); 2] = [("xml", Family::Xml), ("json", Family::Json)];
const METHODS: [(&str, Asked); 2] = [("get", Asked::Get), ("post", Asked::Post)];

/// The ways to be let in.
#[derive(Debug, Clone, Copy)]
enum Door {
    Header,
    Pair,
    Form,
    Login,
}

const DOORS: [(&str, Door); 4] =
    [("header", Door::Header), ("pair", Door::Pair), ("form", Door::Form), ("login", Door::Login)];

/// What was read: how documents are handed over, what they say, and where.
pub(super) struct Read {
    pub(super) rules: ProviderRules,
    pub(super) issuing: IssuingRules,
    pub(super) site: Option<ProviderSite>,
}

pub(super) fn read(
    section: &Section<'_, '_>,
    documents: &Section<'_, '_>,
    issuer: Option<IssuerKind>,
    practice: bool,
) -> Read {
    let wanted = issuer == Some(IssuerKind::Provider);
    if wanted && !section.is_there() {
        documents
            .note("issuer", "is \"provider\": write a section [provider], with what the provider gave you");
    }
    let family = match section.is_there() {
        true => choice(section, "family", &FAMILIES),
        false => optional_choice(section, "family", &FAMILIES),
    };
    let usual = ProviderRules::usual(family.unwrap_or_default());
    let posted = match section.optional_text("form_field").filter(|field| !field.is_empty()) {
        Some(field) => Posted::Form { field },
        None => usual.posted.clone(),
    };
    let rules = ProviderRules {
        invoices: section.flag("invoices", usual.invoices),
        signs_cards: section.flag("card_signed_by_provider", usual.signs_cards),
        send: path(section, "send_path", &usual.send),
        look_up: look_up(section, &usual.look_up),
        asked: optional_choice(section, "look_up_method", &METHODS).unwrap_or(usual.asked),
        posted,
        key_header: header(section, "key_header"),
        series_as: section.section("series_as").entries().into_iter().collect(),
        payment_as: payments(&section.section("payment_as")),
        said: said(&section.section("said"), usual.said),
        heard: heard(&section.section("heard"), usual.heard),
        meanings: meanings(section, usual.meanings),
        paper: paper(section, &usual.paper),
        family: usual.family,
    };
    check_key(section, &rules);
    let site = site(section, &rules, practice);
    Read { rules, issuing: issuing::rules(section), site: site.filter(|_| section.is_there()) }
}

/// What would certainly go wrong is said before the first sale.
pub(super) fn check(section: &Section<'_, '_>, settings: &Settings) {
    if settings.issuer == IssuerKind::Provider {
        for fault in provider::faults(settings) {
            section.note("family", format!(": {fault}"));
        }
    }
}

fn path(section: &Section<'_, '_>, key: &str, usual: &str) -> String {
    let text = section.optional_text(key).unwrap_or_else(|| usual.to_owned());
    let good = text.starts_with('/') && text.bytes().all(|b| b.is_ascii_graphic());
    if !good {
        section.note(key, "must be the part of the address below the host, like \"/api/send\"");
    }
    text
}

fn look_up(section: &Section<'_, '_>, usual: &str) -> String {
    let address = path(section, "look_up_path", usual);
    match places(&address) {
        Ok(places) if Place::name_one(&places) => {}
        Ok(_) => section.note(
            "look_up_path",
            "must name one document: with {key}, {uid}, or {type}, {series} and {number}. Without a look-up a lost answer could never be found out",
        ),
        Err(word) => {
            let words: Vec<&str> = Place::ALL.into_iter().map(Place::word).collect();
            section.note("look_up_path", format!("has {word}: there are {}", words.join(", ")));
        }
    }
    address
}

/// Whoever is asked for by its key has been told the key.
fn check_key(section: &Section<'_, '_>, rules: &ProviderRules) {
    let by_key = places(&rules.look_up).is_ok_and(|places| places.contains(&Place::Key));
    let in_body = rules.family == Family::Json && rules.name_of(Said::Key).is_some();
    if by_key && !in_body && rules.key_header.is_none() {
        section
            .note("look_up_path", "asks by {key}, and nothing tells the provider the key: write key_header");
    }
}

fn header(section: &Section<'_, '_>, key: &str) -> Option<String> {
    section.parsed(key, |text| {
        let good =
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if good { Ok(text.to_owned()) } else { Err("must be the name of a header".to_owned()) }
    })
}

fn site(section: &Section<'_, '_>, rules: &ProviderRules, practice: bool) -> Option<ProviderSite> {
    let credentials = section.optional_text("credentials").map(PathBuf::from);
    let test = section.flag("test_environment", false);
    let auth = auth(section, rules);
    let endpoint = if section.is_there() { section.text("endpoint") } else { String::new() };
    let host = ["https://", "http://"].into_iter().find_map(|scheme| endpoint.strip_prefix(scheme));
    let base = match (endpoint.as_str(), host.map(|host| host.trim_end_matches('/'))) {
        ("", _) => return None,
        ("simulated", _) if practice => None,
        ("simulated", _) => {
            section.note("endpoint", "may be \"simulated\" in practice only: nothing would be issued");
            None
        }
        (_, Some(host)) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => {
            Some(endpoint.trim_end_matches('/').to_owned())
        }
        _ => {
            section.note(
                "endpoint",
                "must be simulated, or a host like \"https://host\"; what follows it stands in the paths",
            );
            return None;
        }
    };
    if base.is_some() && credentials.is_none() {
        section.missing("credentials");
    }
    if base.is_some() && practice && !test {
        section.note(
            "endpoint",
            "is reached in practice only with test_environment = true: its documents would be real",
        );
    }
    Some(ProviderSite { base, test, auth, credentials })
}

fn auth(section: &Section<'_, '_>, rules: &ProviderRules) -> Auth {
    let usual = if rules.family == Family::Xml { Door::Header } else { Door::Login };
    let door = optional_choice(section, "auth", &DOORS).unwrap_or(usual);
    let own = header(section, "auth_header");
    let prefix = section.optional_text("auth_prefix");
    let user_header = header(section, "user_header");
    let field = section.optional_text("auth_field").unwrap_or_else(|| "token".to_owned());
    let login = Login::default();
    let login = Login {
        path: path(section, "login_path", &login.path),
        user_field: section.optional_text("login_user").unwrap_or(login.user_field),
        key_field: section.optional_text("login_key").unwrap_or(login.key_field),
        token: section.optional_text("login_token").unwrap_or(login.token),
        header: own.clone().unwrap_or(login.header),
        prefix: prefix.clone().unwrap_or(login.prefix),
    };
    let header = own.unwrap_or_else(|| "Api-Key".to_owned());
    match door {
        Door::Header => Auth::Header { header, prefix: prefix.unwrap_or_default() },
        Door::Pair => Auth::Pair {
            user_header: user_header.unwrap_or_else(|| "User-Id".to_owned()),
            key_header: header,
        },
        Door::Form => {
            if rules.posted == Posted::Plain || rules.asked != Asked::Post {
                section.note("auth", "may be \"form\" only with form_field and look_up_method = \"post\": a key never stands in an address");
            }
            Auth::Form { field }
        }
        Door::Login => Auth::Login(login),
    }
}

fn payments(section: &Section<'_, '_>) -> BTreeMap<u8, String> {
    let mut told = BTreeMap::new();
    for (code, name) in section.entries() {
        match code.parse() {
            Ok(number @ 1..=8) => {
                told.insert(number, name);
            }
            _ => section.note(&code, "must be a means of payment by AADE's number, 1 to 8"),
        }
    }
    told
}

/// Names that are changed; an empty one is left out.
fn said(section: &Section<'_, '_>, mut names: BTreeMap<Said, String>) -> BTreeMap<Said, String> {
    for (said, word, _) in Said::ALL {
        change(section, word, said, &mut names);
    }
    names
}

fn heard(section: &Section<'_, '_>, mut paths: BTreeMap<Heard, String>) -> BTreeMap<Heard, String> {
    for (heard, word, _, _) in Heard::ALL {
        change(section, word, heard, &mut paths);
    }
    if section.is_there() && !paths.contains_key(&Heard::Mark) {
        section.note("mark", "must have a name: without its MARK a document is not issued");
    }
    paths
}

fn change<T: Ord>(section: &Section<'_, '_>, word: &str, thing: T, names: &mut BTreeMap<T, String>) {
    let Some(name) = section.optional_text(word) else { return };
    if name.is_empty() {
        names.remove(&thing);
    } else if name.split('.').any(str::is_empty) {
        section.note(word, "must be names with dots between them");
    } else {
        names.insert(thing, name);
    }
}

fn meanings(section: &Section<'_, '_>, usual: Meanings) -> Meanings {
    let words = |key: &str, usual: Vec<String>| if section.has(key) { section.texts(key) } else { usual };
    let statuses: Vec<Option<u16>> = section.texts("no_http").iter().map(|text| http(text)).collect();
    if statuses.contains(&None) {
        section.note("no_http", "must be a list of statuses of HTTP from \"400\" to \"499\"");
    }
    let absent = section.number("absent_http", 0..=499, 0);
    Meanings {
        yes: words("yes", usual.yes),
        no: words("no", usual.no),
        pending: words("pending", usual.pending),
        absent: words("absent", usual.absent),
        no_http: match section.has("no_http") {
            true => statuses.into_iter().flatten().collect(),
            false => usual.no_http,
        },
        absent_http: match section.has("absent_http") {
            true => u16::try_from(absent).ok().filter(|status| *status >= 400),
            false => usual.absent_http,
        },
    }
}

/// Those that say who is let in, or when, are never a word about a document.
fn http(text: &str) -> Option<u16> {
    text.parse().ok().filter(|status| matches!(status, 400..=499) && !matches!(status, 401 | 403 | 429))
}

fn paper(section: &Section<'_, '_>, usual: &ProviderPaper) -> ProviderPaper {
    let text = |key: &str| Text::new(&section.optional_text(key).unwrap_or_default());
    let words = text("lost_connection_words");
    ProviderPaper {
        name: text("name"),
        licence: text("licence"),
        site: text("site"),
        lost_connection: if words.is_empty() { usual.lost_connection.clone() } else { words },
    }
}
