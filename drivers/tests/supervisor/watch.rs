//! What wakes a supervisor.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use tameio_drivers::supervisor::watch::Watch;

const LONG: Duration = Duration::from_secs(20);

/// Waits for a change and says how long it took.
fn woken(watch: &mut Watch) -> Duration {
    let begun = Instant::now();
    assert!(watch.wait(LONG), "something changed");
    begun.elapsed()
}

#[test]
fn coming_going_and_permission_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::new(folder.path());
    assert!(!watch.wait(Duration::ZERO), "nothing happened yet");
    let node = folder.path().join("ttyUSB0");
    fs::write(&node, "").unwrap();
    assert!(woken(&mut watch) < Duration::from_secs(1));
    fs::set_permissions(&node, fs::Permissions::from_mode(0o660)).unwrap();
    assert!(woken(&mut watch) < Duration::from_secs(1));
    fs::remove_file(&node).unwrap();
    assert!(woken(&mut watch) < Duration::from_secs(1));
    assert!(!watch.wait(Duration::ZERO));
    // What devices say all day is no change of plugs.
    let other = folder.path().join("input");
    fs::create_dir(&other).unwrap();
    woken(&mut watch);
    fs::write(other.join("event0"), "").unwrap();
    woken(&mut watch);
    fs::write(other.join("event0"), "keys").unwrap();
    assert!(!watch.wait(Duration::from_millis(20)), "writing is not plugging");
}

/// The folder of the stable names exists only while a device with one is plugged in.
#[test]
fn a_folder_that_comes_with_the_device_is_watched_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::new(folder.path());
    let by_id = folder.path().join("serial/by-id");
    for _ in 0..3 {
        fs::create_dir(folder.path().join("serial")).unwrap();
        woken(&mut watch);
        fs::create_dir(&by_id).unwrap();
        woken(&mut watch);
        fs::write(by_id.join("usb-scale"), "").unwrap();
        assert!(woken(&mut watch) < Duration::from_secs(1));
        fs::remove_dir_all(folder.path().join("serial")).unwrap();
        woken(&mut watch);
        while watch.wait(Duration::ZERO) {}
    }
}

#[test]
fn a_wait_is_ended_from_outside() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::new(folder.path());
    let waker = watch.waker();
    let begun = Instant::now();
    std::thread::spawn(move || waker.wake());
    assert!(!watch.wait(LONG), "nothing has changed");
    assert!(begun.elapsed() < LONG / 2);
}
