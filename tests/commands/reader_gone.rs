//! Whoever read what a command says goes away, as `head` does: the command ends without a word, a simulator too.

use super::{said, text};
use std::io::{BufRead, BufReader, Write, pipe};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn start(arguments: &[&str], output: impl Into<Stdio>) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tameio"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// What it said, once it has ended by itself.
#[allow(clippy::disallowed_methods)]
fn ended(mut child: Child) -> Output {
    let deadline = Instant::now() + Duration::from_secs(20);
    while child.try_wait().expect("it can be waited for").is_none() {
        if Instant::now() > deadline {
            child.kill().expect("it can be ended");
            panic!("it goes on: {}", said(&child.wait_with_output().expect("it ends")));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("it ends")
}

fn without_a_word(arguments: &[&str], output: &Output) {
    assert!(output.status.success(), "{arguments:?}: {}", said(output));
    assert!(output.stderr.is_empty(), "{arguments:?}: {}", said(output));
}

#[test]
fn what_nobody_reads_ends_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let (papers, line) = (folder.path().join("papers"), folder.path().join("scanner"));
    let simulators: [&[&str]; 10] = [
        &["aade"],
        &["lookup"],
        &["mydata"],
        &["provider"],
        &["printer", "--paper", text(&papers)],
        &["scale"],
        &["display"],
        &["camera"],
        &["card"],
        &["barrier"],
    ];
    let on_sockets = simulators.map(|words| [&["sim"], words, &["--listen", "127.0.0.1:0"]].concat());
    let others = [
        vec!["paper", "template", "receipt"],
        vec!["sim", "plates", "--listen", "127.0.0.1:0"],
        vec!["sim", "scanner", "--link", text(&line)],
    ];
    for arguments in on_sockets.into_iter().chain(others) {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let child = start(&arguments, writer);
        without_a_word(&arguments, &ended(child));
    }
}

/// The address was read, and nobody reads the answers to the hand.
#[test]
fn a_simulator_that_answers_nobody_ends() {
    for device in ["scale", "card", "barrier"] {
        let arguments = ["sim", device, "--listen", "127.0.0.1:0"];
        let mut child = start(&arguments, Stdio::piped());
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut String::new()).expect("its first line");
        drop(output);
        let mut hand = child.stdin.take().expect("its input");
        hand.write_all(b"state\n").expect("it is told");
        without_a_word(&arguments, &ended(child));
        drop(hand);
    }
}
