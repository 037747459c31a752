//! A paper is kept until it is printed, through whatever happens, and is never begun twice by itself.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use tameio_drivers::printer::spool::{JOBS_MAX, SpoolError, job_from_bytes};
use tameio_drivers::printer::{
    EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Patience, Printer, Profile, Sheet, SimPrinter, Spool,
    Status, encode,
};

use crate::profile;

fn job(text: &str) -> Job {
    let mut sheet = Sheet::new();
    sheet.line(text).line("ΣΥΝΟΛΟ 14,00 €").cut();
    encode(&sheet, &profile("epson-80")).unwrap()
}

fn counter() -> (SimPrinter, EscPosPrinter) {
    let sim = SimPrinter::new(profile("epson-80"));
    let patience = Patience {
        answer: std::time::Duration::from_millis(100),
        stall: std::time::Duration::from_millis(200),
        pause: std::time::Duration::from_millis(50),
        ..Patience::default()
    };
    let printer = EscPosPrinter::new("counter", profile("epson-80"), Box::new(sim.clone()));
    (sim, printer.with_patience(patience))
}

fn titles(sim: &SimPrinter) -> Vec<String> {
    sim.papers().iter().map(|paper| paper.lines()[0].clone()).collect()
}

#[test]
fn papers_are_printed_in_their_order_and_their_files_go() {
    let folder = tempfile::tempdir().unwrap();
    let (sim, mut printer) = counter();
    let mut spool = Spool::open(folder.path()).unwrap();
    let ids: Vec<_> = ["ένα", "δύο", "τρία"].map(|text| spool.add(&job(text)).unwrap()).into();
    assert_eq!(spool.waiting(), ids);
    for id in ids {
        assert_eq!(spool.print_next(&mut printer).unwrap(), Some((id, JobOutcome::Confirmed)));
    }
    assert_eq!(spool.print_next(&mut printer).unwrap(), None);
    assert_eq!(titles(&sim), ["ένα", "δύο", "τρία"]);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["lock"]);
}

#[test]
fn a_printer_without_paper_keeps_them_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let (sim, mut printer) = counter();
    sim.change(|control| control.paper = PaperLevel::Out);
    let mut spool = Spool::open(folder.path()).unwrap();
    let id = spool.add(&job("ένα")).unwrap();
    for _ in 0..3 {
        let outcome = JobOutcome::NotStarted { cause: Fault::PaperOut };
        assert_eq!(spool.print_next(&mut printer).unwrap(), Some((id, outcome)));
    }
    drop(spool);
    let mut spool = Spool::open(folder.path()).unwrap();
    assert_eq!((spool.waiting(), spool.unsure()), (vec![id], vec![]), "after a restart too");
    sim.change(|control| control.paper = PaperLevel::Enough);
    assert_eq!(spool.print_next(&mut printer).unwrap(), Some((id, JobOutcome::Confirmed)));
    assert_eq!(titles(&sim), ["ένα"]);
}

#[test]
fn a_paper_without_an_answer_waits_for_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (sim, mut printer) = counter();
    sim.change(|control| control.silent = true);
    let mut spool = Spool::open(folder.path()).unwrap();
    let (first, second) = (spool.add(&job("ένα")).unwrap(), spool.add(&job("δύο")).unwrap());
    assert_eq!(spool.print_next(&mut printer).unwrap(), Some((first, JobOutcome::Unknown)));
    sim.change(|control| control.silent = false);
    assert_eq!(spool.print_next(&mut printer).unwrap(), None, "nothing goes on by itself");
    assert_eq!((spool.unsure(), spool.waiting()), (vec![first], vec![second]));
    assert!(matches!(spool.forget(second), Err(SpoolError::NoSuchJob(_))), "what waits is not forgotten");
    let copy = spool.reprint(first, "ΑΝΤΙΓΡΑΦΟ", &profile("epson-80")).unwrap();
    assert!(copy > second, "a job of its own");
    assert!(matches!(spool.reprint(first, "ΑΝΤΙΓΡΑΦΟ", &profile("epson-80")), Err(SpoolError::NoSuchJob(_))));
    assert_eq!(spool.print_next(&mut printer).unwrap(), Some((second, JobOutcome::Confirmed)));
    assert_eq!(spool.print_next(&mut printer).unwrap(), Some((copy, JobOutcome::Confirmed)));
    let papers = sim.papers();
    assert_eq!(papers.len(), 3);
    let lines = papers[2].lines();
    assert_eq!(
        (lines[0].trim(), lines[1].as_str()),
        ("ΑΝΤΙΓΡΑΦΟ", "ένα"),
        "the copy says so above everything"
    );
    assert!(!papers[1].text().contains("ΑΝΤΙΓΡΑΦΟ"));
}

