//! What a file has for a node is given to the node's parts: links to slots, values to widgets.

use super::builder::Linked;
use super::by_name::is_sent;
use super::choice::set_value;
use super::defaults::{first_choice, first_key};
use super::{Named, Parts, Slot, Val, Widget, WidgetKind};
use crate::editor;
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};
use crate::json::value::Kind as JsonKind;

/// Each slot takes the link of the saved one with its name; saved ones without a slot are appended.
pub(super) fn slots<'a>(slots: &mut Vec<Slot<'a>>, saved: &[editor::Input<'a>]) {
    let (mut known, places) = (KeyIndex::default(), indices(saved));
    for slot in slots.iter_mut() {
        let saved = places.get(&slot.name).map(|at| &saved[at]);
        slot.link = saved.and_then(|saved| Some(saved.link.as_deref()?.into()));
        slot.needs_link &= saved.is_some_and(|saved| saved.widget.is_none() && saved.lost_link.is_none());
        known.claim(slot.name.clone(), 0);
    }
    slots.extend(saved.iter().filter(|saved| known.get(&saved.name).is_none()).map(Slot::of_file));
}

/// The index of each saved slot, by its name.
pub(super) fn indices<'a>(saved: &[editor::Input<'a>]) -> KeyIndex<'a> {
    let mut indices = KeyIndex::default();
    for (at, input) in saved.iter().enumerate() {
        indices.claim(input.name.clone(), at);
    }
    indices
}

/// The list of widgets grows on the way: a choice adds some directly after it.
pub(super) fn give_values<'a>(
    parts: &mut Parts<'a>,
    class_type: &str,
    values: Vec<Value<'a>>,
    linked: Linked<'_>,
) {
    let mut values = values.into_iter();
    let mut index = 0;
    while index < parts.widgets.len() {
        if parts.widgets[index].is_saved {
            let Some(value) = values.next() else { return };
            let value = accepted(&parts.widgets[index], value);
            set_value(parts, index, value, linked);
            if class_type == "CustomCombo" {
                grow_options(parts, index);
            }
        }
        index += 1;
    }
}

/// Each widget gets the value of its name; values with other names become widgets that the pack's own code adds.
pub(super) fn give_named<'a>(parts: &mut Parts<'a>, values: Named<'a>, linked: Linked<'_>) {
    let (mut named, mut names) = (Vec::new(), KeyIndex::default());
    for (name, value) in values {
        key_index::put(&mut named, &mut names, name.clone(), (name, value));
    }
    let mut index = 0;
    while index < parts.widgets.len() {
        if let Some(at) = names.get(&parts.widgets[index].name) {
            let value = accepted(&parts.widgets[index], named[at].1);
            set_value(parts, index, value, linked);
        }
        index += 1;
    }
    let mut known = KeyIndex::default();
    let widgets = parts.widgets.iter().map(|widget| &widget.name);
    let sockets = parts.slots.iter().filter(|slot| slot.widget.is_none());
    for name in widgets.chain(sockets.map(|slot| &slot.name)) {
        known.claim(name.clone(), 0);
    }
    named.retain(|(name, _)| known.get(name).is_none() && is_sent(name));
    parts.widgets.extend(named.into_iter().map(|(name, value)| Widget::of_file(name, value.raw().into())));
}

/// The value that a widget takes for a saved one: nearly always the same.
pub(super) fn accepted<'a>(widget: &Widget<'a>, value: Value<'a>) -> Val<'a> {
    if value.kind() == JsonKind::Null {
        return match widget.kind {
            WidgetKind::Combo => {
                let first = widget.spec.as_deref().and_then(first_choice);
                Some(first.map_or("null".into(), |first| first.raw().into()))
            }
            WidgetKind::Choice => widget.spec.as_deref().and_then(first_key),
            WidgetKind::Text { is_long: true } => Some("\"\"".into()),
            _ => Some("null".into()),
        };
    }
    Some(value.raw().into())
}

/// Each option of a CustomCombo that is not empty adds the next one.
fn grow_options(parts: &mut Parts<'_>, index: usize) {
    let widget = &parts.widgets[index];
    let Some(number) = widget.name.strip_prefix("option").and_then(|number| number.parse::<usize>().ok())
    else {
        return;
    };
    let is_last = index + 1 == parts.widgets.len();
    let is_empty = widget.value.as_deref().is_none_or(|value| value == "\"\"");
    if is_last && !is_empty {
        parts.widgets.push(Widget {
            name: format!("option{}", number + 1).into(),
            kind: WidgetKind::Other,
            value: Some("\"\"".into()),
            is_saved: true,
            is_sent: true,
            spec: None,
            made_of: None,
        });
    }
}
