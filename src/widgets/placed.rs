//! Places saved values only by their kinds, if the version of the class is not known.

use super::builder::Linked;
use super::choice::set_value;
use super::fit::{Match, is_button, is_control, matches};
use super::given::accepted;
use super::{Parts, WidgetKind};
use crate::json::Value;

/// The most pairs of a value and a widget that are compared.
const MAX_PAIRS: usize = 100_000;

/// Gives each value to a widget if the kinds leave no doubt to which, and returns how many were not given to any. The
/// order of the values is that of the widgets; some on either side may be gone or new.
pub(super) fn place<'a>(parts: &mut Parts<'a>, values: &[Value<'a>], linked: Linked<'_>) -> usize {
    let saved = parts.widgets.iter().enumerate().filter(|(_, widget)| widget.is_saved);
    let widgets: Vec<usize> = saved.map(|(index, _)| index).collect();
    let pairs = pairs(values.len(), widgets.len(), |value, widget| {
        let widget = &parts.widgets[widgets[widget]];
        widget.kind != WidgetKind::Choice && matches(widget, values[value]) == Match::Yes
    });
    let is_nothing = |value: &Value<'_>| is_button(*value) || is_control(*value);
    let lost = values.iter().filter(|value| !is_nothing(value)).count();
    let mut placed = 0;
    for (value, widget) in pairs {
        let index = widgets[widget];
        placed += usize::from(!is_nothing(&values[value]));
        let accepted = accepted(&parts.widgets[index], values[value]);
        set_value(parts, index, accepted, linked);
    }
    lost - placed
}

/// The pairs that are in every assignment of as many values as possible to widgets, both in order.
fn pairs(values: usize, widgets: usize, suits: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    if values.saturating_mul(widgets) > MAX_PAIRS {
        return Vec::new();
    }
    let width = widgets + 1;
    let at = |value: usize, widget: usize| value * width + widget;
    // How many can be assigned before a position, and from it on.
    let mut before = vec![0; (values + 1) * width];
    let mut behind = before.clone();
    for value in 0..values {
        for widget in 0..widgets {
            let skipped = before[at(value, widget + 1)].max(before[at(value + 1, widget)]);
            let both = before[at(value, widget)] + usize::from(suits(value, widget));
            before[at(value + 1, widget + 1)] = skipped.max(both);
        }
    }
    for value in (0..values).rev() {
        for widget in (0..widgets).rev() {
            let skipped = behind[at(value, widget + 1)].max(behind[at(value + 1, widget)]);
            let both = behind[at(value + 1, widget + 1)] + usize::from(suits(value, widget));
            behind[at(value, widget)] = skipped.max(both);
        }
    }
    let most = behind[0];
    let is_in_some = |value: usize, widget: usize| {
        suits(value, widget) && before[at(value, widget)] + 1 + behind[at(value + 1, widget + 1)] == most
    };
    let may_be_left = |value: usize| {
        (0..width).any(|split| before[at(value, split)] + behind[at(value + 1, split)] == most)
    };
    let only = |value: usize| {
        let mut widgets = (0..widgets).filter(|widget| is_in_some(value, *widget));
        let first = widgets.next().filter(|_| !may_be_left(value))?;
        widgets.next().is_none().then_some((value, first))
    };
    (0..values).filter_map(only).collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn only_what_every_assignment_has_is_taken() {
        let of = |values: &str, widgets: &str| {
            let (values, widgets): (Vec<_>, Vec<_>) = (values.bytes().collect(), widgets.bytes().collect());
            pairs(values.len(), widgets.len(), |value, widget| values[value] == widgets[widget])
        };
        assert_eq!(of("ab", "ab"), [(0, 0), (1, 1)]);
        assert_eq!(of("ab", "axb"), [(0, 0), (1, 2)]);
        assert_eq!(of("axb", "ab"), [(0, 0), (2, 1)]);
        assert_eq!(of("ab", "aab"), [(1, 2)]);
        assert_eq!(of("aab", "ab"), [(2, 1)]);
        assert_eq!(of("ba", "ab"), []);
        assert_eq!(of("aa", "aa"), [(0, 0), (1, 1)]);
        assert_eq!(of("", "ab"), []);
        assert_eq!(of("c", "ab"), []);
    }
}
