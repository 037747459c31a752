//! A camera at this machine, on Linux: V4L2, which webcams of the USB class and most others speak.

use std::io;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use linuxvideo::controls::Cid;
use linuxvideo::format::{Format as Negotiated, PixFormat, PixelFormat};
use linuxvideo::stream::ReadStream;
use linuxvideo::{BufType, CapabilityFlags, Device, Fract, VideoCaptureDevice};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::FrameSource;
use super::address::Mode;
use super::controls::Control;
use super::frame::{Captured, Format, LIVE_MAX, Size};
use crate::wire::Fault;
use crate::wire::reports::timespec;

/// Pictures a second: enough for a gate.
const FPS: f32 = 15.0;

/// An open camera.
pub struct V4l2 {
    stream: ReadStream,
    /// A second handle on the same node: the first one streams and takes no controls.
    controls: Device,
    path: PathBuf,
    format: Format,
    size: Size,
    /// Bytes from one row to the next, where the driver leaves room between them.
    row: usize,
    every: Duration,
}

/// Whether a node shows pictures: a camera may have others, for data about them. None when it cannot be asked.
#[must_use]
pub fn shows_pictures(node: &Path) -> Option<bool> {
    let device = Device::open(node).ok()?;
    let flags = device.capabilities().ok()?.device_capabilities();
    Some(flags.contains(CapabilityFlags::VIDEO_CAPTURE))
}

impl V4l2 {
    /// Opens the node among these that shows pictures, in the mode that comes nearest to the wanted one, and begins.
    ///
    /// # Errors
    /// When there is none, or it is taken, forbidden, or cannot show anything that can be read.
    pub fn open(nodes: &[PathBuf], mode: Mode) -> Result<Self, Fault> {
        let path = choose(nodes, shows_pictures).ok_or_else(|| no_pictures(nodes))?;
        let fault = |error: io::Error| fault_of(&error, path);
        let device = Device::open(path).map_err(fault)?;
        let wanted = nearest(mode.format, &offered(&device).map_err(fault)?).ok_or_else(unreadable)?;
        let asked = PixFormat::new(mode.size.width, mode.size.height, pixels(wanted));
        let camera = negotiated(device, path, asked).map_err(fault)?;
        let given = camera.format();
        let format = format_of(given.pixel_format().as_fourcc()).ok_or_else(unreadable)?;
        let size = Size::new(given.width(), given.height());
        let row = usize::try_from(given.bytes_per_line()).unwrap_or(0);
        let fps = mode.fps.unwrap_or(FPS);
        // One that has only its own rhythm says so: it is then taken as it is.
        let interval = camera.set_frame_interval(interval(fps)).ok();
        let every = interval.and_then(seconds).unwrap_or(Duration::from_secs_f32(1.0 / fps));
        let controls = Device::open(path).map_err(fault)?;
        let stream = camera.into_stream().map_err(fault)?;
        Ok(Self { stream, controls, path: path.to_owned(), format, size, row, every })
    }
}

impl FrameSource for V4l2 {
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault> {
        // The handle blocks: nothing is fetched before it is there.
        if !ready(&self.stream, wait)? {
            return Ok(None);
        }
        let (format, size, row) = (self.format, self.size, self.row);
        let fetched = self.stream.dequeue(|view| {
            let corrupt = view.is_error();
            let mut captured = Captured::now(unpadded(&view, format, size, row), format, size);
            captured.corrupt = corrupt;
            Ok(captured)
        });
        match fetched {
            Ok(captured) => Ok(Some(captured)),
            Err(error) if crate::wire::fault::waits(&error) => Ok(None),
            Err(error) => Err(fault_of(&error, &self.path)),
        }
    }

    fn set_control(&mut self, control: Control, value: i32) -> Result<i32, Fault> {
        let cid = cid(control).ok_or_else(no_such_control)?;
        let fault = |error: io::Error| match errno(&error) {
            Some(Errno::INVAL) => no_such_control(),
            Some(Errno::RANGE) => Fault::Unsupported(format!("it cannot be {value}")),
            // Grey in the menus of other programs: another control has to be set first.
            Some(Errno::ACCESS | Errno::BUSY) => Fault::Unsupported("it cannot be set now".to_owned()),
            _ => fault_of(&error, &self.path),
        };
        self.controls.write_control_raw(cid, value).map_err(fault)?;
        self.controls.read_control_raw(cid).map_err(fault)
    }

