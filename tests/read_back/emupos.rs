//! [Emupos](https://github.com/ahmedalrifai/emupos) (Apache-2.0), a simulator of receipt printers that is not ours: it
//! takes ESC/POS on a socket, answers like a printer, and keeps what it understood as text and as a picture. Its text
//! goes through Python's own tables of the code pages, its QR codes through a library of their own.
//!
//! `.ci/run` installs the version of `.ci/emupos.txt` into the build's folder; an `emupos` on the path will do as well.

use crate::folder::Folder;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Lines};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tameio_drivers::printer::{Address, JobOutcome, Printer as _, Sheet, encode, open};

/// A printer for both sides: how we address it, and what its maker says of it.
pub(super) struct Model {
    /// Its name on both sides.
    pub(super) name: &'static str,
    /// The parameters of its address.
    pub(super) address: &'static str,
    /// Width of its head.
    pub(super) dots: usize,
    /// Its numbers of the code pages, from the maker's manual and not from our profile: that is what is tried.
    pub(super) pages: &'static str,
}

/// What the program understood of one paper.
pub(super) struct Reading {
    /// Its lines, without the blanks that only place them.
    pub(super) lines: Vec<String>,
    /// The commands it did not obey, in hexadecimal.
    pub(super) skipped: Vec<String>,
    picture: PathBuf,
}

impl Reading {
    /// What the printer was told to draw as QR codes.
    pub(super) fn codes(&self) -> Vec<&str> {
        self.lines.iter().filter_map(|line| line.strip_prefix("[qr ")?.strip_suffix(']')).collect()
    }

    /// What a scanner sees in the picture of the paper.
    pub(super) fn scanned(&self) -> Vec<String> {
        let file = std::fs::File::open(&self.picture).expect("the picture is there");
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("it is a picture");
        let mut grey = vec![0; reader.output_buffer_size().expect("it fits")];
        let info = reader.next_frame(&mut grey).expect("it is whole");
        assert_eq!(info.color_type, png::ColorType::Grayscale);
        let (width, height) = (info.width as usize, info.height as usize);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
        seen.detect_grids().iter().map(|grid| grid.decode().expect("it can be scanned").1).collect()
    }
}

/// The running program; it ends with the test.
pub(super) struct Emupos {
    process: Child,
    says: Lines<BufReader<ChildStdout>>,
    folder: Folder,
    ports: Vec<(&'static str, u16)>,
}

impl Emupos {
    /// Starts it with these printers. Nothing where it is not installed, and that is said.
    pub(super) fn start(models: &[Model]) -> Option<Self> {
        let Some(program) = program() else {
            println!("skipped: needs emupos, which .ci/run installs where there is Python 3.13");
            return None;
        };
        // Between choosing free ports and taking them somebody else may take one.
        let started = (0..3).find_map(|_| Self::try_start(&program, models));
        Some(started.expect("emupos starts; why it did not stands above"))
    }

    fn try_start(program: &Path, models: &[Model]) -> Option<Self> {
        let folder = Folder::new();
        let free = free_ports(models.len() + 1);
        let (api, ports) = free.split_first().expect("at least one");
        let ports: Vec<_> = models.iter().map(|model| model.name).zip(ports.iter().copied()).collect();
        write_configuration(folder.path(), models, *api, &ports);
        let mut process = Command::new(program)
            .args(["run", "--config", "emupos.yaml"])
            .current_dir(folder.path())
            .envs([("PYTHONUNBUFFERED", "1"), ("PYTHONUTF8", "1")])
            // Either would make it break and colour its lines as on a screen.
            .env_remove("FORCE_COLOR")
            .env_remove("TTY_COMPATIBLE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it can be started");
        let says = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut emupos = Self { process, says, folder, ports };
        emupos.wait_for("Showing events").then_some(emupos)
    }

    fn wait_for(&mut self, words: &str) -> bool {
        self.says.by_ref().map_while(Result::ok).any(|line| line.starts_with(words))
    }

    /// Prints a sheet with our driver over TCP, to the last answer, and gives what came out.
    pub(super) fn print(&mut self, model: &Model, sheet: impl FnOnce(usize) -> Sheet) -> Reading {
        let (_, port) = self.ports.iter().find(|(name, _)| *name == model.name).expect("it is one of these");
        let address: Address =
            format!("tcp://127.0.0.1:{port}?{}", model.address).parse().expect("it is one");
        let job = encode(&sheet(address.profile.columns), &address.profile).expect("it fits the paper");
        let outcome = open(model.name, &address).expect("it is in reach").print(&job);
        assert_eq!(outcome, JobOutcome::Confirmed, "{}: it answers like a printer", model.name);
        self.reading(model)
    }

    /// What it tells of the connection that has just been closed.
    fn reading(&mut self, model: &Model) -> Reading {
        let (mut papers, mut skipped) = (Vec::new(), Vec::new());
        for line in self.says.by_ref() {
            let line = line.expect("it can be read");
            assert!(line.contains(model.name), "another printer speaks: {line}");
            if let Some((_, paper)) = line.split_once(" → ") {
                papers.push(paper.trim().to_owned());
            } else if let Some((_, bytes)) = line.split_once("skipped unknown bytes ") {
                skipped.push(bytes.trim().to_owned());
            } else if line.contains("connection.closed") {
                break;
            }
        }
        let [paper] = papers.as_slice() else { panic!("one paper comes out: {papers:?}") };
        let paper = self.folder.path().join("receipts").join(paper);
        let text = std::fs::read_to_string(paper.with_extension("txt")).expect("the text is there");
        let lines = text.lines().map(|line| line.trim().to_owned()).collect();
        Reading { lines, skipped, picture: paper.with_extension("png") }
    }
}

impl Drop for Emupos {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("emupos").join("bin/emupos");
    let there = |program: &PathBuf| {
        let version =
            Command::new(program).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    };
    [installed, PathBuf::from("emupos")].into_iter().find(there)
}

/// Ports nobody listens on; held together until all are found, so that no two are the same.
fn free_ports(count: usize) -> Vec<u16> {
    let listen = |_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there are free ports");
    let held: Vec<_> = (0..count).map(listen).collect();
    held.iter().map(|listener| listener.local_addr().expect("it has one").port()).collect()
}

fn write_configuration(folder: &Path, models: &[Model], api: u16, ports: &[(&'static str, u16)]) {
    let mut devices = format!("schema: 1\napi: {{ host: 127.0.0.1, port: {api} }}\ndevices:\n");
    for (name, port) in ports {
        writeln!(devices, "  - id: {name}\n    type: printer\n    profile: ./{name}.yaml").expect("a string");
        writeln!(devices, "    connections: [{{ tcp: {{ port: {port} }} }}]").expect("a string");
    }
    std::fs::write(folder.join("emupos.yaml"), devices).expect("it can be written");
    for Model { name, dots, pages, .. } in models {
        let profile = format!(
            "type: printer\nname: {name}\ndpi: 203\nwidth_dots: {dots}\n\
             font_a: {{ width: 12, height: 24 }}\nfont_b: {{ width: 9, height: 17 }}\n\
             code_pages: {{ 0: PC437, {pages} }}\ndefault_code_page: 0\ndrawer_sensor_open_level: high\n"
        );
        std::fs::write(folder.join(format!("{name}.yaml")), profile).expect("it can be written");
    }
}
