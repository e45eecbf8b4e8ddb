//! What the newest version of a class has, and an earlier one does not.
//!
//! ComfyUI refuses a prompt that lacks a required input, and passes over inputs that a class does not know. So a node
//! of an earlier version also gets the newer inputs: an older pack runs it as before, and today's runs it as well.

use super::fit::{Match, matches};
use super::{Parts, Slot, Widget};
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// Adds the newest version's inputs that have a widget: with the value of the input that had another name, or else
/// with their defaults, as the page does. The file has no place for them.
pub(super) fn add<'a>(parts: &mut Parts<'a>, mut newest: Vec<Widget<'a>>) {
    newest.retain(is_input);
    let mut earlier = parts.widgets.clone();
    earlier.retain(is_input);
    let (all, known, newer) = (names(&parts.widgets), names(&earlier), names(&newest));
    for (at, widget) in newest.iter().enumerate().filter(|(_, widget)| all.get(&widget.name).is_none()) {
        let mut widget = widget.clone();
        // An input has another name if it is alone between the same two, and has the same type.
        let before = match at.checked_sub(1) {
            Some(before) => known.get(&newest[before].name).map(|before| before + 1),
            None => Some(0),
        };
        let rest = before.and_then(|before| earlier.get(before..)).unwrap_or_default();
        if let Some((old, behind)) = rest.split_first()
            && newer.get(&old.name).is_none()
            && kind_of(old) == kind_of(&widget)
            && behind.first().map(|next| &next.name) == newest.get(at + 1).map(|next| &next.name)
        {
            follow(&mut parts.slots, &old.name, &widget);
            let value = old.value.as_deref().and_then(|json| Value::parse(json).ok());
            if value.is_some_and(|value| matches(&widget, value) > Match::No) {
                widget.value.clone_from(&old.value);
            }
        }
        parts.widgets.push(Widget { is_saved: false, ..widget });
    }
}

/// Whether an input is behind a widget.
fn is_input(widget: &Widget<'_>) -> bool {
    widget.is_sent && widget.spec.is_some()
}

fn names<'a>(widgets: &[Widget<'a>]) -> KeyIndex<'a> {
    let mut names = KeyIndex::default();
    widgets.iter().enumerate().for_each(|(at, widget)| _ = names.claim(widget.name.clone(), at));
    names
}

fn kind_of<'w>(widget: &'w Widget<'_>) -> Option<Cow<'w, str>> {
    widget.spec.as_ref().map(|spec| spec.widget_type())
}

/// A link into the earlier input leads into the newer one, too.
fn follow<'a>(slots: &mut Vec<Slot<'a>>, earlier: &str, widget: &Widget<'a>) {
    let slot = slots.iter().find(|slot| slot.name == earlier && slot.link.is_some());
    if let Some(slot) = slot.cloned() {
        let name = &widget.name;
        slots.push(Slot { name: name.clone(), widget: Some(name.clone()), ..slot });
    }
}
