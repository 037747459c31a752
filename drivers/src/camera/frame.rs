//! One picture of a camera: as it came ([`Captured`]) and proven to be whole ([`Frame`]).

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::jpeg::{self, Broken};

/// A picture older than this is not what stands before the camera now.
pub const LIVE_MAX: Duration = Duration::from_secs(2);

/// No side of a picture is longer.
pub const SIDE_MAX: u32 = 8192;

/// No picture has more points: what a decoder makes of one is bounded by it.
pub const POINTS_MAX: u32 = 1 << 24;

/// No compressed picture is longer.
pub const JPEG_BYTES_MAX: usize = 16 << 20;

/// Width and height of a picture, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Points in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Size {
    /// So many points wide and high.
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// How many points there are; none for a size no picture has.
    #[must_use]
    pub fn points(self) -> Option<usize> {
        let Self { width, height } = self;
        let fits = (1..=SIDE_MAX).contains(&width) && (1..=SIDE_MAX).contains(&height);
        let points = width.checked_mul(height).filter(|points| fits && *points <= POINTS_MAX)?;
        usize::try_from(points).ok()
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

/// `1280x720`.
impl std::str::FromStr for Size {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (width, height) = text.split_once('x').ok_or(())?;
        let size = Self::new(width.parse().map_err(|_| ())?, height.parse().map_err(|_| ())?);
        size.points().map(|_| size).ok_or(())
    }
}

/// How the points of a picture are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, also as the pictures of a Motion-JPEG camera, which leave the usual tables out.
    Jpeg,
    /// Two points in four bytes: light, blue, light, red.
    Yuyv,
    /// A byte of light a point.
    Grey,
    /// All light, then blue and red by turns for every four points.
    Nv12,
    /// All light, then all blue, then all red, for every four points.
    I420,
    /// Red, green, blue.
    Rgb,
}

impl Format {
    /// How many bytes a picture of this size has; none where that depends on the picture, or no picture has the size.
    #[must_use]
    pub fn bytes(self, size: Size) -> Option<usize> {
        let points = size.points()?;
        let even = size.width.is_multiple_of(2);
        let quarter =
            || usize::try_from(size.width.div_ceil(2)).ok()?.checked_mul(size.height.div_ceil(2) as usize);
        match self {
            Self::Jpeg => None,
            Self::Yuyv => even.then_some(points * 2),
            Self::Grey => Some(points),
            Self::Nv12 | Self::I420 => Some(points + 2 * quarter()?),
            Self::Rgb => Some(points * 3),
        }
    }

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "mjpeg",
            Self::Yuyv => "yuyv",
            Self::Grey => "grey",
            Self::Nv12 => "nv12",
            Self::I420 => "i420",
            Self::Rgb => "rgb",
        }
    }
}

/// A picture as it came from a camera: perhaps half of one, perhaps with the rest of an older one behind it.
#[derive(Clone, Debug)]
pub struct Captured {
    /// What came.
    pub bytes: Vec<u8>,
    /// How it is written.
    pub format: Format,
    /// Its size, where it does not say so itself.
    pub size: Size,
    /// When it came.
    pub at: Instant,
    /// The driver says that it is damaged.
    pub corrupt: bool,
}

impl Captured {
    /// A picture that has just come, in bytes that are all its own.
    #[must_use]
    pub fn now(bytes: Vec<u8>, format: Format, size: Size) -> Self {
        Self { bytes, format, size, at: Instant::now(), corrupt: false }
    }
}

/// Why what came from a camera is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// The driver said so.
    #[error("the driver marked the picture as damaged")]
    Marked,
    /// It is not as long as its size says.
    #[error("the picture has {got} bytes where {size} as {format} has {wanted}", format = .format.name())]
    Length {
        /// How long it is.
        got: usize,
        /// How long it should be.
        wanted: usize,
        /// Its size.
        size: Size,
        /// How it is written.
        format: Format,
    },
    /// No picture has such a size.
    #[error("no picture is {0} large")]
    Size(Size),
    /// The JPEG is not whole.
    #[error(transparent)]
    Jpeg(#[from] Broken),
}

/// A whole picture. There is no other way to one than [`Frame::prove`]. Clones share its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    bytes: Arc<Vec<u8>>,
    format: Format,
    size: Size,
    sequence: u64,
    at: Instant,
}

impl std::fmt::Debug for Frame {
    /// Without its bytes: a picture is personal data and no text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { bytes, format, size, sequence, .. } = self;
        write!(f, "Frame({sequence}, {size} {}, {} bytes)", format.name(), bytes.len())
    }
}

impl Frame {
    /// Makes sure that a picture is whole: a JPEG by walking from its beginning to its end, where it is cut; any other by
    /// its length.
    ///
    /// # Errors
    /// When it is not whole.
    pub fn prove(captured: Captured, sequence: u64) -> Result<Self, Incomplete> {
        let Captured { mut bytes, format, size, at, corrupt } = captured;
        if corrupt {
            return Err(Incomplete::Marked);
        }
        let size = match format {
            Format::Jpeg => prove_jpeg(&mut bytes)?,
            _ => prove_length(&bytes, format, size)?,
        };
        Ok(Self { bytes: Arc::new(bytes), format, size, sequence, at })
    }

    /// The picture: of a JPEG exactly from its first to its last marker.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How it is written.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Its size.
    #[must_use]
    pub const fn size(&self) -> Size {
        self.size
    }

    /// Which picture since the camera was opened, from 1. One that was dropped leaves a gap.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// When it came.
    #[must_use]
    pub const fn at(&self) -> Instant {
        self.at
    }

    /// Whether it is young enough to be shown as what stands before the camera now.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.at.elapsed() < LIVE_MAX
    }
}

fn prove_jpeg(bytes: &mut Vec<u8>) -> Result<Size, Incomplete> {
    let found = jpeg::walk(bytes)?;
    bytes.truncate(found.end);
    Ok(found.size)
}

fn prove_length(bytes: &[u8], format: Format, size: Size) -> Result<Size, Incomplete> {
    match format.bytes(size) {
        Some(wanted) if wanted == bytes.len() => Ok(size),
        Some(wanted) => Err(Incomplete::Length { got: bytes.len(), wanted, size, format }),
        None => Err(Incomplete::Size(size)),
    }
}
