//! What a camera is told before it shows: [`Controls`], in the order cameras want them, and what became of each.
//!
//! A camera forgets all of it when its cable is pulled, and rounds what it cannot do. So it is told at every opening, and
//! asked afterwards.

use crate::wire::Fault;

/// A control of a camera, by its number in V4L2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Control(pub u32);

impl Control {
    /// Who sets the exposure: 1 is "what it is told", 3 "the camera".
    pub const EXPOSURE_AUTO: Self = Self(0x009A_0901);
    /// How long a picture is exposed, in tenths of a millisecond.
    pub const EXPOSURE: Self = Self(0x009A_0902);
    /// Whether the camera may show fewer pictures in the dark.
    pub const FEWER_IN_THE_DARK: Self = Self(0x009A_0903);
    /// How much the light is amplified.
    pub const GAIN: Self = Self(0x0098_0913);
    /// Whether the camera focuses by itself.
    pub const FOCUS_AUTO: Self = Self(0x009A_090C);
    /// Where it is focused.
    pub const FOCUS: Self = Self(0x009A_090A);
    /// Whether the camera sets the white by itself.
    pub const WHITE_AUTO: Self = Self(0x0098_090C);
    /// The colour of the light that is white, in kelvin.
    pub const WHITE: Self = Self(0x0098_091A);
    /// The mains whose lamps flicker: 0 none, 1 is 50 Hz, 2 is 60 Hz.
    pub const MAINS: Self = Self(0x0098_0918);
    /// How much a dark thing before a bright sky is lightened.
    pub const BACKLIGHT: Self = Self(0x0098_091C);

    /// Its name in an address, where it has one.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::EXPOSURE_AUTO => "automatic exposure",
            Self::EXPOSURE => "exposure",
            Self::FEWER_IN_THE_DARK => "fewer pictures in the dark",
            Self::GAIN => "gain",
            Self::FOCUS_AUTO => "automatic focus",
            Self::FOCUS => "focus",
            Self::WHITE_AUTO => "automatic white",
            Self::WHITE => "white",
            Self::MAINS => "mains",
            Self::BACKLIGHT => "backlight",
            _ => return None,
        })
    }
}

impl std::fmt::Display for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "control {:#010x}", self.0),
        }
    }
}

/// A value, or left to the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The camera chooses.
    Auto,
    /// This.
    Set(i32),
}

/// What a camera is to be told. Nothing is told that was not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Controls {
    /// How long a picture is exposed, in tenths of a millisecond: 20 is 1/500 s, enough for a car at 20 km/h.
    pub exposure: Option<Choice>,
    /// How much the light is amplified.
    pub gain: Option<i32>,
    /// Where it is focused.
    pub focus: Option<Choice>,
    /// The colour of white light, in kelvin.
    pub white: Option<Choice>,
    /// The mains: 0 none, 1 is 50 Hz, 2 is 60 Hz.
    pub mains: Option<i32>,
    /// How much a dark thing before a bright sky is lightened.
    pub backlight: Option<i32>,
    /// Others by their numbers, told last and in this order.
    pub others: Vec<(Control, i32)>,
}

impl Controls {
    /// What is told, in order: who decides before what is decided, or the camera refuses the second.
    #[must_use]
    pub fn in_order(&self) -> Vec<(Control, i32)> {
        let mut told = Vec::new();
        match self.exposure {
            // 3, not 0: cameras of the USB class know only "by hand" and "by the opening".
            Some(Choice::Auto) => told.extend([(Control::EXPOSURE_AUTO, 3), (Control::FEWER_IN_THE_DARK, 0)]),
            Some(Choice::Set(tenths)) => told.extend([
                (Control::EXPOSURE_AUTO, 1),
                (Control::EXPOSURE, tenths),
                (Control::FEWER_IN_THE_DARK, 0),
            ]),
            None => {}
        }
        told.extend(self.gain.map(|gain| (Control::GAIN, gain)));
        told.extend(choice(self.focus, Control::FOCUS_AUTO, Control::FOCUS));
        told.extend(choice(self.white, Control::WHITE_AUTO, Control::WHITE));
        told.extend(self.mains.map(|mains| (Control::MAINS, mains)));
        told.extend(self.backlight.map(|backlight| (Control::BACKLIGHT, backlight)));
        told.extend(&self.others);
        told
    }
}

fn choice(choice: Option<Choice>, auto: Control, value: Control) -> Vec<(Control, i32)> {
    match choice {
        None => Vec::new(),
        Some(Choice::Auto) => vec![(auto, 1)],
        Some(Choice::Set(set)) => vec![(auto, 0), (value, set)],
    }
}

/// What became of a control that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Which one.
    pub control: Control,
    /// What it was told.
    pub wanted: i32,
    /// What it is now, or why it cannot be said.
    pub got: Result<i32, Fault>,
}

impl Applied {
    /// Whether it is as it was told.
    #[must_use]
    pub fn is_as_wanted(&self) -> bool {
        self.got == Ok(self.wanted)
    }
}

impl std::fmt::Display for Applied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { control, wanted, got } = self;
        match got {
            Ok(got) if got == wanted => write!(f, "{control} is {got}"),
            Ok(got) => write!(f, "{control} was to be {wanted}, and the camera made it {got}"),
            Err(fault) => write!(f, "{control} was to be {wanted}, and the camera refused: {fault}"),
        }
    }
}
