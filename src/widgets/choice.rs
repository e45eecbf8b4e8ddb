//! Widgets that add inputs: the value of a choice decides which inputs a node has.

use super::builder::{Builder, Linked};
use super::{Id, Parts, Val, WidgetKind};
use crate::json::Value;
use std::borrow::Cow;

/// Gives a widget a value, and a choice the inputs of that value.
pub(super) fn set_value<'a>(parts: &mut Parts<'a>, index: usize, value: Val<'a>, linked: Linked<'_>) {
    let Some(widget) = parts.widgets.get_mut(index) else { return };
    widget.value = value;
    if widget.kind == WidgetKind::Choice {
        choose(parts, index, linked);
    }
}

/// Replaces the inputs that a choice added by those of its present value.
pub(super) fn choose<'a>(parts: &mut Parts<'a>, index: usize, linked: Linked<'_>) {
    let widget = parts.widgets[index].clone();
    let inside = [&widget.name, "."].concat();
    let mut links: Vec<(Cow<'a, str>, Option<Id>)> = Vec::new();
    parts.slots.retain(|slot| {
        let is_old = slot.name.starts_with(&inside);
        if is_old {
            links.push((slot.name.clone(), slot.link.clone()));
        }
        !is_old
    });
    let mut next = 0;
    parts.widgets.retain(|other| {
        next += 1;
        next - 1 <= index || !other.name.starts_with(&inside)
    });
    let value = widget.value.as_deref().and_then(|value| Value::parse(value).ok());
    let Some(inputs) = widget.spec.as_ref().and_then(|spec| spec.inputs_of_choice(value?)) else { return };
    let is_linked =
        |name: &str| links.iter().any(|(known, link)| known == name && link.is_some()) || linked(name);
    let mut builder = Builder::new(&is_linked);
    for input in inputs {
        builder.add([&inside, &*input.name].concat().into(), input, input.required);
    }
    let Builder { widgets, mut slots, .. } = builder;
    for slot in &mut slots {
        // Which of these the file lists is not known here.
        slot.needs_link = false;
        slot.link = links.iter().find(|(name, _)| *name == slot.name).and_then(|(_, link)| link.clone());
    }
    let own = parts.slots.iter().position(|slot| slot.name == widget.name);
    let behind = own.map_or(parts.slots.len(), |own| own + 1);
    parts.slots.splice(behind..behind, slots);
    let count = widgets.len();
    parts.widgets.splice(index + 1..index + 1, widgets);
    for inner in (index + 1..=index + count).rev() {
        if parts.widgets[inner].kind == WidgetKind::Choice {
            choose(parts, inner, linked);
        }
    }
}
