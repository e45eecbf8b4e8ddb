//! What stands inside the specification of a dynamic input: choices with inputs of their own, groups that grow, sockets
//! that bring inputs.

use super::class::{Input, inputs_of};
use super::spec::Spec;
use crate::json::Value;
use std::borrow::Cow;

const DYNAMIC_COMBO: &str = "COMFY_DYNAMICCOMBO_V3";
const AUTOGROW: &str = "COMFY_AUTOGROW_V3";
const DYNAMIC_SLOT: &str = "COMFY_DYNAMICSLOT_V3";

/// The most steps that a growing group has, as in ComfyUI.
const MAX_STEPS: usize = 100;

/// What an input brings besides itself, or instead.
#[derive(Debug)]
pub(super) enum Nested<'d> {
    /// Nothing: it is an input like others.
    None,
    /// The choices, each with its inputs.
    Choice(Vec<(Value<'d>, Vec<Input<'d>>)>),
    /// What a group is made of.
    Group(Template<'d>),
    /// What a socket brings once it is linked.
    Slot(Vec<Input<'d>>),
}

impl<'d> Nested<'d> {
    pub(super) fn of(spec: &Spec<'d>) -> Self {
        match &*spec.kind {
            DYNAMIC_COMBO => {
                let options = spec.option("options").map(Value::items).unwrap_or_default();
                let choice = |option: Value<'d>| {
                    let inputs = option.get("inputs").map(sections_of).unwrap_or_default();
                    Some((option.get("key")?, inputs))
                };
                Self::Choice(options.into_iter().filter_map(choice).collect())
            }
            AUTOGROW => spec.option("template").map_or(Self::None, |of| Self::Group(Template::new(of))),
            DYNAMIC_SLOT => Self::Slot(spec.option("inputs").map(sections_of).unwrap_or_default()),
            _ => Self::None,
        }
    }

    /// True for the types that bring something.
    pub(super) fn is_in(kind: &str) -> bool {
        matches!(kind, DYNAMIC_COMBO | AUTOGROW | DYNAMIC_SLOT)
    }
}

/// The inputs of both sections, required ones first.
fn sections_of(sections: Value<'_>) -> Vec<Input<'_>> {
    let mut inputs = sections.get("required").map(|section| inputs_of(section, true)).unwrap_or_default();
    inputs.extend(sections.get("optional").map(|section| inputs_of(section, false)).unwrap_or_default());
    inputs
}

/// What a growing group is made of.
#[derive(Debug)]
pub struct Template<'d> {
    /// The inputs of each step.
    pub steps: Vec<Input<'d>>,
    /// How many steps there are at least.
    pub min: usize,
    /// How many there may be.
    pub max: usize,
    names: Option<Vec<Cow<'d, str>>>,
    prefix: Cow<'d, str>,
}

impl<'d> Template<'d> {
    fn new(template: Value<'d>) -> Self {
        let number = |name: &str| template.get(name).and_then(|number| number.raw().parse::<usize>().ok());
        let names = template.get("names").filter(|names| names.raw().starts_with('['));
        let names: Option<Vec<_>> = names.map(|names| {
            names.items().into_iter().filter_map(|name| Some(name.as_str()?.decode())).collect()
        });
        let max = names.as_ref().map_or_else(|| number("max").unwrap_or(MAX_STEPS), Vec::len).min(MAX_STEPS);
        Self {
            steps: template.get("input").map(sections_of).unwrap_or_default(),
            prefix: template.get("prefix").and_then(|p| Some(p.as_str()?.decode())).unwrap_or_default(),
            min: number("min").unwrap_or(1).min(max),
            names,
            max,
        }
    }

    /// The name of a step; with several inputs a step, each input's own name stands for the prefix.
    pub fn name(&self, step: &Input<'_>, index: usize) -> Option<String> {
        match &self.names {
            Some(names) => names.get(index).map(|name| name.to_string()),
            None => Some(format!("{}{index}", self.prefix_of(step))),
        }
    }

    /// Whether `name` is one of a step's names.
    pub(super) fn has(&self, step: &Input<'_>, name: &str) -> bool {
        match &self.names {
            Some(names) => names.iter().take(MAX_STEPS).any(|known| known == name),
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
