//! A terminal at its busiest: an outage is over and ten thousand messages go out, AADE takes its time over each, and
//! somebody checks the journal beside it.

use super::terminal::{PROGRAM, config};
use crate::engine::ANSWER;
use crate::past::{self, Past};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::JoinHandle;

/// A copy of a terminal's past, and a registry that is slow to take what waits there.
pub(crate) struct Load {
    pub(crate) folder: PathBuf,
    pub(crate) config: PathBuf,
    registry: Child,
}

impl Load {
    /// What is sent changes the past, so that a copy of it is worked on.
    pub(crate) fn of(past: Past, devices: &[(&str, &str)]) -> Self {
        let (kept, folder) = (past.folder(), past::new_folder("screen-load"));
        let copied = std::fs::copy(kept.join("tameio.db"), folder.join("tameio.db"));
        copied.expect("the disk has room for a copy");
        let (registry, address) = slow_registry(&folder);
        let config = config(&folder, devices, Some(&address));
        Self { folder, config, registry }
    }

    /// Messages that still wait.
    pub(crate) fn waiting(&self) -> u32 {
        let conn = tameio::store::open_reader(&self.folder).expect("the database is there");
        let waiting = "SELECT count(*) FROM messages WHERE state IN ('queued', 'sending', 'unknown')";
        conn.query_row(waiting, [], |row| row.get(0)).expect("it is readable")
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        let _ = self.registry.kill();
        let _ = self.registry.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// `tameio sim aade`, every answer late; its address is the first line it says.
fn slow_registry(folder: &Path) -> (Child, String) {
    let faults = folder.join("faults.json");
    let late = ANSWER.as_millis();
    let script = format!(r#"{{"rules": [{{"fault": {{"kind": "slow", "delay_ms": {late}}}}}]}}"#);
    std::fs::write(&faults, script).expect("the folder can be written");
    let mut registry = Command::new(PROGRAM)
        .args(["sim", "aade", "--listen", "127.0.0.1:0", "--faults"])
        .arg(&faults)
        .env("RUST_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut address = String::new();
    let said = registry.stdout.take().map(BufReader::new);
    said.expect("its output is ours").read_line(&mut address).expect("it says its address");
    (registry, address.trim().to_owned())
}

/// `tameio journal verify` over and over, until it is stopped.
pub(crate) struct Report {
    done: Arc<AtomicU32>,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Report {
    pub(crate) fn begin(load: &Load) -> Self {
        let (done, over) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
        let (counted, ends) = (Arc::clone(&done), Arc::clone(&over));
        let mut verify = Command::new(PROGRAM);
        verify.args(["journal", "verify", "--data"]).arg(&load.folder).arg("--config").arg(&load.config);
        verify.env("RUST_LOG", "error").stdout(Stdio::null());
        let thread = std::thread::spawn(move || {
            while !ends.load(Ordering::Relaxed) {
                let ended = verify.status().expect("the program starts");
                assert!(ended.success(), "the journal is whole");
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { done, over, thread }
    }

    /// How many came to their end.
    pub(crate) fn end(self) -> u32 {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().expect("it ran");
        self.done.load(Ordering::Relaxed)
    }
}
