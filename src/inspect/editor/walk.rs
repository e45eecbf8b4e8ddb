//! The values of a node under the names that its class has for its widgets. Depends on [`crate::definitions`].

use super::widgets::Pairs;
use crate::definitions::{Class, Input, Spec};
use crate::json::Value;
use crate::json::same::same_value;
use crate::json::value::Kind;
use std::borrow::Cow;

/// Types of inputs that are widgets.
const WIDGETS: [&str; 22] = [
    "INT",
    "FLOAT",
    "BOOLEAN",
    "STRING",
    "COMBO",
    "MARKDOWN",
    "TEXTAREA",
    "COLOR",
    "COLORS",
    "CURVE",
    "RANGE",
    "CHART",
    "GALLERIA",
    "BOUNDING_BOX",
    "BOUNDING_BOXES",
    "PAINTER",
    "COMPOSITOR",
    "VIDEO_EDIT",
    "IMAGEUPLOAD",
    "WEBCAM",
    "LOAD_3D",
    "COMFY_DYNAMICCOMBO_V3",
];

/// Gives the widgets of a class their values, in order.
pub(super) fn pairs<'a>(class: &Class<'a>, items: Vec<Value<'a>>) -> Pairs<'a> {
    let mut walk = Walk { items: items.into_iter(), pairs: Vec::new() };
    walk.inputs(&class.inputs, None);
    walk.pairs
}

/// What is left of the values. A value may bring further widgets, which take the next ones.
struct Walk<'a> {
    items: std::vec::IntoIter<Value<'a>>,
    pairs: Pairs<'a>,
}

impl<'a> Walk<'a> {
    /// Definitions nest no deeper than JSON, and so does this.
    fn inputs(&mut self, inputs: &[Input<'a>], within: Option<&str>) {
        for input in inputs.iter().filter(|input| is_widget(input)) {
            let name = match within {
                Some(within) => Cow::Owned([within, ".", &input.name].concat()),
                None => input.name.clone(),
            };
            let choices = input.dynamic_choices();
            let first = choices.as_ref().and_then(|choices| choices.first()).map(|(key, _)| *key);
            let value = self.value(&input.spec, first);
            if let Some(value) = value {
                self.pairs.push((name.clone(), value));
            }
            for _ in 0..extra_places(&name, &input.spec) {
                self.items.next();
            }
            while self.items.as_slice().first().is_some_and(|value| is_button(*value)) {
                self.items.next();
            }
            let chosen = choices.zip(value).and_then(|(choices, value)| {
                choices.into_iter().find(|(key, _)| same_value(*key, value)).map(|(_, inputs)| inputs)
            });
            self.inputs(&chosen.unwrap_or_default(), Some(&name));
        }
    }

    /// The next value; where the file has no more, what a new node begins with.
    fn value(&mut self, spec: &Spec<'a>, first: Option<Value<'a>>) -> Option<Value<'a>> {
        let first = || first.or_else(|| spec.choices()?.items().first().copied());
        match self.items.next() {
            Some(value) if value.kind() == Kind::Null => first().or(Some(value)),
            Some(value) => Some(value),
            None => spec
                .option("default")
                .filter(|value| !value.is_falsy())
                .or_else(first)
                .or_else(|| empty(spec)),
        }
    }
}

/// What a widget begins with when its class does not say.
fn empty<'a>(spec: &Spec<'_>) -> Option<Value<'a>> {
    let text = match &*spec.kind {
        "INT" | "FLOAT" => "0",
        "BOOLEAN" => "false",
        "STRING" => "\"\"",
        _ => return None,
    };
    Value::parse(text).ok()
}

fn is_widget(input: &Input<'_>) -> bool {
    let spec = &input.spec;
    let is_socket = spec.flag("forceInput") || (!input.required && spec.flag("defaultInput"));
    let named = spec.text("widgetType");
    let has_type = |kind: &&str| named.map_or(spec.kind == **kind, |named| named.is(kind));
    !is_socket && WIDGETS.iter().any(has_type)
}

/// The buttons of a 3D view, which have values in the middle of the others.
fn is_button(value: Value<'_>) -> bool {
    const BUTTONS: [&str; 3] = ["upload3dmodel", "uploadExtraResources", "clear"];
    value.as_str().is_some_and(|text| BUTTONS.iter().any(|button| text.is(button)))
}

/// How many places of `widgets_values` follow that of a widget: those of widgets that the editor puts beside it.
fn extra_places(name: &str, spec: &Spec<'_>) -> usize {
    let control = match spec.option("control_after_generate") {
        Some(value) => !value.is_falsy(),
        None => spec.kind == "INT" && matches!(name, "seed" | "noise_seed"),
    };
    match &*spec.kind {
        "BOUNDING_BOX" => 4,
        "COMBO" if spec.flag("remote") => {
            1 + usize::from(spec.option("remote").and_then(|remote| remote.get("refresh_button")).is_some())
        }
        // Beside the control of a list of choices stands its filter.
        "COMBO" => 2 * usize::from(control),
        _ => usize::from(control),
    }
}