    fn silence_max(&self) -> Option<Duration> {
        Some(LIVE_MAX.max(self.every * 3))
    }
}

/// Sets the mode. A loopback takes only what it has already: then that is asked for.
fn negotiated(device: Device, path: &Path, asked: PixFormat) -> io::Result<VideoCaptureDevice> {
    match device.video_capture(asked) {
        Err(error) if errno(&error) == Some(Errno::INVAL) => {
            let device = Device::open(path)?;
            let Negotiated::VideoCapture(present) = device.format(BufType::VIDEO_CAPTURE)? else {
                return Err(error);
            };
            device.video_capture(present)
        }
        other => other,
    }
}

/// The first of the nodes that shows pictures, as far as can be asked; one that cannot be asked is not ruled out, so that
/// opening it says why.
#[must_use]
pub fn choose(nodes: &[PathBuf], shows: impl Fn(&Path) -> Option<bool>) -> Option<&Path> {
    let answers: Vec<_> = nodes.iter().map(|node| (node.as_path(), shows(node))).collect();
    let first = |wanted| answers.iter().find(|(_, shows)| *shows == wanted).map(|(node, _)| *node);
    first(Some(true)).or_else(|| first(None))
}

/// The best of what a camera offers: what is wanted, else what costs least to send and to read.
#[must_use]
pub fn nearest(wanted: Format, offered: &[Format]) -> Option<Format> {
    let order = [wanted, Format::Jpeg, Format::Yuyv, Format::Nv12, Format::Grey, Format::Rgb];
    order.into_iter().find(|format| offered.contains(format))
}

/// What a code of four letters means to us; grey cameras and those that say `JPEG` included. Three planes (`YU12`) are not:
/// with room between their rows they would need more than one number.
#[must_use]
pub const fn format_of(code: [u8; 4]) -> Option<Format> {
    Some(match &code {
        b"MJPG" | b"JPEG" => Format::Jpeg,
        b"YUYV" => Format::Yuyv,
        b"GREY" => Format::Grey,
        b"NV12" => Format::Nv12,
        b"RGB3" => Format::Rgb,
        _ => return None,
    })
}

/// The rows of a picture without the room a driver leaves between them and behind them. What is too short stays so.
#[must_use]
pub fn unpadded(bytes: &[u8], format: Format, size: Size, row: usize) -> Vec<u8> {
    let Some(whole) = format.bytes(size) else { return bytes.to_vec() };
    let natural = match format {
        Format::Jpeg | Format::I420 => 0,
        Format::Grey | Format::Nv12 => size.width as usize,
        Format::Yuyv => size.width as usize * 2,
        Format::Rgb => size.width as usize * 3,
    };
    if row <= natural || natural == 0 {
        return bytes[..bytes.len().min(whole)].to_vec();
    }
    let rows = bytes.chunks(row).map(|padded| &padded[..padded.len().min(natural)]);
    let mut bytes: Vec<u8> = rows.take(whole / natural).flatten().copied().collect();
    bytes.truncate(whole);
    bytes
}

/// What an error of the kernel means for a camera.
#[must_use]
pub fn fault_of(error: &io::Error, path: &Path) -> Fault {
    match errno(error) {
        Some(Errno::NODEV | Errno::NXIO | Errno::IO | Errno::PROTO | Errno::SHUTDOWN) => Fault::Gone,
        Some(Errno::NOSPC) => Fault::Unsupported(
            "the USB line has no room for this camera beside the other one: plug it into a socket of the machine \
             itself and not into the same hub, or ask both for a smaller size or fewer pictures"
                .to_owned(),
        ),
        Some(Errno::NOTTY) => Fault::Unsupported(format!("{} is no camera", path.display())),
        Some(Errno::INVAL) => Fault::Unsupported(
            "the camera refuses the mode that was asked for: ask for another size or format".to_owned(),
        ),
        _ => Fault::of_io(error, path),
    }
}

