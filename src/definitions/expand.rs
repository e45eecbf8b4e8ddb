//! The inputs of a class for one node: choices that bring inputs of their own, and groups that grow. Depends on its siblings.
//!
//! ComfyUI names what such an input brings after it: `resize_type.width`, `images.image0`, `model.images.image_1`.

use super::class::{Class, Input, inputs_of};
use crate::json::Value;
use std::borrow::Cow;
use std::rc::Rc;

const DYNAMIC_COMBO: &str = "COMFY_DYNAMICCOMBO_V3";
const AUTOGROW: &str = "COMFY_AUTOGROW_V3";
const DYNAMIC_SLOT: &str = "COMFY_DYNAMICSLOT_V3";

/// The most steps that a growing group has, as in ComfyUI.
const MOST_STEPS: usize = 100;

/// What a node has: the names of its inputs, and the value of those that have one.
pub trait Live {
    /// Gives each name.
    fn each_name(&self, take: &mut dyn FnMut(&str));
    /// Whether there is an input of this name.
    fn has(&self, name: &str) -> bool;
    /// The value of the input of this name, when it has one.
    fn value(&self, name: &str) -> Option<Value<'_>>;
}

impl<'d> Class<'d> {
    /// The inputs that this class expects of a node which has these.
    pub fn expected(&self, live: &dyn Live) -> Vec<Input<'d>> {
        let mut expected = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            expand(&mut expected, live, input.clone());
        }
        expected
    }

    /// True when what a node of this class has decides what is expected of it.
    pub fn is_dynamic(&self) -> bool {
        self.inputs.iter().any(|input| matches!(&*input.spec.kind, DYNAMIC_COMBO | AUTOGROW | DYNAMIC_SLOT))
    }
}

impl<'d> Input<'d> {
    /// The keys that a choice with inputs of its own has, and the inputs of each; none for other types.
    pub fn dynamic_choices(&self) -> Option<Vec<(Value<'d>, Vec<Input<'d>>)>> {
        if self.spec.kind != DYNAMIC_COMBO {
            return None;
        }
        let options = self.spec.option("options").map(Value::items).unwrap_or_default();
        Some(options.into_iter().filter_map(|option| Some((option.get("key")?, nested(option)))).collect())
    }
}

/// The inputs under `inputs`, required ones first.
fn nested(value: Value<'_>) -> Vec<Input<'_>> {
    let Some(sections) = value.get("inputs") else { return Vec::new() };
    sections_of(sections)
}

fn sections_of(sections: Value<'_>) -> Vec<Input<'_>> {
    let mut inputs = sections.get("required").map(|section| inputs_of(section, true)).unwrap_or_default();
    inputs.extend(sections.get("optional").map(|section| inputs_of(section, false)).unwrap_or_default());
    inputs
}

/// Adds `input` and what it brings. JSON nests 200 deep at most, and so do these.
fn expand<'d>(expected: &mut Vec<Input<'d>>, live: &dyn Live, input: Input<'d>) {
    match &*input.spec.kind {
        DYNAMIC_COMBO => expand_choice(expected, live, input),
        AUTOGROW => expand_group(expected, live, &input),
        DYNAMIC_SLOT => expand_slot(expected, live, input),
        _ => expected.push(input),
    }
}

fn expand_choice<'d>(expected: &mut Vec<Input<'d>>, live: &dyn Live, input: Input<'d>) {
    let chosen = live.value(&input.name).and_then(|value| {
        let choices = input.dynamic_choices().unwrap_or_default();
        choices.into_iter().find(|(key, _)| crate::json::same::same_value(*key, value))
    });
    let name = input.name.clone();
    expected.push(input);
    expand_under(expected, live, &name, chosen.map(|(_, inputs)| inputs).unwrap_or_default());
}

/// A socket that brings inputs once it is there.
fn expand_slot<'d>(expected: &mut Vec<Input<'d>>, live: &dyn Live, input: Input<'d>) {
    let name = input.name.clone();
    let inputs = if live.has(&name) { input.spec.option("inputs").map(sections_of) } else { None };
    expected.push(Input { required: false, ..input });
    expand_under(expected, live, &name, inputs.unwrap_or_default());
}

fn expand_under<'d>(expected: &mut Vec<Input<'d>>, live: &dyn Live, group: &str, inputs: Vec<Input<'d>>) {
    for input in inputs {
        let name = Cow::Owned([group, ".", &input.name].concat());
        expand(expected, live, Input { name, ..input });
    }
}

/// The steps of a growing group: the least ones, and those that the node has.
fn expand_group<'d>(expected: &mut Vec<Input<'d>>, live: &dyn Live, input: &Input<'d>) {
    let Some(template) = input.spec.option("template").map(Template::new) else { return };
    for step in &template.steps {
        let mut names: Vec<String> = if step.required && input.required {
            (0..template.min).filter_map(|index| template.name(step, index)).collect()
        } else {
            Vec::new()
        };
        let least = names.len();
        live.each_name(&mut |name| {
            let inside = name.strip_prefix(&*input.name).and_then(|rest| rest.strip_prefix('.'));
            // What a step brings has a dot of its own.
            let inside = inside.map(|inside| inside.split_once('.').map_or(inside, |(step, _)| step));
            if let Some(inside) = inside.filter(|inside| template.has(step, inside))
                && !names.iter().any(|known| known == inside)
            {
                names.push(inside.to_owned());
            }
        });
        for (index, name) in names.iter().enumerate() {
            let name = Cow::Owned([&input.name, ".", name].concat());
            expand(expected, live, Input { name, required: index < least, spec: Rc::clone(&step.spec) });
        }
    }
}

/// What a growing group is made of.
struct Template<'d> {
    steps: Vec<Input<'d>>,
    names: Option<Vec<Cow<'d, str>>>,
    prefix: Cow<'d, str>,
    min: usize,
    max: usize,
}

impl<'d> Template<'d> {
    fn new(template: Value<'d>) -> Self {
        let number = |name: &str| template.get(name).and_then(|number| number.raw().parse::<usize>().ok());
        let names = template.get("names").filter(|names| names.raw().starts_with('['));
        let names: Option<Vec<_>> = names.map(|names| {
            names.items().into_iter().filter_map(|name| Some(name.as_str()?.decode())).collect()
        });
        let max =
            names.as_ref().map_or_else(|| number("max").unwrap_or(MOST_STEPS), Vec::len).min(MOST_STEPS);
        Self {
            steps: template.get("input").map(sections_of).unwrap_or_default(),
            prefix: template.get("prefix").and_then(|p| Some(p.as_str()?.decode())).unwrap_or_default(),
            min: number("min").unwrap_or(1).min(max),
            names,
            max,
        }
    }

    /// The name of a step; with several inputs a step, each input's own name stands for the prefix.
    fn name(&self, step: &Input<'_>, index: usize) -> Option<String> {
        match &self.names {
            Some(names) => names.get(index).map(|name| name.to_string()),
            None => Some(format!("{}{index}", self.prefix_of(step))),
        }
    }

    fn has(&self, step: &Input<'_>, name: &str) -> bool {
        match &self.names {
            Some(names) => names.iter().any(|known| known == name),
            None => name
                .strip_prefix(self.prefix_of(step))
                .and_then(|index| index.parse::<usize>().ok())
                .is_some_and(|index| index < self.max),
        }
    }

    fn prefix_of<'t>(&'t self, step: &'t Input<'_>) -> &'t str {
        if self.steps.len() > 1 { &step.name } else { &self.prefix }
    }
}
