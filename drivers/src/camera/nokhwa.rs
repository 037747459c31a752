//! Cameras of Windows and macOS, and of Linux where somebody wants them so: through the crate `nokhwa`.
//!
//! What the crate leaves open is closed here. It waits for a picture for ever: so it has a thread of its own that may hang
//! alone. On Linux it gives its whole buffer: what is left of an older picture in it is found out ([`Ends`]). It spins when
//! the camera is gone: the first error ends it.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::time::{Duration, Instant};

use nokhwa::Camera;
use nokhwa::utils::{
    CameraFormat, CameraIndex, ControlValueSetter, FrameFormat, KnownCameraControl, RequestedFormat,
    RequestedFormatType, Resolution,
};

use super::FrameSource;
use super::address::Mode;
use super::controls::Control;
use super::ends::Ends;
use super::frame::{Captured, Format, LIVE_MAX, Size};
use crate::wire::Fault;

/// Pictures a second.
const FPS: f32 = 15.0;

/// How long a camera may take to open, and to set a control.
const OPEN_WAIT: Duration = Duration::from_secs(10);
const SET_WAIT: Duration = Duration::from_secs(2);

/// A control to be set, and where to say what became of it.
type Told = (Control, i32, Sender<Result<i32, Fault>>);

/// An open camera. Dropping it closes it as soon as it comes back from the driver.
#[derive(Debug)]
pub struct Nokhwa {
    pictures: Receiver<Result<Captured, Fault>>,
    tell: Sender<Told>,
    /// Ends when the thread has closed the camera.
    closed: Receiver<()>,
    every: Duration,
}

impl Nokhwa {
    /// Opens a camera by its place in the operating system's list, in the mode that comes nearest.
    ///
    /// # Errors
    /// When there is none, or it does not open.
    pub fn open(place: u32, mode: Mode) -> Result<Self, Fault> {
        let (tell, told) = channel();
        let (picture, pictures) = sync_channel(1);
        let (opened, opening) = sync_channel(1);
        let (closing, closed) = sync_channel(0);
        std::thread::Builder::new()
            .name("nokhwa".to_owned())
            .spawn(move || {
                match camera(place, mode) {
                    Ok(camera) if opened.send(Ok(())).is_ok() => look(camera, &picture, &told),
                    Ok(_) => {}
                    Err(fault) => drop(opened.send(Err(fault))),
                }
                drop(closing);
            })
            .map_err(|error| Fault::System(error.to_string()))?;
        opening.recv_timeout(OPEN_WAIT).map_err(|_| Fault::Silent)??;
        let every = Duration::from_secs_f32(1.0 / mode.fps.unwrap_or(FPS));
        Ok(Self { pictures, tell, closed, every })
    }
}

impl FrameSource for Nokhwa {
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault> {
        match self.pictures.recv_timeout(wait) {
            Ok(captured) => captured.map(Some),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Fault::Gone),
        }
    }

    fn set_control(&mut self, control: Control, value: i32) -> Result<i32, Fault> {
        let (say, said) = channel();
        self.tell.send((control, value, say)).map_err(|_| Fault::Gone)?;
        // It is told between two pictures; one that nobody takes must not keep it from that.
        let deadline = Instant::now() + SET_WAIT;
        loop {
            match said.recv_timeout(Duration::from_millis(20)) {
                Ok(became) => return became,
                Err(RecvTimeoutError::Disconnected) => return Err(Fault::Gone),
                Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => return Err(Fault::Silent),
                Err(RecvTimeoutError::Timeout) => drop(self.pictures.try_recv()),
            }
        }
    }

    fn silence_max(&self) -> Option<Duration> {
        Some(LIVE_MAX.max(self.every * 3))
    }
}

impl Drop for Nokhwa {
    fn drop(&mut self) {
        // Nobody listens any more: the thread ends with the picture it waits for.
        let (_, nobody) = sync_channel(0);
        self.pictures = nobody;
        let _ = self.closed.recv_timeout(Duration::from_millis(500));
    }
}

