//! How the rows of a table are written: one line each, with the registry's usual codes unless a row says others.

use super::condition::Condition;
use super::edition::{Allowed, FieldRule, Narrowed, Obligation, Shape};
use super::field::Field;

/// Words of at most so many UTF-16 units.
pub(super) const fn text(units_max: usize) -> Shape {
    Shape::Text { units_max: Some(units_max) }
}

const fn row(field: Field, obligation: Obligation, shape: Shape, code_refused: u16) -> FieldRule {
    FieldRule {
        field,
        obligation,
        allowed: Allowed::Always,
        instead: None,
        shape,
        narrowed: &[],
        code_missing: 203,
        code_refused,
    }
}

pub(super) const fn must(field: Field, shape: Shape) -> FieldRule {
    row(field, Obligation::Mandatory, shape, 220)
}

pub(super) const fn when(field: Field, condition: Condition, shape: Shape) -> FieldRule {
    row(field, Obligation::Conditional(condition), shape, 220)
}

pub(super) const fn may(field: Field, shape: Shape) -> FieldRule {
    row(field, Obligation::Optional, shape, 220)
}

/// A field the registry fills in; telling it is refused with this code.
pub(super) const fn stamped(field: Field, code: u16) -> FieldRule {
    row(field, Obligation::ByRegistry, Shape::Number, code)
}

/// A field the trade does not have at this moment; telling it is refused with this code. Its shape is looked at all
/// the same: the schema, which comes first, knows no trades.
pub(super) const fn never(field: Field, shape: Shape, code: u16) -> FieldRule {
    row(field, Obligation::Never, shape, code)
}

impl FieldRule {
    /// May be told only when the condition holds: 205.
    pub(super) const fn only(self, condition: Condition) -> Self {
        Self { allowed: Allowed::Only(condition), code_refused: 205, ..self }
    }

    /// May not be told together with what the condition says: 204.
    pub(super) const fn apart(self, condition: Condition) -> Self {
        Self { allowed: Allowed::Apart(condition), code_refused: 204, ..self }
    }

    pub(super) const fn refused_as(self, code_refused: u16) -> Self {
        Self { code_refused, ..self }
    }

    /// One of the two must be there.
    pub(super) const fn or(self, other: Field) -> Self {
        Self { instead: Some(other), ..self }
    }

    /// The schema itself demands it: 101.
    pub(super) const fn by_schema(self) -> Self {
        Self { code_missing: 101, ..self }
    }

    pub(super) const fn narrowed(self, narrowed: &'static [Narrowed]) -> Self {
        Self { narrowed, ..self }
    }

    /// A stamped field that is told after all when the condition holds.
    pub(super) const fn unless(self, condition: Condition, shape: Shape) -> Self {
        Self { obligation: Obligation::ByRegistryUnless(condition), shape, ..self }
    }
}
