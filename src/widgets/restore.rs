//! The parts of a node of a class: fresh ones, with the links and values that a file has saved.

use super::builder::Linked;
use super::by_name::{is_sent, told};
use super::choice::set_value;
use super::class;
use super::defaults::{first_choice, first_key};
use super::dummies::without_dummies;
use super::{Named, Parts, Saved, Slot, Val, Widget, WidgetKind};
use crate::definitions::Class;
use crate::editor;
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};
use crate::json::value::Kind as JsonKind;

impl<'a> Parts<'a> {
    /// The parts of a node of this class, with what a file has for them: `inputs` its slots, `saved` its values.
    pub fn of_class(
        class_type: &str,
        class: &Class<'a>,
        inputs: &[editor::Input<'a>],
        saved: Saved<'a>,
    ) -> Self {
        let linked = |name: &str| inputs.iter().any(|input| input.name == name && input.link.is_some());
        let mut parts = class::fresh(class_type, class, &linked);
        slots(&mut parts.slots, inputs);
        values(&mut parts, class_type, class, saved, &linked);
        parts
    }
}

/// Each slot takes the link of the saved one with its name; saved ones that have no slot stay behind the others.
fn slots<'a>(slots: &mut Vec<Slot<'a>>, saved: &[editor::Input<'a>]) {
    for slot in slots.iter_mut() {
        slot.link = saved
            .iter()
            .find(|saved| saved.name == slot.name)
            .and_then(|saved| Some(saved.link.as_deref()?.into()));
    }
    let known = slots.len();
    for saved in saved {
        if !slots[..known].iter().any(|slot| slot.name == saved.name) {
            slots.push(Slot::of_file(saved));
        }
    }
}

/// Gives the widgets their values, and notes how many there are too many.
fn values<'a>(
    parts: &mut Parts<'a>,
    class_type: &str,
    class: &Class<'a>,
    saved: Saved<'a>,
    linked: Linked<'_>,
) {
    if let Some(named) = told(class_type, &saved) {
        return give_named(parts, named, linked);
    }
    match saved {
        Saved::List(values) => {
            let values = without_dummies(values, class);
            let count = values.len();
            give_values(parts, class_type, values, linked);
            let saved = parts.widgets.iter().filter(|widget| widget.is_saved).count();
            parts.surplus = count.checked_sub(saved).filter(|surplus| *surplus > 0);
        }
        Saved::ByName(_) | Saved::None => {}
    }
}

/// The list of widgets grows on the way: a choice brings some right behind it.
fn give_values<'a>(parts: &mut Parts<'a>, class_type: &str, values: Vec<Value<'a>>, linked: Linked<'_>) {
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

/// Each widget gets the value of its name; values of other names become widgets that the pack's own code adds.
fn give_named<'a>(parts: &mut Parts<'a>, values: Named<'a>, linked: Linked<'_>) {
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
    for name in widgets.chain(parts.slots.iter().map(|slot| &slot.name)) {
        known.claim(name.clone(), 0);
    }
    named.retain(|(name, _)| known.get(name).is_none() && is_sent(name));
    parts.widgets.extend(named.into_iter().map(|(name, value)| Widget::of_file(name, value.raw().into())));
}

/// The value that a widget takes for a saved one: nearly always that one.
fn accepted<'a>(widget: &Widget<'a>, value: Value<'a>) -> Val<'a> {
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

/// Each option of a CustomCombo that says something brings the next one.
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
        });
    }
}