fn camera(place: u32, mode: Mode) -> Result<Camera, Fault> {
    let fault = |error: nokhwa::NokhwaError| Fault::System(error.to_string());
    let wanted = match mode.format {
        Format::Jpeg => FrameFormat::MJPEG,
        Format::Yuyv | Format::I420 => FrameFormat::YUYV,
        Format::Nv12 => FrameFormat::NV12,
        Format::Grey => FrameFormat::GRAY,
        Format::Rgb => FrameFormat::RAWRGB,
    };
    let resolution = Resolution::new(mode.size.width, mode.size.height);
    let fps = mode.fps.unwrap_or(FPS).round().max(1.0) as u32;
    let open = |format: FrameFormat| {
        let closest = RequestedFormatType::Closest(CameraFormat::new(resolution, format, fps));
        Camera::new(CameraIndex::Index(place), RequestedFormat::with_formats(closest, &[format]))
    };
    let mut camera = open(wanted).or_else(|_| open(FrameFormat::MJPEG)).or_else(|_| open(FrameFormat::YUYV));
    if let Ok(camera) = &mut camera {
        camera.open_stream().map_err(fault)?;
    }
    camera.map_err(fault)
}

/// Takes pictures until nobody wants them or the camera is gone.
fn look(mut camera: Camera, pictures: &SyncSender<Result<Captured, Fault>>, told: &Receiver<Told>) {
    let mut ends = Ends::default();
    loop {
        for (control, value, say) in told.try_iter() {
            let _ = say.send(set(&mut camera, control, value));
        }
        let picture = match camera.frame() {
            Ok(buffer) => {
                let Resolution { width_x, height_y } = buffer.resolution();
                let size = Size::new(width_x, height_y);
                captured(buffer.buffer(), buffer.source_frame_format(), size, &mut ends)
            }
            Err(_) => Err(Fault::Gone),
        };
        let ends = picture.is_err();
        if let Err(std::sync::mpsc::TrySendError::Disconnected(_)) = pictures.try_send(picture) {
            return;
        }
        if ends {
            return;
        }
    }
}

fn captured(buffer: &[u8], format: FrameFormat, size: Size, ends: &mut Ends) -> Result<Captured, Fault> {
    let (format, mut bytes) = match format {
        FrameFormat::MJPEG => (Format::Jpeg, buffer.to_vec()),
        FrameFormat::YUYV => (Format::Yuyv, buffer.to_vec()),
        FrameFormat::NV12 => (Format::Nv12, buffer.to_vec()),
        FrameFormat::GRAY => (Format::Grey, buffer.to_vec()),
        FrameFormat::RAWRGB => (Format::Rgb, buffer.to_vec()),
        FrameFormat::RAWBGR => {
            let turned = buffer.as_chunks().0.iter().flat_map(|[blue, green, red]| [*red, *green, *blue]);
            (Format::Rgb, turned.collect())
        }
    };
    // Room at the end of a buffer is no part of the picture.
    if let Some(length) = format.bytes(size) {
        bytes.truncate(length);
    }
    let corrupt = format == Format::Jpeg && ends.is_left_over(&bytes);
    Ok(Captured { corrupt, ..Captured::now(bytes, format, size) })
}

/// The crate says of what a camera rounded that it was refused: what it is then, says only a second look.
fn set(camera: &mut Camera, control: Control, value: i32) -> Result<i32, Fault> {
    let known = known(control);
    let now = |camera: &Camera| {
        let control = camera.camera_control(known).ok()?;
        match control.value() {
            ControlValueSetter::Integer(value) | ControlValueSetter::EnumValue(value) => {
                i32::try_from(value).ok()
            }
            ControlValueSetter::Boolean(value) => Some(i32::from(value)),
            _ => None,
        }
    };
    let no_such = || Fault::Unsupported("the camera has no such control".to_owned());
    let before = camera.camera_control(known).map_err(|_| no_such())?;
    let setter = match before.value() {
        ControlValueSetter::Boolean(_) => ControlValueSetter::Boolean(value != 0),
        ControlValueSetter::EnumValue(_) => ControlValueSetter::EnumValue(value.into()),
        _ => ControlValueSetter::Integer(value.into()),
    };
    let refused = camera.set_camera_control(known, setter).err();
    match (now(camera), refused) {
        (Some(now), _) => Ok(now),
        (None, Some(refused)) => Err(Fault::System(refused.to_string())),
        (None, None) => Err(no_such()),
    }
}

/// On Linux by its number: there the crate's `Exposure` is another, older control.
#[cfg(target_os = "linux")]
fn known(control: Control) -> KnownCameraControl {
    KnownCameraControl::Other(control.0.into())
}

#[cfg(not(target_os = "linux"))]
fn known(control: Control) -> KnownCameraControl {
    match control {
        Control::EXPOSURE => KnownCameraControl::Exposure,
        Control::GAIN => KnownCameraControl::Gain,
        Control::FOCUS => KnownCameraControl::Focus,
        Control::WHITE => KnownCameraControl::WhiteBalance,
        Control::BACKLIGHT => KnownCameraControl::BacklightComp,
        other => KnownCameraControl::Other(other.0.into()),
    }
}
