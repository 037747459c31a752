//! The arrows between the modules: which may name which. A wall is read in the source, not believed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Who may name what, beside itself: a whole module, or one file of it.
const ARROWS: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("aade", &["domain"]),
    ("mydata", &["domain", "aade::transport", "aade::xml", "aade::writer", "aade::codes", "aade::simulator"]),
    (
        "lookup",
        &[
            "domain",
            "aade::transport",
            "aade::credentials",
            "aade::xml",
            "aade::writer",
            "aade::codes",
            "aade::simulator",
        ],
    ),
    (
        "provider",
        &["domain", "mydata", "aade::transport", "aade::credentials", "aade::xml", "aade::simulator"],
    ),
    ("issuer", &["domain", "mydata", "provider", "aade::transport"]),
    ("paper", &["domain"]),
    ("device", &["domain"]),
    ("config", &["domain", "device", "aade::transport", "issuer", "provider::auth"]),
    ("app", &["domain", "device", "store", "aade", "mydata", "lookup", "issuer", "paper", "config"]),
    ("setup", &["config", "domain"]),
    (
        "view",
        &[
            "app",
            "config",
            "device",
            "domain",
            "setup",
            "store::past",
            "store::query",
            "aade::codes",
            "aade::rules",
        ],
    ),
];

/// Modules that put everything together: the program's commands, and a simulated day.
const KNOW_ALL: [&str; 2] = ["simulate", "command"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push((path.clone(), std::fs::read_to_string(&path).expect("a source")));
        }
    }
    found
}

/// Code without comments, so that words about a module are not taken for its use.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules of ours a text names by `crate::…` or `tameio::…`.
fn named(text: &str) -> BTreeSet<String> {
    let code = code(text);
    let after = ["crate::", "tameio::"]
        .into_iter()
        .flat_map(|start| code.match_indices(start).map(move |(at, _)| at + start.len()));
    after.flat_map(|at| first_names(&code[at..])).collect()
}

/// `store::query::x` names `store::query`, `store::{a, b}` names `store`, `{domain::ids, view}` names both.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut names, mut fresh) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                names.push(name(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

/// The first two words of a path.
fn name(path: &str) -> String {
    let path: String = path.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
    path.split("::").filter(|word| !word.is_empty()).take(2).collect::<Vec<_>>().join("::")
}

