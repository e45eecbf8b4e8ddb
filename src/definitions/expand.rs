//! The inputs that a class gives one node: choices that have their own inputs, and groups that grow.
//!
//! ComfyUI puts the name of such an input in front of those it adds: `resize_type.width`, `images.image0`,
//! `model.images.image_1`.

use super::class::Class;
use super::input::{Input, Nested, Spec, Template};
use crate::json::Value;
use crate::json::same::same_value;
use std::borrow::Cow;
use std::rc::Rc;

/// The inputs of a node: their names, and the value of each that has one.
pub trait NodeInputs {
    /// Calls `take` with each name.
    fn each_name(&self, take: &mut dyn FnMut(&str));
    /// Whether there is an input of this name.
    fn has(&self, name: &str) -> bool;
    /// The value of the input of this name; `None` if it has a link, or is missing.
    fn value(&self, name: &str) -> Option<Value<'_>>;
}

/// The most inputs that choices and groups may bring to one node: a group in a group, in a group, grows without bound.
const MAX_BROUGHT: usize = 10_000;

impl<'d> Class<'d> {
    /// The inputs that this class expects of a node with these inputs.
    pub fn expected(&self, node: &dyn NodeInputs) -> Vec<Input<'d>> {
        let expected = Vec::with_capacity(self.inputs.len());
        let mut expansion = Expansion { node, expected, left: MAX_BROUGHT };
        self.inputs.iter().for_each(|input| expansion.add(input.clone()));
        expansion.expected
    }

    /// True if the expected inputs depend on the values and links of the node.
    pub fn is_dynamic(&self) -> bool {
        self.inputs.iter().any(|input| Nested::is_in(&input.spec.kind))
    }
}

impl<'d> Input<'d> {
    /// The keys of a choice that has its own inputs, with the inputs of each key; `None` for other types.
    pub fn dynamic_choices(&self) -> Option<Vec<(Value<'d>, Vec<Input<'d>>)>> {
        match self.spec.nested() {
            Nested::Choice(choices) => Some(choices.clone()),
            _ => None,
        }
    }

    /// Whether `value` is one of those keys; true for other types, and if only a server knows all of them.
    pub fn has_dynamic_choice(&self, value: Value<'_>) -> bool {
        match self.spec.nested() {
            Nested::Choice(choices) if self.spec.is_of_server() => {
                choices.iter().any(|(key, _)| same_value(*key, value))
            }
            _ => true,
        }
    }
}

/// The inputs found so far.
struct Expansion<'n, 'd> {
    node: &'n dyn NodeInputs,
    expected: Vec<Input<'d>>,
    /// How many more inputs choices and groups may bring.
    left: usize,
}

impl<'d> Expansion<'_, 'd> {
    /// Adds `input` and the inputs that it brings. JSON nests at most 200 deep, and so do these.
    fn add(&mut self, input: Input<'d>) {
        let (name, spec) = (input.name.clone(), Rc::clone(&input.spec));
        match spec.nested() {
            Nested::None => self.expected.push(input),
            Nested::Choice(choices) => {
                self.expected.push(input);
                let value = self.node.value(&name);
                let chosen = value.and_then(|value| choices.iter().find(|(key, _)| same_value(*key, value)));
                self.add_under(&name, chosen.map(|(_, inputs)| inputs.as_slice()).unwrap_or_default());
            }
            Nested::Slot(inputs) => {
                self.expected.push(Input { required: false, ..input });
                self.add_under(&name, if self.node.has(&name) { inputs } else { &[] });
            }
            Nested::Group(template) => self.add_group(&input, template),
        }
    }

    /// Adds an input that another one brings.
    fn add_brought(&mut self, group: &str, name: &str, required: bool, spec: &Rc<Spec<'d>>) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        self.add(Input { name: Cow::Owned([group, ".", name].concat()), required, spec: Rc::clone(spec) });
    }

    fn add_under(&mut self, group: &str, inputs: &[Input<'d>]) {
        for input in inputs {
            self.add_brought(group, &input.name, input.required, &input.spec);
        }
    }

    /// The steps of a growing group: the minimum, and those that the node has.
    fn add_group(&mut self, input: &Input<'d>, template: &Template<'d>) {
        for step in &template.steps {
            let least = if step.required && input.required { template.min() } else { 0 };
            let mut names: Vec<String> = (0..least).filter_map(|index| template.name(step, index)).collect();
            let least = names.len();
            self.node.each_name(&mut |name| {
                let inside = name.strip_prefix(&*input.name).and_then(|rest| rest.strip_prefix('.'));
                // The inputs of a step have another dot in their names.
                let inside = inside.map(|inside| inside.split_once('.').map_or(inside, |(step, _)| step));
                if let Some(inside) = inside.filter(|inside| template.has(step, inside))
                    && !names.iter().any(|known| known == inside)
                {
                    names.push(inside.to_owned());
                }
            });
            for (index, name) in names.iter().enumerate() {
                self.add_brought(&input.name, name, index < least, &step.spec);
            }
        }
    }
}
