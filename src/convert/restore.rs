//! Puts a file's saved values and links into fresh nodes.

use super::choose::set_value;
use super::open_graph::{Kind, Node, OutputSlot, Slot, Val, Widget, WidgetKind, ids, kind_of};
use super::parts::{first_choice, is_widget};
use crate::definitions::Class;
use crate::editor;
use crate::json::Value;
use crate::json::value::Kind as JsonKind;

/// The values that a file has for a node's widgets.
#[derive(Debug)]
pub enum Saved<'a> {
    /// In the order of the widgets.
    List(Vec<Value<'a>>),
    /// By names that only a pack's own code knows.
    Object,
    None,
}

impl<'a> Saved<'a> {
    pub fn of(node: &editor::Node<'a>) -> Self {
        match node.widgets.values {
            Some(values) if values.kind() == JsonKind::Array => Self::List(values.items()),
            Some(_) => Self::Object,
            None => Self::None,
        }
    }
}

/// Restores a node of a known class.
pub fn restore<'a>(node: &mut Node<'a>, file: &editor::Node<'a>, class: &Class<'a>, saved: Saved<'a>) {
    restore_slots(&mut node.slots, &file.inputs);
    node.outputs = output_slots(class, &file.outputs);
    let linked = |name: &str| file.inputs.iter().any(|slot| slot.name == name && slot.link.is_some());
    match saved {
        Saved::List(values) => restore_values(node, values, class, &linked),
        // By index there is nothing in an object, so each widget gets undefined.
        Saved::Object => restore_nothing(node, &linked),
        Saved::None => {}
    }
}

/// Each slot takes the link of the saved one with its name; saved ones that have no slot stay behind the others.
fn restore_slots<'a>(slots: &mut Vec<Slot<'a>>, saved: &[editor::Input<'a>]) {
    for slot in slots.iter_mut() {
        slot.link = saved
            .iter()
            .find(|saved| saved.name == slot.name)
            .and_then(|saved| Some(saved.link.as_deref()?.into()));
    }
    let known = slots.len();
    for saved in saved {
        if !slots[..known].iter().any(|slot| slot.name == saved.name) {
            slots.push(unknown_slot(saved));
        }
    }
}

/// A slot as the file has it.
pub fn unknown_slot<'a>(saved: &editor::Input<'a>) -> Slot<'a> {
    Slot {
        link: saved.link.as_deref().map(Into::into),
        widget: saved.widget.clone(),
        ..Slot::socket(saved.name.clone(), kind_of(saved.kind))
    }
}

/// Outputs are matched by place: the links are the file's, the types the definition's.
fn output_slots<'a>(class: &Class<'a>, saved: &[editor::Output<'a>]) -> Vec<OutputSlot<'a>> {
    let count = class.outputs.len().max(saved.len());
    let kind = |index: usize| {
        let own = class.outputs.get(index).map(|output| output.kind.clone());
        own.or_else(|| saved.get(index).map(|saved| kind_of(saved.kind))).unwrap_or_default()
    };
    let links = |index: usize| saved.get(index).map(|saved| ids(&saved.links)).unwrap_or_default();
    (0..count).map(|index| OutputSlot { kind: kind(index), links: links(index) }).collect()
}

/// Files from before an input became a socket alone carry a value for it all the same.
fn without_dummies<'a>(values: Vec<Value<'a>>, class: &Class<'a>) -> Vec<Value<'a>> {
    let mut is_dummy = Vec::with_capacity(values.len());
    for input in &class.inputs {
        let spec = &input.spec;
        let is_forced = spec.flag("forceInput");
        if is_forced || is_widget(spec) {
            is_dummy.push(is_forced);
            if spec.flag("control_after_generate") {
                is_dummy.push(false);
            }
        }
    }
    if is_dummy.len() != values.len() {
        return values;
    }
    let kept = values.into_iter().zip(is_dummy).filter(|(_, is_dummy)| !is_dummy);
    kept.map(|(value, _)| value).collect()
}

/// Gives the widgets their values in order, and notes how many there are too many.
pub fn restore_values<'a>(
    node: &mut Node<'a>,
    values: Vec<Value<'a>>,
    class: &Class<'a>,
    linked: &dyn Fn(&str) -> bool,
) {
    let values = without_dummies(values, class);
    let count = values.len();
    give_values(node, values, linked);
    let places = node.widgets.iter().filter(|widget| widget.is_saved).count();
    node.surplus = count.checked_sub(places).filter(|surplus| *surplus > 0);
}

/// The list of widgets grows on the way: a choice brings some right behind it.
fn give_values<'a>(node: &mut Node<'a>, values: Vec<Value<'a>>, linked: &dyn Fn(&str) -> bool) {
    let mut values = values.into_iter();
    let mut index = 0;
    while index < node.widgets.len() {
        if node.widgets[index].is_saved {
            let Some(value) = values.next() else { return };
            let value = accepted(&node.widgets[index], value);
            set_value(node, index, value, linked);
            if node.class == "CustomCombo" {
                grow_options(node, index);
            }
        }
        index += 1;
    }
}

fn restore_nothing(node: &mut Node<'_>, linked: &dyn Fn(&str) -> bool) {
    let mut index = 0;
    while index < node.widgets.len() {
        if node.widgets[index].is_saved {
            let value = match node.widgets[index].kind {
                WidgetKind::Combo => node.widgets[index].spec.as_deref().and_then(first_choice),
                _ => None,
            };
            set_value(node, index, value.map(|value| value.raw().into()), linked);
        }
        index += 1;
    }
}

/// The value that a widget takes for a saved one: nearly always that one.
fn accepted<'a>(widget: &Widget<'a>, value: Value<'a>) -> Val<'a> {
    if value.kind() == JsonKind::Null {
        return match widget.kind {
            WidgetKind::Combo => {
                let first = widget.spec.as_deref().and_then(first_choice);
                Some(first.map_or("null".into(), |first| first.raw().into()))
            }
            WidgetKind::Text { is_long: true } => Some("\"\"".into()),
            _ => Some("null".into()),
        };
    }
    Some(value.raw().into())
}

/// Each option of a CustomCombo that says something brings the next one.
fn grow_options(node: &mut Node<'_>, index: usize) {
    let widget = &node.widgets[index];
    let Some(number) = widget.name.strip_prefix("option").and_then(|number| number.parse::<usize>().ok())
    else {
        return;
    };
    let is_last = index + 1 == node.widgets.len();
    let is_empty = widget.value.as_deref().is_none_or(|value| value == "\"\"");
    if is_last && !is_empty {
        node.widgets.push(Widget {
            name: format!("option{}", number + 1).into(),
            kind: WidgetKind::Other,
            value: Some("\"\"".into()),
            is_saved: true,
            is_sent: true,
            spec: None,
        });
    }
}

/// Takes the slots away that stand for a widget which the node has not.
pub fn drop_dead_slots(node: &mut Node<'_>) {
    if node.kind != Kind::Known {
        return;
    }
    let widgets: Vec<_> = node.widgets.iter().map(|widget| widget.name.clone()).collect();
    node.slots.retain(|slot| slot.widget.as_ref().is_none_or(|name| widgets.contains(name)));
}
