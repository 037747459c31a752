//! PINs on a running terminal: hashed with a secret outside the database, right or wrong, and in no file that is written.

use crate::devices::{Desk, configured};
use crate::folder::Folder;
use crate::world::person;
use std::path::Path;
use std::time::Duration;
use tameio::app::effect::Notice;
use tameio::app::refusal::Refusal;
use tameio::domain::pin::PinHash;

const SOON: Duration = Duration::from_secs(10);

fn said(desk: &Desk) -> Notice {
    desk.said.recv_timeout(SOON).expect("something is said")
}

fn kept(desk: &Desk) -> PinHash {
    desk.until(SOON, "the owner has a PIN", |state| state.pins.contains_key(&person("owner")));
    desk.snapshot().expect("shown").state.pins[&person("owner")].hash.clone()
}

/// Every byte below a folder.
fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(bytes_below(&path));
        } else {
            all.extend(std::fs::read(&path).expect("a file"));
        }
    }
    all
}

#[test]
fn a_pin_is_right_or_wrong_and_stands_nowhere() {
    let folder = Folder::new();
    let desk = Desk::open(folder.path(), configured(&[]));
    // Eight digits that stand nowhere by chance.
    let pin = "73910582";
    desk.handle().set_pin(person("owner"), pin.to_owned(), person("owner"));
    let hash = kept(&desk);
    assert!(matches!(said(&desk), Notice::PinSet { .. }));
    desk.handle().check_pin(person("owner"), pin.to_owned(), hash.clone());
    assert!(matches!(said(&desk), Notice::PinRight { .. }));
    desk.handle().check_pin(person("owner"), "73910583".to_owned(), hash.clone());
    assert!(matches!(said(&desk), Notice::Refused(Refusal::PinWrong)));
    for wrong in ["123", "123456789", "12a4", ""] {
        desk.handle().set_pin(person("owner"), wrong.to_owned(), person("owner"));
        assert!(matches!(said(&desk), Notice::Refused(Refusal::PinFailed { .. })), "{wrong:?}");
    }
    desk.close();
    let written = bytes_below(folder.path());
    assert!(!written.windows(pin.len()).any(|window| window == pin.as_bytes()), "the PIN was written down");
    // The database alone does not let anybody try PINs: without the secret beside it the right one is wrong.
    std::fs::remove_file(folder.path().join("data/pin.key")).expect("the secret is a file of its own");
    let desk = Desk::open(folder.path(), configured(&[]));
    desk.until(SOON, "it runs", |_| true);
    desk.handle().check_pin(person("owner"), pin.to_owned(), hash);
    assert!(matches!(said(&desk), Notice::Refused(Refusal::PinWrong)));
    desk.close();
}

#[cfg(unix)]
#[test]
fn the_secret_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let desk = Desk::open(folder.path(), configured(&[]));
    desk.handle().set_pin(person("owner"), "1234".to_owned(), person("owner"));
    kept(&desk);
    let mode =
        std::fs::metadata(folder.path().join("data/pin.key")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    desk.close();
}
