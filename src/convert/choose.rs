//! Widgets that bring inputs: a choice's value decides which a node has.

use super::open_graph::{Id, Node, Val, WidgetKind};
use super::parts::Parts;
use crate::json::Value;
use std::borrow::Cow;

/// Gives a widget a value, and a choice the inputs that come with it.
pub fn set_value<'a>(node: &mut Node<'a>, index: usize, value: Val<'a>, linked: &dyn Fn(&str) -> bool) {
    let Some(widget) = node.widgets.get_mut(index) else { return };
    widget.value = value;
    if widget.kind == WidgetKind::Choice {
        choose(node, index, linked);
    }
}

/// Exchanges the inputs that a choice brought for those of its present value.
fn choose<'a>(node: &mut Node<'a>, index: usize, linked: &dyn Fn(&str) -> bool) {
    let widget = node.widgets[index].clone();
    let inside = [&widget.name, "."].concat();
    let mut links: Vec<(Cow<'a, str>, Option<Id>)> = Vec::new();
    node.slots.retain(|slot| {
        let is_old = slot.name.starts_with(&inside);
        if is_old {
            links.push((slot.name.clone(), slot.link.clone()));
        }
        !is_old
    });
    let mut at = 0;
    node.widgets.retain(|other| {
        at += 1;
        at - 1 <= index || !other.name.starts_with(&inside)
    });
    let value = widget.value.as_deref().and_then(|value| Value::parse(value).ok());
    let Some(inputs) = widget.spec.as_ref().and_then(|spec| spec.inputs_of_choice(value?)) else { return };
    let is_linked =
        |name: &str| links.iter().any(|(known, link)| known == name && link.is_some()) || linked(name);
    let mut parts = Parts { linked: &is_linked, widgets: Vec::new(), slots: Vec::new() };
    for input in inputs {
        parts.add([&inside, &*input.name].concat().into(), input, input.required);
    }
    let Parts { widgets, mut slots, .. } = parts;
    for slot in &mut slots {
        slot.link = links.iter().find(|(name, _)| *name == slot.name).and_then(|(_, link)| link.clone());
    }
    let slot_at = node.slot(&widget.name).map_or(node.slots.len(), |at| at + 1);
    node.slots.splice(slot_at..slot_at, slots);
    let count = widgets.len();
    node.widgets.splice(index + 1..index + 1, widgets);
    for inner in (index + 1..=index + count).rev() {
        if node.widgets[inner].kind == WidgetKind::Choice {
            choose(node, inner, linked);
        }
    }
}
