//! The key of AADE: from a file nobody else may read, and never shown.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use tameio::aade::credentials::{Credentials, CredentialsError};
use tempfile::TempDir;

fn file(mode: u32, content: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("aade");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    (folder, path)
}

const GOOD: &str = "# myDATA REST API\nuser = \"thewash\"\nkey = 0123abcd\n";

#[test]
fn two_lines_in_a_closed_file() {
    for mode in [0o600, 0o400] {
        let (_folder, path) = file(mode, GOOD);
        assert_eq!(Credentials::load(&path).unwrap(), Credentials::new("thewash", "0123abcd"));
    }
}

#[test]
fn a_file_others_may_read_is_refused() {
    for mode in [0o640, 0o604, 0o644, 0o660, 0o601] {
        let (_folder, path) = file(mode, GOOD);
        let refused = Credentials::load(&path).unwrap_err();
        assert!(
            matches!(refused, CredentialsError::TooOpen { mode: found, .. } if found == mode),
            "{refused:?}"
        );
        let said = refused.to_string();
        assert!(said.contains("chmod 600") && said.contains(&format!("{mode:o}")), "{said}");
    }
}

#[test]
fn anything_else_is_a_sentence() {
    for content in
        ["", "user = a", "key = b", "user = \"\"\nkey = b", "user thewash\nkey 0123", &"x".repeat(5_000)]
    {
        let (_folder, path) = file(0o600, content);
        let refused = Credentials::load(&path).unwrap_err();
        assert!(matches!(refused, CredentialsError::Content { .. }), "{content:?}: {refused:?}");
    }
    let (folder, _) = file(0o600, GOOD);
    let missing = Credentials::load(&folder.path().join("nothing")).unwrap_err();
    assert!(missing.to_string().contains("nothing") && matches!(missing, CredentialsError::Read { .. }));
}

#[test]
fn systemd_comes_first() {
    let (handed, _) = file(0o440, "user = handed\nkey = k\n");
    let (_folder, own) = file(0o600, GOOD);
    assert_eq!(Credentials::find(&own, Some(handed.path())).unwrap().user(), "handed");
    assert_eq!(Credentials::find(&own, None).unwrap().user(), "thewash");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(Credentials::find(&own, Some(empty.path())).unwrap().user(), "thewash");
}

#[test]
fn the_key_is_never_shown() {
    let shown = format!("{:?}", Credentials::new("thewash", "0123abcd"));
    assert!(shown.contains("thewash") && !shown.contains("0123"), "{shown}");
}