/// Every path a use tree stands for: `a::{b, c::{self, d}}` is `a::b`, `a::c::self` and `a::c::d`.
fn paths(tree: &str) -> Vec<String> {
    let head: String = tree.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
    let Some(group) = tree[head.len()..].strip_prefix('{') else { return vec![head] };
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        if depth == 0 && matches!(c, ',' | '}') {
            found.extend(paths(group[start..at].trim()).into_iter().map(|path| format!("{head}{path}")));
            start = at + 1;
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The path of the module a file of `src/` is: `aade::simulator::options`.
fn module_path(path: &Path) -> Vec<String> {
    let below = path.strip_prefix(root().join("src")).expect("a source").with_extension("");
    let words = below.components().map(|word| word.as_os_str().to_string_lossy().into_owned());
    words.filter(|word| !matches!(word.as_str(), "mod" | "lib" | "main")).collect()
}

/// Every path of ours a file names, from the root on, whether by `crate::`, `tameio::` or `super::`.
fn named_from_root(module: &[String], text: &str) -> BTreeSet<String> {
    let code = code(text);
    let starts_word =
        |at: &usize| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
    let starts = |word: &'static str| code.match_indices(word).map(|(at, _)| at).filter(starts_word);
    let absolute =
        ["crate::", "tameio::"].into_iter().flat_map(|root| starts(root).map(|at| at + root.len()));
    let relative = starts("super::").map(|at| {
        let below = code[at..].trim_start_matches("super::");
        let up = (code.len() - at - below.len()) / "super::".len();
        (module.len().saturating_sub(up), below)
    });
    let trees = absolute.map(|at| (0, &code[at..])).chain(relative);
    trees
        .flat_map(|(base, tree)| paths(tree).into_iter().map(move |path| (base, path)))
        .map(|(base, path)| [&module[..base], &[path]].concat().join("::"))
        .collect()
}

/// The module a file of `src/` belongs to; none for the roots.
fn module(path: &Path) -> Option<String> {
    let below = path.strip_prefix(root().join("src")).ok()?;
    let first = below.components().next()?.as_os_str().to_str()?;
    (below.components().count() > 1).then(|| first.to_owned())
}

fn forbidden(from: &str, to: &str) -> bool {
    let module = to.split_once("::").map_or(to, |(module, _)| module);
    let known = KNOW_ALL.contains(&module) || ARROWS.iter().any(|(name, _)| *name == module);
    let allowed = ARROWS.iter().find(|(name, _)| *name == from).map(|(_, allowed)| *allowed);
    known
        && from != module
        && allowed.is_some_and(|allowed| !allowed.contains(&to) && !allowed.contains(&module))
}

#[test]
fn no_arrow_points_where_it_may_not() {
    let mut wrong = Vec::new();
    for (path, text) in sources(&root().join("src")) {
        let Some(from) = module(&path) else { continue };
        let known = KNOW_ALL.contains(&from.as_str()) || ARROWS.iter().any(|(module, _)| *module == from);
        assert!(known, "{from} is a new module: say here what it may name");
        wrong.extend(
            named(&text)
                .into_iter()
                .filter(|to| forbidden(&from, to))
                .map(|to| format!("{}: {to}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "arrows that may not exist:\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_arrows_sees_them() {
    let text = "use crate::store::{query, Store};\nuse crate::{domain::ids, view};\n// crate::aade::x\nlet x = crate::paper::y();";
    assert_eq!(named(text), ["store", "domain::ids", "view", "paper::y"].map(str::to_owned).into());
    for (from, to) in
        [("domain", "store"), ("store", "app::state"), ("view", "aade::worker"), ("app", "simulate::site")]
    {
        assert!(forbidden(from, to), "{from} → {to}");
    }
    for (from, to) in
        [("app", "store::query"), ("simulate", "app"), ("domain", "domain::ids"), ("view", "aade::codes")]
    {
        assert!(!forbidden(from, to), "{from} → {to}");
    }
}

/// What a simulator may name beside the simulators: how bytes travel, and whose they are.
const SIMULATOR_NAMES: [&str; 3] = ["simulator", "transport", "credentials"];

/// The rooms that hold a simulator beside what it judges.
const JUDGED: [&str; 4] = ["aade", "lookup", "mydata", "provider"];

/// Whether a file of such a room may name a path: a simulator and what it judges share no rule, no table and no writer, or
/// one mistake would stand on both sides and show on neither.
fn crosses_the_simulators_wall(module: &[String], to: &str) -> bool {
    let Some((_, to)) = to.split_once("::").filter(|(room, _)| JUDGED.contains(room)) else { return false };
    let to = to.split("::").next().unwrap_or(to);
    let inside = module.get(1).is_some_and(|word| word == "simulator");
    if inside { !SIMULATOR_NAMES.contains(&to) } else { to == "simulator" }
}

#[test]
fn the_simulators_share_no_rule_with_what_they_judge() {
    let places = [
        ("aade", "rules"),
        ("aade", "simulator"),
        ("mydata", "simulator"),
        ("lookup", "simulator"),
        ("provider", "simulator"),
    ];
    for (room, part) in places {
        let here = |path: &Path| module_path(path).get(1).is_some_and(|word| word == part);
        let sources = sources(&root().join("src").join(room));
        assert!(
            sources.iter().filter(|(path, _)| here(path)).count() > 3,
            "{part} is where it is looked for"
        );
        for (path, text) in sources {
            let module = module_path(&path);
            let wrong: Vec<_> = named_from_root(&module, &text)
                .into_iter()
                .filter(|to| crosses_the_simulators_wall(&module, to))
                .collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", path.display());
        }
    }
}

#[test]
fn the_reader_of_paths_sees_them() {
    let here = ["aade", "simulator", "options"].map(str::to_owned);
    let text = "use super::rules::Rule;\nuse super::super::{kinds, rules::{self, Field}};\n\
                use crate::aade::{message, simulator::{schema}};\nlet x = super::super::codes::y();";
    let seen = [
        "aade::simulator::rules::Rule",
        "aade::kinds",
        "aade::rules::self",
        "aade::rules::Field",
        "aade::message",
        "aade::simulator::schema",
        "aade::codes::y",
    ];
    assert_eq!(named_from_root(&here, text), seen.map(str::to_owned).into());
    let crossing = |to: &&str| crosses_the_simulators_wall(&here, to);
    assert_eq!(seen.iter().filter(|to| crossing(to)).count(), 5);
    let rules = ["aade", "rules", "check"].map(str::to_owned);
    assert!(crosses_the_simulators_wall(&rules, "aade::simulator::schema"));
    assert!(!crosses_the_simulators_wall(&rules, "aade::message"));
    let books = ["mydata", "simulator", "rules", "lines"].map(str::to_owned);
    assert!(crosses_the_simulators_wall(&books, "mydata::identity"));
    assert!(crosses_the_simulators_wall(&books, "aade::writer"));
    assert!(!crosses_the_simulators_wall(&books, "mydata::simulator::state"));
    assert!(!crosses_the_simulators_wall(&books, "aade::simulator::xml"));
}

#[test]
fn only_the_view_names_slint() {
    for (path, text) in sources(&root().join("src")) {
        let in_view = module(&path).is_some_and(|module| module == "view");
        assert!(in_view || !code(&text).contains("slint"), "{} names Slint", path.display());
    }
}

#[test]
fn drivers_name_nothing_of_ours() {
    let sources = sources(&root().join("drivers").join("src"));
    assert!(sources.len() > 10, "the drivers are where they are looked for");
    for (path, text) in sources {
        let code = code(&text).replace("tameio_drivers", "");
        assert!(
            !code.contains("tameio::") && !code.contains("use tameio"),
            "{} names the terminal",
            path.display()
        );
        assert!(!code.contains("slint"), "{} names Slint", path.display());
    }
    let manifest = std::fs::read_to_string(root().join("drivers").join("Cargo.toml")).expect("a manifest");
    let depends = manifest.lines().any(|line| line.starts_with("tameio ") || line.starts_with("slint"));
    assert!(!depends, "drivers/ is a package of its own");
}

#[test]
fn the_clock_is_read_in_one_place() {
    let one_place = root().join("src").join("app").join("clock.rs");
    for (path, text) in sources(&root().join("src")) {
        let code = code(&text);
        let reads = [
            "SystemTime::now",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "getrandom::",
            "thread::sleep",
        ];
        let found: Vec<_> = reads.iter().filter(|call| code.contains(*call)).collect();
        assert!(path == one_place || found.is_empty(), "{}: {found:?}", path.display());
    }
}

/// `println!` panics where nobody reads any more; `say!` ends the command.
#[test]
fn what_is_said_may_be_read_by_nobody() {
    for (path, text) in sources(&root().join("src")) {
        let code = code(&text).replace("eprint", "");
        assert!(!code.contains("print!(") && !code.contains("println!("), "{} prints", path.display());
    }
}

#[test]
fn nothing_is_left_to_be_done() {
    for folder in ["src", "drivers/src"] {
        for (path, text) in sources(&root().join(folder)) {
            for word in ["todo!", "unimplemented!", "TODO", "FIXME"] {
                assert!(!text.contains(word), "{} says {word}", path.display());
            }
        }
    }
}
