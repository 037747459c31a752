//! Places on the glass, in points from the upper left corner.

/// A point a finger touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) x: usize,
    pub(crate) y: usize,
}

/// A part of the glass. Its right and its bottom edge are no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) right: usize,
    pub(crate) bottom: usize,
}

impl Area {
    /// The whole glass.
    pub(crate) const WHOLE: Self = Self { left: 0, top: 0, right: super::WIDTH, bottom: super::HEIGHT };

    /// The smallest one around all points; nothing around none.
    pub(crate) fn around(points: impl Iterator<Item = Spot>) -> Option<Self> {
        points.fold(None, |area: Option<Self>, Spot { x, y }| {
            let area = area.unwrap_or(Self { left: x, top: y, right: x + 1, bottom: y + 1 });
            Some(Self {
                left: area.left.min(x),
                top: area.top.min(y),
                right: area.right.max(x + 1),
                bottom: area.bottom.max(y + 1),
            })
        })
    }

    /// The same with so many points more on every side, as far as the glass goes.
    pub(crate) fn grown(self, by: usize) -> Self {
        Self {
            left: self.left.saturating_sub(by),
            top: self.top.saturating_sub(by),
            right: (self.right + by).min(super::WIDTH),
            bottom: (self.bottom + by).min(super::HEIGHT),
        }
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(crate) const fn holds(self, other: Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}