#[test]
fn a_copy_is_marked_on_every_printer() {
    for name in tameio_drivers::printer::PROFILE_NAMES {
        let profile = profile(name);
        let mut sheet = Sheet::new();
        sheet.line("ένα €").cut();
        let job = encode(&sheet, &profile).unwrap();
        let copy = job.as_copy("ΑΝΤΙΓΡΑΦΟ", &profile).unwrap();
        let papers = tameio_drivers::printer::PaperReader::read(&profile, &copy.bytes());
        let lines: Vec<String> = papers[0].lines().iter().map(|line| line.trim().to_owned()).collect();
        assert_eq!(lines[..2], ["ΑΝΤΙΓΡΑΦΟ", "ένα €"], "{name}");
        assert_eq!(copy.lines_in(copy.body.len()), job.line_ends.len() + 1);
    }
}

/// Says that it was begun, and never comes back.
struct Hangs;

impl Printer for Hangs {
    fn name(&self) -> &str {
        "hangs"
    }

    fn profile(&self) -> &Profile {
        panic!("nobody asks")
    }

    fn print(&mut self, _job: &Job) -> JobOutcome {
        println!("begun");
        loop {
            std::thread::park();
        }
    }

    fn open_drawer(&mut self) -> JobOutcome {
        JobOutcome::Unknown
    }

    fn status(&mut self) -> Result<Status, Fault> {
        Err(Fault::NotFound)
    }

    fn discard(&mut self) -> Result<(), Fault> {
        Err(Fault::NotFound)
    }
}

const FOLDER: &str = "TAMEIO_TEST_SPOOL";

/// Not a promise of its own: the process that `killed_in_the_middle_of_a_paper` kills.
#[test]
fn a_process_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut spool = Spool::open(Path::new(&folder)).unwrap();
    let _ = spool.print_next(&mut Hangs);
}

#[test]
fn killed_in_the_middle_of_a_paper() {
    let folder = tempfile::tempdir().unwrap();
    let mut spool = Spool::open(folder.path()).unwrap();
    let (first, second) = (spool.add(&job("ένα")).unwrap(), spool.add(&job("δύο")).unwrap());
    drop(spool);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "spool::a_process_to_be_killed", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let says = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(says.map_while(Result::ok).any(|line| line.contains("begun")), "it began");
    assert!(matches!(Spool::open(folder.path()), Err(SpoolError::InUse(_))), "one program at a time");
    child.kill().unwrap();
    child.wait().unwrap();
    let mut spool = Spool::open(folder.path()).unwrap();
    assert_eq!((spool.unsure(), spool.waiting()), (vec![first], vec![second]));
    let (sim, mut printer) = counter();
    assert_eq!(spool.print_next(&mut printer).unwrap(), None, "it is not begun again by itself");
    assert_eq!(sim.received(), 0);
    spool.forget(first).unwrap();
    assert_eq!(spool.print_next(&mut printer).unwrap(), Some((second, JobOutcome::Confirmed)));
}

#[test]
fn a_damaged_file_is_never_printed_and_never_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut spool = Spool::open(folder.path()).unwrap();
    let (first, second) = (spool.add(&job("ένα")).unwrap(), spool.add(&job("δύο")).unwrap());
    let path = folder.path().join(format!("{first}.waiting"));
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let (sim, mut printer) = counter();
    assert_eq!(spool.print_next(&mut printer).unwrap(), Some((second, JobOutcome::Confirmed)));
    assert_eq!((titles(&sim), spool.damaged()), (vec!["δύο".to_owned()], vec![first]));
    spool.forget(first).unwrap();
    assert_eq!(spool.damaged(), []);
}

#[test]
fn numbers_are_not_used_twice_and_halves_are_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut spool = Spool::open(folder.path()).unwrap();
    let first = spool.add(&job("ένα")).unwrap();
    drop(spool);
    std::fs::write(folder.path().join("000000000002.new"), b"paper 1").unwrap();
    let mut spool = Spool::open(folder.path()).unwrap();
    assert!(!folder.path().join("000000000002.new").exists());
    assert!(spool.add(&job("δύο")).unwrap() > first);
}

#[test]
fn a_full_spool_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for number in 1..=JOBS_MAX {
        std::fs::write(folder.path().join(format!("{number:012}.waiting")), b"").unwrap();
    }
    let mut spool = Spool::open(folder.path()).unwrap();
    let Err(SpoolError::Full) = spool.add(&job("ένα")) else { panic!("it is full") };
}

fn written(job: &Job) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let id = Spool::open(folder.path()).unwrap().add(job).unwrap();
    std::fs::read(folder.path().join(format!("{id}.waiting"))).unwrap()
}

#[test]
fn every_flipped_bit_of_a_file_is_found() {
    let job = job("ένα");
    let file = written(&job);
    assert_eq!(job_from_bytes(&file), Some(job));
    for at in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[at / 8] ^= 1 << (at % 8);
        assert_eq!(job_from_bytes(&damaged), None, "bit {at}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_job_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(job_from_bytes(&bytes), None);
    }
}
