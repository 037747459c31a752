//! The program itself in a window of the display, and what the kernel says it costs.

use super::area::Area;
use super::display::Display;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program, as it is released.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_tameio");
/// The configuration practice has, of which the benches change the devices and the registry.
const WASH: &str = include_str!("../../config/wash.toml");
/// A picture with fewer colours than this is no page: letters alone have more.
const COLOURS_MIN: usize = 32;
/// The kernel counts a process's time in hundredths of a second, on every machine Linux runs on.
const TICK: Duration = Duration::from_millis(10);

/// A running one, until it is dropped.
pub(crate) struct Terminal {
    child: Child,
    began: Instant,
}

impl Terminal {
    /// Starts the program as a person does; without a configuration it is practice. What it says stands in `said.txt`.
    pub(crate) fn start(display: &Display, folder: &Path, config: Option<&Path>) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("run").arg("--data").arg(folder);
        config.map(|config| command.arg("--config").arg(config));
        let said = std::fs::File::create(folder.join("said.txt")).expect("the folder can be written");
        command
            .env("DISPLAY", &display.name)
            // The display is Xvfb's and as large as it says, whatever this desk has.
            .env_remove("WAYLAND_DISPLAY")
            .env("WINIT_X11_SCALE_FACTOR", "1")
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said);
        display.forget();
        let began = Instant::now();
        Self { child: command.spawn().expect("the program starts"), began }
    }

    /// How long it took from the start of the process to the first picture of a page.
    pub(crate) fn first_picture(&self, display: &Display) -> Duration {
        let is_page = |area: Area| {
            let picture = display.picture(area);
            picture.chunks_exact(4).collect::<HashSet<_>>().len() >= COLOURS_MIN
        };
        let seen = display.until("the first picture", |change| is_page(change.area));
        seen.duration_since(self.began)
    }

    /// Processor time it has had, all of its threads together.
    pub(crate) fn processor(&self) -> Duration {
        let stat = self.read("stat");
        // The name stands in brackets and may hold anything.
        let (_, after) = stat.rsplit_once(") ").expect("the kernel's form");
        let fields: Vec<&str> = after.split(' ').collect();
        let ticks = |field: usize| fields[field].parse::<u32>().expect("a number");
        TICK * (ticks(11) + ticks(12))
    }

    /// Processor time of so long, as a share of one core in per cent.
    pub(crate) fn busy_over(&self, time: Duration, meanwhile: impl FnOnce(Duration)) -> f64 {
        let (before, began) = (self.processor(), Instant::now());
        meanwhile(time);
        let used = self.processor().saturating_sub(before);
        100.0 * used.as_secs_f64() / began.elapsed().as_secs_f64()
    }

    /// Memory that is in the machine, in MiB.
    pub(crate) fn resident(&self) -> f64 {
        self.mebibytes("status", "VmRSS:")
    }

    /// The same with every page divided by those who share it.
    pub(crate) fn own(&self) -> f64 {
        self.mebibytes("smaps_rollup", "Pss:")
    }

    fn mebibytes(&self, file: &str, name: &str) -> f64 {
        let text = self.read(file);
        let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("the kernel's form");
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kibibytes / 1024.0
    }

    fn read(&self, file: &str) -> String {
        let path = format!("/proc/{}/{file}", self.child.id());
        std::fs::read_to_string(path).expect("the program runs, and the kernel tells of it")
    }
}

impl Drop for Terminal {
    /// Its plug is pulled.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes the configuration of a wash in practice, with these devices and, where an address is named, a registry there.
pub(crate) fn config(folder: &Path, devices: &[(&str, &str)], registry: Option<&str>) -> PathBuf {
    let (before, devices_on) = WASH.split_once("[devices]\n").expect("the shipped configuration has devices");
    let (_, after) = devices_on.split_once("\n\n").expect("something follows them");
    let mut before = before.to_owned();
    if let Some(address) = registry {
        let credentials = folder.join("aade");
        write_for_owner(&credentials, "user = \"demo\"\nkey = \"demo\"\n");
        let there = format!("endpoint = \"{address}\"\ncredentials = \"{}\"", credentials.display());
        before = before.replace("endpoint = \"simulated\"", &there);
    }
    let devices: String = devices.iter().map(|(name, at)| format!("{name} = \"{at}\"\n")).collect();
    let path = folder.join("bench.toml");
    std::fs::write(&path, format!("{before}[devices]\n{devices}\n{after}"))
        .expect("the folder can be written");
    path
}

fn write_for_owner(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).expect("the folder can be written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("it is ours");
}