fn errno(error: &io::Error) -> Option<Errno> {
    error.raw_os_error().map(Errno::from_raw_os_error)
}

fn offered(device: &Device) -> io::Result<Vec<Format>> {
    let mut formats = Vec::new();
    // No camera has more: a driver that never ends must not hold us here.
    for format in device.formats(BufType::VIDEO_CAPTURE).take(64) {
        formats.extend(format_of(format?.pixel_format().as_fourcc()));
    }
    Ok(formats)
}

/// The code to ask for.
fn pixels(format: Format) -> PixelFormat {
    PixelFormat::from_fourcc(match format {
        Format::Jpeg => *b"MJPG",
        Format::Yuyv => *b"YUYV",
        Format::Grey => *b"GREY",
        Format::Nv12 => *b"NV12",
        Format::I420 => *b"YU12",
        Format::Rgb => *b"RGB3",
    })
}

/// The time between two pictures, in thousandths of a picture a second.
fn interval(fps: f32) -> Fract {
    Fract::new(1000, ((fps * 1000.0) as u32).max(1))
}

fn seconds(interval: Fract) -> Option<Duration> {
    let (parts, whole) = (interval.numerator(), interval.denominator());
    (whole > 0).then(|| Duration::from_secs(parts.into()) / whole)
}

/// Whether a picture is there within the wait.
fn ready(stream: &ReadStream, wait: Duration) -> Result<bool, Fault> {
    let deadline = Instant::now() + wait;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let node = stream.as_fd();
        let mut polled = [PollFd::from_borrowed_fd(node, PollFlags::IN)];
        match poll(&mut polled, Some(&timespec(left))) {
            Ok(0) => return Ok(false),
            Ok(_) if polled[0].revents().intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL) => {
                return Err(Fault::Gone);
            }
            Ok(_) => return Ok(true),
            Err(Errno::INTR) => {}
            Err(error) => return Err(Fault::System(io::Error::from(error).to_string())),
        }
    }
}

/// The crate's names for our numbers: it makes none out of a number.
fn cid(control: Control) -> Option<Cid> {
    Some(match control {
        Control::EXPOSURE_AUTO => Cid::EXPOSURE_AUTO,
        Control::EXPOSURE => Cid::EXPOSURE_ABSOLUTE,
        Control::FEWER_IN_THE_DARK => Cid::EXPOSURE_AUTO_PRIORITY,
        Control::GAIN => Cid::GAIN,
        Control::FOCUS_AUTO => Cid::FOCUS_AUTO,
        Control::FOCUS => Cid::FOCUS_ABSOLUTE,
        Control::WHITE_AUTO => Cid::AUTO_WHITE_BALANCE,
        Control::WHITE => Cid::WHITE_BALANCE_TEMPERATURE,
        Control::MAINS => Cid::POWER_LINE_FREQUENCY,
        Control::BACKLIGHT => Cid::BACKLIGHT_COMPENSATION,
        Control(0x0098_0900) => Cid::BRIGHTNESS,
        Control(0x0098_0901) => Cid::CONTRAST,
        Control(0x0098_0902) => Cid::SATURATION,
        Control(0x0098_0910) => Cid::GAMMA,
        Control(0x0098_0912) => Cid::AUTOGAIN,
        Control(0x0098_0914) => Cid::HFLIP,
        Control(0x0098_0915) => Cid::VFLIP,
        Control(0x0098_091B) => Cid::SHARPNESS,
        Control(0x009A_090D) => Cid::ZOOM_ABSOLUTE,
        Control(0x009A_0915) => Cid::WIDE_DYNAMIC_RANGE,
        _ => return None,
    })
}

fn no_such_control() -> Fault {
    Fault::Unsupported("the camera has no such control".to_owned())
}

fn no_pictures(nodes: &[PathBuf]) -> Fault {
    let no_camera = |node: &PathBuf| format!("{} shows no pictures: take the node before it", node.display());
    nodes.first().map_or(Fault::Missing, |node| Fault::Unsupported(no_camera(node)))
}

fn unreadable() -> Fault {
    Fault::Unsupported(
        "the camera shows nothing that can be read: no MJPG, YUYV, NV12, grey or RGB".to_owned(),
    )
}
