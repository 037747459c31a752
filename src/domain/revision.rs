//! What changed from one version of an estimate to the next: a customer who agreed to the first is asked about the
//! difference, not about the whole again.

use super::money::Cents;
use super::sale::{Line, Sale};

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was not on the earlier one.
    Added(Line),
    /// It is not on the later one.
    Removed(Line),
    /// More or less of it, or at another price.
    Changed {
        /// As it was.
        before: Line,
        /// As it is.
        after: Line,
    },
    /// The discounts take off another sum.
    Discount {
        /// What they took off.
        before: Cents,
        /// What they take off.
        after: Cents,
    },
}

/// What changed, in the order of the later version; what is gone comes last. The same thing twice on a list is two things:
/// each is compared with the first of the other list that nothing else was compared with, the equal ones first.
pub fn changes(before: &Sale, after: &Sale) -> Vec<Change> {
    let mut old: Vec<Option<&Line>> = before.lines.iter().map(Some).collect();
    let mut take = |fits: &dyn Fn(&Line) -> bool| {
        old.iter_mut().find(|slot| slot.is_some_and(fits)).and_then(Option::take)
    };
    let unequal: Vec<&Line> = after.lines.iter().filter(|line| take(&|old| old == *line).is_none()).collect();
    let mut changes: Vec<Change> = Vec::new();
    for line in unequal {
        let same = |old: &Line| old.code == line.code && old.name == line.name;
        changes.push(match take(&same) {
            Some(old) => Change::Changed { before: old.clone(), after: line.clone() },
            None => Change::Added(line.clone()),
        });
    }
    changes.extend(old.into_iter().flatten().cloned().map(Change::Removed));
    let off = |sale: &Sale| sale.discount_amounts().into_iter().sum::<Cents>();
    let (before, after) = (off(before), off(after));
    if before != after {
        changes.push(Change::Discount { before, after });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::{Quantity, Rate};
    use crate::domain::sale::{DiscountAmount, DiscountSource};
    use crate::domain::text::{Name, Text};

    fn line(name: &str, quantity: i64, cents: i64) -> Line {
        Line::new("own_part", Name::new(name, name), Quantity(quantity), Cents(cents), Rate(2_400))
    }

    fn sale(lines: &[Line]) -> Sale {
        Sale { lines: lines.to_vec(), ..Sale::default() }
    }

    #[test]
    fn what_is_more_less_and_gone_is_told_apart() {
        let before =
            sale(&[line("pads", 1_000, 6_490), line("discs", 2_000, 5_840), line("oil", 1_000, 900)]);
        let after =
            sale(&[line("pads", 2_000, 6_490), line("discs", 2_000, 5_840), line("belt", 1_000, 3_000)]);
        let told = changes(&before, &after);
        let expected = [
            Change::Changed { before: line("pads", 1_000, 6_490), after: line("pads", 2_000, 6_490) },
            Change::Added(line("belt", 1_000, 3_000)),
            Change::Removed(line("oil", 1_000, 900)),
        ];
        assert_eq!(told, expected);
        assert_eq!(changes(&before, &before), []);
    }

    #[test]
    fn the_same_part_twice_is_two_parts() {
        let before = sale(&[line("pads", 1_000, 100), line("pads", 2_000, 100)]);
        let after = sale(&[line("pads", 2_000, 100)]);
        assert_eq!(changes(&before, &after), [Change::Removed(line("pads", 1_000, 100))]);
        let more = sale(&[line("pads", 1_000, 100), line("pads", 2_000, 100), line("pads", 2_000, 100)]);
        assert_eq!(changes(&before, &more), [Change::Added(line("pads", 2_000, 100))]);
    }

    #[test]
    fn another_discount_is_a_change_though_no_line_is() {
        let before = sale(&[line("pads", 1_000, 1_000)]);
        let discount = crate::domain::sale::Discount {
            source: DiscountSource::Manual,
            amount: DiscountAmount::Amount(Cents(150)),
            reason: Text::new("regular"),
            approved_by: None,
        };
        let after = Sale { discounts: vec![discount], ..before.clone() };
        let expected = [Change::Discount { before: Cents(0), after: Cents(150) }];
        assert_eq!(changes(&before, &after), expected);
    }
}
