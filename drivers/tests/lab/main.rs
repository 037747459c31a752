//! The program of the VM lab, which `tests/lab/run` starts in a machine of its own. See `lab.rs`.

// Helpers of checks say what went wrong by panicking, as those of tests do.
#![allow(clippy::unwrap_used, clippy::panic)]

#[cfg(target_os = "linux")]
#[path = "lab.rs"]
mod lab;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    lab::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: the VM lab is for Linux");
}
